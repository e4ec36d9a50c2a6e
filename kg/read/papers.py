"""From bytes to a paper: what they are, told by the bytes alone, and the reader for it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import replace

from kg.errors import ReadError
from kg.model import Mark, RawDocument
from kg.read.building import Reading
from kg.read.decode import UndecodableError, decode
from kg.read.docx import read_docx
from kg.read.html import mark_html
from kg.read.mail import read_body
from kg.read.ocr import read_picture
from kg.read.odt import read_odt
from kg.read.pdf import read_pdf
from kg.read.rtf import read_rtf
from kg.read.sniff import DOCX, MAIL, ODT, PDF, RTF, name_binary, sniff_container, sniff_form, sniff_media_type

# A paragraph of a paper has some thousand characters; a line beyond this is a data dump, and every later stage
# would hold it whole.
LINE_LIMIT = 1_000_000


def _mark_nothing(text: str) -> tuple[Mark, ...]:
    """Plain text says nothing about its structure; ``clean`` infers it."""
    return ()


READERS: dict[str, Callable[[str], tuple[Mark, ...]]] = {
    "text/plain": _mark_nothing,
    "text/markdown": _mark_nothing,
    "text/html": mark_html,
}

FORMS: dict[str, Callable[[bytes, str], Reading]] = {
    DOCX: read_docx,
    ODT: read_odt,
    PDF: read_pdf,
    RTF: read_rtf,
    "image/png": read_picture,
    "image/jpeg": read_picture,
    "image/tiff": read_picture,
}
_ARCHIVE = "kg build and kg extract read the papers in it"

_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_CONTROL_WINDOW = 65536
_CONTROL_SHARE = 0.02
_LINE = re.compile(r"[^\r\n\f]+")


def read_bytes(data: bytes, source: str) -> RawDocument:
    """The paper whose bytes are ``data``.  Raises ReadError as ``read`` does."""
    if not data.strip():
        raise ReadError("the file is empty", where=source, hint="check that the paper was saved", code="empty")
    form = sniff_form(data)
    if form is not None:
        found = FORMS[form](data, source)
        if not found.text.strip():
            raise ReadError("the paper holds no text", where=source, hint="check that it was saved", code="empty")
        return RawDocument(hashlib.sha256(data).hexdigest(), source, form, found.text, found.marks, found.issues)
    container = sniff_container(data)
    if container == MAIL:
        return replace(read_text(read_body(data, source), source), id=hashlib.sha256(data).hexdigest())
    if container is not None:
        raise ReadError("this is an archive of papers, not one paper", where=source, hint=_ARCHIVE, code="not_text")
    return read_text(data, source)


def read_text(data: bytes, source: str) -> RawDocument:
    """The paper whose bytes are text, in any encoding.  Raises ReadError as ``kg.read.read`` does."""
    binary = name_binary(data)
    if binary:
        name, hint = binary
        raise ReadError(f"this is {name}, which is not read", where=source, hint=hint, code="not_text")
    if not data.strip(b"\0 \t\r\n"):
        raise ReadError("the file holds only zero bytes", where=source, hint="copy the paper again", code="not_text")
    try:
        text = decode(data)
    except UndecodableError as error:
        raise ReadError(
            f"the text cannot be decoded: {error}", where=source, hint="save it as UTF-8", code="unreadable"
        ) from error
    window = text[:_CONTROL_WINDOW]
    if len(_CONTROL.findall(window)) > _CONTROL_SHARE * len(window):
        raise ReadError(
            "this is no text: it is full of control characters",
            where=source,
            hint="give a paper as text or HTML",
            code="not_text",
        )
    if not text.strip():
        raise ReadError(
            "the file holds only white space", where=source, hint="check that the paper was saved", code="empty"
        )
    media_type = sniff_media_type(text)
    if media_type != "text/html":
        _refuse_long_lines(text, source)
    marks = READERS[media_type](text)
    if media_type == "text/html" and not any(mark.kind != "skip" for mark in marks):
        raise ReadError("the page holds no text", where=source, hint="save the page after it has loaded", code="empty")
    return RawDocument(hashlib.sha256(data).hexdigest(), source, media_type, text, marks)


def _refuse_long_lines(text: str, source: str) -> None:
    if len(text) <= LINE_LIMIT:
        return
    for line in _LINE.finditer(text):
        if line.end() - line.start() > LINE_LIMIT:
            number = text.count("\n", 0, line.start()) + 1
            raise ReadError(
                f"line {number} has more than {LINE_LIMIT} characters",
                where=source,
                hint="give the paper with its line breaks",
                code="too_large",
            )
