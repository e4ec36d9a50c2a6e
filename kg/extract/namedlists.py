"""Outcomes told by names alone: 'Två ansökningar från A, X och Y, fick nej', 'Projekten X, Y och Z bordlades',
'Ytterligare två beviljade projekt är X och Y', 'Bland projekten som får medel finns X och Y'."""

from __future__ import annotations

from kg.extract.frame import found_span
from kg.extract.leads import led_by
from kg.extract.pieces import trim
from kg.extract.records import Record
from kg.extract.rowlists import may_name
from kg.extract.view import Unit, View
from kg.lexicon import Lexicon, fold, shape

_AMONG = shape("namedlists", "among")
_OPENS = shape("namedlists", "opens")
_FROM = shape("namedlists", "from")
_FIRST = shape("namedlists", "first")
_BETWEEN = shape("namedlists", "between")
_ENDS = shape("namedlists", "ends")
_FEWEST, _LONGEST = 2, 90


def named_list_records(view: View, lexicon: Lexicon) -> list[Record]:
    """A record for each name of a sentence that lists applications and says that they were refused or tabled."""
    found: list[Record] = []
    for unit in view.units_with(_OPENS):
        if view.blocks[unit.block].kind in ("table", "furniture", "field"):
            continue
        if (among := _AMONG.search(view.text, unit.start, unit.end)) is not None:
            found += _granted(view, lexicon, unit, among.end())
            continue
        m = _OPENS.search(view.text, unit.start, unit.end)
        if m is None or view.spans_in(m.end(), unit.end, "money"):
            continue
        outcome = led_by(lexicon, fold(view.text[unit.start : unit.end]))
        if outcome is not None:
            found += _names(view, lexicon, unit, m.end(), outcome)
    return found


def _granted(view: View, lexicon: Lexicon, unit: Unit, low: int) -> list[Record]:
    """The names of a sentence that tells some of the projects that were granted money."""
    block = view.blocks[unit.block]
    told = lexicon.pattern("lists", "granted").search(view.text, block.start, unit.end)
    if told is None or view.spans_in(low, unit.end, "money") or led_by(lexicon, fold(view.text[unit.start : unit.end])):
        return []
    return _names(view, lexicon, unit, low, "grant", fewest=1)


def _names(view: View, lexicon: Lexicon, unit: Unit, low: int, outcome: str, fewest: int = _FEWEST) -> list[Record]:
    who = _FROM.match(view.text, low, unit.end)
    party = view.starting(who.end(), "organisation") if who is not None else None
    if who is not None and party is None:
        return []
    at = party.end if party is not None else low
    lead = _FIRST.match(view.text, at, unit.end)
    if lead is None:
        return []
    at = lead.end()
    end = _ENDS.search(view.text, at, unit.end)
    high = end.start() if end is not None else unit.end
    spans = []
    for part in _BETWEEN.split(view.text[at:high]):
        low = view.text.index(part, at, high) if part else at
        spans.append(trim(view.text, low, low + len(part)))
        at = low + len(part)
    good = [s for s in spans if s[1] - s[0] <= _LONGEST and may_name(view, lexicon, *s)]
    if len(good) < fewest or len(good) < len(spans) or any(view.spans_in(*s, "organisation", "board") for s in good):
        return []
    records = []
    for span in good:
        record = Record(span, span[0], span[1], "act.record", outcome=outcome)
        if party is not None:
            record.slots["beneficiary"] = found_span("organisation", party, "beneficiary.phrase")
        records.append(record)
    return records
