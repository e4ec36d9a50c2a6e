"""A question about one project costs the same in a large graph as in a small one."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pyoxigraph as ox
import pytest

from kg.graph.store import memory_store
from kg.query import execute, prepare
from kg.terms import expand

BASE = "https://w3id.org/beslutsgraf/id/"


def copies(quads: list[ox.Quad], count: int) -> Iterator[ox.Quad]:
    """The quads of the small graph ``count`` times, each time with other things of other names."""

    def other(term: object, number: int) -> object:
        if isinstance(term, ox.NamedNode) and term.value.startswith(BASE):
            return ox.NamedNode(f"{term.value}-{number}")
        return term

    key = ox.NamedNode(expand("bg:nameKey"))
    for number in range(count):
        for quad in quads:
            value = other(quad.object, number)
            if quad.predicate == key:
                value = ox.Literal(f"{quad.object.value} {number}")
            yield ox.Quad(other(quad.subject, number), quad.predicate, value, other(quad.graph_name, number))


def seconds(store: ox.Store, name: str, params: dict[str, str]) -> float:
    """The shortest of several runs."""
    query, found = prepare(name, params), []
    for _ in range(7):
        start = time.process_time()
        assert len(execute(store, query))
        found.append(time.process_time() - start)
    return min(found)


@pytest.mark.parametrize(
    ("name", "params"),
    [
        ("lineage", {"project": "Fjäll* 3"}),
        ("lineage-evidence", {"project": "Fjäll* 3"}),
        ("project", {"project": "Fjäll* 3"}),
        ("funders", {"project": "Fjäll* 3"}),
        ("explain", {"thing": f"{BASE}project/fjall-star-3"}),
        ("thing", {"iri": f"{BASE}project/fjall-star-3"}),
    ],
)
def test_cost_does_not_grow_with_the_graph(name: str, params: dict[str, str], store: ox.Store) -> None:
    quads = list(store)
    small, large = memory_store(copies(quads, 10)), memory_store(copies(quads, 300))
    assert seconds(large, name, params) < 6 * seconds(small, name, params)
