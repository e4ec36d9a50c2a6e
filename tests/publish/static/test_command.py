"""``kg publish`` as a user runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.publish.web import ROOT


def run_publish(folder: Path, *words: object) -> subprocess.CompletedProcess[str]:
    """What the command gives, run in the folder."""
    env = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "kg", "publish", *map(str, words)]
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, encoding="utf-8", check=False, timeout=120)


def test_it_tells_what_it_wrote(graph: Path, tmp_path: Path) -> None:
    done = run_publish(tmp_path, "site", "--store", graph, "--no-dumps")
    assert done.returncode == 0 and "files written, 0 unchanged, 0 removed" in done.stderr
    assert (tmp_path / "site/index.html").is_file() and not (tmp_path / "site/dumps").exists()
    again = run_publish(tmp_path, "site", "--store", graph, "--no-dumps")
    assert "0 files written" in again.stderr


def test_wrong_use_is_told(graph: Path, tmp_path: Path) -> None:
    assert run_publish(tmp_path, "site", "--store", graph, "--address", "data.example.org").returncode == 2
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("mine")
    done = run_publish(tmp_path, "full", "--store", graph)
    assert done.returncode == 2 and "holds other files" in done.stderr and "Traceback" not in done.stderr
    assert run_publish(tmp_path, "site", "--store", tmp_path / "none").returncode != 0
