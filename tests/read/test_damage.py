"""Damaged files: whatever becomes of the bytes of a file, it is read or refused with a reason, and soon."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from functools import cache

import pytest

from kg.clean import clean
from kg.errors import ReadError
from kg.issues import CODES
from kg.read import members_of, read_bytes, read_member
from tests.read import forms, pdfs

TEXT = (
    "Region Norrmark\n\n§ 12 Lyftet\n\nNämnden beslutar att bevilja Norrmarks kommun 250 000 kronor till Lyftet.\n\n"
    "Finansiär          Belopp\nRegion Norrmark   250 000\nNorrmarks kommun   50 000\n"
)
SECONDS = 5.0  # of processor time for one file; whole ones take hundredths


@cache
def whole(form: str) -> bytes:
    document = clean(read_bytes(TEXT.encode(), "x"))
    writers: dict[str, Callable[[], bytes]] = {
        "pdf": lambda: pdfs.write_pdf(document),
        "docx": lambda: forms.write_docx(document),
        "eml": lambda: forms.write_mail(TEXT.encode(), "text/plain", {"a.pdf": pdfs.write_pdf(document)}),
        "zip": lambda: forms.write_zip({"a.docx": forms.write_docx(document), "b.txt": TEXT.encode()}),
        "html": lambda: forms.write_html(document),
        "rtf": lambda: RTF,
        "odt": lambda: forms.write_zip(ODT),
    }
    return writers[form]()


RTF = (
    rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}{\stylesheet{\s1 heading 1;}}\pard\s1 \'a7 12 Lyftet\par"
    rb"\trowd\cellx2000\cellx4000\pard\intbl Finansi\'e4r\cell Belopp\cell\row"
    rb"\trowd\cellx2000\cellx4000\pard\intbl Region\cell 250 000\cell\row\pard Slut\u8211?slut.\par}"
)
NAMES = "".join(f' xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in ("office", "text", "table"))
ODT = {
    "mimetype": b"application/vnd.oasis.opendocument.text",
    "content.xml": (
        f"<office:document-content{NAMES}><office:body><office:text><text:h text:outline-level='1'>Lyftet</text:h>"
        "<table:table><table:table-row><table:table-cell><text:p>Belopp</text:p></table:table-cell>"
        "<table:table-cell><text:p>5</text:p></table:table-cell></table:table-row></table:table>"
        "</office:text></office:body></office:document-content>"
    ).encode(),
}
FORMS = ("pdf", "docx", "odt", "rtf", "eml", "zip", "html")


def take(data: bytes) -> None:
    """Read all that the bytes hold; what is refused must say why."""
    start = time.process_time()
    for member in members_of(data, "x"):
        try:
            raw = read_member(member)
        except ReadError as error:
            assert error.code in CODES and error.hint and error.where and "\n" not in error.message
        else:
            assert raw.text.strip()
            clean(raw)
    assert time.process_time() - start < SECONDS


@pytest.mark.parametrize("form", FORMS)
def test_whole_files_are_read(form: str) -> None:
    texts = [read_member(member).text for member in members_of(whole(form), "x")]
    assert all("Lyftet" in text for text in texts) and texts


@pytest.mark.parametrize("form", FORMS)
def test_files_cut_short(form: str) -> None:
    data = whole(form)
    for part in range(1, 20):
        take(data[: len(data) * part // 20])


@pytest.mark.parametrize("form", FORMS)
def test_bytes_changed(form: str) -> None:
    chance = random.Random(20310101)
    for _ in range(25):
        data = bytearray(whole(form))
        for _ in range(chance.choice((1, 3, 20, 60))):
            at = chance.randrange(len(data) or 1)
            kind = chance.random()
            if kind < 0.6:
                data[at] = chance.randrange(256)
            elif kind < 0.8:
                del data[at : at + chance.randrange(1, 30)]
            else:
                data[at:at] = data[at : at + chance.randrange(1, 30)]
        take(bytes(data))


@pytest.mark.parametrize("form", FORMS)
def test_the_name_of_the_file_does_not_count(form: str) -> None:
    assert [read_member(m).text for m in members_of(whole(form), "beslut.txt")] == [
        read_member(m).text for m in members_of(whole(form), "x")
    ]


def test_rtf_groups_without_end() -> None:
    take(rb"{\rtf1 " + b"{" * 200_000 + b"x" + b"}" * 200_001)
    take(rb"{\rtf1 " + rb"\'e4" * 300_000 + b"}")
    with pytest.raises(ReadError, match="cut short"):
        read_bytes(RTF[:-1], "x")


def test_pdf_objects_that_name_themselves() -> None:
    pages = b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9999999>>endobj "
    take(b"%PDF-1.4\n" + pages + b"trailer<</Root 1 0 R/Size 3>>\n%%EOF")
