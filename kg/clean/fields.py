"""Fields in plain text: a label with its value, on one line, on two, or stacked."""

from __future__ import annotations

import re

from kg.clean.assemble import Draft, Run
from kg.clean.headings import heading_level
from kg.clean.lexicon import layout_words
from kg.clean.rules import Page, goes_on
from kg.clean.words import (
    OPEN_RANGE,
    ends_hyphenated,
    ends_open,
    has_wide_gap,
    is_known_label,
    is_label_alone,
    is_lower,
    keeps_hyphen,
    label_of,
    match_marker,
    opens_section,
)

_VALUE_LIMIT = 160


def split_field(base: str, start: int, end: int, kind: str, page: int) -> Draft | None:
    """``Label: value`` as a draft of two cells, or None."""
    found = label_of(base[start:end])
    if not found:
        return None
    label, value = found
    return Draft(kind, [[[(start, start + len(label), "")], [(start + value, end, "")]]], page=page)


def join_lines(page: Page, i: int, end: int) -> list[Run]:
    """The lines ``i:end`` as runs of one cell, hyphens at line ends resolved."""
    runs: list[Run] = []
    glue = ""
    for k in range(i, end):
        line = page.lines[k]
        stop = line.end
        next_glue = " "
        if k + 1 < end and ends_hyphenated(line.text):
            keeps = keeps_hyphen(line.text, page.lines[k + 1].text)
            if keeps is not None:
                next_glue = ""
                if not keeps:
                    stop -= 1
        elif k + 1 < end and OPEN_RANGE.search(line.text) and page.lines[k + 1].text[0].isdecimal():
            next_glue = ""
        runs.append((line.start, stop, glue))
        glue = next_glue
    return runs


def heads_value(text: str, drafts: list[Draft]) -> bool:
    """Whether a line is a label with its value on the next; where fields stand above, any words with a colon are."""
    if is_label_alone(text):
        return True
    if not text.endswith(":") or len(text) > 40 or not text[0].isupper():
        return False
    return is_known_label(text) or bool(drafts) and drafts[-1].kind in ("field", "furniture")


def labels_next(page: Page, i: int) -> bool:
    """Whether a line is a known label with its colon, and the next one its value, be it a sentence."""
    text = page.lines[i].text
    if not text.endswith(":") or not is_known_label(text) or opens_section(text) or i + 1 >= len(page.lines):
        return False
    value = page.lines[i + 1]
    return (
        not value.blanks
        and not value.cut
        and len(value.parts) == 1
        and not value.text.endswith(":")
        and not label_of(value.text)
        and not match_marker(value.text)
    )


def read_label_stack(page: Page, i: int) -> tuple[list[Draft], int] | None:
    """Labels on lines of their own with as many values below, in the same order; a page head falls apart so."""
    lines = page.lines
    end = i
    while end < len(lines) and is_label_alone(lines[end].text) and (end == i or lines[end].blanks == 0):
        end += 1
    count = end - i
    if count < 2:
        return None
    values = lines[end : end + count]
    if len(values) < count or any(
        line.blanks > (k == 0) or not _is_short_value(line.text) for k, line in enumerate(values)
    ):
        run = [Draft("paragraph", [[[(line.start, line.end, "")]]], page=line.page) for line in lines[i:end]]
        return run, end
    return [
        Draft("field", [[[(a.start, a.end, "")], [(b.start, b.end, "")]]], page=a.page)
        for a, b in zip(lines[i:end], values, strict=True)
    ], end + count


def _is_short_value(text: str) -> bool:
    if text[:1] == "§":  # the next matter, below lines left for signatures
        return False
    return len(text) <= 80 and not text.endswith((".", ":")) and not is_label_alone(text) and not match_marker(text)


def is_value(page: Page, i: int) -> bool:
    """Whether line ``i`` may be the value of the label on the line before."""
    line = page.lines[i]
    text = line.text
    if len(text) > _VALUE_LIMIT or is_label_alone(text) or line.blanks > 1 or len(line.parts) > 1:
        return False
    if text.casefold().rstrip(": ") in layout_words().sections or match_marker(text) and text[0] not in "-–":
        return False
    return not text.endswith(".") and (line.blanks == 0 or bool(re.match(r"[\d(]", text)))


def end_of_value(page: Page, i: int) -> int:
    end = i + 1
    while (
        end < len(page.lines)
        and page.lines[end].blanks == 0
        and (
            ends_open(page.lines[end - 1].text)
            or is_lower(page.lines[end].text)
            or ends_hyphenated(page.lines[end - 1].text)
        )
    ):
        end += 1
    return end


def read_field(page: Page, i: int) -> tuple[list[Draft], int] | None:
    """``Label: value``, or a label that the lexicon knows to stand without a colon."""
    lines = page.lines
    line = lines[i]
    if (
        len(line.parts) > 1
        and not match_marker(line.text)
        and has_wide_gap(page.base, line)
        and not line.text.split("  ")[0].endswith(":")
    ):
        return None
    bare = layout_words().plain_label.match(line.text)
    if bare:
        label, value = line.text[: bare.end()], bare.end()
    else:
        found = label_of(line.text)
        if not found:
            return None
        label, value = found
    end = i + 1
    known = bool(bare) or is_known_label(label)
    while end < len(lines) and _value_goes_on(page, end, line.indent + value, known):
        if may_head(page, end) and not ends_open(lines[end - 1].text) and heading_level(page, end, lines[end - 1]):
            break
        end += 1
    last = lines[end - 1].text
    beside = bool(label_of(lines[end].text)) if end < len(lines) else False
    if not known and (
        end - i > (2 if beside else 1) or last.endswith(".") or len(line.text) > 120 or _goes_on_below(page, end)
    ):
        return None
    if known and not bare and last.endswith(".") and _is_sentence(line.text[value:], end - i):
        return None
    runs = join_lines(page, i, end)
    shift = raw_index(page.base, line.start, value)
    cells = [[(line.start, raw_index(page.base, line.start, len(label)), "")], [(shift, runs[0][1], ""), *runs[1:]]]
    return [Draft("field", [cells], page=line.page)], end


def _is_sentence(value: str, lines: int) -> bool:
    """Whether what follows a label is running text rather than a value."""
    return lines > 2 or ". " in value or len(value.split()) > 7


def read_bullet_field(page: Page, i: int) -> tuple[list[Draft], int] | None:
    """A bullet before a label that is known, with its value on the same line: "- Sökande: Åre kommun"."""
    line = page.lines[i]
    found = match_marker(line.text)
    if not found or not found["bullet"]:
        return None
    label = label_of(line.text[found.end() :])
    if not label or not is_known_label(label[0]) or line.text.endswith("."):
        return None
    end = i + 1
    while end < len(page.lines) and _hangs(page, end, line.indent + found.end()):
        end += 1
    if _goes_on_below(page, end):
        return None
    runs = join_lines(page, i, end)
    low = raw_index(page.base, line.start, found.end())
    middle = raw_index(page.base, line.start, found.end() + len(label[0]))
    value = raw_index(page.base, line.start, found.end() + label[1])
    cells = [[(low, middle, "")], [(value, runs[0][1], ""), *runs[1:]]]
    return [Draft("field", [cells], page=line.page)], end


def _hangs(page: Page, i: int, column: int) -> bool:
    """Whether a line stands under the words of the item above it, and opens nothing of its own."""
    line = page.lines[i]
    inside = line.blanks == 0 and line.indent == column and len(line.parts) == 1
    return inside and not match_marker(line.text) and not label_of(line.text)


def _goes_on_below(page: Page, end: int) -> bool:
    return end < len(page.lines) and goes_on(page, end, page.lines[end - 1])


def _value_goes_on(page: Page, i: int, column: int, known: bool) -> bool:
    line, previous = page.lines[i], page.lines[i - 1]
    if (
        line.blanks > (1 if page.loose[i] or ends_open(previous.text) else 0)
        or label_of(line.text)
        or len(line.parts) > 1
    ):
        return False
    if (
        line.blanks == 0
        and line.indent >= column - 1
        and line.indent > page.lines[i - 1].indent
        and not match_marker(line.text)
    ):
        return True
    if known and line.text[0].isupper() and not (ends_open(previous.text) or ends_hyphenated(previous.text)):
        return False
    return goes_on(page, i, previous)


def raw_index(base: str, start: int, count: int) -> int:
    """The raw offset of the ``count``-th kept character after ``start``."""
    at = start
    while count:
        if base[at] not in "\x00\x01":
            count -= 1
        at += 1
    return at


def may_head(page: Page, i: int) -> bool:
    """Whether a line within a run may be a heading at all: it is short, or the text does not wrap."""
    return not page.width or page.lines[i].right < 0.75 * page.width
