"""Processes that do one job each at a time and may be killed: what one job does to its process costs that job alone."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pickle
import resource
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from types import ModuleType
from typing import Any, Generic, TypeVar

from kg.collector import settle
from kg.errors import KgError, StoreError

Job = TypeVar("Job")
Result = TypeVar("Result")
Work = Callable[[Job], Iterable[Result]]

_PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True, slots=True)
class Limits:
    """What a job may take: ``seconds`` by the clock until its first or next result, ``memory`` in bytes beyond what its
    process had when it began."""

    seconds: float
    memory: int


@dataclass(frozen=True, slots=True)
class Loss:
    """Why a job gave no result, or no more: ``code`` is ``time_limit``, ``memory_limit`` or ``crashed``."""

    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class Done(Generic[Job, Result]):
    """A job with its results, in the order in which it gave them; ``loss`` where it did not come to its end."""

    number: int
    job: Job
    results: tuple[Result, ...]
    loss: Loss | None


@dataclass(slots=True)
class _Worker(Generic[Job, Result]):
    process: BaseProcess
    pipe: Connection
    hold: Connection
    ready: bool = False
    number: int | None = None
    job: Job | None = None
    results: list[Result] = field(default_factory=list)
    deadline: float = 0.0


class WorkerPool(Generic[Job, Result]):
    """Up to ``workers`` processes.  Each calls ``prepare`` once, then what it gave for one job after the other.

    ``prepare`` and jobs are pickled, so functions must be found in their modules.  A process that takes too long, too
    much memory, or ends is killed with all that it started, and another takes its place.
    """

    def __init__(self, prepare: Callable[[], Work[Job, Result]], *, workers: int, limits: Limits) -> None:
        self._prepare = prepare
        self._limits = limits
        self._size = max(1, workers)
        # A server that has no threads and has the code at hand forks each worker: safe, and quick after the first.
        self._context = get_context("forkserver")
        self._context.set_forkserver_preload(["kg.pipeline.chain"])
        self._workers: list[_Worker[Job, Result]] = []

    def run(self, jobs: Iterable[Job]) -> Iterator[Done[Job, Result]]:
        """The jobs as they end, in any order.  Raises KgError where ``prepare`` raised one, or where a job raised a
        StoreError: then there is nothing to go on with.  All processes have ended when this ends, however it ends."""
        waiting = deque(enumerate(jobs))
        try:
            while waiting or self._workers:
                while len(self._workers) < min(self._size, len(waiting) + self._busy()):
                    self._workers.append(self._start())
                for worker in list(self._workers):
                    if worker.ready and worker.number is None:
                        self._give(worker, waiting)
                if self._workers:
                    yield from self._collect()
        finally:
            for worker in self._workers:
                self._end(worker)
            self._workers.clear()

    def _busy(self) -> int:
        return sum(w.number is not None for w in self._workers)

    def _start(self) -> _Worker[Job, Result]:
        here, there = self._context.Pipe()
        # one for each: the owner that is signalled belongs to the pipe, not to the process that named it
        life, hold = self._context.Pipe(duplex=False)
        process = self._context.Process(
            target=_serve, args=(there, life, self._prepare, self._limits.memory), daemon=True
        )
        with _hidden_main():
            process.start()
        there.close()
        life.close()
        return _Worker(process, here, hold, deadline=time.monotonic() + 60 + self._limits.seconds)

    def _give(self, worker: _Worker[Job, Result], waiting: deque[tuple[int, Job]]) -> None:
        if not waiting:
            self._end(worker)
            self._workers.remove(worker)
            return
        worker.number, worker.job = waiting.popleft()
        worker.results = []
        worker.deadline = time.monotonic() + self._limits.seconds
        # a broken pipe: the process has ended, which its sentinel tells
        with contextlib.suppress(BrokenPipeError):
            worker.pipe.send(worker.job)

    def _collect(self) -> Iterator[Done[Job, Result]]:
        """Waits for the first word of any process, or until one is overdue."""
        by_pipe = {w.pipe: w for w in self._workers}
        pause = min(w.deadline for w in self._workers) - time.monotonic()
        for pipe in wait(list(by_pipe), max(0.0, pause)):
            worker = by_pipe[pipe]  # type: ignore[index]
            try:
                kind, value = worker.pipe.recv()
            except (EOFError, ConnectionResetError, pickle.UnpicklingError):
                yield from self._lose(worker, None)
                continue
            match kind:
                case "ready":
                    worker.ready = True
                case "result":
                    worker.results.append(value)
                    worker.deadline = time.monotonic() + self._limits.seconds
                case "end":
                    yield self._finish(worker, None)
                    worker.number, worker.job = None, None
                case "tired":
                    yield self._finish(worker, None)
                    self._drop(worker)
                case "memory":
                    limit = f"{self._limits.memory // 1_000_000} MB"
                    yield self._finish(worker, Loss("memory_limit", f"it takes more than {limit} of memory"))
                    self._drop(worker)
                case "raise":
                    raise value
                case other:
                    raise AssertionError(other)
        now = time.monotonic()
        for worker in list(self._workers):
            # what a worker said while the others were heard counts as in time
            overdue = (worker.number is not None or not worker.ready) and worker.deadline <= now
            if overdue and not worker.pipe.poll():
                loss = Loss("time_limit", f"it takes longer than {self._limits.seconds:g} seconds")
                yield from self._lose(worker, loss)

    def _lose(self, worker: _Worker[Job, Result], loss: Loss | None) -> Iterator[Done[Job, Result]]:
        """The worker ended by itself (no ``loss``) or is to be ended."""
        if loss is None:
            worker.process.join(5)
            loss = Loss("crashed", f"the process that read it ended ({_describe(worker.process.exitcode)})")
        began, number = worker.ready, worker.number
        if number is not None:
            yield self._finish(worker, loss)
        self._drop(worker)
        if not began:
            raise KgError(
                f"a worker process could not start: {loss.reason}",
                hint="give it more time or memory in kg.toml (paper_seconds, paper_memory_mb)",
            )

    def _finish(self, worker: _Worker[Job, Result], loss: Loss | None) -> Done[Job, Result]:
        assert worker.number is not None
        return Done(worker.number, worker.job, tuple(worker.results), loss)  # type: ignore[arg-type]

    def _drop(self, worker: _Worker[Job, Result]) -> None:
        self._end(worker)
        self._workers.remove(worker)

    @staticmethod
    def _end(worker: _Worker[Job, Result]) -> None:
        worker.pipe.close()
        worker.hold.close()
        # the group holds what the worker started, such as a reader of pictures
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if worker.ready and worker.process.pid is not None:
                os.killpg(worker.process.pid, signal.SIGKILL)
        worker.process.kill()
        worker.process.join()
        worker.process.close()


@contextlib.contextmanager
def _hidden_main() -> Iterator[None]:
    """Keeps a worker from running the caller's script once more, as multiprocessing has it do by default."""
    script = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = script


def _describe(code: int | None) -> str:
    if code is not None and code < 0:
        return f"signal {signal.Signals(-code).name}"
    return f"exit code {code}"


# --- in the worker ----------------------------------------------------------------------------------------------


def _serve(pipe: Connection, life: Connection, prepare: Callable[[], Work[Any, Any]], memory: int) -> None:
    """Does jobs until the build has no more, or ends."""
    os.setsid()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _end_with(life)
    # the build has gone, and nobody is left to be told
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        _work_through(pipe, prepare, memory)


def _work_through(pipe: Connection, prepare: Callable[[], Work[Any, Any]], memory: int) -> None:
    try:
        work = prepare()
    except KgError as error:
        pipe.send(("raise", error))
        return
    settle()
    start = _size()
    _limit_memory(start + memory)
    pipe.send(("ready", None))
    while True:
        try:
            job = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            for result in work(job):
                pipe.send(("result", result))
        except MemoryError:
            _limit_memory(resource.RLIM_INFINITY)
            pipe.send(("memory", None))
            return
        except StoreError as error:
            pipe.send(("raise", error))
            return
        if _size() > start + memory // 2:
            # what earlier papers left must not be counted against the next
            pipe.send(("tired", None))
            return
        pipe.send(("end", None))


def _limit_memory(size: int) -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard != resource.RLIM_INFINITY and (size == resource.RLIM_INFINITY or size > hard):
        size = hard
    resource.setrlimit(resource.RLIMIT_AS, (size, hard))


def _size() -> int:
    """The address space of this process, in bytes; 0 where the system does not tell."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            return int(file.read().split()[0]) * _PAGE
    except OSError:
        return 0


def _end_with(life: Connection) -> None:
    """Has the kernel end this process, and what it starts, when the build ends and so lets go of the other end of
    ``life``; this too where a library hangs and no Python runs."""
    fcntl.fcntl(life.fileno(), fcntl.F_SETOWN, -os.getpgrp())
    flags = fcntl.fcntl(life.fileno(), fcntl.F_GETFL)
    signal.signal(signal.SIGIO, signal.SIG_DFL)
    fcntl.fcntl(life.fileno(), fcntl.F_SETFL, flags | os.O_ASYNC)
    if life.poll():  # it ended a moment ago
        os._exit(1)
