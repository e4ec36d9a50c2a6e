"""The anchors that an extraction shows: what was read, where it stood, and what no rule could use."""

from __future__ import annotations

from collections import Counter

from kg.forms.anchors import Fingerprint
from kg.model import Extraction

# Properties that say something of the form beside those that have an anchor of their own or come with any decision.
TOLD = {
    "decision": (
        "amount_sek", "applied_amount_sek", "total_budget_sek", "share_percent", "beneficiary", "partner", "start",
        "end", "funding_source", "county", "municipality", "case_id", "condition", "ground", "legal_basis",
    ),
    "financing": ("funder",),
    "project": ("builds_on", "continues", "related"),
}  # fmt: skip
PLACED = ("authority", "deciding_body", "date", "diary_number")
_KINDS = {
    "money": "amounts",
    "date": "dates",
    "period": "dates",
    "diary_number": "numbers",
    "case_id": "numbers",
    "org_number": "numbers",
}
# The share that ended as an issue, from which on it is called so.
_BUCKETS = ((0.5, "many"), (0.2, "some"), (0.0, "few"))
_LEAST = 2


def said_anchors(extraction: Extraction) -> set[str]:
    """The anchors of the kinds in ``SAID``."""
    found = {f"media:{extraction.media_type}", f"form:{extraction.form}"}
    for claim in extraction.claims:
        node = claim.subject.partition("/")[0]
        if claim.property in TOLD.get(node, ()):
            found.add(f"says:{node}.{claim.property}")
        if claim.property == "outcome":
            found.add(f"act:{claim.value.lexical}")
        if node == "decision" and claim.property in PLACED:
            found.add(f"place:{claim.property}@{claim.evidence.rule.partition('.')[2]}")
    return found | {f"unread:{kind}={bucket}" for kind, bucket in sorted(_unread(extraction).items())}


def _unread(extraction: Extraction) -> dict[str, str]:
    """For amounts, dates and numbers of which some were of use: how many were not."""
    all_of: Counter[str] = Counter()
    lost: Counter[str] = Counter()
    for entry in extraction.ledger:
        kind = _KINDS.get(entry.kind)
        if kind is not None and entry.fate in ("claim", "issue"):
            all_of[kind] += 1
            lost[kind] += entry.fate == "issue"
    return {
        kind: next(name for least, name in _BUCKETS if lost[kind] / count >= least)
        for kind, count in all_of.items()
        if count >= _LEAST
    }


def whose_paper(extraction: Extraction) -> tuple[str | None, str | None]:
    """The authority and the deciding body that most of its decisions name."""
    return _most(extraction, "authority"), _most(extraction, "deciding_body")


def _most(extraction: Extraction, prop: str) -> str | None:
    names = Counter(
        c.value.lexical for c in extraction.claims if c.property == prop and c.subject.startswith("decision/")
    )
    return min(names, key=lambda name: (-names[name], name)) if names else None


def fingerprint_shard(extraction: Extraction) -> Fingerprint:
    """The fingerprint as far as a shard shows it."""
    authority, body = whose_paper(extraction)
    anchors = frozenset(said_anchors(extraction))
    return Fingerprint(extraction.document, extraction.source, authority, body, extraction.form, anchors, whole=False)
