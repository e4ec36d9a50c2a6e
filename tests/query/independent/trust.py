"""The questions about trust."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from tests.query.independent.world import Row, World, answers
from tests.query.made import FORMS, paper_name


@answers("gaps")
def gaps(w: World) -> list[Row]:
    years: dict[tuple[str, str], set[int]] = defaultdict(set)
    for act in w.acts:
        year = int(act.date[:4])
        years[w.org(act.region), "Organisation"].add(year)
        if act.board is not None:
            years[w.board(act.board), "Board"].add(year)
    every = set().union(*years.values())
    return [(*body, year) for body, of in years.items() for year in every - of]


@answers("number-words")
def number_words(w: World, number: int) -> list[tuple[str, str, str, Decimal]]:
    """What is compared: what it is about, the property, the paper, the confidence."""
    rows = []
    for act in w.acts:
        stated = [("amount", n) for n in act.amounts] + ([("soughtAmount", act.sought)] if act.sought else [])
        for property, value in stated:
            if value == number:
                rows += [(act.diary, property, paper_name(p), Decimal(str(act.confidence))) for p in act.papers]
    for line in w.made.lines:
        if line.amount == number:
            rows.append((f"Post {line.number}", "amount", paper_name(line.paper), Decimal("0.9")))
    return rows


@answers("disagreements")
def disagreements(w: World) -> list[Row]:
    return [
        (act.diary, "amount", str(amount), paper_name(paper), Decimal(str(act.confidence)))
        for act in w.acts
        if len(act.amounts) > 1
        for amount in act.amounts
        for paper in act.papers
    ]


@answers("doubtful")
def doubtful(w: World, below: str = "0.5") -> list[tuple[str, Decimal, str]]:
    """What is compared: property, confidence, paper; of acts alone, since all else is read by better rules."""
    rows: list[tuple[str, Decimal, str]] = []
    said: set[int] = set()
    for act in w.acts:
        project = w.project(act)
        for paper in act.papers:
            single = {
                "outcome": act.outcome, "project": act.project, "authority": act.region, "date": act.date,
                "diaryNumber": act.diary, "sharePercent": act.share, "newAmount": act.new_amount,
                "fundingSource": act.source, "soughtAmount": act.sought, "ground": act.ground,
                "condition": act.condition, "legalBasis": act.legal,
            }
            found = [p for p, v in single.items() if v is not None] + ["amount"] * len(act.amounts)
            numbered = {
                "passed_by": act.board, "beneficiary": act.receiver, "decides": act.decides, "amends": act.amends
            }
            found += [p for p, v in numbered.items() if v is not None]
            if paper == min(project.papers) and act.project not in said:
                said.add(act.project)
                found += [p for p, v in (("start", project.start), ("end", project.end)) if v]
                found += ["totalBudget"] * (project.budget is not None) + ["partner"] * len(project.partners)
                found += ["spatial"] * (len(project.counties) + len(project.municipalities))
            if act.confidence < float(below):
                rows += [(p, Decimal(str(act.confidence)), paper_name(paper)) for p in found]
    return rows


@answers("papers")
def papers(w: World) -> list[Row]:
    """What is compared: paper, form, acts, first and last date."""
    rows = []
    for number in range(w.made.papers):
        of = [a for a in w.acts if number in a.papers]
        dates = sorted(a.date for a in of)
        form = FORMS[number % len(FORMS)]
        rows.append((paper_name(number), form, 5000, len(of), min(dates, default=None), max(dates, default=None)))
    return rows
