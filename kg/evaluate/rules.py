"""The precision of each extraction rule, measured on labelled papers."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.evaluate.compare import SCALAR_FIELDS, pair_decisions, same_line, same_project, same_value
from kg.extract.record import record
from kg.extract.rules import RULES
from kg.model import Claim, Extraction

_LIST_FIELDS = {"case_id": "case_ids", "county": "counties", "municipality": "municipalities", "partner": "partners"}


@dataclass(slots=True)
class RuleCount:
    """How many of a rule's claims are right and wrong by gold."""

    right: int = 0
    wrong: int = 0

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 0.0

    def interval(self, z: float = 1.96) -> tuple[float, float]:
        """The Wilson score interval of the precision, 95 % by default."""
        n = self.right + self.wrong
        if not n:
            return 0.0, 1.0
        p, zz = self.precision, z * z
        centre = (p + zz / (2 * n)) / (1 + zz / n)
        half = z * math.sqrt(p * (1 - p) / n + zz / (4 * n * n)) / (1 + zz / n)
        return max(0.0, centre - half), min(1.0, centre + half)


def measure_rules(gold: Mapping[str, Mapping[str, Any]], extractions: Iterable[Extraction]) -> dict[str, RuleCount]:
    """Right and wrong claims by rule, over the papers that have gold.

    A claim counts where gold can tell: names of projects, facts of decisions, lines of financing, lineage and
    likeness.  The claims of a decision that gold does not have are wrong.
    """
    counts = {rule: RuleCount() for rule in RULES}
    for extraction in extractions:
        wanted = gold.get(Path(extraction.source).stem)
        if wanted is not None:
            _measure_paper(counts, wanted, extraction)
    return counts


def _measure_paper(counts: dict[str, RuleCount], gold: Mapping[str, Any], extraction: Extraction) -> None:
    nodes: dict[str, list[Claim]] = {}
    for claim in extraction.claims:
        nodes.setdefault(claim.subject, []).append(claim)
    names = {n: c.value.lexical for n, cs in nodes.items() for c in cs if c.property == "name"}
    acts = [n for n in nodes if n.startswith("decision/")]
    facts = record(extraction)
    found = [{**row, "node": node} for node, row in zip(acts, facts["decisions"], strict=True)]
    pairs, _, _ = pair_decisions(list(gold.get("decisions", [])), found)
    partner = {two["node"]: one for one, two in pairs}
    for node in acts:
        for claim in nodes[node]:
            right = _right_fact(partner.get(node), claim)
            if right is not None:
                _count(counts, claim, right)
    _measure_lines(counts, gold, nodes, facts["financing"])
    known = [d["project"] for d in gold.get("decisions", [])] + list(gold.get("related", []))
    known += [r[k] for r in gold.get("lineage", []) for k in ("project", "predecessor")] + [
        r["project"] for r in gold.get("financing", [])
    ]
    for node, name in names.items():
        for claim in nodes[node]:
            if claim.property == "name":
                _count(counts, claim, any(same_project(name, other) for other in known))
            elif claim.property in ("builds_on", "continues"):
                old = names[claim.value.lexical]
                links = gold.get("lineage", [])
                _count(
                    counts,
                    claim,
                    any(same_project(r["project"], name) and same_project(r["predecessor"], old) for r in links),
                )
            elif claim.property == "related":
                _count(
                    counts,
                    claim,
                    any(same_project(names[claim.value.lexical], other) for other in gold.get("related", [])),
                )


def _right_fact(gold: Mapping[str, Any] | None, claim: Claim) -> bool | None:
    """Whether gold has the fact; None where gold cannot tell (a fact outside the record)."""
    if claim.property == "project":
        return None
    if claim.property in _LIST_FIELDS:
        field = _LIST_FIELDS[claim.property]
        return gold is not None and any(same_value(field, v, claim.value.lexical) for v in gold.get(field) or [])
    if claim.property not in SCALAR_FIELDS:
        return None
    value = gold.get(claim.property) if gold is not None else None
    return value not in (None, "") and same_value(claim.property, value, claim.value.lexical)


def _measure_lines(
    counts: dict[str, RuleCount],
    gold: Mapping[str, Any],
    nodes: dict[str, list[Claim]],
    lines: list[dict[str, Any]],
) -> None:
    decisions = gold.get("decisions", [])
    wanted = list(gold.get("financing", []))
    wanted += [
        {"project": d["project"], "funder": payer, "amount_sek": d["amount_sek"]}
        for d in decisions
        for payer in (d.get("authority"), d.get("funding_source"))
        if payer and d.get("amount_sek") is not None
    ]
    found = [node for node in nodes if node.startswith("financing/")]
    for node, line in zip(found, lines, strict=True):
        right = any(same_line(one, line) for one in wanted)
        for claim in nodes[node]:
            if claim.property == "funder":
                _count(counts, claim, right)


def _count(counts: dict[str, RuleCount], claim: Claim, right: bool) -> None:
    count = counts[claim.evidence.rule]
    if right:
        count.right += 1
    else:
        count.wrong += 1


def write_precisions(path: Path, counts: Mapping[str, RuleCount], papers: int) -> None:
    """Write the table that gives claims their confidence."""
    rules = {
        name: {
            "version": RULES[name][0],
            "right": c.right,
            "wrong": c.wrong,
            "interval": [round(x, 3) for x in c.interval()],
        }
        for name, c in sorted(counts.items())
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        json.dumps({"papers": papers, "rules": rules}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
