"""The real command line, in processes of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]


def run_kg(*args: object, cwd: Path, **more: object) -> subprocess.CompletedProcess[str]:
    """``kg ARGS`` in the folder ``cwd``; no terminal, whatever the test runs on."""
    root = Path(__file__).resolve().parents[2]
    env = os.environ | {"PYTHONPATH": str(root), "PYTHONUTF8": "1", "NO_COLOR": "1"} | dict(more.pop("env", {}))
    return subprocess.run(
        [sys.executable, "-m", "kg", *map(str, args)],
        cwd=cwd,
        env=env,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
        **more,
    )


@pytest.fixture
def kg(tmp_path: Path) -> Run:
    """Runs ``kg`` in an empty folder."""

    def run(*args: object, **more: object) -> subprocess.CompletedProcess[str]:
        return run_kg(*args, cwd=more.pop("cwd", tmp_path), **more)

    return run


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    """A folder with a copy of two sample papers in ``papers/`` and their graph in ``graph/``."""
    folder = tmp_path_factory.mktemp("built")
    (folder / "papers").mkdir()
    for name in ("indi-avslag.txt", "ai-all-stjarna-forslag.txt", "ai-satsningar-bakgrund.html"):
        (folder / "papers" / name).write_bytes((root / "data/documents" / name).read_bytes())
    done = run_kg("build", "papers", cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder
