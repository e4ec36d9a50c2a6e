"""The whole graph of a small resolution, and what must hold of every graph."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, parse

from kg.errors import ValidationError
from kg.graph.map import quads
from kg.graph.nodes import Namer, date, decimal, integer
from kg.model import Entity, Resolution
from kg.terms import ONTOLOGY_GRAPH, PREFIXES
from tests.graph.sample_resolution import (
    BEFORE,
    DECIDED,
    LINE_REGION,
    MINUTES,
    PROJECT,
    PROPOSAL,
    PROPOSED,
    SCHOOL,
    claim,
    sample_extractions,
    sample_registers,
    sample_resolution,
)

BASE = "https://example.org/id/"
GOLDEN = Path(__file__).parent / "golden" / "sample.nq"


def build(resolution: Resolution | None = None) -> list[Quad]:
    return list(quads(resolution or sample_resolution(), sample_extractions(), sample_registers(), base=BASE))


def ask(query: str, found: list[Quad] | None = None) -> list[tuple[str, ...]]:
    """The rows of a query over the default graph, as plain strings."""
    store = Store()
    store.extend(found if found is not None else build())
    rows = store.query(query, prefixes={**PREFIXES, "": BASE})
    return sorted(tuple(v.value.removeprefix(BASE) if v is not None else "" for v in row) for row in rows)


def test_golden() -> None:
    """The graph, the ontology's own aside, quad by quad in order.  Look at the difference before writing it anew:
    ``python -m tests.graph.test_map``."""
    expected = GOLDEN.read_text(encoding="utf-8").splitlines()
    assert golden_lines() == expected


def golden_lines() -> list[str]:
    own = (q for q in build() if not (isinstance(q.graph_name, NamedNode) and q.graph_name.value == ONTOLOGY_GRAPH))
    return [f"{q} ." for q in own if "beslutsgraf/ns#" not in str(q.subject)]


def test_golden_is_valid_nquads() -> None:
    found = list(parse(path=str(GOLDEN), format=RdfFormat.N_QUADS))
    assert len(found) == len(set(found)) == len(golden_lines())


def test_no_quad_twice_and_no_blank_node() -> None:
    found = build()
    assert len(found) == len(set(found))
    assert not any(isinstance(t, BlankNode) for q in found for t in (q.subject, q.object, q.graph_name))


def test_the_order_of_reading_does_not_matter() -> None:
    whole = sample_resolution()
    shuffle = random.Random(7).sample
    other = Resolution(
        tuple(shuffle(whole.entities, len(whole.entities))),
        tuple(shuffle(whole.claims, len(whole.claims))),
        tuple(shuffle(whole.judgements, len(whole.judgements))),
    )
    reversed_papers = reversed(sample_extractions())
    assert list(quads(other, reversed_papers, sample_registers(), base=BASE)) == build()


def test_names_of_claims_do_not_depend_on_the_base() -> None:
    def claims(base: str) -> set[str]:
        found = quads(sample_resolution(), sample_extractions(), sample_registers(), base=base)
        return {q.subject.value.removeprefix(base) for q in found if "claim/" in q.subject.value}

    assert claims(BASE) == claims("http://localhost:8000/x#")


def test_each_claim_is_a_fact() -> None:
    found = build()
    facts = {q.triple for q in found if isinstance(q.graph_name, DefaultGraph)}
    rows = {}
    for quad in found:
        for part in ("subject", "predicate", "object"):
            if quad.predicate.value == f"{PREFIXES['rdf']}{part}":
                rows.setdefault(quad.subject, {})[part] = quad.object
    assert len(rows) > 40
    for reified in rows.values():
        triple = Quad(reified["subject"], reified["predicate"], reified["object"]).triple
        assert triple in facts


def test_what_papers_say_of_a_decision_stands_where_it_belongs() -> None:
    rows = ask("SELECT ?s ?p ?o { VALUES ?p { bg:start bg:end bg:totalBudget dcterms:spatial bg:partner } ?s ?p ?o }")
    assert {row[0] for row in rows} == {PROJECT}
    assert ask("SELECT ?a ?n { ?a bg:soughtAmount ?n }") == [("application/region-x-rx-1-2023-proposed", "650000")]
    acts = ask(f"SELECT ?act {{ GRAPH :document/{PROPOSAL} {{ ?c rdf:predicate bg:totalBudget ; bg:act ?act }} }}"
               .replace(f":document/{PROPOSAL}", f"<{BASE}document/{PROPOSAL}>"))
    assert acts == [(PROPOSED,)]


def test_proposal_and_decision_share_an_application() -> None:
    rows = ask("SELECT ?d ?n { ?d a bg:Decision ; bg:application/bg:soughtAmount ?n }")
    assert rows == [(DECIDED, "650000"), (PROPOSED, "650000")]


def test_a_decision_without_a_project_keeps_its_period() -> None:
    resolution = sample_resolution()
    alone = Resolution(
        (*resolution.entities, Entity("decision/x", "Decision", "x")),
        (*resolution.claims, claim(MINUTES, "decision/9", "decision/x", "start", "date", "2024", None)),
        resolution.judgements,
    )
    assert ask(f"SELECT ?o {{ <{BASE}decision/x> bg:start ?o }}", build(alone)) == [("2024",)]


def test_a_continuation_is_built_on_too() -> None:
    assert ask(f"SELECT ?p {{ <{BASE}{PROJECT}> ?p <{BASE}{BEFORE}> }}") == [
        (f"{PREFIXES['bg']}buildsOn",), (f"{PREFIXES['bg']}continues",)]


def test_derived_facts() -> None:
    assert ask("SELECT ?d ?s { ?d bg:stage/skos:notation ?s }") == [(DECIDED, "decided"), (PROPOSED, "proposed")]
    assert ask("SELECT ?p ?a ?b { ?p bg:startYear ?a ; bg:endYear ?b }") == [(PROJECT, "2023", "2025")]
    assert ask("SELECT ?d ?t { ?d bg:impliedTotal ?t }") == [(PROPOSED, "1000000")]
    assert ask("SELECT ?o { ?o a bg:Funder }") == [(SCHOOL,), ("organisation/region-x",)]
    assert ask("SELECT ?o { ?o a bg:ConfirmedFunder }") == [(SCHOOL,)]
    assert ask("SELECT ?o ?r { ?n bg:ofOrganisation ?o ; bg:role/skos:notation ?r }") == [
        ("organisation/firman-z-ab", "partner"), (SCHOOL, "applicant")]
    assert ask("SELECT ?p ?o { ?p bg:applicant ?o }") == [(PROJECT, SCHOOL)]
    assert ask("SELECT ?o { ?b a bg:Board ; org:unitOf ?o }") == [("organisation/region-x",)]


def test_an_amendment_has_its_stage() -> None:
    resolution = sample_resolution()
    amended = replace(resolution, claims=tuple(
        replace(c, property="amends") if c.property == "decides" else c for c in resolution.claims))
    assert (DECIDED, "amended") in ask("SELECT ?d ?s { ?d bg:stage/skos:notation ?s }", build(amended))


def test_derived_facts_show_how_they_were_computed() -> None:
    rows = ask(f"SELECT ?f {{ GRAPH <{BASE}graph/derived> {{ ?d rdf:predicate bg:impliedTotal ; bg:formula ?f }} }}")
    assert rows == [("600000 / 60 % = 1000000",)]


def test_a_name_is_found_by_its_key() -> None:
    query = 'SELECT ?p { VALUES ?n { "%s" } BIND(LCASE(?n) AS ?key) ?p bg:nameKey ?key }'
    assert ask(query % "NII") == ask(query % "norrsken II") == [(PROJECT,)]
    assert ask(query % "rx") == [("organisation/region-x",)]


def test_a_municipality_lies_in_its_county() -> None:
    rows = ask("SELECT ?m ?c ?n { ?m a bg:Municipality ; skos:broader ?c . ?c a bg:County ; rdfs:label ?n }")
    assert rows == [("municipality/9901", "county/99", "X")]


def test_registers_name_things_as_resolution_does() -> None:
    resolution = sample_resolution()
    moved = replace(resolution, entities=tuple(
        replace(e, iri="organisation/elsewhere") if e.key == "region-x" else e for e in resolution.entities),
        claims=tuple(c for c in resolution.claims if c.object != "organisation/region-x"))
    rows = ask(f"SELECT ?s {{ GRAPH <{BASE}graph/registers> {{ ?s bg:registerKey 'region-x' }} }}", build(moved))
    assert rows == [("organisation/elsewhere",)]


@pytest.mark.parametrize(
    ("change", "part"),
    [
        ({"property": "weather"}, "means nothing on a"),
        ({"subject": "decision/nowhere"}, "does not list"),
    ],
)
def test_what_cannot_be_said_is_refused(change: dict, part: str) -> None:
    resolution = sample_resolution()
    last = replace(resolution.claims[-1], **change)
    with pytest.raises(ValidationError, match=part):
        build(replace(resolution, claims=(*resolution.claims, last)))


@pytest.mark.parametrize(
    ("prop", "kind", "lexical", "part"),
    [
        ("status", "code", "perhaps", "no code of status"),
        ("amount_sek", "integer", "12,5", "not a whole number"),
        ("funder", "organisation", "Någon", "was not resolved"),
    ],
)
def test_a_wrong_value_is_refused(prop: str, kind: str, lexical: str, part: str) -> None:
    resolution = sample_resolution()
    wrong = claim(PROPOSAL, "financing/1", LINE_REGION, prop, kind, lexical, None)
    with pytest.raises(ValidationError, match=part):
        build(replace(resolution, claims=(*resolution.claims, wrong)))


def test_an_unknown_class_is_refused() -> None:
    resolution = sample_resolution()
    with pytest.raises(ValidationError, match="Planet"):
        build(replace(resolution, entities=(*resolution.entities, Entity("x/1", "Planet", "x"))))


def test_literals() -> None:
    assert decimal("31") == Literal("31", datatype=NamedNode(f"{PREFIXES['xsd']}decimal"))
    assert decimal(0.95).value == "0.95" and decimal("1E-7").value == "0.0000001" and decimal("100").value == "100"
    assert integer("0600").value == "600"
    assert [date(d).datatype.value.rpartition("#")[2] for d in ("2023", "2023-03", "2023-03-01")] == [
        "gYear", "gYearMonth", "date"]
    with pytest.raises(ValidationError):
        date("mars 2023")


def test_iris_are_safe() -> None:
    with pytest.raises(ValidationError):
        Namer("not an address")
    with pytest.raises(ValidationError):
        Namer(BASE)("project/a b")


if __name__ == "__main__":
    GOLDEN.write_text("\n".join(golden_lines()) + "\n", encoding="utf-8")
