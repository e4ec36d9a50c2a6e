"""The phrases and patterns of the lexicon for lineage, found fast: a pattern is tried only near one of its anchors."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.beginnings import BegunPattern
from kg.lexicon import Lexicon, alternation
from kg.phrases import PhrasePattern

_BEFORE, _AFTER = 100, 160  # characters of a sentence that a pattern may reach before and after its anchor


class LinkPattern:
    """One group (``builds_on continues passed_on``) as a pattern; ``finditer`` and ``search`` give ``re.Match``."""

    def __init__(self, phrases: list[str], patterns: list[str], anchors: list[str]) -> None:
        self._phrases = PhrasePattern(phrases)
        self._anchors = PhrasePattern(anchors)
        self._last: tuple[str, list[re.Match[str]]] = ("", [])
        self._shapes = BegunPattern("|".join(rf"(?<!\w){p}(?!\w)" for p in patterns) or r"(?!)")

    def finditer(self, text: str, pos: int = 0, endpos: int | None = None) -> Iterator[re.Match[str]]:
        """Matches in order, none within another; of two that begin together the longer."""
        if pos == 0 and endpos is None:
            return iter(self._all_in(text))
        return self._find(text, pos, len(text) if endpos is None else min(endpos, len(text)))

    def _all_in(self, text: str) -> list[re.Match[str]]:
        """All matches in a text; kept for the one last asked about, since two rules ask about each paper."""
        known, found = self._last
        if known is not text:
            found = list(self._find(text, 0, len(text)))
            self._last = (text, found)
        return found

    def _find(self, text: str, pos: int, end: int) -> Iterator[re.Match[str]]:
        found = [*self._phrases.finditer(text, pos, end), *self._near_anchors(text, pos, end)]
        last = pos
        for m in sorted(found, key=lambda m: (m.start(), -m.end())):
            if m.start() >= last:
                yield m
                last = max(m.end(), m.start() + 1)

    def search(self, text: str, pos: int = 0, endpos: int | None = None) -> re.Match[str] | None:
        return next(self.finditer(text, pos, endpos), None)

    def _near_anchors(self, text: str, pos: int, end: int) -> Iterator[re.Match[str]]:
        reached = pos
        for anchor in self._anchors.finditer(text, pos, end):
            if anchor.end() <= reached:
                continue
            low = max(reached, anchor.start() - _BEFORE, text.rfind("\n", pos, anchor.start()) + 1)
            high = min(end, anchor.end() + _AFTER)
            for m in self._shapes.begin_within(text, low, anchor.end() + 1, high):
                yield m
                reached = max(reached, m.end())


_made: dict[tuple[str, str], LinkPattern] = {}


def link_pattern(lexicon: Lexicon, group: str) -> LinkPattern:
    """The phrases and patterns of a group; NOUN, ADJ and RESULT in a pattern stand for the lists under ``words``."""
    found = _made.get((lexicon.signature, group))
    if found is None:
        table = lexicon.get("lineage", group)
        lists = {"NOUN": "nouns", "ADJ": "adjectives", "RESULT": "results"}
        fill = {mark: f"(?:{alternation(lexicon.words('lineage', 'words', name))})" for mark, name in lists.items()}
        patterns = [re.sub(r"NOUN|ADJ|RESULT", lambda m: fill[m.group()], p) for p in table["patterns"]]
        anchors = list(table["anchors"])
        for mark, name in lists.items():
            if mark != "ADJ" and any(mark in p for p in table["patterns"]):
                anchors += lexicon.words("lineage", "words", name)
        found = _made[lexicon.signature, group] = LinkPattern(table["phrases"], patterns, anchors)
    return found
