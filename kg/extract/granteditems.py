"""Lists whose lead says that these projects got money, and whose items name them without any sum.

'Följande ansökningar har beviljats:' above 'Byalaget, Isbanan'; 'Fyra av projekten finns i länet:' above 'Projektet
Tång och tall vill ...', where a sentence before tells what all of them got.
"""

from __future__ import annotations

import re
from functools import lru_cache

from kg.extract.applications import sentence_outcome
from kg.extract.leads import leads_grants, led_by
from kg.extract.names import scan_name
from kg.extract.pieces import MARKER, is_organisation, is_sentence, trim
from kg.extract.records import Record, read_cell, read_party
from kg.extract.rowlists import may_name
from kg.extract.tables import column_roles
from kg.extract.view import View
from kg.lexicon import Lexicon, alternation, fold, shape
from kg.model import Block

_LEADS = shape("granteditems", "leads")
_SHARES = shape("granteditems", "shares")
_OPEN = shape("granteditems", "open")
_CUE = shape("granteditems", "cue")
_LABELLED_TAIL = shape("granteditems", "labelled_tail")
_LONGEST_LEAD, _LONGEST_NAME, _BACK = 200, 130, 4


def granted_item_records(view: View, lexicon: Lexicon) -> list[Record]:
    """A record for each item; none where an item holds a sum, since those lists are read by their sums."""
    found: list[Record] = []
    for index, block in enumerate(view.blocks):
        if block.kind not in ("heading", "paragraph") or block.end - block.start > _LONGEST_LEAD:
            continue
        if not view.text[block.start : block.end].rstrip().endswith(":") or not _grants(view, lexicon, index):
            continue
        items: list[Block] = []
        for below in view.blocks[index + 1 :]:
            if below.kind == "list_item" and items and items[0].kind != "list_item":
                break
            if below.kind != "list_item" and not _stands_as_item(view, lexicon, below, items):
                break
            items.append(below)
        if len(items) > 1 and not any(view.spans_in(i.start, i.end, "money") for i in items):
            found += _records(view, lexicon, items, fold(view.document.block_text(block)))
    return found


def labelled_item_records(view: View, lexicon: Lexicon) -> list[Record]:
    """A record for each item of a list that names a project with who takes part in it, and no sum: 'Power Line Watch
    – project partners are A and B'.  What became of them is told above."""
    found = []
    for block in view.blocks:
        if block.kind != "list_item" or view.spans_in(block.start, block.end, "money"):
            continue
        m = _LABELLED_TAIL.search(view.text, block.start, block.end)
        roles = column_roles(lexicon, m["label"]) if m is not None else ()
        if m is None or not {"partner", "beneficiary"} & set(roles):
            continue
        marker = MARKER.match(view.text, block.start, m.start())
        name = trim(view.text, marker.end() if marker else block.start, m.start())
        if may_name(view, lexicon, *name, owned=True):
            record = Record(name, block.start, block.end, "act.record")
            read_cell(view, lexicon, None, record, roles, *m.span("value"))
            found.append(record)
    return found if len(found) > 1 else []


def counted_records(view: View, lexicon: Lexicon) -> list[Record]:
    """The projects that a sentence counts, names and decides on: 'Två ansökningar, A och B, avslogs'."""
    found = []
    pattern = _counted_names(lexicon)
    for unit in view.units_with(pattern):
        m = pattern.search(view.text, unit.start, unit.end)
        outcome = sentence_outcome(view, lexicon, unit.start, unit.end) if m is not None else None
        if m is None or outcome is None or view.spans_in(unit.start, unit.end, "money"):
            continue
        names, low = [], m.start("names")
        for joint in [*_JOINT.finditer(view.text, *m.span("names")), None]:
            names.append(trim(view.text, low, joint.start() if joint is not None else m.end("names")))
            low = joint.end() if joint is not None else low
        if len(names) > 1 and all(may_name(view, lexicon, *name) for name in names):
            found += [Record(name, *name, "act.record", outcome=outcome) for name in names]
    return found


@lru_cache(maxsize=8)
def _counted_names(lexicon: Lexicon) -> re.Pattern[str]:
    words = [alternation(lexicon.words("decisions", "counts", key)) for key in ("numerals", "things", "verbs")]
    return shape("granteditems", "counted_names", NUMERAL=words[0], THINGS=words[1], VERB=words[2])


_JOINT = shape("records", "partner_joint")


def _stands_as_item(view: View, lexicon: Lexicon, block: Block, items: list[Block]) -> bool:
    """Whether a line without a mark goes on a list of lines without marks: nothing but a short name."""
    if block.kind not in ("heading", "paragraph") or block.end - block.start > _LONGEST_NAME:
        return False
    if any(i.kind == "list_item" for i in items) or view.text[block.start : block.end].rstrip().endswith((":", "?")):
        return False
    low, high = trim(view.text, block.start, block.end)
    if is_sentence(view, lexicon, low, high) or view.spans_in(low, high, "date", "money"):
        return False
    return may_name(view, lexicon, low, high)


def _grants(view: View, lexicon: Lexicon, index: int) -> bool:
    """Whether the lead tells of projects, and it or a sentence shortly before it that they got money."""
    words = fold(view.document.block_text(view.blocks[index]))
    if leads_grants(lexicon, words):
        return True
    if not _LEADS.search(words) or _OPEN.search(words) or led_by(lexicon, words):
        return False
    if lexicon.pattern("lists", "proposed").search(words):
        return False
    above = [b for b in view.blocks[max(0, index - _BACK) : index] if b.kind == "paragraph"]
    return any(_SHARES.search(view.text, b.start, b.end) for b in above)


def _records(view: View, lexicon: Lexicon, items: list[Block], caption: str) -> list[Record]:
    bodies = []
    for item in items:
        marker = MARKER.match(view.text, item.start, item.end)
        bodies.append((marker.end() if marker else item.start, item.end))
    cued = [(m.end(), high) for low, high in bodies if (m := _CUE.match(view.text, low, high)) is not None]
    if len(cued) == len(bodies):
        spans = [scan_name(view, lexicon, low, high) for low, high in cued]
        return [_record(item, span, caption) for item, span in zip(items, spans, strict=True) if span is not None]
    bodies = [trim(view.text, *body) for body in bodies]
    if any(high - low > _LONGEST_NAME or is_sentence(view, lexicon, low, high) for low, high in bodies):
        return []
    if any(not view.text[low : low + 1].isupper() and not view.text[low : low + 1].isdigit() for low, _ in bodies):
        return []
    owners = [_labelled_owner(view, lexicon, *body) for body in bodies]
    if sum(o is not None for o in owners) * 2 > len(owners):
        named = [o[0] if o is not None else body for o, body in zip(owners, bodies, strict=True)]
        records = [_record(item, name, caption) for item, name in zip(items, named, strict=True)]
        for record, owner in zip(records, owners, strict=True):
            if owner is not None:
                read_party(view, record.slots, *owner[1], lexicon)
        return records if all(may_name(view, lexicon, *name, owned=True) for name in named) else []
    first = sum(_head_is_party(view, *body) for body in bodies)
    last = sum(_tail_is_party(view, *body) for body in bodies)
    records = []
    for item, (low, high) in zip(items, bodies, strict=True):
        head, comma, tail = view.text[low:high].partition(", ") if first >= last else _swap(view.text[low:high])
        name, party = (low, high), None
        if comma and (first or last):
            name, party = (low + len(view.text[low:high]) - len(tail), high), (low, low + len(head))
            if first < last:
                name, party = (low, high - len(head) - 2), (high - len(head), high)
        if not may_name(view, lexicon, *name, owned=party is not None):
            return []
        record = _record(item, name, caption)
        if party is not None:
            read_party(view, record.slots, *party, lexicon)
        records.append(record)
    return records


def _labelled_owner(
    view: View, lexicon: Lexicon, low: int, high: int
) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """Name and applicant of 'Kunskapsbron, projektägare Almi'."""
    comma = view.text.rfind(", ", low, high)
    label = re.compile(r"[\w-]+:?\s+").match(view.text, comma + 2, high) if comma > low else None
    if label is None or "beneficiary" not in column_roles(lexicon, label.group().strip(" :")):
        return None
    return (low, comma), (label.end(), high)


def _swap(words: str) -> tuple[str, str, str]:
    """Applicant, joint and name of 'Name, applicant' and 'Name. Applicant.'"""
    name, comma, party = words.rpartition(", " if words.rfind(", ") > words.rfind(". ") else ". ")
    return party, comma, name


def _record(item: Block, span: tuple[int, int], caption: str) -> Record:
    return Record(span, item.start, item.end, "act.record", outcome="grant", caption=caption)


def _head_is_party(view: View, low: int, high: int) -> bool:
    comma = view.text.find(", ", low, high)
    return comma > 0 and is_organisation(view, low, comma)


def _tail_is_party(view: View, low: int, high: int) -> bool:
    joint = max(view.text.rfind(", ", low, high), view.text.rfind(". ", low, high))
    return joint > 0 and is_organisation(view, joint + 2, high)
