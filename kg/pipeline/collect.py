"""Which files a build reads."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from fnmatch import fnmatchcase
from pathlib import Path

from kg.errors import ReadError, UsageError
from kg.graph.store import is_graph
from kg.read import name_file


@dataclass(frozen=True, slots=True)
class Selection:
    """Which of the files are wanted: those changed at ``since`` or later, whose path matches one of ``include`` (where
    any is given) and none of ``exclude``.  A glob is held against the path within the folder that the user named, and
    against the name alone; ``*`` matches ``/`` too."""

    since: datetime | None = None
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()

    def accepts(self, path: Path, within: str) -> bool:
        """``within`` is the path of the file below the folder that was named."""
        named = {within, path.name, name_file(Path(within)), name_file(Path(path.name))}
        if self.include and not any(fnmatchcase(name, glob) for name in named for glob in self.include):
            return False
        if any(fnmatchcase(name, glob) for name in named for glob in self.exclude):
            return False
        if self.since is None:
            return True
        try:
            return path.stat().st_mtime >= self.since.timestamp()
        except OSError:
            # what cannot be looked at is for the reader to refuse
            return True


EVERYTHING = Selection()


def collect_papers(
    paths: Sequence[Path], selection: Selection = EVERYTHING, *, allow_empty: bool = False
) -> list[Path]:
    """The files named and the files in the folders named, each once, sorted by path.

    Folders are searched to the bottom.  Files and folders whose names begin with a dot are left out, unless
    they are named themselves, and so are graph directories: ``kg build .`` does not read its own graph.  A path
    that does not exist stays in the list: it is refused when it is read, so that one wrong name stops nothing; so does
    a folder within one of the folders that may not be looked into.
    Raises UsageError where no path is given, and ReadError where a named folder holds no file, or ``selection`` leaves
    none of all of them, unless with ``allow_empty``.
    """
    if not paths:
        raise UsageError("no papers are named", hint="name files or folders, such as kg build data/documents")
    found: dict[str, Path] = {}
    for path in paths:
        if path.is_dir():
            inside = list(_walk(path))
            if not inside and not allow_empty:
                raise ReadError("the folder holds no papers", where=str(path), hint="name a folder that holds files")
            found.update((str(p), p) for p in inside if selection.accepts(p, p.relative_to(path).as_posix()))
        elif selection.accepts(path, path.name):
            found[str(path)] = path
    if not found and not allow_empty:
        raise ReadError(
            "no file is left to read",
            where=", ".join(map(str, paths)),
            hint="give other values of --since, --include and --exclude",
        )
    return [found[name] for name in sorted(found)]


def _walk(folder: Path) -> Iterator[Path]:
    closed: list[Path] = []

    def refuse(error: OSError) -> None:
        if error.filename and Path(error.filename) != folder:
            closed.append(Path(error.filename))
            return
        raise ReadError(
            f"the folder cannot be read ({error.strerror or error})",
            where=str(error.filename or folder),
            hint="change its permissions",
        ) from error

    for root, folders, files in os.walk(folder, onerror=refuse):
        folders[:] = sorted(f for f in folders if not f.startswith(".") and not is_graph(Path(root) / f))
        for name in sorted(files):
            if not name.startswith("."):
                yield Path(root) / name
    yield from closed  # refused when it is read, as a file would be
