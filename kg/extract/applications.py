"""Applications told one to a line, and lists of names with bracketed sums within a sentence."""

from __future__ import annotations

import re

from kg.extract.frame import Found, found_span
from kg.extract.money import kronor
from kg.extract.pieces import APPLIES, MARKER, SENTENCE_END, is_organisation, trim
from kg.extract.records import Record, read_party
from kg.extract.rowlists import may_name, read_note
from kg.extract.view import Unit, View
from kg.lexicon import Lexicon, PhrasePattern, shape
from kg.model import Block, Value

_SUM_FOR = shape("applications", "sum_for")


_NAME_STOP = shape("applications", "name_stop")


def application_records(view: View, lexicon: Lexicon) -> list[Record]:
    """'Ansökan från A om 1 100 000 kr till B (dnr). BIFALL. Högst …': the outcome stands in a sentence of its own."""
    found = []
    for index in view.blocks_with(APPLIES):
        block = view.blocks[index]
        if block.kind not in ("list_item", "paragraph"):
            continue
        marker = MARKER.match(view.text, block.start, block.end)
        m = APPLIES.match(view.text, marker.end() if marker else block.start, block.end)
        record = _application(view, lexicon, block, m.end()) if m else None
        if record is not None and record.outcome is not None:
            found.append(record)
    return found if len(found) >= 2 else []


def _application(view: View, lexicon: Lexicon, block: Block, low: int) -> Record | None:
    first = SENTENCE_END.search(view.text, low, block.end)
    high = first.start() if first else block.end
    party = view.starting(low, "organisation")
    name = next(_SUM_FOR.finditer(view.text, low, high), None)
    if name is None or party is None:
        return None
    stop = _NAME_STOP.search(view.text, name.end(), high)
    span = trim(view.text, name.end(), stop.start() if stop else high)
    if not may_name(view, lexicon, *span):
        return None
    record = Record(span, block.start, block.end, "act.record", caption="")
    record.slots["beneficiary"] = found_span("organisation", party, "beneficiary.label", start=block.start)
    for money in view.spans_in(party.end, name.start() + 1, "money"):
        if (amount := kronor(money.value)) is not None:
            found = Found(Value("integer", str(amount)), low, money.end, "applied.phrase", money.start, money.end)
            record.slots.setdefault("applied_amount_sek", found)
    for number in view.spans_in(span[1], high, "diary_number"):
        record.slots.setdefault("diary_number", found_span("text", number, "diary.label"))
    read_note(view, lexicon, record, high, block.end)
    asked = view.text[party.end : name.start()]
    if record.outcome == "grant":
        if lexicon.pattern("lists", "changes").search(asked):
            record.outcome = "other"
        else:
            _granted_in_note(view, record, high, block.end)
    return record


_OF_COSTS = shape("applications", "of_costs")


def _granted_in_note(view: View, record: Record, low: int, high: int) -> None:
    """Sum, share and fund in the words behind the outcome."""
    for span in view.spans_in(low, high, "money"):
        if (amount := kronor(span.value)) is not None:
            found = Found(Value("integer", str(amount)), span.start, span.end, "amount.label", span.start, span.end)
            record.slots.setdefault("amount_sek", found)
    for span in view.spans_in(low, high, "share"):
        if _OF_COSTS.match(view.text[span.end : span.end + 50]):
            value = Value("decimal", format(span.value.normalize(), "f"))
            record.slots.setdefault(
                "share_percent", Found(value, span.start, span.end, "share.label", span.start, span.end)
            )
    for span in view.spans_in(low, high, "fund"):
        record.slots.setdefault("funding_source", found_span("fund", span, "fund.sentence"))


_IT_IS = shape("applications", "it_is")
_PAIR = shape("applications", "pair")


_JOINT_END = shape("applications", "joint_end")
_CLAUSE = shape("applications", "clause")


def paired_records(view: View, lexicon: Lexicon) -> list[Record]:
    """'Avslag fick A för X och B för Y': applicant and project by turns, in a sentence that tells the outcome."""
    found: list[Record] = []
    for unit in view.units_of("organisation"):
        if view.blocks[unit.block].kind in ("table", "furniture", "field"):
            continue
        pairs = []
        for span in view.spans_in(unit.start, unit.end, "organisation"):
            m = _PAIR.match(view.text, span.end, unit.end)
            if m is not None:
                pairs.append((span, m.end()))
        if len(pairs) < 2 or view.spans_in(pairs[0][0].start, unit.end, "money"):
            continue
        outcome = sentence_outcome(view, lexicon, unit.start, pairs[0][0].start)
        if outcome is None and _IT_IS.match(view.text, unit.start):
            before = view.units_in(view.block_at(unit.start).start, unit.start)
            outcome = sentence_outcome(view, lexicon, before[-1].start, before[-1].end) if before else None
        if outcome is None:
            continue
        records = []
        for index, (span, low) in enumerate(pairs):
            high = pairs[index + 1][0].start if index + 1 < len(pairs) else unit.end
            words = _JOINT_END.sub("", view.text[low:high])
            if "(" in view.text[span.end : low] and ")" in words:
                words = words[: words.index(")")]
            stop = _CLAUSE.search(words)
            name = trim(view.text, low, low + (stop.start() if stop else len(words)))
            if may_name(view, lexicon, *name):
                record = Record(name, span.start, name[1], "act.record", outcome=outcome)
                record.slots["beneficiary"] = found_span("organisation", span, "beneficiary.phrase")
                records.append(record)
        found += records if len(records) == len(pairs) else []
    return found


_LED_NAME = shape("applications", "led_name")
_AMONG = shape("applications", "among")
_BRACKET = re.compile(r"\(([^()]{4,120})\)")


def inline_records(view: View, lexicon: Lexicon) -> list[Record]:
    """'avslår ansökningarna från A (B, 60 000 kr) och C (D, 22 000 kr)': a bracket with a sum behind each name."""
    found: list[Record] = []
    for unit in view.units_of("money"):
        if view.blocks[unit.block].kind in ("table", "furniture", "field"):
            continue
        brackets = [m for m in _BRACKET.finditer(view.text, unit.start, unit.end) if view.spans_in(*m.span(1), "money")]
        enough = len(brackets) >= 2 or (brackets and _AMONG.search(view.text, unit.start, brackets[0].start()))
        outcome = sentence_outcome(view, lexicon, unit.start, brackets[0].start()) if enough else None
        if outcome is None:
            continue
        records = [_inline(view, lexicon, m, unit.start, outcome) for m in brackets]
        found += [r for r in records if r is not None] if all(records) else []
    return found


_LISTED = shape("applications", "listed")
_LED_BY = shape("applications", "led_by")


def owned_records(view: View, lexicon: Lexicon) -> list[Record]:
    """'avslog två ansökningar: A (Föreningen B) och C (D kommun)': the applicant in a bracket behind each name, no sum.

    Two brackets at least, each with an organisation and nothing else, with only a comma or 'och' between them and the
    next name; the outcome stands before the first or behind the last.
    """
    found: list[Record] = []
    for unit in view.units:
        if view.blocks[unit.block].kind in ("table", "furniture", "field"):
            continue
        if view.text.count("(", unit.start, unit.end) < 2:
            continue
        brackets = list(_BRACKET.finditer(view.text, unit.start, unit.end))
        if len(brackets) < 2 or not all(_holds_party(view, *m.span(1)) for m in brackets):
            continue
        first = view.text[unit.start : brackets[0].start()]
        outcome = sentence_outcome(view, lexicon, unit.start, brackets[0].start())
        outcome = outcome or sentence_outcome(view, lexicon, unit.start, unit.end)
        if outcome is None:
            continue
        head = _LED_BY.split(first)[-1]
        records = []
        low = brackets[0].start() - len(_LED_NAME.sub("", head))
        for m in brackets:
            name = trim(view.text, low, m.start())
            if not may_name(view, lexicon, *name) or len(view.text[slice(*name)].split()) > _MOST_NAME_WORDS:
                break
            record = Record(name, name[0], m.end(), "act.record", outcome=outcome)
            read_party(view, record.slots, *m.span(1), lexicon)
            records.append(record)
            joint = _LISTED.match(view.text, m.end(), unit.end)
            low = joint.end() if joint else m.end()
        found += records if len(records) == len(brackets) else []
    return found


def refused_in_turn(view: View, lexicon: Lexicon) -> list[Record]:
    """'Nämnden sa nej till två ansökningar. A ville ha 900 000 kronor till B. C sökte 400 tkr till D.': applications
    told one to a sentence, after a sentence that says what became of them all."""
    found: list[Record] = []
    seeks = lexicon.pattern("decisions", "seeks")
    for unit in view.units_with(lexicon.pattern("lists", "announces")):
        if view.spans_in(unit.start, unit.end, "money", "organisation") or unit.end - unit.start > _LONGEST_LEAD:
            continue
        if sentence_outcome(view, lexicon, unit.start, unit.end) != "reject":
            continue
        records = []
        for other in view.units_in(unit.end, len(view.text))[:_MOST_IN_TURN]:
            record = _sought_in(view, lexicon, other, seeks) if other.block == unit.block else None
            if record is None:
                break
            records.append(record)
        found += records if len(records) > 1 else []
    return found


_MOST_IN_TURN = 8
_LONGEST_LEAD = 140


def _sought_in(view: View, lexicon: Lexicon, unit: Unit, seeks: PhrasePattern) -> Record | None:
    """What a sentence says somebody sought, and for what."""
    verb = seeks.search(view.text, unit.start, unit.end)
    money = view.spans_in(verb.end(), unit.end, "money") if verb is not None else []
    if verb is None or not money:
        return None
    target = _SUM_FOR.match(view.text, money[0].end, unit.end)
    amount = kronor(money[0].value)
    if target is None or amount is None:
        return None
    stop = _NAME_STOP.search(view.text, target.end(), unit.end)
    name = trim(view.text, target.end(), stop.start() if stop else unit.end)
    if not may_name(view, lexicon, *name) or len(view.text[slice(*name)].split()) > _MOST_NAME_WORDS:
        return None
    record = Record(name, unit.start, unit.end, "act.record", outcome="reject")
    read_party(view, record.slots, *trim(view.text, unit.start, verb.start()), lexicon)
    span = money[0]
    record.slots["applied_amount_sek"] = Found(
        Value("integer", str(amount)), verb.start(), span.end, "applied.phrase", span.start, span.end
    )
    return record


_MOST_NAME_WORDS = 12


def _holds_party(view: View, low: int, high: int) -> bool:
    """Whether a bracket holds an organisation, or a name of several words, and nothing else."""
    if view.spans_in(low, high, "money", "date", "period", "share", "fund"):
        return False
    if is_organisation(view, low, high):
        return True
    return _PARTY_NAME.fullmatch(view.text, low, high) is not None


_PARTY_NAME = re.compile(r"[A-ZÅÄÖ][\w&.’'-]*(?:\s[\w&.’'-]+){1,6}")


def sentence_outcome(view: View, lexicon: Lexicon, low: int, high: int) -> str | None:
    words = view.text[low:high]
    if not lexicon.pattern("lists", "announces").search(words):
        return None
    for key, outcome in (("rejected", "reject"), ("granted", "grant")):
        if lexicon.pattern("lists", key).search(words):
            return outcome
    return None


_NAME_END = shape("applications", "name_end")


def _inline(view: View, lexicon: Lexicon, m: re.Match[str], low: int, outcome: str) -> Record | None:
    money = view.spans_in(*m.span(1), "money")[0]
    inner = trim(view.text, m.start(1), money.start)
    head = _NAME_END.split(view.text[low : m.start()])[-1]
    head = _LED_NAME.sub("", head)
    outer = trim(view.text, m.start() - len(head), m.start())
    known = view.spans_in(low, m.start(), "organisation")
    if known and known[-1].end >= outer[1] - 1:
        outer = (known[-1].start, known[-1].end)
    name, party = (outer, inner) if is_organisation(view, *inner) else (inner, outer)
    if name[0] >= name[1] or party[0] >= party[1] or not may_name(view, lexicon, *name):
        return None
    record = Record(name, min(outer[0], m.start()), m.end(), "act.record", outcome=outcome)
    read_party(view, record.slots, *party, lexicon)
    record.put_sum([money])
    return record
