"""A table of a page while it is read: where its cells stand, and whether it is a table at all."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from kg.model import Mark

_SPAN_LIMIT = 100  # a column span beyond this is a mistake of the page


@dataclass(slots=True)
class Table:
    """``runs``: the text of the table as ordinary marks, which stay where it only lays out the page."""

    runs: list[Mark] = field(default_factory=list)
    cells: list[Mark] = field(default_factory=list)
    layout: bool = False
    in_head: bool = False
    row: int = -1
    column: int = 0
    taken: dict[int, int] = field(default_factory=dict)  # column -> rows that a cell from above still covers
    first_run: int = 0
    is_open: bool = False

    def open_row(self) -> None:
        self.row += 1
        self.column = 0
        self.taken = {column: rows - 1 for column, rows in self.taken.items() if rows > 1}

    def open_cell(self, attributes: dict[str, str], header: bool) -> None:
        self.row = max(self.row, 0)
        while self.column in self.taken:
            self.column += 1
        self.is_open, self.first_run = True, len(self.runs)
        self.cells.append(Mark("cell", 0, 0, row=self.row, column=self.column, header=header or self.in_head))
        wide, deep = _span(attributes.get("colspan")), _span(attributes.get("rowspan"))
        if deep > 1:
            self.taken.update({self.column + i: deep for i in range(wide)})
        self.column += wide

    def close_cell(self) -> None:
        """Give the cell its place in the source; a cell without text is left out, a heading in it tells a layout."""
        if not self.is_open:
            return
        self.is_open = False
        place = self.cells.pop()
        runs = [mark for mark in self.runs[self.first_run :] if mark.kind != "skip"]
        self.layout = self.layout or any(mark.kind == "heading" for mark in runs)
        if runs:
            end = max(mark.end for mark in runs)
            self.cells.append(Mark("cell", runs[0].start, end, row=place.row, column=place.column, header=place.header))

    def close(self, source: str) -> list[Mark]:
        """The marks of the table: a ``table`` with its cells, or its text where it only lays out the page."""
        if self.layout or len({cell.column for cell in self.cells}) < 2:
            return self.runs
        first = self.cells[0].start
        marks = [mark for mark in self.runs if mark.end <= first]  # its caption
        marks.append(Mark("table", first, max(cell.end for cell in self.cells)))
        marks.extend(self.cells)
        inside = [mark for mark in self.runs if mark.end > first]
        marks.extend(mark for mark in inside if mark.kind == "skip")
        texts = [mark for mark in inside if mark.kind not in ("skip", "cell")]
        cells = iter(self.cells)
        cell = next(cells, None)
        for a, b in pairwise(texts):
            while cell is not None and a.start >= cell.end:
                cell = next(cells, None)  # text after the last cell, in a table that is broken
            if cell is not None and b.end <= cell.end:
                marks.extend(skip_markup(source, a.end, b.start))
        return marks


def skip_markup(source: str, start: int, end: int) -> list[Mark]:
    """What lies between two runs of text from its first tag to its last; blanks outside of it stay text."""
    low = source.find("<", start, end)
    high = source.rfind(">", start, end) + 1
    return [Mark("skip", low, high)] if start <= low < high else []


def _span(value: str | None) -> int:
    if value and value.strip().isdecimal():
        return max(1, min(int(value.strip()[:4]), _SPAN_LIMIT))
    return 1
