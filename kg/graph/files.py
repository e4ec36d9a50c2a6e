"""Files written so that a crash at any moment leaves either the old or the new one."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path

Checkpoint = Callable[[str], None]


def ignore_checkpoint(step: str) -> None:
    """The checkpoint of ordinary use.  Tests give one that raises or ends the process at a step."""


def write_file(
    path: Path, text: str | Iterable[str], checkpoint: Checkpoint = ignore_checkpoint, suffix: str = ".new"
) -> None:
    """Writes ``text``, whole or as lines, so that a reader, or a crash, sees the whole file of before or the whole new
    one.  ``suffix`` ends the name of the file until it is whole."""
    fresh = path.with_name(path.name + suffix)
    with fresh.open("w", encoding="utf-8", errors="surrogatepass") as handle:
        handle.writelines([text] if isinstance(text, str) else text)
        handle.flush()
        os.fsync(handle.fileno())
    checkpoint(f"ready {path.name}")
    fresh.replace(path)
    sync(path.parent)


def sync(path: Path) -> None:
    """Has the system put a file, or the names in a folder, on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
