"""``kg issues``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.common import TABLE_FORMATS, Format, Store, check_choice, counted, note, open_store, put_table
from kg.cli.coverage import UNKNOWN, list_acts
from kg.cli.papernames import is_like, tell_unknown
from kg.issues import kind_of

if TYPE_CHECKING:
    from kg.graph.manifest import Manifest
    from kg.graph.store import GraphStore


_COPY, _AGAIN = "nearly_same_text", "same_file"
_COPIES = """
SELECT ?left ?right ?reason WHERE { GRAPH ?graph {
  ?judgement a bg:Judgement ; bg:left ?left ; bg:right ?right ; bg:reason ?reason ; bg:verdict ?verdict .
  FILTER(STRSTARTS(?left, "document/") && ?verdict IN ("same", "undecided"))
} }
"""


def issues(
    kind: Annotated[
        str | None,
        typer.Option("--kind", metavar="KIND", help="not-read, not-used, contradictory, unsure or noted."),
    ] = None,
    code: Annotated[
        str | None, typer.Option("--code", metavar="CODE", help="Only issues of this code, such as sum_mismatch.")
    ] = None,
    paper: Annotated[
        str | None,
        typer.Option(
            "--paper",
            metavar="GLOB",
            help="Only of papers whose path, or the end of it, is like this; of copies, either.",
        ),
    ] = None,
    body: Annotated[
        str | None, typer.Option("--body", metavar="NAME", help="Only of papers that report acts of this authority.")
    ] = None,
    form: Format = "table",
    store: Store = None,
) -> None:
    """List what was not read, not used, contradictory or unsure.

    Files that were refused, what was read in papers and could not be used or does not add up, values on which papers
    disagree, names that may be one, papers with nearly the same text, and files that are there twice: each with its
    kind, the paper, the authorities whose acts the paper reports, the words and their place.

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

    def is_wanted(row: tuple[Any, ...], other: str) -> bool:
        return (
            kind in (None, row[0])
            and code in (None, row[1])
            and (paper is None or is_like(row[2], paper) or (other != "" and is_like(other, paper)))
            and (body is None or body.casefold() in (b.casefold() for b in row[3].split("; ")))
        )

    with open_store(store) as graph:
        rows = tuple(sorted((row for row, other in _list_issues(graph) if is_wanted(row, other)), key=_order))
        unknown = []
        if paper is not None and not rows:
            unknown.append(tell_unknown(_list_paths(graph.manifest), paper))
        if body is not None and not rows:
            unknown.append(_say_unknown_body(graph, body))
    for line in filter(None, unknown):
        note(f"kg: {line}")
    if rows or form != "table":
        put_table(Table(columns, rows), form)
    note(counted(len(rows), "issue", "issues"))


def _list_paths(manifest: Manifest) -> Iterator[str]:
    """The paths of all that the build was given."""
    for paper in manifest.papers:
        yield paper.source
        yield from paper.also
    yield from (refusal.path for refusal in manifest.refused)


def _say_unknown_body(graph: GraphStore, body: str) -> str:
    """That no paper reports acts of an authority of this name, with the closest names; empty where one does."""
    from difflib import get_close_matches

    names = {act.body.casefold(): act.body for act in list_acts(graph) if act.body != UNKNOWN}
    if body.casefold() in names:
        return ""
    close = [names[key] for key in get_close_matches(body.casefold(), sorted(names), 3, 0.6)]
    more = f"; closest: {', '.join(close)}" if close else "; kg coverage --by body lists them"
    return f"no paper reports acts of an authority {body!r}{more}"


def _list_copies(graph: GraphStore) -> Iterator[tuple[str, str, str]]:
    """Pairs of papers with nearly the same text that may be one: the document of the one, that of the other, and why
    they are held to be so or not."""
    from kg.terms import PREFIXES

    found = graph.store.query(_COPIES, prefixes=PREFIXES)
    for left, right, reason in found:  # type: ignore[misc, union-attr]
        yield right.value.removeprefix("document/"), left.value.removeprefix("document/"), reason.value


def _order(row: tuple[Any, ...]) -> tuple[Any, ...]:
    return row[2], row[6] if row[6] is not None else -1, row[1], row[4]


def _list_issues(graph: GraphStore) -> Iterator[tuple[tuple[Any, ...], str]]:
    """Each issue as a row, with the path of the other paper where it is about two."""
    bodies: dict[str, set[str]] = {}
    for act in list_acts(graph):
        if act.body != UNKNOWN:
            bodies.setdefault(act.document, set()).add(act.body)

    def of(document: str) -> str:
        return "; ".join(sorted(bodies.get(document, ())))

    for refusal in graph.manifest.refused:
        yield (kind_of(refusal.code), refusal.code, refusal.path, "", refusal.reason, "", None), ""
    for issue in graph.issues():
        start = issue.start if issue.quote else None
        head = (kind_of(issue.code), issue.code, issue.path, of(issue.document))
        yield (*head, issue.message, issue.quote, start), ""
    paths = {paper.id: paper.source for paper in graph.manifest.papers}
    for document, twin, reason in _list_copies(graph):
        path, other = paths.get(document, document), paths.get(twin, twin)
        message = f"nearly the same text as {other}: {reason}"
        yield (kind_of(_COPY), _COPY, path, of(document), message, "", None), other
    for paper in graph.manifest.papers:
        message = f"the same file as {paper.source}, which is read; this one adds nothing"
        for also in paper.also:
            yield (kind_of(_AGAIN), _AGAIN, also, of(paper.id), message, "", None), paper.source
