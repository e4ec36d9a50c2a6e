"""A small graph and networks of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.config import Config
from kg.export.networks import Edge, Network, Node
from kg.graph.store import memory_store, open_graph
from kg.pipeline import build

BASE = "https://w3id.org/beslutsgraf/id/"


@pytest.fixture(scope="session")
def small(root: Path) -> ox.Store:
    """The graph of ``tests/query/graph.trig``."""
    return memory_store(ox.parse(path=str(root / "tests/query/graph.trig"), format=ox.RdfFormat.TRIG))


ODD = 'Åarjelsaemien Gïelejarnge & Sámediggi <b> "c" 🦌 ŋ đ Ŧ ]]> \n\t end'


@pytest.fixture
def odd() -> Network:
    """A network with all that a format may stumble on: odd text, parallel edges, open and several spells, all types."""
    nodes = (
        Node("urn:a", ODD, "Project", {"text": ODD, "number": 3, "share": 0.5, "yes": True}, (("2021-01-01", ""),), 10),
        Node("urn:b", "b", "Organisation", {"number": -4, "yes": False}, (("2019-01-01", "2019-12-31"),), 1000),
        Node("urn:c&d", "b", "Board", {}, (("2018-01-01", "2018-02-01"), ("2020-01-01", "2020-03-01"))),
    )
    edges = (
        Edge("urn:a", "urn:b", "granted", 2, 10**12, (("2021-01-01", "2021-12-31"),), {"note": ODD}),
        Edge("urn:a", "urn:b", "partner", 1, None, (("2019-01-01", "2019-02-01"), ("2020-01-01", ""))),
        Edge("urn:b", "urn:c&d", "partner", 1, 0, ()),
    )
    return Network("odd", ODD, True, nodes, edges, "2024-05-06", {"granted": "granted"})


@pytest.fixture(scope="session")
def built_store(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ox.Store]:
    """The graph of the sample papers, built."""
    directory = tmp_path_factory.mktemp("samples") / "graph"
    build([root / "data/documents"], Config(store=directory), now=datetime(2024, 5, 6, tzinfo=UTC))
    with open_graph(directory) as graph:
        yield graph.store
