"""Who owns a project, who takes part, and where it is carried out, as the sentences of its matter say."""

from __future__ import annotations

import re

from kg.extract.acts import Act
from kg.extract.frame import Found, Frame, found_span
from kg.extract.sections import heading_kinds
from kg.extract.slots import list_names
from kg.extract.view import Unit, View
from kg.lexicon import Lexicon, fold
from kg.model import Name, TypedSpan, Value

_GENITIVE = re.compile(r"s?\s+(?:ansökan|begäran|äskande|framställan|projektansökan)\b", re.IGNORECASE)
_LIST_HEAD = re.compile(
    r"\s*(?::|också|även|bland annat|bland andra|dessutom|förutom sökanden|the)?\s*(?:också|även)?\s*:?\s*",
    re.IGNORECASE,
)


def fill_parties(view: View, lexicon: Lexicon, act: Act, units: list[Unit], frame: Frame) -> None:
    """Beneficiary, partners and places from the sentences whose topic is the act's project."""
    for unit in units:
        _beneficiary(view, lexicon, act, unit)
    for unit in units:
        _partners(view, lexicon, act, unit, frame)
        _places(view, lexicon, act, unit)


def _beneficiary(view: View, lexicon: Lexicon, act: Act, unit: Unit) -> None:
    if "beneficiary" in act.slots:
        return
    organisations = view.spans_in(unit.start, unit.end, "organisation")
    if not organisations:
        return
    after = lexicon.pattern("parties", "beneficiary_after")
    before = lexicon.pattern("parties", "beneficiary_before")
    for span in organisations:
        lead = view.text[max(unit.start, span.start - 45) : span.start]
        tail = view.text[span.end : min(unit.end, span.end + 70)]
        m = None
        for m in after.finditer(lead):
            pass
        if m is not None and re.fullmatch(r"\s*:?\s*(?:den|det)?\s*", lead[m.end() :]):
            act.put(
                "beneficiary",
                found_span("organisation", span, "beneficiary.phrase", start=span.start - len(lead) + m.start()),
            )
            return
        bracket = re.match(r"\s*\([^)]*\)", tail)
        rest = tail[bracket.end() :] if bracket else tail
        owner = before.match(rest.lstrip())
        if owner or _GENITIVE.match(tail):
            end = span.end + (len(tail) - len(rest.lstrip())) + (owner.end() if owner else 0)
            act.put("beneficiary", found_span("organisation", span, "beneficiary.phrase", end=end))
            return
        if re.match(r"\s+som\s+(?:projektägare|huvudman|sökande|stödmottagare)", tail, re.IGNORECASE) or re.search(
            r"\bsom\s+(?:är\s+)?(?:projektägare|huvudman)\s*$", lead
        ):
            act.put("beneficiary", found_span("organisation", span, "beneficiary.phrase"))
            return


def _partners(view: View, lexicon: Lexicon, act: Act, unit: Unit, frame: Frame) -> None:
    text = view.text
    if _is_partner_section(view, lexicon, unit):
        _listed_partners(view, act, unit, frame)
        return
    for group in ("partners", "between"):
        for m in lexicon.pattern("parties", group).finditer(text, unit.start, unit.end):
            if act.speaks_of_other(unit.start, m.start()):
                continue
            head = _LIST_HEAD.match(text, m.end())
            for span in list_names(view, head.end() if head else m.end(), unit.end, "organisation"):
                add_partner(view, act, span, frame, "partner.phrase", start=m.start())
    for m in lexicon.pattern("parties", "taking_part").finditer(text, unit.start, unit.end):
        names = list(view.spans_in(unit.start, m.start(), "organisation"))
        group: list[TypedSpan] = []
        position = m.start()
        for span in reversed(names):
            gap = text[span.end : position]
            if not re.fullmatch(r"\s*(?:\([^)]*\))?\s*(?:,|och|samt|också|även|som)?\s*", gap):
                break
            group.append(span)
            position = span.start
        for span in reversed(group):
            add_partner(view, act, span, frame, "partner.phrase", end=m.end())


def _is_partner_section(view: View, lexicon: Lexicon, unit: Unit) -> bool:
    index = unit.block
    while index >= 0 and view.blocks[index].kind != "heading":
        index -= 1
    if index < 0 or unit.block - index > 3:
        return False
    return "partners" in heading_kinds(lexicon, view.document.block_text(view.blocks[index]))


def _listed_partners(view: View, act: Act, unit: Unit, frame: Frame) -> None:
    """Every organisation of a section headed as that of the partners, known or only named in the list."""
    for span in view.spans_in(unit.start, unit.end, "organisation"):
        add_partner(view, act, span, frame, "partner.phrase")
    if view.text[unit.start : unit.end].count(",") < 2:
        return
    known = view.spans_in(unit.start, unit.end, "organisation")
    for m in re.finditer(
        r"(?:^|[,;]|\bsamt\b|\boch\b|\band\b)\s*(?:the\s+)?([A-ZÅÄÖ][^,;()]*?)(?=\s*(?:\(|,|;|\.\s*$|\.$|\bsamt\b|\boch\b|\band\b|$))",
        view.text[unit.start : unit.end],
    ):
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
    act.append("partner", found_span("organisation", span, rule, start=start, end=end))


def municipality_of(name: str) -> str | None:
    """'Kramfors kommun' -> 'Kramfors', by form; the caller checks it against the register's spelling."""
    m = re.fullmatch(r"(.+?)s?\s+(?:kommun|stad)", name)
    return m.group(1) if m else None


def _places(view: View, lexicon: Lexicon, act: Act, unit: Unit) -> None:
    places = view.spans_in(unit.start, unit.end, "county", "municipality")
    if not places:
        return
    cue = lexicon.pattern("roles", "place", "implementation")
    text = view.text
    for span in places:
        lead = text[unit.start : span.start]
        m = None
        for m in cue.finditer(lead):
            pass
        if (
            span.kind == "county"
            and re.search(r"\b(?:i|inom|över|in)\s+(?:hela\s+)?$", lead)
            and not act.speaks_of_other(unit.start, span.start)
        ):
            act.append(span.kind, found_span(span.kind, span, "place.phrase"))
            continue
        if m is None or len(lead) - m.end() > 170 or act.speaks_of_other(unit.start, span.start):
            continue
        gap = lead[m.end() :]
        if len(gap) > 40 and not re.search(r"[,:]", gap):
            continue
        if re.search(r"\b(?:högskola|universitet|länsstyrelse|region|finansi|kr\b|kronor)", gap, re.IGNORECASE):
            continue
        act.append(
            span.kind,
            found_span(span.kind, span, "place.phrase", start=span.start - len(gap) - (m.end() - m.start())),
        )


_IS_OWNER = re.compile(
    r"\s*\((?:är\s+)?(?:projekt)?(?:ägare|huvudman|koordinator|samordnare|ansvarig|lead|sökande|huvudsökande|stödmottagare)"
    r"(?:\s+partner)?\)",
    re.IGNORECASE,
)


def settle_parties(act: Act, registers: object | None = None, view: View | None = None) -> None:
    """The beneficiary is no partner; a partner marked as the owner is it; municipalities that take part are places too."""
    for row in act.lists.get("partner", []) if view is not None else []:
        if view is not None and _IS_OWNER.match(view.text, row.high):
            act.put("beneficiary", Found(row.value, row.start, row.end, "beneficiary.phrase", row.low, row.high))
            break
    owner = act.slots.get("beneficiary")
    rows = act.lists.get("partner", [])
    if owner is not None:
        rows = [r for r in rows if fold(r.value.lexical) != fold(owner.value.lexical)]
        act.lists["partner"] = rows
    for row in rows:
        key = row.value.key or ""
        if re.search(r"\b(?:kommun|stad)$", row.value.lexical) and "kommunal" not in row.value.lexical:
            short = _short_name(row.value.lexical, key, registers)
            if short:
                act.append(
                    "municipality",
                    Found(
                        Value("municipality", short, key or None),
                        row.start,
                        row.end,
                        "place.partner",
                        row.low,
                        row.high,
                    ),
                )


def _short_name(name: str, key: str, registers: object | None) -> str | None:
    lookup = getattr(registers, "municipality_by_id", None)
    if callable(lookup) and key:
        record = lookup(key)
        if record is not None:
            return str(record.short_name)
    return municipality_of(name)
