"""Which project a sentence of decision that names none speaks of, and which such sentences speak of no one project."""

from __future__ import annotations

from kg.extract.acts import Trigger, clause_of, is_for_thing
from kg.extract.context import Paper
from kg.extract.projects import Project
from kg.extract.sections import Matter
from kg.extract.topics import matter_at
from kg.lexicon import shape

_SEVERAL = shape("telling", "several")
_NAMED_OTHERWISE = shape("telling", "named_otherwise")
_OWN_OBJECT = shape("telling", "own_object")
_IN_ORDER_TO = shape("telling", "in_order_to")
_FOR_A_STUDY = shape("telling", "for_a_study")
_ONLY_NAMES = shape("telling", "only_names")
_NOTES = shape("telling", "notes")
_LONGEST_TITLE, _NUMBERING = 160, 5  # characters: a line that is a name; what may count it
_THE_PROJECT = shape("telling", "the_project")
_ALSO = shape("telling", "also")


def named_above(paper: Paper, trigger: Trigger) -> Project | None:
    """The project whose name is all of the line above the paragraph that the sentence opens."""
    index = trigger.unit.block
    block = paper.view.blocks[index]
    if index == 0 or trigger.unit.start > block.start + 1:
        return None
    title = paper.view.blocks[index - 1]
    if title.kind in ("field", "table", "furniture") or title.end - title.start > _LONGEST_TITLE:
        return None
    named = paper.book.mentions_in(title.start, title.end)
    whole = len(named) == 1 and not paper.view.text[named[0].end : title.end].strip(' ”"»:')
    return named[0].project if whole and named[0].start - title.start < _NUMBERING else None


def named_in_block(paper: Paper, trigger: Trigger) -> Project | None:
    """The one project that the paragraph names before a sentence about 'projektet': 'Projektet X vill ... För projektet
    får A stöd med 5 miljoner kronor.'"""
    matter = matter_at(paper.matters, trigger.start)
    if matter is not None and matter.style != "whole":
        return None
    low, high = clause_of(trigger, paper.triggers)
    if paper.book.mentions_in(low, high) or not _THE_PROJECT.search(paper.view.text, low, high):
        return None
    block = paper.view.block_at(trigger.start)
    named = {m.project.id: m.project for m in paper.book.mentions_in(block.start, trigger.unit.start)}
    if len(named) > 1:
        named = {key: p for key, p in named.items() if p.rule == "project.cue"}
    return next(iter(named.values())) if len(named) == 1 else None


def named_nearest(paper: Paper, trigger: Trigger, matter: Matter | None, most: Project) -> Project | None:
    """The project that a sentence without a name speaks of, in a paper that tells of several: the one named last in its
    paragraph or the one above; None where neither names any."""
    low, high = (matter.start, matter.end) if matter is not None else (0, len(paper.view.text))
    if not paper.book.mentions_in(low, trigger.unit.start) and trigger.voice in ("passive", "receive"):
        return None  # what the paper names only further down
    if len({m.project.id for m in paper.book.mentions_in(low, high)}) < 2:
        return most
    if trigger.unit.start - paper.view.block_at(trigger.start).start < _NUMBERING and not _THE_PROJECT.search(
        paper.view.text, trigger.unit.start, trigger.unit.end
    ):
        # a paragraph that tells of one more decision: 'Nämnden beslutade också att ...', 'X får 70 tkr till en bro'
        more = _ALSO.search(paper.view.text, trigger.unit.start, trigger.start) is not None
        if more or trigger.voice in ("passive", "receive") and is_for_thing(paper.view, trigger):
            return None
    index = paper.view.block_index(trigger.start)
    first = max(low, paper.view.blocks[max(0, index - 1)].start)
    before = paper.book.mentions_in(first, trigger.unit.start) or paper.book.mentions_in(low, trigger.unit.start)
    return before[-1].project if before else most


def named_below(paper: Paper, trigger: Trigger) -> Project | None:
    """The one project that the paragraph names below a sentence of decision that names none, where nothing above names
    any: 'X har beviljat oss 300 000 kronor. Pengarna går till projektet Y.'"""
    view, unit = paper.view, trigger.unit
    matter = matter_at(paper.matters, trigger.start)
    low = matter.start if matter is not None else 0
    if trigger.outcome != "grant" or paper.book.mentions_in(low, unit.end):
        return None
    if not view.spans_in(unit.start, unit.end, "money") or counts_projects(paper, trigger):
        return None
    below = view.units_in(unit.end, view.blocks[unit.block].end)[:_BELOW]
    named = {m.project.id: m.project for u in below for m in paper.book.mentions_in(u.start, u.end)}
    return next(iter(named.values())) if len(named) == 1 else None


_BELOW = 2  # sentences


def is_named_later(paper: Paper, trigger: Trigger) -> bool:
    """Whether a sentence that names no project stands before all names of a paper about several, none of them in a
    label, cell or heading: it tells of no one of them."""
    if trigger.outcome != "grant" or paper.book.mentions_in(0, trigger.unit.end) or len(paper.book.projects) < 2:
        return False
    return not any(p.rule in ("project.label", "project.heading", "project.cell") for p in paper.book.projects)


def counts_projects(paper: Paper, trigger: Trigger) -> bool:
    """Whether the clause names no project and tells of several together: 'beviljade 10,2 miljoner till nio projekt'."""
    low, high = clause_of(trigger, paper.triggers)
    if paper.book.mentions_in(low, high):
        return False
    unit = trigger.unit
    if _NAMED_OTHERWISE.search(paper.view.text, low, high) and not paper.book.mentions_in(unit.start, unit.end):
        return True  # 'till projektet X', whose name could not be read: no other project's decision
    while (m := _SEVERAL.search(paper.view.text, low, high)) is not None:
        money = paper.view.covering(m.start(), "money")
        if money is None:
            return True
        low = money.end
    return False


def has_own_purpose(paper: Paper, trigger: Trigger) -> bool:
    """Whether the sentence names no project but says what it is about: 'Nämnden beslutade också att A får 750 000
    kronor för att utreda en ny station', 'Nämnden säger nej till A kommuns ansökan om bidrag till bron' on a page that
    tells of several projects."""
    text, unit = paper.view.text, trigger.unit
    if paper.book.mentions_in(unit.start, unit.end):
        return False
    if trigger.outcome == "reject" and len(paper.book.projects) > 1 and trigger.voice == "passive":
        if _ONLY_NAMES.fullmatch(text, unit.start, trigger.start):
            return True  # 'Gustafs Teater och Solvarbo Byalag avslås', behind projects with names
    if trigger.outcome == "reject":
        matter = matter_at(paper.matters, trigger.start)
        apart = (matter is None or matter.style == "whole") and len(paper.book.projects) > 1
        return apart and _OWN_OBJECT.search(text, trigger.start, unit.end) is not None
    sums = paper.view.spans_in(trigger.end, unit.end, "money")
    if sums and trigger.voice == "pay" and _FOR_A_STUDY.match(text, sums[-1].end, unit.end):
        matter = matter_at(paper.matters, trigger.start)
        return matter is None or matter.style == "whole"  # 'har avsatt 100 000 kronor för en förstudie'
    if not _ALSO.search(text, unit.start, trigger.start):
        return False
    return bool(sums) and _IN_ORDER_TO.match(text, sums[-1].end, unit.end) is not None


def only_notes(paper: Paper, matter: Matter | None) -> bool:
    """Whether the decision of a matter is no more than that a report is received: what it tells was decided before."""
    for section in paper.sections:
        if "decision" not in section.kinds or matter is None or not matter.start <= section.start < matter.end:
            continue
        if any(section.start <= t.start < section.end for t in paper.triggers):
            return False
        if _NOTES.search(paper.view.text, section.start, section.end):
            return True
    return False


def is_others_item(paper: Paper, trigger: Trigger, project: Project) -> bool:
    """Whether an item of a list that is a sentence of its own, about a thing without a name, would be put down to a
    project that only another item names: '- Förslaget att bygga ny simhall för 180 miljoner återremitterades.'"""
    view = paper.view
    block = view.blocks[trigger.unit.block]
    if block.kind != "list_item" or trigger.governed or trigger.lead is not None and _asks(paper, trigger.lead):
        return False
    if paper.book.mentions_in(block.start, block.end) or _THE_PROJECT.search(view.text, block.start, block.end):
        return False
    index = trigger.unit.block
    items = [index]
    while items[0] > 0 and view.blocks[items[0] - 1].kind == "list_item":
        items.insert(0, items[0] - 1)
    while items[-1] + 1 < len(view.blocks) and view.blocks[items[-1] + 1].kind == "list_item":
        items.append(items[-1] + 1)
    low, high = view.blocks[items[0]].start, view.blocks[items[-1]].end
    named = {m.project.id for m in paper.book.mentions_in(0, low)}
    return project.id not in named and any(m.project is project for m in paper.book.mentions_in(low, high))


def _asks(paper: Paper, lead: tuple[int, int]) -> bool:
    """Whether the words above a list say that a body decides what its items say."""
    return paper.lexicon.pattern("decisions", "decides").search(paper.view.text, *lead) is not None


_DENIED = shape("telling", "denied")


def is_denied(paper: Paper, trigger: Trigger) -> bool:
    """Whether the same sentence or the next one in its paragraph takes back what is told: 'Uppgiften är felaktig.'"""
    units = paper.view.units_with(_DENIED)
    near = [u for u in units if u.block == trigger.unit.block and u.start >= trigger.unit.start]
    if not near:
        return False
    high = next((u.end for u in paper.view.units_in(trigger.unit.end, near[0].end)), trigger.unit.end)
    return _DENIED.search(paper.view.text, trigger.unit.start, high) is not None
