"""``kg drift``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.common import TABLE_FORMATS, check_choice, counted, note, put, put_table, settings
from kg.collector import settled
from kg.errors import EXIT_DATA, ReadError, UsageError

if TYPE_CHECKING:
    from kg.config import Config
    from kg.forms import Catalogue, FormReader, Verdict
    from kg.query import Table


def drift(
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH...", readable=False, help="Papers, or folders of papers.")
    ],
    known: Annotated[
        Path | None,
        typer.Option("--known", metavar="DIR", help="A folder of papers whose forms are known to be read well."),
    ] = None,
    store: Annotated[
        Path | None,
        typer.Option("--store", metavar="DIR", help="A graph directory: the forms of its papers count too."),
    ] = None,
    form: Annotated[
        str, typer.Option("--format", "-f", metavar="FORMAT", help="table, csv, tsv, json or md.")
    ] = "table",
) -> None:
    """Tell which papers are of a form not seen before, and what is missing.

    Each paper is known, moved (of a form or body seen before, but something that its papers carry is missing or was
    not understood) or of an unknown form. The exit code is 0 where all are known, else 1.

    \b
    Example:
      kg drift papers
      kg drift new-minutes.txt --known papers/2023 --format json
    """
    from kg.forms import FormReader, judge

    check_choice(form, TABLE_FORMATS, "--format")
    if known is not None and store is not None:
        raise UsageError("--known and --store cannot be named together", where="kg drift", hint="name one of them")
    config = settings(store)
    reader = FormReader(config.registers, config.file_limit)
    catalogue = _seen(reader, known, store, config)
    verdicts: list[Verdict] = []
    refused = 0
    with settled():
        for path in _collect(paths):
            try:
                fingerprint = reader.read(path)
            except ReadError as error:
                note(f"kg: {error.message}")
                refused += 1
                continue
            # The store's own reading of the paper proves nothing; papers that a person chose to be known do.
            others = catalogue.unproven_without(fingerprint.document)
            verdicts.append(judge(fingerprint, others))
    if form == "json":
        put(json.dumps([_as_json(v) for v in verdicts], ensure_ascii=False, indent=1) + "\n")
    else:
        put_table(_table(verdicts), form)
    count = {name: sum(v.verdict == name for v in verdicts) for name in ("known", "moved", "unknown form")}
    note(f"{counted(len(verdicts), 'paper', 'papers')}: " + ", ".join(f"{n} {name}" for name, n in count.items()))
    if refused:
        note(f"kg: {counted(refused, 'file', 'files')} could not be read")
    if refused or count["known"] < len(verdicts):
        raise typer.Exit(EXIT_DATA)


def _collect(paths: list[Path]) -> list[Path]:
    from kg.pipeline import collect_papers

    return collect_papers(paths)


def _seen(reader: FormReader, known: Path | None, store: Path | None, config: Config) -> Catalogue:
    """The forms of the package, with those of the user."""
    from kg.forms import Catalogue, load_catalogue, read_shards, to_known

    catalogue = load_catalogue()
    if known is not None:
        papers = []
        if not known.exists():
            raise UsageError("there is no such folder", where=str(known), hint="name a folder of papers with --known")
        for path in _collect([known]):
            try:
                papers.append(to_known(reader.read(path)))
            except ReadError as error:
                note(f"kg: {error.message}")
        catalogue += Catalogue(papers)
    if store is not None:
        catalogue += Catalogue(to_known(f) for f in read_shards(config.store))
    return catalogue


def _as_json(verdict: Verdict) -> dict[str, Any]:
    paper = verdict.fingerprint
    return {
        "paper": paper.source,
        "verdict": verdict.verdict,
        "similarity": verdict.similarity,
        "nearest": verdict.nearest.name if verdict.nearest else None,
        "form": paper.form,
        "authority": paper.authority,
        "deciding_body": paper.body,
        "missing": [{"code": f.code, "what": f.missing, "try": f.hint} for f in verdict.findings],
        "anchors": sorted(paper.anchors),
    }


def _table(verdicts: list[Verdict]) -> Table:
    from kg.query import Column, Table

    columns = (
        Column("paper"),
        Column("verdict"),
        Column("similarity", "decimal"),
        *(Column(name) for name in ("nearest", "form", "missing", "try")),
    )
    return Table(columns, tuple(row for verdict in verdicts for row in _rows(verdict)))


def _rows(verdict: Verdict) -> Iterator[tuple[Any, ...]]:
    """A row for each thing that is missing."""
    paper = verdict.fingerprint
    likeness = Decimal(f"{verdict.similarity:.2f}")
    nearest = verdict.nearest.name if verdict.nearest else None
    head = (paper.source, verdict.verdict, likeness, nearest, paper.form)
    if not verdict.findings:
        yield (*head, None, None)
    for finding in verdict.findings:
        yield (*head, finding.missing, finding.hint)
