"""Lists of decisions with a matter on each line: 'Ärende 7 Bron, RS 2023-0456 – BEVILJAS 500 tkr till Ängs SK'."""

from __future__ import annotations

import re

from kg.extract.found import found_span
from kg.extract.outcomes import outcome_word
from kg.extract.pieces import is_sentence, trim
from kg.extract.records import Record, read_party
from kg.extract.rowlists import may_name
from kg.extract.view import View
from kg.lexicon import Lexicon, shape
from kg.model import Block

_MARKER = shape("matteritems", "marker")
_STROKE = shape("matteritems", "stroke")
_TO_PARTY = shape("matteritems", "to_party")
_BEFORE_NUMBER = shape("matteritems", "before_number")
_PARTY_END = re.compile(r"[,;.()]|$")
_LONGEST = 260
_FEWEST = 2


def matter_item_records(view: View, lexicon: Lexicon) -> list[Record]:
    """A record for each line that opens with the number of a matter and its project and tells the outcome behind a
    stroke; none where fewer than two lines are so."""
    blocks = [view.blocks[index] for index in view.blocks_with(_MARKER)]
    found = [r for b in blocks if (r := _item(view, lexicon, b)) is not None]
    return found if len(found) >= _FEWEST else []


def _item(view: View, lexicon: Lexicon, block: Block) -> Record | None:
    marker = _MARKER.match(view.text, block.start, block.end)
    if marker is None or block.kind in ("table", "furniture") or block.end - block.start > _LONGEST:
        return None
    told = None
    for stroke in _STROKE.finditer(view.text, marker.end(), block.end):
        outcome = outcome_word(lexicon, view.line(stroke.end(), block.end))
        if outcome is not None:
            told = (outcome, stroke)
            break
    if told is None:
        return None
    outcome, stroke = told
    numbers = view.spans_in(marker.end(), stroke.start() + 1, "diary_number", "case_id")
    high = numbers[0].start if numbers else stroke.start()
    if (label := _BEFORE_NUMBER.search(view.text, marker.end(), high)) is not None:
        high = label.start()
    name = trim(view.text, marker.end(), high)
    if not may_name(view, lexicon, *name) or is_sentence(view, lexicon, *name):
        return None
    record = Record(name, block.start, block.end, "act.record", outcome=outcome)
    for span in numbers[:1]:
        rule = "diary.label" if span.kind == "diary_number" else "case.label"
        if span.kind == "diary_number":
            record.slots["diary_number"] = found_span("text", span, rule)
        else:
            record.lists["case_id"] = [found_span("text", span, rule)]
    _read_party(view, lexicon, record, stroke.end(), block.end)
    record.put_sum(view.spans_in(stroke.end(), block.end, "money")[:1])
    return record


def _read_party(view: View, lexicon: Lexicon, record: Record, low: int, high: int) -> None:
    """Who receives, behind 'till', or else the only organisation that the line tells behind its outcome."""
    led = _TO_PARTY.search(view.text, low, high)
    if led is not None:
        known = view.starting(led.end(), "organisation")
        end = _PARTY_END.search(view.text, known.end if known is not None else led.end(), high)
        read_party(view, record.slots, led.end(), end.start() if end is not None else high, lexicon)
        return
    spans = view.spans_in(low, high, "organisation")
    if len(spans) == 1:
        record.slots["beneficiary"] = found_span("organisation", spans[0], "beneficiary.label")
