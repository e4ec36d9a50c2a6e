"""``kg rules``."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.common import TABLE_FORMATS, check_choice, put_table

if TYPE_CHECKING:
    from kg.query import Table


def rules(
    form: Annotated[
        str, typer.Option("--format", "-f", metavar="FORMAT", help="table, csv, tsv, json or md.")
    ] = "table",
) -> None:
    """List the extraction rules with their measured precision.

    Right and wrong are the claims of the rule on the labelled papers, from and to the 95 % interval that their count
    allows, confidence what each claim of the rule carries. A rule that made no claim there has no precision.

    \b
    Example:
      kg rules
      kg rules --format csv
    """
    check_choice(form, TABLE_FORMATS, "--format")
    put_table(_table(), form)


def _table() -> Table:
    from kg.evaluate.rules import RuleCount
    from kg.extract.rules import RULES, confidence_of, load_precisions
    from kg.query import Column, Table

    columns = (
        Column("rule"),
        Column("version", "integer"),
        Column("what"),
        *(Column(name, "integer") for name in ("right", "wrong")),
        *(Column(name, "decimal") for name in ("precision", "from", "to", "confidence")),
    )
    measured = load_precisions()
    rows = []
    for name, (version, what) in RULES.items():
        right, wrong = measured.get(name, (0, 0))
        count = RuleCount(right, wrong)
        low, high = count.interval()
        precision = _rounded(count.precision) if right + wrong else None
        confidence = _rounded(confidence_of(name))
        rows.append((name, version, what, right, wrong, precision, _rounded(low), _rounded(high), confidence))
    return Table(columns, tuple(rows))


def _rounded(value: float) -> Decimal:
    return Decimal(f"{value:.3f}")
