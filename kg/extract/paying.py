"""Financing tables and payers, tied to the project that each speaks of."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.extract.context import Paper, Reading
from kg.extract.financing import (
    Financing,
    check_sum,
    cost_total,
    is_shared_out,
    lists_partners,
    read_financing,
    reconcile,
)
from kg.extract.frame import Found, found_span
from kg.extract.payers import Payment, find_payers, list_payers
from kg.extract.programmes import financing_by_project
from kg.extract.projects import Project
from kg.extract.tables import Grid, is_sum_row
from kg.extract.topics import matter_at
from kg.extract.view import Unit
from kg.lexicon import fold, shape
from kg.model import Cell, Value

_OWN_SHARE = shape("paying", "own_share")


def grid_project(paper: Paper, grid: Grid) -> Project | None:
    caption = fold(grid.caption)
    for project in paper.book.projects if caption else ():
        if any(len(n) > 3 and fold(n) in caption for n in project.names):
            return project
    unit = paper.view.unit_at(grid.block.start)
    topic = paper.topics.owner(unit) or paper.topics.of(unit)
    if topic is not None:
        return topic
    matter = matter_at(paper.matters, grid.block.start)
    owners = paper.owners.get(matter.index if matter else -1, [])
    # of several, the table above all of which tells of none
    return owners[0] if len(owners) == 1 or owners and paper.book.mentions_in(0, grid.block.start) else None


def _own_shares(paper: Paper, reading: Reading, project: Project, financing: Financing) -> None:
    """'Regionen beviljade sin del': the sum stands in the financing table, on the line of who decided."""
    for act in reading.acts:
        payer = act.slots.get("authority")
        trigger = act.triggers[0] if act.triggers else None
        if act.project is not project or payer is None or "amount_sek" in act.slots or act.outcome != "grant":
            continue
        if trigger is None and act.rule != "act.record":
            continue
        if trigger is not None and not _OWN_SHARE.search(paper.view.text, trigger.end, trigger.unit.end):
            continue
        for line in financing.lines:
            if line.amount is not None and fold(line.funder.value.lexical) == fold(payer.value.lexical):
                act.put("amount_sek", replace(line.amount, rule="amount.cell"))
                for span in paper.view.spans_in(line.start, line.end, "fund"):
                    act.put("funding_source", found_span("fund", span, "fund.matter"))


def _pay_itself(reading: Reading) -> None:
    """What who decides pays for the project, where the decision has no sum of its own: 'Länsstyrelsen går in med'."""
    for act in reading.acts:
        payer = act.slots.get("authority")
        if payer is None or "amount_sek" in act.slots or (act.code, act.main) != ("granted", True):
            continue
        mine = [p for p in reading.payments if p.project is act.project and not p.in_kind and p.amount is not None]
        mine = [p for p in mine if fold(p.funder.value.lexical) == fold(payer.value.lexical)]
        if len(mine) == 1 and mine[0].amount is not None:
            act.put("amount_sek", replace(mine[0].amount, rule="amount.matter"))


def _share_out(paper: Paper, reading: Reading, grid: Grid) -> None:
    """Those among whom a grant is shared take part in the project."""
    project = grid_project(paper, grid)
    for act in reading.acts:
        if act.project is not project:
            continue
        owner = act.slots.get("beneficiary")
        for row in grid.rows:
            name = _party_of(paper, row[0]) if row is not grid.rows[grid.head] or grid.head < 0 else None
            if name is not None and (owner is None or fold(owner.value.lexical) != fold(name.value.lexical)):
                act.append("partner", name)


def _party_of(paper: Paper, cell: Cell) -> Found | None:
    """The organisation that a cell names: a known one, else its words."""
    spans = paper.view.spans_in(cell.start, cell.end, "organisation")
    if spans:
        return found_span("organisation", spans[0], "partner.label")
    words = paper.view.line(cell.start, cell.end)
    if is_sum_row(paper.lexicon, words) or not words[:1].isupper() or not 2 <= len(words.split()) <= 7:
        return None
    return Found(Value("organisation", words), cell.start, cell.end, "partner.label", cell.start, cell.end)


def _put_total(reading: Reading, project: Project, total: Found, *, sure: bool = False) -> None:
    """Give the project's acts the total of a table; where costs and financing agree (``sure``) it wins over prose."""
    changed = any(a.project is project and a.main and a.outcome == "other" for a in reading.acts)
    for act in reading.acts:
        if act.project is project and (act.main or (project.rule == "project.label" and not changed)):
            told = act.slots.get("total_budget_sek")
            if sure and told is not None and told.rule == "total.phrase" and told.value != total.value:
                del act.slots["total_budget_sek"]
            act.put(
                "total_budget_sek",
                Found(total.value, total.start, total.end, "total.label", total.low, total.high),
            )


_SUM_LINE, _NEAR = 130, 500  # characters: a line of a list; how far above it the one project stands that it is of
# a label that stands in its paragraph: 'Övrig finansiering: X kommun 400 000 kr'
_RUN_IN = shape("paying", "run_in")


def listed_payments(paper: Paper) -> list[Payment]:
    """Payers with their sums in a list headed as the financing, or in the value of such a label."""
    view, lexicon = paper.view, paper.lexicon
    labels = lexicon.labels("labels")
    found: list[Payment] = []
    open_list = False
    for index, block in enumerate(view.blocks):
        text = view.document.block_text(block)
        if block.kind == "field" and len(block.cells) == 2:
            open_list = False
            if "funder" in labels.match(view.text[block.cells[0].start : block.cells[0].end]):
                open_list = view.value_end(index) > block.end
                found += _line_payments(paper, block.cells[1].start, block.cells[1].end, block.start)
        elif (
            block.kind in ("paragraph", "list_item")
            and ":" in text
            and (m := _RUN_IN.match(text)) is not None
            and "funder" in labels.match(m.group(1))
            and (lines := _line_payments(paper, block.start + m.end(), block.end, block.start))
        ):
            found += lines
            open_list = False
        elif block.kind in ("heading", "paragraph") and len(text) < 60 and "funder" in labels.match(text.rstrip(":? ")):
            open_list = True
        elif (
            block.kind in ("list_item", "paragraph")
            and ":" in text
            and (told := _told_funders(paper, block.start, block.end))
        ):
            found += told
            open_list = False
        elif open_list and block.kind in ("list_item", "paragraph") and len(text) <= _SUM_LINE:
            lines = _line_payments(paper, block.start, block.end, block.start)
            found += lines
            open_list = bool(lines) or block.kind == "list_item"
        else:
            open_list = False
    return found


_LABEL_WITHIN = re.compile(r"(?<=[.;] )([A-ZÅÄÖ][^:.;]{2,40}):\s+([^.;]+)")


def _told_funders(paper: Paper, low: int, high: int) -> list[Payment]:
    """Payers behind a label within running text: 'Projektperiod: 2016. Medfinansiärer: A och B.'"""
    labels = paper.lexicon.labels("labels")
    found: list[Payment] = []
    for m in _LABEL_WITHIN.finditer(paper.view.text, low, high):
        if "funder" in labels.match(m.group(1)):
            found += _line_payments(paper, *m.span(2), m.start(2))
    return found


def _line_payments(paper: Paper, low: int, high: int, at: int) -> list[Payment]:
    """'Region X 200 000 kr', 'Region X: 200 000 kr', 'Region X 200 000 kr, Y kommun 100 000 kr'."""
    view = paper.view
    unit = view.unit_at(at)
    project = paper.topics.owner(unit) or paper.topics.of(unit)
    if project is None:
        mains = {p.id: p for ps in paper.owners.values() for p in ps}
        near = {m.project.id: m.project for m in paper.book.mentions_in(max(0, at - _NEAR), at)}
        one = mains if len(mains) == 1 else near if len(near) == 1 else {}
        project = next(iter(one.values()), None)
    if project is None:
        return []
    return list_payers(view, paper.lexicon, paper.book, Unit(low, high, unit.block), project)


def read_payments(paper: Paper, reading: Reading) -> None:
    view, lexicon = paper.view, paper.lexicon
    for index, grid in enumerate(paper.grids):
        low, high = grid.block.start, grid.block.end
        rows = any(low <= r.start < high and r.rule == "act.table" for r, _ in paper.records)
        above = paper.grids[index - 1] if index else None
        reading.financing += (shared := financing_by_project(view, lexicon, grid, paper.book))
        if shared:
            continue
        financing = None if rows else read_financing(view, lexicon, grid, above)
        if financing is None and not rows and (is_shared_out(view, grid) or lists_partners(view, lexicon, grid)):
            _share_out(paper, reading, grid)
        issue = check_sum(view, lexicon, grid, paper.grids[:index])
        if issue is not None:
            reading.issues.append(issue)
        if financing is None:
            continue
        project = grid_project(paper, grid)
        if project is None:
            continue
        reading.financing.append((project, financing))
        _own_shares(paper, reading, project, financing)
        if financing.total is not None:
            _put_total(reading, project, financing.total)
    for grid in paper.grids:
        project, total = grid_project(paper, grid), cost_total(view, lexicon, grid)
        if project is not None and total is not None:
            printed = [f.total.value for p, f in reading.financing if p is project and f.total is not None]
            _put_total(reading, project, total, sure=total.value in printed)
    for project in dict.fromkeys(p for p, _ in reading.financing):
        budgets = [
            a.slots["total_budget_sek"] for a in reading.acts if a.project is project and "total_budget_sek" in a.slots
        ]
        parts = [f for p, f in reading.financing if p is project]
        if budgets and (issue := reconcile(parts, budgets[0], view)) is not None:
            reading.issues.append(issue)
    listed = listed_payments(paper)
    reading.payments += listed
    told = {(p.funder.low, p.project.id) for p in listed}
    for unit in view.units:
        if any(a <= unit.start < b for a, b in paper.outside) or view.blocks[unit.block].kind in (
            "table",
            "furniture",
        ):
            continue
        project = paper.topics.of(unit)
        if project is not None:
            payers = find_payers(view, lexicon, paper.book, unit, project)
            reading.payments += [p for p in payers if (p.funder.low, p.project.id) not in told]
    _pay_itself(reading)
