"""Outcomes told by names alone: 'Två ansökningar från A, X och Y, fick nej', 'Projekten X, Y och Z bordlades',
'Ytterligare två beviljade projekt är X och Y', 'Bland dem som fick medel finns X 600 tkr och Y 300 tkr', 'att inte
prioritera följande ansökningar: X, A kommun, 60 000 kr'."""

from __future__ import annotations

from kg.extract.frame import found_span
from kg.extract.leads import leads_grants, led_by
from kg.extract.money import kronor
from kg.extract.pieces import is_organisation, is_sentence, trim
from kg.extract.records import Record, read_party
from kg.extract.rowlists import may_name
from kg.extract.slots import integer
from kg.extract.view import Unit, View
from kg.lexicon import Lexicon, fold, shape
from kg.model import TypedSpan

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
        if m is None:
            continue
        words = fold(view.text[unit.start : unit.end])
        outcome = led_by(lexicon, words)
        if outcome is None and m["following"] and leads_grants(lexicon, fold(view.text[unit.start : m.end()])):
            outcome = "grant"
        if outcome is not None:
            found += _names(view, lexicon, unit, m.end(), outcome)
    return found


def _granted(view: View, lexicon: Lexicon, unit: Unit) -> list[Record]:
    """The names of a sentence that tells some of the projects that were granted money, each with the sum behind it."""
    told = _GRANTED.search(view.text, unit.start, unit.end)
    if told is None or led_by(lexicon, fold(view.text[unit.start : unit.end])):
        return []
    given = any(told[key] for key in ("given", "given2", "given3", "given4"))
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
    items = _items(view, lexicon, at, high)
    if items is None:
        return []
    plain = [item for item in items if item[1] is None and item[2] is None]
    if len(items) < (_FEWEST if plain else 1) or (outcome == "grant" and len(plain) == len(items)):
        return []
    records = []
    for span, owner, money in items:
        ends = [span[1], owner[1] if owner else 0, money.end if money else 0]
        record = Record(span, span[0], max(ends), "act.record", outcome=outcome)
        if party is not None:
            record.slots["beneficiary"] = found_span("organisation", party, "beneficiary.phrase")
        elif owner is not None:
            read_party(view, record.slots, *owner, lexicon)
        if money is not None and (amount := kronor(money.value)) is not None:
            prop = "amount_sek" if outcome == "grant" else "applied_amount_sek"
            rule = "amount.label" if outcome == "grant" else "applied.label"
            record.slots[prop] = integer(rule, amount, money, span[0], money.end)
        records.append(record)
    return records


Item = tuple[tuple[int, int], tuple[int, int] | None, TypedSpan | None]


def _items(view: View, lexicon: Lexicon, low: int, high: int) -> list[Item] | None:
    """Names with who applied and for how much, in a bracket or between commas: 'A (B kommun, 60 000 kr), C och D',
    'A, B kommun, 60 000 kr, samt C, D förening, 20 000 kr'; None where a part is none of these."""
    items: list[Item] = []
    for begin, end in _parts(view.text, low, high):
        bracket = view.text.find("(", begin, end)
        name = trim(view.text, begin, end if bracket < 0 else bracket)
        inner = (bracket + 1, end) if bracket >= 0 else (begin, end)
        sums = view.spans_in(*inner, "money")
        party = trim(view.text, inner[0], sums[0].start if sums else inner[1])
        if view.text[party[1] - 1 : party[1]] == ")":
            party = (party[0], party[1] - 1)
        if bracket < 0 and sums:
            name = party
        if bracket < 0 and (name[0] >= name[1] or is_organisation(view, *name)):  # it goes with the name before
            if not items or (name[0] < name[1] and items[-1][1] is not None):
                return None
            owner = items[-1][1] if name[0] >= name[1] else name
            items[-1] = (items[-1][0], owner, sums[0] if sums else items[-1][2])
            continue
        fits = name[1] - name[0] <= _LONGEST and may_name(view, lexicon, *name)
        if not fits or view.spans_in(*name, "organisation", "board") or is_sentence(view, lexicon, *name):
            return None
        told = bracket >= 0 and party[0] < party[1] and view.text[party[0]].isupper()
        if bracket >= 0 and not told and not sums:
            return None
        items.append((name, party if told else None, sums[0] if sums else None))
    return items


def _parts(text: str, low: int, high: int) -> list[tuple[int, int]]:
    """The parts of an enumeration; a comma within a bracket divides nothing."""
    parts = []
    begin = low
    for m in _BETWEEN.finditer(text, low, high):
        if text.count("(", begin, m.start()) == text.count(")", begin, m.start()):
            parts.append((begin, m.start()))
            begin = m.end()
    return [*parts, (begin, high)]
