"""OpenDocument texts: what counts as text of the paper, and files that cannot be read."""

from __future__ import annotations

import io
import zipfile

import pytest

from kg.clean import clean, describe
from kg.errors import ReadError
from kg.read import read_bytes
from tests.clean.invariants import check_document

NAMES = "".join(
    f' xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in ("office", "text", "table", "style", "draw")
)
NAMES += ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'


def pack(body: str, automatic: str = "", masters: str = "", **parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr(
            "content.xml",
            f"<office:document-content{NAMES}><office:automatic-styles>{automatic}</office:automatic-styles>"
            f"<office:body><office:text>{body}</office:text></office:body></office:document-content>",
        )
        archive.writestr(
            "styles.xml",
            f"<office:document-styles{NAMES}><office:master-styles>{masters}</office:master-styles>"
            "</office:document-styles>",
        )
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/"), data)
    return stream.getvalue()


def blocks(data: bytes) -> list[str]:
    document = clean(read_bytes(data, "x.odt"))
    check_document(document)
    return describe(document).split("\n")


def test_changes_notes_boxes_and_hidden_text() -> None:
    hidden = (
        '<style:style style:name="T1" style:family="text"><style:text-properties text:display="none"/></style:style>'
    )
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>Struket</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
        '<text:p>Stödet<text:s text:c="2"/>är<text:tab/>200<text:line-break/>kronor'
        '<text:span text:style-name="T1">dolt</text:span><office:annotation><text:p>Fråga</text:p></office:annotation>.'
        "<draw:frame><draw:text-box><text:p>I rutan</text:p></draw:text-box></draw:frame></text:p>"
        '<text:section text:display="none"><text:p>Dold del</text:p></text:section>'
        "<text:section><text:p>Öppen del</text:p></text:section>"
    )
    text = " ".join(read_bytes(pack(body, hidden), "x").text.split())
    assert text == "Stödet är 200 kronor. I rutan Öppen del"


def test_lists_tables_and_page_heads() -> None:
    lists = (
        '<text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="1" '
        'style:num-suffix="." text:start-value="3"/><text:list-level-style-bullet text:level="2"/></text:list-style>'
    )
    body = (
        '<text:h text:outline-level="1">Beslut</text:h><text:list text:style-name="L1"><text:list-item>'
        "<text:p>Lyftet får medel.</text:p><text:list><text:list-item><text:p>Under villkor.</text:p></text:list-item>"
        "</text:list></text:list-item><text:list-item><text:p>Ljuset avslås.</text:p></text:list-item></text:list>"
        "<table:table><table:table-header-rows><table:table-row><table:table-cell><text:p>Projekt</text:p>"
        "</table:table-cell><table:table-cell><text:p>Finansiär</text:p></table:table-cell><table:table-cell>"
        "<text:p>Belopp</text:p></table:table-cell></table:table-row></table:table-header-rows><table:table-row>"
        '<table:table-cell table:number-columns-spanned="2"><text:p>Summa</text:p></table:table-cell>'
        "<table:covered-table-cell/><table:table-cell><text:p>5 000</text:p></table:table-cell></table:table-row>"
        "</table:table>"
    )
    masters = "<style:master-page><style:header><text:p>Region Norrmark</text:p></style:header></style:master-page>"
    assert blocks(pack(body, lists, masters)) == [
        "furniture: Region Norrmark",
        "heading1: Beslut",
        "list_item1: 3. Lyftet får medel.",
        "list_item2: • Under villkor.",
        "list_item1: 4. Ljuset avslås.",
        "table",
        "  = Projekt | Finansiär | Belopp",
        "  | Summa |  | 5 000",
    ]


def test_encrypted_and_damaged() -> None:
    manifest = (
        b'<manifest:manifest xmlns:manifest="urn:m"><manifest:file-entry><manifest:encryption-data/>'
        b"</manifest:file-entry></manifest:manifest>"
    )
    with pytest.raises(ReadError, match="encrypted"):
        read_bytes(pack("<text:p>x</text:p>", **{"META-INF__manifest.xml": manifest}), "x")
    with pytest.raises(ReadError, match="damaged"):
        read_bytes(pack("<text:p>x"), "x")
    with pytest.raises(ReadError, match="no text"):
        read_bytes(pack(""), "x")


def test_cells_that_repeat_without_end() -> None:
    cell = '<table:table-cell table:number-columns-repeated="999999999"><text:p>5</text:p></table:table-cell>'
    row = f'<table:table-row table:number-rows-repeated="999999999">{cell}{cell}</table:table-row>'
    assert len(read_bytes(pack(f"<text:p>A</text:p><table:table>{row}</table:table>"), "x").text) < 100
    assert len(read_bytes(pack('<text:p>A<text:s text:c="999999999"/>B</text:p>'), "x").text) < 500
