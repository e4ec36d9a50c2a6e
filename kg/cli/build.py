"""``kg build``."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.common import Store, counted, note, print_table, put, settings
from kg.cli.progress import show_progress
from kg.errors import EXIT_DATA, UsageError

if TYPE_CHECKING:
    from kg.pipeline import BuildReport


def build(
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH...", readable=False, help="Papers, or folders of papers.")
    ],
    store: Store = None,
    workers: Annotated[
        int | None,
        typer.Option("--workers", metavar="N", min=1, help="How many papers are read at once (default: one a core)."),
    ] = None,
) -> None:
    """Build the graph from papers.

    The graph is made of these papers alone and takes the place of the one before when it is whole and valid; papers
    that have not changed are not read again. Ends with what was read, what was found, and what was refused and why.
    The exit code is 1 where a file was refused, though the graph holds the others.

    \b
    Example:
      kg build data/documents
      kg build papers/2023 papers/extra.html --store my-graph
    """
    from kg.pipeline import build as build_graph

    config = settings(store)
    config = config if workers is None else replace(config, workers=workers)
    with show_progress() as progress:
        report = build_graph(paths, config, now=_now(), progress=progress)
    _show(report)
    if report.refused:
        raise typer.Exit(EXIT_DATA)


def _now() -> datetime:
    """The time of the build; ``SOURCE_DATE_EPOCH`` sets it where a build must give the same bytes again."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return datetime.now(UTC)
    try:
        return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError):
        raise UsageError(
            f"SOURCE_DATE_EPOCH is {epoch!r}", where="environment", hint="give seconds since 1970, or unset it"
        ) from None


def _show(report: BuildReport) -> None:
    from kg.issues import CODES
    from kg.query import Column, Table

    rows: list[tuple[str, int, str]] = [
        (
            "papers read",
            report.read,
            f"{report.reused} of them unchanged since the last build" if report.reused else "",
        ),
        ("facts", report.claims, "each with the words that it rests on"),
        ("statements in the graph", report.quads, ""),
    ]
    rows += [(name, count, "") for name, count in _things(report)]
    rows += [(f"issue: {code}", count, CODES.get(code, "")) for code, count in report.issues.items()]
    rows += [("same file again", len(report.duplicates), "")] if report.duplicates else []
    rows += [("refused", len(report.refused), "")] if report.refused else []
    put(f"Graph built in {report.directory}\n\n")
    print_table(Table((Column("what"), Column("number", "integer"), Column("note")), tuple(rows)))
    if report.issues:
        put("\nkg issues lists them with their words; kg info names the papers.\n")
    if not report.claims:
        note("kg: no facts were found in these papers; kg drift tells what they lack")
    for refusal in report.refused:
        note(f"kg: refused {refusal.path}: {refusal.reason}")
    if report.refused:
        note(f"kg: {counted(len(report.refused), 'file was', 'files were')} refused; the graph holds the others")


def _things(report: BuildReport) -> list[tuple[str, int]]:
    names = {
        "Project": "projects",
        "Decision": "proposals and decisions",
        "FinancingLine": "financing lines",
        "Organisation": "organisations",
        "Board": "boards",
    }
    return [(names[kind], report.entities[kind]) for kind in names if kind in report.entities]
