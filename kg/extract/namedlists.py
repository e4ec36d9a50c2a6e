"""Outcomes told by names alone: 'Två ansökningar från A, X och Y, fick nej', 'Projekten X, Y och Z bordlades',
'Ytterligare två beviljade projekt är X och Y', 'Bland dem som fick medel finns X 600 tkr och Y 300 tkr'."""

from __future__ import annotations

from kg.extract.frame import found_span
from kg.extract.leads import led_by
from kg.extract.money import kronor
from kg.extract.pieces import trim
from kg.extract.records import Record
from kg.extract.rowlists import may_name
from kg.extract.slots import integer
from kg.extract.view import Unit, View
from kg.lexicon import Lexicon, fold, shape

_GRANTED = shape("namedlists", "granted")
_EXAMPLE = shape("namedlists", "example")
_BEFORE_SUM = shape("namedlists", "before_sum")
_OPENS = shape("namedlists", "opens")
_FROM = shape("namedlists", "from")
_FIRST = shape("namedlists", "first")
_BETWEEN = shape("namedlists", "between")
_ENDS = shape("namedlists", "ends")
_FEWEST, _LONGEST = 2, 90


def named_list_records(view: View, lexicon: Lexicon) -> list[Record]:
    """A record for each name of a sentence that lists applications and says what became of them."""
    found: list[Record] = []
    granted = [u for u in view.units_with(_GRANTED) if _GRANTED.search(view.text, u.start, u.end)]
    for unit in granted:
        if view.blocks[unit.block].kind not in ("table", "furniture", "field"):
            found += _granted(view, lexicon, unit)
    for unit in view.units_with(_OPENS):
        if view.blocks[unit.block].kind in ("table", "furniture", "field") or unit in granted:
            continue
        m = _OPENS.search(view.text, unit.start, unit.end)
        if m is None or view.spans_in(m.end(), unit.end, "money"):
            continue
        outcome = led_by(lexicon, fold(view.text[unit.start : unit.end]))
        if outcome is not None:
            found += _names(view, lexicon, unit, m.end(), outcome)
    return found


def _granted(view: View, lexicon: Lexicon, unit: Unit) -> list[Record]:
    """The names of a sentence that tells some of the projects that were granted money, each with the sum behind it."""
    told = _GRANTED.search(view.text, unit.start, unit.end)
    if told is None or led_by(lexicon, fold(view.text[unit.start : unit.end])):
        return []
    given = told["given"] or told["given2"] or told["given3"]
    if not given and lexicon.pattern("lists", "granted").search(view.text, 0, unit.end) is None:
        return []
    lead = _EXAMPLE.match(view.text, told.end(), unit.end)
    if lead is None:
        return []
    end = _ENDS.search(view.text, lead.end(), unit.end)
    high = end.start() if end is not None else unit.end
    records, at = [], lead.end()
    for part in _BETWEEN.split(view.text[at:high]):
        begin = view.text.index(part, at, high) if part else at
        at = begin + len(part)
        sums = view.spans_in(begin, at, "money")
        first, last = trim(view.text, begin, sums[0].start if sums else at)
        last = first + len(_BEFORE_SUM.sub("", view.text[first:last]))
        if last - first > _LONGEST or not may_name(view, lexicon, first, last, owned=True):
            return []
        record = Record((first, last), first, at, "act.record", outcome="grant")
        if sums and (amount := kronor(sums[0].value)) is not None:
            record.slots["amount_sek"] = integer("amount.label", amount, sums[0], first, sums[0].end)
        records.append(record)
    return records


def _names(view: View, lexicon: Lexicon, unit: Unit, low: int, outcome: str) -> list[Record]:
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
    if len(good) < _FEWEST or len(good) < len(spans) or any(view.spans_in(*s, "organisation", "board") for s in good):
        return []
    records = []
    for span in good:
        record = Record(span, span[0], span[1], "act.record", outcome=outcome)
        if party is not None:
            record.slots["beneficiary"] = found_span("organisation", party, "beneficiary.phrase")
        records.append(record)
    return records
