"""What the build in use knows of files: those that have not changed since need not be opened."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from kg.graph.manifest import Refusal

# A file written so shortly before it was looked at may be written again within the same tick of the clock.
_TICK_NS = 2_000_000_000


@dataclass(frozen=True, slots=True)
class Stamp:
    """What the file system says of a file.  Whoever writes a file changes ``changed``, which nobody can set."""

    size: int
    modified: int
    changed: int
    inode: int
    device: int
    looked: int

    @property
    def is_sure(self) -> bool:
        """Whether a later change must show."""
        return self.looked - self.changed > _TICK_NS

    def agrees(self, other: Stamp) -> bool:
        """Whether both are of the same content."""
        mine = (self.size, self.modified, self.changed, self.inode, self.device)
        return mine == (other.size, other.modified, other.changed, other.inode, other.device)


def look_at(path: Path, now: int) -> Stamp | None:
    """The stamp of a file at ``now`` (nanoseconds since 1970, by the clock of the file system); None where it cannot be
    looked at."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return Stamp(found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino, found.st_dev, now)


@dataclass(frozen=True, slots=True)
class KnownFile:
    """What a file gave: papers as (document, source), and refusals."""

    path: str
    stamp: Stamp
    papers: tuple[tuple[str, str], ...]
    refusals: tuple[Refusal, ...]


def dump_files(files: Iterable[KnownFile]) -> Iterator[str]:
    """A line for each, that ``load_files`` reads."""
    for file in files:
        row = [
            file.path,
            [getattr(file.stamp, name) for name in Stamp.__slots__],
            file.papers,
            [asdict(r) for r in file.refusals],
        ]
        yield json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n"


def load_files(lines: Iterable[str]) -> dict[str, KnownFile]:
    """By path.  Raises ValueError, TypeError or KeyError where a line is none."""
    found = {}
    for line in lines:
        path, stamp, papers, refusals = json.loads(line)
        found[path] = KnownFile(
            path, Stamp(*stamp), tuple((d, s) for d, s in papers), tuple(Refusal(**r) for r in refusals)
        )
    return found


def clock_of(folder: Path) -> int:
    """The time now as the file system that holds ``folder`` tells it, in nanoseconds since 1970."""
    probe = folder / f"clock.{os.getpid()}.new"
    probe.touch()
    try:
        return probe.stat().st_ctime_ns
    finally:
        probe.unlink(missing_ok=True)
