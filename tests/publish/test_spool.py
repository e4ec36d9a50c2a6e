"""The folders of large answers: one for each server, and none that is left."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

from kg.publish.spool import LOCK, PREFIX, Spool, sweep
from tests.publish.web import serving


def _folders(top: Path) -> list[Path]:
    return sorted(top.glob(f"{PREFIX}*"))


def test_a_folder_lives_as_long_as_its_server(tmp_path: Path) -> None:
    one, two = Spool(tmp_path), Spool(tmp_path)
    assert _folders(tmp_path) == sorted([one.folder, two.folder])
    sweep(tmp_path)
    assert len(_folders(tmp_path)) == 2, "both are held"
    path = one.name_file()
    path.write_bytes(b"abc")
    with one.open(path, 3) as stream:
        assert stream.read() == b"abc" and not path.exists() and one.held == 3
    one.close()
    assert _folders(tmp_path) == [two.folder]
    two.close()
    assert list(tmp_path.iterdir()) == []


def test_only_own_and_only_dead_ones_are_removed(tmp_path: Path) -> None:
    dead = tmp_path / f"{PREFIX}dead"
    dead.mkdir()
    (dead / LOCK).touch()
    (dead / "7").write_bytes(b"x")
    other = tmp_path / f"{PREFIX}other"  # of no server: nobody says that it is dead
    other.mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / LOCK).touch()
    (tmp_path / f"{PREFIX}link").symlink_to(tmp_path / "elsewhere")
    sweep(tmp_path)
    assert not dead.exists() and other.is_dir() and (tmp_path / "elsewhere" / LOCK).is_file()


def test_what_a_killed_server_left_goes_at_the_next_start(
    graph: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spools = tmp_path / "spools"
    spools.mkdir()
    monkeypatch.setenv("TMPDIR", str(spools))
    with pytest.raises(AssertionError, match="killed"), serving(graph, tmp_path, "--workers", 1) as server:
        assert server.query("ASK {}").status == 200
        server.process.send_signal(signal.SIGKILL)
        server.process.wait()
        raise AssertionError("killed")
    (left,) = _folders(spools)
    with serving(graph, tmp_path, "--workers", 1) as server:
        assert server.query("ASK {}").status == 200
        (now,) = _folders(spools)
        assert now != left and not left.exists()
    deadline = time.monotonic() + 5
    while os.listdir(spools) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert os.listdir(spools) == []
