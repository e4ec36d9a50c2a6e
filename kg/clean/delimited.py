"""Rows whose cells are divided by a sign: exports with semicolons, tabs or bars."""

from __future__ import annotations

import re
from itertools import groupby

from kg.clean.assemble import Draft, Run
from kg.clean.lines import Line
from kg.clean.repair import CELL, DROPPED

_LEAST_ROWS = 3
_LEAST_CELLS = 3
_HEADS = re.compile(r"\s*[^\W\d][^\d:|]*(?:\|[^\d:|]*[^\W\d][^\d:|]*)+\s*")
_QUOTED = re.compile(r'"[^"\n]*"')


def divide_signs(base: str) -> str:
    """``base`` with the semicolons or bars of an export made ``CELL``: three lines or more in a row with equally many.

    The quotes about a cell are dropped; the text keeps its length.  Bars divide a table only where the first line is a
    row of heads: words without number or colon, and no bar before the first.
    """
    for sign in ";|":
        if base.count(sign) >= _LEAST_ROWS * (_LEAST_CELLS - 1):
            base = _divide_at(base, sign)
    return base


def _divide_at(base: str, sign: str) -> str:
    rows = base.split("\n")
    at = 0
    for count, group in groupby(rows, key=lambda row: _count(row, sign)):
        size = sum(1 for _ in group)
        if size >= _LEAST_ROWS and count >= _LEAST_CELLS - 1 and (sign == ";" or _HEADS.fullmatch(rows[at])):
            rows[at : at + size] = [_divide(row, sign) for row in rows[at : at + size]]
        at += size
    return "\n".join(rows)


def divide_tabs(base: str) -> str:
    """``base`` with the tabs of a table made ``CELL``: three lines or more in a row, the first with no empty cell.

    Rows below may lack their last cells.  Tabs that only align words (several in a row before a sum) make no table:
    the first line has an empty cell then.
    """
    if base.count("\t") < _LEAST_ROWS * (_LEAST_CELLS - 1):
        return base
    rows = base.split("\n")
    counts = [row.rstrip("\r \t").count("\t") for row in rows]
    at = 0
    while at < len(rows):
        most = counts[at]
        end = at + 1
        if most >= _LEAST_CELLS - 1 and all(part.strip() for part in rows[at].rstrip().split("\t")):
            while end < len(rows) and rows[end].count("\t") >= 1 and counts[end] <= most:
                end += 1
            full = sum(2 * count >= most for count in counts[at:end])
            if end - at >= _LEAST_ROWS and full * 3 >= (end - at) * 2:
                rows[at:end] = [_divide_row(row, most) for row in rows[at:end]]
                at = end
                continue
        at += 1
    return "\n".join(rows)


def _divide_row(row: str, most: int) -> str:
    """The first ``most`` tabs of a row as divisions; those behind the last cell are dropped."""
    return row.replace("\t", CELL, most).replace("\t", DROPPED)


def _count(row: str, sign: str) -> int:
    return _QUOTED.sub("", row).count(sign) if sign in row else 0


def _divide(row: str, sign: str) -> str:
    parts: list[str] = []
    at = 0
    for quoted in _QUOTED.finditer(row):
        parts.append(row[at : quoted.start()].replace(sign, CELL))
        parts.append(DROPPED + quoted.group()[1:-1] + DROPPED)
        at = quoted.end()
    parts.append(row[at:].replace(sign, CELL))
    return "".join(parts)


def read_delimited(base: str, lines: list[Line], i: int) -> tuple[Draft, int] | None:
    """The table of divided rows that begins at line ``i``, with the index of the line after; None where none does."""
    if CELL not in lines[i].text:
        return None
    count = lines[i].text.count(CELL)
    end = i
    rows: list[list[list[Run]]] = []
    while end < len(lines) and 1 <= lines[end].text.count(CELL) <= count and (end == i or not lines[end].blanks):
        rows.append(_cells(base, lines[end]))
        end += 1
    head = not any(any(sign.isdecimal() for sign in base[cell[0][0] : cell[0][1]]) for cell in rows[0] if cell)
    places = [[(c, r == 0 and head) for c in range(len(row))] for r, row in enumerate(rows)]
    return Draft("table", rows, page=lines[i].page, columns=places), end


def _cells(base: str, line: Line) -> list[list[Run]]:
    cells: list[list[Run]] = []
    at = line.start
    for part in base[line.start : line.end].split(CELL):
        cells.append([(at, at + len(part), "")] if part.strip(" \t\x00\x01") else [])
        at += len(part) + 1
    return cells
