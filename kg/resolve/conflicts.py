"""What papers leave open between them: values on which they disagree, and things that may be one.

Nothing is dropped: all values are kept, and an issue says what a reader should look at.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

from kg.model import Claim, Issue, Judgement, ResolvedClaim
from kg.resolve.names import name_key
from kg.resolve.nodes import Node
from kg.resolve.numbers import read_number, same_number
from kg.terms import PROPERTIES

_SINGLE = {p for p, (_, many) in PROPERTIES["decision"].items() if not many} - {"project", "outcome"}
_DATES = ("date", "start", "end")
MACHINE = "machine"
_NUMBERS = ("diary_number", "case_id")


@dataclass(frozen=True, slots=True)
class Finding:
    """An issue between papers: the paper to which it is put down, and the node of that paper, empty where it is about
    an organisation."""

    node: str
    document: str
    issue: Issue


def unify_numbers(claims: list[ResolvedClaim]) -> list[ResolvedClaim]:
    """The claims with one writing for each diary and case number of a decision: "RS 2023/12", "RS2023-12" and
    "dnr 12/2023" are one number, written as most papers write it, with its series where one does."""
    writings: dict[tuple[str, str], dict[str, int]] = {}
    for claim in claims:
        if claim.property in _NUMBERS:
            forms = writings.setdefault((claim.subject, claim.property), {})
            forms[claim.value.lexical] = forms.get(claim.value.lexical, 0) + 1
    chosen = {(*place, form): best for place, forms in writings.items() for form, best in _choose_writings(forms)}
    return [
        replace(c, value=replace(c.value, lexical=chosen[(c.subject, c.property, c.value.lexical)]))
        if c.property in _NUMBERS
        else c
        for c in claims
    ]


def _choose_writings(forms: dict[str, int]) -> list[tuple[str, str]]:
    """Each writing of the numbers of one decision with the one that stands for it."""
    ranked = sorted(forms, key=lambda form: (not read_number(form).series, -forms[form], form))
    best: list[str] = []
    found = []
    for form in ranked:
        # A decision has one authority, so that a number without its series is that of the same numbers with one.
        same = next((b for b in best if same_number(form, b, one_authority=True)), None)
        if same is None:
            best.append(form)
        found.append((form, same or form))
    return found


def find_conflicts(claims: list[ResolvedClaim], labels: Mapping[str, str]) -> list[Finding]:
    """A finding for each decision and property to which different papers give different values.

    A date is not in conflict with a more precise one.  The issue is put down to the paper that comes last by id.
    """
    stated: dict[tuple[str, str], dict[str, ResolvedClaim]] = {}
    for claim in claims:
        if claim.subject.startswith("decision/") and claim.property in _SINGLE:
            stated.setdefault((claim.subject, claim.property), {}).setdefault(_comparable(claim), claim)
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
        found.append(Finding(f"{evidence.document}#{last.claim.subject}", evidence.document, issue))
    return found


def _comparable(claim: ResolvedClaim) -> str:
    if claim.object is not None:
        return claim.object
    if claim.value.kind == "decimal":
        try:
            return str(Decimal(claim.value.lexical).normalize())
        except InvalidOperation:
            return claim.value.lexical
    return name_key(claim.value.lexical) if claim.value.kind == "text" else claim.value.lexical


def _conflicting(values: list[str], property: str) -> bool:
    if len(values) < 2:
        return False
    if property in _DATES:
        longest = max(values, key=len)
        return any(not longest.startswith(v) for v in values)
    return True


def find_doubts(
    judgements: list[Judgement],
    nodes: dict[str, Node],
    label_of: Callable[[str], str],
    words_of: Mapping[str, Claim],
) -> list[Finding]:
    """A finding for each pair that may be one thing and was kept apart, put down to the paper of the right
    one, with the words that name it.  ``words_of``: the words that name an organisation, by its identity."""
    found = []
    for judgement in judgements:
        if judgement.verdict != "undecided" or judgement.author != MACHINE:
            continue
        if judgement.right in words_of:
            claim = words_of[judgement.right]
            names = [words_of[side].value.lexical for side in (judgement.left, judgement.right)]
            message = f"organisation {names[0]!r} and {names[1]!r} may be the same: {judgement.reason}"
            e = claim.evidence
            issue = Issue("identity_undecided", message, e.quote, e.start, e.end)
            found.append(Finding("", e.document, issue))
            continue
        node = nodes[judgement.right]
        claims = [c for p in ("name", "outcome", "project") for c in node.claims.get(p, ())]
        left, right = label_of(judgement.left), label_of(judgement.right)
        what = f"{node.kind} {left!r} and {right!r}" if left != right else f"two reports of a {node.kind} {left!r}"
        message = f"{what} may be the same: {judgement.reason}"
        words = claims[0].evidence if claims else None
        issue = Issue(
            "identity_undecided",
            message,
            words.quote if words else "",
            words.start if words else 0,
            words.end if words else 0,
        )
        found.append(Finding(node.id, node.document, issue))
    return sorted(found, key=lambda f: (f.document, f.issue.start, f.issue.message))
