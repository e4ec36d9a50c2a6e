"""What a graph is, for catalogues and machines: ``describe_graph``."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterable
from weakref import WeakKeyDictionary

import pyoxigraph as ox

from kg.errors import StoreError
from kg.graph.partitions import PARTITIONS, Partitions, count_partitions, load_partitions
from kg.graph.store import GraphStore
from kg.publish.metadata.builder import WORDS
from kg.publish.metadata.describe import Described, Distribution, describe_dataset

__all__ = ["Described", "Distribution", "Partitions", "describe_graph", "partitions_of", "write_description"]

FORMS = {"ttl": ox.RdfFormat.TURTLE, "jsonld": ox.RdfFormat.JSON_LD, "nt": ox.RdfFormat.N_TRIPLES}

_COUNTS: WeakKeyDictionary[GraphStore, Partitions] = WeakKeyDictionary()
_LOCK = threading.Lock()
_LARGE = 500_000
"""Quads from which on a graph is large."""


def partitions_of(graph: GraphStore) -> Partitions:
    """The counts of a graph: those that the build kept, else made when they are first asked for."""
    with _LOCK:
        found = _COUNTS.get(graph)
        if found is None:
            found = _COUNTS[graph] = _read_counts(graph) or _count(graph)
        return found


def _read_counts(graph: GraphStore) -> Partitions | None:
    try:
        return load_partitions((graph.build / PARTITIONS).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def _count(graph: GraphStore) -> Partitions:
    """The counts, for a large graph by a process of its own: the memory and time are not those of a server."""
    if graph.manifest.quads < _LARGE:
        return count_partitions(graph.store)
    command = [sys.executable, "-P", "-m", "kg.graph.partitions", str(graph.path)]
    env = os.environ | {"PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=True, env=env)
        return load_partitions(done.stdout.decode())
    except (OSError, subprocess.CalledProcessError, ValueError) as error:
        raise StoreError(f"the graph cannot be counted ({error})", where=str(graph.path), hint="see its log") from error


def describe_graph(graph: GraphStore, about: Described, files: Iterable[Distribution] = ()) -> list[ox.Triple]:
    """The description of a graph as triples, sorted; the same graph and addresses give the same."""
    return describe_dataset(graph, partitions_of(graph), about, files)


def write_description(triples: Iterable[ox.Triple], form: str) -> bytes:
    """The triples in one of ``FORMS``, UTF-8."""
    prefixes = WORDS if form != "nt" else None
    return ox.serialize(triples, format=FORMS[form], prefixes=prefixes) or b""
