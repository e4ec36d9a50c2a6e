"""Pages set in columns of running text: each column is read to its end before the next."""

from __future__ import annotations

from kg.read.words import Row, Word, find_rows

_BIN = 4.0  # points
_LEAST_ROWS = 5  # of running text in a column
_FEWEST = 3  # rows of any kind in a column
_LEAST_WORDS = 3  # in the usual line of a column
_FILLED = 0.7  # of a column's width that a full line takes up
_EDGE = 6  # rows that a page head or foot has at most
_APART = 2.4  # heights of a line by which it stands apart
_GUTTER = 0.7  # of a line's height that is free between columns
_CROSSED = 0.75  # of the rows may cross a place that is tried as a gutter
_DEPTH = 4


def split_columns(rows: list[Row], depth: int = 0) -> list[list[Row]]:
    """The rows as parts in the order of reading; a page that is not set in columns is one part."""
    found = _find_gutter(rows) if depth < _DEPTH and len(rows) >= 2 * _LEAST_ROWS - 3 else None
    if found is None:
        return [rows] if rows else []
    start, end, x = found
    left = find_rows([word for row in rows[start:end] for word in row.words if word.left < x])
    right = find_rows([word for row in rows[start:end] for word in row.words if word.left >= x])
    parts = split_columns(rows[:start], depth + 1)
    for half in (left, right):
        parts.extend(split_columns(half, depth + 1))
    return parts + split_columns(rows[end:], depth + 1)


def _find_gutter(rows: list[Row]) -> tuple[int, int, float] | None:
    """The longest stretch of rows with a gutter between two columns of running text, and where the gutter is."""
    low = min(row.left for row in rows)
    high = max(row.right for row in rows)
    size = int((high - low) / _BIN) + 2
    if size < 20 or size > 5000:
        return None
    covered = [0] * (size + 1)
    for row in rows:
        for a, b in _stretches(row):
            covered[int((a - low) / _BIN)] += 1
            covered[int((b - low) / _BIN) + 1] -= 1
    candidates: list[tuple[int, int]] = []
    total = 0
    for k in range(size):
        total += covered[k]
        if 0.2 * size < k < 0.8 * size and total <= _CROSSED * len(rows):
            candidates.append((total, k))
    best: tuple[int, int, float] | None = None
    for _, k in sorted(candidates)[:12]:
        x = low + (k + 0.5) * _BIN
        for start, end in (_trim(rows, *stretch) for stretch in _free_stretches(rows, x)):
            if (best is None or end - start > best[1] - best[0]) and _are_columns(rows[start:end], x):
                best = (start, end, x)
    return best


def _stretches(row: Row) -> list[tuple[float, float]]:
    """What the row covers from left to right, the blanks between words included."""
    merged: list[tuple[float, float]] = []
    for word in row.words:
        if merged and word.left - merged[-1][1] < _GUTTER * row.height:
            merged[-1] = (merged[-1][0], max(merged[-1][1], word.right))
        else:
            merged.append((word.left, word.right))
    return merged


def _free_stretches(rows: list[Row], x: float) -> list[tuple[int, int]]:
    """The stretches of rows that do not cross ``x``."""
    found: list[tuple[int, int]] = []
    start = 0
    for i, row in enumerate([*rows, None]):
        if row is None or any(a < x < b for a, b in _stretches(row)):
            if i - start >= _LEAST_ROWS:
                found.append((start, i))
            start = i + 1
    return found


def _are_columns(rows: list[Row], x: float) -> bool:
    """Whether running text stands on both sides of ``x``: not the cells of a table."""
    halves: list[list[Row]] = []
    for side in (0, 1):
        words: list[Word] = [w for row in rows for w in row.words if (w.left >= x) == bool(side)]
        half = find_rows(words)
        if len(half) < _FEWEST:
            return False
        halves.append(half)
    left, right = (_running(half) for half in halves)
    if not left or not right or left + right < 2 * _SURE:
        # One column of running text beside another that is too short to tell: not rows of one table.
        if max(left, right) < _SURE or min(left, right) < 0:
            return False
        bases = [row.base for row in halves[0]]
        level = sum(any(abs(row.base - base) < 1 for base in bases) for row in halves[1])
        return level < 0.5 * len(halves[1])
    return True


_SURE = 1.0


def _running(half: list[Row]) -> float:
    """How surely the rows are running text: 1 where they are, 0 where too few tell, -1 where they are numbers."""
    lines = [row for row in half if not any(word.table for word in row.words)]
    text = "".join(word.text for row in lines for word in row.words)
    if sum(sign.isdecimal() for sign in text) > 0.25 * len(text):
        return -1.0
    if len(lines) < _LEAST_ROWS:
        return 0.0
    width = max(row.right for row in half) - min(row.left for row in half)
    full = sum(row.right - row.left >= _FILLED * width for row in lines)
    running = sum(row.words[0].text[:1].islower() for row in lines)
    long = sum(len(row.words) >= _LEAST_WORDS for row in lines)
    sure = full >= 0.35 * len(lines) and long >= 0.5 * len(lines) and running >= max(2, 0.15 * len(lines))
    return _SURE if sure else 0.0


def _trim(rows: list[Row], start: int, end: int) -> tuple[int, int]:
    """The stretch without a page head or foot that stands apart from it."""
    for i in range(start + 1, min(start + _EDGE, end)):
        if rows[i].base - rows[i - 1].base > _APART * rows[i].height:
            start = i
            break
    for i in range(end - 1, max(end - _EDGE, start + 1), -1):
        if rows[i].base - rows[i - 1].base > _APART * rows[i].height:
            end = i
            break
    return start, end
