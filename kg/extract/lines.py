"""Lists with a project on each line: 'Name (applicant): sum', 'Applicant for name, sum', 'number, name, outcome'."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import takewhile

from kg.extract.applications import (
    application_records,
    inline_records,
    owned_records,
    paired_records,
    refused_in_turn,
)
from kg.extract.namedlists import named_list_records
from kg.extract.outcomes import blocks_of_outcomes, outcome_begins
from kg.extract.pieces import MARKER, TO_DO, Row, is_organisation, own_outcome, read_row
from kg.extract.records import Record
from kg.extract.rowlists import records_of_rows
from kg.extract.stacked import stacked_records
from kg.extract.view import View
from kg.lexicon import Lexicon
from kg.model import Block

_MOST_BELOW = 3
_MOST_ALONE = 150

_BLANKS = re.compile(r"\s+")


def line_records(view: View, lexicon: Lexicon) -> list[Record]:
    """A record for each line of every list of projects."""
    records = [*application_records(view, lexicon), *inline_records(view, lexicon), *stacked_records(view, lexicon)]
    records += paired_records(view, lexicon)
    records += named_list_records(view, lexicon)
    records += [*owned_records(view, lexicon), *refused_in_turn(view, lexicon)]
    run: list[Row] = []
    below: list[Block] = []
    telling = {view.blocks[i].start for i in (*view.blocks_of("money", "number"), *blocks_of_outcomes(view, lexicon))}
    for block in [*view.blocks, None]:
        tells = block is not None and (block.start in telling or block.kind == "list_item")
        rows = _rows(view, lexicon, block) if block is not None and tells else []
        if rows:
            if below and not _go_together(view, run[-1], rows[0], below[0]):
                records += _finish(view, lexicon, run, below)
                run = []
            elif below:
                add_below(view, run[-1], below)
            run, below = run + rows, []
        elif block is not None and run and not below and _leads_items(view, block):
            continue
        elif block is not None and run and _may_stand_below(run[-1], block, below):
            below.append(block)
        elif run and (block is None or not _may_interrupt(view, lexicon, block)):
            records += _finish(view, lexicon, run, below)
            run, below = [], []
    return records


def _finish(view: View, lexicon: Lexicon, run: list[Row], below: list[Block]) -> list[Record]:
    """The records of a list; what stands below its last line belongs to it where it does so for the others."""
    reach = max((row.below for row in run[:-1]), default=0)
    if run and reach:
        add_below(view, run[-1], below[:reach])
    return records_of_rows(view, lexicon, run)


def _go_together(view: View, one: Row, two: Row, below: Block) -> bool:
    """Whether two lines with words between them are of one list: a name and a sum each, printed alike; a name may
    hold a dash where its applicant stands below it."""
    if not (one.money and two.money) or one.block.kind != two.block.kind:
        return False
    if len(one.texts) != len(two.texts) and not is_organisation(view, below.start, below.end):
        return False
    return max(one.end - one.start, two.end - two.start) <= _MOST_ALONE


def _may_stand_below(row: Row, block: Block, below: list[Block]) -> bool:
    """Whether a block may tell more of the line above: its applicant, what the project does."""
    return bool(row.money) and len(below) < _MOST_BELOW and block.kind in ("paragraph", "list_item")


def _leads_items(view: View, block: Block) -> bool:
    """Whether an item of a decision leads items of its own: 'att inte prioritera ansökningarna'."""
    marker = MARKER.match(view.text, block.start, block.end)
    low = marker.end() if marker else block.start
    return block.kind == "list_item" and TO_DO.match(view.text, low, block.end) is not None


def add_below(view: View, row: Row, below: list[Block]) -> None:
    """Give a line the blocks below it: an applicant on a line of its own, and words about the project."""
    first = below[0] if below else None
    if first is not None and row.texts and is_organisation(view, first.start, first.end):
        if len(row.texts) == 1 or not any(is_organisation(view, *text) for text in row.texts):
            row.party = (first.start, first.end)
            row.texts = [(row.texts[0][0], row.texts[-1][1])]  # 'Kvarnen – arena för unga' above its applicant
    if below:
        row.below, row.until = len(below), below[-1].end


def _rows(view: View, lexicon: Lexicon, block: Block) -> list[Row]:
    """The rows of a block: one, or those of a paragraph whose lines were joined."""
    if block.kind in ("paragraph", "list_item"):
        parts = _printed_lines(view, lexicon, block)
        read = (read_row(view, lexicon, part) for part in parts) if len(parts) > 1 else ()
        rows = list(takewhile(lambda row: row is not None, read))
        if rows and len(rows) == len(parts):
            return [r for r in rows if r is not None]
    row = read_row(view, lexicon, block)
    return [row] if row is not None else []


def _printed_lines(view: View, lexicon: Lexicon, block: Block) -> list[Block]:
    """A paragraph as the lines that the paper prints, each up to a line that ends with its sum or outcome."""
    if len(view.spans_in(block.start, block.end, "money", "diary_number", "number")) < 2:
        return []
    if "\n" not in view.document.raw_quote(block.start, block.end):
        return []
    ends = {s.end for s in view.spans_in(block.start, block.end, "money", "number")}
    parts, start = [], block.start
    told = outcome_begins(lexicon, view.text, block.start, block.end)
    for m in _BLANKS.finditer(view.text, block.start + 1, block.end):
        low = m.start()
        if low not in ends and low - 1 not in ends:
            last = view.text[start:low].rsplit(None, 1)[-1:] if told else []
            if not last or not own_outcome(lexicon, last[0]):
                continue
        if "\n" in view.document.raw_quote(low - 1, min(m.end() + 1, block.end)):
            parts.append(replace(block, start=start, end=low))
            start = m.end()
    parts.append(replace(block, start=start, end=block.end))
    return parts


def _may_interrupt(view: View, lexicon: Lexicon, block: Block) -> bool:
    """Headings of groups and page heads stand within a list."""
    if block.kind == "furniture":
        return True
    no_projects = lexicon.pattern("lists", "no_projects")
    return block.kind == "heading" and not no_projects.search(view.text, block.start, block.end)
