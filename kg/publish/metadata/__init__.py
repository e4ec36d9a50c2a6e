"""What a graph is, for catalogues and machines: ``describe_graph``."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from weakref import WeakKeyDictionary

import pyoxigraph as ox

from kg.graph.store import GraphStore
from kg.publish.metadata.builder import WORDS
from kg.publish.metadata.describe import Described, Distribution, describe_dataset
from kg.publish.metadata.partitions import Partitions, count_partitions

__all__ = ["Described", "Distribution", "Partitions", "describe_graph", "partitions_of", "write_description"]

FORMS = {"ttl": ox.RdfFormat.TURTLE, "jsonld": ox.RdfFormat.JSON_LD, "nt": ox.RdfFormat.N_TRIPLES}

_COUNTS: WeakKeyDictionary[GraphStore, Partitions] = WeakKeyDictionary()
_LOCK = threading.Lock()


def partitions_of(graph: GraphStore) -> Partitions:
    """The counts of a graph, made when they are first asked for."""
    with _LOCK:
        found = _COUNTS.get(graph)
        if found is None:
            found = _COUNTS[graph] = count_partitions(graph.store)
        return found


def describe_graph(graph: GraphStore, about: Described, files: Iterable[Distribution] = ()) -> list[ox.Triple]:
    """The description of a graph as triples, sorted; the same graph and addresses give the same."""
    return describe_dataset(graph, partitions_of(graph), about, files)


def write_description(triples: Iterable[ox.Triple], form: str) -> bytes:
    """The triples in one of ``FORMS``, UTF-8."""
    prefixes = WORDS if form != "nt" else None
    return ox.serialize(triples, format=FORMS[form], prefixes=prefixes) or b""
