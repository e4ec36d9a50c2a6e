"""Exports take the place of ordinary files only."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kg.errors import KgError
from kg.export import whole_file


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
