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


_LEAD = re.compile(
    r"\b(?:med (?:finansiering|stöd|medel|bidrag|pengar) (?:från|av)|finansierat av|finansierades av|finansieras av|finansierats av|finansierad av|betalas av|betalades av|bekostas av|bekostades av|medfinansieras av|medfinansierades av|"
    r"delfinansieras av|delfinansierades av|stöds av|stöddes av|finansiärer är|finansiärerna är|finansiär är|finansiären är|finansiärer var|"
    r"finansiärer:|finansieringen kommer från|financed by|funded by|with funding from|med delfinansiering från|med medfinansiering från|övriga finansiärer är|medfinansiärer är|var en av dem som finansierade)\s*",
    re.IGNORECASE,
)
_PAYS = re.compile(
    r"\s*(?:\([^)]*\))?\s*(?:har\s+|går\s+|gick\s+)?(?:bidrar med|bidrog med|bidragit med|går in med|gick in med|skjuter till|står för|stod för|finansierar|finansierade|medfinansierar|medfinansierade|betalar|betalade|bekostar|bekostade|själv bekostat|själva bekostat|bekostat|contributes|contributed|"
    r"in med|lägger in|tillskjuter|satsar|stöder redan|stödjer redan|stöder|stödjer|stödde|svarar för|är den största finansiären|är största finansiär|finansierat|medfinansierat|beviljat finansiering|bidragit)\b",
    re.IGNORECASE,
)
_IS_FUNDER = re.compile(
    r"\b(?:finansiären|finansiär|medfinansiären|huvudfinansiären|huvudfinansiär)\s+(?:är|var)\s+",
    re.IGNORECASE,
)
_ONE_OF = re.compile(r"\s*var\s+en\s+av\s+(?:dem|finansiärerna)(?:\s+som\s+finansierade)?", re.IGNORECASE)
_EACH = re.compile(r"\s*(?:vardera|var|each)\b", re.IGNORECASE)
_SOUGHT = re.compile(
    r"\b(?:söker|söks|sökt|ansöker|ansökan|ansökt|vända sig till|kommer att söka|planerar)\b", re.IGNORECASE
)


def find_payers(view: View, lexicon: Lexicon, book: ProjectBook, unit: Unit, project: Project) -> list[Payment]:
    """Payments that one sentence tells; the amount is None where it gives none for the payer."""
    text, found = view.text, []
    own = [m for m in book.mentions_in(unit.start, unit.end)]
    for m in _LEAD.finditer(text, unit.start, unit.end):
        if _SOUGHT.search(text[unit.start : m.start()]):
            continue
        names = list_names(view, m.end(), unit.end, "organisation", "fund")
        last = names[-1].end if names else m.end()
        money = [
            s for s in view.spans_in(last, unit.end, "money") if kronor(s.value) is not None and s.start - last < 60
        ]
        each = bool(money and _EACH.match(text[money[0].end : money[0].end + 12]))
        for span in names:
            own_sum = _following_sum(view, span.end, unit.end)
            amount = own_sum if own_sum is not None else money[0] if money and (each or len(names) == 1) else None
            found.append(_payment(view, lexicon, project, span, amount, m.start()))
    for span in view.spans_in(unit.start, unit.end, "organisation", "fund"):
        tail = text[span.end : unit.end]
        lead = text[max(unit.start, span.start - 40) : span.start]
        funder = _IS_FUNDER.search(lead)
        if funder and funder.end() == len(lead):
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
        pays = _PAYS.match(tail) or _ONE_OF.match(tail)
        if pays is None or _SOUGHT.search(text[unit.start : span.start]):
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
            if (
                payer is not None and payer.end >= mention.end + bracket.end(1) and payer.register_kind
                if hasattr(payer, "register_kind")
                else payer is not None and payer.end >= mention.end + bracket.end(1)
            ):
                found.append(_payment(view, lexicon, mention.project, payer, None, mention.start))
    return found


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
