"""The tables of an RTF file, whose rows say where their cells end and never which table they belong to."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.read.building import Paragraph, Table, TableCell

_NEAR = 40  # twentieths of a point by which edges of one column may differ
_CELL_LIMIT = 300


@dataclass(slots=True)
class RowShape:
    """What a row says of its cells: where each ends, and whether it goes on from the one above or from its left."""

    edges: list[int] = field(default_factory=list)
    goes_on: list[bool] = field(default_factory=list)
    header: bool = False
    _next: bool = False

    def take(self, word: str, number: int | None) -> None:
        """A word of the row's definition; others change nothing."""
        if word == "trowd":
            self.edges, self.goes_on, self.header, self._next = [], [], False, False
        elif word == "trhdr":
            self.header = True
        elif word in ("clvmrg", "clmrg"):
            self._next = True
        elif word == "cellx" and len(self.edges) < _CELL_LIMIT:
            self.edges.append(number or 0)
            self.goes_on.append(self._next)
            self._next = False


@dataclass(slots=True)
class _Row:
    cells: list[list[Paragraph | Table]]
    edges: list[int]
    goes_on: list[bool]
    header: bool


class TableMaker:
    """Collects cells and rows until the table is over."""

    def __init__(self) -> None:
        self._items: list[Paragraph | Table] = []
        self._cells: list[list[Paragraph | Table]] = []
        self._rows: list[_Row] = []

    def add(self, item: Paragraph) -> None:
        """A paragraph of the cell at hand."""
        self._items.append(item)

    def end_cell(self, items: list[Paragraph | Table]) -> None:
        """The cell is over."""
        self._cells.append(self._items)
        self._items = []

    def end_row(self, shape: RowShape) -> None:
        """The row is over; ``shape`` is how it was defined."""
        if self._cells:
            self._rows.append(_Row(self._cells, list(shape.edges), list(shape.goes_on), shape.header))
        self._cells = []

    def flush(self, items: list[Paragraph | Table]) -> None:
        """The table is over: append it to ``items``."""
        if self._items:
            self._cells.append(self._items)
        if self._cells:
            self._rows.append(_Row(self._cells, [], [], False))
        rows, self._rows, self._cells, self._items = self._rows, [], [], []
        if not rows:
            return
        edges: list[int] = []
        for edge in sorted(e for row in rows for e in row.edges):
            if not edges or edge - edges[-1] > _NEAR:
                edges.append(edge)
        cells: list[TableCell] = []
        for r, row in enumerate(rows):
            column = 0
            for c, content in enumerate(row.cells):
                if content and not (c < len(row.goes_on) and row.goes_on[c]):
                    cells.append(TableCell(r, column, tuple(content), row.header))
                if c < len(row.edges):
                    column = max(column + 1, sum(edge <= row.edges[c] + _NEAR for edge in edges))
                else:
                    column += 1
        items.append(Table(tuple(cells)))
