"""The real papers: every block maps back, and nothing but repeated furniture is left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.clean import clean
from kg.clean.repair import repair_characters
from kg.model import CleanDocument
from kg.read import read
from tests.clean.invariants import check_document, letters


def _papers(shared: Path) -> list[Path]:
    return sorted([*(shared / "documents").glob("*.txt"), *(shared / "devset" / "docs").iterdir()])


def _left_out(document: CleanDocument) -> list[str]:
    """The raw lines of which words lie in no piece."""
    words, at = [], 0
    for start, end in sorted((p.raw_start, p.raw_end) for p in document.offsets.pieces):
        words.extend(document.raw_text[at:start].splitlines())
        at = max(at, end)
    words.extend(document.raw_text[at:].splitlines())
    return [line for line in words if letters(line)]


def test_every_paper_keeps_the_promises(shared: Path) -> None:
    for paper in _papers(shared):
        check_document(clean(read(paper)))


def test_only_repeated_lines_are_left_out(shared: Path) -> None:
    for paper in _papers(shared):
        document = clean(read(paper))
        if document.media_type == "text/html":
            continue
        kept = letters(document.text)
        for line in _left_out(document):
            words = "".join(sign for sign in letters(repair_characters(line)) if not sign.isdigit())
            assert words in "".join(sign for sign in kept if not sign.isdigit()), (paper.name, line)


@pytest.mark.parametrize(
    ("name", "block"),
    [
        (
            "documents/datacenter-innovation-region.txt",
            "heading: § 5 Medfinansiering av projektet Datacenter Innovation Region",
        ),
        ("documents/ai-all-star-pm.txt", "furniture: Sammanträdesdatum\t2022-12-14"),
        ("documents/indi-pm.txt", "field: Sökt belopp\t2 219 230 kr"),
        ("devset/docs/05-uppsala-at-uppsala-utskick.txt", "paragraph: Hela projektet beräknas kosta 1 218 280 kronor."),
        (
            "devset/docs/19-platabergen-geopark-andring.txt",
            "heading: Platåbergens Geopark: villkor uppfyllda och längre tid",
        ),
    ],
)
def test_blocks_of_real_papers(shared: Path, name: str, block: str) -> None:
    document = clean(read(shared / name))
    assert block in {f"{b.kind}: {document.block_text(b)}" for b in document.blocks}


def test_words_over_a_page_break_are_joined(shared: Path) -> None:
    text = clean(read(shared / "devset/docs/05-uppsala-at-uppsala-utskick.txt")).text
    assert "som företräder kommunerna i länet." in text
    text = clean(read(shared / "devset/docs/19-platabergen-geopark-andring.txt")).text
    assert "Mariestad, Skövde och Falköping." in text
    text = clean(read(shared / "documents/ai-all-star-pm.txt")).text
    assert "deltagare förväntas det att på längre sikt" in text
