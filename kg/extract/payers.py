"""Who pays for a project according to the prose."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.extract.frame import Found, found_span
from kg.extract.money import kronor, role_of
from kg.extract.projects import Project, ProjectBook
from kg.extract.slots import list_names
from kg.extract.view import Unit, View
from kg.lexicon import Lexicon
from kg.model import TypedSpan, Value


@dataclass(frozen=True, slots=True)
class Payment:
    """A line of financing told in prose."""

    project: Project
    funder: Found
    amount: Found | None
    in_kind: bool


def find_payers(view: View, lexicon: Lexicon, book: ProjectBook, unit: Unit, project: Project) -> list[Payment]:
    """Payments that one sentence tells; the amount is None where it gives none for the payer."""
    text, found = view.text, []
    sought = lexicon.pattern("payers", "sought")
    own = list(book.mentions_in(unit.start, unit.end))
    for m in lexicon.pattern("payers", "lead").finditer(text, unit.start, unit.end):
        if sought.search(text[unit.start : m.start()]):
            continue
        names = list_names(view, _skip_blank(text, m.end()), unit.end, "organisation", "fund")
        last = names[-1].end if names else m.end()
        money = [
            s for s in view.spans_in(last, unit.end, "money") if kronor(s.value) is not None and s.start - last < 60
        ]
        each = bool(money and lexicon.pattern("payers", "each").match(text[money[0].end : money[0].end + 14].lstrip()))
        for span in filter(_is_payer, names):
            own_sum = _following_sum(view, span.end, unit.end)
            amount = own_sum if own_sum is not None else money[0] if money and (each or len(names) == 1) else None
            found.append(_payment(view, lexicon, project, span, amount, m.start()))
    for span in view.spans_in(unit.start, unit.end, "organisation", "fund"):
        if not _is_payer(span):
            continue
        tail = text[span.end : unit.end]
        lead = text[max(unit.start, span.start - 40) : span.start]
        funder = next(
            (m for m in lexicon.pattern("payers", "is_funder").finditer(lead) if not lead[m.end() :].strip()), None
        )
        if funder:
            sums = [s for s in view.spans_in(span.end, unit.end, "money") if kronor(s.value) is not None]
            found.append(
                _payment(
                    view,
                    lexicon,
                    project,
                    span,
                    sums[0] if sums else None,
                    span.start - len(lead) + funder.start(),
                )
            )
            continue
        rest = _after_bracket(tail)
        pays = lexicon.pattern("payers", "pays+one_of").match(rest)
        if pays is None or sought.search(text[unit.start : span.start]):
            continue
        sums = [
            s for s in view.spans_in(span.end, min(unit.end, span.end + 110), "money") if kronor(s.value) is not None
        ]
        sums = [s for s in sums if role_of(view, lexicon, s, unit.start, unit.end)[0] in ("", "cofund", "frame")]
        if not sums and not own and not re.search(r"bekost|finansier|stöd|bidrag", pays.group(), re.IGNORECASE):
            continue
        found.append(_payment(view, lexicon, project, span, sums[0] if sums else None, span.start))
    for mention in own:
        bracket = re.match(r"\s*\(([^()]{3,40})\)", text[mention.end : unit.end])
        if bracket:
            inner = mention.end + bracket.start(1)
            payer = view.starting(inner, "organisation")
            if payer is not None and payer.end >= mention.end + bracket.end(1):
                found.append(_payment(view, lexicon, mention.project, payer, None, mention.start))
    return found


def _skip_blank(text: str, offset: int) -> int:
    while offset < len(text) and text[offset] in " \t":
        offset += 1
    return offset


def _after_bracket(tail: str) -> str:
    """What follows a name, a bracketed acronym left out."""
    m = re.match(r"\s*(?:\([^)]*\))?\s*", tail)
    return tail[m.end() :] if m else tail


def _following_sum(view: View, low: int, high: int) -> TypedSpan | None:
    """A sum right after a name: 'Region X (300 000 kr)', 'Region X med 300 000 kr'."""
    spans = view.spans_in(low, min(high, low + 40), "money")
    if (
        spans
        and re.fullmatch(r"\s*(?:\(|med|:|,)?\s*", view.text[low : spans[0].start])
        and kronor(spans[0].value) is not None
    ):
        return spans[0]
    return None


def _is_payer(span: TypedSpan) -> bool:
    """The state's appropriation is drawn on by the region that decides; it pays for nothing by itself."""
    return span.kind != "fund" or not span.value.canonical.startswith("1:1")


def _payment(
    view: View, lexicon: Lexicon, project: Project, span: TypedSpan, money: TypedSpan | None, start: int
) -> Payment:
    end = money.end if money is not None else span.end
    funder = found_span("organisation", span, "financing.phrase", start=min(start, span.start), end=end)
    funder = Found(
        Value("organisation", span.value.canonical, span.value.register_id),
        funder.start,
        funder.end,
        funder.rule,
        funder.low,
        funder.high,
    )
    amount = None
    if money is not None:
        amount = Found(
            Value("integer", str(kronor(money.value))),
            funder.start,
            end,
            "financing.phrase",
            money.start,
            money.end,
        )
    in_kind = bool(lexicon.pattern("roles", "money", "in_kind").search(view.text[span.end : end + 30]))
    return Payment(project, funder, amount, in_kind)
