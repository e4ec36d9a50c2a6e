"""Answers as data frames, Parquet and Excel, with the types that the columns have.

The type of a column is that of its head, or, of a query of one's own, that of the values which the graph gave; a date
column whose values are not all full days stays text, since 2022-05 is no day.
"""

from __future__ import annotations

import importlib
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, BinaryIO

from kg.errors import UsageError
from kg.query.questions import Column

if TYPE_CHECKING:
    from kg.query.tables import Table

# Package -> the extra that installs it.
EXTRAS = {
    "pandas": "pandas",
    "polars": "polars",
    "pyarrow": "parquet",
    "xlsxwriter": "excel",
    "matplotlib": "charts",
    "prompt_toolkit": "shell",
    "IPython": "notebook",
}
_LARGEST = 2**63 - 1


def require(package: str) -> Any:
    """The package.  Raises UsageError, naming the extra that installs it, where it is not installed."""
    try:
        return importlib.import_module(package)
    except ImportError:
        hint = f"pip install 'beslutsgraf[{EXTRAS[package]}]'"
        raise UsageError(f"{package} is not installed", hint=hint) from None


def kind_of(column: Column, values: list[Any]) -> str:
    """``integer decimal float boolean date text``: what all values of a column are."""
    found = {_kind(v) for v in values if v is not None}
    if not found:
        return column.type if column.type in ("integer", "decimal", "boolean", "date") else "text"
    if len(found) == 1:
        return found.pop()
    if found == {"integer", "decimal"}:
        return "decimal"
    return "text"


def _kind(value: Any) -> str:
    match value:
        case bool():
            return "boolean"
        case int():
            return "integer" if abs(value) <= _LARGEST else "decimal"
        case Decimal():
            return "decimal"
        case float():
            return "float"
        case date():
            return "date"
        case _:
            return "text"


def _as(kind: str, value: Any) -> Any:
    if value is None:
        return None
    if kind == "decimal":
        return Decimal(value)
    return value if kind != "text" else str(value)


def _columns(table: Table) -> list[tuple[str, str, list[Any]]]:
    """Name, kind and values of every column."""
    found = []
    for place, column in enumerate(table.columns):
        values = [row[place] for row in table]
        kind = kind_of(column, values)
        found.append((column.name, kind, [_as(kind, v) for v in values]))
    return found


def _places(values: list[Any]) -> int:
    """The decimal places that the values need."""
    return max((max(0, -int(v.normalize().as_tuple().exponent)) for v in values if v is not None), default=0)


def to_pandas(table: Table) -> Any:
    """A pandas ``DataFrame``: ``Int64``, ``Float64``, ``boolean`` and ``string``; decimals and days stay ``Decimal``
    and ``date`` objects."""
    pandas = require("pandas")
    types = {"integer": "Int64", "float": "Float64", "boolean": "boolean", "text": "string"}
    series = {
        name: pandas.Series(values, dtype=types.get(kind, "object"), name=name)
        for name, kind, values in _columns(table)
    }
    return pandas.DataFrame(series, columns=list(table.names))


def to_polars(table: Table) -> Any:
    """A polars ``DataFrame``: ``Int64``, ``Decimal``, ``Float64``, ``Boolean``, ``Date`` and ``String``."""
    polars = require("polars")
    types = {
        "integer": polars.Int64,
        "float": polars.Float64,
        "boolean": polars.Boolean,
        "date": polars.Date,
        "text": polars.String,
    }
    series = [
        polars.Series(name, values, dtype=polars.Decimal(38, _places(values)) if kind == "decimal" else types[kind])
        for name, kind, values in _columns(table)
    ]
    return polars.DataFrame(series)


def to_arrow(table: Table) -> Any:
    """A pyarrow ``Table``; the unit and the description of a column are its field's metadata."""
    pyarrow = require("pyarrow")
    types = {
        "integer": pyarrow.int64(),
        "float": pyarrow.float64(),
        "boolean": pyarrow.bool_(),
        "date": pyarrow.date32(),
        "text": pyarrow.string(),
    }
    arrays, fields = [], []
    for column, (name, kind, values) in zip(table.columns, _columns(table), strict=True):
        type_ = pyarrow.decimal128(38, _places(values)) if kind == "decimal" else types[kind]
        about = {"unit": column.unit, "description": column.description}
        arrays.append(pyarrow.array(values, type=type_))
        fields.append(pyarrow.field(name, type_, metadata={k: v for k, v in about.items() if v} or None))
    return pyarrow.table(arrays, schema=pyarrow.schema(fields))


def write_parquet(table: Table, out: BinaryIO) -> None:
    """The table as a Parquet file."""
    require("pyarrow")
    importlib.import_module("pyarrow.parquet").write_table(to_arrow(table), out)


def write_xlsx(table: Table, out: BinaryIO, notes: tuple[tuple[str, str], ...] = ()) -> None:
    """The table as an Excel workbook: numbers are numbers (money in digit groups), days are days; a second sheet tells
    what the columns are, with ``notes`` above."""
    xlsxwriter = require("xlsxwriter")
    # In memory: no temporary files that an interrupt would leave.  Text is never taken for a formula or a link.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, options)
    book.set_properties({"created": _NEVER})
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    money, day = book.add_format({"num_format": "# ##0"}), book.add_format({"num_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet("svar")
    sheet.freeze_panes(1, 0)
    for place, (column, (name, kind, values)) in enumerate(zip(table.columns, _columns(table), strict=True)):
        sheet.write_string(0, place, f"{name} ({column.unit})" if column.unit else name, bold)
        sheet.set_column(place, place, min(60, max([len(name) + 8, *(len(str(v)) + 2 for v in values[:200])])))
        for row, value in enumerate(values, 1):
            _write_cell(sheet, row, place, kind, value, money if column.unit == "SEK" else None, day)
    about = book.add_worksheet("om")
    lines = [*notes, *((c.name, f"{c.description}{f' ({c.unit})' if c.unit else ''}") for c in table.columns)]
    about.set_column(0, 0, 24)
    about.set_column(1, 1, 100, wrapped)
    for row, (name, words) in enumerate(lines):
        about.write_string(row, 0, name, bold)
        about.write_string(row, 1, words)
    book.close()


# The workbook says no time of its own, so that the same answer gives the same bytes.
_NEVER = date(2000, 1, 1)


def _write_cell(sheet: Any, row: int, place: int, kind: str, value: Any, money: Any, day: Any) -> None:
    match kind:
        case _ if value is None:
            return
        case "integer" | "decimal" | "float":
            sheet.write_number(row, place, float(value) if kind != "integer" else value, money)
        case "boolean":
            sheet.write_boolean(row, place, value)
        case "date":
            sheet.write_datetime(row, place, value, day)
        case _:
            sheet.write_string(row, place, str(value))
