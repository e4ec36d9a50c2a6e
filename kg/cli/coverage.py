"""``kg coverage``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.common import TABLE_FORMATS, Format, Store, check_choice, counted, note, open_store, put_table
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.graph.store import GraphStore

UNKNOWN = "?"
_BY = ("body", "year", "form")
_ACTS = """
SELECT ?paper ?act ?body ?date WHERE {
  ?act a bg:Decision ; bg:source ?paper .
  OPTIONAL { ?act bg:authority ?authority . ?authority rdfs:label ?body }
  OPTIONAL { ?act bg:date ?date }
}
"""


@dataclass(frozen=True, slots=True)
class Act:
    """That a paper reports an act: the id of the paper, the IRI of the act, its authority and year, ``?`` where no
    paper states them."""

    document: str
    act: str
    body: str
    year: str


@dataclass(slots=True)
class _Row:
    papers: set[str] = field(default_factory=set)
    empty: set[str] = field(default_factory=set)
    acts: set[str] = field(default_factory=set)
    facts: int = 0
    issues: int = 0


def list_acts(graph: GraphStore) -> Iterator[Act]:
    """The acts that papers report."""
    import pyoxigraph as ox

    from kg.terms import PREFIXES

    answers = graph.store.query(_ACTS, prefixes=PREFIXES)
    assert isinstance(answers, ox.QuerySolutions)
    for answer in answers:
        paper, act, body, date = (answer[name] for name in ("paper", "act", "body", "date"))
        yield Act(
            paper.value.rpartition("/")[2],
            act.value,
            body.value if body is not None else UNKNOWN,
            date.value[:4] if date is not None else UNKNOWN,
        )


def coverage(
    by: Annotated[
        str, typer.Option("--by", metavar="NAMES", help="Which of body, year and form make a row, with commas.")
    ] = "body,year,form",
    form: Format = "table",
    store: Store = None,
) -> None:
    """Show which bodies, years and forms were read, and with what yield.

    So that 'no result' can be told from 'not read': a row for each authority, year of its acts and form of paper, with
    the papers that report such acts, those acts, and the facts and issues of the papers. A paper that reports acts of
    several bodies or years counts in each row; one that reports none, or none with a date, stands under '?'. Files that
    were refused have rows of their own, with the code of the reason as the form.

    \b
    Example:
      kg coverage
      kg coverage --by body,year --format csv
    """
    from kg.query import Column, Table

    check_choice(form, TABLE_FORMATS, "--format")
    names = tuple(name.strip() for name in by.split(","))
    if not set(names) <= set(_BY) or len(set(names)) < len(names):
        raise UsageError(f"--by cannot be '{by}'", hint=f"some of {', '.join(_BY)}, with commas between")
    with open_store(store) as graph:
        rows = _count(graph, names)
        read, refused = len(graph.manifest.papers), len(graph.manifest.refused)
    counts = ("papers", "without_facts", "not_read", "acts", "facts", "issues")
    columns = (*(Column(name) for name in names), *(Column(name, "integer") for name in counts))
    put_table(Table(columns, tuple(rows)), form)
    note(f"{counted(read, 'paper', 'papers')} read, {counted(refused, 'file', 'files')} not read")


def _count(graph: GraphStore, names: tuple[str, ...]) -> list[tuple[Any, ...]]:
    acts: dict[str, list[Act]] = {}
    for act in list_acts(graph):
        acts.setdefault(act.document, []).append(act)
    found: dict[tuple[str, ...], _Row] = {}
    for paper in graph.manifest.papers:
        told = acts.get(paper.id) or [Act(paper.id, "", UNKNOWN, UNKNOWN)]
        for act in told:
            values = {"body": act.body, "year": act.year, "form": paper.form}
            row = found.setdefault(tuple(values[name] for name in names), _Row())
            if paper.id not in row.papers:
                row.papers.add(paper.id)
                row.facts += paper.claims
                row.issues += sum(count for _, count in paper.issues)
                if not paper.claims:
                    row.empty.add(paper.id)
            if act.act:
                row.acts.add(act.act)
    refused: dict[tuple[str, ...], int] = {}
    for refusal in graph.manifest.refused:
        values = {"body": UNKNOWN, "year": UNKNOWN, "form": refusal.code}
        key = tuple(values[name] for name in names)
        refused[key] = refused.get(key, 0) + 1
    rows = []
    for key in sorted({*found, *refused}):
        row = found.get(key, _Row())
        counts = (len(row.papers), len(row.empty), refused.get(key, 0), len(row.acts), row.facts, row.issues)
        rows.append((*key, *counts))
    return rows
