"""Filling an act from the sentences, labels and tables of its matter."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.extract.acts import Act
from kg.extract.context import Paper
from kg.extract.financing import yearly_total
from kg.extract.frame import Found, found_span
from kg.extract.listing import SUM_SOUGHT, fill_recipients
from kg.extract.money import kronor, role_of, told_support
from kg.extract.ownerlines import fill_owner_line
from kg.extract.parties import fill_parties
from kg.extract.paying import grid_project
from kg.extract.periods import fill_period, fill_shift, fill_years
from kg.extract.reasons import fill_reasons
from kg.extract.records import Record, read_cell
from kg.extract.sections import section_at
from kg.extract.sheet import SEVERAL, labelled_values
from kg.extract.slots import fill_labelled_numbers, integer, is_conditioned
from kg.extract.topics import matter_at
from kg.extract.unnamed import is_others_item
from kg.extract.view import Unit
from kg.lexicon import fold, shape
from kg.model import Block, TypedSpan, Value

_LEAST_TOTAL = 2000  # kronor; what costs less is a thing: 'Receptboken kostar 180 kr'
_SHARE_TOLD = shape("filling", "share_told")
_SOUGHT_SHARE = shape("filling", "sought_share")
_JOINT = shape("filling", "joint")
_MONEY_USED = shape("filling", "money_used")


def _units(paper: Paper, act: Act) -> list[Unit]:
    """The sentences that speak of the act's project in its matter, those of its own list first."""
    low, high = (act.matter.start, act.matter.end) if act.matter else (0, len(paper.view.text))
    mine = [
        unit for unit in paper.topics.units_of(act.project) if not any(a <= unit.start < b for a, b in paper.outside)
    ]
    found = [
        unit
        for unit in mine
        if low <= unit.start < high and paper.view.blocks[unit.block].kind not in ("table", "furniture")
    ]
    if act.matter is None or act.matter.style != "whole":
        found += [
            unit
            for unit in mine
            if not low <= unit.start < high
            and (paper.book.mentions_in(unit.start, unit.end) or matter_at(paper.matters, unit.start) is not None)
        ]
    return found


def _siblings(paper: Paper, act: Act) -> list[Unit]:
    """The items of the list in which the act stands that are no acts themselves and speak of no other project."""
    if act.rule in ("act.table", "act.record"):
        return []
    block = paper.view.blocks[act.unit.block]
    if block.kind != "list_item":
        section = section_at(paper.sections, act.start)
        if {"decision", "proposal"} & set(section.kinds):
            return [
                u for u in paper.view.units_in(section.start, section.end) if u != act.unit and _is_free(paper, u, act)
            ]
        return []
    index = act.unit.block
    found = []
    while index + 1 < len(paper.view.blocks) and paper.view.blocks[index + 1].kind == "list_item":
        index += 1
        units = paper.view.units_in(paper.view.blocks[index].start, paper.view.blocks[index].end)
        named = paper.book.mentions_in(paper.view.blocks[index].start, paper.view.blocks[index].end)
        if named and named[0].project is not act.project and named[0].start - paper.view.blocks[index].start < 4:
            continue
        mine = [u for u in units if _is_free(paper, u, act)]
        if any(
            t.unit in units and t.outcome in ("grant", "reject")
            for t in paper.triggers
            if t.voice in ("active", "passive")
        ):
            if act.outcome == "reject":
                break
            continue
        found += mine
    return found


def _is_free(paper: Paper, unit: Unit, act: Act) -> bool:
    mentions = paper.book.mentions_in(unit.start, unit.end)
    return all(m.project is act.project for m in mentions) or any(m.project is act.project for m in mentions[:1])


def fill_act(paper: Paper, act: Act) -> None:
    view, lexicon = paper.view, paper.lexicon
    siblings = _siblings(paper, act)
    if act.main and act.outcome != "reject":
        for unit in siblings:
            for span in view.spans_in(unit.start, unit.end, "fund"):
                if not is_conditioned(view, unit, span.start):
                    act.put("funding_source", found_span("fund", span, "fund.sentence"))
            fill_period(view, lexicon, act, unit.start, unit.end, loose=True)
    units = _units(paper, act)
    labelled = [p for p in paper.book.projects if p.rule == "project.label"]
    if not labelled and len(paper.matters) == 1:  # a page about the project that its heading names
        labelled = [p for p in paper.book.projects if p.rule == "project.heading"]
    if not act.main and labelled == [act.project]:
        _labelled(paper, act)
    if not act.main:
        return
    _labelled(paper, act)
    for grid in paper.grids:
        if grid_project(paper, grid) is act.project:
            fill_recipients(view, lexicon, act, grid)
    telling = [u for u in units if not view.is_plain(u.start, u.end)]
    for unit in [*siblings, *telling]:
        told = [t for t in paper.triggers if t.unit.start == unit.start]
        if told and any(is_others_item(paper, t, act.project) for t in told):
            continue
        _amounts(paper, act, unit)
        _told_share(paper, act, unit)
    if act.outcome != "reject" or act.slots:
        for unit in telling:
            fill_period(view, lexicon, act, unit.start, unit.end)
            if not act.changed:
                fill_shift(view, act, unit.start, unit.end)
    if act.outcome != "reject":
        used = (u for u in telling if view.may_hold(u, _MONEY_USED) and _MONEY_USED.search(view.text, u.start, u.end))
        for unit in [act.unit, *siblings, *used]:
            fill_years(view, act, unit.start, unit.end)
    if "funding_source" not in act.slots and act.outcome != "reject":
        _matter_fund(paper, act, telling)
        if act.outcome == "grant":
            _drawn_on(paper, act, [act.unit, *siblings, *units])
    _titled_period(paper, act)
    fill_owner_line(view, lexicon, act, paper.frame)
    fill_parties(view, lexicon, act, units, paper.frame)
    fill_reasons(view, paper.sections, act, list(dict.fromkeys([act.unit, *siblings, *units])))
    if act.matter is not None and act.matter.heading is not None and not _is_listed(paper, act.matter.heading):
        fill_labelled_numbers(view, act, act.matter.start, min(act.matter.end, act.matter.start + 260))
    _as_applied(act)
    named_in = view.block_at(act.project.start)  # the next item of a list has a number of its own
    for span in view.spans_in(act.project.end, min(named_in.end, act.project.end + 60), "case_id"):
        act.append("case_id", found_span("text", span, "case.label"))
    if act.matter is not None and "amount_sek" not in act.slots and act.outcome == "grant":
        for grid in paper.grids:
            if (
                act.matter.start <= grid.block.start < act.matter.end
                and grid_project(paper, grid) is act.project
                and (total := yearly_total(view, lexicon, grid)) is not None
            ):
                act.put("amount_sek", total)


def _is_listed(paper: Paper, heading: tuple[int, int]) -> bool:
    """Whether what looks like the head of a matter is an entry of a list, whose numbers are its own."""
    return any(r.start <= heading[0] < r.end for r, _ in paper.records)


_SAYS_YES = shape("filling", "says_yes")


def _as_applied(act: Act) -> None:
    """'beslutade att säga ja till ansökan om 2 miljoner': what is granted is what was applied for."""
    applied = act.slots.get("applied_amount_sek")
    if act.outcome != "grant" or "amount_sek" in act.slots or applied is None or act.book is None:
        return
    for trigger in act.triggers:
        words = act.book.words(trigger.start, trigger.end)
        told = act.book.words(trigger.unit.start, trigger.unit.end)
        inside = trigger.unit.start <= applied.low < trigger.unit.end
        if (inside and _SAYS_YES.search(words)) or SUM_SOUGHT.search(told):
            act.put("amount_sek", replace(applied, rule="amount.sentence"))


def _titled_period(paper: Paper, act: Act) -> None:
    """Years in the project's name or in the heading of its matter: 'Samverkan för mat 2020–2023'."""
    heads = [act.matter.heading] if act.matter is not None and act.matter.heading is not None else []
    named = [(m.start, m.end + 12) for m in act.mentions(act.unit.start, act.unit.end) if m.project is act.project]
    for low, high in [*named, (act.project.start, act.project.end + 12), *heads]:
        for span in paper.view.spans_in(low, high, "period"):
            for prop, part in (("start", span.value.start), ("end", span.value.end)):
                if part is not None and part.iso:
                    act.put(
                        prop, Found(Value("date", part.iso), span.start, span.end, "period.name", span.start, span.end)
                    )


_RUN_IN_LABEL = re.compile(r"(?:[•*–-]\s*)?([^:\t.]{2,40}):\s+(?=\S)")


def _labelled(paper: Paper, act: Act) -> None:
    """Labelled values of the matter (or of a paper about one project)."""
    if paper.records:
        return
    labels = paper.lexicon.labels("labels")
    low, high = (act.matter.start, act.matter.end) if act.matter else (0, len(paper.view.text))
    single = len({p.id for ps in paper.owners.values() for p in ps}) <= 1
    record = Record((act.start, act.end), low, high, "act.record")
    for index, block in enumerate(paper.view.blocks):
        if not (low <= block.start < high or single) or not single and _is_of_another(paper, act, block):
            continue
        if block.kind == "field" and len(block.cells) == 2:
            roles = labels.match(paper.view.text[block.cells[0].start : block.cells[0].end])
            several = SEVERAL & set(roles)
            a, b = block.cells[1].start, paper.view.value_end(index) if several else block.cells[1].end
        elif block.kind in ("paragraph", "list_item") and block.end - block.start < 260:
            m = _RUN_IN_LABEL.match(paper.view.text, block.start, block.end)
            if m is None:
                continue
            roles, a, b = labels.match(m.group(1)), m.end(), block.end
        else:
            continue
        roles = tuple(
            r for r in roles if r not in ("outcome", "granted", "deciding_body", "decision_date", "project", "funder")
        )
        if roles:
            read_cell(paper.view, paper.lexicon, None, record, roles, a, b)
    if act.outcome == "grant" and {"start", "end"} <= set(record.slots):
        for prop in ("start", "end"):  # a labelled period is the project's; a day in a sentence may be another's
            act.slots.pop(prop, None)
    for prop, found in record.slots.items():
        if prop != "amount_sek":
            act.put(prop, found)
    if act.main and act.outcome == "grant" and act.stage == "decided" and "amount_sek" not in act.slots and single:
        _labelled_grant(paper, act)
    for prop, rows in record.lists.items():
        for row in rows:
            act.append(prop, row)


def _is_of_another(paper: Paper, act: Act, block: Block) -> bool:
    """Whether a labelled value of a paper about several projects stands above all that is said of the act's project,
    or below the next one's name."""
    if act.matter is None or act.matter.style != "whole":
        return False
    before = paper.book.mentions_in(0, block.start)
    return not before or before[-1].project is not act.project


_AS_GRANT = shape("filling", "as_grant")
_LABELLED_LINE = 160  # characters that a label and its sum take at most


def _labelled_grant(paper: Paper, act: Act) -> None:
    """The sum of a decision that only its label gives: 'Beviljat belopp: 900 000 kr' beside 'Beslut: Bifall'."""
    low, high = (act.matter.start, act.matter.end) if act.matter else (0, len(paper.view.text))
    for roles, start, end in labelled_values(paper.view, paper.lexicon):
        if low <= start < high and end - start < _LABELLED_LINE and "granted" in roles:
            record = Record((act.start, act.end), low, high, "act.record")
            read_cell(paper.view, paper.lexicon, None, record, ("granted",), start, end)
            act.put("amount_sek", record.slots.get("amount_sek"))
            return


def _amounts(paper: Paper, act: Act, unit: Unit) -> None:
    """Sums sought and total costs that a sentence of the matter states; the support where its label says so."""
    for span in paper.view.spans_in(unit.start, unit.end, "money"):
        amount = kronor(span.value)
        if amount is None:
            continue
        role, start, end = role_of(paper.view, paper.lexicon, span, unit.start, unit.end)
        until = start if role == "total" else span.start  # 'kostar totalt' is one project's cost
        joint = _JOINT.search(paper.view.text, unit.start, until) and _is_shared_matter(paper, act)
        if role == "applied" and act.outcome == "other" and _is_refused(paper, unit):
            continue  # 'att inte bifalla begäran om ytterligare 150 000 kr', beside what is changed
        if role == "applied" and not joint and not _is_sought_elsewhere(paper, act, unit, span):
            act.put("applied_amount_sek", integer("applied.phrase", amount, span, start, end))
        elif role == "total" and not joint and amount >= _LEAST_TOTAL:
            act.put("total_budget_sek", integer("total.phrase", amount, span, start, end))
        elif (
            role in ("", "withdrawn", "frame")
            and act.inherit
            and act.outcome in ("grant", "other")
            and "amount_sek" not in act.slots
        ):
            lead = paper.view.text[max(unit.start, span.start - 130) : span.start]
            tail = paper.view.text[span.end : span.end + 40]
            told = told_support(paper.lexicon, lead, act.outcome)
            if role == "withdrawn" or told or _AS_GRANT.match(tail):
                act.put("amount_sek", integer("amount.matter", amount, span, start, end))


def _is_refused(paper: Paper, unit: Unit) -> bool:
    return any(t.unit.start == unit.start and t.outcome == "reject" for t in paper.triggers)


def _is_sought_elsewhere(paper: Paper, act: Act, unit: Unit, span: TypedSpan) -> bool:
    """Whether a sum is sought from another than who decides: 'EU-medel söks med 2 mkr från Tillväxtverket'."""
    if act.outcome != "grant" or not act.inherit:  # a refusal that is told may be that of the other
        return False
    own = {fold(f.value.lexical) for f in (act.slots.get("authority"), paper.frame.authority) if f is not None}
    for other in paper.view.spans_in(unit.start, unit.end, "organisation", "fund") if own else ():
        if fold(other.value.canonical) in own or not _SOUGHT_FROM.search(paper.view.text, unit.start, other.start):
            continue
        between = paper.view.spans_in(min(span.end, other.end), max(span.start, other.start), "money")
        if not between and abs(other.start - span.end) < _REACH:
            return True
    return False


_SOUGHT_FROM, _REACH = shape("filling", "sought_from"), 60


def _told_share(paper: Paper, act: Act, unit: Unit) -> None:
    """The share of the costs told beside the decision: 'nämndens del motsvarar därmed 50 procent'."""
    if act.outcome != "grant":
        return
    for span in paper.view.spans_in(unit.start, unit.end, "share"):
        if _SOUGHT_SHARE.search(paper.view.text, unit.start, span.start):
            continue
        if _SHARE_TOLD.search(paper.view.text[unit.start : span.start]):
            value = Value("decimal", format(span.value.normalize(), "f"))
            act.put("share_percent", Found(value, unit.start, span.end, "share.sentence", span.start, span.end))


def _is_shared_matter(paper: Paper, act: Act) -> bool:
    return len(paper.owners.get(act.matter.index if act.matter else -1, [])) > 1


_SEEKS_ELSEWHERE = shape("filling", "seeks_elsewhere")
_MONEY_SPOKEN_OF = shape("filling", "money_spoken_of")


def _matter_fund(paper: Paper, act: Act, units: list[Unit]) -> None:
    view = paper.view
    heads = [act.matter.heading] if act.matter and act.matter.heading else []
    heads += [
        (b.start, b.end)
        for b in view.blocks[:12]
        if b.kind == "heading" and matter_at(paper.matters, b.start) in (None, act.matter)
    ]
    for low, high in heads:
        for span in view.spans_in(low, high, "fund"):
            act.put("funding_source", found_span("fund", span, "fund.matter"))
    for unit in units:
        spans = view.spans_in(unit.start, unit.end, "fund")
        if not spans or _SEEKS_ELSEWHERE.search(view.text[unit.start : unit.end]):
            continue
        for span in spans:
            if _MONEY_SPOKEN_OF.search(view.text[unit.start : span.start]) and span.value.canonical == "1:1-anslaget":
                act.put("funding_source", found_span("fund", span, "fund.matter"))


_DRAWN_ON = shape("filling", "drawn_on")
_OUT_OF = shape("filling", "out_of")


_FUND_END = shape("filling", "fund_end")


def _drawn_on(paper: Paper, act: Act, units: list[Unit]) -> None:
    """The appropriation that the money is taken from, as written: 'Medlen tas från anslaget för utveckling'."""
    for unit in units:
        m = _DRAWN_ON.search(paper.view.text, unit.start, unit.end) if paper.view.may_hold(unit, _DRAWN_ON) else None
        if m is None and paper.view.may_hold(unit, _OUT_OF):
            out = _OUT_OF.search(paper.view.text, unit.start, unit.end)
            if out is not None:
                value = Value("fund", paper.view.line(*out.span(out.lastindex or 0)))
                act.put(
                    "funding_source", Found(value, out.start(), out.end(), "fund.phrase", *out.span(out.lastindex or 0))
                )
        if m is None:
            continue
        end = m.start(1) + len(_FUND_END.split(m.group(1))[0])
        words = paper.view.line(m.start(1), end)
        value = Value("fund", words[0].upper() + words[1:])
        act.put("funding_source", Found(value, m.start(), m.end(), "fund.phrase", m.start(1), end))


def _leave_to_other(paper: Paper, act: Act, acts: list[Act]) -> None:
    sought, mine = act.slots.get("applied_amount_sek"), act.slots.get("authority") or paper.frame.authority
    if sought is None or mine is None:
        return
    for other in acts:
        theirs = other.slots.get("authority")
        if theirs is None or other.unit == act.unit or not other.unit.start <= sought.low < other.unit.end:
            continue
        if fold(theirs.value.lexical) != fold(mine.value.lexical):
            act.slots.pop("applied_amount_sek", None)


def share_between_acts(paper: Paper, acts: list[Act]) -> None:
    """What belongs to the project reaches all its acts in the paper: owner, partners, places, period, cost.  What was
    sought of another authority stays with that one's decision."""
    for act in acts:
        _leave_to_other(paper, act, acts)
    for act in acts:
        for other in acts:
            if other is act or other.project is not act.project:
                continue
            act.put("beneficiary", other.slots.get("beneficiary"))
            if act.outcome == "grant" and other.outcome != "other" and other.main:
                for prop in ("total_budget_sek", "start", "end"):
                    act.put(prop, other.slots.get(prop))
            for prop in ("county", "municipality", "partner"):
                for row in other.lists.get(prop, []):
                    act.append(prop, row)
