"""Diary and case numbers, which one paper writes "REGAC-83-2026", another "REGAC 83-2026" and a third "dnr 83/2026"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.lexicon import shape
from kg.resolve.names import squeeze

_LABEL = shape("resolve", "label")
_PART = re.compile(r"\d+|[^\W\d_]+")
_YEAR = re.compile(r"(?:19|20)\d\d$")


@dataclass(frozen=True, slots=True)
class DiaryNumber:
    """A diary number in parts: the letters of the series in lower case, and its numbers without leading zeros, in
    order; a serial and a year of four digits are told in either order."""

    series: str
    numbers: tuple[str, ...]


def read_number(text: str) -> DiaryNumber:
    """The parts of a number as written; blanks, punctuation, "dnr" and leading zeros tell nothing."""
    parts = _PART.findall(_LABEL.sub("", text))
    numbers = [p.lstrip("0") or "0" for p in parts if p.isdigit()]
    if len(numbers) == 2 and sum(bool(_YEAR.match(n)) for n in numbers) == 1:
        numbers.sort(key=lambda n: not _YEAR.match(n))
    return DiaryNumber("".join(p.casefold() for p in parts if not p.isdigit()), tuple(numbers))


def number_key(text: str) -> str:
    """The normal form of a number: the same for all its spellings, but for one without its series."""
    number = read_number(text)
    return f"{number.series}:{'-'.join(number.numbers)}"


def same_number(left: str, right: str, *, one_authority: bool) -> bool:
    """Whether two spellings are one number.  Where both are the number of ``one_authority``, the letters of the
    series may be left out of one of them, if a year stands in it."""
    if squeeze(left) == squeeze(right):
        return True
    a, b = read_number(left), read_number(right)
    if not a.numbers or a.numbers != b.numbers:
        return False
    if a.series == b.series:
        return True
    dated = len(a.numbers) > 1 and any(_YEAR.match(n) for n in a.numbers)
    return one_authority and dated and not (a.series and b.series)
