"""The questions about lineage."""

from __future__ import annotations

from typing import Any

from tests.query.independent.world import Row, World, answers, largest, start_year


def _chain(w: World, name: str) -> set[int]:
    number = next((p.number for p in w.made.projects if p.name.lower() == name.lower()), None)
    return set() if number is None else w.below(number) | w.above(number)


@answers("lineage-money")
def lineage_money(w: World, project: str) -> list[Row]:
    rows = []
    for number in _chain(w, project):
        p = w.made.projects[number]
        sums = sum(w.granted(b) or 0 for b in w.below(number))
        rows.append((p.name, start_year(p), w.depth(number), w.granted(number), sums))
    return rows


@answers("longest-chains")
def longest_chains(w: World, least: int = 3) -> list[Row]:
    rows = []
    for p in w.made.projects:
        length = w.depth(p.number) + 1
        if p.builds_on and not w.later[p.number] and length >= least:
            rows.append((p.name, length, sum(w.granted(b) or 0 for b in w.below(p.number))))
    return rows


@answers("cited-alike")
def cited_alike(w: World) -> list[Row]:
    return [
        (p.name, start_year(p), other.name, start_year(other))
        for p in w.made.projects
        for other in (w.made.projects[n] for n in p.related)
        if other.number not in p.builds_on
    ]


@answers("returning-ideas")
def returning_ideas(w: World, **chosen: Any) -> list[Row]:
    rows = []
    for no in w.chosen(**chosen):
        if no.outcome != "rejected":
            continue
        for again in (no.project, *w.later[no.project]):
            for act in w.of_project[again]:
                later = act.date > no.date and not act.date.startswith(no.date)
                if later and act.outcome in ("granted", "proposed_grant"):
                    rows.append((w.project(no).name, no.date, w.org(no.region), w.project(act).name, act.date,
                                 act.outcome, largest(act)))
    return rows


@answers("lineage")
def lineage(w: World, project: str) -> list[Row]:
    """What is compared: name, direction, distance."""
    number = next((p.number for p in w.made.projects if p.name.lower() == project.lower()), None)
    if number is None:
        return []
    rows: list[Row] = [(w.made.projects[number].name, "itself", 0)]
    for direction, near in (("predecessor", w.below), ("successor", w.above)):
        for other in near(number) - {number}:
            between = {n for n in near(number) if n != other and other in near(n)}
            rows.append((w.made.projects[other].name, direction, len(between)))
    return rows
