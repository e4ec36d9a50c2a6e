"""How far a long job has come: a bar on a terminal, a line now and then elsewhere, JSON for machines, a log.

Bars and lines go to standard error, JSON to standard output.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from kg.cli.common import counted
from kg.errors import UsageError, escape_controls, refusing

if TYPE_CHECKING:
    from kg.pipeline import Progress

# Step of the pipeline -> what it is called.
STEPS = {
    "read": "reading papers",
    "ask": "asking the language model",
    "touch": "changing what new papers touch",
    "resolve": "resolving names",
    "load": "loading the graph",
    "validate": "validating",
    "done": "done",
}
# Not a step: how many issues there are so far, and how many files were refused.
COUNTS = "issues"
_LINES = 10
_LEAST = 0.2  # seconds between two JSON lines of one step


@dataclass(slots=True)
class Meter:
    """How fast a step goes, and what was found so far."""

    step: str = ""
    begun: float = 0.0
    first: int | None = None
    issues: int = 0
    refused: int = 0

    def enter(self, step: str) -> None:
        if step != self.step:
            self.step, self.begun, self.first = step, time.monotonic(), None

    def rate(self, done: int) -> float:
        """How many a second.  What was done when the step was first told of, as unchanged papers are, does not count; 0
        where nothing else was done."""
        if self.first is None:
            self.first = done
        return (done - self.first) / max(time.monotonic() - self.begun, 1e-6)

    def left(self, done: int, total: int) -> float | None:
        """Seconds until the step is done; None where nothing is known yet."""
        rate = self.rate(done)
        return (total - done) / rate if rate else None

    def found(self) -> str:
        """``1 issue, 2 refused``."""
        return f"{counted(self.issues, 'issue', 'issues')}, {self.refused} refused"


@contextmanager
def show_progress(*, as_json: bool = False, log: Path | None = None) -> Iterator[Progress]:
    """A Progress for the pipeline.  ``log`` is a file that lines are added to.  Raises UsageError where it cannot be
    written."""
    with ExitStack() as stack:
        if as_json:
            shown = _json_lines()
        elif sys.stderr.isatty():
            shown = stack.enter_context(_bars())
        else:
            shown = _lines()
        logged = _lines(stack.enter_context(open_log(log))) if log is not None else None

        def tell(step: str, done: int, total: int, what: str) -> None:
            shown(step, done, total, what)
            if logged is not None:
                logged(step, done, total, what)

        yield tell


@contextmanager
def open_log(path: Path) -> Iterator[IO[str]]:
    """The log, to be added to.  Raises UsageError where it cannot be written."""
    with refusing("the log cannot be written", path, "name another file", UsageError):
        file = path.open("a", encoding="utf-8", errors="backslashreplace")
    with file:
        yield file


def log_line(file: IO[str], text: str) -> None:
    """Adds a line with the time, in UTC."""
    print(f"{datetime.now(UTC).isoformat(timespec='seconds')} {text}", file=file, flush=True)


def put_json(event: str, **values: Any) -> None:
    """One event for machines, on a line of standard output."""
    line = json.dumps({"event": event, **values}, ensure_ascii=False)
    sys.stdout.buffer.write(line.encode("utf-8", "backslashreplace") + b"\n")
    sys.stdout.buffer.flush()


def _lines(log: IO[str] | None = None) -> Progress:
    said: set[tuple[str, int]] = set()
    meter = Meter()
    # The last line of a step that counts, until all that it counts is known.
    held = ""

    def say(text: str) -> None:
        if log is None:
            print(text, file=sys.stderr, flush=True)
        else:
            log_line(log, text)

    def tell(step: str, done: int, total: int, what: str) -> None:
        nonlocal held
        if step == COUNTS:
            meter.issues, meter.refused = done, total
            return
        if held and step != meter.step:
            say(held + (f"; {meter.found()}" if meter.issues or meter.refused else ""))
            held = ""
        meter.enter(step)
        # About ten lines for each step, however many papers there are.
        part = done * _LINES // total if total else 0
        if step == "done" or (step, part) in said:
            return
        said.add((step, part))
        text = STEPS.get(step, step)
        if total > 1:
            text += f" {done}/{total}"
            left = meter.left(done, total)
            if 0 < done < total and left is not None:
                text += f", {meter.rate(done):.1f} a second, {show_time(left)} left"
        if total and done == total and step == "read":
            held = text
            return
        say(text + (f"; {meter.found()}" if total > 1 and (meter.issues or meter.refused) else ""))

    return tell


def show_time(seconds: float) -> str:
    """``45 s``, ``12 min``, ``3 h 05 min``."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60:02} min"


def _json_lines() -> Progress:
    meter = Meter()
    last: dict[str, float] = {}

    def tell(step: str, done: int, total: int, what: str) -> None:
        if step == COUNTS:
            meter.issues, meter.refused = done, total
            return
        meter.enter(step)
        now = time.monotonic()
        if 0 < done < total and now - last.get(step, 0.0) < _LEAST:
            return
        last[step] = now
        left = meter.left(done, total)
        put_json(
            "progress",
            step=step,
            done=done,
            total=total,
            rate=round(meter.rate(done), 2) if left is not None else None,
            seconds_left=round(left, 1) if left is not None else None,
            issues=meter.issues,
            refused=meter.refused,
        )

    return tell


@contextmanager
def _bars() -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bars

    columns = (
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[pace]}", markup=False),
        TextColumn("{task.fields[what]}", markup=False),
    )
    with Bars(*columns, console=Console(stderr=True), transient=True) as bars:
        tasks: dict[str, TaskID] = {}
        meter = Meter()

        def tell(step: str, done: int, total: int, what: str) -> None:
            if step == COUNTS:
                meter.issues, meter.refused = done, total
                return
            if step == "done":
                return
            meter.enter(step)
            if step not in tasks:
                for earlier in tasks.values():
                    bars.update(earlier, completed=bars.tasks[earlier].total, what="", pace="")
                tasks[step] = bars.add_task(STEPS.get(step, step), total=total, what="", pace="")
            left = meter.left(done, total)
            pace = f"{meter.rate(done):.1f}/s, {show_time(left)} left" if left is not None and total > 1 else ""
            found = f"; {meter.found()}" if step == "read" else ""
            bars.update(tasks[step], completed=done, total=total, what=escape_controls(what)[-40:], pace=pace + found)

        yield tell
