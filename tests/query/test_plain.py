"""What is derived over the graph is what plain SPARQL adds up from the facts (``plain/NAME.rq``)."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.graph.store import GraphStore, memory_store
from kg.graph.tally import TALLIES
from kg.terms import PREFIXES
from tests.query.made import Made

PLAIN = Path(__file__).parent / "plain"
SUMS = "bg:grantCount ?grants ; bg:projectCount ?projects ; bg:grantedSum ?sum"
DERIVED = {
    "standing_amount": "SELECT ?act ?sum { ?act bg:standingAmount ?sum }",
    "granted_total": "SELECT ?about ?sum { ?about bg:grantedTotal ?sum }",
    "contribution": """SELECT ?about ?payer ?sum ?owner { ?node a bg:Contribution ; bg:ofProject ?about ;
        bg:ofOrganisation ?payer ; bg:contributedSum ?sum ; bg:byOwner ?owner }""",
    "cofinancing": """SELECT ?one ?other ?projects { ?node a bg:CoFinancing ; bg:projectCount ?projects ;
        bg:ofOrganisation ?one , ?other . FILTER(STR(?one) < STR(?other)) }""",
    "receiver_tally": """SELECT ?receiver ?grants ?refusals ?sum { ?node a bg:ReceiverTally ;
        bg:ofOrganisation ?receiver ; bg:grantCount ?grants ; bg:rejectionCount ?refusals ; bg:grantedSum ?sum }""",
    "concentration": """SELECT ?authority ?total ?receivers ?topFive ?index { ?node a bg:Concentration ;
        bg:ofOrganisation ?authority ; bg:grantedSum ?total ; bg:receiverCount ?receivers ;
        bg:topFiveShare ?topFive ; bg:herfindahl ?index }""",
    "county_tally": f"SELECT ?county ?grants ?projects ?sum {{ ?node bg:ofTerritory ?county ; {SUMS} }}",
    "priority_tally": f"SELECT ?priority ?grants ?projects ?sum {{ ?node bg:ofPriority ?priority ; {SUMS} }}",
    "works_under": "SELECT ?member ?authority { ?member bg:worksUnder ?authority }",
    "active_year": "SELECT ?body ?year { ?body bg:activeYear ?year }",
    "depth": "SELECT ?about ?depth { ?about bg:depth ?depth }",
    "disagreement": "SELECT ?thing ?property { ?thing bg:disagreesOn ?property }",
}


def rows(store: ox.Store, text: str, prefixes: dict[str, str] | None = None) -> Counter[tuple[str, ...]]:
    return Counter(tuple(map(plain, row)) for row in store.query(text, prefixes=prefixes))


def plain(term: object) -> str:
    """A term as text; numbers without needless zeros."""
    value = getattr(term, "value", "")
    try:
        return f"{Decimal(value).normalize():f}"
    except ArithmeticError:
        return str(value)


@pytest.mark.parametrize("name", TALLIES)
def test_what_is_derived_is_what_plain_sparql_adds_up(name: str, made: tuple[Made, ox.Store]) -> None:
    text = (PLAIN / f"{name}.rq").read_text(encoding="utf-8")
    found = rows(made[1], text)
    assert found and found == rows(made[1], DERIVED[name], PREFIXES)


@pytest.mark.parametrize("name", TALLIES)
def test_so_it_is_of_the_sample_papers(name: str, sample: GraphStore) -> None:
    text = (PLAIN / f"{name}.rq").read_text(encoding="utf-8")
    assert rows(sample.store, text) == rows(sample.store, DERIVED[name], PREFIXES)


def test_each_derivation_over_the_graph_has_its_plain_text() -> None:
    assert {path.stem for path in PLAIN.glob("*.rq")} == set(TALLIES) == set(DERIVED)


def test_a_fact_left_out_is_found(made: tuple[Made, ox.Store]) -> None:
    """The comparison sees a single grant that the derived sums do not hold."""
    granted = ox.NamedNode(f"{PREFIXES['bg']}outcome-granted")
    act = next(q.subject for q in made[1].quads_for_pattern(None, None, granted, ox.DefaultGraph()))
    less = memory_store(q for q in made[1] if q.subject != act and q.graph_name == ox.DefaultGraph())
    text = (PLAIN / "receiver_tally.rq").read_text(encoding="utf-8")
    assert rows(less, text) != rows(less, DERIVED["receiver_tally"], PREFIXES)
