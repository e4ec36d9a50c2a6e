"""Names of projects in running text: after a cue such as 'projektet', or before their number."""

from __future__ import annotations

import re

from kg.extract.cuewords import cue_pattern
from kg.extract.names import MentionPattern, clause_has_verb, scan_name
from kg.extract.projects import ProjectBook
from kg.extract.sections import strip_numbering
from kg.extract.titles import IDENTIFIER_TAIL, heading_name
from kg.extract.view import View
from kg.lexicon import Lexicon, shape

# rules that read a name where it is printed as a title: a label's value, a cell, a heading
_TITLED = frozenset({"project.label", "project.cell", "project.heading"})


def add_numbered(book: ProjectBook, view: View, lexicon: Lexicon, skip: list[tuple[int, int]]) -> None:
    """Names that open a paragraph and are followed by their number: 'Mat längs ån, journalnr 2019-0766, ägs av ...'"""
    for span in view.kind("diary_number", "case_id"):
        block = view.block_at(span.start)
        if block.kind not in ("paragraph", "list_item") or any(low <= span.start < high for low, high in skip):
            continue
        lead = view.text[block.start : span.start]
        tail = IDENTIFIER_TAIL.search(lead)
        if tail is None or not re.match(r"\s*[,(–-]", tail.group()):
            continue
        bare = strip_numbering(lead[: tail.start()])
        begin = block.start + lead.find(bare) if bare else span.start
        named = scan_name(view, lexicon, begin, block.start + tail.start(), verbal=True) if bare else None
        if named is not None and view.spans_in(*named, "diary_number", "case_id"):
            continue
        if named is None or named[1] < block.start + tail.start() - 1 or len(bare) > 90:
            continue
        if view.starting(named[0], "organisation", "board", "fund", "date", "county", "municipality") is None:
            inner, _ = heading_name(view, lexicon, *named)
            book.add(*(inner or named), "project.cue")


def add_cued(book: ProjectBook, view: View, lexicon: Lexicon, skip: list[tuple[int, int]]) -> None:
    """Names after a cue word in running text: 'projektet Drivkraft 2.0', 'förstudien Tång och tall'."""
    pattern = cue_pattern(lexicon)
    known = MentionPattern([n for p in book.projects if p.rule in _TITLED for n in p.names if len(n) > 3])
    for m in pattern.finditer(view.text):
        if known.match(view.text, m.end()):
            continue
        begin = m.end()
        if (numbered := _NUMBER_BEFORE.match(view.text, begin)) is not None:
            begin = numbered.end()
        if any(low <= m.start() < high for low, high in skip):
            continue
        unit = view.unit_at(m.start())
        if view.block_at(m.start()).kind in ("table", "furniture") or m.end() >= unit.end:
            continue
        if m.group().isupper() and not _quoted(view, m.end()):
            continue
        called = _CALLED.fullmatch(m.group()) is not None
        if called and _NO_PROJECT.search(view.text, unit.start, m.start()):
            continue
        if view.starting(begin, "date", "period", "money", "share", "diary_number"):
            continue
        if (owner := view.starting(begin, "organisation", "county")) is not None and not _quoted(view, begin):
            after = view.text[owner.end : owner.end + 2]
            acronym = owner.value.register_id is None if owner.kind == "organisation" else False
            if acronym and _SHORT_NAME.match(view.text, owner.end):
                after = " X"  # 'projektet Innovation Center (ICX)': the form of an organisation's name, and its acronym
            if not after[:1].isspace() or not (after[1:].isupper() or after[1:].isdigit()):
                continue
        verbal = called or clause_has_verb(view, lexicon, unit.start, m.start())
        span = scan_name(view, lexicon, begin, unit.end, verbal=verbal)
        if span is not None and span[1] - span[0] >= 2:
            if _WITHIN_NAME.fullmatch(m.group().strip()) and view.text[m.start()].isupper():
                span = _with_cue(view, m.start(), span)
            if m.group().strip().casefold() in lexicon.words("lineage", "projects", "plural_cues"):
                for each in _listed_names(view, lexicon, span, unit.end):
                    book.add(*each, "project.cue")
            else:
                book.add(*span, "project.cue")

    for unit in view.units_with(_APPOSED):
        for m in _APPOSED.finditer(view.text, unit.start, unit.end):
            if any(low <= m.start() < high for low, high in skip) or book.mentions_in(unit.start, unit.end):
                continue
            span = scan_name(view, lexicon, m.end(), unit.end)
            if span is not None and view.starting(span[0], "organisation", "board") is None:
                book.add(*span, "project.cue")


_APPOSED = shape("cues", "apposed")
_SHORT_NAME = re.compile(r"\s\([A-ZÅÄÖ][\w.+-]{1,24}\)")
_WITHIN_NAME = shape("cues", "within_name")
_STUDY = shape("cues", "study")
_NUMBER_BEFORE = shape("cues", "number_before")
_CALLED, _NO_PROJECT = shape("cues", "called"), shape("cues", "no_project")

_NEXT = shape("cues", "next")


_LAST_JOINT = shape("cues", "last_joint")
_BEFORE_SUM = shape("cues", "before_sum")


def _listed_names(view: View, lexicon: Lexicon, first: tuple[int, int], end: int) -> list[tuple[int, int]]:
    """The names of a list after a plural cue: 'projekten A och B', 'projekten A 300 tkr, B 200 tkr och C'."""
    found: list[tuple[int, int]] = []
    span: tuple[int, int] | None = first
    while span is not None and len(found) < 12:
        cut = _LAST_JOINT.search(view.text[span[0] : span[1]])
        if cut is not None:
            found += [(span[0], span[0] + cut.start())]
            span = (span[0] + cut.end(), span[1])
        found.append(span)
        at = span[1]
        money = view.spans_in(at, min(end, at + 40), "money")
        if money and _BEFORE_SUM.fullmatch(view.text[at : money[0].start]):
            at = money[0].end
        following = _NEXT.match(view.text, at, end)
        if following is None or view.starting(following.end(), "organisation", "board", "fund", "date") is not None:
            break
        span = scan_name(view, lexicon, following.end(), end)
    return found


def _quoted(view: View, offset: int) -> bool:
    return view.text[offset : offset + 1] in '"”“»'


def _with_cue(view: View, start: int, span: tuple[int, int]) -> tuple[int, int]:
    """'Förstudie Geopark X' with a capital is part of the name."""
    return (start, span[1]) if _STUDY.match(view.text, start) else span
