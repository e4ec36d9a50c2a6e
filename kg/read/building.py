"""Putting together the text of a paper that its form keeps in pieces, with the marks on it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.errors import ReadError
from kg.model import Issue, Mark

# A cell with more than this is a text set beside another, not a value in a table.
_CELL_LINES = 6
_CELL_SIZE = 1500
SIZE_LIMIT = 20_000_000  # characters; a paper of 10,000 pages has as many

_BREAKS = re.compile(r"[\r\n\f\v\x85\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: its text (a line feed for a break in it), ``kind`` and ``level`` of the mark where the form tells
    what it is, and whether white space stands above it."""

    text: str
    kind: str = ""
    level: int = 0
    gap: bool = True


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell at its place, from 0; ``header`` where the form says so."""

    row: int
    column: int
    items: tuple[Paragraph | Table, ...]
    header: bool = False

    @property
    def text(self) -> str:
        """All that the cell holds, a line each paragraph."""
        return "\n".join(item.text for item in self.items)


@dataclass(frozen=True, slots=True)
class Table:
    """A table, its cells in order of row and column."""

    cells: tuple[TableCell, ...]

    @property
    def text(self) -> str:
        """The cells' texts, a line each."""
        return "\n".join(cell.text for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader gives: the text of the paper, its marks (sorted by start), and what it could not read surely."""

    text: str
    marks: tuple[Mark, ...] = ()
    issues: tuple[Issue, ...] = ()


class TextBuilder:
    """Collects what a paper holds, in the order of reading.  ``source`` names the paper in errors."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._parts: list[str] = []
        self._size = 0
        self._marks: list[Mark] = []
        self._gap = True

    def add(self, items: Iterable[Paragraph | Table]) -> None:
        """Paragraphs and tables; a table of one column, or that sets texts side by side, is text."""
        for item in items:
            if isinstance(item, Table):
                self._add_table(item)
                continue
            if item.gap:
                self.add_gap()
            kind = item.kind if "\t" not in item.text and "\n" not in item.text else ""
            for line in _BREAKS.split(item.text):
                self.add_line(line, kind, item.level)

    def add_gap(self) -> None:
        """A blank line, but never two."""
        if not self._gap:
            self.put("\n")
            self._gap = True

    def add_line(self, text: str, kind: str = "", level: int = 0) -> None:
        """A line, marked with ``kind`` where that is given."""
        if not text.strip():
            self.add_gap()
            return
        start = self._size
        self.put(text)
        if kind:
            self._marks.append(Mark(kind, start, self._size, level=level))
        self.put("\n")
        self._gap = False

    def add_furniture(self, items: Iterable[Paragraph | Table]) -> None:
        """A page head or foot; the cells of a table stand on one line."""
        self.add_gap()
        start = self._size
        for item in items:
            if isinstance(item, Paragraph):
                for line in _BREAKS.split(item.text):
                    self.add_line(line)
                continue
            rows: dict[int, list[str]] = {}
            for cell in item.cells:
                rows.setdefault(cell.row, []).append(_close(cell.text))
            for row in rows.values():
                self.add_line("\t".join(text for text in row if text))
        if self._size > start:
            self._marks.append(Mark("furniture", start, self._size))
        self.add_gap()

    def add_page_break(self) -> None:
        """The sign between two pages."""
        self.put("\f")
        self._gap = False

    @property
    def size(self) -> int:
        """How many characters there are so far."""
        return self._size

    def finish(self, pages: Sequence[Mark] = (), issues: Sequence[Issue] = ()) -> Reading:
        """The text and its marks, sorted by start; a page stands before all else, a table before its cells."""
        marks = self._marks
        if pages:
            marks = sorted([*pages, *marks], key=lambda m: (m.start, m.kind != "page", m.kind != "table", -m.end))
        return Reading("".join(self._parts), tuple(marks), tuple(issues))

    def put(self, text: str) -> None:
        """Any text, as it is.  Raises ReadError where the paper grows beyond ``SIZE_LIMIT`` characters."""
        self._size += len(text)
        if self._size > SIZE_LIMIT:
            raise ReadError(
                f"the paper holds more than {SIZE_LIMIT} characters",
                where=self._source,
                hint="split it into its papers",
                code="too_large",
            )
        self._parts.append(text)

    def _add_table(self, table: Table) -> None:
        cells = [cell for cell in table.cells if cell.text.strip()]
        self.add_gap()
        if len({cell.column for cell in cells}) < 2 or any(_is_text(cell) for cell in cells):
            for cell in cells:
                self.add(cell.items)
                self.add_gap()
            return
        rows: dict[int, int] = {}
        start, last = self._size, 0
        marks: list[Mark] = []
        for cell in cells:
            row = rows.setdefault(cell.row, len(rows))
            if marks:
                self.put("\n" if row != last else "\t")
            last = row
            low = self._size
            self.put(_close(cell.text))
            marks.append(Mark("cell", low, self._size, row=row, column=cell.column, header=cell.header))
        self._marks.append(Mark("table", start, self._size))
        self._marks.extend(marks)
        self.put("\n")
        self._gap = False
        self.add_gap()


def _close(text: str) -> str:
    return " ".join(text.split())


def _is_text(cell: TableCell) -> bool:
    text = cell.text
    if len(text) > _CELL_SIZE or len(text) > _CELL_SIZE // 4 and text.strip().count("\n") >= _CELL_LINES:
        return True
    return any(isinstance(item, Table) or item.kind == "heading" for item in cell.items)
