"""``kg serve`` as a user meets it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

from tests.cli.conftest import Run, run_kg


def test_it_says_where_it_is_and_how_to_stop(built: Path, root: Path) -> None:
    env = os.environ | {"PYTHONPATH": str(root)}
    command = [sys.executable, "-m", "kg", "serve", "--port", "0"]
    process = subprocess.Popen(command, cwd=built, env=env, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stderr and process.stdout
    first, second = process.stderr.readline(), process.stderr.readline()
    address = first.split()[-1]
    assert first.startswith("kg: serving graph at http://127.0.0.1:") and "Ctrl+C" in second
    with urllib.request.urlopen(address + "health", timeout=10) as reply:
        assert reply.status == 200
    process.send_signal(signal.SIGINT)
    assert process.wait(20) == 0 and process.stderr.read() == "kg: stopped\n" and process.stdout.read() == ""


def test_a_port_in_use_is_told(built: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run_kg("serve", "--port", port, cwd=built)
    assert done.returncode == 2 and f"127.0.0.1:{port}" in done.stderr and "in use" in done.stderr
    assert "--port" in done.stderr and "Traceback" not in done.stderr


def test_wrong_options_are_told(kg: Run, built: Path) -> None:
    assert "there is no graph here" in kg("serve").stderr
    for options in (("--port", "70000"), ("--host", "nowhere.invalid"), ("--query-seconds", "0"), ("--rate", "-1")):
        done = run_kg("serve", *options, cwd=built)
        assert done.returncode == 2 and done.stderr.count("\n") == 1 and "Traceback" not in done.stderr, done.stderr


def test_without_the_web_libraries_the_extra_is_named(built: Path, tmp_path: Path, root: Path) -> None:
    (tmp_path / "uvicorn.py").write_text("raise ModuleNotFoundError(\"No module named 'uvicorn'\", name='uvicorn')")
    done = run_kg("serve", cwd=built, env={"PYTHONPATH": f"{tmp_path}{os.pathsep}{root}"})
    assert done.returncode == 2 and "beslutsgraf[serve]" in done.stderr


def test_a_build_says_how_much_was_withheld(kg: Run, root: Path, tmp_path: Path) -> None:
    (tmp_path / "withhold.yaml").write_text("things: [project/ai-all-star]\n")
    done = kg("build", root / "data/documents/ai-all-stjarna-forslag.txt", "--workers", 1)
    assert done.returncode == 0 and "withheld" in done.stdout, done.stderr
    assert "AI.ALL*" not in kg("query", "decisions", "-f", "csv").stdout
    assert "AI.ALL*" not in kg("issues", "-f", "csv").stdout
