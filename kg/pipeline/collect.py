"""Which files a build reads."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from kg.errors import ReadError, UsageError
from kg.graph.store import is_graph


def collect_papers(paths: Sequence[Path]) -> list[Path]:
    """The files named and the files in the folders named, each once, sorted by path.

    Folders are searched to the bottom.  Files and folders whose names begin with a dot are left out, unless
    they are named themselves, and so are graph directories: ``kg build .`` does not read its own graph.  A path
    that does not exist stays in the list: it is refused when it is read, so that one wrong name stops nothing.
    Raises UsageError where no path is given, and ReadError where a named folder holds no file.
    """
    if not paths:
        raise UsageError("no papers are named", hint="name files or folders, such as kg build data/documents")
    found: dict[str, Path] = {}
    for path in paths:
        if path.is_dir():
            inside = list(_walk(path))
            if not inside:
                raise ReadError("the folder holds no papers", where=str(path), hint="name a folder that holds files")
            found.update((str(p), p) for p in inside)
        else:
            found[str(path)] = path
    return [found[name] for name in sorted(found)]


def _walk(folder: Path) -> Iterator[Path]:
    def refuse(error: OSError) -> None:
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
