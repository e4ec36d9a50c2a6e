"""Days of a paper: the year of one printed without it ('den 24 mars' in a paper of 26 March 2021), and the day that
stands below the kind of the paper."""

from __future__ import annotations

from kg.extract.view import View
from kg.lexicon import shape
from kg.model import Block, PartialDate, TypedSpan

_KIND_OF_PAPER = shape("frame", "kind_of_paper")

_HEAD, _OPENING, _TOP = 14, 3, 5


def complete_date(view: View, span: TypedSpan) -> PartialDate | None:
    """The date with its year; None where it has no day or the paper no year for it.

    A day without a year belongs to the year of the last full date before it, else of the first of the paper's head,
    else to the year that stands there: a paper tells of days close to its own.  Where that would put it more than half
    a year ahead, it is the year before; a day of the same number and month that the paper prints in full is that day.
    """
    value: PartialDate = span.value
    if not value.day or not value.month:
        return None
    if value.year:
        return value
    full = [s for s in view.kind("date") if s.value.year and s.value.month and s.value.day]
    for other in full:
        if (other.value.month, other.value.day) == (value.month, value.day):
            return PartialDate(other.value.year, value.month, value.day)
    reference = next((s for s in reversed(full) if s.end <= span.start), None)
    if reference is None:
        reference = next((s for s in full if view.block_index(s.start) < _HEAD), None)
    if reference is None:
        # 'Nyhetsbrev nr 3 2023': only the year stands in the head; a paragraph of several years dates nothing
        years = [s for s in view.kind("date") if s.value.year and view.block_index(s.start) < _HEAD]
        told = [s for s in years if len({o.value.year for o in years if _same_block(view, s, o)}) == 1]
        opens = bool(told) and view.block_index(told[0].start) < _OPENING
        if not opens and len({s.value.year for s in told}) > 1:
            return None
        return PartialDate(told[0].value.year, value.month, value.day) if told else None
    ahead = value.month - reference.value.month
    year = reference.value.year - 1 if ahead > 6 else reference.value.year
    return PartialDate(year, value.month, value.day)


def _same_block(view: View, one: TypedSpan, other: TypedSpan) -> bool:
    return view.block_index(one.start) == view.block_index(other.start)


def is_dated_kind(view: View, block: Block, span: TypedSpan) -> bool:
    """Whether the day is all of the line below the kind of paper, 'Tjänsteutlåtande' above '2017-03-06', or stands
    behind it in one of the first lines."""
    index = view.block_index(block.start)
    if index < _TOP and span.end == block.end and span.start > block.start:
        return _KIND_OF_PAPER.fullmatch(view.text, block.start, span.start) is not None
    if not index or (span.start, span.end) != (block.start, block.end):
        return False
    above = view.blocks[index - 1]
    return _KIND_OF_PAPER.fullmatch(view.text, above.start, above.end) is not None
