"""GEXF: what Gephi needs, by the official schema, and read again whole by another program."""

from __future__ import annotations

import io
from pathlib import Path
from xml.etree import ElementTree

import networkx as nx
import pyoxigraph as ox
import pytest
import xmlschema

from kg.errors import UsageError
from kg.export import NETWORK_WRITERS, export_network
from kg.export.gexf import GEXF, VIZ
from kg.export.networks import Edge, Network, Node, declare_attributes
from kg.export.projecting import make_network
from kg.export.style import LARGEST, SMALLEST, measure_nodes
from kg.export.views import list_views
from tests.export.conftest import ODD

SPACE = {"g": GEXF, "viz": VIZ}


def written(network: Network, form: str = "gexf") -> bytes:
    out = io.BytesIO()
    export_network(network, form, out)
    return out.getvalue()


@pytest.fixture(scope="module")
def schema(shared: Path) -> xmlschema.XMLSchema:
    return xmlschema.XMLSchema(str(shared / "conformance/gexf/gexf.xsd"))


def without_viz(content: bytes) -> io.BytesIO:
    """The schema takes colours and sizes in the main namespace only (../shared/conformance/README.md)."""
    return io.BytesIO(content.replace(f' xmlns:viz="{VIZ}"'.encode(), b"").replace(b"<viz:", b"<"))


def test_every_view_keeps_to_the_schema(small: ox.Store, schema: xmlschema.XMLSchema) -> None:
    for view in list_views():
        schema.validate(without_viz(written(make_network(small, view, date="2024-05-06"))))


def test_odd_text_keeps_to_the_schema_and_the_schema_can_refuse(odd: Network, schema: xmlschema.XMLSchema) -> None:
    content = written(odd)
    schema.validate(without_viz(content))
    for wrong in (content.replace(b"<nodes ", b'<nodes name="" '), content.replace(b'start="2021', b'start="May')):
        with pytest.raises(xmlschema.XMLSchemaValidationError):
            schema.validate(without_viz(wrong))


def test_meta_time_and_form(odd: Network) -> None:
    tree = ElementTree.fromstring(written(odd))
    assert tree.get("version") == "1.3"
    meta = tree.find("g:meta", SPACE)
    assert meta is not None and meta.get("lastmodifieddate") == "2024-05-06"
    assert [m.text for m in meta] == ["Beslutsgraf", ODD]
    graph = tree.find("g:graph", SPACE)
    assert graph is not None
    assert (graph.get("mode"), graph.get("timeformat"), graph.get("defaultedgetype")) == ("dynamic", "date", "directed")
    static = ElementTree.fromstring(written(Network("x", "x", False, (), ()))).find("g:graph", SPACE)
    assert static is not None and static.get("mode") == "static" and static.get("defaultedgetype") == "undirected"


def test_nodes_have_label_types_colour_size_and_spells(odd: Network) -> None:
    tree = ElementTree.fromstring(written(odd))
    a, b, c = tree.findall(".//g:node", SPACE)
    assert (a.get("id"), a.get("label"), a.get("start"), a.get("end")) == ("urn:a", ODD, "2021-01-01", None)
    assert [s.attrib for s in c.findall(".//g:spell", SPACE)] == [
        {"start": "2018-01-01", "end": "2018-02-01"}, {"start": "2020-01-01", "end": "2020-03-01"},
    ]
    declared = {x.get("id"): x.get("type") for x in tree.findall(".//g:attributes[@class='node']/g:attribute", SPACE)}
    assert declared == {
        "type": "string", "money": "long", "number": "long", "share": "double", "text": "string", "yes": "boolean",
    }
    values = {v.get("for"): v.get("value") for v in a.findall(".//g:attvalue", SPACE)}
    assert values == {"type": "Project", "money": "10", "text": ODD, "number": "3", "share": "0.5", "yes": "true"}
    colours = [tuple(n.find("viz:color", SPACE).attrib.items()) for n in (a, b, c)]  # type: ignore[union-attr]
    assert len(set(colours)) == 3
    assert measure_nodes(odd) == {"urn:a": 11.2, "urn:b": LARGEST, "urn:c&d": SMALLEST}


def test_parallel_edges_differ_in_kind(odd: Network) -> None:
    edges = ElementTree.fromstring(written(odd)).findall(".//g:edge", SPACE)
    assert [(e.get("source"), e.get("target"), e.get("kind"), e.get("weight")) for e in edges] == [
        ("urn:a", "urn:b", "granted", "2"), ("urn:a", "urn:b", "partner", "1"), ("urn:b", "urn:c&d", "partner", "1"),
    ]
    amounts = [[v.get("value") for v in e.findall(".//g:attvalue[@for='amount']", SPACE)] for e in edges]
    assert amounts == [["1000000000000"], [], ["0"]], "what is not stated is left out; what is zero is not"
    assert not [e for e in edges if any(v in ("", "None") for v in e.attrib.values())]


@pytest.mark.parametrize("form", ["gexf", "graphml"])
def test_networkx_reads_the_same_back(form: str, odd: Network) -> None:
    read = {"gexf": nx.read_gexf, "graphml": nx.read_graphml}[form]
    back = read(io.BytesIO(written(odd, form)))
    if form == "graphml":
        back = nx.relabel_nodes(back, {n: back.nodes[n]["iri"] for n in back})
    assert back.is_directed() and list(back.nodes) == [n.iri for n in odd.nodes]
    for node in odd.nodes:
        data = back.nodes[node.iri]
        assert (data["label"], data["type"], data.get("money")) == (node.label, node.type, node.money)
        assert {name: data[name] for name in node.attributes} == node.attributes
    found = sorted((s, t, d["weight"], d.get("amount"), d.get("note")) for s, t, d in back.edges(data=True))
    assert found == sorted((e.source, e.target, e.weight, e.amount, e.attributes.get("note")) for e in odd.edges)


@pytest.mark.parametrize("form", ["gexf", "graphml"])
def test_what_xml_cannot_hold_is_marked(form: str) -> None:
    network = Network("x", "x", True, (Node("urn:a", "a\x01\x1f<b> \ufffe", "Project"),), ())
    tree = ElementTree.fromstring(written(network, form))
    assert "a\ufffd\ufffd<b> \ufffd" in [t for e in tree.iter() for t in (*e.attrib.values(), e.text)]


def test_attributes_of_mixed_types_become_what_holds_both() -> None:
    edges = tuple(Edge("a", "b", "k", attributes=a) for a in ({"x": 1, "y": 1}, {"x": 0.5, "y": "t"}, {"x": 2}))
    assert declare_attributes(edges) == {"x": float, "y": str}


@pytest.mark.parametrize("form", NETWORK_WRITERS)
def test_an_empty_network_is_written_too(form: str) -> None:
    assert written(Network("x", "x", True, (), ()), form).decode()


def test_a_format_that_is_none(odd: Network) -> None:
    with pytest.raises(UsageError, match="one of gexf"):
        written(odd, "turtle")
