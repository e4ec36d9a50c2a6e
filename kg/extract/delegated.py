"""Lists of delegated decisions whose items say in the infinitive what was decided: 'Bevilja A 85 000 kr till X.'

Each item has what follows it up to the next as its own: number, day, appropriation, applicant.
"""

from __future__ import annotations

from kg.extract.cuewords import cue_pattern
from kg.extract.frame import Found, found_span
from kg.extract.money import kronor, role_of
from kg.extract.names import scan_name
from kg.extract.pieces import MARKER
from kg.extract.records import Record, append, read_party, read_period
from kg.extract.view import View
from kg.lexicon import Lexicon, shape
from kg.model import Block, TypedSpan, Value

_OPENS = {
    "reject": shape("delegated", "rejects"),
    "grant": shape("delegated", "grants"),
    "other": shape("delegated", "changes"),
}
_AIMS = shape("delegated", "aims")
_TARGET = shape("delegated", "target")
_PARTY = shape("delegated", "party")
_DECIDED = shape("delegated", "decided")
_CHANGED_TO = shape("delegated", "changed_to")
_LEAST = 2
_LONGEST = 900
_GAP = 3  # blocks of an item below its first


def delegated_records(view: View, lexicon: Lexicon) -> list[Record]:
    """The items of lists of two or more such decisions, each with its project."""
    heads = [head for index, block in enumerate(view.blocks) for head in _openings(view, index, block)]
    found: list[Record] = []
    if len(heads) < _LEAST:
        return found
    for (low, index, outcome), (stop, following, _) in zip(
        heads, [*heads[1:], (len(view.text), len(view.blocks), "")], strict=True
    ):
        high = min(view.blocks[_last_of_item(view, index, following)].end, stop)
        record = _read_item(view, lexicon, low, high, outcome)
        if record is not None:
            found.append(record)
    return found if len(found) >= _LEAST else []


def _openings(view: View, index: int, block: Block) -> list[tuple[int, int, str]]:
    """Where items open, with block and outcome: at a number of their own, or at sentences that open with a day."""
    if block.kind not in ("list_item", "paragraph") or block.end - block.start > _LONGEST:
        return []
    starts = [block.start]
    if block.kind == "paragraph":  # lines that were joined to one paragraph
        starts = [u.start for u in view.units_in(block.start, block.end)] or starts
    told = [(low, _opening(view, low, block.end)) for low in starts]
    return [(low, index, outcome) for low, outcome in told if outcome is not None]


def _opening(view: View, start: int, end: int) -> str | None:
    marker = MARKER.match(view.text, start, end)
    low = marker.end() if marker else start
    numbered = marker is not None and any(c.isdigit() for c in marker.group())
    while (told := view.starting(low, "date", "diary_number", "case_id")) is not None and told.end < end:
        low, numbered = told.end, True  # '2020-10-14 RD20/00701 Beviljat A 95 000 kr till ...'
        low += len(view.text[low:end]) - len(view.text[low:end].lstrip(" ,:;–-"))
    if not numbered:
        return None
    return next((o for o, pattern in _OPENS.items() if pattern.match(view.text, low, end)), None)


def _last_of_item(view: View, index: int, following: int) -> int:
    """The last block of the item: paragraphs right below it, up to the next item or heading."""
    last = index
    while last + 1 < min(following, index + 1 + _GAP) and view.blocks[last + 1].kind == "paragraph":
        last += 1
    return last


def _read_item(view: View, lexicon: Lexicon, low: int, high: int, outcome: str) -> Record | None:
    unit = view.unit_at(low)
    name = _project(view, lexicon, unit.start, min(unit.end, high)) or _project(view, lexicon, low, high)
    if name is None:
        return None
    record = Record(name, low, high, "act.record", outcome=outcome)
    _read_party(view, lexicon, record, low, high)
    _read_sums(view, lexicon, record, low, high)
    for span in view.spans_in(low, high, "diary_number")[:1]:
        record.slots["diary_number"] = found_span("text", span, "diary.label")
    for span in view.spans_in(low, high, "case_id"):
        append(record.lists, "case_id", found_span("text", span, "case.label"))
    for span in view.spans_in(low, high, "fund")[:1] if outcome == "grant" else ():
        record.slots["funding_source"] = found_span("fund", span, "fund.sentence")
    day = _day(view, low, high)
    if day is not None:
        record.slots["date"] = found_span("date", day, "date.sentence")
    _read_time(view, record, low, high, day)
    return record


def _read_party(view: View, lexicon: Lexicon, record: Record, low: int, high: int) -> None:
    begin, end = record.name
    parties = [
        s for s in view.spans_in(low, high, "organisation") if (s.end <= begin or s.start >= end) and s.start > low
    ]
    if parties:
        record.slots["beneficiary"] = found_span("organisation", parties[0], "beneficiary.label")
    elif (named := _PARTY.search(view.text, low, begin)) is not None:
        read_party(view, record.slots, *named.span(1), lexicon)


def _read_sums(view: View, lexicon: Lexicon, record: Record, low: int, high: int) -> None:
    sums = [s for s in view.spans_in(low, high, "money") if kronor(s.value) is not None]
    changed = next((s for s in sums if _CHANGED_TO.search(view.text, low, s.start)), None)
    for span in sums:
        amount = kronor(span.value)
        unit = view.unit_at(span.start)
        role, _, _ = role_of(view, lexicon, span, max(low, unit.start), min(high, unit.end))
        prop = {"applied": "applied_amount_sek", "total": "total_budget_sek"}.get(role, "")
        if not prop and record.outcome != "reject" and (span is changed or changed is None):
            prop = "amount_sek"
        if prop:
            rule = {"amount_sek": "amount.sentence", "total_budget_sek": "total.phrase"}.get(prop, "applied.phrase")
            found = Found(Value("integer", str(amount)), span.start, span.end, rule, span.start, span.end)
            record.slots.setdefault(prop, found)
    if record.outcome == "grant":
        for span in view.spans_in(low, high, "share")[:1]:
            value = Value("decimal", format(span.value.normalize(), "f"))
            record.slots["share_percent"] = Found(value, span.start, span.end, "share.sentence", span.start, span.end)


def _day(view: View, low: int, high: int) -> TypedSpan | None:
    """The day of the decision: after 'beslut' or first in the item."""
    marker = MARKER.match(view.text, low, high)
    for span in view.spans_in(low, high, "date"):
        first = span.start == (marker.end() if marker else low)
        if not (span.value.day and span.value.year):
            continue
        if first or _DECIDED.search(view.text, max(low, span.start - 40), span.start):
            return span
    return None


def _read_time(view: View, record: Record, low: int, high: int, day: TypedSpan | None) -> None:
    if record.outcome == "reject":
        return
    if view.spans_in(low, high, "period"):
        read_period(view, record.slots, low, high, ("start", "end"))
    elif record.outcome == "other":
        for span in view.spans_in(low, high, "date"):
            if span is not day and span.value.iso and _CHANGED_TO.search(view.text, low, span.start):
                found = Found(Value("date", span.value.iso), low, span.end, "period.phrase", span.start, span.end)
                record.slots["end"] = found
                return


def _project(view: View, lexicon: Lexicon, low: int, high: int) -> tuple[int, int] | None:
    """The name after 'förstudien' and the like, else after what the decision aims at: 'till', 'för', 'ärendet'."""
    cues = [m.end() for m in cue_pattern(lexicon).finditer(view.text, low, high)]
    aims = [m.end() for pattern in (_AIMS, _TARGET) for m in pattern.finditer(view.text, low, high)]
    others = ("organisation", "board", "fund", "date", "period", "money", "share", "county")
    for start in [*cues, *aims]:
        if view.starting(start, *others) is not None or not view.text[start : start + 2].strip('"”“»')[:1].isupper():
            continue
        span = scan_name(view, lexicon, start, high)
        if span is not None and span[1] - span[0] > 2:
            return span
    return None
