"""A table that tells one by one what was decided on a paper's project, when and by whom, as final reports have it."""

from __future__ import annotations

from kg.extract.acts import Act
from kg.extract.context import Paper
from kg.extract.frame import found_span
from kg.extract.money import kronor, role_of
from kg.extract.naming import main_project
from kg.extract.periods import fill_shift
from kg.extract.slots import integer
from kg.extract.tables import Grid, cell_text, column_roles
from kg.extract.topics import matter_at
from kg.extract.triggers import find_decision_words
from kg.lexicon import shape
from kg.model import Cell

_CHANGES = shape("history", "changes")
_TOLD_IN = frozenset({"outcome", "granted"})


def logged_acts(paper: Paper) -> list[Act]:
    """An act for each row of such a table; none where the paper is not about one project."""
    found: list[Act] = []
    for grid in paper.grids:
        columns = _columns(paper, grid)
        matter = matter_at(paper.matters, grid.block.start)
        project = main_project(paper, matter) if columns is not None else None
        if columns is None or project is None or project.rule not in ("project.label", "project.heading"):
            continue
        for row in grid.rows[grid.head + 1 :]:
            cells = {c.column: c for c in row}
            day, told = cells.get(columns[0]), cells.get(columns[1])
            outcome = _outcome(paper, told) if told is not None else None
            dates = paper.view.spans_in(day.start, day.end, "date") if day is not None else []
            if told is None or outcome is None or not dates or not dates[0].value.day:
                continue
            unit = paper.view.unit_at(told.start)
            act = Act(project, outcome, "decided", told.start, told.end, unit, matter, "act.table")
            act.book = paper.book
            act.put("date", found_span("date", dates[0], "date.label"))
            _fill(paper, act, row)
            found.append(act)
    return found if len(found) > 1 else []


def _columns(paper: Paper, grid: Grid) -> tuple[int, int] | None:
    """The columns of the day and of what was decided; None where one lacks, or the rows are projects of their own."""
    if grid.head < 0 or grid.fields:
        return None
    heads = {c.column: column_roles(paper.lexicon, cell_text(paper.view, c)) for c in grid.rows[grid.head]}
    if any({"project", "beneficiary", "applied"} & set(roles) for roles in heads.values()):
        return None
    days = [c for c, roles in heads.items() if "decision_date" in roles]
    told = [c for c, roles in heads.items() if _TOLD_IN & set(roles) and c not in days]
    return (days[0], told[0]) if days and told else None


def _outcome(paper: Paper, cell: Cell) -> str | None:
    """What a cell says was decided: a change where it speaks of one, else by its first word of decision."""
    if _CHANGES.search(paper.view.text, cell.start, cell.end) is not None:
        return "other"
    words = find_decision_words(paper.view, paper.lexicon)
    return next((outcome for low, high, outcome in words if cell.start <= low and high <= cell.end), None)


def _fill(paper: Paper, act: Act, row: tuple[Cell, ...]) -> None:
    """Sum, fund, end, number and body of a row."""
    view = paper.view
    for span in view.spans_in(act.start, act.end, "money"):
        role, start, end = role_of(view, paper.lexicon, span, act.start, act.end)
        amount = kronor(span.value)
        if amount is not None and role not in ("applied", "total") and act.outcome != "reject":
            act.put("amount_sek", integer("amount.cell", amount, span, start, end))
    for span in view.spans_in(act.start, act.end, "fund"):
        act.put("funding_source", found_span("fund", span, "fund.sentence"))
    fill_shift(view, act, act.start, act.end)
    for cell in row:
        for span in view.spans_in(cell.start, cell.end, "board")[:1]:
            act.put("deciding_body", found_span("board", span, "body.label"))
        for span in view.spans_in(cell.start, cell.end, "diary_number")[:1]:
            act.put("diary_number", found_span("text", span, "diary.label"))
