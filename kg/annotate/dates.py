"""Dates and periods, no more precise than the text: a missing day, month or year stays missing.

Dates: ``2022-12-14``, ``20161020``, ``14/12 2022``, ``den 6 december 2017``, ``den 17 oktober``, ``mars 2023``,
``October 1, 2018``, ``2018``.  Periods: two of these with a dash or ``till`` between them, ``mars–augusti 2022``,
``1–30 juni 2019``; and half-open ones, ``till och med 2021``, ``från och med 2023``.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence

from kg.annotate.datewords import DatePatterns, date_patterns
from kg.annotate.grammar import BLANK, BLANKS, DASH, DIGITS, fold_blanks, hide
from kg.lexicon import shape
from kg.model import PartialDate, Period, TypedSpan

FIRST_YEAR, LAST_YEAR = 1990, 2050  # a year that stands alone
OLDEST, LATEST = 1900, 2099  # a year with its month or day

_ISO = re.compile(r"(\d{4})([-./\u2010\u2011])(\d\d)(?:\2(\d\d))?(?=T\d\d|\W|_|$)")
_NUMERIC = re.compile(rf"(\d\d?)/(\d\d?)(?:/|-|{BLANK}|-{BLANK})(\d{{4}})(?!\w)|(\d\d?)\.(\d\d?)\.(\d{{4}})(?!\w)")
_ONE_GROUP = re.compile(rf"{BLANK}(\d{{3}})(?!\d)(?!{BLANK}\d{{3}}(?!\d))")
_SHORT_END = re.compile(rf"{BLANK}?\u2013{BLANK}?(\d\d)(?![\d.,:/]|{DASH}\d|{BLANK}?%)(?!\w)")
_TURN = re.compile(r"/(\d{4}|\d\d)(?![\w/])")
_COMPACT_END = re.compile(r"-\d{8}(?!\w)")
_MONTHS_OF_YEARS = shape("annotate_dates", "months_of_years", BLANK=BLANK, DASH=DASH)
_THE_DAY = shape("annotate_dates", "the_day")
_LAST_DAY = shape("annotate_dates", "last_day", BLANK=BLANK)
_NUMERIC_RANGE = re.compile(rf"(\d\d?)/(\d\d?){BLANK}?{DASH}{BLANK}?(?=\d\d?/\d\d?[/{BLANKS}])")
_NUMERIC_DAY = re.compile(r"(\d\d?)/(\d\d?)(?![\w/]|[-.,:]\d)")
_HYPHENS = ("-", "\u2010", "\u2011")
_CODE_MARKS = (*_HYPHENS, ".", ",", ":", "/")
_SIX_DIGITS = shape("annotate_dates", "six_digits", BLANK=BLANK, DASH=DASH)
_DASH_ONLY = re.compile(rf"{BLANK}?{DASH}{BLANK}?")


# A date found: start, end, value.
_Atom = tuple[int, int, PartialDate]


def find_dates(text: str, taken: Sequence[TypedSpan] = ()) -> Iterator[TypedSpan]:
    """The dates and periods of the text as spans of kind ``date`` and ``period``, in order.

    ``taken`` are spans in which no date is looked for, such as diary numbers.  A date that the calendar does not
    have is not given, nor are the parts of a period.  The span of a date leaves out "den"; that of a half-open
    period holds the words that open it.
    """
    if taken:
        text = hide(text, taken)
    patterns = date_patterns()
    position = 0
    for run in DIGITS.finditer(text):
        start, end = run.span()
        if start < position or end - start not in (1, 2, 4, 6, 8) or not _may_begin(text, start):
            continue
        if end - start == 6:
            short = _read_six_digits(text, start)
            if short is not None:
                yield short
                position = short.end
            continue
        for span in _read(text, start, end, patterns, position):
            yield span
            position = span.end


def _read_six_digits(text: str, start: int) -> TypedSpan | None:
    """``190101 - 201231``: two days of this century, the first not after the second."""
    m = _SIX_DIGITS.match(text, start)
    if m is None:
        return None
    numbers = [int(part) for part in m.groups()]
    ends = [_checked(start, m.end(), 2000 + numbers[i], numbers[i + 1], numbers[i + 2]) for i in (0, 3)]
    if (
        ends[0] is None
        or ends[1] is None
        or not 2000 + numbers[3] <= LAST_YEAR
        or not _in_order(ends[0][2], ends[1][2])
    ):
        return None
    return TypedSpan("period", start, m.end(), Period(ends[0][2], ends[1][2]))


def _may_begin(text: str, start: int) -> bool:
    """Whether a date may begin at the digit: not within a word, code or number."""
    if start == 0:
        return True
    before = text[start - 1]
    if before.isalnum() or before in "_#@§&=*":
        return False
    if before in ".,:/-\u2010\u2011\u2012\u2013\u2014+" and start > 1:
        earlier = text[start - 2]
        return not earlier.isdigit() and (before not in "-./:\u2010\u2011" or not earlier.isalnum())
    return True


def _read(text: str, start: int, end: int, patterns: DatePatterns, floor: int) -> Iterator[TypedSpan]:
    """The date or period whose first digit is at ``start``."""
    if end - start <= 2:
        months = _MONTHS_OF_YEARS.match(text, start)
        if months is not None:
            ends = [_checked(start, months.end(), int(months[i + 1]), int(months[i]), None) for i in (1, 3)]
            if ends[0] and ends[1] and _in_order(ends[0][2], ends[1][2]):
                yield TypedSpan("period", start, months.end(), Period(ends[0][2], ends[1][2]))
                return
        joined = patterns.day_join.match(text, start)
        if joined is not None:
            yield from _read_days(text, start, joined, patterns)
            return
        joined = _NUMERIC_RANGE.match(text, start)
        if joined is not None:
            yield from _read_numeric_range(text, start, joined, patterns)
            return
    if end - start == 4:
        turn = _TURN.match(text, end)
        if turn is not None:
            yield from _read_turn(text, start, end, turn, patterns)
            return
    atom = _read_atom(text, start, patterns, floor)
    if atom is None:
        return
    low, high, value = atom
    period = _read_period(text, atom, patterns) or _read_months(text, atom, patterns, floor)
    if period is None:
        period = _read_open(text, atom, patterns, floor)
    yield TypedSpan("date", low, high, value) if period is None else period


def _read_atom(text: str, start: int, patterns: DatePatterns, floor: int | None) -> _Atom | None:
    """The date at ``start``, which is a digit, or with ``floor`` None a digit or a month's name.

    Otherwise a month before a year belongs to the date where it does not begin before ``floor``.
    """
    if floor is None:
        named = patterns.month_year.match(text, start)
        if named is not None:
            return _last_day(
                text, _atom(start, named.end(), int(named["year"]), named["month"], named["day"], patterns)
            )
    run = DIGITS.match(text, start)
    if run is None:
        return None
    length = run.end() - start
    if length == 8:
        return _read_compact(text, start, run.end())
    if length <= 2:
        return _read_day(text, start, patterns)
    if length != 4:
        return None
    iso = _ISO.match(text, start)
    if iso is not None and not _goes_on(text, iso.end()):
        if iso[4] is None and iso[2] not in "-\u2010\u2011":
            return None
        return _checked(start, iso.end(), int(iso[1]), int(iso[3]), int(iso[4]) if iso[4] else None)
    return _read_year(text, start, run.end(), patterns, floor)


def _read_compact(text: str, start: int, end: int) -> _Atom | None:
    year, month, day = int(text[start : start + 4]), int(text[start + 4 : start + 6]), int(text[start + 6 : end])
    ends = _COMPACT_END.match(text, end) or not _goes_on(text, end)
    if not FIRST_YEAR <= year <= LAST_YEAR or not ends or text[end : end + 1].isalpha():
        return None
    return _checked(start, end, year, month, day)


def _read_day(text: str, start: int, patterns: DatePatterns) -> _Atom | None:
    """``6 december 2017``, ``17 oktober``, ``14/12 2022``, ``14.12.2022``."""
    m = patterns.day.match(text, start)
    if m is not None:
        year = int(m["year"]) if m["year"] else None
        if year is not None and not OLDEST <= year <= LATEST:
            year = None
        if year is None and m["month"].casefold() not in patterns.full:
            return None
        end = m.end() if year is not None else m.end("month")
        return _atom(start, end, year, m["month"], m["day"], patterns)
    m = _NUMERIC.match(text, start)
    if m is None:
        m = _NUMERIC_DAY.match(text, start) if _THE_DAY.search(text, max(0, start - 4), start) else None
        return _checked(start, m.end(), None, int(m[2]), int(m[1])) if m is not None else None
    day, month, year = (int(part) for part in m.groups() if part is not None)
    return _checked(start, m.end(), year, month, day)


def _read_year(text: str, start: int, end: int, patterns: DatePatterns, floor: int | None) -> _Atom | None:
    """A year, with the month or English day before it; not where it counts or begins an amount."""
    year = int(text[start:end])
    following = text[end : end + 2]
    if following[:1].isalpha() or following[:1] == "_":
        return None
    if following[:1] in _CODE_MARKS and following[1:].isalnum() and not _DASH_ONLY.match(text, end):
        return None
    if following[:1] in _HYPHENS and following[1:].isalpha():
        return None
    if floor is not None and OLDEST <= year <= LATEST:
        m = patterns.month_first.search(text, max(floor, start - 20), start)
        if m is not None:
            # A day before the month that the calendar lacks: the date is wrong, not less precise.
            wrong = text[max(0, m.start() - 3) : m.start()].rstrip(BLANKS + ".")[-1:].isdigit()
            return None if wrong else _last_day(text, _atom(m.start(), end, year, m["month"], m["day"], patterns))
    if not FIRST_YEAR <= year <= LAST_YEAR or patterns.counted.match(text, end):
        return None
    group = _ONE_GROUP.match(text, end)
    if group is not None and (group[1] == "000" or patterns.base_unit.match(text, group.end())):
        return None
    return start, end, PartialDate(year)


def _goes_on(text: str, end: int) -> bool:
    """Whether a code or number goes on where a date of digits ended: ``2022-12-14-3``."""
    following = text[end : end + 2]
    return following[:1] in _CODE_MARKS and following[1:].isdigit() and not _ISO.match(text, end + 1)


def _atom(start: int, end: int, year: int | None, month: str, day: str | None, patterns: DatePatterns) -> _Atom | None:
    return _checked(start, end, year, patterns.months[fold_blanks(month)], int(day) if day else None)


def _last_day(text: str, atom: _Atom | None) -> _Atom | None:
    """``sista juni 2025``, ``sista dagen i mars 2024``: the month's last day, which the words name."""
    if atom is None:
        return None
    start, end, value = atom
    if value.day is not None or value.month is None or value.year is None:
        return atom
    if _LAST_DAY.search(text, max(0, start - 20), start) is None:
        return atom
    return start, end, PartialDate(value.year, value.month, monthrange(value.year, value.month)[1])


def _checked(start: int, end: int, year: int | None, month: int, day: int | None) -> _Atom | None:
    """The date, or None where the calendar has no such day; without a year 29 February is one."""
    if not 1 <= month <= 12 or (year is not None and not OLDEST <= year <= LATEST):
        return None
    if day is not None and not 1 <= day <= monthrange(2000 if year is None else year, month)[1]:
        return None
    return start, end, PartialDate(year, month, day)


def _read_period(text: str, left: _Atom, patterns: DatePatterns) -> TypedSpan | None:
    """The period that the date begins, where a dash or a word of joining and a second date follow."""
    start, end, first = left
    if first.month is None and first.year is not None:
        short = _SHORT_END.match(text, end)
        if short is not None and first.year % 100 < int(short[1]) <= LAST_YEAR % 100:
            last = PartialDate(first.year // 100 * 100 + int(short[1]))
            return TypedSpan("period", start, short.end(), Period(first, last))
    join = patterns.join.match(text, end)
    if join is None:
        return None
    if join["conditional"] and not patterns.opener.search(text, max(0, start - 30), start):
        return None
    right = _read_atom(text, join.end(), patterns, None)
    if right is None or patterns.moved.search(text, max(0, start - 120), start):
        return None
    last = right[2]
    if first.year is None and last.year is not None:
        dated = PartialDate(last.year, first.month, first.day)
        first = dated if _in_order(dated, last) else first
    if not _in_order(first, last):
        return None
    return TypedSpan("period", start, right[1], Period(first, last))


def _in_order(first: PartialDate, last: PartialDate) -> bool:
    """Whether the first date is not after the last, as far as both say."""
    if first.year is None or last.year is None:
        return True
    left, right = [first.year], [last.year]
    if first.month and last.month:
        left.append(first.month)
        right.append(last.month)
        if first.day and last.day:
            left.append(first.day)
            right.append(last.day)
    return left <= right and (len(left) > 1 or left < right or bool(first.month) != bool(last.month))


def _read_months(text: str, right: _Atom, patterns: DatePatterns, floor: int) -> TypedSpan | None:
    """``mars–augusti 2022``: the year and all that is missing of the first end come from the second."""
    start, end, last = right
    if last.month is None or last.day is not None:
        return None
    m = patterns.month_join.search(text, max(floor, start - 40), start)
    if m is None or m["conditional"] or m["day"]:
        return None
    first = PartialDate(last.year, patterns.months[fold_blanks(m["month"])])
    return TypedSpan("period", m.start("month"), end, Period(first, last)) if _in_order(first, last) else None


def _read_days(text: str, start: int, joined: re.Match[str], patterns: DatePatterns) -> Iterator[TypedSpan]:
    """``8–9 mars 2018``, a period, and ``8 och 9 mars 2018``, two dates with one month and year."""
    right = _read_day(text, joined.end(), patterns)
    day = int(joined["day"])
    if right is None or right[2].day is None or right[2].month is None:
        return
    left = _checked(start, start + len(joined["day"]), right[2].year, right[2].month, day)
    if left is None or day >= right[2].day:
        yield TypedSpan("date", *right)
    elif joined["conditional"] or joined["join"].strip() in (",", "&"):
        yield TypedSpan("date", *left)
        yield TypedSpan("date", *right)
    else:
        yield TypedSpan("period", start, right[1], Period(left[2], right[2]))


def _read_numeric_range(text: str, start: int, joined: re.Match[str], patterns: DatePatterns) -> Iterator[TypedSpan]:
    """``1/1–31/12 2023``: the year of the first end comes from the second."""
    right = _read_day(text, joined.end(), patterns)
    if right is None or right[2].year is None:
        return
    left = _checked(start, joined.end(), right[2].year, int(joined[2]), int(joined[1]))
    if left is not None and _in_order(left[2], right[2]):
        yield TypedSpan("period", start, right[1], Period(left[2], right[2]))


def _read_turn(text: str, start: int, end: int, turn: re.Match[str], patterns: DatePatterns) -> Iterator[TypedSpan]:
    """``2018/2019`` is a period, but not after a word for the turn of the year."""
    year = int(text[start:end])
    following = int(turn[1])
    if len(turn[1]) == 4 and FIRST_YEAR <= year < following <= LAST_YEAR and following - year <= 1:
        if not patterns.turns.search(text, max(0, start - 24), start):
            yield TypedSpan("period", start, turn.end(), Period(PartialDate(year), PartialDate(following)))


def _read_open(text: str, atom: _Atom, patterns: DatePatterns, floor: int) -> TypedSpan | None:
    """The half-open period that the words before a date make of it."""
    start, end, value = atom
    low = max(floor, start - 48)
    m = patterns.until.search(text, low, start)
    if m is not None:
        return TypedSpan("period", m.start(), end, Period(None, value))
    m = patterns.since.search(text, low, start)
    if m is not None:
        return TypedSpan("period", m.start(), end, Period(value, None))
    if value.day is None:
        m = patterns.since_plain.search(text, low, start)
        if m is not None and (m["noun"] or "").casefold() not in patterns.dated:
            return TypedSpan("period", m.start("since"), end, Period(value, None))
    return None
