"""``kg evaluate``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.common import check_choice, counted, note, put, put_table, settings
from kg.cli.extract import read_papers
from kg.errors import EXIT_DATA, UsageError

if TYPE_CHECKING:
    from kg.evaluate import Count, PairReport, Report
    from kg.query import Table

FORMATS = ("table", "csv", "tsv", "json", "md")


def evaluate(
    gold: Annotated[
        Path | None, typer.Argument(metavar="GOLD_DIR", help="A folder with NAME.json for each NAME.txt.")
    ] = None,
    documents: Annotated[
        list[Path] | None, typer.Argument(metavar="DOCUMENT...", readable=False, help="Papers, or folders of papers.")
    ] = None,
    pairs: Annotated[
        Path | None, typer.Option("--pairs", metavar="FILE", help="Measure identity on a CSV file of labelled pairs.")
    ] = None,
    errors: Annotated[
        bool, typer.Option("--errors", help="List every fact that is missing, spurious or wrong.")
    ] = False,
    form: Annotated[
        str, typer.Option("--format", "-f", metavar="FORMAT", help="table, csv, tsv, json or md.")
    ] = "table",
) -> None:
    """Measure extraction against gold facts, or identity against labelled pairs.

    Gives precision, recall and F1 by field; a fact is a project with a field and its value. With --pairs: whether
    resolution holds two names for one thing, by kind and tier, and B-cubed over the clusters.

    \b
    Example:
      kg evaluate data/gold data/documents
      kg evaluate data/gold data/documents --errors --format json
      kg evaluate --pairs data/pairs/identity.csv --errors
    """
    from kg.evaluate import evaluate as measure

    check_choice(form, FORMATS, "--format")
    if pairs is not None:
        if gold is not None or documents:
            raise UsageError("--pairs stands alone", hint="leave GOLD_DIR and DOCUMENT out")
        _evaluate_pairs(pairs, errors, form)
        return
    if gold is None or not documents:
        raise UsageError("GOLD_DIR and DOCUMENT are missing", hint="kg evaluate GOLD_DIR DOCUMENT..., or --pairs FILE")
    records, refused = read_papers(documents, settings(None))
    report = measure(gold, [record for record, _ in records])
    if form == "json":
        put(json.dumps(_as_json(report, errors), ensure_ascii=False, indent=1) + "\n")
    else:
        put_table(_figures(report), form)
        if errors:
            put("\n")
            put_table(_errors(report), form)
    for refusal in refused:
        note(f"kg: {refusal.path}: {refusal.reason}")
    note(f"{counted(len(report.documents), 'paper', 'papers')}, {counted(len(report.errors), 'error', 'errors')}")
    if refused:
        raise typer.Exit(EXIT_DATA)


def _figures(report: Report) -> Table:
    from kg.query import Column, Table

    columns = (
        Column("field"),
        *(Column(name, "decimal") for name in ("precision", "recall", "f1")),
        *(Column(name, "integer") for name in ("gold", "missing", "spurious")),
    )
    rows = [_row(name, count) for name, count in sorted(report.fields.items())]
    return Table(columns, (*rows, _row("all", report.total)))


def _row(name: str, count: Count) -> tuple[Any, ...]:
    figures = (_rounded(value) for value in (count.precision, count.recall, count.f1))
    return (name, *figures, count.gold, count.missing, count.spurious)


def _rounded(value: float) -> Any:
    from decimal import Decimal

    return Decimal(f"{value:.3f}")


def _errors(report: Report) -> Table:
    from kg.query import Column, Table

    columns = tuple(Column(name) for name in ("document", "field", "error", "note"))
    return Table(columns, tuple(_listed(report)))


def _listed(report: Report) -> Iterator[tuple[str, str, str, str]]:
    for error in report.errors:
        yield error.document, error.field, error.kind, error.note


def _as_json(report: Report, errors: bool) -> dict[str, Any]:
    table = report.as_dict()
    if errors:
        names = ("document", "field", "error", "note")
        table["errors"] = [dict(zip(names, row, strict=True)) for row in _listed(report)]
    return table


def _evaluate_pairs(path: Path, errors: bool, form: str) -> None:
    from kg.evaluate import measure_pairs, read_pairs
    from kg.query import Column, Table
    from kg.registers import load_registers

    config = settings(None)
    report = measure_pairs(read_pairs(path), load_registers(config.registers, config.own_registers))
    missed = [
        (m.pair.line, m.pair.left.kind, m.pair.left.name, m.pair.right.name, _label(m.pair.same), m.verdict, m.reason)
        for m in report.misses
    ]
    names = ("line", "kind", "left", "right", "label", "verdict", "reason")
    if form == "json":
        table = report.as_dict()
        if errors:
            table["errors"] = [dict(zip(names, row, strict=True)) for row in missed]
        put(json.dumps(table, ensure_ascii=False, indent=1) + "\n")
    else:
        put_table(_pair_figures(report), form)
        if errors:
            put("\n")
            columns = (Column("line", "integer"), *(Column(name) for name in names[1:]))
            put_table(Table(columns, tuple(missed)), form)
    note(f"{counted(report.pairs, 'pair', 'pairs')}, {counted(len(report.misses), 'error', 'errors')}")


def _label(same: bool) -> str:
    return "same" if same else "different"


def _pair_figures(report: PairReport) -> Table:
    from kg.query import Column, Table

    columns = (
        Column("part"),
        *(Column(name, "decimal") for name in ("precision", "recall", "f1")),
        *(Column(name, "integer") for name in ("same", "missed", "wrong")),
    )
    parts = {**report.by_kind, **report.by_tier, "all": report.total}
    rows = [_row(name, count) for name, count in parts.items()]
    cubed = ("B-cubed", *map(_rounded, (*report.cubed, report.cubed_f1)), None, None, None)
    return Table(columns, (*rows, cubed))
