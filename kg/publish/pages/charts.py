"""Pictures of answers: bars, lines and timelines from the rows of a table."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from kg.publish.pages.drawing import Drawing, Mark, Tick, round_steps, shorten_text
from kg.publish.pages.lineage import Project, draw_lineage
from kg.publish.pages.links import Links
from kg.publish.pages.wording import Words
from kg.query import Table
from kg.query.questions import Chart

MOST = 40
"""Of more rows the first are drawn; the table holds all."""

_WIDTH, _NAME, _ROW, _BAR, _TOP = 760.0, 230.0, 28.0, 18.0, 24.0
_NUMBERS = (int, float, Decimal)


Say = Callable[[str, str], str | None]
"""A code in words by the name of its column; None for what is no code."""


def draw_chart(
    chart: Chart | None, table: Table, links: Links, say: Say = lambda column, value: None
) -> Drawing | None:
    """The picture that a question names, or None where it names none or the answer has nothing to draw."""
    if chart is None or not set(chart.columns) <= set(table.names):
        return None
    if chart.form == "lineage":
        return _draw_lineage(chart, table, links)
    if chart.form == "timeline":
        return _draw_timeline(chart, table, links, say)
    if chart.form == "lines":
        return _draw_lines(chart, table, links)
    if chart.form == "bars":
        return _draw_bars(chart, table, links, say)
    raise ValueError(f"no picture is drawn as {chart.form}")


def _draw_bars(chart: Chart, table: Table, links: Links, say: Say) -> Drawing | None:
    words = Words(links.language)
    name, measure = chart.columns[0], chart.columns[1]
    unit = next(c.unit for c in table.columns if c.name == measure)
    pairs = zip(table.column(name), table.column(measure), strict=True)
    # the same name may stand in several rows, as a year with several sources: its bar is their sum
    summed: dict[str, Any] = {}
    for key, number in pairs:
        if isinstance(number, _NUMBERS) and not isinstance(number, bool):
            text = say(name, str(key)) or words.value(key) or words("none")
            summed[text] = summed.get(text, 0) + number
    rows = list(summed.items())[:MOST]
    if not rows:
        return None
    low = min(0.0, *(float(v) for _, v in rows))
    steps = round_steps(max(0.0, *(float(v) for _, v in rows)))
    high = max(steps[-1], -low * 0.05, 1e-9)
    scale = (_WIDTH - _NAME - 120) / (high - low)
    zero = _NAME - low * scale
    marks = []
    for number, (text, value) in enumerate(rows):
        size = float(value) * scale
        y = _TOP + number * _ROW
        said = words.value(value, unit)
        marks.append(
            Mark(min(zero, zero + size), y, max(1.0, abs(size)), _BAR, "s0" if size >= 0 else "s3", f"{text}: {said}",
                 shorten_text(text, _NAME - 12), said)
        )  # fmt: skip
    ticks = tuple(Tick(zero + step * scale, _short_number(step, words, unit)) for step in steps)
    alt = f"{words.column(measure)}: " + "; ".join(mark.title for mark in marks)
    return Drawing("bars", _WIDTH, _TOP + len(rows) * _ROW + 8, alt, tuple(marks), ticks)


# Size of a number, and how it is written short: Swedish kronor and other numbers in Swedish, both in English.
_SIZES = ((1e9, "mdkr", "md", "bn"), (1e6, "mnkr", "mn", "m"), (1e3, "tkr", "tusen", "k"))


def _short_number(value: float, words: Words, unit: str) -> str:
    for size, kronor, plain, english in _SIZES:
        if value >= size:
            swedish = kronor if unit == "SEK" else plain
            return f"{words.number(_plain(value / size))} {swedish if words.language == 'sv' else english}"
    return words.number(_plain(value))


def _plain(value: float) -> int | float:
    return int(value) if value == int(value) else round(value, 2)


_LEFT, _RIGHT, _HEIGHT, _HEAD, _FOOT = 116.0, 44.0, 300.0, 26.0, 34.0
_MOST_VALUES = 12  # of more years only some have their value beside them


def _draw_lines(chart: Chart, table: Table, links: Links) -> Drawing | None:
    """A measure over years: the rows of a year are added up, a year between without a row counts as nothing."""
    words = Words(links.language)
    name, measure = chart.columns[0], chart.columns[1]
    unit = next(c.unit for c in table.columns if c.name == measure)
    summed: dict[int, Any] = {}
    for key, number in zip(table.column(name), table.column(measure), strict=True):
        when = _year_of(key)
        if when is not None and isinstance(number, _NUMBERS) and not isinstance(number, bool):
            summed[int(when)] = summed.get(int(when), 0) + number
    if not summed:
        return None
    first, last = min(summed), max(summed)
    years = list(range(first, last + 1))
    steps = round_steps(max(0.0, *(float(v) for v in summed.values()), 0.0))
    low = min(0.0, *(float(v) for v in summed.values()), 0.0)
    high = max(steps[-1], -low * 0.05, 1e-9)
    scale = (_HEIGHT - _HEAD - _FOOT) / (high - low)
    apart = (_WIDTH - _LEFT - _RIGHT) / max(1, last - first)
    every = max(1, -(-len(years) // _MOST_VALUES))
    marks = []
    for place, year in enumerate(years):
        value = summed.get(year, 0)
        x, y = _LEFT + place * apart, _HEIGHT - _FOOT - (float(value) - low) * scale
        label = _short_number(float(value), words, unit) if place % every == 0 else ""
        marks.append(Mark(x, y, 9, 9, "s0", f"{year}: {words.value(value, unit)}", label))
    path = "M" + " L".join(f"{mark.x:.1f} {mark.y:.1f}" for mark in marks)
    ticks = tuple(Tick(_LEFT + place * apart, str(year)) for place, year in enumerate(years) if place % every == 0)
    rungs = tuple(Tick(_HEIGHT - _FOOT - (s - low) * scale, _short_number(s, words, unit)) for s in steps)
    alt = f"{words.column(measure)}: " + "; ".join(mark.title for mark in marks)
    return Drawing("lines", _WIDTH, _HEIGHT, alt, tuple(marks), ticks, rungs, (path,))


def _draw_timeline(chart: Chart, table: Table, links: Links, say: Say) -> Drawing | None:
    words = Words(links.language)
    rows = []
    for row in table.records():
        when = _year_of(row[chart.columns[0]])
        if when is not None:
            said = [say(c, str(row[c])) or _say(words, table, c, row[c]) for c in chart.columns]
            rows.append((when, ", ".join(text for text in said if text)))
    rows = sorted(rows)[:MOST]
    if not rows:
        return None
    first, last = int(rows[0][0]), int(rows[-1][0]) + 1
    unit = (_WIDTH - 60) / max(1, last - first)
    marks = []
    for number, (when, text) in enumerate(rows):
        x = 20 + (when - first) * unit
        marks.append(Mark(x, _TOP + 10 + number * 22, 10, 10, "s0", text, text))
    step = max(1, -(-(last - first) // 12))
    ticks = tuple(Tick(20 + (year - first) * unit, str(year)) for year in range(first, last + 1, step))
    alt = "; ".join(text for _, text in rows)
    return Drawing("timeline", _WIDTH, _TOP + 22 + len(rows) * 22, alt, tuple(marks), ticks)


def _say(words: Words, table: Table, name: str, value: Any) -> str:
    column = next(c for c in table.columns if c.name == name)
    return words.value(value, column.unit)


def _year_of(value: Any) -> float | None:
    """A date of whatever precision as a year with the part of it that has passed."""
    if isinstance(value, date):
        return value.year + (value.timetuple().tm_yday - 1) / 366
    text = str(value or "")
    parts = text.split("-")
    if not parts[0].isdigit() or len(parts[0]) != 4:
        return None
    month = int(parts[1]) if len(parts) > 1 and parts[1].isdigit() else 1
    return int(parts[0]) + (month - 1) / 12


def _draw_lineage(chart: Chart, table: Table, links: Links) -> Drawing | None:
    name, start, end, before = chart.columns
    rows = table.records()[:MOST]
    known = {str(row[name]): str(row.get("iri") or row[name]) for row in rows}
    projects = []
    for row in rows:
        first, last = _year_of(row[start]), _year_of(row[end])
        years = [int(y) for y in (first, last) if y is not None]
        named = [part.strip() for part in str(row[before] or "").split(",")]
        on = tuple(known[part] for part in named if part in known)
        label = str(row[name])
        projects.append(Project(known[label], label, min(years, default=None), max(years, default=None), on))
    if not projects:
        return None
    itself = next((known[str(row[name])] for row in rows if row.get("direction") == "itself"), "")
    return draw_lineage(sorted(projects, key=lambda p: (p.start or 0, p.label)), itself, links)
