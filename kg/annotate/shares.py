"""Shares: ``31 procent``, ``26%``, ``12,5 %``, ``70 per cent``, ``nio procent``.  Fractions ("hälften") are none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from kg.annotate.grammar import BLANK, DASH
from kg.annotate.wordnumbers import read_number_word
from kg.lexicon import shape
from kg.model import TypedSpan

_NUMBER = r"\d{1,3}(?:[.,]\d{1,3})?"
_SHARE = shape("annotate_shares", "share", BLANK=BLANK, DASH=DASH, NUMBER=_NUMBER)
_RANGE_LEFT = re.compile(_NUMBER)
_WORD_UNIT = shape("annotate_shares", "unit_of_words", BLANK=BLANK)
_WORD = re.compile(r"[^\W\d_]{2,20}$")


def find_shares(text: str) -> Iterator[TypedSpan]:
    """The shares of the text as spans of kind ``share``, in order; the value is per cent.

    A range ("15–25 %") gives two: the first number alone, the second with its unit.
    """
    yield from sorted([*_in_digits(text), *_in_words(text)], key=lambda s: s.start)


def _in_words(text: str) -> Iterator[TypedSpan]:
    """'nio procent', 'tjugofem procent'."""
    for unit in _WORD_UNIT.finditer(text):
        word = _WORD.search(text, max(0, unit.start() - 20), unit.start())
        value = read_number_word(word.group()) if word is not None else None
        if word is not None and value is not None and value <= 100:
            yield TypedSpan("share", word.start(), unit.end(), value)


def _in_digits(text: str) -> Iterator[TypedSpan]:
    for m in _SHARE.finditer(text):
        if m["range"] is None:
            digits = _RANGE_LEFT.match(text, m.start())
            assert digits is not None
            yield TypedSpan("share", m.start(), m.end(), _decimal(digits[0]))
        else:
            left = text[m.start() : m.start("range")]
            yield TypedSpan("share", m.start(), m.start("range"), _decimal(left))
            yield TypedSpan("share", m.start("second"), m.end(), _decimal(m["second"]))


def _decimal(digits: str) -> Decimal:
    return Decimal(digits.replace(",", "."))
