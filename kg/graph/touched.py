"""The check of a graph that was changed in parts: only what was touched is looked at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from pyoxigraph import DefaultGraph, NamedNode, Quad

from kg.graph.check import Table, check
from kg.graph.digests import place_of
from kg.graph.invariants import Ledger, check_dates
from kg.graph.nodes import term
from kg.graph.shapes import load_shapes
from kg.graph.validate import QuadStore, StorePlaces, Violation, _Finding, _report
from kg.terms import GRAPHS, ONTOLOGY_GRAPH


def validate_parts(store: QuadStore, parts: Iterable[str]) -> list[Violation]:
    """What is wrong in these parts of the graph (see ``kg.graph.digests``), as ``kg.graph.validate`` says it of the
    whole: the same, where the rest was right before."""
    subjects: set[NamedNode] = set()
    tables: dict[NamedNode, Table] = {}
    for part in parts:
        subject, graph = place_of(part)
        if isinstance(graph, DefaultGraph):
            assert subject is not None
            subjects.add(subject)
        elif graph.value != ONTOLOGY_GRAPH and not graph.value.endswith(f"/{GRAPHS['registers']}"):
            _fill(tables.setdefault(graph, Table()), store.quads_for_pattern(subject, None, None, graph))
    for table in tables.values():
        subjects |= {
            s for node in table.values for s in table.get(node, term("rdf:subject")) if isinstance(s, NamedNode)
        }
    default = _surroundings(store, subjects, tables.values())
    shapes = load_shapes()
    ledger = Ledger(default)
    found = list(_enter_claims(store, subjects, ledger))
    breaches = chain(check(default, shapes), check_dates(default), ledger.close())
    found += [_Finding(breach) for breach in breaches if breach.focus in subjects]
    for graph, table in tables.items():
        found += [_Finding(breach, table, graph) for breach in check(table, shapes, default)]
    return _report(found, StorePlaces(store))


def _surroundings(store: QuadStore, subjects: set[NamedNode], tables: Iterable[Table]) -> Table:
    """What the default graph says of the subjects, what points to them, and the classes of what they point to."""
    default, kind, here = Table(), term("rdf:type"), DefaultGraph()
    backwards = [p.path for shape in load_shapes() for p in shape.properties if p.inverse]
    for subject in subjects:
        _fill(default, store.quads_for_pattern(subject, None, None, here))
        for path in backwards:
            _fill(default, store.quads_for_pattern(None, path, subject, here))
    others = {
        value
        for table in (default, *tables)
        for properties in table.values.values()
        for values in properties.values()
        for value in values
        if isinstance(value, NamedNode)
    }
    for other in (others | default.values.keys()) - subjects:
        _fill(default, store.quads_for_pattern(other, kind, None, here))
    return default


def _enter_claims(store: QuadStore, subjects: set[NamedNode], ledger: Ledger) -> Iterator[_Finding]:
    """What any graph claims of the subjects; yields the claims that are no facts."""
    wanted = (term("rdf:type"), term("rdf:subject"), term("rdf:predicate"), term("rdf:object"))
    for subject in subjects:
        by_graph: dict[NamedNode, Table] = {}
        for claim in store.quads_for_pattern(None, term("rdf:subject"), subject, None):
            if isinstance(claim.graph_name, NamedNode):
                table = by_graph.setdefault(claim.graph_name, Table())
                for predicate in wanted:
                    _fill(table, store.quads_for_pattern(claim.subject, predicate, None, claim.graph_name))
        for graph, table in by_graph.items():
            yield from (_Finding(breach, table, graph) for breach in ledger.enter(table))


def _fill(table: Table, quads: Iterable[Quad]) -> None:
    for quad in quads:
        table.add(quad)
