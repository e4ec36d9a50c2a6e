"""Telling a paper's own acts from those that it recalls, and its decisions from opinions on what another decides."""

from __future__ import annotations

import re
from datetime import date

from kg.extract.acts import (
    Act,
    Trigger,
)
from kg.extract.context import Paper
from kg.extract.frame import found_span
from kg.lexicon import fold, shape

_OLD_DECISION = shape("history", "old_decision")
_BY_DECISION = shape("history", "by_decision")
_TOLD_YEAR = shape("history", "told_year")
_BY_WHOM = shape("history", "by_whom")
_LIMIT = shape("history", "limit")
_OURS = shape("history", "ours")
_SAME_DAY = shape("history", "same_day")
_CLEFT = shape("history", "cleft")
_RELATIVE = shape("history", "relative")


def judge_history(paper: Paper, act: Act, trigger: Trigger) -> None:
    """Mark acts that the paper only tells of: another day, another authority, an earlier project."""
    own_date = [
        s
        for s in paper.view.spans_in(act.start, act.end, "date")
        if s.value.day and s.value.year and not _is_period_date(paper, s)
    ]
    relative = _RELATIVE.search(paper.view.text[max(act.start, trigger.start - 90) : trigger.start])
    inside = trigger.start - len(relative.group()) if relative else act.start
    if relative and _CLEFT.fullmatch(paper.view.text, trigger.unit.start, inside):
        inside = act.start  # 'Det var den 7 mars som nämnden beviljade'
    told = [r for r in _relative_spans(paper, trigger) if r[0] > trigger.start or r[1] < trigger.start]
    for span in own_date:
        # a date outside the relative clause in which the verb stands, or inside another's, is not the verb's
        if span.start < inside or any(low <= span.start < high for low, high in told):
            continue
        lead = paper.view.text[max(act.start, span.start - 45) : span.start]
        if (
            not paper.lexicon.pattern("roles", "date", "other").search(lead[-25:])
            and (not _OLD_DECISION.search(lead) or (trigger.tense == "past" and _BY_DECISION.search(lead)))
            and not _LIMIT.search(lead)
        ):
            act.put("date", found_span("date", span, "date.sentence"))
            break
    if "date" not in act.slots and _SAME_DAY.search(paper.view.text, trigger.unit.start, trigger.unit.end):
        before = [s for s in paper.view.spans_in(0, trigger.unit.start, "date") if s.value.day and s.value.year]
        if before:
            act.put("date", found_span("date", before[-1], "date.sentence"))
    authority = act.slots.get("authority")
    foreign = authority is not None and (
        paper.frame.authority is None or fold(authority.value.lexical) != fold(paper.frame.authority.value.lexical)
    )
    if foreign and paper.frame.authority is not None and not (act.main and act.stage == "proposed"):
        act.inherit = False
        act.main = False
    if not act.main:
        act.inherit = False
    if _OURS.search(paper.view.text, trigger.unit.start, trigger.unit.end):
        act.put("authority", paper.frame.authority)
    if act.main and not foreign and _is_of_earlier_year(paper, act, trigger):
        act.put("authority", paper.frame.authority)
        act.inherit = False
    stated = act.slots.get("date")
    if (
        stated is not None
        and paper.frame.date is not None
        and stated.value.lexical != paper.frame.date.value.lexical
        and trigger.tense == "past"
        and not _is_told_to_applicant(paper, trigger, stated.value.lexical)
    ):
        act.inherit = False


_ENDORSES, _OFFICE = shape("history", "endorses"), shape("history", "office")
_ASKED, _ADDRESSED = shape("history", "asked"), shape("history", "addressed")


def judge_opinion(paper: Paper, act: Act, trigger: Trigger) -> None:
    """Make what only endorses an application, without a sum, a proposal: of an office to its own board, or of a board
    that was asked for its opinion ('Yttrande över ansökan') to the authority that decides, as far as that is named."""
    view, unit = paper.view, trigger.unit
    if act.outcome == "other" or "amount_sek" in act.slots or not _ENDORSES.match(view.text, trigger.start, unit.end):
        return
    if _OFFICE.search(view.text, unit.start, trigger.start):
        act.stage = "proposed"
        return
    low, high = (act.matter.start, act.matter.end) if act.matter is not None else (0, len(view.text))
    heads = [act.matter.heading] if act.matter is not None and act.matter.heading is not None else []
    asked = any(_ASKED.search(view.text, *head) for head in heads) or _ASKED.search(view.text, unit.start, unit.end)
    own = {fold(f.value.lexical) for f in (paper.frame.authority, act.slots.get("beneficiary")) if f is not None}
    other = next(
        (
            span
            for span in view.spans_in(low, high, "organisation")
            if fold(span.value.canonical) not in own
            and _ADDRESSED.search(view.text, view.unit_at(span.start).start, span.start)
        ),
        None,
    )
    if not asked and other is None:
        return
    act.stage, act.opinion = "proposed", True
    for prop in ("authority", "deciding_body"):
        act.slots.pop(prop, None)
    if other is not None:
        act.put("authority", found_span("organisation", other, "authority.subject"))


_BEFORE_NOW, _YEAR_BEFORE = shape("history", "before_now"), shape("history", "year_before")
_DECIDED_BEFORE = shape("history", "decided_before")
_DECIDES_NOW = shape("history", "decides_now")
_BEFORE_REACH = 60  # characters
_TO_YOU = shape("history", "to_you")
_LETTER_DAYS = 45  # between a decision and the letter that tells of it


def _is_told_to_applicant(paper: Paper, trigger: Trigger, told: str) -> bool:
    """Whether a letter tells of the decision on its reader's application, taken some days before it was written."""
    own = paper.frame.date
    if own is None or not _TO_YOU.search(paper.view.text, trigger.unit.start, trigger.unit.end):
        return False
    try:
        days = (date.fromisoformat(own.value.lexical) - date.fromisoformat(told)).days
    except ValueError:
        return False
    return 0 < days <= _LETTER_DAYS


def promote_told(paper: Paper, acts: list[Act]) -> None:
    """On a page of news or about a project, what others decided is the matter itself where nothing else is.

    'Språkstegen får 6 miljoner av ESF-rådet' in the news of a municipality: the section tells of that project.
    """
    if paper.form not in _TELLING_FORMS:
        return
    mains = {(a.matter.index if a.matter else -1) for a in acts if a.main}
    owned = {a.project.id for a in acts if a.main}
    for act in acts:
        index = act.matter.index if act.matter else -1
        if act.main or act.stage == "proposed" or index in mains or act.project.id in owned:
            continue
        if act.matter is not None and act.matter.style == "title" and not _is_linked_only(paper, act):
            act.main = True


_TELLING_FORMS = frozenset({"news", "information"})


def _is_linked_only(paper: Paper, act: Act) -> bool:
    """Whether the act's sentence tells of the past of another project that its section names first."""
    low = act.matter.start if act.matter is not None else 0
    named = paper.book.mentions_in(low, act.unit.end)
    return bool(named) and named[0].project is not act.project


def _relative_spans(paper: Paper, trigger: Trigger) -> list[tuple[int, int]]:
    """The relative clauses of the sentence that hold a decision of their own: 'som LAG beviljade 2018-04-19'."""
    found = []
    for other in paper.triggers:
        if other.unit == trigger.unit and other is not trigger:
            low = max(other.unit.start, other.start - 90)
            m = _RELATIVE.search(paper.view.text[low : other.start])
            if m is not None:
                end = re.compile(r"[,.;]").search(paper.view.text, other.end, other.unit.end)
                found.append((other.start - len(m.group()), end.start() if end else other.unit.end))
    return found


def _is_of_earlier_year(paper: Paper, act: Act, trigger: Trigger) -> bool:
    """Whether the sentence tells of a decision of a year before the paper's: 'stödde med 50 000 kr våren 2016'."""
    own = paper.frame.date
    told = trigger.governed and trigger.voice not in ("receive", "passive")
    lead = max(trigger.unit.start, trigger.start - _BEFORE_REACH)
    past = trigger.tense == "past" or _DECIDED_BEFORE.search(paper.view.text, lead, trigger.start) is not None
    if own is not None and past and act.outcome == "grant" and "date" not in act.slots:
        of_year = _YEAR_BEFORE.search(paper.view.text, lead, trigger.start)
        if of_year is not None and int(of_year.group(1)) < int(own.value.lexical[:4]):
            return True
        if _BEFORE_NOW.search(paper.view.text, lead, trigger.end) or _stands_below_another(paper, act, trigger):
            return True
    if own is None or not own.value.lexical or trigger.tense != "past" or told:
        return False
    year = int(own.value.lexical[:4])
    return any(
        s.value.year is not None
        and s.value.day is None
        and s.value.year < year
        and (
            _TOLD_YEAR.search(paper.view.text[max(act.start, s.start - 12) : s.start])
            or _BY_WHOM.search(paper.view.text[max(trigger.end, s.start - 70) : s.start])
        )
        for s in paper.view.spans_in(act.start, act.end, "date")
    )


def _stands_below_another(paper: Paper, act: Act, trigger: Trigger) -> bool:
    """Whether a grant is told behind what the matter decides, which is no grant: 'Nämnden beslutar att inte förlänga
    projektet.  Det har beviljats 1 600 000 kronor.'"""
    if trigger.governed or trigger.voice not in ("passive", "receive"):
        return False
    low = act.matter.start if act.matter is not None else 0
    deciding = {t.unit.start for t in paper.triggers}
    return any(
        low <= unit.start < trigger.unit.start
        and unit.start not in deciding
        and _DECIDES_NOW.search(paper.view.text, unit.start, unit.end)
        for unit in paper.view.units_with(_DECIDES_NOW)
    )


def _is_period_date(paper: Paper, span: object) -> bool:
    lead = paper.view.text[max(0, span.start - 32) : span.start]  # type: ignore[attr-defined]
    return bool(paper.lexicon.pattern("roles", "period", "start+end").search(lead))
