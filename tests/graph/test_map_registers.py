"""The registers of the package as triples."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pyoxigraph import Quad, Store

from kg.errors import ValidationError
from kg.graph.check import Table, check
from kg.graph.nodes import Namer
from kg.graph.registered import Shelf, state_registers
from kg.graph.shapes import load_shapes
from kg.registers import Registers, load_registers
from kg.terms import PREFIXES

BASE = "https://example.org/id/"


@pytest.fixture(scope="module")
def registers() -> Registers:
    return load_registers()


@pytest.fixture(scope="module")
def stated(registers: Registers) -> list[Quad]:
    return list(state_registers(Shelf(registers, ()), Namer(BASE)))


def test_all_records_are_there_once(registers: Registers, stated: list[Quad]) -> None:
    parts = (registers.organisations, registers.counties, registers.municipalities, registers.programmes)
    assert len({q.subject for q in stated}) == sum(map(len, (*parts, registers.name_periods))) > 700
    assert len(stated) == len(set(stated))


def test_they_fit_the_shapes(stated: list[Quad]) -> None:
    """All but the name key, which only the things of the default graph have."""
    found = [b.message for b in check(Table(stated), load_shapes()) if "name key" not in b.message]
    assert found == []


def test_a_territory_is_not_its_authority(stated: list[Quad]) -> None:
    store = Store()
    store.extend(Quad(*q.triple) for q in stated)
    both = store.query("ASK { ?x a bg:Territory , bg:Organisation }", prefixes=PREFIXES)
    assert not bool(both)
    rows = store.query(
        'SELECT ?county { ?m a bg:Municipality ; skos:notation "2580" ; skos:broader ?c . ?c rdfs:label ?county }',
        prefixes=PREFIXES,
    )
    assert [row["county"].value for row in rows] == ["Norrbotten"]


def test_links_go_to_wikidata_and_ror_only(stated: list[Quad]) -> None:
    links = {q.object.value for q in stated if q.predicate.value.endswith("#sameAs")}
    hosts = {link.split("/")[2] for link in links}
    assert hosts == {"www.wikidata.org", "ror.org"} and len(links) > 300


def test_an_address_that_is_none_is_refused(registers: Registers) -> None:
    broken = replace(registers, organisations=(replace(registers.organisations[0], homepage="http://två ord"),))
    with pytest.raises(ValidationError, match="not an address"):
        list(state_registers(Shelf(broken, ()), Namer(BASE)))


def test_territories_names_and_periods_are_told_with_their_sources(stated: list[Quad]) -> None:
    store = Store()
    store.extend(Quad(*q.triple) for q in stated)

    def ask(query: str) -> list[tuple[str, ...]]:
        found = store.query(query, prefixes=PREFIXES)
        return sorted(tuple(term.value for term in row) for row in found)

    assert ask('SELECT ?n ?w { ?m skos:notation "2580" ; bg:governedBy/rdfs:label ?n ; bg:withinNuts ?w }') == [
        ("Luleå kommun", "SE332")]
    assert ask('SELECT ?n { ?c a bg:County ; skos:notation "25" ; bg:governedBy/rdfs:label ?n }') == [
        ("Region Norrbotten",)]
    borne = ask(
        'SELECT ?name ?from { ?p bg:nameOf ?o ; rdfs:label ?name ; dcterms:source ?s .'
        ' ?o rdfs:label "Region Norrbotten" OPTIONAL { ?p bg:borneFrom ?f } BIND(COALESCE(STR(?f), "") AS ?from) }'
    )
    assert borne == [("Norrbottens läns landsting", ""), ("Region Norrbotten", "2017-01-01")]
    assert ask('SELECT ?a ?b { ?p rdfs:label "Interreg Nord 2014–2020" ; bg:firstYear ?a ; bg:lastYear ?b }') == [
        ("2014", "2020")]
    assert ask("SELECT ?x { ?x owl:sameAs ?y ; bg:verified false }") == []
    without = "SELECT ?x { ?x bg:verified true FILTER NOT EXISTS { ?x dcterms:source ?s } }"
    assert ask(without) == []
