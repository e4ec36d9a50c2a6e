"""The cells of a table whose columns are divided by gaps: which column each stands in, and which lines wrap."""

from __future__ import annotations

import re

from kg.clean.assemble import Draft, Run
from kg.clean.lexicon import layout_words
from kg.clean.lines import Line, plain
from kg.clean.rules import Page
from kg.clean.words import LETTER, SECTION, ends_hyphenated, ends_open, is_amount, is_caption, is_lower, match_marker

Span = tuple[int, int]  # a run of raw text
EDGE = 2  # columns by which aligned cells may differ


class Row:
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
            and (match_marker(before + " x") or SECTION.fullmatch(before))
        ):
            parts[-1] = (parts[-1][0], part[1])
        else:
            parts.append(part)
    return parts


def cell_text(page: Page, row: Row, cell: int) -> str:
    return plain(page.base, *row.parts[cell])


def is_known(text: str) -> bool:
    """Whether the words head a column, or are a label, in the lexicon."""
    words, text = layout_words(), text.casefold().rstrip(":")
    return text in words.heads or text in words.labels


def is_head(page: Page, row: Row) -> bool:
    words = layout_words()
    texts = [cell_text(page, row, c).casefold().rstrip(":") for c in range(len(row.parts))]
    known = sum(1 for text in texts if text in words.heads or text in words.labels)
    return (
        known == len(texts)
        or known >= 1
        and not any(is_amount(text) for text in texts[1:])
        and all(LETTER.search(t) for t in texts)
    )


def extend_cell(page: Page, cell: list[Run], span: Span) -> None:
    """Append a wrapped line to a cell, a hyphen at the break resolved."""
    glue = " "
    if cell:
        before = plain(page.base, cell[-1][0], cell[-1][1])
        if ends_hyphenated(before) and is_lower(plain(page.base, *span)):
            cell[-1] = (cell[-1][0], cell[-1][1] - 1, cell[-1][2])
            glue = ""
    cell.append((*span, glue))


def build_table(page: Page, rows: list[Row], many: list[Row]) -> Draft:
    bounds = _columns(many + [row for row in rows if len(row.parts) == 1 and row.lefts[0] >= 12])
    cells_of: list[list[list[Run]]] = []
    places: list[list[tuple[int, bool]]] = []
    pending: Span | None = None
    joined: Row | None = None
    for k, row in enumerate(rows):
        if len(row.parts) == 1:
            left = row.lefts[0]
            text = row.line.text
            if cells_of and left >= many[0].lefts[1] - EDGE and row is not rows[0]:
                column = _place(row, bounds)[0] if bounds else len(cells_of[-1]) - 1
                target = cells_of[-1][column] if column < len(cells_of[-1]) else []
                if target and not _wraps(page, rows[k - 1], row, column, bounds):
                    cells_of.append([[] for _ in range(column)] + [[(*row.parts[0], "")]])
                    places.append([(c, False) for c in range(column + 1)])
                elif target:
                    extend_cell(page, target, row.parts[0])
                else:
                    while len(cells_of[-1]) <= column:
                        cells_of[-1].append([])
                        places[-1].append((len(places[-1]), False))
                    cells_of[-1][column].append((*row.parts[0], ""))
                continue
            last = next((k for k in range(len(cells_of) - 1, -1, -1) if not places[k][0][1]), -1)
            if cells_of and is_lower(text) and not is_caption(text) and cells_of[last][0]:
                extend_cell(page, cells_of[last][0], row.parts[0])
                continue
            after = rows[k + 1] if k + 1 < len(rows) else None
            if (
                after is not None
                and len(after.parts) > 1
                and not is_caption(text)
                and (ends_hyphenated(text) or ends_open(text) or is_lower(cell_text(page, after, 0)))
            ):
                pending = row.parts[0]
                continue
        row = _split_tight(page, row, bounds, many)
        columns = _place(row, bounds)
        below_head = k == 1 or bool(joined) and len(row.parts) > 1 and repeats_head(page, rows[k - 1], rows[0])
        if below_head and places and places[-1][0][1] and _goes_on_with_head(page, row, columns, cells_of[-1], rows):
            for part, column in zip(row.parts, columns, strict=True):
                while len(cells_of[-1]) <= column:
                    cells_of[-1].append([])
                    places[-1].append((len(places[-1]), True))
                extend_cell(page, cells_of[-1][column], part)
            joined = row
            continue
        if k > 1 and cells_of and _goes_on_with_row(page, row, columns, cells_of[-1], places[-1]):
            for part, column in zip(row.parts, columns, strict=True):
                while len(cells_of[-1]) <= column:
                    cells_of[-1].append([])
                    places[-1].append((len(places[-1]), False))
                extend_cell(page, cells_of[-1][column], part)
            continue
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
            and repeats_head(page, row, rows[0])
        )
        cells_of.append(line_cells)
        places.append([(c, header) for c in range(len(line_cells))])
    return Draft("table", cells_of, page=rows[0].line.page, columns=places)


_WORDS_AND_AMOUNT = re.compile(r"[^\d\n]*[^\W\d][^\d\n]*?( )(?=\d[\d .,]*$)")


def _split_tight(page: Page, row: Row, bounds: list[tuple[int, int]], many: list[Row]) -> Row:
    """A row in which one blank alone divides a long cell from the amount in the next column, as two cells."""
    for i, (start, end) in enumerate(row.parts):
        under = [c for c, (low, high) in enumerate(bounds) if min(row.rights[i], high) > max(row.lefts[i], low)]
        if len(under) != 2:
            continue
        low, high = bounds[under[1]]
        m = _WORDS_AND_AMOUNT.match(page.base, start, end)
        if m is not None and is_amount(plain(page.base, m.end(), end)) and abs(row.rights[i] - high) <= EDGE:
            cut = m.start(1)
        else:  # 'Sju byar vid älven Jämtkraft AB': a word begins right where the next column does
            full = [o for o in many if len(o.parts) == len(bounds)]
            if len(row.parts) + 1 != len(bounds) or sum(low in o.lefts for o in full) * 3 < len(full) * 2:
                continue
            cut = start + low - row.lefts[i] - 1
            if not start < cut < end - 1 or page.base[cut] != " " or not page.base[cut + 1].isupper():
                continue
        split = Row(page, row.line)
        split.parts = [*row.parts[:i], (start, cut), (cut + 1, end), *row.parts[i + 1 :]]
        split.lefts = [row.line.indent + a - row.line.start for a, _ in split.parts]
        split.rights = [row.line.indent + b - row.line.start for _, b in split.parts]
        return split
    return row


def _goes_on_with_head(page: Page, row: Row, columns: list[int], above: list[list[Run]], rows: list[Row]) -> bool:
    """Whether the row below the heads holds the second line of some: 'stöd, kr' below 'Beviljat', or 'Projekt' on a
    level with 'kommun' below 'Luleå', where the first line heads no first column and sums follow."""
    texts = [cell_text(page, row, c) for c in range(len(row.parts))]
    if columns[0] and columns[-1] < len(above) and all(is_lower(text) for text in texts):
        return True
    if columns[0] or above[0] or not is_known(texts[0]) or any(map(is_amount, texts[1:])):
        return False
    if min(len(rows) - 1, len(texts)) < 2:
        return False
    further = [other for other in rows[2:] if len(other.parts) > 1]
    summed = sum(any(is_amount(cell_text(page, o, c)) for c in range(1, len(o.parts))) for o in further)
    labelled = sum(is_known(cell_text(page, o, 0)) for o in further)
    return summed * 2 > len(further) and labelled * 2 < len(further)


def _goes_on_with_row(
    page: Page, row: Row, columns: list[int], above: list[list[Run]], places: list[tuple[int, bool]]
) -> bool:
    """Whether a row holds the second lines of cells of the row above, which has its sum: nothing but words, each below
    words, and one of them begins in lower case or goes on from an open end."""
    texts = [cell_text(page, row, c) for c in range(len(row.parts))]
    if len(texts) < 2 or row.line.blanks or places[0][1]:
        return False
    free = all(c >= len(above) or not above[c] for c in columns[1:])
    if columns[0] and free and columns[0] < len(above) and above[columns[0]]:
        return is_lower(texts[0])  # the other cells stand on a level with the last line of this one
    if columns[-1] >= len(above) or any(map(is_amount, texts)):
        return False
    ends = [plain(page.base, cell[-1][0], cell[-1][1]) if (cell := above[c]) else "" for c in columns]
    noted = [text[0] == "(" for text in texts]  # '–' with '(avslag)' below it
    if not all(ends) or any(is_amount(e) and not n for e, n in zip(ends, noted, strict=True)):
        return False
    others = [cell for c, cell in enumerate(above) if cell and c not in columns]
    if not any(is_amount(plain(page.base, cell[-1][0], cell[-1][1])) for cell in others):
        return False
    opened = (is_lower(t) or ends_open(e) or ends_hyphenated(e) for t, e in zip(texts, ends, strict=True))
    return any(noted) or any(opened)


_GROUP = 3  # digits of a number that one broken over lines goes on with


def _wraps(page: Page, above: Row, row: Row, column: int, bounds: list[tuple[int, int]]) -> bool:
    """Whether a line of one cell goes on with the cell above it; else it is a line of its own in that column.

    It goes on where it begins in lower case or is a number, where the line above asks for more, or where its first
    word would not have stood on the line above.
    """
    text = row.line.text
    part = next((c for c, left in enumerate(above.lefts) if abs(left - row.lefts[0]) <= EDGE), len(above.parts) - 1)
    before = cell_text(page, above, part)
    if is_amount(text) and is_amount(before) and sum(c.isdigit() for c in text) > _GROUP:
        return False  # a sum below the rows that it adds up
    if (
        is_lower(text)
        or is_amount(text)
        or ends_open(before)
        or ends_hyphenated(before)
        or before[-1] in ",–-"
        or text[0] in "("
    ):
        return True
    if _is_running(before) and _is_running(text):
        return True
    width = bounds[column][1] - bounds[column][0] if bounds else 0
    return len(before) + 1 + len(text.split()[0]) > width


def _is_running(text: str) -> bool:
    """Whether a line of a cell is running text, no name in a list of names: 'Bidrag om 25 000 kr till Umeå'."""
    words = text.split()
    return len(words) >= _RUNNING and sum(is_lower(w) for w in words) > 1 and not text.endswith((".", ";"))


_RUNNING = 5  # words


def _is_header_row(page: Page, row: Row, rows: list[Row]) -> bool:
    if len(row.parts) == 1:
        return row.lefts[0] >= 12
    texts = [cell_text(page, row, c) for c in range(len(row.parts))]
    if any(is_amount(text) and not re.fullmatch(r"(?:19|20)\d\d", text) for text in texts[1:]):
        return False
    return is_head(page, row) or any(is_amount(cell_text(page, other, -1)) for other in rows[1:])


def repeats_head(page: Page, row: Row, head: Row) -> bool:
    return len(row.parts) == len(head.parts) and all(
        cell_text(page, row, c) == cell_text(page, head, c) for c in range(len(row.parts))
    )


def _columns(many: list[Row]) -> list[tuple[int, int]]:
    """The columns as intervals: cells that overlap from row to row stand in one.

    Where a row of fewer cells, such as a head of the next page, bridges columns, the fullest rows alone decide."""
    widest = max(len(row.parts) for row in many)
    full = [row for row in many if len(row.parts) == widest]
    return _merge_columns(many, widest) or (_merge_columns(full, widest) if len(full) > 1 else [])


def _merge_columns(many: list[Row], widest: int) -> list[tuple[int, int]]:
    spans = sorted((left, right) for row in many for left, right in zip(row.lefts, row.rights, strict=True))
    merged: list[list[int]] = []
    for left, right in spans:
        if merged and left < merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], right)
        else:
            merged.append([left, right])
    if len(merged) < widest:
        return []
    return [(left, right) for left, right in merged]


def _place(row: Row, bounds: list[tuple[int, int]]) -> list[int]:
    if not bounds:
        return list(range(len(row.parts)))
    placed: list[int] = []
    for left, right in zip(row.lefts, row.rights, strict=True):
        overlap = [min(right, b) - max(left, a) for a, b in bounds]
        column = max(range(len(bounds)), key=lambda c: overlap[c])
        placed.append(max(column, placed[-1] + 1) if placed else column)
    return placed
