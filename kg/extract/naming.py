"""Finding the projects that a paper names, in the order of how sure their names are."""

from __future__ import annotations

import re

from kg.extract.acts import (
    Trigger,
    add_sought,
    apposed_name,
    clause_of,
    direct_object,
    object_name,
    relative_name,
    run_in_title,
    subject_name,
)
from kg.extract.context import Paper
from kg.extract.cues import add_cued, add_numbered
from kg.extract.decideditems import decided_item_records
from kg.extract.delegated import delegated_records
from kg.extract.entries import entry_records
from kg.extract.givenfor import given_records
from kg.extract.granteditems import counted_records, granted_item_records, labelled_item_records
from kg.extract.lineage import add_linked_names
from kg.extract.lines import line_records
from kg.extract.matteritems import matter_item_records
from kg.extract.matterphrases import phrase_records
from kg.extract.objects import add_aimed, add_in_quotes, sought_name
from kg.extract.projects import Project
from kg.extract.records import Record
from kg.extract.rows import table_records
from kg.extract.runins import run_in_records
from kg.extract.sections import Matter, section_at
from kg.extract.sheet import labelled_values
from kg.extract.stacked import headed_by_receivers
from kg.extract.sumlines import sum_records
from kg.extract.titles import (
    add_headed,
    add_labelled,
    announces_projects,
    heading_name,
    names_another_below,
    reads_as_name,
    recurs,
    speaks_of_project,
    tells_of_project,
)
from kg.extract.topics import matter_at
from kg.lexicon import fold, shape
from kg.phrases import find_words

_CAPITALISED = re.compile(r"(?:[A-ZÅÄÖ0-9][\w.*+:/&-]*)(?:\s+[A-ZÅÄÖ0-9][\w.*+:/&-]*)*$")


# where a verb's sentence names the project, in the order of how sure the place is
_FINDERS = (sought_name, relative_name, direct_object, apposed_name, subject_name, object_name, run_in_title)


# the forms of lists, the surest first: what a list of one form told is not read as one of another
_LISTS = (
    delegated_records,
    sum_records,
    given_records,
    headed_by_receivers,
    matter_item_records,
    entry_records,
    decided_item_records,
    run_in_records,
    line_records,
    labelled_item_records,
    counted_records,
    granted_item_records,
    phrase_records,
)


def name_projects(paper: Paper) -> None:
    view, lexicon, book = paper.view, paper.lexicon, paper.book
    own = paper.frame.authority.value.lexical if paper.frame.authority is not None else None
    rows = [r for grid in paper.grids for r in table_records(view, lexicon, grid, own)]
    for read_list in _LISTS:
        rows += [r for r in read_list(view, lexicon) if not any(r.start < o.end and o.start < r.end for o in rows)]
    for row in _without_matters(paper, rows):
        rule = "project.cell" if row.rule == "act.table" else "project.label"
        project = book.add(*row.name, rule, name=row.title, exact=row.rule == "act.record")
        if project is not None:
            if row.alias is not None:
                book.add_alias(project, view.line(*row.alias))
            paper.records.append((row, project))
    _number_notes(paper)
    if not paper.records:
        add_labelled(book, view, lexicon)
    acting = [m for m in paper.matters if any(m.start <= t.start < m.end for t in paper.triggers)]
    labelled = [p for p in book.projects if p.rule == "project.label"]
    about_one = len(labelled) == 1 and len(paper.matters) == 1
    headed = {}
    if not about_one and (not paper.records or len(paper.matters) > 1):
        headed = add_headed(book, view, lexicon, acting)
    add_numbered(book, view, lexicon, paper.outside)
    add_cued(book, view, lexicon, paper.outside)
    add_in_quotes(book, view, lexicon, paper.outside)
    add_linked_names(book, view, lexicon, paper.outside)
    book.settle()
    add_sought(book, view, lexicon, paper.outside)
    book.settle()
    added = add_aimed(book, view, lexicon, paper.triggers)
    if added:
        book.settle()
    listed = [(r.start, r.end) for r, _ in paper.records]
    for trigger in paper.triggers:
        named = book.mentions_in(*clause_of(trigger, paper.triggers))
        if named:
            # 'Ett tidigare förslag, KustMat Mini, avslogs' where KustMat is known: another project than that
            span = apposed_name(view, lexicon, trigger) if named[-1].end < trigger.start else None
            if span is not None and any(m.start == span[0] and m.end < span[1] for m in named):
                added = book.add(*span, "project.object") is not None or added
            continue
        if any(low <= trigger.start < high for low, high in listed):
            continue
        for finder in _FINDERS:
            span = finder(view, lexicon, trigger)
            placed = finder is run_in_title
            if span is not None and book.add(*span, "project.object", placed=placed) is not None:
                added = True
                break
    added = _name_by_titles(paper, headed) or added
    added = _name_below_refusal(paper) or added
    added = _name_bracketed(paper) or added
    _headings_as_aliases(paper)
    if added:
        book.settle()
    for index, project in headed.items():
        paper.owners[index] = [project]
    if not paper.records and not headed:
        _name_by_page(paper)


def _name_by_titles(paper: Paper, headed: dict[int, Project]) -> bool:
    """Titles of sections as names, where the decision below speaks only of 'projektet' and nothing names it."""
    titles = [m for m in paper.matters if m.style == "title" and m.heading is not None]
    nameless = [m for m in titles if m.index not in headed and _decides_on_unnamed(paper, m)]
    nameless = [m for m in nameless if m.heading and reads_as_name(paper.view, paper.lexicon, *m.heading)]
    if not nameless:
        return False
    announced = len(nameless) > 1 and announces_projects(paper.view, paper.lexicon, titles, nameless[0].start)
    added = False
    for matter in nameless:
        if not (announced or tells_of_project(paper.view, paper.lexicon, matter)) or matter.heading is None:
            continue
        if names_another_below(paper.view, matter):
            continue
        span, _ = heading_name(paper.view, paper.lexicon, *matter.heading)
        project = paper.book.add(*span, "project.heading", exact=True) if span is not None else None
        if project is not None:
            headed[matter.index] = project
            added = True
    return added


_NOTED = re.compile(r"(?m)^(\d{2,6})\s*[:–-]\s+(?=[A-ZÅÄÖ])")


def _number_notes(paper: Paper) -> None:
    """Notes below a list that open with the last digits of an entry's number: '0411: Projekttid 2019-06-01–2021-05-31'
    below '2019-0411'; at least two of them, each the end of one entry's number."""
    view = paper.view
    numbers: dict[str, list[str]] = {}
    for record, project in paper.records:
        told = [*record.lists.get("case_id", []), *(f for k, f in record.slots.items() if k == "diary_number")]
        numbers.setdefault(project.id, []).extend(f.value.lexical for f in told)
    projects = {project.id: project for _, project in paper.records}
    found: dict[str, str] = {}
    for m in _NOTED.finditer(view.text) if numbers else ():
        block = view.block_at(m.start())
        if block.start != m.start() or block.kind not in ("paragraph", "list_item", "field"):
            continue
        fits = [key for key, told in numbers.items() if any(n.endswith(m.group(1)) for n in told)]
        if len(fits) == 1:
            found[m.group(1)] = fits[0]
    if len(found) > 1:
        for digits, key in found.items():
            paper.book.add_alias(projects[key], digits)


_OWN_APPLICATION = shape("naming", "own_application")


def _name_below_refusal(paper: Paper) -> bool:
    """The project of a letter that names none: the title alone on the line below 'att avslå er ansökan', where that
    line has no full stop and labelled values follow the title."""
    view = paper.view
    refused = [t for t in paper.triggers if t.outcome == "reject" and t.governed == "decides"]
    if paper.book.projects or len(refused) != 1:
        return False
    unit = refused[0].unit
    below = view.blocks[unit.block + 1 : unit.block + 3]
    if len(below) < 2 or below[1].kind != "field" or not _OWN_APPLICATION.search(view.text, unit.start, unit.end):
        return False
    low, high = below[0].start, below[0].end
    if below[0].kind not in ("heading", "paragraph") or not reads_as_name(view, paper.lexicon, low, high):
        return False
    if view.starting(low, "organisation", "board", "fund", "county", "municipality", "date") is not None:
        return False
    if any(p.start < high and low < p.end for p in view.persons):
        return False
    span, _ = heading_name(view, paper.lexicon, low, high)
    return span is not None and paper.book.add(*span, "project.heading") is not None


def _name_by_page(paper: Paper) -> None:
    """The project that a page is all about, though it decides nothing: its first heading, which the text says again."""
    if any(p.rule in ("project.label", "project.heading") for p in paper.book.projects):
        return
    if _name_by_definition(paper):
        return
    first = next((b for b in paper.view.blocks[:6] if b.kind == "heading"), None)
    if first is None or not reads_as_name(paper.view, paper.lexicon, first.start, first.end):
        return
    span, _ = heading_name(paper.view, paper.lexicon, first.start, first.end)
    described = _is_described(paper)
    if span is None or not (described or recurs(paper.view, span)):
        return
    if paper.view.spans_in(*span, "fund", "organisation", "board") or "interreg" in fold(paper.view.line(*span)):
        return
    if described or speaks_of_project(paper.view, first.end) or _opens_text(paper, span, first.end):
        if (project := paper.book.add(*span, "project.heading")) is not None:
            paper.book.settle()
            paper.page = project
            if described:
                _disown(paper)


_IS_PROJECT = shape("naming", "is_project")
_TITLE_PARTS = shape("ownpages", "parts")
_HEAD, _LONGEST = 5, 90


def _name_by_definition(paper: Paper) -> bool:
    """The name in the head of a page of which the text says that it is a project: 'Frost is a three-year project',
    'Bygdelyftet är ett samverkansprojekt'."""
    view = paper.view
    for block in view.blocks[:_HEAD]:
        if block.kind not in ("furniture", "heading", "paragraph") or block.end - block.start > _LONGEST:
            continue
        words = _TITLE_PARTS.split(view.line(block.start, block.end))[0].strip()
        if len(words) < 4 or not reads_as_name(view, paper.lexicon, block.start, block.start + len(words)):
            continue
        for low, high in find_words(view.text, words, cased=True):
            if _IS_PROJECT.match(view.text, high) is None or view.starting(low, "organisation", "board", "fund"):
                continue
            project = paper.book.add(low, high, "project.heading")
            if project is not None:
                paper.book.settle()
                paper.page = project
                return True
    return False


_DESCRIBES = frozenset({"period", "start", "end", "total", "partner", "granted", "funder"})


def _is_described(paper: Paper) -> bool:
    """Whether labelled values tell of one project: its one owner, and at least two of its time, cost and partners."""
    values = labelled_values(paper.view, paper.lexicon)
    groups = [set(roles) for roles, _, _ in values]
    owners = sum("beneficiary" in g for g in groups)
    return owners == 1 and len(_DESCRIBES & {r for g in groups for r in g}) > 1


def _disown(paper: Paper) -> None:
    """On a page about a project, whoever owns the project is no authority that decides on it."""
    authority = paper.frame.authority
    for roles, low, high in labelled_values(paper.view, paper.lexicon):
        if "beneficiary" in roles and authority is not None:
            owners = paper.view.spans_in(low, high, "organisation")
            if any(fold(s.value.canonical) == fold(authority.value.lexical) for s in owners):
                paper.frame.authority = None


_NOUN_FIRST = shape("naming", "noun_first")


def _opens_text(paper: Paper, span: tuple[int, int], low: int) -> bool:
    """Whether the first sentence below a title begins with its words: 'Havets skafferi undersöker hur ...'"""
    below = next((u for u in paper.view.units_in(low, low + 400) if u.start >= low), None)
    if below is None:
        return False
    words = paper.view.line(*span)
    lead = _NOUN_FIRST.match(paper.view.text[below.start : below.end])
    start = below.start + (lead.end() if lead else 0)
    return paper.view.line(start, start + len(words)) == words


def _decides_on_unnamed(paper: Paper, matter: Matter) -> bool:
    """Whether something is decided in a matter, and its sentences of decision name no project."""
    inside = [t for t in paper.triggers if matter.heading and matter.heading[1] <= t.start < matter.end]
    return bool(inside) and not any(paper.book.mentions_in(*clause_of(t, paper.triggers)) for t in inside)


def _name_bracketed(paper: Paper) -> bool:
    """Names right before a bracket that tells of a grant: 'först kom AI.MEE (2017–2020, beviljat 6 000 000 kr)'."""
    added = False
    for trigger in paper.triggers:
        if trigger.tense != "participle":
            continue
        open_at = paper.view.text.rfind("(", trigger.unit.start, trigger.start)
        if open_at < 0 or any(m.end >= open_at - 2 for m in paper.book.mentions_in(trigger.unit.start, open_at)):
            continue
        name = _CAPITALISED.search(paper.view.text[trigger.unit.start : open_at].rstrip())
        if name is not None and paper.view.covering(trigger.unit.start + name.start(), "organisation", "fund") is None:
            start = trigger.unit.start + name.start()
            added = paper.book.add(start, trigger.unit.start + name.end(), "project.cue") is not None or added
    return added


def _without_matters(paper: Paper, rows: list[Record]) -> list[Record]:
    """Entries with decision sentences of their own are matters, not a list."""
    entries = [r for r in rows if r.rule == "act.record"]
    ends = [*(r.start for r in entries[1:]), len(paper.view.text)][: len(entries)]
    telling = sum(
        ((_says_nothing(paper, r) or _heads_matter(paper, r)) and any(r.start <= t.start < e for t in paper.triggers))
        or any(_is_placed(paper, t, r.start) for t in paper.triggers if r.start <= t.start < e)
        for r, e in zip(entries, ends, strict=True)
    )
    if telling * 2 <= len(entries):
        return rows
    return [r for r in rows if r.rule != "act.record" or r.outcome is not None and _is_apart(paper, r)]


def _heads_matter(paper: Paper, record: Record) -> bool:
    """Whether the name of an entry is the numbered title of a matter of its own: 'a) Lanthandel på hjul'; '14.1 Spår'
    is none where its outcome has a label."""
    matter = matter_at(paper.matters, record.name[0])
    if matter is None or matter.heading is None or matter.style == "title":
        return False
    if matter.style == "dotted" and record.outcome is not None:
        return False
    return matter.heading[0] <= record.name[0] < matter.heading[1]


def _is_apart(paper: Paper, record: Record) -> bool:
    """Whether an entry that tells its own outcome stands in a paragraph of minutes that holds no other decision: the
    delegated decisions that a board notes."""
    matter = matter_at(paper.matters, record.start)
    if matter is None or matter.style != "sign" or _heads_matter(paper, record):
        return False
    return not any(_is_placed(paper, t, matter.start) for t in paper.triggers if matter.start <= t.start < matter.end)


def _says_nothing(paper: Paper, record: Record) -> bool:
    """Whether an entry tells neither outcome nor sum, and no label says that its name is one; below 'Projekt: X' a
    sentence 'Projektet beviljas med 600 000 kr' is read as a part of the entry."""
    named = paper.view.block_at(record.name[0]).kind == "field"
    return record.outcome is None and "amount_sek" not in record.slots and not named


def _is_placed(paper: Paper, trigger: Trigger, start: int) -> bool:
    """Whether a verb stands under a heading of proposals or decisions within the entry that begins at ``start``."""
    section = section_at(paper.sections, trigger.start)
    return section.start >= start and bool({"proposal", "decision"} & set(section.kinds))


def _headings_as_aliases(paper: Paper) -> None:
    """A heading that is the beginning of a listed project's name is a short name of it."""
    if not paper.records:
        return
    known = [(fold(p.name), p) for _, p in paper.records]
    for block in paper.view.blocks:
        if block.kind != "heading":
            continue
        words = paper.view.line(block.start, block.end)
        fits = [p for name, p in known if name.startswith(fold(words)) and name != fold(words)]
        if len(fits) == 1 and len(words) >= 4:
            paper.book.add_alias(fits[0], words)
    paper.book.settle()


def main_project(paper: Paper, matter: Matter | None) -> Project | None:
    """The project of a paper that is all about one: labelled, or named in the title."""
    for rule in ("project.label", "project.heading"):
        named = [
            p
            for p in paper.book.projects
            if p.rule == rule and (matter is None or matter.style == "whole" or matter.start <= p.start < matter.end)
        ]
        if named:
            return named[0]
    if paper.page is not None:
        return paper.page
    mentioned = [m.project for m in paper.book.mentions if matter is None or matter.start <= m.start < matter.end]
    if not mentioned:
        return None
    return max(dict.fromkeys(mentioned), key=mentioned.count)
