"""``kg issues``."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.common import TABLE_FORMATS, Format, Store, check_choice, counted, note, open_store, put_table
from kg.cli.coverage import UNKNOWN, list_acts
from kg.issues import kind_of

if TYPE_CHECKING:
    from kg.graph.store import GraphStore


def issues(
    kind: Annotated[
        str | None,
        typer.Option("--kind", metavar="KIND", help="not-read, not-used, contradictory, unsure or noted."),
    ] = None,
    code: Annotated[
        str | None, typer.Option("--code", metavar="CODE", help="Only issues of this code, such as sum_mismatch.")
    ] = None,
    paper: Annotated[
        str | None, typer.Option("--paper", metavar="GLOB", help="Only of papers whose path is like this.")
    ] = None,
    body: Annotated[
        str | None, typer.Option("--body", metavar="NAME", help="Only of papers that report acts of this authority.")
    ] = None,
    form: Format = "table",
    store: Store = None,
) -> None:
    """List what was not read, not used, contradictory or unsure.

    Files that were refused, what was read in papers and could not be used or does not add up, values on which papers
    disagree, and names that may be one: each with its kind, the paper, the authorities whose acts the paper reports,
    the words and their place.

    \b
    Example:
      kg issues
      kg issues --kind contradictory --body 'Region Norrbotten'
      kg issues --code amount_unassigned --format csv
    """
    from kg.issues import CODES, KINDS
    from kg.query import Column, Table

    check_choice(form, TABLE_FORMATS, "--format")
    if code is not None:
        check_choice(code, CODES, "--code")
    if kind is not None:
        check_choice(kind, KINDS, "--kind")
    names = ("kind", "code", "paper", "body", "message", "quote")
    columns = (*(Column(name) for name in names), Column("start", "integer"))

    def is_wanted(row: tuple[Any, ...]) -> bool:
        return (
            kind in (None, row[0])
            and code in (None, row[1])
            and (paper is None or fnmatchcase(row[2], paper))
            and (body is None or body.casefold() in (b.casefold() for b in row[3].split("; ")))
        )

    with open_store(store) as graph:
        rows = tuple(sorted((row for row in _list_issues(graph) if is_wanted(row)), key=_order))
    if rows or form != "table":
        put_table(Table(columns, rows), form)
    note(counted(len(rows), "issue", "issues"))


def _order(row: tuple[Any, ...]) -> tuple[Any, ...]:
    return row[2], row[6] if row[6] is not None else -1, row[1], row[4]


def _list_issues(graph: GraphStore) -> Iterator[tuple[Any, ...]]:
    bodies: dict[str, set[str]] = {}
    for act in list_acts(graph):
        if act.body != UNKNOWN:
            bodies.setdefault(act.document, set()).add(act.body)
    for refusal in graph.manifest.refused:
        yield kind_of(refusal.code), refusal.code, refusal.path, "", refusal.reason, "", None
    for issue in graph.issues():
        of = "; ".join(sorted(bodies.get(issue.document, ())))
        start = issue.start if issue.quote else None
        yield kind_of(issue.code), issue.code, issue.path, of, issue.message, issue.quote, start
