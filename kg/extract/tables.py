"""Tables as grids of cells, with the unit in which they count and what their columns hold."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise, takewhile

from kg.extract.frame import Found
from kg.extract.money import UNIT_SCALES, kronor
from kg.extract.view import View
from kg.lexicon import ONE_PAPER, Lexicon, fold, phrase_pattern, shape
from kg.model import Block, Cell, TypedSpan, Value

YEAR = re.compile(r"(?:19|20)\d\d")
_BRACKET = re.compile(r"\s*\([^)]*\)")
_MAY_HOLD_UNIT = shape("tables", "may_hold_unit")
_UNIT_IN = shape("tables", "unit_in")
_UNIT_REACH = 30
_UNIT_OR_YEAR = shape("tables", "unit_or_year")
_BESIDE_NUMBER = shape("tables", "beside_number")


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as rows of cells; ``head`` is the index of the head row or -1; ``scale`` the unit of bare numbers in
    kronor (0 where the table counts another currency); ``caption`` the heading above; ``fields``: a run of labels;
    ``turned``: the paper prints its rows as columns."""

    block: Block
    rows: tuple[tuple[Cell, ...], ...]
    head: int
    scale: int
    caption: str
    fields: bool = False
    turned: bool = False


def read_grids(view: View, lexicon: Lexicon) -> list[Grid]:
    """All tables; runs of fields whose values are sums count as tables of two columns."""
    grids = []
    run: list[Block] = []
    for block in [*view.blocks, None]:
        if (
            block is not None
            and block.kind == "field"
            and view.spans_in(block.cells[1].start, block.cells[1].end, "money", "number")
        ):
            run.append(block)
            continue
        if len(run) >= 2:
            grids.append(_grid_of_fields(view, lexicon, run))
        run = []
        if block is not None and block.kind == "table":
            grid = _with_scale_above(view, lexicon, _grid(view, lexicon, block), grids)
            grids += [part for side in _beside(view, lexicon, grid) for part in _parted(view, lexicon, side)]
    return _with_heads_apart(view, lexicon, grids)


_APART = 2  # blocks from a head to the rows that it stands above


def _with_heads_apart(view: View, lexicon: Lexicon, grids: list[Grid]) -> list[Grid]:
    """Rows without a head of their own get that of a table right above that is nothing but heads, or that they go on
    with on the next page."""
    found: list[Grid] = []
    for grid in grids:
        above = found[-1] if found else None
        if above is not None and not grid.fields and grid.head < 0 and above.head >= 0:
            near = view.block_index(grid.block.start) - view.block_index(above.block.start) <= _APART
            last = max(c.column for c in above.rows[above.head])
            if not near or last != max((c.column for row in grid.rows for c in row), default=-1):
                pass
            elif _is_only_head(view, lexicon, above):
                told = _scale(lexicon, " ".join(cell_text(view, c) for row in above.rows for c in row))
                rows = (*above.rows, *grid.rows)
                grid = replace(grid, rows=rows, head=0, scale=told if told != 1 else grid.scale)
            elif _goes_on(view, above, grid):
                head = above.rows[above.head : above.head + 1]
                grid = replace(grid, rows=(*head, *grid.rows), head=0, scale=above.scale, caption=above.caption)
        found.append(grid)
    return found


def _goes_on(view: View, above: Grid, grid: Grid) -> bool:
    """Whether a table begins where the one above, of three columns or more, was cut by the end of a page: nothing but
    a page's head or foot stands between them."""
    if above.fields or len(above.rows[above.head]) < 3 or above.rows[above.head][0].start >= grid.block.start:
        return False
    first, last = view.block_index(above.block.start), view.block_index(grid.block.start)
    return first < last and all(b.kind == "furniture" for b in view.blocks[first + 1 : last])


def _is_only_head(view: View, lexicon: Lexicon, grid: Grid) -> bool:
    """Whether a table holds nothing but the heads of columns, on a line or two."""
    if grid.head != 0 or grid.fields or len(grid.rows) > 3 or len(grid.rows[0]) < 3:
        return False
    cells = [c for row in grid.rows for c in row]
    if any(number_in(view, c) for c in cells):
        return False
    return len(grid.rows) == 1 or all(c.column for row in grid.rows[1:] for c in row if c.start < c.end)


def _with_scale_above(view: View, lexicon: Lexicon, grid: Grid, before: list[Grid]) -> Grid:
    """A table with the heads of the one above, on the next page, counts in its unit where it tells none."""
    if not before or grid.scale != 1 or grid.head < 0 or before[-1].head < 0:
        return grid
    heads = [[cell_text(view, c) for c in g.rows[g.head]] for g in (before[-1], grid)]
    told = _unit(lexicon, f"{' '.join(heads[1])} {grid.caption}")
    return replace(grid, scale=before[-1].scale) if heads[0] == heads[1] and told is None else grid


def _beside(view: View, lexicon: Lexicon, grid: Grid) -> list[Grid]:
    """Two tables printed side by side, 'Kostnadsslag | Kronor | Finansiär | Kronor', as one each; others as it is."""
    head = grid.rows[grid.head] if grid.head >= 0 else ()
    starts = [c.column for c in head if {"cost_item", "funder"} & set(column_roles(lexicon, cell_text(view, c)))]
    if len(starts) != 2 or starts[0] or starts[1] < 2 or len(head) < starts[1] + 2:
        return [grid]
    parts = []
    for low, high in ((0, starts[1]), (starts[1], len(head))):
        rows = [
            tuple(replace(c, column=c.column - low) for c in row if low <= c.column < high and cell_text(view, c))
            for row in grid.rows
        ]
        kept = tuple(row for row in rows if row and row[0].column == 0)
        parts.append(replace(grid, rows=kept, head=0))
    return parts


def _parted(view: View, lexicon: Lexicon, grid: Grid) -> list[Grid]:
    """A table whose rows name parts ('Kostnader', 'Finansiering') as a table for each; others as they are."""
    if grid.turned:
        return [grid]
    first = grid.rows[grid.head] if grid.head >= 0 else ()
    heads = {i for i, row in enumerate(grid.rows) if i > max(grid.head, 0) and _is_further_head(view, lexicon, row)}
    starts = [
        i
        for i, row in enumerate(grid.rows)
        if i in heads
        or i != grid.head
        and sum(bool(cell_text(view, c)) for c in row) == 1
        and {"cost_item", "funder"} & set(column_roles(lexicon, cell_text(view, row[0])))
    ]
    if not starts:
        return [grid]
    parts = []
    head = first
    ends = [*starts[1:], len(grid.rows)]
    for start, end in zip([0, *starts], [starts[0], *ends], strict=True):
        head = grid.rows[start] if start in heads else head
        words = [cell_text(view, c) for c in head]
        rows = [r for r in grid.rows[start:end] if r is not head and [cell_text(view, c) for c in r] != words]
        if start in heads:
            title = cell_text(view, head[0])
            block = replace(grid.block, start=head[0].start, end=rows[-1][-1].end if rows else head[-1].end)
            told = _scale(lexicon, title) if _unit(lexicon, title) else grid.scale
            parts += [Grid(block, (head, *rows), 0, told, title)] if rows else []
            continue
        if start in starts:
            caption = f"{grid.caption} · {cell_text(view, grid.rows[start][0])}"
            rows = rows[1:]
        else:
            caption = grid.caption
        if rows:
            kept = (head, *rows) if head else tuple(rows)
            block = replace(grid.block, start=rows[0][0].start, end=rows[-1][-1].end)
            parts.append(Grid(block, kept, 0 if head else -1, grid.scale, caption))
    return parts


def _is_further_head(view: View, lexicon: Lexicon, row: tuple[Cell, ...]) -> bool:
    """Whether a row within a table heads what follows: 'Finansiering, tkr | 2021 | 2022 | Totalt'."""
    first, others = cell_text(view, row[0]), [cell_text(view, c) for c in row[1:]]
    if len(others) < 2 or not {"cost_item", "funder"} & set(column_roles(lexicon, first)):
        return False
    return all(YEAR.fullmatch(t) or (t and is_sum_row(lexicon, t)) for t in others)


def _grid(view: View, lexicon: Lexicon, block: Block) -> Grid:
    by_row: dict[int, list[Cell]] = {}
    for cell in block.cells:
        by_row.setdefault(cell.row, []).append(cell)
    rows = tuple(tuple(sorted(by_row[r], key=lambda c: c.column)) for r in sorted(by_row))
    head = -1
    for index, row in enumerate(rows[:2]):
        labelled = sum(bool(column_roles(lexicon, cell_text(view, c))) for c in row)
        told = any(view.spans_in(c.start, c.end, "diary_number", "case_id") for c in row) or any(
            s.value.day for c in row for s in view.spans_in(c.start, c.end, "date")
        )
        if told and not any(c.header for c in row):
            continue
        if any(c.header for c in row) or (labelled and not any(number_in(view, c) for c in row)) or (labelled >= 2):
            head = index
            break
    caption = _caption(view, block)
    head_text = " ".join(cell_text(view, c) for c in rows[head]) if head >= 0 else ""
    told_in = (head_text, caption, _unit_above(view, block), _note_below(view, block), told_unit(view, lexicon))
    words = next((w for w in told_in if _unit(lexicon, w)), "")
    grid = Grid(block, rows, head, _scale(lexicon, words), caption)
    return _turned(grid) if _has_fields_as_rows(view, lexicon, rows) else grid


_LEAST_FIELDS = 3
_FIELDS = frozenset(
    {"project", "beneficiary", "diary_number", "case_id", "period", "start", "end", "total", "applied", "granted",
     "outcome", "decision_date", "share", "partner", "municipality", "county"}
)  # fmt: skip


def _has_fields_as_rows(view: View, lexicon: Lexicon, rows: tuple[tuple[Cell, ...], ...]) -> bool:
    """Whether the first column holds labels, that of the project among them, and each further one tells of a project:
    'Projektnamn | Isbana | Ljus i spåret', 'Sökande | A kommun | B kommun'."""
    if len(rows) < _LEAST_FIELDS or max((c.column for row in rows for c in row), default=0) < 2:
        return False
    labels = [set(column_roles(lexicon, cell_text(view, row[0]))) & _FIELDS for row in rows if row[0].column == 0]
    held = [roles for roles in labels if roles]
    if len(held) < _LEAST_FIELDS or len(held) * 5 < len(rows) * 3 or len(set().union(*held)) < _LEAST_FIELDS:
        return False
    if not any("project" in roles for roles in held):
        return False
    return sum(bool(column_roles(lexicon, cell_text(view, c))) for c in rows[0] if c.column) < 2


def _turned(grid: Grid) -> Grid:
    """The table with rows as columns and columns as rows."""
    by_column: dict[int, list[Cell]] = {}
    for r, row in enumerate(grid.rows):
        for c in row:
            by_column.setdefault(c.column, []).append(Cell(c.column, r, c.start, c.end, c.column == 0))
    return replace(grid, rows=tuple(tuple(by_column[c]) for c in sorted(by_column)), head=0, turned=True)


def _unit_above(view: View, block: Block) -> str:
    """The unit with which the paragraph right above a table ends: 'vad varje part bidrar med, i tusental kronor.'"""
    index = view.block_index(block.start)
    above = view.document.block_text(view.blocks[index - 1])[-_UNIT_REACH:] if index else ""
    told = _UNIT_IN.search(above)
    return told.group(1) if told is not None and not above[told.end() :].strip(" .:)") else ""


def _note_below(view: View, block: Block) -> str:
    """The short line right below a table, which may say its unit ('Belopp i tusental kronor')."""
    index = view.block_index(block.start) + 1
    below = view.document.block_text(view.blocks[index]) if index < len(view.blocks) else ""
    return below if len(below) < 60 and "belopp" in fold(below) else ""


def printed_lines(view: View, low: int, high: int) -> list[tuple[int, int]]:
    """The parts of a stretch of text that the paper prints on lines of their own."""
    found, start = [], low
    if low < high and "\n" not in view.document.raw_quote(low, high):
        return [(low, high)]  # most often
    for m in re.finditer(r"\s+", view.text[low:high]):
        gap = (low + m.start(), low + m.end())
        if gap[0] > start and gap[1] < high and "\n" in view.document.raw_quote(gap[0] - 1, gap[1] + 1):
            found.append((start, gap[0]))
            start = gap[1]
    return [*found, (start, high)] if start < high else found


def is_scattered(view: View, lexicon: Lexicon, block: Block) -> bool:
    """Whether a table was put together from lines of one cell each, and its head came out cut, so that the next row
    begins with a head too: then the lines say more than the cells."""
    if view.document.media_type == "text/html" or block.kind != "table":
        return False
    rows: dict[int, list[Cell]] = {}
    for cell in block.cells:
        if cell.start < cell.end:
            rows.setdefault(cell.row, []).append(cell)
    pairs = [(a, b) for row in rows.values() for a, b in pairwise(sorted(row, key=lambda c: c.start))]
    if not pairs or not all("\n" in view.document.raw_quote(a.end - 1, b.start + 1) for a, b in pairs):
        return False
    ordered = [rows[r] for r in sorted(rows)]
    if _heads_first(view, lexicon, [c for row in ordered for c in row]) > len(ordered[0]):
        return True
    if len(ordered) < 3 or len(ordered[1]) >= len(ordered[0]):
        return False
    return all(column_roles(lexicon, cell_text(view, c)) for c in ordered[1])


def _heads_first(view: View, lexicon: Lexicon, cells: list[Cell]) -> int:
    """How many cells from the first on head columns; the first may be that of a number."""
    texts = (cell_text(view, c) for c in cells)
    heads = takewhile(lambda t: t[0] == 0 or bool(column_roles(lexicon, t[1])), enumerate(texts))
    return sum(1 for _ in heads)


def told_unit(view: View, lexicon: Lexicon) -> str:
    """The words that say in which unit the paper counts ('Samtliga belopp i tkr'); empty where none do."""
    m = lexicon.pattern("lists", "counts_in").search(view.text)
    if m is None:
        return ""
    tail = re.split(r"[.;\n]", view.text[m.end() : m.end() + 60])[0]
    told = _UNIT_IN.search(tail)
    return told.group(1) if told else ""


def told_scale(view: View, lexicon: Lexicon) -> int:
    """Kronor in the unit in which the paper says that it counts; 1 where it does not say."""
    return _scale(lexicon, told_unit(view, lexicon))


def _grid_of_fields(view: View, lexicon: Lexicon, run: list[Block]) -> Grid:
    rows = tuple(
        (Cell(i, 0, b.cells[0].start, b.cells[0].end), Cell(i, 1, b.cells[1].start, b.cells[1].end))
        for i, b in enumerate(run)
    )
    caption = _caption(view, run[0])
    block = Block("table", run[0].start, run[-1].end, page=run[0].page, cells=tuple(c for r in rows for c in r))
    return Grid(block, rows, -1, _scale(lexicon, caption), caption, True)


def _caption(view: View, block: Block) -> str:
    index = view.block_index(block.start)
    words = []
    for back in range(1, 4):
        if index - back < 0:
            break
        above = view.blocks[index - back]
        if above.kind == "table":
            break
        text = view.document.block_text(above)
        if above.kind == "heading" or len(text) < 90:
            words.append(text)
        if above.kind == "heading":
            break
    return " · ".join(reversed(words))


@lru_cache(maxsize=8)
def _unit_patterns(lexicon: Lexicon) -> list[tuple[str, re.Pattern[str]]]:
    units = (*lexicon.words("lists", "units"), *lexicon.words("lists", "euro"))
    return [(u, re.compile(phrase_pattern(u), re.IGNORECASE)) for u in sorted(units, key=len, reverse=True)]


def _unit(lexicon: Lexicon, text: str) -> str | None:
    if lexicon.pattern("lists", "units+euro").search(text) is None:
        return None
    return next((unit for unit, pattern in _unit_patterns(lexicon) if pattern.search(text)), None)


def _scale(lexicon: Lexicon, text: str) -> int:
    unit = _unit(lexicon, text)
    if unit is None:
        return 1
    return 0 if unit in lexicon.words("lists", "euro") else UNIT_SCALES[unit]


def scale_told(lexicon: Lexicon, words: str) -> int | None:
    """Kronor in the unit that words name ('Belopp (tkr)'); None where they name none."""
    return _scale(lexicon, words) if _unit(lexicon, words) is not None else None


def cell_text(view: View, cell: Cell) -> str:
    return view.line(cell.start, cell.end)


def number_in(view: View, cell: Cell) -> TypedSpan | None:
    spans = view.spans_in(cell.start, cell.end, "money", "number")
    if not spans:
        return None
    span = spans[0]
    rest = view.text[cell.start : span.start] + view.text[span.end : cell.end]
    return span if len(_BESIDE_NUMBER.sub("", rest)) <= 6 else None


def cell_amount(view: View, grid: Grid, cell: Cell, rule: str) -> Found | None:
    """The sum of a cell in whole kronor; None where the cell is empty, marked missing or in another currency."""
    span = number_in(view, cell)
    if span is None or (grid.scale == 0 and span.value.currency is None):
        return None
    amount = kronor(span.value, grid.scale or 1)
    return (
        None
        if amount is None
        else Found(Value("integer", str(amount)), span.start, span.end, rule, span.start, span.end)
    )


@lru_cache(maxsize=ONE_PAPER)
def column_roles(lexicon: Lexicon, head: str) -> tuple[str, ...]:
    """What a column holds, by its head, unit and year taken off."""
    labels = lexicon.labels("labels")
    found = labels.match(head)
    if not found or found == ("sum_rows",):  # 'Totalkostnad (mnkr)' begins as a sum does, and is a cost
        bare = _BRACKET.sub("", head) if "(" in head else head
        if _MAY_HOLD_UNIT.search(bare):
            bare = _UNIT_OR_YEAR.sub("", bare)
        bare = bare.strip(" ,:–-")
        found = (labels.match(bare) if bare and bare != head else ()) or found
    return found


def is_sum_row(lexicon: Lexicon, label: str) -> bool:
    return bool(_sum_rows(lexicon).match(fold(label)))


@lru_cache(maxsize=8)
def _sum_rows(lexicon: Lexicon) -> re.Pattern[str]:
    labels = lexicon.words("labels", "sum_rows")
    parts = [re.escape(s.rstrip("…")) + (r"\b.*" if s.endswith("…") else r"\s*:?") for s in labels]
    return re.compile(r"(?:" + "|".join(parts) + r")$")


def is_missing(view: View, lexicon: Lexicon, cell: Cell) -> bool:
    return fold(cell_text(view, cell)) in lexicon.folded("labels", "missing")
