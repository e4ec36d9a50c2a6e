"""Pictures of answers."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kg.publish.pages.charts import draw_chart
from kg.publish.pages.links import ServedLinks
from kg.publish.site import Site
from kg.query import Column, Table
from kg.query.questions import Chart
from kg.terms import DEFAULT_BASE

_SV = ServedLinks(Site(DEFAULT_BASE), "sv", "/")
_COLUMNS = (Column("year", "integer"), Column("source"), Column("amount", "integer", "SEK"))


def test_bars_of_one_name_are_added_up() -> None:
    table = Table(_COLUMNS, ((2021, "a", 1_000_000), (2021, "b", 500_000), (2022, "a", 3_000_000), (2023, "a", None)))
    drawn = draw_chart(Chart("bars", ("year", "amount")), table, _SV)
    assert drawn is not None
    assert [(m.label, m.value) for m in drawn.marks] == [
        ("2021", "1\u00a0500\u00a0000\u00a0kr"),
        ("2022", "3\u00a0000\u00a0000\u00a0kr"),
    ]
    assert drawn.marks[1].width == 2 * drawn.marks[0].width
    assert [t.text for t in drawn.ticks] == ["0", "1 mnkr", "2 mnkr", "3 mnkr"]
    assert "2021: 1\u00a0500\u00a0000\u00a0kr" in drawn.alt


def test_a_series_over_years_is_a_line() -> None:
    rows = ((2021, "a", 1_000_000), (2023, "b", 500_000), (2023, "a", 2_500_000), (2020, "a", None), (None, "a", 7))
    drawn = draw_chart(Chart("lines", ("year", "amount")), Table(_COLUMNS, rows), _SV)
    assert drawn is not None and drawn.kind == "lines" and len(drawn.paths) == 1
    # a year between without a row counts as nothing, as in the picture of kg chart
    assert [(m.title, m.label) for m in drawn.marks] == [
        ("2021: 1\u00a0000\u00a0000\u00a0kr", "1 mnkr"), ("2022: 0\u00a0kr", "0"),
        ("2023: 3\u00a0000\u00a0000\u00a0kr", "3 mnkr"),
    ]  # fmt: skip
    x, y = [m.x for m in drawn.marks], [m.y for m in drawn.marks]
    assert x[1] - x[0] == x[2] - x[1] > 0 and y[1] > y[0] > y[2]
    assert y[1] - y[2] == pytest.approx(3 * (y[1] - y[0]))
    assert [t.text for t in drawn.rungs] == ["0", "1 mnkr", "2 mnkr", "3 mnkr"] and drawn.rungs[0].at == y[1]


def test_a_line_of_one_year_of_many_years_and_of_losses() -> None:
    columns = (Column("year", "integer"), Column("amount", "integer", "SEK"))
    one = draw_chart(Chart("lines", ("year", "amount")), Table(columns, ((2021, 5),)), _SV)
    assert one is not None and len(one.marks) == 1
    many = draw_chart(Chart("lines", ("year", "amount")), Table(columns, ((1960, 5), (2021, 5))), _SV)
    assert many is not None and len(many.marks) == 62 and len([m for m in many.marks if m.label]) <= 12
    loss = draw_chart(Chart("lines", ("year", "amount")), Table(columns, ((2020, -5), (2021, 5))), _SV)
    assert loss is not None and loss.marks[0].y > loss.rungs[0].at > loss.marks[1].y
    assert draw_chart(Chart("lines", ("year", "amount")), Table(columns, ((None, 5), (2021, None))), _SV) is None


def test_negative_bars_go_the_other_way() -> None:
    table = Table((Column("p"), Column("d", "decimal")), (("x", Decimal("-5")), ("y", Decimal("5"))))
    drawn = draw_chart(Chart("bars", ("p", "d")), table, _SV)
    assert drawn is not None and drawn.marks[0].x < drawn.marks[1].x
    assert drawn.marks[0].x + drawn.marks[0].width == drawn.marks[1].x


def test_timeline_in_the_order_of_time() -> None:
    columns = (Column("date", "date"), Column("amount", "integer", "SEK"), Column("outcome"))
    table = Table(columns, (("2022-05", 5, "granted"), ("2020", None, "rejected"), (None, 7, "granted")))
    drawn = draw_chart(Chart("timeline", ("date", "amount", "outcome")), table, _SV)
    assert drawn is not None
    assert [m.label for m in drawn.marks] == ["2020, rejected", "2022-05, 5\u00a0kr, granted"]
    assert drawn.marks[0].x < drawn.marks[1].x


def test_nothing_to_draw() -> None:
    assert draw_chart(None, Table(_COLUMNS, ()), _SV) is None
    assert draw_chart(Chart("bars", ("year", "amount")), Table(_COLUMNS, ()), _SV) is None
    assert draw_chart(Chart("bars", ("other", "amount")), Table(_COLUMNS, ((1, "a", 2),)), _SV) is None
