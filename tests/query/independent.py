"""The answers to the prepared questions, computed in plain Python from the records of a made graph.

Nothing here knows SPARQL or the graph: what a question means is written down a second time.  A row is a tuple of the
columns in their order, without ``iri``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from itertools import combinations
from typing import Any

from tests.query.made import FORMS, REGIONS, Act, Made, Project, paper_name, source_name

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
        self.grants = [a for a in made.acts if a.outcome == "granted" and a.number not in replaced]
        self.later: dict[int, list[int]] = defaultdict(list)
        for project in made.projects:
            for base in project.builds_on:
                self.later[base].append(project.number)

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


# --- money ----------------------------------------------------------------------------------------------------------


@answers("funders")
def funders(w: World, project: str) -> list[Row]:
    return [
        (p.name, w.org(line.payer), line.amount, line.form, line.status, 1)
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
    standing = {a.number for a in w.grants}

    def add(act: Act, place: int, amount: int) -> None:
        row = rows[act.project, act.region]
        row[place] = (row[place] or 0) + amount

    for act in w.chosen(**chosen):
        # One application for a chain: no two acts of one chain state what is sought.
        if act.sought:
            add(act, 0, act.sought)
        if act.outcome == "proposed_grant" and act.amounts:
            add(act, 1, max(act.amounts))
        if act.number in standing and act.amounts:
            add(act, 2, max(act.amounts))
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
        rows.append((act.date, w.project(act).name, act.outcome, Decimal(act.share), largest(act), implied, budget))
    return rows


# --- decisions ------------------------------------------------------------------------------------------------------


@answers("decisions")
def decisions(w: World, beneficiary: str | None = None, outcome: str | None = None, diary_number: str | None = None,
              **chosen: Any) -> list[Row]:
    return [
        (a.date, w.project(a).name, a.outcome, largest(a), Decimal(a.share) if a.share else None, w.org(a.region),
         w.board(a.board), w.org(a.receiver), a.diary, len(a.papers))
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
                     Decimal(a.share) if a.share else None, w.org(a.region), w.board(a.board), w.org(a.receiver),
                     len(a.papers)))
    return rows


# --- organisations --------------------------------------------------------------------------------------------------


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


# --- places ---------------------------------------------------------------------------------------------------------


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


# --- lineage --------------------------------------------------------------------------------------------------------


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


# --- trust ----------------------------------------------------------------------------------------------------------


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
                "diaryNumber": act.diary, "sharePercent": act.share, "fundingSource": act.source,
                "soughtAmount": act.sought, "ground": act.ground, "condition": act.condition, "legalBasis": act.legal,
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
