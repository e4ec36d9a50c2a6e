"""What an answer rests on: how many papers, how many that could have answered did not, and the words behind each row.

A prepared question says in its head which things its answer rests on (``rests``) and which could have answered
(``could``); both are patterns that give ``?thing``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from kg.query.prepare import PreparedQuery
from kg.query.questions import Column
from kg.query.tables import Iri, Table, run, value

# Of more rows than these their things are not named to the engine one by one.
MANY_ROWS = 20_000


@dataclass(frozen=True, slots=True)
class Coverage:
    """``papers``: how many papers the answer rests on; ``silent``: how many more could have answered and did not."""

    papers: int
    silent: int

    def __str__(self) -> str:
        papers = "1 paper" if self.papers == 1 else f"{self.papers} papers"
        more = f"{self.silent} more could have answered and {'does' if self.silent == 1 else 'do'} not"
        return f"rests on {papers}; {more if self.silent else 'no other could have answered'}"


def measure_coverage(store: ox.Store, query: PreparedQuery, table: Table) -> Coverage | None:
    """The coverage of the answer ``table`` to ``query``; None for a query whose head says nothing of it."""
    question = query.question
    if question is None or question.basis is None:
        return None
    able = f"{_bind(query, table, question.field)} ?thing bg:source ?paper ."
    # Counted by the engine, in one pass: it tells papers apart without reading their names.
    if len(table):
        rests = f"{_things(_bind(query, table, question.basis.pattern))} ?thing bg:source ?paper . BIND(?paper AS ?own)"
        papers, either = _count(store, query, "(COUNT(DISTINCT ?own) AS ?papers)", f"{{ {rests} }} UNION {{ {able} }}")
    else:
        papers, either = _count(store, query, "(0 AS ?papers)", able)
    return Coverage(papers, either - papers)


def _things(pattern: str) -> str:
    """Each thing once: a thing that many rows rest on has its papers looked up once."""
    return f"{{ SELECT DISTINCT ?thing WHERE {{ {pattern} }} }}"


def _count(store: ox.Store, query: PreparedQuery, first: str, pattern: str) -> tuple[int, int]:
    text = f"SELECT {first} (COUNT(DISTINCT ?paper) AS ?either) WHERE {{ {pattern} }}"
    found = run(store, PreparedQuery(query.name, text))
    assert isinstance(found, ox.QuerySolutions)
    counted = next(found)
    return int(counted["papers"].value), int(counted["either"].value)  # type: ignore[union-attr]


def _bind(query: PreparedQuery, table: Table, pattern: str) -> str:
    """The pattern with the parameters bound, and ``?iri`` to the things of the rows where it names them."""
    lines = [f"VALUES ?{name} {{ {term} }}" for name, term in query.terms if f"?{name} " in f"{pattern} "]
    if "iri" in table.names and "?iri " in f"{pattern} ".replace(")", " ") and 0 < len(table) <= MANY_ROWS:
        things = sorted({v for v in table.column("iri") if isinstance(v, Iri)})
        lines.append(f"VALUES ?iri {{ {' '.join(f'<{thing}>' for thing in things)} }}")
    return " ".join([*lines, pattern])


@dataclass(frozen=True, slots=True, order=True)
class Words:
    """A run of words of a paper: where it was read from, where the words begin, and they themselves."""

    paper: str
    start: int
    quote: str

    def __str__(self) -> str:
        return f"\u201d{self.quote}\u201d ({self.paper}, {self.start})"


def find_words(store: ox.Store, query: PreparedQuery, table: Table) -> list[tuple[Words, ...]]:
    """For each row the words that it rests on, sorted by paper and place; empty where a row rests on none."""
    question = query.question
    if question is None or question.basis is None or not len(table):
        return [()] * len(table)
    pattern = _bind(query, table, question.basis.pattern)
    given = {name for name, term in query.terms if term != "UNDEF"}
    shared = [name for name in table.names if name not in given and f"?{name} " in f"{pattern} ".replace(")", " ")]
    text = f"SELECT DISTINCT ?thing {' '.join(f'?{name}' for name in shared)} WHERE {{ {pattern} }}"
    found = run(store, PreparedQuery(query.name, text))
    assert isinstance(found, ox.QuerySolutions)
    things: dict[tuple[Any, ...], set[str]] = defaultdict(set)
    for solution in found:
        key = tuple(value(solution[name]) for name in shared)
        things[key].add(str(solution["thing"].value))  # type: ignore[union-attr]
    words = _words_of(store, query, set().union(*things.values()), question.basis.properties)
    places = [table.names.index(name) for name in shared]
    return [
        tuple(sorted({w for thing in things.get(tuple(row[p] for p in places), ()) for w in words.get(thing, ())}))
        for row in table
    ]


def _words_of(
    store: ox.Store, query: PreparedQuery, things: Iterable[str], properties: tuple[str, ...]
) -> dict[str, set[Words]]:
    found: dict[str, set[Words]] = defaultdict(set)
    chosen = "" if properties == ("rdf:type",) else f"FILTER(?predicate IN ({', '.join(properties)}))"
    ordered = sorted(things)
    for first in range(0, len(ordered), 2000):
        part = " ".join(f"<{thing}>" for thing in ordered[first : first + 2000])
        text = f"""SELECT ?thing ?path ?start ?quote WHERE {{
          VALUES ?thing {{ {part} }}
          GRAPH ?document {{
            ?claim rdf:subject ?thing ; rdf:predicate ?predicate ; prov:wasDerivedFrom ?words .
            ?words oa:hasSelector ?exact , ?position .
            ?exact oa:exact ?quote .
            ?position oa:start ?start .
          }}
          {chosen}
          ?document bg:path ?path .
        }}"""
        for thing, path, start, quote in run(store, PreparedQuery(query.name, text)):  # type: ignore[misc, union-attr]
            found[thing.value].add(Words(path.value, int(start.value), quote.value))
    return found


def add_evidence(store: ox.Store, query: PreparedQuery, table: Table, limit: int = 0) -> Table:
    """The table with a column ``evidence``: the words behind each row, at most ``limit`` of them (0: all)."""
    cells = []
    for words in find_words(store, query, table):
        shown = words[:limit] if limit else words
        more = f"; and {len(words) - len(shown)} more" if len(words) > len(shown) else ""
        cells.append("; ".join(map(str, shown)) + more if words else None)
    column = Column("evidence", "text", "", "the words of the papers, with the paper and where the words begin in it")
    place = table.names.index("iri") if "iri" in table.names else len(table.names)
    columns = (*table.columns[:place], column, *table.columns[place:])
    rows = tuple((*row[:place], cell, *row[place:]) for row, cell in zip(table.rows, cells, strict=True))
    return Table(columns, rows)
