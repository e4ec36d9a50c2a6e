"""Pictures: every one is drawn, in both formats, the same bytes for the same answer."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from kg.errors import UsageError
from kg.graph.store import GraphStore
from kg.query import Column, QueryFile, Table, execute, find_query, list_queries, prepare
from kg.query.charts import _MARKERS, FILL, INK, PALE, WORDS, draw_chart, swedish
from kg.query.questions import CHARTS
from tests.query.cases import SAMPLE

DRAWN = [q for q in list_queries() if q.chart]
EMPTY = {"tables-that-differ"}


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


def luminance(colour: str) -> float:
    """The relative luminance of "#rrggbb", from 0 (black) to 1 (white), as WCAG 2 defines it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("form", CHARTS)
def test_pictures_are_legible_in_grey(form: str, sample: GraphStore, tmp_path: Path) -> None:
    """Every colour is a grey, so that a grey printer changes nothing; words and marks stand out from the paper, and
    words from the bars that they stand on."""
    pytest.importorskip("matplotlib")
    question = next(q for q in DRAWN if q.chart and q.chart.form == form)
    path = tmp_path / "a.svg"
    draw_chart(question, execute(sample.store, prepare(question.name, SAMPLE[question.name])), path)
    svg = path.read_text("utf-8")
    colours = set(re.findall(r"#[0-9a-f]{6}\b", svg))
    assert colours and all(c[1:3] == c[3:5] == c[5:7] for c in colours)
    told = set(re.findall(r"<text[^>]*style=\"[^\"]*fill: (#[0-9a-f]{6})", svg)) or {"#000000"}
    assert all(contrast(c, "#ffffff") >= 7 and contrast(c, PALE) >= 4.5 for c in told)
    assert contrast(INK, "#ffffff") >= 7 and contrast(FILL, "#ffffff") >= 4.5
    assert contrast(FILL, PALE) >= 3  # a bar and the lines behind it


def test_contrast_can_fail() -> None:
    assert round(contrast("#000000", "#ffffff")) == 21 and contrast("#e00000", "#5a5a5a") < 3


def test_outcomes_are_told_apart_by_form_alone() -> None:
    """Five outcomes in one timeline: five marks that no grey changes."""
    assert len(set(_MARKERS.values())) == len(_MARKERS) >= 5


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
