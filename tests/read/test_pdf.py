"""PDF files: order of reading, tables, pages, and files that cannot be read."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import pytest

from kg.clean import clean, describe
from kg.errors import ReadError
from kg.model import CleanDocument, RawDocument
from kg.read import read_bytes
from tests.clean.invariants import check_document
from tests.read.pdfs import write_lines

Canvas = pytest.importorskip("reportlab.pdfgen.canvas").Canvas


class Sheet:
    """A PDF file drawn by hand."""

    def __init__(self, **options: Any) -> None:
        self.stream = io.BytesIO()
        self.canvas = Canvas(self.stream, pagesize=(595, 842), invariant=1, **options)

    def lines(self, x: float, y: float, *lines: str, size: float = 10) -> None:
        self.canvas.setFont("Helvetica", size)
        for i, line in enumerate(lines):
            self.canvas.drawString(x, y - 1.2 * size * i, line)

    def rules(self, xs: Sequence[float], ys: Sequence[float], feet: Sequence[float]) -> None:
        """The lines of a table: across at ``ys``, down from the first of them at ``xs``, each to its foot."""
        for y in ys:
            self.canvas.line(xs[0], y, xs[-1], y)
        for x, foot in zip(xs, feet, strict=True):
            self.canvas.line(x, ys[0], x, foot)

    def done(self) -> bytes:
        self.canvas.showPage()
        self.canvas.save()
        return self.stream.getvalue()


def read(data: bytes) -> tuple[RawDocument, CleanDocument, list[str]]:
    raw = read_bytes(data, "x.pdf")
    document = clean(raw)
    check_document(document)
    return raw, document, describe(document).split("\n")


LEFT = (
    "Regionen har under året tagit emot fler",
    "ansökningar än någonsin. De flesta kommer",
    "från mindre företag i inlandet, som vill",
    "ställa om sin tillverkning och spara energi.",
    "Nämnden har därför satt av mer medel för",
    "arbetet och vill se ansökningar som når",
    "flera kommuner samtidigt.",
)
RIGHT = (
    "Kommunerna får under nästa år lämna in",
    "sina förslag två gånger. Den som vill ha",
    "stöd måste själv betala minst hälften av",
    "kostnaden och visa hur arbetet kan gå",
    "vidare när stödet är slut. Beslut väntas",
    "i juni och i november varje år.",
)


def test_columns_are_read_one_after_the_other() -> None:
    sheet = Sheet()
    sheet.lines(60, 790, "Region Norrmark")
    sheet.lines(60, 720, *LEFT)
    sheet.lines(320, 717, *RIGHT)
    sheet.lines(60, 600, "Sist på sidan står en rad som går över hela bredden av papperet och inte i en spalt.")
    _, _, lines = read(sheet.done())
    text = " ".join(lines)
    order = ["Region Norrmark", "flera kommuner samtidigt.", "Kommunerna får", "varje år.", "Sist på sidan"]
    places = [text.index(words) for words in order]
    assert places == sorted(places)
    assert "företag i inlandet, som vill ställa om" in text and "Den som vill ha stöd måste" in text


LONG = ("Medfinansiering ur det statliga anslaget till näringslivet i Norrmark", "och dess kommuner, projektet Lyftet")
WIDE = "En rad som är så lång som sidan är bred, så att det syns hur mycket som får rum på en rad."


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (LONG, [" ".join(LONG)]),  # a heading too long for its line
        ((LONG[0], "Norrmark i framtiden"), [f"{LONG[0]} Norrmark i framtiden"]),  # the name had no room above
        (("Stöd till projektet Lyftet", "Förslag till beslut"), ["Stöd till projektet Lyftet", "Förslag till beslut"]),
        (("ÄNDRAD TID FÖR LYFTET,", "STEG 2"), ["ÄNDRAD TID FÖR LYFTET, STEG 2"]),
        (("Beslut om stöd till", "Norrmarks kommun"), ["Beslut om stöd till Norrmarks kommun"]),
    ],
)
def test_headings_in_large_letters_are_joined_only_where_the_line_was_full(
    rows: tuple[str, ...], expected: list[str]
) -> None:
    sheet = Sheet()
    sheet.lines(60, 780, *rows, size=14)
    sheet.lines(60, 700, WIDE, "Andra raden är kort.")
    _, _, lines = read(sheet.done())
    headings = [line.split(": ", 1)[1] for line in lines if line.startswith("heading")]
    assert headings == expected, lines


def test_a_table_with_rules_keeps_joined_cells() -> None:
    sheet = Sheet()
    sheet.lines(60, 740, "Finansiering")
    joined = [630, 650, 630, 630]  # the last row joins its first two cells
    sheet.rules([60, 200, 330, 430], [720, 700, 670, 650, 630], joined)
    rows = [("Projekt", "Finansiär", "Belopp"), ("Lyftet", "", "100 000"), ("Ljuset", "Norrmarks kommun", "50 000")]
    for (a, b, c), y in zip(rows, (706, 688, 656), strict=True):
        sheet.lines(64, y, a)
        sheet.lines(204, y, b)
        sheet.lines(370, y, c)
    sheet.lines(204, 690, "Regional utvecklings-", "nämnden")
    sheet.lines(64, 636, "Summa")
    sheet.lines(370, 636, "150 000")
    _, _, lines = read(sheet.done())
    assert lines == [
        "heading2 p1: Finansiering",
        "table p1",
        "  = Projekt | Finansiär | Belopp",
        "  | Lyftet | Regional utvecklingsnämnden | 100 000",
        "  | Ljuset | Norrmarks kommun | 50 000",
        "  | Summa |  | 150 000",
    ]


def test_a_row_that_the_end_of_the_page_cuts_is_one_of_the_table() -> None:
    sheet = Sheet()
    xs = [60, 200, 330, 430]
    sheet.rules(xs, [720, 700, 680], [655] * 4)  # no line below the last row
    for y, row in zip(
        (706, 688, 666), ("Projekt Ägare Belopp", "Lyftet Kommunen 100", "Ljuset Byalaget 50"), strict=True
    ):
        for x, text in zip(xs, row.split(), strict=False):
            sheet.lines(x + 4, y, text)
    _, _, lines = read(sheet.done())
    assert lines == [
        "table p1",
        "  = Projekt | Ägare | Belopp",
        "  | Lyftet | Kommunen | 100",
        "  | Ljuset | Byalaget | 50",
    ]


def test_a_table_without_rules_whose_cells_wrap() -> None:
    sheet = Sheet()
    rows = [
        ("Dnr", "Projekt", "Sökande", "Beviljat"),
        ("RU 1/22", "Lyftet", "Norrmarks kommun", "100 000"),
        ("RU 2/22", "Ljuset", "Länsstyrelsen i", "50 000"),
        ("RU 3/22", "Vägen", "Sollefors kommun", "1 150 000"),
    ]
    for i, row in enumerate(rows):
        for x, text in zip((60, 140, 240), row, strict=False):
            sheet.lines(x, 700 - 30 * i, text)
        sheet.canvas.drawRightString(450, 700 - 30 * i, row[3])
    sheet.lines(240, 628, "Norrmarks län")
    _, _, lines = read(sheet.done())
    assert lines == [
        "table p1",
        "  = Dnr | Projekt | Sökande | Beviljat",
        "  | RU 1/22 | Lyftet | Norrmarks kommun | 100 000",
        "  | RU 2/22 | Ljuset | Länsstyrelsen i Norrmarks län | 50 000",
        "  | RU 3/22 | Vägen | Sollefors kommun | 1 150 000",
    ]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("way", ["page", "text"])
def test_turned_pages_read_as_others(turn: int, way: str) -> None:
    sheet = Sheet()
    if way == "page":
        sheet.canvas.setPageRotation(turn)
    else:
        sheet.canvas.translate(300, 400)
        sheet.canvas.rotate(turn)
        sheet.canvas.translate(-300, -400)
    sheet.lines(100, 500, *LEFT)
    for x in (100, 200, 300):
        sheet.canvas.line(x, 400, x, 340)
    for y in (400, 370, 340):
        sheet.canvas.line(100, y, 300, y)
    for y, row in ((380, ("Finansiär", "Belopp")), (350, ("Norrmarks kommun", "5 000"))):
        sheet.lines(104, y, row[0])
        sheet.lines(204, y, row[1])
    _, _, lines = read(sheet.done())
    assert lines == [
        "paragraph p1: " + " ".join(LEFT),
        "table p1",
        "  = Finansiär | Belopp",
        "  | Norrmarks kommun | 5 000",
    ]


TREES = ("", "Björken", "Eken", "Granen", "Tallen")


def test_every_place_leads_to_its_page() -> None:
    sheet = Sheet()
    for number in range(1, 5):
        sheet.lines(60, 800, "Region Norrmark")
        sheet.lines(60, 700, f"{TREES[number]} är ett projekt med ett eget beslut i nämnden.")
        sheet.lines(280, 40, f"Sida {number}")
        if number < 4:
            sheet.canvas.showPage()
    raw, document, lines = read(sheet.done())
    for number in range(1, 5):
        assert f"paragraph p{number}: {TREES[number]} är ett projekt med ett eget beslut i nämnden." in lines
    assert sum("Region Norrmark" in line for line in lines) == 1  # the running head is kept once
    pages = [mark for mark in raw.marks if mark.kind == "page"]
    assert [raw.text[m.start : m.end].count(f"{TREES[m.level]} är") for m in pages] == [1, 1, 1, 1]
    block = next(b for b in document.blocks if "Granen" in document.block_text(b))
    assert "Granen är ett projekt" in document.raw_quote(block.start, block.end)


def test_words_divided_at_the_end_of_a_line_are_whole() -> None:
    sheet = Sheet()
    sheet.lines(
        60, 700, "Regionen ger stöd till ett projekt för regional utveck-", "ling i hela Norrmark under tre år framåt."
    )
    _, _, lines = read(sheet.done())
    whole = "Regionen ger stöd till ett projekt för regional utveckling i hela Norrmark under tre år framåt."
    assert lines == [f"paragraph p1: {whole}"]


# --- files that cannot be read ---


def refusal(data: bytes) -> ReadError:
    with pytest.raises(ReadError) as caught:
        read_bytes(data, "x.pdf")
    assert caught.value.hint and "\n" not in caught.value.message
    return caught.value


def test_encrypted() -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption

    sheet = Sheet(encrypt=StandardEncryption("hemligt", ownerPassword="hemligare", strength=128))
    sheet.lines(60, 700, "Beslut")
    assert "encrypted" in refusal(sheet.done()).what


def test_encrypted_for_printing_only_is_read() -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption

    sheet = Sheet(encrypt=StandardEncryption("", ownerPassword="hemligare", strength=128))
    sheet.lines(60, 700, "Beslut om medel till Lyftet.")
    assert "Beslut om medel" in read(sheet.done())[0].text


def test_damaged_and_empty() -> None:
    whole = write_lines("Beslut om medel")
    assert "damaged" in refusal(b"%PDF-1.7\ningenting").what
    assert "damaged" in refusal(whole[:200]).what
    assert refusal(Sheet().done()).code in ("empty", "needs_ocr")


def test_too_many_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.read.pdf.PAGE_LIMIT", 3)
    error = refusal(write_lines("\f".join("Beslut" for _ in range(4))))
    assert error.code == "too_large" and "4 pages" in error.what


def test_ten_thousand_pages() -> None:
    from pypdfium2 import PdfDocument

    document = PdfDocument.new()
    for _ in range(10_000):
        document.new_page(100, 100)
    stream = io.BytesIO()
    document.save(stream)
    assert refusal(stream.getvalue()).what == "the paper has 10000 pages; the limit is 5000"


def test_a_page_without_bounds() -> None:
    whole = write_lines("Beslut om medel", width=14_000_000, height=900)
    assert "Beslut om medel" in read(whole)[0].text
