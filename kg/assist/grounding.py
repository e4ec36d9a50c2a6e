"""Is what the model said in the paper?  Quotes are looked up, values read again from them by the package's grammars.

A value stands or falls by the typed spans that annotation found within the quoted words: an amount is what the grammar
of money reads there, a date what the grammar of dates does, an organisation the one whose name stands there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from kg.assist.reply import Said
from kg.extract.outcomes import outcome_word
from kg.extract.triggers import find_decision_words
from kg.extract.view import View
from kg.lexicon import Lexicon, fold
from kg.model import Money, Name, PartialDate, Period, TypedSpan, Value
from kg.registers import Registers
from kg.terms import OUTCOMES

LONGEST_QUOTE = 600
LONGEST_NAME = 200
_AMOUNTS = frozenset({"amount_sek", "total_budget_sek", "applied_amount_sek"})
_DATES = frozenset({"date", "start", "end"})
_NAMES: dict[str, tuple[str, ...]] = {
    "authority": ("organisation",),
    "beneficiary": ("organisation",),
    "partner": ("organisation",),
    "funder": ("organisation", "fund"),
    "deciding_body": ("board",),
    "funding_source": ("fund",),
}
_KIND_OF_NAME = {"deciding_body": "board", "funding_source": "fund"}
_SIDES = {
    "granted": "grant",
    "proposed_grant": "grant",
    "rejected": "reject",
    "proposed_rejection": "reject",
    "other": "other",
}
_NUMBER = re.compile(r"[\w][\w:/.\- ]*")


@dataclass(frozen=True, slots=True)
class Grounded:
    """A value that the paper bears out: the words ``start:end`` are its evidence, ``low:high`` in them the value."""

    value: Value
    start: int
    end: int
    low: int
    high: int


class Ungrounded(Exception):
    """The paper does not bear the value out.  The reason names no value and no words."""


class Grounding:
    """Holds what a model says of one paper against it."""

    def __init__(self, view: View, lexicon: Lexicon, registers: Registers) -> None:
        self._view = view
        self._lexicon = lexicon
        self._registers = registers
        self._decisions: list[tuple[int, int, str]] | None = None

    def ground(self, prop: str, said: Said, near: int | None = None) -> Grounded:
        """The value with its evidence; of a quote that stands there several times the one nearest to ``near`` of those
        that bear the value out.  Raises Ungrounded where none does."""
        places = self._find(said.quote)
        if not places:
            raise Ungrounded("the words quoted do not stand in the paper")
        if near is not None:
            places.sort(key=lambda place: (abs(place[0] - near), place))
        reason = Ungrounded("")
        for start, end in places[:20]:
            try:
                return self._read(prop, said.value, start, end)
            except Ungrounded as error:
                reason = error
        raise reason

    def _find(self, quote: str) -> list[tuple[int, int]]:
        """Where the words stand, with any white space for theirs, and not within other words."""
        words = quote.split()
        if not words or len(quote) > LONGEST_QUOTE or not any(c.isalnum() for c in quote):
            return []
        left = r"(?<!\w)" if words[0][0].isalnum() else ""
        right = r"(?!\w)" if words[-1][-1].isalnum() else ""
        pattern = left + r"\s+".join(map(re.escape, words)) + right
        return [m.span() for m in re.finditer(pattern, self._view.text)]

    def _read(self, prop: str, value: str, start: int, end: int) -> Grounded:
        if prop in _AMOUNTS:
            return self._amount(value, start, end)
        if prop in _DATES:
            return self._date(prop, value, start, end)
        if prop in _NAMES:
            return self._name(prop, value, start, end)
        if prop in ("county", "municipality"):
            return self._place(prop, value, start, end)
        match prop:
            case "share_percent":
                return self._share(value, start, end)
            case "outcome":
                return self._outcome(value, start, end)
            case "project" | "predecessor":
                low, high = self._literal(value, start, end)
                return Grounded(Value("text", self._view.line(low, high)), start, end, low, high)
            case "diary_number" | "case_id":
                return self._number(prop, value, start, end)
            case other:
                raise AssertionError(other)

    def _spans(self, start: int, end: int, *kinds: str) -> list[TypedSpan]:
        return self._view.spans_in(start, end, *kinds)

    def _amount(self, value: str, start: int, end: int) -> Grounded:
        try:
            wanted = Decimal(value)
        except InvalidOperation:
            wanted = Decimal("NaN")
        if not wanted.is_finite():
            raise Ungrounded("an amount that is no number")
        for span in self._spans(start, end, "money"):
            money: Money = span.value
            if money.amount == wanted and money.currency in (None, "SEK"):
                whole = str(int(wanted))
                return Grounded(Value("integer", whole), start, end, span.start, span.end)
        raise Ungrounded("the words quoted hold no such amount with its unit")

    def _share(self, value: str, start: int, end: int) -> Grounded:
        try:
            wanted = Decimal(value.rstrip("% ").replace(",", "."))
        except InvalidOperation:
            wanted = Decimal("NaN")
        if not wanted.is_finite():
            raise Ungrounded("a share that is no number")
        for span in self._spans(start, end, "share"):
            if span.value == wanted:
                return Grounded(Value("decimal", str(span.value)), start, end, span.start, span.end)
        raise Ungrounded("the words quoted hold no such share")

    def _date(self, prop: str, value: str, start: int, end: int) -> Grounded:
        for span in self._spans(start, end, "date", "period"):
            if isinstance(span.value, Period):
                found = {"start": span.value.start, "end": span.value.end}.get(prop)
            else:
                found = span.value
            if isinstance(found, PartialDate) and found.iso == value and (prop != "date" or found.day):
                return Grounded(Value("date", value), start, end, span.start, span.end)
        raise Ungrounded("the words quoted hold no such date")

    def _name(self, prop: str, value: str, start: int, end: int) -> Grounded:
        """The organisation, board or fund whose span bears the name; else, where the registers do not know it, the name
        as the quoted words write it."""
        kind = _KIND_OF_NAME.get(prop, "organisation")
        known = self._registers.lookup_organisation(value) if kind == "organisation" else None
        for span in self._spans(start, end, *_NAMES[prop]):
            name: Name = span.value
            same = known is not None and name.register_id == known.id
            if same or fold(value) in (fold(name.canonical), fold(name.text)):
                return Grounded(Value(kind, name.canonical, name.register_id), start, end, span.start, span.end)
        if known is not None:
            raise Ungrounded(f"the words quoted do not name the {kind} of the registers that is meant")
        low, high = self._literal(value, start, end)
        if self._spans(low, high, "money", "date", "diary_number", "case_id", "org_number"):
            raise Ungrounded("a name that holds an amount, a date or a number")
        text = self._view.line(low, high)
        if not text[0].isupper() and not text[0].isdigit():
            raise Ungrounded("a name that begins with no capital")
        return Grounded(Value(kind, text), start, end, low, high)

    def _place(self, kind: str, value: str, start: int, end: int) -> Grounded:
        for span in self._spans(start, end, kind):
            if fold(value) in (fold(span.value.canonical), fold(span.value.text)):
                return Grounded(
                    Value(kind, span.value.canonical, span.value.register_id), start, end, span.start, span.end
                )
        raise Ungrounded(f"the words quoted name no such {kind}")

    def _number(self, prop: str, value: str, start: int, end: int) -> Grounded:
        closed = "".join(value.split()).casefold()
        for span in self._spans(start, end, "diary_number", "case_id"):
            if str(span.value).casefold() == closed:
                return Grounded(Value("text", str(span.value)), start, end, span.start, span.end)
        low, high = self._literal(value, start, end)
        taken = self._spans(low, high, "money", "date", "period", "share", "org_number")
        if taken or not any(c.isdigit() for c in value) or not _NUMBER.fullmatch(value):
            raise Ungrounded("the words quoted hold no such number")
        return Grounded(Value("text", "".join(value.split())), start, end, low, high)

    def _outcome(self, value: str, start: int, end: int) -> Grounded:
        if value not in OUTCOMES:
            raise Ungrounded("an outcome that is none")
        if _SIDES[value] not in self._sides(start, end):
            raise Ungrounded("the words quoted do not decide so")
        return Grounded(Value("code", value), start, end, start, start)

    def _sides(self, start: int, end: int) -> set[str]:
        """The outcomes of which the words tell, by a verb that decides or as the value of a label or cell."""
        if self._decisions is None:
            self._decisions = find_decision_words(self._view, self._lexicon)
        found = {side for low, high, side in self._decisions if start <= low and high <= end}
        cells = (outcome_word(self._lexicon, cell) for cell in re.split(r"[\t\n]", self._view.text[start:end]))
        return found | {cell for cell in cells if cell is not None}

    def _literal(self, value: str, start: int, end: int) -> tuple[int, int]:
        """Where the value itself stands in the quoted words, as whole words and no person's name."""
        words = value.split()
        if not words or len(value) > LONGEST_NAME or not any(c.isalpha() or c.isdigit() for c in value):
            raise Ungrounded("a value that is no name")
        pattern = r"(?<!\w)" + r"\s+".join(map(re.escape, words)) + r"(?!\w)"
        found = re.compile(pattern).search(self._view.text, start, end)
        if found is None:
            raise Ungrounded("the value does not stand in the words quoted")
        if any(p.start < found.end() and found.start() < p.end for p in self._view.persons):
            raise Ungrounded("the value is a person's name")
        return found.span()
