"""The files of things: pages and data, made again only where something changed that they were made from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import cast

import pyoxigraph as ox

from kg.graph.store import GraphStore
from kg.publish.interface import LANGUAGES
from kg.publish.pages.reader import Reader
from kg.publish.pages.thing import render_thing
from kg.publish.static.links import DATA_FORMS, Frame, thing_file
from kg.publish.static.nodes import Recorder, combine, number_nodes
from kg.publish.static.parts import Part, Parts
from kg.publish.static.writer import SiteWriter
from kg.publish.things import describe_thing, serialise

Progress = Callable[[int, int], None]


def put_things(
    writer: SiteWriter,
    graph: GraphStore,
    frame: Frame,
    things: Sequence[str],
    before: Parts,
    build: str,
    progress: Progress | None = None,
) -> dict[str, Part]:
    """The files of all these things; gives what they were made from.  ``before``: the same of the time before, with no
    things where it is of no use; ``build``: of the graph, as ``sign_build`` gives it."""
    maker = ThingMaker(writer, graph, frame)
    parts: dict[str, Part] = {}
    for number, iri in enumerate(things):
        known = before.things.get(iri)
        same = known is not None and (before.build == build or maker.digest(known.keys) == known.digest)
        if known is not None and same and writer.keep(known.files):
            parts[iri] = known
        else:
            parts[iri] = maker.make(iri)
        if progress is not None:
            progress(number + 1, len(things))
    return parts


class ThingMaker:
    """Makes files of things and notes what it looked at."""

    def __init__(self, writer: SiteWriter, graph: GraphStore, frame: Frame) -> None:
        self._writer, self._graph = writer, graph
        self._recorder = Recorder(graph.store)
        # to what reads it, a store like any other
        self._store = cast(ox.Store, self._recorder)
        self._frame = replace(frame, holds=self._holds(frame.holds))
        self._readers = {
            language: Reader(self._store, graph.manifest.base, language, touched=self._recorder.touch_name)
            for language in LANGUAGES
        }
        self._numbers: Mapping[int, int] | None = None

    def digest(self, keys: Sequence[int]) -> str:
        """The digest of the numbers of these keys; the first call goes through the whole graph."""
        if self._numbers is None:
            self._numbers = number_nodes(self._graph.store)
        return combine(keys, self._numbers)

    def make(self, iri: str) -> Part:
        """Pages in both languages and data of one thing."""
        self._recorder.begin()
        files = []
        for language in LANGUAGES:
            links = self._frame.thing(iri, language)
            page = render_thing(self._store, iri, links, self._graph.manifest.base, self._readers[language])
            self._writer.put(links.here, page)
            files.append(links.here)
        triples = describe_thing(self._store, iri)
        for form in DATA_FORMS:
            files.append(thing_file(self._frame.site, iri, form))
            self._writer.put(files[-1], serialise(triples, form))
        keys = tuple(sorted(self._recorder.seen))
        return Part(keys, self.digest(keys), tuple(files))

    def _holds(self, holds: Callable[[str], bool]) -> Callable[[str], bool]:
        def look(iri: str) -> bool:
            self._recorder.touch_name(iri)
            return holds(iri)

        return look
