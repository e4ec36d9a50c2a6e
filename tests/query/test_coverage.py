"""What an answer rests on: told in papers, and traced to their words."""

from __future__ import annotations

from typing import Any

import pyoxigraph as ox
import pytest

from kg.graph.store import GraphStore, memory_store
from kg.query import (
    PreparedQuery,
    QueryFile,
    Table,
    add_evidence,
    execute,
    list_queries,
    measure_coverage,
    prepare,
    prepare_text,
)
from kg.query.catalogue import find_query
from kg.query.coverage import Coverage, _bind, find_words
from kg.query.tables import run
from tests.query.cases import MADE, SAMPLE
from tests.query.independent import World
from tests.query.made import Made, paper_name
from tests.query.test_independent import fill
from tests.query.test_questions import in_made

WITH_BASIS = [q for q in list_queries() if q.basis is not None]


def test_only_what_describes_papers_and_names_says_nothing_of_coverage() -> None:
    assert {q.name for q in list_queries()} - {q.name for q in WITH_BASIS} == {"papers", "thing", "things"}


@pytest.mark.parametrize("question", WITH_BASIS, ids=lambda q: q.name)
def test_every_row_about_the_sample_papers_is_traced_to_words(question: QueryFile, sample: GraphStore) -> None:
    prepared = prepare(question.name, SAMPLE[question.name])
    table = execute(sample.store, prepared)
    found = find_words(sample.store, prepared, table)
    assert [row for row, words in zip(table, found, strict=True) if not words] == []
    coverage = measure_coverage(sample.store, prepared, table)
    assert coverage is not None and coverage.papers + coverage.silent <= 12
    assert coverage.papers >= len({w.paper for words in found for w in words})
    assert bool(len(table)) == bool(coverage.papers)


# What an answer rests on, said as plainly as can be, where the question says it in a way that costs less.
PLAIN = {
    "bridging-partners": """?iri bg:worksUnder ?authority . ?authority bg:kind "region" . ?act bg:authority ?authority ;
        bg:project ?about . ?about bg:partner|bg:applicant ?iri . ?act bg:project? ?thing .""",
    "cofinanciers": """?iri a bg:CoFinancing ; bg:ofOrganisation ?payer . ?thing bg:contributor ?payer ;
        bg:project ?about . ?iri bg:ofOrganisation ?second . FILTER(?second != ?payer)
        ?line bg:project ?about ; bg:contributor ?second .""",
    "sought-proposed-granted": """?act bg:project ?iri ; a bg:Decision . ?act bg:application? ?thing .
        ?thing bg:amount|bg:soughtAmount ?any .""",
}


def name_papers(store: ox.Store, prepared: PreparedQuery, table: Table, pattern: str) -> set[str]:
    """The papers themselves, by a pattern that is looked for as it stands."""
    text = f"SELECT DISTINCT ?paper WHERE {{ {_bind(prepared, table, pattern)} ?thing bg:source ?paper . }}"
    return {paper.value for (paper,) in run(store, PreparedQuery(prepared.name, text))}  # type: ignore[union-attr]


@pytest.mark.parametrize("name", [q.name for q in WITH_BASIS])
def test_papers_are_counted_as_if_each_was_named(name: str, made: tuple[Made, ox.Store]) -> None:
    world, store = World(made[0]), made[1]
    for params in [dict(params) for of, params in MADE if of == name] or [in_made(world)]:
        known = {p.name for p in find_query(name).parameters}
        given = {key: fill(world, value) for key, value in params.items() if key in known}
        prepared = prepare(name, given)
        table, question = execute(store, prepared), find_query(name)
        assert question.basis is not None
        papers = name_papers(store, prepared, table, PLAIN.get(name, question.basis.pattern)) if len(table) else set()
        able = name_papers(store, prepared, table, question.field)
        assert measure_coverage(store, prepared, table) == Coverage(len(papers), len(able - papers))


def papers_of(*acts: Any) -> set[int]:
    return {paper for act in acts for paper in act.papers}


def test_coverage_is_that_of_the_records(made: tuple[Made, ox.Store]) -> None:
    world, store = World(made[0]), made[1]

    def cover(name: str, **params: Any) -> tuple[int, int]:
        prepared = prepare(name, params)
        found = measure_coverage(store, prepared, execute(store, prepared))
        assert found is not None
        return found.papers, found.silent

    everyone = papers_of(*world.acts)
    rejected = papers_of(*(a for a in world.acts if a.outcome == "rejected"))
    assert cover("rejections") == (len(rejected), 0)
    uppsala = world.chosen(authority="Region Uppsala")
    granted = papers_of(*(a for a in uppsala if a in world.grants and a.amounts))
    assert cover("granted-by-year", authority="region uppsala") == (len(granted), len(papers_of(*uppsala) - granted))
    shared = papers_of(*(a for a in world.acts if a.share))
    assert cover("share-caps") == (len(shared), len(everyone - shared))
    open_ = {a.decides for a in world.acts}
    proposals = [a for a in world.acts if a.outcome.startswith("proposed")]
    waiting = papers_of(*(a for a in proposals if a.number not in open_))
    assert cover("open-proposals") == (len(waiting), len(papers_of(*proposals) - waiting))


def test_words_are_those_of_the_papers_of_the_row(made: tuple[Made, ox.Store]) -> None:
    world, store = World(made[0]), made[1]
    prepared = prepare("granted-by-year", {"authority": "Region Skåne"})
    table = execute(store, prepared)
    for row, words in zip(table.records(), find_words(store, prepared, table), strict=True):
        acts = [a for a in world.grants if world.org(a.region) == "Region Skåne" and a.date[:4] == str(row["year"])]
        papers = {paper_name(p) for p in papers_of(*acts)}
        assert words and {w.paper for w in words} <= papers
        assert all(any(a.diary in w.quote for a in acts) for w in words)


def test_evidence_is_a_column_before_the_iri(made: tuple[Made, ox.Store]) -> None:
    prepared = prepare("receivers")
    table = execute(made[1], prepared)
    whole, some = add_evidence(made[1], prepared, table), add_evidence(made[1], prepared, table, 2)
    assert whole.names == (*table.names[:-1], "evidence", "iri") and whole.without("evidence").rows == table.rows
    longest = max(range(len(table)), key=lambda i: len(whole.column("evidence")[i]))
    assert some.column("evidence")[longest].count("(papper/") == 2
    assert " more" in some.column("evidence")[longest] and " more" not in whole.column("evidence")[longest]


def test_no_papers_no_words() -> None:
    prepared = prepare("rejections")
    table = execute(memory_store(), prepared)
    assert measure_coverage(memory_store(), prepared, table) == Coverage(0, 0)
    assert find_words(memory_store(), prepared, table) == []
    own = prepare_text("SELECT * { ?s ?p ?o }")
    assert measure_coverage(memory_store(), own, execute(memory_store(), own)) is None


def test_coverage_in_words() -> None:
    assert str(Coverage(1, 0)) == "rests on 1 paper; no other could have answered"
    assert str(Coverage(3, 1)) == "rests on 3 papers; 1 more could have answered and does not"
    assert str(Coverage(0, 2)) == "rests on 0 papers; 2 more could have answered and do not"
