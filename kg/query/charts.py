"""Pictures of answers, as SVG or PNG: bars, lines, timeline and lineage, with Swedish words, legible in grey."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from kg.errors import UsageError
from kg.query.formats import NO_BREAK_SPACE
from kg.query.frames import require
from kg.query.questions import Chart, QueryFile
from kg.query.tables import Table

# More bars than these say no more.
MOST_BARS = 25
INK, FILL, PALE = "#1a1a1a", "#5a5a5a", "#d0d0d0"

WORDS = {
    "accumulated": "sammanlagt",
    "alike": "lika",
    "amount": "belopp",
    "authority": "myndighet",
    "county": "län",
    "date": "datum",
    "difference": "skillnad",
    "end": "slut",
    "form": "form",
    "funder": "finansiär",
    "granted": "beviljat",
    "grants": "beviljanden",
    "one": "organisation",
    "organisation": "organisation",
    "outcome": "utfall",
    "per_krona": "kronor från andra per regional krona",
    "priority": "prioritering",
    "project": "projekt",
    "projects": "projekt",
    "receiver": "mottagare",
    "region": "region",
    "regions": "regioner",
    "start": "start",
    "top_five": "de fem störstas andel",
    "year": "år",
    "rejected": "avslag",
    "proposed_grant": "förslag om bifall",
    "proposed_rejection": "förslag om avslag",
    "other": "annat",
    "cash": "kontant",
    "in_kind": "in natura",
}
_MARKERS = {"granted": "o", "rejected": "X", "proposed_grant": "^", "proposed_rejection": "v", "other": "s"}
_OUTCOMES = {"granted": "beviljad", "rejected": "avslagen"}


def swedish(word: str) -> str:
    """A column or code in Swedish words; as it is where none is known."""
    return WORDS.get(word, word.replace("_", " "))


def draw_chart(question: QueryFile, table: Table, path: Path) -> None:
    """Draws the answer into ``path`` (``.svg`` or ``.png``).  The same answer gives the same bytes.

    Raises UsageError where the question has no picture, there is nothing to draw, or matplotlib is not installed.
    """
    chart = check_picture(question, path)
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    rows = [tuple(record[name] for name in chart.columns) for record in table.records()]
    units = {c.name: c.unit for c in question.columns}
    with rc_context({"svg.hashsalt": "kg", "font.family": "DejaVu Sans", "svg.fonttype": "none"}):
        figure = Figure(figsize=(9, 5), layout="constrained")
        axes = figure.add_subplot()
        axes.set_title(_fold(question.question_sv), loc="left", fontsize=12, color=INK)
        _DRAWN[chart.form](axes, rows, chart.columns, units)
        for side in ("top", "right"):
            axes.spines[side].set_visible(False)
        metadata: dict[str, Any] = {"Date": None} if path.suffix == ".svg" else {"Software": None}
        figure.savefig(path, dpi=150, metadata=metadata)


def check_picture(question: QueryFile, path: Path) -> Chart:
    """How the question is drawn.  Raises UsageError where it has no picture, ``path`` cannot hold one, or matplotlib is
    not installed, so that this is known before the question is asked."""
    if question.chart is None:
        raise UsageError(f"the question '{question.name}' has no picture", hint="kg query gives its answer as a table")
    if path.suffix not in (".svg", ".png"):
        raise UsageError("a picture is SVG or PNG", where=str(path), hint="name a file that ends in .svg or .png")
    if not path.parent.is_dir():
        raise UsageError("there is no such folder", where=str(path.parent), hint="make it, or name another with -o")
    require("matplotlib")
    return question.chart


def _fold(words: str, width: int = 80) -> str:
    import textwrap

    return "\n".join(textwrap.wrap(words, width))


def _nothing() -> UsageError:
    return UsageError("there is nothing to draw", hint="kg query shows the answer as a table")


def _money(value: float, _place: object = None) -> str:
    whole = f"{value:,.0f}" if float(value).is_integer() else f"{value:,.2f}".rstrip("0")
    return whole.replace(",", NO_BREAK_SPACE).replace(".", ",")


def _label(name: str, unit: str) -> str:
    return f"{swedish(name)} ({'kr' if unit == 'SEK' else unit})" if unit else swedish(name)


def _bars(axes: Any, rows: list[tuple[Any, ...]], columns: tuple[str, ...], units: dict[str, str]) -> None:
    """Lying bars in the order of the rows, years in theirs; rows of one name are added up."""
    sums: dict[str, float] = {}
    for name, value, *_ in rows:
        if value is not None:
            key = swedish(str(name)) if name is not None else "ej angivet"
            sums[key] = sums.get(key, 0) + float(value)
    if not sums:
        raise _nothing()
    shown = list(sums.items())[:MOST_BARS]
    axes.figure.set_figheight(1.6 + 0.34 * len(shown))
    names = [_fold(name, 38) for name, _ in shown]
    bars = axes.barh(range(len(shown)), [v for _, v in shown], color=FILL, edgecolor=INK, height=0.7)
    axes.bar_label(bars, [_money(v) for _, v in shown], padding=4, fontsize=9, color=INK)
    axes.set_yticks(range(len(shown)), names, fontsize=9)
    axes.invert_yaxis()
    axes.margins(x=0.16)
    axes.xaxis.set_major_formatter(_money)
    axes.tick_params(axis="x", labelsize=9)
    axes.set_xlabel(_label(columns[1], units.get(columns[1], "")))
    if len(sums) > len(shown):
        axes.set_ylabel(f"de {len(shown)} första av {len(sums)}", fontsize=9)


def _lines(axes: Any, rows: list[tuple[Any, ...]], columns: tuple[str, ...], units: dict[str, str]) -> None:
    """A line over years; a year without a row counts as nothing."""
    sums: dict[int, float] = {}
    for year, value, *_ in rows:
        if year is not None and value is not None:
            sums[int(year)] = sums.get(int(year), 0) + float(value)
    if not sums:
        raise _nothing()
    years = list(range(min(sums), max(sums) + 1))
    axes.plot(years, [sums.get(y, 0) for y in years], color=INK, marker="o", linewidth=2)
    axes.set_xticks(years, [str(y) for y in years], rotation=45 if len(years) > 12 else 0)
    axes.set_ylim(bottom=0)
    axes.yaxis.set_major_formatter(_money)
    axes.grid(axis="y", color=PALE)
    axes.set_xlabel(swedish(columns[0]))
    axes.set_ylabel(_label(columns[1], units.get(columns[1], "")))


def _time(value: Any) -> float | None:
    """A date, month or year as a number of years."""
    if value is None:
        return None
    parts = [int(p) for p in str(value).split("-")]
    day = date(*(parts + [1, 1])[:3])
    return day.year + (day.timetuple().tm_yday - 1) / 365.25


def _end(value: Any) -> float | None:
    """The end of the day, month or year that an end names."""
    begun = _time(value)
    if begun is None:
        return None
    return begun + {4: 1.0, 7: 1 / 12}.get(len(str(value)), 1 / 365.25)


def _timeline(axes: Any, rows: list[tuple[Any, ...]], columns: tuple[str, ...], units: dict[str, str]) -> None:
    """A mark for each act over time: the higher the larger its amount, its form telling the outcome."""
    found = [(_time(day), float(amount or 0), outcome) for day, amount, outcome in rows if day is not None]
    if not found:
        raise _nothing()
    for outcome in sorted({o for *_, o in found}, key=str):
        of = [(t, a) for t, a, o in found if o == outcome]
        times, amounts = [t for t, _ in of], [a for _, a in of]
        axes.vlines(times, 0, amounts, color=PALE, zorder=1)
        name = _OUTCOMES.get(str(outcome), swedish(str(outcome)))
        filled = FILL if outcome == "granted" else "white"
        axes.scatter(
            times, amounts, marker=_MARKERS.get(str(outcome), "s"), s=64, facecolor=filled, edgecolor=INK, label=name
        )
    first, last = int(min(t for t, *_ in found)), int(max(t for t, *_ in found)) + 1  # type: ignore[type-var,arg-type]
    step = max(1, (last - first) // 10)
    axes.set_xticks(range(first, last + 1, step), [str(y) for y in range(first, last + 1, step)])
    axes.yaxis.set_major_formatter(_money)
    axes.axhline(0, color=INK, linewidth=0.8)
    axes.legend(frameon=False, loc="upper left", bbox_to_anchor=(1, 1))
    axes.set_xlabel(swedish(columns[0]))
    axes.set_ylabel(_label(columns[1], units.get(columns[1], "")))


def _lineage(axes: Any, rows: list[tuple[Any, ...]], columns: tuple[str, ...], units: dict[str, str]) -> None:
    """A bar from start to end for each project, in the order of the rows, with arrows from what it builds on."""
    if not rows:
        raise _nothing()
    axes.figure.set_figheight(1.8 + 0.6 * len(rows))
    begun = [_time(start) for _, start, *_ in rows]
    known = [t for t in (*begun, *(_end(end) for _, _, end, _ in rows)) if t is not None] or [2000.0, 2001.0]
    places: dict[str, tuple[float, float, int]] = {}
    for row, (name, _, end, _) in enumerate(rows):
        start = begun[row]
        left = start if start is not None else min(known) - 1
        right = max(_end(end) or left + 1, left + 0.25)
        places[str(name)] = (left, right, row)
        style = {"hatch": "////", "linestyle": "--", "facecolor": "white"} if start is None else {"facecolor": PALE}
        axes.barh(row, right - left, left=left, height=0.44, edgecolor=INK, **style)
        told = str(name) if start is not None else f"{name} (tid ej angiven)"
        axes.annotate(told, (left, row), xytext=(6, 0), textcoords="offset points", va="center", fontsize=9, color=INK)
    for name, _, _, bases in rows:
        for base in str(bases).split(", ") if bases else ():
            if base in places:
                _, right, row = places[base]
                left, _, to = places[str(name)]
                bend = {"arrowstyle": "-|>", "color": INK, "linewidth": 1.2, "connectionstyle": "arc3,rad=-0.25"}
                axes.annotate("", (left, to), (min(right, max(left, right)), row), arrowprops=bend)
    first, last = int(min(p[0] for p in places.values())), int(max(p[1] for p in places.values())) + 1
    axes.set_xticks(range(first, last + 1), [str(y) for y in range(first, last + 1)], fontsize=9)
    axes.set_yticks([])
    axes.set_ylim(len(rows) - 0.4, -0.8)
    axes.spines["left"].set_visible(False)
    axes.set_xlabel("år")


_DRAWN: dict[str, Callable[[Any, list[tuple[Any, ...]], tuple[str, ...], dict[str, str]], None]] = {
    "bars": _bars,
    "lines": _lines,
    "timeline": _timeline,
    "lineage": _lineage,
}
