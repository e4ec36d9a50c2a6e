"""Offsets lead back to the raw text, on any text at all."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kg.clean import clean
from kg.model import CleanDocument, RawDocument
from kg.read import READERS
from tests.clean.invariants import check_document, letters

WORDS = st.sampled_from(
    [
        "Regionstyrelsen",
        "beslutar",
        "att",
        "bevilja",
        "AI.ALL*",
        "Härje-",
        "dalen",
        "väst-",
        "och",
        "EU-",
        "projektet",
        "3 747",
        "690",
        "kr",
        "1 218 280",
        "§ 41",
        "1.",
        "a)",
        "•",
        "-",
        "–",
        "Dnr:",
        "Sökande:",
        "Belopp",
        "År",
        "2017",
        "Summa",
        "Sida 1 (2)",
        "Sida 2 (2)",
        "2(3)",
        "JUSTERAS",
        "Beslut",
        "Finansiär",
        "Sökt belopp",
        "Kontant",
        "%",
        "x",
        "#",
        "|",
        "|---|---|",
        ";",
        "a;b;c",
        "**",
        "[x](y)",
        "Till:",
        "–2020",
    ]
)
ODD = st.sampled_from(
    [
        "\u00ad",
        "\u00a0",
        "\u202f",
        "\x02",
        "\ufb01",
        "\ufb02",
        "\x00",
        "\x01",
        "\x0c",
        "\ufeff",
        "\uf0b7",
        "Ã¥",
        "Ã¤r",
        "â€“",
        "\t",
        "\x1f",
        "√§",
        "\u2028",
    ]
)
GAPS = st.sampled_from([" ", "  ", "     ", "\n", "\n", "\n\n", "\r\n", " \n", "\n      ", "\t", "-\n", "\u00ad\n"])
PLAIN = st.lists(st.one_of(WORDS, WORDS, ODD, GAPS, GAPS, st.text(max_size=6)), max_size=60).map("".join)
TAGS = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<div>",
        "</div>",
        "<h2>",
        "</h2>",
        "<ul><li>",
        "</li></ul>",
        "<li>",
        "<table>",
        "<tr>",
        "<td>",
        "</td>",
        "<th>",
        "</table>",
        "<dl>",
        "<dt>",
        "<dd>",
        "</dd></dl>",
        "<b>",
        "</b>",
        "<br>",
        "<br/>",
        "<script>",
        "</script>",
        "<!-- x -->",
        "<aside>",
        "</aside>",
        "&nbsp;",
        "&aring;",
        "&#228;",
        "&amp;",
        "&",
        "<",
        ">",
        "<td rowspan=2>",
        '<td colspan="3">',
        "<nav>",
        "</nav>",
        '<p class="cookie">',
        "<title>",
        "</title>",
        "<header>",
        '<img alt="Region X">',
        "&#1;",
        "&lt;",
        "<a href='>'>",
    ]
)
HTML = st.lists(st.one_of(WORDS, TAGS, TAGS, GAPS, ODD), max_size=50).map("".join)


def document(text: str, media_type: str = "text/plain") -> CleanDocument:
    return clean(RawDocument("0" * 64, "test", media_type, text, READERS[media_type](text)))


@given(PLAIN)
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_plain_text(text: str) -> None:
    check_document(document(text))


@given(PLAIN)
@example("L\x1f\u032d")
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_markdown(text: str) -> None:
    check_document(document(text, "text/markdown"))


@given(HTML)
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_html(text: str) -> None:
    check_document(document(text, "text/html"))


@given(
    st.lists(
        st.lists(st.sampled_from(["ko", "åska", "ärende", "ö", "Bo", "beslut.", "och"]), min_size=1, max_size=9).map(
            " ".join
        ),
        min_size=1,
        max_size=12,
    )
)
@settings(max_examples=100, deadline=None)
def test_nothing_is_lost_of_text_without_furniture(lines: list[str]) -> None:
    numbered = [f"{line} q{chr(97 + i)}" for i, line in enumerate(lines)]
    text = "\n".join(numbered)
    assert letters(document(text).text) == letters(text)


@given(PLAIN)
@settings(max_examples=60, deadline=None)
def test_cleaning_is_a_function_of_the_text(text: str) -> None:
    assert document(text) == document(text)


def test_raw_quote_of_words_joined_over_a_line() -> None:
    cleaned = document("Projektet finns i Härje-\ndalen och fick 3 747\n690 kronor.\n")
    at = cleaned.text.index("Härjedalen")
    assert cleaned.raw_quote(at, at + 10) == "Härje-\ndalen"
    at = cleaned.text.index("3 747 690")
    assert cleaned.raw_quote(at, at + 9) == "3 747\n690"


@pytest.mark.parametrize(
    ("raw", "shown", "behind"),
    [
        ("<p>Den 9&nbsp;oktober</p><p>b</p>", "9 oktober", "9&nbsp;oktober"),
        ("<p>f&ouml;r <b>V&auml;xtzon</b> 2</p>", "för Växtzon 2", "f&ouml;r <b>V&auml;xtzon</b> 2"),
        ("<p>två<br>rader</p>", "två rader", "två<br>rader"),
    ],
)
def test_raw_quote_of_html(raw: str, shown: str, behind: str) -> None:
    cleaned = document(raw, "text/html")
    at = cleaned.text.index(shown)
    assert cleaned.raw_quote(at, at + len(shown)) == behind
