"""The processes that run queries, seen from the server: who gets one, how long, and what becomes of it."""

from __future__ import annotations

import asyncio
import itertools
import json
import logging
import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections import Counter, deque
from collections.abc import Coroutine, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from kg.limits import Limits
from kg.publish.problem import Problem
from kg.publish.spool import Spool

log = logging.getLogger("kg.serve")

_HEAD = 4
_OPEN_SECONDS = 60.0
_RESTS = (0.0, 0.1, 0.5, 2.0, 5.0)
# What the engine says when it cannot get memory.
_OUT_OF_MEMORY = (b"memory allocation", b"bad_alloc", b"MemoryError", b"Cannot allocate memory")


@dataclass(slots=True)
class Answer:
    """The whole answer to a query: its media type, and either ``body`` or an open ``file`` of ``size`` bytes, which who
    has the answer closes by ``close``."""

    media: str
    kind: str
    rows: int
    seconds: float
    size: int
    body: bytes
    file: BinaryIO | None = None
    spool: Spool | None = None

    def close(self) -> None:
        """Gives the file back; nothing where there is none."""
        if self.file is not None and self.spool is not None:
            self.file.close()
            self.spool.held -= self.size
            self.file = None


class _Lost(Exception):
    """The process ended."""


class _NotBegun(Exception):
    """The process ended before it took the query, so the query may go to another."""


class _Worker:
    """A process with the socket to it."""

    def __init__(self, store: Path, limits: Limits) -> None:
        ours, theirs = socket.socketpair()
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115
        self._socket = ours
        # one arena: the address space of others would count against the limit of memory
        env = {**os.environ, "MALLOC_ARENA_MAX": "2", "RUST_BACKTRACE": "0"}
        with theirs:
            self.process = subprocess.Popen(
                [sys.executable, "-P", "-m", "kg.publish.worker", str(store), json.dumps(limits.for_worker())],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=self._errors,
                env=env | {"PYTHONPATH": os.pathsep.join(p for p in sys.path if p)},
                start_new_session=True,
            )
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def open(self) -> None:
        """Waits until the process is ready.  Raises _Lost with its reason where it does not come to that."""
        self._reader, self._writer = await asyncio.open_connection(sock=self._socket)
        head, _ = await self._receive()
        if not head.get("ready"):
            raise _Lost(head.get("detail", ""))

    async def run(self, request: Mapping[str, Any]) -> tuple[dict[str, Any], bytes]:
        assert self._writer is not None
        text = json.dumps(request).encode()
        try:
            self._writer.write(len(text).to_bytes(_HEAD) + text)
            await self._writer.drain()
            await self._receive()  # that it has taken the query
        except (OSError, _Lost):
            raise _NotBegun from None
        return await self._receive()

    async def _receive(self) -> tuple[dict[str, Any], bytes]:
        assert self._reader is not None
        try:
            size = int.from_bytes(await self._reader.readexactly(_HEAD))
            head = json.loads(await self._reader.readexactly(size))
            return head, await self._reader.readexactly(head["body"])
        except (OSError, asyncio.IncompleteReadError):
            raise _Lost from None

    def last_words(self) -> bytes:
        """The end of what the process wrote to its standard error."""
        self._errors.seek(max(0, self._errors.seek(0, os.SEEK_END) - 65536))
        return self._errors.read()

    async def end(self) -> int:
        """Kills the process where it has not ended, and returns its exit code."""
        self.process.kill()
        if self._writer is not None:
            self._writer.close()
        else:
            self._socket.close()
        code = await asyncio.to_thread(self.process.wait)
        return code

    def forget(self) -> None:
        self._errors.close()


class WorkerPool:
    """The workers of one build of the graph.  ``start`` before use, ``close`` after."""

    def __init__(self, store: Path, limits: Limits, spool: Spool) -> None:
        self._store, self._limits, self._spool = store, limits, spool
        self._idle: deque[_Worker] = deque()
        self._waiting: deque[tuple[str, asyncio.Future[_Worker]]] = deque()
        self._running: Counter[str] = Counter()
        self._adding: set[asyncio.Task[None]] = set()
        self._dropping: set[asyncio.Task[None]] = set()
        self._closed = False

    async def start(self) -> None:
        """Starts the workers; returns when the first is ready.  Raises Problem where none gets ready."""
        first = await self._make()
        self._release(first)
        for _ in range(self._limits.processes - 1):
            self._replace()

    async def close(self) -> None:
        """Ends all workers, those that run a query too."""
        self._closed = True
        for task in list(self._adding):
            task.cancel()
        await asyncio.gather(*self._adding, *self._dropping, return_exceptions=True)
        for _, future in self._waiting:
            if not future.done():
                future.set_exception(Problem("busy", "the server ends", headers={"Retry-After": "5"}))
        while self._idle:
            worker = self._idle.popleft()
            await worker.end()
            worker.forget()

    @property
    def workers(self) -> list[int]:
        """The process ids of the workers that wait for a query."""
        return [worker.process.pid for worker in self._idle]

    async def run(self, client: str, request: Mapping[str, Any]) -> Answer:
        """The whole answer to a query of a client, or a Problem: busy, time-limit, memory-limit and so on.  Where the
        caller is cancelled, because the client went away, the query ends too."""
        for _ in range(self._limits.processes + 1):
            try:
                return await self._run_once(client, request)
            except _NotBegun:
                # killed from outside while it was idle: the query goes to another
                continue
        raise self._busy("the processes that run queries end by themselves")

    async def _run_once(self, client: str, request: Mapping[str, Any]) -> Answer:
        worker = await self._acquire(client)
        path = self._spool.name_file()
        keep = False
        try:
            head, body = await self._run(worker, {**request, "spool": str(path)})
            keep = not head.get("leave")
            if "code" in head:
                raise Problem(head["code"], head["detail"])
            stream = self._spool.open(path, head["size"]) if head["file"] else None
            return Answer(
                head["media"], head["kind"], head["rows"], head["seconds"], head["size"], body, stream, self._spool
            )
        finally:
            self._running[client] -= 1
            if not self._running[client]:
                del self._running[client]
            if keep:
                self._release(worker)
            else:
                self._drop(worker, path)
                self._replace()

    async def _run(self, worker: _Worker, request: Mapping[str, Any]) -> tuple[dict[str, Any], bytes]:
        limits = self._limits
        try:
            return await asyncio.wait_for(worker.run(request), limits.seconds)
        except TimeoutError:
            raise Problem(
                "time-limit",
                f"the query did not end within {limits.seconds:g} seconds; ask for less",
                more={"limit": limits.seconds},
            ) from None
        except _Lost:
            code = await worker.end()
            words = worker.last_words()
            if any(sign in words for sign in _OUT_OF_MEMORY):
                detail = f"the query needed more than {limits.memory_mb} MB; ask for less"
                raise Problem("memory-limit", detail, more={"limit": limits.memory_mb}) from None
            if code == -signal.SIGXCPU:
                detail = f"the query did not end within {limits.seconds:g} seconds; ask for less"
                raise Problem("time-limit", detail, more={"limit": limits.seconds}) from None
            log.error("a worker ended with code %s: %s", code, words.decode("utf-8", "replace")[-500:].strip())
            raise Problem("worker-lost", "the process that ran the query ended; ask again, or otherwise") from None

    async def _acquire(self, client: str) -> _Worker:
        if len(self._waiting) >= self._limits.queue or self._spool.held > self._limits.spool_mb * 1_000_000:
            raise self._busy("too many queries wait already")
        future: asyncio.Future[_Worker] = asyncio.get_running_loop().create_future()
        entry = (client, future)
        self._waiting.append(entry)
        self._dispatch()
        try:
            return await asyncio.wait_for(asyncio.shield(future), self._limits.queue_seconds)
        except BaseException as error:
            if entry in self._waiting:
                self._waiting.remove(entry)
            elif future.done() and not future.cancelled() and future.exception() is None:
                # it came in the very moment in which nobody waited any longer
                self._give_back(client, future.result())
            future.cancel()
            if isinstance(error, TimeoutError):
                raise self._busy("no process got free in time") from None
            raise

    def _busy(self, reason: str) -> Problem:
        wait = max(1, round(self._limits.seconds / 4))
        return Problem("busy", f"{reason}; ask again in a while", headers={"Retry-After": str(wait)})

    def _give_back(self, client: str, worker: _Worker) -> None:
        self._running[client] -= 1
        self._release(worker)

    def _release(self, worker: _Worker) -> None:
        if self._closed:
            self._drop(worker, None)
            return
        self._idle.append(worker)
        self._dispatch()

    def _dispatch(self) -> None:
        """Gives idle workers to those who wait, in order, past clients who have as many as they may."""
        passed = []
        while self._idle and self._waiting:
            client, future = self._waiting.popleft()
            if future.done():
                continue
            if self._running[client] >= self._limits.running:
                passed.append((client, future))
                continue
            worker = self._idle.popleft()
            if worker.process.poll() is not None:
                self._waiting.appendleft((client, future))
                self._drop(worker, None)
                self._replace()
                continue
            self._running[client] += 1
            future.set_result(worker)
        self._waiting.extendleft(reversed(passed))

    def _replace(self) -> None:
        if not self._closed:
            _keep(self._adding, self._add())

    async def _add(self) -> None:
        for rest in itertools.chain(_RESTS, itertools.repeat(_RESTS[-1])):
            await asyncio.sleep(rest)
            try:
                worker = await self._make()
            except Problem as problem:
                log.error("no worker could be started: %s", problem.detail)
                continue
            self._release(worker)
            return

    async def _make(self) -> _Worker:
        try:
            worker = _Worker(self._store, self._limits)
        except OSError as error:
            raise Problem("internal", f"no process can be started ({error.strerror})") from error
        try:
            async with asyncio.timeout(_OPEN_SECONDS):
                await worker.open()
        except BaseException as error:
            await asyncio.shield(worker.end())
            worker.forget()
            if isinstance(error, _Lost | TimeoutError):
                raise Problem("internal", f"a worker ended at once {error}".strip()) from error
            raise
        return worker

    def _drop(self, worker: _Worker, path: Path | None) -> None:
        # at once, not when the task comes to it: this may be the last that happens
        worker.process.kill()
        _keep(self._dropping, self._bury(worker, path))

    async def _bury(self, worker: _Worker, path: Path | None) -> None:
        await worker.end()
        worker.forget()
        if path is not None:
            path.unlink(missing_ok=True)


def _keep(tasks: set[asyncio.Task[None]], work: Coroutine[Any, Any, None]) -> None:
    """Starts a task that nothing else holds on to."""
    task = asyncio.get_running_loop().create_task(work)
    tasks.add(task)
    task.add_done_callback(tasks.discard)
