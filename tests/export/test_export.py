"""The graph in every format: whole, in a fixed order, and read again by others."""

from __future__ import annotations

import io
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import KgError, UsageError
from kg.export import EXPORTERS, export_graph, whole_file
from kg.export.rdf import sort_quads
from kg.graph.store import memory_store

TRIPLES = {"turtle": ox.RdfFormat.TURTLE, "ntriples": ox.RdfFormat.N_TRIPLES, "rdfxml": ox.RdfFormat.RDF_XML}
DATASETS = {"trig": ox.RdfFormat.TRIG, "nquads": ox.RdfFormat.N_QUADS, "jsonld": ox.RdfFormat.JSON_LD}


@pytest.fixture(scope="module")
def store(root: Path) -> ox.Store:
    return memory_store(ox.parse(path=str(root / "tests/query/graph.trig"), format=ox.RdfFormat.TRIG))


def exported(store: ox.Store, form: str) -> bytes:
    out = io.BytesIO()
    export_graph(store, form, out)
    return out.getvalue()


@pytest.mark.parametrize("form", TRIPLES)
def test_triples_come_back(form: str, store: ox.Store) -> None:
    back = {q.triple for q in ox.parse(exported(store, form), format=TRIPLES[form])}
    assert back == {q.triple for q in store.quads_for_pattern(None, None, None, ox.DefaultGraph())}


@pytest.mark.parametrize("form", DATASETS)
def test_datasets_come_back(form: str, store: ox.Store) -> None:
    assert set(ox.parse(exported(store, form), format=DATASETS[form])) == set(store)


@pytest.mark.parametrize("form", EXPORTERS)
def test_the_same_graph_gives_the_same_bytes(form: str, store: ox.Store) -> None:
    turned = memory_store(reversed(list(store)))
    assert exported(store, form) == exported(turned, form)
    assert exported(memory_store(), form).decode("utf-8") != exported(store, form).decode("utf-8")


def test_another_reader_takes_turtle_and_trig(store: ox.Store) -> None:
    graph = rdflib.Graph().parse(data=exported(store, "turtle"), format="turtle")
    assert len(graph) == sum(1 for _ in store.quads_for_pattern(None, None, None, ox.DefaultGraph()))
    assert b"bg:Project" in exported(store, "turtle")


@given(st.integers(1, 5), st.lists(st.tuples(st.text(max_size=4), st.sampled_from("ab"), st.booleans()), max_size=25))
def test_sorting_through_files_gives_the_same_order(chunk: int, rows: list[tuple[str, str, bool]]) -> None:
    def quad(text: str, name: str, default: bool) -> ox.Quad:
        node = ox.NamedNode(f"http://x/{name}")
        return ox.Quad(node, node, ox.Literal(text), ox.DefaultGraph() if default else node)

    quads = [quad(*row) for row in rows if not any("\ud800" <= c <= "\udfff" for c in row[0])]
    through_files = list(sort_quads(quads, chunk))
    assert through_files == list(sort_quads(reversed(quads)))
    assert Counter(through_files) == Counter(quads)


def test_a_file_is_whole_or_not_there(store: ox.Store, tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    path.write_text("before", encoding="utf-8")
    with pytest.raises(ZeroDivisionError), whole_file(path) as out:
        out.write(b"half")
        raise ZeroDivisionError
    assert path.read_text(encoding="utf-8") == "before"
    export_graph(store, "turtle", path)
    assert path.read_bytes() == exported(store, "turtle")
    assert [p.name for p in tmp_path.iterdir()] == ["graph.ttl"]


def test_places_that_cannot_be_written(store: ox.Store, tmp_path: Path) -> None:
    for path in (tmp_path / "missing" / "x.ttl", tmp_path):
        with pytest.raises(KgError, match="cannot be written") as caught:
            export_graph(store, "turtle", path)
        assert str(path) in caught.value.message
    with pytest.raises(UsageError, match="one of turtle"):
        export_graph(store, "excel", tmp_path / "x")
