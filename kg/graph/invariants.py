"""What must hold across graphs: every fact has evidence, every claim is a fact, every derived fact is marked, no
project ends before it starts, and papers agree on dates.

The same is said in SPARQL in ``ontology/shapes.ttl``, which is too slow to run on more than a few papers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from typing import TypeGuard

from pyoxigraph import Literal, NamedNode

from kg.graph.check import Breach, Table
from kg.graph.hashes import HashTable
from kg.graph.nodes import term
from kg.graph.shapes import VIOLATION, WARNING, Term
from kg.terms import DERIVED_CLASSES, DERIVED_PREDICATES, OF_VALUE, PREDICATES

_NUMBER = OF_VALUE["organisation_number"]
Fact = tuple[NamedNode, NamedNode, Term]
# Of a fact of the default graph: that it is one, and what it still wants.
_KNOWN, _UNCLAIMED, _UNMARKED = 1, 2, 4


class Ledger:
    """The facts of the default graph that still want evidence, or a mark that they are derived."""

    def __init__(self, default: Table) -> None:
        self._default = default
        self._unclaimed = set(_asserted(default))
        self._unmarked = set(_derived(default))

    def enter(self, table: Table) -> Iterator[Breach]:
        """Strike out what the claims and marks of a graph state.  Yields the claims that are no facts."""
        for node, properties in table.values.items():
            classes = table.classes(node)
            claim, mark = term("bg:Claim") in classes, term("bg:DerivedFact") in classes
            if not claim and not mark:
                continue
            for fact in _reified(properties):
                self._strike(fact, claim=claim, mark=mark)
                if not self._is_stated(fact):
                    message = f"{'a claim' if claim else 'a derived fact'} that is not among the facts"
                    yield Breach(node, fact[1], fact[2], message, VIOLATION, "EvidenceShape")

    def _strike(self, fact: Fact, *, claim: bool, mark: bool) -> None:
        if claim:
            self._unclaimed.discard(fact)
        if mark:
            self._unmarked.discard(fact)

    def _is_stated(self, fact: Fact) -> bool:
        return fact[2] in self._default.get(fact[0], fact[1])

    def close(self) -> Iterator[Breach]:
        """What is left when all graphs are entered, sorted."""
        yield from _tell_open(self._unclaimed, self._unmarked)


class LightLedger(Ledger):
    """The same for a default graph that comes in parts: facts are kept as numbers of 64 bits.

    ``note`` takes up the parts, before ``enter``.  ``parts`` gives them once more, which is needed only where something
    is left; ``is_stated`` asks the graph for what was not noted.
    """

    def __init__(self, parts: Callable[[], Iterable[Table]], is_stated: Callable[[Fact], bool]) -> None:
        super().__init__(Table())
        self._parts, self._ask = parts, is_stated
        self._table = HashTable(1)

    def note(self, part: Table) -> None:
        """Take up the facts of a part of the default graph."""
        self._table.put(map(hash, _asserted(part)), _KNOWN | _UNCLAIMED)
        self._table.put(map(hash, _derived(part)), _KNOWN | _UNMARKED)

    def _strike(self, fact: Fact, *, claim: bool, mark: bool) -> None:
        self._table.clear(hash(fact), _UNCLAIMED * claim | _UNMARKED * mark)

    def _is_stated(self, fact: Fact) -> bool:
        return self._table.get(hash(fact)) != 0 or self._ask(fact)

    def close(self) -> Iterator[Breach]:
        """What is left when all graphs are entered, sorted."""
        if not self._table.any(_UNCLAIMED | _UNMARKED):
            return
        unclaimed: set[Fact] = set()
        unmarked: set[Fact] = set()
        for part in self._parts():
            unclaimed.update(fact for fact in _asserted(part) if self._table.get(hash(fact)) & _UNCLAIMED)
            unmarked.update(fact for fact in _derived(part) if self._table.get(hash(fact)) & _UNMARKED)
        yield from _tell_open(unclaimed, unmarked)


def _tell_open(unclaimed: Iterable[Fact], unmarked: Iterable[Fact]) -> Iterator[Breach]:
    for fact in sorted(unclaimed, key=str):
        shape = "NumberEvidenceShape" if fact[1] == term(_NUMBER) else "EvidenceShape"
        yield Breach(*fact, "a fact that no claim of a document states", VIOLATION, shape)
    for fact in sorted(unmarked, key=str):
        yield Breach(*fact, "a derived fact that is not marked as derived", VIOLATION, "DerivedFactShape")


def check_dates(default: Table) -> Iterator[Breach]:
    """Projects that end before they start, and dates on which papers differ beyond their precision; sorted."""
    for thing in sorted(default.values, key=str):
        classes = default.classes(thing)
        if term("bg:Project") in classes:
            yield from _check_period(default, thing)
        if term("bg:Project") in classes or term("bg:Decision") in classes:
            yield from _check_agreement(default, thing)


def _check_agreement(default: Table, thing: NamedNode) -> Iterator[Breach]:
    for predicate in (term("bg:start"), term("bg:end"), term("bg:date")):
        dates = sorted(v.value for v in default.get(thing, predicate) if isinstance(v, Literal))
        # Sorted, a date stands before the finer ones that begin with it.
        if any(not later.startswith(sooner) for sooner, later in pairwise(dates)):
            shown = Literal(", ".join(dates))
            yield Breach(thing, predicate, shown, "papers state different dates", WARNING, "DatesShape")


def _check_period(default: Table, project: NamedNode) -> Iterator[Breach]:
    """Dates of unlike precision are compared as far as both go."""
    starts = [v.value for v in default.get(project, term("bg:start")) if _is_date(v)]
    for end in sorted(default.get(project, term("bg:end")), key=str):
        if starts and _is_date(end) and all(_after(start, end.value) for start in starts):
            yield Breach(project, term("bg:end"), end, "a project that ends before it starts", VIOLATION, "PeriodShape")


def _is_date(value: Term) -> TypeGuard[Literal]:
    return isinstance(value, Literal) and value.value[:4].isdigit()


def _after(start: str, end: str) -> bool:
    common = min(len(start), len(end))
    return start[:common] > end[:common]


def _asserted(default: Table) -> Iterator[Fact]:
    classes = frozenset(term(f"bg:{kind}") for kind in PREDICATES)
    predicates = frozenset(term(p) for properties in PREDICATES.values() for p in properties.values())
    for subject, properties in default.values.items():
        if default.classes(subject).isdisjoint(classes):
            continue
        for predicate in properties.keys() & predicates:
            yield from ((subject, predicate, value) for value in properties[predicate])
    # A number that the registers give rests on them.
    for subject, properties in default.values.items():
        if term(_NUMBER) in properties and term("bg:registerKey") not in properties:
            yield from ((subject, term(_NUMBER), value) for value in properties[term(_NUMBER)])


def _derived(default: Table) -> Iterator[Fact]:
    predicates = frozenset(term(p) for p in DERIVED_PREDICATES)
    classes = frozenset(term(c) for c in DERIVED_CLASSES)
    for subject, properties in default.values.items():
        for predicate, values in properties.items():
            if predicate in predicates:
                yield from ((subject, predicate, value) for value in values)
        for class_ in default.classes(subject) & classes:
            yield subject, term("rdf:type"), class_


def _reified(properties: dict[NamedNode, set[Term]]) -> Iterator[Fact]:
    for subject in properties.get(term("rdf:subject"), ()):
        for predicate in properties.get(term("rdf:predicate"), ()):
            for value in properties.get(term("rdf:object"), ()):
                if isinstance(subject, NamedNode) and isinstance(predicate, NamedNode):
                    yield subject, predicate, value
