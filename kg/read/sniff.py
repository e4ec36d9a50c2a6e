"""What a file holds, told by its bytes and never by its name."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from kg.read.mail import is_mail

# Opening bytes -> (what it is, what to do).  Order matters only where one is the start of another.
_PAPER_HINT = "save it as DOCX, PDF or text; this form is not read"
_PICTURE_HINT = "save it as PNG, JPEG or PDF"
_ARCHIVE_HINT = "unpack it and give the papers that it holds"
_OTHER_HINT = "give a paper: text, HTML, PDF, DOCX, ODT or RTF"

_MAGIC: tuple[tuple[bytes, str, str], ...] = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word, Excel or PowerPoint file", _PAPER_HINT),
    (b"GIF87a", "a GIF picture", _PICTURE_HINT),
    (b"GIF89a", "a GIF picture", _PICTURE_HINT),
    (b"8BPS", "a Photoshop picture", _PICTURE_HINT),
    (b"\x1f\x8b", "a gzip archive", _ARCHIVE_HINT),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", _ARCHIVE_HINT),
    (b"Rar!\x1a\x07", "a RAR archive", _ARCHIVE_HINT),
    (b"\xfd7zXZ\x00", "an xz archive", _ARCHIVE_HINT),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive", _ARCHIVE_HINT),
    (b"SQLite format 3\x00", "an SQLite database", _OTHER_HINT),
    (b"\x7fELF", "a program", _OTHER_HINT),
    (b"OggS", "a sound or film file", _OTHER_HINT),
    (b"ID3", "a sound file", _OTHER_HINT),
    (b"fLaC", "a sound file", _OTHER_HINT),
)

# Office papers are zip archives; the name of a part tells which.
_OFFICE_PARTS: tuple[tuple[str, str, str], ...] = (
    ("xl/", "an Excel file (XLSX)", _PAPER_HINT),
    ("ppt/", "a PowerPoint file (PPTX)", _PAPER_HINT),
)
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"
RTF = "application/rtf"
PDF = "application/pdf"
ZIP = "application/zip"
MAIL = "message/rfc822"
_ZIP_FAULTS = (zipfile.BadZipFile, zlib.error, OSError, ValueError, EOFError, NotImplementedError, RuntimeError)
_ZIP_START = (b"PK\x03\x04", b"PK\x05\x06")
_OPEN_DOCUMENT = re.compile(rb"PK\x03\x04.{26}mimetype(application/[a-z.+-]{3,80})", re.DOTALL)
_OTHER_BOOKS = {
    "application/vnd.oasis.opendocument.spreadsheet": ("an OpenDocument sheet (ODS)", _PAPER_HINT),
    "application/vnd.oasis.opendocument.presentation": ("an OpenDocument presentation (ODP)", _PAPER_HINT),
    "application/epub+zip": ("an EPUB book", _PAPER_HINT),
}

_PICTURES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
)
_PDF_WINDOW = 1024  # readers accept a PDF whose header stands within the first KiB

_BLOCK_TAG = re.compile(
    r"<(?:!doctype\s+html|/?(?:html|head|body|main|article|section|div|p|h[1-6]|ul|ol|li|dl|dt|dd|table|tbody|tr|td|th"
    r"|header|footer|blockquote)\b[^<>]*>)",
    re.IGNORECASE,
)
_HTML_START = re.compile(
    r"(?:\s|<\?xml[^>]*>|<!--.*?-->)*<(?:!doctype\s+html|html|head|body|main|article|section|div|p|h[1-6]|ul|ol|dl|table)\b",
    re.IGNORECASE | re.DOTALL,
)
_MARKDOWN = re.compile(
    r"^(?:#{1,6} +\S.*|\|?[ :]*-{3,}[ :]*\|[-| :]*|(?:={3,}|-{3,}))$|\*\*[^*\n]+\*\*|\[[^\]\n]+\]\([^)\s]+\)",
    re.MULTILINE,
)
_MARKDOWN_HEADING = re.compile(r"^#{1,6} +\S", re.MULTILINE)
_MARKDOWN_TABLE = re.compile(r"^ *\|?(?: *:?-{3,}:? *\|)+ *(?::?-{3,}:?)? *$", re.MULTILINE)
_WINDOW = 65536


def name_binary(data: bytes) -> tuple[str, str] | None:
    """What the bytes are and what to try, where they are of a known form that is no text; else None."""
    for magic, name, hint in _MAGIC:
        if data.startswith(magic):
            return name, hint
    if data.startswith(_ZIP_START):
        return _name_package(data)
    if data[:4] == b"RIFF" and data[8:12] in (b"WEBP", b"WAVE", b"AVI "):
        return "a picture, sound or film file", _OTHER_HINT
    if data[:2] == b"BM" and data[6:10] == b"\x00\x00\x00\x00":
        return "a BMP picture", _PICTURE_HINT
    if data[4:8] == b"ftyp":
        return "a film or HEIC picture", _PICTURE_HINT
    return None


def _name_package(data: bytes) -> tuple[str, str] | None:
    declared = _declared(data)
    if declared:
        return _OTHER_BOOKS.get(declared)
    names = _part_names(data)
    for part, name, hint in _OFFICE_PARTS:
        if _CONTENT_TYPES in names and any(n.startswith(part) for n in names):
            return name, hint
    return None


def _declared(data: bytes) -> str:
    """The media type that a package says it has in its part ``mimetype``; empty where it has none."""
    found = _OPEN_DOCUMENT.match(data)
    if found:
        return found[1].decode("ascii")
    if {"mimetype", "content.xml"} <= set(_part_names(data)):
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open("mimetype") as stream:
                return stream.read(100).decode("ascii", "replace").strip()
        except _ZIP_FAULTS:
            return ""
    return ""


_CONTENT_TYPES = "[Content_Types].xml"


def _part_names(data: bytes) -> list[str]:
    """The names in an archive; of a broken one, those of Word files that stand in its first bytes."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.namelist()
    except _ZIP_FAULTS:
        head = data[:65536]
        return [_CONTENT_TYPES, *(n for n in ("word/", "xl/", "ppt/") if n.encode() in head)]


def sniff_form(data: bytes) -> str | None:
    """The media type of a form that is no text and has a reader; None for all else."""
    if data.startswith(_ZIP_START):
        declared = _declared(data)
        if declared:
            return ODT if declared.startswith(ODT) else None
        names = _part_names(data)
        if _CONTENT_TYPES in names and any(n.startswith("word/") for n in names):
            return DOCX
    elif b"%PDF-" in data[:_PDF_WINDOW]:
        return PDF
    elif data.lstrip(b"\xef\xbb\xbf \t\r\n")[:5] == b"{\\rtf":
        return RTF
    return next((form for magic, form in _PICTURES if data.startswith(magic)), None)


def sniff_container(data: bytes) -> str | None:
    """The media type of a container of papers (``ZIP``, ``MAIL``); None where the bytes are one paper, or nothing
    known."""
    if data.startswith(_ZIP_START) and sniff_form(data) is None and name_binary(data) is None:
        return None if _declared(data) else ZIP
    return MAIL if is_mail(data) else None


def sniff_media_type(text: str) -> str:
    """``text/html``, ``text/markdown`` or ``text/plain``, told by what the text holds."""
    window = text[:_WINDOW]
    if "<" in window and (_HTML_START.match(window) or len(_BLOCK_TAG.findall(window)) >= 4):
        return "text/html"
    if _MARKDOWN_TABLE.search(window) or (_MARKDOWN_HEADING.search(window) and len(_MARKDOWN.findall(window)) >= 2):
        return "text/markdown"
    return "text/plain"
