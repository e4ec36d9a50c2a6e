"""Who owns a project, who takes part, and where it is carried out, as the sentences of its matter say."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.extract.acts import Act, Trigger
from kg.extract.frame import Found, Frame, found_span
from kg.extract.linkwords import link_pattern
from kg.extract.partylists import names_after, names_at, names_before
from kg.extract.sections import heading_kinds
from kg.extract.titles import names_another_below
from kg.extract.view import Unit, View
from kg.lexicon import Lexicon, fold, shape
from kg.model import Name, TypedSpan, Value
from kg.phrases import find_words
from kg.registers import Municipality, Registers

_GENITIVE = shape("parties", "genitive")
_OWNS_PROJECT = shape("parties", "owns_project")
_ASKS_FOR = shape("parties", "asks_for")
_APPLIES = shape("parties", "applies")
_CAME_FROM = shape("parties", "came_from")
_AS_PARTNER = shape("parties", "as_partner")
_PLACE_LEAD = shape("parties", "place_lead")
_NO_PLACE = shape("parties", "no_place")
_UNNAMED_APPLICANT = shape("parties", "unnamed_applicant")
_PARTNER_WORDS = "partners+between+taking_part+contributing"
_LIST_HEAD = shape("parties", "list_head")
_TOLD_AS_PARTNERS = shape("parties", "told_as_partners")


def fill_parties(view: View, lexicon: Lexicon, act: Act, units: list[Unit], frame: Frame) -> None:
    """Beneficiary, partners and places from the sentences whose topic is the act's project."""
    for unit in units:
        _beneficiary(view, lexicon, act, unit)
    for unit in units:
        _partners(view, lexicon, act, unit, frame)
        _places(view, lexicon, act, unit)


_BEFORE_PARTY = shape("parties", "before_party")
_AS_OWNER = shape("parties", "as_owner")
_OWNER_BEFORE = shape("parties", "owner_before")


def _beneficiary(view: View, lexicon: Lexicon, act: Act, unit: Unit) -> None:
    if "beneficiary" in act.slots:
        return
    organisations = view.spans_in(unit.start, unit.end, "organisation")
    if not organisations or organisations[0].start > unit.start:
        _unnamed_applicant(view, lexicon, act, unit)
        _unnamed_owner(view, lexicon, act, unit)
        if not organisations:
            return
    after = lexicon.pattern("parties", "beneficiary_after")
    before = lexicon.pattern("parties", "beneficiary_before")
    for span in organisations:
        lead = view.text[max(unit.start, span.start - 45) : span.start]
        tail = view.text[span.end : min(unit.end, span.end + 70)]
        m = None
        for m in after.finditer(lead):  # noqa: B007 - the last match counts
            pass
        if m is not None and _BEFORE_PARTY.fullmatch(lead[m.end() :]):
            act.put(
                "beneficiary",
                found_span("organisation", span, "beneficiary.phrase", start=span.start - len(lead) + m.start()),
            )
            return
        bracket = re.match(r"\s*\([^)]*\)", tail)
        rest = tail[bracket.end() :] if bracket else tail
        owner = before.match(rest.lstrip())
        came = _CAME_FROM.search(view.text, unit.start, span.start)
        if came is not None or _APPLIES.match(view.text, span.end, unit.end):
            start = came.start() if came is not None else span.start
            act.put("beneficiary", found_span("organisation", span, "beneficiary.phrase", start=start))
            return
        asks = _ASKS_FOR.match(rest)
        if asks and view.spans_in(span.end, span.end + len(tail) - len(rest) + asks.end() + 30, "money"):
            act.put("beneficiary", found_span("organisation", span, "beneficiary.phrase", end=span.end + asks.end()))
            return
        owns = _OWNS_PROJECT.match(tail)
        if (
            owns
            and _is_genitive(view, span)
            and any(
                m.project is act.project and m.start - (span.end + owns.end()) in (-1, 0, 1)
                for m in act.mentions(span.end, min(unit.end, span.end + owns.end() + 3) + 80)
            )
        ):
            act.put("beneficiary", found_span("organisation", span, "beneficiary.phrase", end=span.end + owns.end()))
            return
        if owner or _GENITIVE.match(tail):
            end = span.end + (len(tail) - len(rest.lstrip())) + (owner.end() if owner else 0)
            act.put("beneficiary", found_span("organisation", span, "beneficiary.phrase", end=end))
            return
        if _AS_OWNER.match(tail) or _OWNER_BEFORE.search(lead):
            act.put("beneficiary", found_span("organisation", span, "beneficiary.phrase"))
            return


def _is_genitive(view: View, span: TypedSpan) -> bool:
    surface = view.text[span.start : span.end]
    return surface.endswith("s") and not span.value.canonical.endswith("s") or view.text[span.end : span.end + 1] == "s"


_CLAUSE_BEFORE = shape("parties", "clause_before")


def _unnamed_applicant(view: View, lexicon: Lexicon, act: Act, unit: Unit) -> None:
    """An applicant of a name that no register or form knows: the subject of 'har ansökt om' that opens the sentence."""
    clause = _CLAUSE_BEFORE.match(view.text, unit.start, unit.end)
    m = _UNNAMED_APPLICANT.match(view.text, unit.start, unit.end) or (
        _UNNAMED_APPLICANT.match(view.text, clause.end(), unit.end) if clause else None
    )
    if (
        m is None
        or view.spans_in(m.start(1), m.end(1), "organisation")
        or view.spans_in(m.start(1), m.end(1), "board", "person")
    ):
        return
    words = view.line(m.start(1), m.end(1))
    if len(words.split()) < 2 or fold(words.split()[0]) in lexicon.words("parties", "no_applicant"):
        return
    if any(p.start < m.end(1) and m.start(1) < p.end for p in view.persons) or act.mentions(m.start(1), m.end(1)):
        return
    value = Value("organisation", words)
    act.put("beneficiary", Found(value, m.start(), m.end(), "beneficiary.phrase", m.start(1), m.end(1)))


def _unnamed_owner(view: View, lexicon: Lexicon, act: Act, unit: Unit) -> None:
    """An owner of a name that nothing knows, after 'ägs av', 'ansökan från': capitalised words of two or more."""
    after = lexicon.pattern("parties", "beneficiary_after")
    if not view.may_hold(unit, after):
        return
    for m in after.finditer(view.text, unit.start, unit.end):
        if view.starting(m.end() + 1, "organisation", "board", "fund", "municipality") is not None:
            return
        span = names_at(view, m.end(), unit.end)
        if (
            span is not None
            and not act.mentions(span.start, span.end)
            and not _speaks_of_other(view, lexicon, act, unit, m.start())
        ):
            act.put("beneficiary", found_span("organisation", span, "beneficiary.phrase", start=m.start()))
            return


def _partners(view: View, lexicon: Lexicon, act: Act, unit: Unit, frame: Frame) -> None:
    text = view.text
    if _is_partner_section(view, lexicon, unit):
        _listed_partners(view, act, unit, frame)
        return
    words = lexicon.pattern("parties", _PARTNER_WORDS)
    if view.may_hold(unit, words) and words.search(text, unit.start, unit.end):
        _told_partners(view, lexicon, act, unit, frame)
    if view.may_hold(unit, _TOLD_AS_PARTNERS) and view.blocks[unit.block].kind == "paragraph":
        for m in _TOLD_AS_PARTNERS.finditer(text, unit.start, unit.end):
            if not _speaks_of_other(view, lexicon, act, unit, m.start()):
                for span in names_after(view, m.end(), unit.end, sure=_NOUN_OF_PARTIES.search(m.group()) is not None):
                    add_partner(view, act, span, frame, "partner.phrase", start=m.start())
    _named_as_partners(view, lexicon, act, unit, frame)


def _told_partners(view: View, lexicon: Lexicon, act: Act, unit: Unit, frame: Frame) -> None:
    """'i samverkan med A och B', 'mellan A och B', 'A och B deltar', 'A bidrar'."""
    text = view.text
    for group in ("partners", "between"):
        for m in lexicon.pattern("parties", group).finditer(text, unit.start, unit.end):
            if _speaks_of_other(view, lexicon, act, unit, m.start()):
                continue
            head = _LIST_HEAD.match(text, m.end())
            sure = _NOUN_OF_PARTIES.search(m.group()) is not None
            for span in names_after(view, head.end() if head else m.end(), unit.end, sure=sure):
                add_partner(view, act, span, frame, "partner.phrase", start=m.start())
    for mention in act.mentions(unit.start, unit.end)[:1]:  # 'I Norrsken deltar A och B'
        inverted = _TAKE_PART_IN.match(text, mention.end, unit.end)
        if inverted is not None and _IN.fullmatch(text, unit.start, mention.start) and mention.project is act.project:
            for span in names_after(view, inverted.end(), unit.end):
                add_partner(view, act, span, frame, "partner.phrase", start=unit.start)
    for m in lexicon.pattern("parties", "taking_part").finditer(text, unit.start, unit.end):
        alone = _ONLY_TAKES_PART.match(text, unit.start, unit.end)
        named = names_before(view, unit.start, m.start())
        if not named and alone is not None and alone.end(1) <= m.start() and not act.mentions(unit.start, unit.end):
            named = [s for s in [names_at(view, unit.start, alone.end(1))] if s is not None and s.end == alone.end(1)]
        for span in named:
            add_partner(view, act, span, frame, "partner.phrase", end=m.end())
        later = _AND_LATER.match(text, m.end(), unit.end) if named else None
        for span in names_after(view, later.end(), unit.end) if later is not None else ():
            add_partner(view, act, span, frame, "partner.phrase", start=m.start())
    for m in lexicon.pattern("parties", "contributing").finditer(text, unit.start, unit.end):
        if view.spans_in(m.end(), min(unit.end, m.end() + 45), "money", "share") or act.speaks_of_other(
            unit.start, m.start()
        ):
            continue
        for span in names_before(view, unit.start, m.start()):
            add_partner(view, act, span, frame, "partner.phrase", end=m.end())


_NOUN_OF_PARTIES = shape("parties", "noun_of_parties")
_ONLY_TAKES_PART, _AND_LATER = shape("parties", "only_takes_part"), shape("parties", "and_later")
_TAKE_PART_IN = shape("parties", "take_part_in")
_IN = shape("parties", "in")
_RELATIVE = shape("parties", "relative")


def _speaks_of_other(view: View, lexicon: Lexicon, act: Act, unit: Unit, offset: int) -> bool:
    """Whether the sentence has come to another project; one that its own only goes on from does not count."""
    before = act.mentions(unit.start, offset)
    if not before or before[-1].project is act.project:
        return False
    if before[0].project is not act.project:
        return True
    between = view.text[before[0].end : before[-1].start]
    if _RELATIVE.search(view.text[before[-1].end : offset]):
        return True
    return not any(link_pattern(lexicon, group).search(between) for group in ("builds_on", "continues"))


_BACK_TO_SUBJECT = shape("parties", "back_to_subject")


def _speaks_of_other_place(view: View, lexicon: Lexicon, act: Act, unit: Unit, offset: int) -> bool:
    """As ``speaks_of_other``; 'Projektet är en fortsättning på X och genomförs i Y' has come back to its subject."""
    if not act.speaks_of_other(unit.start, offset):
        return False
    last = act.mentions(unit.start, offset)[-1]
    lead = view.text[unit.start : last.start]
    older = any(link_pattern(lexicon, group).search(lead) for group in ("builds_on", "continues"))
    return not (older and _BACK_TO_SUBJECT.match(view.text, last.end, offset))


_JOINT = shape("parties", "joint")


def _named_as_partners(view: View, lexicon: Lexicon, act: Act, unit: Unit, frame: Frame) -> None:
    """'tar in A och B som samverkansparter', 'har A som partner'."""
    names = view.spans_in(unit.start, unit.end, "organisation")
    for index, span in enumerate(names):
        if not _AS_PARTNER.match(view.text, span.end) or _speaks_of_other(view, lexicon, act, unit, span.start):
            continue
        group = [span]
        for earlier in reversed(names[:index]):
            if not _JOINT.fullmatch(view.text[earlier.end : group[-1].start]):
                break
            group.append(earlier)
        for one in reversed(group):
            add_partner(view, act, one, frame, "partner.phrase", end=span.end)


def _is_partner_section(view: View, lexicon: Lexicon, unit: Unit) -> bool:
    return unit.block in view.keep("close below", lambda: _below_partners(view, lexicon))


def _below_partners(view: View, lexicon: Lexicon) -> frozenset[int]:
    """The indexes of the blocks that stand close below a heading of partners, and of these headings."""
    found: set[int] = set()
    for index, block in enumerate(view.blocks):
        if block.kind == "heading":
            found -= {*range(index, index + 4)}
            if "partners" in heading_kinds(lexicon, view.document.block_text(block)):
                found |= {*range(index, index + 4)}
    return frozenset(found)


_LISTED = shape("parties", "listed")


def _listed_partners(view: View, act: Act, unit: Unit, frame: Frame) -> None:
    """Every organisation of a section headed as that of the partners, known or only named in the list."""
    for span in view.spans_in(unit.start, unit.end, "organisation"):
        add_partner(view, act, span, frame, "partner.phrase")
    if view.text[unit.start : unit.end].count(",") < 2:
        return
    known = view.spans_in(unit.start, unit.end, "organisation")
    for m in _LISTED.finditer(view.text[unit.start : unit.end]):
        low, high = unit.start + m.start(1), unit.start + m.end(1)
        words = view.line(low, high)
        if any(s.start < high and s.end > low for s in known) or not 2 <= len(words) <= 60 or len(words.split()) > 6:
            continue
        act.append("partner", Found(Value("organisation", words), low, high, "partner.phrase", low, high))


def add_partner(
    view: View,
    act: Act,
    span: TypedSpan,
    frame: Frame,
    rule: str,
    *,
    start: int | None = None,
    end: int | None = None,
) -> None:
    """Add a partner and, where it is a municipality, the place; the beneficiary and the project itself are none."""
    name: Name = span.value
    owner = act.slots.get("beneficiary")
    if owner is not None and fold(owner.value.lexical) == fold(name.canonical):
        return
    if frame.authority is not None and fold(frame.authority.value.lexical) == fold(name.canonical):
        return
    act.append("partner", found_span(span.kind, span, rule, start=start, end=end))


_MUNICIPALITY = shape("parties", "municipality")


def municipality_of(name: str) -> str | None:
    """'Kramfors kommun' -> 'Kramfors', by form; the caller checks it against the register's spelling."""
    m = _MUNICIPALITY.fullmatch(name)
    return m.group(1) if m else None


_PLACES_JOINT = shape("parties", "places_joint")
_MUNICIPALITY_END = shape("parties", "municipality_end")
_NO_LIST_OF_PLACES = shape("parties", "no_list_of_places")


def _places(view: View, lexicon: Lexicon, act: Act, unit: Unit) -> None:
    places = view.spans_in(unit.start, unit.end, "county", "municipality", "organisation")
    if not places:
        return
    cue = lexicon.pattern("roles", "place", "implementation")
    text = view.text
    accepted: TypedSpan | None = None
    likeness = lexicon.pattern("lineage", "related", "phrases")
    if view.may_hold(unit, likeness) and likeness.search(text, unit.start, unit.end):
        return
    for span in places:
        lead = text[unit.start : span.start]
        goes_on = accepted is not None and _PLACES_JOINT.fullmatch(text[accepted.end : span.start])
        if span.kind == "organisation" and not (
            _MUNICIPALITY_END.search(text[span.start : span.end]) and span.value.register_id
        ):
            accepted = None
            continue
        if _speaks_of_other_place(view, lexicon, act, unit, span.start) or any(
            x.start <= span.start < x.end for x in act.mentions(unit.start, unit.end)
        ):
            continue
        named = act.mentions(unit.start, unit.end)
        elsewhere = bool(named) and named[0].start > span.end and named[0].project is not act.project
        direct = _PLACE_LEAD.search(lead) and not _NO_PLACE.search(lead[-70:]) and not elsewhere
        if span.kind != "organisation" and (goes_on or direct or text[span.end : span.end + 9] == " kommuner"):
            accepted = span
            act.append(span.kind, found_span(span.kind, span, "place.phrase"))
            continue
        if span.kind == "organisation":
            if goes_on or direct:
                accepted = span
                short = municipality_of(span.value.canonical) or span.value.canonical
                value = Value("municipality", short, span.value.register_id)
                act.append("municipality", Found(value, span.start, span.end, "place.phrase", span.start, span.end))
            continue
        m = None
        for m in cue.finditer(lead):  # noqa: B007 - the last match counts
            pass
        if m is None or len(lead) - m.end() > 170:
            continue
        gap = lead[m.end() :]
        if len(gap) > 40 and not re.search(r"[,:]", gap):
            continue
        if _NO_LIST_OF_PLACES.search(gap):
            continue
        accepted = span
        act.append(
            span.kind,
            found_span(span.kind, span, "place.phrase", start=span.start - len(gap) - (m.end() - m.start())),
        )


_IS_OWNER = shape("parties", "is_owner")


_MUNICIPALITY_NAME = shape("parties", "municipality_name")


def settle_parties(act: Act, registers: object | None = None, view: View | None = None) -> None:
    """The beneficiary is no partner; a partner marked as the owner is it; municipalities that take part are places."""
    for row in act.lists.get("partner", []) if view is not None else []:
        if view is not None and _IS_OWNER.match(view.text, row.high):
            act.put("beneficiary", Found(row.value, row.start, row.end, "beneficiary.phrase", row.low, row.high))
            break
    places = act.lists.get("municipality", [])
    for index, place in enumerate(places):
        record = _territory(place.value.key, registers)
        if record is not None:
            places[index] = replace(place, value=Value("municipality", record.short_name, record.id))
    owner = act.slots.get("beneficiary")
    rows = [_governing(row, registers) for row in act.lists.get("partner", [])]
    if owner is not None:
        rows = [r for r in rows if not _is_same_name(r.value.lexical, owner.value.lexical)]
    if rows or "partner" in act.lists:
        act.lists["partner"] = rows
    for row in rows:
        if _MUNICIPALITY_NAME.search(row.value.lexical) and "kommunal" not in row.value.lexical:
            record = _territory(row.value.key, registers)
            short = record.short_name if record is not None else municipality_of(row.value.lexical)
            if short and (record is not None or not isinstance(registers, Registers)):  # 'Karleby stad' is Finnish
                territory = Value("municipality", short, record.id if record is not None else None)
                act.append("municipality", Found(territory, row.start, row.end, "place.partner", row.low, row.high))


def _governing(row: Found, registers: object | None) -> Found:
    """A partner that is named as a place ('Tierp och Heby kommuner') is the organisation that governs it."""
    if row.value.kind == "organisation" or not isinstance(registers, Registers):
        return row
    record = _territory(row.value.key, registers)
    organisation = registers.organisation(record.organisation_id) if record is not None else None
    if organisation is None:
        return replace(row, value=Value("organisation", f"{row.value.lexical} kommun"))
    return replace(row, value=Value("organisation", organisation.label, organisation.id))


def _is_same_name(name: str, owner: str) -> bool:
    """The owner itself, or the first words of its name: 'Träcentrum Norr' of 'Träcentrum Norr Utbildning AB'."""
    short, full = fold(name), fold(owner)
    return short == full or (len(short.split()) > 1 and full.startswith(short + " "))


def _territory(key: str | None, registers: object | None) -> Municipality | None:
    """The municipality behind a register's key, be it that of the place or of the organisation that governs it."""
    if not key or not isinstance(registers, Registers):
        return None
    return registers.municipality_of(key) or registers.municipality(key)


_GIVEN_TO = shape("slots", "given_to")
_GETS = shape("slots", "gets")


def fill_unknown_receiver(view: View, act: Act, trigger: Trigger) -> None:
    """Who receives, by its place between an active verb of granting and its sum, where nothing knows the name."""
    if trigger.outcome != "grant" or "beneficiary" in act.slots:
        return
    money = view.spans_in(trigger.end, trigger.unit.end, "money")
    if trigger.voice in ("active", "receive") and money:
        m = _GIVEN_TO.match(view.text, trigger.end, money[0].start)
    else:
        m = None
    if m is None and trigger.voice in ("passive", "receive") and money:
        m = _GETS.fullmatch(view.text, trigger.unit.start, trigger.start)
    if m is None:
        _take_title(view, act)
        return
    low, high = m.span(1)
    if act.mentions(low, high) or view.spans_in(low, high, "organisation", "board", "fund", "date", "period"):
        return
    behind = any(x.start >= money[0].end for x in act.mentions(money[0].end, trigger.unit.end))
    if not behind and not _FOR_THE_PROJECT.match(view.text, trigger.unit.start):
        return  # without a project behind the sum, the name before it may be the project's
    if any(p.start < high and low < p.end for p in view.persons):
        return
    value = Value("organisation", view.line(low, high))
    act.put("beneficiary", Found(value, trigger.start, money[0].end, "beneficiary.sentence", low, high))


_FOR_THE_PROJECT = shape("slots", "for_the_project")


def _take_title(view: View, act: Act) -> None:
    """Who receives, where the title is the name of whoever runs the project that the text below opens with, and the
    text calls it by that name."""
    if act.matter is None or act.matter.heading is None or not names_another_below(view, act.matter):
        return
    low, high = act.matter.heading
    words = view.line(low, high).strip()
    named = view.starting(low, "organisation")
    if named is not None and named.end >= low + len(words) - 1:
        act.put("beneficiary", found_span("organisation", named, "beneficiary.sentence"))
    elif len(words.split()) < 6 and next(find_words(view.text[high : act.matter.end], words), None) is not None:
        found = Found(Value("organisation", words), low, high, "beneficiary.sentence", low, low + len(words))
        act.put("beneficiary", found)
