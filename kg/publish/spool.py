"""The folder of large answers, and the end of those that killed servers left."""

from __future__ import annotations

import itertools
import os
import shutil
import tempfile
from pathlib import Path
from typing import BinaryIO

from kg.graph.lock import FileLock

PREFIX = "kg-serve-"
LOCK = "lock"
"""The file in the folder that its server holds locked while it lives."""

_UNFINISHED = ".new-kg-serve-"


class Spool:
    """A folder of its own for large answers, and how much of it clients have not fetched yet.  It is made with the
    lock held; folders of servers that are no more are removed."""

    def __init__(self, within: Path | None = None) -> None:
        top = within or Path(tempfile.gettempdir())
        sweep(top)
        unfinished = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=top))
        self._lock = FileLock(unfinished / LOCK)
        self._lock.acquire()
        # named only when it is locked, so that no other server takes it for one that was left
        self.folder = unfinished.with_name(PREFIX + unfinished.name.removeprefix(_UNFINISHED))
        unfinished.rename(self.folder)
        self._numbers = itertools.count()
        self.held = 0

    def name_file(self) -> Path:
        """A path that no other answer has."""
        return self.folder / str(next(self._numbers))

    def open(self, path: Path, size: int) -> BinaryIO:
        """The file, whose name is gone from now on."""
        stream = path.open("rb")
        path.unlink()
        self.held += size
        return stream

    def close(self) -> None:
        """Removes the folder."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self._lock.release()


def sweep(top: Path) -> None:
    """Removes the folders of servers of this user that ended without doing so: those whose lock nobody holds."""
    for folder in sorted(top.glob(f"{PREFIX}*")):
        try:
            if folder.is_symlink() or folder.stat().st_uid != os.getuid() or not (folder / LOCK).is_file():
                continue
            lock = FileLock(folder / LOCK)
            if lock.acquire():
                shutil.rmtree(folder, ignore_errors=True)
                lock.release()
        except OSError:
            # another server that starts may have been quicker
            continue
