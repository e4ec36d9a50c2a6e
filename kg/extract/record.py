"""The facts record of facts-contract.md: the flat view of what one paper says."""

from __future__ import annotations

from typing import Any

from kg.model import Claim, Extraction

SCALAR_FIELDS = (
    "outcome",
    "deciding_body",
    "authority",
    "date",
    "diary_number",
    "beneficiary",
    "amount_sek",
    "share_percent",
    "funding_source",
    "start",
    "end",
    "total_budget_sek",
    "applied_amount_sek",
)
_LISTS = {
    "case_id": "case_ids",
    "county": "counties",
    "municipality": "municipalities",
    "partner": "partners",
}
_NUMBERS = {"integer": int, "decimal": float}

DECISION_FIELDS = (
    "project",
    "outcome",
    "deciding_body",
    "authority",
    "date",
    "diary_number",
    "case_ids",
    "beneficiary",
    "amount_sek",
    "share_percent",
    "funding_source",
    "start",
    "end",
    "total_budget_sek",
    "applied_amount_sek",
    "counties",
    "municipalities",
    "partners",
)


def record(extraction: Extraction, *, same_decision_as: str | None = None) -> dict[str, Any]:
    """The record of one paper, ready for JSON; ``same_decision_as`` comes from the run (file name without ending)."""
    nodes: dict[str, list[Claim]] = {}
    for claim in extraction.claims:
        nodes.setdefault(claim.subject, []).append(claim)
    names = {node: c.value.lexical for node, claims in nodes.items() for c in claims if c.property == "name"}
    decisions = [_decision(claims, names) for node, claims in nodes.items() if node.startswith("decision/")]
    financing = [_line(claims, names) for node, claims in nodes.items() if node.startswith("financing/")]
    lineage, related = [], []
    for claim in extraction.claims:
        if claim.property in ("builds_on", "continues"):
            lineage.append({"project": names[claim.subject], "predecessor": names[claim.value.lexical]})
        elif claim.property == "related":
            related.append(names[claim.value.lexical])
    issues = [
        {"code": i.code, "message": i.message, "quote": i.quote, "start": i.start, "end": i.end}
        for i in extraction.issues
    ]
    return {
        "document": extraction.source,
        "decisions": decisions,
        "financing": financing,
        "lineage": lineage,
        "related": list(dict.fromkeys(related)),
        "same_decision_as": same_decision_as,
        "issues": issues,
    }


def _decision(claims: list[Claim], names: dict[str, str]) -> dict[str, Any]:
    row: dict[str, Any] = dict.fromkeys(DECISION_FIELDS)
    for field in _LISTS.values():
        row[field] = []
    for claim in claims:
        value = _NUMBERS.get(claim.value.kind, str)(claim.value.lexical)
        if claim.property == "project":
            row["project"] = names[claim.value.lexical]
        elif claim.property in _LISTS:
            row[_LISTS[claim.property]].append(value)
        elif claim.property in SCALAR_FIELDS:
            row[claim.property] = value
    return row


def _line(claims: list[Claim], names: dict[str, str]) -> dict[str, Any]:
    row: dict[str, Any] = {"project": None, "funder": None, "amount_sek": None}
    for claim in claims:
        if claim.property == "project":
            row["project"] = names[claim.value.lexical]
        elif claim.property == "funder":
            row["funder"] = claim.value.lexical
        elif claim.property == "amount_sek":
            row["amount_sek"] = int(claim.value.lexical)
    return row
