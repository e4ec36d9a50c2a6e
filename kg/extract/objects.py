"""The project as what an application or a sum is for: 'att bordlägga ansökan från Region X om Skogens hus'."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.beginnings import BegunPattern
from kg.extract.names import scan_name
from kg.extract.projects import ProjectBook
from kg.extract.triggers import Trigger
from kg.extract.view import View
from kg.lexicon import Lexicon, alternation, shape

_KEYS = ("nouns", "from_whom", "about")
_BRACKET = re.compile(r"\s*\([^()]*\)")


@lru_cache(maxsize=8)
def _patterns(lexicon: Lexicon) -> tuple[BegunPattern, re.Pattern[str]]:
    """The application up to who made it, and what leads on from there to its project."""
    words = [alternation(lexicon.words("decisions", "applications", key)) for key in _KEYS]
    cues = alternation(lexicon.words("lineage", "projects", "cues"))
    return (
        BegunPattern(rf"\b(?:{words[0]})\s+(?:{words[1]})\s+", alternatives=words[0]),
        re.compile(rf"\s+(?:{words[2]})\s+(?:(?:{cues})\s+)?(?=[\"”“»A-ZÅÄÖ0-9])"),
    )


def sought_name(view: View, lexicon: Lexicon, trigger: Trigger) -> tuple[int, int] | None:
    """The name behind who applied, in the sentence of the verb; None where a sum, fund or board stands there."""
    application, about = _patterns(lexicon)
    unit = trigger.unit
    for m in application.finditer(view.text, unit.start, unit.end):
        party = view.starting(m.end(), "organisation")
        if party is None:
            continue
        gap = _BRACKET.match(view.text, party.end, unit.end)
        lead = about.match(view.text, gap.end() if gap else party.end, unit.end)
        if lead is None or view.starting(lead.end(), "organisation", "board", "fund", "money", "date", "share"):
            continue
        high = trigger.start if m.start() < trigger.start and lead.end() < trigger.start else unit.end
        span = scan_name(view, lexicon, lead.end(), high, verbal=True)
        if span is not None and span[1] - span[0] > 2:
            return span
    return _sought_first(view, lexicon, trigger)


@lru_cache(maxsize=8)
def _quoted_pattern(lexicon: Lexicon) -> BegunPattern:
    """An application up to the quotation mark of what it is about: 'er ansökan "', 'ansökan om stöd till X "'."""
    nouns, _, about = [alternation(lexicon.words("decisions", "applications", key)) for key in _KEYS]
    toward = alternation(lexicon.words("decisions", "applications", "toward"))
    means = alternation(lexicon.words("decisions", "means"))
    cues = alternation(lexicon.words("lineage", "projects", "cues"))
    led = rf"(?:\s+(?:{about})\s+(?:{means})\s+(?:{toward})|\s+(?!(?:{toward})\s)(?:{about}))(?:\s+(?:{cues}))?"
    return BegunPattern(rf"\b(?:{nouns})(?:{led})?\s+(?=[\"”“»])", alternatives=nouns)


def add_in_quotes(book: ProjectBook, view: View, lexicon: Lexicon, skip: list[tuple[int, int]]) -> None:
    """Names in quotation marks right behind an application: 'att avslå er ansökan "Skogens hus"', on that line or
    alone on the next.  A fund or an organisation in quotation marks is none."""
    if not any(mark in view.text for mark in '"”“»'):
        return
    for m in _quoted_pattern(lexicon).finditer(view.text):
        if any(low <= m.start() < high for low, high in skip):
            continue
        block = view.block_at(m.end())
        if block.kind in ("table", "furniture"):
            continue
        span = scan_name(view, lexicon, m.end(), block.end)
        if span is None or view.starting(span[0], "organisation", "board", "fund", "money", "date") is not None:
            continue
        book.add(*span, "project.cue")


@lru_cache(maxsize=8)
def _first_patterns(lexicon: Lexicon) -> tuple[BegunPattern, re.Pattern[str]]:
    """An application up to the name of what it is about, and what leads from there to who applied."""
    nouns, whom, about = [alternation(lexicon.words("decisions", "applications", k)) for k in _KEYS]
    application = rf"\b(?:{nouns})\s+(?:{about})\s+(?=[\"”“»]?[A-ZÅÄÖ0-9])"
    return BegunPattern(application, alternatives=nouns), re.compile(rf"[\"”»]?\s+(?:{whom})\s+")


def _sought_first(view: View, lexicon: Lexicon, trigger: Trigger) -> tuple[int, int] | None:
    """The project before who applied: 'Ansökan om Skogens hus från Region X avslås'."""
    unit = trigger.unit
    if view.text[unit.start : trigger.start].count(" ") < 3:
        return None
    application, from_whom = _first_patterns(lexicon)
    for m in application.finditer(view.text, unit.start, trigger.start):
        begin = m.end()
        if not (view.text[begin].isupper() or view.text[begin] in '"”“»'):
            continue
        span = scan_name(view, lexicon, begin, trigger.start, verbal=True)
        tail = from_whom.match(view.text, span[1]) if span is not None else None
        party = view.starting(tail.end(), "organisation") if tail is not None else None
        if span is not None and party is not None and view.starting(begin, "organisation", "board", "fund") is None:
            return span
    return None


_AIMED_AT = shape("acts", "aimed_at")
_ALIGNED = shape("acts", "aligned")


def add_aimed(book: ProjectBook, view: View, lexicon: Lexicon, triggers: list[Trigger]) -> bool:
    """Names of a sentence that gives several sums: 'bevilja A 300 000 kr till X och B 200 000 kr till Y'."""
    added = False
    for trigger in triggers:
        sums = view.spans_in(trigger.start, trigger.unit.end, "money")
        low = trigger.end
        for money in sums if len(sums) > 1 and trigger.outcome != "reject" else ():
            received = bool(view.spans_in(low, money.start, "organisation"))
            low = money.end
            aim = _AIMED_AT.match(view.text, money.end, trigger.unit.end)
            if aim is None or _ALIGNED.search(view.text, trigger.unit.start, money.start):
                continue
            if view.starting(aim.end(), "organisation", "board", "fund", "municipality", "county", "date") is not None:
                continue
            span = scan_name(view, lexicon, aim.end(), trigger.unit.end, verbal=True)
            if span is None or span[1] - span[0] <= 4 or book.mentions_in(aim.end() - 1, max(span[1], aim.end() + 1)):
                continue
            # one word alone is a name where the sentence says who receives: 'bevilja A 300 000 kr till Brobygget'
            if received or " " in view.text[span[0] : span[1]]:
                added = book.add(*span, "project.object") is not None or added
    return added
