"""Lists of projects: tables with a project on each row, and entries of labelled values."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kg.extract.columns import body_rows, table_columns
from kg.extract.frame import Found, found_span
from kg.extract.money import kronor
from kg.extract.sections import heading_kinds
from kg.extract.tables import Grid, cell_amount, cell_text, column_roles
from kg.extract.view import View
from kg.lexicon import Lexicon, fold
from kg.model import Block, Cell, Period, TypedSpan, Value


@dataclass(slots=True)
class Record:
    """One project of a list: its name's span, what its labels or columns give, and where it stands."""

    name: tuple[int, int]
    start: int
    end: int
    rule: str
    slots: dict[str, Found] = field(default_factory=dict)
    lists: dict[str, list[Found]] = field(default_factory=dict)
    outcome: str | None = None
    caption: str = ""
    note: tuple[int, int] | None = None


_MONEY = {
    "granted": ("amount_sek", "amount"),
    "proposed": ("amount_sek", "amount"),
    "applied": ("applied_amount_sek", "applied"),
    "total": ("total_budget_sek", "total"),
}


def outcome_word(lexicon: Lexicon, text: str) -> str | None:
    """``grant``, ``reject`` or ``other`` where the words of a cell or value say so."""
    words = fold(text).strip(" .:")
    for outcome, key in (("reject", "rejected_words"), ("other", "other_words"), ("grant", "granted_words")):
        if any(words == w or words.startswith(w + " ") for w in lexicon.words("labels", key)):
            return outcome
    return None


def table_records(view: View, lexicon: Lexicon, grid: Grid) -> list[Record]:
    """A record for each row of a table that has a column of projects."""
    columns = table_columns(view, lexicon, grid)
    name_column = next((c for c, roles in sorted(columns.items()) if "project" in roles), None)
    if name_column is None:
        return []
    joint = "beneficiary" in columns[name_column]
    records: list[Record] = []
    caption = grid.caption
    for row in body_rows(view, lexicon, grid):
        filled = [c for c in row if cell_text(view, c)]
        name = next((c for c in filled if c.column == name_column), None)
        if len(filled) == 1 and len(columns) > 1:
            if name is not None and records and name_column > 0 and _goes_on(view, lexicon, records[-1], name):
                records[-1].end = name.end
            elif filled[0].column == 0:
                caption = cell_text(view, filled[0])
            continue
        if name is None or len(row) < 2 or not any(ch.isalpha() for ch in cell_text(view, name)):
            continue
        record = Record((name.start, name.end), row[0].start, row[-1].end, "act.table", caption=caption)
        if joint:
            _divide(view, lexicon, record, name)
        for cell in filled:
            if cell is not name:
                _read_cell(view, lexicon, grid, record, columns.get(cell.column, ()), cell.start, cell.end, cell)
        paid = [c for c, roles in sorted(columns.items()) if {"granted", "proposed"} & set(roles)]
        if paid:
            cell = next((c for c in row if c.column == paid[0]), row[-1])
            label = Value("text", "granted")
            record.slots.setdefault(
                "amount_label", Found(label, cell.start, cell.end, "amount.cell", cell.start, cell.end)
            )
        records.append(record)
    return records


def _goes_on(view: View, lexicon: Lexicon, record: Record, cell: Cell) -> bool:
    """Whether a row with nothing but words in the column of names goes on with the row above: applicant or outcome."""
    text = cell_text(view, cell)
    word = outcome_word(lexicon, text)
    if word is not None:
        record.outcome = record.outcome or word
        return True
    if "beneficiary" not in record.slots and view.spans_in(cell.start, cell.end, "organisation"):
        read_party(view, record.slots, cell.start, cell.end, lexicon)
        return "beneficiary" in record.slots
    return False


def _divide(view: View, lexicon: Lexicon, record: Record, cell: Cell) -> None:
    """A cell that holds both project and applicant: the applicant is the organisation that ends it."""
    low, high = cell.start, cell.end
    for m in re.finditer(r"\b[A-ZÅÄÖ]{5,}\b", view.text[low:high]):
        word = outcome_word(lexicon, m.group())
        if word is not None and m.start() > 0:
            record.outcome, high = word, low + m.start()
            break
    for span in view.spans_in(low, high, "organisation"):
        rest = view.text[span.end : high].strip(" )\n")
        if span.start > low and not rest:
            read_party(view, record.slots, span.start, span.end, lexicon)
            high = span.start
            break
    while high > low and view.text[high - 1] in " \n(,;–-/":
        high -= 1
    record.name = (low, high)


def _read_cell(
    view: View,
    lexicon: Lexicon,
    grid: Grid | None,
    record: Record,
    roles: tuple[str, ...],
    low: int,
    high: int,
    cell: object | None = None,
) -> None:
    """Put what one cell or labelled value says into the record."""
    kind = "cell" if grid is not None else "label"
    if grid is None and (m := _NEXT_LABEL.search(view.text, low, high)) and (more := column_roles(lexicon, m.group(1))):
        _read_cell(view, lexicon, None, record, more, m.end(), high)
        high = m.start()
    text = view.line(low, high)
    if {"outcome", "proposed"} & set(roles) and (word := outcome_word(lexicon, text)) is not None:
        record.outcome = word
        for span in view.spans_in(low, high, "money", "number") if word == "grant" else ():
            if (sum_told := kronor(span.value, (grid.scale or 1) if grid is not None else 1)) is not None:
                found = Found(Value("integer", str(sum_told)), low, span.end, f"amount.{kind}", span.start, span.end)
                record.slots.setdefault("amount_sek", found)
    for role in ("granted", "proposed", "applied", "total"):
        if role in roles and not ({"project", "beneficiary"} & set(roles)):
            prop, stem = _MONEY[role]
            if prop == "amount_sek":
                record.slots.setdefault(
                    "amount_label", Found(Value("text", text), low, high, "amount.label", low, high)
                )
            rule = {"amount": f"amount.{kind}", "applied": "applied.label", "total": "total.label"}[stem]
            amount = cell_amount(view, grid, cell, rule) if grid is not None else _value_amount(view, low, high, rule)  # type: ignore[arg-type]
            if amount is not None:
                record.slots.setdefault(prop, amount)
            elif (word := outcome_word(lexicon, text)) is not None and role == "granted":
                record.outcome = record.outcome or word
            break
    if "beneficiary" in roles:
        read_party(view, record.slots, low, high, lexicon)
    elif "partner" in roles:
        for span in view.spans_in(low, high, "organisation"):
            append(record.lists, "partner", found_span("organisation", span, "partner.label", start=low))
        _unknown_partners(view, record, low, high)
    for role, prop in (("diary_number", "diary_number"), ("case_id", "case_id")):
        if role in roles or not roles:
            for span in view.spans_in(low, high, role):
                found = found_span("text", span, "diary.label" if role == "diary_number" else "case.label")
                if role == "diary_number":
                    record.slots.setdefault(prop, found)
                else:
                    append(record.lists, prop, found)
    if "diary_number" in roles and "diary_number" not in record.slots and _NUMBER.fullmatch(text):
        record.slots["diary_number"] = Found(Value("text", text), low, high, "diary.label", low, high)
    if "period" in roles or "start" in roles or "end" in roles:
        read_period(view, record.slots, low, high, roles)
    elif {"decision_date", "outcome"} & set(roles):
        for span in view.spans_in(low, high, "date"):
            if span.value.day and span.value.year:
                record.slots.setdefault("date", found_span("date", span, "date.label"))
        if "date" not in record.slots and (iso := _day_of_year_above(view, low, text)) is not None:
            record.slots["date"] = Found(Value("date", iso), low, high, "date.label", low, high)
    if "share" in roles:
        for span in view.spans_in(low, high, "share", "number"):
            value = span.value if span.kind == "share" else span.value.amount
            record.slots.setdefault(
                "share_percent",
                Found(
                    Value("decimal", format(value.normalize(), "f")),
                    low,
                    high,
                    "share.label",
                    span.start,
                    span.end,
                ),
            )
    if "funding_source" in roles:
        for span in view.spans_in(low, high, "fund"):
            record.slots.setdefault("funding_source", found_span("fund", span, "fund.sentence"))
    for place in ("county", "municipality"):
        if place in roles:
            for span in view.spans_in(low, high, "county", "municipality", "organisation"):
                if span.kind in ("county", "municipality"):
                    append(record.lists, span.kind, found_span(span.kind, span, "place.label", start=low))


def _day_of_year_above(view: View, low: int, text: str) -> str | None:
    """'09-05' below a line that holds only its year ('2022-')."""
    m = re.fullmatch(r"(0[1-9]|1[0-2])-([0-2]\d|3[01])", text)
    if m is None:
        return None
    index = view.block_index(low)
    for block in reversed(view.blocks[max(0, index - 4) : index]):
        year = re.fullmatch(r"\s*((?:19|20)\d\d)\s*[-–]?\s*", view.document.block_text(block))
        if year:
            return f"{year.group(1)}-{m.group(1)}-{m.group(2)}"
    return None


def _value_amount(view: View, low: int, high: int, rule: str) -> Found | None:
    for span in view.spans_in(low, high, "money", "number"):
        amount = kronor(span.value)
        if amount is not None:
            return Found(Value("integer", str(amount)), low, span.end, rule, span.start, span.end)
    return None


def read_party(view: View, slots: dict[str, Found], low: int, high: int, lexicon: Lexicon) -> None:
    """The organisation that a label's value names: a known one, else the words themselves."""
    words = view.line(low, high)
    if not words or fold(words) in {fold(w) for w in lexicon.words("labels", "missing")}:
        return
    spans = view.spans_in(low, high, "organisation")
    bare = re.sub(r"\s*\([^)]*\)", "", words).strip(" .,;")
    if (
        spans
        and (spans[0].end - spans[0].start) * 2 >= len(bare)
        or (spans and spans[0].start - low < 3 and view.text[spans[0].end : spans[0].end + 1] in ",;(")
    ):
        slots.setdefault("beneficiary", found_span("organisation", spans[0], "beneficiary.label", start=low))
        return
    if 3 <= len(bare) <= 90 and bare[0].isupper() and len(bare.split()) <= 9:
        slots.setdefault(
            "beneficiary",
            Found(Value("organisation", re.split(r",\s", bare)[0]), low, high, "beneficiary.label", low, high),
        )


def read_period(view: View, slots: dict[str, Found], low: int, high: int, roles: tuple[str, ...]) -> None:
    for span in view.spans_in(low, high, "period"):
        value: Period = span.value
        for prop, part in (("start", value.start), ("end", value.end)):
            if part is not None and part.iso:
                slots.setdefault(prop, Found(Value("date", part.iso), low, high, "period.label", span.start, span.end))
        return
    for span in view.spans_in(low, high, "date"):
        if span.value.iso:
            prop = "end" if "end" in roles and "start" not in roles else "start"
            slots.setdefault(
                prop, Found(Value("date", span.value.iso), low, high, "period.label", span.start, span.end)
            )


def _unknown_partners(view: View, record: Record, low: int, high: int) -> None:
    """Names in a list of partners that no register or form tells."""
    known = view.spans_in(low, high, "organisation")
    position = low
    for part in re.split(r"[,;]|\soch\s", view.text[low:high]):
        start, end = position, position + len(part)
        position = end + (5 if view.text[end : end + 5] == " och " else 1)
        words = part.strip(" .")
        begin = start + len(part) - len(part.lstrip())
        if not 2 < len(words) <= 60 or not words[0].isupper() or any(s.start < end and s.end > start for s in known):
            continue
        words = re.sub(r"\s*\([^)]*\)", "", words).strip()
        append(
            record.lists,
            "partner",
            Found(Value("organisation", words), low, end, "partner.label", begin, begin + len(words)),
        )


def append(lists: dict[str, list[Found]], prop: str, found: Found) -> None:
    rows = lists.setdefault(prop, [])
    if all(fold(r.value.lexical) != fold(found.value.lexical) for r in rows):
        rows.append(found)


# --- entries of labelled values ---------------------------------------------------------------------------------

_ENTRY_ROLES = frozenset({"granted", "applied", "beneficiary", "partner", "total", "period", "outcome", "proposed"})
_NUMBER = re.compile(r"(?=[^\d]*\d)[\w./:-]+(?: [\w./:-]*\d[\w./:-]*)?")
_NEXT_LABEL = re.compile(r"[.;,]\s+([A-ZÅÄÖ][^.:;,]{1,40}):\s+")
_CONTINUED = re.compile(r"\s*\((?:forts|fortsättning|continu)[^)]*\)\s*$", re.IGNORECASE)
_NUMBER_ONLY = re.compile(r"^\s*\d{1,2}[.)]?\s*$")


def entry_records(view: View, lexicon: Lexicon) -> list[Record]:
    """Records from repeated groups of labelled values; empty where the paper has fewer than two groups."""
    labels = lexicon.labels("labels")
    records: list[Record] = []
    current: Record | None = None
    pending: list[tuple[tuple[str, ...], int, int]] = []
    gap = 0
    for index, block in enumerate(view.blocks):
        if block.kind == "furniture":
            continue
        roles = _field_roles(view, labels, block)
        if roles is None:
            if block.kind == "field" and current is not None:
                current.end, gap = block.end, 0
            elif (word := _alone(lexicon, view.document.block_text(block))) is not None and current is not None:
                current.outcome = current.outcome or word
            else:
                gap += 1
                if gap > 1 or block.kind == "heading":
                    current = None
            continue
        label_roles, low, high = roles
        if "project" in label_roles and not (set(label_roles) & {"beneficiary"}):
            current = Record((low, high), block.start, block.end, "act.record", caption=_caption_above(view, index))
            records.append(current)
            for earlier in pending:
                _read_cell(view, lexicon, None, current, *earlier)
                current.start = min(current.start, view.block_at(earlier[1]).start)
            pending = []
        elif (current is None or any(p in current.slots or p in current.lists for p in _opening(label_roles))) and _names_soon(
            view, labels, index
        ):
            pending.append((label_roles, low, high))
            current = None
        elif set(label_roles) & _ENTRY_ROLES or (current is None and _heads_entry(view, index)):
            if current is None or any(p in current.slots for p in _props(label_roles)):
                named = _name_above(view, lexicon, index) or _heading_above(view, lexicon, index)
                if named is None or any(r.name == named[1] for r in records):
                    current = None
                    continue
                current = Record(
                    (named[0].start, named[0].end),
                    named[0].start,
                    block.end,
                    "act.record",
                    caption=_caption_above(view, index),
                )
                current.name = named[1]
                current.outcome = _outcome_between(view, lexicon, named[0], index)
                records.append(current)
                if named[2] is not None:
                    read_party(view, current.slots, named[2].start, named[2].end, lexicon)
            _read_cell(view, lexicon, None, current, label_roles, low, high)
            current.end = block.end
        elif current is not None:
            _read_cell(view, lexicon, None, current, label_roles, low, high)
            current.end = block.end
        gap = 0
    strong = {"amount_sek", "applied_amount_sek", "beneficiary", "total_budget_sek", "start", "amount_label"}
    complete = [r for r in records if strong & set(r.slots) or r.lists or r.outcome or _is_labelled(view, r)]
    complete = [r for r in complete if any(_are_alike(view, r, o) for o in complete if o is not r)]
    _strip_numbers(view, complete)
    return complete if len(complete) >= 2 else []


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


def _heads_entry(view: View, index: int) -> bool:
    """Whether the label stands right below a heading, as the first of an entry does."""
    return index > 0 and view.blocks[index - 1].kind == "heading"


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


def _outcome_between(view: View, lexicon: Lexicon, name: Block, index: int) -> str | None:
    between = view.blocks[view.block_index(name.start) + 1 : index]
    found = (_alone(lexicon, view.document.block_text(b)) for b in between)
    return next((word for word in found if word), None)


def _strip_numbers(view: View, records: list[Record]) -> None:
    """Take off numbers that count the entries, and brackets that tell what an entry goes on from."""
    counted = [re.match(r"(\d{1,2})[.)]?\s+(?=\S)", view.text[slice(*r.name)]) for r in records]
    if len(records) >= 2 and all(m and int(m.group(1)) == i for i, m in enumerate(counted, 1)):
        for record, m in zip(records, counted, strict=True):
            assert m is not None
            record.name = (record.name[0] + m.end(), record.name[1])
    for record in records:
        m = _CONTINUED.search(view.text, *record.name)
        if m and m.start() > record.name[0]:
            record.name = (record.name[0], m.start())


def _heading_above(view: View, lexicon: Lexicon, index: int) -> tuple[Block, tuple[int, int], Block | None] | None:
    """The heading that names an entry whose labels stand below a paragraph or two."""
    for back in range(index - 1, max(-1, index - 6), -1):
        block = view.blocks[back]
        if block.kind in ("field", "table"):
            return None
        text = view.document.block_text(block)
        if block.kind == "heading" and _alone(lexicon, text) is None:
            fits = 3 <= len(text) <= 140 and not text.rstrip().endswith((":", "?")) and not column_roles(lexicon, text)
            return (block, (block.start, block.end), None) if fits and not heading_kinds(lexicon, text) else None
    return None


def _props(roles: tuple[str, ...]) -> set[str]:
    return {p for r, (p, _) in _MONEY.items() if r in roles} | ({"beneficiary"} if "beneficiary" in roles else set())


def _field_roles(view: View, labels: object, block: Block) -> tuple[tuple[str, ...], int, int] | None:
    if block.kind == "field" and len(block.cells) == 2:
        label = view.text[block.cells[0].start : block.cells[0].end]
        roles = labels.match(label)  # type: ignore[attr-defined]
        if not roles and "/" in label:
            parts = [labels.match(part) for part in label.split("/")]  # type: ignore[attr-defined]
            roles = tuple(dict.fromkeys(r for part in parts for r in part))
        return (roles, block.cells[1].start, block.cells[1].end) if roles else None
    if block.kind in ("paragraph", "list_item") and block.end - block.start < 200:
        number = re.match(r"(\w[\w-]{1,24})\s+(?=\S*\d)\S+$", view.text[block.start : block.end])
        if number:
            roles = labels.match(number.group(1))  # type: ignore[attr-defined]
            if {"case_id", "diary_number"} & set(roles):
                return roles, block.start + number.end(1) + 1, block.end
        m = re.match(r"(?:[•*–-]\s*)?([^:\t]{2,40}):\s+(?=\S)", view.text[block.start : block.end])
        if m:
            roles = labels.match(m.group(1))  # type: ignore[attr-defined]
            if roles:
                return roles, block.start + m.end(), block.end
    return None


def _caption_above(view: View, index: int) -> str:
    for back in range(index - 1, -1, -1):
        if view.blocks[back].kind == "heading":
            return view.document.block_text(view.blocks[back])
    return ""


def _name_above(view: View, lexicon: Lexicon, index: int) -> tuple[Block, tuple[int, int], Block | None] | None:
    """The line that names an entry above its first label, and the applicant's line between them."""
    above = [b for b in view.blocks[max(0, index - 3) : index] if b.kind != "furniture"]
    lines = [b for b in above if b.kind in ("heading", "paragraph", "list_item") and b.end - b.start < 140]
    while lines and _NUMBER_ONLY.match(view.document.block_text(lines[-1])):
        lines.pop()
    if not lines:
        return None
    party = None
    last = lines[-1]
    if len(lines) >= 2 and last.kind != "heading":
        spans: list[TypedSpan] = view.spans_in(last.start, last.end, "organisation")
        short = len(view.line(last.start, last.end).split()) <= 6
        if (spans and (spans[0].end - spans[0].start) * 2 > last.end - last.start) or (
            short and _looks_like_name(view, lines[-2])
        ):
            party, last = last, lines[-2]
    text = view.document.block_text(last)
    marker = re.match(r"\s*(?:\d{1,2}[.)]|[•*–-]|[a-zA-Z][.)])\s+", text)
    low = last.start + (marker.end() if marker else 0)
    words = view.text[low : last.end]
    if (
        _NUMBER_ONLY.match(words)
        or words.rstrip().endswith((".", ":"))
        or not words[:1].isupper()
        and not words[:1].isdigit()
    ):
        return None
    if column_roles(lexicon, words):
        return None
    return last, (low, last.end), party


def _looks_like_name(view: View, block: Block) -> bool:
    text = re.sub(r"^\s*\d{1,2}[.)]\s*", "", view.document.block_text(block)).strip()
    return (
        bool(text) and not text.endswith((".", ":", ",")) and len(text) > 3 and (text[0].isupper() or text[0].isdigit())
    )
