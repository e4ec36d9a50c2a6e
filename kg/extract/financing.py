"""Tables of financing and of costs: their lines, their totals, and the check of each against its sum."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.extract.frame import Found
from kg.extract.tables import YEAR, Grid, cell_amount, cell_text, column_roles, is_missing, is_sum_row, number_in
from kg.extract.view import View
from kg.lexicon import Lexicon, fold, shape
from kg.model import Cell, Issue, TypedSpan, Value


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a financing table."""

    funder: Found
    amount: Found | None
    in_kind: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Financing:
    """A financing table: its lines, the sum that it prints and where, and the status of its sums (planned, sought)."""

    grid: Grid
    lines: tuple[Line, ...]
    total: Found | None
    status: str = "planned"


_TOTAL_FINANCING = shape("financing", "total_financing")
_FINANCING = shape("financing", "financing")
_COSTS = shape("financing", "costs")
_SUMS = shape("financing", "sums")
_SOURCE_LEAD = shape("financing", "source_lead")
_KINDS = shape("financing", "kinds")


def read_financing(view: View, lexicon: Lexicon, grid: Grid, above: Grid | None = None) -> Financing | None:
    """The lines of a financing table; None where the table is none.

    ``above``: the table before it, whose heads hold for this one where it has none and as many columns.
    """
    heads = [cell_text(view, c) for c in grid.rows[grid.head]] if grid.head >= 0 else []
    roles = [column_roles(lexicon, h) for h in heads]
    if is_shared_out(view, grid):
        return None
    if any("project" in r for r in roles) or any("cost_item" in r and "funder" not in r for r in roles[:1]):
        return None
    sums = [cell_text(view, row[0]) for row in grid.rows if row and is_sum_row(lexicon, cell_text(view, row[0]))]
    announced = bool(_FINANCING.search(" ".join([*heads[:1], grid.caption, *sums])))
    if _COSTS.search(grid.caption) and not announced:
        return None
    if roles and "beneficiary" in roles[0] and "funder" not in roles[0]:
        return None
    if lists_partners(view, lexicon, grid) and not announced:
        return None
    body = [row for i, row in enumerate(grid.rows) if i != grid.head]
    worded = sum(any(_is_words(view, lexicon, c) for c in row[1:]) for row in body)
    if worded * 2 > len(body):
        return None
    funders = sum(_funder(view, row[0]) is not None for row in body if row)
    numbers = sum(any(number_in(view, c) for c in row[1:]) for row in body)
    if not numbers or not (announced or (funders >= 2 and funders * 2 >= len(body))) or funders == 0:
        return None
    column = _planned_above(view, lexicon, grid, above) or value_column(view, lexicon, grid, heads)
    lines, total, in_kind = [], None, False
    for row in body:
        if not row:
            continue
        label = cell_text(view, row[0])
        kind_words = lexicon.pattern("roles", "money", "in_kind")
        value = next((c for c in row if c.column == column), row[-1] if len(row) > 1 else None)
        amount = cell_amount(view, grid, value, "financing.row") if value is not None and value is not row[0] else None
        if fold(label) in {fold(h) for h in heads} or (
            heads and column_roles(lexicon, label) and not _funder(view, row[0]) and amount is None
        ):
            continue
        if is_sum_row(lexicon, label):
            if (amount is not None and _SUMS.match(fold(label)) and not _KINDS.search(fold(label))) or (
                amount is not None and total is None and _TOTAL_FINANCING.match(fold(label))
            ):
                total = amount
            continue
        if len(row) == 1 or (value is None or (amount is None and not is_missing(view, lexicon, value))):
            if len(row) == 1 or not view.line(row[-1].start, row[-1].end):
                in_kind = bool(kind_words.search(label))
            if len(row) == 1:
                continue
        funder = _funder(view, row[0]) or (_named_funder(view, row[0]) if announced else None)
        if funder is not None and (both := _two_kinds(view, lexicon, grid, row, heads)) is not None:
            lines += [Line(funder, found, kind, row[0].start, row[-1].end) for found, kind in both]
        elif funder is not None:
            mine = in_kind or bool(kind_words.search(view.text[max(row[0].start, funder.high) : row[0].end]))
            lines.append(Line(funder, amount, mine, row[0].start, (value or row[0]).end))
    return Financing(grid, tuple(lines), total, _status(roles)) if lines else None


_APART = 3  # blocks between two tables of one budget


def _planned_above(view: View, lexicon: Lexicon, grid: Grid, above: Grid | None) -> int | None:
    """The column of what was planned by the heads of the table above: costs, then financing, decided and spent."""
    if above is None or above.head < 0 or grid.head >= 0:
        return None
    heads = above.rows[above.head]
    width = max(c.column for row in grid.rows for c in row)
    if width != max(c.column for c in heads):
        return None
    if view.block_index(grid.block.start) - view.block_index(above.block.start) > _APART:
        return None
    words = {c.column: cell_text(view, c) for c in heads if c.column}
    if not any(lexicon.pattern("lists", "spent_columns").search(w) for w in words.values()):
        return None
    planned = [c for c, w in words.items() if lexicon.pattern("lists", "planned_columns").search(w)]
    return planned[0] if planned else None


_SHARED_OUT = shape("financing", "shared_out")


def lists_partners(view: View, lexicon: Lexicon, grid: Grid) -> bool:
    """Whether the first column is headed as one of partners: who takes part, with their shares of the budget."""
    return grid.head >= 0 and "partner" in column_roles(lexicon, cell_text(view, grid.rows[grid.head][0]))


def is_shared_out(view: View, grid: Grid) -> bool:
    """Whether the words right above a table say that the grant is shared by those named in it."""
    index = view.block_index(grid.block.start)
    above = view.blocks[index - 1] if index else None
    return above is not None and _SHARED_OUT.search(view.text, max(above.start, above.end - 160), above.end) is not None


def _status(roles: list[tuple[str, ...]]) -> str:
    """What the heads of the columns say of the sums: only sought, or planned."""
    said = {role for column in roles[1:] for role in column}
    return "sought" if "applied" in said and "granted" not in said else "planned"


def _two_kinds(
    view: View, lexicon: Lexicon, grid: Grid, row: tuple[Cell, ...], heads: list[str]
) -> list[tuple[Found, bool]] | None:
    """Cash and in kind of one funder, where columns of their own give them; None where there are no such columns."""
    found: list[tuple[Found, bool]] = []
    kinds = set()
    for head_cell, head in zip(grid.rows[grid.head] if grid.head >= 0 else (), heads, strict=False):
        kind = bool(lexicon.pattern("roles", "money", "in_kind").search(head))
        if not head_cell.column or not (kind or lexicon.pattern("lists", "cash_columns").search(head)):
            continue
        kinds.add(kind)
        cell = next((c for c in row if c.column == head_cell.column), None)
        amount = cell_amount(view, grid, cell, "financing.row") if cell is not None else None
        if amount is not None and amount.value.lexical != "0":
            found.append((amount, kind))
    return found if len(kinds) == 2 and found else None


def _is_words(view: View, lexicon: Lexicon, cell: Cell) -> bool:
    """Whether a cell holds words: no number, nothing missing, no share."""
    text = cell_text(view, cell)
    return (
        bool(re.search(r"[^\W\d_]{3,}", text)) and number_in(view, cell) is None and not is_missing(view, lexicon, cell)
    )


def _is_percent(view: View, cell: Cell, span: TypedSpan) -> bool:
    return bool(view.spans_in(cell.start, cell.end, "share")) or "%" in view.text[span.end : cell.end]


def _funder(view: View, cell: Cell) -> Found | None:
    for kind in ("organisation", "fund", "board"):
        for span in view.spans_in(cell.start, cell.end, kind):
            led = _SOURCE_LEAD.fullmatch(view.text, cell.start, span.start) is not None
            if kind != "organisation" and span.start > cell.start + 3 and not led:
                continue
            if (
                re.search(r"\w", view.text[cell.start : span.start].replace("varav", ""))
                and span.start - cell.start > 25
            ):
                continue
            value = Value("organisation", span.value.canonical, span.value.register_id)
            return Found(value, cell.start, cell.end, "financing.row", span.start, span.end)
    return None


_OWN = shape("financing", "own")


def _named_funder(view: View, cell: Cell) -> Found | None:
    """A funder that no register knows, by its place in a financing table."""
    words = re.split(r",\s|\s\(", cell_text(view, cell))[0].strip()
    if len(words) < 3 or not words[0].isupper() or len(words.split()) > 6 or _OWN.match(words):
        return None
    return Found(
        Value("organisation", words),
        cell.start,
        cell.end,
        "financing.row",
        cell.start,
        cell.start + len(words),
    )


def check_sum(view: View, lexicon: Lexicon, grid: Grid, before: Sequence[Grid] = ()) -> Issue | None:
    """An issue where the rows of a numeric column do not add up to the sum row that ends them.  ``before`` are the
    tables above, for a sum that also counts what they print ('Summa kontant' above, 'Total finansiering' here)."""
    if grid.fields and any(_is_other_value(lexicon, cell_text(view, row[0])) for row in grid.rows):
        return None
    last, carried = _broken_sum(view, lexicon, grid), 0
    for above in reversed(before[-3:]) if last is not None else ():
        carried += _printed(view, lexicon, above)
        if last is not None and last[0] == last[1] + carried:
            return None
    if last is None:
        return None
    number, total, amount = last
    return Issue(
        "sum_mismatch",
        f"the table states {number} but its rows add up to {total}",
        view.text[amount.start : amount.end],
        amount.start,
        amount.end,
    )


def _is_other_value(lexicon: Lexicon, label: str) -> bool:
    """Whether a label gives a value of its own (a sum sought, a period), so that its run of fields is no budget."""
    return bool({"applied", "granted", "period", "start", "end", "share"} & set(column_roles(lexicon, label)))


def _column_amounts(view: View, lexicon: Lexicon, grid: Grid) -> Iterator[tuple[str, Found | None, bool]]:
    """Label, sum and whether the sum is marked missing, for each row with a cell in the column that counts."""
    heads = [cell_text(view, c) for c in grid.rows[grid.head]] if grid.head >= 0 else []
    column = value_column(view, lexicon, grid, heads)
    for index, row in enumerate(grid.rows):
        value = next((c for c in row if c.column == column), None)
        if index == grid.head or len(row) < 2 or value is None:
            continue
        amount = cell_amount(view, grid, value, "financing.row")
        yield cell_text(view, row[0]), amount, amount is None and is_missing(view, lexicon, value)


def _printed(view: View, lexicon: Lexicon, grid: Grid) -> int:
    """What a table comes to: its last sum row, else its rows together."""
    rows = [(label, int(amount.value.lexical)) for label, amount, _ in _column_amounts(view, lexicon, grid) if amount]
    sums = [number for label, number in rows if is_sum_row(lexicon, label)]
    return sums[-1] if sums else sum(number for _, number in rows)


def _broken_sum(view: View, lexicon: Lexicon, grid: Grid) -> tuple[int, int, Found] | None:
    """The last sum row that its rows do not reach: what it states, what they come to, and where it stands."""
    running = counted = 0
    partial: list[int] = []
    last = None
    for label, amount, missing in _column_amounts(view, lexicon, grid):
        if missing:
            return None
        if amount is None:
            continue
        number = int(amount.value.lexical)
        if not is_sum_row(lexicon, label):
            running += number
            counted += 1
        elif number in (running, sum(partial), sum(partial) + running) or (partial and number == partial[-1]):
            if number == running and counted:
                partial.append(number)
            running, counted, last = 0, 0, None
        elif counted:
            last = (number, running, amount)
    return last if counted else None


def cost_total(view: View, lexicon: Lexicon, grid: Grid) -> Found | None:
    """The last sum that a table of costs prints; None where the table is none or has no sum."""
    heads = [cell_text(view, c) for c in grid.rows[grid.head]] if grid.head >= 0 else []
    roles = [column_roles(lexicon, h) for h in heads]
    words = " ".join([*heads[:1], grid.caption])
    if any("project" in r for r in roles) or not lexicon.pattern("lists", "costs").search(words):
        return None
    column = value_column(view, lexicon, grid, heads)
    found = None
    for row in grid.rows:
        value = next((c for c in row if c.column == column and c is not row[0]), None)
        if value is not None and is_sum_row(lexicon, cell_text(view, row[0])):
            found = cell_amount(view, grid, value, "total.label") or found
    return found


def reconcile(parts: list[Financing], budget: Found | None, view: View) -> Issue | None:
    """What the tables of one project's financing reach beside its total cost: ``sum_reconciled`` where only all of
    them together do, ``budget_mismatch`` where they do not; None where a sum is missing or all is well."""
    lines = [line for part in parts for line in part.lines]
    if budget is None or not lines or any(line.amount is None for line in lines):
        return None
    want = int(budget.value.lexical)
    amounts = [(int(line.amount.value.lexical), line.in_kind) for line in lines if line.amount is not None]
    whole, cash = sum(a for a, _ in amounts), sum(a for a, kind in amounts if not kind)
    printed = [part.total for part in parts if part.total is not None]
    if any(int(total.value.lexical) == want for total in printed) or (len(parts) == 1 and want in (whole, cash)):
        return None
    stated = printed[0] if printed else lines[0].amount
    assert stated is not None
    quote = view.text[stated.start : stated.end]
    if want in (whole, cash):
        message = f"the table states {stated.value.lexical}; with the lines outside it the total cost {want} is reached"
        return Issue("sum_reconciled", message, quote, stated.start, stated.end)
    message = f"the financing adds up to {whole} but the total cost is stated as {want}"
    return Issue("budget_mismatch", message, quote, stated.start, stated.end)


def yearly_total(view: View, lexicon: Lexicon, grid: Grid) -> Found | None:
    """The sum that a table of years and amounts prints ('År 2017 2018 Summa' above 'Belopp …')."""
    first = [cell_text(view, c) for c in grid.rows[0]]
    if len(grid.rows) >= 2 and sum(bool(YEAR.fullmatch(t)) for t in first) >= 2:
        for cell, text in zip(grid.rows[0], first, strict=True):
            if is_sum_row(lexicon, text):
                for row in grid.rows[1:]:
                    value = next((c for c in row if c.column == cell.column), None)
                    if value is not None and (found := cell_amount(view, grid, value, "amount.sum")) is not None:
                        return found
    years = [row for row in grid.rows if row and YEAR.fullmatch(cell_text(view, row[0]))]
    if len(years) >= 2:
        for row in grid.rows:
            if len(row) > 1 and is_sum_row(lexicon, cell_text(view, row[0])):
                return cell_amount(view, grid, row[-1], "amount.sum")
    return None


_VALUE_HEAD = shape("financing", "value_head")
_SUM_HEAD = shape("financing", "sum_head")


def value_column(view: View, lexicon: Lexicon, grid: Grid, heads: list[str]) -> int:
    """The column whose sums count: the one headed as total, else the last that holds numbers."""
    head_cells = grid.rows[grid.head] if grid.head >= 0 else ()
    if any(lexicon.pattern("lists", "spent_columns").search(h) for h in heads):
        for cell, head in zip(head_cells, heads, strict=False):
            if cell.column and lexicon.pattern("lists", "planned_columns").search(head):
                return cell.column
    for cell, head in zip(head_cells, heads, strict=False):
        if cell.column and _VALUE_HEAD.match(fold(head)):
            if _SUM_HEAD.match(fold(head)) or len(head_cells) == 2:
                return cell.column
    shares = {c.column for c, head in zip(head_cells, heads, strict=False) if _is_share_head(lexicon, head)}
    columns = sorted(
        {
            c.column
            for row in grid.rows
            for c in row[1:]
            if c.column not in shares and (s := number_in(view, c)) is not None and not _is_percent(view, c, s)
        }
    )
    return columns[-1] if columns else 1


_SHARE_HEAD = shape("financing", "share_head")


def _is_share_head(lexicon: Lexicon, head: str) -> bool:
    """Whether a head is that of a column of shares: '%', 'Andel', '% av total', 'Procentuell andel'."""
    return "share" in column_roles(lexicon, head) or _SHARE_HEAD.search(head) is not None
