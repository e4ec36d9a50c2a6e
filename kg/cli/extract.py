"""``kg extract``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.common import check_choice, counted, note, print_table, put, settings
from kg.cli.progress import show_progress
from kg.errors import EXIT_DATA, UsageError

if TYPE_CHECKING:
    from kg.config import Config
    from kg.graph.manifest import Refusal
    from kg.model import Extraction
    from kg.query import Table

FORMATS = ("jsonl", "table", "turtle")


def extract(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", readable=False, help="Papers, or folders of papers.")
    ],
    form: Annotated[str, typer.Option("--format", "-f", metavar="FORMAT", help="jsonl, table or turtle.")] = "jsonl",
    ledger: Annotated[
        bool, typer.Option("--ledger", help="List every amount, date and number with what became of it instead.")
    ] = False,
) -> None:
    """Print the facts that papers state, without building a graph.

    jsonl prints one JSON object a line for each paper, table a line for each decision, turtle the merged facts of all
    the papers. A file that cannot be read is named on standard error, the others are printed, and the exit code is 1.

    \b
    Example:
      kg extract data/documents/*.txt --format table
      kg extract minutes.txt --ledger
    """
    check_choice(form, FORMATS, "--format")
    if ledger and form == "turtle":
        raise UsageError("the ledger cannot be written as turtle", where="kg extract", hint="--format jsonl or table")
    config = settings(None)
    records, refused = read_papers(files, config)
    for refusal in refused:
        note(f"kg: {refusal.path}: {refusal.reason}")
    extractions = [extraction for _, extraction in records]
    if ledger:
        _put_ledger(extractions, form)
    elif form == "jsonl":
        put("".join(json.dumps(record, ensure_ascii=False) + "\n" for record, _ in records))
    elif form == "table":
        print_table(_decisions([record for record, _ in records]))
    elif form == "turtle":
        _put_turtle(extractions, config)
    if refused:
        note(f"kg: {counted(len(refused), 'file', 'files')} could not be read")
        raise typer.Exit(EXIT_DATA)


def read_papers(paths: list[Path], config: Config) -> tuple[list[tuple[dict[str, Any], Extraction]], list[Refusal]]:
    """The record and the extraction of each paper, in the order of their paths, and the files that were refused.

    The records know which other paper of the run reports the same decision."""
    from kg.extract import record
    from kg.model import Extraction
    from kg.pipeline import extract_paths
    from kg.resolve import same_decisions

    found: list[Extraction] = []
    refused: list[Refusal] = []
    with show_progress() as progress:
        for result in extract_paths(paths, config, progress=progress):
            if isinstance(result, Extraction):
                found.append(result)
            else:
                refused.append(result)
    same = same_decisions(found)
    records = []
    for extraction in found:
        other = same.get(extraction.document)
        records.append((record(extraction, same_decision_as=Path(other).stem if other else None), extraction))
    return records, refused


def _decisions(records: list[dict[str, Any]]) -> Table:
    from kg.query import Column, Table

    columns = (
        Column("paper"),
        Column("project"),
        Column("outcome"),
        Column("amount_sek", "integer", "SEK"),
        Column("date", "date"),
        Column("diary_number"),
        Column("authority"),
        Column("deciding_body"),
        Column("beneficiary"),
    )
    names = [c.name for c in columns[1:]]
    rows = [
        (Path(record["document"]).name, *(decision[name] for name in names))
        for record in records
        for decision in record["decisions"]
    ]
    return Table(columns, tuple(rows))


def _put_ledger(extractions: list[Extraction], form: str) -> None:
    from kg.query import Column, Table

    names = ("paper", "kind", "quote", "start", "end", "fate", "reason")
    rows = [
        (extraction.source, entry.kind, entry.quote, entry.start, entry.end, entry.fate, entry.reason)
        for extraction in extractions
        for entry in extraction.ledger
    ]
    if form == "jsonl":
        put("".join(json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False) + "\n" for row in rows))
        return
    kinds = {"start": "integer", "end": "integer"}
    print_table(Table(tuple(Column(name, kinds.get(name, "text")) for name in names), tuple(rows)))


def _put_turtle(extractions: list[Extraction], config: Config) -> None:
    import sys

    from kg.export import export_graph
    from kg.graph.map import quads
    from kg.graph.store import memory_store
    from kg.pipeline import default_stages
    from kg.resolve import resolve

    registers = default_stages(config).registers
    resolution = resolve(extractions, registers, base=config.base)
    store = memory_store(quads(resolution, extractions, registers, base=config.base))
    export_graph(store, "turtle", sys.stdout.buffer)
