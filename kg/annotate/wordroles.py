"""Where a pattern for names may begin: at the words that fit its first word, and nowhere else.

Trying a dozen patterns at every character of a paper costs more than all else that is done to find names.  Here each
word is asked once which patterns it may open, and the answer is kept, since papers use the same words over and over.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

_WORD = re.compile(r"\w[\w-]*")
_FIRST = re.compile(r"[\w-]+")
_KEPT_LENGTH = 48  # longer words are rare, and not kept


class WordRoles:
    """Roles of words, each told by a pattern that the whole word must fit (letters, digits and hyphens).  Built once;
    it keeps what it was asked about up to a fixed number of words."""

    def __init__(self, roles: Mapping[str, str]) -> None:
        self._patterns = [(role, re.compile(pattern)) for role, pattern in roles.items()]
        self._kept = lru_cache(maxsize=8192)(self._read)

    def find(self, text: str) -> dict[str, list[int]]:
        """For each role the offsets of the words that have it, in order."""
        found: dict[str, list[int]] = {role: [] for role, _ in self._patterns}
        kept = self._kept
        for m in _WORD.finditer(text):
            word = m[0]
            for role in kept(word) if len(word) <= _KEPT_LENGTH else self._read(word):
                found[role].append(m.start())
        return found

    def _read(self, word: str) -> tuple[str, ...]:
        return tuple(role for role, pattern in self._patterns if pattern.fullmatch(word))


def first_words(phrases: Iterable[str]) -> str:
    """A pattern for the first word of each phrase.  A phrase that begins with none is refused: ValueError."""
    found: set[str] = set()
    for phrase in phrases:
        first = _FIRST.match(phrase)
        if first is None:
            raise ValueError(f"no word at the start of {phrase!r}")
        found.add(re.escape(first[0]))
    return "|".join(sorted(found)) or r"(?!)"


def match_at(pattern: re.Pattern[str], text: str, offsets: Iterable[int]) -> Iterator[re.Match[str]]:
    """What ``pattern.finditer(text)`` gives where every match begins at one of ``offsets``, which are in order."""
    position = 0
    for start in offsets:
        if start >= position:
            m = pattern.match(text, start)
            if m is not None:
                yield m
                position = m.end()


def before_on_line(text: str, offsets: list[int], heads: Iterable[int]) -> list[int]:
    """Those of ``offsets`` that stand before one of ``heads`` on its line; all are in order."""
    found: list[int] = []
    done = 0
    for head in heads:
        high = bisect_left(offsets, head)
        if high > done:
            low = bisect_left(offsets, text.rfind("\n", 0, head) + 1)
            found += offsets[max(low, done) : high]
            done = high
    return found
