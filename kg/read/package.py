"""The parts of an office file: a ZIP archive of XML, opened within limits and with XML's dangers off."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING

from kg.errors import ReadError
from kg.read.archive import check_bomb

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

PART_LIMIT = 64 * 1024 * 1024
DEPTH_LIMIT = 200  # elements in one another that a walk goes down
_HINT = "open it in its own program and save it again"


class Package:
    """An office file.  ``source`` names it in errors."""

    def __init__(self, data: bytes, source: str) -> None:
        """Raises ReadError where the archive is damaged or made to do harm."""
        self._source = source
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError, UnicodeDecodeError) as error:
            raise self.damaged("its archive cannot be opened") from error
        check_bomb(self._archive.infolist(), source)
        self._names = set(self._archive.namelist())

    def names(self, prefix: str) -> list[str]:
        """The parts whose names begin so, sorted."""
        return sorted(name for name in self._names if name.startswith(prefix))

    def read(self, name: str) -> bytes | None:
        """The bytes of a part; None where there is none."""
        if name not in self._names:
            return None
        try:
            info = self._archive.getinfo(name)
            if info.flag_bits & 1:
                raise ReadError(
                    "the file is encrypted", where=self._source, hint="save it without a password", code="unreadable"
                )
            if info.file_size > PART_LIMIT:
                raise ReadError(
                    f"its part {name} has {info.file_size} bytes; the limit is {PART_LIMIT}",
                    where=self._source,
                    hint="split it into its papers",
                    code="too_large",
                )
            with self._archive.open(info) as stream:
                return stream.read(PART_LIMIT + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            OSError,
            EOFError,
            ValueError,
            NotImplementedError,
            RuntimeError,
        ) as error:
            raise self.damaged(f"its part {name} cannot be unpacked") from error

    def parse(self, name: str) -> Element | None:
        """The root of an XML part; None where there is none.  Entities and document types are refused."""
        data = self.read(name)
        if data is None:
            return None
        from xml.etree.ElementTree import ParseError, fromstring

        try:
            if _has_document_type(data):
                raise ReadError(
                    f"its part {name} defines a document type, as only files do that are made to do harm",
                    where=self._source,
                    hint=_HINT,
                    code="unreadable",
                )
            return fromstring(data)
        except (ParseError, ValueError, LookupError, RecursionError) as error:
            raise self.damaged(f"its part {name} is no XML ({error})") from error

    def damaged(self, what: str) -> ReadError:
        """The error for a file that is not whole."""
        return ReadError(f"the file is damaged: {what}", where=self._source, hint=_HINT)


class _Prolog(Exception):
    """What ends the reading of a prolog: the root, or before it a document type."""


def _has_document_type(data: bytes) -> bool:
    """Whether an XML part defines a document type, and so may define entities; none does that an office wrote.

    The parser itself is asked, in whatever encoding the part is, and stops before it would read the definition.
    """
    from xml.parsers import expat

    found: list[bool] = []

    def end(is_type: bool) -> None:
        found.append(is_type)
        raise _Prolog

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = lambda *_: end(True)
    parser.StartElementHandler = lambda *_: end(False)
    try:
        parser.Parse(data, True)
    except _Prolog:
        return found[0]
    except expat.ExpatError as error:
        raise ValueError(str(error)) from error
    return False


def local(tag: object) -> str:
    """The name of an element without its namespace; of a comment, nothing."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Element, name: str) -> str | None:
    """An attribute by its name without namespace."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return value
    return None


def child(element: Element | None, *path: str) -> Element | None:
    """The first element down a path of names, or None."""
    for name in path:
        if element is None:
            return None
        element = next((e for e in element if local(e.tag) == name), None)
    return element
