"""Graphs to serve and servers that serve them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.config import Config
from kg.graph.building import begin_build
from kg.graph.manifest import Manifest
from kg.pipeline import build, default_stages
from kg.terms import DEFAULT_BASE
from tests.publish.web import Server, serving

NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
PAPERS = ("indi-avslag.txt", "ai-all-stjarna-forslag.txt", "ai-satsningar-bakgrund.html")


def write_graph(
    directory: Path,
    quads: Iterable[ox.Quad],
    built: str = "2026-03-04T05:06:07+00:00",
    withheld: tuple[str, ...] = (),
) -> Path:
    """A graph directory with these quads."""
    with begin_build(directory) as work:
        count = work.load(quads)
        work.commit(Manifest("0", built, DEFAULT_BASE, (), (), count, (), (), (), withheld=withheld))
    return directory


@pytest.fixture(scope="session")
def graph(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    """The graph of three sample papers."""
    directory = tmp_path_factory.mktemp("publish") / "graph"
    papers = [root / "data/documents" / name for name in PAPERS]
    config = Config(store=directory)
    build(papers, config, now=NOW, stages=default_stages(config))
    return directory


@pytest.fixture(scope="session")
def server(graph: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server over it with the limits of every day."""
    with serving(graph, tmp_path_factory.mktemp("server"), "--rate", 10000) as running:
        yield running


@pytest.fixture(scope="session")
def tight(graph: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server over it with narrow limits: one second, 200 MB, 1000 rows, two workers."""
    options = ("--query-seconds", 1, "--query-memory", 200, "--query-rows", 1000, "--workers", 2, "--rate", 10000)
    with serving(graph, tmp_path_factory.mktemp("tight"), *options) as running:
        yield running
