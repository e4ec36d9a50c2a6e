"""Decisions told as a noun phrase, as lists of delegated decisions and agendas print them.

'Bidrag om 45 000 kr till A för projektet B', 'Avslag på ansökan från A om 120 000 kr till B', 'Förlängd tid t.o.m.
2021-12-31 för projektet B, A', 'Medfinansiering av B, A, 300 000 kr'.
"""

from __future__ import annotations

import re

from kg.extract.cuewords import cue_pattern
from kg.extract.frame import Found, found_span
from kg.extract.money import kronor
from kg.extract.names import scan_name
from kg.extract.pieces import MARKER, trim
from kg.extract.records import Record, append, read_party, read_period
from kg.extract.view import View
from kg.lexicon import Lexicon, shape
from kg.model import Value

_REJECTED = shape("matterphrases", "rejected")
_CHANGED = shape("matterphrases", "changed")
_GRANTED = shape("matterphrases", "granted")


_OPENS = {
    "reject": _REJECTED,
    "other": _CHANGED,
    "grant": _GRANTED,
}
_PARTY = shape("matterphrases", "party")
_LEAD = shape("matterphrases", "lead")
_TARGET = shape("matterphrases", "target")
_QUOTED = re.compile(r"[\"”“»]([^\"”“»«]{3,100})[\"”“«»]")
_ITEM = 240
_NAME_END = shape("matterphrases", "name_end")


_SUM_FIRST = shape("matterphrases", "sum_first")


def phrase_records(view: View, lexicon: Lexicon) -> list[Record]:
    """Items of a list that are such phrases, or a sum with who gets it and for what: '2,9 mkr till A för B'."""
    found: list[Record] = []
    run: list[Record] = []
    sums = {view.blocks[index].start for index in view.blocks_of("money")}
    telling = sums.union(view.blocks[index].start for index in view.blocks_with(*_OPENS.values()))
    for block in [*view.blocks, None]:
        record = None
        may_tell = block is not None and block.start in telling and block.kind in ("list_item", "paragraph")
        if block is not None and may_tell and block.end - block.start < _ITEM:
            record = read_matter_phrase(view, lexicon, block.start, block.end, sums=block.kind == "list_item")
        if record is not None and block is not None:
            record.caption = next(
                (
                    view.document.block_text(b)
                    for b in reversed(view.blocks[: view.block_index(block.start)])
                    if b.kind == "heading"
                ),
                "",
            )
            run.append(record)
        elif block is None or block.kind != "furniture":
            found += run if len(run) > 1 else []
            run = []
    return found


def phrase_outcome(text: str) -> str | None:
    """``grant``, ``reject`` or ``other`` where the words open as the name of such a decision."""
    lead = _LEAD.match(text)
    start = lead.end() if lead else 0
    return next((outcome for outcome, pattern in _OPENS.items() if pattern.match(text, start)), None)


def read_matter_phrase(view: View, lexicon: Lexicon, low: int, high: int, *, sums: bool = False) -> Record | None:
    """The decision that the words tell, with project, applicant, sum and period; None where they name no project.

    ``sums``: a sum in front will do, its outcome is then what the words above the list say.
    """
    marker = MARKER.match(view.text, low, high)
    low = marker.end() if marker else low
    outcome = phrase_outcome(view.text[low:high])
    first = view.starting(low, "money") if sums else None
    if outcome is None and not (first is not None and _SUM_FIRST.match(view.text, first.end, high)):
        return None
    name = _project(view, lexicon, low, high)
    if name is None:
        return None
    record = Record(name, low, high, "act.record", outcome=outcome)
    parties = [s for s in view.spans_in(low, high, "organisation") if s.end <= name[0] or s.start >= name[1]]
    lead = _PARTY.search(view.text, low, name[0])
    if parties:
        read_party(view, record.slots, parties[0].start, parties[0].end, lexicon)
    elif lead is not None:
        read_party(view, record.slots, *lead.span(1), lexicon)
    elif (unnamed := re.compile(r",\s+([A-ZÅÄÖ][^,;()]{2,60})\s*$").search(view.text, name[1], high)) is not None:
        read_party(view, record.slots, unnamed.start(1), unnamed.end(1), lexicon)
    for span in view.spans_in(low, high, "money"):
        if (amount := kronor(span.value)) is None or name[0] <= span.start < name[1]:
            continue
        prop, rule = ("applied_amount_sek", "applied.label") if outcome == "reject" else ("amount_sek", "amount.label")
        found = Found(Value("integer", str(amount)), low, span.end, rule, span.start, span.end)
        record.slots.setdefault(prop, found)
        break
    read_period(view, record.slots, low, high, ("end",))
    for span in view.spans_in(low, high, "fund"):
        if outcome != "reject":
            record.slots.setdefault("funding_source", found_span("fund", span, "fund.sentence"))
    for span in view.spans_in(low, high, "diary_number"):
        record.slots.setdefault("diary_number", found_span("text", span, "diary.label"))
    for span in view.spans_in(low, high, "case_id"):
        append(record.lists, "case_id", found_span("text", span, "case.label"))
    return record


def _project(view: View, lexicon: Lexicon, low: int, high: int) -> tuple[int, int] | None:
    """The name after 'projektet', in quotes, or after 'till', 'för', 'av' where it is no organisation."""
    for m in cue_pattern(lexicon).finditer(view.text, low, high):
        if (rest := _rest(view, m.end(), high)) is not None:
            return rest
        span = scan_name(view, lexicon, m.end(), high)
        if span is not None and span[1] - span[0] > 2 and view.text[span[0]].isupper():
            return _shortened(view, *span)
    quoted = _QUOTED.search(view.text, low, high)
    if quoted is not None:
        return quoted.span(1)
    for m in _TARGET.finditer(view.text, low, high):
        if view.starting(m.end(), "organisation", "board", "fund", "date", "period", "money", "county") is not None:
            continue
        span = scan_name(view, lexicon, m.end(), high)
        if span is not None and span[1] - span[0] > 2:
            return _shortened(view, *span)
    return None


def _rest(view: View, low: int, high: int) -> tuple[int, int] | None:
    """All that is left of the phrase, where it is short and holds neither values nor names of others."""
    words = view.text[low:high].strip().rstrip(".")
    plain = 0 < len(words.split()) <= 8 and not re.search(r"[,;:()]", words)
    if not plain or not (words[0].isupper() or words[0].isdigit()):
        return None
    if view.spans_in(low, high, "money", "date", "period", "organisation", "diary_number", "share", "fund"):
        return None
    return trim(view.text, low, high)


_TAIL = shape("matterphrases", "tail")
_PHASE = shape("matterphrases", "phase")


def _shortened(view: View, low: int, high: int) -> tuple[int, int]:
    """The name up to a clause about its end, its sum or its applicant; ' – förstudie' and ', etapp 2' stay."""
    dash = _TAIL.match(view.text, high)
    if dash is not None:
        high = dash.end()
    m = _NAME_END.search(view.text, low + 1, high)
    if m is not None and not _PHASE.match(view.text[m.start() : high]):
        high = m.start()
    return trim(view.text, low, high)
