"""The command ``kg``.  Each command is a small file; what they need is imported when they run, so that ``kg --help``
starts at once."""

from __future__ import annotations

import typer

from kg.cli.assets import assets
from kg.cli.build import build
from kg.cli.chart import chart
from kg.cli.coverage import coverage
from kg.cli.drift import drift
from kg.cli.evaluate import evaluate
from kg.cli.explain import explain
from kg.cli.export import export
from kg.cli.extract import extract
from kg.cli.info import info
from kg.cli.issues import issues
from kg.cli.merge import merge, split
from kg.cli.network import network
from kg.cli.publish import publish
from kg.cli.query import query
from kg.cli.registers import registers
from kg.cli.review import review
from kg.cli.rules import rules
from kg.cli.run import KgGroup, describe, run
from kg.cli.serve import serve
from kg.cli.shell import shell
from kg.cli.validate import validate

app = typer.Typer(
    name="kg",
    cls=KgGroup,
    no_args_is_help=True,
    add_completion=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

app.callback()(describe)
_MORE = (network, chart, shell, coverage, serve, publish, assets, review, merge, split, registers)
for command in (build, query, explain, info, issues, extract, export, validate, evaluate, drift, rules, *_MORE):
    app.command()(command)


def main() -> None:
    """Runs the command line and ends the process with its exit code."""
    run(app)
