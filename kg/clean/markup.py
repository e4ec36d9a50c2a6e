"""The blocks of a page whose reader has marked its structure, as drafts in order."""

from __future__ import annotations

import re
from bisect import bisect_left

from kg.clean.assemble import Draft, Run
from kg.clean.lines import plain
from kg.clean.words import is_known_label, is_state, may_label, opens_section, shaped_label
from kg.model import Mark

_BREAK = re.compile(
    r">\s+<|&nbsp;|<\s*/?\s*(?:br|p|div|li|ul|ol|tr|td|th|h[1-6]|dd|dt|dl|section|article|blockquote)\b", re.IGNORECASE
)


_BLOCK_TAG = re.compile(r"<\s*/?\s*(?:p|div|section|article|footer|ul|ol|table|h[1-6])\b", re.IGNORECASE)
_LABEL_AND_VALUE = re.compile(r"[^:]{2,40}:\s+\S")


def lay_out_marks(raw: str, base: str, marks: tuple[Mark, ...]) -> list[Draft]:
    """The blocks that ``marks`` tell of; the page's title (a heading of level 0) is furniture."""
    skips = [mark for mark in marks if mark.kind == "skip"]
    starts = [mark.start for mark in skips]
    marks = _pair_labels(raw, base, marks)
    drafts: list[Draft] = []
    done = 0
    for i, mark in enumerate(marks):
        if mark.kind in ("skip", "page", "cell") or mark.start < done:
            continue
        if mark.kind in ("table", "field"):
            cells = [m for m in marks[i + 1 : _after(marks, i)] if m.kind == "cell" and m.end <= mark.end]
            caption, rest = _caption(cells) if mark.kind == "table" else ([], cells)
            if mark.kind == "table" and rest and _holds_fields(base, rest):
                drafts += [Draft("paragraph", [[_runs(raw, base, cell, skips, starts)]]) for cell in caption]
                drafts.extend(_to_fields(raw, base, rest, skips, starts))
                done = mark.end
                continue
            draft = _from_cells(raw, base, mark.kind, cells, skips, starts)
        elif mark.kind == "heading" and not mark.level:
            draft = Draft("furniture", [[_runs(raw, base, mark, skips, starts)]])
        else:
            draft = Draft(mark.kind, [[_runs(raw, base, mark, skips, starts)]], level=mark.level)
        drafts.append(draft)
        done = mark.end
    return drafts


def _pair_labels(raw: str, base: str, marks: tuple[Mark, ...]) -> tuple[Mark, ...]:
    """The marks with each label that stands alone on its line and the value below it made one field; several lines
    below a label are the items of its list."""
    runs = [m for m in marks if m.kind in ("paragraph", "heading", "list_item", "table", "field")]
    made: dict[Mark, tuple[Mark, ...]] = {}
    i = 0
    while i < len(runs):
        mark = runs[i]
        i += 1
        if not _may_label(base, mark):
            continue
        values: list[Mark] = []
        while i < len(runs) and runs[i].kind == "paragraph" and _may_value(base, runs[i]):
            if values and _BLOCK_TAG.search(raw, values[-1].end, runs[i].start):
                break
            values.append(runs[i])
            i += 1
        if len(values) == 1:
            value = values[0]
            made[mark] = (
                Mark("field", mark.start, value.end),
                Mark("cell", mark.start, mark.end, column=0),
                Mark("cell", value.start, value.end, column=1),
            )
            made[value] = ()
        elif values and (mark.kind == "paragraph" or mark.level == 5):
            made[mark] = (Mark("heading", mark.start, mark.end, level=5),)
            made |= {v: (Mark("list_item", v.start, v.end, level=1),) for v in values}
    if not made:
        return marks
    return tuple(kept for mark in marks for kept in made.get(mark, (mark,)))


def _may_label(base: str, mark: Mark) -> bool:
    if mark.kind != "paragraph" and not (mark.kind == "heading" and mark.level >= 3):
        return False
    words = plain(base, mark.start, mark.end)
    if mark.kind == "heading" and opens_section(words):
        return False
    return mark.end - mark.start <= 60 and _is_label(plain(base, mark.start, mark.end))


def _is_label(words: str) -> bool:
    return may_label(words) or shaped_label(words)


def _may_value(base: str, mark: Mark) -> bool:
    """Whether a line reads as a value: short, no sentence, and no label of its own."""
    if mark.end - mark.start > 400:
        return False
    words = plain(base, mark.start, mark.end).strip()
    if not 0 < len(words) <= 160 or _is_label(words) or _LABEL_AND_VALUE.match(words):
        return False
    return not words.endswith((".", ":", "?", "!")) or len(words.split()) < 4


def _caption(cells: list[Mark]) -> tuple[list[Mark], list[Mark]]:
    """The one cell of a first row above rows of two, which says what the table is about, and the other cells."""
    first = [cell for cell in cells if cell.row == cells[0].row] if cells else []
    return (first, cells[1:]) if len(first) == 1 and len(cells) > 2 else ([], cells)


def _holds_fields(base: str, cells: list[Mark]) -> bool:
    """Whether a table of two columns has a label in the first cell of each row and its value in the second."""
    rows: dict[int, list[Mark]] = {}
    for cell in cells:
        rows.setdefault(cell.row, []).append(cell)
    if any([cell.column for cell in row] != [0, 1] for row in rows.values()):
        return False
    if all(first.header and not second.header for first, second in rows.values()):
        return True
    if any(cell.header for cell in cells):
        return False
    labels = [plain(base, row[0].start, row[0].end) for row in rows.values()]
    first = plain(base, rows[min(rows)][1].start, rows[min(rows)][1].end)
    return all(label.endswith(":") for label in labels) or (
        sum(map(_is_label, labels)) >= 0.6 * len(labels) and (not is_known_label(first) or is_state(first))
    )


def _to_fields(raw: str, base: str, cells: list[Mark], skips: list[Mark], starts: list[int]) -> list[Draft]:
    return [
        Draft("field", [[_runs(raw, base, label, skips, starts), _runs(raw, base, value, skips, starts)]])
        for label, value in zip(cells[::2], cells[1::2], strict=True)
    ]


def _after(marks: tuple[Mark, ...], i: int) -> int:
    end = i + 1
    while end < len(marks) and marks[end].start < marks[i].end:
        end += 1
    return end


def _from_cells(raw: str, base: str, kind: str, cells: list[Mark], skips: list[Mark], starts: list[int]) -> Draft:
    if kind == "field":
        return Draft(kind, [[_runs(raw, base, cell, skips, starts) for cell in cells]])
    rows: list[list[list[Run]]] = []
    places: list[list[tuple[int, bool]]] = []
    last = None
    for cell in cells:
        if cell.row != last:
            rows.append([])
            places.append([])
            last = cell.row
        while len(rows[-1]) < cell.column:
            places[-1].append((len(rows[-1]), False))
            rows[-1].append([])
        places[-1].append((cell.column, cell.header))
        rows[-1].append(_runs(raw, base, cell, skips, starts))
    return Draft(kind, rows, columns=places)


def _is_blank(base: str, at: int) -> bool:
    while at > 0 and base[at] in "\x00\x01":
        at -= 1
    return 0 <= at < len(base) and base[at] in " \t\n"


def _runs(raw: str, base: str, mark: Mark, skips: list[Mark], starts: list[int]) -> list[Run]:
    """The mark's text without what is skipped; a blank stands for a break that is skipped."""
    runs: list[Run] = []
    at, glue = mark.start, ""
    k = bisect_left(starts, mark.start)
    while k < len(skips) and skips[k].start < mark.end:
        skip = skips[k]
        k += 1
        if skip.start < at:
            at = max(at, skip.end)
            continue
        if skip.start > at:
            runs.append((at, skip.start, glue))
            glue = ""
        if _BREAK.search(raw, skip.start, skip.end) or _is_blank(base, skip.start - 1) or _is_blank(base, skip.end):
            glue = " "
        at = skip.end
    if at < mark.end:
        runs.append((at, mark.end, glue))
    return runs
