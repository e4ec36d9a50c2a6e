"""The questions about places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from tests.query.independent.world import Row, World, answers, largest
from tests.query.made import Act, Project


@answers("unfunded-municipalities")
def unfunded_municipalities(w: World) -> list[Row]:
    registers = w.made.registers
    named: dict[str, int] = defaultdict(int)
    for project in w.made.projects:
        for code in project.municipalities:
            named[code] += 1
    active = {w.org(line.payer).lower() for line in w.made.lines}
    active |= {w.org(n).lower() for p in w.made.projects for n in p.partners}
    rows = []
    for code, count in named.items():
        place = registers.municipality(code)
        if place.name.lower() not in active:
            rows.append((place.short_name, registers.county(place.county).short_name, count))
    return rows


@answers("cross-county")
def cross_county(w: World) -> list[Row]:
    rows = []
    for project in w.made.projects:
        counties = w.counties(project)
        if len(counties) < 2:
            continue
        yes = {a.region for a in w.of_project[project.number] if a.outcome == "granted"}
        no = {a.region for a in w.of_project[project.number] if a.outcome == "rejected"}
        both = yes | no
        alike = {0: "none", 1: "one"}.get(len(both)) or ("unlike" if yes and no else "alike")
        rows.append((project.name, len(counties), len(both), len(yes), len(no), alike))
    return rows


def _tally(w: World, groups_of: Callable[[Project], Any]) -> dict[str, tuple[int, int, int]]:
    found: dict[str, list[Act]] = defaultdict(list)
    for act in w.grants:
        for group in groups_of(w.project(act)):
            found[group].append(act)
    return {g: (len({a.project for a in of}), len(of), sum(largest(a) or 0 for a in of)) for g, of in found.items()}


@answers("money-by-county")
def money_by_county(w: World) -> list[Row]:
    return [(w.made.registers.county(c).short_name, *counts) for c, counts in _tally(w, w.counties).items()]


@answers("money-by-priority")
def money_by_priority(w: World) -> list[Row]:
    return [(p, *counts) for p, counts in _tally(w, lambda p: [p.priority] if p.priority else []).items()]
