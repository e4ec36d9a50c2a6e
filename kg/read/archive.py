"""The files in a ZIP archive, within limits, so that an archive made to fill a disk costs nothing."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from kg.errors import ReadError
from kg.read.files import too_large

COUNT_LIMIT = 10_000
TOTAL_LIMIT = 2 * 1024 * 1024 * 1024
# Text shrinks to a twentieth, tables of blanks to a hundredth; bombs to a thousandth and less.
RATIO_LIMIT = 250
_RATIO_FLOOR = 4 * 1024 * 1024  # below this size no ratio does harm
_UTF8_NAME = 0x800
_ENCRYPTED = 0x1

# What systems put into archives beside the papers.
_IGNORED = re.compile(r"(?:^|/)(?:__MACOSX(?:/|$)|\.[^/]*$|Thumbs\.db$|desktop\.ini$)", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_BOMB_HINT = "unpack it yourself where you trust it, and give the papers that it holds"


@dataclass(frozen=True, slots=True)
class Part:
    """A file in a container: its name with that of the container, its bytes, or why there are none.

    ``whole``: it is a paper, whatever its bytes look like."""

    source: str
    data: bytes
    error: ReadError | None = None
    whole: bool = False


def open_zip(data: bytes, source: str, limit: int) -> Iterator[Part]:
    """The files in the archive, sorted by name; folders and what systems add (``__MACOSX``) are left out.

    Raises ReadError where the archive is damaged, empty, or holds more than ``COUNT_LIMIT`` files, more than
    ``TOTAL_LIMIT`` bytes, or bytes packed closer than ``RATIO_LIMIT`` to one.  A member that is encrypted, damaged or
    larger than ``limit`` is a part with an error.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError, UnicodeDecodeError) as error:
        raise _damaged(source, error) from error
    with archive:
        infos = archive.infolist()
        check_bomb(infos, source)
        papers = sorted((_name(info), i) for i, info in enumerate(infos) if not info.is_dir())
        papers = [(name, i) for name, i in papers if not _IGNORED.search(name)]
        if not papers:
            raise ReadError("the archive holds no files", where=source, hint="check that it was saved", code="empty")
        seen: dict[str, int] = {}
        for name, i in papers:
            seen[name] = seen.get(name, 0) + 1
            number = f" ({seen[name]})" if seen[name] > 1 else ""  # an archive may hold a name twice
            yield _read_part(archive, infos[i], f"{source}!{name}{number}", limit)


def check_bomb(infos: list[zipfile.ZipInfo], source: str) -> None:
    """Raises ReadError where an archive would unpack to more than the limits."""
    if len(infos) > COUNT_LIMIT:
        raise ReadError(
            f"the archive holds {len(infos)} files; the limit is {COUNT_LIMIT}",
            where=source,
            hint=_BOMB_HINT,
            code="too_large",
        )
    total = sum(info.file_size for info in infos)
    if total > TOTAL_LIMIT:
        raise ReadError(
            f"the archive would unpack to {total} bytes; the limit is {TOTAL_LIMIT}",
            where=source,
            hint=_BOMB_HINT,
            code="too_large",
        )
    for info in infos:
        if info.file_size > _RATIO_FLOOR and info.file_size > RATIO_LIMIT * max(1, info.compress_size):
            raise ReadError(
                f"the archive is packed {info.file_size // max(1, info.compress_size)} to 1, as only files are that "
                "are made to do harm",
                where=source,
                hint=_BOMB_HINT,
                code="too_large",
            )


def _read_part(archive: zipfile.ZipFile, info: zipfile.ZipInfo, source: str, limit: int) -> Part:
    if info.flag_bits & _ENCRYPTED:
        return Part(
            source,
            b"",
            ReadError("this file is encrypted", where=source, hint="unpack it with its password", code="unreadable"),
        )
    if info.file_size > limit:
        return Part(source, b"", too_large(source, info.file_size, limit))
    try:
        with archive.open(info) as stream:
            data = stream.read(limit + 1)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError, RuntimeError) as error:
        return Part(source, b"", _damaged(source, error))
    except MemoryError as error:
        return Part(source, b"", _damaged(source, error))
    if len(data) > limit:
        return Part(source, b"", too_large(source, len(data), limit))
    return Part(source, data)


def _name(info: zipfile.ZipInfo) -> str:
    """The name of a file with ``/`` between its folders.  It names and nothing else: no file is ever opened by it."""
    name = info.filename
    if not info.flag_bits & _UTF8_NAME:
        try:
            plain = name.encode("cp437")
        except UnicodeEncodeError:
            plain = b""
        for encoding in ("utf-8", "cp850"):  # what macOS and Windows write without saying so
            try:
                name = plain.decode(encoding) or name
                break
            except UnicodeDecodeError:
                continue
    name = _CONTROL.sub("", name.replace("\\", "/"))
    parts = [part for part in name.split("/") if part not in ("", ".", "..")]
    return "/".join(parts) or "unnamed"


def _damaged(source: str, error: BaseException) -> ReadError:
    reason = " ".join(str(error).split())[:120] or type(error).__name__
    return ReadError(f"the archive is damaged ({reason})", where=source, hint="copy or save it again")
