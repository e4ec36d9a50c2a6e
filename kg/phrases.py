"""Finding phrases of a list in text, fast.

A list of phrases compiled into one alternation is tried at every character of a text; with three hundred phrases
that costs more than everything else that is done with a paper.  Here the words of the text are looked up in a
table of first words, and only the few phrases that begin with that word are tried, by a regular expression that
gives ordinary match objects.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate

_WORD = re.compile(r"\w+")
_DIVIDED = re.compile(r"(\w+)")
_WORD_END = r"(?!\w)"
_WORD_START = r"(?<![\w])"
Try = Callable[[str, int, int], re.Match[str] | None]
_LONG = 400  # characters: the words of longer texts are kept with their places, by word


@lru_cache(maxsize=4096)
def phrase_pattern(phrase: str) -> str:
    """One phrase as a regular expression without groups, whole words only; a blank is any run of white space."""
    body = r"\s+".join(re.escape(word) for word in phrase.split())
    start = _WORD_START if phrase[:1].isalnum() else ""
    end = _WORD_END if phrase.strip()[-1:].isalnum() else ""
    return f"{start}{body}{end}"


def alternation(phrases: Iterable[str]) -> str:
    """The phrases as one alternation, longest first, so that the longest match wins."""
    return "|".join(phrase_pattern(p) for p in sorted(set(phrases), key=lambda p: (-len(p), p)))


def _list_words(text: str) -> list[str]:
    """The words of a text, folded."""
    folded = text.casefold()
    if len(folded) == len(text):
        return _WORD.findall(folded)
    return [word.casefold() for word in _WORD.findall(text)]  # a letter became several, such as ß


def _list_starts(text: str) -> list[int]:
    """Where the words of a text begin."""
    ends = list(accumulate(map(len, _DIVIDED.split(text))))  # of what stands between words, and of words, in turn
    return ends[:-1:2]


# Lines and cells are asked about by many patterns one after the other; where a word stands is seldom asked.
words_of = lru_cache(maxsize=256)(_list_words)
_starts_of = lru_cache(maxsize=256)(_list_starts)


@lru_cache(maxsize=4)
def places_of(text: str) -> dict[str, list[int]]:
    """The words of a whole paper, folded, with the offsets at which each begins; kept for the few texts last used."""
    places: dict[str, list[int]] = {}
    for start, word in zip(_list_starts(text), _list_words(text), strict=True):
        if word in places:
            places[word].append(start)
        else:
            places[word] = [start]
    return places


class PhrasePattern:
    """Phrases as a pattern: case-insensitive, whole words, the longest phrase first.

    ``search``, ``match``, ``fullmatch`` and ``finditer`` are those of ``re.Pattern`` and give ``re.Match``;
    ``pattern`` is the plain alternation, for use within another expression.
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        listed = [p for p in dict.fromkeys(phrases) if p.strip()]
        self.pattern = alternation(listed) if listed else r"(?!)"
        self._phrases: dict[str, list[str]] = {}
        loose: list[str] = []
        for phrase in listed:
            first = _WORD.match(phrase.strip())
            if first is None:
                loose.append(phrase)
            else:
                self._phrases.setdefault(first.group().casefold(), []).append(phrase)
        self._compiled: dict[str, re.Pattern[str]] = {}
        self._tries: dict[str, Try] = {}
        self._loose = re.compile(alternation(loose), re.IGNORECASE) if loose else None
        self._last: tuple[str, list[int], list[Try]] = ("", [], [])

    def finditer(self, text: str, pos: int = 0, endpos: int | None = None) -> Iterator[re.Match[str]]:
        end = len(text) if endpos is None else min(endpos, len(text))
        hits = self._hits(text, pos, end)
        if not hits and self._loose is None:
            return iter(())  # most often
        return self._matches(hits, text, pos, end)

    def _matches(self, hits: Sequence[tuple[int, Try]], text: str, pos: int, end: int) -> Iterator[re.Match[str]]:
        tried = (begin(text, start, end) for start, begin in hits)
        found: Iterable[re.Match[str]] = (m for m in tried if m is not None)
        if self._loose is not None:
            found = sorted([*found, *self._loose.finditer(text, pos, end)], key=lambda m: (m.start(), -m.end()))
        last = pos
        for m in found:
            if m.start() >= last:
                yield m
                last = max(m.end(), m.start() + 1)

    def _hits(self, text: str, pos: int, end: int) -> Sequence[tuple[int, Try]]:
        """Where words of the window stand with which a phrase begins, each with what tries these phrases."""
        if len(text) > _LONG:
            _, starts, tries = self._last if self._last[0] is text else self._look_up(text)
            if not starts:
                return ()
            low = bisect_left(starts, pos)
            high = bisect_left(starts, end, low)
            return list(zip(starts[low:high], tries[low:high], strict=True))
        table = self._phrases
        if pos > 0 or end < len(text):  # a window may cut a word
            cut = ((m.start(), m.group().casefold()) for m in _WORD.finditer(text, pos, end))
            return [(start, self._try_of(word)) for start, word in cut if word in table]
        words = words_of(text)
        if table.keys().isdisjoint(words):
            return ()
        found = zip(_starts_of(text), words, strict=True)
        return [(start, self._try_of(word)) for start, word in found if word in table]

    def _look_up(self, text: str) -> tuple[str, list[int], list[Try]]:
        """The same of a whole paper; kept, since its sentences are asked about one after the other."""
        places = places_of(text)
        if self._phrases.keys().isdisjoint(places.keys()):  # most often
            self._last = (text, [], [])
            return self._last
        hits = sorted((start, word) for word in self._phrases.keys() & places.keys() for start in places[word])
        self._last = (text, [start for start, _ in hits], [self._try_of(word) for _, word in hits])
        return self._last

    def _try_of(self, word: str) -> Try:
        """What tries the phrases that begin with a word of the table."""
        found = self._tries.get(word)
        if found is None:
            found = self._tries[word] = self._begins_with(word).match
        return found

    def _begins_with(self, word: str) -> re.Pattern[str]:
        """The phrases that begin with a word of the table, compiled when they are first met."""
        found = self._compiled.get(word)
        if found is None:
            found = self._compiled[word] = re.compile(alternation(self._phrases[word]), re.IGNORECASE)
        return found

    def search(self, text: str, pos: int = 0, endpos: int | None = None) -> re.Match[str] | None:
        if self._loose is not None:
            return next(self.finditer(text, pos, endpos), None)
        end = len(text) if endpos is None else min(endpos, len(text))
        if len(text) <= _LONG:
            for start, begin in self._hits(text, pos, end):
                if (m := begin(text, start, end)) is not None:
                    return m
            return None
        _, starts, tries = self._last if self._last[0] is text else self._look_up(text)
        for index in range(bisect_left(starts, pos), len(starts)):
            start = starts[index]
            if start >= end:
                break
            m = tries[index](text, start, end)
            if m is not None:
                return m
        return None

    def match(self, text: str, pos: int = 0, endpos: int | None = None) -> re.Match[str] | None:
        end = len(text) if endpos is None else endpos
        word = _WORD.match(text, pos, end)
        if word is not None and (folded := word.group().casefold()) in self._phrases:
            if (m := self._try_of(folded)(text, pos, end)) is not None:
                return m
        return self._loose.match(text, pos, end) if self._loose is not None else None

    def fullmatch(self, text: str) -> re.Match[str] | None:
        word = _WORD.match(text)
        if word is None:
            return self._loose.fullmatch(text) if self._loose is not None else None
        folded = word.group().casefold()
        return self._begins_with(folded).fullmatch(text) if folded in self._phrases else None


def compile_phrases(phrases: Iterable[str]) -> PhrasePattern:
    """A pattern that finds any of the phrases as whole words."""
    return _compile(tuple(phrases))


@lru_cache(maxsize=512)
def _compile(phrases: tuple[str, ...]) -> PhrasePattern:
    return PhrasePattern(phrases)
