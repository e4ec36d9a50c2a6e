"""Decisions that a change only recalls: 'återkallar beslutet den 12 juni 2019 om stöd med 900 000 kronor'."""

from __future__ import annotations

from kg.extract.acts import Act
from kg.extract.context import Paper
from kg.extract.frame import Found, found_span
from kg.extract.money import kronor
from kg.extract.periods import is_shifted
from kg.extract.records import Record, read_cell
from kg.extract.slots import integer
from kg.extract.tables import Grid, cell_text, column_roles
from kg.extract.topics import matter_at
from kg.lexicon import fold, shape
from kg.model import TypedSpan, Value
from kg.phrases import places_of

_DECISION = shape("recalled", "decision")
_OPENING = shape("recalled", "opening")
_BEFORE_SUM = shape("recalled", "before_sum")
_IN_PART = shape("recalled", "in_part")
_OWN = shape("recalled", "own")
_YEAR = shape("recalled", "year")
_FORMER_PERIOD = shape("recalled", "former_period")


def recall_acts(paper: Paper, acts: list[Act]) -> list[Act]:
    """The grants, with their day and sum, that sentences of the paper's changes name as what they change."""
    changes = [a for a in acts if a.outcome == "other" and a.main and a.stage == "decided"]
    if not changes or not any(word.startswith("beslut") for word in places_of(paper.view.text)):
        return []
    found: list[Act] = []
    for m in _DECISION.finditer(paper.view.text):
        date = paper.view.starting(m.end(), "date")
        change = _changed_by(paper, changes, m.start())
        if date is None or change is None or not (date.value.day and date.value.year):
            continue
        own = paper.frame.date
        if own is not None and date.value.iso >= own.value.lexical:
            continue
        grants = [
            a for a in [*acts, *found] if a.project is change.project and a.outcome == "grant" and a.stage == "decided"
        ]
        if any(_is_of_day(a, date) for a in grants):
            continue
        open_grants = [a for a in grants if "date" not in a.slots and a.triggers and a.triggers[0].tense == "past"]
        if open_grants:
            open_grants[0].put("date", found_span("date", date, "date.sentence", start=m.start()))
            open_grants[0].inherit = False
        elif not grants:
            told = _recalled(paper, change, m.start(), date)
            if "amount_sek" in told.slots:  # a day alone only says which decision is changed
                found.append(told)
    return found


def _changed_by(paper: Paper, changes: list[Act], offset: int) -> Act | None:
    """The change whose sentence, or whose matter as the only one in it, speaks of the decision."""
    unit = paper.view.unit_at(offset)
    same = [a for a in changes if a.unit == unit]
    if len(same) == 1:
        return same[0]
    matter = matter_at(paper.matters, offset)
    inside = [a for a in changes if a.matter is matter]
    alone = len({a.project.id for a in inside}) == 1 and len(inside) == 1
    return inside[0] if alone and _OPENING.match(paper.view.text, unit.start, unit.end) else None


def _is_of_day(act: Act, date: TypedSpan) -> bool:
    told = act.slots.get("date")
    return told is not None and told.value.lexical == date.value.iso


def _recalled(paper: Paper, change: Act, start: int, date: TypedSpan) -> Act:
    unit = paper.view.unit_at(start)
    act = Act(
        change.project,
        "grant",
        "decided",
        start,
        date.end,
        unit,
        change.matter,
        "act.recalled",
        main=False,
        inherit=False,
    )
    act.book = change.book
    act.put("date", found_span("date", date, "date.sentence", start=start))
    for span in paper.view.spans_in(date.end, unit.end, "money")[:1]:
        amount = kronor(span.value)
        if (
            amount is not None
            and not _IN_PART.search(paper.view.text, date.end, span.start)
            and _BEFORE_SUM.fullmatch(paper.view.text, date.end, span.start)
        ):
            act.put("amount_sek", integer("amount.sentence", amount, span, start, span.end))
            act.end = span.end
    for span in paper.view.spans_in(date.end, min(unit.end, date.end + 40), "diary_number"):
        act.put("diary_number", found_span("text", span, "diary.label"))
    act.put("authority", paper.frame.authority)
    body = change.slots.get("deciding_body") or paper.frame.body
    if body is not None and (_OWN.search(paper.view.text, max(unit.start, start - 40), date.start)):
        act.put("deciding_body", body)
    return act


def settle_recalled(paper: Paper, acts: list[Act]) -> None:
    """What a change and the grant that it changes share: applicant and, within one authority, the diary number; the new
    end is the change's alone."""
    for change in acts:
        if change.outcome != "other" or not change.main:
            continue
        for told in acts:
            if told.project is not change.project or told.outcome != "grant" or told.inherit:
                continue
            told.put("beneficiary", change.slots.get("beneficiary"))
            if told.matter is change.matter and "date" in told.slots and "amount_sek" in told.slots:
                told.put("authority", change.slots.get("authority"))  # a sentence that names no other giver
            one, two = told.slots.get("authority"), change.slots.get("authority")
            if one is not None and two is not None and fold(one.value.lexical) == fold(two.value.lexical):
                number = change.slots.get("diary_number")
                if number is not None and _may_number(number.value.lexical, told):
                    told.put("diary_number", number)
            for prop in _LASTING:
                held = change.slots.get(prop)
                if held is not None and _is_left(paper, held.low):
                    told.put(prop, held)
            if told.matter is change.matter:
                _put_former_period(paper, change, told)
            old, new = told.slots.get("end"), change.slots.get("end")
            if old is not None and new is not None and old.low == new.low:
                if is_shifted(paper.view, paper.view.unit_at(old.low).start, old.low):
                    del told.slots["end"]


_LASTING = ("start", "end", "share_percent", "funding_source", "total_budget_sek")
_LEFT, _MOVES = shape("recalled", "left"), shape("recalled", "moves")


def _is_left(paper: Paper, offset: int) -> bool:
    """Whether a sentence says of the fact in it that a change leaves it as it was: 'Projekttiden, 2021–2022, ändras
    inte', 'Stödet tas även i fortsättningen ur anslag 1:1'."""
    unit = paper.view.unit_at(offset)
    m = _LEFT.search(paper.view.text, unit.start, unit.end)
    return m is not None and _MOVES.search(paper.view.text, unit.start, m.start()) is None


_BEFORE_HEAD, _AFTER_HEAD = shape("recalled", "before_head"), shape("recalled", "after_head")
_COMPARED = ("start", "end", "total_budget_sek", "share_percent", "amount_sek", "funding_source")


def compare_columns(paper: Paper, acts: list[Act]) -> None:
    """What a table of before and after says: its columns are the grant that is changed and the change."""
    for change in [a for a in acts if a.outcome == "other" and a.main]:
        grants = [a for a in acts if a.project is change.project and a.outcome == "grant" and not a.inherit]
        for grid in paper.grids:
            inside = change.matter is None or change.matter.start <= grid.block.start < change.matter.end
            if not inside or grid.head < 0:
                continue
            heads = [(c.column, fold(cell_text(paper.view, c))) for c in grid.rows[grid.head] if c.column]
            old = next((c for c, words in heads if _BEFORE_HEAD.match(words)), None)
            new = next((c for c, words in heads if c != old and _AFTER_HEAD.match(words)), None)
            if old is None or new is None:
                continue
            _read_column(paper, grid, new, change)
            if len(grants) == 1:
                _read_column(paper, grid, old, grants[0])


def _read_column(paper: Paper, grid: Grid, column: int, act: Act) -> None:
    """Give an act the values of one column, each by the label that begins its row."""
    record = Record((act.start, act.end), grid.block.start, grid.block.end, "act.record")
    for row in grid.rows:
        cell = next((c for c in row if c.column == column), None)
        roles = column_roles(paper.lexicon, cell_text(paper.view, row[0])) if row and row[0].column == 0 else ()
        roles = tuple(r for r in roles if r not in ("outcome", "project", "deciding_body", "decision_date"))
        if cell is not None and roles:
            read_cell(paper.view, paper.lexicon, grid, record, roles, cell.start, cell.end, cell)
    for prop in _COMPARED:
        act.put(prop, record.slots.get(prop))


def _put_former_period(paper: Paper, change: Act, told: Act) -> None:
    """The time that a project had before it is prolonged: 'Projekttiden var 2021-01-01 till 2022-12-31.'"""
    low, high = (change.matter.start, change.matter.end) if change.matter else (0, len(paper.view.text))
    for unit in paper.view.units_with(_FORMER_PERIOD):
        m = _FORMER_PERIOD.search(paper.view.text, unit.start, unit.end) if low <= unit.start < high else None
        for span in paper.view.spans_in(m.end(), unit.end, "period")[:1] if m is not None else ():
            for prop, part in (("start", span.value.start), ("end", span.value.end)):
                if part is not None and part.iso:
                    value = Value("date", part.iso)
                    told.put(prop, Found(value, span.start, span.end, "period.phrase", span.start, span.end))


def _may_number(number: str, told: Act) -> bool:
    """Whether the case was open when the grant was made: its number bears no later year."""
    date = told.slots.get("date")
    years = [int(m.group(1) or f"20{m.group(2)}") for m in _YEAR.finditer(number)]
    return date is not None and bool(years) and min(years) <= int(date.value.lexical[:4])
