"""Entries of labelled values, repeated for each project of a list."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.extract.found import Found
from kg.extract.money import kronor, role_of
from kg.extract.outcomes import outcome_word
from kg.extract.pieces import SENTENCE_END, as_title, is_organisation, is_sentence, split_party
from kg.extract.records import MONEY, NEXT_LABEL, Record, name_fund, read_cell, read_party
from kg.extract.sections import MARKED, heading_kinds, strip_numbering
from kg.extract.spread import spread_records
from kg.extract.tables import column_roles
from kg.extract.view import View
from kg.lexicon import LabelSet, Lexicon, shape
from kg.model import Block, TypedSpan, Value

_ENTRY_ROLES = frozenset({"granted", "applied", "beneficiary", "partner", "total", "period", "outcome", "proposed"})
_CONTINUED = shape("entries", "continued")
_LABEL_AND_NUMBER = re.compile(r"(\w[\w-]{1,24})\s+(?=\S*\d)\S+$")
_RUN_IN_LABEL = re.compile(r"(?:[•*–-]\s*)?([^:\t]{2,40}):\s+(?=\S)")
_SHORT, _LONGEST = 200, 420  # characters: a labelled value; an outcome with the words that go with it
_HEADING_REACH, _PLAIN_REACH, _LONGEST_TITLE = 11, 5, 120
_NUMBER_LAST = re.compile(r"(?:,|\s[–-]|\s\()\s*(?:19|20)\d\d-\d{2,6}\)?\.?\s*\Z")
_NUMBER_FIRST = re.compile(r"(?:19|20)\d\d-\d{2,6}[ ,:–-]+(?=[A-ZÅÄÖ\"”“])")
_OWNER_FIRST = re.compile(r"([A-ZÅÄÖ][^–—:]{3,60}?)\s+[–—-]\s+")
_ABOUT_PROJECT = 4  # paragraphs between the name of a project and its next label
_NUMBER_ONLY = re.compile(r"^\s*\d{1,2}[.)]?\s*$")


def entry_records(view: View, lexicon: Lexicon) -> list[Record]:
    """Records from tables spread over lines and from repeated groups of labelled values; those that stand above or
    between the rows of a table are its head, no entries."""
    spread = spread_records(view, lexicon)
    if not spread:
        return _labelled_records(view, lexicon)
    last = max(r.end for r in spread)
    return [*spread, *(r for r in _labelled_records(view, lexicon) if r.start > last)]


def _labelled_records(view: View, lexicon: Lexicon) -> list[Record]:
    """Records from repeated groups of labelled values; empty where the paper has fewer than two groups."""
    labels = lexicon.labels("labels")
    records: list[Record] = []
    current: Record | None = None
    pending: list[tuple[tuple[str, ...], int, int]] = []
    gap, heads, valued = 0, "", 0
    for index, block in enumerate(view.blocks):
        if block.kind == "furniture" or block.start < valued:
            continue
        valued = view.value_end(index) if block.kind == "field" else block.end
        heads = "" if block.kind == "heading" else heads
        roles = _field_roles(view, labels, block)
        if roles is None:
            if block.kind == "field" and current is not None:
                current.end, gap = block.end, 0
            elif (
                current is not None
                and not (block.kind == "heading" and view.document.media_type in MARKED)
                and (word := _alone(lexicon, view.document.block_text(block))) is not None
            ):
                if _heads_next(view, labels, index, current, word):
                    current, heads = None, view.document.block_text(block)
                else:
                    current.outcome = current.outcome or word
            else:
                gap += 1
                if block.kind == "heading" or gap > _gap_allowed(view, current):
                    current = None
            continue
        label_roles, low, high = roles
        if "project" in label_roles and current is not None and _names_again(view, current, block):
            current.alias, current.end = (low, high), block.end
        elif "project" in label_roles and not (set(label_roles) & {"beneficiary"}):
            more = NEXT_LABEL.search(view.text, low, high)
            roles_after = column_roles(lexicon, more.group(1)) if more else ()
            name = (low, more.start() if more and roles_after else high)
            current = Record(
                name, block.start, block.end, "act.record", caption=heads or _caption_above(view, index, records)
            )
            records.append(current)
            if more and roles_after:
                read_cell(view, lexicon, None, current, roles_after, more.end(), high)
            for earlier in pending:
                read_cell(view, lexicon, None, current, *earlier)
                current.start = min(current.start, view.block_at(earlier[1]).start)
            pending = []
        elif (
            current is None or any(p in current.slots or p in current.lists for p in _opening(label_roles))
        ) and _names_soon(view, labels, index):
            pending.append((label_roles, low, high))
            current = None
        elif set(label_roles) & _ENTRY_ROLES or (current is None and _heading_above(view, lexicon, index) is not None):
            again = current is not None and (
                any(p in current.slots for p in _props(label_roles))
                or ("outcome" in label_roles and current.outcome is not None)
            )
            if current is None or again and (gap or "beneficiary" in label_roles):
                named = _name_above(view, lexicon, index) or _heading_above(view, lexicon, index)
                if named is None or any(r.name == named[1] for r in records):
                    current = None
                    continue
                current = Record(
                    (named[0].start, named[0].end),
                    named[0].start,
                    block.end,
                    "act.record",
                    caption=heads or _caption_above(view, view.block_index(named[0].start), records),
                )
                current.name = named[1]
                current.outcome = _outcome_between(view, lexicon, named[0], index)
                records.append(current)
                if named[2] is not None:
                    read_party(view, current.slots, named[2].start, named[2].end, lexicon)
                _read_behind_name(view, lexicon, current, named[0].end)
            read_cell(view, lexicon, None, current, label_roles, low, high)
            if "granted" in label_roles:
                name_fund(view, current, block.start, low - 1)
            current.end = block.end
        elif current is not None and any(p in current.slots or p in current.lists for p in _opening(label_roles)):
            current = None  # a second number: that of an entry whose name has no label
        elif current is not None:
            read_cell(view, lexicon, None, current, label_roles, low, high)
            current.end = block.end
        gap = 0
    strong = {"amount_sek", "applied_amount_sek", "beneficiary", "total_budget_sek", "start", "amount_label"}
    complete = [r for r in records if strong & set(r.slots) or r.lists or r.outcome or _is_labelled(view, r)]
    complete = [r for r in complete if any(_are_alike(view, r, o) for o in complete if o is not r)]
    if any(_is_offered(r) for r in complete) and not any("beneficiary" in r.slots for r in complete):
        return []  # a guide's kinds of support: 'Stödbelopp: 24 000–200 000 kr'
    _strip_numbers(view, complete)
    plain = [r for r in complete if not _is_labelled(view, r)]
    led = [_without_owner(view, lexicon, r) for r in plain]
    if sum(led) * 2 >= len(led) > 1:  # where most lines begin with who applies, so do the others of their form
        for record in plain:
            _without_owner(view, lexicon, record, as_others=True)
    _owned_by_heads(view, lexicon, complete)
    return complete if len(complete) >= 2 else []


def _read_behind_name(view: View, lexicon: Lexicon, record: Record, end: int) -> None:
    """What the line of a name says behind it: '5.1 Byaföreningen – ny bastu. Söker 35 000 kr.'"""
    if end - record.name[1] < 3:
        return
    for span in view.spans_in(record.name[1], end, "money"):
        role, _, _ = role_of(view, lexicon, span, record.name[1], end)
        amount = kronor(span.value)
        if role in ("applied", "total") and amount is not None:
            prop, rule = MONEY[role][0], f"{role}.phrase"
            found = Found(Value("integer", str(amount)), span.start, span.end, rule, span.start, span.end)
            record.slots.setdefault(prop, found)


def _without_owner(view: View, lexicon: Lexicon, record: Record, *, as_others: bool = False) -> bool:
    """Take number and applicant off the line of a name: '2021-1187 Hav på tallriken, Tjörns kommun', 'Byaföreningen –
    ny bastu vid sjön'.  Whether the applicant stood first; ``as_others``: it does in the other lines."""
    low, high = record.name
    number = view.starting(low, "diary_number", "case_id")
    if number is None:
        m = _NUMBER_FIRST.match(view.text, low, high)
        low = m.end() if m else low
    elif number.end + 3 < high:
        low = number.end + len(view.text[number.end : high]) - len(view.text[number.end : high].lstrip(" ,:–-"))
    record.name = (low, high)
    if "beneficiary" in record.slots:
        return False
    name, party = split_party(view, low, high)
    m = _OWNER_FIRST.match(view.text, low, high)
    if party is None and m is not None and (as_others or is_organisation(view, *m.span(1))):
        name, party = (m.end(), high), m.span(1)
    if party is None:
        return False
    read_party(view, record.slots, *party, lexicon)
    record.name = name
    record.title = as_title(view.line(*name)) if view.text[name[0]].islower() else None
    return party[0] < name[0]


def _owned_by_heads(view: View, lexicon: Lexicon, records: list[Record]) -> None:
    """Give each entry that has no applicant the organisation that stands alone on the line above it, where it does so
    above most: 'LINKÖPINGS KOMMUN', then 'Åtgärd: Superbusslinje'."""
    heads = []
    for record in records:
        index = view.block_index(record.start)
        above = view.blocks[index - 1] if index and "beneficiary" not in record.slots else None
        if above is not None and above.kind in ("heading", "paragraph"):
            span = view.starting(above.start, "organisation")
            if span is not None and above.end - span.end < 3:
                heads.append((record, above))
    if len(heads) > 1 and len(heads) * 3 > len(records) * 2:
        for record, above in heads:
            read_party(view, record.slots, above.start, above.end, lexicon)


def _is_offered(record: Record) -> bool:
    """Whether the sum of an entry is a range, as no grant is."""
    label = record.slots.get("amount_label")
    return label is not None and _RANGE.search(label.value.lexical) is not None


def _gap_allowed(view: View, record: Record | None) -> int:
    """How many paragraphs may stand within an entry: several where they tell what a project whose name has a label is
    about, and none of its other labels has come yet."""
    opened = record is not None and not record.slots and not record.lists and _is_labelled(view, record)
    return _ABOUT_PROJECT if opened else 1


def _names_again(view: View, record: Record, block: Block) -> bool:
    """Whether a label of a name stands right below another one, as 'Acronym' and 'Full title' do."""
    told = record.slots or record.lists or record.alias or record.outcome
    return not told and view.block_index(block.start) - view.block_index(record.name[0]) == 1


def _opening(roles: tuple[str, ...]) -> set[str]:
    """The properties whose label, said again, opens a new entry."""
    return _props(roles) | ({"diary_number", "case_id"} & set(roles))


def _names_soon(view: View, labels: object, index: int) -> bool:
    """Whether one of the next labels names the project, so that this label belongs to the entry below."""
    for block in view.blocks[index + 1 : index + 4]:
        roles = _field_roles(view, labels, block)
        if roles is None:
            return False
        if "project" in roles[0] and "beneficiary" not in roles[0]:
            return True
    return False


def _are_alike(view: View, one: Record, two: Record) -> bool:
    """Whether two entries are of one list: named in the same way, with a property in common."""
    if _is_labelled(view, one) != _is_labelled(view, two):
        return False
    keys = [{*r.slots, *r.lists} - {"diary_number", "case_id"} for r in (one, two)]
    return bool(keys[0] & keys[1]) or not keys[0] or not keys[1]


def _is_labelled(view: View, record: Record) -> bool:
    """Whether the entry's name stands after a label of its own."""
    return view.block_at(record.name[0]).kind == "field"


def _alone(lexicon: Lexicon, text: str) -> str | None:
    """The outcome that a line of its own names ('Återremiss')."""
    return outcome_word(lexicon, text) if len(text) < 40 and len(text.split()) <= 3 else None


def _heads_next(view: View, labels: LabelSet, index: int, record: Record, outcome: str) -> bool:
    """Whether an outcome alone on its line heads the entry that opens below it, rather than ends the one above: it is a
    heading, or the one above was granted money and this says otherwise."""
    following = view.blocks[index + 1] if index + 1 < len(view.blocks) else None
    roles = _field_roles(view, labels, following) if following is not None else None
    against = outcome != "grant" and "amount_sek" in record.slots
    return roles is not None and "project" in roles[0] and (view.blocks[index].kind == "heading" or against)


def _outcome_between(view: View, lexicon: Lexicon, name: Block, index: int) -> str | None:
    between = view.blocks[view.block_index(name.start) + 1 : index]
    found = (_alone(lexicon, view.document.block_text(b)) for b in between)
    return next((word for word in found if word), None)


def _strip_numbers(view: View, records: list[Record]) -> None:
    """Take off numbers that count the entries, and brackets that tell what an entry goes on from."""
    dotted = [re.match(r"\d{1,3}[.:]\d{1,2}[.)]?\s+(?=\S)", view.text[slice(*r.name)]) for r in records]
    if len(records) >= 2 and all(dotted):  # '14.1 Skidturism', '14.2 Finnskogen'
        for record, m in zip(records, dotted, strict=True):
            record.name = (record.name[0] + (m.end() if m else 0), record.name[1])
    counted = [re.match(r"(\d{1,2})[.)]?\s+(?=\S)", view.text[slice(*r.name)]) for r in records]
    if len(records) >= 2 and all(m and int(m.group(1)) == i for i, m in enumerate(counted, 1)):
        for record, m in zip(records, counted, strict=True):
            assert m is not None
            record.name = (record.name[0] + m.end(), record.name[1])
    for record in records:
        m = _CONTINUED.search(view.text, *record.name)
        if m and m.start() > record.name[0]:
            record.name = (record.name[0], m.start())


def numbered_title(view: View, block: Block) -> tuple[int, int] | None:
    """The name in a line that holds nothing but it and its number: 'Idécentrum Kafjärden, 2016-943'."""
    if block.kind not in ("heading", "paragraph") or block.end - block.start > _LONGEST_TITLE:
        return None
    m = _NUMBER_LAST.search(view.text, block.start, block.end)
    if m is None or m.start() - block.start < 3 or not view.text[block.start].isupper():
        return None
    return block.start, m.start()


def _heading_above(view: View, lexicon: Lexicon, index: int) -> tuple[Block, tuple[int, int], Block | None] | None:
    """The heading that names an entry whose labels stand below a paragraph or two."""
    for back in range(index - 1, max(-1, index - _HEADING_REACH), -1):
        block = view.blocks[back]
        if block.kind in ("field", "table"):
            return None
        text = view.document.block_text(block)
        if (named := numbered_title(view, block)) is not None:
            return block, named, None
        if index - back > _PLAIN_REACH:
            continue
        if block.kind == "heading" and _alone(lexicon, text) is None:
            fits = 3 <= len(text) <= 140 and not text.rstrip().endswith((":", "?")) and not column_roles(lexicon, text)
            return (block, (block.start, block.end), None) if fits and not heading_kinds(lexicon, text) else None
    return None


def _props(roles: tuple[str, ...]) -> set[str]:
    return {p for r, (p, _) in MONEY.items() if r in roles} | ({"beneficiary"} if "beneficiary" in roles else set())


def _field_roles(view: View, labels: object, block: Block) -> tuple[tuple[str, ...], int, int] | None:
    if block.kind == "field" and len(block.cells) == 2:
        label = view.text[block.cells[0].start : block.cells[0].end]
        roles = labels.match(label)  # type: ignore[attr-defined]
        if not roles:
            roles = _roles_behind_payer(view, labels, block.cells[0].start, block.cells[0].end)
        if not roles and "/" in label:
            parts = [labels.match(part) for part in label.split("/")]  # type: ignore[attr-defined]
            roles = tuple(dict.fromkeys(r for part in parts for r in part))
        return (roles, block.cells[1].start, block.cells[1].end) if roles else None
    if block.kind in ("paragraph", "list_item") and block.end - block.start < _LONGEST:
        number = _LABEL_AND_NUMBER.match(view.text, block.start, block.end)
        if number:
            roles = labels.match(number.group(1))  # type: ignore[attr-defined]
            if {"case_id", "diary_number"} & set(roles):
                return roles, number.end(1) + 1, block.end
        m = _RUN_IN_LABEL.match(view.text, block.start, block.end)
        if m:
            roles = labels.match(m.group(1))  # type: ignore[attr-defined]
            told = view.starting(m.end(), "money") if "granted" in roles else None
            if told is not None and block.end - block.start >= _SHORT:
                return roles, m.end(), told.end  # the sentences behind the sum tell of the project
            several = "|" in view.text[m.end() : block.end] or view.text[m.end()] in '"”“»'
            if roles and ("outcome" in roles or several or block.end - block.start < _SHORT):
                return roles, m.end(), block.end
    return None


def _roles_behind_payer(view: View, labels: object, low: int, high: int) -> tuple[str, ...]:
    """The roles of a label that opens with who pays: 'Region Dalarnas medfinansiering'."""
    spans = view.spans_in(low, high, "organisation")
    if not spans or spans[0].start != low:
        return ()
    return labels.match(view.text[spans[0].end : high].strip(" s:"))  # type: ignore[attr-defined,no-any-return]


def _caption_above(view: View, index: int, records: list[Record]) -> str:
    """The words that lead an entry: the nearest heading above that is not the title of another entry."""
    titles = {r.start for r in records}
    for back in range(index - 1, -1, -1):
        above = view.blocks[back]
        if above.start in titles:
            continue
        words = view.document.block_text(above)
        if above.kind == "heading" or (above.kind == "paragraph" and _LEADS_LIST.search(words) and len(words) < 120):
            return words
    return ""


_RANGE = shape("entries", "range")
_LEADS_LIST = shape("entries", "leads_list")


def _name_above(view: View, lexicon: Lexicon, index: int) -> tuple[Block, tuple[int, int], Block | None] | None:
    """The line that names an entry above its first label, and the applicant's line between them."""
    above = [b for b in view.blocks[max(0, index - 3) : index] if b.kind != "furniture" and not _is_value(view, b)]
    labels = lexicon.labels("labels")
    labelled = [i for i, b in enumerate(above) if _field_roles(view, labels, b) is not None]
    above = above[labelled[-1] + 1 :] if labelled else above
    lines = [b for b in above if b.kind in ("heading", "paragraph", "list_item") and b.end - b.start < 140]
    while lines and _NUMBER_ONLY.match(view.document.block_text(lines[-1])):
        lines.pop()
    if not lines:
        return None
    party = None
    last = lines[-1]
    follow = [_field_roles(view, labels, b) for b in view.blocks[index : index + 5]]
    owned = any(roles is not None and "beneficiary" in roles[0] for roles in follow)
    if len(lines) >= 2 and last.kind != "heading" and not owned:
        spans: list[TypedSpan] = view.spans_in(last.start, last.end, "organisation")
        words = view.line(last.start, last.end)
        short = len(words.split()) <= 6 and not words.endswith(".")
        if (spans and (spans[0].end - spans[0].start) * 2 > last.end - last.start) or (
            short and _looks_like_name(view, lines[-2])
        ):
            party, last = last, lines[-2]
    headed = [i for i, b in enumerate(above) if b.kind == "heading"]
    opened = above[headed[-1] + 1 :] if headed else above
    if (
        view.text[last.end - 1] == "."
        and len(opened) > 1
        and last is above[-1]
        and _opens_entry(view, labels, opened[0])
    ):
        last = opened[0]  # the title, above what the entry tells in prose
    text = view.document.block_text(last)
    marker = re.match(r"\s*(?:\d{1,2}[.)]|[•*–-]|[a-zA-Z][.)])\s+", text)
    low = last.start + (marker.end() if marker else 0)
    first = SENTENCE_END.search(view.text, low, last.end)
    cut = first is not None and view.spans_in(first.end(), last.end, "money")
    high = first.start() if cut and first and not is_sentence(view, lexicon, low, first.start()) else last.end
    if (stroke := _OWNER_BEHIND.search(view.text, low, high)) is not None and party is None:
        owner = view.starting(stroke.end(), "organisation")
        party, high = replace(last, start=stroke.end(), end=owner.end if owner else high), stroke.start()
    words = view.text[low:high]
    if (
        _NUMBER_ONLY.match(words)
        or not strip_numbering(words)
        or words.rstrip().endswith((".", ":", "?"))
        or not words[:1].isupper()
        and not words[:1].isdigit()
    ):
        return None
    if column_roles(lexicon, words) or _is_repeated_label(view, last):
        return None
    return last, (low, high), party


def _is_value(view: View, block: Block) -> bool:
    """Whether a list item is a further value of the label above it."""
    if block.kind != "list_item" or view.document.media_type != "text/html":
        return False
    index = view.block_index(block.start)
    while index and view.blocks[index].kind == "list_item":
        index -= 1
    return view.value_end(index) >= block.end > view.blocks[index].end


_OWNER_BEHIND = re.compile(r"\s/(?=[A-ZÅÄÖ])")  # 'Renens år /Sametinget'


def _is_repeated_label(view: View, block: Block) -> bool:
    """Whether the line opens with a label that opens other lines too: 'Insatsområde: 1. Levande natur'."""
    m = _RUN_IN_LABEL.match(view.text, block.start, block.end)
    if m is None:
        return False
    label = m.group()
    return sum(view.text.startswith(label, b.start) for b in view.blocks) > 1


def _opens_entry(view: View, labels: object, block: Block) -> bool:
    """Whether a line is a title right below the labels of the entry before, or below a heading."""
    index = view.block_index(block.start)
    before = view.blocks[index - 1] if index else None
    apart = before is not None and (before.kind == "heading" or _field_roles(view, labels, before) is not None)
    return apart and block.kind in ("paragraph", "heading") and view.text[block.end - 1] not in ".:?!"


def _looks_like_name(view: View, block: Block) -> bool:
    text = re.sub(r"^\s*\d{1,2}[.)]\s*", "", view.document.block_text(block)).strip()
    return (
        bool(text) and not text.endswith((".", ":", ",")) and len(text) > 3 and (text[0].isupper() or text[0].isdigit())
    )
