"""Values of one thing on which papers disagree: all are kept, and an issue says so."""

from __future__ import annotations

from kg.model import Issue, ResolvedClaim
from kg.terms import PROPERTIES

_SINGLE = {p for p, (_, many) in PROPERTIES["decision"].items() if not many} - {"project", "outcome"}


def find_conflicts(claims: list[ResolvedClaim], labels: dict[str, str]) -> list[tuple[str, Issue]]:
    """(document, issue) for each decision and property that different papers give different values.

    A date is not in conflict with a more precise one.  The issue is put down to the paper that comes last by
    id.
    """
    stated: dict[tuple[str, str], dict[str, ResolvedClaim]] = {}
    for claim in claims:
        if claim.subject.startswith("decision/") and claim.property in _SINGLE:
            values = stated.setdefault((claim.subject, claim.property), {})
            values.setdefault(claim.object or claim.value.lexical, claim)
    found = []
    for (subject, property), values in sorted(stated.items()):
        papers = {c.claim.evidence.document for c in values.values()}
        if len(papers) < 2 or not _conflicting(sorted(values), property):
            continue
        last = max(values.values(), key=lambda c: (c.claim.evidence.document, c.claim.evidence.start))
        evidence = last.claim.evidence
        listed = " / ".join(sorted({c.value.lexical for c in values.values()}))
        message = f"{labels.get(subject, subject)}: {property} is {listed}"
        issue = Issue("sources_disagree", message, evidence.quote, evidence.start, evidence.end)
        found.append((evidence.document, issue))
    return found


def _conflicting(values: list[str], property: str) -> bool:
    if len(values) < 2:
        return False
    if property in ("date", "start", "end"):
        longest = max(values, key=len)
        return any(not longest.startswith(v) for v in values)
    return True
