"""The questions about decisions."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tests.query.independent.world import STAGES, Row, World, answers, largest


@answers("decisions")
def decisions(w: World, beneficiary: str | None = None, outcome: str | None = None, diary_number: str | None = None,
              **chosen: Any) -> list[Row]:
    return [
        (a.date, w.project(a).name, a.outcome, largest(a), w.standing(a), Decimal(a.share) if a.share else None,
         w.org(a.region), w.board(a.board), w.org(a.receiver), a.diary, len(a.papers))
        for a in w.chosen(**chosen)
        if (beneficiary is None or w.org(a.receiver) == beneficiary)
        and (outcome is None or a.outcome == outcome.lower())
        and (diary_number is None or a.diary.lower() == diary_number.lower())
    ]


@answers("rejections")
def rejections(w: World, **chosen: Any) -> list[Row]:
    return [
        (a.date, w.project(a).name, w.org(a.region), w.board(a.board), w.org(a.receiver), a.ground, a.diary)
        for a in w.chosen(**chosen)
        if a.outcome == "rejected"
    ]


@answers("open-proposals")
def open_proposals(w: World, **chosen: Any) -> list[Row]:
    settled = {a.decides for a in w.acts}
    return [
        (a.date, w.project(a).name, a.outcome, largest(a), w.org(a.region), w.org(a.receiver), a.diary)
        for a in w.chosen(**chosen)
        if STAGES.get(a.outcome) == "proposed" and a.number not in settled
    ]


@answers("changed-proposals")
def changed_proposals(w: World, **chosen: Any) -> list[Row]:
    rows = []
    for act in w.chosen(**chosen):
        if act.decides is None:
            continue
        before = w.acts[act.decides]
        same = {"granted": "proposed_grant", "rejected": "proposed_rejection"}[act.outcome] == before.outcome
        asked, given = largest(before), largest(act)
        both = asked is not None and given is not None
        if same and not (both and asked != given):
            continue
        change = given - asked if both else None
        rows.append(
            (act.date, w.project(act).name, before.outcome, act.outcome, asked, given, change, w.org(act.region))
        )
    return rows


@answers("formalities")
def formalities(w: World, **chosen: Any) -> list[Row]:
    return [
        (a.date, w.project(a).name, a.outcome, w.org(a.region), w.board(a.board), a.legal, a.diary, None)
        for a in w.chosen(**chosen)
    ]


@answers("conditions")
def conditions(w: World, **chosen: Any) -> list[Row]:
    return [
        (a.date, w.project(a).name, a.outcome, w.org(a.region), a.condition) for a in w.chosen(**chosen) if a.condition
    ]


@answers("replaced")
def replaced(w: World, **chosen: Any) -> list[Row]:
    rows = []
    for a in w.chosen(**chosen):
        if a.amends is None:
            continue
        before = w.acts[a.amends]
        change = largest(a) - largest(before)
        rows.append((a.date, w.project(a).name, a.outcome, largest(a), before.date, before.outcome, largest(before),
                     change, w.org(a.region)))
    return rows


@answers("matter")
def matter(w: World, number: str) -> list[Row]:
    found = {a.number for a in w.acts if a.diary.lower() == number.lower()}
    while True:
        more = {n for a in w.acts for n in (a.decides, a.amends) if a.number in found and n is not None}
        more |= {a.number for a in w.acts if a.decides in found or a.amends in found}
        if more <= found:
            break
        found |= more
    rows = []
    for n in sorted(found):
        a, chain = w.acts[n], w.acts[n]
        while chain.decides is not None or chain.amends is not None:
            chain = w.acts[chain.decides if chain.decides is not None else chain.amends]
        of_chain = [x.sought for x in w.acts if x.number in found and x.sought]
        stage = "amended" if a.amends is not None else STAGES[a.outcome]
        rows.append((a.date, stage, a.outcome, w.project(a).name, max(of_chain, default=None), largest(a),
                     w.standing(a), Decimal(a.share) if a.share else None, w.org(a.region), w.board(a.board),
                     w.org(a.receiver), len(a.papers)))
    return rows
