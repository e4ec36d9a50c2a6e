"""Acts from sentences: which verbs decide, on which project, with what share of the sentence."""

from __future__ import annotations

from dataclasses import replace

from kg.extract.acts import (
    Act,
    Trigger,
    clause_of,
    project_of,
    run_in_title,
    stage_of,
)
from kg.extract.context import Paper
from kg.extract.frame import found_span, is_authority
from kg.extract.history import judge_history, judge_opinion
from kg.extract.money import kronor
from kg.extract.naming import main_project
from kg.extract.parties import fill_unknown_receiver
from kg.extract.projects import Project
from kg.extract.sections import Matter, section_at
from kg.extract.slots import fill_from_trigger, integer
from kg.extract.topics import EARLIER, matter_at
from kg.extract.unnamed import (
    counts_projects,
    has_own_purpose,
    is_denied,
    is_named_later,
    is_others_item,
    named_above,
    named_below,
    named_in_block,
    named_nearest,
    only_notes,
)
from kg.lexicon import fold, shape

_BY_MANY = shape("telling", "by_many")
_INTRODUCES = shape("telling", "introduces")
_RELATIVE_CLAUSE = shape("telling", "relative_clause")
_LEAST_GRANT = 2000
_FROM = shape("telling", "from")
_TO_PROJECT = shape("telling", "to_project")
_PAID_BY = shape("telling", "paid_by")
_SUBJECT_GAP = shape("telling", "subject_gap")
_NAMES_IT = shape("telling", "names_it")
_REFERS_BACK = shape("telling", "refers_back")
_THE_PROJECT = shape("telling", "the_project")
_SETS_ASIDE = shape("telling", "sets_aside")


def sentence_acts(paper: Paper) -> list[Act]:
    found: list[Act] = []
    sectioned = any({"decision", "proposal"} & set(section_at(paper.sections, t.start).kinds) for t in paper.triggers)
    rows = [(r.start, r.end) for r, _ in paper.records]
    for trigger in paper.triggers:
        if any(a <= trigger.start < b for a, b in rows) or _is_named(paper, trigger):
            continue
        section = section_at(paper.sections, trigger.start)
        matter = matter_at(paper.matters, trigger.start)
        owners = paper.owners.get(matter.index if matter else -1, [])
        fallback = owners[0] if len(owners) == 1 else main_project(paper, matter)
        if matter is None and len(paper.matters) > 1:
            fallback = named_in_block(paper, trigger)  # what stands beside the matters is none of theirs
        if fallback is not None and not owners and fallback.rule not in ("project.label", "project.heading"):
            fallback = named_nearest(paper, trigger, matter, fallback)
        stage = stage_of(trigger, section)
        placed = bool({"decision", "proposal"} & set(section.kinds)) or bool(trigger.governed)
        if fallback is not None and EARLIER.search(paper.view.text, trigger.unit.start, trigger.unit.end):
            before = [
                m
                for m in paper.book.mentions_in(max(0, trigger.unit.start - 500), trigger.unit.start)
                if m.project is not fallback
            ]
            fallback = before[-1].project if before else fallback
        told = above = None
        if not placed and (trigger.tense == "past" or _takes_up(paper, trigger) or _completes(paper, trigger)):
            told = _named_just_before(paper, trigger)
        fallback = told or fallback
        if told is not None and not _goes_on(paper, trigger):
            told = None
        if (titled := _run_in(paper, trigger)) is not None:
            fallback = titled
        elif (above := named_above(paper, trigger)) is not None:
            fallback = above
        elif fallback is not None and told is None and (named := named_in_block(paper, trigger)) is not None:
            fallback = named
        below = named_below(paper, trigger) if fallback is None or not owners else None
        fallback = below or fallback
        project = project_of(paper.view, paper.lexicon, paper.book, trigger, fallback, paper.triggers)
        if project is None or _is_about_list(paper, trigger) or is_others_item(paper, trigger, project):
            continue
        if _announces_titles(paper, trigger, matter, placed) or below is None and is_named_later(paper, trigger):
            continue
        if counts_projects(paper, trigger) or has_own_purpose(paper, trigger) or is_denied(paper, trigger):
            continue
        dated = _is_dated_grant(paper, trigger)
        if trigger.voice in ("pay",) and not placed and not paper.pays_itself(trigger) and not dated:
            continue
        if trigger.voice == "passive" and not placed and _is_paid_by_others(paper, trigger):
            continue
        if not placed and trigger.tense == "present" and _changes_nothing(paper, trigger):
            continue
        if (
            trigger.voice == "pay"
            and not dated
            and (_is_others_payment(paper, trigger) or _pays_undated(paper, trigger))
        ):
            continue
        if (
            trigger.voice in ("pay", "receive")
            and not placed
            and told is None
            and below is None
            and not _NAMES_IT.search(paper.view.text, trigger.unit.start, trigger.unit.end)
            and not paper.book.mentions_in(trigger.unit.start, trigger.unit.end)
            and not _speaks_of_the_project(paper, trigger, fallback)
            and not _is_titled(paper, trigger, fallback)
            and not (titled is not None and _runs_in_often(paper))
            and (above is None or not paper.view.spans_in(trigger.end, trigger.unit.end, "money"))
        ):
            continue
        if trigger.tense == "participle" and not _is_told_grant(paper, trigger):
            continue
        if found and _tells_means(paper, found[-1], project, matter, trigger):
            continue
        main = placed or not (sectioned or only_notes(paper, matter))
        act = Act(
            project,
            trigger.outcome,
            stage,
            trigger.unit.start,
            trigger.unit.end,
            trigger.unit,
            matter,
            "act.sentence",
            main=main,
        )
        act.book = paper.book
        act.triggers.append(trigger)
        _narrow(paper, act, trigger)
        parts = _parts(paper, act, trigger)
        if parts:
            before = paper.book.mentions_in(trigger.unit.start, trigger.start)
            act.start, act.end = parts[0][1] if before else trigger.unit.start, parts[0][2]
        fill_from_trigger(paper.view, paper.lexicon, act, trigger, paper.frame)
        if parts:
            _own_receiver(paper, act)
        fill_unknown_receiver(paper.view, act, trigger)
        judge_opinion(paper, act, trigger)
        judge_history(paper, act, trigger)
        if _fills_own_purse(paper, act):
            continue
        if found and found[-1].project is project and _completes(paper, trigger):
            for prop in ("authority", "deciding_body", "date"):
                act.put(prop, found[-1].slots.get(prop))
            act.main, act.inherit = found[-1].main, found[-1].inherit
        found.append(act)
        found += [] if parts else _of_fellows(paper, act, trigger)
        for other, low, high in parts[1:]:
            further = replace(act, project=other, start=low, end=high, slots={}, lists={}, triggers=[trigger])
            fill_from_trigger(paper.view, paper.lexicon, further, trigger, paper.frame)
            _own_receiver(paper, further)
            for prop in ("date", "authority", "deciding_body"):  # of the whole sentence
                further.put(prop, act.slots.get(prop))
            judge_history(paper, further, trigger)
            further.inherit = further.inherit and act.inherit
            found.append(further)
    return found


def _tells_means(paper: Paper, last: Act, project: Project, matter: Matter | None, trigger: Trigger) -> bool:
    """Whether the sentence only tells where the money of the grant before it comes from: 'att medel anvisas ur anslag
    1:1 med 800 000 kronor per år'."""
    if last.project is not project or last.matter is not matter or "amount_sek" not in last.slots:
        return False
    return _SETS_ASIDE.search(paper.view.text, trigger.unit.start, trigger.start) is not None


_JOINT = shape("telling", "joint")
_EACH_OF_THEM = shape("telling", "each_of_them")


def _of_fellows(paper: Paper, act: Act, trigger: Trigger) -> list[Act]:
    """Acts on the other projects that the sentence names in one row with the act's: 'Projekten A, B och C beviljas
    stöd'.  A sum is each one's where the sentence says so ('vardera'); else it is theirs together, and nobody's."""
    low, high = clause_of(trigger, paper.triggers)
    mentions = paper.book.mentions_in(low, high)
    at = next((i for i, m in enumerate(mentions) if m.project is act.project), None)
    if at is None:
        return []
    row = [mentions[at]]
    for mention in mentions[at + 1 :]:
        if _JOINT.fullmatch(paper.view.text, row[-1].end, mention.start) is None:
            break
        row.append(mention)
    for mention in reversed(mentions[:at]):
        if _JOINT.fullmatch(paper.view.text, mention.end, row[0].start) is None:
            break
        row.insert(0, mention)
    others = [p for p in dict.fromkeys(m.project for m in row) if p is not act.project]
    if not others or not (row[-1].end <= trigger.start or row[0].start >= trigger.end):
        return []
    sums = [s for s in paper.view.spans_in(low, high, "money") if kronor(s.value) is not None]
    each = next((s for s in sums if _EACH_OF_THEM.match(paper.view.text, s.end, high)), None)
    if each is not None:
        found = integer("amount.sentence", kronor(each.value) or 0, each, trigger.start, each.end)
        act.slots["amount_sek"] = found
    else:
        act.slots.pop("amount_sek", None)
    return [
        replace(
            act,
            project=p,
            slots=dict(act.slots),
            lists={k: list(v) for k, v in act.lists.items()},
            triggers=[trigger],
        )
        for p in others
    ]


def _own_receiver(paper: Paper, act: Act) -> None:
    """Who receives in a part of a sentence: the organisation within it, and no other part's."""
    low = max(act.start, act.triggers[0].end) if act.triggers else act.start
    named = paper.view.spans_in(low, act.end, "organisation")
    owner = act.slots.get("beneficiary")
    if owner is not None and not act.start <= owner.low < act.end:
        del act.slots["beneficiary"]
    if len(named) == 1 and not any(m.start <= named[0].start < m.end for m in paper.book.mentions_in(low, act.end)):
        act.slots["beneficiary"] = found_span("organisation", named[0], "beneficiary.sentence")


def _parts(paper: Paper, act: Act, trigger: Trigger) -> list[tuple[Project, int, int]]:
    """Projects with the stretch of the sentence that is each one's, where one verb has several with a sum each:
    'beviljade projekten A 300 000 kronor och B 450 000 kronor', 'beviljar 400 tkr till A och 600 tkr till B'."""
    _, high = clause_of(trigger, paper.triggers)
    mentions = list(paper.book.mentions_in(trigger.end, high))
    if len({m.project.id for m in mentions}) < 2 or mentions[0].project is not act.project:
        return []
    behind = [(m.project, m.start, end) for m in mentions if (end := _sum_beside(paper, m.end, high)) is not None]
    before = []
    low = trigger.end
    for mention in mentions:
        money = paper.view.spans_in(low, mention.start, "money")
        if money and _TO_PROJECT.fullmatch(paper.view.text[money[-1].end : mention.start]):
            before.append((mention.project, low, mention.end))
        low = mention.end
    parts = max(behind, before, key=len)
    if len({p.id for p, _, _ in parts}) < 2 or parts[0][0] is not act.project:
        return []
    return [(parts[0][0], min(trigger.start, parts[0][1]), parts[0][2]), *parts[1:]]


_BEFORE_SUM = shape("telling", "before_sum")


def _sum_beside(paper: Paper, low: int, high: int) -> int | None:
    """The end of a sum right after a name: 'A 300 000 kronor', 'A (300 tkr)', 'A med 300 tkr'."""
    m = _BEFORE_SUM.match(paper.view.text, low, high)
    span = paper.view.starting(m.end(), "money") if m else None
    return span.end if span is not None and span.end <= high else None


def _is_named(paper: Paper, trigger: Trigger) -> bool:
    """Whether the verb is part of a project's name: 'Fäbodens får'."""
    mentions = paper.book.mentions_in(max(0, trigger.start - 160), trigger.end + 160)
    return any(m.start <= trigger.start and trigger.end <= m.end for m in mentions)


def _named_just_before(paper: Paper, trigger: Trigger) -> Project | None:
    """The project that the sentence before, in the same paragraph, names last."""
    block = paper.view.block_at(trigger.start)
    units = list(paper.view.units_in(block.start, trigger.unit.start))[-1:]
    mentions = paper.book.mentions_in(units[0].start, units[0].end) if units else []
    return mentions[-1].project if mentions else None


def _runs_in_often(paper: Paper) -> bool:
    """Whether several items of a list begin with a title of their own and go on with who gets a sum."""
    blocks = {
        t.unit.block
        for t in paper.triggers
        if paper.view.blocks[t.unit.block].kind == "list_item"
        and paper.view.spans_in(t.end, t.unit.end, "money")
        and run_in_title(paper.view, paper.lexicon, t) is not None
    }
    return len(blocks) > 1


def _run_in(paper: Paper, trigger: Trigger) -> Project | None:
    """The project of a paragraph that begins with its name as a title of its own: 'Sol i alla kök. ...'"""
    span = run_in_title(paper.view, paper.lexicon, trigger)
    return paper.book.find(paper.view.line(*span)) if span is not None else None


def _is_about_list(paper: Paper, trigger: Trigger) -> bool:
    """Whether the sentence tells of a whole list ('beviljade de fyra ansökningarna nedan')."""
    matter = matter_at(paper.matters, trigger.start)
    # a paragraph of minutes, or what stands below a project's title or number, speaks of no list elsewhere
    apart = matter is not None and (
        matter.style == "sign"
        or (
            matter.style != "whole"
            and bool(paper.owners.get(matter.index))
            and sum(map(bool, paper.owners.values())) > 1
        )
    )
    if not any(not apart or matter is None or matter.start <= r.start < matter.end for r, _ in paper.records):
        return False
    mentions = paper.book.mentions_in(trigger.unit.start, trigger.unit.end)
    return not mentions and not _completes(paper, trigger)


def _announces_titles(paper: Paper, trigger: Trigger, matter: Matter | None, placed: bool) -> bool:
    """Whether a sentence before several titled projects tells of all: 'Här är projekten som beviljades medel'."""
    if matter is not None or placed or sum(map(bool, paper.owners.values())) < 2:
        return False
    return not paper.book.mentions_in(trigger.unit.start, trigger.unit.end)


def _speaks_of_the_project(paper: Paper, trigger: Trigger, fallback: Project | None) -> bool:
    """'Region X supports the project with SEK 2.1 million', in a paper that is about one project."""
    if fallback is None or fallback.rule not in ("project.label", "project.heading"):
        return False
    return _THE_PROJECT.search(paper.view.text, trigger.unit.start, trigger.unit.end) is not None


def _is_titled(paper: Paper, trigger: Trigger, fallback: Project | None) -> bool:
    """Whether a sum goes to somebody below a title that is the project's name: 'Chalmers får 8 miljoner kronor'."""
    matter = matter_at(paper.matters, trigger.start)
    if fallback is None or matter is None or matter.style != "title" or fallback.rule != "project.heading":
        return False
    if not matter.start <= fallback.start < matter.end:
        return False
    if trigger.voice == "pay" and not paper.pays_itself(trigger):
        return False
    if paper.view.spans_in(trigger.end, trigger.unit.end, "money"):
        return True
    return trigger.voice == "receive" and len(paper.view.spans_in(trigger.unit.start, trigger.start, "money")) == 1


def _goes_on(paper: Paper, trigger: Trigger) -> bool:
    """Whether the sentence takes up what the one before names: 'Till den lämnade nämnden', 'Nämnden stannade vid'."""
    if _REFERS_BACK.match(paper.view.text, trigger.unit.start, trigger.start) or _takes_up(paper, trigger):
        return True
    if _completes(paper, trigger):
        return True
    return trigger.voice == "pay" and bool(paper.view.spans_in(trigger.unit.start, trigger.start, "board"))


def _completes(paper: Paper, trigger: Trigger) -> bool:
    """Whether the sentence gives the sum of the grant that the one before tells: 'Nämnden klubbade stödet till X.
    Föreningen får 1,7 miljoner kronor.'"""
    if trigger.voice != "receive" or trigger.outcome != "grant":
        return False
    view = paper.view
    payer = _FROM.search(view.text, trigger.end, trigger.unit.end)
    if paper.book.mentions_in(trigger.unit.start, trigger.unit.end):
        return False
    if payer is not None and view.starting(payer.end() - 1, "fund") is None:
        return False
    if not view.spans_in(trigger.end, trigger.unit.end, "money"):
        return False
    block = view.block_at(trigger.start)
    above = list(view.units_in(block.start, trigger.unit.start))[-1:]
    if not above or not paper.book.mentions_in(above[0].start, above[0].end):
        return False
    told = [t for t in paper.triggers if t.unit == above[0] and t.outcome == "grant"]
    return bool(told) and not view.spans_in(above[0].start, above[0].end, "money")


def _takes_up(paper: Paper, trigger: Trigger) -> bool:
    """'Dit går 5 miljoner kronor', 'Föreningen vill bygga om skolor och får 780 000 kronor': who receives a sum, in a
    sentence that names neither project nor payer."""
    sums = paper.view.spans_in(trigger.end, trigger.unit.end, "money")
    if trigger.voice != "receive" or not any((kronor(s.value) or 0) >= _LEAST_GRANT for s in sums):
        return False
    if _FROM.search(paper.view.text, trigger.end, trigger.unit.end):
        return False
    if paper.book.mentions_in(trigger.unit.start, trigger.unit.end):
        return False
    block = paper.view.block_at(trigger.start)
    above = list(paper.view.units_in(block.start, trigger.unit.start))[-1:]
    named = paper.book.mentions_in(above[0].start, above[0].end) if above else []
    if not named or paper.view.text[named[-1].end : above[0].end].strip(' ."”»'):
        return False
    return _INTRODUCES.search(paper.view.text, above[0].start, named[-1].start) is not None


def _pays_undated(paper: Paper, trigger: Trigger) -> bool:
    """Whether a relative clause only tells who paid ('which Region X funded with 300 tkr'): neither day nor number."""
    lead = paper.view.text[max(trigger.unit.start, trigger.start - 70) : trigger.start]
    if trigger.tense != "past" or trigger.governed or not _PAID_BY.search(lead):
        return False
    return not paper.view.spans_in(trigger.unit.start, trigger.unit.end, "date", "period", "diary_number", "case_id")


def _is_dated_grant(paper: Paper, trigger: Trigger) -> bool:
    """Whether a relative clause tells whom an authority gave money on which day: 'förstudien X, som Länsstyrelsen den 3
    april 2019 gav ett bidrag på 180 000 kronor'."""
    view, unit = paper.view, trigger.unit
    if trigger.tense != "past" or trigger.governed or not view.spans_in(trigger.end, unit.end, "money"):
        return False
    mentions = paper.book.mentions_in(unit.start, trigger.start)
    lead = _RELATIVE_CLAUSE.match(view.text, mentions[-1].end, trigger.start) if mentions else None
    payer = view.starting(lead.end(), "organisation") if lead is not None else None
    if payer is None or not is_authority(paper.lexicon, payer.value.canonical):
        return False
    days = [s for s in view.spans_in(payer.end, trigger.start, "date") if s.value.day and s.value.year]
    return bool(days) and not view.spans_in(payer.end, trigger.start, "organisation", "money")


def _is_others_payment(paper: Paper, trigger: Trigger) -> bool:
    """Whether the subject right before a verb of paying is an organisation other than the paper's own."""
    authority = paper.frame.authority
    if paper.frame.unowned and authority is None:  # beside what a committee decides, an organisation pays
        return bool(paper.view.spans_in(trigger.unit.start, trigger.start, "organisation"))
    before = paper.view.spans_in(trigger.unit.start, trigger.start, "organisation", "board")
    if authority is None or not before or not _SUBJECT_GAP.fullmatch(paper.view.text, before[-1].end, trigger.start):
        return False
    return before[-1].kind == "organisation" and fold(before[-1].value.canonical) != fold(authority.value.lexical)


def _changes_nothing(paper: Paper, trigger: Trigger) -> bool:
    """Whether a verb of change has no one who decides as its subject: 'Projektet höjer kompetensen'."""
    if trigger.outcome != "other" or trigger.voice != "active":
        return False
    return not paper.view.spans_in(trigger.unit.start, trigger.start, "board", "organisation")


_PAID = shape("telling", "paid")
_AGENT = shape("telling", "agent")


def _is_paid_by_others(paper: Paper, trigger: Trigger) -> bool:
    """'Projektet medfinansieras av X kommun (400 000 kr)': who pays beside the decision, no decision of X."""
    agent = (
        _AGENT.match(paper.view.text, trigger.end)
        if _PAID.search(paper.view.text, trigger.start, trigger.end)
        else None
    )
    if agent is not None and _BY_MANY.match(paper.view.text, agent.end()):
        return True
    span = paper.view.starting(agent.end(), "organisation") if agent is not None else None
    own = paper.frame.authority
    if span is None or own is None or fold(span.value.canonical) == fold(own.value.lexical):
        return False
    return not paper.view.spans_in(trigger.unit.start, trigger.unit.end, "date", "diary_number", "case_id")


def _fills_own_purse(paper: Paper, act: Act) -> bool:
    """Whether another authority gives the paper's own the means from which it grants: no project's money."""
    own, payer, receiver = paper.frame.authority, act.slots.get("authority"), act.slots.get("beneficiary")
    if own is None or payer is None or receiver is None or paper.book.mentions_in(act.start, act.end):
        return False
    return fold(receiver.value.lexical) == fold(own.value.lexical) != fold(payer.value.lexical)


def _is_told_grant(paper: Paper, trigger: Trigger) -> bool:
    """'(2017–2020, beviljat 6 000 000 kr)': a participle in a bracket behind a name, with its sum."""
    lead = paper.view.text[max(trigger.unit.start, trigger.start - 60) : trigger.start]
    money = paper.view.spans_in(trigger.end, min(trigger.unit.end, trigger.end + 40), "money")
    return "(" in lead and bool(money)


def _narrow(paper: Paper, act: Act, trigger: Trigger) -> None:
    """Where one sentence holds several acts, each keeps to its bracket or clause."""
    if trigger.tense == "participle":
        text = paper.view.text
        open_at = text.rfind("(", trigger.unit.start, trigger.start)
        close_at = text.find(")", trigger.end)
        mentions = [m for m in paper.book.mentions_in(trigger.unit.start, open_at + 1) if m.end <= open_at]
        if mentions:
            act.project = mentions[-1].project
            act.start, act.end = open_at, close_at if close_at > 0 else trigger.unit.end
            act.main = False
        return
    same = [t for t in paper.triggers if t.unit == trigger.unit and t.tense != "participle"]
    if len(same) > 1:
        later = [t.start for t in same if t.start > trigger.start]
        earlier = [t.end for t in same if t.end <= trigger.start]
        mentions = paper.book.mentions_in(trigger.unit.start, trigger.unit.end)
        if len({m.project.id for m in mentions}) > 1:
            act.start = max(act.start, _clause_start(paper, max(earlier))) if earlier else act.start
            act.end = min(act.end, _clause_start(paper, min(later))) if later else act.end


_CLAUSE_END = shape("telling", "clause_end")


def _clause_start(paper: Paper, offset: int) -> int:
    m = _CLAUSE_END.search(paper.view.text, offset, offset + 120)
    return m.end() if m else offset
