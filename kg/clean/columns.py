"""Pages of two columns of text, read column by column where that is certain."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from kg.clean.lines import Line

_LEAST_LINES = 4  # lines with text in both columns, or with text on the right
_LEAST_LEFT = 24  # the right column begins here at the earliest
_GUTTER = 2
_SLACK = 1


def read_columns(base: str, lines: list[Line]) -> list[Line]:
    """``lines`` with the left column of each two-column stretch before the right one.

    A stretch is certain where the right column begins at one place, no line crosses it, and the left column is
    running text: its lines begin in lower case and its words go on from line to line.
    """
    if not any(len(line.parts) == 2 for line in lines):
        return lines
    result: list[Line] = []
    i = 0
    vain = (0, 0)  # the end and the column of a stretch that was read in vain
    while i < len(lines):
        column = _left_of(lines[i], 1) if len(lines[i].parts) == 2 else 0
        found = (
            _find_stretch(lines, i, column) if column >= _LEAST_LEFT and (i >= vain[0] or column != vain[1]) else None
        )
        if found is not None and not found[1]:
            vain, found = (found[0], column), None
        if found is None:
            result.append(lines[i])
            i += 1
        else:
            end = found[0]
            result.extend(_reorder(lines[i:end], column))
            i = end
    return result


def _left_of(line: Line, part: int) -> int:
    return line.indent + line.parts[part][0] - line.start


def _find_stretch(lines: list[Line], i: int, column: int) -> tuple[int, bool]:
    """The end of the stretch from ``i`` that keeps to the gutter at ``column``, and whether it is two columns."""
    end = i
    while (
        end < len(lines)
        and (end == i or lines[end].blanks <= 1)
        and not lines[end].furniture
        and _fits(lines[end], column)
    ):
        end += 1
    stretch = lines[i:end]
    right = [line for line in stretch if len(line.parts) == 2 or line.indent >= column - _SLACK]
    left = [line for line in stretch if line.indent < column - _SLACK]
    return end, len(right) >= _LEAST_LINES and len(left) >= _LEAST_LINES and _is_running(left)


def _fits(line: Line, column: int) -> bool:
    if len(line.parts) == 2:
        return abs(_left_of(line, 1) - column) <= _SLACK
    return len(line.parts) == 1 and (line.right <= column - _GUTTER or abs(line.indent - column) <= _SLACK)


def _is_running(left: list[Line]) -> bool:
    """Whether the left column is text that runs on: not names of rows, each with a value at its right."""
    texts = [line.text[: line.parts[0][1] - line.parts[0][0]] for line in left]
    lower = sum(1 for text in texts if text[:1].islower())
    widths = Counter(len(text) >= 0.7 * max(map(len, texts)) for text in texts)
    return lower >= 2 and lower >= 0.25 * len(texts) and widths[True] >= 2


def _reorder(stretch: list[Line], column: int) -> list[Line]:
    left: list[Line] = []
    right: list[Line] = []
    left_blanks = right_blanks = 0
    for line in stretch:
        if len(line.parts) == 2:
            (start, stop), (low, high) = line.parts
            size = stop - start
            left.append(
                replace(
                    line,
                    end=stop,
                    text=line.text[:size].rstrip(),
                    parts=[(start, stop)],
                    blanks=max(line.blanks, left_blanks),
                )
            )
            right.append(
                replace(
                    line,
                    start=low,
                    text=line.text[-(high - low) :],
                    indent=0,
                    parts=[(low, high)],
                    blanks=max(line.blanks, right_blanks),
                    cut=False,
                )
            )
            left_blanks = right_blanks = 0
        elif line.indent >= column - _SLACK:
            right.append(replace(line, indent=0, blanks=max(line.blanks, right_blanks), cut=False))
            right_blanks = 0
            left_blanks = max(left_blanks, 1)
        else:
            left.append(replace(line, blanks=max(line.blanks, left_blanks)))
            left_blanks = 0
            right_blanks = max(right_blanks, 1)
    for half in (left, right):
        width = max(line.right for line in half)
        for line in half:
            line.limit = width
    right[0].blanks = 2
    return left + right
