"""From the graph, a view and filters to a network."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import pyoxigraph as ox

from kg.errors import QueryError, ResourceError, UsageError
from kg.export.describing import Describer
from kg.export.networks import Edge, Network, Node, Scalar, Spell
from kg.export.times import first_day, join_spells, last_day, overlaps
from kg.export.views import View
from kg.graph.unparsed import UNPARSED_HINT, say_unparsed
from kg.terms import CODES, PREFIXES

_KNOWN = frozenset({"source", "target", "kind", "counted", "amount", "start", "end", "project", "outcome"})
Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Selection:
    """What of a view is wanted; empty fields choose nothing away.

    ``start``, ``end``: a period (dates as precise as wished) with which the facts behind an edge share a day;
    ``region``: a county or municipality of their project; ``outcome``: of the act, or of an act on their project;
    ``kinds``: of edges; ``least``: the least sum on an edge in kronor; ``around``, ``hops``: what lies at most that
    many edges from a thing.
    """

    start: str = ""
    end: str = ""
    region: str = ""
    outcome: str = ""
    kinds: tuple[str, ...] = ()
    least: int | None = None
    around: str = ""
    hops: int = 1

    def describe(self) -> str:
        """The filters as the options write them, each after a semicolon; empty where there are none."""
        hops = str(self.hops) if self.around else ""
        options = {
            "from": self.start,
            "to": self.end,
            "region": self.region,
            "outcome": self.outcome,
            "kind": ", ".join(self.kinds),
            "min-amount": "" if self.least is None else str(self.least),
            "around": self.around,
            "hops": hops,
        }
        return "".join(f"; {name}: {value}" for name, value in options.items() if value)


@dataclass(slots=True)
class _Fact:
    """What rows with the same edge and the same counted thing say together."""

    amount: int | None = None
    start: str = ""
    end: str = ""
    projects: set[str] = field(default_factory=set)
    outcomes: set[str] = field(default_factory=set)
    more: dict[str, set[str]] = field(default_factory=dict)


def make_network(store: ox.Store, view: View, selection: Selection | None = None, date: str = "") -> Network:
    """The network of the view, sorted; ``date``: the day of the build.

    Raises QueryError where the query cannot be run, ResourceError where it is no view, UsageError for a filter that is
    no date, no outcome or no kind of this view, KgError for a name that the graph does not have.
    """
    chosen = selection or Selection()
    describer = Describer(store)
    facts, attributes = _collect(_rows(store, view), view)
    wanted = _Choice(chosen, describer)
    if unknown := set(chosen.kinds) - {kind for *_, kind in facts} - {name for name, _ in view.kinds}:
        known = sorted({kind for *_, kind in facts} | {name for name, _ in view.kinds})
        raise UsageError(f"the view has no edges of kind '{min(unknown)}'", hint=f"one of {', '.join(known)}")
    edges = []
    unpriced = 0
    for key in sorted(facts):
        kept = [fact for _, fact in sorted(facts[key].items()) if wanted.takes(key[2], fact)]
        if not kept:
            continue
        edge = _edge(key, kept)
        if chosen.least is not None and edge.amount is None:
            unpriced += 1
        elif chosen.least is None or (edge.amount or 0) >= chosen.least:
            edges.append(edge)
    filtered = chosen != Selection()
    if chosen.around:
        edges = _near(edges, describer.find(chosen.around), chosen.hops)
    ends = {end for edge in edges for end in (edge.source, edge.target)} | (set() if filtered else set(attributes))
    money = _money(edges)
    nodes = []
    for end in sorted(ends):
        node = describer.node(end)
        own = {**node.attributes, **attributes.get(end, {})}
        nodes.append(replace(node, attributes=own, money=money.get(end)))
    return Network(
        view.name,
        f"{view.description} View: {view.name}{chosen.describe()}.",
        view.directed,
        tuple(_tell_apart(nodes, describer)),
        tuple(edges),
        date,
        dict(view.kinds),
        wanted.undated,
        unpriced,
        view.timeline,
    )


def _rows(store: ox.Store, view: View) -> Iterator[dict[str, Any]]:
    try:
        answer = store.query(view.text, prefixes=PREFIXES)
        if isinstance(answer, ox.QuerySolutions):
            names = [variable.value for variable in answer.variables]
            if missing := {"source", "target"} - set(names):
                raise ResourceError(f"the view gives no ?{min(missing)}", where=str(view.path))
            for row in answer:
                yield {name: row[name] for name in names if row[name] is not None}
        elif isinstance(answer, ox.QueryTriples):
            for triple in answer:
                kind = triple.predicate.value.replace("#", "/").rpartition("/")[2]
                yield {"source": triple.subject, "target": triple.object, "kind": ox.Literal(kind)}
        else:
            raise ResourceError("a view is a SELECT or a CONSTRUCT, no ASK", where=str(view.path))
    except SyntaxError as error:
        what = f"the view cannot be parsed ({say_unparsed(str(error), view.text)})"
        raise QueryError(what, where=str(view.path), hint=UNPARSED_HINT) from error


def _collect(
    rows: Iterable[dict[str, Any]], view: View
) -> tuple[dict[Key, dict[str, _Fact]], dict[str, dict[str, Scalar]]]:
    """The facts behind each edge by what is counted; and attributes of nodes that a CONSTRUCT gives."""
    facts: dict[Key, dict[str, _Fact]] = defaultdict(dict)
    attributes: dict[str, dict[str, Scalar]] = defaultdict(dict)
    for number, row in enumerate(rows):
        source, target = row.get("source"), row.get("target")
        kind = row["kind"].value if "kind" in row else view.name
        if isinstance(source, ox.NamedNode) and isinstance(target, ox.Literal):
            before = attributes[source.value].get(kind, target.value)
            attributes[source.value][kind] = min(str(before), target.value)
            continue
        if not isinstance(source, ox.NamedNode) or not isinstance(target, ox.NamedNode):
            raise ResourceError("a view's ?source and ?target are IRIs in every row", where=str(view.path))
        ends = (source.value, target.value)
        one, other = ends if view.directed else sorted(ends)
        counted = row["counted"].value if "counted" in row else str(number)
        _add(facts[one, other, kind].setdefault(counted, _Fact()), row, view)
    return facts, attributes


def _add(fact: _Fact, row: dict[str, Any], view: View) -> None:
    try:
        if "amount" in row:
            # rows that differ only in another column state the same amount
            amount = round(float(row["amount"].value))
            fact.amount = amount if fact.amount is None else max(fact.amount, amount)
        if "start" in row:
            day = first_day(row["start"].value)
            fact.start = min(fact.start or day, day)
        if "end" in row:
            fact.end = max(fact.end, last_day(row["end"].value))
    except (ValueError, OverflowError) as error:
        raise ResourceError(
            f"a view's ?amount is a number, its ?start and ?end are dates ({error})", where=str(view.path)
        ) from error
    if "project" in row:
        fact.projects.add(row["project"].value)
    if "outcome" in row:
        fact.outcomes.add(row["outcome"].value)
    for name in row.keys() - _KNOWN:
        fact.more.setdefault(name, set()).add(row[name].value)


class _Choice:
    """Which facts a selection takes; counts those that it leaves out for want of a date."""

    def __init__(self, selection: Selection, describer: Describer) -> None:
        self.undated = 0
        self._kinds = selection.kinds
        self._outcome = selection.outcome.lower()
        if self._outcome not in ("", *CODES["outcome"]):
            raise UsageError(f"--outcome cannot be '{selection.outcome}'", hint=f"one of {', '.join(CODES['outcome'])}")
        try:
            self._start = first_day(selection.start) if selection.start else ""
            self._end = last_day(selection.end) if selection.end else ""
        except ValueError as error:
            raise UsageError(f"a period is given in dates ({error})", hint="2021, 2021-03 or 2021-03-01") from None
        if self._start and self._end and self._start > self._end:
            raise UsageError(
                f"the period ends before it starts ({selection.start} to {selection.end})", hint="the earlier day first"
            )
        self._region = describer.projects_in(selection.region) if selection.region else None
        self._decided = describer.projects_with(self._outcome) if self._outcome else set()

    def takes(self, kind: str, fact: _Fact) -> bool:
        if self._kinds and kind not in self._kinds:
            return False
        if self._region is not None and not fact.projects & self._region:
            return False
        if self._outcome:
            if fact.outcomes and self._outcome not in fact.outcomes:
                return False
            if not fact.outcomes and not fact.projects & self._decided:
                return False
        if self._start or self._end:
            if not fact.start and not fact.end:
                self.undated += 1
                return False
            return overlaps((fact.start, fact.end), self._start, self._end)
        return True


def _edge(key: Key, facts: list[_Fact]) -> Edge:
    amounts = [fact.amount for fact in facts if fact.amount is not None]
    more: dict[str, set[str]] = defaultdict(set)
    for fact in facts:
        for name, values in fact.more.items():
            more[name] |= values
    spells: list[Spell] = [(fact.start, fact.end) for fact in facts]
    attributes: dict[str, Scalar] = {name: "; ".join(sorted(more[name])) for name in sorted(more)}
    return Edge(*key, len(facts), sum(amounts) if amounts else None, join_spells(spells), attributes)


def _tell_apart(nodes: list[Node], describer: Describer) -> Iterator[Node]:
    """The nodes; of those with one label the boards have their organisation in brackets."""
    often = Counter(node.label for node in nodes)
    for node in nodes:
        owner = describer.owner(node.iri) if often[node.label] > 1 else ""
        yield replace(node, label=f"{node.label} ({owner})") if owner else node


def _near(edges: list[Edge], centre: set[str], hops: int) -> list[Edge]:
    """The edges between things that are at most ``hops`` edges, whatever their direction, from the centre."""
    neighbours: dict[str, set[str]] = defaultdict(set)
    for edge in edges:
        neighbours[edge.source].add(edge.target)
        neighbours[edge.target].add(edge.source)
    reached, rim = set(centre), set(centre)
    for _ in range(hops):
        if not rim:
            break
        rim = {other for one in rim for other in neighbours[one]} - reached
        reached |= rim
    return [edge for edge in edges if edge.source in reached and edge.target in reached]


def _money(edges: list[Edge]) -> dict[str, int]:
    """Of each node the sums of its edges by kind, the largest.  Kinds are not added up: a line and a decision may state
    the same kronor."""
    sums: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for edge in edges:
        if edge.amount is not None:
            for end in {edge.source, edge.target}:
                sums[end][edge.kind] += edge.amount
    return {end: max(kinds.values()) for end, kinds in sums.items()}
