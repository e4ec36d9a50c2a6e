"""Pictures: every one is drawn, in both formats, the same bytes for the same answer."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from kg.errors import UsageError
from kg.graph.store import GraphStore
from kg.query import Column, QueryFile, Table, execute, find_query, list_queries, prepare
from kg.query.charts import WORDS, draw_chart, swedish
from tests.query.cases import SAMPLE

DRAWN = [q for q in list_queries() if q.chart]
EMPTY = {"money-by-priority", "tables-that-differ"}


def test_every_form_of_picture_is_used() -> None:
    assert {q.chart.form for q in DRAWN if q.chart} == {"bars", "lines", "timeline", "lineage"}


@pytest.mark.parametrize("question", DRAWN, ids=lambda q: q.name)
def test_pictures_of_the_sample_papers(question: QueryFile, sample: GraphStore, tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    table = execute(sample.store, prepare(question.name, SAMPLE[question.name]))
    first, second = tmp_path / "a.svg", tmp_path / "b.svg"
    if question.name in EMPTY:
        with pytest.raises(UsageError, match="nothing to draw"):
            draw_chart(question, table, first)
        return
    draw_chart(question, table, first)
    draw_chart(question, table, second)
    assert first.read_bytes() == second.read_bytes()
    words = " ".join(ElementTree.parse(first).getroot().itertext())
    assert question.question_sv.split()[0] in words
    greys = {c for c in words.split() if c.startswith("#")}
    assert not greys


def test_png_and_grey(sample: GraphStore, tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    from PIL import Image

    question = find_query("lineage")
    draw_chart(question, execute(sample.store, prepare("lineage", SAMPLE["lineage"])), tmp_path / "a.png")
    picture = Image.open(tmp_path / "a.png").convert("RGB")
    assert all(max(p) - min(p) < 12 for p in _pixels(picture)), "no colour tells anything"
    assert picture.width > 1000


def _pixels(picture: Any) -> list[tuple[int, ...]]:
    small = picture.resize((90, 50))
    return [small.getpixel((x, y)) for x in range(90) for y in range(50)]


def test_what_cannot_be_drawn_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = Table((Column("project"),), ())
    with pytest.raises(UsageError, match="has no picture"):
        draw_chart(find_query("things"), table, tmp_path / "a.svg")
    with pytest.raises(UsageError, match="SVG or PNG"):
        draw_chart(find_query("lineage"), table, tmp_path / "a.gif")
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(UsageError, match=r"beslutsgraf\[charts\]"):
        draw_chart(find_query("lineage"), table, tmp_path / "a.svg")


def test_the_columns_of_pictures_have_swedish_names() -> None:
    for question in DRAWN:
        assert question.chart is not None
        for column in question.chart.columns[:2]:
            assert column in WORDS, column
    assert swedish("top_five") == "de fem störstas andel"
