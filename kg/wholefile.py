"""Files that are written whole or not at all."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from kg.errors import KgError, UsageError

# What another name would not mend.
_OF_THE_DISK = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS})


@contextmanager
def whole_file(path: Path, what: str = "the file", hint: str = "name another file") -> Iterator[BinaryIO]:
    """A stream into a file that takes the place of ``path`` when the block ends well; else it is removed.

    A symbolic link stays one: the file that it points to is replaced.  Raises KgError, named ``what``, where the disk
    does not take the file, and UsageError where ``path`` cannot be one: a folder, a device, in no folder.
    """
    target = path.resolve()
    fresh = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, "it is a folder")
        if target.exists() and not target.is_file():
            # renaming over a device or a pipe would put an ordinary file in its place
            raise OSError(errno.EINVAL, "it is no ordinary file")
        with fresh.open("wb") as stream:
            yield stream
        fresh.replace(target)
    except OSError as error:
        kind = KgError if error.errno in _OF_THE_DISK else UsageError
        raise kind(f"{what} cannot be written ({error.strerror or error})", where=str(path), hint=hint) from error
    finally:
        fresh.unlink(missing_ok=True)
