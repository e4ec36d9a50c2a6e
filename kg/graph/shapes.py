"""The shapes of ``ontology/shapes.ttl`` as values, for the fast check.

SHACL's core as far as the shapes use it: target classes, property paths of one step or its inverse, counts, datatypes,
classes, kinds of node, ranges, patterns, lengths, code lists, order.  A construct that is not listed here raises, so
that no constraint is silently left out; SPARQL constraints are checked by ``kg.graph.invariants``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from kg.errors import ResourceError
from kg.graph.nodes import term
from kg.resources import read_text

Term = NamedNode | BlankNode | Literal | Triple

WARNING, VIOLATION = "warning", "violation"


@dataclass(frozen=True, slots=True)
class PropertyShape:
    """What must hold of the values of one property; a part that is None or empty says nothing."""

    path: NamedNode
    inverse: bool
    message: str
    severity: str
    min_count: int | None = None
    max_count: int | None = None
    datatypes: tuple[NamedNode, ...] = ()
    class_: NamedNode | None = None
    node_kind: str | None = None
    low: int | None = None
    high: int | None = None
    pattern: re.Pattern[str] | None = None
    min_length: int | None = None
    allowed: tuple[Term, ...] = ()
    less_than: NamedNode | None = None


@dataclass(frozen=True, slots=True)
class Shape:
    """The properties that things of a class must have."""

    name: str
    targets: tuple[NamedNode, ...]
    properties: tuple[PropertyShape, ...]


@dataclass(slots=True)
class _Graph:
    """The triples of the shapes, by subject and predicate."""

    values: dict[Term, dict[str, list[Term]]] = field(default_factory=dict)

    def get(self, subject: Term, predicate: str) -> list[Term]:
        return self.values.get(subject, {}).get(term(predicate).value, [])

    def members(self, head: Term) -> list[Term]:
        """The members of an RDF list."""
        found: list[Term] = []
        while head != term("rdf:nil"):
            found += self.get(head, "rdf:first")
            (head,) = self.get(head, "rdf:rest")
        return found


_KNOWN = frozenset(
    term(f"sh:{name}").value
    for name in (
        "path",
        "message",
        "severity",
        "minCount",
        "maxCount",
        "datatype",
        "or",
        "class",
        "nodeKind",
        "minInclusive",
        "maxInclusive",
        "pattern",
        "minLength",
        "in",
        "lessThan",
    )
)


@cache
def load_shapes() -> tuple[Shape, ...]:
    """The shapes of the package, sorted by name.  Raises ResourceError for a construct that is not known here."""
    return read_shapes(read_text("ontology", "shapes.ttl"))


def read_shapes(turtle: str) -> tuple[Shape, ...]:
    """The shapes of a Turtle text."""
    graph = _Graph()
    try:
        for quad in parse(turtle, format=RdfFormat.TURTLE):
            graph.values.setdefault(quad.subject, {}).setdefault(quad.predicate.value, []).append(quad.object)
    except SyntaxError as error:
        raise ResourceError(f"not Turtle ({error})", where="ontology/shapes.ttl") from error
    shapes = [
        Shape(
            subject.value.rpartition("#")[2],
            tuple(o for o in graph.get(subject, "sh:targetClass") if isinstance(o, NamedNode)),
            tuple(_read_property(graph, p) for p in graph.get(subject, "sh:property")),
        )
        for subject in graph.values
        if isinstance(subject, NamedNode) and term("sh:NodeShape") in graph.get(subject, "rdf:type")
    ]
    return tuple(sorted(shapes, key=lambda s: s.name))


def _read_property(graph: _Graph, node: Term) -> PropertyShape:
    unknown = set(graph.values[node]) - _KNOWN
    if unknown:
        where = "ontology/shapes.ttl"
        raise ResourceError(f"the shapes use {min(unknown)}, which the check does not know", where=where)
    (path,) = graph.get(node, "sh:path")
    inverse = graph.get(path, "sh:inversePath")
    step = inverse[0] if inverse else path
    if not isinstance(step, NamedNode):
        raise ResourceError("a path of several steps, which the check does not know", where="ontology/shapes.ttl")
    datatypes = graph.get(node, "sh:datatype") or [
        kind
        for choice in graph.get(node, "sh:or")
        for option in graph.members(choice)
        for kind in graph.get(option, "sh:datatype")
    ]
    severity = graph.get(node, "sh:severity")
    pattern = _text(graph, node, "sh:pattern")
    return PropertyShape(
        path=step,
        inverse=bool(inverse),
        message=_text(graph, node, "sh:message") or "",
        severity=WARNING if term("sh:Warning") in severity else VIOLATION,
        min_count=_number(graph, node, "sh:minCount"),
        max_count=_number(graph, node, "sh:maxCount"),
        datatypes=tuple(d for d in datatypes if isinstance(d, NamedNode)),
        class_=_node(graph, node, "sh:class"),
        node_kind=_local(_node(graph, node, "sh:nodeKind")),
        low=_number(graph, node, "sh:minInclusive"),
        high=_number(graph, node, "sh:maxInclusive"),
        pattern=re.compile(pattern) if pattern is not None else None,
        min_length=_number(graph, node, "sh:minLength"),
        allowed=tuple(m for codes in graph.get(node, "sh:in") for m in graph.members(codes)),
        less_than=_node(graph, node, "sh:lessThan"),
    )


def _text(graph: _Graph, node: Term, predicate: str) -> str | None:
    return next((o.value for o in graph.get(node, predicate) if isinstance(o, Literal)), None)


def _number(graph: _Graph, node: Term, predicate: str) -> int | None:
    value = _text(graph, node, predicate)
    return int(value) if value is not None else None


def _node(graph: _Graph, node: Term, predicate: str) -> NamedNode | None:
    return next((o for o in graph.get(node, predicate) if isinstance(o, NamedNode)), None)


def _local(node: NamedNode | None) -> str | None:
    return node.value.rpartition("#")[2] if node is not None else None
