"""How a user names a paper of the graph."""

from __future__ import annotations

from unicodedata import normalize

from kg.cli.papernames import is_like, tell_unknown


def test_letters_whose_marks_are_kept_apart_are_the_same_letters() -> None:
    path = "papers/15-nämnd.txt"
    assert is_like(path, normalize("NFD", "15-nämnd.txt")) and is_like(normalize("NFD", path), "15-nämnd.txt")
    assert tell_unknown([path], normalize("NFD", "nämnd*")) != ""
    assert "closest: papers/15-nämnd.txt" in tell_unknown([path], normalize("NFD", "15-nämd.txt"))
