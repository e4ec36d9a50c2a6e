"""The settings of a project: ``kg.toml`` in the working folder, or the file that the user names.

Every key has a default, so no file is needed.  Paths in the file are relative to the file's own folder.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from kg.errors import UsageError, refusing
from kg.limits import USUAL, Limits, read_limits
from kg.publication import UNSTATED, Publication, read_publication
from kg.terms import DEFAULT_BASE

FILE_NAME = "kg.toml"
_MOST_WORKERS = 1024


@dataclass(frozen=True, slots=True)
class LanguageModel:
    """A language model that is asked for facts: the table ``[language_model]``.

    ``url``: the address that ``/chat/completions`` is appended to.  ``key_variable``: the environment variable that
    holds the key; none is sent where it is empty.  ``timeout_seconds``: for a whole answer.  ``max_papers``: at most
    so many are sent in one run.  ``max_characters``: a longer paper is not sent.  ``answers``: the folder where answers
    are kept.  ``right``, ``wrong``: how many of this model's claims were right and wrong on papers that you labelled.
    """

    url: str
    model: str
    key_variable: str = ""
    timeout_seconds: float = 60.0
    max_papers: int = 100
    max_characters: int = 60_000
    answers: Path = Path("answers")
    right: int = 0
    wrong: int = 0

    @property
    def confidence(self) -> float:
        """Of its claims: their precision as measured, smoothed by the uniform prior; unmeasured, the prior: 0.5."""
        return round((self.right + 1) / (self.right + self.wrong + 2), 3)

    def read_key(self) -> str:
        """The key; raises UsageError where the variable named is not set."""
        key = os.environ.get(self.key_variable, "").strip() if self.key_variable else ""
        if self.key_variable and not (key and key.isascii() and key.isprintable()):
            raise UsageError(
                "the key of the language model is not there",
                where=f"the environment variable {self.key_variable}",
                hint="set the variable, or take key_variable out of kg.toml",
            )
        return key


@dataclass(frozen=True, slots=True)
class Config:
    """The settings.

    ``store``: the graph directory.  ``base``: the IRI that the names of things are appended to; it ends with
    ``/`` or ``#``.  ``registers``: a folder of registers to use in place of the package's; ``identity``: the file of
    judgements on what is the same; ``withhold``: the list of what is not published; ``own_registers``: organisations
    of the user's own.  None of these need be there.
    ``file_limit_mb``: a paper larger than this (in units of 10^6 bytes) is refused.  ``workers``: how many
    processes read papers, 0 for one a core.  ``paper_seconds``, ``paper_memory_mb`` (10^6 bytes): a file that takes
    longer, or more memory beyond what the program itself has, is refused.  ``language_model``: None where none is
    asked.  ``publish``: who publishes, where, on what terms; ``serve``: the limits of the server.
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
    language_model: LanguageModel | None = None
    publish: Publication = UNSTATED
    serve: Limits = USUAL

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
        hint = "name an existing file, or leave the option out"
        with refusing("the settings cannot be read", file, hint, UsageError):
            table = tomllib.loads(file.read_text(encoding="utf-8"))
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
        "language_model": _language_model,
        "publish": lambda key, value, where, folder: read_publication(value, where),
        "serve": lambda key, value, where, folder: read_limits(value, where),
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


def _language_model(key: str, value: object, where: str, folder: Path) -> LanguageModel:
    if not isinstance(value, dict):
        raise _wrong(key, "a table [language_model]", value, where)
    checks: dict[str, Callable[[str, object, str, Path], object]] = {
        "url": _address,
        "model": _named,
        "key_variable": _variable,
        "timeout_seconds": _positive,
        "max_papers": _whole,
        "max_characters": _whole,
        "answers": _path,
        "right": _whole,
        "wrong": _whole,
    }
    unknown = sorted(set(value) - set(checks))
    if unknown:
        raise UsageError(
            f"unknown setting {', '.join(map(repr, unknown))} in [{key}]",
            where=where,
            hint=f"one of {', '.join(checks)}",
        )
    for needed in ("url", "model"):
        if needed not in value:
            raise UsageError(f"[{key}] has no {needed}", where=where, hint=f"add {needed}, or take the table out")
    given = {name: checks[name](f"{key}.{name}", value[name], where, folder) for name in checks if name in value}
    return LanguageModel(**{"answers": folder / "answers", **given})  # type: ignore[arg-type]


def _address(key: str, value: object, where: str, folder: Path) -> str:
    text = _text(key, value, where, folder)
    try:
        parts = urlsplit(text)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0 and not parts.query
    except ValueError:
        good = False
    if not good or not text.isascii() or not text.isprintable() or "@" in text or "#" in text or " " in text:
        # the value is not shown: a key may stand in it
        raise UsageError(
            f"the setting '{key}' is no address that can be asked",
            where=where,
            hint='give one such as "http://127.0.0.1:8080/v1", without a key in it',
        )
    return text


def _named(key: str, value: object, where: str, folder: Path) -> str:
    text = _text(key, value, where, folder)
    if not text.strip():
        raise _wrong(key, "a name in quotes", value, where)
    return text


def _variable(key: str, value: object, where: str, folder: Path) -> str:
    text = _text(key, value, where, folder)
    if re.fullmatch(r"[A-Za-z_]\w*", text) is None:
        # the value is not shown: it may be the key itself
        raise UsageError(
            f"the setting '{key}' names no environment variable", where=where, hint='give a name such as "KG_MODEL_KEY"'
        )
    return text


def _whole(key: str, value: object, where: str, folder: Path) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise _wrong(key, "a whole number, 0 or more", value, where)
    return value


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
