"""Regular expressions that are tried only where a word begins as one of their matches can.

A large alternation costs the same at every character of a text.  From its parse tree the first letters of every
possible match are known; words that begin otherwise need no try.  This holds for expressions whose matches begin
with a letter at the beginning of a word, which is checked when they are compiled.
"""

from __future__ import annotations

import importlib
import re
from bisect import bisect_left
from collections.abc import Collection, Iterator
from itertools import takewhile
from typing import Any

from kg.phrases import places_of

# the parser of regular expressions is part of the standard library, though not of its documented face
compiler = importlib.import_module("re._compiler")
constants = importlib.import_module("re._constants")
parser = importlib.import_module("re._parser")

LETTERS = 4
_MOST_KNOWN = 20_000  # words of which it is kept whether they fit


def beginnings(expression: str) -> frozenset[str]:
    """The first letters, lower case and at most four, with which a match of the expression can begin.

    A shorter entry stands for every longer word that begins with it; ``""`` says that anything may come first.
    """
    return _beginnings_of(parser.parse(expression, re.IGNORECASE))


def _beginnings_of(tree: Any) -> frozenset[str]:
    return frozenset(text for text, _ in _expand(list(tree)))


def _expand(items: list[tuple[Any, Any]]) -> set[tuple[str, bool]]:
    """Beginnings of a sequence; the flag says that the beginning is closed (no more letters are known after it)."""
    found: set[tuple[str, bool]] = {("", False)}
    for operation, value in items:
        if all(closed or len(text) >= LETTERS for text, closed in found):
            break
        step = _expand_one(operation, value)
        grown: set[tuple[str, bool]] = set()
        for text, closed in found:
            if closed or len(text) >= LETTERS:
                grown.add((text, closed))
                continue
            grown |= {((text + more)[:LETTERS], shut) for more, shut in step}
        found = grown
    return found


def _expand_one(operation: Any, value: Any) -> set[tuple[str, bool]]:
    if operation is constants.LITERAL:
        letter = chr(value).lower()
        return {(letter, False)} if letter.isalnum() else {("", True)}
    if operation is constants.BRANCH:
        return set().union(*(_expand(list(branch)) for branch in value[1]))
    if operation is constants.SUBPATTERN:
        return _expand(list(value[-1]))
    if operation in (constants.MAX_REPEAT, constants.MIN_REPEAT):
        least, _, body = value
        once = _expand(list(body))
        return once if least else once | {("", False)}
    if operation in (constants.AT, constants.ASSERT, constants.ASSERT_NOT):
        return {("", False)}
    return {("", True)}


class _Vocabulary:
    """The words of the papers read, each once and in the order in which they were met, for all patterns together."""

    def __init__(self) -> None:
        self.met: list[str] = []
        self.round = 0  # how often all were forgotten
        self._known: set[str] = set()
        self._last = ""

    def learn(self, text: str, words: Collection[str]) -> None:
        """Add the words of a paper, where it is another than the last."""
        if text is self._last:
            return
        self._last = text
        if len(self.met) > _MOST_KNOWN:
            self.met, self._known = [], set()
            self.round += 1
        new = set(words) - self._known
        self.met += new
        self._known |= new


_vocabulary = _Vocabulary()


class BegunPattern:
    """An expression as a pattern whose ``finditer``, ``search`` and ``match`` try it at fitting words only.

    ``alternatives``, where given, is the part of the expression that tells the first letters, and ``endings`` are
    the ends of further words with which a match may begin (such as any word that ends in 'projektet').
    """

    def __init__(self, expression: str, *, alternatives: str | None = None, endings: tuple[str, ...] = ()) -> None:
        self.pattern = expression
        tree = parser.parse(expression, re.IGNORECASE)  # once for both, since these expressions are long
        self._starts = _beginnings_of(tree) if alternatives is None else beginnings(alternatives)
        self._regex: re.Pattern[str] = compiler.compile(tree, re.IGNORECASE)
        self._endings = endings
        self._everywhere = "" in self._starts
        self._seen = (0, 0)  # the round of the vocabulary, and how many of its words were looked at
        self._fitting: set[str] = set()
        self._last: tuple[str, list[int]] = ("", [])

    def _may_begin(self, word: str) -> bool:
        starts = self._starts
        if word[:4] in starts or word[:3] in starts or word[:2] in starts or word[:1] in starts:
            return True
        return bool(self._endings) and word.endswith(self._endings)

    def _starts_in(self, text: str) -> list[int]:
        """Where the words begin that fit; kept for the text last used, whose parts are asked about in turn."""
        known, found = self._last
        if known is not text:
            words = places_of(text)
            _vocabulary.learn(text, words)
            met = _vocabulary.met
            if self._seen != (_vocabulary.round, len(met)):
                if self._seen[0] != _vocabulary.round:
                    self._seen, self._fitting = (_vocabulary.round, 0), set()
                self._fitting.update(filter(self._may_begin, met[self._seen[1] :]))
                self._seen = (_vocabulary.round, len(met))
            fitting = self._fitting & words.keys()
            found = sorted(start for word in fitting for start in words[word]) if fitting else []
            self._last = (text, found)
        return found

    def finditer(self, text: str, pos: int = 0, endpos: int | None = None) -> Iterator[re.Match[str]]:
        end = len(text) if endpos is None else min(endpos, len(text))
        return self.begin_within(text, pos, end, end)

    def begin_within(self, text: str, pos: int, until: int, end: int) -> Iterator[re.Match[str]]:
        """The matches within ``pos:end`` that begin before ``until``."""
        if self._everywhere:
            yield from takewhile(lambda m: m.start() < until, self._regex.finditer(text, pos, end))
            return
        starts = self._starts_in(text)
        last = pos
        for index in range(bisect_left(starts, pos), bisect_left(starts, min(until, end))):
            if starts[index] >= last:
                m = self._regex.match(text, starts[index], end)
                if m is not None:
                    yield m
                    last = max(m.end(), m.start() + 1)

    def search(self, text: str, pos: int = 0, endpos: int | None = None) -> re.Match[str] | None:
        end = len(text) if endpos is None else min(endpos, len(text))
        if self._everywhere:
            return self._regex.search(text, pos, end)
        starts = self._last[1] if self._last[0] is text else self._starts_in(text)
        for index in range(bisect_left(starts, pos), len(starts)):
            if starts[index] >= end:
                break
            if (m := self._regex.match(text, starts[index], end)) is not None:
                return m
        return None

    def match(self, text: str, pos: int = 0, endpos: int | None = None) -> re.Match[str] | None:
        return self._regex.match(text, pos, len(text) if endpos is None else endpos)
