"""The annotator: one pass over a paper gives all spans, sorted, with groups snapped to tokens, and its sentences."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.annotate import Annotator
from kg.clean import clean
from kg.model import Block, Cell, CleanDocument, Name, OffsetMap, Piece
from kg.read import read


def paper(text: str, *blocks: Block) -> CleanDocument:
    """A clean paper of ``text`` as it stands; without ``blocks`` each line is a paragraph."""
    lines: list[Block] = []
    start = 0
    for line in text.split("\n"):
        if line:
            lines.append(Block("paragraph", start, start + len(line)))
        start += len(line) + 1
    pieces = (Piece(0, len(text), 0, len(text)),) if text else ()
    return CleanDocument("0" * 64, "paper.txt", "text/plain", text, blocks or tuple(lines), text, OffsetMap(pieces))


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    return Annotator()


TEXT = (
    "Region Norrsund, dnr RUN 2023/0412\n"
    "Regionstyrelsen beslutade den 22 november 2023 att Kramfors kommun beviljas 30 procent, dock högst "
    "1 860 000 kronor, ur anslag 1:1. Projektet genomförs i Timrå."
)


def test_all_kinds_of_spans_are_there(annotator):
    annotated = annotator.annotate(paper(TEXT))
    found = {s.kind: TEXT[s.start : s.end] for s in reversed(annotated.spans)}
    assert found["organisation"] == "Region Norrsund"
    assert found["board"] == "Regionstyrelsen"
    assert found["diary_number"] == "RUN 2023/0412"
    assert found["date"] == "22 november 2023"
    assert found["share"] == "30 procent"
    assert found["money"] == "1 860 000 kronor"
    assert found["fund"] == "anslag 1:1"
    assert found["municipality"] == "Timrå"


def test_spans_are_sorted_and_grouped(annotator):
    annotated = annotator.annotate(paper(TEXT))
    assert list(annotated.spans) == sorted(annotated.spans, key=lambda s: (s.start, s.start - s.end, s.kind))
    for kind, group in annotated.doc.spans.items():
        own = [s for s in annotated.spans if s.kind == kind]
        assert len(group) == len(own)
        for span, tokens in zip(own, group, strict=True):
            assert tokens.start_char <= span.start and span.end <= tokens.end_char


def test_sentences_hold_the_text(annotator):
    annotated = annotator.annotate(paper(TEXT))
    assert [TEXT[a:b] for a, b in annotated.sentences][-1] == "Projektet genomförs i Timrå."
    assert all(a < b for a, b in annotated.sentences)


def test_the_head_of_a_column_says_what_its_places_are(annotator):
    rows = [("Kommun", "Län"), ("Mora", "Uppsala"), ("Orsa", "Kalmar")]
    text = "\n".join("\t".join(row) for row in rows)
    cells: list[Cell] = []
    for number, row in enumerate(rows):
        for column, words in enumerate(row):
            start = text.index(words)
            cells.append(Cell(number, column, start, start + len(words), number == 0))
    annotated = annotator.annotate(paper(text, Block("table", 0, len(text), cells=tuple(cells))))
    found = [(s.kind, s.value.canonical) for s in annotated.spans if isinstance(s.value, Name)]
    assert found == [("municipality", "Mora"), ("county", "Uppsala"), ("municipality", "Orsa"), ("county", "Kalmar")]


def test_an_empty_paper(annotator):
    annotated = annotator.annotate(paper(""))
    assert annotated.spans == () and annotated.sentences == ()


def test_a_very_long_paper(annotator):
    text = "Region Norrsund " + ("x" * 1000 + "\n") * 1001
    assert annotator.annotate(paper(text)).spans[0].value.canonical == "Region Norrsund"


def test_annotating_twice_gives_the_same(annotator):
    assert annotator.annotate(paper(TEXT)).spans == annotator.annotate(paper(TEXT)).spans
    assert Annotator().annotate(paper(TEXT)).spans == annotator.annotate(paper(TEXT)).spans


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_annotated(text):
    annotated = _ANNOTATOR[0].annotate(paper(text))
    assert all(0 <= s.start < s.end <= len(text) for s in annotated.spans)


_ANNOTATOR: list[Annotator] = [Annotator()]


def test_the_names_of_the_gold_are_found_in_the_real_papers(annotator, shared):
    """Authorities, boards and owners of the five papers and of the development set stand among the names."""
    missed: list[str] = []
    total = 0
    for papers, gold in (("documents", "gold"), ("devset/docs", "devset/gold")):
        for path in sorted((shared / gold).glob("*.json")):
            source = next((shared / papers).glob(f"{path.stem}.*"))
            spans = annotator.annotate(clean(read(source))).spans
            found = {(s.kind, s.value.canonical) for s in spans if isinstance(s.value, Name)}
            for decision in json.loads(path.read_text(encoding="utf-8"))["decisions"]:
                for field, kind in (
                    ("authority", "organisation"),
                    ("beneficiary", "organisation"),
                    ("deciding_body", "board"),
                    ("funding_source", "fund"),
                ):
                    if decision[field]:
                        total += 1
                        if (kind, decision[field]) not in found:
                            missed.append(f"{path.stem}: {field}: {decision[field]}")
    assert total > 150
    assert len(missed) <= 1, missed
