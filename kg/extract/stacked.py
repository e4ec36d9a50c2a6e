"""Entries without labels whose name, applicant and sum stand on lines of their own."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.extract.found import Found
from kg.extract.money import kronor
from kg.extract.pieces import DIARY, MARKER, SENTENCE_END, Row, is_organisation, is_sentence, trim
from kg.extract.records import Record, read_party
from kg.extract.rowlists import heading_above, may_name, read_note, records_of_rows
from kg.extract.view import View
from kg.lexicon import Lexicon, shape
from kg.model import Block, TypedSpan, Value


def stacked_records(view: View, lexicon: Lexicon) -> list[Record]:
    """Name, applicant and sum, each on a line of its own (or the last two on one), again and again."""
    ends = [i for i, b in enumerate(view.blocks) if _ends_entry(view, lexicon, b)]
    after = bool(ends) and all(i + 1 < len(view.blocks) and _number_alone(view, view.blocks[i + 1]) for i in ends[:2])
    found: list[Record] = []
    run: list[Row] = []
    for previous, index in zip([-1, *ends], ends, strict=False):
        row = _stacked(view, lexicon, previous, index, len(run[-1].texts) if run else 0, after)
        if row is None or (run and run[-1].block.end < view.blocks[previous].start):
            found += records_of_rows(view, lexicon, run)
            run = []
        if row is not None:
            run.append(row)
    return found + records_of_rows(view, lexicon, run)


def _ends_entry(view: View, lexicon: Lexicon, block: Block) -> bool:
    """Whether a line is a sum, alone or behind an applicant."""
    if block.kind not in ("paragraph", "list_item") or block.end - block.start > 110:
        return False
    spans = view.spans_in(block.start, block.end, "money")
    if len(spans) != 1 or view.text[spans[0].end : block.end].strip(" ."):
        return False
    lead = trim(view.text, block.start, spans[0].start)
    return lead[0] >= lead[1] or is_organisation(view, *lead)


_NUMBER_LABEL = shape("stacked", "number_label")
_SHORT = 60  # characters


def _number_alone(view: View, block: Block) -> TypedSpan | None:
    """The diary or case number that is all of a line, its label left out."""
    if block.end - block.start > 50:
        return None
    words = _NUMBER_LABEL.sub("", view.document.block_text(block))
    spans = view.spans_in(block.start, block.end, "diary_number", "case_id")
    if spans:
        return spans[0] if (spans[0].end - spans[0].start) * 10 >= len(words) * 8 else None
    if not DIARY.fullmatch(words.strip()):
        return None
    return TypedSpan("diary_number", block.end - len(words), block.end, words.strip())


def _stacked(view: View, lexicon: Lexicon, previous: int, index: int, size: int, after: bool) -> Row | None:
    """The row of the lines that end with the sum at ``index``: as many as the row above has, or since a number."""
    last = view.blocks[index]
    money = [s for s in view.spans_in(last.start, last.end, "money") if kronor(s.value) is not None]
    blocks = [
        b for b in view.blocks[max(previous + 1, index - 5) : index] if b.kind in ("paragraph", "list_item", "heading")
    ]
    numbers = [n for b in blocks if (n := _number_alone(view, b)) is not None]
    blocks = [b for b in blocks if _number_alone(view, b) is None]
    counted = [i for i, b in enumerate(blocks) if re.fullmatch(r"\d{1,2}[.)]?", view.document.block_text(b).strip())]
    lead = trim(view.text, last.start, money[0].start) if money else (0, 0)
    if counted:
        blocks = blocks[counted[-1] + 1 :]
    else:
        blocks = blocks[-(max(1, size - (lead[0] < lead[1])) if size else 1 if lead[0] < lead[1] else 2) :]
    while len(blocks) > 1 and _leads(view, lexicon, blocks[0]):
        blocks = blocks[1:]
    if not money or not blocks or any(b.end - b.start > 110 for b in blocks):
        return None
    if any(view.spans_in(b.start, b.end, "money") for b in blocks):  # each line has a sum of its own
        return None
    row = Row(replace(last, start=blocks[0].start), blocks[0].start, last.end)
    for block in blocks:
        marker = MARKER.match(view.text, block.start, block.end)
        low, high = trim(view.text, marker.end() if marker else block.start, block.end)
        if low < high:
            row.texts.append((low, high))
    if lead[0] < lead[1]:
        row.texts.append(lead)
    if after:
        below = _number_alone(view, view.blocks[index + 1]) if index + 1 < len(view.blocks) else None
        numbers = [below] if below is not None else []
    row.numbers += [n for n in numbers if after or n.start >= row.start - 60]
    row.money = [(s, ()) for s in money]
    entitled = size > 0 and all(b.kind == "list_item" for b in blocks)  # 'Jobba var du vill', where others stand so
    if any(is_sentence(view, lexicon, *t) and not (entitled and t[1] - t[0] < _SHORT) for t in row.texts):
        return None
    return row if row.texts else None


def _leads(view: View, lexicon: Lexicon, block: Block) -> bool:
    """Whether a line is words above the list, not the first line of an entry: 'Följande föreningar beviljas bidrag'."""
    return view.text[block.end - 1] == ":" or is_sentence(view, lexicon, block.start, block.end)


_MOST_WORDS = 14  # of a purpose on a line of its own
_LEAST = 3


def headed_by_receivers(view: View, lexicon: Lexicon) -> list[Record]:
    """Receiver and sum on one line, and on the line below what it is for: 'Ängby IF, 45 000 kr' above 'Ny ljusbana'.

    Three such pairs at least, and the last one ends the list where the first is headed by no title: a list that names
    each project above who gets the sum is read by ``stacked_records``.
    """
    last = len(view.blocks) - 1
    lines = [i for i in view.blocks_of("money") if i < last and _names_receiver(view, view.blocks[i])]
    if len(lines) < _LEAST or lines[0] == 0:
        return []
    above, below = view.blocks[lines[0] - 1], view.blocks[lines[-1] + 1]
    first = SENTENCE_END.search(view.text, below.start, below.end)
    named = not is_sentence(view, lexicon, below.start, first.start() if first else below.end)
    if above.kind != "heading" and not _leads(view, lexicon, above) and not named:
        return []
    found = []
    for index in lines:
        record = _with_purpose(view, lexicon, view.blocks[index], view.blocks[index + 1])
        if record is not None:
            found.append(record)
    return found if len(found) == len(lines) else []


def _names_receiver(view: View, block: Block) -> bool:
    """Whether a line is a receiver, a comma and a sum, and nothing else."""
    if block.kind not in ("paragraph", "list_item") or block.end - block.start > 110:
        return False
    spans = view.spans_in(block.start, block.end, "money")
    if len(spans) != 1 or view.text[spans[0].end : block.end].strip(" .") or kronor(spans[0].value) is None:
        return False
    return _RECEIVER.fullmatch(view.text, block.start, spans[0].start) is not None


_RECEIVER = shape("stacked", "receiver")


def _with_purpose(view: View, lexicon: Lexicon, line: Block, below: Block) -> Record | None:
    if below.kind not in ("paragraph", "list_item") or _names_receiver(view, below):
        return None
    stop = SENTENCE_END.search(view.text, below.start, below.end)
    name = trim(view.text, below.start, stop.start() if stop else below.end)
    words = view.text[slice(*name)]
    if len(words.split()) > _MOST_WORDS or ":" in words or view.spans_in(*name, "money"):
        return None
    words = view.line(*name)
    title = words[:1].upper() + words[1:]
    if not may_name(view, lexicon, *name, titled=True, owned=True):
        return None
    record = Record(name, line.start, below.end, "act.record", title=title, caption=heading_above(view, line))
    party = _RECEIVER.match(view.text, line.start, line.end)
    if party is not None:
        read_party(view, record.slots, *party.span("party"), lexicon)
    for span in view.spans_in(line.start, line.end, "money"):
        value = Value("integer", str(kronor(span.value)))
        record.slots["amount_sek"] = Found(value, span.start, span.end, "amount.label", span.start, span.end)
    read_note(view, lexicon, record, name[1], below.end)
    return record
