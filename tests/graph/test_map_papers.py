"""What the graph of the five real papers must say, whatever the stages before do to get there."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Store

from kg.config import Config
from kg.graph.map import quads
from kg.graph.validate import validate
from kg.pipeline.chain import make_stages
from kg.resolve import resolve
from kg.terms import DEFAULT_BASE, PREFIXES


@pytest.fixture(scope="module")
def store(shared: Path) -> Store:
    stages = make_stages(Config())
    papers = sorted((shared / "documents").glob("*.txt"))
    extractions = [stages.extract(stages.read(p, p.name)) for p in papers]
    resolution = resolve(extractions, stages.registers)
    found = Store()
    found.extend(quads(resolution, extractions, stages.registers))
    return found


def rows(store: Store, query: str) -> list[tuple[str, ...]]:
    found = store.query(query, prefixes={**PREFIXES, "": DEFAULT_BASE})
    return sorted(tuple(v.value.removeprefix(DEFAULT_BASE) for v in row) for row in found)


def test_it_is_sound(store: Store) -> None:
    assert [v.message for v in validate(store) if v.severity == "violation"] == []


def test_both_regions_reach_the_whole_of_the_table(store: Store) -> None:
    found = rows(store, """SELECT ?project ?sum ?total ?holds {
        ?r a bg:Reconciliation ; bg:ofProject/rdfs:label ?project ;
           bg:sumOfLines ?sum ; bg:statedTotal ?total ; bg:holds ?holds
        FILTER(STRSTARTS(?project, "INDI")) }""")
    assert [row[1:] for row in found] == [("9397435", "9397435", "true")]
    funders = rows(store, """SELECT ?name { ?r a bg:Reconciliation ; bg:ofProject/rdfs:label ?project ; bg:line ?line .
        ?line bg:contributor/rdfs:label ?name FILTER(STRSTARTS(?project, "INDI")) }""")
    assert {("Region Norrbotten",), ("Region Västerbotten",)} <= set(funders)


def test_a_share_implies_a_total_that_shows_its_formula(store: Store) -> None:
    found = rows(store, f"""SELECT ?formula {{ GRAPH <{DEFAULT_BASE}graph/derived> {{
        ?d rdf:predicate bg:impliedTotal ; bg:formula ?formula }} }}""")
    assert found == [("4529875 / 31 % = 14612500",)]


def test_two_papers_one_decision(store: Store) -> None:
    found = rows(store, """SELECT ?d (COUNT(?paper) AS ?papers) {
        ?d a bg:Decision ; bg:project/rdfs:label "AI.ALL*" ; bg:source ?paper } GROUP BY ?d""")
    assert len(found) == 1 and found[0][1] == "2"


def test_no_proposal_is_confirmed(store: Store) -> None:
    """All five are proposals: what is granted in them was granted before, without a financing line of its own."""
    assert rows(store, "SELECT ?d { ?d bg:stage bg:stage-proposed ; bg:outcome bg:outcome-granted }") == []
    lines = rows(store, """SELECT DISTINCT ?status { ?line bg:decision/bg:stage bg:stage-proposed ;
        bg:status/skos:notation ?status }""")
    assert {status for (status,) in lines}.isdisjoint({"granted", "paid"})


def test_facts_are_found_by_acronym(store: Store) -> None:
    found = rows(store, 'SELECT ?name { ?o a bg:Organisation ; bg:nameKey "ltu" ; rdfs:label ?name }')
    assert found == [("Luleå tekniska universitet",)]


def test_quotes_are_the_words_of_the_paper(store: Store, shared: Path) -> None:
    """Amounts are quoted: each quote of an amount holds its digits."""
    found = rows(store, """SELECT ?amount ?quote { GRAPH ?g { ?c rdf:predicate bg:amount ; rdf:object ?amount ;
        prov:wasDerivedFrom/oa:hasSelector/oa:exact ?quote } }""")
    assert len(found) > 8
    for amount, quote in found:
        digits = "".join(c for c in quote if c.isdigit())
        assert amount in digits or amount.rstrip("0") in digits, (amount, quote)
