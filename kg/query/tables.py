"""Answers as tables of Python values."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.errors import KgError, QueryError, UsageError, find_damage
from kg.graph.unparsed import UNPARSED_HINT, say_unparsed
from kg.query.frames import to_pandas, to_polars
from kg.query.prepare import PreparedQuery
from kg.query.questions import Column
from kg.terms import PREFIXES

if TYPE_CHECKING:
    import pandas
    import polars

_XSD = PREFIXES["xsd"]


class Iri(str):
    """An IRI: a ``str`` that can be told from a text."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Table:
    """An answer.  A value is ``int``, ``Decimal``, ``float``, ``bool``, ``date`` (a full date), ``Iri``, ``str``
    (text, and dates without a day) or None where the graph states nothing."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Any, ...], ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(c.name for c in self.columns)

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def records(self) -> list[dict[str, Any]]:
        """The rows as dictionaries from column name to value."""
        return [dict(zip(self.names, row, strict=True)) for row in self.rows]

    def without(self, name: str) -> Table:
        """The table without the column of that name, or as it is where it has none."""
        if name not in self.names:
            return self
        place = self.names.index(name)
        rows = tuple((*row[:place], *row[place + 1 :]) for row in self.rows)
        return Table((*self.columns[:place], *self.columns[place + 1 :]), rows)

    def column(self, name: str) -> list[Any]:
        """The values of one column.  Raises UsageError where there is no such column."""
        if name not in self.names:
            raise UsageError(f"there is no column '{name}'", hint=f"one of {', '.join(self.names)}")
        place = self.names.index(name)
        return [row[place] for row in self.rows]

    def to_pandas(self) -> pandas.DataFrame:
        """The table as a pandas ``DataFrame``, typed as ``kg.query.frames.to_pandas`` says.

        Raises UsageError where pandas is not installed.
        """
        return to_pandas(self)

    def to_polars(self) -> polars.DataFrame:
        """The table as a polars ``DataFrame``.  Raises UsageError where polars is not installed."""
        return to_polars(self)


def run(store: ox.Store, query: PreparedQuery) -> ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean:
    """The engine's own results.  Raises QueryError where the query cannot be parsed or run."""
    try:
        return store.query(query.text, prefixes=PREFIXES)
    except SyntaxError as error:
        raise QueryError(
            f"the query cannot be parsed ({say_unparsed(str(error), query.text)})",
            where=query.name,
            hint=UNPARSED_HINT,
        ) from error
    except ENGINE_FAILURES as error:
        raise query_failure(error, query) from error


# What the engine raises while it runs a query.
ENGINE_FAILURES = (OSError, RuntimeError, ValueError)


def query_failure(error: Exception, query: PreparedQuery) -> KgError:
    """The error for the user: a StoreError where the graph is damaged, else a QueryError."""
    return find_damage(error, "") or QueryError(f"the query cannot be run ({error})", where=query.name)


def execute(store: ox.Store, query: PreparedQuery) -> Table:
    """The answer, whole.  ASK gives one row in the column ``answer``; CONSTRUCT gives subject, predicate, object in
    sorted order.  Raises QueryError where the query cannot be parsed or run, StoreError where the graph is damaged."""
    results = run(store, query)
    try:
        return _table(results, query)
    except ENGINE_FAILURES as error:
        raise query_failure(error, query) from error


def read_results(payload: bytes, query: PreparedQuery) -> Table:
    """The same from an answer that another process wrote, as SPARQL results in JSON."""
    return _table(ox.parse_query_results(payload, format=ox.QueryResultsFormat.JSON), query)


def _table(results: ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean, query: PreparedQuery) -> Table:
    if isinstance(results, ox.QueryBoolean):
        return Table((Column("answer", "boolean"),), ((bool(results),),))
    if isinstance(results, ox.QueryTriples):
        names = ("subject", "predicate", "object")
        triples = sorted(set(results), key=lambda t: (str(t.subject), str(t.predicate), str(t.object)))
        rows = tuple((value(t.subject), value(t.predicate), value(t.object)) for t in triples)
        return Table(tuple(Column(name) for name in names), rows)
    known = {c.name: c for c in query.columns}
    columns = tuple(known.get(v.value, Column(v.value)) for v in results.variables)
    shape = [_SHAPE.get(c.type) for c in columns]
    if not any(shape):
        return Table(columns, tuple(tuple(value(term) for term in solution) for solution in results))
    mended = (
        tuple(value(term) if mend is None else mend(value(term)) for term, mend in zip(solution, shape, strict=True))
        for solution in results
    )
    return Table(columns, tuple(mended))


def _day(found: Any) -> Any:
    """A full date as a ``date``: a question orders dates of unlike precision as texts."""
    if isinstance(found, str) and len(found) == 10:
        try:
            return date.fromisoformat(found)
        except ValueError:
            return found
    return found


def _decimal(found: Any) -> Any:
    """A whole number in a column of decimals as one."""
    return Decimal(found) if isinstance(found, int) and not isinstance(found, bool) else found


# Type of a column -> what makes its values what the head of the question says.
_SHAPE: dict[str, Callable[[Any], Any]] = {"date": _day, "decimal": _decimal}


def value(term: Any) -> Any:
    """A term of the graph as a Python value; see ``Table``."""
    if term is None:
        return None
    if isinstance(term, ox.NamedNode):
        return Iri(term.value)
    if not isinstance(term, ox.Literal):
        return str(term)
    kind = term.datatype.value.removeprefix(_XSD)
    convert = _CONVERT.get(kind)
    if convert is None:
        return term.value
    try:
        return convert(term.value)
    except (ValueError, InvalidOperation):
        return term.value


_CONVERT: dict[str, Callable[[str], Any]] = {
    "integer": int,
    "decimal": Decimal,
    "double": float,
    "float": float,
    "boolean": lambda text: text in ("true", "1"),
    "date": date.fromisoformat,
}
