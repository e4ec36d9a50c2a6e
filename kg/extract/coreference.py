"""Definite nouns that stand for an organisation named before: 'kommunen', 'högskolan', 'föreningen'."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.extract.sections import Matter
from kg.extract.view import View
from kg.lexicon import Lexicon, PhrasePattern, compile_phrases, shape
from kg.model import Name, TypedSpan, Value
from kg.phrases import find_words

_VERB_BEFORE = shape("coreference", "verb_before")
REACH = 2500
HEAD = 200


@lru_cache(maxsize=8)
def _noun_types(lexicon: Lexicon) -> tuple[PhrasePattern, dict[str, str]]:
    rows = sorted(lexicon.get("parties", "coreference").items())
    table = {noun: kind for kind, nouns in rows if kind in _FORMS for noun in nouns}
    return compile_phrases(table), table


def find_coreferences(
    view: View, lexicon: Lexicon, matters: list[Matter], own: Value | None = None, *, owned: bool = False
) -> list[TypedSpan]:
    """Organisation spans for definite nouns, each with the name of the latest fitting organisation of its matter.

    Where its matter names none, the noun stands for ``own``, the organisation whose paper it is, if that fits, or for
    the one that the head of the paper names; else it is left alone.  ``owned``: the paper is a page of ``own``, which
    is 'föreningen' and 'vi' there.
    """
    pattern, table = _noun_types(lexicon)
    organisations = view.kind("organisation")
    found = []
    for m in pattern.finditer(view.text):
        if view.covering(m.start(), "organisation", "board", "fund") is not None:
            continue
        kind = table[m.group().casefold()]
        start = next((x.start for x in matters if x.start <= m.start() < x.end), 0)
        fitting = [
            s
            for s in organisations
            if max(start, m.start() - REACH) <= s.start < m.start() and _FORMS[kind].search(s.value.canonical)
        ]
        titled = _of_run_in_title(view, m.start(), start, fitting)
        if titled is not None:
            name = titled.value
        elif own is not None and (owned or kind in _OWN_FIRST) and _FORMS[kind].search(own.lexical):
            name = Name(m.group(), own.lexical, own.key)
        elif fitting:
            name = fitting[-1].value
        elif own is not None and _FORMS[kind].search(own.lexical):
            name = Name(m.group(), own.lexical, own.key)
        else:
            named = [s for s in organisations if s.start < HEAD and _FORMS[kind].search(s.value.canonical)]
            if not named or named[0].start > m.start():
                named = _only_one(organisations, m.start(), kind) if _is_page(matters, m.start()) else []
            if not named:
                continue
            name = named[0].value
        if not _is_indefinite_use(view, m.end()) or _VERB_BEFORE.search(view.text, max(0, m.start() - 24), m.start()):
            found.append(
                TypedSpan("organisation", m.start(), m.end(), Name(m.group(), name.canonical, name.register_id))
            )
    return found


_RUN_IN_TITLE = re.compile(r"[A-ZÅÄÖ0-9][^.:;!?\n]{2,70}(?=[.:] [A-ZÅÄÖ])")


def _of_run_in_title(view: View, offset: int, low: int, fitting: list[TypedSpan]) -> TypedSpan | None:
    """The organisation that the sentence which first names a paragraph's title names with it, where the paragraph
    names none itself: 'Stationen. Kommunen hade sökt', below 'bevilja Ekby kommun 380 tkr till projektet Stationen'."""
    block = view.block_at(offset)
    if not fitting or block.kind not in ("paragraph", "list_item") or fitting[-1].start >= block.start:
        return None
    title = _RUN_IN_TITLE.match(view.text, block.start, offset)
    first = (
        next((at for at, _ in find_words(view.text, title.group())), block.start) if title is not None else block.start
    )
    if not low <= first < block.start:
        return None
    unit = view.unit_at(first)
    return next((s for s in reversed(fitting) if unit.start <= s.start < unit.end), None)


def _is_indefinite_use(view: View, end: int) -> bool:
    """'kommunen X' names another one itself."""
    return view.starting(end + 1, "organisation", "municipality") is not None


# In a municipality's own paper 'kommunen' is that municipality, unless the applicant is meant, which reads the same.
def _is_page(matters: list[Matter], offset: int) -> bool:
    """Whether the offset lies below one of the titles of a page, which may all be about one project."""
    return all(m.style in ("title", "whole") for m in matters if m.start <= offset < m.end)


def _only_one(organisations: list[TypedSpan], offset: int, kind: str) -> list[TypedSpan]:
    """The organisation of the form, where the text before the offset names no other of it."""
    before = [s for s in organisations if s.start < offset and _FORMS[kind].search(s.value.canonical)]
    return before[:1] if len({s.value.canonical for s in before}) == 1 else []


_OWN_FIRST = frozenset({"municipality", "region", "county_board", "foundation", "agency", "union"})

_MUNICIPALITY = shape("coreference", "municipality")
_UNIVERSITY = shape("coreference", "university")
_ASSOCIATION = shape("coreference", "association")
_FEDERATION = shape("coreference", "federation")
_FOUNDATION = shape("coreference", "foundation")
_COMPANY = shape("coreference", "company")
_COUNTY_BOARD = shape("coreference", "county_board")
_REGION = shape("coreference", "region")
_AGENCY = shape("coreference", "agency")
_OFFICE = shape("coreference", "office")


# What the name of an organisation of each type looks like.
_FORMS: dict[str, re.Pattern[str]] = {
    "municipality": _MUNICIPALITY,
    "university": _UNIVERSITY,
    "association": _ASSOCIATION,
    "union": _FEDERATION,
    "foundation": _FOUNDATION,
    "company": _COMPANY,
    "county_board": _COUNTY_BOARD,
    "region": _REGION,
    "agency": _AGENCY,
    "centre": _OFFICE,
}
