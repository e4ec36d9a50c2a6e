"""Read: from a file to text with the structure that its form gives.

``read(path)`` gives a ``RawDocument``; what the file holds is told by its bytes, not by its name.  ``members(path)``
and ``read_member(member)`` do the same for files that hold several papers, such as archives.  A new form is a line in
``READERS``.
"""

from __future__ import annotations

from pathlib import Path

from kg.model import RawDocument
from kg.read.files import LIMIT, find_file, load_bytes, name_file
from kg.read.members import CONTAINERS, Member, members, members_of, read_member
from kg.read.papers import FORMS, LINE_LIMIT, READERS, read_bytes

__all__ = [
    "CONTAINERS",
    "FORMS",
    "LIMIT",
    "LINE_LIMIT",
    "READERS",
    "Member",
    "find_file",
    "members",
    "members_of",
    "name_file",
    "read",
    "read_bytes",
    "read_member",
]


def read(path: Path, *, source: str | None = None, limit: int = LIMIT) -> RawDocument:
    """The paper at ``path``; ``source`` is how it is named afterwards (the path as given where left out).

    Raises ReadError, with the ``code`` of the issue: no such file, a folder, no permission, no ordinary file
    (``unreadable``), larger than ``limit`` bytes or with a line beyond ``LINE_LIMIT`` (``too_large``), nothing but
    white space (``empty``), a program, an archive (see ``members``), or a form that is not read (``not_text``).
    """
    where = str(path) if source is None else source
    return read_bytes(load_bytes(path, where, limit), where)
