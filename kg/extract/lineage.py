"""Which project goes on from which, and which are only mentioned as alike."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache

from kg.beginnings import BegunPattern
from kg.extract.cuewords import cue_pattern
from kg.extract.linkwords import LinkPattern, link_pattern
from kg.extract.names import scan_name
from kg.extract.partylists import reads_as_organisation
from kg.extract.projects import Mention, Project, ProjectBook
from kg.extract.view import Unit, View
from kg.lexicon import Lexicon, PhrasePattern, alternation, compile_phrases, fill_shape, shape

_JOIN = shape("lineage", "join")


@dataclass(frozen=True, slots=True)
class Link:
    """``project`` goes on from (or is like) ``other``; ``kind``: builds_on, continues or related."""

    kind: str
    project: Project
    other: Project
    start: int
    end: int
    rule: str


@cache
def _compiled(signature: str, phrases: tuple[str, ...]) -> PhrasePattern:
    return compile_phrases(phrases)


@cache
def _phase_of() -> BegunPattern:
    """'är etapp 2 av'; tried only where its verbs stand."""
    return BegunPattern(fill_shape("lineage", "phase_of"))


_JOINT_BETWEEN = re.compile(r"\s*[,:–]?\s*")
_BLANKS = re.compile(r"\s*")


Topic = Callable[[Unit], Project | None]


def add_linked_names(book: ProjectBook, view: View, lexicon: Lexicon, skip: list[tuple[int, int]]) -> None:
    """Names that stand after a phrase of lineage or likeness become projects, before mentions are settled."""
    for group in ("builds_on", "continues", "earlier"):
        for m in _finder(lexicon, group).finditer(view.text):
            if any(a <= m.start() < b for a, b in skip):
                continue
            unit = view.unit_at(m.start())
            if m.end() > unit.end:
                continue
            if group != "earlier":
                _add_subject(book, view, lexicon, unit, m.start())
            start = _skip_between(view, lexicon, m.end())
            _add_list(book, view, lexicon, start, unit, strict=group != "continues")
    for m in link_pattern(lexicon, "passed_on").finditer(view.text):
        unit = view.unit_at(m.start())
        if m.end() <= unit.end and not any(a <= m.start() < b for a, b in skip):
            start = _skip_between(view, lexicon, m.end())
            span = scan_name(view, lexicon, start, unit.end)
            if span is not None and not reads_as_organisation(view.text[span[0] : span[1]]):
                _add_list(book, view, lexicon, start, unit, strict=True)
    for m in lexicon.pattern("lineage", "related", "phrases").finditer(view.text):
        unit = view.unit_at(m.start())
        start = _skip_between(view, lexicon, m.end())
        if not any(a <= m.start() < b for a, b in skip):
            _add_list(book, view, lexicon, start, unit, strict=True)
    for m in _phase_of().finditer(view.text):
        span = scan_name(view, lexicon, m.end(), view.unit_at(m.start()).end)
        if span is not None:
            book.add(*span, "project.lineage")


def _finder(lexicon: Lexicon, group: str) -> LinkPattern | PhrasePattern:
    if group in ("builds_on", "continues", "passed_on"):
        return link_pattern(lexicon, group)
    return lexicon.pattern("lineage", group, "phrases")


def _add_subject(book: ProjectBook, view: View, lexicon: Lexicon, unit: Unit, offset: int) -> None:
    """The name that opens the sentence right before the phrase: 'INDI är en fortsättning på'."""
    if view.starting(unit.start, "organisation", "board", "fund", "county", "municipality", "date") is not None:
        return
    cue = cue_pattern(lexicon).match(view.text, unit.start)
    span = scan_name(view, lexicon, cue.end() if cue else unit.start, offset)
    if span is None or span[1] < offset - 2:
        return
    words = view.text[span[0] : span[1]].split()
    acronym = any(c.isupper() or c.isdigit() for c in words[0][1:])
    numbered = len(words) > 1 and re.fullmatch(r"[\d.]+|[IVX]+|\d+\*?", words[-1]) is not None
    if len(words) <= 4 and (acronym or numbered):
        book.add(*span, "project.lineage")


def _skip_between(view: View, lexicon: Lexicon, offset: int) -> int:
    """The offset after the small words; a capitalised 'Förstudie' is the beginning of a name."""
    words = lexicon.pattern("lineage", "between", "words")
    end = offset
    while (joint := _JOINT_BETWEEN.match(view.text, end)) and (word := words.match(view.text, joint.end())):
        end = word.end()
    if (blanks := _BLANKS.match(view.text, end)) is not None:
        end = blanks.end()
    last = re.search(r"(\S+)\s*$", view.text[offset:end])
    if last and last.group(1)[0].isupper() and last.group(1)[1:].islower():
        return offset + last.start(1)
    return end


_NOUN_BEFORE = shape("lineage", "noun_before")


def _add_list(book: ProjectBook, view: View, lexicon: Lexicon, start: int, unit: Unit, *, strict: bool) -> None:
    position = start
    for _ in range(12):
        if position >= unit.end or view.starting(
            position, "organisation", "board", "fund", "county", "municipality", "date", "money", "share"
        ):
            return
        cue = _NOUN_BEFORE.match(view.text[position : unit.end])
        if cue:
            position += cue.end()
        span = scan_name(view, lexicon, position, unit.end)
        if span is None:
            return
        span = _without_payer(view, span)
        words = view.text[span[0] : span[1]]
        if not strict or _is_distinctive(words):
            book.add(*span, "project.lineage")
        join = _JOIN.match(view.text, span[1])
        if join is None or not join.group().strip():
            return
        position = join.end()


def _without_payer(view: View, span: tuple[int, int]) -> tuple[int, int]:
    """'Monaco (VINNOVA)': an organisation in brackets is who pays, no part of the name."""
    bracket = re.search(r"\s*\(([^()]+)\)$", view.text[span[0] : span[1]])
    if bracket is None or bracket.start() == 0:
        return span
    inner = view.starting(span[0] + bracket.start(1), "organisation", "fund")
    return (span[0], span[0] + bracket.start()) if inner is not None else span


def _is_distinctive(words: str) -> bool:
    """Whether words read as a title rather than a sentence that begins with a capital."""
    return (
        len(words.split()) >= 2
        or any(c.isupper() for c in words[1:])
        or any(c.isdigit() for c in words)
        or len(words) > 4
    )


def find_links(
    view: View, lexicon: Lexicon, book: ProjectBook, topic: Topic, owner_of: Topic, skip: list[tuple[int, int]]
) -> list[Link]:
    """All links that the sentences state, in order, each pair once; lineage outweighs likeness."""
    found: dict[tuple[str, str], Link] = {}

    def add(kind: str, new: Project | None, old: Project, start: int, end: int, rule: str) -> None:
        if (
            new is None
            or new is old
            or (new.id, old.id) in found
            and (kind == "related" or found[new.id, old.id].kind != "related")
        ):
            return
        if (old.id, new.id) in found and found[old.id, new.id].kind != "related":
            return
        found[new.id, old.id] = Link(kind, new, old, start, end, rule)

    for group in ("continues", "builds_on"):
        for m in link_pattern(lexicon, group).finditer(view.text):
            if any(a <= m.start() < b for a, b in skip) or _is_within_name(book, m.start()):
                continue
            if _OF_TIME.match(view.text, m.end()):
                continue
            unit = view.unit_at(m.start())
            start = _skip_between(view, lexicon, m.end())
            olds = _listed(view, book, start, unit) or _meant(view, lexicon, book, unit, m.end(), owner_of)
            new = _subject(view, lexicon, book, unit, m.start(), owner_of, olds[0].project if olds else None)
            for mention in olds:
                add(
                    group,
                    new,
                    mention.project,
                    _quote_start(book, unit, m.start(), new),
                    mention.end,
                    "lineage.phrase",
                )
    for m in _phase_of().finditer(view.text):
        unit = view.unit_at(m.start())
        for mention in _listed(view, book, m.end(), unit)[:1]:
            new = _subject(view, lexicon, book, unit, m.start(), owner_of, mention.project)
            add(
                "continues",
                new,
                mention.project,
                _quote_start(book, unit, m.start(), new),
                mention.end,
                "lineage.phase",
            )
    for m in link_pattern(lexicon, "passed_on").finditer(view.text):
        if any(a <= m.start() < b for a, b in skip) or _is_within_name(book, m.start()):
            continue
        unit = view.unit_at(m.start())
        before = book.mentions_in(unit.start, m.start())
        after = [x for x in book.mentions_in(m.end(), unit.end) if x.start - m.end() < 60]
        if not after or re.search(r"[.;]", view.text[m.end() : after[0].start]):
            continue
        older = (
            before[-1].project if before else _subject(view, lexicon, book, unit, m.start(), owner_of, after[0].project)
        )
        if older is not None:
            start = before[-1].start if before else m.start()
            add("builds_on", after[0].project, older, start, after[0].end, "lineage.phrase")
    for m in _relative_pattern(lexicon).finditer(view.text):
        unit = view.unit_at(m.start())
        ending = [x for x in book.mentions_in(unit.start, m.start() + 1) if m.start() - x.end <= 1]
        new = owner_of(unit)
        if ending and new is not None:
            add("continues", new, ending[-1].project, ending[-1].start, m.end(), "lineage.phrase")
    studies = lexicon.pattern("lineage", "words", "studies")
    for unit in view.units_with(studies):
        told = studies.match(view.text, unit.start, unit.end)
        if told is None:
            continue
        named = next((x for x in book.mentions_in(unit.start, unit.end) if 0 < x.start - told.end() < 4), None)
        new = owner_of(unit)
        if named is None or new is None or any(a <= unit.start < b for a, b in skip):
            continue
        if lexicon.pattern("lineage", "words", "told").match(view.text[named.end : unit.end].lstrip()):
            add("builds_on", new, named.project, unit.start, named.end, "lineage.phrase")
    for mention in book.mentions:
        unit = view.unit_at(mention.start)
        if not _AFTER_STUDY.search(view.text, max(unit.start, mention.start - 30), mention.start):
            continue
        new = owner_of(unit)
        if new is None or any(a <= unit.start < b for a, b in skip) or view.blocks[unit.block].kind == "table":
            continue
        if (
            _CARRIED_OUT.search(view.text, unit.start, unit.end)
            and len({m.project for m in book.mentions_in(unit.start, unit.end)} - {new}) == 1
        ):
            add("builds_on", new, mention.project, unit.start, mention.end, "lineage.phrase")
    for m in lexicon.pattern("lineage", "earlier", "phrases").finditer(view.text):
        unit = view.unit_at(m.start())
        start = _skip_between(view, lexicon, m.end())
        for mention in _listed(view, book, start, unit)[:1]:
            new = _subject(view, lexicon, book, unit, m.start(), owner_of, mention.project)
            if new is not None and topic(unit) is mention.project:
                continue
            add("builds_on", new, mention.project, m.start(), mention.end, "lineage.phrase")
    for m in lexicon.pattern("lineage", "related", "phrases").finditer(view.text):
        if any(a <= m.start() < b for a, b in skip):
            continue
        unit = view.unit_at(m.start())
        owner = owner_of(unit) or topic(unit)
        for mention in list(book.mentions_in(m.end(), unit.end)):
            if owner is not None and mention.project is not owner:
                add("related", owner, mention.project, m.start(), mention.end, "related.phrase")
    return list(found.values())


_JOINT = shape("lineage", "joint")


def _listed(view: View, book: ProjectBook, start: int, unit: Unit) -> list[Mention]:
    """Mentions that begin at ``start`` (a few words of slack for the first) and go on as a list."""
    found: list[Mention] = []
    position = start
    for mention in book.mentions_in(max(unit.start, start - 2), unit.end):
        gap = view.text[position : mention.start]
        if not found:
            if len(gap) > 45 or re.search(r"[.;]", gap):
                break
        elif not _JOIN.fullmatch(gap) and not _JOINT.fullmatch(gap):
            break
        found.append(mention)
        position = mention.end
    return found


_MEANT = shape("lineage", "meant")
_STUDY = shape("lineage", "study")
_MEANT_REACH = 500
_OF_TIME = shape("lineage", "of_time")
_AFTER_STUDY = shape("lineage", "after_study")
_CARRIED_OUT = shape("lineage", "carried_out")


def _meant(view: View, lexicon: Lexicon, book: ProjectBook, unit: Unit, offset: int, owner_of: Topic) -> list[Mention]:
    """The study named shortly before, where the sentence only points back to it: 'bygger på de slutsatserna'."""
    if _MEANT.match(view.text, offset, unit.end) is None or book.mentions_in(offset, unit.end):
        return []
    owner = owner_of(unit)
    before = [m for m in book.mentions_in(max(0, unit.start - _MEANT_REACH), unit.start) if m.project is not owner]
    if not before or owner is None:
        return []
    last = before[-1]
    named = [m for m in book.mentions if m.project is last.project and m.start <= last.start]
    return [last] if any(_STUDY.search(view.text, max(0, m.start - 60), m.start) for m in named) else []


def _subject(
    view: View, lexicon: Lexicon, book: ProjectBook, unit: Unit, offset: int, topic: Topic, old: Project | None
) -> Project | None:
    """The newer project: named before the phrase; else that of the sentence before, where this speaks on of it; else
    the project of the section."""
    before = book.mentions_in(unit.start, offset)
    if before:
        return before[0].project if len(before) == 1 or before[0].start < unit.start + 30 else before[-1].project
    owner = topic(unit)
    lead = view.text[unit.start : offset]
    speaks_on = not lead.strip() or lexicon.pattern("lineage", "words", "pronouns").match(lead.lstrip())
    if speaks_on:
        block = view.blocks[unit.block]
        previous = list(view.units_in(block.start, unit.start))[-1:]
        named = book.mentions_in(previous[0].start, previous[0].end) if previous else []
        named = [x for x in named if x.project is not old]
        if named and (owner is None or owner is old or all(x.project is not owner for x in named)):
            return named[0].project
    return owner


def _is_within_name(book: ProjectBook, offset: int) -> bool:
    return any(m.start < offset < m.end for m in book.mentions_in(max(0, offset - 90), offset + 90))


@lru_cache(maxsize=8)
def _relative_pattern(lexicon: Lexicon) -> re.Pattern[str]:
    """'A, som linjen är en fortsättning på, ...': the older project stands before."""
    return shape("lineage", "successor", NOUNS=alternation(lexicon.words("lineage", "words", "nouns")))


def _quote_start(book: ProjectBook, unit: Unit, offset: int, new: Project | None) -> int:
    before = [m for m in book.mentions_in(unit.start, offset) if m.project is new]
    return before[-1].start if before else offset
