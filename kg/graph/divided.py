"""A large graph of a store as tables of so many statements at once, so that checking it takes no more memory.

What a check must know beyond the things of its table is held in a compact form, the classes of all things of the
graph, or looked up: the way back along the few predicates that shapes follow backwards.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol

from pyoxigraph import DefaultGraph, NamedNode, Quad

from kg.graph.check import Table
from kg.graph.hashes import HashTable
from kg.graph.nodes import term
from kg.graph.shapes import Term


class Source(Protocol):
    """What is needed of a store: the statements of one graph, those about one thing together."""

    def quads_for_pattern(self, subject: Any, predicate: Any, object: Any, graph_name: Any = ...) -> Iterator[Quad]: ...


class Outline(Table):
    """The classes of all things of a graph, by their hashes, and what points to them along the inverse paths of the
    shapes, which is looked up as it is asked for."""

    def __init__(self, source: Source, graph: NamedNode | DefaultGraph) -> None:
        super().__init__()
        self._source, self._graph = source, graph
        numbers: dict[Term, int] = {}
        self._sets: dict[int, frozenset[Term]] = {0: frozenset()}
        self._table = HashTable()
        for quad in source.quads_for_pattern(None, term("rdf:type"), None, graph):
            self._table.put((hash(quad.subject),), 1 << numbers.setdefault(quad.object, len(numbers)))
        self._numbers = numbers

    def pointing(self, value: Term, predicate: NamedNode) -> set[NamedNode]:
        found = self._source.quads_for_pattern(None, predicate, value, self._graph)
        return {quad.subject for quad in found if isinstance(quad.subject, NamedNode)}

    def classes(self, subject: Term) -> frozenset[Term]:  # type: ignore[override]
        bits = self._table.get(hash(subject))
        found = self._sets.get(bits)
        if found is None:
            # a graph knows a few sets of classes
            found = self._sets[bits] = frozenset(c for c, number in self._numbers.items() if bits >> number & 1)
        return found


class Part(Table):
    """All that a graph says of some of its things; classes are known of all of them."""

    def __init__(self, outline: Outline, begun: Table | None = None) -> None:
        super().__init__()
        self._outline = outline
        if begun is not None:
            self.values = begun.values

    def invert(self, predicate: NamedNode) -> None:
        """The way back is asked of the whole graph."""

    def pointing(self, value: Term, predicate: NamedNode) -> set[NamedNode]:
        return self._outline.pointing(value, predicate)

    def classes(self, subject: Term) -> frozenset[Term]:  # type: ignore[override]
        return self._outline.classes(subject)


def divide(source: Source, graph: NamedNode | DefaultGraph, at_once: int | None) -> Iterator[Table]:
    """The graph as one table where it holds no more than ``at_once`` statements (None: always), else as parts of about
    so many; each thing is whole in one of them."""
    outline: Outline | None = None
    last: Any = None
    table, count = Table(), 0
    for quad in source.quads_for_pattern(None, None, None, graph):
        if at_once is not None and count >= at_once and quad.subject != last:
            outline = outline or Outline(source, graph)
            yield table if isinstance(table, Part) else Part(outline, table)
            table, count = Part(outline), 0
        table.add(quad)
        last = quad.subject
        count += 1
    yield table
