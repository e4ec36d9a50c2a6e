"""The nouns behind which the name of a project stands: 'projektet', 'förstudien', 'pilotprojektet med namnet'.

There are hundreds, and any word that ends as they do is one, so they are told by the words of the paper: one expression
of them all cost more than any other.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache

from kg.lexicon import Lexicon, shape
from kg.phrases import PhrasePattern, places_of

_WORD = re.compile(r"\w+")
_ALL = re.compile(r"(?s:.*)")
_TAIL = shape("titles", "cue_tail")
_LEAST_BEFORE = 3  # letters before an ending


class CuePattern:
    """The nouns, each of which begins with a word, with what leads on to the name; ``match`` and ``finditer`` are
    those of ``re.Pattern``."""

    def __init__(self, cues: tuple[str, ...], endings: tuple[str, ...]) -> None:
        self._cues = PhrasePattern(cues)
        self._endings = endings
        self._last: tuple[str, list[int]] = ("", [])

    def match(self, text: str, pos: int = 0, endpos: int | None = None) -> re.Match[str] | None:
        end = len(text) if endpos is None else min(endpos, len(text))
        word = _WORD.match(text, pos, end)
        if word is None:
            return None
        for stop in self._cues.ends_at(text, pos):
            if stop <= end and (tail := _TAIL.match(text, stop, end)) is not None:
                return _ALL.match(text, pos, tail.end())
        if self._ends_as_cue(word.group().casefold()) and (tail := _TAIL.match(text, word.end(), end)) is not None:
            return _ALL.match(text, pos, tail.end())
        return None

    def _ends_as_cue(self, word: str) -> bool:
        return word.endswith(self._endings) and any(
            word.endswith(ending) and len(word) >= len(ending) + _LEAST_BEFORE for ending in self._endings
        )

    def finditer(self, text: str, pos: int = 0, endpos: int | None = None) -> Iterator[re.Match[str]]:
        end = len(text) if endpos is None else min(endpos, len(text))
        starts = self._starts_in(text)
        last = pos
        for index in range(bisect_left(starts, pos), bisect_left(starts, end)):
            if starts[index] >= last and (m := self.match(text, starts[index], end)) is not None:
                yield m
                last = m.end()

    def _starts_in(self, text: str) -> list[int]:
        """Where a cue may begin; kept for the paper at hand."""
        if self._last[0] is not text:
            places = places_of(text)
            found = {start for word in places if word.endswith(self._endings) for start in places[word]}
            self._last = (text, sorted(found.union(self._cues.spots(text) or ())))
        return self._last[1]


@lru_cache(maxsize=8)
def cue_pattern(lexicon: Lexicon) -> CuePattern:
    """The nouns before the name of a project."""
    return CuePattern(*(lexicon.words("lineage", "projects", key) for key in ("cues", "cue_endings")))
