"""A change of some papers as statements: what goes out of a store and what comes in, with nothing else looked at.

First what papers state (``Difference``), then what is derived from it (``kg.graph.rederive``).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kg.graph.evidence import document_path
from kg.graph.nodes import Namer, term
from kg.graph.rederive import is_derived
from kg.graph.storeview import QuadSource
from kg.terms import GRAPHS, OF_VALUE

_NUMBERS = frozenset(map(term, OF_VALUE.values()))


class Difference:
    """Statements taken out of a store and put in.  Things, papers and nodes are named by IRIs relative to the base."""

    def __init__(self, store: QuadSource, name: Namer) -> None:
        self._store, self._name = store, name
        self._here, self._judged = DefaultGraph(), name(GRAPHS["judgements"])
        self.old: set[Quad] = set()
        self.new: set[Quad] = set()

    def result(self) -> tuple[set[Quad], set[Quad]]:
        """What is to be removed and what is to be added: nothing is both."""
        return self.old - self.new, self.new - self.old

    def add(self, quads: Iterable[Quad]) -> None:
        self.new.update(quads)

    def replace(self, quads: Iterable[Quad]) -> None:
        """These statements were made, and are not to be unless they are made anew."""
        self.old.update(quads)

    def take_things(self, things: Iterable[str]) -> None:
        """What papers state of things, and the IRIs that lead to them."""
        for thing in things:
            node = self._name(thing)
            self.old.update(q for q in self._default(node, None, None) if not is_derived(q))
            self.old.update(self._default(None, "dcterms:isReplacedBy", node))

    def applications(self, decisions: Iterable[str]) -> set[str]:
        """The applications of decisions, or those that they would have."""
        found = set()
        for decision in decisions:
            found.add(f"application/{decision.partition('/')[2]}")
            for quad in self._default(self._name(decision), "bg:application", None):
                found.add(quad.object.value.removeprefix(self._name.base))  # type: ignore[union-attr]
        return found

    def take_paper(self, document: str) -> None:
        """What is said of a paper itself, but for its copies."""
        alike = term("bg:nearDuplicateOf")
        found = self._default(self._name(document_path(document)), None, None)
        self.old.update(quad for quad in found if quad.predicate != alike)

    def take_copies(self, document: str) -> None:
        """What is judged of a paper and others of nearly the same text."""
        path = document_path(document)
        node = self._name(path)
        self.old.update(self._default(node, "bg:nearDuplicateOf", None))
        self.old.update(self._default(None, "bg:nearDuplicateOf", node))
        self.take_judgements(path)

    def take_judgements(self, side: str) -> None:
        """The judgements on a node, or on a paper."""
        for predicate in ("bg:left", "bg:right"):
            for quad in self._store.quads_for_pattern(None, term(predicate), Literal(side), self._judged):
                self.old.update(self._store.quads_for_pattern(quad.subject, None, None, self._judged))

    def take_claims(self, document: str, things: set[str] | None) -> set[str]:
        """What a paper claims of these things, or of all (None), and the organisation numbers that it gives, with the
        words that no other claim rests on.  Returns the things with numbers."""
        graph = self._name(document_path(document))
        nodes = {self._name(thing) for thing in things} if things is not None else None
        by_subject: dict[object, list[Quad]] = {}
        for quad in self._store.quads_for_pattern(None, None, None, graph):
            by_subject.setdefault(quad.subject, []).append(quad)
        gone: set[Any] = set()
        kept: set[Any] = set()
        about, words = term("rdf:subject"), term("prov:wasDerivedFrom")
        numbered: set[str] = set()
        for quads in by_subject.values():
            subject = next((quad.object for quad in quads if quad.predicate == about), None)
            if subject is None:
                continue
            gives = any(quad.object in _NUMBERS for quad in quads if quad.predicate == term("rdf:predicate"))
            if gives:
                numbered.add(subject.value.removeprefix(self._name.base))  # type: ignore[union-attr]
            taken = gives or nodes is None or subject in nodes
            if taken:
                self.old.update(quads)
            rests = {quad.object for quad in quads if quad.predicate == words}
            (gone if taken else kept).update(rests)
        for place in gone - kept:
            assert isinstance(place, NamedNode)
            for node in (place, NamedNode(f"{place.value}/quote"), NamedNode(f"{place.value}/position")):
                self.old.update(by_subject.get(node, ()))
        return numbered

    def _default(self, subject: NamedNode | None, predicate: str | None, value: NamedNode | None) -> Iterable[Quad]:
        path = term(predicate) if predicate is not None else None
        return self._store.quads_for_pattern(subject, path, value, self._here)
