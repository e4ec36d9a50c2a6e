"""What follows from facts: totals that a share implies, reconciliations, stages, years."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.graph.derive import DERIVATIONS, Derived, View, derive
from kg.graph.facts import Fact, Index, state_facts
from kg.graph.nodes import Namer
from kg.graph.reconcile import reconcile
from kg.model import Entity, Resolution
from tests.graph.sample_resolution import MINUTES, PROPOSAL, claim, sample_resolution

NAME = Namer("https://example.org/id/")
Row = tuple[str, str, str, str, str | None]


def facts_of(rows: list[tuple[str, str, str, str, str | None]], document: str = PROPOSAL) -> list[Fact]:
    """Facts from (subject, property, kind, value, object); entities are named after their paths."""
    kinds = {"project": "Project", "decision": "Decision", "financing": "FinancingLine",
             "organisation": "Organisation", "board": "Board"}
    iris = sorted({r[0] for r in rows} | {r[4] for r in rows if r[4]})
    entities = tuple(Entity(iri, kinds[iri.partition("/")[0]], iri) for iri in iris)
    claims = tuple(
        claim(document, subject, subject, prop, kind, value, thing, start=10 * i)
        for i, (subject, prop, kind, value, thing) in enumerate(rows)
    )
    resolution = Resolution(entities, claims, ())
    return sorted(state_facts(resolution, Index(resolution), NAME), key=lambda f: f.order)


def line(number: int, funder: str, amount: int | None, status: str = "planned", form: str = "cash") -> list[Row]:
    iri = f"financing/{number}"
    rows: list[Row] = [
        (iri, "project", "node", "x", "project/x"),
        (iri, "funder", "organisation", funder, f"organisation/{funder}"),
        (iri, "status", "code", status, None),
        (iri, "form", "code", form, None),
    ]
    return rows if amount is None else [*rows, (iri, "amount_sek", "integer", str(amount), None)]


def total(amount: int) -> list[Row]:
    return [
        ("decision/x", "project", "node", "x", "project/x"),
        ("decision/x", "total_budget_sek", "integer", str(amount), None),
    ]


def reconciled(rows: list[Row]) -> dict[str, str]:
    """The one reconciliation of the rows, as plain values."""
    (found,) = reconcile(facts_of(rows), NAME)
    values = {p.partition(":")[2]: v.value for p, v in found.rest if p != "bg:line"}
    values["lines"] = " ".join(v.value.rpartition("/")[2] for p, v in found.rest if p == "bg:line")
    values["formula"] = found.formula
    return values


def derived_of(rows: list[Row]) -> list[Derived]:
    return list(derive(View(facts_of(rows)), NAME))


def test_lines_that_reach_the_total() -> None:
    found = reconciled([*total(1000), *line(1, "a", 400), *line(2, "b", 600)])
    assert found["sumOfLines"] == found["statedTotal"] == "1000" and found["holds"] == "true"
    assert found["difference"] == "0" and found["formula"] == "400 + 600 = 1000; stated total 1000; it holds"


def test_lines_that_fall_short() -> None:
    found = reconciled([*total(1000), *line(1, "a", 400), *line(2, "b", 500)])
    assert (found["difference"], found["holds"]) == ("-100", "false")
    assert found["formula"].endswith("difference -100")


def test_what_was_granted_does_not_count_beside_what_was_planned() -> None:
    lines = [*line(1, "a", 400), *line(2, "b", 600), *line(3, "b", 550, status="granted")]
    assert reconciled([*total(1000), *lines])["lines"] == "1 2"
    assert reconciled([*total(950), *lines])["lines"] == "1 3"
    assert reconciled([*total(700), *lines])["lines"] == "1 2"


def test_cash_and_kind_of_one_funder_both_count() -> None:
    found = reconciled([*total(1000), *line(1, "a", 400), *line(2, "a", 600, form="in_kind")])
    assert found["holds"] == "true"


@pytest.mark.parametrize(
    "rows",
    [
        [*total(1000), *line(1, "a", 1000)],
        [*total(1000), *line(1, "a", None), *line(2, "b", 600)],
        [*line(1, "a", 400), *line(2, "b", 600)],
    ],
    ids=["one line", "one amount", "no total"],
)
def test_nothing_to_reconcile(rows: list[Row]) -> None:
    assert list(reconcile(facts_of(rows), NAME)) == []


def test_lines_and_totals_of_different_papers_are_not_compared() -> None:
    here, there = facts_of(total(1000)), facts_of([*line(1, "a", 400), *line(2, "b", 600)], MINUTES)
    assert list(reconcile([*here, *there], NAME)) == []


def implied(amount: int, share: str) -> list[Derived]:
    rows: list[Row] = [
        ("decision/x", "amount_sek", "integer", str(amount), None),
        ("decision/x", "share_percent", "decimal", share, None),
    ]
    return [d for d in derived_of(rows) if d.predicate == "bg:impliedTotal"]


def test_the_total_that_a_share_implies() -> None:
    (found,) = implied(4529875, "31")
    assert found.object.value == "14612500" and found.formula == "4529875 / 31 % = 14612500"
    (rounded,) = implied(1630000, "26.5")
    assert rounded.object.value == "6150943" and rounded.formula == "1630000 / 26.5 % ≈ 6150943"
    assert implied(100, "0") == implied(0, "50") == implied(100, "131") == []


@given(st.integers(1, 10**13), st.decimals(Decimal("0.01"), 100, places=2))
def test_the_implied_total_is_off_by_half_a_krona_at_most(amount: int, share: Decimal) -> None:
    (found,) = implied(amount, str(share))
    assert abs(int(found.object.value) * share / 100 - amount) <= share / 200
    assert ("=" in found.formula) == (int(found.object.value) * share == amount * 100)


def test_two_amounts_imply_nothing() -> None:
    rows: list[Row] = [("decision/x", "amount_sek", "integer", n, None) for n in ("1", "2")]
    rows.append(("decision/x", "share_percent", "decimal", "50", None))
    assert [d for d in derived_of(rows) if d.predicate == "bg:impliedTotal"] == []


@pytest.mark.parametrize(
    ("outcomes", "stage"),
    [(["granted"], "decided"), (["rejected"], "decided"), (["proposed_grant"], "proposed"),
     (["proposed_rejection"], "proposed"), (["proposed_grant", "granted"], "decided"), (["other"], None)],
)
def test_stages(outcomes: list[str], stage: str | None) -> None:
    found = derived_of([("decision/x", "outcome", "code", o, None) for o in outcomes])
    stages = [d.object.value.rpartition("-")[2] for d in found if d.predicate == "bg:stage"]
    assert stages == ([stage] if stage else [])


def test_years_of_a_project_span_what_papers_say() -> None:
    rows: list[Row] = [("decision/x", "project", "node", "x", "project/x")]
    rows += [("decision/x", "start", "date", d, None) for d in ("2021-03", "2020")]
    rows += [("decision/x", "end", "date", d, None) for d in ("2023", "2024-12-31")]
    found = {d.predicate: (d.object.value, d.formula) for d in derived_of(rows)}
    assert found["bg:startYear"] == ("2020", "earliest of 2020, 2021-03")
    assert found["bg:endYear"] == ("2024", "latest of 2023, 2024-12-31")


def test_every_derivation_is_explained() -> None:
    resolution = sample_resolution()
    facts = sorted(state_facts(resolution, Index(resolution), NAME), key=lambda f: f.order)
    used = {d.derivation for d in (*derive(View(facts), NAME), *reconcile(facts, NAME))}
    disagreeing = derived_of([("decision/x", "amount_sek", "integer", n, None) for n in ("1", "2")])
    changed = derived_of(raised())
    assert used | {d.derivation for d in (*disagreeing, *changed)} == set(DERIVATIONS)


def raised() -> list[Row]:
    """A grant of 100, raised to 150 and then cut to 120, and another of 30 to the same project."""
    rows: list[Row] = []
    for name, amount in (("x", "100"), ("y", "30")):
        rows += [
            (f"decision/{name}", "outcome", "code", "granted", None),
            (f"decision/{name}", "amount_sek", "integer", amount, None),
        ]
    for name, day, amount in (("a", "2024-02-01", "150"), ("b", "2025-02-01", "120")):
        rows += [
            (f"decision/{name}", "outcome", "code", "other", None),
            (f"decision/{name}", "date", "date", day, None),
            (f"decision/{name}", "amount_sek", "integer", amount, None),
            (f"decision/{name}", "new_amount_sek", "integer", amount, None),
            (f"decision/{name}", "amends", "node", "decision/x", "decision/x"),
        ]
    acts = sorted({row[0] for row in rows})
    return [*rows, *((act, "project", "node", "project/p", "project/p") for act in acts)]


def test_a_raised_or_cut_grant_counts_with_its_new_sum() -> None:
    found = {(d.subject, d.predicate): d for d in derived_of(raised())}
    standing = found["decision/x", "bg:standingAmount"]
    assert standing.object.value == "120" and standing.sources == ("decision/b", "decision/x")
    assert standing.formula == "120, as changed 2025-02-01"
    assert ("decision/y", "bg:standingAmount") not in found
    total = found["project/p", "bg:grantedTotal"]
    assert total.object.value == "150" and total.formula == "120 + 30 = 150"
    # the line of the grant does not count beside those of the changes
    lines: list[Row] = []
    for name, amount in (("x", "100"), ("b", "120"), ("y", "30")):
        line = f"financing/{name}"
        lines += [
            (line, "project", "node", "project/p", "project/p"),
            (line, "funder", "organisation", "R", "organisation/r"),
            (line, "amount_sek", "integer", amount, None),
            (line, "status", "code", "granted", None),
            (line, "decision", "node", f"decision/{name}", f"decision/{name}"),
        ]
    (paid,) = (d for d in derived_of([*raised(), *lines]) if d.derivation == "contribution")
    assert paid.formula == "the largest of granted 150"
    # without the new sum a change of something else leaves the grant as it was
    other = [row for row in raised() if row[1] != "new_amount_sek"]
    (total,) = (d for d in derived_of(other) if d.predicate == "bg:grantedTotal")
    assert total.object.value == "130"


def test_what_is_stated_is_never_derived() -> None:
    resolution = sample_resolution()
    facts = sorted(state_facts(resolution, Index(resolution), NAME), key=lambda f: f.order)
    stated = {f.key for f in facts}
    assert stated.isdisjoint({d.key for d in derive(View(facts), NAME)})
