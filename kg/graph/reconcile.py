"""Do the financing lines of a project reach the total cost that the same paper states?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pyoxigraph import Literal

from kg.graph.evidence import document_path
from kg.graph.facts import Fact
from kg.graph.nodes import Namer, integer, term
from kg.graph.view import Derived

# A funder may have a line for what was planned or sought and another for what was granted.  A total goes with one of
# the two readings, so the plan is tried first, then the decision.
_PLAN_FIRST = ("planned", "sought", "proposed", "granted", "paid")
_READINGS = (_PLAN_FIRST, tuple(reversed(_PLAN_FIRST)))


@dataclass(slots=True)
class _Line:
    project: str = ""
    contributor: str = ""
    form: str = ""
    status: str = ""
    amounts: set[int] = field(default_factory=set)


def reconcile(facts: Iterable[Fact], name: Namer) -> Iterator[Derived]:
    """A ``bg:Reconciliation`` for each project and paper that states a total cost and at least two lines with an
    amount.  Where papers' readings differ, the one that holds is given, else that of the plan."""
    lines: dict[tuple[str, str], _Line] = {}
    totals: dict[tuple[str, str], set[int]] = {}
    for fact in facts:
        document = fact.claim.evidence.document
        if fact.predicate == "bg:totalBudget":
            totals.setdefault((document, fact.subject), set()).add(int(fact.object.value))
        elif fact.subject.startswith("financing/"):
            _note(lines.setdefault((document, fact.subject), _Line()), fact)
    of_project: dict[tuple[str, str], dict[str, _Line]] = {}
    for (document, iri), line in lines.items():
        if line.amounts and line.contributor:
            of_project.setdefault((document, line.project), {})[iri] = line
    for (document, project), stated in sorted(totals.items()):
        counted = of_project.get((document, project), {})
        if len(counted) >= 2:
            found = _compare(project, document, counted, stated, name)
            # of a line that was sought and one that was granted, only one counts, and there is nothing to add up
            if len(found.sources) > 2:
                yield found


def _note(line: _Line, fact: Fact) -> None:
    """Set the field of the line that the fact is about."""
    value = fact.thing if fact.thing is not None else fact.object.value
    match fact.predicate:
        case "bg:project":
            line.project = value
        case "bg:contributor":
            line.contributor = value
        case "bg:form":
            line.form = value
        case "bg:status":
            line.status = value.rpartition("#")[2].partition("-")[2]
        case "bg:amount":
            line.amounts.add(int(value))
        case "bg:decision":
            pass
        case other:
            raise AssertionError(f"{other} on a financing line")


def _compare(project: str, document: str, lines: dict[str, _Line], stated: set[int], name: Namer) -> Derived:
    best: tuple[dict[str, _Line], int, int] | None = None
    for reading in _READINGS:
        chosen = _choose(lines, reading)
        found = sum(max(line.amounts) for line in chosen.values())
        total = found if found in stated else max(stated)
        if best is None or (found == total and best[1] != best[2]):
            best = chosen, found, total
    assert best is not None
    chosen, found, total = best
    terms = " + ".join(str(max(line.amounts)) for line in chosen.values())
    holds = found == total
    formula = f"{terms} = {found}; stated total {total}; {'it holds' if holds else f'difference {found - total}'}"
    paper = document_path(document)
    slug = project.partition("/")[2]
    return Derived(
        f"reconciliation/{slug}/{document[:12]}",
        "rdf:type",
        term("bg:Reconciliation"),
        "reconciliation",
        formula,
        (*chosen, paper),
        rest=(
            ("bg:ofProject", name(project)),
            ("bg:source", name(paper)),
            ("bg:sumOfLines", integer(found)),
            ("bg:statedTotal", integer(total)),
            ("bg:difference", integer(found - total)),
            ("bg:holds", Literal("true" if holds else "false", datatype=term("xsd:boolean"))),
            *(("bg:line", name(iri)) for iri in chosen),
        ),
    )


def _choose(lines: dict[str, _Line], reading: tuple[str, ...]) -> dict[str, _Line]:
    """The lines to add up: of each contributor and form, those whose status comes first in the reading."""
    rank = {status: place for place, status in enumerate(reading)}
    first: dict[tuple[str, str], int] = {}
    for line in lines.values():
        key, place = (line.contributor, line.form), rank.get(line.status, len(rank))
        first[key] = min(place, first.get(key, place))
    return {
        iri: line
        for iri, line in sorted(lines.items())
        if rank.get(line.status, len(rank)) == first[line.contributor, line.form]
    }
