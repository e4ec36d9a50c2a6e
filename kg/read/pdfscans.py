"""The pages of a PDF file that are pictures: which they are, and what text recognition makes of them."""

from __future__ import annotations

import ctypes
import math
from typing import Any

from kg.errors import ReadError
from kg.model import Issue
from kg.read.ocr import find_tesseract, ocr_issue, recognise, refuse_picture
from kg.read.words import Word

PAGE_LIMIT = 300  # pages of one paper that are recognised; each takes seconds
_FEW_LETTERS = 40  # a page with no more, and a picture over it, is a scan with a stamp or a page number
_COVERS = 0.5  # of the page
_SCALE = 300 / 72  # points of the picture for each of the page
_PIXELS = 30_000_000
_OBJECTS = 2000


class Scans:
    """What became of the pages of one paper that hold no text."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._unread: list[int] = []
        self._broken: list[int] = []
        self._beyond: list[int] = []
        self._read = 0
        self._sure = 0.0

    def read(self, page: Any, number: int, words: dict[int, list[Word]]) -> list[Word] | None:
        """The words of a page that is a picture; None where it is none, or cannot be read."""
        letters = sum(len(word.text) for group in words.values() for word in group)
        if letters > _FEW_LETTERS or not _is_picture(page):
            return None
        if find_tesseract() is None:
            self._unread.append(number + 1)
            return None
        if self._read >= PAGE_LIMIT:
            self._beyond.append(number + 1)
            return None
        try:
            pages, sure = recognise(_render(page), self._source)
        except (ReadError, MemoryError):
            self._broken.append(number + 1)
            return None
        self._read += 1
        self._sure += sure
        scale = _scale_of(page)
        return [
            Word(w.left / scale, w.right / scale, w.height / scale, w.base / scale, w.text)
            for group in pages
            for w in group
        ]

    def note_broken(self, number: int) -> None:
        """The page with this number, from 0, cannot be opened."""
        self._broken.append(number + 1)

    def refuse_unread(self, count: int) -> None:
        """Raises ReadError where every page is a picture that nothing here can read, or is broken."""
        if self._unread and len(self._unread) + len(self._broken) == count:
            raise refuse_picture(self._source, "a scanned paper")
        if self._broken and len(self._broken) == count:
            raise ReadError(
                "no page of the PDF file can be read",
                where=self._source,
                hint="copy it again, or print it to a new file",
            )

    def issues(self) -> list[Issue]:
        """What to tell of the pages."""
        found: list[Issue] = []
        if self._read:
            found.append(ocr_issue(self._read, self._sure / self._read))
        if self._unread:
            found.append(Issue("needs_ocr", f"{_name(self._unread)}: scanned, and tesseract is not installed"))
        if self._beyond:
            found.append(Issue("page_unread", f"{_name(self._beyond)}: beyond the {PAGE_LIMIT} pages read by OCR"))
        if self._broken:
            found.append(Issue("page_unread", f"{_name(self._broken)}: damaged"))
        return found


def _name(pages: list[int]) -> str:
    if len(pages) == 1:
        return f"page {pages[0]}"
    shown = ", ".join(map(str, pages[:10]))
    return f"pages {shown}" + (f" and {len(pages) - 10} more" if len(pages) > 10 else "")


def _is_picture(page: Any) -> bool:
    """Whether pictures cover most of the page."""
    from pypdfium2 import raw

    count = raw.FPDFPage_CountObjects(page)
    width, height = page.get_size()
    whole = width * height
    if not 0 < count <= _OBJECTS or whole <= 0:
        return False
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    covered = 0.0
    for i in range(count):
        item = raw.FPDFPage_GetObject(page, i)
        # A form holds what was drawn elsewhere: where the page has no text, it is a picture or a drawing.
        if raw.FPDFPageObj_GetType(item) in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM):
            if raw.FPDFPageObj_GetBounds(item, left, bottom, right, top):
                covered += max(0.0, right.value - left.value) * max(0.0, top.value - bottom.value)
    return covered >= _COVERS * whole


def _scale_of(page: Any) -> float:
    width, height = page.get_size()
    return min(_SCALE, math.sqrt(_PIXELS / max(1.0, width * height)))


def _render(page: Any) -> bytes:
    """The page as a picture in shades of grey, in the plain form that tesseract reads (PGM)."""
    bitmap = page.render(scale=_scale_of(page), grayscale=True)
    try:
        width, height, stride = bitmap.width, bitmap.height, bitmap.stride
        shades = bytes(bitmap.buffer)
    finally:
        bitmap.close()
    if stride != width:
        shades = b"".join(shades[y * stride : y * stride + width] for y in range(height))
    return b"P5\n%d %d\n255\n" % (width, height) + shades
