"""One act for each decision, however often a paper tells of it."""

from __future__ import annotations

from dataclasses import replace

from kg.extract.acts import (
    Act,
)
from kg.extract.context import Paper
from kg.extract.frame import is_unowned
from kg.extract.sections import section_at
from kg.lexicon import fold, shape

_RELATIVE = shape("merging", "relative")


def merge_acts(paper: Paper, acts: list[Act]) -> list[Act]:
    """One act for each decision: repeated tellings add to the first; a proposal that was decided is dropped."""
    kept: list[Act] = []
    for act in sorted(_without_priorities(paper, acts), key=lambda a: (not a.main, a.rule != "act.table", a.start)):
        same = next((k for k in kept if _same(paper, k, act)), None)
        if same is None:
            kept.append(act)
            continue
        for prop, found in act.slots.items():
            same.put(prop, found)
        for prop, rows in act.lists.items():
            for row in rows:
                same.append(prop, row)
        same.triggers += act.triggers
    kept = _without_side_refusals(paper, _join_changes(paper, kept))
    # told in passing, with neither day, sum, number nor body: no decision that could be found again
    own = {"date", "amount_sek", "diary_number", "authority", "deciding_body"}
    kept = [a for a in kept if a.main or a.rule != "act.sentence" or own & set(a.slots)]
    decided = {a.project.id for a in kept if a.stage == "decided" and a.main}
    told = {a.project.id for a in kept if a.stage == "decided" and a.outcome == "grant" and _is_told(paper, a)}
    told -= {a.project.id for a in kept if a.stage == "decided" and a.main and not _is_told(paper, a)}
    for act in kept:
        if act.stage == "proposed" and act.project.id in decided:
            _hand_over(act, [a for a in kept if a.project is act.project and a.stage == "decided" and a.main])
    kept = [
        a
        for a in kept
        if not (a.stage == "proposed" and a.project.id in decided) or a.outcome == "other" and a.project.id in told
    ]
    return sorted(_without_titled_proposals(paper, kept), key=lambda a: a.start)


def _without_titled_proposals(paper: Paper, acts: list[Act]) -> list[Act]:
    """A proposal that knows the project by the title of its matter, where the decision below calls it by a fuller
    name ('Ansökan: Projekt avs. kvarnen' and 'Projektet Kvarnen – en mötesplats beviljas'), is decided there."""
    kept = list(acts)
    for act in acts:
        if act.stage != "proposed" or not act.main or act.matter is None or act.matter.style == "whole":
            continue
        if act.project.rule not in ("project.heading", "project.label"):
            continue
        inside = [a for a in acts if a.matter is act.matter and a.main and a.project is not act.project]
        decisions = [a for a in inside if a.stage == "decided" and a.inherit]  # none that is only recalled
        if len({a.project.id for a in inside}) != 1 or not decisions or decisions[0].start < act.start:
            continue
        named = decisions[0].project
        if _share_word(act.project.name, named.name) and all(
            a.project is not act.project for a in acts if a is not act
        ):
            _hand_over(act, decisions)
            kept.remove(act)
            paper.book.absorb(named, act.project)
            paper.owners = {
                i: list(dict.fromkeys(named if p is act.project else p for p in ps)) for i, ps in paper.owners.items()
            }
    return kept


_LEAST_SHARED = 5  # letters of a word by which two names are told to be of one project


def _share_word(one: str, two: str) -> bool:
    words = [{w for w in fold(name).split() if len(w.strip(",.:;()")) >= _LEAST_SHARED} for name in (one, two)]
    return bool(words[0] & words[1])


_ASKS_MORE = shape("merging", "asks_more")
_PRIORITISES = shape("merging", "prioritises")


def _without_priorities(paper: Paper, acts: list[Act]) -> list[Act]:
    """A partnership's or committee's choice that a letter of decision tells of is a step to that decision, no act."""

    def chooses(act: Act) -> bool:
        body = act.slots.get("deciding_body")
        return (
            bool(act.triggers)
            and body is not None
            and is_unowned(paper.lexicon, body.value.lexical)
            and _PRIORITISES.search(act.book.words(act.triggers[0].start, act.triggers[0].end) if act.book else "")
            is not None
        )

    if paper.frame.unowned:
        return acts
    chosen = {id(a) for a in acts if chooses(a)}
    decided = {a.project.id for a in acts if id(a) not in chosen and a.main}
    return [a for a in acts if id(a) not in chosen or a.project.id not in decided]


def _hand_over(proposal: Act, decisions: list[Act]) -> None:
    """What a proposal tells of the application holds for the decision on it."""
    for act in decisions:
        for prop in ("beneficiary", "applied_amount_sek", "total_budget_sek"):
            act.put(prop, proposal.slots.get(prop))


def _is_told(paper: Paper, act: Act) -> bool:
    """Whether a decision with a date of its own stands outside the sections that decide: what is to be changed."""
    return "date" in act.slots and "decision" not in section_at(paper.sections, act.start).kinds


def _without_side_refusals(paper: Paper, acts: list[Act]) -> list[Act]:
    """In a list that grants the project, an item that refuses something else ('avslå begäran om') is no act on it."""
    granted = {
        (a.project.id, a.stage, a.matter.index if a.matter else -1) for a in acts if a.outcome == "grant" and a.main
    }
    changed = {(a.project.id, a.stage, a.matter.index if a.matter else -1) for a in acts if a.outcome == "other"}
    kept = []
    for act in acts:
        key = (act.project.id, act.stage, act.matter.index if act.matter else -1)
        more = key in changed and _ASKS_MORE.search(paper.view.text, act.unit.start, act.unit.end)
        if act.outcome == "reject" and act.main and more:
            continue  # 'att inte bifalla begäran om ytterligare 150 000 kr', beside what is changed
        named = bool(paper.book.mentions_in(act.unit.start, act.unit.end)) or "applied_amount_sek" in act.slots
        if act.outcome == "reject" and act.main and key in granted and not named:
            continue
        kept.append(act)
    return kept


def _join_changes(paper: Paper, acts: list[Act]) -> list[Act]:
    """A change and the grant that it gives ('ändrar sitt beslut. X får 600 tkr') are one act, a change; a grant told
    only in a relative clause ('de medel som regionen har beviljat') is what is changed, no act of its own."""
    kept = list(acts)
    for change in [a for a in acts if a.outcome == "other" and a.main]:
        for grant in [a for a in kept if a.outcome == "grant" and a.main and a.project is change.project]:
            trigger = grant.triggers[0] if grant.triggers else None
            if trigger is None or section_at(paper.sections, grant.start) is not section_at(
                paper.sections, change.start
            ):
                continue
            relative = _RELATIVE.search(paper.view.text[max(trigger.unit.start, trigger.start - 90) : trigger.start])
            close = 0 <= grant.start - change.start < 200
            if relative and not {"amount_sek", "date"} & set(grant.slots) or close and "date" not in grant.slots:
                first = change.stage == "decided" and "amount_sek" not in change.slots
                if not relative and first and (told := grant.slots.get("amount_sek")):
                    change.put("new_amount_sek", replace(told, rule="amount.changed"))
                for prop, found in grant.slots.items():
                    change.put(prop, found)
                kept.remove(grant)
    return kept


def _same(paper: Paper, one: Act, two: Act) -> bool:
    if one.project is not two.project:
        return False
    if one.outcome == two.outcome == "reject" and one.unit == two.unit and one.triggers != two.triggers:
        return True  # 'Kommunen fick nej från verket, som avslog ansökan'
    if one.outcome != two.outcome or one.stage != two.stage:
        # a paper that proposes tells of its own proposal in other words too; and a change is told as a grant
        dependent = not two.main and two.inherit is False and not {"date", "authority", "diary_number"} & set(two.slots)
        return (
            dependent
            and one.main
            and not (two.triggers and two.triggers[0].tense == "past" and _amount(one, two) is False)
        )
    for prop in ("amount_sek", "date", "authority"):
        a, b = one.slots.get(prop), two.slots.get(prop)
        if a is not None and b is not None and a.value.lexical != b.value.lexical:
            return False
    foreign = two.slots.get("authority")
    if foreign is not None and one.main and "authority" not in one.slots and paper.frame.authority is not None:
        return fold(foreign.value.lexical) == fold(paper.frame.authority.value.lexical)
    date = two.slots.get("date")
    if date is not None and one.main and "date" not in one.slots and paper.frame.date is not None:
        return date.value.lexical == paper.frame.date.value.lexical
    return True


def _amount(one: Act, two: Act) -> bool | None:
    a, b = one.slots.get("amount_sek"), two.slots.get("amount_sek")
    return None if a is None or b is None else a.value.lexical == b.value.lexical
