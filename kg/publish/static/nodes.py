"""What a page was made from: which things it looked at, and a number for what the graph says of each.

A page looks at a thing in one of three ways, and depends on no more than that:

- ``name``: what it is called and what it is (labels and classes), as where it is only linked to;
- ``out``: all that is said of it, or within the graph of that name;
- ``in``: all that points to it.

A key stands for one way of looking at one thing.  The number of a key changes with any statement that can be seen so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b
from typing import IO, Any, cast

import pyoxigraph as ox

from kg.terms import expand

_NAMING = tuple(
    expand(name) for name in ("rdf:type", "rdfs:label", "skos:prefLabel", "dcterms:title", "dcterms:isReplacedBy")
)
_NAMING_NODES = frozenset(ox.NamedNode(iri) for iri in _NAMING)
_NAMING_TOKENS = frozenset(f"<{iri}>".encode() for iri in _NAMING)
_ALL = 1 << 64

WHOLE = 0
"""The key of the graph as a whole."""


def make_key(way: bytes, node: bytes) -> int:
    """The key of a way (``b"name"``, ``b"out"``, ``b"in"``) of looking at a node, given as N-Quads write it."""
    return int.from_bytes(blake2b(way + b" " + node, digest_size=8).digest())


def number_nodes(store: ox.Store) -> dict[int, int]:
    """The number of every key of a store, in one pass over its statements."""
    counting = _Counting()
    # the engine writes its statements quicker than they can be taken from it one by one
    store.dump(cast(IO[bytes], counting), format=ox.RdfFormat.N_QUADS)
    return counting.finish()


def combine(keys: Iterable[int], numbers: Mapping[int, int]) -> str:
    """One digest for the numbers of several keys; a key of which nothing is said counts as 0."""
    digest = blake2b(digest_size=16)
    for key in sorted(keys):
        digest.update(key.to_bytes(8) + numbers.get(key, 0).to_bytes(8))
    return digest.hexdigest()


class _Counting:
    """What the engine writes N-Quads to; it keeps the sums alone."""

    def __init__(self) -> None:
        self._rest = b""
        self._found: dict[int, int] = {}
        self._whole = 0
        self._subject, self._key = b"", 0

    def write(self, data: bytes) -> int:
        lines = (self._rest + data).split(b"\n")
        self._rest = lines.pop()
        for line in lines:
            self._add(line.removesuffix(b" ."))
        return len(data)

    def flush(self) -> None:
        """Nothing."""

    def finish(self) -> dict[int, int]:
        """The sums by key."""
        self._found[WHOLE] = self._whole
        return {key: number % _ALL for key, number in self._found.items()}

    def _add(self, line: bytes) -> None:
        found = self._found
        subject, predicate, rest = line.split(b" ", 2)
        number = int.from_bytes(blake2b(line, digest_size=8).digest())
        self._whole += number
        if subject != self._subject:
            self._subject, self._key = subject, make_key(b"out", subject)
        found[self._key] = found.get(self._key, 0) + number
        target, graph = _split(rest)
        keys = []
        if predicate in _NAMING_TOKENS:
            keys.append(make_key(b"name", subject))
        if target is not None:
            keys.append(make_key(b"in", target))
        if graph is not None:
            keys.append(make_key(b"out", graph))
        for key in keys:
            found[key] = found.get(key, 0) + number


def _split(rest: bytes) -> tuple[bytes | None, bytes | None]:
    """The object where it is a node, and the graph where there is one, of the end of a line."""
    if not rest.startswith(b'"'):
        target, _, graph = rest.partition(b" ")
        return target, graph or None
    # a literal: what follows its last quote is its language or type, and then the graph
    graph = rest[rest.rindex(b'"') :].partition(b" ")[2]
    return None, graph or None


class Recorder:
    """A store that notes the keys by which it is looked at.  ``begin`` forgets what was noted."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store
        self._keys: dict[tuple[bytes, object], int] = {}
        self.seen: set[int] = set()

    def begin(self) -> None:
        """From now on another page is made."""
        self.seen = set()
        if len(self._keys) > 500_000:
            self._keys.clear()

    def touch_name(self, iri: str) -> None:
        """That a page tells what a thing is called, or whether it is there."""
        self._note(b"name", ox.NamedNode(iri))

    def quads_for_pattern(self, subject: Any, predicate: Any, target: Any, graph: Any = None) -> Iterator[ox.Quad]:
        if subject is not None:
            self._note(b"name" if predicate in _NAMING_NODES else b"out", subject)
        elif isinstance(target, ox.NamedNode | ox.BlankNode):
            self._note(b"in", target)
        elif isinstance(graph, ox.NamedNode):
            self._note(b"out", graph)
        else:
            self.seen.add(WHOLE)
        return self._store.quads_for_pattern(subject, predicate, target, graph)

    def contains_named_graph(self, graph: Any) -> bool:
        self._note(b"out", graph)
        return self._store.contains_named_graph(graph)

    def _note(self, way: bytes, node: object) -> None:
        key = self._keys.get((way, node))
        if key is None:
            key = self._keys[(way, node)] = make_key(way, str(node).encode())
        self.seen.add(key)
