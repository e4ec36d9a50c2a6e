"""Grants told as a sum to a project below or behind who receives it.

'X byalag' above '150 000 kronor till projektet Isbana.', or 'X kommun, 75 000 kronor till projektet Y.'; what became of
them is said once above: 'Länsstyrelsen fördelar medel till följande'.
"""

from __future__ import annotations

from kg.extract.frame import Found
from kg.extract.money import kronor, role_of
from kg.extract.names import scan_name
from kg.extract.records import Record, read_party
from kg.extract.view import View
from kg.lexicon import Lexicon, shape
from kg.model import Block, TypedSpan, Value

_FOR_PROJECT = shape("sumlines", "for_project")
_PARTY_BEFORE = shape("sumlines", "party_before")
_LEADS = shape("sumlines", "leads")
_LONGEST = 700
_TITLE = 80
_REACH = 40
_LEAST = 2


def sum_records(view: View, lexicon: Lexicon) -> list[Record]:
    """The paragraphs of such a list; none where there are fewer than two, or nothing above leads them."""
    found = []
    for index in view.blocks_of("money"):
        block = view.blocks[index]
        if block.kind in ("paragraph", "list_item") and block.end - block.start < _LONGEST:
            record = _read(view, lexicon, index, block)
            if record is not None:
                found.append(record)
    return found if len(found) >= _LEAST else []


def _read(view: View, lexicon: Lexicon, index: int, block: Block) -> Record | None:
    first = next(iter(view.spans_in(block.start, min(block.end, block.start + 140), "money")), None)
    if first is None or kronor(first.value) is None:
        return None
    party = _party(view, index, block, first)
    aim = _FOR_PROJECT.match(view.text, first.end, block.end) if party is not None else None
    if party is None or aim is None:
        return None
    unit = view.unit_at(first.start)
    name = scan_name(view, lexicon, aim.end(), min(unit.end, block.end), verbal=True)
    caption = _lead(view, lexicon, index) if name is not None else ""
    if name is None or not caption:
        return None
    record = Record(name, min(party[0], block.start), block.end, "act.record", caption=caption)
    read_party(view, record.slots, *party, lexicon)
    _put_sum(record, "amount_sek", "amount.sentence", first)
    for span in view.spans_in(first.end, block.end, "money"):
        unit = view.unit_at(span.start)
        role, _, _ = role_of(view, lexicon, span, unit.start, min(unit.end, block.end))
        if role in ("applied", "total"):
            prop = "applied_amount_sek" if role == "applied" else "total_budget_sek"
            _put_sum(record, prop, f"{role}.phrase", span)
    for share in view.spans_in(first.end, block.end, "share")[:1]:
        value = Value("decimal", format(share.value.normalize(), "f"))
        found = Found(value, share.start, share.end, "share.sentence", share.start, share.end)
        record.slots.setdefault("share_percent", found)
    return record


def _put_sum(record: Record, prop: str, rule: str, span: TypedSpan) -> None:
    found = Found(Value("integer", str(kronor(span.value))), span.start, span.end, rule, span.start, span.end)
    record.slots.setdefault(prop, found)


def _party(view: View, index: int, block: Block, first: TypedSpan) -> tuple[int, int] | None:
    """Who receives: the words before the sum up to a comma, else the line above, which is nothing but a name."""
    if first.start > block.start:
        m = _PARTY_BEFORE.fullmatch(view.text, block.start, first.start)
        return m.span(1) if m is not None else None
    above = view.blocks[index - 1] if index else None
    if above is None or above.kind not in ("heading", "paragraph") or above.end - above.start > _TITLE:
        return None
    words = view.document.block_text(above)
    named = words[:1].isupper() and not words.rstrip().endswith((".", ":", "?"))
    return (above.start, above.end) if named and not view.spans_in(above.start, above.end, "money", "date") else None


def _lead(view: View, lexicon: Lexicon, index: int) -> str:
    """The words that lead the list: the nearest block above that says what becomes of what follows."""
    for above in reversed(view.blocks[max(0, index - _REACH) : index]):
        if above.kind in ("paragraph", "heading", "list_item") and not view.spans_in(above.start, above.end, "money"):
            if _LEADS.search(view.text, above.start, above.end):
                return view.document.block_text(above)
    return ""
