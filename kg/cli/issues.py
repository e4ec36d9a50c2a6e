"""``kg issues``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.common import TABLE_FORMATS, Format, Store, check_choice, counted, note, open_store, put_table
from kg.errors import StoreError

if TYPE_CHECKING:
    from kg.graph.store import GraphStore


def issues(
    code: Annotated[
        str | None, typer.Option("--code", metavar="CODE", help="Only issues of this kind, such as sum_mismatch.")
    ] = None,
    form: Format = "table",
    store: Store = None,
) -> None:
    """List what was read in the papers and could not be used or does not add up.

    Each with its kind, the paper, the words and their place, for the papers that the graph was built from. What papers
    say against each other is counted by 'kg info'.

    \b
    Example:
      kg issues
      kg issues --code amount_unassigned --format csv
    """
    from kg.issues import CODES
    from kg.query import Column, Table

    check_choice(form, TABLE_FORMATS, "--format")
    if code is not None:
        check_choice(code, CODES, "--code")
    columns = (*(Column(name) for name in ("paper", "code", "message", "quote")), Column("start", "integer"))
    with open_store(store) as graph:
        rows = tuple(row for row in _list_issues(graph) if code in (None, row[1]))
    if rows or form != "table":
        put_table(Table(columns, rows), form)
    note(counted(len(rows), "issue", "issues"))


def _list_issues(graph: GraphStore) -> Iterator[tuple[Any, ...]]:
    from kg.graph.store import SHARDS
    from kg.shards import ShardError, load_shard

    for paper in sorted(graph.manifest.papers, key=lambda p: p.source):
        if not paper.issues:
            continue
        path: Path = graph.directory / SHARDS / f"{paper.id}.json"
        try:
            extraction, _ = load_shard(path.read_text(encoding="utf-8", errors="surrogatepass"))
        except (OSError, UnicodeDecodeError, ShardError) as error:
            raise StoreError(
                f"what the paper says cannot be read ({getattr(error, 'strerror', None) or error})",
                where=str(path),
                hint="build the graph again: kg build PATH...",
            ) from error
        for issue in extraction.issues:
            yield paper.source, issue.code, issue.message, issue.quote, issue.start
