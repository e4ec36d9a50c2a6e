"""A page of placed words as text: columns in the order of reading, gaps as blanks, so that lines tell the layout."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from kg.read.building import Paragraph, Table, TableCell, TextBuilder
from kg.read.textcolumns import split_columns
from kg.read.words import Row, Run, Word, find_rows, join_lines

_CLOSE = 1.25  # lines further apart than so many line distances have a blank line between them
_FAR = 2.4
_DIVIDE = "   "
_LARGE = 1.1  # of the usual size of letters, from which on a line may be a heading
_HEADING_ROWS = 4
_LINE = 1.6  # of a line's height: the distance of two lines of one heading at most
_SPACE = 0.4  # of a line's height: the width of the blank between two words, and some
_SMALL = 4  # letters of a word such as "till" or "för", after which a heading goes on
_OPENS = re.compile(r"§|\d+[.)]\d*\s|\S+:")
_MARKER = 3  # letters that the marker of a list has at most


def lay_out_page(words: Sequence[Word], builder: TextBuilder) -> None:
    """Append the page to ``builder``: rows as lines, tables with their cells."""
    rows = find_rows(words)
    for part in split_columns(rows):
        _put_rows(part, builder)
        if _has_ended(part):
            builder.add_gap()


def _has_ended(rows: list[Row]) -> bool:
    """Whether the column ends with the end of a paragraph."""
    last = rows[-1]
    width = max(row.right for row in rows) - min(row.left for row in rows)
    return last.words[-1].text[-1:] in ".:!?" or last.right - last.left < 0.6 * width


def _put_rows(rows: list[Row], builder: TextBuilder) -> None:
    """Rows from the top down; what stands far from the row above has a blank line before it."""
    pitch = _pitch(rows)
    scale = _scale(rows)
    margin = min(row.left for row in rows)
    runs = [row.runs() for row in rows]
    body = median([word.height for row in rows for word in row.words])
    last: float | None = None
    joined: set[int] = set()
    i = 0
    while i < len(rows):
        end = _end_of_stretch(rows, runs, i, pitch)
        grid = _Grid.of(runs[i:end]) if end - i > 1 else None
        table = grid.read_table(rows[i:end], runs[i:end], pitch) if grid else None
        if table is not None:
            builder.add([table])
            last, i = rows[end - 1].base, end
            continue
        for k in range(i, max(end, i + 1)):
            if last is not None and pitch and k not in joined:
                away = (rows[k].base - last) / pitch
                if away > _CLOSE:
                    builder.add_gap()
                if away > _FAR:
                    builder.put("\n")
            if k in joined:
                continue
            last = rows[k].base
            if len(runs[k]) == 1 and rows[k].height > _LARGE * body:
                text, done = _join_heading(rows, runs, k)
                joined.update(range(k + 1, done))
                last = rows[done - 1].base
                builder.add_line(text)
            elif runs[k]:
                indent = round((rows[k].left - margin) / scale)
                builder.add_line(grid.write(runs[k], indent) if grid else _write(runs[k], margin, scale))
            for word in rows[k].words:
                if word.table is not None:
                    builder.add([word.table])
                    last = max(last, word.bottom)
        i = max(end, i + 1)


def _join_heading(rows: list[Row], runs: list[list[Run]], i: int) -> tuple[str, int]:
    """The line of large letters with those close below that are as large, and the row after them."""
    text, end = runs[i][0].text, i + 1
    right = max(row.right for row in rows)
    while (
        end < len(rows)
        and end - i < _HEADING_ROWS
        and len(runs[end]) == 1
        and abs(rows[end].height - rows[i].height) < 0.03 * rows[i].height
        and rows[end].base - rows[end - 1].base < _LINE * rows[i].height
        and not _OPENS.match(runs[end][0].text)
        and not _begins_anew(rows[end - 1], rows[end], right)
    ):
        text = join_lines(text, runs[end][0].text)
        end += 1
    return text, end


def _begins_anew(above: Row, row: Row, right: float) -> bool:
    """Whether the row opens a heading of its own: in a capital, and its first word had room on the row above, which
    does not break off in a comma, a dash or a small word."""
    first, before = row.words[0], above.words[-1].text
    room = right - above.right - (first.right - first.left)
    unfinished = before.endswith((",", "-", "–")) or (len(before) <= _SMALL and before.islower())
    return first.text[:1].isupper() and room > _SPACE * row.height and not unfinished


def _pitch(rows: list[Row]) -> float:
    """The distance between lines of one paragraph: the smallest that comes again."""
    near = sorted(b.base - a.base for a, b in pairwise(rows) if 0.8 * b.height < b.base - a.base < 2.2 * b.height)
    few = max(2, len(near) // 16)
    for i in range(len(near) - few + 1):
        if near[i + few - 1] <= 1.05 * near[i]:
            return near[i]
    return near[0] if near else (1.2 * median([row.height for row in rows]) if rows else 0)


def _scale(rows: list[Row]) -> float:
    """The usual width of a letter."""
    widths = [(w.right - w.left) / len(w.text) for row in rows for w in row.words if len(w.text) > 2]
    widths = [width for width in widths if width > 0]
    return median(widths) if widths else max(1.0, 0.5 * rows[0].height)


def _write(runs: list[Run], margin: float, scale: float) -> str:
    """The runs at their places, as far as those before leave room."""
    line = ""
    for run in runs:
        place = min(200, max(0, round((run.left - margin) / scale)))
        line = line.ljust(max(place, len(line) + 2)) if line else " " * place
        line += run.text
    return line


def _end_of_stretch(rows: list[Row], runs: list[list[Run]], i: int, pitch: float) -> int:
    """The end of the rows from ``i`` that have several runs, with the single ones that stand between or go on."""
    if len(runs[i]) < 2:
        return i
    end = i + 1
    while end < len(rows):
        if pitch and rows[end].base - rows[end - 1].base > 3.5 * pitch:
            break
        if not runs[end]:
            break
        if len(runs[end]) < 2:
            wraps = rows[end].base - rows[end - 1].base <= 1.3 * pitch and _fits(runs[end][0], runs[i:end])
            between = end + 1 < len(rows) and len(runs[end + 1]) > 1 and _fits(runs[end][0], runs[i : end + 2])
            if not (wraps or between):
                break
        end += 1
    while end > i + 1 and len(runs[end - 1]) < 2 and not _fits(runs[end - 1][0], runs[i:end]):
        end -= 1
    return end


def _fits(run: Run, above: list[list[Run]]) -> bool:
    """Whether a run stands within one column of the rows about it."""
    spans = [other for row in above if len(row) > 1 for other in row]
    touched = {
        k
        for row in above
        if len(row) > 1
        for k, other in enumerate(row)
        if other.left < run.right and run.left < other.right
    }
    return bool(spans) and len(touched) <= 1 and run.right <= max(o.right for o in spans) + 20


@dataclass(slots=True)
class _Grid:
    """The columns of a stretch of rows, and where in the line each begins."""

    bounds: list[tuple[float, float]]
    rights: list[bool]
    widths: list[int]
    margin: int

    @classmethod
    def of(cls, rows: list[list[Run]]) -> _Grid | None:
        """The grid of these rows; None where their runs do not stand in columns."""
        spans = sorted((run.left, run.right) for row in rows if len(row) > 1 for run in row)
        merged: list[list[float]] = []
        for left, right in spans:
            if merged and left < merged[-1][1] + 1:
                merged[-1][1] = max(merged[-1][1], right)
            else:
                merged.append([left, right])
        grid = cls([(a, b) for a, b in merged], [False] * len(merged), [0] * len(merged), 0)
        lefts: list[list[float]] = [[] for _ in merged]
        rights: list[list[float]] = [[] for _ in merged]
        for row in rows:
            places = [grid.place(run) for run in row]
            if len(row) > 1 and len(set(places)) < len(places):
                return None
            for run, place in zip(row, places, strict=True):
                if len(row) == 1 and run.right > grid.bounds[place][1] + 1:
                    continue
                grid.widths[place] = max(grid.widths[place], len(run.text))
                lefts[place].append(run.left)
                rights[place].append(run.right)
        for k in range(len(merged)):
            if lefts[k]:
                grid.rights[k] = max(rights[k]) - min(rights[k]) + 2 < max(lefts[k]) - min(lefts[k])
        return grid

    def place(self, run: Run) -> int:
        """The column with which the run shares most."""
        shared = [min(run.right, b) - max(run.left, a) for a, b in self.bounds]
        return max(range(len(shared)), key=lambda k: shared[k])

    def read_table(self, rows: list[Row], runs: list[list[Run]], pitch: float) -> Table | None:
        """The stretch as a table, where white space tells its rows from the lines that cells are broken into."""
        starts = [0, *(i for i in range(1, len(rows)) if rows[i].base - rows[i - 1].base > _CLOSE * pitch)]
        if len(starts) < 3 or len(starts) == len(rows) or not self._is_tabular(runs, starts):
            return None
        cells: list[TableCell] = []
        for r, (start, end) in enumerate(zip(starts, [*starts[1:], len(rows)], strict=True)):
            texts: dict[int, str] = {}
            for k in range(start, end):
                if k > start and not self._goes_on(runs[k]):
                    return None
                for run in runs[k]:
                    place = self.place(run)
                    texts[place] = join_lines(texts[place], run.text) if place in texts else run.text
            cells.extend(TableCell(r, c, (Paragraph(text),)) for c, text in sorted(texts.items()))
        return Table(tuple(cells))

    def _is_tabular(self, runs: list[list[Run]], starts: list[int]) -> bool:
        """Whether the columns are those of a table: not markers or side heads with the text that they stand beside."""
        if len(self.bounds) > 2:
            return True
        firsts = [runs[i][0].text for i in starts if self.place(runs[i][0]) == 0]
        if sum(len(text) <= _MARKER for text in firsts) > 0.5 * len(firsts):
            return False
        lasts = [runs[i][-1].text for i in starts if len(runs[i]) > 1]
        return sum(text[-1:].isdecimal() for text in lasts) >= 0.5 * len(starts)

    def _goes_on(self, runs: list[Run]) -> bool:
        """Whether a line may hold no more than words that found no room in the cells above."""
        places = [self.place(run) for run in runs]
        if len(runs) >= len(self.bounds) or {0, len(self.bounds) - 1} <= set(places):
            return False
        limits = [*(left for left, _ in self.bounds[1:]), float("inf")]
        return all(run.right < limits[place] for run, place in zip(runs, places, strict=True))

    def write(self, runs: list[Run], indent: int) -> str:
        """The row as a line."""
        line = ""
        for run in runs:
            place = self.place(run)
            start = sum(self.widths[:place]) + len(_DIVIDE) * place
            if self.rights[place]:
                start += max(0, self.widths[place] - len(run.text))
            line = line.ljust(max(start, len(line) + 2)) if line else " " * start
            line += run.text
        return line
