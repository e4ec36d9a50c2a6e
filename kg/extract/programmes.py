"""Tables that tell who pays for several projects: a column for each payer, or a row for each project and payer."""

from __future__ import annotations

from kg.extract.financing import Financing, Line
from kg.extract.frame import Found
from kg.extract.projects import Project, ProjectBook
from kg.extract.tables import Grid, cell_amount, cell_text, column_roles, is_missing, is_sum_row, number_in
from kg.extract.view import View
from kg.lexicon import Lexicon, fold, shape
from kg.model import Cell, Value

_LEAST_PAYERS = 2
_FINANCING = shape("financing", "financing")

Roles = dict[int, tuple[str, ...]]


def payer_heads(view: View, lexicon: Lexicon, grid: Grid) -> dict[int, Found]:
    """The payers that head columns of sums right of the column of projects; empty where fewer than two do."""
    if grid.head < 0 or grid.fields:
        return {}
    head = grid.rows[grid.head]
    first = next((c for c in head if c.column == 0), None)
    if first is not None and cell_text(view, first) and "project" not in column_roles(lexicon, cell_text(view, first)):
        return {}
    found = {c.column: payer for c in head if c.column and (payer := _payer(view, c)) is not None}
    sums = [c for row in grid.rows[grid.head + 1 :] for c in row if c.column in found and cell_text(view, c)]
    told = sum(number_in(view, c) is not None or is_missing(view, lexicon, c) for c in sums)
    return found if len(found) >= _LEAST_PAYERS and told * 5 >= len(sums) * 4 else {}


def _payer(view: View, cell: Cell) -> Found | None:
    """The organisation or fund that a head is, unit and brackets left out."""
    for span in view.spans_in(cell.start, cell.end, "organisation", "fund"):
        if (span.end - span.start) * 3 >= (cell.end - cell.start) * 2:
            value = Value("organisation", span.value.canonical, span.value.register_id)
            return Found(value, cell.start, cell.end, "financing.row", span.start, span.end)
    return None


def payer_roles(view: View, lexicon: Lexicon, grid: Grid, columns: Roles, authority: str | None) -> Roles:
    """The roles of columns with those headed by payers: what the authority pays is what is granted, and the sum of
    all what the project costs."""
    payers = payer_heads(view, lexicon, grid)
    if not payers:
        return columns
    found = {**columns, 0: ("project",)}
    sums = [
        c.column for c in grid.rows[grid.head] if c.column > max(payers) and is_sum_row(lexicon, cell_text(view, c))
    ]
    found.update(dict.fromkeys(sums, ("total",)))
    granted = any({"granted", "proposed"} & set(r) for c, r in found.items() if c not in payers)
    for column, payer in payers.items():
        own = authority is not None and fold(payer.value.lexical) == fold(authority)
        found[column] = ("granted",) if own and not granted else ("funder",)
    return found


def pairs_projects_with_payers(view: View, lexicon: Lexicon, grid: Grid, columns: Roles) -> bool:
    """Whether each row gives one payer of one project ('Projekt | Finansiär | Belopp'): a project stands in several,
    or the caption says that the table tells of financing."""
    held = [r for roles in columns.values() for r in roles]
    if held.count("funder") != 1 or "project" not in held or {"beneficiary", "applied", "outcome", "total"} & set(held):
        return False
    named = next(c for c, roles in columns.items() if "project" in roles)
    names = [fold(cell_text(view, c)) for row in grid.rows[grid.head + 1 :] for c in row if c.column == named]
    return len(set(names)) < len(names) or _FINANCING.search(grid.caption) is not None


def financing_by_project(
    view: View, lexicon: Lexicon, grid: Grid, book: ProjectBook
) -> list[tuple[Project, Financing]]:
    """For each project that such a table names, the lines of who pays for it."""
    heads = grid.rows[grid.head] if grid.head >= 0 and not grid.fields else ()
    columns = {c.column: column_roles(lexicon, cell_text(view, c)) for c in heads}
    payers = payer_heads(view, lexicon, grid)
    paired = not payers and pairs_projects_with_payers(view, lexicon, grid, columns)
    if not payers and not paired:
        return []
    named = next((c for c, roles in columns.items() if "project" in roles), 0)
    found: dict[str, tuple[Project, list[Line]]] = {}
    for row in grid.rows[grid.head + 1 :]:
        cells = {c.column: c for c in row if cell_text(view, c)}
        project = book.find(view.line(cells[named].start, cells[named].end)) if named in cells else None
        if project is None or is_sum_row(lexicon, cell_text(view, cells[named])):
            continue
        lines = found.setdefault(project.id, (project, []))[1]
        if paired:
            payer = next((_payer(view, c) for k, c in cells.items() if "funder" in columns.get(k, ())), None)
            value = next((c for k, c in sorted(cells.items()) if k > named and number_in(view, c) is not None), None)
            if payer is not None:
                amount = cell_amount(view, grid, value, "financing.row") if value is not None else None
                lines.append(Line(payer, amount, False, row[0].start, row[-1].end))
            continue
        for column, payer in payers.items():
            amount = cell_amount(view, grid, cells[column], "financing.row") if column in cells else None
            if amount is not None and amount.value.lexical != "0":
                lines.append(Line(payer, amount, False, row[0].start, row[-1].end))
    return [(project, Financing(grid, tuple(lines), None)) for project, lines in found.values() if lines]
