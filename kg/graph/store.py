"""The graph on disk.  The only module that opens an Oxigraph store.

A graph directory::

    graph/CURRENT                    the name of the build in use, on one line
    graph/builds/NAME/store/         the Oxigraph store, never written again once CURRENT names it
    graph/builds/NAME/manifest.json  what it holds and was made from
    graph/builds/NAME/issues.jsonl   what was read and could not be used, one issue on a line
    graph/builds/NAME/readers        an empty file that readers hold a shared lock on
    graph/shards/SHA256.json         what each paper says; the graph can be made again from these
    graph/lock                       held by the one build that may run

A build (``kg.graph.building``) writes the next directory under ``builds/`` and ends by renaming a new ``CURRENT``
over the old one, so at every moment ``CURRENT`` names a whole build.  Then it removes the builds that no reader
holds; one that is held stays until the next build.  Directories that ``CURRENT`` does not name are left-overs of
a build that was killed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from types import TracebackType

import pyoxigraph as ox

from kg.errors import StoreError, refusing, short_reason
from kg.graph.lock import FileLock
from kg.graph.manifest import FORMAT, Manifest, PaperIssue, load_manifest

CURRENT, BUILDS, SHARDS, LOCK = "CURRENT", "builds", "shards", "lock"
STORE, MANIFEST, ISSUES, READERS = "store", "manifest.json", "issues.jsonl", "readers"

_REBUILD = "build the graph again: kg build PATH..."

# pyoxigraph raises RuntimeError where RocksDB finds corruption, OSError for the rest, SyntaxError in lenient
# data.
STORE_FAILURES = (OSError, RuntimeError)

# The loader holds and sorts a million quads at a time, a gigabyte of them; in parts of this size it is as fast.
_LOADED_AT_ONCE = 100_000


def memory_store(quads: Iterable[ox.Quad] = ()) -> ox.Store:
    """A store in memory with the quads, for output and tests without a graph directory."""
    store = ox.Store()
    store.bulk_extend(quads)
    return store


def create_store(path: Path, quads: Iterable[ox.Quad]) -> int:
    """Writes a new store with the quads at ``path`` and returns how many different ones it holds.  Raises StoreError
    where that cannot be done; what is raised by ``quads`` goes through."""
    try:
        store = ox.Store(str(path))
        rest, parts = iter(quads), 0
        while part := list(islice(rest, _LOADED_AT_ONCE)):
            store.bulk_extend(part)
            # not held beside the next one, some 50 MB, while what that is made of is resolved
            del part
            parts += 1
        if parts > 1:
            # statements that lie in the files of many parts take twice as long to read
            store.optimize()
        store.flush()
        return len(store)
    except STORE_FAILURES as error:
        raise StoreError(
            f"the graph cannot be written ({short_reason(error)})", where=str(path), hint="check the free disk space"
        ) from error


def copy_store(source: Path, target: Path) -> None:
    """A store of its own at ``target`` with what that at ``source`` holds; unchanged files are shared by links.  Raises
    StoreError where that cannot be done."""
    try:
        ox.Store.read_only(str(source)).backup(str(target))
    except STORE_FAILURES as error:
        raise StoreError(
            f"the graph cannot be copied ({short_reason(error)})", where=str(target), hint="check the free disk space"
        ) from error


class StoreChange:
    """A store that no one else has open, while it is changed: ``store`` is read, ``apply`` changes it.  All raise
    StoreError as ``create_store`` does."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with self._failures():
            self.store = ox.Store(str(path))

    def apply(self, removed: Iterable[ox.Quad], added: Iterable[ox.Quad]) -> tuple[int, int]:
        """Takes quads out and puts others in; returns how many of them it held, and how many it did not."""
        with self._failures():
            out = [quad for quad in removed if quad in self.store]
            for quad in out:
                self.store.remove(quad)
            into = [quad for quad in added if quad not in self.store]
            self.store.extend(into)
        return len(out), len(into)

    def close(self) -> None:
        """Puts all on the disk; the store cannot be read through this any more."""
        with self._failures():
            self.store.flush()
        del self.store

    @contextmanager
    def _failures(self) -> Iterator[None]:
        try:
            yield
        except STORE_FAILURES as error:
            raise StoreError(
                f"the graph cannot be written ({short_reason(error)})",
                where=str(self._path),
                hint="check the free disk space",
            ) from error


class GraphStore:
    """A built graph, open for reading.  It stays the same however many builds happen meanwhile.

    ``store`` is the Oxigraph store, ``manifest`` what the build says of itself, ``directory`` the graph
    directory, ``path`` the store's own (to open it once more in another process: ``open_store``).
    """

    def __init__(self, directory: Path, build: Path, store: ox.Store, manifest: Manifest, hold: FileLock) -> None:
        self.directory = directory
        self.build = build
        self.store = store
        self.manifest = manifest
        self._hold = hold

    @property
    def path(self) -> Path:
        return self.build / STORE

    def issues(self) -> Iterator[PaperIssue]:
        """All issues of the papers and between them, sorted by path and place.  Raises StoreError where the file
        that holds them is damaged."""
        path = self.build / ISSUES
        try:
            with path.open(encoding="utf-8", errors="surrogatepass") as lines:
                for line in lines:
                    yield PaperIssue(**json.loads(line))
        except (OSError, ValueError, TypeError) as error:
            raise StoreError(
                f"the graph is damaged: its issues cannot be read ({short_reason(error)})",
                where=str(path),
                hint=_REBUILD,
            ) from error

    def close(self) -> None:
        """Lets the next build remove this one.  Queries on it fail from now on."""
        self.__dict__.pop("store", None)
        self._hold.release()

    def __enter__(self) -> GraphStore:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_graph(directory: Path | str) -> GraphStore:
    """The graph in ``directory``, read-only.

    Raises StoreError where there is no such directory, it is no graph directory, nothing has been built, the
    build is of another version, or it is damaged; each says what to try.
    """
    directory = Path(directory)
    for _ in range(10):
        build = current_build(directory)
        try:
            return _open_build(directory, build)
        except StoreError:
            # A build may have ended between the two steps and removed what CURRENT named a moment ago.
            if current_build(directory) == build:
                raise
    raise StoreError("the graph changes too fast to be opened", where=str(directory), hint="try again")


def is_graph(directory: Path) -> bool:
    """Whether this is a graph directory, built or begun."""
    try:
        return (directory / LOCK).is_file() and (directory / BUILDS).is_dir()
    except PermissionError:
        # a folder that may not be entered is for whoever walks it to report
        return False


def open_store(path: Path | str) -> ox.Store:
    """The Oxigraph store at ``path``, read-only.  Raises StoreError where it cannot be read."""
    try:
        return ox.Store.read_only(str(path))
    except STORE_FAILURES as error:
        raise StoreError(f"the graph is damaged ({short_reason(error)})", where=str(path), hint=_REBUILD) from error


def current_build(directory: Path) -> Path:
    """The directory of the build in use; raises StoreError as ``open_graph`` does."""
    if not directory.exists():
        raise StoreError(
            "there is no graph here",
            where=str(directory),
            hint="kg build PATH..., or name another with --store DIR",
        )
    if not directory.is_dir():
        raise StoreError("this is a file, no graph directory", where=str(directory), hint="name the directory")
    try:
        name = (directory / CURRENT).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        if (directory / BUILDS).is_dir() or (directory / LOCK).exists():
            raise StoreError(
                "nothing has been built here yet", where=str(directory), hint="build it: kg build PATH..."
            ) from None
        raise StoreError(
            "this is no graph directory", where=str(directory), hint="name the directory that kg build wrote"
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(
            f"the graph cannot be read ({short_reason(error)})", where=str(directory / CURRENT), hint=_REBUILD
        ) from error
    if not name.isdigit():
        raise StoreError("the graph is damaged: its CURRENT names no build", where=str(directory), hint=_REBUILD)
    return directory / BUILDS / name


def _open_build(directory: Path, build: Path) -> GraphStore:
    hold = FileLock(build / READERS, shared=True)
    with refusing("the graph is damaged: the build in use cannot be read", build, _REBUILD):
        held = hold.acquire()
    if not held:
        raise StoreError("the graph is being removed", where=str(build), hint="try again")
    try:
        manifest = read_manifest(build)
        check_files(build / STORE, manifest)
        return GraphStore(directory, build, open_store(build / STORE), manifest, hold)
    except BaseException:
        hold.release()
        raise


def read_manifest(build: Path) -> Manifest:
    """The manifest of a build.  Raises StoreError where it is damaged or of another version."""
    path = build / MANIFEST
    try:
        table = json.loads(path.read_text(encoding="utf-8"))
        version = table["format"]
        if version != FORMAT:
            raise StoreError(
                f"the graph is of format {version}, made by version {table.get('kg_version', '?')}; "
                f"this version reads format {FORMAT}",
                where=str(build),
                hint=_REBUILD,
            )
        return load_manifest(table)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise StoreError(
            f"the graph is damaged: its manifest cannot be read ({short_reason(error)})",
            where=str(path),
            hint=_REBUILD,
        ) from error


def check_files(store: Path, manifest: Manifest) -> None:
    """Raises StoreError where a file of a store is missing or of another size than the manifest says."""
    # A shortened RocksDB manifest opens without complaint as an empty store; sizes tell at once.
    for name, size in manifest.files:
        path = store / name
        with refusing("the graph is damaged: a file cannot be read", path, _REBUILD):
            found = path.stat().st_size
        if found != size:
            raise StoreError(
                f"the graph is damaged: a file of {size} bytes has {found}", where=str(path), hint=_REBUILD
            )
