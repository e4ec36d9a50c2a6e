"""What pages read of the graph, with each fact the words behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from typing import Any

import pyoxigraph as ox

from kg.query.tables import value
from kg.terms import GRAPHS, NAMESPACE, ONTOLOGY_GRAPH, PREFIXES, expand

_DEFAULT = ox.DefaultGraph()
MOST_LABELS = 200_000
"""How many labels a reader keeps before it begins anew."""
_ONTOLOGY = ox.NamedNode(ONTOLOGY_GRAPH)


@cache
def node(name: str) -> ox.NamedNode:
    """The node of a prefixed name."""
    return ox.NamedNode(expand(name))


def shorten(iri: str) -> str:
    """The prefixed name of a term, or the IRI where no prefix fits."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


@dataclass(frozen=True, slots=True, order=True)
class Words:
    """The words of a paper behind a fact.  ``document``: IRI of the paper; ``start``, ``end``: its code points."""

    document: str
    start: int
    end: int
    quote: str
    title: str
    rule: str = ""
    confidence: str = ""


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a property: the term, its words, and for what is derived the formula."""

    term: Any
    words: tuple[Words, ...] = ()
    formula: str = ""


@dataclass(slots=True)
class Reader:
    """Reads one store; keeps labels, which come again and again, while a page is made.  ``touched`` is told every
    IRI of which the label is asked."""

    store: ox.Store
    base: str
    language: str
    touched: Callable[[str], object] | None = None
    _labels: dict[str, str] = field(default_factory=dict)

    def objects(self, subject: str, predicate: str) -> list[Any]:
        """The objects of a property in the default graph, sorted, IRIs first."""
        quads = self.store.quads_for_pattern(ox.NamedNode(subject), node(predicate), None, _DEFAULT)
        return sorted((q.object for q in quads), key=_order)

    def things(self, subject: str, predicate: str) -> list[str]:
        """The IRIs among the objects of a property, sorted."""
        return [o.value for o in self.objects(subject, predicate) if isinstance(o, ox.NamedNode)]

    def first(self, subject: str, predicate: str) -> Any:
        """The first value of a property as a Python value, or None."""
        found = self.objects(subject, predicate)
        return value(found[0]) if found else None

    def amounts(self, subject: str, predicate: str) -> list[int]:
        """The different whole numbers among the values of a property, sorted; what is none is passed over."""
        return sorted({n for o in self.objects(subject, predicate) if (n := whole_number(o)) is not None})

    def subjects(self, predicate: str, target: str, most: int | None = None) -> list[str]:
        """What points to a thing by a property, sorted, of more than ``most`` any ``most``."""
        quads = self.store.quads_for_pattern(None, node(predicate), ox.NamedNode(target), _DEFAULT)
        return sorted(q.subject.value for q in islice(quads, most) if isinstance(q.subject, ox.NamedNode))

    def classes(self, iri: str) -> list[str]:
        """The classes of our own that a thing has, by their local names, sorted."""
        found = (c.removeprefix(NAMESPACE) for c in self.things(iri, "rdf:type") if c.startswith(NAMESPACE))
        return sorted(found)

    def label(self, iri: str) -> str:
        """The name of a thing, code or term, in the language where there is a choice; else the end of its IRI."""
        if self.touched is not None:
            self.touched(iri)
        if iri not in self._labels:
            if len(self._labels) >= MOST_LABELS:
                self._labels.clear()
            self._labels[iri] = self._find_label(iri)
        return self._labels[iri]

    def _find_label(self, iri: str) -> str:
        subject = ox.NamedNode(iri)
        for graph in (_DEFAULT, _ONTOLOGY):
            found: list[tuple[bool, str]] = []
            for name in ("rdfs:label", "skos:prefLabel", "dcterms:title"):
                for quad in self.store.quads_for_pattern(subject, node(name), None, graph):
                    if isinstance(quad.object, ox.Literal):
                        other = quad.object.language not in (None, self.language)
                        found.append((other, quad.object.value))
                if found:
                    return min(found)[1]
        if iri.startswith(self.base):
            return iri.removeprefix(self.base).partition("/")[2] or iri
        return shorten(iri)

    def comment(self, iri: str) -> str:
        """The definition of a term of the ontology, or nothing."""
        quads = self.store.quads_for_pattern(ox.NamedNode(iri), node("skos:definition"), None, _ONTOLOGY)
        found = [(o.language != self.language, o.value) for o in (q.object for q in quads) if isinstance(o, ox.Literal)]
        return min(found, default=(False, ""))[1]

    # --- facts with their words ----------------------------------------------------------------------------------

    def facts(self, iri: str, most: int = 400) -> dict[str, list[Value]]:
        """The facts of the default graph about a thing, by the prefixed name of the property, each with its words."""
        evidence = self._evidence(iri)
        found: dict[str, list[Value]] = {}
        quads = self.store.quads_for_pattern(ox.NamedNode(iri), None, None, _DEFAULT)
        for quad in sorted(islice(quads, most), key=lambda q: (q.predicate.value, _order(q.object))):
            words, formula = evidence.get((quad.predicate.value, str(quad.object)), ((), ""))
            fact = Value(quad.object, tuple(sorted(set(words))), formula)
            found.setdefault(shorten(quad.predicate.value), []).append(fact)
        return found

    def _evidence(self, iri: str) -> dict[tuple[str, str], tuple[list[Words], str]]:
        found: dict[tuple[str, str], tuple[list[Words], str]] = {}
        derived = self.base + GRAPHS["derived"]
        for quad in self.store.quads_for_pattern(None, node("rdf:subject"), ox.NamedNode(iri), None):
            claim, graph = quad.subject, quad.graph_name
            about = self._table(claim, graph)
            key = (about["rdf:predicate"].value, str(about["rdf:object"]))
            words, formula = found.get(key, ([], ""))
            if getattr(graph, "value", "") == derived:
                found[key] = (words, about["bg:formula"].value if "bg:formula" in about else formula)
            elif "prov:wasDerivedFrom" in about:
                words.append(self._words(about, graph))
                found[key] = (words, formula)
        return found

    def _table(self, subject: Any, graph: Any) -> dict[str, Any]:
        return {shorten(q.predicate.value): q.object for q in self.store.quads_for_pattern(subject, None, None, graph)}

    def _words(self, claim: dict[str, Any], graph: Any) -> Words:
        place = claim["prov:wasDerivedFrom"]
        found: dict[str, Any] = {}
        for quad in self.store.quads_for_pattern(place, node("oa:hasSelector"), None, graph):
            found |= self._table(quad.object, graph)
        return Words(
            graph.value,
            int(found["oa:start"].value),
            int(found["oa:end"].value),
            found["oa:exact"].value,
            self.label(graph.value),
            claim["bg:rule"].value,
            claim["bg:confidence"].value,
        )

    def claims_of(self, document: str, most: int = 5000) -> Iterator[tuple[str, str, Any, Words]]:
        """Subject, predicate, object and words of the claims of a paper, in the order of the paper."""
        graph = ox.NamedNode(document)
        claims = islice(self.store.quads_for_pattern(None, node("rdf:subject"), None, graph), most)
        found = []
        for quad in claims:
            about = self._table(quad.subject, graph)
            words = self._words(about, graph)
            subject, predicate = about["rdf:subject"].value, about["rdf:predicate"].value
            found.append((subject, predicate, about["rdf:object"], words))
        yield from sorted(found, key=lambda row: (row[3].start, row[3].end, row[0], row[1], str(row[2])))

    def incoming(self, iri: str, most: int = 100, look: int = 2000) -> dict[str, tuple[list[str], bool]]:
        """What points to a thing in the default graph, by property: at most ``most`` each, and whether there are more.
        No more than ``look`` are looked at."""
        found: dict[str, tuple[list[str], bool]] = {}
        quads = self.store.quads_for_pattern(None, None, ox.NamedNode(iri), _DEFAULT)
        for quad in islice(quads, look):
            if isinstance(quad.subject, ox.NamedNode):
                known, more = found.setdefault(shorten(quad.predicate.value), ([], False))
                if len(known) < most:
                    known.append(quad.subject.value)
                elif not more:
                    found[shorten(quad.predicate.value)] = (known, True)
        return {name: (sorted(known), more) for name, (known, more) in sorted(found.items())}


_MOST_AMOUNT = 10**15


def whole_number(term: Any) -> int | None:
    """The whole number that a literal of the type xsd:integer is; None for anything else, and for what is no amount."""
    found = value(term)
    good = isinstance(found, int) and not isinstance(found, bool) and abs(found) < _MOST_AMOUNT
    return found if good else None


def _order(term: Any) -> tuple[int, str]:
    # numbers by size would need their type; text order is enough to be the same every time
    return (0 if isinstance(term, ox.NamedNode) else 1, str(term))


def date_text(found: list[Any]) -> str:
    """The first of several dates, as it is written; empty where there is none."""
    return min((o.value for o in found if isinstance(o, ox.Literal)), default="")
