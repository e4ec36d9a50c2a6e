"""Networks read by others: graphology-gexf (JavaScript) and igraph, each in a process of its own.

``tests/install-graph-readers`` installs both; where one is missing, its tests are skipped.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from kg.export.layout import place_network
from kg.export.metrics import add_metrics
from kg.export.networks import Network
from kg.export.projecting import make_network
from kg.export.views import list_views
from tests.export.test_gexf import written

GRAPHOLOGY = """
const fs = require('fs'), {MultiDirectedGraph, MultiUndirectedGraph, MultiGraph} = require('graphology');
const content = fs.readFileSync(process.argv[1], 'utf8');
const graph = process.argv[2] === 'gexf'
  ? require('graphology-gexf').parse(MultiGraph, content)
  : MultiGraph.from(JSON.parse(content));
process.stdout.write(JSON.stringify({type: graph.type, about: graph.getAttributes(),
  nodes: graph.mapNodes((key, values) => [key, values]),
  edges: graph.mapEdges((key, values, source, target) => [source, target, values])}));
"""

IGRAPH = """
import json, sys
import igraph
graph = igraph.Graph.Read(sys.argv[1], format=sys.argv[2])
json.dump({"directed": graph.is_directed(), "nodes": [v.attributes() for v in graph.vs],
  "edges": [[e.source, e.target, e.attributes()] for e in graph.es]}, sys.stdout)
"""


@pytest.fixture(scope="module")
def readers(root: Path) -> Path:
    return root / "tests/.readers"


def read_by_graphology(readers: Path, path: Path, form: str) -> dict[str, Any]:
    if not shutil.which("node") or not (readers / "node_modules/graphology-gexf").is_dir():
        pytest.skip("graphology-gexf is not installed; tests/install-graph-readers does it")
    command = ["node", "-e", GRAPHOLOGY, str(path), form]
    done = subprocess.run(command, capture_output=True, cwd=readers, check=True, timeout=60)
    return json.loads(done.stdout)


def read_by_igraph(readers: Path, path: Path, form: str) -> dict[str, Any]:
    if not (readers / "igraph").is_dir():
        pytest.skip("igraph is not installed; tests/install-graph-readers does it")
    command = [sys.executable, "-c", IGRAPH, str(path), form]
    env = os.environ | {"PYTHONPATH": str(readers / "igraph"), "PYTHONUTF8": "1"}
    return json.loads(subprocess.run(command, capture_output=True, env=env, check=True, timeout=60).stdout)


@pytest.fixture(params=["odd", *[view.name for view in list_views()]])
def network(request: pytest.FixtureRequest, odd: Network, small: ox.Store) -> Network:
    """The odd network, and each view of the small graph with all measures."""
    if request.param == "odd":
        return place_network(odd)
    view = next(view for view in list_views() if view.name == request.param)
    return place_network(add_metrics(make_network(small, view), ["all"]))


@pytest.mark.parametrize("form", ["gexf", "graphology"])
def test_graphology_reads_the_same(form: str, network: Network, readers: Path, tmp_path: Path) -> None:
    path = tmp_path / "network"
    path.write_bytes(written(network, form))
    back = read_by_graphology(readers, path, form)
    assert back["about"]["description"] == network.description
    nodes = dict(back["nodes"])
    assert list(nodes) == [node.iri for node in network.nodes]
    for node in network.nodes:
        values = nodes[node.iri]
        assert (values["label"], values["type" if form == "gexf" else "class"]) == (node.label, node.type)
        assert values.get("money") == node.money
        assert {name: values[name] for name in node.attributes} == node.attributes
        assert (values["x"], values["y"]) == network.places[node.iri]
    expected = [
        (*((e.source, e.target) if network.directed else sorted((e.source, e.target))),
         e.kind, e.weight, e.amount, e.attributes.get("note"))
        for e in network.edges
    ]
    found = [
        (*((s, t) if network.directed else sorted((s, t))), v["kind"], v["weight"], v.get("amount"), v.get("note"))
        for s, t, v in back["edges"]
    ]
    assert sorted(map(repr, found)) == sorted(map(repr, expected))


def test_igraph_reads_graphml_the_same(network: Network, readers: Path, tmp_path: Path) -> None:
    path = tmp_path / "network.graphml"
    path.write_bytes(written(network, "graphml"))
    back = read_by_igraph(readers, path, "graphml")
    assert back["directed"] == network.directed
    assert [(v["iri"], v["label"], v["type"]) for v in back["nodes"]] == [
        (n.iri, n.label, n.type) for n in network.nodes
    ]
    for node, values in zip(network.nodes, back["nodes"], strict=True):
        # numbers are floating in igraph; what is not stated is no number there, or an empty text
        assert {name: values[name] for name in node.attributes} == node.attributes
        assert values["money"] == node.money or node.money is None
    iris = [node.iri for node in network.nodes]
    found = [(iris[s], iris[t], v["kind"], v["weight"]) for s, t, v in back["edges"]]
    assert sorted(found) == sorted((e.source, e.target, e.kind, e.weight) for e in network.edges)
    for edge, (_, _, values) in zip(network.edges, back["edges"], strict=True):
        assert values["amount"] == edge.amount or edge.amount is None


def test_igraph_reads_pajek_the_same(network: Network, readers: Path, tmp_path: Path) -> None:
    path = tmp_path / "network.net"
    path.write_bytes(written(network, "pajek"))
    back = read_by_igraph(readers, path, "pajek")
    assert back["directed"] == network.directed and len(back["nodes"]) == len(network.nodes)
    found = [(s, t, v["weight"]) for s, t, v in back["edges"]]
    numbers = {node.iri: number for number, node in enumerate(network.nodes)}
    assert sorted(found) == sorted((numbers[e.source], numbers[e.target], e.weight) for e in network.edges)
