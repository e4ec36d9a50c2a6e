"""What stands once for all of a paper, or of a section, reaches the acts that are its own."""

from __future__ import annotations

from kg.extract.acts import (
    Act,
)
from kg.extract.context import Paper
from kg.extract.frame import HEAD_BLOCKS, Found, found_span, is_authority, is_unowned
from kg.extract.sections import Matter, section_at
from kg.extract.slots import (
    board_to_decide,
    is_conditioned,
    resolve_body,
)
from kg.extract.topics import matter_at
from kg.extract.years import complete_date
from kg.lexicon import fold, shape
from kg.model import Value

_LEAD = 45  # characters before a day
_ASKED_OF = shape("inheriting", "asked_of")
_PROMISED = shape("inheriting", "promised")
_ALL_MONEY = shape("inheriting", "all_money")
_HANDS_OUT = shape("inheriting", "hands_out")
_DECIDED = shape("inheriting", "decided")
_DRAWN_ON = shape("inheriting", "drawn_on")
_TO_PROJECTS = shape("inheriting", "to_projects")


def inherit_from_paper(paper: Paper, act: Act) -> None:
    """What stands once for all of the paper reaches the acts that are its own."""
    frame = paper.frame
    body = act.slots.get("deciding_body")
    if body is not None and is_unowned(paper.lexicon, body.value.lexical) and not (frame.unowned and act.inherit):
        return
    if not act.inherit:
        if body is not None and "authority" not in act.slots:
            act.put("authority", frame.authority)
        return
    if act.opinion:
        act.put("date", _section_date(paper, act) or frame.date)
        act.put("diary_number", _number_of_paragraph(paper, act) or frame.diary_number)
        return
    if body is None:
        act.put("authority", _asked_or_promising(paper, act))
    foreign = act.slots.get("authority")
    own = frame.authority.value.lexical if frame.authority is not None else None
    receiver = act.slots.get("beneficiary")
    if foreign is not None and own is not None and receiver is not None and fold(own) == fold(receiver.value.lexical):
        # the organisation that heads the paper is the one to which it is written
        act.put("date", _section_date(paper, act) or frame.date)
        act.put("diary_number", _number_of_paragraph(paper, act) or frame.diary_number)
    if foreign is None or (own is not None and fold(foreign.value.lexical) == fold(own)):
        act.put("authority", frame.authority)
        act.put("deciding_body", _told_body(paper, act) or _section_body(paper, act) or frame.body)
        act.put("date", _section_date(paper, act) or frame.date)
        act.put("diary_number", _number_of_paragraph(paper, act) or frame.diary_number)
        if act.outcome == "grant" and act.main:
            act.put("funding_source", frame.fund)


def _asked_or_promising(paper: Paper, act: Act) -> Found | None:
    """Who refuses is the one of whom it was sought; whose decision is taken back, the one that gave its promise."""
    trigger = act.triggers[0] if act.triggers else None
    if trigger is None or trigger.outcome not in ("reject", "other") or trigger.tense != "past":
        return None
    view, low = paper.view, trigger.unit.start
    for span in view.spans_in(low, trigger.start, "organisation"):
        if trigger.outcome == "reject":
            told = _ASKED_OF.search(view.text, low, span.start) is not None
        else:
            told = _PROMISED.match(view.text, span.end, trigger.start) is not None
        if told and is_authority(paper.lexicon, span.value.canonical):
            return found_span("organisation", span, "authority.subject")
    return None


def _number_of_paragraph(paper: Paper, act: Act) -> Found | None:
    """The number of the paragraph of minutes in which an item stands: 'A)' below '§ 58', 'Dnr RS210877'."""
    signs = [m for m in paper.matters if m.style == "sign" and m.start <= act.start]
    if act.matter is None or not signs:
        return None
    head = signs[-1]
    for span in paper.view.spans_in(head.start, min(head.end, head.start + _NUMBER_REACH), "diary_number")[:1]:
        return found_span("text", span, "diary.label")
    return _number_at_end(paper, head)


def _number_at_end(paper: Paper, matter: Matter) -> Found | None:
    """The number that closes a paragraph, in a sentence of its own: '... för projektet. Dnr 2019/31.'"""
    for span in reversed(paper.view.spans_in(matter.start, matter.end, "diary_number")):
        unit = paper.view.unit_at(span.start)
        alone = (span.end - span.start) * 2 > len(paper.view.text[unit.start : unit.end].strip())
        last = not paper.view.text[span.end : matter.end].strip(" .)]\n")
        return found_span("text", span, "diary.label") if alone and last else None
    return None


def take_addressee(paper: Paper, act: Act, only: bool) -> None:
    """A letter on one project: its addressee is the applicant, the case number in its head is the project's."""
    reader = paper.frame.addressee
    authority = act.slots.get("authority")
    if reader is not None and (authority is None or fold(authority.value.lexical) != fold(reader.value.canonical)):
        act.put("beneficiary", found_span("organisation", reader, "beneficiary.addressee"))
    if not act.lists.get("case_id"):
        told = paper.view.kind("case_id")
        for span in paper.frame.case_ids or (told[:1] if only and len({s.value for s in told}) == 1 else ()):
            act.append("case_id", found_span("text", span, "case.label"))


_NUMBER_REACH = 260  # characters from the head of a paragraph to its number
_JOINED = 12  # characters between two funds that stand together


def paper_fund(paper: Paper) -> Found | None:
    """The fund that a sentence about no single project names for all: 'Projektmedlen kommer från anslag 1:1.'"""
    if (programme := _committee_programme(paper)) is not None:
        return programme
    sections = len(paper.matters) > 1 and paper.matters[0].style in ("sign", "letter")
    for unit in paper.view.units_of("fund"):
        if sections and matter_at(paper.matters, unit.start) is not None:
            continue  # each paragraph of minutes speaks of its own money
        if paper.view.blocks[unit.block].kind in ("table", "furniture") or paper.book.mentions_in(unit.start, unit.end):
            continue
        spans = paper.view.spans_in(unit.start, unit.end, "fund")
        if len({s.value.canonical for s in spans}) == 2 and spans[1].start - spans[0].end < _JOINED:
            continue  # 'medel från Regionalfonden och Socialfonden': which project has which is not said
        if spans and _ALL_MONEY.search(paper.view.text[unit.start : unit.end]):
            for span in spans:
                if not is_conditioned(paper.view, unit, span.start):
                    return found_span("fund", span, "fund.paper")
        elif (hands := _HANDS_OUT.search(paper.view.text, unit.start, unit.end)) is not None:
            for span in paper.view.spans_in(hands.end(), unit.end, "fund"):
                if span.value.canonical == "1:1-anslaget" or _is_drawn_on(paper, span.start, unit.end):
                    return found_span("fund", span, "fund.paper")
    return None


def _is_drawn_on(paper: Paper, offset: int, end: int) -> bool:
    """Whether a fund is told to pay for a number of projects."""
    lead = paper.view.text[max(0, offset - 24) : offset]
    return bool(_DRAWN_ON.search(lead) and _TO_PROJECTS.search(paper.view.text, offset, end))


def _committee_programme(paper: Paper) -> Found | None:
    """The programme that heads the paper of its committee: 'Interreg Sverige–Norge', above what it decides."""
    if not paper.frame.unowned:
        return None
    for block in paper.view.blocks[:HEAD_BLOCKS]:
        for span in paper.view.spans_in(block.start, block.end, "fund"):
            if fold(span.value.canonical).startswith(paper.lexicon.words("names", "funds", "of_committees")):
                return found_span("fund", span, "fund.paper")
    return None


def _told_body(paper: Paper, act: Act) -> Found | None:
    """The board in a sentence close by that only says who decided: 'Det har regionstyrelsen beslutat.'"""
    for unit in paper.view.units_in(act.unit.end, act.unit.end + 500)[:4]:
        if _DECIDED.match(paper.view.text, unit.start, unit.end):
            for span in paper.view.spans_in(unit.start, unit.end, "board"):
                return resolve_body(paper.view, span, paper.frame)
    return None


_PROPOSES = shape("inheriting", "proposes")


def _section_body(paper: Paper, act: Act) -> Found | None:
    section = section_at(paper.sections, act.start)
    if section.heading is not None:
        span = board_to_decide(paper.view, *section.heading) if act.stage == "proposed" else None
        boards = paper.view.spans_in(*section.heading, "board")
        if span is None and boards and not _PROPOSES.search(paper.view.text[slice(*section.heading)]):
            span = boards[0]
        if span is not None:
            found = resolve_body(paper.view, span, paper.frame)
            return Found(found.value, found.start, found.end, "body.heading", found.low, found.high)
    return None


def _section_date(paper: Paper, act: Act) -> Found | None:
    """The date that heads the act's section of a page of news."""
    if act.matter is None or act.matter.style != "title" or paper.frame.owner is not None:
        return None  # the day above a piece of news on one's own page is that of its publication
    index = paper.view.block_index(act.matter.start)
    for block in paper.view.blocks[max(0, index - 1) : index + 2]:
        for span in paper.view.spans_in(block.start, block.end, "date"):
            if span.value.day and span.value.year and block.end - block.start < 60:
                return _day_told(paper, act) or found_span("date", span, "date.section")
    return None


def _day_told(paper: Paper, act: Act) -> Found | None:
    """The day of the meeting that the act's sentence tells without its year, in a piece of news that has its own day:
    'Nämnden beslutade den 28 september', published on 4 October 2023."""
    meeting = paper.lexicon.pattern("roles", "date", "meeting")
    for span in paper.view.spans_in(act.start, act.end, "date"):
        lead = paper.view.text[max(act.start, span.start - _LEAD) : span.start]
        if span.value.year or not span.value.day or not any(len(lead) - m.end() < 10 for m in meeting.finditer(lead)):
            continue
        if (date := complete_date(paper.view, span)) is not None:
            return Found(Value("date", date.iso or ""), span.start, span.end, "date.sentence", span.start, span.end)
    return None
