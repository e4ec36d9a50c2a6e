"""Tables in plain text: columns divided by gaps, rows that end in an amount, and cells on lines of their own."""

from __future__ import annotations

from itertools import pairwise

from kg.clean.assemble import Draft
from kg.clean.fields import split_field
from kg.clean.grid import EDGE, Row, build_table, cell_text, extend_cell, is_head, repeats_head
from kg.clean.lexicon import layout_words
from kg.clean.lines import Line, plain
from kg.clean.rows import read_rows
from kg.clean.rules import Page
from kg.clean.stanzas import read_stanzas
from kg.clean.vertical import read_vertical
from kg.clean.words import (
    SECTION,
    has_ended,
    is_amount,
    is_caption,
    is_known_label,
    is_label_alone,
    is_lower,
    is_numbered_title,
    is_organisation,
    label_of,
)


def read_table(page: Page, i: int) -> tuple[list[Draft], int] | None:
    """The table or the aligned fields that begin at line ``i``, with the index of the line after, or None."""
    line = page.lines[i]
    found = _read_labels_above(page, i)
    if found:
        return found
    if len(line.parts) > 1 or line.indent >= 12 or is_caption(line.text) or _next_has_parts(page, i):
        found = read_stanzas(page, i) or _read_gapped(page, i)
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


def _aligned(a: Row, b: Row) -> bool:
    """Whether the last cells of two rows stand under one another, at the right or the left edge."""
    if abs(a.rights[-1] - b.rights[-1]) <= EDGE or abs(a.lefts[-1] - b.lefts[-1]) <= 1:
        return True
    if any(abs(left - other) <= 1 for left in a.lefts[1:] for other in b.lefts[1:]):
        return True
    if sum(abs(right - other) <= 1 for right in a.rights[1:] for other in b.rights[1:]) > 1:
        return True
    return a.lefts[-1] < b.rights[-1] and b.lefts[-1] < a.rights[-1] and len(a.parts) != len(b.parts)


def _under(row: Row, head: Row) -> bool:
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
    rows: list[Row] = []
    many: list[Row] = []
    end = i
    while end < len(lines):
        line = lines[end]
        row = Row(page, line)
        if (
            rows
            and line.blanks
            and not (line.cut and repeats_head(page, row, rows[0]))
            and not (line.blanks == 1 and _stands_below_repeated_head(page, rows))
            and (line.blanks > 1 or not _resumes(page, end, row, many))
        ):
            break
        if (
            len(row.parts) == 2
            and is_numbered_title(page.base, line)
            and (not many or len(many[0].parts) == 2)
            and (not is_amount(cell_text(page, row, 1)))
        ):
            break
        if len(row.parts) > 1:
            if many and not any(_aligned(row, other) or _under(row, other) for other in [*many[-3:], many[0]]):
                break
            rows.append(row)
            many.append(row)
        elif not (_stands_below_repeated_head(page, rows) and is_lower(line.text)) and not _belongs(
            page, end, row, many
        ):
            break
        else:
            rows.append(row)
        end += 1
    while rows and len(rows[-1].parts) == 1 and not (many and rows[-1].lefts[0] >= many[-1].lefts[1] - EDGE):
        rows.pop()
        end -= 1
    if (
        not many
        or len(rows) < 2
        or len(many) < 2
        and not (len(rows[0].parts) == 1 and is_amount(cell_text(page, many[0], -1)))
    ):
        page.note_failure("gapped", i, end)
        return None
    found = _decide(page, rows, many, end)
    if found is None:
        page.note_failure("gapped", i, end)
    return found


def _stands_below_repeated_head(page: Page, rows: list[Row]) -> bool:
    """Whether the rows so far end with the heads said again, on a line or two, as at the top of a page."""
    if len(rows) > 4 and repeats_head(page, rows[-1], rows[1]):
        rows = rows[:-1]
    return len(rows) > 2 and repeats_head(page, rows[-1], rows[0])


def _resumes(page: Page, i: int, row: Row, many: list[Row]) -> bool:
    """Whether a row after a blank line still belongs to the table."""
    if not many:
        return False
    if len(row.parts) > 1:
        return (
            any(_aligned(row, other) for other in many[-2:])
            and not is_head(page, row)
            and any(is_amount(cell_text(page, row, c)) for c in range(1, len(row.parts)))
        )
    following = page.lines[i + 1] if i + 1 < len(page.lines) else None
    return is_caption(row.line.text) and following is not None and following.blanks <= 1 and len(following.parts) > 1


def _belongs(page: Page, i: int, row: Row, many: list[Row]) -> bool:
    """Whether a row of one cell belongs to the table: a caption, a head over the last column, a wrapped cell."""
    text = row.line.text
    following = page.lines[i + 1] if i + 1 < len(page.lines) else None
    below = (
        Row(page, following) if following is not None and following.blanks <= 1 and len(following.parts) > 1 else None
    )
    if not many:
        if below is None:
            return False
        if is_caption(text):
            return True
        return row.lefts[0] >= 12 and row.lefts[0] > below.rights[0] and abs(row.rights[0] - below.rights[-1]) <= EDGE
    if row.lefts[0] >= many[-1].lefts[1] - EDGE:
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


def _is_known_head(page: Page, row: Row) -> bool:
    words = layout_words()
    texts = [cell_text(page, row, c).casefold() for c in range(len(row.parts))]
    return all(text in words.heads or text in words.labels for text in texts)


def _decide(page: Page, rows: list[Row], many: list[Row], end: int) -> tuple[list[Draft], int] | None:
    """A table, a run of fields, or neither."""
    two = all(len(row.parts) == 2 for row in many)
    if not _is_known_head(page, many[0]) and all(_narrow(row) for row in many):
        return None
    values = sum(1 for row in many if is_amount(cell_text(page, row, -1)))
    if two:
        firsts = [cell_text(page, row, 0) for row in many]
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
        if values == 0 and any(label_of(cell_text(page, row, 1)) for row in many):
            return None
        if values < 0.3 * len(many) and _is_prose(page, many):
            return None
    elif values == 0 and len(many) < 3 and not is_head(page, many[0]):
        return None
    return [build_table(page, rows, many)], end


def _ends_in_label(text: str) -> bool:
    """Whether the last word is a label: "Svensk stödmottagare"."""
    return is_known_label(text.split()[-1]) and not is_organisation(text) and len(text.split()) <= 3


def _narrow(row: Row) -> bool:
    """Whether no gap of the row is wider than two columns, as after a sentence."""
    return all(b[0] - a[1] <= 2 for a, b in pairwise(row.parts))


def _left_aligned(many: list[Row]) -> bool:
    return max(row.lefts[-1] for row in many) - min(row.lefts[-1] for row in many) <= 1


def _is_prose(page: Page, many: list[Row]) -> bool:
    """Two columns of running text: cells begin in lower case on both sides."""
    lower = sum(1 for row in many if is_lower(cell_text(page, row, 0)) or is_lower(cell_text(page, row, -1)))
    return lower > 0.3 * len(many)


def _fields(page: Page, rows: list[Row]) -> list[Draft]:
    drafts: list[Draft] = []
    for row in rows:
        told = [split_field(page.base, *part, "field", row.line.page) for part in row.parts]
        if all(told):  # each part a label with its value: "Sökt stöd: 612 000 kr      Total kostnad: 874 000 kr"
            drafts += [draft for draft in told if draft is not None]
            continue
        if len(row.parts) == 1:
            if drafts:
                extend_cell(page, drafts[-1].rows[0][1], row.parts[0])
            continue
        (start, stop), value = row.parts
        if page.base[stop - 1] == ":":
            stop -= 1
        drafts.append(Draft("field", [[[(start, stop, "")], [(*value, "")]]], page=row.line.page))
    return drafts


# --- rows that end in an amount, cells divided by one blank ---
