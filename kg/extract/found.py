"""A value read from a paper, with the words that it rests on."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kg.extract.deciders import nominative_body
from kg.extract.view import View
from kg.lexicon import fold, shape
from kg.model import Name, PartialDate, TypedSpan, Value
from kg.registers import Registers


@dataclass(frozen=True, slots=True)
class Found:
    """A value read, with the words that it rests on (``start:end``), its own words (``low:high``) and the rule."""

    value: Value
    start: int
    end: int
    rule: str
    low: int
    high: int


def found_span(kind: str, span: TypedSpan, rule: str, *, start: int | None = None, end: int | None = None) -> Found:
    """A name, date or number as found by the grammars; ``start``/``end`` widen the quote to its cue."""
    value = to_value(kind, span.value)
    low, high = span.start, span.end
    return Found(
        value,
        min(low, start if start is not None else low),
        max(high, end if end is not None else high),
        rule,
        low,
        high,
    )


def to_value(kind: str, value: object) -> Value:
    if isinstance(value, Name):
        if kind == "board":
            return Value(kind, nominative_body(value.canonical), value.register_id)
        return Value(kind, value.canonical, value.register_id)
    if isinstance(value, PartialDate):
        return Value("date", value.iso or "")
    return Value(kind, str(value))


def fuller_body(view: View, found: Found) -> Found:
    """The board as the one longer name in the paper that begins with it has it: 'Strukturfondspartnerskapet' is the
    'Strukturfondspartnerskapet Skåne-Blekinge' of the paper."""
    words = fold(found.value.lexical)
    longer = {s.value.canonical for s in view.kind("board") if fold(s.value.canonical).startswith(f"{words} ")}
    if len(longer) != 1 or " " in words:
        return found
    return replace(found, value=Value(found.value.kind, longer.pop()))


_SEATED = shape("deciders", "seated")


def find_seated_authority(view: View, registers: object | None, body: str) -> Found | None:
    """The municipality that a board is told by its place: 'Kulturnämnden i Umeå' is a board of Umeå kommun; None where
    several places, or none, stand behind the name of the board whose paper it is."""
    if not isinstance(registers, Registers):
        return None
    seats = []
    for span in view.kind("board"):
        if fold(span.value.canonical) != fold(body):
            continue
        m = _SEATED.match(view.text, span.end)
        place = view.starting(m.end(), "municipality") if m is not None else None
        if place is not None:
            seats.append((span, place))
    if len({place.value.register_id for _, place in seats}) != 1:
        return None
    span, place = seats[0]
    municipality = registers.municipality(place.value.register_id) if place.value.register_id else None
    owner = registers.organisation(municipality.organisation_id) if municipality is not None else None
    if owner is None:
        return None
    value = Value("organisation", owner.label, owner.id)
    return Found(value, span.start, place.end, "authority.letterhead", span.start, place.end)
