"""Conditions of a decision, grounds of a rejection, and the statute that it rests on."""

from __future__ import annotations

from kg.extract.acts import Act
from kg.extract.frame import Found
from kg.extract.sections import Section, section_at
from kg.extract.view import Unit, View
from kg.lexicon import shape
from kg.model import Value

MAX_ITEMS = 12
MAX_LENGTH = 400

_CONDITION = shape("reasons", "condition")
_GROUND = shape("reasons", "ground")
_STATUTE = shape("reasons", "statute")


def fill_reasons(view: View, sections: list[Section], act: Act, units: list[Unit]) -> None:
    """Add conditions, grounds and statutes from the sentences that speak of the act.

    A refused act has grounds, a granted one conditions; a proposal has those of what it proposes.
    """
    for unit in units:
        kinds = section_at(sections, unit.start).kinds
        text = view.text[unit.start : unit.end]
        if view.blocks[unit.block].kind == "heading" or not text.strip() or unit.end - unit.start > MAX_LENGTH:
            continue
        own = unit == act.unit
        if act.outcome == "grant" and (
            "conditions" in kinds or (own or "decision" in kinds) and _CONDITION.search(text)
        ):
            _append(act, "condition", unit, view, "condition.item")
        if act.outcome == "reject" and ("grounds" in kinds or _GROUND.search(text)) and not own:
            _append(act, "ground", unit, view, "ground.item")
        for m in _STATUTE.finditer(text) if "(" in text else ():
            low, high = unit.start + m.start(), unit.start + m.end()
            act.append("legal_basis", Found(Value("text", view.line(low, high)), low, high, "law.statute", low, high))


def _append(act: Act, prop: str, unit: Unit, view: View, rule: str) -> None:
    if len(act.lists.get(prop, [])) < MAX_ITEMS:
        words = view.line(unit.start, unit.end)
        if len(words.split()) > 2:
            act.append(prop, Found(Value("text", words), unit.start, unit.end, rule, unit.start, unit.start))
