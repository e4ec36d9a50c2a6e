"""Which body or official decided, where the head of the paper does not say it: told, or named only in short."""

from __future__ import annotations

import re

from kg.extract.view import View
from kg.lexicon import Lexicon, fold
from kg.model import TypedSpan

# behind a body: 'Enhetschefen har beslutat i ärendet', 'Länsrådet ska besluta den 3 mars'
_DECIDES_HERE = re.compile(
    r"\s+(?:har\s+(?:beslutat|avgjort|fattat\s+beslut(?:et)?)\s+i\s+(?:detta\s+|det\s+här\s+)?ärendet|har\s+fattat\s+(?:detta\s+)?beslut(?:et)?\s*\."
    r"|har\s+avgjort\s+(?:detta\s+)?ärende(?:t)?|(?:ska|kommer\s+att|väntas)\s+(?:besluta|fatta\s+beslut|ta\s+ställning)\b)",
    re.IGNORECASE,
)
_EARLIER = re.compile(r"\b(?:tidigare|ursprungliga|förra|föregående|grundbeslutet)\b", re.IGNORECASE)


def find_told_decider(view: View, lexicon: Lexicon) -> TypedSpan | None:
    """The body of 'Beslutet har fattats av enhetschefen', 'I ärendet har enhetschefen beslutat'."""
    boards = view.kind("board")
    if not boards:
        return None
    for m in lexicon.pattern("parties", "body", "told_before").finditer(view.text):
        start = m.end()
        while start < len(view.text) and view.text[start] in " \t\n":
            start += 1
        span = view.starting(start, "board")
        if span is None:
            article = re.match(
                r"(?:den\s+|tillförordnad\s+|t\.?f\.?\s+|biträdande\s+|undertecknad\s+)",
                view.text[start : start + 20],
                re.IGNORECASE,
            )
            span = view.starting(start + article.end(), "board") if article else None
        unit = view.unit_at(m.start())
        if (
            span is None
            or view.spans_in(unit.start, m.start(), "date")
            or _EARLIER.search(view.text, unit.start, m.start())
        ):
            continue
        return span
    for span in boards:
        if _DECIDES_HERE.match(view.text, span.end) and fold(span.value.canonical) not in lexicon.words(
            "parties", "body", "short"
        ):
            return span
    return None


def find_short_decider(view: View, lexicon: Lexicon) -> TypedSpan | None:
    """The body that the paper only names in short, where it is said to decide: 'Styrelsen beslutar att'."""
    short = set(lexicon.words("parties", "body", "short"))
    verbs = lexicon.pattern("parties", "body", "told_after")
    for span in view.kind("board"):
        if fold(span.value.canonical) not in short:
            continue
        tail = view.text[span.end : span.end + 90]
        if verbs.match(tail.lstrip()) or re.match(
            r"s\s+beslut\b", view.text[span.end - 1 : span.end + 12], re.IGNORECASE
        ):
            return span
        organisation = re.match(r"\s+(?:för|i)\s+", tail)
        if organisation and (name := view.starting(span.end + organisation.end(), "organisation")) is not None:
            if verbs.match(view.text[name.end : name.end + 40].lstrip()):
                return span
        inverted = view.text[max(0, span.start - 24) : span.start].rstrip()
        if re.search(
            r"\b(?:beslutade|beslutar|beviljade|beviljar|fördelade|gav|avslog|anslog|lämnade)$", inverted, re.IGNORECASE
        ):
            return span
    return None


def nominative_body(name: str) -> str:
    """'Kommunstyrelsens' -> 'Kommunstyrelsen'."""
    return (
        name[:-1]
        if re.search(r"(?:en|et|iet|én|ktige|chefen|direktören)s$", name.split(" ")[0]) and " " not in name
        else name
    )
