"""A record for each row of a table of projects."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.extract.columns import Roles, body_rows, table_columns
from kg.extract.frame import Found, found_span
from kg.extract.leads import led_by
from kg.extract.matterphrases import phrase_outcome, read_matter_phrase
from kg.extract.money import kronor
from kg.extract.outcomes import outcome_word
from kg.extract.pieces import SENTENCE_END, as_title, split_purpose, trim
from kg.extract.records import Record, read_cell, read_party, read_period
from kg.extract.rowlists import read_note
from kg.extract.tables import Grid, cell_text, is_scattered
from kg.extract.view import View
from kg.lexicon import Lexicon, fold, shape
from kg.model import Cell, Value

_SOUGHT = shape("rows", "sought")
_PART = re.compile(r",\s+|\s[–-]\s+")
_QUOTED = re.compile(r"(?:[A-ZÅÄÖa-zåäö]+\s+){0,3}[”\"“»]([^”\"“«»]{3,120})[”\"“«]")


def table_records(view: View, lexicon: Lexicon, grid: Grid, authority: str | None = None) -> list[Record]:
    """A record for each row of a table that has a column of projects; ``authority``: whose paper it is."""
    if is_scattered(view, lexicon, grid.block):
        return []
    columns = table_columns(view, lexicon, grid, authority)
    name_column = next((c for c, roles in sorted(columns.items()) if "project" in roles), None)
    if name_column is None:
        return []
    joint = "beneficiary" in columns[name_column]
    leads = columns[name_column][:1] == ("beneficiary",) or grid.head < 0 and len(columns) == 2
    records: list[Record] = []
    phrased: list[Record] = []
    caption = grid.caption
    led = _led(view, lexicon, grid)
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
        if records and _is_rest(view, columns, name, filled):
            records[-1].end = row[-1].end
            continue
        if records and not joint and _is_broken(view, records[-1], columns, row, name):
            _rejoin(view, lexicon, grid, records[-1], columns, filled, name)
            continue
        low, high = (name.start, name.end) if grid.turned else (row[0].start, row[-1].end)
        record = Record((name.start, name.end), low, high, "act.table", caption=caption)
        told = read_matter_phrase(view, lexicon, name.start, name.end)
        if told is not None:
            record.name, record.outcome = told.name, told.outcome
            record.slots.update(told.slots)
            record.lists.update(told.lists)
        elif joint:
            _divide(view, lexicon, record, name, leads)
        elif not any("beneficiary" in roles for roles in columns.values()):
            _read_matter(view, lexicon, record, name)
        if _decides_other(view, lexicon, columns, filled):
            continue
        for cell in filled:
            if cell is not name:
                read_cell(view, lexicon, grid, record, columns.get(cell.column, ()), cell.start, cell.end, cell)
        if record.outcome is None and "amount_sek" not in record.slots:
            _cut_change(view, record)
        if record.outcome is None and "amount_sek" not in record.slots:
            record.outcome = _commented(view, lexicon, columns, filled, name) or led
        paid = [c for c, roles in sorted(columns.items()) if {"granted", "proposed"} & set(roles)]
        if paid:
            cell = next((c for c in row if c.column == paid[0]), row[-1])
            label = Value("text", "granted")
            record.slots.setdefault(
                "amount_label", Found(label, cell.start, cell.end, "amount.cell", cell.start, cell.end)
            )
        if told is not None:
            phrased.append(record)
        records.append(record)
    if len(phrased) > 1:  # a list of decisions of many kinds: rows that tell of no grant, refusal or change are none
        records = [r for r in records if r in phrased or r.outcome is not None or "amount_sek" in r.slots]
    return records


def _led(view: View, lexicon: Lexicon, grid: Grid) -> str | None:
    """What the sentence right above a table says of all its rows: 'Följande ansökningar avslås.'"""
    index = view.block_index(grid.block.start)
    above = view.blocks[index - 1] if index else None
    if above is None or above.kind != "paragraph" or view.spans_in(above.start, above.end, "money"):
        return None
    first = re.split(r"[.:]\s", view.document.block_text(above))[0]
    return led_by(lexicon, fold(first)) if lexicon.pattern("lists", "announces").search(first) else None


def _cut_change(view: View, record: Record) -> None:
    """A name with the change behind it, where no sum is told: 'Kretsloppet, förlängd projekttid till 2023-06-30'."""
    low, high = record.name
    for m in _PART.finditer(view.text, low + 3, high):
        if phrase_outcome(view.text[m.end() : high]) == "other":
            record.name, record.outcome = (low, m.start()), "other"
            read_period(view, record.slots, m.end(), high, ("end",))
            return


def _commented(view: View, lexicon: Lexicon, columns: Roles, cells: list[Cell], name: Cell) -> str | None:
    """What a column of comments begins with: 'Avslag, ordinarie verksamhet'."""
    for cell in cells:
        if cell is name or columns.get(cell.column):
            continue
        word = outcome_word(lexicon, re.split(r"[,;:.–(]", cell_text(view, cell))[0])
        if word in ("reject", "other"):
            return word
    return None


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


def _is_rest(view: View, columns: Roles, name: Cell, cells: list[Cell]) -> bool:
    """Whether a row only goes on with the words of the one above: a name in lower case, and no sum or number."""
    if not view.text[name.start].islower():
        return False
    held = {r for c in cells for r in columns.get(c.column, ())}
    return not held & {"granted", "proposed", "applied", "total", "diary_number", "case_id", "outcome"}


def _is_broken(view: View, record: Record, columns: Roles, row: tuple[Cell, ...], name: Cell) -> bool:
    """Whether a row holds the second half of the one above: its first cell is empty, its name goes on in small
    letters or after a hyphen, and the row above had no sum yet."""
    first = next((c for c in row if c.column == 0), None)
    if (first is not None and cell_text(view, first)) or "amount_sek" in record.slots or record.outcome is not None:
        return False
    return name.column != 0 and (view.text[name.start].islower() or view.text[record.name[1] - 1] == "-")


def _rejoin(
    view: View, lexicon: Lexicon, grid: Grid, record: Record, columns: Roles, cells: list[Cell], name: Cell
) -> None:
    """Put both halves of a row together."""
    head, tail = record.title or view.line(*record.name), cell_text(view, name)
    record.title = head[:-1] + tail if head.endswith("-") and tail[0].islower() else f"{head} {tail}"
    record.end = cells[-1].end
    for cell in cells:
        roles = columns.get(cell.column, ())
        party = record.slots.get("beneficiary")
        if "beneficiary" in roles and party is not None:
            words = f"{party.value.lexical} {cell_text(view, cell)}"
            record.slots["beneficiary"] = replace(party, value=Value("organisation", words))
        elif cell is not name:
            read_cell(view, lexicon, grid, record, roles, cell.start, cell.end, cell)


def _decides_other(view: View, lexicon: Lexicon, columns: Roles, cells: list[Cell]) -> bool:
    """Whether the column of outcomes says something that is no outcome of an application: 'Yttrande', 'Avtal'."""
    for cell in cells:
        text = cell_text(view, cell)
        if "outcome" not in columns.get(cell.column, ()) or outcome_word(lexicon, text) is not None:
            continue
        plain = (
            len(text.split()) <= 2
            and text.isalpha()
            and not view.spans_in(cell.start, cell.end, "board", "organisation")
        )
        return plain and not any(fold(text).startswith(w) for w in lexicon.words("labels", "state_words"))
    return False


def _read_matter(view: View, lexicon: Lexicon, record: Record, cell: Cell) -> None:
    """A cell with a quoted name, the applicant and a note behind it: 'Projekt ”X”, Y kommun. Ur anslag 1:1'."""
    quoted = _QUOTED.match(view.text, cell.start, cell.end)
    if quoted is None:
        return
    record.name = quoted.span(1)
    rest = SENTENCE_END.search(view.text, quoted.end(), cell.end)
    stop = rest.start() if rest else cell.end
    low, high = trim(view.text, quoted.end(), stop)
    head = view.text[low:high].split(", ")[0]
    party = view.spans_in(low, high, "organisation")[:1]
    if party and party[0].start == low:
        read_party(view, record.slots, party[0].start, party[0].end, lexicon)
    elif len(head) > 2 and head[0].isupper() and len(head.split()) <= 6 and not any(c.isdigit() for c in head):
        read_party(view, record.slots, low, low + len(head), lexicon)
    read_note(view, lexicon, record, quoted.end(), cell.end)
    if (sought := _SOUGHT.search(view.text, quoted.end(), cell.end)) is not None:
        number = view.starting(sought.end(), "number")
        if number is not None and (amount := kronor(number.value)) is not None and amount >= 1000:
            found = Found(
                Value("integer", str(amount)), sought.start(), number.end, "applied.phrase", number.start, number.end
            )
            record.slots.setdefault("applied_amount_sek", found)
    for span in view.spans_in(quoted.end(), cell.end, "fund"):
        record.slots.setdefault("funding_source", found_span("fund", span, "fund.sentence"))
    read_period(view, record.slots, quoted.end(), cell.end, ("end",))


def _divide(view: View, lexicon: Lexicon, record: Record, cell: Cell, leads: bool = False) -> None:
    """A cell that holds both project and applicant: the applicant is the organisation that ends it, or (``leads``)
    what stands before its first comma."""
    low, high = cell.start, cell.end
    for m in re.finditer(r"\b[A-ZÅÄÖ]{5,}\b", view.text[low:high]):
        word = outcome_word(lexicon, m.group())
        if word is not None and m.start() > 0:
            record.outcome, high = word, low + m.start()
            break
    told = split_purpose(view, lexicon, low, high, unknown=True) if leads else None
    if told is not None:
        (record.name, party) = told
        read_party(view, record.slots, *party, lexicon)
        words = view.line(*record.name)
        record.title = as_title(words)
        return
    signs = [at for sign in (", ", ": ") if leads and (at := view.text.find(sign, low, high)) > 0]
    comma = min(signs, default=-1)
    if comma > low and len(view.text[low:comma].split()) <= 6:
        read_party(view, record.slots, low, comma, lexicon)
        record.name = (comma + 2, high)
        return
    for span in view.spans_in(low, high, "organisation"):
        rest = view.text[span.end : high].strip(" )\n")
        if span.start > low and not rest:
            read_party(view, record.slots, span.start, span.end, lexicon)
            high = span.start
            break
    while high > low and view.text[high - 1] in " \n(,;–-/":
        high -= 1
    record.name = (low, high)
