"""The lines of a paper, with what layout is told by: indent, blank lines before, gaps, width."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from kg.clean.repair import DROPPED, HELD

_FILLERS = re.compile(f"[{DROPPED}{HELD}]+")
_GAP = re.compile(rf"[ {DROPPED}]{{2,}}|[ {DROPPED}]*\t[ \t{DROPPED}]*")
_RULE = re.compile(r"[-=_*~.·–—]{8,}(?:\s+[-=_*~.·–—]{8,})*$")  # a drawn line divides more than a blank one does
_STRIP = f" \t\x0b{DROPPED}{HELD}"
TAB = 8
_LEAST, _NARROW, _WIDE = 3, 30, 150  # lines of a paragraph; its columns


@dataclass(slots=True)
class Line:
    """A line that holds text.  ``start:end`` is its raw run without white space at the ends; ``text`` the same run
    without dropped places; ``indent`` in columns; ``blanks`` the blank lines before it; ``page`` from 1.
    ``cut``: a page break, or furniture that was taken out, stands before it.  ``furniture``: it is a page head or foot.
    """

    start: int
    end: int
    text: str
    indent: int
    blanks: int
    page: int
    cut: bool = False
    furniture: bool = False
    parts: list[tuple[int, int]] = field(default_factory=list)  # raw runs divided by gaps; one where there is none
    limit: int = 0  # the width of the line's own column or paragraph, where that is told

    @property
    def right(self) -> int:
        """The column at which the line ends."""
        return self.indent + self.end - self.start


def split_lines(base: str) -> list[Line]:
    """The lines of ``base`` that hold text."""
    lines: list[Line] = []
    at, blanks, page, cut = 0, 0, 1, False
    careful = DROPPED in base or HELD in base
    for row in base.split("\n"):
        if "\x0c" in row:
            offset = at
            for i, part in enumerate(row.split("\x0c")):
                if i:
                    page, cut = page + 1, True
                line = _line(part, offset, blanks, page, cut, careful)
                if line:
                    lines.append(line)
                    blanks, cut = 0, False
                offset += len(part) + 1
        else:
            line = _line(row, at, blanks, page, cut, careful)
            if line is None:
                blanks += 1
            elif _RULE.match(line.text):
                blanks += 2
            else:
                lines.append(line)
                blanks, cut = 0, False
        at += len(row) + 1
    return lines


def _line(row: str, at: int, blanks: int, page: int, cut: bool, careful: bool) -> Line | None:
    left = row.lstrip(_STRIP)
    if not left:
        return None
    indent = len(row) - len(left)
    text = left.rstrip(" \t\x0b\x00" if careful else " \t\x0b")
    if not text:
        return None
    start = at + indent
    end = start + len(text)
    parts = [(start, end)]
    if "  " in text or "\t" in text or careful:
        parts = _split_gaps(text, start)
    if careful and _FILLERS.search(text):
        text = _FILLERS.sub("", text).strip()
        if not text:
            return None
    if "\t" in row[:indent]:
        indent = len(row[:indent].expandtabs(TAB))
    return Line(start, end, text, indent, blanks, page, cut, False, parts)


def _split_gaps(text: str, start: int) -> list[tuple[int, int]]:
    parts, at = [], 0
    for gap in _GAP.finditer(text):
        if gap.start() > at and (gap.group().count(" ") >= 2 or "\t" in gap.group()):
            parts.append((start + at, start + gap.start()))
            at = gap.end()
    parts.append((start + at, start + len(text)))
    return parts


def plain(base: str, start: int, end: int) -> str:
    """The repaired words of a raw run, white space closed; for deciding, not for output."""
    text = base[start:end]
    if DROPPED in text or HELD in text:
        text = _FILLERS.sub("", text)
    return " ".join(text.split())


def wrap_width(lines: list[Line]) -> int:
    """The column at which the running text of the paper is wrapped, or 0 where it is not.

    Wrapped text has many lines that end near one column; that column is taken where at least a tenth of the lines
    without gaps, and five of them (two on a short page), reach 85 % of it.
    """
    ends = sorted(line.right for line in lines if len(line.parts) == 1 and not line.furniture)
    if len(ends) < 3:
        return 0
    width = ends[max(0, len(ends) - 1 - len(ends) // 50)]
    near = sum(1 for end in ends if end >= 0.85 * width)
    if width > 150 or width < 25 or near < max(2 if len(ends) <= 30 else 5, len(ends) // 10):
        return 0
    return width


def limit_paragraphs(lines: list[Line], width: int) -> None:
    """Sets the limit of the lines of paragraphs that are wrapped at a column of their own, not at ``width``.

    Such a paragraph is told by itself: three lines or more between blank ones, none of which had room for the next
    one's first word, and as many that begin in small letters as not.
    """
    start = 0
    for end in range(1, len(lines) + 1):
        if end < len(lines) and _may_go_on(lines[end - 1], lines[end]):
            continue
        if end - start >= _LEAST:
            _limit(lines[start:end], width)
        start = end


def _may_go_on(a: Line, b: Line) -> bool:
    return not b.blanks and not b.cut and len(a.parts) == len(b.parts) == 1 and a.limit == b.limit == 0


def _limit(lines: list[Line], width: int) -> None:
    column = max(line.right for line in lines)
    if not _NARROW <= column <= _WIDE:
        return
    small = 0
    for a, b in pairwise(lines):
        if a.right + 1 + len(b.text.split(None, 1)[0]) < 0.9 * column:
            return
        small += b.text[0].islower()
    if 2 * small >= len(lines) - 1:
        for line in lines:
            line.limit = column
