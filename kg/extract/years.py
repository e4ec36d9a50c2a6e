"""Days of a paper: that of its meeting or decision, and the year of one printed without it ('den 24 mars' in a paper of
26 March 2021)."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from kg.extract.found import Found, found_span
from kg.extract.headnumbers import dates_letterhead
from kg.extract.sections import heading_kinds
from kg.extract.view import View
from kg.lexicon import Lexicon, PhrasePattern, shape
from kg.model import Block, PartialDate, TypedSpan

_KIND_OF_PAPER = shape("frame", "kind_of_paper")

_NEXT = shape("frame", "next")
_TOLD_IN_PASSING = shape("frame", "told_in_passing")
_BY_EARLIER = shape("frame", "by_earlier")
_WILL_DECIDE = shape("frame", "will_decide")
_IS_PROPOSAL = shape("frame", "is_proposal")
_GRANTED = shape("frame", "granted")

_MINUTES = shape("frame", "minutes")
_PAST_GRANT = shape("frame", "past_grant")
_CHANGES = shape("frame", "changes")
_HAS_THAT_DAY = shape("frame", "has_that_day")
_TAKEN_BEHIND = shape("frame", "taken_behind")

_HEAD, _OPENING, _TOP = 14, 3, 5
_OPENING_REACH = 1500  # characters
_HEAD_BLOCKS, _ALONE = 9, 90  # of the letterhead; characters of a line that stands alone


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


def _is_dated_kind(view: View, block: Block, span: TypedSpan) -> bool:
    """Whether the day is all of the line below the kind of paper, 'Tjänsteutlåtande' above '2017-03-06', or stands
    behind it in one of the first lines."""
    index = view.block_index(block.start)
    if index < _TOP and span.end == block.end and span.start > block.start:
        return _KIND_OF_PAPER.fullmatch(view.text, block.start, span.start) is not None
    if not index or (span.start, span.end) != (block.start, block.end):
        return False
    above = view.blocks[index - 1]
    return _KIND_OF_PAPER.fullmatch(view.text, above.start, above.end) is not None


_NEWS = shape("frame", "news")


def _tells_history(view: View, lexicon: Lexicon, block: Block) -> bool:
    """Whether the block stands right below a heading such as 'Bakgrund', whose days are those of before."""
    index = view.block_index(block.start)
    for above in reversed(view.blocks[max(0, index - 3) : index]):
        if above.kind == "heading":
            return "history" in heading_kinds(lexicon, view.document.block_text(above))
    return False


_AFTER_BOARD = shape("frame", "after_board")


def _board_with_day(view: View, head: list[Block]) -> Found | None:
    """In a paper that proposes, the day on the line of the board that is to decide: 'Regionstyrelsen 2021-05-18'."""
    if not _IS_PROPOSAL.search(view.text, 0, 600):
        return None
    for block in head[:_HEAD_BLOCKS]:
        for span in view.spans_in(block.start, block.end, "date") if block.end - block.start < _ALONE else ():
            board = view.spans_in(block.start, span.start, "board")
            if board and board[0].start == block.start and span.value.day and span.value.year:
                if _AFTER_BOARD.fullmatch(view.text, board[0].end, span.start) and not _is_cited(view, span):
                    return found_span("date", span, "date.letterhead", start=block.start)
    for above, below in pairwise(head):  # the same in columns: the board over its day
        if len(above.cells) == len(below.cells) == 2 and above.kind == below.kind == "field":
            cell, under = above.cells[1], below.cells[1]
            named, day = view.starting(cell.start, "board"), view.starting(under.start, "date")
            if named is not None and named.end == cell.end and day is not None and day.value.day and day.value.year:
                return found_span("date", day, "date.letterhead", start=cell.start)
    return None


_PARAGRAPH = re.compile(r",? ?§\s*(\d+)")
_SIGN = shape("sections", "paragraph_sign")


def _is_cited(view: View, span: TypedSpan) -> bool:
    """Whether the day is that of another meeting whose paragraph stands behind it: 'Arbetsutskottet 2021-08-24, § 141'
    in a paper of other paragraphs, none of them § 141."""
    m = _PARAGRAPH.match(view.text, span.end)
    if m is None or len(re.findall(rf"§\s*{m.group(1)}\b", view.text)) > 1:
        return False
    return any(b.kind == "heading" and _SIGN.match(view.document.block_text(b)) for b in view.blocks)


def _is_below_label(view: View, lexicon: Lexicon, block: Block, span: TypedSpan) -> bool:
    """Whether the day stands alone right below 'Sammanträdesdatum'."""
    index = view.block_index(block.start)
    if not index or (span.start, span.end) != (block.start, block.end):
        return False
    return "decision_date" in lexicon.labels("labels").match(view.document.block_text(view.blocks[index - 1]))


def meeting_date(view: View, lexicon: Lexicon, head: list[Block]) -> Found | None:
    """The day of the paper's own meeting or decision: labelled, in its head, or told in a sentence; None where no day
    is sure enough to be it."""
    if (met := _board_with_day(view, head)) is not None:
        return met
    labels = lexicon.labels("labels")
    for block in view.blocks:
        if block.kind == "field" and len(block.cells) == 2:
            if "decision_date" in labels.match(view.text[block.cells[0].start : block.cells[0].end]):
                for span in view.spans_in(block.cells[1].start, block.cells[1].end, "date"):
                    if span.value.day:
                        return found_span("date", span, "date.label", start=block.start)
    meeting = lexicon.pattern("roles", "date", "meeting")
    other = lexicon.pattern("roles", "date", "published+other")
    best: tuple[float, int, TypedSpan, int] | None = None
    head_ids = {b.start: i for i, b in enumerate(head)}
    full = [s for s in view.kind("date") if s.value.day and s.value.year]
    printed = next((s.value.iso for s in full if view.block_at(s.start).start in head_ids), None)
    minutes = printed is not None and _MINUTES.search(view.text) is not None
    for span in view.kind("date"):
        if not span.value.day:
            continue
        block = view.block_at(span.start)
        if head_ids.get(block.start, 9) > 0 and not dates_letterhead(view, lexicon, head, span):
            continue
        unit = view.unit_at(span.start)
        lead = view.text[max(unit.start, span.start - 70) : span.start]
        tail = view.text[span.end : min(unit.end, span.end + 50)]
        near = _last(meeting, lead)
        dated = block.start in head_ids and _is_dated_kind(view, block, span)
        away = None if dated else _last(other, lead)
        weight = 0.0
        comma = 1 if view.text[max(0, span.start - 2) : span.start] == ", " else 0
        board = view.covering(max(0, span.start - 2 - comma), "board")
        if board is not None and board.end <= span.start:
            weight += 3.5
        # 'Protokoll från nämnden, 2017-03-23': 'från' is the board's, not the day's
        headed = board is not None and near is not None and block.start in head_ids
        near_cue = lead[board.end - span.start :] if board is not None and headed else lead[-32:]
        cue = lexicon.pattern("roles", "period", "start+end").search(near_cue)
        if block.kind == "list_item" or (cue and (near is None or near.end() < len(lead) - len(near_cue) + cue.end())):
            continue
        if near is not None and (away is None or near.end() > away.end()):
            weight += 3 if len(lead) - near.end() < 25 else 1.5
        elif meeting.search(tail) and away is None:
            weight += 2
        if away is not None and (near is None or away.end() >= near.end() or _NEXT.search(lead)):
            weight -= 5
        if block.start in head_ids:
            weight += 2.2 - 0.15 * head_ids[block.start] if away is None else 0
            near_from = block.start if view.block_index(block.start) > 3 else 0
            if (near is None and re.search(r"\d\d:\d\d", tail)) or _NEWS.search(
                view.text[max(near_from, span.start - 60) : min(block.end, span.end + 60)]
            ):
                weight -= 4
        if _TOLD_IN_PASSING.search(view.text[max(unit.start, span.start - 90) : span.start]):
            weight -= 4
        if not span.value.year:
            weight -= 1.2
        if dated:
            weight += 2.5
        if block.start in head_ids and _is_below_label(view, lexicon, block, span):
            weight += 3.5
        if _is_cited(view, span):
            weight -= 4
        if _tells_history(view, lexicon, block):
            weight -= 3
        if _WILL_DECIDE.search(lead) and _IS_PROPOSAL.search(view.text, 0, 600):
            weight += 3.5
        if _BY_EARLIER.search(lead) and _GRANTED.search(view.text, span.end, min(unit.end, span.end + 60)):
            weight -= 3
        if _HAS_THAT_DAY.search(lead) and _TAKEN_BEHIND.match(tail) and span.start < _OPENING_REACH:
            weight += 2.5  # 'Trafikverket har den 15 juni fattat beslut', in a paper of some days later
        if minutes and near is not None and block.start not in head_ids and (span.value.iso or "9") < (printed or ""):
            weight -= 3 if _PAST_GRANT.fullmatch(near.group()) else 0  # 'Styrelsen beviljade den 8 december 2021'
        if _GRANTED.search(view.text, unit.start, span.start) and _CHANGES.search(view.text, 0, unit.start):
            weight -= 3  # 'Regionen kräver tillbaka ...  Bolaget beviljades stöd 2021-05-04'
        if weight >= 1.4 and (best is None or weight > best[0] + 0.01):
            start = (
                span.start - (len(lead) - near.start())
                if near is not None and len(lead) - near.end() < 40
                else span.start
            )
            best = (weight, span.start, span, start)
    if best is None or (date := complete_date(view, best[2])) is None:
        return None
    return found_span(
        "date",
        replace(best[2], value=date),
        "date.letterhead" if view.block_at(best[1]).start in head_ids else "date.sentence",
        start=best[3],
    )


def _last(pattern: PhrasePattern, text: str) -> re.Match[str] | None:
    return max(pattern.finditer(text), key=lambda m: m.start(), default=None)
