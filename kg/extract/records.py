"""One project of a list, and what a cell or labelled value says of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from kg.extract.frame import Found, found_span, is_authority
from kg.extract.money import kronor
from kg.extract.outcomes import outcome_word
from kg.extract.tables import Grid, cell_amount, cell_text, column_roles, told_scale
from kg.extract.view import View
from kg.lexicon import Lexicon, fold, shape
from kg.model import Cell, Period, TypedSpan, Value

MONEY = {
    "granted": ("amount_sek", "amount"),
    "proposed": ("amount_sek", "amount"),
    "applied": ("applied_amount_sek", "applied"),
    "total": ("total_budget_sek", "total"),
}


_NUMBER = re.compile(r"(?=[^\d]*\d)[\w./:-]+(?: [\w./:-]*\d[\w./:-]*)?")
_UNTIL = shape("records", "until")
_GOES_ON = shape("records", "goes_on")
_SUM_ALONE = shape("records", "sum_alone")
_LAST_WORD = re.compile(r"[.;]\s+([A-ZÅÄÖ]\w{2,20})\.?$")
NEXT_LABEL = re.compile(r"(?:[.;,]\s+|\s*[|•·]\s*|\s[–—]\s)([A-ZÅÄÖa-zåäö][^.:;,|•·]{1,40}):\s+")


@dataclass(slots=True)
class Record:
    """One project of a list: its name's span, what its labels or columns give, and where it stands; ``proposed``:
    its outcome stands in a column or label of proposals; ``alias``: a second label right below names it too."""

    name: tuple[int, int]
    start: int
    end: int
    rule: str
    slots: dict[str, Found] = field(default_factory=dict)
    lists: dict[str, list[Found]] = field(default_factory=dict)
    outcome: str | None = None
    caption: str = ""
    proposed: bool = False
    alias: tuple[int, int] | None = None
    title: str | None = None  # the name, where its words stand in two cells

    def put_sum(self, spans: Iterable[TypedSpan]) -> None:
        """The first sum in kronor is what was granted, or of any other outcome what was sought."""
        prop, rule = ("applied_amount_sek", "applied.label")
        if self.outcome == "grant":
            prop, rule = ("amount_sek", "amount.label")
        for span in spans:
            if (amount := kronor(span.value)) is not None:
                value = Value("integer", str(amount))
                self.slots.setdefault(prop, Found(value, span.start, span.end, rule, span.start, span.end))
                return


def read_cell(
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
    if grid is None and (m := NEXT_LABEL.search(view.text, low, high)) and (more := column_roles(lexicon, m.group(1))):
        read_cell(view, lexicon, None, record, more, m.end(), high)
        high = m.start()
    if grid is None and (last := _LAST_WORD.search(view.text, low, high)):
        word = outcome_word(lexicon, last.group(1))
        if word is not None and last.group(1)[0].isupper():
            record.outcome, high = record.outcome or word, last.start()
    text = view.line(low, high)
    if "funding_source" in roles and _SUM_ALONE.fullmatch(text):
        roles = ("granted",)  # 'Anslag: 17,4 mkr'
    if {"outcome", "proposed"} & set(roles) and (word := outcome_of(lexicon, text, grid is None)) is not None:
        record.outcome = word
        record.proposed = record.proposed or "proposed" in roles
        for span in view.spans_in(low, high, "money", "number") if word == "grant" else ():
            if (sum_told := kronor(span.value, (grid.scale or 1) if grid is not None else 1)) is not None:
                found = Found(Value("integer", str(sum_told)), low, span.end, f"amount.{kind}", span.start, span.end)
                record.slots.setdefault("amount_sek", found)
    elif "outcome" in roles and grid is not None and _SUM_ALONE.fullmatch(text):
        _granted_in_outcome(view, grid, record, cell)
    for role in ("granted", "proposed", "applied", "total"):
        if role in roles and not ({"project", "beneficiary"} & set(roles)):
            prop, stem = MONEY[role]
            if prop == "amount_sek":
                record.slots.setdefault(
                    "amount_label", Found(Value("text", text), low, high, "amount.label", low, high)
                )
            rule = {"amount": f"amount.{kind}", "applied": "applied.label", "total": "total.label"}[stem]
            amount = (
                cell_amount(view, grid, cell, rule)  # type: ignore[arg-type]
                if grid is not None
                else _value_amount(view, lexicon, low, high, rule)
            )
            if amount is not None:
                record.slots.setdefault(prop, amount)
                record.proposed = record.proposed or role == "proposed"
                if prop == "amount_sek":
                    _share_beside(view, record, low, high)
            elif (word := outcome_word(lexicon, text.split(".")[0].strip(" –—-()"))) and role == "granted":
                record.outcome = record.outcome or word
            break
    if "beneficiary" in roles:
        read_party(view, record.slots, low, high, lexicon)
    elif "partner" in roles:
        _partners(view, record, low, high)
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
    if "case_id" in roles and not record.lists.get("case_id") and _NUMBER.fullmatch(text):
        append(record.lists, "case_id", Found(Value("text", text), low, high, "case.label", low, high))
    if "period" in roles or "start" in roles or "end" in roles:
        read_period(view, record.slots, low, high, roles)
    elif {"decision_date", "outcome"} & set(roles):
        for span in view.spans_in(low, high, "date"):
            if span.value.day and span.value.year:
                record.slots.setdefault("date", found_span("date", span, "date.label"))
        if (
            "date" not in record.slots
            and (iso := _day_of_year_above(view, low, text, _head_of(view, grid, cell))) is not None
        ):
            record.slots["date"] = Found(Value("date", iso), low, high, "date.label", low, high)
    if {"decision_date", "outcome"} & set(roles) and grid is None:
        for span in view.spans_in(low, high, "diary_number"):  # 'Beslut: 2022-05-24, RUN22-0087'
            record.slots.setdefault("diary_number", found_span("text", span, "diary.label"))
    if {"outcome", "state"} & set(roles) and (until := _UNTIL.search(view.text, low, high)) is not None:
        for span in view.spans_in(until.end(), high, "date"):
            record.slots.setdefault("end", found_span("date", span, "period.label", start=low))
    if "deciding_body" in roles and (grid is None or _names_body(view, low, high)):
        _read_decider(view, lexicon, record, low, high)
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
        plain = grid is None and 3 < len(text) < 60 and text[0].isupper() and not any(c.isdigit() for c in text)
        if plain and not view.spans_in(low, high, "organisation", "money"):
            record.slots.setdefault("funding_source", Found(Value("fund", text), low, high, "fund.phrase", low, high))
    for place in ("county", "municipality"):
        if place in roles:
            for span in view.spans_in(low, high, "county", "municipality", "organisation"):
                if span.kind in ("county", "municipality"):
                    append(record.lists, span.kind, found_span(span.kind, span, "place.label", start=low))
            if place == "municipality" and text in lexicon.words("names", "places", "ambiguous"):
                # a place that is also a word ('Mark', 'Munkedal'): one where a column of places says so
                append(record.lists, place, Found(Value("municipality", text), low, high, "place.label", low, high))


_NEAR = 30  # characters from a verb to what it approves


def outcome_of(lexicon: Lexicon, text: str, labelled: bool) -> str | None:
    """The outcome that a value begins with; of a labelled one also that of its first sentence: 'Ansökan drogs
    tillbaka före mötet.'"""
    word = outcome_word(lexicon, text) or outcome_word(lexicon, re.split(r"[,;:.–(]", text)[0])
    if word is not None or not labelled:
        return word
    first = fold(re.split(r"[.;]\s", text)[0])
    for key, outcome in (("rejected+refuse", "reject"), ("tabled", "other"), ("granted", "grant")):
        m = lexicon.pattern("lists", key).search(first)
        if m is not None:
            of_report = lexicon.pattern("decisions", "foreign_objects").search(first, m.end(), m.end() + _NEAR)
            return None if outcome == "grant" and of_report else outcome  # 'Styrelsen godkänner slutrapporten.'
    return None


def name_fund(view: View, record: Record, low: int, high: int) -> None:
    """The fund that the label of a grant names: 'Beviljat ESF-stöd', 'EU-stöd ur regionalfonden'."""
    for span in view.spans_in(low, min(high + 1, len(view.text)), "fund"):
        record.slots.setdefault("funding_source", found_span("fund", span, "fund.sentence"))


def _names_body(view: View, low: int, high: int) -> bool:
    """Whether a cell holds a board or an official and nothing else."""
    spans = view.spans_in(low, high, "board")
    return bool(spans) and (spans[-1].end - spans[-1].start) * 5 >= (high - low) * 3


def _read_decider(view: View, lexicon: Lexicon, record: Record, low: int, high: int) -> None:
    """Who decided, and when where that stands beside: 'Region X, the Growth Committee, 14 March 2023'."""
    for span in view.spans_in(low, high, "board")[-1:]:
        record.slots.setdefault("deciding_body", found_span("board", span, "body.label", start=low))
    for span in view.spans_in(low, high, "organisation")[:1]:
        if is_authority(lexicon, span.value.canonical):
            record.slots.setdefault("authority", found_span("organisation", span, "authority.subject", start=low))
    for span in view.spans_in(low, high, "date"):
        if span.value.day and span.value.year:
            record.slots.setdefault("date", found_span("date", span, "date.label"))


def _share_beside(view: View, record: Record, low: int, high: int) -> None:
    """The share of the costs that stands beside the sum granted: '2 200 000 kronor (50 %)'."""
    for span in view.spans_in(low, high, "share")[:1]:
        value = Value("decimal", format(span.value.normalize(), "f"))
        record.slots.setdefault("share_percent", Found(value, low, high, "share.label", span.start, span.end))


def _granted_in_outcome(view: View, grid: Grid, record: Record, cell: object | None) -> None:
    """A sum in a column of outcomes is what was granted."""
    amount = cell_amount(view, grid, cell, "amount.cell")  # type: ignore[arg-type]
    if amount is not None and int(amount.value.lexical) >= 1000:
        record.slots.setdefault("amount_sek", amount)


def _head_of(view: View, grid: Grid | None, cell: object | None) -> str:
    """The words that head the column of a cell; empty where none do."""
    if grid is None or grid.head < 0 or not isinstance(cell, Cell):
        return ""
    return next((cell_text(view, c) for c in grid.rows[grid.head] if c.column == cell.column), "")


def _day_of_year_above(view: View, low: int, text: str, head: str) -> str | None:
    """'09-05' below a line that holds only its year ('2022-'), or in a column whose head ends with the year."""
    m = re.fullmatch(r"(0[1-9]|1[0-2])-([0-2]\d|3[01])", text)
    if m is None:
        return None
    if told := re.search(r"((?:19|20)\d\d)\s*[-–]?\s*$", head):
        return f"{told.group(1)}-{m.group(1)}-{m.group(2)}"
    index = view.block_index(low)
    for block in reversed(view.blocks[max(0, index - 4) : index]):
        year = re.fullmatch(r"\s*((?:19|20)\d\d)\s*[-–]?\s*", view.document.block_text(block))
        if year:
            return f"{year.group(1)}-{m.group(1)}-{m.group(2)}"
    return None


def _value_amount(view: View, lexicon: Lexicon, low: int, high: int, rule: str) -> Found | None:
    scale = told_scale(view, lexicon)
    for span in view.spans_in(low, high, "money", "number"):
        if scale == 0 and span.value.currency is None:
            continue
        bare = span.value.currency is None and span.value.unit is None
        amount = kronor(span.value, scale if bare else 1)
        if amount is not None:
            return Found(Value("integer", str(amount)), low, span.end, rule, span.start, span.end)
    return None


_NEW_LINE = shape("records", "new_line")


def read_party(view: View, slots: dict[str, Found], low: int, high: int, lexicon: Lexicon) -> None:
    """The organisation that a label's value names: a known one, else the words themselves."""
    words = view.line(low, high)
    if not words or fold(words) in lexicon.folded("labels", "missing"):
        return
    spans = view.spans_in(low, high, "organisation")
    bare = re.sub(r"\s*\([^)]*\)", "", words).strip(" .,;")
    wrapped = bool(spans) and _NEW_LINE.match(view.text[spans[0].end : high]) is not None
    partial = bool(spans) and spans[0].value.register_id is None and spans[0].start - low < 3
    partial = (
        partial
        and (
            _GOES_ON.fullmatch(view.text, spans[0].end, high) is not None
            # 'Föreningen Eriksbergs vänner': a genitive and what it owns
            or (view.text[spans[0].end - 1] == "s" and re.fullmatch(r"\s[a-zåäö]{3,}", view.text[spans[0].end : high]))
            is not None
        )
    )
    if (
        not wrapped
        and not partial
        and (
            spans
            and (spans[0].end - spans[0].start) * 2 >= len(bare)
            or (spans and spans[0].start - low < 3 and view.text[spans[0].end : spans[0].end + 1] in ",;(")
        )
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


_PARTNER_JOINT = shape("records", "partner_joint")
_ARTICLE = shape("records", "article")


def _partners(view: View, record: Record, low: int, high: int) -> None:
    """The names in a list of partners: known ones, and the words of each part of the list that holds none, or only a
    piece of a name ('Visit' of 'Visit Kokkola')."""
    known = view.spans_in(low, high, "organisation")
    pieces: set[int] = set()
    named = []
    position = low
    for m in [*_PARTNER_JOINT.finditer(view.text, low, high), None]:
        start, end = position, m.start() if m is not None else high
        position = m.end() if m is not None else high
        part = view.text[start:end]
        lead = _ARTICLE.match(part)
        begin = start + (lead.end() if lead else 0)
        words = re.sub(r"\s*\([^)]*\)", "", view.text[begin:end]).strip(" .")
        if not 2 < len(words) <= 60 or not words[0].isupper():
            continue
        inside = [s for s in known if s.start < end and s.end > start]
        if inside and not (len(inside) == 1 and _is_piece(inside[0], words)):
            continue
        pieces.update(s.start for s in inside)
        found = Value("organisation", words)
        named.append(Found(found, low, end, "partner.label", begin, begin + len(words)))
    for span in known:
        if span.start not in pieces:
            append(record.lists, "partner", found_span("organisation", span, "partner.label", start=low))
    for partner in named:
        append(record.lists, "partner", partner)


def _is_piece(span: TypedSpan, words: str) -> bool:
    """Whether a name that no register knows is only a piece of the words, all of which begin as names do."""
    said = words.split()
    if span.value.register_id is not None or not len(span.value.text.split()) < len(said) <= _MOST_OF_PARTNER:
        return False
    return all(w[0].isupper() or w[0].isdigit() for w in said)


_MOST_OF_PARTNER = 5  # words


def append(lists: dict[str, list[Found]], prop: str, found: Found) -> None:
    rows = lists.setdefault(prop, [])
    if all(fold(r.value.lexical) != fold(found.value.lexical) for r in rows):
        rows.append(found)
