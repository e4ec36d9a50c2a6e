"""``kg build``."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.common import Store, check_choice, counted, note, print_table, put, settings
from kg.cli.progress import log_line, open_log, put_json, show_progress
from kg.config import Config
from kg.errors import EXIT_DATA, StoreError, UsageError, escape_controls

if TYPE_CHECKING:
    from kg.pipeline import BuildPlan, BuildReport


def build(
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH...", readable=False, help="Papers, or folders of papers.")
    ],
    store: Store = None,
    workers: Annotated[
        int | None,
        typer.Option("--workers", metavar="N", min=1, help="How many papers are read at once (default: one a core)."),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option("--since", metavar="DATE", help="Only files changed on this day or later; it holds no others."),
    ] = None,
    include: Annotated[
        list[str] | None, typer.Option("--include", metavar="GLOB", help="Only files whose path or name is like this.")
    ] = None,
    exclude: Annotated[
        list[str] | None, typer.Option("--exclude", metavar="GLOB", help="No files whose path or name is like this.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be read; write nothing.")] = False,
    full: Annotated[bool, typer.Option("--full", help="Make the graph anew instead of changing it in parts.")] = False,
    verify: Annotated[
        bool, typer.Option("--verify", help="Open every file, however unchanged the file system says that it is.")
    ] = False,
    allow_empty: Annotated[
        bool, typer.Option("--allow-empty", help="Let papers without facts take the place of a graph that has some.")
    ] = False,
    engine: Annotated[
        str, typer.Option("--engine", metavar="NAME", help="Who reads papers: local (processes here) or dask.")
    ] = "local",
    scheduler: Annotated[
        str | None, typer.Option("--scheduler", metavar="URL", help="The Dask scheduler, such as tcp://host:8786.")
    ] = None,
    store_url: Annotated[
        str | None,
        typer.Option("--store-url", metavar="URL", help="Then load the graph into a server (Graph Store Protocol)."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Progress and result as JSON, one object a line.")] = False,
    log: Annotated[Path | None, typer.Option("--log", metavar="FILE", help="Add a line for each step to FILE.")] = None,
) -> None:
    """Build the graph from papers.

    The graph is made of these papers alone and takes the place of the one before when it is whole and valid; papers
    that have not changed are not read again. Ends with what was read, what was found, and what was refused and why.
    The exit code is 1 where a file was refused, though the graph holds the others.

    \b
    Example:
      kg build data/documents
      kg build papers/2023 papers/extra.html --store my-graph
      kg build papers --exclude '*.zip' --since 2024-01-01 --dry-run
    """
    from kg.pipeline import Cluster, Options, Selection, plan_build
    from kg.pipeline import build as build_graph

    config = settings(store)
    config = config if workers is None else replace(config, workers=workers)
    selection = Selection(_day(since), tuple(include or ()), tuple(exclude or ()))
    check_choice(engine, ("local", "dask"), "--engine")
    if (engine == "dask") != (scheduler is not None):
        raise UsageError("--engine dask and --scheduler go together", hint="--engine dask --scheduler tcp://host:8786")
    cluster = Cluster(scheduler) if scheduler is not None else None
    options = Options(selection, full=full, verify=verify, allow_empty=allow_empty, cluster=cluster)
    if dry_run:
        _show_plan(plan_build(paths, config, options=options), as_json)
        return
    before = _graphs_of(config) if store_url is not None else set()
    with show_progress(as_json=as_json, log=log) as progress:
        report = build_graph(paths, config, now=_now(), progress=progress, options=options)
    if log is not None:
        _log(report, log)
    if store_url is not None:
        _publish(config, store_url, before)
    waiting = _list_waiting(config)
    if as_json:
        _put_json(report, waiting)
    else:
        _show(report, waiting)
    if report.refused:
        raise typer.Exit(EXIT_DATA)


def _list_waiting(config: Config) -> list[str]:
    """A line for each judgement in the file that takes no effect, since an IRI in it is nowhere in the graph."""
    from kg.cli.judging import tell_waiting
    from kg.graph.store import open_graph
    from kg.resolve.judgefile import read_rulings

    rulings = read_rulings(config.identity, config.base)
    if not rulings:
        return []
    with open_graph(config.store) as graph:
        return tell_waiting(graph.store, rulings)


def _graphs_of(config: Config) -> set[str]:
    """The ids of the papers of the graph in use."""
    from kg.graph.store import open_graph

    try:
        with open_graph(config.store) as graph:
            return {paper.id for paper in graph.manifest.papers}
    except StoreError:
        return set()


def _publish(config: Config, url: str, before: set[str]) -> None:
    from kg.graph.evidence import document_path
    from kg.graph.remote import publish_store
    from kg.graph.store import open_graph

    with open_graph(config.store) as graph:
        gone = before - {paper.id for paper in graph.manifest.papers}
        count = publish_store(graph.store, url, config.base, [config.base + document_path(d) for d in gone])
    note(f"kg: {counted(count, 'graph', 'graphs')} put into {url}")


def _day(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        return datetime.strptime(text, "%Y-%m-%d").astimezone()
    except ValueError:
        raise UsageError(f"--since is {text!r}", hint="give a day, such as 2024-01-31") from None


_LISTS = ("new", "changed", "again", "retried", "unchanged", "unreadable", "gone")


def _show_plan(plan: BuildPlan, as_json: bool) -> None:
    if as_json:
        lists = {name: list(getattr(plan, name)) for name in _LISTS}
        renamed = [{"from": old, "to": new} for old, new in plan.renamed]
        put_json("plan", **lists, renamed=renamed, reasons=dict(plan.reasons))
        return
    for name in _LISTS:
        for path in getattr(plan, name) if name != "unchanged" else ():
            put(f"{name}\t{escape_controls(path)}\n")
    for old, new in plan.renamed:
        put(f"renamed\t{escape_controls(old)}\t{escape_controls(new)}\n")
    for line in _tell_again(plan.reasons):
        note(f"kg: to be read again: {line}")
    if plan.retried:
        refused = counted(len(plan.retried), "file was refused and is", "files were refused and are")
        note(f"kg: {refused} tried again")
    counts = ", ".join(f"{len(getattr(plan, name))} {name}" for name in (*_LISTS, "renamed"))
    note(f"kg: {counts}; nothing was written")


def _tell_again(again: Iterable[tuple[str, int]]) -> list[str]:
    """A line for each reason why papers are read again: "12 papers, since register organisations.csv changed"."""
    return [f"{counted(number, 'paper', 'papers')}, since {reason}" for reason, number in again]


def _log(report: BuildReport, log: Path) -> None:
    with open_log(log) as file:
        for refusal in report.refused:
            log_line(file, f"refused {refusal.path}: {refusal.code}: {refusal.reason}")
        for line in _tell_again(report.again):
            log_line(file, f"read again: {line}")
        steps = ", ".join(f"{step} {seconds:.1f} s" for step, seconds in report.seconds)
        holds = f"{counted(report.read, 'paper', 'papers')}, {counted(report.claims, 'fact', 'facts')}"
        log_line(file, f"built {report.directory}: {holds}; {steps}")


def _put_json(report: BuildReport, waiting: list[str]) -> None:
    for refusal in report.refused:
        put_json("refused", path=refusal.path, code=refusal.code, reason=refusal.reason)
    put_json(
        "built",
        directory=str(report.directory),
        papers=report.read,
        unchanged=report.reused,
        again=dict(report.again),
        not_parsed_again=report.kept,
        refused=len(report.refused),
        gone=list(report.gone),
        withheld_unknown=list(report.idle),
        judgements_waiting=waiting,
        facts=report.claims,
        quads=report.quads,
        entities=report.entities,
        issues=report.issues,
        seconds={step: round(seconds, 3) for step, seconds in report.seconds},
    )


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


def _show(report: BuildReport, waiting: list[str]) -> None:
    from kg.issues import CODES
    from kg.query import Column, Table

    rows: list[tuple[str, int, str]] = [
        (
            "papers read",
            report.read,
            f"{report.reused} of them unchanged since the last build" if report.reused else "",
        ),
        *(("read again", number, f"since {reason}") for reason, number in report.again),
        ("facts", report.claims, "each with the words that it rests on"),
        ("statements in the graph", report.quads, ""),
    ]
    rows += [(name, count, "") for name, count in _things(report)]
    rows += [(f"issue: {code}", count, CODES.get(code, "")) for code, count in report.issues.items()]
    twice = "under another name, read once; kg issues --code same_file lists them"
    rows += [("same file again", len(report.duplicates), twice)] if report.duplicates else []
    rows += [("refused", len(report.refused), "")] if report.refused else []
    left_out = len(set(report.manifest.withheld) - set(report.idle))
    rows += [("gone", len(report.gone), "files of the graph before that are not in this one")] if report.gone else []
    rows += [("withheld", left_out, "left out, as withhold.yaml wants it")] if left_out else []
    put(f"Graph built in {escape_controls(str(report.directory))}\n\n")
    print_table(Table((Column("what"), Column("number", "integer"), Column("note")), tuple(rows)))
    if report.issues:
        put("\nkg issues lists them with their words; kg info names the papers.\n")
    for listed in report.idle:
        note(f"kg: warning: withhold.yaml lists {listed!r}, which is nowhere in the papers: check the spelling")
    for line in waiting:
        note(f"kg: warning: judgements on {line}; check the spelling")
    if report.gone:
        few = ", ".join(report.gone[:3]) + (", …" if len(report.gone) > 3 else "")
        note(
            f"kg: {counted(len(report.gone), 'file', 'files')} of the graph before left out of this one ({few}): the "
            "graph is made of the papers that are named and that --since, --include and --exclude leave"
        )
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
