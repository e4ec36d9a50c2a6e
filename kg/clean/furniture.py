"""Page heads and feet: which lines are furniture of the page and no part of the text.

A line is furniture where it bears a page number or stands beside one that does, and its like stands beside another;
where it stands at a page break and its like stands at another; where it is one of a run of lines with which the
paper begins and that comes again; or where it is a line for signatures.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from kg.clean.lexicon import layout_words
from kg.clean.lines import Line
from kg.clean.pages import START, find_page_numbers, number_heads, page_after
from kg.clean.words import is_reference

_SOME_DIGITS = re.compile(r"\d+")
_SPACES = re.compile(r"\s+")
_RULE = re.compile(r"[_.\-–=\s]{4,}$")
_COLUMNS = re.compile(r"\s{2,}|\t")
_UNIT = re.compile(r"\s*\([^)]*\)$")
_LABEL = re.compile(r"[^:]{2,40}:")
_REACH = 9  # lines that a page head may have
_TOP = 12  # lines in which the head of the first page stands


def find_furniture(lines: list[Line]) -> list[Line]:
    """The lines without repeated furniture; what is kept of it is flagged ``furniture``, the line after it ``cut``.

    Pages are numbered from the page numbers where the paper has no form feeds.
    """
    if not lines:
        return []
    keys = [_key(line.text) for line in lines]
    flags = [False] * len(lines)
    anchors = find_page_numbers(lines)
    for i in anchors:
        flags[i] = True
    breaks = [i for i, line in enumerate(lines) if i and line.cut]
    _spread_from_anchors(lines, keys, flags, anchors)
    _flag_at_breaks(lines, keys, flags, breaks)
    _flag_repeated_head(lines, keys, flags)
    _flag_signatures(lines, flags)
    return _drop_repeated(lines, keys, flags, anchors, bool(breaks))


def _key(text: str) -> str:
    """Equal for lines that differ in page number only."""
    words = layout_words()
    number = words.page_number.search(text) if text[-1:] in "0123456789)-–" else None
    if number:
        text = text[: number.start()] + "#"
    if text[:1].isspace() or text[-1:].isspace():
        return _SPACES.sub(" ", text)
    return " ".join(text.split())


def _spread_from_anchors(lines: list[Line], keys: list[str], flags: list[bool], anchors: list[int]) -> None:
    """Flag the lines beside a page number whose like stands beside another, or in the head of the first page."""
    if not anchors:
        return
    words = layout_words()
    own = set(anchors)
    top = {key: i for i, key in reversed(list(enumerate(keys[:_TOP])))}
    for step in (-1, 1):
        sides = {a: _beside(lines, a, own, step) for a in anchors}
        # Where a line stands at a distance from a page number: two places are enough to tell that it comes again.
        places: dict[tuple[str, int], list[int]] = {}
        for side in sides.values():
            for distance, i in enumerate(side, 1):
                known = places.setdefault((keys[i], distance), [])
                if len(known) < 2:
                    known.append(i)
        for a, side in sides.items():
            for distance, i in enumerate(side, 1):
                repeated = any(
                    k != i for near in (distance - 1, distance, distance + 1) for k in places.get((keys[i], near), ())
                )
                first = top.get(keys[i], i)
                headed = first < min(i, a - 1) and (first < _TOP // 2 or is_reference(lines[i].text))
                headed = headed and keys[i].casefold() not in words.sections
                if not (repeated or headed) or _is_list_line(lines[i].text) or _is_table_head(lines, i, words.heads):
                    break
                flags[i] = True
                if not repeated:
                    flags[first] = True


def _beside(lines: list[Line], a: int, anchors: set[int], step: int) -> list[int]:
    """The lines on one side of a page number, nearest first, up to a wider gap or another page number."""
    beside: list[int] = []
    i = a + step
    while 0 <= i < len(lines) and len(beside) < _REACH and i not in anchors and lines[max(i, i - step)].blanks <= 1:
        beside.append(i)
        i += step
    return beside


def _is_table_head(lines: list[Line], i: int, heads: frozenset[str]) -> bool:
    """Whether the line holds the heads of columns, which come again on a new page as furniture does."""
    line = lines[i]
    if len(line.parts) == 1:
        beside = [lines[j].text.casefold() for j in (i - 1, i + 1) if 0 <= j < len(lines)]
        return line.text.casefold() in heads and any(text in heads for text in beside)
    cells = [cell.strip(" :").casefold() for cell in _COLUMNS.split(line.text)]
    known = sum(1 for cell in cells if cell in heads or _UNIT.sub("", cell) in heads)
    return known > 0 and 2 * known >= len(cells)


def _is_list_line(text: str) -> bool:
    return text[:4] == "att " or text[:2] in ("- ", "• ", "* ")


def _flag_at_breaks(lines: list[Line], keys: list[str], flags: list[bool], breaks: list[int]) -> None:
    """Flag the lines at the top or foot of a page (told by form feeds) that come again at the same place."""
    if not breaks:
        return
    heads = layout_words().heads
    starts = [0, *breaks]
    ends = [*breaks, len(lines)]
    pages = list(zip(starts, ends, strict=True))
    for place in (_top_of, _foot_of):
        seen: dict[tuple[str, int], set[int]] = {}
        for start, end in pages:
            for away, i in enumerate(place(start, end)):
                seen.setdefault((_SOME_DIGITS.sub("0", keys[i]), away), set()).add(start)
        for start, end in pages:
            for away, i in enumerate(place(start, end)):
                key = _SOME_DIGITS.sub("0", keys[i])
                near = [seen.get((key, away + step), set()) - {start} for step in (0, -1, 1, -2, 2)]
                if not any(near) or _is_table_head(lines, i, heads):
                    break
                flags[i] = True


def _top_of(start: int, end: int) -> Iterable[int]:
    return range(start, min(start + _REACH, end))


def _foot_of(start: int, end: int) -> Iterable[int]:
    return range(end - 1, max(end - _REACH, start) - 1, -1)


def _flag_repeated_head(lines: list[Line], keys: list[str], flags: list[bool]) -> None:
    """Flag a run of two or more lines, begun within the first lines of the paper, wherever it comes again whole."""
    where: dict[str, list[int]] = {}
    for i, key in enumerate(keys):
        where.setdefault(key, []).append(i)
    for first in range(min(START, len(lines))):
        if flags[first]:
            continue
        for again in where[keys[first]]:
            if again <= first or flags[again]:
                continue
            size = 0
            while (
                again + size < len(lines)
                and first + size < again
                and size < _REACH + 6
                and keys[first + size] == keys[again + size]
            ):
                size += 1
            if size >= 2 and not _is_record(lines, first, again):
                for i in range(size):
                    flags[first + i] = flags[again + i] = True


def _is_record(lines: list[Line], first: int, again: int) -> bool:
    """Whether the runs are entries of a list: the line before each bears the same label with another value."""
    if not first:
        return bool(_LABEL.match(lines[0].text)) and all(
            _LABEL.match(lines[i].text) for i in (again, again + 1) if i < len(lines)
        )
    a, b = _LABEL.match(lines[first - 1].text), _LABEL.match(lines[again - 1].text)
    return bool(a and b and a.group() == b.group())


def _flag_signatures(lines: list[Line], flags: list[bool]) -> None:
    signatures = layout_words().signatures
    for i, line in enumerate(lines):
        text = line.text
        if len(text) > 90:
            continue
        if _RULE.match(text):
            flags[i] = text.count("_") > 3 or flags[i]
            continue
        folded = text.casefold()
        if folded.rstrip(":. ") in signatures:
            flags[i] = True
        elif len(line.parts) > 1:
            cells = [cell.strip(" :") for cell in re.split(r"\s{2,}|\t", folded)]
            flags[i] = flags[i] or all(cell in signatures for cell in cells)


def _drop_repeated(
    lines: list[Line], keys: list[str], flags: list[bool], anchors: list[int], paged: bool
) -> list[Line]:
    numbered = set(anchors)
    counts = Counter(keys)
    furniture = Counter(part for i, line in enumerate(lines) if flags[i] for part in _COLUMNS.split(line.text))
    in_head = bool(anchors) and anchors[0] < START  # the page number stands in the head, not in the foot
    kept: list[Line] = []
    seen: set[str] = set()
    page, blanks, cut, counted = 1, 0, False, False
    for i, line in enumerate(lines):
        own = None
        if flags[i]:
            if i in numbered:
                own = _own_words(line, keys[i], counts, furniture, i)
                if not paged:
                    is_foot = not in_head and line.text.isdecimal() and not (i and flags[i - 1])
                    page, counted = page_after(line.text, page, is_foot), True
            cut = True
            parts = {_key(" ".join(part.split())) for part in _COLUMNS.split(line.text)}
            repeated = parts <= seen or line.text.isdecimal() and len(line.text) < 4
            seen |= parts
            line.furniture = True
        else:
            line.cut = line.cut or cut
            cut = repeated = False
        if not paged:
            line.page = page if counted else 1
        line.blanks = max(line.blanks, blanks)
        if own is not None:
            own.page, own.blanks = line.page, line.blanks
            kept.append(own)
        blanks = line.blanks if repeated else 0
        if not repeated:
            kept.append(line)
    if not paged:
        for line in kept:
            line.page = line.page if counted else 0
        number_heads(kept)
    return kept


def _own_words(line: Line, key: str, counts: Counter[str], furniture: Counter[str], i: int) -> Line | None:
    """The words beside a page number that stand nowhere else: they are text of the page.

    The line is cut down to the number.
    """
    if i < START or len(line.parts) < 2 or counts[key] > 1:
        return None
    words = _COLUMNS.split(line.text)
    number = layout_words().page_number.match(words[-1])
    if (
        len(words) != len(line.parts)
        or not (number or words[-1].isdecimal())
        or any(furniture[part] > 1 for part in words[:-1])
    ):
        return None
    own = replace(line, end=line.parts[-2][1], text="  ".join(words[:-1]), parts=line.parts[:-1])
    line.start, line.text, line.parts = line.parts[-1][0], words[-1], line.parts[-1:]
    return own
