"""The settings of a project: ``kg.toml`` in the working folder, or the file that the user names.

Every key has a default, so no file is needed.  Paths in the file are relative to the file's own folder.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from kg.errors import UsageError
from kg.terms import DEFAULT_BASE

FILE_NAME = "kg.toml"
_MOST_WORKERS = 1024


@dataclass(frozen=True, slots=True)
class Config:
    """The settings.

    ``store``: the graph directory.  ``base``: the IRI that the names of things are appended to; it ends with
    ``/`` or ``#``.  ``registers``: a folder of registers to use in place of the package's; ``identity``: the file of
    judgements on what is the same; ``withhold``: the list of what is not published; ``own_registers``: organisations
    of the user's own.  None of these need be there.
    ``file_limit_mb``: a paper larger than this (in units of 10^6 bytes) is refused.  ``workers``: how many
    processes read papers, 0 for one a core.  ``paper_seconds``, ``paper_memory_mb`` (10^6 bytes): a file that takes
    longer, or more memory beyond what the program itself has, is refused.
    """

    store: Path = Path("graph")
    base: str = DEFAULT_BASE
    registers: Path | None = None
    file_limit_mb: float = 20.0
    workers: int = 0
    paper_seconds: float = 120.0
    paper_memory_mb: float = 2000.0
    identity: Path = Path("identity.csv")
    withhold: Path = Path("withhold.yaml")
    own_registers: Path = Path("registers.csv")

    @property
    def file_limit(self) -> int:
        """The largest paper that is read, in bytes."""
        return int(self.file_limit_mb * 1_000_000)

    @property
    def processes(self) -> int:
        """How many processes read papers: ``workers``, or the cores that this process may use."""
        return self.workers or len(os.sched_getaffinity(0))


KEYS: tuple[str, ...] = tuple(f.name for f in fields(Config))


def load_config(path: Path | None = None, *, folder: Path | None = None) -> Config:
    """The settings in ``path``, else in ``kg.toml`` in ``folder`` (default: the working folder), else the
    defaults.

    Raises UsageError where the named file is missing, is no TOML, or has an unknown key or a value of a wrong
    type.
    """
    file = path if path is not None else (folder or Path()) / FILE_NAME
    if path is None and not file.exists():
        return Config()
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(
            f"the settings cannot be read ({error.strerror or error})",
            where=str(file),
            hint="name an existing file, or leave the option out",
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(
            f"the settings are not valid TOML ({error})", where=str(file), hint="mend the line named"
        ) from error
    return config_from_table(table, where=str(file), folder=file.parent)


def config_from_table(table: Mapping[str, Any], *, where: str, folder: Path) -> Config:
    """The settings in a table already parsed; raises UsageError as ``load_config`` does."""
    unknown = sorted(set(table) - set(KEYS))
    if unknown:
        raise UsageError(
            f"unknown setting {', '.join(map(repr, unknown))}", where=where, hint=f"one of {', '.join(KEYS)}"
        )
    checks: dict[str, Callable[[str, object, str, Path], object]] = {
        "store": _path,
        "base": _base,
        "registers": _path,
        "identity": _path,
        "withhold": _path,
        "own_registers": _path,
        "file_limit_mb": _positive,
        "workers": _count,
        "paper_seconds": _positive,
        "paper_memory_mb": _positive,
    }
    values: dict[str, Any] = {key: checks[key](key, table[key], where, folder) for key in KEYS if key in table}
    return Config(**values)


def _wrong(key: str, wanted: str, value: object, where: str) -> UsageError:
    return UsageError(f"the setting '{key}' is {value!r}", where=where, hint=f"give {wanted}")


def _text(key: str, value: object, where: str, folder: Path) -> str:
    if not isinstance(value, str):
        raise _wrong(key, "a text in quotes", value, where)
    return value


def _path(key: str, value: object, where: str, folder: Path) -> Path:
    text = _text(key, value, where, folder)
    if not text.strip():
        raise _wrong(key, "a path in quotes", value, where)
    return folder / text


def _base(key: str, value: object, where: str, folder: Path) -> str:
    text = _text(key, value, where, folder)
    allowed = text.startswith(("http://", "https://", "urn:")) and text.endswith(("/", "#", ":"))
    if not allowed or any(c in text for c in ' <>"{}|\\^`\n\t'):
        raise _wrong(key, 'an IRI that ends with "/" or "#", such as "https://data.example.se/id/"', value, where)
    return text


def _positive(key: str, value: object, where: str, folder: Path) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not value > 0:
        raise _wrong(key, "a number above 0", value, where)
    return float(value)


def _count(key: str, value: object, where: str, folder: Path) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= _MOST_WORKERS:
        raise _wrong(key, f"a whole number from 0 to {_MOST_WORKERS}", value, where)
    return value
