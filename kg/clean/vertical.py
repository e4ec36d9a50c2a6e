"""Tables whose cells stand on lines of their own, rebuilt only where that is certain."""

from __future__ import annotations

import re
from itertools import pairwise

from kg.clean.assemble import Draft, Run
from kg.clean.lexicon import layout_words
from kg.clean.lines import Line
from kg.clean.rules import Page
from kg.clean.series import read_series_of_columns
from kg.clean.words import ends_hyphenated, ends_open, is_amount, is_lower

_YEAR = re.compile(r"(?:19|20)\d\d$")
_DATE = re.compile(r"\d{4}-\d\d-\d\d$")
_MOST = 8
_SERIES = 200  # lines of a table of series
_PROSE = 60  # characters of a line that is no cell
_LEAST = 3  # head cells of a table of records


def read_vertical(page: Page, i: int) -> tuple[list[Draft], int] | None:
    """The table of single-cell lines that begins at ``i``, with the index of the line after; None where unsure."""
    words = layout_words()
    text = page.lines[i].text.casefold()
    if text not in words.heads and text not in words.labels or not page.may_try("vertical", i):
        return None
    found = _read_even(page, i)
    if found is None and text in words.heads:
        found = _read_series(page, i) or _read_records(page, i)
    found = found or _read_pattern(page, i) or read_series_of_columns(page, i) or _read_budget(page, i)
    if found is None:
        page.note_failure("vertical", i, _stanza(page, i))
    return found


def _stanza(page: Page, i: int) -> int:
    end = i + 1
    while end < len(page.lines) and page.lines[end].blanks == 0 and not page.lines[end].cut:
        end += 1
    return end


def _is_head(line: Line) -> bool:
    return line.text.casefold() in layout_words().heads


def _is_column(line: Line) -> bool:
    """Whether a line may head a column: the head of a table, or a label that is known."""
    words = layout_words()
    text = line.text.casefold()
    return text in words.heads or text in words.labels


def _read_even(page: Page, i: int) -> tuple[list[Draft], int] | None:
    """Records of a line for each of four heads or more, a blank line between records: no cell is wrapped or missing.

    The heads may stand again after a page head.  Sure only where the lines end with a sum, with prose or with the
    page, for else the cells of another record may be out of step.
    """
    lines = page.lines
    end = i
    while end < len(lines) and _is_column(lines[end]) and (end == i or lines[end].blanks == 0):
        end += 1
    heads = [line.text for line in lines[i:end]]
    size = len(heads)
    if size <= _LEAST or end >= len(lines) or lines[end].blanks == 0:
        return None
    rows: list[list[list[Run]]] = [[[(line.start, line.end, "")] for line in lines[i:end]]]
    places = [[(c, True) for c in range(size)]]
    records, at = 0, end
    while at < len(lines):
        stanza = lines[at : _stanza(page, at)]
        again = [line.text for line in stanza] == heads
        if len(stanza) != size or not again and any(_goes_on(a, b) for a, b in pairwise(stanza)):
            break
        rows.append([[(line.start, line.end, "")] for line in stanza])
        places.append([(c, again) for c in range(size)])
        records += not again
        at += size
    if records < 2 or at < len(lines) and not _may_end(lines[at]):
        return None
    return [Draft("table", rows, page=lines[i].page, columns=places)], at


def _goes_on(a: Line, b: Line) -> bool:
    return is_lower(b.text) or ends_hyphenated(a.text) or ends_open(a.text)


def _may_end(line: Line) -> bool:
    """Whether a line ends a list of records: a sum, or prose."""
    return _is_sum(line.text) or line.text.endswith(".") or len(line.text) > _PROSE


def _read_series(page: Page, i: int) -> tuple[list[Draft], int] | None:
    """Series of equal length, each under its own head: År 2017 2018 Summa, Belopp 100 kr 200 kr 300 kr.

    Each series becomes a row, its head the first cell.
    """
    end = _stanza(page, i)
    lines = page.lines[i:end]
    if len(lines) > _SERIES:
        return None
    for size in range(3, len(lines) // 2 + 1):
        if len(lines) % size:
            continue
        series = [lines[k : k + size] for k in range(0, len(lines), size)]
        if not all(_is_head(one[0]) for one in series):
            continue
        bodies = [one[1:] for one in series[1:]]
        if all(is_amount(line.text) for body in bodies for line in body) and not any(
            line.text.casefold() in layout_words().heads and not _is_sum(line.text) for line in series[0][1:]
        ):
            rows: list[list[list[Run]]] = [[[(line.start, line.end, "")] for line in one] for one in series]
            places = [[(c, r == 0 or c == 0) for c in range(size)] for r in range(len(series))]
            return [Draft("table", rows, page=lines[0].page, columns=places)], end
    return None


def _is_sum(text: str) -> bool:
    return text.casefold().startswith(layout_words().sums)


def _read_records(page: Page, i: int) -> tuple[list[Draft], int] | None:
    """Records under a head of three cells or more, one of them a number, a blank line between records."""
    lines = page.lines
    end = i
    while end < len(lines) and _is_head(lines[end]) and (end == i or lines[end].blanks == 0):
        end += 1
    heads = [line.text for line in lines[i:end]]
    if len(heads) < _LEAST:
        return None
    rows: list[list[list[Run]]] = [[[(line.start, line.end, "")] for line in lines[i:end]]]
    places = [[(c, True) for c in range(len(heads))]]
    records = 0
    width = 0
    at = end
    while at < len(lines):
        stop = _stanza(page, at)
        stanza = lines[at:stop]
        if [line.text for line in stanza] == heads:
            rows.append([[(line.start, line.end, "")] for line in stanza])
            places.append([(c, True) for c in range(len(heads))])
        elif len(stanza) == 1 and records + 1 and len(stanza[0].text) < 120 and not stanza[0].text.endswith("."):
            rows.append([[(stanza[0].start, stanza[0].end, "")]])
            places.append([(0, False)])
        else:
            width = max(width, len(stanza[0].text))
            cells = _split_record(stanza, len(heads), width)
            if cells is None:
                break
            rows.append(cells)
            places.append([(c, False) for c in range(len(cells))])
            records += 1
        at = stop
    while len(rows) > 1 and len(rows[-1]) == 1:
        rows.pop()
        places.pop()
        at -= 1
    if not records:
        return None
    return [Draft("table", rows, page=lines[i].page, columns=places)], at


def _read_pattern(page: Page, i: int) -> tuple[list[Draft], int] | None:
    """Records of as many lines as there are heads, told by the kinds of their cells, which repeat.

    Sure only where two records or more agree, one column at least holds numbers, and no head is a number.
    """
    best: tuple[int, int] | None = None
    for size in range(_LEAST, _MOST + 1):
        heads = page.lines[i : i + size]
        if len(heads) < size or any(
            _kind(line.text) != "text" or len(line.text) > 40 or line.text.endswith(".") for line in heads
        ):
            break
        pattern = [_kind(line.text) for line in page.lines[i + size : i + 2 * size]]
        if len(pattern) < size or "number" not in pattern or pattern[0] != "text":
            continue
        count = 0
        while [_kind(line.text) for line in page.lines[i + (count + 1) * size : i + (count + 2) * size]] == pattern:
            count += 1
        if count >= 2 and (best is None or count * size > best[0] * best[1]):
            best = size, count
    if best is None:
        return None
    size, count = best
    end = i + size * (count + 1)
    if any(line.blanks > 1 or len(line.parts) > 1 for line in page.lines[i + 1 : end]):
        return None
    if not _ends_clean(page, end) or _out_of_step(page, i, size, end):
        return None
    rows = [[[(line.start, line.end, "")] for line in page.lines[k : k + size]] for k in range(i, end, size)]
    places = [[(c, r == 0) for c in range(size)] for r in range(count + 1)]
    lines = page.lines[end : end + 2]
    if len(lines) == 2 and _is_sum(lines[0].text) and _kind(lines[1].text) == "number":
        column = [_kind(line.text) for line in page.lines[i + size : i + 2 * size]].index("number")
        empty: list[list[Run]] = [[] for _ in range(column - 1)]
        rows.append([[(lines[0].start, lines[0].end, "")], *empty, [(lines[1].start, lines[1].end, "")]])
        places.append([(c, False) for c in range(column + 1)])
        end += 2
    return [Draft("table", rows, page=page.lines[i].page, columns=places)], end


def _read_budget(page: Page, i: int) -> tuple[list[Draft], int] | None:
    """A budget of two columns, each cell on a line of its own: what is paid or who pays, with the sum below.

    Sure only with three rows or more under the head of such a table, of one cell or two, the last a sum.
    """
    lines = page.lines
    two = i + 1 < len(lines) and _is_head(lines[i + 1]) and not _is_sum(lines[i + 1].text)
    at = i + 1 + two
    rows: list[list[list[Run]]] = [[[(line.start, line.end, "")] for line in lines[i:at]]]
    while (row := _budget_row(lines, at)) is not None:
        rows.append([_runs(row[:-1]), _runs(row[-1:])])
        at += len(row)
        if _is_sum(row[0].text):
            break
    if len(rows) <= _LEAST or not _is_sum(lines[at - 2].text):
        return None
    places = [[(c, r == 0) for c in range(len(row))] for r, row in enumerate(rows)]
    return [Draft("table", rows, page=lines[i].page, columns=places)], at


def _budget_row(lines: list[Line], at: int) -> list[Line] | None:
    """A line or two of words and the line of a sum below them."""
    for size in (2, 3):
        row = lines[at : at + size]
        if len(row) < size or any(len(line.parts) > 1 or line.blanks > 1 for line in row):
            return None
        words = row[:-1]
        if any(is_amount(line.text) or len(line.text) > _PROSE or line.text.endswith(".") for line in words):
            return None
        if size > 2 and not _goes_on(*words):
            return None
        if is_amount(row[-1].text):
            return row
    return None


def _ends_clean(page: Page, end: int) -> bool:
    """Whether the records end at a sum, a blank line, a page break or the end: else they may be out of step."""
    if end >= len(page.lines):
        return True
    line = page.lines[end]
    return line.blanks > 0 or line.cut or _is_sum(line.text)


def _out_of_step(page: Page, i: int, size: int, end: int) -> bool:
    """Whether blank lines divide the lines into records otherwise than by ``size``, or a further record follows."""
    parted = [k - i for k in range(i + 1, end) if page.lines[k].blanks]
    if not parted or len(parted) == end - i - 1:  # none, or one above every cell
        return False
    if i and not page.lines[i].blanks and not page.lines[i].cut:  # the head begins above
        return True
    further = end < len(page.lines) and not page.lines[end].cut and not _may_end(page.lines[end])
    return any(k % size for k in parted) or further and _stanza(page, end) - end > 1


def _kind(text: str) -> str:
    if text.endswith("%"):
        return "share"
    if is_amount(text):
        return "number"
    return "date" if _DATE.match(text) else "text"


def _split_record(stanza: list[Line], columns: int, width: int) -> list[list[Run]] | None:
    """The cells of one record: those before the number are told by how their lines break."""
    numbers = [k for k, line in enumerate(stanza) if is_amount(line.text) and not _YEAR.match(line.text)]
    if len(numbers) > 1 or len(stanza) < 2:
        return None
    if numbers and numbers[0] == len(stanza) - 1:
        before, after, position = stanza[: numbers[0]], [], columns - 1
    elif numbers:
        before, after, position = stanza[: numbers[0]], stanza[numbers[0] + 1 :], columns - 2
    else:
        before, after, position = stanza, [], columns - 2
        if len(before) > 6:
            return None
    if not numbers and not all(len(line.text) <= width + 4 for line in before):
        return None
    first = _split_lines(before, position, width)
    if first is None:
        return None
    cells = [_runs(group) for group in first]
    if numbers:
        number = stanza[numbers[0]]
        cells.append([(number.start, number.end, "")])
        if after:
            cells.append(_runs(after))
    return cells


def _split_lines(lines: list[Line], count: int, width: int) -> list[list[Line]] | None:
    """The lines as ``count`` cells, where only one division is possible or likely."""
    if len(lines) < count:
        return None
    possible = [
        k
        for k in range(1, len(lines))
        if not is_lower(lines[k].text) and not ends_hyphenated(lines[k - 1].text) and not ends_open(lines[k - 1].text)
    ]
    cuts = possible
    if len(cuts) != count - 1:
        cuts = [k for k in possible if len(lines[k - 1].text) + 1 + len(lines[k].text.split()[0]) <= width]
    if len(cuts) != count - 1:
        return None
    edges = [0, *cuts, len(lines)]
    return [lines[a:b] for a, b in pairwise(edges)]


def _runs(lines: list[Line]) -> list[Run]:
    runs: list[Run] = []
    glue = ""
    for k, line in enumerate(lines):
        stop, following = line.end, lines[k + 1] if k + 1 < len(lines) else None
        if following is not None and ends_hyphenated(line.text) and line.text[-2:] != " -" and is_lower(following.text):
            runs.append((line.start, stop - 1, glue))
            glue = ""
        else:
            runs.append((line.start, stop, glue))
            glue = " "
    return runs
