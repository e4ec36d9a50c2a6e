"""RDF in a fixed order: by graph, subject, predicate and object."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from heapq import merge
from itertools import chain, islice
from typing import BinaryIO

import pyoxigraph as ox

from kg.terms import PREFIXES

# Quads that are sorted in memory at a time; more go through sorted files, so that memory does not grow.
CHUNK = 250_000

_PARSED_AT_ONCE = 10_000


def write_triples(form: ox.RdfFormat) -> Callable[[ox.Store, BinaryIO], None]:
    """A writer of the default graph in a format that knows no named graphs."""

    def write(store: ox.Store, out: BinaryIO) -> None:
        quads = store.quads_for_pattern(None, None, None, ox.DefaultGraph())
        ox.serialize((q.triple for q in sort_quads(quads)), output=out, format=form, prefixes=_prefixes(form))

    return write


def write_dataset(form: ox.RdfFormat) -> Callable[[ox.Store, BinaryIO], None]:
    """A writer of all graphs."""

    def write(store: ox.Store, out: BinaryIO) -> None:
        ox.serialize(sort_quads(store), output=out, format=form, prefixes=_prefixes(form))

    return write


def _prefixes(form: ox.RdfFormat) -> dict[str, str] | None:
    return None if form in (ox.RdfFormat.N_TRIPLES, ox.RdfFormat.N_QUADS) else PREFIXES


def sort_quads(quads: Iterable[ox.Quad], chunk: int = CHUNK) -> Iterator[ox.Quad]:
    """The quads, sorted; through one file for every ``chunk`` of them where there are more."""
    lines = map(_to_line, quads)
    run = sorted(islice(lines, chunk))
    following = list(islice(lines, 1))
    if not following:
        yield from _from_lines(run)
        return
    with ExitStack() as stack:
        files: list[BinaryIO] = []
        while run:
            file = stack.enter_context(tempfile.TemporaryFile())
            file.writelines(run)
            file.seek(0)
            files.append(file)
            run = sorted(islice(chain(following, lines), chunk))
            following = []
        yield from _from_lines(merge(*files))


def _to_line(quad: ox.Quad) -> bytes:
    # Terms escape tabs and line feeds, and a tab sorts before all that may stand in a term.
    graph = "" if isinstance(quad.graph_name, ox.DefaultGraph) else str(quad.graph_name)
    return f"{graph}\t{quad.subject}\t{quad.predicate}\t{quad.object}\n".encode()


def _from_lines(lines: Iterable[bytes]) -> Iterator[ox.Quad]:
    source = iter(lines)
    while batch := list(islice(source, _PARSED_AT_ONCE)):
        yield from ox.parse(b"".join(map(_to_nquad, batch)), format=ox.RdfFormat.N_QUADS)


def _to_nquad(line: bytes) -> bytes:
    graph, _, triple = line.rstrip(b"\n").partition(b"\t")
    return triple + b"\t" + graph + b" .\n"
