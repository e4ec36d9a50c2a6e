"""Acts from lists of projects: the outcome of each entry, and what the list says once for all of them."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from kg.extract.acts import Act, Trigger, find_triggers
from kg.extract.frame import Found, Frame, found_span
from kg.extract.groups import fill_place_groups
from kg.extract.money import kronor
from kg.extract.names import scan_name
from kg.extract.parties import fill_parties, municipality_of
from kg.extract.periods import fill_period
from kg.extract.projects import Project, ProjectBook
from kg.extract.records import Record, outcome_word
from kg.extract.sections import Matter, Section, section_at
from kg.extract.slots import is_conditioned, resolve_body
from kg.extract.tables import Grid, cell_amount, cell_text, column_roles, is_sum_row
from kg.extract.topics import matter_at
from kg.extract.view import Unit, View
from kg.extract.years import complete_date
from kg.lexicon import Lexicon, fold, shape
from kg.model import TypedSpan, Value

_ALL = shape("listing", "all")
_ALL_USED = shape("listing", "all_used")
_THE_OTHERS = shape("listing", "the_others")
_PROGRAMME = shape("listing", "programme")
_AND = shape("listing", "and_")
_OF_PROGRAMME = shape("listing", "of_programme")
_CAPTION_REACH = 14
_TAKEN = shape("listing", "taken")
_TAKEN_ALREADY = shape("listing", "taken_already")
_DECIDED_ON = shape("listing", "decided_on")
SUM_SOUGHT = shape("filling", "sum_sought")
_WOULD = shape("listing", "would")


def record_acts(
    view: View,
    lexicon: Lexicon,
    records: list[tuple[Record, Project]],
    sections: list[Section],
    matters: list[Matter],
    form: str,
) -> list[Act]:
    """An act for each entry whose outcome is known; none where the paper says that nothing is decided yet."""
    found = []
    open_ended = any(r.outcome is None or "amount_sek" not in r.slots for r, _ in records)
    triggers = find_triggers(view, lexicon, sections) if open_ended else []
    undecided = form == "decision" and not any("decision" in s.kinds for s in sections)
    for record, project in records:
        if record.outcome is None and record.slots.get("amount_sek") is None:
            record.outcome = _told_outcome(view, triggers, record, project)
        if record.outcome is None and _is_struck_out(records, record):
            if "applied_amount_sek" not in record.slots:
                continue  # no sum, and not said to be refused
            record.outcome = "reject"
        section = section_at(sections, record.start)
        proposed = form == "proposal" or (record.proposed and (form not in ("minutes", "decision") or undecided))
        proposed = proposed or _is_led_by_proposal(view, records, record)
        stage = "proposed" if "proposal" in section.kinds or proposed else "decided"
        if stage == "proposed" and _TAKEN_ALREADY.search(view.text, 0, record.start):
            stage = "decided"
        outcome, stage = _outcome(view, lexicon, record, records[0][0].start, stage)
        if outcome is None:
            continue
        unit = Unit(record.start, record.end, view.block_index(record.start))
        act = Act(
            project, outcome, stage, record.start, record.end, unit, matter_at(matters, record.start), record.rule
        )
        act.slots.update(record.slots)
        act.lists.update({k: list(v) for k, v in record.lists.items()})
        if outcome == "reject":
            amount = act.slots.pop("amount_sek", None)
            if amount is not None and amount.value.lexical != "0":
                act.slots.setdefault("applied_amount_sek", amount)
        elif outcome == "other" and "amount_sek" in act.slots and act.slots["amount_sek"].value.lexical == "0":
            del act.slots["amount_sek"]
        if outcome == "grant":
            _told_amount(view, triggers, act)
            _fund_above(view, lexicon, act, records)
        found.append(act)
    return found


def lend_entries(records: list[tuple[Record, Project]], acts: list[Act]) -> None:
    """Give the decision that sentences below a list take on one of its projects what the entry says of the application:
    who seeks it, how much, at what cost."""
    told = {a.start for a in acts if a.rule.startswith("act.record")}
    for record, project in records:
        if record.rule != "act.record" or record.start in told:
            continue
        for act in [a for a in acts if a.project is project and a.main and a.inherit and a.rule == "act.sentence"][:1]:
            for prop, found in record.slots.items():
                if prop != "amount_sek":
                    act.put(prop, found)
            for prop, rows in record.lists.items():
                for row in rows:
                    act.append(prop, row)


def _told_amount(view: View, triggers: list[Trigger], act: Act) -> None:
    """The sum that a sentence within the entry grants: 'Projektet beviljas med högst 685 427 kronor.'"""
    if "amount_sek" in act.slots:
        return
    for trigger in triggers:
        if trigger.outcome != "grant" or not act.start <= trigger.start < act.end:
            continue
        sums = view.spans_in(trigger.end, min(trigger.unit.end, act.end), "money")
        amount = kronor(sums[0].value) if sums else None
        if len(sums) == 1 and amount is not None:
            value = Value("integer", str(amount))
            span = sums[0]
            act.slots["amount_sek"] = Found(value, trigger.start, span.end, "amount.sentence", span.start, span.end)
            return
        applied = act.slots.get("applied_amount_sek")
        if not sums and applied is not None and SUM_SOUGHT.search(view.text, trigger.unit.start, trigger.unit.end):
            act.slots["amount_sek"] = replace(applied, rule="amount.sentence")
            return


_DASHES = frozenset({"-", "–", "—", "0", "0 kr"})


def _is_struck_out(records: list[tuple[Record, Project]], record: Record) -> bool:
    """Whether a row has a dash where others of its table have what was granted."""
    label = record.slots.get("amount_label")
    if record.rule != "act.table" or label is None or "amount_sek" in record.slots:
        return False
    if label.value.lexical.strip() not in _DASHES:
        return False
    return any("amount_sek" in r.slots for r, _ in records if r.rule == "act.table")


_PROPOSES = shape("listing", "proposes")
_PROPOSED_REACH = 200


_DECIDES = shape("listing", "decides")


def _is_led_by_proposal(view: View, records: list[tuple[Record, Project]], record: Record) -> bool:
    """Whether the words right above the list that holds the entry propose it: 'Gruppen föreslår nämnden följande:'."""
    low = view.block_index(record.start)
    starts = {view.block_index(r.start) for r, _ in records}
    while low > 0 and (low - 1 in starts or view.blocks[low - 1].kind == view.blocks[low].kind == "list_item"):
        low -= 1
    above = view.blocks[low - 1] if low else None
    if above is None or above.kind not in ("paragraph", "heading"):
        return False
    words = view.text[max(above.start, above.end - _PROPOSED_REACH) : above.end]
    last = re.split(r"[.;]\s+(?=[A-ZÅÄÖ])", words.rstrip(" ."))[-1]
    return _PROPOSES.search(last) is not None and _DECIDES.search(last) is None


def _told_outcome(view: View, triggers: list[Trigger], record: Record, project: Project) -> str | None:
    """A refusal or change that a sentence within an entry without a sum, or one that names it, tells; the grant that
    a sentence behind a label tells, or one below a labelled name with its sum."""
    names = [fold(n) for n in project.names if len(n) > 3]
    for trigger in triggers:
        words = fold(view.text[trigger.unit.start : trigger.unit.end])
        inside = record.start <= trigger.start < record.end
        if trigger.outcome in ("reject", "other") and (inside or any(n in words for n in names)):
            return trigger.outcome
        labelled = view.blocks[trigger.unit.block].kind == "field" and record.rule == "act.record"
        told = trigger.governed or trigger.tense == "present" and trigger.voice in ("active", "passive")
        if inside and labelled and told:
            return trigger.outcome  # 'Beslut: LAG beviljar sökt belopp.'
    if view.block_at(record.name[0]).kind != "field":
        return None
    granted = [t for t in triggers if t.outcome == "grant" and record.start <= t.start < record.end]
    return "grant" if any(view.spans_in(t.end, t.unit.end, "money") for t in granted) else None


def _outcome(view: View, lexicon: Lexicon, record: Record, first: int, stage: str) -> tuple[str | None, str]:
    """What became of an entry: its own word, its caption, then the words before the list."""
    amount = record.slots.get("amount_sek")
    if record.outcome is not None:
        return record.outcome, stage
    if amount is not None and amount.value.lexical == "0":
        return "reject", stage
    caption = fold(record.caption)
    if caption and lexicon.pattern("lists", "not_yet").search(caption):
        return None, stage
    for key, outcome in (("rejected", "reject"), ("proposed", "grant"), ("granted", "grant")):
        if caption and lexicon.pattern("lists", key).search(caption):
            return outcome, "proposed" if key == "proposed" else stage
    if caption and outcome_word(lexicon, caption) == "other":
        return "other", stage
    before = max(first, 1)
    told = lexicon.pattern("lists", "granted").search(view.text, 0, before)
    if lexicon.pattern("lists", "undecided+not_yet").search(view.text, 0, before if told else len(view.text)):
        return None, stage
    if stage == "proposed" or told:
        return "grant", stage
    return ("grant", stage) if amount is not None and amount.rule in ("amount.cell", "amount.label") else (None, stage)


def _fund_above(view: View, lexicon: Lexicon, act: Act, records: list[tuple[Record, Project]]) -> None:
    """The fund that the nearest heading names, else the sentence before the list that decides on all of it."""
    for low, high in caption_blocks(view, act.start)[:3]:
        for span in view.spans_in(low, high, "fund")[:1]:
            act.put("funding_source", found_span("fund", span, "fund.matter"))
    index = view.block_index(act.start)
    for above in reversed(view.blocks[max(0, index - 2) : index]):
        # 'Europeiska regionala utvecklingsfonden, belopp i tkr' on a line of its own above the table
        named = view.starting(above.start, "fund")
        if act.rule == "act.table" and named is not None and above.end - named.end < 40:
            act.put("funding_source", found_span("fund", named, "fund.matter"))
    labels = lexicon.labels("labels")
    for block in view.blocks[: view.block_index(min(r.start for r, _ in records))]:
        if block.kind == "field" and "funding_source" in labels.match(
            view.text[block.cells[0].start : block.cells[0].end]
        ):
            for span in view.spans_in(block.cells[1].start, block.cells[1].end, "fund"):
                act.put("funding_source", found_span("fund", span, "fund.paper", start=block.start))
    low = max((m.start for m in [act.matter] if m is not None), default=0)
    first = min((r.start for r, _ in records if r.start >= low), default=act.start)
    names = [fold(p.name) for _, p in records]
    for unit in view.units_in(low, first) or view.units_in(0, first):
        if not view.spans_in(unit.start, unit.end, "fund"):
            continue
        words = fold(view.text[unit.start : unit.end])
        told = lexicon.pattern("lists", "granted+all_money").search(words)
        if told is None or view.blocks[unit.block].kind == "table" or any(n in words for n in names):
            continue
        drawn = view.spans_in(unit.start, unit.end, "fund")
        joined = (_AND.fullmatch(view.text, a.end, b.start) for a, b in pairwise(drawn))
        if len({s.value.canonical for s in drawn}) > 1 and any(joined):
            continue  # 'medel från Regionalfonden och Socialfonden': which project has which is not said
        for span in drawn:
            tail = view.text[span.end : unit.end]
            if not lexicon.pattern("lists", "elsewhere").search(tail) and not _WOULD.search(
                view.text[unit.start : span.start]
            ):
                act.put("funding_source", found_span("fund", span, "fund.paper"))
                break


def caption_blocks(view: View, offset: int) -> list[tuple[int, int]]:
    """The headings above an entry, nearest first, up to the head of the paper."""
    index = view.block_index(offset)
    return [
        (b.start, b.end) for b in reversed(view.blocks[max(0, index - _CAPTION_REACH) : index]) if b.kind == "heading"
    ]


def fill_listed(
    view: View, lexicon: Lexicon, book: ProjectBook, acts: list[Act], frame: Frame, owners: list[Project]
) -> None:
    """Give every entry what its row's words, its caption and the words before the list say."""
    listed = [a for a in acts if a.rule in ("act.table", "act.record")]
    titled = [a for a in acts if a.main and a.inherit and a.matter is not None and a.matter.style == "title"]
    if len({a.project.id for a in titled}) > 1:
        _from_announcement(view, lexicon, titled, frame)
    fill_place_groups(view, [*listed, *(a for a in titled if a not in listed)])
    if not listed:
        return
    _from_announcement(view, lexicon, listed, frame, fund_only=True)
    first = min(a.start for a in listed)
    deciding = view.units_with(lexicon.pattern("lists", "granted"), lexicon.pattern("lists", "meets"))
    telling = {u.start for u in (*deciding, *view.units_of("fund"))}
    lead = [
        u
        for u in view.units_in(0, first)
        if u.start in telling
        and not book.mentions_in(u.start, u.end)
        and view.blocks[u.block].kind in ("paragraph", "heading", "list_item")
    ]
    grouped = _groups(view)
    for act in listed:
        _date_above(view, lexicon, act)
        _place_above(view, act, grouped)
        _from_row(view, lexicon, act, frame)
        for unit in lead:
            _from_lead(view, lexicon, act, unit, frame)
        if act.inherit:
            act.put("date", frame.date)
    for unit in view.units_with(_TAKEN, _ALL_USED, _ALL, _THE_OTHERS):
        if _TAKEN.match(view.text, unit.start, unit.end):
            for span in view.spans_in(unit.start, unit.end, "board"):
                for act in listed:
                    act.put("deciding_body", resolve_body(view, span, frame))
        if any(a.start <= unit.start < a.end for a in listed):
            continue
        if _ALL_USED.search(view.text, unit.start, unit.end) and not book.mentions_in(unit.start, unit.end):
            for act in listed:
                if act.outcome == "grant":
                    fill_period(view, lexicon, act, unit.start, unit.end)
        others = _THE_OTHERS.search(view.text, unit.start, unit.end)
        if others is not None:  # 'Kvarnen pågår 2023, övriga beviljade projekt 2024'
            named = {m.project.id for m in book.mentions_in(unit.start, others.start())}
            for act in listed if named else ():
                if act.outcome != "reject" and act.project.id not in named:
                    fill_period(view, lexicon, act, others.start(), unit.end, loose=True)
        elif _ALL.search(view.text, unit.start, unit.end):
            for act in listed:
                _places_for_all(view, lexicon, act, unit, frame)
                if act.outcome != "reject":
                    fill_period(view, lexicon, act, unit.start, unit.end)


def _from_announcement(view: View, lexicon: Lexicon, acts: list[Act], frame: Frame, *, fund_only: bool = False) -> None:
    """What a sentence apart from the projects says of all of them: their programme, their time, their places."""
    first = min(a.start for a in acts)
    for unit in view.units_with(lexicon.pattern("lists", "granted")):
        if unit.start >= first:
            break
        if view.blocks[unit.block].kind in ("table", "furniture") or view.spans_in(unit.start, unit.end, "fund"):
            continue
        told = lexicon.pattern("lists", "granted").search(view.text, unit.start, unit.end)
        m = _PROGRAMME.search(view.text, unit.start, unit.end) if told else None
        span = scan_name(view, lexicon, m.end(), unit.end) if m else None
        if span is None:
            continue
        words = view.line(*span)
        found = Found(Value("fund", words), m.start() if m else span[0], span[1], "fund.phrase", *span)
        for act in acts:
            if act.outcome == "grant":
                act.put("funding_source", found)
    if fund_only:
        return
    for unit in view.units_with(_ALL):
        inside = any(a.matter is not None and a.matter.start <= unit.start < a.matter.end for a in acts)
        if not inside and _ALL.search(view.text, unit.start, unit.end):
            for act in acts:
                _places_for_all(view, lexicon, act, unit, frame)
                if act.outcome != "reject":
                    fill_period(view, lexicon, act, unit.start, unit.end)


def _date_above(view: View, lexicon: Lexicon, act: Act) -> None:
    """The day of the meeting in a heading above the entry: 'Mötet den 22 september'."""
    for low, high in caption_blocks(view, act.start):
        for span in view.spans_in(low, high, "date"):
            if lexicon.pattern("roles", "date", "published+other").search(view.text[low : span.start]):
                return
            act.put("date", _with_year(view, span))
            return


def _groups(view: View) -> list[tuple[int, Found]]:
    """The places that are all of a line or of a row and so head what stands below: 'Kalmar län', 'Bergs kommun'; of
    counties or of municipalities, as they are more."""
    found: dict[str, list[tuple[int, Found]]] = {"county": [], "municipality": []}
    for kind in found:
        found[kind] = [
            (s.end, found_span(kind, s, "place.label")) for s in view.kind(kind) if _is_alone(view, s.start, s.end)
        ]
    for index in view.blocks_of("organisation"):
        for cell in view.blocks[index].cells:
            span = view.starting(cell.start, "organisation")
            if span is None or span.end != cell.end or not _is_alone(view, cell.start, cell.end):
                continue
            if (short := municipality_of(span.value.canonical)) is not None:
                value = Value("municipality", short, span.value.register_id)
                told = Found(value, cell.start, cell.end, "place.label", cell.start, cell.end)
                found["municipality"].append((cell.end, told))
    places = found[max(found, key=lambda kind: len(found[kind]))]
    return sorted(places, key=lambda group: group[0])


def _is_alone(view: View, low: int, high: int) -> bool:
    """Whether a stretch is all of a line or of a row."""
    return view.text[max(0, low - 1) : low] in ("", "\n") and view.text[high : high + 1] == "\n"


def _place_above(view: View, act: Act, grouped: list[tuple[int, Found]]) -> None:
    """The place under which a list groups the entry, on a line of its own, as others below it."""
    above = [found for end, found in grouped if end <= act.start]
    if len({found.value.lexical for _, found in grouped}) > 1 and above and not act.lists.get(above[-1].value.kind):
        act.append(above[-1].value.kind, above[-1])


def _from_row(view: View, lexicon: Lexicon, act: Act, frame: Frame) -> None:
    """The words of a row's cells, such as a description, speak of its project."""
    cells = [c for b in view.blocks[view.block_index(act.start) : view.block_index(act.end - 1) + 1] for c in b.cells]
    spans = [(c.start, c.end) for c in cells if act.start <= c.start and c.end <= act.end] or [(act.start, act.end)]
    for low, high in spans:
        for unit in view.units_in(low, high) or (Unit(low, high, act.unit.block),):
            cut = Unit(unit.start, min(unit.end, high), unit.block)
            if len(view.text[cut.start : cut.end].split()) > 3:
                fill_parties(view, lexicon, act, [cut], frame)
                fill_period(view, lexicon, act, cut.start, cut.end)


def _from_lead(view: View, lexicon: Lexicon, act: Act, unit: Unit, frame: Frame) -> None:
    """A sentence before the list that decides on all of it: its fund, period, body and day."""
    words = view.text[unit.start : unit.end]
    deciding, meets = (
        view.may_hold(unit, pattern) and pattern.search(words) is not None
        for pattern in (lexicon.pattern("lists", "granted"), lexicon.pattern("lists", "meets"))
    )
    for span in view.spans_in(unit.start, unit.end, "fund") if act.outcome == "grant" else ():
        if view.blocks[unit.block].kind == "heading" and not is_conditioned(view, unit, span.start):
            act.put("funding_source", found_span("fund", span, "fund.paper"))
    if not deciding and not meets:
        return
    if frame.authority is None and deciding:
        _authority_of_lead(view, lexicon, act, unit)
    ranged = "date" in act.slots and lexicon.pattern("lists", "programme_period").search(words)
    ranged = ranged or _OF_PROGRAMME.search(words)
    if act.outcome != "reject" and not ranged:
        fill_period(view, lexicon, act, unit.start, unit.end)
    for span in view.spans_in(unit.start, unit.end, "board"):
        act.put("deciding_body", resolve_body(view, span, frame))
        break
    dates = [s for s in view.spans_in(unit.start, unit.end, "date") if s.value.day]
    verbs = [m.end() for m in lexicon.pattern("lists", "granted").finditer(view.text, unit.start, unit.end)]
    decided = [
        s
        for s in dates
        if _DECIDED_ON.search(view.text[unit.start : s.start]) or any(0 <= s.start - end < 14 for end in verbs)
    ]
    for span in decided:
        act.put("date", _with_year(view, span))
    for span in dates:
        if span.value.year:
            lead = view.text[unit.start : span.start]
            if lexicon.pattern("roles", "date", "meeting").search(lead) and not lexicon.pattern(
                "roles", "date", "other"
            ).search(lead[-25:]):
                act.put("date", found_span("date", span, "date.sentence"))
            break


def _with_year(view: View, span: TypedSpan) -> Found | None:
    """The date; one without a year ("torsdagen den 13 juni") has that of the dates around it."""
    date = complete_date(view, span)
    if date is None:
        return None
    return Found(Value("date", date.iso or ""), span.start, span.end, "date.sentence", span.start, span.end)


_HAS, _GETS = shape("listing", "has"), shape("listing", "gets")


def _authority_of_lead(view: View, lexicon: Lexicon, act: Act, unit: Unit) -> None:
    """Who grants, where the sentence says it right before its verb: 'de projekt som Stiftelsen X beviljade medel'."""
    for m in lexicon.pattern("lists", "granted").finditer(view.text, unit.start, unit.end):
        if _GETS.match(view.text, m.start()):  # who gets the money does not grant it
            continue
        for span in view.spans_in(unit.start, m.start(), "organisation"):
            if _HAS.fullmatch(view.text[span.end : m.start()]):
                act.put("authority", found_span("organisation", span, "authority.subject", end=m.end()))


def fill_recipients(view: View, lexicon: Lexicon, act: Act, grid: Grid) -> None:
    """A table of those who share one grant: its sum is the grant, those beside the applicant take part."""
    if grid.head < 0 or act.outcome != "grant":
        return
    roles = {c.column: column_roles(lexicon, cell_text(view, c)) for c in grid.rows[grid.head]}
    paid = next((c for c, r in sorted(roles.items()) if "granted" in r), None)
    if (
        not {"beneficiary", "partner"} & set(roles.get(0, ()))
        or paid is None
        or any("project" in r for r in roles.values())
    ):
        return
    for row in [r for i, r in enumerate(grid.rows) if i != grid.head]:
        value = next((c for c in row if c.column == paid), None)
        if is_sum_row(lexicon, cell_text(view, row[0])):
            if value is not None:
                act.put("amount_sek", cell_amount(view, grid, value, "amount.sum"))
            continue
        for span in view.spans_in(row[0].start, row[0].end, "organisation")[:1]:
            found = found_span("organisation", span, "partner.label")
            owner = act.slots.get("beneficiary")
            if owner is None:
                act.put("beneficiary", found_span("organisation", span, "beneficiary.label"))
            elif fold(owner.value.lexical) != fold(found.value.lexical):
                act.append("partner", found)


_CARRIED_OUT = shape("listing", "carried_out")


def _places_for_all(view: View, lexicon: Lexicon, act: Act, unit: Unit, frame: Frame) -> None:
    cue = lexicon.pattern("roles", "place", "implementation").search(view.text, unit.start, unit.end)
    places = view.spans_in(unit.start, unit.end, "county", "municipality")
    if cue is None or not places or view.spans_in(unit.start, unit.end, "money"):
        words = _CARRIED_OUT.search(view.text[unit.start : unit.end])
        if words is None:
            return
    if not act.lists.get("county"):
        for span in places:
            act.append(span.kind, found_span(span.kind, span, "place.phrase"))
