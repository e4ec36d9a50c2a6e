"""The bytes of a file, within the limit, or the one clear reason why there are none."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from kg.errors import ReadError

LIMIT = 64 * 1024 * 1024
ARCHIVE_LIMIT = 512 * 1024 * 1024  # an archive may be larger than a paper; its members may not
_ARCHIVE_START = b"PK"


def load_bytes(path: Path, where: str, limit: int = LIMIT, *, archives: bool = False) -> bytes:
    """The bytes of the file at ``path``; ``where`` names it in errors.  ``archives``: what begins as a ZIP archive may
    have ``ARCHIVE_LIMIT`` bytes.

    Raises ReadError: no such file, a folder, no permission, no ordinary file (``unreadable``), larger than ``limit``
    bytes (``too_large``).
    """
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            what, hint = "this is a folder, not a paper", "give the papers in it"
            if not os.access(path, os.R_OK | os.X_OK):
                what, hint = "you may not look into this folder: none of its papers is read", "change its permissions"
            raise ReadError(what, where=where, hint=hint, code="unreadable")
        if not stat.S_ISREG(status.st_mode):
            raise ReadError("this is no ordinary file", where=where, hint="give a file on disk", code="unreadable")
        with path.open("rb") as stream:
            if archives and stream.read(len(_ARCHIVE_START)) == _ARCHIVE_START:
                limit = max(limit, ARCHIVE_LIMIT)
            stream.seek(0)
            if status.st_size > limit:
                raise too_large(where, status.st_size, limit)
            data = stream.read(limit + 1)
    except FileNotFoundError as error:
        if path.is_symlink():
            what = f"this is a link to {name_file(path.readlink())}, which is not there"
            raise ReadError(what, where=where, hint="put the file there, or remove the link") from error
        raise ReadError("there is no such file", where=where, hint="check the path") from error
    except PermissionError as error:
        raise ReadError("you may not read this file", where=where, hint="change its permissions") from error
    except (OSError, ValueError) as error:  # ValueError: a path with a NUL
        raise ReadError(
            f"the file cannot be read ({error})", where=where, hint="check the disk and the path"
        ) from error
    if len(data) > limit:
        raise too_large(where, len(data), limit)
    return data


def name_file(path: Path) -> str:
    """The path as text that can be written as UTF-8, ``/`` between folders.

    A file system holds bytes.  Names that are no UTF-8, as old Windows systems and unpacked archives leave them, are
    read as Windows-1252, which holds all of Latin-1; a byte that is no letter there is shown as ``\\x81``.
    """
    return "/".join(_name_part(part) for part in path.as_posix().split("/"))


def _name_part(part: str) -> str:
    data = os.fsencode(part)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "backslashreplace")


def find_file(name: str) -> Path:
    """The file that ``name_file`` names so; the path of that name where there is none."""
    path = Path(name)
    if os.path.lexists(path):
        return path
    found = Path(path.anchor)
    for part in path.relative_to(path.anchor).parts:
        found = next((found / known for known in _spellings(part) if os.path.lexists(found / known)), found / part)
    return found


def _spellings(part: str) -> list[str]:
    """How a part of a path may be written on disk."""
    try:
        return [part, os.fsdecode(part.encode("cp1252"))]
    except UnicodeEncodeError:
        return [part]


def too_large(where: str, size: int, limit: int) -> ReadError:
    """The error for a file, or a part of one, of more than ``limit`` bytes."""
    return ReadError(
        f"the file has {size} bytes; the limit is {limit}",
        where=where,
        hint="split it into its papers",
        code="too_large",
    )
