"""Which body or official decided, where the head of the paper does not say it: told, or named only in short."""

from __future__ import annotations

from functools import cache, lru_cache

from kg.beginnings import BegunPattern
from kg.extract.view import View
from kg.lexicon import Lexicon, fill_shape, fold, shape
from kg.model import Name, TypedSpan

_DECIDES_HERE = shape("deciders", "decides_here")
_EARLIER = shape("deciders", "earlier")


_TITLE = shape("deciders", "title")


@cache
def _taken_by() -> BegunPattern:
    """'Följande beslut har fattats av', before who decided; tried only where its first words stand."""
    return BegunPattern(fill_shape("deciders", "taken_by"))


def find_told_decider(view: View, lexicon: Lexicon) -> TypedSpan | None:
    """The body of 'Beslutet har fattats av enhetschefen', 'I ärendet har enhetschefen beslutat'."""
    boards = view.kind("board")
    for m in lexicon.pattern("parties", "body", "told_before").finditer(view.text):
        start = m.end()
        while start < len(view.text) and view.text[start] in " \t\n":
            start += 1
        span = view.starting(start, "board")
        if span is None:
            article = _TITLE.match(view.text[start : start + 20])
            span = view.starting(start + article.end(), "board") if article else None
        span = span or _unlisted_official(view, start)
        unit = view.unit_at(m.start())
        if (
            span is None
            or view.spans_in(unit.start, m.start(), "date")
            or _EARLIER.search(view.text, unit.start, m.start())
        ):
            continue
        return span
    for m in _taken_by().finditer(view.text):
        span = view.starting(m.end(), "board")
        if span is not None and not view.spans_in(m.start(), m.end(), "date"):
            return span
    for span in boards:
        if _DECIDES_HERE.match(view.text, span.end) and fold(span.value.canonical) not in lexicon.words(
            "parties", "body", "short"
        ):
            return span
    return None


_OFFICIAL = shape("deciders", "official")


def _unlisted_official(view: View, start: int) -> TypedSpan | None:
    """An official whose title no list holds, right behind 'Beslut fattade av': 'tillväxt- och planeringschefen'."""
    m = _OFFICIAL.match(view.text, start)
    if m is None:
        return None
    words = view.line(*m.span())
    return TypedSpan("board", m.start(), m.end(), Name(words, words[0].upper() + words[1:], None))


_ITS_DECISION = shape("deciders", "its_decision")
_BELONGS_TO = shape("deciders", "belongs_to")
_VERB_BEFORE = shape("deciders", "verb_before")


def find_short_decider(view: View, lexicon: Lexicon) -> TypedSpan | None:
    """The body that the paper only names in short, where it is said to decide: 'Styrelsen beslutar att'."""
    short = set(lexicon.words("parties", "body", "short"))
    verbs = lexicon.pattern("parties", "body", "told_after")
    for span in view.kind("board"):
        if fold(span.value.canonical) not in short:
            continue
        tail = view.text[span.end : span.end + 90]
        told = verbs.match(tail.lstrip()) or _has_decided(view, lexicon, span)
        if told or _ITS_DECISION.match(view.text[span.end - 1 : span.end + 12]):
            return span
        organisation = _BELONGS_TO.match(tail)
        if organisation and (name := view.starting(span.end + organisation.end(), "organisation")) is not None:
            if verbs.match(view.text[name.end : name.end + 40].lstrip()):
                return span
        inverted = view.text[max(0, span.start - 24) : span.start].rstrip()
        if _VERB_BEFORE.search(inverted):
            return span
    return None


_GENITIVE = shape("deciders", "genitive")
_HAS = shape("deciders", "has_when")
_AUXILIARY = shape("triggers", "auxiliary")


@lru_cache(maxsize=8)
def _supines(lexicon: Lexicon) -> frozenset[str]:
    """The last words of 'har beslutat', 'har tagit': what a body has done."""
    phrases = (w.split() for w in lexicon.words("parties", "body", "told_after"))
    return frozenset(p[-1] for p in phrases if len(p) == 2 and _AUXILIARY.fullmatch(p[0]) and len(p[1]) > 5)


def _has_decided(view: View, lexicon: Lexicon, span: TypedSpan) -> bool:
    """'Styrelsen har vid sammanträde den 14 maj beslutat om anslag': when stands between."""
    m = _HAS.match(view.text, span.end, view.unit_at(span.start).end)
    return m is not None and not _supines(lexicon).isdisjoint(m.group().split())


def nominative_body(name: str) -> str:
    """'Kommunstyrelsens' -> 'Kommunstyrelsen'."""
    return name[:-1] if _GENITIVE.search(name.split(" ")[0]) and " " not in name else name


_NEW_CLAUSE, _WHICH = shape("deciders", "new_clause"), shape("deciders", "which")


def other_subjects(view: View, before: list[TypedSpan], low: int, offset: int) -> list[TypedSpan]:
    """Of names before a verb at ``offset`` those that another clause parts from the one right before it:
    'Regionstyrelsen svarar att nämnden 2018 beviljade', 'Region A har lovat stöd men Tillväxtverket sa nej'."""
    if len(before) < 2 or _WHICH.search(view.text, low, before[-1].start):
        return []
    between = view.text[before[-1].end : offset]
    for date in view.spans_in(before[-1].end, offset, "date"):
        between = between.replace(view.text[date.start : date.end], "")
    if len(between.split()) > 1 or "," in between:
        return []
    return [s for s in before[:-1] if _NEW_CLAUSE.search(view.text, s.end, before[-1].start)]
