"""Marks over the source of a page."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Mark
from kg.read.html import mark_html


def shown(source: str) -> list[tuple[str, str]]:
    """Kind and source of each mark but ``skip``."""
    return [(_name(mark), source[mark.start : mark.end]) for mark in mark_html(source) if mark.kind != "skip"]


def _name(mark: Mark) -> str:
    place = f"@{mark.row},{mark.column}{'h' if mark.header else ''}" if mark.kind == "cell" else ""
    return f"{mark.kind}{mark.level or ''}{place}"


@pytest.mark.parametrize(
    ("source", "marks"),
    [
        ("<title>A | B</title><h1>A</h1>", [("heading", "A | B"), ("heading1", "A")]),
        ("<p>ett <b>två</b> tre<p>fyra", [("paragraph", "ett <b>två</b> tre"), ("paragraph", "fyra")]),
        ("<div>löst<p>inne</p>efter</div>", [("paragraph", "löst"), ("paragraph", "inne"), ("paragraph", "efter")]),
        ("<p>Rad ett<br>Rad två<br>fortsätter</p>", [("paragraph", "Rad ett"), ("paragraph", "Rad två<br>fortsätter")]),
        (
            "<ul><li>ett<ul><li>inre</ul><li>två</ul>",
            [("list_item1", "ett"), ("list_item2", "inre"), ("list_item1", "två")],
        ),
        ("<dl><dt>A<dd>b<dd>c</dl>", [("field", "A<dd>b"), ("cell@0,0", "A"), ("cell@0,1", "b"), ("list_item1", "c")]),
        ("<dl><dt>A</dl><p>x", [("paragraph", "A"), ("paragraph", "x")]),
        (
            "<table><tr><th>P<th>B<tr><td>x<td>1</table>",
            [
                ("table", "P<th>B<tr><td>x<td>1"),
                ("cell@0,0h", "P"),
                ("cell@0,1h", "B"),
                ("cell@1,0", "x"),
                ("cell@1,1", "1"),
            ],
        ),
        (
            "<table><tr><td rowspan=2>a<td>b<tr><td>c<tr><td colspan=2>d<td>e</table>",
            [
                ("table", "a<td>b<tr><td>c<tr><td colspan=2>d<td>e"),
                ("cell@0,0", "a"),
                ("cell@0,1", "b"),
                ("cell@1,1", "c"),
                ("cell@2,0", "d"),
                ("cell@2,2", "e"),
            ],
        ),
        ("<table><tr><td><h2>R</h2><td>t</table>", [("heading2", "R"), ("paragraph", "t")]),
        ("<table><tr><td>bara<tr><td>en</table>", [("paragraph", "bara"), ("paragraph", "en")]),
        (
            "<nav>m</nav><aside>a</aside><script>s</script><p hidden>h</p><p style='display:none'>d</p><p>x",
            [("paragraph", "x")],
        ),
        (
            "<div class='cookie-bar'>k<div>l</div></div><div id='related'>r</div><p class='fakta'>x</p>",
            [("paragraph", "x")],
        ),
        (
            "<h2>Fler nyheter</h2><p>fälla</p><h3>mer</h3><p>fälla</p><h2>Åter</h2><p>x",
            [("heading2", "Åter"), ("paragraph", "x")],
        ),
        ("<div><h3>Läs mer</h3><p>fälla</p></div><p>x", [("paragraph", "x")]),
        ("<header><img alt='Region X'></header><p><img alt='bild'>x", [("paragraph", "Region X"), ("paragraph", "x")]),
        ("<p>&Aring;re &amp; <i>mer</i>&nbsp;</p>", [("paragraph", "&Aring;re &amp; <i>mer")]),
        ("", []),
    ],
)
def test_marks(source: str, marks: list[tuple[str, str]]) -> None:
    assert shown(source) == marks


def test_what_is_between_is_skipped() -> None:
    source = "<p>ett <b>två</b><!-- 99 kr --> tre</p>"
    skipped = [source[mark.start : mark.end] for mark in mark_html(source) if mark.kind == "skip"]
    assert skipped == ["<b>", "</b><!-- 99 kr -->"]


@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<table>",
                "<tr>",
                "<td>",
                "</table>",
                "<dl>",
                "<dt>",
                "<dd>",
                "<li>",
                "<ul>",
                "</ul>",
                "<h2>",
                "</h2>",
                "x ",
                "&amp;",
                "<",
                "</",
                "<br>",
                "<script>",
                "</script>",
                "<!--",
                "-->",
                "<aside>",
                "</aside>",
                "<div class='meny'>",
                "</div>",
                "<title>",
                "\n",
            ]
        ),
        max_size=40,
    ).map("".join)
)
@settings(deadline=None)
def test_any_source_gives_marks_in_order(source: str) -> None:
    marks = mark_html(source)
    assert list(marks) == sorted(marks, key=lambda mark: mark.start)
    for mark in marks:
        assert 0 <= mark.start < mark.end <= len(source)


@pytest.mark.parametrize(
    "part",
    [
        "<p>ord ",
        "<div>",
        "<table><tr><td>x",
        "<",
        "<a ",
        "&amp",
        "<!--",
        "<li>x",
        "</p>",
        "<dl><dt>a<dd>b",
        "<br>x",
        "<![CDATA[",
    ],
)
def test_marking_is_linear(part: str) -> None:
    """Four times the page takes about four times as long, not sixteen."""

    def seconds(times: int) -> float:
        source = part * times
        start = time.process_time()
        mark_html(source)
        return time.process_time() - start

    seconds(500)
    # the best of three, of processor time: the machine may be busy with other things
    small, large = (min(seconds(n) for _ in range(3)) for n in (4000, 16000))
    assert large < 1.0 or large < 10 * small
