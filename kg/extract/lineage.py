"""Which project goes on from which, and which are only mentioned as alike."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from kg.extract.names import scan_name
from kg.extract.projects import Mention, Project, ProjectBook
from kg.extract.view import Unit, View
from kg.lexicon import Lexicon, alternation, compile_phrases

_JOIN = re.compile(
    r"\s*(?:\([^)]*\))?\s*(?:,|och|samt|&|and)\s*(?:även\s+|nyligen\s+)?(?:projektet\s+|förstudien\s+)?",
    re.IGNORECASE,
)
_PHASE_OF = re.compile(
    r"\b(?:är|utgör|blir)\s+(?:en\s+|ett\s+)?(?:fas|etapp|steg|del)\s+(?:\d+|[IVX]+|två|tre)\s+(?:av|i)\s+(?:projektet\s+)?",
    re.IGNORECASE,
)


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
def _compiled(signature: str, phrases: tuple[str, ...]) -> re.Pattern[str]:
    return compile_phrases(phrases)


@cache
def _between(signature: str, words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?:\s*(?:{alternation(words)}))*\s*", re.IGNORECASE)


Topic = Callable[[Unit], Project | None]


def add_linked_names(book: ProjectBook, view: View, lexicon: Lexicon, skip: list[tuple[int, int]]) -> None:
    """Names that stand after a phrase of lineage or likeness become projects, before mentions are settled."""
    between = _between(lexicon.signature, tuple(lexicon.words("lineage", "between", "words")))
    for group in ("builds_on", "continues", "earlier"):
        for m in lexicon.pattern("lineage", group, "phrases").finditer(view.text):
            if any(a <= m.start() < b for a, b in skip):
                continue
            unit = view.unit_at(m.start())
            start = _skip_between(view, between, m.end())
            _add_list(book, view, lexicon, start, unit, strict=group != "continues")
    for m in lexicon.pattern("lineage", "related", "phrases").finditer(view.text):
        unit = view.unit_at(m.start())
        start = _skip_between(view, between, m.end())
        if not any(a <= m.start() < b for a, b in skip):
            _add_list(book, view, lexicon, start, unit, strict=True)
    for m in _PHASE_OF.finditer(view.text):
        span = scan_name(view, lexicon, m.end(), view.unit_at(m.start()).end)
        if span is not None:
            book.add(*span, "project.lineage")


def _skip_between(view: View, between: re.Pattern[str], offset: int) -> int:
    """The offset after the small words; a capitalised 'Förstudie' is the beginning of a name."""
    m = between.match(view.text, offset)
    end = m.end() if m else offset
    last = re.search(r"(\S+)\s*$", view.text[offset:end])
    if last and last.group(1)[0].isupper() and last.group(1)[1:].islower():
        return offset + last.start(1)
    return end


def _add_list(book: ProjectBook, view: View, lexicon: Lexicon, start: int, unit: Unit, *, strict: bool) -> None:
    position = start
    for _ in range(12):
        if position >= unit.end or view.starting(
            position, "organisation", "board", "fund", "county", "municipality", "date", "money", "share"
        ):
            return
        cue = re.match(
            r"(?:projektet|projekten|förstudien|insatsen|initiativet|satsningen)\s+",
            view.text[position : unit.end],
            re.IGNORECASE,
        )
        if cue:
            position += cue.end()
        span = scan_name(view, lexicon, position, unit.end)
        if span is None:
            return
        words = view.text[span[0] : span[1]]
        if not strict or _is_distinctive(words):
            book.add(*span, "project.lineage")
        join = _JOIN.match(view.text, span[1])
        if join is None or not join.group().strip():
            return
        position = join.end()


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

    between = _between(lexicon.signature, tuple(lexicon.words("lineage", "between", "words")))
    for group in ("continues", "builds_on"):
        for m in lexicon.pattern("lineage", group, "phrases").finditer(view.text):
            if any(a <= m.start() < b for a, b in skip):
                continue
            unit = view.unit_at(m.start())
            start = _skip_between(view, between, m.end())
            olds = _listed(view, book, start, unit)
            new = _subject(view, book, unit, m.start(), owner_of)
            for mention in olds:
                add(
                    group,
                    new,
                    mention.project,
                    _quote_start(book, unit, m.start(), new),
                    mention.end,
                    "lineage.phrase",
                )
    for m in _PHASE_OF.finditer(view.text):
        unit = view.unit_at(m.start())
        for mention in _listed(view, book, m.end(), unit)[:1]:
            new = _subject(view, book, unit, m.start(), owner_of)
            add(
                "continues",
                new,
                mention.project,
                _quote_start(book, unit, m.start(), new),
                mention.end,
                "lineage.phase",
            )
    for m in lexicon.pattern("lineage", "passed_on", "phrases").finditer(view.text):
        unit = view.unit_at(m.start())
        before = book.mentions_in(unit.start, m.start())
        after = [x for x in book.mentions_in(m.end(), unit.end) if x.start - m.end() < 60]
        if before and after:
            add(
                "builds_on",
                after[0].project,
                before[-1].project,
                before[-1].start,
                after[0].end,
                "lineage.phrase",
            )
    for m in lexicon.pattern("lineage", "earlier", "phrases").finditer(view.text):
        unit = view.unit_at(m.start())
        start = _skip_between(view, between, m.end())
        for mention in _listed(view, book, start, unit)[:1]:
            new = _subject(view, book, unit, m.start(), owner_of)
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


def _listed(view: View, book: ProjectBook, start: int, unit: Unit) -> list[Mention]:
    """Mentions that begin at ``start`` (a few words of slack for the first) and go on as a list."""
    found: list[Mention] = []
    position = start
    for mention in book.mentions_in(max(unit.start, start - 2), unit.end):
        gap = view.text[position : mention.start]
        if not found:
            if len(gap) > 45 or re.search(r"[.;]", gap):
                break
        elif not _JOIN.fullmatch(gap) and not re.fullmatch(r"\s*\([^)]*\)\s*(?:,|och|samt)\s*(?:\w+\s+)?", gap):
            break
        found.append(mention)
        position = mention.end
    return found


def _subject(view: View, book: ProjectBook, unit: Unit, offset: int, topic: Topic) -> Project | None:
    before = book.mentions_in(unit.start, offset)
    if before:
        return before[0].project if len(before) == 1 or before[0].start < unit.start + 30 else before[-1].project
    return topic(unit)


def _quote_start(book: ProjectBook, unit: Unit, offset: int, new: Project | None) -> int:
    before = [m for m in book.mentions_in(unit.start, offset) if m.project is new]
    return before[-1].start if before else offset
