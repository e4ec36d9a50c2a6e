"""RTF files: letters in all their guises, what is left out, and tables."""

from __future__ import annotations

import pytest

from kg.clean import clean, describe
from kg.read import read_bytes
from tests.clean.invariants import check_document


def blocks(body: bytes) -> list[str]:
    document = clean(read_bytes(b"{\\rtf1\\ansi\\ansicpg1252 " + body + b"}", "x.rtf"))
    check_document(document)
    return describe(document).split("\n")


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (rb"R\'e4ttvik", "Rättvik"),
        (rb"R\u228\'e4ttvik", "Rättvik"),
        (rb"\uc2 R\u228 xxttvik", "Rättvik"),
        (rb"\uc0 R\u228 ttvik", "Rättvik"),
        (rb"\u8364?5\emdash 6\~kr", "€5—6\u00a0kr"),
        (rb"\u55357?\u56832?", "\U0001f600"),
        (rb"{\fonttbl{\f1\fcharset238 A;}}\f1 \'f8", "ř"),
        (rb"\{a\\b\}", "{a\\b}"),
        (b"Ab\r\nc", "Abc"),
        (rb"A{\v dolt}{\deleted borta}{\revised nytt}B", "AnyttB"),
        (rb"A{\*\okand x}{\info{\title t}}{\pict 00ff}B", "AB"),
        (rb"{\field{\*\fldinst HYPERLINK x}{\fldrslt L\'e4nk}}", "Länk"),
        (rb"A\bin4 }}}}B", "AB"),
    ],
)
def test_letters(body: bytes, text: str) -> None:
    assert read_bytes(b"{\\rtf1\\ansi\\ansicpg1252 " + body + b"}", "x").text.strip() == text


def test_mac_letters() -> None:
    assert read_bytes(rb"{\rtf1\mac R\'8attvik}", "x").text.strip() == "Rättvik"


def test_structure() -> None:
    body = (
        rb"{\stylesheet{\s3 heading 2;}{\s4\outlinelevel0 Eget;}}{\header\pard Region Norrmark\par}"
        rb"\pard\s4 Beslut\par\pard\s3 Lyftet\par\pard{\listtext 1.\tab}Medel ges.{\footnote\pard En not.}\par"
        rb"\pard Sist.\par"
    )
    assert blocks(body) == [
        "furniture: Region Norrmark",
        "heading1: Beslut",
        "heading2: Lyftet",
        "list_item1: 1. Medel ges.",
        "paragraph: Sist.",
        "paragraph: En not.",
    ]


def test_tables_with_joined_cells() -> None:
    three, two = rb"\trowd\trhdr\cellx1000\cellx2000\cellx3000", rb"\trowd\cellx2000\cellx3000"
    goes_on = rb"\trowd\clvmrg\cellx1000\cellx2000\cellx3000"

    def row(shape: bytes, *cells: bytes) -> bytes:
        return shape + b"".join(rb"\pard\intbl " + cell + rb"\cell" for cell in cells) + rb"\row "

    body = (
        row(three, b"Projekt", rb"Finansi\'e4r", b"Belopp")
        + row(three.replace(rb"\trhdr", b""), b"Lyftet", b"Region Norrmark", b"100 000")
        + row(goes_on, b"", rb"Norrmarks kommun", b"50 000")
        + row(two, b"Summa", b"150 000")
        + rb"\pard Efter.\par"
    )
    assert blocks(body) == [
        "table",
        "  = Projekt | Finansiär | Belopp",
        "  | Lyftet | Region Norrmark | 100 000",
        "  |  | Norrmarks kommun | 50 000",
        "  | Summa |  | 150 000",
        "paragraph: Efter.",
    ]
