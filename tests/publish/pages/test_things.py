"""Pages of things, made from a real graph of sample papers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.graph.store import GraphStore, open_graph
from kg.publish.pages import render_page
from kg.publish.pages.drawing import round_steps, shorten_text
from kg.publish.pages.reader import Reader
from kg.terms import DEFAULT_BASE, ONTOLOGY_GRAPH, expand
from tests.publish.conftest import write_graph

_STAR = f"{DEFAULT_BASE}project/ai-all-star"


@pytest.fixture(scope="module")
def opened(graph: Path) -> Iterator[GraphStore]:
    with open_graph(graph) as found:
        yield found


@pytest.mark.parametrize(("language", "word"), [("sv", "Sökande"), ("en", "Applicant")])
def test_project_page_says_what_it_is(opened: GraphStore, language: str, word: str) -> None:
    page = render_page(opened, _STAR, language)
    assert f'<html lang="{language}">' in page
    assert "<h1>AI.ALL*</h1>" in page and word in page and "Örebro universitet" in page


def test_every_claimed_fact_has_its_quote_and_paper(opened: GraphStore) -> None:
    page = render_page(opened, _STAR, "sv")
    facts = Reader(opened.store, DEFAULT_BASE, "sv").facts(_STAR)
    quotes = {w.quote for values in facts.values() for v in values for w in v.words}
    assert len(quotes) > 4
    for quote in quotes:
        assert quote.replace("&", "&amp;").replace('"', "&#34;") in page
    assert re.search(r'<a href="/beslutsgraf/id/document/[0-9a-f]{64}\.html\?lang=sv#w\d+-\d+">', page)
    # without JavaScript: native disclosure, no script but data
    assert "<details" in page and set(re.findall(r"<script[^>]*>", page)) == {'<script type="application/ld+json">'}


def test_quote_link_leads_to_its_words_on_the_page_of_the_paper(opened: GraphStore) -> None:
    page = render_page(opened, _STAR, "sv")
    links = set(re.findall(r'href="/beslutsgraf/id/(document/[0-9a-f]+)\.html\?lang=sv#(w\d+-\d+)"', page))
    assert links
    for document, place in links:
        assert f'id="{place}"' in render_page(opened, DEFAULT_BASE + document, "sv")


def test_derived_fact_shows_its_formula(opened: GraphStore) -> None:
    acts = opened.store.quads_for_pattern(None, ox.NamedNode(expand("bg:impliedTotal")), None, ox.DefaultGraph())
    act = next(acts).subject
    assert "4529875 / 31 % = 14612500" in render_page(opened, act.value, "sv")


def test_lineage_is_drawn_in_time_and_told_in_words(opened: GraphStore) -> None:
    page = render_page(opened, _STAR, "sv")
    drawn = page.split('class="drawing lineage"')[1].split("</svg>")[0]
    assert {"AI.ALL", "AI.ALL*", "AI.MEE"} <= set(re.findall(r"<text[^>]*>([^<]+)</text>", drawn))
    assert drawn.count('class="tie"') >= 2 and "2023" in drawn
    assert "Släktskapet i ord" in page


def test_financing_is_reconciled(opened: GraphStore) -> None:
    found = opened.store.quads_for_pattern(None, ox.NamedNode(expand("bg:statedTotal")), None, ox.DefaultGraph())
    node = next(found).subject
    of = opened.store.quads_for_pattern(node, ox.NamedNode(expand("bg:ofProject")), None, ox.DefaultGraph())
    project = next(of).object.value
    page = render_page(opened, project, "en")
    assert 'class="drawing stack"' in page and "Sum of the lines" in page
    assert "The lines add up to the stated total." in page or "The lines do not add up" in page


def test_structured_data_can_be_read(opened: GraphStore) -> None:
    page = render_page(opened, _STAR, "sv")
    data = json.loads(page.split('<script type="application/ld+json">')[1].split("</script>")[0])
    assert data["@id"] == _STAR and data["@context"] == "https://schema.org"
    assert data["sponsor"][0]["name"] == "Örebro universitet"


def test_ontology_page_has_every_term(opened: GraphStore) -> None:
    page = render_page(opened, ONTOLOGY_GRAPH, "sv")
    kind = ox.NamedNode(expand("rdf:type"))
    terms = {
        q.subject.value.partition("#")[2]
        for q in opened.store.quads_for_pattern(None, kind, None, ox.NamedNode(ONTOLOGY_GRAPH))
        if q.object.value.startswith(("http://www.w3.org/2002/07/owl#", "http://www.w3.org/2004/02/skos/core#Concept"))
    }
    assert not {t for t in terms if t and f'id="{t}"' not in page}


def test_script_in_labels_and_quotes_stays_text(tmp_path: Path) -> None:
    evil = '</script><script>alert(1)</script>"><img src=x onerror=alert(1)>'
    iri = ox.NamedNode(f"{DEFAULT_BASE}project/evil")
    other = ox.NamedNode(f"{DEFAULT_BASE}project/other")
    paper = ox.NamedNode(f"{DEFAULT_BASE}document/{'a' * 64}")
    claim, words = ox.NamedNode(f"{DEFAULT_BASE}claim/1"), ox.NamedNode(f"{paper.value}/words/1-2")
    exact, place = ox.NamedNode(f"{words.value}/quote"), ox.NamedNode(f"{words.value}/position")

    def fact(
        subject: ox.NamedNode, name: str, value: ox.NamedNode | ox.Literal, graph: ox.NamedNode | None = None
    ) -> ox.Quad:
        return ox.Quad(subject, ox.NamedNode(expand(name)), value, graph or ox.DefaultGraph())

    quads = [
        *(fact(p, "rdf:type", ox.NamedNode(expand("bg:Project"))) for p in (iri, other)),
        *(fact(p, "rdfs:label", ox.Literal(evil)) for p in (iri, other)),
        fact(paper, "rdf:type", ox.NamedNode(expand("bg:Document"))),
        fact(paper, "rdfs:label", ox.Literal(evil)),
        fact(iri, "dcterms:title", ox.Literal(evil)),
        fact(iri, "foaf:homepage", ox.NamedNode("javascript:alert(1)")),
        fact(iri, "bg:buildsOn", other),
        fact(iri, "bg:source", paper),
        fact(claim, "rdf:subject", iri, paper),
        fact(claim, "rdf:predicate", ox.NamedNode(expand("dcterms:title")), paper),
        fact(claim, "rdf:object", ox.Literal(evil), paper),
        fact(claim, "bg:rule", ox.Literal(evil), paper),
        fact(claim, "bg:confidence", ox.Literal("0.5"), paper),
        fact(claim, "prov:wasDerivedFrom", words, paper),
        fact(words, "oa:hasSelector", exact, paper),
        fact(words, "oa:hasSelector", place, paper),
        fact(exact, "oa:exact", ox.Literal(evil), paper),
        fact(place, "oa:start", ox.Literal(1), paper),
        fact(place, "oa:end", ox.Literal(2), paper),
    ]
    with open_graph(write_graph(tmp_path / "graph", quads)) as found:
        for one in (iri, paper):
            page = render_page(found, one.value, "sv")
            assert "alert(1)" in page
            assert "<script>" not in page and "<img" not in page and 'href="javascript:' not in page
            assert page.count("</script>") == page.count("<script type=")


def test_long_labels_are_cut_and_axes_are_round() -> None:
    assert shorten_text("en mycket lång benämning på ett projekt", 80).endswith("…")
    assert round_steps(4_529_875) == [0, 2_000_000, 4_000_000, 6_000_000]
    assert round_steps(0) == [0.0]
