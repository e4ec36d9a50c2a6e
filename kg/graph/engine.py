"""The shapes run by pySHACL: slower than ``kg.graph.check``, and another's reading of the standard."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from functools import cache

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize

from kg.graph.check import Breach, Table
from kg.graph.nodes import term
from kg.graph.shapes import VIOLATION, WARNING, Term
from kg.resources import read_text


def check_by_engine(table: Table, beside: Table | None = None, *, sparql: bool = False) -> Iterator[Breach]:
    """What pySHACL finds in the triples of ``table``; of ``beside`` only the classes are told it.

    ``sparql`` runs the SPARQL constraints too, whose cost grows with the square of the graph.
    """
    # rdflib and pySHACL take half a second to import, and a build does not need them.
    import pyshacl
    import rdflib

    data = rdflib.Graph()
    data.parse(data=_serialise(table, beside), format="nt")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        _, report, _ = pyshacl.validate(data, shacl_graph=_shapes(sparql), inference="none")
    sh = rdflib.Namespace("http://www.w3.org/ns/shacl#")
    for result in report.subjects(rdflib.RDF.type, sh.ValidationResult):
        focus = report.value(result, sh.focusNode)
        if NamedNode(str(focus)) not in table.values:
            continue
        path = report.value(result, sh.resultPath)
        inverse = report.value(path, sh.inversePath)
        component = str(report.value(result, sh.sourceConstraintComponent))
        counted = component.endswith(("MinCountConstraintComponent", "MaxCountConstraintComponent"))
        severity = report.value(result, sh.resultSeverity)
        yield Breach(
            NamedNode(str(focus)),
            NamedNode(str(inverse or path)),
            None if counted else _term(report.value(result, sh.value)),
            str(report.value(result, sh.resultMessage)),
            WARNING if severity == sh.Warning else VIOLATION,
            _shape_name(report, result, sh),
        )


def _shape_name(report: object, result: object, sh: object) -> str:
    """The node shape to which the property shape at fault belongs."""
    import rdflib

    assert isinstance(report, rdflib.Graph)
    source = report.value(result, sh.sourceShape)  # type: ignore[attr-defined]
    message = str(report.value(result, sh.resultMessage))  # type: ignore[attr-defined]
    if isinstance(source, rdflib.URIRef):
        return str(source).rpartition("#")[2]
    return _owners().get(message, "")


@cache
def _owners() -> dict[str, str]:
    """Message of a property shape -> name of its node shape."""
    from kg.graph.shapes import load_shapes

    return {prop.message: shape.name for shape in load_shapes() for prop in shape.properties}


@cache
def _shapes(sparql: bool) -> object:
    import rdflib

    graph = rdflib.Graph()
    graph.parse(data=read_text("ontology", "shapes.ttl"), format="turtle")
    if not sparql:
        graph.remove((None, rdflib.URIRef("http://www.w3.org/ns/shacl#sparql"), None))
    return graph


def _serialise(table: Table, beside: Table | None) -> bytes:
    triples = [
        Triple(subject, predicate, value)
        for subject, properties in table.values.items()
        for predicate, values in properties.items()
        for value in values
    ]
    if beside is not None:
        kind = term("rdf:type")
        triples += [Triple(subject, kind, c) for subject in beside.values for c in beside.classes(subject)]
    return serialize(triples, format=RdfFormat.N_TRIPLES) or b""


def _term(node: object) -> Term | None:
    import rdflib

    if node is None:
        return None
    if isinstance(node, rdflib.URIRef):
        return NamedNode(str(node))
    if isinstance(node, rdflib.Literal):
        if node.language:
            return Literal(str(node), language=node.language)
        return Literal(str(node), datatype=NamedNode(str(node.datatype))) if node.datatype else Literal(str(node))
    return BlankNode(str(node))
