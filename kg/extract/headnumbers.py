"""The head of a paper: its diary number, behind its label, below it, or by its form, and what stands in columns."""

from __future__ import annotations

import re
from itertools import pairwise

from kg.extract.found import Found, found_span
from kg.extract.view import View
from kg.lexicon import Lexicon, shape
from kg.model import Block, Cell, TypedSpan, Value

_A_NUMBER = re.compile(r"(?=\S*\d\S*[-/.:]?\d)[A-ZÅÄÖa-zåäö]{0,5}[ -]?\d[\w./:-]{2,24}")


def _number_below_label(view: View, lexicon: Lexicon, head: list[Block]) -> Found | None:
    """The number in the row below one of labels: 'Datum | Ärendebeteckning' above '2021-03-18 | 602-41877-2020'."""
    labels = lexicon.labels("labels")
    for block, below in pairwise(head):
        alone = view.document.block_text(block) if block.kind != "field" else ""
        words = view.document.block_text(below).strip()
        if alone and "diary_number" in labels.match(alone) and _A_NUMBER.fullmatch(words):
            if below.kind in ("paragraph", "heading", "furniture") and not view.spans_in(
                below.start, below.end, "date"
            ):
                return Found(Value("text", words), block.start, below.end, "diary.letterhead", below.start, below.end)
        if block.kind != "field" or below.kind != "field" or len(block.cells) != 2 or len(below.cells) != 2:
            continue
        for label, cell in zip(block.cells, below.cells, strict=True):
            words = view.text[cell.start : cell.end].strip()
            if "diary_number" in labels.match(view.text[label.start : label.end]) and _A_NUMBER.fullmatch(words):
                if not view.spans_in(cell.start, cell.end, "date"):
                    return Found(Value("text", words), label.start, cell.end, "diary.letterhead", cell.start, cell.end)
    return None


_LETTERHEAD, _LETTERHEAD_ROWS = 4, 8  # blocks among which the columns of a letterhead stand, and their rows
_NUMBER_BELOW = re.compile(r"(?=\S*\d)[\w./:-]{4,30}(?: (?=\S*\d)[\w./:-]{2,24})?")


def letterhead_cells(view: View, lexicon: Lexicon, block: Block) -> list[tuple[tuple[str, ...], Cell]]:
    """The cells of a letterhead in columns that stand right below a label: 'Datum' above '2022-10-24'."""
    rows = {cell.row for cell in block.cells}
    if block.kind != "table" or len(rows) > _LETTERHEAD_ROWS:
        return []
    labels = lexicon.labels("labels")
    places = {(cell.row, cell.column): cell for cell in block.cells}
    found = []
    for cell in block.cells:
        below = places.get((cell.row + 1, cell.column))
        roles = labels.match(view.text[cell.start : cell.end]) if below is not None else ()
        if below is not None and roles:
            found.append((roles, below))
    return found


def dates_letterhead(view: View, lexicon: Lexicon, head: list[Block], span: TypedSpan) -> bool:
    """Whether a day in a table stands below the label of a letterhead in columns; any day outside tables may date."""
    block = view.block_at(span.start)
    return (
        block.kind != "table"
        or block in head[:_LETTERHEAD]
        and any(
            "decision_date" in roles and cell.start <= span.start < cell.end
            for roles, cell in letterhead_cells(view, lexicon, block)
        )
    )


def _number_in_columns(view: View, lexicon: Lexicon, head: list[Block]) -> Found | None:
    for block in head:
        for roles, cell in letterhead_cells(view, lexicon, block):
            words = view.text[cell.start : cell.end].strip()
            if "diary_number" in roles and _NUMBER_BELOW.fullmatch(words):
                if not view.spans_in(cell.start, cell.end, "date", "money"):
                    return Found(
                        Value("text", words),
                        block.start,
                        cell.end,
                        "diary.letterhead",
                        cell.start,
                        cell.start + len(words),
                    )
    return None


_RULES = shape("frame", "rules")
_SIGN = shape("sections", "paragraph_sign")


def letterhead_number(view: View, lexicon: Lexicon, head: list[Block]) -> Found | None:
    """The first diary number of the head that is the paper's own, not that of rules or of what a bracket follows."""
    signs = [b.start for b in view.blocks if b.kind == "heading" and _SIGN.match(view.document.block_text(b))]
    if len(signs) > 1:  # the number below the first of several paragraphs is that one's
        head = [b for b in head if b.start < signs[0] or b.kind == "furniture"]
    if (found := _number_below_label(view, lexicon, head)) is not None:
        return found
    for block in head:
        for span in view.spans_in(block.start, block.end, "diary_number"):
            lead = view.text[block.start : span.start]
            if block.kind == "paragraph" and len(lead) > 60 and lead.rfind("(") > lead.rfind(")"):
                continue  # a number in a bracket of running text is that of what stands before it
            if not _RULES.search(view.text[max(0, span.start - 120) : span.start]) or block.kind in (
                "field",
                "furniture",
            ):
                return found_span("text", span, "diary.letterhead")
    return _number_in_columns(view, lexicon, head)
