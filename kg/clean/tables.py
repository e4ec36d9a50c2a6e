"""Tables in plain text: columns divided by gaps, rows that end in an amount, and cells on lines of their own."""

from __future__ import annotations

import re
from itertools import pairwise

from kg.clean.assemble import Draft, Run
from kg.clean.lexicon import layout_words
from kg.clean.lines import Line, plain
from kg.clean.rows import VALUE, read_rows
from kg.clean.rules import Page
from kg.clean.vertical import read_vertical
from kg.clean.words import (
    LETTER,
    MARKER,
    SECTION,
    ends_hyphenated,
    ends_open,
    has_ended,
    is_caption,
    is_known_label,
    is_label_alone,
    is_lower,
    is_numbered_title,
    is_organisation,
    label_of,
)

Span = tuple[int, int]

_EDGE = 2  # columns by which aligned cells may differ


def read_table(page: Page, i: int) -> tuple[list[Draft], int] | None:
    """The table or the aligned fields that begin at line ``i``, with the index of the line after; None where none does."""
    line = page.lines[i]
    found = _read_labels_above(page, i)
    if found:
        return found
    if len(line.parts) > 1 or line.indent >= 12 or is_caption(line.text) or _next_has_parts(page, i):
        found = _read_gapped(page, i)
        if found:
            return found
    return read_rows(page, i) or read_vertical(page, i)


def is_label_row(base: str, line: Line) -> bool:
    """Whether every part of the line is a label that stands above its value."""
    return len(line.parts) > 1 and all(is_label_alone(plain(base, *part)) for part in line.parts)


def read_label_row(kind: str, labels: Line, values: Line) -> list[Draft]:
    """A field for each label of a line, its value below it."""
    return [
        Draft(kind, [[[(*label, "")], [(*value, "")]]], page=labels.page)
        for label, value in zip(labels.parts, values.parts, strict=True)
    ]


def _read_labels_above(page: Page, i: int) -> tuple[list[Draft], int] | None:
    lines = page.lines
    if i + 1 >= len(lines) or not is_label_row(page.base, lines[i]):
        return None
    count = len(lines[i].parts)
    if len(lines[i + 1].parts) != count or lines[i + 1].blanks > 1 or is_label_row(page.base, lines[i + 1]):
        return None
    if i + 2 < len(lines) and len(lines[i + 2].parts) == count and lines[i + 2].blanks <= lines[i + 1].blanks:
        return None  # the head of a table
    return read_label_row("field", lines[i], lines[i + 1]), i + 2


def _next_has_parts(page: Page, i: int) -> bool:
    return (
        i + 1 < len(page.lines)
        and len(page.lines[i + 1].parts) > 1
        and page.lines[i].right < 60
        and page.lines[i + 1].blanks == 0
    )


# --- columns divided by gaps ---


class _Row:
    __slots__ = ("line", "parts", "lefts", "rights")

    def __init__(self, page: Page, line: Line) -> None:
        self.line = line
        self.parts: list[Span] = merge_parts(page.base, line)
        self.lefts = [line.indent + a - line.start for a, _ in self.parts]
        self.rights = [line.indent + b - line.start for _, b in self.parts]


def merge_parts(base: str, line: Line) -> list[Span]:
    """The parts of a line, gaps after a sentence's end and after a list marker closed."""
    parts = [line.parts[0]]
    for part in line.parts[1:]:
        before = base[parts[-1][0] : parts[-1][1]]
        narrow = part[0] - parts[-1][1] == 2
        if (
            narrow
            and before[-1] in ".:;,!?"
            or len(parts) == 1
            and (MARKER.match(before + " x") or SECTION.fullmatch(before))
        ):
            parts[-1] = (parts[-1][0], part[1])
        else:
            parts.append(part)
    return parts


def _aligned(a: _Row, b: _Row) -> bool:
    """Whether the last cells of two rows stand under one another, at the right or the left edge."""
    if abs(a.rights[-1] - b.rights[-1]) <= _EDGE or abs(a.lefts[-1] - b.lefts[-1]) <= 1:
        return True
    if any(abs(left - other) <= 1 for left in a.lefts[1:] for other in b.lefts[1:]):
        return True
    return a.lefts[-1] < b.rights[-1] and b.lefts[-1] < a.rights[-1] and len(a.parts) != len(b.parts)


def _under(row: _Row, head: _Row) -> bool:
    """Whether the last cell of ``row`` stands under some cell of ``head`` other than its first."""
    cells = list(zip(head.lefts, head.rights, strict=True))
    return any(
        row.lefts[-1] < right and left < row.rights[-1]
        for left, right in (cells[1:] if len(cells) == 2 else cells)
        if left >= 12
    )


def _read_gapped(page: Page, i: int) -> tuple[list[Draft], int] | None:
    if not page.may_try("gapped", i):
        return None
    lines = page.lines
    rows: list[_Row] = []
    many: list[_Row] = []
    end = i
    while end < len(lines):
        line = lines[end]
        row = _Row(page, line)
        if (
            rows
            and line.blanks
            and not (line.cut and _repeats_head(page, row, rows[0]))
            and (line.blanks > 1 or not _resumes(page, end, row, many))
        ):
            break
        if (
            len(row.parts) == 2
            and is_numbered_title(page.base, line)
            and (not many or len(many[0].parts) == 2)
            and (not VALUE.match(_text(page, row, 1)))
        ):
            break
        if len(row.parts) > 1:
            if many and not any(_aligned(row, other) or _under(row, other) for other in [*many[-3:], many[0]]):
                break
            rows.append(row)
            many.append(row)
        elif not _belongs(page, end, row, many):
            break
        else:
            rows.append(row)
        end += 1
    while rows and len(rows[-1].parts) == 1 and not (many and rows[-1].lefts[0] >= many[-1].lefts[1] - _EDGE):
        rows.pop()
        end -= 1
    if (
        not many
        or len(rows) < 2
        or len(many) < 2
        and not (len(rows[0].parts) == 1 and VALUE.match(_text(page, many[0], -1)))
    ):
        page.note_failure("gapped", i, end)
        return None
    found = _decide(page, rows, many, end)
    if found is None:
        page.note_failure("gapped", i, end)
    return found


def _resumes(page: Page, i: int, row: _Row, many: list[_Row]) -> bool:
    """Whether a row after a blank line still belongs to the table."""
    if not many:
        return False
    if len(row.parts) > 1:
        return (
            _aligned(row, many[-1])
            and not _is_head(page, row)
            and any(VALUE.match(_text(page, row, c)) for c in range(1, len(row.parts)))
        )
    following = page.lines[i + 1] if i + 1 < len(page.lines) else None
    return is_caption(row.line.text) and following is not None and following.blanks <= 1 and len(following.parts) > 1


def _belongs(page: Page, i: int, row: _Row, many: list[_Row]) -> bool:
    """Whether a row of one cell belongs to the table: a caption, a head over the last column, a wrapped cell."""
    text = row.line.text
    following = page.lines[i + 1] if i + 1 < len(page.lines) else None
    below = (
        _Row(page, following) if following is not None and following.blanks <= 1 and len(following.parts) > 1 else None
    )
    if not many:
        if below is None:
            return False
        if is_caption(text):
            return True
        return row.lefts[0] >= 12 and row.lefts[0] > below.rights[0] and abs(row.rights[0] - below.rights[-1]) <= _EDGE
    if row.lefts[0] >= many[-1].lefts[1] - _EDGE:
        return True
    if has_ended(text) or SECTION.match(text):
        return False
    if is_caption(text) and below is not None:
        return True
    if row.line.blanks:
        return False
    return (is_lower(text) and len(many[-1].parts) > 1 and abs(row.lefts[0] - many[-1].lefts[0]) <= 4) or (
        below is not None and below.line.blanks == 0 and _aligned(below, many[-1]) and len(text) < 60
    )


def _text(page: Page, row: _Row, cell: int) -> str:
    return plain(page.base, *row.parts[cell])


def _is_head(page: Page, row: _Row) -> bool:
    words = layout_words()
    texts = [_text(page, row, c).casefold().rstrip(":") for c in range(len(row.parts))]
    known = sum(1 for text in texts if text in words.heads or text in words.labels)
    return (
        known == len(texts)
        or known >= 1
        and not any(VALUE.match(text) for text in texts[1:])
        and all(LETTER.search(t) for t in texts)
    )


def _is_known_head(page: Page, row: _Row) -> bool:
    words = layout_words()
    texts = [_text(page, row, c).casefold() for c in range(len(row.parts))]
    return all(text in words.heads or text in words.labels for text in texts)


def _decide(page: Page, rows: list[_Row], many: list[_Row], end: int) -> tuple[list[Draft], int] | None:
    """A table, a run of fields, or neither."""
    two = all(len(row.parts) == 2 for row in many)
    if not _is_known_head(page, many[0]) and all(_narrow(row) for row in many):
        return None
    values = sum(1 for row in many if VALUE.match(_text(page, row, -1)))
    if two:
        firsts = [_text(page, row, 0) for row in many]
        labelled = sum(1 for text in firsts if text.endswith(":") or is_known_label(text) or _ends_in_label(text))
        if (
            labelled >= (0.6 if values > 0.7 * len(many) else 0.4) * len(many)
            and not _is_known_head(page, many[0])
            and rows[0] is many[0]
        ):
            return _fields(page, rows), end
        if values < 0.4 * len(many) and len(many) < 3 and not _is_known_head(page, many[0]):
            return None
        if (
            values < 0.3 * len(many)
            and not _is_known_head(page, many[0])
            and (len(many) < 3 or not _left_aligned(many))
        ):
            return None
        if values == 0 and any(label_of(_text(page, row, 1)) for row in many):
            return None
        if values < 0.3 * len(many) and _is_prose(page, many):
            return None
    elif values == 0 and len(many) < 3 and not _is_head(page, many[0]):
        return None
    return [_table(page, rows, many)], end


def _ends_in_label(text: str) -> bool:
    """Whether the last word is a label: "Svensk stödmottagare"."""
    return is_known_label(text.split()[-1]) and not is_organisation(text) and len(text.split()) <= 3


def _narrow(row: _Row) -> bool:
    """Whether no gap of the row is wider than two columns, as after a sentence."""
    return all(b[0] - a[1] <= 2 for a, b in pairwise(row.parts))


def _left_aligned(many: list[_Row]) -> bool:
    return max(row.lefts[-1] for row in many) - min(row.lefts[-1] for row in many) <= 1


def _is_prose(page: Page, many: list[_Row]) -> bool:
    """Two columns of running text: cells begin in lower case on both sides."""
    lower = sum(1 for row in many if is_lower(_text(page, row, 0)) or is_lower(_text(page, row, -1)))
    return lower > 0.3 * len(many)


def _fields(page: Page, rows: list[_Row]) -> list[Draft]:
    drafts: list[Draft] = []
    for row in rows:
        if len(row.parts) == 1:
            if drafts:
                _extend(page, drafts[-1].rows[0][1], row.parts[0])
            continue
        (start, stop), value = row.parts
        if page.base[stop - 1] == ":":
            stop -= 1
        drafts.append(Draft("field", [[[(start, stop, "")], [(*value, "")]]], page=row.line.page))
    return drafts


def _extend(page: Page, cell: list[Run], span: Span) -> None:
    """Append a wrapped line to a cell, a hyphen at the break resolved."""
    glue = " "
    if cell:
        before = plain(page.base, cell[-1][0], cell[-1][1])
        if ends_hyphenated(before) and is_lower(plain(page.base, *span)):
            cell[-1] = (cell[-1][0], cell[-1][1] - 1, cell[-1][2])
            glue = ""
    cell.append((*span, glue))


def _table(page: Page, rows: list[_Row], many: list[_Row]) -> Draft:
    bounds = _columns(many + [row for row in rows if len(row.parts) == 1 and row.lefts[0] >= 12])
    cells_of: list[list[list[Run]]] = []
    places: list[list[tuple[int, bool]]] = []
    pending: Span | None = None
    for k, row in enumerate(rows):
        if len(row.parts) == 1:
            left = row.lefts[0]
            text = row.line.text
            if cells_of and left >= many[0].lefts[1] - _EDGE and row is not rows[0]:
                column = _place(row, bounds)[0] if bounds else len(cells_of[-1]) - 1
                target = cells_of[-1][column] if column < len(cells_of[-1]) else []
                if target and not _wraps(page, rows[k - 1], row, column, bounds):
                    cells_of.append([[] for _ in range(column)] + [[(*row.parts[0], "")]])
                    places.append([(c, False) for c in range(column + 1)])
                elif target:
                    _extend(page, target, row.parts[0])
                else:
                    while len(cells_of[-1]) <= column:
                        cells_of[-1].append([])
                        places[-1].append((len(places[-1]), False))
                    cells_of[-1][column].append((*row.parts[0], ""))
                continue
            if cells_of and is_lower(text) and not is_caption(text) and cells_of[-1][0]:
                _extend(page, cells_of[-1][0], row.parts[0])
                continue
            after = rows[k + 1] if k + 1 < len(rows) else None
            if (
                after is not None
                and len(after.parts) > 1
                and not is_caption(text)
                and (ends_hyphenated(text) or ends_open(text) or is_lower(_text(page, after, 0)))
            ):
                pending = row.parts[0]
                continue
        columns = _place(row, bounds)
        line_cells: list[list[Run]] = [[] for _ in range(max(columns) + 1)]
        for part, column in zip(row.parts, columns, strict=True):
            line_cells[column].append((*part, " " if line_cells[column] else ""))
        if pending is not None:
            line_cells[0] = [(*pending, "")] + [(a, b, " ") for a, b, _ in line_cells[0]]
            pending = None
        header = (
            not cells_of
            and _is_header_row(page, row, rows)
            or bool(cells_of)
            and len(row.parts) > 1
            and _repeats_head(page, row, rows[0])
        )
        cells_of.append(line_cells)
        places.append([(c, header) for c in range(len(line_cells))])
    return Draft("table", cells_of, page=rows[0].line.page, columns=places)


def _wraps(page: Page, above: _Row, row: _Row, column: int, bounds: list[tuple[int, int]]) -> bool:
    """Whether a line of one cell goes on with the cell above it; else it is a line of its own in that column.

    It goes on where it begins in lower case or is a number, where the line above asks for more, or where its first
    word would not have stood on the line above.
    """
    text = row.line.text
    part = next((c for c, left in enumerate(above.lefts) if abs(left - row.lefts[0]) <= _EDGE), len(above.parts) - 1)
    before = _text(page, above, part)
    if (
        is_lower(text)
        or VALUE.match(text)
        or ends_open(before)
        or ends_hyphenated(before)
        or before[-1] in ",–-"
        or text[0] in "("
    ):
        return True
    width = bounds[column][1] - bounds[column][0] if bounds else 0
    return len(before) + 1 + len(text.split()[0]) > width


def _is_header_row(page: Page, row: _Row, rows: list[_Row]) -> bool:
    if len(row.parts) == 1:
        return row.lefts[0] >= 12
    texts = [_text(page, row, c) for c in range(len(row.parts))]
    if any(VALUE.match(text) and not re.fullmatch(r"(?:19|20)\d\d", text) for text in texts[1:]):
        return False
    return _is_head(page, row) or any(VALUE.match(_text(page, other, -1)) for other in rows[1:])


def _repeats_head(page: Page, row: _Row, head: _Row) -> bool:
    return len(row.parts) == len(head.parts) and all(
        _text(page, row, c) == _text(page, head, c) for c in range(len(row.parts))
    )


def _columns(many: list[_Row]) -> list[tuple[int, int]]:
    """The columns as intervals: cells that overlap from row to row stand in one."""
    spans = sorted((left, right) for row in many for left, right in zip(row.lefts, row.rights, strict=True))
    merged: list[list[int]] = []
    for left, right in spans:
        if merged and left < merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], right)
        else:
            merged.append([left, right])
    if len(merged) < max(len(row.parts) for row in many):
        return []
    return [(left, right) for left, right in merged]


def _place(row: _Row, bounds: list[tuple[int, int]]) -> list[int]:
    if not bounds:
        return list(range(len(row.parts)))
    placed: list[int] = []
    for left, right in zip(row.lefts, row.rights, strict=True):
        overlap = [min(right, b) - max(left, a) for a, b in bounds]
        column = max(range(len(bounds)), key=lambda c: overlap[c])
        placed.append(max(column, placed[-1] + 1) if placed else column)
    return placed


# --- rows that end in an amount, cells divided by one blank ---
