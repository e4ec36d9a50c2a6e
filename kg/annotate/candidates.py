"""Candidates for names, and which of them stand when they overlap."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

# Between candidates of equal length the kind that comes first wins.
_RANK = {"organisation": 0, "fund": 1, "board": 2, "county": 3, "municipality": 4, "person": 5}
# Between candidates of one kind and length: what a register or the paper itself says goes before the mere form.
_SOURCE = {"register": 0, "acronym": 0, "short": 1, "bracket": 1, "part": 1, "legal": 2}
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible name: ``text[start:end]``, whole words, a genitive's s within; ``source`` says what found it:
    ``register acronym form legal official short bracket part``."""

    kind: str
    start: int
    end: int
    canonical: str
    register_id: str | None = None
    source: str = "register"


def choose(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Of candidates that overlap the longest, then the one of the kind that goes before; sorted by start."""
    ordered = sorted(candidates, key=_order)
    covered = bytearray(max((c.end for c in ordered), default=0))
    taken: list[Candidate] = []
    for c in ordered:
        if covered.find(1, c.start, c.end) < 0:
            covered[c.start : c.end] = b"\x01" * (c.end - c.start)
            taken.append(c)
    return sorted(taken, key=lambda c: c.start)


def _order(c: Candidate) -> tuple[int, int, bool, int, int]:
    return (c.start - c.end, _RANK[c.kind], c.register_id is None, _SOURCE.get(c.source, 3), c.start)


@lru_cache(maxsize=2)
def lower(text: str) -> str:
    """The text in small letters; kept for the paper at hand."""
    return text.lower()


def lines_with(text: str, anchors: Iterable[str]) -> list[tuple[int, int]]:
    """The lines of ``text`` that hold one of the anchors (in small letters), in order; the cheap way to leave out
    the greater part of a paper before patterns are tried."""
    lowered = lower(text)
    if len(lowered) != len(text):
        return [(0, len(text))]
    found: set[tuple[int, int]] = set()
    for anchor in anchors:
        position = lowered.find(anchor)
        while position >= 0:
            start = lowered.rfind("\n", 0, position) + 1
            end = lowered.find("\n", position)
            end = len(text) if end < 0 else end
            found.add((start, end))
            position = lowered.find(anchor, end)
    return sorted(found)


def close_spaces(text: str) -> str:
    """Line breaks and runs of blanks closed."""
    return _SPACES.sub(" ", text).strip()


def is_whole(text: str, start: int, end: int) -> bool:
    """Whether the span stands as whole words: no letter or digit at its edges, nor a hyphen that joins it to one."""
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    if before.isalnum() or before in "_@" or after.isalnum() or after == "_":
        return False
    if before == "-" and start > 1 and text[start - 2].isalnum():
        return False
    if before in "./" and start > 1 and text[start - 2] in "/w":
        return False
    return not (after == "-" and end + 1 < len(text) and text[end + 1].isalnum())


def drop_genitive(word: str) -> str:
    """A word without the genitive's ending: "Tillväxtverkets" -> "Tillväxtverket", "LTU:s" -> "LTU"."""
    if word.endswith((":s", "'s", "’s")):
        return word[:-2]
    if word.endswith(("'", "’")):
        return word[:-1]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def sentence_case(text: str) -> str:
    """The first letter in upper case, the others left; a text all in capitals gets them lowered first."""
    if text.isupper():
        text = text.lower()
    return text[:1].upper() + text[1:]
