"""Finding phrases of a list in text, fast.

A list of phrases compiled into one alternation is tried at every character of a text; with three hundred phrases
that costs more than everything else that is done with a paper.  Here the words of the text are looked up in a
table of first words, and only the few phrases that begin with that word are tried, by a regular expression that
gives ordinary match objects.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import lru_cache

_WORD = re.compile(r"\w+")
_WORD_END = r"(?!\w)"
_WORD_START = r"(?<![\w])"
_CACHED_LENGTH = 400


def phrase_pattern(phrase: str) -> str:
    """One phrase as a regular expression without groups, whole words only; a blank is any run of white space."""
    body = r"\s+".join(re.escape(word) for word in phrase.split())
    start = _WORD_START if phrase[:1].isalnum() else ""
    end = _WORD_END if phrase.strip()[-1:].isalnum() else ""
    return f"{start}{body}{end}"


def alternation(phrases: Iterable[str]) -> str:
    """The phrases as one alternation, longest first, so that the longest match wins."""
    return "|".join(phrase_pattern(p) for p in sorted(set(phrases), key=lambda p: (-len(p), p)))


@lru_cache(maxsize=4)
def _words_of(text: str) -> tuple[list[int], list[str]]:
    """Offsets and folded forms of all words of a paper; kept for the few texts last used."""
    starts, words = [], []
    for m in _WORD.finditer(text):
        starts.append(m.start())
        words.append(m.group().casefold())
    return starts, words


class PhrasePattern:
    """Phrases as a pattern: case-insensitive, whole words, the longest phrase first.

    ``search``, ``match``, ``fullmatch`` and ``finditer`` are those of ``re.Pattern`` and give ``re.Match``;
    ``pattern`` is the plain alternation, for use within another expression.
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        listed = [p for p in dict.fromkeys(phrases) if p.strip()]
        self.pattern = alternation(listed) if listed else r"(?!)"
        by_word: dict[str, list[str]] = {}
        loose: list[str] = []
        for phrase in listed:
            first = _WORD.match(phrase.strip())
            if first is None:
                loose.append(phrase)
            else:
                by_word.setdefault(first.group().casefold(), []).append(phrase)
        self._by_word = {w: re.compile(alternation(ps), re.IGNORECASE) for w, ps in by_word.items()}
        self._loose = re.compile(alternation(loose), re.IGNORECASE) if loose else None

    def finditer(self, text: str, pos: int = 0, endpos: int | None = None) -> Iterator[re.Match[str]]:
        end = len(text) if endpos is None else min(endpos, len(text))
        found = self._by_words(text, pos, end)
        if self._loose is not None:
            found = iter(sorted([*found, *self._loose.finditer(text, pos, end)], key=lambda m: (m.start(), -m.end())))
        last = pos
        for m in found:
            if m.start() >= last:
                yield m
                last = max(m.end(), m.start() + 1)

    def _by_words(self, text: str, pos: int, end: int) -> Iterator[re.Match[str]]:
        table = self._by_word
        if len(text) > _CACHED_LENGTH:
            starts, words = _words_of(text)
            low, high = bisect_left(starts, pos), bisect_left(starts, end)
            hits = [i for i, w in enumerate(words[low:high], low) if w in table]
            for i in hits:
                m = table[words[i]].match(text, starts[i], end)
                if m is not None:
                    yield m
            return
        for word in _WORD.finditer(text, pos, end):
            pattern = table.get(word.group().casefold())
            if pattern is not None:
                m = pattern.match(text, word.start(), end)
                if m is not None:
                    yield m

    def search(self, text: str, pos: int = 0, endpos: int | None = None) -> re.Match[str] | None:
        return next(self.finditer(text, pos, endpos), None)

    def match(self, text: str, pos: int = 0, endpos: int | None = None) -> re.Match[str] | None:
        end = len(text) if endpos is None else endpos
        word = _WORD.match(text, pos, end)
        if word is not None and (pattern := self._by_word.get(word.group().casefold())) is not None:
            if (m := pattern.match(text, pos, end)) is not None:
                return m
        return self._loose.match(text, pos, end) if self._loose is not None else None

    def fullmatch(self, text: str) -> re.Match[str] | None:
        word = _WORD.match(text)
        pattern = self._by_word.get(word.group().casefold()) if word is not None else self._loose
        return pattern.fullmatch(text) if pattern is not None else None


def compile_phrases(phrases: Iterable[str]) -> PhrasePattern:
    """A pattern that finds any of the phrases as whole words."""
    return PhrasePattern(phrases)
