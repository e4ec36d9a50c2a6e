"""Use from Python: ``kg.open("graph")`` gives a Graph that answers as the commands do."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from keyword import iskeyword
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, overload

from kg.errors import UnknownNameError, UsageError
from kg.graph.manifest import Manifest, PaperIssue
from kg.graph.store import GraphStore, open_graph
from kg.query import (
    Coverage,
    PreparedQuery,
    Table,
    Thing,
    execute,
    explain_thing,
    find_things,
    find_unknown,
    measure_coverage,
    prepare,
    prepare_text,
    say_unknown,
)
from kg.query.coverage import Words, find_words
from kg.query.formats import render_html

if TYPE_CHECKING:
    import pandas
    import polars

__all__ = ["Explanation", "Graph", "Rows"]

# A notebook shows so many rows.
SHOWN_ROWS = 200


class Rows(Sequence[Any]):
    """The rows of an answer, each a named tuple: ``row.project``, ``row[0]``, ``row._asdict()``.

    Values are ``int``, ``Decimal``, ``float``, ``bool``, ``date``, ``Iri`` (an address), ``str``, or None where the
    graph states nothing.  A column whose name is no Python name is reached by its place, as ``_3``.
    """

    def __init__(self, table: Table, store: GraphStore | None = None, query: PreparedQuery | None = None) -> None:
        self._table = table
        self._graph = store
        self._query = query
        make = namedtuple("Row", table.names, rename=True)  # type: ignore[misc]
        self._rows = tuple(make(*row) for row in table.rows)

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""
        return self._table.names

    @overload
    def __getitem__(self, index: int) -> Any: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Any]: ...

    def __getitem__(self, index: int | slice) -> Any:
        return self._rows[index]

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Any]:
        return iter(self._rows)

    def __repr__(self) -> str:
        return f"<Rows: {len(self)} of {', '.join(self.columns) or 'no columns'}>"

    def records(self) -> list[dict[str, Any]]:
        """The rows as dictionaries from column name to value."""
        return self._table.records()

    def to_pandas(self) -> pandas.DataFrame:
        """The rows as a pandas ``DataFrame`` with the types of the columns.  Raises UsageError without pandas."""
        return self._table.to_pandas()

    def to_polars(self) -> polars.DataFrame:
        """The rows as a polars ``DataFrame`` with the types of the columns.  Raises UsageError without polars."""
        return self._table.to_polars()

    @property
    def coverage(self) -> Coverage | None:
        """How many papers the answer rests on, and how many more could have answered; None for SPARQL of one's own.
        Measured when it is asked for, while the graph is open."""
        return measure_coverage(*self._asked(), self._table)

    def evidence(self) -> list[tuple[Words, ...]]:
        """For each row the words that it rests on, with paper and place; empty for SPARQL of one's own."""
        return find_words(*self._asked(), self._table)

    def _asked(self) -> tuple[Any, PreparedQuery]:
        if self._graph is None or self._query is None or "store" not in self._graph.__dict__:
            raise ValueError("the graph is closed")
        return self._graph.store, self._query

    def _repr_html_(self) -> str:
        """The rows as a table, for notebooks; of long answers the first."""
        shown = Table(self._table.columns, self._table.rows[:SHOWN_ROWS])
        more = f"<p>{len(self) - SHOWN_ROWS} rows more</p>" if len(self) > SHOWN_ROWS else ""
        return render_html(shown) + more


@dataclass(frozen=True, slots=True)
class Explanation:
    """A thing and every fact about it, each with the quoted words, the paper, the rule and the confidence."""

    thing: Thing
    facts: Rows


class Graph:
    """A built graph, open for reading; it stays the same however many builds happen meanwhile.

    Close it, or use it in a ``with`` block, so that a later build may remove the files.
    """

    def __init__(self, store: GraphStore) -> None:
        self._store: GraphStore | None = store

    @classmethod
    def open(cls, directory: Path | str = "graph") -> Graph:
        """The graph in ``directory``.  Raises StoreError where it is missing, damaged or of another version, UsageError
        where ``directory`` is no path."""
        if not isinstance(directory, str | Path):
            raise UsageError(f"the directory of a graph is a path, not {directory!r}", hint='kg.open("graph")')
        return cls(open_graph(directory))

    def query(self, name: str, /, **parameters: Any) -> Rows:
        """The answer to the prepared question ``name``: ``graph.query("lineage", project="...")``.

        A parameter whose name is a word of Python is given with a stroke behind: ``from_=2022``.  Raises UsageError for
        an unknown question and for an unknown, missing or ill-typed parameter, UnknownNameError, with the closest
        names, where there is no answer because the graph has nothing of a name that was given.
        """
        graph = self._open()
        given = {key.removesuffix("_") if iskeyword(key[:-1]) else key: value for key, value in parameters.items()}
        query = prepare(name, given, base=lambda: graph.manifest.base)
        rows = self._run(query)
        for unknown in () if len(rows) else find_unknown(graph.store, query, given):
            hint = ", ".join(unknown.close) or "graph.query('decisions') has all acts"
            raise UnknownNameError(say_unknown(unknown), where=f"query {query.name}", hint=hint)
        return rows

    def sparql(self, text: str) -> Rows:
        """The answer to a SPARQL query; ASK gives one row ``answer``, CONSTRUCT gives triples.

        Raises QueryError where it cannot be parsed or run, UsageError where it is an update or asks other servers.
        """
        return self._run(prepare_text(text))

    def explain(self, term: str) -> list[Explanation]:
        """The things that ``term`` names (a name, a diary number, an IRI or the part of it behind the base), each
        with its facts.  Empty where nothing has that name."""
        store = self._open().store
        return [Explanation(thing, Rows(explain_thing(store, thing))) for thing in find_things(store, term)]

    def info(self) -> Manifest:
        """What the graph holds, from which papers, when it was built and by which version."""
        return self._open().manifest

    def issues(self) -> list[PaperIssue]:
        """What was read and could not be used, or does not add up, by paper and place."""
        return list(self._open().issues())

    @property
    def path(self) -> Path:
        """The directory of the graph."""
        return self._open().directory

    def close(self) -> None:
        """Lets go of the graph; a second call does nothing."""
        if self._store is not None:
            self._store.close()
            self._store = None

    def __enter__(self) -> Graph:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return "<Graph: closed>" if self._store is None else f"<Graph: {self._store.directory}>"

    def _run(self, query: PreparedQuery) -> Rows:
        graph = self._open()
        return Rows(execute(graph.store, query), graph, query)

    def _open(self) -> GraphStore:
        if self._store is None:
            raise ValueError("the graph is closed")
        return self._store
