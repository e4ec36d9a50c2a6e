"""Writing a folder of files so that only what changed is written."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from kg.errors import StoreError, UsageError, refusing
from kg.graph.lock import FileLock

LIST = ".published.json"
"""The file in the folder that lists what was written, with hashes and sizes; nothing else there is ever changed or
removed but ``PARTS``."""

PARTS = ".published-parts.jsonl"
"""The file in the folder that tells what the files of each thing were made from (``kg.publish.static.parts``)."""

BEGUN = ".published-begun"
"""A file that is there while the folder is changed: where it is left, what the list says is not believed."""


LOCK = ".published-lock"
"""A file that is locked while the folder is written, so that two do not write it at a time."""

Entry = tuple[str, int]
"""Of a file the sha256 and the size in bytes."""


@dataclass(frozen=True, slots=True)
class Report:
    """How many files were written, left as they were, and removed."""

    written: int
    unchanged: int
    removed: int


@dataclass(slots=True)
class SiteWriter:
    """Takes the files of a site one at a time; ``finish`` removes those of the time before that did not come again."""

    folder: Path
    known: dict[str, Entry]
    seen: dict[str, Entry] = field(default_factory=dict)
    written: int = 0
    _begun: bool = False

    def put(self, name: str, content: bytes | str) -> None:
        """A file by its name relative to the folder.  Raises StoreError where it cannot be written or two have one
        name."""
        data = content.encode("utf-8", "replace") if isinstance(content, str) else content
        path = self._place(name)
        entry = (hashlib.sha256(data).hexdigest(), len(data))
        if self.seen.get(name, entry) != entry:
            raise StoreError("two pages of the site have one address", where=name, hint="rename one of the things")
        self.seen[name] = entry
        if self.known.get(name) == entry and _has_size(path, len(data)):
            return
        self._begin()
        _write(path, data)
        self.written += 1

    def keep(self, names: Iterable[str]) -> bool:
        """Whether these files are all there as they were written; they then stay as they are."""
        found = {name: self.known.get(name) for name in names}
        if not all(entry is not None and _has_size(self._place(name), entry[1]) for name, entry in found.items()):
            return False
        for name, entry in found.items():
            assert entry is not None
            if self.seen.get(name, entry) != entry:
                return False
            self.seen[name] = entry
        return True

    def note(self, name: str, lines: Iterable[str]) -> None:
        """A file beside the site that is not part of it."""
        self._begin()
        _write(self.folder / name, "".join(lines).encode("utf-8", "surrogatepass"))

    def _begin(self) -> None:
        """Before the first change: what the list says of files holds no longer until ``finish``."""
        if not self._begun:
            _write(self.folder / BEGUN, b"")
            self._begun = True

    def _place(self, name: str) -> Path:
        parts = PurePosixPath(name).parts
        if name.startswith("/") or not parts or any(p in ("..", ".") or "\0" in p or "\\" in p for p in parts):
            raise StoreError("a thing has a name that can be no file", where=name, hint="see its IRI in the graph")
        return self.folder.joinpath(*parts)

    def finish(self) -> Report:
        """Removes what is no longer part of the site, and notes what is."""
        gone = sorted(set(self.known) - set(self.seen))
        for name in gone:
            self._begin()
            path = self._place(name)
            path.unlink(missing_ok=True)
            for parent in path.parents:
                if parent == self.folder or not parent.is_dir() or any(parent.iterdir()):
                    break
                parent.rmdir()
        listed = self.folder / LIST
        table = {"files": dict(sorted(self.seen.items()))}
        text = json.dumps(table, indent=0, ensure_ascii=False) + "\n"
        if self.seen != self.known or not listed.exists():
            _write(listed, text.encode())
        (self.folder / BEGUN).unlink(missing_ok=True)
        return Report(self.written, len(self.seen) - self.written, len(gone))


@contextmanager
def writing(folder: Path) -> Iterator[SiteWriter]:
    """A writer for a folder as ``open_writer`` gives it, that no one else writes meanwhile.  Raises StoreError where
    someone does."""
    open_writer(folder)  # nothing is put into a folder of someone else
    with FileLock(folder / LOCK) as lock:
        if not lock.acquire():
            raise StoreError("the folder is being written already", where=str(folder), hint="wait until that has ended")
        yield open_writer(folder)


def open_writer(folder: Path) -> SiteWriter:
    """A writer for a folder that is new, empty, or was written by one.  Raises UsageError for any other, StoreError
    where it cannot be used."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        listed = folder / LIST
        if not listed.exists():
            # one that was left half written at its first time holds the mark, and is written anew
            if {path.name for path in folder.iterdir()} - {LOCK} and not (folder / BEGUN).exists():
                hint = "name a new or empty folder, or one that kg publish wrote"
                raise UsageError("the folder holds other files", where=str(folder), hint=hint)
            return SiteWriter(folder, {})
        whole = not (folder / BEGUN).exists()
        known = json.loads(listed.read_text(encoding="utf-8"))["files"]
        return SiteWriter(folder, {str(name): _read_entry(entry, whole) for name, entry in known.items()})
    except (OSError, ValueError, KeyError, AttributeError) as error:
        hint = "name another folder"
        raise StoreError(f"the folder cannot be used ({error})", where=str(folder), hint=hint) from error


def _read_entry(entry: object, whole: bool) -> Entry:
    """What the list says of a file; lists of before gave no size, and one that was not ended is not believed."""
    if isinstance(entry, list) and whole:
        return str(entry[0]), int(entry[1])
    return "", -1


def _has_size(path: Path, size: int) -> bool:
    try:
        return path.stat().st_size == size
    except OSError:
        return False


def _write(path: Path, data: bytes) -> None:
    """Whole or not at all: a reader never meets half a file."""
    with refusing("a file cannot be written", path, "check the free disk space and the rights"):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=".new-", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(data)
            os.chmod(temporary, 0o644)
            os.replace(temporary, path)
        except BaseException:
            os.unlink(temporary)
            raise
