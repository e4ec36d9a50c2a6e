"""The build of the graph that is served, and the change to the next without a failed request."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import logging
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

from kg import __version__
from kg.errors import KgError
from kg.graph.manifest import dump_manifest
from kg.graph.store import GraphStore, current_build, open_graph
from kg.limits import Limits
from kg.publication import UNSTATED, Publication
from kg.publish.bodies import BodyCache
from kg.publish.pages import prepare_pages
from kg.publish.pool import WorkerPool
from kg.publish.problem import Problem
from kg.publish.site import Site
from kg.publish.spool import Spool

log = logging.getLogger("kg.serve")

LOOK_SECONDS = 0.5
"""How often a new build is looked for."""

_LARGE = 500_000
"""Quads from which on what pages need of the whole graph is made before the first of them is asked for."""


def _prepare(graph: GraphStore) -> None:
    try:
        prepare_pages(graph)
    except (AttributeError, KgError, OSError, RuntimeError) as error:
        # the graph may have been let go meanwhile, and then has no store; a page that is asked for tells what is wrong
        log.info("pages could not be prepared: %s", error)


class Generation:
    """One build with its workers.  ``tag`` tells it from every other build; ``modified``: when it was built, as HTTP
    writes dates."""

    def __init__(self, graph: GraphStore, limits: Limits, spool: Spool, publication: Publication = UNSTATED) -> None:
        self.graph = graph
        self.publication = publication
        self.site = Site(graph.manifest.base)
        self.pool = WorkerPool(graph.path, limits, spool)
        text = f"{__version__}\n{graph.build.name}\n{dump_manifest(graph.manifest)}\n{self.publication!r}"
        self.tag = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
        built = datetime.fromisoformat(graph.manifest.built)
        built = built if built.tzinfo else built.replace(tzinfo=UTC)
        self.modified = format_datetime(built.astimezone(UTC), usegmt=True)
        self.bodies = BodyCache()
        self.users = 0
        self.retired = False
        self.withheld = frozenset(graph.manifest.withheld)

    async def close(self) -> None:
        await self.pool.close()
        self.graph.close()


class Generations:
    """The graph in ``directory`` as it changes.  ``start`` raises StoreError where there is none to begin with."""

    def __init__(self, directory: Path, limits: Limits, publication: Publication = UNSTATED) -> None:
        self._directory, self._limits, self._publication = directory, limits, publication
        self._spool: Spool | None = None
        self._current: Generation | None = None
        self._watch: asyncio.Task[None] | None = None
        self._closing: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        self._spool = Spool()
        self._current = await self._open()
        self._watch = asyncio.get_running_loop().create_task(self._look())

    async def close(self) -> None:
        if self._watch is not None:
            self._watch.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._watch
        if self._current is not None:
            await self._current.close()
            self._current = None
        await asyncio.gather(*self._closing, return_exceptions=True)
        if self._spool is not None:
            self._spool.close()

    @asynccontextmanager
    async def use(self) -> AsyncIterator[Generation]:
        """The build in use, which stays until the block ends."""
        generation = self._current
        if generation is None:
            raise Problem("busy", "the server starts or ends", headers={"Retry-After": "2"})
        generation.users += 1
        try:
            yield generation
        finally:
            generation.users -= 1
            self._sweep(generation)

    async def _open(self) -> Generation:
        graph = await asyncio.to_thread(open_graph, self._directory)
        assert self._spool is not None
        generation = Generation(graph, self._limits, self._spool, self._publication)
        try:
            await generation.pool.start()
        except BaseException:
            await generation.close()
            raise
        if graph.manifest.quads >= _LARGE:
            # a thread of its own, which holds up neither requests nor the end of the server
            threading.Thread(target=_prepare, args=(graph,), daemon=True).start()
        return generation

    async def _look(self) -> None:
        failed = ""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            assert self._current is not None
            try:
                if current_build(self._directory) == self._current.graph.build:
                    continue
                fresh = await self._open()
            except (KgError, Problem, OSError, RuntimeError, ValueError) as error:
                # the old build is held, so it goes on being served
                if str(error) != failed:
                    log.error("the new build cannot be opened, the old one is served: %s", error)
                failed = str(error)
                continue
            failed, old, self._current = "", self._current, fresh
            log.warning("serving the build of %s", fresh.graph.manifest.built)
            old.retired = True
            self._sweep(old)

    def _sweep(self, generation: Generation) -> None:
        if generation.retired and not generation.users:
            generation.retired = False
            task = asyncio.get_running_loop().create_task(generation.close())
            self._closing.add(task)
            task.add_done_callback(self._closing.discard)
