"""What became of every amount, date and number of a paper: used, ignored by a named rule, or reported."""

from __future__ import annotations

from bisect import bisect_left

from kg.extract.view import View
from kg.lexicon import shape
from kg.model import Issue, LedgerEntry, TypedSpan

_SUM_OF_BEFORE = shape("slots", "sum_of_before")
_REPORTED = {
    "money": "amount_unassigned",
    "diary_number": "number_unassigned",
    "case_id": "number_unassigned",
    "org_number": "number_unassigned",
    "date": "date_unassigned",
    "period": "date_unassigned",
}
_KINDS = ("money", "number", "share", "date", "period", "diary_number", "case_id", "org_number")


def keep_ledger(
    view: View, used: list[tuple[int, int, str]], outside: list[tuple[int, int]], decided: bool
) -> tuple[list[LedgerEntry], list[Issue]]:
    """The ledger in order of the text, and an issue for each amount or number that nothing explains."""
    used = sorted(used)
    starts = [u[0] for u in used]
    longest = max((u[1] - u[0] for u in used), default=0)
    entries, issues = [], []
    for span in view.spans:
        if span.kind not in _KINDS:
            continue
        rule = _user(used, starts, longest, span)
        quote = view.text[span.start : span.end]
        if rule is not None:
            entries.append(LedgerEntry(span.kind, span.start, span.end, quote, "claim", rule))
            continue
        reason = _ignored(view, span, outside, decided)
        if reason is not None:
            entries.append(LedgerEntry(span.kind, span.start, span.end, quote, "ignored", reason))
            continue
        code = _REPORTED[span.kind]
        entries.append(LedgerEntry(span.kind, span.start, span.end, quote, "issue", code))
        issues.append(Issue(code, f"the role of '{quote}' could not be decided", quote, span.start, span.end))
    for span in view.ignored:
        entries.append(
            LedgerEntry("number", span.start, span.end, view.text[span.start : span.end], "ignored", str(span.value))
        )
    return sorted(entries, key=lambda e: (e.start, e.end, e.kind)), issues


def _user(used: list[tuple[int, int, str]], starts: list[int], longest: int, span: TypedSpan) -> str | None:
    index = bisect_left(starts, span.start - longest)
    while index < len(used) and used[index][0] < span.end:
        if used[index][1] > span.start:
            return used[index][2]
        index += 1
    return None


def _ignored(view: View, span: TypedSpan, outside: list[tuple[int, int]], decided: bool) -> str | None:
    """The named rule by which a span is left alone; None where none applies."""
    if any(low <= span.start < high for low, high in outside):
        return "outside.section"
    if not decided:
        return "paper.decides-nothing"
    if span.kind == "money" and span.value.currency not in (None, "SEK"):
        return None
    if span.kind == "number":
        return "number.bare"
    if span.kind == "share":
        return "share.general"
    if span.kind in ("date", "period"):
        value = span.value
        if span.kind == "date" and value.year is None:
            return "date.without-year"
        if span.kind == "date" and not value.day:
            return "date.year-in-prose"
        return "date.other-event"
    block = view.block_at(span.start)
    if _SUM_OF_BEFORE.search(view.text, block.start, span.start):
        return "amount.before-change"
    if block.kind == "furniture":
        return "furniture.repeated"
    if span.kind == "money" and block.kind == "table":
        return "table.not-financing"
    return None
