"""A small resolution made by hand: a proposal and the decision on it, from two papers, with a financing table.

No paper says this; names and figures are invented.
"""

from __future__ import annotations

from kg.model import Claim, Entity, Evidence, Extraction, Judgement, Resolution, ResolvedClaim, Value
from kg.registers import County, Municipality, Organisation, Programme, Registers

PROPOSAL = "a" * 64
MINUTES = "b" * 64

PROJECT = "project/norrsken-ii"
BEFORE = "project/norrsken"
PROPOSED = "decision/region-x-rx-1-2023-proposed"
DECIDED = "decision/region-x-rx-1-2023"
REGION = "organisation/region-x"
SCHOOL = "organisation/hogskolan-y"
FIRM = "organisation/firman-z-ab"
BOARD = "board/region-x/utvecklingsnamnden"
PLACE = "municipality/9901"
MONEY = "fund/anslag-9-9"
LINE_REGION = "financing/norrsken-ii-region-x"
LINE_SCHOOL = "financing/norrsken-ii-hogskolan-y"


def claim(
    document: str, node: str, subject: str, prop: str, kind: str, lexical: str, object: str | None, start: int = 0
) -> ResolvedClaim:
    """A resolved claim whose quote is its lexical form, at ``start``."""
    evidence = Evidence(document, start, start + len(lexical), lexical, f"sample_{prop}", 1, 0.95)
    value = Value(kind, lexical)
    return ResolvedClaim(subject, prop, object, value, Claim(node, prop, value, evidence))


def sample_registers() -> Registers:
    return Registers(
        organisations=(
            Organisation("region-x", "Region X", "region", ("RX",), ("RX",), "232100-0016",
                         ror="https://ror.org/000000000", wikidata="Q1", homepage="https://example.org/"),
            Organisation("staten", "Staten", "state_agency"),
        ),
        counties=(County("99", "X län", "X", "XX", "X County", "SE-XX", "SE999", "SE99", "Norr", ("X County",), "Q2"),),
        municipalities=(Municipality("9901", "Ystby kommun", "Ystby", "99", "kommun-9901", (), "Q3"),),
        programmes=(Programme("anslag-9-9", "9:9 Exempelåtgärder", "9:9-anslaget", (), "staten"),),
        strategies=(),
        signature="0" * 64,
    )


def sample_resolution() -> Resolution:
    d1, p1, f1, f2 = "decision/1", "project/1", "financing/1", "financing/2"
    made = [
        (PROPOSAL, p1, PROJECT, "name", "text", "Norrsken II", None),
        (PROPOSAL, p1, PROJECT, "alias", "text", "NII", None),
        (PROPOSAL, p1, PROJECT, "priority", "text", "Smart industri", None),
        (PROPOSAL, p1, PROJECT, "continues", "node", "project/2", BEFORE),
        (PROPOSAL, "project/2", BEFORE, "name", "text", "Norrsken", None),
        (PROPOSAL, d1, PROPOSED, "project", "node", "project/1", PROJECT),
        (PROPOSAL, d1, PROPOSED, "outcome", "code", "proposed_grant", None),
        (PROPOSAL, d1, PROPOSED, "diary_number", "text", "RX 1-2023", None),
        (PROPOSAL, d1, PROPOSED, "amount_sek", "integer", "600000", None),
        (PROPOSAL, d1, PROPOSED, "share_percent", "decimal", "60", None),
        (PROPOSAL, d1, PROPOSED, "applied_amount_sek", "integer", "650000", None),
        (PROPOSAL, d1, PROPOSED, "total_budget_sek", "integer", "1000000", None),
        (PROPOSAL, d1, PROPOSED, "beneficiary", "organisation", "Högskolan Y", SCHOOL),
        (PROPOSAL, d1, PROPOSED, "start", "date", "2023-03", None),
        (PROPOSAL, d1, PROPOSED, "end", "date", "2025", None),
        (PROPOSAL, d1, PROPOSED, "municipality", "municipality", "Ystby", PLACE),
        (PROPOSAL, d1, PROPOSED, "partner", "organisation", "Firman Z AB", FIRM),
        (PROPOSAL, f1, LINE_REGION, "project", "node", "project/1", PROJECT),
        (PROPOSAL, f1, LINE_REGION, "funder", "organisation", "Region X", REGION),
        (PROPOSAL, f1, LINE_REGION, "amount_sek", "integer", "600000", None),
        (PROPOSAL, f1, LINE_REGION, "status", "code", "proposed", None),
        (PROPOSAL, f2, LINE_SCHOOL, "project", "node", "project/1", PROJECT),
        (PROPOSAL, f2, LINE_SCHOOL, "funder", "organisation", "Högskolan Y", SCHOOL),
        (PROPOSAL, f2, LINE_SCHOOL, "amount_sek", "integer", "400000", None),
        (PROPOSAL, f2, LINE_SCHOOL, "form", "code", "in_kind", None),
        (PROPOSAL, f2, LINE_SCHOOL, "status", "code", "granted", None),
        (MINUTES, p1, PROJECT, "name", "text", "NORRSKEN II", None),
        (MINUTES, d1, DECIDED, "project", "node", "project/1", PROJECT),
        (MINUTES, d1, DECIDED, "outcome", "code", "granted", None),
        (MINUTES, d1, DECIDED, "date", "date", "2023-02-14", None),
        (MINUTES, d1, DECIDED, "diary_number", "text", "RX 1-2023", None),
        (MINUTES, d1, DECIDED, "case_id", "text", "20301234", None),
        (MINUTES, d1, DECIDED, "amount_sek", "integer", "600000", None),
        (MINUTES, d1, DECIDED, "deciding_body", "board", "Utvecklingsnämnden", BOARD),
        (MINUTES, d1, DECIDED, "authority", "organisation", "Region X", REGION),
        (MINUTES, d1, DECIDED, "beneficiary", "organisation", "Högskolan Y", SCHOOL),
        (MINUTES, d1, DECIDED, "funding_source", "fund", "9:9-anslaget", MONEY),
        (MINUTES, d1, DECIDED, "condition", "text", "Medlen rekvireras senast den 1 mars", None),
        (MINUTES, d1, DECIDED, "legal_basis", "text", "förordning 2003:596", None),
        (MINUTES, d1, DECIDED, "start", "date", "2023-03-01", None),
        (MINUTES, d1, DECIDED, "decides", "node", "decision/1", PROPOSED),
        (MINUTES, f1, LINE_REGION, "project", "node", "project/1", PROJECT),
        (MINUTES, f1, LINE_REGION, "decision", "node", "decision/1", DECIDED),
    ]
    claims = tuple(
        claim(document, node, subject, prop, kind, lexical, object, start=10 * i)
        for i, (document, node, subject, prop, kind, lexical, object) in enumerate(made)
    )
    entities = (
        Entity(PROJECT, "Project", "Norrsken II", ("NII", "NORRSKEN II"), nodes=_both(p1)),
        Entity(BEFORE, "Project", "Norrsken", nodes=(f"{PROPOSAL}#project/2",)),
        Entity(PROPOSED, "Decision", "RX 1-2023, förslag", nodes=(f"{PROPOSAL}#{d1}",)),
        Entity(DECIDED, "Decision", "RX 1-2023", nodes=(f"{MINUTES}#{d1}",)),
        Entity(REGION, "Organisation", "Region X", key="region-x"),
        Entity(SCHOOL, "Organisation", "Högskolan Y"),
        Entity(FIRM, "Organisation", "Firman Z AB"),
        Entity(BOARD, "Board", "Utvecklingsnämnden"),
        Entity(PLACE, "Municipality", "Ystby", key="9901"),
        Entity(MONEY, "Appropriation", "9:9-anslaget", key="anslag-9-9"),
        Entity(LINE_REGION, "FinancingLine", "Region X till Norrsken II", nodes=_both(f1)),
        Entity(LINE_SCHOOL, "FinancingLine", "Högskolan Y till Norrsken II", nodes=(f"{PROPOSAL}#{f2}",)),
    )
    judgements = (
        Judgement(f"{PROPOSAL}#{p1}", f"{MINUTES}#{p1}", "same", 1.0, "same name and diary number",
                  left_thing=PROJECT, right_thing=PROJECT),
        Judgement(f"{PROPOSAL}#{p1}", f"{PROPOSAL}#project/2", "different", 0.9, "numbers differ: II",
                  left_thing=PROJECT, right_thing=BEFORE),
    )
    return Resolution(entities, claims, judgements)


def _both(node: str) -> tuple[str, str]:
    return f"{PROPOSAL}#{node}", f"{MINUTES}#{node}"


def sample_extractions() -> tuple[Extraction, ...]:
    return (
        Extraction(PROPOSAL, "papers/forslag.txt", "text/plain", "proposal", 1000, (), (), ()),
        Extraction(MINUTES, "papers/protokoll.txt", "text/plain", "minutes", 2000, (), (), ()),
    )
