"""Rows of the CSV files that persons keep beside the data: registers, judgements, labelled pairs."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator
from pathlib import Path

from kg.errors import ResourceError

Row = tuple[str, dict[str, str]]
"""The place of a row (file:line) and its cells by column."""


def read_csv(path: Path, what: str, needed: Collection[str], known: Collection[str] = ()) -> list[Row]:
    """Each row of the file with its place (file:line), blank rows left out; nothing where the file is empty.

    UTF-8 with or without a mark of byte order; commas or semicolons divide the cells, as spreadsheets write them.
    ``what`` names the content in errors.  Raises FileNotFoundError, or ResourceError where the file cannot be read,
    columns of ``needed`` are missing, others than ``known`` (if any) are there, or a row is malformed.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror or error if isinstance(error, OSError) else error
        raise ResourceError(
            f"{what} cannot be read ({why})", where=str(path), hint="save the file as CSV in UTF-8"
        ) from error
    if not text.strip():
        return []
    first = text.partition("\n")[0]
    # Swedish spreadsheets write semicolons.
    mark = ";" if first.count(";") > first.count(",") else ","
    head = [column.strip() for column in next(csv.reader([first], delimiter=mark))]
    faults = [f"{column} is missing" for column in needed if column not in head]
    faults += [f"{column!r} is unknown" for column in head if known and column not in known]
    faults += [f"{column!r} stands twice" for column in dict.fromkeys(head) if column and head.count(column) > 1]
    if faults:
        raise ResourceError(
            f"the head has other columns ({', '.join(faults)})",
            where=f"{path}:1",
            hint=f"the head must hold {', '.join(needed)}, each once"
            + (f"; it may hold {', '.join(known)}" if known else ""),
        )
    return [(place, row) for place, row in parse_rows(path, text, mark) if any(row.values())]


def parse_rows(path: Path, text: str, mark: str = ",") -> Iterator[Row]:
    """Each row below the head with its place (file:line); ``mark`` divides the cells, which come without blanks around
    them.  Raises ResourceError where there is no head or a row has more or fewer cells than it."""
    reader = csv.reader(text.splitlines(keepends=True), delimiter=mark, strict=True)
    try:
        head = next(reader, [])
        if not head:
            raise ResourceError("the file is empty", where=str(path), hint="the first line names the columns")
        for cells in reader:
            place = f"{path}:{reader.line_num}"
            if not cells:
                continue
            if len(cells) != len(head):
                raise ResourceError(
                    f"the row has {len(cells)} cells, the head has {len(head)}",
                    where=place,
                    hint=f"quote cells that hold '{mark}'",
                )
            yield place, {name.strip(): cell.strip() for name, cell in zip(head, cells, strict=True)}
    except csv.Error as error:
        raise ResourceError(
            f"the row cannot be read ({error})", where=f"{path}:{reader.line_num}", hint="mend the quotes of the row"
        ) from error


def split_cell(cell: str, mark: str = "|") -> list[str]:
    """The values in a cell that may hold several."""
    return [part.strip() for part in cell.split(mark) if part.strip()]
