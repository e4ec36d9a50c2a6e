"""Sentences: where one ends and the next begins in Swedish (and English) official text."""

from __future__ import annotations

import re
from functools import cache

from kg.annotate.grammar import words

_LINE = re.compile(r"[^\n\t]+")
# A stop that may end a sentence, what closes after it, a blank, and what a sentence may begin with.
_STOP = re.compile(r"[.!?…][\"”’»)\]]*[ \u00a0\u202f\u2007\u2009]+(?=[\"”“„»«'’(\[–—•*]{0,2}[^\Wa-zåäöé_])")
_LAST_WORDS = re.compile(r"(?:[^\s(\[\"”“»]+[ \u00a0\u202f])?[^\s(\[\"”“»]+$")
_INITIAL = re.compile(r"(?:[A-ZÅÄÖ]\.)+$")
_MARKER = re.compile(r"(?:\(?\d{1,2}(?:\.\d{1,2})*[.)]|[A-Za-zåäö][.)]|[-–•*])$")


@cache
def _abbreviations() -> tuple[frozenset[str], frozenset[str], frozenset[str], frozenset[str]]:
    lists = (words("abbreviations", key) for key in ("inner", "final", "exact", "lettered"))
    inner, final, exact, lettered = (frozenset(found) for found in lists)
    return inner, final, exact, lettered


def split_sentences(text: str) -> list[tuple[int, int]]:
    """The sentences as (start, end) without blanks at their ends, in order; no sentence holds a line feed or tab.

    Every character that is no white space is in exactly one sentence.  A stop does not end a sentence after an
    abbreviation, an initial or the marker of a list item ("1. Projektet beviljas").
    """
    found: list[tuple[int, int]] = []
    for line in _LINE.finditer(text):
        start, limit = line.span()
        for stop in _STOP.finditer(text, start, limit):
            if not _goes_on(text, line.start(), start, stop.start(), stop.end()):
                _add(found, text, start, stop.end())
                start = stop.end()
        _add(found, text, start, limit)
    return found


def _add(found: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    """Add the span without the white space at its ends, if anything is left."""
    part = text[start:end]
    start += len(part) - len(part.lstrip())
    end -= len(part) - len(part.rstrip())
    if start < end:
        found.append((start, end))


def _goes_on(text: str, line: int, start: int, stop: int, following: int) -> bool:
    """Whether the sentence that began at ``start`` goes on after the stop at offset ``stop``."""
    if text[stop] != ".":
        return False
    inner, final, exact, lettered = _abbreviations()
    words_before = _LAST_WORDS.search(text, max(start, stop - 60), stop + 1)
    if words_before is None:
        return False
    pair = words_before[0].replace("\u00a0", " ").replace("\u202f", " ")
    head, _, last = pair.rpartition(" ")
    folded = last.casefold()
    if last in exact or folded in inner or pair.casefold() in inner:
        return True
    if pair.casefold() in final or folded in final:
        # "m.m. Nästa": a capital tells that a new sentence begins; a digit or bracket tells nothing.
        return not text[following : following + 1].isupper()
    if start == line and stop + 1 - len(last) == _first(text, line) and _MARKER.match(last):
        return True
    if _INITIAL.match(last):
        return len(last) > 2 or head.casefold() not in lettered
    return False


def _first(text: str, line: int) -> int:
    """The offset of the first character of a line that is no white space."""
    while text[line].isspace():
        line += 1
    return line
