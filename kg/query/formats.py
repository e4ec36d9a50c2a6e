"""Answers in the forms that ``kg query --format`` names."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from html import escape
from typing import Any, BinaryIO, cast
from xml.etree.ElementTree import Element, SubElement, tostring

import pyoxigraph as ox

from kg.errors import UsageError, escape_controls
from kg.query.frames import write_parquet, write_xlsx
from kg.query.prepare import PreparedQuery
from kg.query.questions import Column
from kg.query.tables import ENGINE_FAILURES, Iri, Table, execute, query_failure, run

NO_BREAK_SPACE = "\u00a0"

# SPARQL results formats, written by the engine as it finds the rows.
RESULT_FORMATS: dict[str, ox.QueryResultsFormat] = {
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
}
# What the same names mean for CONSTRUCT and DESCRIBE, whose answers are triples.
TRIPLE_FORMATS: dict[str, ox.RdfFormat] = {
    "turtle": ox.RdfFormat.TURTLE,
    "json": ox.RdfFormat.JSON_LD,
    "xml": ox.RdfFormat.RDF_XML,
}


def show_value(value: Any, column: Column) -> str:
    """A value for people: money with Swedish digit groups ("4 529 875", no-break spaces), nothing for None."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if column.unit == "SEK" and isinstance(value, int):
        return f"{value:,}".replace(",", NO_BREAK_SPACE)
    if isinstance(value, Decimal):
        return f"{value:f}"
    return escape_controls(str(value))


def show_head(column: Column) -> str:
    """The head of a column: its name, and its unit in brackets."""
    return f"{column.name} ({column.unit})" if column.unit else column.name


def is_number(column: Column, values: list[Any]) -> bool:
    """Whether a column is set to the right: it holds numbers only."""
    found = [v for v in values if v is not None]
    return all(isinstance(v, int | float | Decimal) and not isinstance(v, bool) for v in found) and (
        bool(found) or column.type in ("integer", "decimal")
    )


def render_plain(table: Table) -> str:
    """The table as lines of aligned text, with a final line feed; only the heads where there are no rows."""
    heads, cells, right = _cells(table)
    widths = [max([len(head), *(len(row[i]) for row in cells)]) for i, head in enumerate(heads)]
    lines = [_line(heads, widths, right), "  ".join("-" * w for w in widths)]
    lines += [_line(row, widths, right) for row in cells]
    return "\n".join(lines) + "\n"


def render_markdown(table: Table) -> str:
    """The table in Markdown, with a final line feed."""
    heads, cells, right = _cells(table)
    rows = [heads, ["--:" if r else "---" for r in right], *([_escape(c) for c in row] for row in cells)]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def render_html(table: Table) -> str:
    """The table in HTML, numbers to the right."""
    heads, cells, right = _cells(table)
    style = [' style="text-align: right"' if r else "" for r in right]
    head = "".join(f"<th{s}>{escape(h)}</th>" for h, s in zip(heads, style, strict=True))
    rows = "".join(
        f"<tr>{''.join(f'<td{s}>{escape(c)}</td>' for c, s in zip(row, style, strict=True))}</tr>" for row in cells
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _cells(table: Table) -> tuple[list[str], list[list[str]], list[bool]]:
    heads = [show_head(c) for c in table.columns]
    cells = [
        [" ".join(show_value(v, c).splitlines()) for v, c in zip(row, table.columns, strict=True)] for row in table
    ]
    right = [is_number(c, [row[i] for row in table]) for i, c in enumerate(table.columns)]
    return heads, cells, right


def _line(cells: list[str], widths: list[int], right: list[bool]) -> str:
    parts = [c.rjust(w) if r else c.ljust(w) for c, w, r in zip(cells, widths, right, strict=True)]
    return "  ".join(parts).rstrip(" ")


def _escape(cell: str) -> str:
    return cell.replace("\\", "\\\\").replace("|", "\\|")


def render_csv(table: Table) -> str:
    """The table as comma-separated values with a head line; an empty field for None."""
    return _render_separated(table, ",")


def render_tsv(table: Table) -> str:
    """The table as tab-separated values with a head line; an empty field for None."""
    return _render_separated(table, "\t")


def _render_separated(table: Table, delimiter: str) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(table.names)
    writer.writerows([["" if v is None else _plain(v) for v in row] for row in table])
    return out.getvalue()


def _plain(value: Any) -> Any:
    return str(value).lower() if isinstance(value, bool) else value


def render_json(table: Table) -> str:
    """The table as a JSON list of objects, one line each; dates and IRIs are strings, decimals are numbers."""
    rows = (json.dumps(record, ensure_ascii=False, default=_to_json) for record in table.records())
    return "[\n" + ",\n".join(rows) + "\n]\n"


def _to_json(value: Any) -> Any:
    return float(value) if isinstance(value, Decimal) else str(value)


# Formats made from the whole table rather than by the engine.
_TABLE_FORMATS: dict[str, Callable[[Table], str]] = {"table": render_plain, "md": render_markdown}
_SEPARATED: dict[str, Callable[[Table], str]] = {"csv": render_csv, "tsv": render_tsv}


def render_xml(table: Table) -> str:
    """The table in the SPARQL results format for XML, with the types of the values."""
    root = Element("sparql", xmlns="http://www.w3.org/2005/sparql-results#")
    head = SubElement(root, "head")
    for name in table.names:
        SubElement(head, "variable", name=name)
    results = SubElement(root, "results")
    for row in table:
        result = SubElement(results, "result")
        for name, cell in zip(table.names, row, strict=True):
            if cell is not None:
                binding = SubElement(result, "binding", name=name)
                kind = _XML_TYPES.get(type(cell))
                tag = SubElement(binding, "uri" if isinstance(cell, Iri) else "literal")
                if kind:
                    tag.set("datatype", f"http://www.w3.org/2001/XMLSchema#{kind}")
                tag.text = str(_plain(cell))
    return tostring(root, encoding="unicode") + "\n"


_XML_TYPES = {bool: "boolean", int: "integer", Decimal: "decimal", float: "double", date: "date"}

# Formats of a table that are text, and those that are files of bytes.
TEXT_WRITERS: dict[str, Callable[[Table], str]] = {
    "table": render_plain,
    "csv": render_csv,
    "tsv": render_tsv,
    "json": render_json,
    "xml": render_xml,
    "md": render_markdown,
}
BINARY_WRITERS: dict[str, Callable[[Table, BinaryIO], None]] = {"xlsx": write_xlsx, "parquet": write_parquet}
SYNONYMS = {"markdown": "md", "excel": "xlsx"}

FORMATS = ("table", "csv", "tsv", "json", "xml", "md", "xlsx", "parquet", "turtle")


def write_table(table: Table, form: str, out: BinaryIO) -> None:
    """The table in one of ``FORMATS`` but ``turtle``.  Raises UsageError for another."""
    if form in TEXT_WRITERS:
        out.write(TEXT_WRITERS[form](table).encode("utf-8", "backslashreplace"))
    elif form in BINARY_WRITERS:
        # Made in memory: a writer that meets a full disk half way complains in its own words, and again when it ends.
        made = io.BytesIO()
        BINARY_WRITERS[form](table, made)
        out.write(made.getvalue())
    else:
        raise UsageError(f"a table cannot be written as '{form}'", hint=f"one of {', '.join(FORMATS[:-1])}")


def write_results(store: ox.Store, query: PreparedQuery, form: str, out: BinaryIO) -> None:
    """Runs the query and writes the answer to ``out`` in one of ``FORMATS``, UTF-8.

    ``csv tsv json xml`` are the SPARQL results formats; for CONSTRUCT and DESCRIBE ``json`` is JSON-LD, ``xml`` is
    RDF/XML, and ``turtle`` (for these alone) is Turtle.  Raises UsageError for another format and QueryError where the
    query cannot be parsed or run; what ``out`` raises goes through as it is.
    """
    if form not in FORMATS:
        raise UsageError(f"unknown format '{form}'", hint=f"one of {', '.join(FORMATS)}")
    if form in _TABLE_FORMATS or form in BINARY_WRITERS:
        write_table(execute(store, query), form, out)
        return
    results = run(store, query)
    watched = _Watched(out)
    try:
        _write_engine_form(results, store, query, form, cast("BinaryIO", watched))
    except ENGINE_FAILURES as error:
        if watched.failure is not None:
            raise watched.failure from None
        raise query_failure(error, query) from error


class _Watched:
    """An output that remembers why it could not be written, so that the query is not blamed for it."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self.failure: OSError | None = None

    def write(self, data: bytes) -> int:
        try:
            return self._out.write(data)
        except OSError as error:
            self.failure = error
            raise

    def flush(self) -> None:
        try:
            self._out.flush()
        except OSError as error:
            self.failure = error
            raise


def _write_engine_form(
    results: ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean,
    store: ox.Store,
    query: PreparedQuery,
    form: str,
    out: BinaryIO,
) -> None:
    if isinstance(results, ox.QueryTriples):
        if form in _SEPARATED:
            out.write(_SEPARATED[form](execute(store, query)).encode())
            return
        triples = sorted(set(results), key=str)
        ox.serialize(triples, output=out, format=TRIPLE_FORMATS[form])
        return
    if form == "turtle":
        raise UsageError(
            "only a CONSTRUCT or DESCRIBE query can be written as Turtle", where=query.name, hint="--format json"
        )
    if isinstance(results, ox.QueryBoolean) and form in ("csv", "tsv"):
        out.write(_SEPARATED[form](execute(store, query)).encode())
        return
    results.serialize(output=out, format=RESULT_FORMATS[form])
