"""Text recognition: pictures and scanned pages through tesseract with Swedish, where that is installed."""

from __future__ import annotations

import os
import shutil
import struct
import subprocess
from functools import cache

from kg.errors import ReadError
from kg.model import Issue
from kg.read.building import Reading, TextBuilder
from kg.read.ocrnames import repair_names
from kg.read.ocrrepair import repair_line
from kg.read.pagelayout import lay_out_page
from kg.read.words import Word

LANGUAGE = "swe"
PIXEL_LIMIT = 100_000_000
PAGE_SECONDS = 120
_LIST_SECONDS = 20
_LEAST_SURE = 10.0  # per cent; below, what was taken for a word is a stain, unless it has some letters
_SOME_LETTERS = 3
# How the page is taken apart: by itself; columns and tables are then told by the places of the words.
_SEGMENTATION = "3"
_INSTALL = (
    "install tesseract with Swedish (Debian and Ubuntu: apt-get install tesseract-ocr tesseract-ocr-swe; "
    "macOS: brew install tesseract tesseract-lang) and read it again"
)
_WORD_LEVEL = "5"
_LINE_LEVEL = "4"


@cache
def find_tesseract() -> str | None:
    """The program, where it is installed with Swedish; else None."""
    program = shutil.which("tesseract")
    if program is None:
        return None
    try:
        found = subprocess.run([program, "--list-langs"], capture_output=True, timeout=_LIST_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return program if LANGUAGE in found.stdout.decode("utf-8", "replace").split() else None


def refuse_picture(source: str, what: str) -> ReadError:
    """The error for a paper that only text recognition can read, where there is none."""
    return ReadError(
        f"this is {what}, which is read by tesseract with Swedish, and that is not installed",
        where=source,
        hint=_INSTALL,
        code="needs_ocr",
    )


def read_picture(data: bytes, source: str) -> Reading:
    """The text of a PNG, JPEG or TIFF picture; each picture of a TIFF is a page.

    Raises ReadError where tesseract is not installed (``needs_ocr``), the picture is damaged, or it has more than
    ``PIXEL_LIMIT`` points.
    """
    size = _measure(data)
    if size is not None and size[0] * size[1] > PIXEL_LIMIT:
        raise ReadError(
            f"the picture has {size[0]} times {size[1]} points; the limit is {PIXEL_LIMIT} in all",
            where=source,
            hint="save it smaller; 300 points an inch are enough",
            code="too_large",
        )
    if find_tesseract() is None:
        raise refuse_picture(source, "a picture")
    pages, sure = recognise(data, source)
    builder = TextBuilder(source)
    for i, words in enumerate(pages):
        if i:
            builder.add_page_break()
        lay_out_page(words, builder)
    return builder.finish(issues=[ocr_issue(len(pages), sure)])


def ocr_issue(pages: int, sure: float) -> Issue:
    """That pages were read by text recognition, and how sure it was of their words, in per cent."""
    what = "1 page was" if pages == 1 else f"{pages} pages were"
    return Issue("read_by_ocr", f"{what} read by OCR, which was {sure:.0f} % sure of the words")


def recognise(picture: bytes, source: str) -> tuple[list[list[Word]], float]:
    """The words of each page of a picture, and how sure they are on the whole, in per cent.

    Raises ReadError where the picture cannot be read or takes longer than ``PAGE_SECONDS``.
    """
    program = find_tesseract()
    if program is None:
        raise refuse_picture(source, "a picture")
    command = [program, "stdin", "stdout", "-l", LANGUAGE, "--psm", _SEGMENTATION, "tsv"]
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}  # the same words however many processors there are
    try:
        done = subprocess.run(
            command, input=picture, capture_output=True, timeout=PAGE_SECONDS, check=False, env=environment
        )
    except subprocess.TimeoutExpired as error:
        raise ReadError(
            f"OCR took longer than {PAGE_SECONDS} seconds", where=source, hint="save the picture smaller"
        ) from error
    except OSError as error:
        raise ReadError(f"tesseract cannot be run ({error})", where=source, hint="install it again") from error
    if done.returncode:
        raise ReadError("the picture is damaged", where=source, hint="copy it again, or save it as PNG")
    return _read_table(done.stdout.decode("utf-8", "replace"))


def _read_table(table: str) -> tuple[list[list[Word]], float]:
    """The words in the table that tesseract writes: places in points of the picture, a line each."""
    pages: dict[int, list[list[Word]]] = {}  # the lines of each
    sure = letters = 0.0
    bottom = height = 0.0
    for row in table.split("\n")[1:]:
        fields = row.split("\t")
        if len(fields) < 12:
            continue
        left, top, wide, high = (float(field) for field in fields[6:10])
        page = pages.setdefault(int(fields[1]), [])
        if fields[0] == _LINE_LEVEL:
            bottom, height = top + high, high
            page.append([])
        word = "".join(fields[11].split())
        if fields[0] != _WORD_LEVEL or not word or wide <= 0:
            continue
        if float(fields[10]) < _LEAST_SURE and sum(map(str.isalnum, word)) < _SOME_LETTERS:
            continue
        if not page:
            page.append([])
        page[-1].append(Word(left, left + wide, height, bottom, word))
        sure += float(fields[10]) * len(word)
        letters += len(word)
    words = [[word for line in pages[number] for word in repair_line(line)] for number in sorted(pages)]
    return repair_names(words), sure / letters if letters else 0.0


def _measure(data: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG or JPEG picture, where they can be told; else None."""
    if data.startswith(b"\x89PNG") and len(data) >= 24:
        width, height = struct.unpack(">II", data[16:24])
        return width, height
    if data.startswith(b"\xff\xd8"):
        at = 2
        while at + 9 < len(data) and data[at] == 0xFF:
            marker, size = data[at + 1], struct.unpack(">H", data[at + 2 : at + 4])[0]
            if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
                height, width = struct.unpack(">HH", data[at + 5 : at + 9])
                return width, height
            at += 2 + max(2, size)
    return None
