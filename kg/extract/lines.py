"""Lists with a project on each line: 'Name (applicant): sum', 'Applicant for name, sum', 'number, name, outcome'.

A line is cut at its separators into pieces; what a piece is (name, applicant, place, outcome) is decided for the
whole list, as for the columns of a table.  A run of lines is a list of projects only where most lines name an
applicant or a diary number, or where the words above the list say that it lists projects.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from kg.extract.frame import Found, found_span
from kg.extract.money import kronor, role_of
from kg.extract.records import Record, _read_cell, append, outcome_word, read_party
from kg.extract.tables import column_roles
from kg.extract.view import View
from kg.lexicon import Lexicon, fold
from kg.model import Block, TypedSpan, Value

_MARKER = re.compile(r"\s*(?:[•*·▪–—-]|\d{1,3}[.)]|[a-zA-Z][.)])\s+")
_SEPARATOR = re.compile(r"\t|\s*[|;•]\s*|\s+[–—-]\s+|:\s+|\s*\.{4,}\s*|\s*(?:\. ){4,}|\s*…{2,}\s*|\s/\s|[()]")
_SENTENCE_END = re.compile(r"[.!?](?=\s+[\"”]?[A-ZÅÄÖ]|\s*$)")
_INNER_END = re.compile(r"[.!?]\s+[A-ZÅÄÖ]")
_DIARY = re.compile(r"(?:[A-ZÅÄÖ]{1,6}[ .]?)?(?:19|20)?\d{2}[-/:]\d{1,6}")
_APPLIES = re.compile(r"(?:ansökan|begäran|äskande)\s+(?:från|av)\s+", re.IGNORECASE)
_FOR = re.compile(r"\s+(?:för|till)\s+(?:(?:projektet|förstudien|insatsen)\s+)?(?=[\"”“A-ZÅÄÖ0-9])")
_CLAUSE = re.compile(r"[,;]?\s+\(?(?:varav|fördelat|fördelade|under|som|där|vilket|dock|att)\b")
_LEFT_OVER = re.compile(
    r"(?:^|\s)(?:högst|max|upp till|cirka|ca|dnr|diarienr|journalnr|kr|kronor|med|på|om|den)\.?$", re.IGNORECASE
)
_EDGE = ' \t,.;:–—-"”“»/'
MAX_HEAD = 240


@dataclass(slots=True)
class Row:
    """A line as pieces of text and typed values; ``texts`` are spans that may be name, applicant or place."""

    block: Block
    start: int
    end: int
    texts: list[tuple[int, int]] = field(default_factory=list)
    bracketed: set[int] = field(default_factory=set)
    roles: dict[int, tuple[str, ...]] = field(default_factory=dict)
    money: list[tuple[TypedSpan, tuple[str, ...]]] = field(default_factory=list)
    numbers: list[TypedSpan] = field(default_factory=list)
    dates: list[TypedSpan] = field(default_factory=list)
    outcome: str | None = None


def line_records(view: View, lexicon: Lexicon) -> list[Record]:
    """A record for each line of every list of projects."""
    records = [*application_records(view, lexicon), *inline_records(view, lexicon), *stacked_records(view, lexicon)]
    run: list[Row] = []
    for block in [*view.blocks, None]:
        rows = _rows(view, lexicon, block) if block is not None else []
        if rows:
            run += rows
        elif block is None or not _may_interrupt(view, lexicon, block):
            records += _records_of(view, lexicon, run)
            run = []
    return records


def _rows(view: View, lexicon: Lexicon, block: Block) -> list[Row]:
    """The rows of a block: one, or those of a paragraph whose lines were joined."""
    row = read_row(view, lexicon, block)
    if row is not None:
        return [row]
    if block.kind not in ("paragraph", "list_item"):
        return []
    rows = [read_row(view, lexicon, part) for part in _printed_lines(view, lexicon, block)]
    return [r for r in rows if r is not None] if len(rows) > 1 and all(rows) else []


def _printed_lines(view: View, lexicon: Lexicon, block: Block) -> list[Block]:
    """A paragraph as the lines that the paper prints, each up to a line that ends with its sum or outcome."""
    if len(view.spans_in(block.start, block.end, "money", "diary_number")) < 2:
        return []
    ends = {s.end for s in view.spans_in(block.start, block.end, "money")}
    parts, start = [], block.start
    for m in re.finditer(r"\s+", view.text[block.start : block.end]):
        low = block.start + m.start()
        if "\n" not in view.document.raw_quote(low, block.start + m.end()):
            continue
        last = view.text[start:low].split(" – ")[-1].split()[-1:]
        if low in ends or low - 1 in ends or _own_outcome(lexicon, "".join(last)):
            parts.append(replace(block, start=start, end=low))
            start = block.start + m.end()
    parts.append(replace(block, start=start, end=block.end))
    return parts


def _may_interrupt(view: View, lexicon: Lexicon, block: Block) -> bool:
    """Headings of groups and page heads stand within a list."""
    if block.kind == "furniture":
        return True
    return block.kind == "heading" and not lexicon.pattern("lists", "no_projects").search(
        view.document.block_text(block)
    )


def read_row(view: View, lexicon: Lexicon, block: Block) -> Row | None:
    """The line as pieces; None where it has neither sum nor outcome, or is a sentence."""
    if block.kind not in ("list_item", "paragraph", "field", "heading"):
        return None
    low = block.start
    marker = _MARKER.match(view.text, low, block.end)
    if marker:
        low = marker.end()
    row = Row(block, low, block.end)
    high = _head_end(view, lexicon, low, block.end)
    if high - low > MAX_HEAD or _APPLIES.match(view.text, low):
        return None
    row.end = high
    typed = [
        s
        for s in view.spans_in(low, high, "money", "diary_number", "case_id", "date", "period")
        if s.kind != "date" or s.value.day
    ]
    _cut(view, lexicon, row, low, high, _outermost(typed))
    bare = not row.money and row.outcome is None
    if not row.texts or (bare and not (block.kind == "list_item" and high - low < 120 and _has_party(view, row))):
        return None
    plain = [span for span, roles in row.money if not roles]
    if len(plain) > 1 or block.kind == "heading" or len(row.texts) > 6:
        return None
    return None if any(_is_sentence(view, lexicon, *t) for t in row.texts) else row


def _has_party(view: View, row: Row) -> bool:
    """Whether a line names an applicant beside the project, as one without sum or outcome must."""
    if len(row.texts) > 1:
        return any(_is_organisation(view, *t) for t in row.texts)
    return split_party(view, *row.texts[0])[1] is not None


def _is_sentence(view: View, lexicon: Lexicon, low: int, high: int) -> bool:
    """Whether a piece has a finite verb or is a clause, as no name of a project or applicant is."""
    m = lexicon.pattern("lists", "sentence_words").search(view.text, low + 1, high)
    return m is not None and m.group().islower()


def _outermost(spans: list[TypedSpan]) -> list[TypedSpan]:
    kept: list[TypedSpan] = []
    for span in spans:
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept


def _head_end(view: View, lexicon: Lexicon, low: int, high: int) -> int:
    """The end of the line's own words: the first stop behind its sum or outcome; a note may follow."""
    first = next((s.end for s in view.spans_in(low, high, "money")), None)
    if first is not None and (clause := _CLAUSE.match(view.text, first, high)):
        return clause.start()
    for m in _SENTENCE_END.finditer(view.text, low, high):
        told = first is not None and first <= m.end()
        if told or outcome_word(lexicon, re.split(r"[,:–()]\s*", view.text[low : m.start()])[-1]):
            return m.start()
    return high


def _cut(view: View, lexicon: Lexicon, row: Row, low: int, high: int, typed: list[TypedSpan]) -> None:
    """Cut the words between typed values at the separators."""
    label: tuple[str, ...] = ()
    position, depth = low, 0
    for span in [*typed, None]:
        stop = span.start if span is not None else high
        for start, end, before in _pieces(view.text, position, stop):
            depth += before.count("(") - before.count(")")
            start, end = _trim(view.text, start, end)
            if start >= end:
                continue
            words = view.text[start:end]
            roles = column_roles(lexicon, words)
            if roles and (view.text[end : end + 1] == ":" or (end >= stop - 2 and span is not None)):
                label = roles
                continue
            if (word := _own_outcome(lexicon, words)) is not None:
                row.outcome = row.outcome or word
                if "ansök" in fold(words):
                    label = ("applied",)
                continue
            if _DIARY.fullmatch(words):
                row.numbers.append(TypedSpan("diary_number", start, end, words))
                continue
            if not any(c.isalpha() for c in words):
                continue
            if label:
                row.roles[len(row.texts)] = label
                label = ()
            if depth > 0:
                row.bracketed.add(len(row.texts))
            row.texts.append((start, end))
        if span is None:
            break
        if span.kind == "money":
            if kronor(span.value) is not None:
                row.money.append((span, tuple(r for r in label if r in ("granted", "applied", "proposed", "total"))))
        elif span.kind in ("diary_number", "case_id"):
            row.numbers.append(span)
        else:
            row.dates.append(span)
        label = ()
        position = span.end


def _pieces(text: str, low: int, high: int) -> list[tuple[int, int, str]]:
    found, position, before = [], low, ""
    for m in _SEPARATOR.finditer(text, low, high):
        found.append((position, m.start(), before))
        position, before = m.end(), m.group()
    found.append((position, high, before))
    return found


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _EDGE:
        start += 1
    while True:
        while end > start and text[end - 1] in _EDGE:
            end -= 1
        m = _LEFT_OVER.search(text[start:end])
        if m is None:
            return start, end
        end = start + m.start()
        if end <= start:
            return start, start


def _own_outcome(lexicon: Lexicon, words: str) -> str | None:
    """An outcome that is a piece of its own: 'AVSLAG', 'bifall', 'avslag på ansökan om'."""
    exact = any(
        fold(words).strip(" .") in lexicon.words("labels", k)
        for k in ("granted_words", "rejected_words", "other_words")
    )
    shouted = words.split()[0].strip(".,:;").isupper() and len(words.split()[0]) > 3
    return outcome_word(lexicon, words) if exact or shouted or words.isupper() or words[0].islower() else None


# --- entries whose lines have no labels ------------------------------------------------------------------------------


def stacked_records(view: View, lexicon: Lexicon) -> list[Record]:
    """Name, applicant and sum, each on a line of its own (or the last two on one), again and again."""
    ends = [i for i, b in enumerate(view.blocks) if _ends_entry(view, lexicon, b)]
    after = bool(ends) and all(i + 1 < len(view.blocks) and _number_alone(view, view.blocks[i + 1]) for i in ends[:2])
    found: list[Record] = []
    run: list[Row] = []
    for previous, index in zip([-1, *ends], ends, strict=False):
        row = _stacked(view, lexicon, previous, index, len(run[-1].texts) if run else 0, after)
        if row is None or (run and run[-1].block.end < view.blocks[previous].start):
            found += _records_of(view, lexicon, run)
            run = []
        if row is not None:
            run.append(row)
    return found + _records_of(view, lexicon, run)


def _ends_entry(view: View, lexicon: Lexicon, block: Block) -> bool:
    """Whether a line is a sum, alone or behind an applicant."""
    if block.kind not in ("paragraph", "list_item") or block.end - block.start > 110:
        return False
    spans = view.spans_in(block.start, block.end, "money")
    if len(spans) != 1 or view.text[spans[0].end : block.end].strip(" ."):
        return False
    lead = _trim(view.text, block.start, spans[0].start)
    return lead[0] >= lead[1] or _is_organisation(view, *lead)


def _number_alone(view: View, block: Block) -> TypedSpan | None:
    """The diary or case number that is all of a line, its label left out."""
    if block.end - block.start > 50:
        return None
    words = re.sub(r"^(?:dnr|diarienr|diarienummer|journalnr|journalnummer)[.:]?\s*", "", view.document.block_text(block), flags=re.IGNORECASE)
    spans = view.spans_in(block.start, block.end, "diary_number", "case_id")
    if spans:
        return spans[0] if (spans[0].end - spans[0].start) * 10 >= len(words) * 8 else None
    if not _DIARY.fullmatch(words.strip()):
        return None
    return TypedSpan("diary_number", block.end - len(words), block.end, words.strip())


def _stacked(view: View, lexicon: Lexicon, previous: int, index: int, size: int, after: bool) -> Row | None:
    """The row of the lines that end with the sum at ``index``: as many as the row above has, or those since a number."""
    last = view.blocks[index]
    money = [s for s in view.spans_in(last.start, last.end, "money") if kronor(s.value) is not None]
    blocks = [b for b in view.blocks[max(previous + 1, index - 5) : index] if b.kind in ("paragraph", "list_item", "heading")]
    numbers = [n for b in blocks if (n := _number_alone(view, b)) is not None]
    blocks = [b for b in blocks if _number_alone(view, b) is None]
    counted = [i for i, b in enumerate(blocks) if re.fullmatch(r"\d{1,2}[.)]?", view.document.block_text(b).strip())]
    lead = _trim(view.text, last.start, money[0].start) if money else (0, 0)
    if counted:
        blocks = blocks[counted[-1] + 1 :]
    else:
        blocks = blocks[-(size - (lead[0] < lead[1]) if size else 1 if lead[0] < lead[1] else 2) :]
    if not money or not blocks or any(b.end - b.start > 110 for b in blocks):
        return None
    row = Row(replace(last, start=blocks[0].start), blocks[0].start, last.end)
    for block in blocks:
        marker = _MARKER.match(view.text, block.start, block.end)
        low, high = _trim(view.text, marker.end() if marker else block.start, block.end)
        if low < high:
            row.texts.append((low, high))
    if lead[0] < lead[1]:
        row.texts.append(lead)
    if after:
        below = _number_alone(view, view.blocks[index + 1]) if index + 1 < len(view.blocks) else None
        numbers = [below] if below is not None else []
    row.numbers += [n for n in numbers if after or n.start >= row.start - 60]
    row.money = [(s, ()) for s in money]
    return row if row.texts and not any(_is_sentence(view, lexicon, *t) for t in row.texts) else None


# --- applications, one to a line -----------------------------------------------------------------------------------

_SUM_FOR = re.compile(
    r"\s+(?:i\s+\w+\s+)?(?:till|för|avseende)\s+(?:(?:projektet|förstudien|insatsen)\s+)?(?=[\"”“A-ZÅÄÖ0-9])"
)
_NAME_STOP = re.compile(r"\s*[(.,;]|\s+(?:dnr|diarienr)\b|$", re.IGNORECASE)


def application_records(view: View, lexicon: Lexicon) -> list[Record]:
    """'Ansökan från A om 1 100 000 kr till B (dnr). BIFALL. Högst …': the outcome stands in a sentence of its own."""
    found = []
    for block in view.blocks:
        if block.kind not in ("list_item", "paragraph"):
            continue
        marker = _MARKER.match(view.text, block.start, block.end)
        m = _APPLIES.match(view.text, marker.end() if marker else block.start, block.end)
        record = _application(view, lexicon, block, m.end()) if m else None
        if record is not None and record.outcome is not None:
            found.append(record)
    return found if len(found) >= 2 else []


def _application(view: View, lexicon: Lexicon, block: Block, low: int) -> Record | None:
    first = _SENTENCE_END.search(view.text, low, block.end)
    high = first.start() if first else block.end
    party = view.starting(low, "organisation")
    name = next(_SUM_FOR.finditer(view.text, low, high), None)
    if name is None or party is None:
        return None
    stop = _NAME_STOP.search(view.text, name.end(), high)
    span = _trim(view.text, name.end(), stop.start() if stop else high)
    if not _may_name(view, lexicon, *span):
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


def _granted_in_note(view: View, record: Record, low: int, high: int) -> None:
    """Sum, share and fund in the words behind the outcome."""
    for span in view.spans_in(low, high, "money"):
        if (amount := kronor(span.value)) is not None:
            found = Found(Value("integer", str(amount)), span.start, span.end, "amount.label", span.start, span.end)
            record.slots.setdefault("amount_sek", found)
    for span in view.spans_in(low, high, "share"):
        if re.match(r"\s*av\s+(?:\w+\s+){0,3}\w*kostnad", view.text[span.end : span.end + 50]):
            value = Value("decimal", format(span.value.normalize(), "f"))
            record.slots.setdefault(
                "share_percent", Found(value, span.start, span.end, "share.label", span.start, span.end)
            )
    for span in view.spans_in(low, high, "fund"):
        record.slots.setdefault("funding_source", found_span("fund", span, "fund.sentence"))


# --- lists within a sentence ---------------------------------------------------------------------------------------

_BRACKET = re.compile(r"\(([^()]{4,120})\)")


def inline_records(view: View, lexicon: Lexicon) -> list[Record]:
    """'avslår ansökningarna från A (B, 60 000 kr) och C (D, 22 000 kr)': a bracket with a sum behind each name."""
    found: list[Record] = []
    for unit in view.units:
        if view.blocks[unit.block].kind in ("table", "furniture", "field"):
            continue
        brackets = [m for m in _BRACKET.finditer(view.text, unit.start, unit.end) if view.spans_in(*m.span(1), "money")]
        outcome = _sentence_outcome(view, lexicon, unit.start, brackets[0].start()) if len(brackets) >= 2 else None
        if outcome is None:
            continue
        records = [_inline(view, lexicon, m, unit.start, outcome) for m in brackets]
        found += [r for r in records if r is not None] if all(records) else []
    return found


def _sentence_outcome(view: View, lexicon: Lexicon, low: int, high: int) -> str | None:
    words = view.text[low:high]
    if not lexicon.pattern("lists", "announces").search(words):
        return None
    for key, outcome in (("rejected", "reject"), ("granted", "grant")):
        if lexicon.pattern("lists", key).search(words):
            return outcome
    return None


def _inline(view: View, lexicon: Lexicon, m: re.Match[str], low: int, outcome: str) -> Record | None:
    money = view.spans_in(*m.span(1), "money")[0]
    inner = _trim(view.text, m.start(1), money.start)
    head = re.split(
        r"(?:\soch\s|\ssamt\s|[,;:)]\s|\s(?:från|av|till|för|projekten|projektet)\s)", view.text[low : m.start()]
    )[-1]
    outer = _trim(view.text, m.start() - len(head), m.start())
    known = view.spans_in(low, m.start(), "organisation")
    if known and known[-1].end >= outer[1] - 1:
        outer = (known[-1].start, known[-1].end)
    name, party = (outer, inner) if _is_organisation(view, *inner) else (inner, outer)
    if name[0] >= name[1] or party[0] >= party[1] or not _may_name(view, lexicon, *name):
        return None
    amount = kronor(money.value)
    record = Record(name, min(outer[0], m.start()), m.end(), "act.record", outcome=outcome)
    read_party(view, record.slots, *party, lexicon)
    prop, rule = ("amount_sek", "amount.label") if outcome == "grant" else ("applied_amount_sek", "applied.label")
    if amount is not None:
        record.slots[prop] = Found(Value("integer", str(amount)), money.start, money.end, rule, money.start, money.end)
    return record


# --- from lines to records -----------------------------------------------------------------------------------------


def _records_of(view: View, lexicon: Lexicon, run: list[Row]) -> list[Record]:
    if len(run) < 2:
        return []
    above = _words_above(view, run[0].block)
    if lexicon.pattern("lists", "no_projects").search(above):
        return []
    if any(not row.money and row.outcome is None for row in run):
        decided = lexicon.pattern("lists", "granted+rejected+proposed").search(above)
        if not decided or not lexicon.pattern("lists", "announces").search(above):
            run = [row for row in run if row.money or row.outcome is not None]
            if len(run) < 2:
                return []
    index = _party_index(view, run)
    records = [_record(view, lexicon, row, index) for row in run]
    refused = _refused(view, lexicon, run[0].block)
    for record in records:
        if record is not None and refused and "amount_sek" not in record.slots:
            record.outcome = record.outcome or "reject"
    good = [r for r in records if r is not None]
    _split_like_others(view, lexicon, good)
    if len(good) < 2 or len(good) * 3 < len(run) * 2:
        return []
    told = sum("beneficiary" in r.slots or "diary_number" in r.slots or bool(r.lists.get("case_id")) for r in good)
    listed = lexicon.pattern("lists", "announces").search(above) is not None
    return good if told * 2 >= len(good) or listed else []


def _split_like_others(view: View, lexicon: Lexicon, records: list[Record]) -> None:
    """Where lines that hold both in one run end, or begin, with the applicant, the others do so too, though no
    register knows it."""
    lacking = [r for r in records if "beneficiary" not in r.slots and ", " in view.text[slice(*r.name)]]
    telling = [r for r in records if "beneficiary" in r.slots]
    ends = sum(r.slots["beneficiary"].start > r.name[1] for r in telling)
    begins = sum(r.slots["beneficiary"].low < r.name[0] for r in telling)
    if not lacking or len(telling) < 2 or len(lacking) > len(telling) or (ends and begins):
        return
    for record in lacking:
        low, high = record.name
        words = view.text[low:high]
        if ends:
            head, _, tail = words.rpartition(", ")
            name, party = (low, low + len(head)), (high - len(tail), high)
        else:
            head, _, tail = words.partition(", ")
            name, party = (high - len(tail), high), (low, low + len(head))
        if view.text[party[0]].isupper() and name[1] - name[0] > 2 and _may_name(view, lexicon, *name):
            read_party(view, record.slots, *party, lexicon)
            record.name = name


def _refused(view: View, lexicon: Lexicon, block: Block) -> bool:
    """Whether the line right above the list says that its applications were refused."""
    index = view.block_index(block.start)
    above = view.document.block_text(view.blocks[index - 1]) if index else ""
    return lexicon.pattern("lists", "rejected").search(above) is not None and "bevilj" not in fold(above)


def _words_above(view: View, block: Block) -> str:
    """The words that lead the list: the nearest heading and the paragraph between it and the list."""
    index = view.block_index(block.start)
    words = []
    for above in reversed(view.blocks[max(0, index - 4) : index]):
        if above.kind in ("heading", "paragraph"):
            words.append(view.document.block_text(above)[-300:])
        if above.kind == "heading" or len(words) > 1:
            break
    return " ".join(reversed(words))


def _party_index(view: View, run: list[Row]) -> int | None:
    """The place in the line at which most lines have an organisation."""
    votes: dict[int, int] = {}
    for row in run:
        for i, (low, high) in enumerate(row.texts):
            if len(row.texts) > 1 and _is_organisation(view, low, high):
                votes[i] = votes.get(i, 0) + 1
    if votes:
        return max(votes, key=lambda i: (votes[i], -i))
    brackets = [min(row.bracketed) for row in run if row.bracketed and not _is_short_name(view, row)]
    return brackets[0] if len(brackets) * 2 > len(run) and brackets[0] > 0 else None


def _is_short_name(view: View, row: Row) -> bool:
    low, high = row.texts[min(row.bracketed)]
    return " " not in view.text[low:high]


def _is_organisation(view: View, low: int, high: int) -> bool:
    return any(
        (s.end - s.start) * 5 >= (high - low) * 3 and s.start - low <= 4
        for s in view.spans_in(low, high, "organisation")
    )


def _record(view: View, lexicon: Lexicon, row: Row, index: int | None) -> Record | None:
    texts = list(row.texts)
    party = next((i for i, roles in row.roles.items() if "beneficiary" in roles), None)
    if party is None and len(texts) > 1:
        organisations = [i for i, t in enumerate(texts) if _is_organisation(view, *t)]
        party = index if index in organisations else organisations[0] if organisations else index
        if party is not None and party >= len(texts):
            party = None
    named = next((i for i, roles in row.roles.items() if "project" in roles), None)
    rest = [i for i in range(len(texts)) if i != party and (i == named or not row.roles.get(i))]
    places = [i for i in rest if len(rest) > 1 and _is_place(view, *texts[i])]
    rest = [i for i in rest if i not in places]
    if not rest:
        return None
    span, owner = (texts[named], None) if named is not None else (_joined(view, texts, rest), None)
    if party is None and named is None:
        span, owner = split_party(view, *span)
    elif party is not None:
        owner = texts[party]
    if not _may_name(view, lexicon, *span):
        return None
    record = Record(span, row.block.start, row.block.end, "act.record", outcome=row.outcome)
    record.caption = heading_above(view, row.block)
    if owner is not None:
        read_party(view, record.slots, *owner, lexicon)
    for i in places:
        for place in view.spans_in(*texts[i], "county", "municipality"):
            append(record.lists, place.kind, found_span(place.kind, place, "place.label"))
    for i, roles in row.roles.items():
        if i not in (party, named):
            _read_cell(view, lexicon, None, record, roles, *texts[i])
    _put_values(view, lexicon, row, record)
    read_note(view, lexicon, record, row.end, row.block.end)
    return record


def _joined(view: View, texts: list[tuple[int, int]], rest: list[int]) -> tuple[int, int]:
    """The pieces of the name: those that follow each other with nothing but separators between."""
    low, high = texts[rest[0]]
    for i in rest[1:]:
        start, end = texts[i]
        if re.search(r"\w", view.text[high:start]) or "\t" in view.text[high:start]:
            break
        high = end
    if view.text[low:high].count("(") > view.text[low:high].count(")") and view.text[high : high + 1] == ")":
        high += 1
    return low, high


def split_party(view: View, low: int, high: int) -> tuple[tuple[int, int], tuple[int, int] | None]:
    """Name and applicant in one run of words: 'Klippans kommun för Sommarjobb', 'Sommarjobb, Klippans kommun'."""
    for span in view.spans_in(low, high, "organisation"):
        if span.start - low <= 1:
            m = _FOR.match(view.text, span.end, high) or re.compile(r",\s+(?=[\"”“A-ZÅÄÖ0-9])").match(
                view.text, span.end, high
            )
            if m:
                return (m.end(), high), (span.start, span.end)
        if high - span.end <= 1:
            m = re.search(r",\s+(?:sökande\s+|av\s+|från\s+)?$", view.text[low : span.start])
            if m:
                return (low, low + m.start()), (span.start, span.end)
    parts = re.split(r",\s+", view.text[low:high])
    if len(parts) > 1 and len(parts[-1]) > 3:
        start = high - len(parts[-1])
        if _is_organisation(view, start, high):
            return (low, low + len(view.text[low:start].rstrip(", "))), (start, high)
        first = low + len(parts[0])
        if _is_organisation(view, low, first):
            m = re.compile(r",\s+").match(view.text, first)
            return (m.end() if m else first, high), (low, first)
    return (low, high), None


def _is_place(view: View, low: int, high: int) -> bool:
    spans = view.spans_in(low, high, "county", "municipality")
    return bool(spans) and sum(s.end - s.start for s in spans) * 10 >= (high - low) * 7


def _may_name(view: View, lexicon: Lexicon, low: int, high: int) -> bool:
    words = view.text[low:high].strip(_EDGE)
    if not 3 <= len(words) <= 130 or not (words[0].isupper() or words[0].isdigit()) or column_roles(lexicon, words):
        return False
    if _is_organisation(view, low, high) and " - " not in words:
        return False
    verb = lexicon.pattern("lists", "granted").search(words)
    return not (verb and verb.group().islower() and verb.start() > 0) and not _INNER_END.search(words)


def _put_values(view: View, lexicon: Lexicon, row: Row, record: Record) -> None:
    for span, roles in row.money:
        amount = kronor(span.value)
        role = roles[0] if roles else "granted"
        if role == "granted" and row.outcome in ("reject", "other"):
            role = "applied"
        if role == "granted" and not roles:
            told, _, _ = role_of(view, lexicon, span, row.start, row.end)
            role = told if told in ("applied", "total") else role
        prop, rule = {
            "applied": ("applied_amount_sek", "applied.label"),
            "total": ("total_budget_sek", "total.label"),
        }.get(role, ("amount_sek", "amount.label"))
        record.slots.setdefault(
            prop, Found(Value("integer", str(amount)), span.start, span.end, rule, span.start, span.end)
        )
    for span in row.numbers:
        found = found_span("text", span, "diary.label" if span.kind == "diary_number" else "case.label")
        if span.kind == "diary_number":
            record.slots.setdefault("diary_number", found)
        else:
            append(record.lists, "case_id", found)
    for span in row.dates:
        if span.kind == "period":
            _read_cell(view, lexicon, None, record, ("period",), span.start, span.end)
        elif span.value.day and span.value.year:
            record.slots.setdefault("date", found_span("date", span, "date.label"))


def read_note(view: View, lexicon: Lexicon, record: Record, low: int, high: int) -> None:
    """The sentences behind a line: its outcome, sums by their cues, share, period by label."""
    for unit_low, unit_high in _sentences(view, low, high):
        words = view.text[unit_low:unit_high].strip(_EDGE)
        if not words:
            continue
        if record.outcome is None and (word := _own_outcome(lexicon, words)) is not None:
            record.outcome = word
        label = re.match(r"\s*([^:\t]{2,40}):\s+", view.text[unit_low:unit_high])
        if label and (roles := column_roles(lexicon, label.group(1))):
            _read_cell(view, lexicon, None, record, roles, unit_low + label.end(), unit_high)
            continue
        for span in view.spans_in(unit_low, unit_high, "money"):
            amount = kronor(span.value)
            role, start, end = role_of(view, lexicon, span, unit_low, unit_high)
            if amount is None:
                continue
            zero = record.slots.get("amount_sek")
            if role == "applied" or (
                role == ""
                and (record.outcome == "reject" or (zero is not None and zero.value.lexical == "0"))
                and re.search(r"\bansök\w*\s+(?:på|om)\s*$", view.text[unit_low : span.start], re.IGNORECASE)
            ):
                prop, rule = "applied_amount_sek", "applied.phrase"
            elif role == "total":
                prop, rule = "total_budget_sek", "total.phrase"
            else:
                continue
            record.slots.setdefault(prop, Found(Value("integer", str(amount)), start, end, rule, span.start, span.end))


def _sentences(view: View, low: int, high: int) -> list[tuple[int, int]]:
    found, position = [], low
    for m in _SENTENCE_END.finditer(view.text, low, high):
        found.append((position, m.end()))
        position = m.end()
    if position < high:
        found.append((position, high))
    return found


def heading_above(view: View, block: Block) -> str:
    index = view.block_index(block.start)
    return next(
        (view.document.block_text(b) for b in reversed(view.blocks[:index]) if b.kind == "heading"),
        "",
    )
