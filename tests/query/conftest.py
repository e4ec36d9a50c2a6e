"""Graphs to ask: a small invented one, made ones with their records, and that of the sample papers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.graph.store import GraphStore, memory_store, open_graph
from tests.query.made import Made, make
from tests.query.sample import build_sample

GRAPH = Path(__file__).parent / "graph.trig"
SEEDS = (1, 2)


@pytest.fixture(scope="session")
def store() -> ox.Store:
    """The graph of graph.trig."""
    return memory_store(ox.parse(path=str(GRAPH), format=ox.RdfFormat.TRIG))


@pytest.fixture(scope="session", params=SEEDS, ids=lambda seed: f"seed {seed}")
def made(request: pytest.FixtureRequest) -> tuple[Made, ox.Store]:
    """A made graph of three hundred projects, and the records that it states."""
    records = make(300, request.param)
    return records, memory_store(records.quads())


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Iterator[GraphStore]:
    """The graph of the papers of data/documents."""
    with open_graph(build_sample(root, tmp_path_factory.mktemp("sample"))) as graph:
        yield graph
