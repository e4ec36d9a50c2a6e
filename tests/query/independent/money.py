"""The questions about money."""

from __future__ import annotations

from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from tests.query.independent.world import Row, World, answers, largest, ratio
from tests.query.made import REGIONS, Act, paper_name, source_name


@answers("funders")
def funders(w: World, project: str) -> list[Row]:
    return [
        (p.name, w.org(line.payer), line.amount, line.amount, line.form, line.status, 1)
        for line in w.made.lines
        for p in [w.made.projects[line.project]]
        if p.name.lower() == project.lower()
    ]


@answers("financing-forms")
def financing_forms(w: World, project: str) -> list[Row]:
    groups: dict[Row, list[Any]] = defaultdict(list)
    for line in w.made.lines:
        name = w.made.projects[line.project].name
        if name.lower() == project.lower() and line.amount is not None:
            groups[name, line.form, line.status].append(line)
    return [(*key, len({x.payer for x in of}), sum(x.amount for x in of)) for key, of in groups.items()]


@answers("granted-by-year")
def granted_by_year(w: World, authority: str) -> list[Row]:
    groups: dict[Row, list[int]] = defaultdict(list)
    for act in w.grants:
        if w.org(act.region).lower() == authority.lower() and act.amounts:
            source = source_name(w.made, act.source) if act.source else None
            groups[int(act.date[:4]), source].append(max(act.amounts))
    return [(*key, len(of), sum(of)) for key, of in groups.items()]


@answers("sought-proposed-granted")
def sought_proposed_granted(w: World, **chosen: Any) -> list[Row]:
    rows: dict[tuple[int, int], list[int | None]] = defaultdict(lambda: [None, None, None])
    standing = {a.number: a.amounts for a in w.grants}

    def add(act: Act, place: int, amount: int) -> None:
        row = rows[act.project, act.region]
        row[place] = (row[place] or 0) + amount

    for act in w.chosen(**chosen):
        # One application for a chain: no two acts of one chain state what is sought.
        if act.sought:
            add(act, 0, act.sought)
        if act.outcome == "proposed_grant" and act.amounts:
            add(act, 1, max(act.amounts))
        if standing.get(act.number):
            add(act, 2, max(standing[act.number]))
    return [(w.made.projects[p].name, w.org(r), *sums) for (p, r), sums in rows.items()]


@answers("leverage")
def leverage(w: World) -> list[Row]:
    sums = w.contributions()
    of_project: dict[int, int] = defaultdict(int)
    for (project, _), amount in sums.items():
        of_project[project] += amount
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for (project, payer), amount in sums.items():
        if payer < REGIONS and amount > 0:
            found[payer].append((amount, of_project[project] - amount))
    rows = []
    for payer, of in found.items():
        own, others = sum(a for a, _ in of), sum(b for _, b in of)
        rows.append((w.org(payer), len(of), own, others, ratio(others, own, "0.01")))
    return rows


@answers("share-caps")
def share_caps(w: World, **chosen: Any) -> list[Row]:
    rows = []
    for act in w.chosen(**chosen):
        if act.share is None:
            continue
        implied = None
        if len(act.amounts) == 1:
            exact = Decimal(act.amounts[0]) * 100 / Decimal(act.share)
            implied = int(exact.quantize(Decimal(1), ROUND_HALF_UP))
        budget = w.project(act).budget
        rows.append((act.date, w.project(act).name, act.outcome, Decimal(act.share), largest(act), w.standing(act),
                     implied, budget))
    return rows


@answers("tables-that-differ")
def tables_that_differ(w: World, project: str | None = None) -> list[Row]:
    """The lines of a project stand in one paper with its total.  Of each payer and form the lines of the status that
    comes first count, by the plan or, where only that reaches the total, by the decision."""
    order = ("planned", "sought", "proposed", "granted", "paid")
    rows = []
    for p in w.made.projects:
        lines = [x for x in w.made.lines if x.project == p.number and x.amount is not None]
        if p.budget is None or len(lines) < 2 or (project and p.name.lower() != project.lower()):
            continue
        sums = []
        for ranked in (order, order[::-1]):
            counted = []
            for line in lines:
                rivals = [x.status for x in lines if (x.payer, x.form) == (line.payer, line.form)]
                if line.status == min(rivals, key=ranked.index):
                    counted.append(line.amount)
            sums.append((sum(counted), len(counted)))
        if p.budget in (sums[0][0], sums[1][0]):
            continue
        total, count = sums[0]
        rows.append((p.name, total, p.budget, total - p.budget, count, paper_name(min(p.papers))))
    return rows
