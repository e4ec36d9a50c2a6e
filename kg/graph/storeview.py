"""Facts as derivations see them, read from the default graph of a store as they are asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Protocol

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kg.graph.nodes import Namer, digest, term
from kg.graph.view import View
from kg.terms import GRAPHS

Objects = dict[str, NamedNode | Literal]
"""Values by what tells them: the IRI relative to the base, or the literal as written."""

# What derivations read.
USED = (
    "bg:outcome", "bg:amends", "bg:date", "bg:start", "bg:end", "bg:beneficiary", "bg:project", "bg:partner",
    "bg:authority", "bg:contributor", "bg:status", "bg:sharePercent", "bg:amount", "bg:priority", "bg:buildsOn",
    "bg:diaryNumber", "bg:totalBudget", "bg:soughtAmount", "dcterms:spatial", "eli:passed_by",
    "bg:newAmount", "bg:decision",
)  # fmt: skip


class QuadSource(Protocol):
    """What is needed of a ``pyoxigraph.Store``."""

    def quads_for_pattern(self, subject: Any, predicate: Any, object: Any, graph_name: Any = ...) -> Iterator[Quad]: ...


class StoreFacts:
    """The facts of a store, and what is derived from them there.  Things are named by IRIs relative to the base."""

    def __init__(self, store: QuadSource, name: Namer) -> None:
        self._store, self._name = store, name
        self._here, self._derived = DefaultGraph(), name(GRAPHS["derived"])
        self._used = {term(p): p for p in USED}
        self._objects: dict[tuple[str, str], Objects] = {}

    def place_of(self, quad: Quad) -> tuple[str, str, str] | None:
        """Subject, predicate and value of a statement from which others may be derived; None for all others."""
        predicate = self._used.get(quad.predicate)
        if predicate is None or quad.graph_name != self._here or not isinstance(quad.subject, NamedNode):
            return None
        return self._path(quad.subject), predicate, self._key(quad.object)

    def objects(self, subject: str, predicate: str) -> Objects:
        """The values of one."""
        place = subject, predicate
        if place not in self._objects:
            found = self._store.quads_for_pattern(self._name(subject), term(predicate), None, self._here)
            self._objects[place] = {self._key(quad.object): quad.object for quad in found}  # type: ignore[misc]
        return self._objects[place]

    def subjects(self, predicate: str, thing: str) -> list[str]:
        """Those that have a thing as value."""
        found = self._store.quads_for_pattern(None, term(predicate), self._name(thing), self._here)
        return [self._path(quad.subject) for quad in found]

    def subjects_of_literal(self, predicate: str, literal: str) -> list[str]:
        """Those that have a plain string as value."""
        found = self._store.quads_for_pattern(None, term(predicate), Literal(literal), self._here)
        return [self._path(quad.subject) for quad in found]

    def nodes_of_project(self, project: str, kind: str) -> list[str]:
        """The derived nodes of a project whose IRI begins so."""
        return [s for s in self.subjects("bg:ofProject", project) if s.startswith(kind)]

    @staticmethod
    def priority_node(priority: str) -> str:
        return "tally/priority/" + digest(priority)

    def derived_of(
        self, subject: str, derivations: Sequence[str] = (), objects: set[str] | None = None, *, whole: bool = False
    ) -> set[Quad]:
        """What is derived of a thing by these derivations, with its marks; ``objects``: those values alone.  ``whole``:
        all that is said of a derived node, with its marks."""
        node, kinds = self._name(subject), set(derivations)
        found: set[Quad] = set()
        for quad in self._store.quads_for_pattern(None, term("rdf:subject"), node, self._derived):
            mark = quad.subject
            if not whole and self._one(mark, "bg:derivation").value not in kinds:
                continue
            value = self._one(mark, "rdf:object")
            if objects is None or self._key(value) in objects:
                found.update(self._store.quads_for_pattern(mark, None, None, self._derived))
                found.add(Quad(node, self._one(mark, "rdf:predicate"), value))
        if whole:
            found.update(self._store.quads_for_pattern(node, None, None, self._here))
        return found

    def _one(self, mark: Any, predicate: str) -> Any:
        return next(self._store.quads_for_pattern(mark, term(predicate), None, self._derived)).object

    def _path(self, node: Any) -> str:
        return str(node.value.removeprefix(self._name.base))

    def _key(self, value: Any) -> str:
        if isinstance(value, Literal):
            return value.value
        return self._path(value) if value.value.startswith(self._name.base) else str(value)


class StoreView(View):
    """A view of some subjects of a store; the values of others are read as they are asked for."""

    def __init__(self, facts: StoreFacts, subjects: Iterable[str]) -> None:
        self._facts = facts
        self._subjects = sorted(subjects)

    def subjects(self, predicate: str) -> Iterator[str]:
        return (s for s in self._subjects if self._facts.objects(s, predicate))

    def all_subjects(self) -> Iterator[str]:
        yield from self._subjects

    def values(self, subject: str, predicate: str) -> list[str]:
        return sorted(self._facts.objects(subject, predicate))

    def codes(self, subject: str, predicate: str) -> list[str]:
        found = self._facts.objects(subject, predicate)
        return sorted(o.value.rpartition("#")[2].partition("-")[2] for o in found.values())
