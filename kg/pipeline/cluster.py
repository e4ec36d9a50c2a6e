"""Papers read by the workers of an existing Dask cluster, with the result that the processes of one machine give.

The bytes of papers are sent to the workers, so that they need no file system in common with this machine; shards are
written here.  Limits of time and memory are those of the cluster.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from kg.config import Config
from kg.errors import KgError, ReadError, UsageError
from kg.graph.manifest import Refusal
from kg.pipeline.papers import LOSS_HINTS, Outcome, Progress, ShardFolder, process_member, shorten
from kg.pipeline.stages import Stages
from kg.read import Member, name_file

MakeStages = Callable[[Config], Stages]
# So many papers for each thread of the cluster are under way at a time: none waits, and memory stays flat.
_AHEAD = 4


@dataclass(frozen=True, slots=True)
class Cluster:
    """An existing cluster: ``scheduler`` is its address, such as ``tcp://host:8786``; ``patience`` how many seconds may
    pass until it answers."""

    scheduler: str
    patience: float = 20.0


def process_on_cluster(
    files: list[Path],
    cluster: Cluster,
    make: MakeStages,
    config: Config,
    stages: Stages,
    shards: ShardFolder,
    progress: Progress,
) -> Iterator[Outcome]:
    """As ``kg.pipeline.papers.process_papers``, by the workers of a cluster.  Raises UsageError where Dask is not
    installed, and KgError where the cluster cannot be reached or its workers run another version."""
    # what the workers need of the settings; paths of this machine mean nothing there
    settings = replace(config, store=Path("graph"))
    with _connect(cluster) as client:
        threads = sum(client.nthreads().values())
        if not threads:
            raise KgError("the cluster has no workers", where=cluster.scheduler, hint="start some: dask worker ADDRESS")
        waiting: list[tuple[Path, int, Any]] = []
        for done, path in enumerate(files):
            for member in _members(path, stages):
                waiting.append((path, done, _begin(client, member, path, make, settings, shards)))
                while len(waiting) > _AHEAD * threads:
                    yield _take(waiting.pop(0), files, shards, stages, progress)
        while waiting:
            yield _take(waiting.pop(0), files, shards, stages, progress)
        progress("read", len(files), len(files), "")


@contextmanager
def _connect(cluster: Cluster) -> Iterator[Any]:
    try:
        import distributed
    except ImportError as error:
        raise UsageError(
            "Dask is not installed", where="--engine dask", hint="pip install 'beslutsgraf[dask]'"
        ) from error
    try:
        client = distributed.Client(cluster.scheduler, timeout=cluster.patience, set_as_default=False)
    except (OSError, ValueError) as error:
        reason = " ".join(str(error).split())[:200]
        raise KgError(
            f"the cluster cannot be reached ({reason})",
            where=cluster.scheduler,
            hint="check the address of the scheduler, such as tcp://host:8786",
        ) from error
    try:
        yield client
    finally:
        client.close()


def _members(path: Path, stages: Stages) -> Iterator[Member]:
    if stages.members is not None:
        yield from stages.members(path, name_file(path))
        return
    try:
        yield Member(name_file(path), path.read_bytes())
    except OSError as error:
        refused = ReadError(f"the file cannot be read ({error.strerror})", hint="check the disk and the path")
        yield Member(name_file(path), b"", refused)


def _begin(client: Any, member: Member, path: Path, make: MakeStages, config: Config, shards: ShardFolder) -> Any:
    """The outcome, where it is known, or the promise of one."""
    if member.error is None:
        known = shards.find(hashlib.sha256(member.data).hexdigest())
        if known is not None:
            return Outcome(path, replace(known, source=member.source), None, reused=True)
    return client.submit(read_apart, make, config, path, member, pure=False)


def read_apart(make: MakeStages, config: Config, path: Path, member: Member) -> tuple[str, Outcome]:
    """Runs on a worker of the cluster: the signature of its stages, and what became of the paper."""
    stages = _stages(make, config)
    return stages.signature, process_member(path, member, stages, None)


@cache
def _stages(make: MakeStages, config: Config) -> Stages:
    return make(config)


def _take(
    item: tuple[Path, int, Any], files: list[Path], shards: ShardFolder, stages: Stages, progress: Progress
) -> Outcome:
    path, done, found = item
    progress("read", done, len(files), name_file(path))
    outcome = found if isinstance(found, Outcome) else _await(path, found, stages)
    if outcome.extraction is None:
        return outcome
    if not outcome.reused:
        shards.keep(outcome.extraction)
    return shorten(outcome)


def _await(path: Path, promise: Any, stages: Stages) -> Outcome:
    from distributed.scheduler import KilledWorker

    try:
        signature, outcome = promise.result()
    except KilledWorker:
        reason = f"the workers that read it ended. Try: {LOSS_HINTS['crashed']}"
        return Outcome(path, None, Refusal(name_file(path), "crashed", reason))
    except (ImportError, AttributeError) as error:
        raise _other_version(f"{type(error).__name__}: {error}") from error
    if signature != stages.signature:
        raise _other_version("code, lexicon, registers or libraries differ")
    assert isinstance(outcome, Outcome)
    return outcome


def _other_version(reason: str) -> KgError:
    return KgError(
        f"the workers of the cluster run another version ({reason})",
        hint="install the same version of beslutsgraf, with the same libraries, on every worker",
    )
