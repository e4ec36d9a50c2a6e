"""Read: from a file to text with the structure that its form gives.

``read(path)`` gives a ``RawDocument``; what the file holds is told by its bytes, not by its name.  A new form is a
line in ``READERS``: media type -> function from the decoded text to its marks.
"""

from __future__ import annotations

import hashlib
import re
import stat
from collections.abc import Callable
from pathlib import Path

from kg.errors import ReadError
from kg.model import Mark, RawDocument
from kg.read.decode import UndecodableError, decode
from kg.read.html import mark_html
from kg.read.sniff import name_binary, sniff_media_type

LIMIT = 64 * 1024 * 1024
# A paragraph of a paper has some thousand characters; a line beyond this is a data dump, and every later stage
# would hold it whole.
LINE_LIMIT = 1_000_000

__all__ = ["LIMIT", "LINE_LIMIT", "READERS", "read", "read_bytes"]


def _mark_nothing(text: str) -> tuple[Mark, ...]:
    """Plain text says nothing about its structure; ``clean`` infers it."""
    return ()


READERS: dict[str, Callable[[str], tuple[Mark, ...]]] = {
    "text/plain": _mark_nothing,
    "text/markdown": _mark_nothing,
    "text/html": mark_html,
}

_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_CONTROL_WINDOW = 65536
_CONTROL_SHARE = 0.02
_LINE = re.compile(r"[^\r\n\f]+")


def read(path: Path, *, source: str | None = None, limit: int = LIMIT) -> RawDocument:
    """The paper at ``path``; ``source`` is how it is named afterwards (the path as given where left out).

    Raises ReadError, with the ``code`` of the issue: no such file, a folder, no permission, no ordinary file
    (``unreadable``), larger than ``limit`` bytes or with a line beyond ``LINE_LIMIT`` (``too_large``), nothing but
    white space (``empty``), a picture, a program, or a form that is not read (``not_text``).
    """
    where = str(path) if source is None else source
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise ReadError(
                "this is a folder, not a paper", where=where, hint="give the papers in it", code="unreadable"
            )
        if not stat.S_ISREG(status.st_mode):
            raise ReadError("this is no ordinary file", where=where, hint="give a file on disk", code="unreadable")
        if status.st_size > limit:
            raise _too_large(where, status.st_size, limit)
        with path.open("rb") as stream:
            data = stream.read(limit + 1)
    except FileNotFoundError as error:
        raise ReadError("there is no such file", where=where, hint="check the path") from error
    except PermissionError as error:
        raise ReadError("you may not read this file", where=where, hint="change its permissions") from error
    except (OSError, ValueError) as error:  # ValueError: a path with a NUL
        raise ReadError(
            f"the file cannot be read ({error})", where=where, hint="check the disk and the path"
        ) from error
    if len(data) > limit:
        raise _too_large(where, len(data), limit)
    return read_bytes(data, where)


def read_bytes(data: bytes, source: str) -> RawDocument:
    """The paper whose bytes are ``data``.  Raises ReadError as ``read`` does."""
    if not data.strip():
        raise ReadError("the file is empty", where=source, hint="check that the paper was saved", code="empty")
    binary = name_binary(data)
    if binary:
        name, hint = binary
        raise ReadError(f"this is {name}, which is not read", where=source, hint=hint, code="not_text")
    if not data.strip(b"\0 \t\r\n"):
        raise ReadError("the file holds only zero bytes", where=source, hint="copy the paper again", code="not_text")
    try:
        text = decode(data)
    except UndecodableError as error:
        raise ReadError(
            f"the text cannot be decoded: {error}", where=source, hint="save it as UTF-8", code="unreadable"
        ) from error
    window = text[:_CONTROL_WINDOW]
    if len(_CONTROL.findall(window)) > _CONTROL_SHARE * len(window):
        raise ReadError(
            "this is no text: it is full of control characters",
            where=source,
            hint="give a paper as text or HTML",
            code="not_text",
        )
    if not text.strip():
        raise ReadError(
            "the file holds only white space", where=source, hint="check that the paper was saved", code="empty"
        )
    media_type = sniff_media_type(text)
    if media_type != "text/html":
        _refuse_long_lines(text, source)
    marks = READERS[media_type](text)
    if media_type == "text/html" and not any(mark.kind != "skip" for mark in marks):
        raise ReadError("the page holds no text", where=source, hint="save the page after it has loaded", code="empty")
    return RawDocument(hashlib.sha256(data).hexdigest(), source, media_type, text, marks)


def _refuse_long_lines(text: str, source: str) -> None:
    if len(text) <= LINE_LIMIT:
        return
    for line in _LINE.finditer(text):
        if line.end() - line.start() > LINE_LIMIT:
            number = text.count("\n", 0, line.start()) + 1
            raise ReadError(
                f"line {number} has more than {LINE_LIMIT} characters",
                where=source,
                hint="give the paper with its line breaks",
                code="too_large",
            )


def _too_large(where: str, size: int, limit: int) -> ReadError:
    return ReadError(
        f"the file has {size} bytes; the limit is {limit}",
        where=where,
        hint="split it into its papers",
        code="too_large",
    )
