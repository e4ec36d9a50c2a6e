"""The graph in every format: whole, in a fixed order, and read again by others."""

from __future__ import annotations

import io
import re
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import networkx as nx
import pyoxigraph as ox
import pytest
import rdflib
import xmlschema
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import KgError, UsageError
from kg.export import EXPORTERS, export_graph, whole_file
from kg.export.network import EDGE_ATTRIBUTES, GEXF, NODE_ATTRIBUTES, project_network
from kg.export.rdf import sort_quads
from kg.graph.store import memory_store

BG = "https://w3id.org/beslutsgraf/ns#"
BASE = "https://w3id.org/beslutsgraf/id/"
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


def test_the_network_holds_what_the_graph_states(store: ox.Store) -> None:
    network = project_network(store)
    region, star = f"{BASE}organisation/region-fjall", f"{BASE}project/fjall-star"
    assert network.nodes[star] == {"label": "Fjäll*", "type": "Project", "start_year": 2021, "end_year": 2023}
    assert network.nodes[f"{BASE}project/fjall-tre"] == {"label": "Fjäll 3", "type": "Project"}
    assert network.nodes[region] == {"label": "Region Fjäll", "type": "Organisation", "funder": True}
    assert set(network[region][star]) == {"funds_granted", "granted", "proposed_grant"}
    assert network[region][star]["granted"] == {"kind": "granted", "weight": 2, "amount": 8200001}
    assert network[f"{BASE}organisation/fjallby-kommun"][star]["funds"] == {"kind": "funds", "weight": 1}
    assert set(network[star][f"{BASE}project/fjall"]) == {"builds_on"}
    assert list(network.nodes) == list(project_network(memory_store(reversed(list(store)))).nodes)


def gexf(store: ox.Store) -> ElementTree.Element:
    return ElementTree.fromstring(exported(store, "gexf"))


def test_gexf_is_what_gephi_needs(store: ox.Store) -> None:
    tree, space = gexf(store), {"g": GEXF}
    assert tree.get("version") == "1.3"
    nodes, edges = tree.findall(".//g:node", space), tree.findall(".//g:edge", space)
    network = project_network(store)
    assert (len(nodes), len(edges)) == (network.number_of_nodes(), network.number_of_edges())
    declared = {a.get("id"): a.get("type") for a in tree.findall(".//g:attribute", space)}
    assert declared == NODE_ATTRIBUTES | EDGE_ATTRIBUTES
    ids = {n.get("id") for n in nodes}
    ends = [(e.get("source"), e.get("target"), e.get("kind")) for e in edges]
    assert all(s in ids and t in ids and k for s, t, k in ends)
    assert len(set(ends)) == len(ends), "parallel edges differ in kind"
    forms = {"integer": r"-?\d+", "long": r"-?\d+", "boolean": "true|false", "string": r".+"}
    for value in tree.findall(".//g:attvalue", space):
        assert re.fullmatch(forms[declared[value.get("for")]], value.get("value") or "")
    assert not [e for e in tree.iter() if any(v in ("", "None") for v in e.attrib.values())]


def test_gexf_keeps_to_its_schema(store: ox.Store, shared: Path) -> None:
    schema = xmlschema.XMLSchema(str(shared / "conformance/gexf/gexf.xsd"))
    schema.validate(io.BytesIO(exported(store, "gexf")))
    with pytest.raises(xmlschema.XMLSchemaValidationError):
        schema.validate(io.BytesIO(exported(store, "gexf").replace(b"<nodes ", b'<nodes name="" ')))


def test_graphml_is_read_again(store: ox.Store) -> None:
    back = nx.read_graphml(io.BytesIO(exported(store, "graphml")))
    network = project_network(store)
    assert dict(back.nodes(data=True)) == dict(network.nodes(data=True))
    assert sorted(d["kind"] for *_, d in back.edges(data=True)) == sorted(k for *_, k in network.edges(keys=True))


@pytest.mark.parametrize("form", ["gexf", "graphml"])
def test_names_that_xml_cannot_hold_do_not_break_a_network(form: str) -> None:
    project = ox.NamedNode(f"{BASE}project/x")
    odd = 'a\x01\x1f<b> & "c" \ufffe]]>'
    store = memory_store(
        [
            ox.Quad(
                project, ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"), ox.NamedNode(f"{BG}Project")
            ),
            ox.Quad(project, ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label"), ox.Literal(odd)),
        ]
    )
    assert '<b> & "c"' in "".join(
        [*(v for e in ElementTree.fromstring(exported(store, form)).iter() for v in (*e.attrib.values(), e.text or ""))]
    )


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
