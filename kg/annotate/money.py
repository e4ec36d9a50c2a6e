"""Amounts of money and bare numbers, scaled to whole units of their currency: ``2,4 mnkr`` -> 2400000 SEK.

Forms: ``4 529 875 kronor``, ``300.000 kr``, ``17 000 tkr``, ``7,5 mkr``, ``15.8 miljoner``, ``SEK 4.5 million``,
``50 000:-``, ``6 000 000 1:1 kr``, ``100 000–200 000 kronor`` (two), ``en halv miljon kronor``.  A currency other
than the krona is kept, never converted; "miljoner" alone has none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from kg.annotate.grammar import BLANK, BLANKS, DASH, DIGITS, FILLER, alternatives, fold_blanks, hide, word_before, words
from kg.annotate.wordnumbers import find_word_numbers
from kg.model import Money, TypedSpan

_NUMBER = re.compile(
    rf"\d{{1,4}}(?:{BLANK}\d{{3}}(?!\d)){{1,4}}(?:[.,]\d{{1,2}}(?![\d.,]\d|\d))?"
    r"|\d{1,3}(?:\.\d{3}(?!\d)){1,4}(?:,\d{1,2}(?!\d))?"
    r"|\d{1,3}(?:,\d{3}(?!\d)){2,4}(?:\.\d{1,2}(?!\d))?"
    r"|\d+(?:[.,]\d{1,4}(?!\d))?"
)
_SPLIT_DECIMAL = re.compile(rf"\d{{1,3}},{BLANK}\d{{1,2}}(?![\w.,]|{BLANK}\d)")
_DROP_BLANKS = {ord(b): None for b in BLANKS}
_LONGEST = 15  # digits; more are no amount
_CODE_MARKS = frozenset(".,:/-\u2010\u2011\u2012\u2013\u2014\u2212")


@dataclass(frozen=True, slots=True)
class _Unit:
    start: int
    end: int
    scale: int
    currency: str | None
    text: str


class _Units:
    """The unit words as patterns, compiled once, and what each means."""

    def __init__(self) -> None:
        self.joined = {word: (row["scale"], row["currency"]) for word, row in _rows("joined")}
        self.scales = {word: row["scale"] for word, row in _rows("scales")}
        self.currencies = {word: row["currency"] for word, row in _rows("currencies")}
        self.prefixes = {word: (row["scale"], row["currency"]) for word, row in _rows("prefixes")}
        scale, currency = alternatives(self.scales), alternatives(self.currencies)
        b = BLANK
        # "6 000 000 1:1 kr": the appropriation may stand between amount and unit; it may be hidden already.
        self.unit = _compile(
            rf"(?:{b}{{1,2}}(?:1:1|{FILLER}{{3}}))?{b}{{0,2}}(?:(?P<joined>{alternatives(self.joined)})(?!\w)"
            rf"|(?P<scale>{scale})(?!\w)(?:{b}{{1,2}}(?P<of>{currency})(?!\w))?|(?P<currency>{currency})(?!\w))"
        )
        self.after_words = _compile(rf"{b}{{1,2}}(?P<currency>{currency})(?!\w)")
        self.prefix = _compile(rf"(?<!\w)(?P<prefix>{alternatives(self.prefixes)}){b}{{0,2}}$")
        self.prefix_ends = frozenset(end for word in self.prefixes for end in (word[-1], word[-1].upper()))
        self.scale_after = _compile(rf"{b}{{0,2}}(?P<scale>{scale}|m|bn|k)(?!\w)")
        shared, conditional = words("units", "range", "words"), words("units", "range", "conditional")
        self.range = _compile(
            rf"(?:(?P<dash>{b}?{DASH}{b}?)"
            rf"|{b}(?:(?P<word>{alternatives(shared)})|(?P<conditional>{alternatives(conditional)})){b})(?=\d)"
        )
        self.free = frozenset(words("units", "range", "free"))
        self.opener = _compile(rf"(?<!\w)(?:{alternatives(words('units', 'range', 'openers'))}){b}$")
        ceiling, approximate, between = (words("units", "modifiers", k) for k in ("ceiling", "approximate", "between"))
        self.modifier_ends = frozenset(w.split()[-1].casefold() for w in (*ceiling, *approximate, *between))
        tail = rf"(?:{b}{{1,2}}(?:{alternatives(between)}))*{b}{{1,2}}$"
        inexact = alternatives(approximate)
        self.ceiling = _compile(rf"(?<!\w)(?:{alternatives(ceiling)})(?:{b}(?:{inexact}))?{tail}")
        self.approximate = _compile(rf"(?<!\w)(?:{inexact}){tail}")
        self.counted = _compile(rf"{b}{{1,2}}(?:{alternatives(words('units', 'counts', 'words'))})(?!\w)")


def _rows(table: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The words of a table of units, folded, each with its row."""
    for row in words("units", table):
        for word in row["words"]:
            yield fold_blanks(word), row


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


@cache
def _units() -> _Units:
    return _Units()


def find_money(text: str, taken: Sequence[TypedSpan] = ()) -> Iterator[TypedSpan]:
    """Amounts (kind ``money``) and bare numbers (kind ``number``), in order, without overlap; the value is ``Money``.

    ``taken`` are the spans of dates, shares, identifiers and ignored numbers, in which nothing is looked for.  The
    span is number and unit; words such as "högst" and "cirka" only set ``ceiling`` and ``approximate``.
    """
    if taken:
        text = hide(text, taken)
    units = _units()
    numbers = list(_find_digits(text, units))
    in_words = list(_find_words(text, units))
    if not in_words:
        yield from numbers
        return
    covered = [(s.start, s.end) for s in in_words]
    kept = [n for n in numbers if all(n.end <= low or n.start >= high for low, high in covered)]
    yield from sorted([*kept, *in_words], key=lambda s: s.start)


def _find_digits(text: str, units: _Units) -> Iterator[TypedSpan]:
    position = floor = 0
    for run in DIGITS.finditer(text):
        start = run.start()
        if start < position:
            continue
        found = _NUMBER.match(text, start)
        assert found is not None
        end = position = found.end()
        if not _may_begin(text, start):
            continue
        split = _SPLIT_DECIMAL.match(text, start)
        if split is not None and not text[max(0, start - 2) : start].startswith(","):
            unit = units.unit.match(text, split.end())
            if unit is not None and not unit["currency"]:
                end = split.end()
        if end - start > _LONGEST and sum(c.isdigit() for c in text[start:end]) > _LONGEST:
            continue
        for span in _read_number(text, start, end, units, floor):
            yield span
            position = max(position, span.end)
        floor = position


def _may_begin(text: str, start: int) -> bool:
    """Whether an amount may begin at the digit: not within a word or code."""
    if start == 0:
        return True
    before = text[start - 1]
    if before.isalnum() or before in "_#@§&=":
        return before.isalpha() and text[max(0, start - 4) : start].casefold().endswith(("sek", "eur"))
    if before in _CODE_MARKS and start > 1:
        earlier = text[start - 2]
        return not earlier.isalnum() if before not in ":/" else earlier.isspace()
    return True


def _read_number(text: str, start: int, end: int, units: _Units, floor: int) -> Iterator[TypedSpan]:
    """The amount, range or bare number whose digits are ``start:end``."""
    unit = _read_unit(text, start, end, units, floor)
    if unit is not None:
        if text[start : start + 2].isdigit() and text[start] == "0":
            return  # "000 kr": the rest of an amount whose beginning is elsewhere
        yield _money(text, start, end, unit, units)
        return
    joined = units.range.match(text, end)
    if joined is not None:
        second = _NUMBER.match(text, joined.end())
        assert second is not None
        spans = _read_range(text, (start, end), joined, second.span(), units)
        if spans:
            yield from spans
            return
        if joined["dash"] in _CODE_MARKS:
            return
    if _is_bare(text, start, end):
        value = _decimal(text[start:end], whole=text[start] != "0")
        yield TypedSpan("number", start, end, Money(value, None, None, *_modifiers(text, start, units)))


def _read_unit(text: str, start: int, end: int, units: _Units, floor: int) -> _Unit | None:
    """The unit after the number, or before it; None where it has none.  The bounds are of the whole amount."""
    before = text[max(floor, start - 6) : start].rstrip(BLANKS)
    if before and before[-1] in units.prefix_ends:
        m = units.prefix.search(text, max(floor, start - 6), start)
        if m is not None:
            scale, currency = units.prefixes[m["prefix"].casefold()]
            after = units.scale_after.match(text, end)
            if after is not None:
                word = fold_blanks(after["scale"])
                scale *= {"m": 1_000_000, "bn": 1_000_000_000, "k": 1000}.get(word) or units.scales[word]
                label = f"{m['prefix']} {after['scale']}"
                return _Unit(m.start(), after.end(), scale, currency, fold_blanks(label))
            return _Unit(m.start(), end, scale, currency, m["prefix"].casefold())
    m = units.unit.match(text, end)
    if m is None:
        return None
    return _unit_of(text, start, m, units)


def _unit_of(text: str, start: int, m: re.Match[str], units: _Units) -> _Unit | None:
    if m["joined"]:
        word = fold_blanks(m["joined"])
        scale, currency = units.joined[word]
        return _Unit(start, m.end(), scale, currency, word)
    if m["scale"]:
        scale = units.scales[fold_blanks(m["scale"])]
        if m["of"]:
            label = fold_blanks(f"{m['scale']} {m['of']}")
            return _Unit(start, m.end(), scale, units.currencies[fold_blanks(m["of"])], label)
        counted = units.counted.match(text, m.end())
        return _Unit(start, m.end(), scale, None, "" if counted else fold_blanks(m["scale"]))
    word = fold_blanks(m["currency"])
    return _Unit(start, m.end(), 1, units.currencies[word], word)


def _money(text: str, start: int, end: int, unit: _Unit, units: _Units) -> TypedSpan:
    """The amount; "10 miljoner invånare", whose unit has no name, is a number."""
    amount = _decimal(text[start:end], whole=unit.scale == 1 and unit.currency is not None) * unit.scale
    ceiling, approximate = _modifiers(text, unit.start, units)
    kind = "money" if unit.text else "number"
    amount = amount.to_integral_value() if amount == amount.to_integral_value() else amount.normalize()
    return TypedSpan(kind, unit.start, unit.end, Money(amount, unit.currency, unit.text or None, ceiling, approximate))


def _read_range(
    text: str, left: tuple[int, int], joined: re.Match[str], right: tuple[int, int], units: _Units
) -> list[TypedSpan]:
    """The two amounts or numbers that share a unit or a dash; empty where they belong apart."""
    low, high = _decimal(text[slice(*left)], whole=True), _decimal(text[slice(*right)], whole=True)
    dash = joined["dash"]
    spaced = dash is not None and len(dash) > 1
    m = units.unit.match(text, right[1])
    unit = _unit_of(text, right[0], m, units) if m is not None else None
    if unit is None:
        ranged = dash is not None and not spaced and low < high and text[left[0]] != "0" and _is_bare(text, *right)
        if not ranged:
            return []
        numbers = ((left, low), (right, high))
        return [TypedSpan("number", *bounds, Money(value, None, None)) for bounds, value in numbers]
    large = left[1] - left[0] >= 5 and right[1] - right[0] >= 5
    if dash is not None:
        # "etapp 3 - 200 tkr" is no range, "100 000 – 200 000 kr" is.
        fits = low < high and (not spaced or len(str(int(high))) <= len(str(int(low))) + 1)
    elif joined["conditional"]:
        fits = large or (low < high and units.opener.search(text, max(0, left[0] - 12), left[0]) is not None)
    else:
        fits = low < high or (large and joined["word"].casefold() in units.free)
    if not fits:
        return []
    shared = _Unit(left[0], left[1], unit.scale, unit.currency, unit.text)
    return [_money(text, *left, shared, units), _money(text, *right, unit, units)]


def _is_bare(text: str, start: int, end: int) -> bool:
    """Whether digits without a unit are a number: no part of a code, a word or an ordinal, no leading nought."""
    digits = text[start:end]
    if digits[0] == "0" and len(digits) > 1 and digits[1] not in ".,":
        return False
    following = text[end : end + 2]
    if not following:
        return True
    mark, beyond = following[0], following[1:]
    if mark.isalnum() or mark in "_@=":
        return False
    return not (mark in _CODE_MARKS and beyond.isalnum() and not (mark in ",." and beyond.isalpha()))


def _modifiers(text: str, start: int, units: _Units) -> tuple[bool, bool]:
    """Whether the words before the amount make it a ceiling, and whether they make it inexact."""
    if word_before(text, start).casefold() not in units.modifier_ends:
        return False, False
    low = max(0, start - 48)
    ceiling = units.ceiling.search(text, low, start) is not None
    return ceiling, units.approximate.search(text, low, start) is not None


def _decimal(digits: str, *, whole: bool = False) -> Decimal:
    """The number as printed.  With ``whole``, three digits after a comma are thousands ("4,500 SEK"): nobody prints
    kronor, or a number without a unit, with three decimals."""
    digits = digits.translate(_DROP_BLANKS)
    dots, commas = digits.count("."), digits.count(",")
    if dots and commas:
        decimal_mark = max(".,", key=digits.rfind)
        digits = digits.replace("," if decimal_mark == "." else ".", "")
    elif commas > 1 or (commas and whole and len(digits) - digits.rfind(",") == 4):
        digits = digits.replace(",", "")
    elif dots > 1 or (dots and len(digits) - digits.rfind(".") == 4):
        digits = digits.replace(".", "")
    return Decimal(digits.replace(",", "."))


def _find_words(text: str, units: _Units) -> Iterator[TypedSpan]:
    """Amounts whose number is in words: ``tre miljoner kronor``, ``sex miljoner``, ``etthundratusen kronor``."""
    for start, end, value, scale_word in find_word_numbers(text):
        m = units.after_words.match(text, end)
        if m is not None:
            label = fold_blanks(f"{scale_word} {m['currency']}")
            unit = _Unit(start, m.end(), 1, units.currencies[fold_blanks(m["currency"])], label)
        else:
            unit = _Unit(start, end, 1, None, "" if units.counted.match(text, end) else fold_blanks(scale_word))
        ceiling, approximate = _modifiers(text, start, units)
        kind = "money" if unit.text else "number"
        value = value.to_integral_value() if value == value.to_integral_value() else value
        yield TypedSpan(kind, start, unit.end, Money(value, unit.currency, unit.text or None, ceiling, approximate))
