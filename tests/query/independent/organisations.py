"""The questions about organisations."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations

from tests.query.independent.world import Row, World, answers, largest, ratio


@answers("receivers")
def receivers(w: World, least: int = 1) -> list[Row]:
    given: dict[int, list[int]] = defaultdict(list)
    refused: dict[int, int] = defaultdict(int)
    for act in w.grants:
        if act.receiver is not None:
            given[act.receiver].append(largest(act) or 0)
    for act in w.acts:
        if act.outcome == "rejected" and act.receiver is not None:
            refused[act.receiver] += 1
    rows = []
    for org in {*given, *refused}:
        yes, no = len(given[org]), refused[org]
        if yes + no >= least:
            rows.append((w.org(org), yes, no, ratio(100 * yes, yes + no, "0.1"), sum(given[org])))
    return rows


@answers("cofinanciers")
def cofinanciers(w: World, organisation: str | None = None, least: int = 1) -> list[Row]:
    payers: dict[int, set[int]] = defaultdict(set)
    for line in w.made.lines:
        payers[line.project].add(line.payer)
    pairs: dict[Row, int] = defaultdict(int)
    for of in payers.values():
        for pair in combinations(of, 2):
            pairs[tuple(sorted(w.org(n) for n in pair))] += 1
    return [(*pair, n) for pair, n in pairs.items() if n >= least and (organisation is None or organisation in pair)]


@answers("owner-funders")
def owner_funders(w: World) -> list[Row]:
    return [
        (w.org(payer), w.made.projects[project].name, amount, w.granted(project))
        for (project, payer), amount in w.contributions().items()
        if payer in w.applicants(project)
    ]


@answers("bridging-partners")
def bridging_partners(w: World, least: int = 2) -> list[Row]:
    regions: dict[int, set[int]] = defaultdict(set)
    for project in w.made.projects:
        members = {*project.partners, *w.applicants(project.number)}
        for member in members:
            regions[member] |= {a.region for a in w.of_project[project.number]}
    return [
        (w.org(m), len(of), ", ".join(sorted(w.org(r) for r in of))) for m, of in regions.items() if len(of) >= least
    ]


@answers("concentration")
def concentration(w: World) -> list[Row]:
    spread: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for act in w.grants:
        if act.receiver is not None and act.amounts:
            spread[act.region][act.receiver] += max(act.amounts)
    rows = []
    for region, of in spread.items():
        total = sum(of.values())
        top = sum(sorted(of.values())[-5:])
        index = ratio(sum(s * s for s in of.values()), total * total, "0.0001")
        rows.append((w.org(region), len(of), total, ratio(100 * top, total, "0.1"), index))
    return rows
