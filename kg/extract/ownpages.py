"""Pages on which whoever runs a project tells of it: an association, company, university or municipality.

The name that heads such a page is the applicant's and no authority's; who decides, and on what day, each piece of news
says for itself.
"""

from __future__ import annotations

from kg.extract.acts import Act
from kg.extract.found import Found, found_span
from kg.extract.frame import Frame, is_authority, may_be_authority
from kg.extract.projects import ProjectBook
from kg.extract.slots import resolve_body
from kg.extract.view import Unit, View
from kg.extract.years import complete_date
from kg.lexicon import Lexicon, fold, shape
from kg.model import TypedSpan, Value

_WE_GET = shape("ownpages", "we_get")
_GETS = shape("ownpages", "gets")
_NOUN = shape("ownpages", "noun")
_GRANTMAKER = shape("ownpages", "grantmaker")
_GIVES = shape("ownpages", "gives")
_NOUN_GETS = shape("ownpages", "noun_gets")
_FROM = shape("ownpages", "from_whom")
_ADDRESS = shape("ownpages", "address")
_PARTS = shape("ownpages", "parts")
_HEAD, _LONGEST, _NEAR = 4, 90, 300


def find_owner(view: View, lexicon: Lexicon) -> TypedSpan | None:
    """Whoever's page it is, where its name heads the page and the text says that it gets money and never that
    it gives any; None on the pages of those who decide."""
    names = _site_names(view)
    if not names:
        return None
    noun = any(_NOUN.search(view.text, u.start, u.end) for u in view.units_with(_NOUN))
    told = any(_WE_GET.search(view.text, u.start, u.end) for u in view.units_with(_WE_GET))
    for span in names:
        name = fold(span.value.canonical)
        own = [s for s in view.kind("organisation") if fold(s.value.canonical) == name]
        if any(_GIVES.match(view.text, s.end) for s in own):
            continue
        gets = sum(_GETS.match(view.text, s.end) is not None for s in own)
        if is_authority(lexicon, span.value.canonical):
            # a municipality, region or agency may give as well as get: another one has to decide
            others = {fold(s.value.canonical) for s in view.kind("organisation") if _GIVES.match(view.text, s.end)}
            gets = gets or told or noun
            if gets and others - {name} and not any(b.start < own[0].end + _NEAR for b in view.kind("board")):
                return span
            continue
        if _GRANTMAKER.search(name):
            told = noun = False  # 'vår satsning' of a foundation may be what it pays for
        if gets or told or noun or any(_NOUN_GETS.match(view.text, s.end) for s in own):
            return span
    return None


def _site_names(view: View) -> list[TypedSpan]:
    """Organisations whose name is all of a first line, or of a part of one, or heads an address at the end."""
    found = []
    for block in view.blocks[:_HEAD]:
        if block.end - block.start > _LONGEST:
            continue
        parts = [part.strip() for part in _PARTS.split(view.text[block.start : block.end])]
        spans = view.spans_in(block.start, block.end, "organisation")
        found += [span for span in spans if view.text[span.start : span.end] in parts]
    last = view.blocks[-1] if view.blocks else None
    if last is not None and last.end - last.start <= _LONGEST:  # 'Byalaget X, Bankgiro 123-4567'
        span = view.starting(last.start, "organisation")
        if span is not None and _ADDRESS.match(view.text, span.end, last.end):
            found.append(span)
    return found


def settle_frame(view: View, lexicon: Lexicon, frame: Frame) -> None:
    """On such a page the owner decides nothing: the authority is the one other that the page says to decide, where it
    says so of one only; else each decision has its own, and its own day and board."""
    owner = frame.owner = find_owner(view, lexicon)
    if owner is None:
        return
    name = fold(owner.value.canonical)
    givers: dict[str, TypedSpan] = {}
    for span in view.kind("organisation"):
        if fold(span.value.canonical) != name and _is_giver(view, lexicon, span):
            givers.setdefault(fold(span.value.canonical), span)
    only = next(iter(givers.values())) if len(givers) == 1 else None
    frame.authority = found_span("organisation", only, "authority.subject") if only is not None else None
    if only is None:
        frame.date = frame.body = None


def _is_giver(view: View, lexicon: Lexicon, span: TypedSpan) -> bool:
    if _GIVES.match(view.text, span.end):
        return True
    name = span.value.canonical
    known = is_authority(lexicon, name) or may_be_authority(lexicon, name)
    return known and _FROM.search(view.text, max(0, span.start - 30), span.start) is not None


def take_owner(view: View, lexicon: Lexicon, frame: Frame, book: ProjectBook, act: Act) -> None:
    """What a decision told on such a page lacks: its applicant, and who decided on what day, from its paragraph."""
    if frame.owner is None:
        return
    act.put("beneficiary", found_span("organisation", frame.owner, "beneficiary.page"))
    if frame.authority is not None:
        return
    meeting = lexicon.pattern("roles", "date", "meeting")
    other = lexicon.pattern("roles", "date", "published+other")
    own = fold(act.slots["beneficiary"].value.lexical)
    for unit in _own_units(view, book, act):
        for span in view.spans_in(unit.start, unit.end, "organisation"):
            if fold(span.value.canonical) != own and _is_giver(view, lexicon, span):
                act.put("authority", found_span("organisation", span, "authority.subject"))
        for span in view.spans_in(unit.start, unit.end, "date"):
            lead = view.text[unit.start : span.start][-40:]
            date = complete_date(view, span) if meeting.search(lead) and not other.search(lead) else None
            if date is not None:
                value = Value("date", date.iso or "")
                act.put("date", Found(value, unit.start, span.end, "date.sentence", span.start, span.end))
        for span in view.spans_in(unit.start, unit.end, "board"):
            act.put("deciding_body", resolve_body(view, span, frame))


def _own_units(view: View, book: ProjectBook, act: Act) -> list[Unit]:
    """The act's sentence and those of its paragraph about no other project."""
    block = view.blocks[act.unit.block]
    found: list[Unit] = []
    for unit in view.units_in(block.start, block.end):
        named = book.mentions_in(unit.start, unit.end)
        if not named or any(m.project is act.project for m in named):
            found.append(unit)
        elif unit.start > act.unit.start:
            break
        else:
            found = []
    return found
