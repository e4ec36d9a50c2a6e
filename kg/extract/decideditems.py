"""Items of minutes that open with who applies for what and go on with the decision: '3.1 Ängs kommun, Bron. Bidrag
beviljas med 50 000 kr.'"""

from __future__ import annotations

import re

from kg.extract.leads import led_by
from kg.extract.pieces import MARKER, SENTENCE_END, is_organisation, is_sentence, trim
from kg.extract.records import Record, read_party
from kg.extract.rowlists import may_name
from kg.extract.view import View
from kg.lexicon import Lexicon, fold, shape
from kg.model import Block

_DOTTED = re.compile(r"\s*\d{1,2}\.\d{1,2}[.)]?\s+")
_ABBREVIATED = shape("decideditems", "abbreviated")
_LONGEST = 130
_FEWEST = 2


def decided_item_records(view: View, lexicon: Lexicon) -> list[Record]:
    """A record for each such item; none where fewer than two are so, or none names a known applicant."""
    found: list[Record] = []
    known = 0
    for block in view.blocks:
        if block.kind not in ("list_item", "paragraph"):
            continue
        record = _item(view, lexicon, block)
        if record is not None:
            found.append(record)
            party = record.slots["beneficiary"]
            known += is_organisation(view, party.low, party.high)
    return found if len(found) >= _FEWEST and known * 2 >= len(found) else []


def _item(view: View, lexicon: Lexicon, block: Block) -> Record | None:
    marker = _DOTTED.match(view.text, block.start, block.end) or MARKER.match(view.text, block.start, block.end)
    if marker is None:
        return None
    low = marker.end()
    stop = next(
        (
            m
            for m in SENTENCE_END.finditer(view.text, low, block.end)
            if not _ABBREVIATED.search(view.text[low : m.end()])
        ),
        None,
    )
    if stop is None or stop.start() - low > _LONGEST or view.spans_in(low, stop.start(), "money", "date"):
        return None
    comma = view.text.find(", ", low, stop.start())
    outcome = _outcome(lexicon, fold(view.text[stop.end() : block.end]))
    if comma < 0 or outcome is None or is_sentence(view, lexicon, low, stop.start()):
        return None
    party, name = trim(view.text, low, comma), trim(view.text, comma + 2, stop.start())
    if view.text[comma - 1] == ".":
        party = (party[0], comma)
    words = view.line(*name)
    small = words[:1].islower()
    if not view.text[party[0]].isupper() or not may_name(view, lexicon, *name, titled=small, owned=True):
        return None
    title = words[0].upper() + words[1:] if small else None
    record = Record(name, block.start, block.end, "act.record", outcome=outcome, title=title)
    read_party(view, record.slots, *party, lexicon)
    if "beneficiary" not in record.slots:
        return None
    record.put_sum(view.spans_in(stop.end(), block.end, "money")[:1])
    return record


def _outcome(lexicon: Lexicon, words: str) -> str | None:
    told = led_by(lexicon, words)
    if told is None and lexicon.pattern("lists", "granted").search(words):
        return "grant"
    return told
