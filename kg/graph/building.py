"""Building a graph directory: beside the graph in use, and swapped for it when it is whole."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox

from kg.errors import StoreError, refusing, short_reason
from kg.graph.digests import place_of
from kg.graph.files import Checkpoint, ignore_checkpoint, sync, write_file
from kg.graph.lock import FileLock
from kg.graph.manifest import Manifest, PaperIssue, dump_manifest
from kg.graph.store import (
    BUILDS,
    CURRENT,
    ISSUES,
    LOCK,
    MANIFEST,
    READERS,
    SHARDS,
    STORE,
    StoreChange,
    copy_store,
    create_store,
    open_store,
)

_ISSUE = tuple(sorted(PaperIssue.__slots__))
_OURS = frozenset({CURRENT, CURRENT + ".new", BUILDS, SHARDS, LOCK})


class GraphBuild:
    """A build under way, made by ``begin_build``: ``load``, then ``commit`` once."""

    def __init__(self, directory: Path, build: Path, checkpoint: Checkpoint) -> None:
        self.directory = directory
        self.build = build
        self.shards = directory / SHARDS
        self._checkpoint = checkpoint

    def load(self, quads: Iterable[ox.Quad]) -> int:
        """Loads the quads into a fresh store and returns how many different ones it holds.  A second call puts
        its quads in place of the first's."""
        path = self.build / STORE
        shutil.rmtree(path, ignore_errors=True)
        count = create_store(path, quads)
        self._checkpoint("loaded")
        return count

    def revise(
        self, previous: Path, parts: Iterable[str], fresh: Callable[[set[str]], Iterable[ox.Quad]]
    ) -> tuple[int, int]:
        """Takes over the store of the build ``previous`` and puts other statements in place of those in ``parts`` (see
        ``kg.graph.digests``): ``fresh`` gives them.  Returns how many were taken out and put in."""
        parts = set(parts)
        change = self.copy(previous)
        old = {quad for part in parts for quad in _quads_of(change.store, part)}
        new = set(fresh(parts))
        counts = change.apply(sorted(old - new, key=str), sorted(new - old, key=str))
        self.changed(change)
        return counts

    def copy(self, previous: Path) -> StoreChange:
        """Takes over the store of the build ``previous``, to be changed: ``changed`` when it is."""
        path = self.build / STORE
        shutil.rmtree(path, ignore_errors=True)
        copy_store(previous / STORE, path)
        self._checkpoint("copied")
        return StoreChange(path)

    def changed(self, change: StoreChange) -> None:
        """Ends a change."""
        change.close()
        self._checkpoint("changed")

    def read(self) -> ox.Store:
        """The store as loaded, read-only, for validation before ``commit``."""
        return open_store(self.build / STORE)

    def commit(
        self, manifest: Manifest, issues: Iterable[PaperIssue] = (), beside: Mapping[str, Iterable[str]] | None = None
    ) -> Manifest:
        """Makes this build the one in use and returns its manifest with the files of the store filled in.  ``beside``:
        name -> lines of further files of the build."""
        store = self.build / STORE
        files = tuple(sorted((p.name, p.stat().st_size) for p in store.iterdir() if _is_data(p)))
        manifest = replace(manifest, files=files)
        (self.build / READERS).touch()
        rows = (
            json.dumps({name: getattr(issue, name) for name in _ISSUE}, ensure_ascii=False, sort_keys=True) + "\n"
            for issue in sorted(issues)
        )
        write_file(self.build / ISSUES, rows)
        for name, lines in (beside or {}).items():
            write_file(self.build / name, lines)
        write_file(self.build / MANIFEST, dump_manifest(manifest))
        for path in sorted(store.iterdir()):
            sync(path)
        for folder in (store, self.build, self.build.parent):
            sync(folder)
        self._checkpoint("written")
        write_file(self.directory / CURRENT, self.build.name + "\n", self._checkpoint)
        self._checkpoint("swapped")
        return manifest


@contextmanager
def begin_build(directory: Path | str, checkpoint: Checkpoint = ignore_checkpoint) -> Iterator[GraphBuild]:
    """A build into ``directory``, which is made where it is missing; one at a time.

    Left-overs of builds that were killed are removed first.  Where the block ends without ``commit``, by an
    error or an interrupt, what was written is removed and the graph of before is as it was.  Raises
    StoreError where another build runs, the directory holds other things, or it cannot be written.
    """
    directory = Path(directory)
    lock = _claim(directory)
    try:
        checkpoint("locked")
        sweep_builds(directory)
        checkpoint("swept")
        build = directory / BUILDS / _next_name(directory)
        (build / STORE).mkdir(parents=True)
        checkpoint("begun")
        yield GraphBuild(directory, build, checkpoint)
        sweep_builds(directory)
        checkpoint("cleaned")
    except OSError as error:
        _sweep_after(directory)
        raise StoreError(
            f"the graph cannot be written ({short_reason(error)})",
            where=str(error.filename or directory),
            hint="check the free disk space",
        ) from error
    except BaseException:
        _sweep_after(directory)
        raise
    finally:
        lock.release()


def _claim(directory: Path) -> FileLock:
    with refusing("the graph directory cannot be written", directory, "name another with --store DIR"):
        directory.mkdir(parents=True, exist_ok=True)
        foreign = sorted(p.name for p in directory.iterdir() if p.name not in _OURS)
        if foreign and not (directory / LOCK).exists():
            raise StoreError(
                f"the directory holds other things ({', '.join(foreign[:3])})",
                where=str(directory),
                hint="name a new or empty directory with --store DIR",
            )
        lock = FileLock(directory / LOCK)
        got = lock.acquire()
        if got:
            _make_folders(directory, lock)
    if not got:
        raise StoreError("another build is running here", where=str(directory), hint="wait until it ends")
    return lock


def _make_folders(directory: Path, lock: FileLock) -> None:
    try:
        (directory / BUILDS).mkdir(exist_ok=True)
        (directory / SHARDS).mkdir(exist_ok=True)
    except OSError:
        lock.release()
        raise


def _next_name(directory: Path) -> str:
    names = [int(p.name) for p in (directory / BUILDS).iterdir() if p.name.isdigit()]
    return str(max(names, default=0) + 1)


def sweep_builds(directory: Path) -> None:
    """Removes builds that are not in use and that no reader holds.  Only the holder of the lock may call
    it."""
    try:
        keep = (directory / CURRENT).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        keep = ""
    for build in sorted((directory / BUILDS).iterdir()):
        if build.name != keep:
            _remove_unread(build)


def _sweep_after(directory: Path) -> None:
    # what cannot be removed now is removed by the next build; the error at hand is what the user must hear of
    with suppress(OSError):
        sweep_builds(directory)


def _remove_unread(build: Path) -> None:
    readers = build / READERS
    hold = FileLock(readers)
    if readers.exists() and not hold.acquire():
        return
    with hold:
        shutil.rmtree(build, ignore_errors=True)


def _quads_of(store: ox.Store, part: str) -> Iterable[ox.Quad]:
    subject, graph = place_of(part)
    return store.quads_for_pattern(subject, None, None, graph)


def _is_data(path: Path) -> bool:
    return path.suffix == ".sst" or path.name.startswith(("CURRENT", "MANIFEST"))
