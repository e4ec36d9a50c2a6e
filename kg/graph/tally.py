"""Derived facts for questions about the whole graph: sums, pairs and chains, which a plain pattern would have to
compute anew from every decision and line.

A grant stands where no later grant with an amount amends it, with the sum to which the last decision that amends it
raises or cuts it; an act whose papers state several amounts counts once,
with the largest.  ``tests/query/plain/NAME.rq`` says each in plain SPARQL, and a test that both give the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from itertools import combinations, pairwise

from pyoxigraph import Literal, NamedNode

from kg.graph.nodes import Namer, decimal, digest, integer, term, text
from kg.graph.standing import derive_amounts, find_grants, find_overtaken
from kg.graph.view import Derived, View

TALLIES: dict[str, str] = {
    "standing_amount": "the sum of a grant after the last decision that raises or cuts it",
    "granted_total": "the sum of the grants to a project that stand",
    "contribution": "what an organisation contributes to a project: of its lines that stand by status, the largest sum",
    "cofinancing": "two organisations that contribute to the same project",
    "receiver_tally": "the grants to an organisation that stand, and the refusals of its applications",
    "concentration": "how the grants of an authority that stand are spread over those who receive them",
    "county_tally": "the grants that stand to projects in a county, or in a municipality of it",
    "priority_tally": "the grants that stand to projects of a priority of a strategy",
    "works_under": "who is partner or applicant in a project works under the authorities that act on it",
    "active_year": "a body acts in the years of the decisions that papers report of it",
    "depth": "the number of projects in the longest chain that a project builds on",
    "disagreement": "papers state different values of what can have only one",
}

# Properties that have one value each, by class path: papers that state two disagree.
_SINGLE = {
    "decision": (
        "eli:passed_by",
        "bg:authority",
        "bg:date",
        "bg:diaryNumber",
        "bg:beneficiary",
        "bg:amount",
        "bg:newAmount",
        "bg:sharePercent",
        "bg:outcome",
    ),
    "project": ("bg:start", "bg:end", "bg:totalBudget"),
    "application": ("bg:soughtAmount",),
    "financing": ("bg:amount", "bg:contributor"),
}
_DATES = ("bg:date", "bg:start", "bg:end")


@dataclass(slots=True)
class _Grants:
    """Grants that are counted together: the largest amount of each act, and the projects."""

    amounts: dict[str, int] = field(default_factory=dict)
    projects: set[str] = field(default_factory=set)

    @property
    def total(self) -> int:
        return sum(self.amounts.values())


def tally(view: View, name: Namer) -> Iterator[Derived]:
    """All derived facts of ``TALLIES``, in a fixed order."""
    standing = dict(find_grants(view))
    yield from derive_amounts(view, standing)
    yield from _granted_totals(view, standing)
    yield from _contributions(view, name)
    yield from _receivers(view, standing, name)
    yield from _concentrations(view, standing, name)
    yield from _places(view, standing, name)
    yield from _priorities(view, standing)
    yield from _works_under(view, name)
    yield from _active_years(view)
    yield from _depths(view)
    yield from _disagreements(view)


def tally_group(group: str, view: View, name: Namer) -> Iterator[Derived]:
    """The derived facts of one of ``TALLIES``, or more; ``contribution`` gives those of ``cofinancing`` too."""
    match group:
        case "standing_amount":
            yield from derive_amounts(view, dict(find_grants(view)))
        case "granted_total":
            yield from _granted_totals(view, dict(find_grants(view)))
        case "contribution":
            yield from _contributions(view, name)
        case "receiver_tally":
            yield from _receivers(view, dict(find_grants(view)), name)
        case "concentration":
            yield from _concentrations(view, dict(find_grants(view)), name)
        case "county_tally":
            yield from _places(view, dict(find_grants(view)), name)
        case "priority_tally":
            yield from _priorities(view, dict(find_grants(view)))
        case "works_under":
            yield from _works_under(view, name)
        case "active_year":
            yield from _active_years(view)
        case "depth":
            yield from _depths(view)
        case "disagreement":
            yield from _disagreements(view)
        case other:
            raise AssertionError(f"no tally {other}")


def _granted_totals(view: View, standing: dict[str, int | None]) -> Iterator[Derived]:
    totals: dict[str, dict[str, int]] = {}
    for act, amount in standing.items():
        for project in view.values(act, "bg:project") if amount is not None else ():
            totals.setdefault(project, {})[act] = amount or 0
    for project, acts in sorted(totals.items()):
        total = sum(acts.values())
        formula = f"{' + '.join(str(acts[a]) for a in sorted(acts))} = {total}"
        yield Derived(project, "bg:grantedTotal", integer(total), "granted_total", formula, tuple(sorted(acts)))


def _contributions(view: View, name: Namer) -> Iterator[Derived]:
    """Contributions by project and organisation, then the pairs that finance together."""
    sums: dict[tuple[str, str], dict[str, dict[str, int]]] = {}
    overtaken = find_overtaken(view)
    for line in view.subjects("bg:contributor"):
        if line in overtaken:
            continue
        amounts, statuses = view.values(line, "bg:amount"), view.codes(line, "bg:status") or [""]
        for project in view.values(line, "bg:project"):
            for payer in view.values(line, "bg:contributor"):
                of_payer = sums.setdefault((project, payer), {})
                for status in statuses:
                    of_payer.setdefault(status, {})[line] = max(map(int, amounts)) if amounts else 0
    owners: dict[str, set[str]] = {}
    for act in view.subjects("bg:beneficiary"):
        for project in view.values(act, "bg:project"):
            owners.setdefault(project, set()).update(view.values(act, "bg:beneficiary"))
    pairs: dict[tuple[str, str], list[str]] = {}
    payers: dict[str, list[str]] = {}
    for (project, payer), by_status in sorted(sums.items()):
        payers.setdefault(project, []).append(payer)
        best = max(sum(lines.values()) for lines in by_status.values())
        formula = "the largest of " + ", ".join(
            f"{status or 'no status'} {sum(lines.values())}" for status, lines in sorted(by_status.items())
        )
        lines_ = sorted({line for lines in by_status.values() for line in lines})
        owns = payer in owners.get(project, set())
        yield Derived(
            f"contribution/{_tail(project)}/{_tail(payer)}",
            "rdf:type",
            term("bg:Contribution"),
            "contribution",
            formula,
            tuple(lines_),
            rest=(
                ("bg:ofProject", name(project)),
                ("bg:ofOrganisation", name(payer)),
                ("bg:contributedSum", integer(best)),
                ("bg:byOwner", Literal("true" if owns else "false", datatype=term("xsd:boolean"))),
            ),
        )
    for project, found in payers.items():
        for pair in combinations(sorted(found), 2):
            pairs.setdefault(pair, []).append(project)
    for (first, second), projects in sorted(pairs.items()):
        yield Derived(
            f"cofinancing/{_tail(first)}/{_tail(second)}",
            "rdf:type",
            term("bg:CoFinancing"),
            "cofinancing",
            f"projects that both contribute to: {len(projects)}",
            tuple(projects),
            rest=(
                ("bg:ofOrganisation", name(first)),
                ("bg:ofOrganisation", name(second)),
                ("bg:projectCount", integer(len(projects))),
            ),
        )


def _receivers(view: View, standing: dict[str, int | None], name: Namer) -> Iterator[Derived]:
    granted: dict[str, dict[str, int]] = {}
    refused: dict[str, set[str]] = {}
    for act in view.subjects("bg:beneficiary"):
        for receiver in view.values(act, "bg:beneficiary"):
            if act in standing:
                granted.setdefault(receiver, {})[act] = standing[act] or 0
            elif "rejected" in view.codes(act, "bg:outcome"):
                refused.setdefault(receiver, set()).add(act)
    for receiver in sorted({*granted, *refused}):
        given, not_given = granted.get(receiver, {}), refused.get(receiver, set())
        formula = f"{len(given)} grants of {sum(given.values())} together, {len(not_given)} refusals"
        yield Derived(
            f"receiver/{_tail(receiver)}",
            "rdf:type",
            term("bg:ReceiverTally"),
            "receiver_tally",
            formula,
            tuple(sorted({*given, *not_given})),
            rest=(
                ("bg:ofOrganisation", name(receiver)),
                ("bg:grantCount", integer(len(given))),
                ("bg:rejectionCount", integer(len(not_given))),
                ("bg:grantedSum", integer(sum(given.values()))),
            ),
        )


def _concentrations(view: View, standing: dict[str, int | None], name: Namer) -> Iterator[Derived]:
    spread: dict[str, dict[str, int]] = {}
    acts: dict[str, set[str]] = {}
    for act, amount in standing.items():
        receivers = view.values(act, "bg:beneficiary")
        if not amount or not receivers:
            continue
        for authority in view.values(act, "bg:authority"):
            of = spread.setdefault(authority, {})
            of[receivers[0]] = of.get(receivers[0], 0) + amount
            acts.setdefault(authority, set()).add(act)
    for authority, sums in sorted(spread.items()):
        total = sum(sums.values())
        top = sum(sorted(sums.values(), reverse=True)[:5])
        squares = sum(s * s for s in sums.values())
        share = _ratio(100 * top, total, "0.1")
        index = _ratio(squares, total * total, "0.0001")
        formula = f"{len(sums)} receivers of {total} together, the five largest of {top}"
        yield Derived(
            f"concentration/{_tail(authority)}",
            "rdf:type",
            term("bg:Concentration"),
            "concentration",
            formula,
            tuple(sorted(acts[authority])),
            rest=(
                ("bg:ofOrganisation", name(authority)),
                ("bg:grantedSum", integer(total)),
                ("bg:receiverCount", integer(len(sums))),
                ("bg:topFiveShare", decimal(share)),
                ("bg:herfindahl", decimal(index)),
            ),
        )


def _ratio(part: int, whole: int, places: str) -> Decimal:
    return (Decimal(part) / Decimal(whole)).quantize(Decimal(places), rounding=ROUND_HALF_UP)


def _places(view: View, standing: dict[str, int | None], name: Namer) -> Iterator[Derived]:
    def counties(project: str) -> set[str]:
        return {county for place in view.values(project, "dcterms:spatial") if (county := county_of(place))}

    for county, grants in _grouped(view, standing, counties):
        yield Derived(
            f"tally/{county}",
            "rdf:type",
            term("bg:CountyTally"),
            "county_tally",
            _grants_formula(grants),
            tuple(sorted(grants.amounts)),
            rest=(("bg:ofTerritory", name(county)), *_counts(grants)),
        )


def county_of(place: str) -> str:
    """The county in which a county or municipality lies; empty for one that no register knows."""
    kind, _, code = place.partition("/")
    if kind == "county":
        return place
    # The first two digits of a municipality's code are those of its county; one that no register knows has no code.
    return f"county/{code[:2]}" if code.isdecimal() else ""


def _priorities(view: View, standing: dict[str, int | None]) -> Iterator[Derived]:
    for priority, grants in _grouped(view, standing, lambda p: set(view.values(p, "bg:priority"))):
        node = "tally/priority/" + digest(priority)
        yield Derived(
            node,
            "rdf:type",
            term("bg:PriorityTally"),
            "priority_tally",
            _grants_formula(grants),
            tuple(sorted(grants.amounts)),
            rest=(("bg:ofPriority", text(priority)), *_counts(grants)),
        )


def _grouped(view: View, standing: dict[str, int | None], groups_of: object) -> Iterator[tuple[str, _Grants]]:
    assert callable(groups_of)
    found: dict[str, _Grants] = {}
    for act, amount in standing.items():
        for project in view.values(act, "bg:project"):
            for group in groups_of(project):
                grants = found.setdefault(group, _Grants())
                grants.amounts[act] = amount or 0
                grants.projects.add(project)
    yield from sorted(found.items())


def _grants_formula(grants: _Grants) -> str:
    return f"{len(grants.amounts)} grants of {grants.total} together to {len(grants.projects)} projects"


def _counts(grants: _Grants) -> tuple[tuple[str, NamedNode | Literal], ...]:
    return (
        ("bg:grantCount", integer(len(grants.amounts))),
        ("bg:projectCount", integer(len(grants.projects))),
        ("bg:grantedSum", integer(grants.total)),
    )


def _works_under(view: View, name: Namer) -> Iterator[Derived]:
    authorities: dict[str, set[str]] = {}
    members: dict[str, set[str]] = {}
    for act in view.subjects("bg:authority"):
        for project in view.values(act, "bg:project"):
            authorities.setdefault(project, set()).update(view.values(act, "bg:authority"))
            members.setdefault(project, set()).update(view.values(act, "bg:beneficiary"))
    found: dict[tuple[str, str], set[str]] = {}
    for project, of in authorities.items():
        for member in members[project] | set(view.values(project, "bg:partner")):
            for authority in of - {member}:
                found.setdefault((member, authority), set()).add(project)
    for (member, authority), projects in sorted(found.items()):
        formula = f"projects of the organisation on which the authority acts: {len(projects)}"
        yield Derived(
            member, "bg:worksUnder", name(authority), "works_under", formula, tuple(sorted(projects)), authority
        )


def _active_years(view: View) -> Iterator[Derived]:
    found: dict[tuple[str, str], set[str]] = {}
    for act in view.subjects("bg:date"):
        # As bg:year: the earliest date that a paper states.
        year = view.values(act, "bg:date")[0][:4]
        for body in (*view.values(act, "bg:authority"), *view.values(act, "eli:passed_by")):
            found.setdefault((body, year), set()).add(act)
    for (body, year), acts in sorted(found.items()):
        formula = f"acts of {year}: {len(acts)}"
        yield Derived(body, "bg:activeYear", integer(year), "active_year", formula, tuple(sorted(acts)))


def _depths(view: View) -> Iterator[Derived]:
    depths: dict[str, int] = {}
    for project in view.subjects("bg:buildsOn"):
        _measure_depth(view, project, depths)
    for project in sorted(depths):
        if depths[project] > 0:
            bases = view.values(project, "bg:buildsOn")
            formula = f"1 + the largest depth of {len(bases)} = {depths[project]}"
            yield Derived(project, "bg:depth", integer(depths[project]), "depth", formula, tuple(bases))


def _measure_depth(view: View, first: str, depths: dict[str, int]) -> None:
    """Depth first, without recursion, since a chain may be long; what closes a circle counts as nothing."""
    path, on_path = [first], {first}
    while path:
        project = path[-1]
        bases = view.values(project, "bg:buildsOn")
        open_ = next((b for b in bases if b not in depths and b not in on_path), None)
        if open_ is not None:
            path.append(open_)
            on_path.add(open_)
            continue
        depths.setdefault(project, max((1 + depths[b] for b in bases if b in depths), default=0))
        on_path.discard(path.pop())


def _disagreements(view: View) -> Iterator[Derived]:
    for subject in view.all_subjects():
        for predicate in _SINGLE.get(subject.partition("/")[0], ()):
            values = view.values(subject, predicate)
            if len(values) > 1 and not (predicate in _DATES and _agree(values)):
                shown = " / ".join(v.rpartition("#")[2] for v in values)
                yield Derived(subject, "bg:disagreesOn", term(predicate), "disagreement", shown, (subject,))


def _agree(dates: Iterable[str]) -> bool:
    """Whether each date is the longest one, or the beginning of it."""
    found = sorted(dates)
    return all(later.startswith(sooner) for sooner, later in pairwise(found))


def _tail(path: str) -> str:
    """The part of a path that names the thing; with its kind where it is neither project nor organisation."""
    kind, _, name = path.partition("/")
    return name if kind in ("project", "organisation") else f"{kind}-{name}"
