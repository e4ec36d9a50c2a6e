"""``kg validate``."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli.common import TABLE_FORMATS, Format, Store, check_choice, counted, note, open_store, put_table
from kg.errors import EXIT_DATA

# The store is read in parts of so many statements, so that a large one is not held in memory.
AT_ONCE = 50_000


def validate(
    thorough: Annotated[
        bool, typer.Option("--thorough", help="Let a second, independent engine check the shapes too; slow.")
    ] = False,
    form: Format = "table",
    store: Store = None,
) -> None:
    """Check the graph against its shapes, its papers and its own sums.

    Every thing must fit the shape of its class and every fact have evidence; the quoted words must stand in the papers
    where the graph says, byte for byte; every derived fact, reconciliations and sums among them, must follow from the
    facts. Says in plain words what is wrong, and in which paper. A violation must not be published, and the exit code
    is 1; a warning is worth a look.

    \b
    Example:
      kg validate
      kg validate --thorough --format csv
    """
    from kg.graph.follow import check_derived
    from kg.graph.shapes import VIOLATION
    from kg.graph.validate import validate as check
    from kg.pipeline.verify import check_papers
    from kg.query import Column, Table

    check_choice(form, TABLE_FORMATS, "--format")
    with open_store(store) as graph:
        found = check(graph.store, thorough=thorough, at_once=AT_ONCE)
        found += check_derived(graph.store, graph.manifest.base)
        found += check_papers(graph)
    names = ("severity", "what", "thing", "paper", "try")
    rows = tuple((v.severity, v.what, v.entity, v.where, v.hint) for v in found)
    if rows or form != "table":
        put_table(Table(tuple(Column(name) for name in names), rows), form)
    violations = sum(v.severity == VIOLATION for v in found)
    warnings = counted(len(found) - violations, "warning", "warnings")
    note(f"{counted(violations, 'violation', 'violations')}, {warnings}")
    if violations:
        raise typer.Exit(EXIT_DATA)
