"""Fact sheets: a paper about one project whose decision stands only in labelled values."""

from __future__ import annotations

import re

from kg.extract.acts import Act
from kg.extract.entries import numbered_title
from kg.extract.frame import found_span
from kg.extract.projects import Project, ProjectBook
from kg.extract.records import Record, read_cell
from kg.extract.sections import Matter, is_generic_heading
from kg.extract.titles import heading_name
from kg.extract.view import Unit, View
from kg.lexicon import LabelSet, Lexicon, fold, shape
from kg.model import Block

_LABELLED = re.compile(r"(?:[•*–-]\s*)?([^:\t.]{2,44}):\s+(?=\S)")
_BEHIND_SUM = re.compile(r"\s*([^\s(:.,;][^(:.,;]{3,40}?)\s*(?:[(,;.]|$)")
_TITLE_BLOCKS, _ABOVE = 12, 10
SEVERAL = frozenset({"partner", "municipality", "county"})  # values of which a label has often more than one
_ANNOUNCES = shape("sheet", "announces")


def labelled_values(view: View, lexicon: Lexicon) -> list[tuple[tuple[str, ...], int, int]]:
    """Every labelled value of the paper: the groups of its label, and the span of the value."""
    labels = lexicon.labels("labels")
    found = []
    for index, block in enumerate(view.blocks):
        if block.kind in ("field", "paragraph", "list_item") and block.end - block.start < 260:
            found += _sums_first(view, labels, block)
        if block.kind == "field" and len(block.cells) == 2:
            roles = labels.match(view.text[block.cells[0].start : block.cells[0].end])
            low, high = block.cells[1].start, block.cells[1].end
        elif block.kind in ("paragraph", "list_item") and block.end - block.start < 260:
            m = _LABELLED.match(view.text[block.start : block.end])
            if m is None:
                continue
            roles, low, high = labels.match(m.group(1)), block.start + m.end(), block.end
        else:
            continue
        if SEVERAL & set(roles):
            high = max(high, view.value_end(index))
        if roles:
            found.append((roles, low, high))
    return found


def _sums_first(view: View, labels: LabelSet, block: Block) -> list[tuple[tuple[str, ...], int, int]]:
    """Sums with their label behind them: 'Total kostnad: 400 000 SEK, varav', '268 000 SEK beviljat stöd'."""
    found = []
    for part in block.cells or (block,):
        money = view.starting(part.start, "money")
        if money is None and part is not block and (m := _LABELLED.match(view.text, part.start, part.end)) is not None:
            if view.starting(m.end(), "money") is not None and (roles := labels.match(m.group(1))):
                found.append((roles, m.end(), part.end))
        label = _BEHIND_SUM.match(view.text, money.end, part.end) if money is not None else None
        roles = labels.match(label.group(1)) if label is not None else ()
        if money is not None and {"granted", "total", "applied"} & set(roles):
            found.append((roles, money.start, money.end))
    return found


def sheet_act(view: View, lexicon: Lexicon, book: ProjectBook, stage: str) -> Act | None:
    """The act of a fact sheet; None where the paper is none.

    A sheet labels the sum granted (or the outcome, or who decided when) and at least one of applicant, number, day or
    period; its project is labelled, or is the title of the paper.
    """
    values = labelled_values(view, lexicon)
    groups = {g for roles, _, _ in values for g in roles}
    decided = {"decision_date", "deciding_body", "project"} <= groups
    if not (decided or groups & {"granted", "outcome"}) or not groups & {
        "beneficiary",
        "diary_number",
        "decision_date",
        "period",
        "start",
    }:
        return None
    start, end = min(v[1] for v in values), max(v[2] for v in values)
    record = Record((start, start), start, end, "act.record")
    for roles, low, high in values:
        read_cell(view, lexicon, None, record, roles, low, high)
    if "amount_sek" not in record.slots and record.outcome is None and not decided:
        return None
    project = _project(view, lexicon, book, values)
    if project is None:
        return None
    unit = Unit(start, end, view.block_index(start))
    act = Act(
        project,
        record.outcome or "grant",
        stage,
        start,
        end,
        unit,
        Matter(0, 0, len(view.text), None, "whole"),
        "act.record",
    )
    act.slots.update(record.slots)
    act.lists.update(record.lists)
    _label_payer(view, act)
    if act.outcome == "reject":
        act.slots.pop("amount_sek", None)
    return act


def opens_with_sheet(view: View, lexicon: Lexicon, acts: list[Act]) -> bool:
    """Whether a run of labelled values, sum and applicant among them, stands before all that the paper tells."""
    first = min((a.start for a in acts), default=len(view.text))
    labels = lexicon.labels("labels")
    groups: set[str] = set()
    for block in view.blocks[: view.block_index(first)]:
        if block.kind == "field" and len(block.cells) == 2:
            groups.update(labels.match(view.text[block.cells[0].start : block.cells[0].end]))
        elif len(groups) > 1:
            break
    return (
        "granted" in groups
        and "beneficiary" in groups
        and bool(groups & {"diary_number", "case_id", "period", "start"})
    )


def _label_payer(view: View, act: Act) -> None:
    """Who grants, where the label of the sum says so: 'Bidrag från Vinnova'."""
    amount = act.slots.get("amount_sek")
    block = view.block_at(amount.low) if amount is not None else None
    if block is None or block.kind != "field":
        return
    for span in view.spans_in(block.cells[0].start, block.cells[0].end, "organisation"):
        act.put("authority", found_span("organisation", span, "authority.subject"))


def _lists_projects(view: View, lexicon: Lexicon, low: int) -> bool:
    """Whether the heading right above the values announces projects in the plural, none of which the page's title
    names: 'Beviljade projekt 2022'."""
    above = next((b for b in reversed(view.blocks[: view.block_index(low)]) if b.kind == "heading"), None)
    words = fold(view.document.block_text(above)) if above is not None else ""
    return _ANNOUNCES.fullmatch(words) is not None


def _project(
    view: View, lexicon: Lexicon, book: ProjectBook, values: list[tuple[tuple[str, ...], int, int]]
) -> Project | None:
    for roles, low, high in values:
        if "project" in roles and (project := book.add(low, high, "project.label")) is not None:
            return project
    above = view.blocks[max(0, view.block_index(values[0][1]) - _ABOVE) : view.block_index(values[0][1])]
    for block in reversed(above):
        titled = numbered_title(view, block)
        if titled is not None and (project := book.add(*titled, "project.heading")) is not None:
            return project
    if _lists_projects(view, lexicon, min(low for _, low, _ in values)):
        return None
    for block in view.blocks[:_TITLE_BLOCKS]:
        if block.kind != "heading" or is_generic_heading(lexicon, view.document.block_text(block)):
            continue
        span, _ = heading_name(view, lexicon, block.start, block.end)
        if span is not None and (project := book.add(*span, "project.heading")) is not None:
            return project
    return None
