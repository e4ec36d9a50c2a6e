"""``kg chart``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.common import Store, note, open_store
from kg.cli.complete import Params, complete_chart
from kg.cli.query import parse_params, read_base, tell_rest
from kg.errors import EXIT_DATA, UsageError, refusing


def chart(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="A prepared question with a picture.", autocompletion=complete_chart)
    ],
    params: Params = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="A .svg or .png file (default: NAME.svg).")
    ] = None,
    store: Store = None,
) -> None:
    """Draw the answer to a prepared question: bars, lines, a timeline or a lineage.

    kg query --list --format json tells which questions have a picture. The words are Swedish, and nothing is told by
    colour alone.

    \b
    Example:
      kg chart receivers
      kg chart lineage -p project='AI.ALL*' -o lineage.png
    """
    from kg.query import execute, prepare
    from kg.query.charts import check_picture, draw_chart

    given = parse_params(params or [])
    prepared = prepare(name, given, base=lambda: read_base(store))
    assert prepared.question is not None
    path = output or Path(f"{prepared.name}.svg")
    check_picture(prepared.question, path)
    with open_store(store) as graph:
        table = execute(graph.store, prepared)
        if tell_rest(graph.store, prepared, table, given, quiet=False):
            raise typer.Exit(EXIT_DATA)
    with refusing("the file cannot be written", path, "name another", UsageError):
        draw_chart(prepared.question, table, path)
    note(f"wrote {path}")
