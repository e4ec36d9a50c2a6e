"""Word files: what counts as text of the paper, what does not, and files that are not whole."""

from __future__ import annotations

import io
import zipfile

import pytest

from kg.clean import clean, describe
from kg.errors import ReadError
from kg.model import RawDocument
from kg.read import read_bytes
from tests.clean.invariants import check_document

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
W += 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wps="urn:wps" xmlns:v="urn:v"'


def pack(body: str, **parts: str) -> bytes:
    """A Word file with this body and these other parts (``header1``, ``styles`` ...)."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", content)
    return stream.getvalue()


def p(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def blocks(data: bytes) -> list[str]:
    raw = read_bytes(data, "x.docx")
    document = clean(raw)
    check_document(document)
    return describe(document).split("\n")


def text(body: str, **parts: str) -> RawDocument:
    return read_bytes(pack(body, **parts), "x.docx")


def test_changes_are_accepted() -> None:
    body = (
        "<w:p><w:r><w:t>Stödet är </w:t></w:r><w:del><w:r><w:delText>100</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>200</w:t></w:r></w:ins><w:r><w:t> kronor.</w:t></w:r>"
        "<w:moveFrom><w:r><w:t>Bort</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t> Hit.</w:t></w:r></w:moveTo></w:p>"
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>Ett stycke </w:t></w:r></w:p>" + p("som blev ett.")
    )
    assert text(body).text.split("\n") == ["Stödet är 200 kronor. Hit.", "Ett stycke som blev ett.", ""]


def test_content_controls_fields_and_hidden_text() -> None:
    body = (
        "<w:sdt><w:sdtPr/><w:sdtContent>" + p("Diarienummer: RS 2031-1") + "</w:sdtContent></w:sdt>"
        "<w:p><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>Klicka här</w:t></w:r>"
        "</w:sdtContent></w:sdt><w:r><w:rPr><w:vanish/></w:rPr><w:t>dolt</w:t></w:r>"
        "<w:r><w:instrText>DATE</w:instrText></w:r><w:hyperlink><w:r><w:t>Beslut</w:t></w:r></w:hyperlink>"
        "<w:r><w:noBreakHyphen/><w:t>A</w:t><w:sym w:char='F0B7'/></w:r></w:p>"
    )
    assert text(body).text == "Diarienummer: RS 2031-1\nBeslut-A\uf0b7\n"


def test_text_boxes_are_read_once() -> None:
    box = "<w:txbxContent>" + p("Belopp: 5 kr") + "</w:txbxContent>"
    body = (
        "<w:p><w:r><w:t>Före</w:t></w:r><w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>"
        f"{box}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert text(body).text.split() == ["Före", "Belopp:", "5", "kr"]


def test_page_heads_and_feet_are_furniture() -> None:
    head = f"<w:hdr {W}>{p('Region Norrmark')}</w:hdr>"
    lines = blocks(pack(p("Beslut om medel."), header1=head, header2=head, footer1=f"<w:ftr {W}>{p('Box 1')}</w:ftr>"))
    assert lines == ["furniture: Region Norrmark", "paragraph: Beslut om medel.", "furniture: Box 1"]


def test_tables_with_joined_cells() -> None:
    def cell(words: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(words)}</w:tc>"

    down, goes_on = "<w:vMerge w:val='restart'/>", "<w:vMerge/>"
    body = (
        "<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>"
        + cell("Projekt")
        + cell("Finansiär")
        + cell("Belopp")
        + "</w:tr>"
        "<w:tr>" + cell("Lyftet", down) + cell("Region Norrmark") + cell("100 000") + "</w:tr>"
        "<w:tr>" + cell("", goes_on) + cell("Norrmarks kommun") + cell("50 000") + "</w:tr>"
        "<w:tr><w:trPr><w:del/></w:trPr>" + cell("Struken") + cell("A") + cell("1") + "</w:tr>"
        "<w:tr>" + cell("Summa", "<w:gridSpan w:val='2'/>") + cell("150 000") + "</w:tr></w:tbl>"
    )
    assert blocks(pack(body)) == [
        "table",
        "  = Projekt | Finansiär | Belopp",
        "  | Lyftet | Region Norrmark | 100 000",
        "  |  | Norrmarks kommun | 50 000",
        "  | Summa |  | 150 000",
    ]


def test_a_table_that_sets_the_page_is_text() -> None:
    inner = "<w:tbl><w:tr><w:tc>" + p("Sökande") + "</w:tc><w:tc>" + p("Norrmarks kommun") + "</w:tc></w:tr></w:tbl>"
    body = f"<w:tbl><w:tr><w:tc>{p('Beslut')}{inner}</w:tc><w:tc>{p('Till höger.')}</w:tc></w:tr></w:tbl>"
    assert blocks(pack(body)) == ["heading2: Beslut", "field: Sökande | Norrmarks kommun", "paragraph: Till höger."]


def test_headings_and_numbered_lists() -> None:
    styles = (
        f"<w:styles {W}><w:style w:type='paragraph' w:styleId='R1'><w:name w:val='heading 1'/></w:style>"
        "<w:style w:type='paragraph' w:styleId='Egen'><w:basedOn w:val='R1'/></w:style></w:styles>"
    )
    numbering = (
        f"<w:numbering {W}><w:abstractNum w:abstractNumId='0'>"
        "<w:lvl w:ilvl='0'><w:start w:val='51'/><w:numFmt w:val='decimal'/><w:lvlText w:val='§ %1'/></w:lvl>"
        "<w:lvl w:ilvl='1'><w:numFmt w:val='lowerLetter'/><w:lvlText w:val='%2)'/></w:lvl></w:abstractNum>"
        "<w:num w:numId='7'><w:abstractNumId w:val='0'/></w:num></w:numbering>"
    )

    def number(level: int) -> str:
        return f"<w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='7'/></w:numPr>"

    body = (
        p("Lyftet", "<w:pStyle w:val='Egen'/>" + number(0))
        + p("Beslut om medel.", number(1))
        + p("Beslut om avslag.", number(1))
        + p("Vätgas", "<w:pStyle w:val='R1'/>" + number(0))
        + p("Ett nytt.", number(1))
    )
    assert blocks(pack(body, styles=styles, numbering=numbering)) == [
        "heading1: § 51 Lyftet",
        "list_item1: a) Beslut om medel.",
        "list_item1: b) Beslut om avslag.",
        "heading1: § 52 Vätgas",
        "list_item1: a) Ett nytt.",
    ]


def test_notes_are_read() -> None:
    notes = f"<w:footnotes {W}><w:footnote w:type='separator'>{p('-')}</w:footnote><w:footnote>{p('Not.')}</w:footnote>"
    assert text(p("Text."), footnotes=f"{notes}</w:footnotes>").text == "Text.\nNot.\n"


# --- harm ---


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (pack("<w:p>"), "no XML"),
        (pack(p("x"))[:-40], "archive cannot be opened"),
        (pack(p("x")).replace(b"word/document.xml", b"word/dokument.xml"), "no text part"),
        (pack(""), "no text"),
    ],
)
def test_damaged(data: bytes, words: str) -> None:
    with pytest.raises(ReadError, match=words) as caught:
        read_bytes(data, "x.docx")
    assert caught.value.hint


def test_entities_are_refused() -> None:
    laughs = "".join(f"<!ENTITY l{i} '{f'&l{i - 1};' * 10}'>" for i in range(1, 20))
    bomb = f"<!DOCTYPE w:document [<!ENTITY l0 'ha'>{laughs}]><w:document {W}><w:body>&l19;</w:body></w:document>"
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", bomb)
    with pytest.raises(ReadError, match="made to do harm"):
        read_bytes(data.getvalue(), "x.docx")


@pytest.mark.parametrize("tag", ["w:sdtContent", "w:tbl><w:tr><w:tc", "w:p><w:r><w:txbxContent"])
def test_parts_in_parts_without_end(tag: str) -> None:
    names = tag.split("><")
    opened = "".join(f"<{name}>" for name in names) * 5000
    closed = "".join(f"</{name}>" for name in reversed(names)) * 5000
    try:
        assert read_bytes(pack(p("Först") + opened + p("Inre") + closed), "x.docx").text.startswith("Först")
    except ReadError as error:
        assert error.hint
