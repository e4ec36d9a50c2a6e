"""Running a command: errors become one message and an exit code."""

from __future__ import annotations

import errno
import os
import sys
import tempfile
import traceback
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from kg import __version__
from kg.errors import EXIT_DATA, KgError

EXIT_INTERRUPTED = 130
# no space left, quota exceeded, input/output error
_UNWRITABLE = (errno.ENOSPC, errno.EDQUOT, errno.EIO)
EXIT_PIPE_CLOSED = 141


class KgGroup(TyperGroup):
    """The group of all commands.  Typer has its own way with interrupts and closed pipes; here they get ours."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            typer.echo("\nkg: interrupted; what was there before is as it was", err=True)
            raise typer.Exit(EXIT_INTERRUPTED) from None
        except BrokenPipeError:
            _drop_output()
            raise typer.Exit(EXIT_PIPE_CLOSED) from None


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"kg {__version__}")
        raise typer.Exit()


def describe(
    version: Annotated[
        bool, typer.Option("--version", help="Show the version and stop.", is_eager=True, callback=_print_version)
    ] = False,
) -> None:
    """Beslutsgraf: a knowledge graph of public funding decisions, built from the papers themselves.

    \b
    Example:
      kg build data/documents
      kg query lineage -p project='AI.ALL*'
    """


def run(app: typer.Typer) -> None:
    """Runs ``app`` and ends the process.  The one place that catches everything."""
    try:
        try:
            typer.main.get_command(app)(prog_name="kg")
        finally:
            sys.stdout.flush()
    except SystemExit:
        raise
    except KgError as error:
        typer.echo(f"kg: {_tame(error.message)}", err=True)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        typer.echo("\nkg: interrupted", err=True)
        sys.exit(EXIT_INTERRUPTED)
    except BrokenPipeError:
        _drop_output()
        sys.exit(EXIT_PIPE_CLOSED)
    except OSError as error:
        if error.errno not in _UNWRITABLE:
            sys.exit(_report(error))
        _drop_output()
        message = f"kg: standard output cannot be written ({error.strerror}). Try: free space, or write elsewhere"
        typer.echo(message, err=True)
        sys.exit(EXIT_DATA)
    # Panics of the store engine are no Exception; the user is to see no traceback of them either.
    except BaseException as error:
        sys.exit(_report(error))


def _report(error: BaseException) -> int:
    place = write_log(error)
    what = f"{type(error).__name__}: {_tame(str(error))[:200]}"
    typer.echo(f"kg: this program failed unexpectedly ({what}). Try: report it, with the file {place}", err=True)
    return EXIT_DATA


def write_log(error: BaseException) -> Path:
    """Writes the traceback to a file that only the user may read, and returns its path."""
    lines = [f"kg {__version__}, Python {sys.version}\n", *traceback.format_exception(error)]
    text = "".join(lines).encode("utf-8", "backslashreplace")
    # A name of its own: in a common folder another user may hold, or have laid, a file of a name known beforehand.
    handle, name = tempfile.mkstemp(prefix="kg-error-", suffix=".log")
    with os.fdopen(handle, "wb") as out:
        out.write(text)
    return Path(name)


def _drop_output() -> None:
    # The interpreter flushes standard output when it ends, and would complain of the closed pipe.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _tame(text: str) -> str:
    """One line without control characters, which a file name may hold, in what the terminal can show."""
    line = "".join(c if c.isprintable() else "\ufffd" for c in " ".join(text.split()))
    return line.encode(sys.stderr.encoding or "utf-8", "replace").decode(sys.stderr.encoding or "utf-8")
