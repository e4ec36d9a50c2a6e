"""Lists of organisations in a sentence: names that are known, and among or beside them names that nothing knows."""

from __future__ import annotations

import re

from kg.extract.view import View
from kg.lexicon import shape
from kg.model import Name, TypedSpan

_WORD = r"[A-ZÅÄÖÉØ][\w&.'’/-]*"
_ITEM = shape("partylists", "item", WORD=_WORD)
_SEPARATOR = shape("partylists", "separator")
_BEFORE_FIRST = shape("partylists", "before_first")
_LIKE_ORGANISATION = shape("partylists", "like_organisation")


_GAP = shape("partylists", "gap")


def names_after(view: View, low: int, high: int, *, sure: bool = False) -> list[TypedSpan]:
    """The names of a list that begins at ``low``: 'A, B (2 tkr) och C'; it ends at the first word that is no name.

    ``sure``: the words before say that parties follow, so that names which nothing knows are taken too.
    """
    found: list[TypedSpan] = []
    position = _skip(view.text, low, high)
    if (led := _KOMMUNERNA.match(view.text, position, high)) is not None:  # 'kommunerna Leksand, Mora och Orsa'
        places = view.spans_in(led.end(), high, "municipality")
        for place in places if places and places[0].start == led.end() else ():
            if found and not _SEPARATOR.fullmatch(view.text, found[-1].end, place.start):
                break
            found.append(place)
        return found
    while position < high:
        known = view.starting(position, "organisation")
        span = known or _municipalities(view, position, high) or _unknown(view, position, high)
        if span is None:
            break
        found.append(span)
        bracket = re.match(r"\s*\([^)]*\)", view.text[span.end : high])
        position = span.end + (bracket.end() if bracket else 0)
        joint = _GAP.match(view.text[position:high])
        if joint is None or not joint.group().strip():
            if known is None and " " not in span.value.text and _GOES_ON.match(view.text, position, high):
                found.pop()  # 'Lapin ammattikorkeakoulu': the beginning of a name of another language
            break
        position += joint.end()
    trusted = _trusted(view, found)
    whole = sure and not trusted and len(found) > 1 and _LIST_ENDS.match(view.text, found[-1].end, high) is not None
    return [s for s in found if _reads_as_name(view, s)] if whole else trusted


_LIST_ENDS = shape("partylists", "list_ends")


def _reads_as_name(view: View, span: TypedSpan) -> bool:
    """Whether a name of a list of parties is known, or of two words or with a capital within."""
    words = span.value.canonical
    known = span.kind == "municipality" or view.starting(span.start, "organisation") is not None
    return known or " " in words or any(c.isupper() for c in words[1:])


_GOES_ON = shape("partylists", "goes_on")
_KOMMUNER = shape("partylists", "kommuner")


def _municipalities(view: View, position: int, high: int) -> TypedSpan | None:
    """A municipality of 'Älvdalen, Mora och Orsa kommuner'."""
    span = view.starting(position, "municipality")
    if span is None or _KOMMUNER.match(view.text, span.end, high) is None:
        return None
    return span


def names_at(view: View, low: int, high: int) -> TypedSpan | None:
    """The one name of two words or more, known or not, that begins at ``low``."""
    position = _skip(view.text, low, high)
    span = view.starting(position, "organisation") or _unknown(view, position, high)
    return span if span is not None and len(span.value.canonical.split()) > 1 else None


_MUNICIPALITIES = shape("partylists", "municipalities")
_BEFORE_PHRASE = shape("partylists", "before_phrase")


def names_before(view: View, low: int, high: int) -> list[TypedSpan]:
    """The names of a list that ends at ``high``, before 'deltar'."""
    found: list[TypedSpan] = []
    position = high
    plural = _MUNICIPALITIES.search(view.text[low:high])
    if plural is not None:
        high = position = low + plural.start()
        for span in reversed(view.spans_in(low, high, "municipality")):
            if found and not _SEPARATOR.fullmatch(view.text, span.end, found[-1].start):
                break
            if not found and span.end != high:
                break
            found.append(span)
        return found[::-1]
    places = _listed_places(view, low, high)
    if places:
        return places
    while position > low:
        end = position
        while end > low and view.text[end - 1] in " \t":
            end -= 1
        tail = _BEFORE_PHRASE.search(view.text[low:end])
        core = low + tail.start() if tail and tail.group().strip() else end
        known = [s for s in view.spans_in(low, end, "organisation") if s.end in (core, end)]
        named = max(known, key=lambda s: s.end - s.start) if known else _unknown_before(view, low, core)
        if named is None:
            break
        found.append(named)
        separators = list(_SEPARATOR.finditer(view.text, low, named.start))
        if not separators or separators[-1].end() != named.start:
            break
        position = separators[-1].start()
    return _trusted(view, found[::-1])


_KOMMUNERNA = shape("partylists", "kommunerna")
_ALSO = shape("partylists", "also")


def _listed_places(view: View, low: int, high: int) -> list[TypedSpan]:
    """The municipalities of 'kommunerna Ovanåker och Bollnäs', up to the offset."""
    led = None
    for led in _KOMMUNERNA.finditer(view.text, low, high):  # noqa: B007 - the last match counts
        pass
    if led is None:
        return []
    found: list[TypedSpan] = []
    for span in view.spans_in(led.end(), high, "municipality"):
        between = view.text[found[-1].end if found else led.end() : span.start]
        if between and not _SEPARATOR.fullmatch(between):
            return []
        found.append(span)
    return found if found and _ALSO.fullmatch(view.text[found[-1].end : high].strip(" ,")) else []


_FILLER = shape("partylists", "filler")


def _skip(text: str, low: int, high: int) -> int:
    m = _FILLER.match(text, low, high)
    return m.end() if m else low


def _unknown(view: View, start: int, high: int) -> TypedSpan | None:
    m = _ITEM.match(view.text, start, high)
    return _as_span(view, m.start(1), m.end(1)) if m else None


def _unknown_before(view: View, low: int, end: int) -> TypedSpan | None:
    separators = [m.end() for m in _SEPARATOR.finditer(view.text, low, end) if m.end() < end]
    start = separators[-1] if separators else low
    lead = _BEFORE_FIRST.match(view.text, start, end)
    start = lead.end() if lead else start
    m = _ITEM.fullmatch(view.text, start, end)
    return _as_span(view, m.start(1), m.end(1)) if m else None


def _as_span(view: View, start: int, end: int) -> TypedSpan | None:
    while end > start and view.text[end - 1] in ".,; ":
        end -= 1
    words = view.line(start, end)
    if not 2 <= len(words) <= 60 or len(words.split()) > 6:
        return None
    if any(
        s.start < end and start < s.end
        for s in [*view.persons, *view.spans_in(start, end, "board", "date", "fund", "money")]
    ):
        return None
    places = view.spans_in(start, end, "municipality", "county")
    if any(s.start == start and s.end >= end for s in places):
        return None
    return TypedSpan("organisation", start, end, Name(words, words, None))


def reads_as_organisation(words: str) -> bool:
    """Whether a name ends as names of organisations do."""
    return bool(_LIKE_ORGANISATION.search(words + " "))


def _trusted(view: View, found: list[TypedSpan]) -> list[TypedSpan]:
    """A list with at least one known name, or of names that read as organisations."""
    known = any(s.kind == "municipality" or view.starting(s.start, "organisation") is not None for s in found)
    if known:
        return [s for s in found if len(s.value.canonical) > 2]
    return [s for s in found if _LIKE_ORGANISATION.search(s.value.canonical + " ")]
