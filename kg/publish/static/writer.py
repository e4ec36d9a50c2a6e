"""Writing a folder of files so that only what changed is written."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from kg.errors import StoreError, UsageError

LIST = ".published.json"
"""The file in the folder that lists what was written, with hashes; nothing else there is ever changed or removed."""


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
    known: dict[str, str]
    seen: dict[str, str] = field(default_factory=dict)
    written: int = 0

    def put(self, name: str, content: bytes | str) -> None:
        """A file by its name relative to the folder.  Raises StoreError where it cannot be written or two have one
        name."""
        data = content.encode("utf-8", "replace") if isinstance(content, str) else content
        path = self._place(name)
        digest = hashlib.sha256(data).hexdigest()
        if self.seen.get(name, digest) != digest:
            raise StoreError("two pages of the site have one address", where=name, hint="rename one of the things")
        self.seen[name] = digest
        if self.known.get(name) == digest and _has_size(path, len(data)):
            return
        _write(path, data)
        self.written += 1

    def _place(self, name: str) -> Path:
        parts = PurePosixPath(name).parts
        if name.startswith("/") or not parts or any(p in ("..", ".") or "\0" in p or "\\" in p for p in parts):
            raise StoreError("a thing has a name that can be no file", where=name, hint="see its IRI in the graph")
        return self.folder.joinpath(*parts)

    def finish(self) -> Report:
        """Removes what is no longer part of the site, and notes what is."""
        gone = sorted(set(self.known) - set(self.seen))
        for name in gone:
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
        return Report(self.written, len(self.seen) - self.written, len(gone))


def open_writer(folder: Path) -> SiteWriter:
    """A writer for a folder that is new, empty, or was written by one.  Raises UsageError for any other, StoreError
    where it cannot be used."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        listed = folder / LIST
        if not listed.exists():
            if any(folder.iterdir()):
                hint = "name a new or empty folder, or one that kg publish wrote"
                raise UsageError("the folder holds other files", where=str(folder), hint=hint)
            return SiteWriter(folder, {})
        known = json.loads(listed.read_text(encoding="utf-8"))["files"]
        return SiteWriter(folder, {str(name): str(digest) for name, digest in known.items()})
    except (OSError, ValueError, KeyError, AttributeError) as error:
        hint = "name another folder"
        raise StoreError(f"the folder cannot be used ({error})", where=str(folder), hint=hint) from error


def _has_size(path: Path, size: int) -> bool:
    try:
        return path.stat().st_size == size
    except OSError:
        return False


def _write(path: Path, data: bytes) -> None:
    """Whole or not at all: a reader never meets half a file."""
    try:
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
    except OSError as error:
        hint = "check the free disk space and the rights"
        raise StoreError(f"a file cannot be written ({error.strerror})", where=str(path), hint=hint) from error
