"""What is written takes the place of ordinary files only."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kg.errors import KgError
from kg.wholefile import whole_file
from tests.cli.conftest import run_kg


def test_a_symbolic_link_stays_one(tmp_path: Path) -> None:
    target = tmp_path / "real.txt"
    target.write_text("old")
    link = tmp_path / "link.txt"
    link.symlink_to(target)
    with whole_file(link) as stream:
        stream.write(b"new")
    assert link.is_symlink() and target.read_text() == "new"


def test_a_pipe_is_refused_and_left_alone(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(KgError, match="no ordinary file"), whole_file(pipe) as stream:
        stream.write(b"new")
    assert pipe.is_fifo() and [p.name for p in tmp_path.iterdir()] == ["pipe"]


@pytest.mark.parametrize(
    "args",
    [
        ("query", "--list", "-f", "csv", "-o"),
        ("network", "--draw"),
        ("export", "turtle", "-o"),
    ],
)
def test_every_command_leaves_pipes_alone(args: tuple[str, ...], tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.svg"
    os.mkfifo(pipe)
    documents = Path(__file__).resolve().parents[1] / "data" / "documents"
    if args[0] != "query":
        assert run_kg("build", documents, "--include", "ai-all*", cwd=tmp_path).returncode == 0
    done = run_kg(*args, pipe, cwd=tmp_path)
    assert done.returncode == 2 and "no ordinary file" in done.stderr and pipe.is_fifo(), done.stderr
