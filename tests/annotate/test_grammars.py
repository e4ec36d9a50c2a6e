"""All grammars together: no overlap, no error on any text, linear time, and the real papers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from time import process_time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kg.annotate.dates import find_dates
from kg.annotate.grammars import find_values
from kg.annotate.identifiers import find_identifiers
from kg.annotate.ignored import find_ignored
from kg.annotate.money import find_money
from kg.annotate.sentences import split_sentences
from kg.annotate.shares import find_shares

# What the grammars look at, in any order.
PIECES = st.sampled_from(
    [
        "2022",
        "-",
        "12",
        "14",
        " ",
        "\u00a0",
        "–",
        "/",
        ".",
        ",",
        ":",
        "kr",
        "mkr",
        " miljoner",
        " kronor",
        "SEK",
        "€",
        "%",
        "procent",
        "den ",
        " mars ",
        "till ",
        "från ",
        "och ",
        "Dnr ",
        "RUN ",
        "Nyps ",
        "1:1",
        "§",
        "(",
        ")",
        "\n",
        "\t",
        "000",
        "450",
        "0",
        "9",
        "tre ",
        "halv ",
        "tusen",
        "högst ",
        "cirka ",
        "Sida ",
        "kl. ",
        "+46",
        "@",
        "www.",
        "Umeå",
        "232100-0016",
        "t.o.m. ",
        "mellan ",
        "X",
        "å",
        "\ufffc",
        "½",
        "²",
        "٣",
    ]
)
TEXTS = st.one_of(st.text(max_size=120), st.lists(PIECES, max_size=40).map("".join))


@settings(max_examples=400, deadline=None)
@given(TEXTS)
@example("0@Www.0")
@example("Www.212003-0016")
@example("www.a@b.se, c@www.d.se http://e@f.se")
@example("TRE \nTusen")
def test_spans_lie_in_the_text_and_never_overlap(text: str) -> None:
    end = 0
    for span in find_values(text):
        assert end <= span.start < span.end <= len(text)
        assert "\n" not in text[span.start : span.end]
        assert text[span.start : span.end].strip() != ""
        end = span.end


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_each_grammar_alone(text: str) -> None:
    for find in (find_dates, find_identifiers, find_money, find_shares):
        end = 0
        for span in find(text):
            assert end <= span.start < span.end <= len(text)
            end = span.end
    assert all(start < end for start, end, _ in find_ignored(text))


@pytest.mark.parametrize(
    "piece",
    [
        "1 ",
        "9",
        "1.",
        "111 ",
        "2018-",
        "2018 ",
        "1,1 ",
        "§1",
        "mars ",
        "tusen",
        "en ",
        "a",
        "A",
        "Dnr ",
        "12:",
        "0-",
        "@",
        "a.b@",
        "1 och ",
        "2020-12345 ",
        "Nyps 20378916 ",
        "högst ",
        ". A",
        "1–",
        "från 2018 till ",
        "\u00a0",
        "1\u00a0",
        "RUN/",
        "A-",
        "3-4 ",
        "5 %",
        "www.",
        "+4",
        "000 ",
        "den 3 mars ",
    ],
)
def test_time_grows_with_the_text(piece: str) -> None:
    def seconds(read: Callable[[str], object], count: int) -> float:
        text = piece * (count // len(piece))
        begin = process_time()
        read(text)
        return process_time() - begin

    for read in (find_values, split_sentences):
        read(piece)
        # Four times the text in far less than sixteen times the time; a small floor against a busy machine.
        assert seconds(read, 40_000) < 8 * seconds(read, 10_000) + 0.3


def test_a_paper_in_order() -> None:
    text = (
        "Dnr RUN 2022/0219   Ärende-id 20384410\n§ 44 Unga i skogen, etapp 2\n"
        "Centret beviljas 45 procent av kostnaderna, dock högst 900 000 kronor, ur anslag 1:1 för "
        "2023-01-01–2024-12-31.\n"
        "Kommunen\t450\nTelefon 021-17 30 00"
    )
    assert [(s.kind, text[s.start : s.end]) for s in find_values(text)] == [
        ("diary_number", "RUN 2022/0219"),
        ("case_id", "20384410"),
        ("ignored", "44"),
        ("ignored", "2"),
        ("share", "45 procent"),
        ("money", "900 000 kronor"),
        ("period", "2023-01-01–2024-12-31"),
        ("number", "450"),
        ("ignored", "021-17 30 00"),
    ]


def test_the_five_papers_hold_their_figures(shared: Path) -> None:
    """Figures that the five gold files state, read off the raw text."""
    paper = (shared / "documents" / "ai-all-star-beslut.txt").read_text(encoding="utf-8")
    found = find_values(paper.replace("747 \n690", "747 690"))
    amounts = {int(s.value.amount) for s in found if s.kind == "money"}
    assert {4529875, 6000000, 3747690} <= amounts
    assert {s.value for s in found if s.kind == "diary_number"} == {"19RS9026"}
    assert {s.value.iso for s in found if s.kind == "date"} >= {"2023-03-01", "2026-02-28", "2019-11-05"}
    paper = (shared / "documents" / "indi-pm.txt").read_text(encoding="utf-8")
    found = find_values(paper)
    assert {s.value for s in found if s.kind == "case_id"} == {"20378916"}
    assert {s.value for s in found if s.kind == "diary_number"} == {"REGAC-83-2026", "REGAC 83-2026"}
    assert not [s for s in found if s.kind == "org_number"]
