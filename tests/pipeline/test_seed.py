"""The whole way on the real papers: what a user of the graph sees."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

import kg
from kg.api import Graph
from kg.config import Config
from kg.model import Extraction
from kg.pipeline import build, extract_paths
from kg.resolve import resolve, same_decisions
from tests.pipeline.conftest import NOW


@pytest.fixture(scope="module")
def seed(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("seed") / "graph"
    report = build([shared / "documents"], Config(store=directory), now=NOW)
    assert report.read == 5 and report.refused == ()
    return directory


@pytest.fixture
def graph(seed: Path):
    with kg.open(seed) as opened:
        yield opened


def ask(graph: Graph, text: str) -> list[tuple]:
    return [tuple(row) for row in graph.sparql(text)]


def test_lineage_goes_from_project_to_project(graph: Graph) -> None:
    rows = ask(
        graph,
        """SELECT ?name WHERE { ?p rdfs:label "AI.ALL*" ; bg:buildsOn+ ?before . ?before rdfs:label ?name }
           ORDER BY ?name""",
    )
    assert rows == [("AI.ALL",), ("AI.MEE",)]


def test_two_papers_on_one_proposal_are_one_decision_with_two_sources(graph: Graph) -> None:
    rows = ask(
        graph,
        """SELECT ?decision (COUNT(DISTINCT ?paper) AS ?papers) WHERE {
             ?decision a bg:Decision ; bg:project/rdfs:label "AI.ALL*" ; bg:source ?paper } GROUP BY ?decision""",
    )
    assert [papers for _, papers in rows] == [2]


def test_a_line_that_two_papers_state_is_counted_once(graph: Graph) -> None:
    rows = ask(
        graph,
        """SELECT ?line ?amount WHERE {
             ?line a bg:FinancingLine ; bg:project/rdfs:label "AI.ALL*" ; bg:amount ?amount }""",
    )
    assert [amount for _, amount in rows] == [4529875]


def test_every_fact_has_words_in_a_paper(graph: Graph) -> None:
    (answer,) = ask(
        graph,
        """ASK { GRAPH ?paper { ?claim a bg:Claim } FILTER NOT EXISTS {
             GRAPH ?paper { ?claim prov:wasDerivedFrom/oa:hasSelector/oa:exact ?words } } }""",
    )
    assert answer == (False,)


@pytest.fixture(scope="module")
def development(shared: Path) -> list[Extraction]:
    made = list(extract_paths([shared / "documents", shared / "devset" / "docs"]))
    papers = [m for m in made if isinstance(m, Extraction)]
    assert len(papers) == len(made) == 31
    return papers


def test_the_order_of_the_papers_does_not_matter(development: list[Extraction]) -> None:
    wanted = resolve(development)
    papers = list(development)
    random.Random(3).shuffle(papers)
    assert resolve(papers) == wanted


def test_papers_on_the_same_decision_are_paired_both_ways(development: list[Extraction]) -> None:
    names = {p.document: Path(p.source).stem for p in development}
    found = {(names[d], Path(other).stem) for d, other in same_decisions(development).items()}
    wanted = {
        ("04-uppsala-at-uppsala-protokoll", "05-uppsala-at-uppsala-utskick"),
        ("09-vastmanland-elhub-press", "10-electrification-hub-english"),
        ("ai-all-star-pm", "ai-all-star-beslut"),
    }
    assert found == wanted | {(b, a) for a, b in wanted}
