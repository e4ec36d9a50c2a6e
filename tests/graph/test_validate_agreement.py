"""The fast check and pySHACL read the shapes alike; the SPARQL constraints say what the invariants say."""

from __future__ import annotations

import pytest
from pyoxigraph import DefaultGraph

from kg.graph.check import Table, check
from kg.graph.engine import check_by_engine
from kg.graph.invariants import Ledger, check_dates
from kg.graph.shapes import load_shapes
from kg.graph.validate import validate
from tests.graph.mutations import MUTATIONS, Mutation, Quads, sound, whole

CORE = [m for m in MUTATIONS if m.core]
# SPARQL sees facts without claims, not claims without facts.
BY_SPARQL = [m for m in MUTATIONS if m.name in ("fact without evidence", "ends before it starts", "two starts")]


def one_table(graph: Quads) -> Table:
    """The default graph, the papers, derived facts and judgements as one, which is how the shapes are written."""
    return Table(q for q in graph if isinstance(q.graph_name, DefaultGraph) or "/ns" not in str(q.graph_name)
                 and "graph/registers" not in str(q.graph_name))


def test_a_sound_graph_passes_both() -> None:
    table = one_table(sound())
    assert list(check(table, load_shapes())) == list(check_by_engine(table)) == []


@pytest.mark.parametrize("mutation", CORE, ids=lambda m: m.name)
def test_both_find_the_same(mutation: Mutation) -> None:
    table = one_table(mutation.make(sound()))
    own = {(b.focus, b.path, b.message, b.severity, b.shape) for b in check(table, load_shapes())}
    engine = {(b.focus, b.path, b.message, b.severity, b.shape) for b in check_by_engine(table)}
    assert own == engine and len(own) == 1


@pytest.mark.parametrize("mutation", BY_SPARQL, ids=lambda m: m.name)
def test_sparql_constraints_say_the_same(mutation: Mutation) -> None:
    table = one_table(mutation.make(sound()))
    ledger = Ledger(table)
    own = {(b.focus, b.message, b.shape) for b in (*ledger.enter(table), *ledger.close(), *check_dates(table))}
    engine = {(b.focus, b.message, b.shape) for b in check_by_engine(table, sparql=True)}
    assert own == engine and len(own) == 1


def test_thorough_adds_nothing_to_what_the_fast_check_finds() -> None:
    assert validate(whole(), thorough=True) == validate(whole())
