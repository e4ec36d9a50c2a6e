"""Names of persons where papers carry them: signatures, lists of addressees, the field of the official in charge.

They are marked only so that they can be kept out: no claim rests on them, no quote shows them.  The rule is
narrow: a whole line or cell of two to four capitalised words, in such a place, none of which any register knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kg.annotate.candidates import Candidate, lines_with
from kg.lexicon import Lexicon, shape

_NAME_WORD = r"[A-ZÅÄÖÉ][a-zåäöéüøæ]+(?:-[A-ZÅÄÖÉ][a-zåäöéüøæ]+)?"
_NAME = rf"{_NAME_WORD}(?:[ \u00a0](?:{_NAME_WORD}|[A-ZÅÄÖ]\.|von|af|de)){{0,2}}[ \u00a0]{_NAME_WORD}"
_NAME_BEFORE = re.compile(rf"(?<![\w-])(?P<name>{_NAME})$")
_LINE = re.compile(rf"(?:[^\t\n]*\t)?(?P<name>{_NAME})(?=[ \u00a0]*(?:$|[,\n\t(]|/))")


class Persons:
    """The places and words of ``data/lexicon/names.toml`` under which persons are named; built once."""

    def __init__(self, lexicon: Lexicon) -> None:
        words = lambda key: lexicon.words("names", "persons", key)  # noqa: E731
        listed = "|".join(re.escape(w) for w in sorted(words("headings"), key=len, reverse=True))
        self._heading = shape("annotate_persons", "label", LISTED=listed)
        titles = "|".join(re.escape(w) for w in sorted(words("titles"), key=len, reverse=True))
        self._title = re.compile(rf"(?i)(?:{titles})")
        self._labels = tuple(w.casefold() for w in words("labels"))
        labels = "|".join(re.escape(w) for w in sorted(words("labels"), key=len, reverse=True))
        self._labelled = re.compile(
            rf"(?<!\w)(?i:{labels})\s*:?[ \u00a0\t]*(?:[^\n\t]{{0,40}},[ \u00a0])?(?P<name>{_NAME})(?![\w-])"
        )
        parties = "|".join(words("parties"))
        self._party = re.compile(rf"[ \u00a0]\((?:{parties})\)")
        self._never = frozenset(words("never"))

    def find(self, text: str, names: Iterable[Candidate]) -> Iterator[Candidate]:
        """Spans of persons' names that overlap none of ``names``."""
        covered = bytearray(len(text))
        for c in names:
            covered[c.start : c.end] = b"\x01" * (c.end - c.start)
        in_zone = bytearray(len(text))
        for low, high in self._zones(text):
            in_zone[low:high] = b"\x01" * (high - low)
        lines = (m for m in self._lines(text) if in_zone[m.start("name")] or self._title_follows(text, m.end("name")))
        for match in (*self._find_labelled(text), *self._find_members(text), *lines):
            start, end = match.span("name")
            if not self._is_thing(match.group("name")) and covered.find(1, start, end) < 0:
                yield Candidate("person", start, end, "", None, "form")

    def _find_labelled(self, text: str) -> Iterator[re.Match[str]]:
        for low, high in lines_with(text, self._labels):
            yield from self._labelled.finditer(text, low, high)

    def _find_members(self, text: str) -> Iterator[re.Match[str]]:
        """Names right before a party in brackets."""
        for party in self._party.finditer(text):
            if match := _NAME_BEFORE.search(text, max(0, party.start() - 60), party.start()):
                yield match

    def _lines(self, text: str) -> Iterator[re.Match[str]]:
        """The short lines that begin with, or hold as their second cell, what may be a name."""
        start = 0
        while start < len(text):
            stop = text.find("\n", start)
            stop = len(text) if stop < 0 else stop
            if 4 < stop - start < 100 and (match := _LINE.match(text, start, stop)):
                yield match
            start = stop + 1

    def _zones(self, text: str) -> Iterator[tuple[int, int]]:
        """From a heading such as "Skickas till" over the short lines below it."""
        for match in self._heading.finditer(text):
            end = match.end()
            for _ in range(14):
                stop = text.find("\n", end + 1)
                stop = len(text) if stop < 0 else stop
                if stop - end > 90:
                    break
                end = stop
                if end >= len(text):
                    break
            yield match.end(), end

    def _title_follows(self, text: str, end: int) -> bool:
        following = text[end : end + 60].lstrip(" \u00a0,")
        line = following.lstrip("\n\t").split("\n", 1)[0]
        return bool(self._title.match(line)) and len(line) < 50

    def _is_thing(self, name: str) -> bool:
        return any(word.casefold() in self._never for word in name.split())
