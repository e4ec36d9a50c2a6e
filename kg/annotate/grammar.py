"""What the grammars share: blanks, vocabulary as patterns, and text with the spans hidden that are taken already.

The grammars are functions on clean text.  Each finds digits in one fast pass and looks at the text on both sides
of them with patterns that are anchored there, so that the time grows with the text and never faster.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from kg.lexicon import load_lexicon
from kg.model import TypedSpan

# Blanks within a number, a date or a unit: those of one line, never a line feed or a tab.
BLANKS = " \u00a0\u202f\u2007\u2009"
BLANK = f"[{BLANKS}]"
DASH = "[-\u2010\u2011\u2012\u2013\u2014\u2212]"
DIGITS = re.compile(r"\d+")
_WORD_BREAKS = frozenset(BLANKS + '\n\t(["”“»«/')
_WORD_WINDOW = 44
# Stands for every character of a span that is taken; it is no digit, no letter and no blank.
FILLER = "\ufffc"


def words(*path: str) -> Any:
    """A list or table of the lexicon, by file and key.  Raises ResourceError where it is missing."""
    return load_lexicon().get(*path)


def alternatives(phrases: Iterable[str]) -> str:
    """The phrases as one alternation, longest first; a blank stands for one or two blanks, ``.`` for itself."""
    unique = sorted({p.casefold() for p in phrases}, key=lambda p: (-len(p), p))
    return "|".join((BLANK + "{1,2}").join(re.escape(word) for word in phrase.split()) for phrase in unique)


def hide(text: str, taken: Iterable[TypedSpan | tuple[int, int, str]]) -> str:
    """The text with the taken spans replaced by ``FILLER``; offsets stay."""
    bounds = sorted((s.start, s.end) if isinstance(s, TypedSpan) else (s[0], s[1]) for s in taken)
    if not bounds:
        return text
    parts: list[str] = []
    position = 0
    for start, end in bounds:
        start = max(start, position)
        if end > start:
            parts += (text[position:start], FILLER * (end - start))
            position = end
    parts.append(text[position:])
    return "".join(parts)


def word_before(text: str, offset: int) -> str:
    """The word that ends at the offset, or before blanks, a tab or a colon there; empty where there is none.

    The word keeps a full stop ("kl."), but no bracket or quote before it.
    """
    window = text[max(0, offset - _WORD_WINDOW) : offset].rstrip(BLANKS + "\t:")
    if not window or window[-1] == "\n":
        return ""
    start = len(window)
    while start and window[start - 1] not in _WORD_BREAKS:
        start -= 1
    return window[start:]


def fold_blanks(text: str) -> str:
    """Case folded, every run of blanks one space."""
    return " ".join(text.split()).casefold()
