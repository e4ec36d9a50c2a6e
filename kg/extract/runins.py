"""Entries told as running text with labels in it: '1. Kraften. Projektägare: A kommun. Beviljat stöd: 300 000 kr.'"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.extract.frame import Found
from kg.extract.pieces import MARKER, trim
from kg.extract.records import Record, name_fund, outcome_of, read_cell
from kg.extract.rowlists import heading_above, may_name
from kg.extract.tables import column_roles
from kg.extract.view import View
from kg.lexicon import Lexicon
from kg.model import Block, Value

_LABEL = re.compile(r"(?:^|(?<=[.;,|] )|(?<=[–-] ))([A-ZÅÄÖa-zåäö][^:.;,|]{1,40}):\s+")
_STOP = re.compile(r"[.;](?=\s+\S)")
_FEWEST = 2  # labels that make an entry


@dataclass(frozen=True, slots=True)
class _Value:
    """A label's roles and its value: the words up to the next stop or label; ``note`` is what follows up to there."""

    roles: tuple[str, ...]
    low: int
    high: int
    end: int
    label: tuple[int, int]


def run_in_records(view: View, lexicon: Lexicon) -> list[Record]:
    """A record for each paragraph or item that opens with a name and goes on with labelled values; none where fewer
    than two are so."""
    labelled = [b for b in view.blocks if view.text.count(":", b.start, b.end) >= _FEWEST]
    found = [_entry(view, lexicon, b) for b in labelled if b.kind in ("list_item", "paragraph")]
    records = [r for r in found if r is not None]
    return records if len(records) > 1 else []


def _entry(view: View, lexicon: Lexicon, block: Block) -> Record | None:
    values = _values(view, lexicon, block)
    if len(values) < _FEWEST:
        return None
    marker = MARKER.match(view.text, block.start, block.end)
    low = marker.end() if marker else block.start
    first = view.text.rfind(":", low, values[0].low)
    head = view.text[low:first]
    cut = max(head.rfind(". "), head.rfind("; "), head.rfind(", "), head.rfind(" – "), head.rfind(" | "))
    named = next((v for v in values if "project" in v.roles), None)
    name = trim(view.text, named.low, named.high) if named is not None else trim(view.text, low, low + max(cut, 0))
    if name[0] >= name[1] or not may_name(view, lexicon, *name, owned=True):
        return None
    record = Record(name, block.start, block.end, "act.record", caption=heading_above(view, block))
    for value in values:
        if value is not named:
            read_cell(view, lexicon, None, record, value.roles, value.low, value.high)
            if "granted" in value.roles:
                name_fund(view, record, *value.label)
    for low, high in _notes(view, block, values):
        record.outcome = record.outcome or outcome_of(lexicon, view.line(low, high), True)
    strong = {"beneficiary", "amount_sek", "applied_amount_sek", "total_budget_sek"}
    if not strong & set(record.slots):
        return None
    if record.outcome in ("reject", "other") and (sum_told := record.slots.pop("amount_sek", None)) is not None:
        record.slots.setdefault("applied_amount_sek", _as_sought(sum_told))
    return record


def _as_sought(found: Found) -> Found:
    return Found(Value("integer", found.value.lexical), found.start, found.end, "applied.label", found.low, found.high)


def _values(view: View, lexicon: Lexicon, block: Block) -> list[_Value]:
    marks = list(_LABEL.finditer(view.text, block.start, block.end))
    found = []
    for index, m in enumerate(marks):
        roles = column_roles(lexicon, m.group(1))
        end = marks[index + 1].start(1) if index + 1 < len(marks) else block.end
        stop = _STOP.search(view.text, m.end(), end)
        high = stop.start() if stop else end
        if roles:
            words = view.text[m.end() : high].rstrip(" ,;|")
            found.append(_Value(roles, m.end(), m.end() + len(words), end, m.span(1)))
    return found


def _notes(view: View, block: Block, values: list[_Value]) -> list[tuple[int, int]]:
    """The sentences between a value and the next label, and behind the last: 'Avslag.', 'Ansökan återtagen.'"""
    found = []
    for value in values:
        at = value.high
        for m in [*_STOP.finditer(view.text, at, value.end), None]:
            end = m.start() if m is not None else value.end
            low, high = trim(view.text, at, end)
            if low < high:
                found.append((low, high))
            at = end + 1
    return found
