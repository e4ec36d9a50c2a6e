"""Tables whose cells stand on lines of their own: heads first, then the cells of one project after another.

The heads say what kind of line each column holds (words, a sum, a day, a number, an outcome).  The lines below are
fitted to the columns in turn; a column of words may take several lines, since its cells wrap.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from kg.extract.columns import head_roles, is_list_of_projects
from kg.extract.outcomes import outcome_word
from kg.extract.pieces import DIARY
from kg.extract.records import Record, read_cell
from kg.extract.tables import YEAR, Grid, is_scattered, is_sum_row, printed_lines, scale_told, told_scale
from kg.extract.view import View
from kg.lexicon import Lexicon, fold, shape
from kg.model import Block, Cell

_LEAST_HEADS = 3
_LONGEST_HEAD = 45
_MOST_WRAPPED = 4
_LONGEST = 120
_SUM = shape("spread", "sum")
_ID = re.compile(r"[\w./:-]*\d[\w./:-]*(?: [\w./:-]*\d[\w./:-]*)?")

_BRACKET_LAST = re.compile(r"\([^()]{2,30}\)\s*[.:]?$")

_OTHER = ("other",)
_WORDS = frozenset({"project", "beneficiary", "partner", "municipality", "county", "funding_source", "funder"})
_PLACES = frozenset({"municipality", "county"})
_SUMS = frozenset({"granted", "proposed", "applied", "total", "share"})
_DAYS = frozenset({"decision_date", "period", "start", "end"})
_IDS = frozenset({"diary_number", "case_id"})


class _Line:
    """A short line; ``kinds``: what kinds of cell it may be, told when it is first asked for; ``apart``: whether more
    empty lines stand above it than between most lines, as an empty cell leaves them."""

    def __init__(self, view: View, lexicon: Lexicon, start: int, end: int, heading: bool) -> None:
        self._where = view, lexicon
        self.apart = False
        self.start = start
        self.end = end
        self.heading = heading

    @cached_property
    def text(self) -> str:
        return self._where[0].line(self.start, self.end)

    @cached_property
    def is_place(self) -> bool:
        """Whether a county is all of the line, which then heads the rows below: 'Skåne län'."""
        span = self._where[0].starting(self.start, "county")
        return span is not None and span.end >= self.end and " " in self.text

    @cached_property
    def kinds(self) -> frozenset[str]:
        return _kinds(*self._where, self.start, self.end, self.text)


@dataclass(frozen=True, slots=True)
class _Fit:
    """Lines given to columns: for each column its first and last line (-1 where it has none), and how well."""

    score: float
    end: int
    cells: tuple[tuple[int, int], ...]


def spread_records(view: View, lexicon: Lexicon) -> list[Record]:
    """A record for each project of every table that is spread over lines; empty where there is none."""
    lines = _lines(view, lexicon)
    if not _may_have_heads(lexicon, lines):
        return []
    _mark_apart(view, lines)
    records: list[Record] = []
    columns: list[tuple[str, ...]] = []
    at = 0
    caption = ""
    scale = told_scale(view, lexicon)
    while at < len(lines):
        heads = _heads_at(lexicon, lines, at)
        if heads and (_is_table(heads) or _repeats(heads, columns)):
            columns = columns if _repeats(heads, columns) else heads
            lead = _BRACKET_LAST.search(lines[at - 1].text) if at else None
            words = [line.text for line in lines[at : at + len(heads)]] + ([lead.group()] if lead else [])
            scale = scale_told(lexicon, " ".join(words)) or scale
            at += len(heads)
            continue
        if not columns:
            at += 1
            continue
        fit = _next_fit(view, lexicon, lines, at, columns)
        if fit is None:
            line = lines[at]
            later = _next_fit(view, lexicon, lines, at + 1, columns)
            if later is not None and (line.heading or "text" in line.kinds) and len(line.text) < 70:
                caption = line.text
            elif not is_sum_row(lexicon, line.text) and not (line.kinds & {"sum", "missing"}) and not line.heading:
                columns = []
            at += 1
            continue
        records.append(_record(view, lexicon, lines, columns, fit, caption, scale))
        at = fit.end
    _refuse_empty(records)
    return records if len(records) >= 2 else []


def _refuse_empty(records: list[Record]) -> None:
    """What applied for a sum and has an empty cell where others have what was granted got nothing."""
    if sum("amount_sek" in r.slots for r in records) * 4 < len(records):
        return
    for record in records:
        if record.outcome is None and "applied_amount_sek" in record.slots and "amount_label" not in record.slots:
            record.outcome = "reject" if "amount_sek" not in record.slots else None


def _lines(view: View, lexicon: Lexicon) -> list[_Line]:
    """The short lines of the paper: blocks, and both parts of what was taken for label and value."""
    found = []
    for block in view.blocks:
        for low, high in _parts(view, lexicon, block):
            if low >= high or view.text[low:high].isspace():
                continue
            if block.kind == "furniture" and not head_roles(lexicon, view.line(low, high)):
                continue
            found.append(_Line(view, lexicon, low, high, block.kind == "heading"))
    return found


def _mark_apart(view: View, lines: list[_Line]) -> None:
    """Mark the lines above which a cell is empty."""
    gaps = [view.document.raw_quote(a.end - 1, b.start + 1).count("\n") for a, b in pairwise(lines)]
    usual = max(set(gaps), key=lambda gap: (gaps.count(gap), -gap)) if gaps else 0
    for line, gap in zip(lines[1:], gaps, strict=True):
        line.apart = gap > usual


def _parts(view: View, lexicon: Lexicon, block: Block) -> list[tuple[int, int]]:
    if block.kind == "table":
        scattered = is_scattered(view, lexicon, block)
        return [part for c in block.cells for part in printed_lines(view, c.start, c.end)] if scattered else []
    if block.kind == "field":
        # on one line behind its colon a value is no head: 'Sökande: Byarnas ekonomiska förening'
        gap = view.document.raw_quote(block.cells[0].end - 1, block.cells[-1].start + 1)
        printed_as_one = len(block.cells) == 2 and ":" in gap and "\n" not in gap
        return [(block.start, block.end)] if printed_as_one else [(c.start, c.end) for c in block.cells]
    if block.kind == "paragraph" and block.end - block.start <= _LONGEST:
        parts = printed_lines(view, block.start, block.end)
        # what clean joined to one paragraph because it begins with a small letter: '1 150 000', 'avslag'
        if (
            len(parts) > 1
            and not head_roles(lexicon, view.line(block.start, block.end))
            and all(_SUM.fullmatch(view.line(*p)) or outcome_word(lexicon, view.line(*p)) is not None for p in parts)
        ):
            return parts
    return [(block.start, block.end)]


def _kinds(view: View, lexicon: Lexicon, low: int, high: int, text: str) -> frozenset[str]:
    """What kinds of cell a line may be."""
    if fold(text) in lexicon.folded("labels", "missing"):
        return frozenset({"missing"})
    kinds = set()
    spans = view.spans_in(low, high, "date", "period")
    if spans and (spans[0].end - spans[0].start) * 10 >= (high - low) * 8:
        kinds.add("day")
    if _SUM.fullmatch(text):
        kinds.add("sum")
    if (DIARY.fullmatch(text) or _ID.fullmatch(text)) and len(text) <= 24:
        kinds.add("id")
    if len(text.split()) <= 3 and outcome_word(lexicon, text) is not None:
        kinds.add("outcome")
    if "sum" not in kinds and "day" not in kinds and any(c.isalpha() for c in text) and high - low <= _LONGEST:
        kinds.add("text")
    if view.spans_in(low, high, "period"):
        kinds.add("day")
    return frozenset(kinds)


def _may_have_heads(lexicon: Lexicon, lines: list[_Line]) -> bool:
    """Whether as many lines as a table has heads, one after the other, may be heads."""

    def is_head(index: int) -> bool:
        text = lines[index].text
        return len(text) < _LONGEST_HEAD and (bool(head_roles(lexicon, text)) or YEAR.fullmatch(text) is not None)

    # of so many lines that follow each other one is looked at here, and the others only where it is a head
    for middle in range(_LEAST_HEADS - 1, len(lines), _LEAST_HEADS):
        if not is_head(middle):
            continue
        first, last = middle, middle
        while first > 0 and is_head(first - 1):
            first -= 1
        while last - first + 1 < _LEAST_HEADS and last + 1 < len(lines) and is_head(last + 1):
            last += 1
        if last - first + 1 >= _LEAST_HEADS:
            return True
    return False


def _heads_at(lexicon: Lexicon, lines: list[_Line], at: int) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    for line in lines[at : at + 14]:
        roles = head_roles(lexicon, line.text) if len(line.text) < _LONGEST_HEAD and not line.is_place else ()
        if not roles and found and _may_head_other(lexicon, line):
            roles = _OTHER
        if not roles or ("outcome" in line.kinds and "outcome" not in roles and not {"granted"} & set(roles)):
            break
        found.append(roles)
    return found


def _may_head_other(lexicon: Lexicon, line: _Line) -> bool:
    """Whether a line among heads may head a column that tells nothing sought here: points, a comment."""
    text = line.text
    if YEAR.fullmatch(text):  # what each year has of the sum
        return True
    return lexicon.pattern("lists", "other_columns").search(text) is not None and len(text) < 30


def _is_table(heads: list[tuple[str, ...]]) -> bool:
    named = [i for i, roles in enumerate(heads) if "project" in roles]
    return len(heads) >= _LEAST_HEADS and len(named) == 1 and is_list_of_projects(dict(enumerate(heads)))


def _repeats(heads: list[tuple[str, ...]], columns: list[tuple[str, ...]]) -> bool:
    """Whether heads are those of the table above said again, perhaps without the first."""
    return len(heads) >= 2 and bool(columns) and columns[-len(heads) :] == heads


def _next_fit(view: View, lexicon: Lexicon, lines: list[_Line], at: int, columns: list[tuple[str, ...]]) -> _Fit | None:
    """The best fit at a line after which the list goes on, or ends."""
    if at >= len(lines) or is_sum_row(lexicon, lines[at].text):
        return None
    fits = sorted(_fits(view, lexicon, lines, at, columns, 0), key=lambda f: -f.score)
    for fit in fits[:12]:
        if fit.end >= len(lines) or is_sum_row(lexicon, lines[fit.end].text) or lines[fit.end].heading:
            return fit
        if _fits(view, lexicon, lines, fit.end, columns, 0) or _heads_at(lexicon, lines, fit.end):
            return fit
    return fits[0] if fits else None


def _fits(
    view: View, lexicon: Lexicon, lines: list[_Line], at: int, columns: list[tuple[str, ...]], column: int
) -> list[_Fit]:
    if column == len(columns):
        return [_Fit(0.0, at, ())]
    found = []
    for size, score in _takes(view, lexicon, lines, at, columns[column]):
        for rest in _fits(view, lexicon, lines, at + size, columns, column + 1):
            span = (at, at + size - 1) if size else (-1, -1)
            found.append(_Fit(score + rest.score, rest.end, (span, *rest.cells)))
    return sorted(found, key=lambda f: -f.score)[:16]


def _takes(
    view: View, lexicon: Lexicon, lines: list[_Line], at: int, roles: tuple[str, ...]
) -> list[tuple[int, float]]:
    """How many lines a column may take here, and how well each number fits."""
    held = set(roles)
    if at >= len(lines):
        return [(0, -0.3)] if "granted" in held else []
    line = lines[at]
    if "project" in held or held & _WORDS:
        return _takes_words(view, lexicon, lines, at, held)
    if held == {"other"}:
        return [(1, 0.4 if line.kinds & {"sum", "id", "missing", "outcome"} else 0.1)]
    if line.kinds & {"missing"}:
        return [(1, 0.5)]
    if held & _SUMS and line.kinds & {"sum", "outcome"}:
        return [(1, 1.0)]
    if "granted" in held and (line.apart or is_sum_row(lexicon, line.text)):
        return [(0, -0.3)]
    if held & _DAYS and line.kinds & {"day"}:
        return [(1, 1.0)]
    if held & _IDS and line.kinds & {"id"}:
        return [(1, 1.0)]
    if "outcome" in held and line.kinds & {"outcome", "day", "sum"}:
        return [(1, 1.0)]
    return []


def _takes_words(view: View, lexicon: Lexicon, lines: list[_Line], at: int, held: set[str]) -> list[tuple[int, float]]:
    found = []
    score = 0.0
    for size in range(1, _MOST_WRAPPED + 1):
        line = lines[at + size - 1] if at + size - 1 < len(lines) else None
        if line is None or "text" not in line.kinds and not (size > 1 and "project" in held and line.kinds == {"id"}):
            break
        if line.heading and size > 1 or is_sum_row(lexicon, line.text) or line.is_place and not held & _PLACES:
            break
        known = any(s.start == line.start for s in view.spans_in(line.start, line.end, "organisation"))
        if "project" in held and "beneficiary" not in held:
            score -= 3.0 if known and size > 1 else 0.3
            score -= 1.0 if size == 1 and line.text[:1].islower() else 0.0
        elif "beneficiary" in held:
            score += (3.0 if known else 0.5) if size == 1 else -0.2
            score -= 2.0 if size == 1 and line.text[:1].islower() else 0.0
        else:
            score -= 0.1
        found.append((size, score))
    if at < len(lines) and "missing" in lines[at].kinds and "project" not in held:
        found.append((1, 0.5))
    return found


def _record(
    view: View,
    lexicon: Lexicon,
    lines: list[_Line],
    columns: list[tuple[str, ...]],
    fit: _Fit,
    caption: str,
    scale: int,
) -> Record:
    spans = [(lines[a].start, lines[b].end) if a >= 0 else (-1, -1) for a, b in fit.cells]
    name = next(span for span, roles in zip(spans, columns, strict=True) if "project" in roles)
    used = [s for s in spans if s[0] >= 0]
    record = Record(name, used[0][0], used[-1][1], "act.table", caption=caption)
    block = Block("table", record.start, record.end)
    grid = Grid(block, (), -1, scale, caption)
    for index, (span, roles) in enumerate(zip(spans, columns, strict=True)):
        if span[0] < 0 or "project" in roles:
            continue
        read_cell(view, lexicon, grid, record, roles, *span, Cell(0, index, *span))
    return record
