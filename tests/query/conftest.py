"""A small invented graph to ask."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.graph.store import memory_store

GRAPH = Path(__file__).parent / "graph.trig"


@pytest.fixture(scope="session")
def store() -> ox.Store:
    """The graph of graph.trig."""
    return memory_store(ox.parse(path=str(GRAPH), format=ox.RdfFormat.TRIG))
