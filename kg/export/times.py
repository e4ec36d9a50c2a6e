"""Dates as precise as a paper states them, as days."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable

from kg.export.networks import Spell

_DATE = re.compile(r"(?P<year>\d{4})(?:-(?P<month>0[1-9]|1[0-2])(?:-(?P<day>\d\d))?)?(?:Z|[+-]\d\d:\d\d)?")


def first_day(text: str) -> str:
    """The first day that is meant: "2023-02" is 2023-02-01.  Raises ValueError where it is no date."""
    year, month, day = _parts(text)
    return f"{year:04}-{month or 1:02}-{day or 1:02}"


def last_day(text: str) -> str:
    """The last day that is meant: "2023-02" is 2023-02-28.  Raises ValueError where it is no date."""
    year, month, day = _parts(text)
    return f"{year:04}-{month or 12:02}-{day or monthrange(year, month or 12)[1]:02}"


def _parts(text: str) -> tuple[int, int, int]:
    found = _DATE.fullmatch(text.strip())
    if found is None or not int(found["year"]):
        raise ValueError(f"no date: {text}")
    year, month, day = int(found["year"]), int(found["month"] or 0), int(found["day"] or 0)
    if found["day"] and not 1 <= day <= monthrange(year, month)[1]:
        raise ValueError(f"no day of the calendar: {text}")
    return year, month, day


def join_spells(spells: Iterable[Spell]) -> tuple[Spell, ...]:
    """The spells in order, those that overlap joined into one; an open end overlaps all that comes after.  One that
    ends before it starts, as where papers disagree, is no time and left out."""
    joined: list[Spell] = []
    for start, end in sorted(set(spells) - {("", "")}):
        if start and end and end < start:
            continue
        if joined and (not joined[-1][1] or start <= joined[-1][1]):
            before = joined[-1]
            joined[-1] = (before[0], "" if not before[1] or not end else max(before[1], end))
        else:
            joined.append((start, end))
    return tuple(joined)


def overlaps(spell: Spell, start: str, end: str) -> bool:
    """Whether the spell has a day within the period; an empty end of either is open."""
    return (not end or spell[0] <= end) and (not start or not spell[1] or spell[1] >= start)
