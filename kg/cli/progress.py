"""How far a long job has come: a bar on a terminal, a line now and then elsewhere.  On standard error."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.pipeline import Progress

# Step of the pipeline -> what it is called.
STEPS = {
    "read": "reading papers",
    "resolve": "resolving names",
    "load": "loading the graph",
    "validate": "validating",
    "done": "done",
}
_LINES = 10


@contextmanager
def show_progress() -> Iterator[Progress]:
    """A Progress for the pipeline."""
    if sys.stderr.isatty():
        with _bars() as bars:
            yield bars
    else:
        yield _lines()


def _lines() -> Progress:
    said: set[tuple[str, int]] = set()

    def tell(step: str, done: int, total: int, what: str) -> None:
        # About ten lines for each step, however many papers there are.
        part = done * _LINES // total if total else 0
        if step == "done" or (step, part) in said:
            return
        said.add((step, part))
        count = f" {done}/{total}" if total > 1 else ""
        print(f"{STEPS.get(step, step)}{count}", file=sys.stderr, flush=True)

    return tell


@contextmanager
def _bars() -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bars

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[what]}", markup=False),
    )
    with Bars(*columns, console=Console(stderr=True), transient=True) as bars:
        tasks: dict[str, TaskID] = {}

        def tell(step: str, done: int, total: int, what: str) -> None:
            if step == "done":
                return
            if step not in tasks:
                for earlier in tasks.values():
                    bars.update(earlier, completed=bars.tasks[earlier].total, what="")
                tasks[step] = bars.add_task(STEPS.get(step, step), total=total, what="")
            bars.update(tasks[step], completed=done, total=total, what=what[-40:])

        yield tell
