"""From the cut lines of a list to records: what a piece is (name, applicant, place, outcome) is decided for the
whole list, as for the columns of a table.  A run of lines is a list of projects only where most lines name an
applicant or a diary number, or where the words above the list say that it lists projects."""

from __future__ import annotations

import re

from kg.extract.frame import Found, found_span
from kg.extract.leads import led_outcome
from kg.extract.money import kronor, role_of
from kg.extract.pieces import (
    EDGE,
    SENTENCE_END,
    Row,
    as_title,
    is_organisation,
    own_outcome,
    split_party,
    split_purpose,
    without_cue,
)
from kg.extract.records import Record, append, read_cell, read_party
from kg.extract.tables import column_roles
from kg.extract.view import View
from kg.lexicon import Lexicon, fold, shape
from kg.model import Block, Value

_OPEN_END = shape("rowlists", "open_end")
_INNER_END = re.compile(r"[.!?]\s+[A-ZÅÄÖ]")


_FINANCED = shape("rowlists", "financed")


def records_of_rows(view: View, lexicon: Lexicon, run: list[Row]) -> list[Record]:
    if len(run) < 2:
        return []
    above = _words_above(view, run[0].block)
    if lexicon.pattern("lists", "no_projects").search(above) and not _FINANCED.search(above):
        return []
    if sum(row.weak for row in run) * 2 > len(run):
        run = [row for row in run if not row.weak]
    if any(not row.money and row.outcome is None for row in run):
        decided = lexicon.pattern("lists", "granted+rejected+proposed").search(above)
        if not decided or not lexicon.pattern("lists", "announces").search(above):
            run = [row for row in run if row.money or row.outcome is not None]
    if len(run) < 2:
        return []
    if lists_receivers(view, [[] if row.party else row.texts for row in run]):
        return []
    starts = frozenset(row.block.start for row in run)
    for row in run:
        row.outcome = row.outcome or led_outcome(view, lexicon, row.block, starts)
    index = _party_index(view, run)
    purposes = sum(split_purpose(view, lexicon, *row.texts[0]) is not None for row in run if row.texts)
    records = [_record(view, lexicon, row, index, purposes * 2 >= len(run)) for row in run]
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


_FOR_NAME = shape("pieces", "for")  # 'Klippans kommun för Läxhjälp'
_RECEIVER = shape("rowlists", "receiver")
_RUNNING = shape("rowlists", "running")


def lists_receivers(view: View, lines: list[list[tuple[int, int]]]) -> bool:
    """Whether lines of one name each name organisations: a list of who receives general grants, in which no project
    is named.  Two of five that look so are enough, since registers and forms know few of them."""
    alone = [texts[0] for texts in lines if len(texts) == 1 and ", " not in view.text[slice(*texts[0])]]
    aimed = sum(_FOR_NAME.search(view.text, *t) is not None for t in alone)
    if len(alone) * 4 < len(lines) * 3 or aimed * 2 > len(alone):
        return False
    known = sum(is_organisation(view, *t) or _RECEIVER.search(view.text, *t) is not None for t in alone)
    return known > 1 and known * 5 >= len(lines) * 2


def _split_like_others(view: View, lexicon: Lexicon, records: list[Record]) -> None:
    """Where lines that hold both in one run end, or begin, with the applicant, the others do so too, though no
    register knows it."""
    _split_at_strokes(view, lexicon, records)
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
        if view.text[party[0]].isupper() and name[1] - name[0] > 2 and may_name(view, lexicon, *name):
            read_party(view, record.slots, *party, lexicon)
            record.name = name


_STROKE = re.compile(r"(?<=[\w)])\s?/\s?(?=[A-ZÅÄÖ][^/]{2,60}$)")


def _split_at_strokes(view: View, lexicon: Lexicon, records: list[Record]) -> None:
    """'Hallands Matgille/Signerat Halland (2,6 miljoner kr)': where most lines hold a stroke and behind one of them
    stands an applicant that is known, each has its applicant there."""
    cuts = {id(r): _STROKE.search(view.text[slice(*r.name)]) for r in records if "beneficiary" not in r.slots}
    cut = [r for r in records if cuts.get(id(r)) is not None]
    tails = [(r.name[0] + m.end(), r.name[1]) for r in cut if (m := cuts[id(r)]) is not None]
    if len(cut) * 3 < len(records) * 2 or not any(is_organisation(view, *t) for t in tails):
        return
    for record, tail in zip(cut, tails, strict=True):
        name = (record.name[0], tail[0] - len(cuts[id(record)].group()))  # type: ignore[union-attr]
        if may_name(view, lexicon, *name, owned=True):
            read_party(view, record.slots, *tail, lexicon)
            record.name = name


def _refused(view: View, lexicon: Lexicon, block: Block) -> bool:
    """Whether the line right above the list says that its applications were refused."""
    index = view.block_index(block.start)
    above = view.document.block_text(view.blocks[index - 1]) if index else ""
    refused = lexicon.pattern("lists", "rejected")
    told = list(refused.finditer(above))
    rest = above if not told else above[: told[0].start()] + " " + above[told[-1].end() :]
    return bool(told) and "bevilj" not in fold(rest)


def _words_above(view: View, block: Block) -> str:
    """The words that lead the list: the nearest heading and the paragraph between it and the list."""
    index = view.block_index(block.start)
    words = []
    for above in reversed(view.blocks[max(0, index - 4) : index]):
        if above.kind in ("heading", "paragraph"):
            words.append(view.document.block_text(above)[-300:])
        lead = above.kind == "heading" and len(words) == 1 and words[0].rstrip().endswith(":")  # 'Projekten är:'
        if above.kind == "heading" and not lead or len(words) > 1:
            break
    return " ".join(reversed(words))


def _party_index(view: View, run: list[Row]) -> int | None:
    """The place in the line at which most lines have an organisation."""
    votes: dict[int, int] = {}
    for row in run:
        for i, (low, high) in enumerate(row.texts):
            if len(row.texts) > 1 and is_organisation(view, low, high):
                votes[i] = votes.get(i, 0) + 1
    if votes:
        return max(votes, key=lambda i: (votes[i], -i))
    brackets = [min(row.bracketed) for row in run if row.bracketed and not _is_short_name(view, row)]
    return brackets[0] if len(brackets) * 2 > len(run) and brackets[0] > 0 else None


def _is_short_name(view: View, row: Row) -> bool:
    place = min(row.bracketed)
    if place >= len(row.texts):  # the words in the bracket were cut off behind the sum
        return True
    low, high = row.texts[place]
    return " " not in view.text[low:high]


def _record(view: View, lexicon: Lexicon, row: Row, index: int | None, purposes: bool = False) -> Record | None:
    texts = list(row.texts)
    party = next((i for i, roles in row.roles.items() if "beneficiary" in roles), None)
    if party is None and len(texts) > 1:
        organisations = [i for i, t in enumerate(texts) if is_organisation(view, *t)]
        party = index if index in organisations else organisations[0] if organisations else index
        if party is not None and party >= len(texts):
            party = None
    named = next((i for i, roles in row.roles.items() if "project" in roles), None)
    if named is not None and party is None and len(texts) == 2 and not row.roles.get(1 - named):
        party = 1 - named
    rest = [i for i in range(len(texts)) if i != party and (i == named or not row.roles.get(i))]
    if party in row.bracketed and (beside := [i for i in rest if i in row.bracketed and not row.roles.get(i)]):
        low, high = (pick(texts[i][k] for i in (party, *beside)) for k, pick in ((0, min), (1, max)))
        if ")" not in view.text[low:high]:  # '(Coompanion - Bygdens Utvecklingscentrum)' is one applicant
            texts[party] = (low, high)
            rest = [i for i in rest if i not in beside]
    places = [i for i in rest if len(rest) > 1 and _is_place(view, *texts[i])]
    rest = [i for i in rest if i not in places]
    if not rest:
        return None
    span, owner = (texts[named], None) if named is not None else (_joined(view, texts, rest), None)
    title = None
    told = split_purpose(view, lexicon, *texts[0], unknown=purposes) if named is None and row.party is None else None
    if told is not None:
        span, owner = told
        words = view.line(*span)
        title = as_title(words)
        party = 0
    elif party is None and named is None and row.party is None:
        span, owner = split_party(view, *span)
        span = without_cue(view, lexicon, *span)
        title = _as_title(view, *span) if owner is not None else None
    elif party is not None:
        owner = texts[party]
    if not may_name(view, lexicon, *span, titled=title is not None, owned=owner is not None):
        return None
    record = Record(span, row.block.start, row.block.end, "act.record", outcome=row.outcome, title=title)
    record.caption = heading_above(view, row.block)
    if row.party is not None:
        owner = owner or row.party
    if row.until:
        record.end = max(record.end, row.until)
    if owner is not None:
        read_party(view, record.slots, *owner, lexicon)
        if party is not None and "partner" in row.roles.get(party, ()):  # the first of 'partners: A, B' is who leads
            for other in view.spans_in(*owner, "organisation")[1:]:
                append(record.lists, "partner", found_span("organisation", other, "partner.label", start=owner[0]))
    for i in places:
        for place in view.spans_in(*texts[i], "county", "municipality"):
            append(record.lists, place.kind, found_span(place.kind, place, "place.label"))
    for i, roles in row.roles.items():
        if i not in (party, named):
            read_cell(view, lexicon, None, record, roles, *texts[i])
    _put_values(view, lexicon, row, record)
    read_note(view, lexicon, record, row.end, row.block.end)
    return record


def _as_title(view: View, low: int, high: int) -> str | None:
    """A purpose beside who gets money for it, as a name: 'Ängby hembygdsförening, nytt tak'; None for a name."""
    words = view.line(low, high)
    return as_title(words) if not _RUNNING.search(words) else None


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


def _is_place(view: View, low: int, high: int) -> bool:
    spans = view.spans_in(low, high, "county", "municipality")
    return bool(spans) and sum(s.end - s.start for s in spans) * 10 >= (high - low) * 7


def may_name(view: View, lexicon: Lexicon, low: int, high: int, titled: bool = False, owned: bool = False) -> bool:
    """Whether the words may be a name; ``titled``: their place says so, though they begin with a small letter;
    ``owned``: an applicant stands beside them, so that they may have the form of an organisation's name."""
    words = view.text[low:high].strip(EDGE)
    if not 3 <= len(words) <= 130 or column_roles(lexicon, words):
        return False
    if not titled and not (words[0].isupper() or words[0].isdigit()):
        return False
    known = any(s.value.register_id for s in view.spans_in(low, high, "organisation"))
    if is_organisation(view, low, high) and " - " not in words and (known or not owned):
        return False
    fund = view.starting(low, "fund")
    if fund is not None and (fund.end - low) * 2 > high - low:
        return False  # 'Europeiska socialfonden (ESF), 984 miljoner kronor': a fund's means
    if _OPEN_END.search(words):
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
            read_cell(view, lexicon, None, record, ("period",), span.start, span.end)
        elif span.value.day and span.value.year:
            record.slots.setdefault("date", found_span("date", span, "date.label"))


_SOUGHT = shape("rowlists", "sought")


def read_note(view: View, lexicon: Lexicon, record: Record, low: int, high: int) -> None:
    """The sentences behind a line: its outcome, sums by their cues, share, period by label."""
    for unit_low, unit_high in _sentences(view, low, high):
        words = view.text[unit_low:unit_high].strip(EDGE)
        if not words:
            continue
        if record.outcome is None and (word := own_outcome(lexicon, words)) is not None:
            record.outcome = word
        label = re.match(r"\s*([^:\t]{2,40}):\s+", view.text[unit_low:unit_high])
        if label and (roles := column_roles(lexicon, label.group(1))):
            read_cell(view, lexicon, None, record, roles, unit_low + label.end(), unit_high)
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
                and _SOUGHT.search(view.text[unit_low : span.start])
            ):
                prop, rule = "applied_amount_sek", "applied.phrase"
            elif role == "total":
                prop, rule = "total_budget_sek", "total.phrase"
            else:
                continue
            record.slots.setdefault(prop, Found(Value("integer", str(amount)), start, end, rule, span.start, span.end))


def _sentences(view: View, low: int, high: int) -> list[tuple[int, int]]:
    found, position = [], low
    for m in SENTENCE_END.finditer(view.text, low, high):
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
