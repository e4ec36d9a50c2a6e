"""Look-ups over the records of a made graph, and the table of the answers that are computed from them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from tests.query.made import Act, Made, Project

Row = tuple[Any, ...]
ANSWERS: dict[str, Callable[..., list[Row]]] = {}
STAGES = {"proposed_grant": "proposed", "proposed_rejection": "proposed", "granted": "decided", "rejected": "decided"}


def answers(name: str) -> Callable[[Callable[..., list[Row]]], Callable[..., list[Row]]]:
    def keep(function: Callable[..., list[Row]]) -> Callable[..., list[Row]]:
        ANSWERS[name] = function
        return function

    return keep


class World:
    """Look-ups over the records."""

    def __init__(self, made: Made) -> None:
        self.made = made
        self.acts = made.acts
        self.of_project: dict[int, list[Act]] = defaultdict(list)
        for act in made.acts:
            self.of_project[act.project].append(act)
        replaced = {a.amends for a in made.acts if a.outcome == "granted" and a.amounts}
        changed = {a.amends: (a.new_amount,) for a in made.acts if a.new_amount is not None}
        standing = [a for a in made.acts if a.outcome == "granted" and a.number not in replaced]
        self.grants = [replace(a, amounts=changed.get(a.number, a.amounts)) for a in standing]
        self.later: dict[int, list[int]] = defaultdict(list)
        for project in made.projects:
            for base in project.builds_on:
                self.later[base].append(project.number)

    def standing(self, act: Act) -> int | None:
        """The sum of a grant that stands, after later decisions."""
        return next((largest(a) for a in self.grants if a.number == act.number), None)

    def org(self, number: int | None) -> str | None:
        return None if number is None else self.made.organisations[number]

    def board(self, number: int | None) -> str | None:
        return None if number is None else self.made.boards[number][1]

    def project(self, act: Act) -> Project:
        return self.made.projects[act.project]

    def applicants(self, project: int) -> set[int]:
        return {a.receiver for a in self.of_project[project] if a.receiver is not None}

    def granted(self, project: int) -> int | None:
        found = [max(a.amounts) for a in self.grants if a.project == project and a.amounts]
        return sum(found) if found else None

    def contributions(self) -> dict[tuple[int, int], int]:
        sums: dict[tuple[int, int], dict[str, int]] = defaultdict(lambda: defaultdict(int))
        for line in self.made.lines:
            sums[line.project, line.payer][line.status] += line.amount or 0
        return {key: max(by.values()) for key, by in sums.items()}

    def below(self, project: int) -> set[int]:
        found, open_ = {project}, [project]
        while open_:
            for base in self.made.projects[open_.pop()].builds_on:
                if base not in found:
                    found.add(base)
                    open_.append(base)
        return found

    def above(self, project: int) -> set[int]:
        found, open_ = {project}, [project]
        while open_:
            for other in self.later[open_.pop()]:
                if other not in found:
                    found.add(other)
                    open_.append(other)
        return found

    def depth(self, project: int) -> int:
        return max((1 + self.depth(b) for b in self.made.projects[project].builds_on), default=0)

    def counties(self, project: Project) -> set[str]:
        return {*project.counties, *(m[:2] for m in project.municipalities)}

    def chosen(self, authority: str | None = None, year: int | None = None, project: str | None = None) -> list[Act]:
        return [
            a for a in self.acts
            if (authority is None or self.org(a.region).lower() == authority.lower())
            and (year is None or a.date[:4] == str(year))
            and (project is None or self.project(a).name.lower() == project.lower())
        ]


def largest(act: Act) -> int | None:
    return max(act.amounts) if act.amounts else None


def start_year(project: Project) -> int | None:
    return int(project.start[:4]) if project.start else None


def ratio(part: int, whole: int, places: str) -> Decimal:
    return (Decimal(part) / Decimal(whole)).quantize(Decimal(places), ROUND_HALF_UP)
