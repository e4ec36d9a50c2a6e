"""Names that hold what a terminal obeys are shown escaped."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import escape_controls
from tests.cli.conftest import Run


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x1b[31mb", "a\\x1b[31mb"),
        ("a\u202etxt", "a\\u202etxt"),
        ("\x9b2J\x07", "\\x9b2J\\x07"),
        ("r\udce5d", "r\\udce5d"),
        ("4\u00a0529\tkr\r\nå – 😀", "4\u00a0529\tkr\nå – 😀"),
    ],
)
def test_controls_are_escaped(text: str, shown: str) -> None:
    assert escape_controls(text) == shown


def test_no_command_writes_the_controls_of_a_file_name(kg: Run, tmp_path: Path, root: Path) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "a\x1b]0;hej\x07.txt").write_bytes((root / "data/documents/indi-avslag.txt").read_bytes())
    (folder / "b\x1b[31m.txt").write_bytes(b"")
    for args in (
        ("build", "papers", "--dry-run"),
        ("build", "papers"),
        ("info",),
        ("issues",),
        ("query", "papers"),
        ("query", "papers", "-f", "md"),
        ("query", "decisions", "--evidence"),
        ("validate",),
        ("coverage",),
    ):
        done = kg(*args)
        assert done.returncode in (0, 1) and not set("\x1b\x07") & set(done.stdout + done.stderr), args
    assert "\\x1b]0;hej\\x07.txt" in kg("info").stdout and "b\\x1b[31m.txt" in kg("info").stdout
