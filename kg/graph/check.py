"""Does a graph fit the shapes?  One pass over each graph, without a SHACL engine.

``tests/graph/test_validate_agreement.py`` holds this against pySHACL.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import ValidationError
from kg.graph.nodes import term
from kg.graph.shapes import PropertyShape, Shape, Term

_TYPE = term("rdf:type")
_LEXICAL = {
    term("xsd:integer").value: re.compile(r"[+-]?[0-9]+"),
    term("xsd:decimal").value: re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)"),
    term("xsd:boolean").value: re.compile(r"true|false|0|1"),
    term("xsd:gYear").value: re.compile(r"-?[0-9]{4,}(?:Z|[+-][0-9]{2}:[0-9]{2})?"),
    term("xsd:gYearMonth").value: re.compile(r"-?[0-9]{4,}-(?:0[1-9]|1[0-2])(?:Z|[+-][0-9]{2}:[0-9]{2})?"),
    term("xsd:date").value: re.compile(
        r"-?[0-9]{4,}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
        r"|02-(?:0[1-9]|1[0-9]|2[0-9]))(?:Z|[+-][0-9]{2}:[0-9]{2})?"
    ),
}


@dataclass(frozen=True, slots=True)
class Breach:
    """A thing that a shape does not fit: ``value`` is the value at fault, None where it is the number of values."""

    focus: NamedNode
    path: NamedNode
    value: Term | None
    message: str
    severity: str
    shape: str


class Table:
    """The triples of one or more graphs by subject and predicate, with the classes of things."""

    def __init__(self, quads: Iterable[Quad] = ()) -> None:
        self.values: dict[NamedNode, dict[NamedNode, set[Term]]] = {}
        self._inverse: dict[tuple[Term, NamedNode], set[NamedNode]] = {}
        for quad in quads:
            self.add(quad)

    def add(self, quad: Quad) -> None:
        """Take up a quad; its graph is not kept.  Raises ValidationError for a subject without an IRI."""
        subject = quad.subject
        if not isinstance(subject, NamedNode):
            hint = "name every thing"
            raise ValidationError("the graph holds a blank node", where=str(quad), hint=hint)
        properties = self.values.get(subject)
        if properties is None:
            properties = self.values[subject] = {}
        predicate = quad.predicate
        values = properties.get(predicate)
        if values is None:
            properties[predicate] = {quad.object}
        else:
            values.add(quad.object)

    def invert(self, predicate: NamedNode) -> None:
        """Prepare the way back along a predicate."""
        for subject, properties in self.values.items():
            for value in properties.get(predicate, ()):
                self._inverse.setdefault((value, predicate), set()).add(subject)

    def pointing(self, value: Term, predicate: NamedNode) -> set[NamedNode]:
        """What points to a value along a predicate that was inverted."""
        return self._inverse.get((value, predicate), set())

    def get(self, subject: Term, predicate: NamedNode) -> set[Term]:
        return self.values.get(subject, {}).get(predicate, set())  # type: ignore[arg-type]

    def classes(self, subject: Term) -> set[Term]:
        return self.get(subject, _TYPE)


def check(table: Table, shapes: Iterable[Shape], beside: Table | None = None) -> Iterator[Breach]:
    """What breaks the shapes, sorted by thing.  Things of ``table`` are checked; classes are looked up in it and in
    ``beside``, the default graph where ``table`` is the graph of one paper."""
    shapes = tuple(shapes)
    for shape in shapes:
        for prop in shape.properties:
            if prop.inverse:
                table.invert(prop.path)
    of_class: dict[Term, list[Shape]] = {}
    for shape in shapes:
        for target in shape.targets:
            of_class.setdefault(target, []).append(shape)
    tables = (table, beside) if beside is not None else (table,)
    # Many things are of few sets of classes, and have few of the properties of their shapes.
    plans: dict[frozenset[Term], tuple[Shape, ...]] = {}
    for focus in sorted(table.values, key=_address):
        classes = frozenset(table.classes(focus))
        plan = plans.get(classes)
        if plan is None:
            found = {s.name: s for class_ in classes for s in of_class.get(class_, ())}
            plan = plans[classes] = tuple(shape for _, shape in sorted(found.items()))
        properties = table.values[focus]
        for shape in plan:
            for prop in shape.properties:
                values: Any = table.pointing(focus, prop.path) if prop.inverse else properties.get(prop.path)
                if values or prop.min_count:
                    for value in _check_property(table, tables, focus, prop, values or set()):
                        yield Breach(focus, prop.path, value, prop.message, prop.severity, shape.name)


def _address(node: NamedNode) -> str:
    return node.value


def _check_property(
    table: Table, tables: tuple[Table, ...], focus: NamedNode, prop: PropertyShape, values: set[Any]
) -> list[Term | None]:
    """The values at fault; None for a wrong number of them."""
    found: list[Term | None] = []
    if prop.min_count is not None and len(values) < prop.min_count:
        found.append(None)
    if prop.max_count is not None and len(values) > prop.max_count:
        found.append(None)
    bad = [v for v in values if not _fits(v, prop, tables) or not _before(v, table, focus, prop)]
    return found + sorted(bad, key=str) if bad else found


def _fits(value: Term, prop: PropertyShape, tables: tuple[Table, ...]) -> bool:
    if prop.datatypes and not _is_of_one(value, prop.datatypes):
        return False
    if prop.class_ is not None and not _is_in(value, prop.class_, tables):
        return False
    if prop.allowed and value not in prop.allowed:
        return False
    if prop.node_kind is not None and not _is_kind(value, prop.node_kind):
        return False
    if prop.pattern is not None and not (isinstance(value, Literal) and prop.pattern.search(value.value)):
        return False
    if prop.min_length is not None and len(getattr(value, "value", "")) < prop.min_length:
        return False
    return _in_range(value, prop)


def _is_in(value: Term, class_: Term, tables: tuple[Table, ...]) -> bool:
    for table in tables:  # noqa: SIM110  a generator costs more than what it asks
        if class_ in table.classes(value):
            return True
    return False


def _is_of_one(value: Term, kinds: Collection[NamedNode]) -> bool:
    if not isinstance(value, Literal) or value.datatype not in kinds:
        return False
    lexical = _LEXICAL.get(value.datatype.value)
    return lexical is None or lexical.fullmatch(value.value) is not None


def _is_kind(value: Term, kind: str) -> bool:
    match kind:
        case "IRI":
            return isinstance(value, NamedNode)
        case "IRIOrLiteral":
            return isinstance(value, NamedNode | Literal)
        case other:
            raise AssertionError(f"sh:nodeKind sh:{other} is not known to the check")


def _in_range(value: Term, prop: PropertyShape) -> bool:
    if prop.low is None and prop.high is None:
        return True
    number = _number(value)
    if number is None:
        return False
    return (prop.low is None or number >= prop.low) and (prop.high is None or number <= prop.high)


def _before(value: Term, table: Table, focus: NamedNode, prop: PropertyShape) -> bool:
    if prop.less_than is None:
        return True
    number = _number(value)
    others = [_number(o) for o in table.get(focus, prop.less_than)]
    return number is not None and all(o is not None and number < o for o in others)


def _number(value: Term) -> Decimal | None:
    if not isinstance(value, Literal):
        return None
    try:
        return Decimal(value.value)
    except InvalidOperation:
        return None
