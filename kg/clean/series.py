"""Tables whose columns come one after the other, each under its head, as text taken from a PDF often gives them."""

from __future__ import annotations

from kg.clean.assemble import Draft, Run
from kg.clean.lines import Line
from kg.clean.rules import Page
from kg.clean.words import (
    ends_hyphenated,
    ends_open,
    has_ended,
    is_amount,
    is_known_label,
    is_lower,
    label_of,
    match_marker,
)

_MOST_LINES = 400
_LONGEST = 110
_FEWEST = 2  # cells in a column, and columns

Group = tuple[Line, list[list[Line]]]  # a head and its cells, each of a line or more


def read_series_of_columns(page: Page, i: int) -> tuple[list[Draft], int] | None:
    """The table of columns told one below the other that begins at line ``i``, with the index of the line after.

    Sure only where every column has as many cells as the others, and one of them holds nothing but sums; or where a
    table with the same heads stands above.
    """
    found = _read_groups(page, i)
    if found is None:
        return None
    groups, end = found
    if not any(_are_sums(cells) for _, cells in groups[1:]) and not _stands_above(page, i, groups):
        return None
    rows: list[list[list[Run]]] = [[_runs([head]) for head, _ in groups]]
    rows += [[_runs(cells[k]) for _, cells in groups] for k in range(len(groups[0][1]))]
    places = [[(c, r == 0) for c in range(len(groups))] for r in range(len(rows))]
    return [Draft("table", rows, page=page.lines[i].page, columns=places)], end


def _is_head(line: Line) -> bool:
    return len(line.parts) == 1 and is_known_label(line.text) and not is_amount(line.text)


def _read_groups(page: Page, i: int) -> tuple[list[Group], int] | None:
    """The columns, each with as many cells, and the index of the line after them."""
    bodies: list[tuple[Line, list[Line], int]] = []
    at = i
    while at < len(page.lines) and _is_head(page.lines[at]) and at - i < _MOST_LINES:
        end = at + 1
        while end < len(page.lines) and _may_be_cell(page.lines[end], end == at + 1):
            end += 1
        if end - at - 1 < _FEWEST:
            break
        bodies.append((page.lines[at], page.lines[at + 1 : end], at + 1))
        at = end
    if len(bodies) < _FEWEST:
        return None
    columns = [_join_cells(lines) for _, lines, _ in bodies]
    size = min(map(len, columns[:-1]))
    if any(len(c) != size for c in columns[:-1]) or len(columns[-1]) < size or size < _FEWEST:
        return None
    last = columns[-1][:size]
    end = bodies[-1][2] + sum(map(len, last))
    cells = [*columns[:-1], last]
    return [(head, c) for (head, _, _), c in zip(bodies, cells, strict=True)], end


def _may_be_cell(line: Line, first: bool) -> bool:
    """Whether a line may stand in a column: short, no sentence, no label or item, no blank line before it."""
    text = line.text
    if len(line.parts) > 1 or len(text) > _LONGEST or line.blanks > (1 if first else 0):
        return False
    return not has_ended(text) and not _is_head(line) and label_of(text) is None and match_marker(text) is None


def _join_cells(lines: list[Line]) -> list[list[Line]]:
    """The lines as cells: one that goes on in lower case, or after a hyphen or an open word, is no cell of its own."""
    cells: list[list[Line]] = []
    for line in lines:
        above = cells[-1][-1].text if cells else ""
        if above and (is_lower(line.text) or ends_hyphenated(above) or ends_open(above)) and not is_amount(line.text):
            cells[-1].append(line)
        else:
            cells.append([line])
    return cells


def _are_sums(cells: list[list[Line]]) -> bool:
    return all(len(cell) == 1 and is_amount(cell[0].text) for cell in cells)


def _stands_above(page: Page, i: int, groups: list[Group]) -> bool:
    """Whether a table of such columns, one of them of sums, stands above with the first of these heads."""
    heads = [head.text for head, _ in groups]
    for k in range(max(0, i - _MOST_LINES), i):
        if page.lines[k].text == heads[0] and (found := _read_groups(page, k)) is not None:
            above = [head.text for head, _ in found[0]]
            if all(h in above for h in heads) and any(_are_sums(cells) for _, cells in found[0]):
                return True
    return False


def _runs(lines: list[Line]) -> list[Run]:
    """The lines of a cell as runs, a hyphen at a line's end taken out before small letters."""
    runs: list[Run] = []
    glue = ""
    for k, line in enumerate(lines):
        broken = k + 1 < len(lines) and ends_hyphenated(line.text) and is_lower(lines[k + 1].text)
        runs.append((line.start, line.end - 1 if broken else line.end, glue))
        glue = "" if broken else " "
    return runs
