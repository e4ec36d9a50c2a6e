"""Which role an amount plays: decided by cue words before and after it, else left to the verb of its sentence."""

from __future__ import annotations

import itertools
import re
from decimal import Decimal

from kg.extract.view import View
from kg.lexicon import Lexicon, fold, shape
from kg.model import Money, TypedSpan

REACH_BEFORE = 75
REACH_AFTER = 50
_BEFORE = ("applied", "total", "frame", "paid", "withdrawn", "moved", "remaining", "cofund")
_AFTER = ("applied", "total", "frame", "moved", "paid", "withdrawn")
_ANY_BEFORE = "+".join(f"{role}_before" for role in _BEFORE)
_ANY_AFTER = "+".join(f"{role}_after" for role in _AFTER)

UNIT_SCALES = {
    "tkr": 1000,
    "kkr": 1000,
    "tusen kronor": 1000,
    "tusental kronor": 1000,
    "ksek": 1000,
    "mkr": 1_000_000,
    "mnkr": 1_000_000,
    "mn kr": 1_000_000,
    "msek": 1_000_000,
    "miljoner kronor": 1_000_000,
    "miljoner": 1_000_000,
    "kr": 1,
    "kronor": 1,
    "sek": 1,
}


_CEILING = shape("money", "ceiling")
_SOUGHT = shape("money", "sought")
_NEXT_TO_SUM = shape("money", "next_to_sum")
_REFUSED_COSTS = shape("money", "refused_costs")
_OF_BEFORE = shape("money", "of_before")
_CALLED_IN = shape("money", "called_in")
_COSTS_OF_BEFORE = shape("money", "costs_of_before")
_MAY_COST, _TO_DO = shape("money", "may_cost"), shape("money", "to_do")
_NOW = shape("money", "now")
_COSTS_TOLD = shape("money", "costs_told")
WISHED = shape("money", "wished")
_THRESHOLD = shape("money", "threshold")
_PART_COST, _FOR_PART = shape("money", "part_cost"), shape("money", "for_part")
_OTHER_CLAUSE = shape("money", "other_clause")


def kronor(value: Money, scale: int = 1) -> int | None:
    """Whole kronor, or None for another currency or a broken sum; ``scale`` is the unit of a table's head."""
    if value.currency not in (None, "SEK"):
        return None
    amount = value.amount * scale if value.unit is None and scale != 1 else value.amount
    if amount == (whole := int(amount)):  # most often
        return whole
    rounded = amount.to_integral_value()
    return int(rounded) if abs(amount - rounded) < _LEAST_PART else None


_LEAST_PART = Decimal("0.005")


_BEFORE_SUM = shape("money", "before_sum")


def told_support(lexicon: Lexicon, lead: str, outcome: str) -> bool:
    """Whether the words before a sum speak of the support decided on: 'Stödet uppgår till 49 % av kostnaderna, dock
    högst', or, for a change, only of 'stödet'."""
    noun = None
    for noun in lexicon.pattern("roles", "told", "nouns").finditer(lead):  # noqa: B007 - the last one counts
        pass
    if noun is None or re.search(r"[.;]\s", lead[noun.end() :]):
        return False
    rest = lead[noun.end() :]
    return (
        outcome == "other"
        or _BEFORE_SUM.fullmatch(rest) is not None
        or lexicon.pattern("roles", "told", "verbs").match(rest.lstrip(" ,")) is not None
    )


def role_of(view: View, lexicon: Lexicon, span: TypedSpan, low: int, high: int) -> tuple[str, int, int]:
    """The role that cue words within ``low:high`` give an amount, with the quote's bounds; role '' where none does.

    Roles: applied, total, frame (another thing's sum), paid, withdrawn, moved, remaining, cofund, in_kind.
    """
    others = [s for s in view.spans_in(low, span.start, "money") if s.end <= span.start]
    floor = max(low, span.start - REACH_BEFORE, others[-1].end if others else low)
    lead = view.text[floor : span.start]
    if (refused := _REFUSED_COSTS.search(lead)) is not None:
        return "frame", floor + refused.start(), span.end
    if (called := _CALLED_IN.search(lead)) is not None:
        return "paid", floor + called.start(), span.end
    if (former := _OF_BEFORE.search(lead)) is not None:
        return "frame", floor + former.start(), span.end
    if others and _NOW.fullmatch(lead) and _COSTS_OF_BEFORE.search(view.text, low, others[-1].start):
        return "total", span.start, span.end
    if (least := _THRESHOLD.search(lead)) is not None:
        return "frame", floor + least.start(), span.end
    if (part := _PART_COST.search(lead)) is not None and _FOR_PART.match(view.text, span.end, high):
        return "frame", floor + part.start(), span.end
    if (wished := WISHED.search(lead)) is not None:
        return "applied", floor + wished.start(), span.end
    best: tuple[int, str, int] | None = None
    cued = lexicon.pattern("roles", "money", _ANY_BEFORE).search(view.text, floor, span.start) is not None
    for role in _BEFORE if cued else ():
        for m in lexicon.pattern("roles", "money", f"{role}_before").finditer(lead):
            candidate = (m.end(), role, m.start())
            if best is None or candidate > best:
                best = candidate
    if (told := _COSTS_TOLD.search(lead)) is not None and (best is None or told.start() <= best[2]):
        best = (len(lead), "total", told.start())
    sought = _SOUGHT.search(lead)
    if sought and not (best is not None and best[1] == "total" and best[2] > sought.start()):
        return "applied", floor + sought.start(), span.end
    if best is not None and best[1] == "total" and _MAY_COST.search(lead) and _TO_DO.match(view.text, span.end, high):
        return "frame", floor + best[2], span.end
    if best is not None and best[1] == "total" and _NEXT_TO_SUM.fullmatch(lead, best[0]):
        return "total", floor + best[2], span.end
    tail_end = min(high, span.end + REACH_AFTER)
    tail = view.text[span.end : tail_end]
    for role in _AFTER if lexicon.pattern("roles", "money", _ANY_AFTER).match(tail.lstrip()) else ():
        after = lexicon.pattern("roles", "money", f"{role}_after").match(tail.lstrip())
        if after:
            return role, span.start, span.end + (len(tail) - len(tail.lstrip())) + after.end()
    if tail[:1] == "," and (back := lexicon.pattern("roles", "money", "withdrawn_after").match(tail[1:].lstrip())):
        rest = len(tail) - len(tail[1:].lstrip())
        return "withdrawn", span.start, span.end + rest + back.end()  # 'Utbetalda medel, 40 000 kronor, återkrävs'
    if best is not None and best[1] == "total" and _CEILING.search(lead, best[0]):
        return "", span.start, span.end
    if best is not None and best[1] == "applied" and _OTHER_CLAUSE.search(lead, best[0]):
        return "", span.start, span.end
    if best is not None:
        return best[1], floor + best[2], span.end
    return "", span.start, span.end


_YEARLY, _OF_YEAR = shape("slots", "yearly"), shape("slots", "of_year")
_YEARLY_BEFORE = shape("slots", "yearly_before")
_WHOLE = shape("slots", "whole")
_CHANGED_FROM = shape("slots", "changed_from")
_CHANGED_INTO = shape("slots", "changed_into")


def whole_sum(view: View, chosen: list[TypedSpan]) -> TypedSpan | None:
    """The sum for the whole period where the first is a yearly one and the whole is printed too; None where there are
    only sums of single years ('150 000 kronor för 2023 och 150 000 kronor för 2024'), of which none is the grant."""
    first = chosen[0]
    for before, after in itertools.pairwise(chosen):
        raised = _CHANGED_FROM.search(view.text[max(0, before.start - 14) : before.start])
        if raised and _CHANGED_INTO.fullmatch(view.text[before.end : after.start]):
            return after
    whole = [s for s in chosen[1:] if _WHOLE.search(view.text[max(first.end, s.start - 24) : s.start])]
    split = len(chosen) > 1 and all(_OF_YEAR.match(view.text, s.end) for s in chosen[:2])
    yearly = _YEARLY.match(view.text[first.end : first.end + 16]) or _YEARLY_BEFORE.search(
        view.text[max(0, first.start - 24) : first.start]
    )
    if whole and (split or len(chosen) > 2 or yearly):
        return whole[0]
    return None if split else first


_OF_WHOM, _NEAR = shape("money", "of_whom"), 40  # characters from a sum to of whom it is sought


def is_sought_of_another(view: View, span: TypedSpan, until: int, own: str) -> bool:
    """'beslutar att söka 180 000 kronor hos Länsstyrelsen samt att avsätta': what the paper's own body applies for;
    ``own`` names the paper's authority, ``until`` is where the verb of the decision begins."""
    for other in view.spans_in(span.end, min(until, span.end + _NEAR), "organisation"):
        if own and _OF_WHOM.search(view.text, span.end, other.start):
            return fold(other.value.canonical) != fold(own)
    return False
