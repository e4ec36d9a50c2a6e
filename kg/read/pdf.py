"""PDF files: the words of each page with their places, the lines drawn on it, and from both the text.

Text is taken along the direction in which it is set, so that turned pages read as others do.  Each page is marked, so
that a place in the text leads to its page.
"""

from __future__ import annotations

import ctypes
import math
import re
from dataclasses import dataclass
from typing import Any

from kg.errors import ReadError
from kg.model import Mark
from kg.read.building import Reading, TextBuilder
from kg.read.pagelayout import lay_out_page
from kg.read.pdfscans import Scans
from kg.read.ruled import Rule, read_ruled
from kg.read.words import HYPHEN, Word

PAGE_LIMIT = 5000
_OBJECT_LIMIT = 20_000  # drawn objects on a page; maps and plans have more, and no tables
_SEGMENT_LIMIT = 64
_THIN = 2.5  # points; what is thinner is a line
_SHORT = 6.0
_WORD = re.compile(r"[^\s\x00\x02\ufffe\uffff]+[\x02\ufffe]?")
_PASSWORD = 4  # what the library calls a missing or wrong password
_TURNS = 4


@dataclass(slots=True)
class _Page:
    words: dict[int, list[Word]]  # by the quarter turns of their direction
    level: list[Rule]
    upright: list[Rule]


def read_pdf(data: bytes, source: str) -> Reading:
    """The text of a PDF file with a mark for each page and each ruled table.

    Raises ReadError where it is encrypted, damaged or has more than ``PAGE_LIMIT`` pages.
    """
    import pypdfium2

    start = data.find(b"%PDF-")
    try:
        document = pypdfium2.PdfDocument(data[start:] if start > 0 else data)
    except pypdfium2.PdfiumError as error:
        raise _refuse(error, source) from error
    try:
        count = len(document)
        if count > PAGE_LIMIT:
            raise ReadError(
                f"the paper has {count} pages; the limit is {PAGE_LIMIT}",
                where=source,
                hint="split it into its papers",
                code="too_large",
            )
        if not count:
            raise ReadError("the paper has no pages", where=source, hint="save it again", code="empty")
        builder = TextBuilder(source)
        scans = Scans(source)
        marks: list[Mark] = []
        for number in range(count):
            if number:
                builder.add_page_break()
            first = builder.size
            page = _read_page(document, number, scans)
            _put_page(page, builder)
            marks.append(Mark("page", first, builder.size, level=number + 1))
    finally:
        document.close()
    scans.refuse_unread(count)
    return builder.finish(marks, scans.issues())


def _refuse(error: Any, source: str) -> ReadError:
    code = getattr(error, "err_code", None)
    if code == _PASSWORD or "password" in str(error).lower():
        return ReadError("the PDF file is encrypted", where=source, hint="save it without a password")
    return ReadError("the PDF file is damaged", where=source, hint="copy it again, or print it to a new PDF file")


def _put_page(page: _Page, builder: TextBuilder) -> None:
    """The page's text in its main direction; what is set in others comes after."""
    turns = sorted(page.words, key=lambda t: (-sum(len(w.text) for w in page.words[t]), t))
    for i, turn in enumerate(turns):
        words = page.words[turn]
        if not i and page.level and page.upright:
            level, upright = _turn_rules(page, turn)
            words = read_ruled(words, level, upright)
        lay_out_page(words, builder)


def _turn_rules(page: _Page, turn: int) -> tuple[list[Rule], list[Rule]]:
    """The drawn lines in the coordinates of text that is set with so many quarter turns."""
    if turn == 0:
        return [Rule(-r.place, r.low, r.high) for r in page.level], [
            Rule(r.place, -r.high, -r.low) for r in page.upright
        ]
    if turn == 1:
        return list(page.upright), list(page.level)
    if turn == 2:
        return [Rule(r.place, -r.high, -r.low) for r in page.level], [
            Rule(-r.place, r.low, r.high) for r in page.upright
        ]
    return (
        [Rule(-r.place, -r.high, -r.low) for r in page.upright],
        [Rule(-r.place, -r.high, -r.low) for r in page.level],
    )


def _place(turn: int, x: float, y: float) -> tuple[float, float]:
    """A point of the page (up is positive) in the coordinates of such text: along the line, and down."""
    if turn == 0:
        return x, -y
    if turn == 1:
        return y, x
    if turn == 2:
        return -x, y
    return -y, -x


def _read_page(document: Any, number: int, scans: Scans) -> _Page:
    import pypdfium2
    from pypdfium2 import raw

    try:
        page = document[number]
        text = page.get_textpage()
    except pypdfium2.PdfiumError:
        scans.note_broken(number)
        return _Page({}, [], [])  # a page that is broken holds nothing; the others are read
    try:
        words = _read_words(text, raw)
        scanned = scans.read(page, number, words)
        if scanned is not None:
            return _Page({0: scanned}, [], [])
        level, upright = _read_rules(page, raw) if words else ([], [])
        return _Page(words, level, upright)
    finally:
        text.close()
        page.close()


def _read_words(text: Any, raw: Any) -> dict[int, list[Word]]:
    count = text.count_chars()
    if count <= 0:
        return {}
    signs = text.get_text_range()
    if len(signs) != count:  # signs of two halves, or without a meaning, were put together or left out
        signs = "".join(_sign(raw.FPDFText_GetUnicode(text, i)) for i in range(count))
    box = raw.FS_RECTF()
    end = raw.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    found: dict[int, list[Word]] = {}
    for match in _WORD.finditer(signs):
        first, last = match.start(), match.end() - 1
        word = match.group()
        if word[-1] in "\x02\ufffe":
            last -= 1
            word = word[:-1] + HYPHEN
        if (
            not raw.FPDFText_GetLooseCharBox(text, first, box)
            or not raw.FPDFText_GetLooseCharBox(text, max(first, last), end)
            or not raw.FPDFText_GetCharOrigin(text, first, x, y)
        ):
            continue
        angle = raw.FPDFText_GetCharAngle(text, first)
        turn = -round(angle / (math.pi / 2)) % _TURNS if angle > 0 else 0  # the library counts clockwise
        if turn:
            corners = [_place(turn, a, b) for r in (box, end) for a, b in ((r.left, r.bottom), (r.right, r.top))]
            left, right = min(c[0] for c in corners), max(c[0] for c in corners)
            top, bottom = min(c[1] for c in corners), max(c[1] for c in corners)
            base = _place(turn, x.value, y.value)[1]
        else:
            left, right, top, bottom, base = box.left, end.right, -box.top, -box.bottom, -y.value
        if not top < base <= bottom + 1:
            base = bottom
        if right <= left or bottom <= top:
            continue
        found.setdefault(turn, []).append(Word(left, right, bottom - top, base, word))
    return found


def _sign(code: int) -> str:
    return chr(code) if 0 < code < 0xD800 or 0xE000 <= code < 0x110000 else " "


def _read_rules(page: Any, raw: Any) -> tuple[list[Rule], list[Rule]]:
    """The level and the upright lines that are drawn on a page, also as thin or as outlined rectangles."""
    level: list[Rule] = []
    upright: list[Rule] = []
    count = raw.FPDFPage_CountObjects(page)
    if not 0 < count <= _OBJECT_LIMIT:
        return level, upright
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    for i in range(count):
        item = raw.FPDFPage_GetObject(page, i)
        if raw.FPDFPageObj_GetType(item) != raw.FPDF_PAGEOBJ_PATH:
            continue
        if not raw.FPDFPageObj_GetBounds(item, left, bottom, right, top):
            continue
        wide, high = right.value - left.value, top.value - bottom.value
        if high <= _THIN and wide >= _SHORT:
            level.append(Rule((top.value + bottom.value) / 2, left.value, right.value))
        elif wide <= _THIN and high >= _SHORT:
            upright.append(Rule((left.value + right.value) / 2, bottom.value, top.value))
        elif wide >= _SHORT and high >= _SHORT:
            _read_segments(item, raw, level, upright)
    return level, upright


def _read_segments(item: Any, raw: Any, level: list[Rule], upright: list[Rule]) -> None:
    """The sides of an outlined rectangle, or the lines of a grid drawn at one go."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    count = raw.FPDFPath_CountSegments(item)
    if not 0 < count <= 50 * _SEGMENT_LIMIT or not raw.FPDFPath_GetDrawMode(item, fill, stroke) or not stroke.value:
        return
    matrix = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(item, matrix):
        return
    x, y = ctypes.c_float(), ctypes.c_float()
    start = last = None
    for k in range(count):
        segment = raw.FPDFPath_GetPathSegment(item, k)
        if not raw.FPDFPathSegment_GetPoint(segment, x, y):
            return
        point = (
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            matrix.b * x.value + matrix.d * y.value + matrix.f,
        )
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == raw.FPDF_SEGMENT_LINETO and last is not None:
            _add_segment(last, point, level, upright)
        last = point
        if raw.FPDFPathSegment_GetClose(segment) and start is not None:
            _add_segment(last, start, level, upright)


def _add_segment(a: tuple[float, float], b: tuple[float, float], level: list[Rule], upright: list[Rule]) -> None:
    if abs(a[1] - b[1]) <= 1 and abs(a[0] - b[0]) >= _SHORT:
        level.append(Rule((a[1] + b[1]) / 2, min(a[0], b[0]), max(a[0], b[0])))
    elif abs(a[0] - b[0]) <= 1 and abs(a[1] - b[1]) >= _SHORT:
        upright.append(Rule((a[0] + b[0]) / 2, min(a[1], b[1]), max(a[1], b[1])))
