"""The blocks of plain text: headings, paragraphs, list items, fields, tables and furniture, as drafts in order."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.clean.assemble import Draft, Run
from kg.clean.columns import read_columns
from kg.clean.delimited import read_delimited
from kg.clean.fields import (
    end_of_value,
    heads_value,
    is_value,
    join_lines,
    labels_next,
    may_head,
    read_bullet_field,
    read_field,
    read_label_stack,
    split_field,
)
from kg.clean.furniture import find_furniture
from kg.clean.grid import merge_parts
from kg.clean.headings import heading_level
from kg.clean.lexicon import layout_words
from kg.clean.lines import Line, limit_paragraphs, plain, split_lines, wrap_width
from kg.clean.pairs import pair_drafts
from kg.clean.rules import Page, find_loose, goes_on, starts_marker
from kg.clean.tables import is_label_row, read_label_row, read_table
from kg.clean.words import (
    HASH,
    MARKER_ALONE,
    SECTION,
    could_fit,
    counts_next,
    ends_hyphenated,
    has_ended,
    has_wide_gap,
    is_caps,
    is_known_label,
    is_label_alone,
    is_lower,
    is_numbered_title,
    is_organisation,
    is_reference,
    label_of,
    marker_kind,
    match_marker,
    names_next,
)

Span = tuple[int, int]  # a run of raw text


@dataclass(frozen=True, slots=True)
class Known:
    """What the reader of the form knows: ``islands`` are blocks in order, ``spans`` the runs of raw text that they take
    up, ``heads`` the runs that are page heads and feet.  ``wrapped``: lines end where the page does, not where the
    paragraph does."""

    islands: Sequence[Draft] = ()
    spans: Sequence[Span] = ()
    heads: Sequence[Span] = ()
    wrapped: bool = True


def lay_out(base: str, known: Known | None = None) -> list[Draft]:
    """The blocks of ``base``, the repaired text of a plain paper; what its reader knows stands, the rest is told by
    the lines."""
    known = known or Known()
    spans, wrapped = known.spans, known.wrapped
    lines = split_lines(base)
    heads = _within(lines, known.heads, paged="\f" in base)
    kept = find_furniture(_without(lines, sorted([*spans, *known.heads])))
    kept = sorted([*kept, *heads], key=lambda line: line.start) if heads else kept
    body = [line for line in kept if not line.furniture]
    if wrapped:
        body = read_columns(base, body)
    furniture = _lay_out_furniture(base, [line for line in kept if line.furniture])
    width = wrap_width(body) if wrapped else 0
    if wrapped:
        limit_paragraphs(body, width)
    loose = find_loose(body, width)
    drafts: list[Draft] = []
    for low, high in _divide(body, spans):
        drafts.extend(pair_drafts(base, _lay_out_body(Page(base, body[low:high], width, loose[low:high]))))
    return _merge(_merge(drafts, known.islands), furniture)


def _within(lines: list[Line], spans: Sequence[Span], paged: bool) -> list[Line]:
    """The lines that stand in a span, as furniture."""
    starts = [start for start, _ in spans]
    inside = [line for line in lines if starts and line.start < spans[bisect_right(starts, line.start) - 1][1]]
    inside = [line for line in inside if line.start >= starts[0]]
    for line in inside:
        line.furniture = True
        line.page = line.page if paged else 0
    return inside


def _without(lines: list[Line], spans: Sequence[Span]) -> list[Line]:
    """The lines that stand in no span; the one after a span stands apart."""
    if not spans:
        return lines
    starts = [start for start, _ in spans]
    kept: list[Line] = []
    page, apart = 1, False
    for line in lines:
        k = bisect_right(starts, line.start) - 1
        if k >= 0 and line.start < spans[k][1]:
            apart = True
            continue
        line.cut = line.cut or line.page > page and bool(kept)  # the page may have begun with a span
        line.blanks = max(line.blanks, 2) if apart else line.blanks
        page, apart = line.page, False
        kept.append(line)
    return kept


def _divide(body: list[Line], spans: Sequence[Span]) -> list[tuple[int, int]]:
    """The stretches of lines between which no span stands, as indices."""
    starts = [start for start, _ in spans]
    places = [bisect_right(starts, line.start) for line in body]
    cuts = [0, *(i for i in range(1, len(body)) if places[i] != places[i - 1]), len(body)]
    return list(pairwise(cuts))


def _start(draft: Draft) -> int:
    return next(cell[0][0] for row in draft.rows for cell in row if cell)


def _merge(drafts: list[Draft], furniture: Sequence[Draft]) -> list[Draft]:
    """Furniture stands after the block that it interrupts."""
    merged: list[Draft] = []
    at = 0
    for draft in drafts:
        while at < len(furniture) and _start(furniture[at]) < _start(draft):
            merged.append(furniture[at])
            at += 1
        merged.append(draft)
    return [*merged, *furniture[at:]]


def _lay_out_furniture(base: str, lines: list[Line]) -> list[Draft]:
    drafts: list[Draft] = []
    i = 0
    while i < len(lines):
        line = lines[i]
        after = lines[i + 1] if i + 1 < len(lines) else None
        if after and is_label_row(base, line) and len(after.parts) == len(line.parts):
            drafts.extend(read_label_row("furniture", line, after))
            i += 2
            continue
        if is_label_alone(line.text) and after and after.blanks <= 1 and not is_label_alone(after.text):
            drafts.append(
                Draft("furniture", [[[(line.start, line.end, "")], [(after.start, after.end, "")]]], page=line.page)
            )
            i += 2
            continue
        for start, end in line.parts:
            drafts.append(
                split_field(base, start, end, "furniture", line.page)
                or Draft("furniture", [[[(start, end, "")]]], page=line.page)
            )
        i += 1
    return drafts


def _lay_out_body(page: Page) -> list[Draft]:
    lines = page.lines
    drafts: list[Draft] = []
    i = 0
    previous: Line | None = None
    listing = False
    while i < len(lines):
        item = _item_kind(base_of=page, draft=drafts[-1]) if drafts and drafts[-1].kind == "list_item" else ""
        delimited = read_delimited(page.base, lines, i)
        table = read_table(page, i) if delimited is None else None
        if delimited:
            drafts.append(delimited[0])
            following = delimited[1]
        elif table:
            draft_list, following = table
            drafts.extend(draft_list)
        else:
            draft_list, following = _read_block(page, i, previous, item, drafts, listing)
            drafts.extend(draft_list)
            if draft_list[0].kind == "heading":
                listing = lines[i].text.casefold().strip(" :") in layout_words().listings
        previous = lines[following - 1]
        i = following
    return drafts


def _read_block(
    page: Page, i: int, previous: Line | None, item: str, drafts: list[Draft], listing: bool
) -> tuple[list[Draft], int]:
    lines = page.lines
    line = lines[i]
    text = line.text
    if len(line.parts) > 1 and _is_parted(page, line):
        return _read_parts(page, line, line.parts), i + 1
    if MARKER_ALONE.match(text) and i + 1 < len(lines) and lines[i + 1].blanks == 0:
        return _read_run(page, i + 1, "list_item", 1, line)
    if labels_next(page, i):
        following = i + 2
        while following < len(lines) and goes_on(page, following, lines[following - 1]):
            following += 1
        value = join_lines(page, i + 1, following)
        return [_label(line, value)], following
    level = heading_level(page, i, previous, bool(drafts) and drafts[-1].kind == "heading")
    if level and not (listing and not line.blanks and level == 2 and not is_section_heading(text)):
        return _read_heading(page, i, level)
    stack = read_label_stack(page, i)
    if stack:
        return stack
    if heads_value(text, drafts) and i + 1 < len(lines) and is_value(page, i + 1):
        following = end_of_value(page, i + 1)
        value = join_lines(page, i + 1, following)
        return [_label(line, value)], following
    field = read_field(page, i)
    if field:
        return field
    field = read_bullet_field(page, i)
    if field:
        return field
    if starts_marker(page, i, previous, item):
        return _read_run(page, i, "list_item", _list_depth(page, i, drafts, bool(item)), None)
    return _read_run(page, i, "paragraph", 0, None, listing)


def _label(line: Line, value: list[Run]) -> Draft:
    """A field whose label is the line, without its colon."""
    end = line.end - len(line.text) + len(line.text.rstrip(" :"))
    return Draft("field", [[[(line.start, end, "")], value]], page=line.page)


def _read_run(
    page: Page, i: int, kind: str, level: int, marker: Line | None, listing: bool = False
) -> tuple[list[Draft], int]:
    """A paragraph or item with the lines that go on with it."""
    lines = page.lines
    hang, item = 0, ""
    if kind == "list_item":
        item = marker_kind(lines[i].text) or "number"
        found = match_marker(lines[i].text)
        hang = lines[i].indent + (found.end() if found else 0)
    end = i + 1
    while end < len(lines) and goes_on(page, end, lines[end - 1], item, hang, listing):
        if may_head(page, end) and heading_level(page, end, lines[end - 1]):
            break
        if len(lines[end].parts) > 1 and (_is_parted(page, lines[end]) or read_table(page, end)):
            break
        if marker is not None and end == i + 1 and not is_lower(lines[end].text):
            break
        end += 1
    runs = join_lines(page, i, end)
    if marker is not None:
        runs = [(marker.start, marker.end, ""), (runs[0][0], runs[0][1], " "), *runs[1:]]
    return [Draft(kind, [[runs]], level=level, page=(marker or lines[i]).page)], end


def _read_heading(page: Page, i: int, level: int) -> tuple[list[Draft], int]:
    lines = page.lines
    line = lines[i]
    start = line.start
    hashes = HASH.match(line.text)
    if hashes:
        start += hashes.end()
    parts = merge_parts(page.base, line)
    if len(parts) > 1 and has_wide_gap(page.base, line) and not is_numbered_title(page.base, line):
        draft = Draft("heading", [[[(start, parts[0][1], "")]]], level=level, page=line.page)
        return [draft, *_read_parts(page, line, parts[1:])], i + 1
    end = i + 1
    known = is_section_heading(line.text)
    while end < len(lines) and end - i < 4 and not hashes and not known:
        a, b = lines[end - 1], lines[end]
        if not b.blanks and counts_next(a.text, b.text):
            end += 1
            continue
        if (
            b.blanks > (1 if page.loose[end] else 0)
            or len(b.parts) > 1
            or is_reference(b.text)
            or label_of(b.text)
            or is_label_alone(b.text)
        ):
            break
        if SECTION.match(b.text) or match_marker(b.text) or has_ended(a.text) or is_section_heading(b.text):
            break
        if SECTION.fullmatch(a.text.rstrip(".: ")) and end == i + 1 and _is_title(b.text):
            end += 1
            continue
        stanza_ends = (
            end + 1 >= len(lines)
            or lines[end + 1].blanks > 0
            or is_reference(lines[end + 1].text)
            or SECTION.match(line.text) is not None
        )
        hyphenated = ends_hyphenated(a.text)
        wrapped = (
            bool(page.width)
            and not could_fit(a, b, page.width, 0.8)
            and stanza_ends
            and not has_ended(b.text)
            and not b.blanks
            and not _is_sentence_below(lines, end)
        )
        if not (
            hyphenated
            or names_next(a.text)
            and stanza_ends
            and not b.blanks
            or wrapped
            or is_lower(b.text)
            and stanza_ends
        ):
            break
        end += 1
    runs = join_lines(page, i, end)
    runs[0] = (start, runs[0][1], "")
    return [Draft("heading", [[runs]], level=level, page=line.page)], end


def _is_sentence_below(lines: list[Line], i: int) -> bool:
    """Whether the lines from ``i`` to the next blank one are a paragraph, which ends with a full stop as no title
    does, and begins as a sentence."""
    end = i + 1
    while end < len(lines) and lines[end].blanks == 0 and len(lines[end].parts) == 1:
        end += 1
    return end - i > 1 and lines[end - 1].text.endswith(".") and not is_lower(lines[i].text)


def _is_title(text: str) -> bool:
    return len(text) <= 140 and text[-1] not in ".,;:" and not is_lower(text)


def is_section_heading(text: str) -> bool:
    return text.casefold().rstrip(": ") in layout_words().sections


# --- fields ---


# --- lines of several parts ---


def _is_parted(page: Page, line: Line) -> bool:
    """Whether the gaps of a line divide things that do not belong together."""
    first = plain(page.base, *line.parts[0])
    if is_numbered_title(page.base, line):
        return False
    if match_marker(first + " x") or SECTION.fullmatch(first) or HASH.match(line.text):
        return False
    return has_wide_gap(page.base, line)


def _read_parts(page: Page, line: Line, parts: list[tuple[int, int]]) -> list[Draft]:
    """The parts of a line, each a block; a label with its value is a field."""
    if len(parts) == 2:
        label = plain(page.base, *parts[0])
        if label.endswith(":") or is_known_label(label) and not is_known_label(plain(page.base, *parts[1])):
            end = parts[0][1] - (1 if label.endswith(":") else 0)
            return [Draft("field", [[[(parts[0][0], end, "")], [(*parts[1], "")]]], page=line.page)]
    drafts: list[Draft] = []
    for start, end in parts:
        text = plain(page.base, start, end)
        field = split_field(page.base, start, end, "field", line.page)
        if field:
            drafts.append(field)
        elif is_caps(text) and not is_organisation(text) and not is_reference(text):
            drafts.append(Draft("heading", [[[(start, end, "")]]], level=1, page=line.page))
        else:
            drafts.append(Draft("paragraph", [[[(start, end, "")]]], page=line.page))
    return drafts


def _item_kind(base_of: Page, draft: Draft) -> str:
    """The kind of the marker of an item."""
    start, end, _ = draft.rows[0][0][0]
    return marker_kind(plain(base_of.base, start, end) + " x") or "number"


def _list_depth(page: Page, i: int, drafts: list[Draft], in_list: bool) -> int:
    """The depth of an item: one more than the item before where it stands further in."""
    if not in_list:
        return 1
    last = drafts[-1]
    start = _start(last)
    line_start = page.base.rfind("\n", 0, start) + 1
    indent, before = page.lines[i].indent, start - line_start
    if indent >= before + 2:
        return last.level + 1
    if indent <= before - 2:
        return max(1, last.level - 1)
    return last.level
