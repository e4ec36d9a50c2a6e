"""Pictures and scanned papers: what they need, what is said without it, and what is put right."""

from __future__ import annotations

import struct
from itertools import pairwise

import pytest

from kg.errors import ReadError
from kg.read import ocr, read_bytes
from kg.read.ocrnames import repair_names
from kg.read.ocrrepair import repair_line
from kg.read.words import Word
from tests.read.pdfs import write_lines
from tests.read.scans import photograph, scan

needs_tesseract = pytest.mark.skipif(
    ocr.find_tesseract() is None, reason="tesseract with Swedish (tesseract-ocr-swe) is not installed"
)
TEXT = "Region Norrmark\n\nNämnden beslutar att bevilja Lyftet 250 000 kronor."


@needs_tesseract
@pytest.mark.parametrize(("form", "media_type"), [("PNG", "image/png"), ("JPEG", "image/jpeg"), ("TIFF", "image/tiff")])
def test_pictures(form: str, media_type: str) -> None:
    raw = read_bytes(photograph(write_lines(TEXT), form), "x")
    assert raw.media_type == media_type
    assert "Nämnden beslutar att bevilja Lyftet 250 000 kronor." in " ".join(raw.text.split())
    assert raw.issues[0].code == "read_by_ocr" and "%" in raw.issues[0].message


@pytest.fixture
def without(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.read.ocr.find_tesseract", lambda: None)
    monkeypatch.setattr("kg.read.pdfscans.find_tesseract", lambda: None)


@pytest.mark.usefixtures("without")
def test_without_tesseract_the_error_says_how_to_install_it() -> None:
    page = write_lines(TEXT)
    for data in (photograph(page, "PNG"), scan(page, 100)):
        with pytest.raises(ReadError) as caught:
            read_bytes(data, "x")
        assert caught.value.code == "needs_ocr"
        assert "tesseract-ocr-swe" in caught.value.hint


@pytest.mark.usefixtures("without")
def test_without_tesseract_the_other_pages_are_read() -> None:
    import io

    from pypdfium2 import PdfDocument

    both = PdfDocument(write_lines(TEXT))
    both.import_pages(PdfDocument(scan(write_lines(TEXT), 100)))
    stream = io.BytesIO()
    both.save(stream)
    raw = read_bytes(stream.getvalue(), "x")
    assert "bevilja Lyftet" in raw.text
    assert [(issue.code, issue.message) for issue in raw.issues] == [
        ("needs_ocr", "page 2: scanned, and tesseract is not installed")
    ]


@needs_tesseract
def test_damaged_pictures() -> None:
    whole = photograph(write_lines(TEXT), "PNG", 60)
    for data in (whole[:30], whole[:-3000] if len(whole) > 4000 else whole[: len(whole) // 2], b"II*\0" + b"x" * 50):
        try:
            read_bytes(data, "x")
        except ReadError as error:
            assert error.hint


def test_pictures_too_large() -> None:
    bomb = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", 60_000, 60_000) + b"\x08\0\0\0\0"
    with pytest.raises(ReadError, match="60000 times 60000") as caught:
        read_bytes(bomb, "x")
    assert caught.value.code == "too_large"


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("& 52 Träbyggnad i fjällmiljö", "§ 52 Träbyggnad i fjällmiljö"),
        ("8 53 Öppna stugdörrar", "§ 53 Öppna stugdörrar"),
        ("8 personer deltog", "8 personer deltog"),
        ("«Nyttan är stor", "• Nyttan är stor"),
        ("Region 2219 230", "Region 2 219 230"),
        ("år 2023 350 000 kr", "år 2023 350 000 kr"),
        ("12 2219 230", "12 2219 230"),
        ("använda Al för att", "använda AI för att"),
        ("Alingsås kommun", "Alingsås kommun"),
        ("tiden 2023-11-01 — 2025-10-31", "tiden 2023-11-01 – 2025-10-31"),
        ("Summa — ", "Summa"),
    ],
)
def test_repairs(read: str, meant: str) -> None:
    words = [Word(20.0 * i, 20.0 * i + 18, 20, 100, text) for i, text in enumerate(read.split())]
    repaired = repair_line(words)
    assert " ".join(word.text for word in repaired) == meant
    assert all(a.right <= b.left for a, b in pairwise(repaired))


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("projektet EX.ALM” bygger vidare på EX.ALM, säger", "projektet EX.ALM* bygger vidare på EX.ALM, säger"),
        ("till EX.ALM\"”, som", "till EX.ALM*, som"),
        ("satsningen ”Grön EX.ALM” fick stöd", "satsningen ”Grön EX.ALM” fick stöd"),
        ("satsningen ”Grön väg”, EX.ALM” och mer", "satsningen ”Grön väg”, EX.ALM* och mer"),
        ("säger han” och går", "säger han” och går"),
        ("EX.ALM och EX.AIM och EX.ALM", "EX.ALM och EX.ALM och EX.ALM"),
        ("IDEIiS och IDEIS", "IDEIS och IDEIS"),
        ("EX:ALM och EX.ALM", "EX:ALM och EX.ALM"),
        ("EX-ALM efter EX.ALM, EX.ALM och EX.ALM.", "EX.ALM efter EX.ALM, EX.ALM och EX.ALM."),
        ("GRÖN 1 och GRÖN I", "GRÖN 1 och GRÖN I"),
    ],
)
def test_names_of_a_paper(read: str, meant: str) -> None:
    words = [Word(20.0 * i, 20.0 * i + 18, 10, 100, text) for i, text in enumerate(read.split())]
    (page,) = repair_names([words])
    assert " ".join(word.text for word in page) == meant
