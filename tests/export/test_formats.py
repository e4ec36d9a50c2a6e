"""The other formats: tables for Gephi, JSON for graphology and Cytoscape, Pajek; and GraphML by its schema."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest
import xmlschema

from kg.export.layout import place_network
from kg.export.networks import Edge, Network, Node
from kg.export.projecting import make_network
from kg.export.views import list_views
from tests.export.conftest import ODD
from tests.export.test_gexf import written


def rows(network: Network, form: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(written(network, form).decode(), newline="")))


def test_tables_have_the_columns_that_gephi_knows(odd: Network) -> None:
    a, _, c = rows(odd, "nodes-csv")
    assert list(a)[:5] == ["Id", "Label", "Class", "Interval", "money"]
    assert (a["Id"], a["Label"], a["Class"], a["text"], a["yes"], a["share"]) == (
        "urn:a", ODD, "Project", ODD, "true", "0.5",
    )
    assert a["Interval"] == "<[2021-01-01, Infinity]>"
    assert c["Interval"] == "<[2018-01-01, 2018-02-01]; [2020-01-01, 2020-03-01]>" and c["money"] == ""
    first, second, third = rows(odd, "edges-csv")
    assert list(first)[:9] == [
        "Source", "Target", "Type", "Id", "Label", "Kind", "Weight", "Interval", "amount",
    ]
    assert [first[k] for k in ("Source", "Target", "Type", "Kind", "Weight", "amount", "note")] == [
        "urn:a", "urn:b", "Directed", "granted", "2", "1000000000000", ODD,
    ]
    assert (second["amount"], third["amount"], third["Interval"]) == ("", "0", "")
    assert rows(replace(odd, directed=False), "edges-csv")[0]["Type"] == "Undirected"


def test_json_for_graphology_is_whole(odd: Network) -> None:
    found = json.loads(written(place_network(odd), "graphology"))
    assert found["options"] == {"type": "directed", "multi": True, "allowSelfLoops": True}
    assert found["attributes"] == {"name": "odd", "description": ODD, "date": "2024-05-06"}
    nodes = {node["key"]: node["attributes"] for node in found["nodes"]}
    assert list(nodes) == ["urn:a", "urn:b", "urn:c&d"]
    assert nodes["urn:a"]["label"] == ODD and nodes["urn:a"]["class"] == "Project"
    assert all({"x", "y", "size", "color"} <= set(values) and "type" not in values for values in nodes.values())
    assert [(e["source"], e["target"], e["undirected"], e["attributes"]["weight"]) for e in found["edges"]] == [
        ("urn:a", "urn:b", False, 2), ("urn:a", "urn:b", False, 1), ("urn:b", "urn:c&d", False, 1),
    ]
    assert found["edges"][1]["attributes"]["spells"] == "2019-01-01/2019-02-01 2020-01-01/"


def test_text_with_control_characters_is_whole_in_json_and_tables() -> None:
    text = "a\x01\x1f\x7f\u2028b"
    network = Network("x", text, True, (Node("urn:a", text, "Project"),), ())
    assert json.loads(written(network, "graphology"))["nodes"][0]["attributes"]["label"] == text
    assert json.loads(written(network, "cyjs"))["elements"]["nodes"][0]["data"]["label"] == text
    assert rows(network, "nodes-csv")[0]["Label"] == text


def test_cytoscape_reads_the_same_back(odd: Network) -> None:
    content = json.loads(written(odd, "cyjs"))
    for thing in (*content["elements"]["nodes"], *content["elements"]["edges"]):
        # where networkx looks for names; Cytoscape takes the id
        thing["data"]["value"] = thing["data"]["key"] = thing["data"]["id"]
    back = nx.cytoscape_graph({"directed": True, "multigraph": True, **content, "data": []})
    assert [(key, data["label"], data["class"]) for key, data in back.nodes(data=True)] == [
        (n.iri, n.label, n.type) for n in odd.nodes
    ]
    assert sorted((s, t, d["weight"], d["interaction"]) for s, t, d in back.edges(data=True)) == sorted(
        (e.source, e.target, e.weight, e.kind) for e in odd.edges
    )


def test_pajek_is_read_back_with_labels_kinds_and_weights(odd: Network) -> None:
    content = written(odd, "pajek").decode()
    back = nx.parse_pajek(content)
    first = " ".join(ODD.replace('"', "'").split())
    assert list(back.nodes) == [first, "b (urn:b)", "b (urn:c&d)"], "labels that are alike are told apart"
    assert sorted((s, t, d["weight"], d["l"]) for s, t, d in back.edges(data=True)) == sorted(
        [
            (first, "b (urn:b)", 2.0, "granted"), (first, "b (urn:b)", 1.0, "partner"),
            ("b (urn:b)", "b (urn:c&d)", 1.0, "partner"),
        ]
    )
    assert back.is_directed()
    assert not nx.parse_pajek(written(replace(odd, directed=False), "pajek").decode()).is_directed()


def test_graphml_keeps_to_its_schema(small: ox.Store, odd: Network) -> None:
    schema = xmlschema.XMLSchema(str(Path(__file__).parent / "graphml.xsd"))
    for network in [odd, *(make_network(small, view) for view in list_views())]:
        schema.validate(io.BytesIO(written(network, "graphml")))
    content = written(odd, "graphml")
    wrongs = [(b'id="n0"', b'id="a/b"'), (b'target="n1"', b'target="n9"'), (b'key="nk0"', b'key="none"'),
              (b'attr.type="long"', b'attr.type="bignum"'), (b'for="edge"', b'for="edges"')]
    for before, after in wrongs:
        assert before in content
        with pytest.raises(xmlschema.XMLSchemaValidationError):
            schema.validate(io.BytesIO(content.replace(before, after, 1)))


def test_attributes_with_odd_names_stay_apart_in_xml(odd: Network) -> None:
    edges = (Edge("urn:a", "urn:b", "k", attributes={"a b": "one", "a_b": "two"}),)
    back = nx.read_graphml(io.BytesIO(written(replace(odd, edges=edges), "graphml")))
    assert len(back.edges) == 1
