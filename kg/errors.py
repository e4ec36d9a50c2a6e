"""The errors that this package raises on purpose.

Each tells three things, so that a user who is no programmer can act on it: what failed, where, and what to
try.  Only the command line turns them into text and an exit code; everything below raises them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

EXIT_OK = 0
EXIT_DATA = 1
EXIT_USAGE = 2


class KgError(Exception):
    """A failure with a message for the user.

    ``what`` failed, in one clause without a final stop; ``where`` it failed (a path, a query name, a line);
    ``hint`` says what to try.  ``exit_code`` is 1 for a problem in the data and 2 for wrong usage.
    """

    exit_code = EXIT_DATA

    def __init__(self, what: str, *, where: str = "", hint: str = "") -> None:
        self.what = what
        self.where = where
        self.hint = hint
        super().__init__(self.message)

    @property
    def message(self) -> str:
        """The whole message on one line: ``where: what. Try: hint``."""
        head = f"{self.where}: {self.what}" if self.where else self.what
        return f"{head}. Try: {self.hint}" if self.hint else head


class UsageError(KgError):
    """The command or call is wrong: an unknown name, a missing or ill-typed parameter."""

    exit_code = EXIT_USAGE


class ReadError(KgError):
    """A paper cannot be read: empty, unreadable, not text, of an unknown form.

    ``code`` is the issue that it becomes in a build: one of ``kg.issues.CODES``.
    """

    def __init__(self, what: str, *, where: str = "", hint: str = "", code: str = "unreadable") -> None:
        self.code = code
        super().__init__(what, where=where, hint=hint)


class ResourceError(KgError):
    """A register, lexicon, ontology or query file of the package or the user is missing or malformed."""


class StoreError(KgError):
    """The graph directory is missing, damaged, locked or of another version."""


class QueryError(KgError):
    """A query cannot be parsed or run."""


class UnknownNameError(QueryError):
    """A name that a question was given is not in the graph, which therefore has no answer."""


class ValidationError(KgError):
    """The graph breaks a shape or an invariant."""


@contextmanager
def refusing(what: str, where: str | Path, hint: str, kind: type[KgError] = StoreError) -> Iterator[None]:
    """Raises ``kind``, with the system's own reason behind ``what``, where the system refuses what is done inside."""
    try:
        yield
    except OSError as error:
        raise kind(f"{what} ({short_reason(error)})", where=str(where), hint=hint) from error


def short_reason(error: BaseException) -> str:
    """What the system says of an error, on one line of at most 160 characters."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return " ".join(str(error).split())[:160]


def find_damage(error: BaseException, where: str) -> StoreError | None:
    """The StoreError that a failure of the store engine stands for, where it found the files damaged; else None."""
    if "Corruption" not in str(error):
        return None
    hint = "build the graph again: kg build PATH..."
    return StoreError(f"the graph is damaged ({short_reason(error)})", where=where, hint=hint)


# What moves a terminal's cursor, colours, rings or turns the direction of writing; lone halves of pairs.  Not the line
# feed and the tab, which the words of papers have.
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def escape_controls(text: str) -> str:
    """The text with control characters, which a file name may hold, as they would be written in a program."""
    return _CONTROLS.sub(lambda found: ascii(found[0])[1:-1], text.replace("\r\n", "\n"))
