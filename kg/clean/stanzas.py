"""Tables whose rows are divided by blank lines, the cells of a row wrapped over lines at different heights."""

from __future__ import annotations

import re
from itertools import pairwise

from kg.clean.assemble import Draft, Run
from kg.clean.grid import EDGE, Row, cell_text, extend_cell, is_known, repeats_head
from kg.clean.lines import plain
from kg.clean.rules import Page
from kg.clean.words import ends_hyphenated, ends_open, is_amount, is_lower

_LEAST_HEADS = 3
_LEAST_ROWS = 2
_TALLEST = 6  # lines of a row
_HEAD_LINES = 4
_BRACKETS = re.compile(r"\s*\([^)]*\)")

Cells = list[list[Run]]


def read_stanzas(page: Page, i: int) -> tuple[list[Draft], int] | None:
    """The table that begins with the heads at line ``i``, and the index of the line after; None where there is none.

    Sure only where two rows or more follow, each between blank lines, every part of a line stands below one head, no
    row holds two sums in one column, and one row at least is taller than a line: else the lines tell the rows.
    """
    lines = page.lines
    if not page.may_try("stanzas", i) or len(lines[i].parts) < _LEAST_HEADS:
        return None
    head, at = _read_heads(page, i)
    if head is None or at >= len(lines):
        return None
    rows: list[Cells] = [head[1]]
    tall, begun, records = False, at, 0
    top = Row(page, lines[i])
    while at < len(lines):
        first = Row(page, lines[at])
        if repeats_head(page, first, top):
            at += begun - i
            if at < len(lines) and records and is_lower(lines[at].text):  # the rest of a cell cut by the page's end
                rest = Row(page, lines[at])
                column = _column(rest.lefts[0], rest.rights[0], head[0])
                if len(rest.parts) > 1 or column is None:
                    break
                extend_cell(page, rows[-1][column], rest.parts[0])
                at += 1
            continue
        stop = at + 1
        while stop < len(lines) and not lines[stop].blanks and not repeats_head(page, Row(page, lines[stop]), top):
            stop += 1
        stanza = [Row(page, line) for line in lines[at:stop]]
        caption = stanza[0].parts[0] if _is_caption(page, stanza, head[0]) else None
        groups = _divide(page, stanza[1:] if caption else stanza, head[0]) if lines[at].blanks <= 2 else None
        found = [_read_row(page, group, head[0]) for group in groups or ()]
        read = [cells for cells in found if cells is not None]
        if not read or len(read) < len(found) or at == begun and not lines[at].blanks and len(read) > 1:
            break
        tall = tall or any(len(group) > 1 for group in groups or ())
        rows += [[[(*caption, "")]], *read] if caption else read
        records += len(read)
        at = stop
    if records < _LEAST_ROWS or not tall:
        page.note_failure("stanzas", i, begun)
        return None
    places = [[(c, r == 0) for c in range(len(row))] for r, row in enumerate(rows)]
    return [Draft("table", rows, page=lines[i].page, columns=places)], at


def _read_heads(page: Page, i: int) -> tuple[tuple[list[tuple[int, int]], Cells] | None, int]:
    """The places of the heads with their words, which may stand on several lines; and the line after."""
    at = i + 1
    while at < len(page.lines) and not page.lines[at].blanks and at - i < _HEAD_LINES:
        if any(sign.isdigit() for sign in page.lines[at].text):
            break
        at += 1
    rows = [Row(page, line) for line in page.lines[i:at]]
    if any(is_amount(cell_text(page, row, c)) for row in rows for c in range(len(row.parts))):
        return None, i
    places: list[tuple[int, int]] = []
    for left, right in sorted(place for row in rows for place in zip(row.lefts, row.rights, strict=True)):
        if places and left < places[-1][1]:
            places[-1] = (places[-1][0], max(right, places[-1][1]))
        else:
            places.append((left, right))
    cells: Cells = [[] for _ in places]
    for row in rows:
        for part, left in zip(row.parts, row.lefts, strict=True):
            extend_cell(page, cells[next(c for c, (low, high) in enumerate(places) if low <= left < high)], part)
    words = [" ".join(plain(page.base, a, b) for a, b, _ in cell) for cell in cells]
    if len(cells) < _LEAST_HEADS or sum(is_known(_BRACKETS.sub("", text)) for text in words) * 2 < len(words):
        return None, i
    return (places, cells), at


def _is_caption(page: Page, stanza: list[Row], places: list[tuple[int, int]]) -> bool:
    """Whether the first line of a stanza stands alone in the first column, above a line that begins anew there."""
    if len(stanza) < 2 or len(stanza[0].parts) > 1 or _column(stanza[0].lefts[0], stanza[0].rights[0], places) != 0:
        return False
    below = _words_at(page, [row for row in stanza[1:] if len(row.parts) > 1][:1], 0, places)
    text = cell_text(page, stanza[0], 0)
    return bool(below) and not (is_lower(below) or ends_open(text) or ends_hyphenated(text))


def _divide(page: Page, stanza: list[Row], places: list[tuple[int, int]]) -> list[list[Row]] | None:
    """The rows of a stanza as the lines of each: one where no column has two sums, else a row about each sum, the lines
    between two of them given to the one whose words they go on with; None where that is not told."""
    at: dict[int, list[int]] = {}
    for k, row in enumerate(stanza):
        for c, (left, right) in enumerate(zip(row.lefts, row.rights, strict=True)):
            column = _column(left, right, places)
            if column is not None and is_amount(cell_text(page, row, c)):
                at.setdefault(column, []).append(k)
    marks = max(at.values(), key=len, default=[])
    if len(marks) < 2:
        return [stanza] if len(stanza) <= _TALLEST else None
    groups = [[stanza[k]] for k in marks]
    groups[0][:0] = stanza[: marks[0]]
    groups[-1] += stanza[marks[-1] + 1 :]
    for k, (low, high) in enumerate(pairwise(marks)):
        below: list[Row] = []
        for row in stanza[low + 1 : high]:
            side = _side(page, row, groups[k], [*below, stanza[high]], places)
            if side is None or side < 0 and below:
                return None
            (below if side > 0 else groups[k]).append(row)
        groups[k + 1][:0] = below
    return groups if all(len(group) <= _TALLEST for group in groups) else None


def _side(page: Page, row: Row, above: list[Row], below: list[Row], places: list[tuple[int, int]]) -> int | None:
    """-1 where a line goes on with the row above, 1 where the row below goes on with it; None where neither is told."""
    for c, (left, right) in enumerate(zip(row.lefts, row.rights, strict=True)):
        text, column = cell_text(page, row, c), _column(left, right, places)
        ended = _words_at(page, above[::-1], column, places)
        if is_lower(text) or ended and (ends_open(ended) or ends_hyphenated(ended)):
            return -1
        following = _words_at(page, below, column, places)
        if following and is_lower(following) or ends_open(text) or ends_hyphenated(text):
            return 1
    return None


def _words_at(page: Page, rows: list[Row], column: int | None, places: list[tuple[int, int]]) -> str:
    """The words of the first row that has some in a column."""
    for row in rows:
        for c, (left, right) in enumerate(zip(row.lefts, row.rights, strict=True)):
            if _column(left, right, places) == column:
                return cell_text(page, row, c)
    return ""


def _read_row(page: Page, stanza: list[Row], places: list[tuple[int, int]]) -> Cells | None:
    """The cells of the row that a stanza is; None where it is none, or holds several."""
    cells: Cells = [[] for _ in places]
    sums: set[int] = set()
    for row in stanza:
        for c, (left, right) in enumerate(zip(row.lefts, row.rights, strict=True)):
            column = _column(left, right, places)
            if column is None:
                return None
            if is_amount(cell_text(page, row, c)):
                if column in sums:
                    return None
                sums.add(column)
            extend_cell(page, cells[column], row.parts[c])
    filled = sum(bool(cell) for cell in cells)
    return cells if filled * 2 > len(places) else None


def _column(left: int, right: int, places: list[tuple[int, int]]) -> int | None:
    """The head below which a part stands: at its left edge, else at its right one, else the one that it overlaps."""
    lefts = [c for c, (low, _) in enumerate(places) if abs(left - low) <= EDGE]
    if lefts:
        return lefts[0] if lefts[0] + 1 == len(places) or right <= places[lefts[0] + 1][0] else None
    over = [c for c, (low, high) in enumerate(places) if left < high and low < right]
    if len(over) == 1:
        return over[0]
    ends = [c for c, (_, high) in enumerate(places) if abs(right - high) <= EDGE]
    return ends[0] if ends and not over else None
