"""Lists with a project on each line: 'Name (applicant): sum', 'Applicant for name, sum', 'number, name, outcome'."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.extract.applications import application_records, inline_records
from kg.extract.pieces import Row, own_outcome, read_row
from kg.extract.records import Record
from kg.extract.rowlists import records_of_rows
from kg.extract.stacked import stacked_records
from kg.extract.view import View
from kg.lexicon import Lexicon
from kg.model import Block


def line_records(view: View, lexicon: Lexicon) -> list[Record]:
    """A record for each line of every list of projects."""
    records = [*application_records(view, lexicon), *inline_records(view, lexicon), *stacked_records(view, lexicon)]
    run: list[Row] = []
    for block in [*view.blocks, None]:
        rows = _rows(view, lexicon, block) if block is not None else []
        if rows:
            run += rows
        elif block is None or not _may_interrupt(view, lexicon, block):
            records += records_of_rows(view, lexicon, run)
            run = []
    return records


def _rows(view: View, lexicon: Lexicon, block: Block) -> list[Row]:
    """The rows of a block: one, or those of a paragraph whose lines were joined."""
    row = read_row(view, lexicon, block)
    if row is not None:
        return [row]
    if block.kind not in ("paragraph", "list_item"):
        return []
    rows = [read_row(view, lexicon, part) for part in _printed_lines(view, lexicon, block)]
    return [r for r in rows if r is not None] if len(rows) > 1 and all(rows) else []


def _printed_lines(view: View, lexicon: Lexicon, block: Block) -> list[Block]:
    """A paragraph as the lines that the paper prints, each up to a line that ends with its sum or outcome."""
    if len(view.spans_in(block.start, block.end, "money", "diary_number")) < 2:
        return []
    ends = {s.end for s in view.spans_in(block.start, block.end, "money")}
    parts, start = [], block.start
    for m in re.finditer(r"\s+", view.text[block.start : block.end]):
        low = block.start + m.start()
        if "\n" not in view.document.raw_quote(low, block.start + m.end()):
            continue
        last = view.text[start:low].split(" – ")[-1].split()[-1:]
        if low in ends or low - 1 in ends or own_outcome(lexicon, "".join(last)):
            parts.append(replace(block, start=start, end=low))
            start = block.start + m.end()
    parts.append(replace(block, start=start, end=block.end))
    return parts


def _may_interrupt(view: View, lexicon: Lexicon, block: Block) -> bool:
    """Headings of groups and page heads stand within a list."""
    if block.kind == "furniture":
        return True
    return block.kind == "heading" and not lexicon.pattern("lists", "no_projects").search(
        view.document.block_text(block)
    )
