"""Each derived fact follows from the facts; what was tampered with is found."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from kg.graph.follow import check_derived
from kg.graph.nodes import integer, term
from kg.graph.store import memory_store
from kg.terms import DEFAULT_BASE
from tests.query.made import make

BASE = DEFAULT_BASE


@pytest.fixture(scope="module")
def quads() -> list[ox.Quad]:
    return list(make(40, 4).quads())


def test_what_is_derived_follows(quads: list[ox.Quad]) -> None:
    assert check_derived(memory_store(quads), BASE) == []


@pytest.mark.parametrize("predicate", ["bg:difference", "bg:grantedSum", "bg:herfindahl", "bg:projectCount", "bg:year"])
def test_a_value_that_was_changed_is_found(predicate: str, quads: list[ox.Quad]) -> None:
    store = memory_store(quads)
    quad = min(store.quads_for_pattern(None, term(predicate), None, ox.DefaultGraph()), key=str)
    store.remove(quad)
    store.add(ox.Quad(quad.subject, quad.predicate, integer(4711)))
    (found,) = check_derived(store, BASE)
    assert found.severity == "violation" and "missing that follows" in found.what and quad.object.value in found.what


@pytest.mark.parametrize("predicate", ["bg:formula", "prov:wasDerivedFrom"])
def test_a_mark_that_was_changed_is_found(predicate: str, quads: list[ox.Quad]) -> None:
    store = memory_store(quads)
    graph = ox.NamedNode(f"{BASE}graph/derived")
    quad = min(store.quads_for_pattern(None, term(predicate), None, graph), key=str)
    store.remove(quad)
    store.add(ox.Quad(quad.subject, quad.predicate, ox.Literal("made up"), graph))
    assert sorted(v.what.partition(":")[0] for v in check_derived(store, BASE)) == [
        "a derived fact is missing that follows from the facts", "a derived fact that does not follow from the facts"
    ]


def test_a_fact_that_changed_changes_what_follows(quads: list[ox.Quad]) -> None:
    """A claim taken away takes away what followed from it."""
    store = memory_store(quads)
    claim = min(
        (q for q in store.quads_for_pattern(None, term("rdf:predicate"), term("bg:buildsOn"), None)
         if "/document/" in str(q.graph_name)), key=str,
    )
    for quad in list(store.quads_for_pattern(claim.subject, None, None, claim.graph_name)):
        store.remove(quad)
    assert any("bg:depth" in v.what for v in check_derived(store, BASE))
