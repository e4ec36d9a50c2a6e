"""The papers in a file: one in most, several in an archive or a letter with attachments.

``members(path)`` yields them one at a time, so that a caller holds one; ``read_member(member)`` reads one.  A member
is named by the file, ``!`` and its name within: ``archive.zip!folder/paper.pdf``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.errors import ReadError
from kg.model import RawDocument
from kg.read.archive import Part, open_zip
from kg.read.files import LIMIT, load_bytes, too_large
from kg.read.mail import open_mail
from kg.read.papers import read_bytes
from kg.read.sniff import MAIL, ZIP, sniff_container

# Archives in archives, letters in letters: beyond this something is made to do harm.
DEPTH_LIMIT = 4

CONTAINERS: dict[str, Callable[[bytes, str, int], Iterator[Part]]] = {
    ZIP: open_zip,
    MAIL: open_mail,
}


@dataclass(frozen=True, slots=True)
class Member:
    """A paper in a file: how it is named, its bytes, and the reason why it cannot be read where that is known
    before reading (then without bytes)."""

    source: str
    data: bytes
    error: ReadError | None = None


def members(path: Path, *, source: str | None = None, limit: int = LIMIT) -> Iterator[Member]:
    """The papers in the file at ``path``, in the order of their names; the file itself where it is one paper.

    ``source`` is how the file is named afterwards (the path as given where left out); ``limit`` is the largest size of
    a paper in bytes.  A fault of the whole file (as of ``kg.read.read``; an archive that is damaged or made to do harm)
    comes as one member with that ``error``, so that nothing is raised here.
    """
    where = str(path) if source is None else source
    try:
        data = load_bytes(path, where, limit, archives=True)
    except ReadError as error:
        yield Member(where, b"", error)
        return
    yield from members_of(data, where, limit=limit)


def members_of(data: bytes, source: str, *, limit: int = LIMIT) -> Iterator[Member]:
    """The papers in a file of these bytes, as ``members`` gives them."""
    yield from _open(data, source, limit, 0)


def _open(data: bytes, source: str, limit: int, depth: int) -> Iterator[Member]:
    kind = sniff_container(data)
    if kind is None:
        yield Member(source, data) if len(data) <= limit else Member(source, b"", too_large(source, len(data), limit))
        return
    if depth >= DEPTH_LIMIT:
        error = ReadError(
            f"archives stand in one another more than {DEPTH_LIMIT} deep",
            where=source,
            hint="unpack it and give the papers that it holds",
            code="too_large",
        )
        yield Member(source, b"", error)
        return
    try:
        for part in CONTAINERS[kind](data, source, limit):
            if part.error is not None:
                yield Member(part.source, b"", part.error)
            elif part.whole:
                yield Member(part.source, part.data)
            else:
                yield from _open(part.data, part.source, limit, depth + 1)
    except ReadError as error:
        yield Member(source, b"", error)


def read_member(member: Member) -> RawDocument:
    """The member as read.  Raises ReadError as ``kg.read.read`` does."""
    if member.error is not None:
        raise member.error
    return read_bytes(member.data, member.source)
