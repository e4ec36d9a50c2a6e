"""Parameters: put in as what they are, and checked both ways."""

from __future__ import annotations

import re
import time
from datetime import date, datetime

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import QueryError, UsageError
from kg.graph.store import memory_store
from kg.query import execute, guard, prepare, prepare_text
from kg.query.guard import refuse_outside
from kg.query.values import serialise_term

EMPTY = memory_store()


@settings(deadline=None)  # a neighbour may take the processor
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_a_text_comes_through_as_it_is(text: str) -> None:
    table = execute(EMPTY, prepare_text(f"SELECT ?x {{ VALUES ?x {{ {serialise_term('text', text)} }} }}"))
    assert table.rows == ((text,),)


@settings(deadline=None)  # a neighbour may take the processor
@given(st.text(alphabet="\"\\\n}{?# '<>u0022AI.*", max_size=30))
def test_no_text_gets_out_of_its_place_in_a_question(text: str) -> None:
    prepared = prepare("lineage", {"project": text})
    assert execute(EMPTY, prepared).rows == ()
    head = 'SELECT ?project { VALUES ?project { "AI.ALL*" } }'
    table = execute(EMPTY, prepare_text(head.replace('"AI.ALL*"', serialise_term("text", text))))
    assert table.rows == ((text,),)


@settings(deadline=None)  # a neighbour may take the processor
@given(st.integers())
def test_whole_numbers_come_through(number: int) -> None:
    for given_as in (number, str(number)):
        assert serialise_term("integer", given_as) == f'"{number}"^^<http://www.w3.org/2001/XMLSchema#integer>'


@settings(deadline=None)  # a neighbour may take the processor
@given(st.dates(min_value=date(1000, 1, 1)))
def test_dates_come_through(day: date) -> None:
    assert serialise_term("date", day) == serialise_term("date", day.isoformat())
    assert serialise_term("date", day.isoformat()[:7]).endswith("#gYearMonth>")
    assert serialise_term("date", day.isoformat()[:4]).endswith("#gYear>")


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("integer", "4 529"),
        ("integer", "1.5"),
        ("integer", True),
        ("integer", ""),
        ("integer", 1.0),
        ("date", "2022-13"),
        ("date", "2022-02-30"),
        ("date", "14 december 2022"),
        ("date", datetime(2022, 1, 1)),
        ("date", 202),
        ("iri", "not an iri"),
        ("iri", "http://a> } DROP"),
        ("iri", ""),
        ("text", 5),
        ("text", None),
        ("text", "\ud800"),
    ],
)
def test_a_value_of_another_type_is_refused(kind: str, value: object) -> None:
    with pytest.raises(ValueError):
        serialise_term(kind, value)


def test_a_word_of_a_list_is_found_whatever_its_capitals(store: ox.Store) -> None:
    wanted = execute(store, prepare("decisions", {"outcome": "granted"}))
    assert wanted.rows and execute(store, prepare("decisions", {"outcome": " GRANTED"})).rows == wanted.rows


def test_names_are_keys() -> None:
    assert serialise_term("name", "  ÖREBRO\n universitet ") == '"örebro universitet"'


def test_prefixed_names_are_iris() -> None:
    assert serialise_term("iri", "bg:Project") == "<https://w3id.org/beslutsgraf/ns#Project>"
    assert serialise_term("iri", "<https://example.org/x>") == "<https://example.org/x>"


@pytest.mark.parametrize(
    ("name", "params", "words"),
    [
        ("linage", {"project": "x"}, "lineage"),
        ("nothing-like-it-at-all", {}, "kg query --list"),
        ("lineage", {}, "missing parameter 'project'"),
        ("lineage", {"project": None}, "missing parameter 'project'"),
        ("lineage", {"project": "x", "projekt": "y"}, "unknown parameter 'projekt'"),
        ("lineage", {"project": 5}, "give the name of a project"),
        ("lineage", {"project": "\udcff"}, "give the name of a project"),
        ("decisions", {"from": "i fjol"}, "2022-12-14"),
        ("decisions", {"from": "2022-03", "to": "2021"}, "ends before it starts"),
        ("decisions", {"outcome": "beviljad"}, "one of granted, rejected"),
        ("doubtful", {"below": "hälften"}, "such as 0.5"),
        ("explain", {"thing": "a b"}, "give an IRI"),
    ],
)
def test_wrong_use_says_what_to_try(name: str, params: dict[str, object], words: str) -> None:
    with pytest.raises(UsageError, match=re.escape(words)) as caught:
        prepare(name, params)
    assert caught.value.hint


def test_an_optional_parameter_that_is_not_given_filters_nothing(store: ox.Store) -> None:
    everything = execute(store, prepare("decisions"))
    assert len(everything) == 6
    assert len(execute(store, prepare("decisions", {"project": "fjäll 3"}))) == 2
    assert len(execute(store, prepare("decisions", {"project": "ingen"}))) == 0


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
        "SELECT * { service silent <http://127.0.0.1/> { ?s ?p ?o } }",
        "PREFIX : <http://127.0.0.1/> SELECT * { SERVICE:x { ?s ?p ?o } }",
        "PREFIX : <http://127.0.0.1/> SELECT * { SERVICESILENT:x { ?s ?p ?o } }",
        "PREFIX : <http://127.0.0.1/> SELECT * { ?s ?p 1SERVICE:x { ?s ?p ?o } }",
        "PREFIX : <http://127.0.0.1/> SELECT * { ?s ?p trueSERVICE:x { ?s ?p ?o } }",
        "SELECT * { {}SERVICE?x { ?s ?p ?o } }",
        'SELECT * { ?s ?p "\\"" . SERVICE <http://127.0.0.1/> { ?s ?p "x" } }',
        "SELECT * { ?s <http://a/\\u0041#> ?o . SERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p '''it's''' SERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
        "# SELECT\nLOAD <http://127.0.0.1/>",
        "PREFIX a: <http://a/> INSERT DATA { a:a a:b a:c }",
        "DROP ALL",
        "clear default",
    ],
)
def test_queries_that_reach_out_or_change_the_graph_are_refused(text: str) -> None:
    with pytest.raises(UsageError):
        prepare_text(text)


@pytest.mark.parametrize(
    "text",
    [
        'SELECT * { ?s ?p "SERVICE" }',
        "SELECT ?service { ?service ?p ?o } # SERVICE",
        "SELECT * { ?s <http://a/SERVICE> ?o }",
        "PREFIX a: <http://a/> SELECT * { ?s a:service ?o }",
        "SELECT ?load ?drop { ?load ?drop 'LOAD <x>' }",
    ],
)
def test_words_in_other_places_are_not_taken_for_clauses(text: str) -> None:
    refuse_outside(text)
    execute(EMPTY, prepare_text(text))


@settings(deadline=None)  # a neighbour may take the processor
@given(st.text(alphabet="SERVICEservice <>\"'#:?{}.\\u0041\n", max_size=40))
def test_what_the_guard_lets_through_never_asks_another_machine(middle: str) -> None:
    """Whatever stands around it, the engine never sees a SERVICE clause that the guard has not seen."""
    text = f"SELECT * {{ ?s ?p ?o {middle} SERVICE <http://127.0.0.1:9/> {{ ?a ?b ?c }} }}"
    try:
        refuse_outside(text)
    except UsageError:
        return
    # Let through: then the words must stand in a string, a comment or an IRI, or be no SPARQL at all.
    try:
        memory_store().query(text)
    except SyntaxError:
        return
    except OSError as error:
        raise AssertionError(f"the engine tried to reach out: {error}") from error


def test_a_query_that_cannot_be_parsed_says_where() -> None:
    with pytest.raises(QueryError, match=r"line 1, column \d+, where it ends"):
        execute(EMPTY, prepare_text("SELECT ?x WHERE { ?x ?y "))
    with pytest.raises(UsageError, match="empty"):
        prepare_text("  \n")


DEEP = {
    "braces": "SELECT * " + "{" * 20_000 + "}" * 20_000,
    "brackets": "SELECT * { ?s ?p " + "[?p " * 101 + "1" + "]" * 101 + " }",
    "parentheses": "ASK { FILTER(" + "(" * 20_000 + "1" + ")" * 20_000 + ") }",
    "negations": "ASK { FILTER(" + "!" * 20_000 + "1) }",
    "sums": "ASK { FILTER(1" + "+1" * 20_000 + ") }",
    "ors": "ASK { FILTER(?x" + "||?x" * 20_000 + ") }",
    "binds": "SELECT * { " + "".join(f"BIND(1 AS ?x{i}) " for i in range(5000)) + "}",
    "clauses": "SELECT * { ?s ?p 1 " + "MINUS { ?s ?p 2 } " * 5000 + "}",
    "paths": "SELECT * { ?s <a:b>" + "|<a:b>" * 20_000 + " ?o }",
}


@pytest.mark.parametrize("form", DEEP)
def test_what_would_overflow_the_engine_is_refused(form: str) -> None:
    with pytest.raises(QueryError, match=r"brackets deeper than 100|more than 1000 operators"):
        prepare_text(DEEP[form])


def test_depth_and_length_that_the_engine_can_bear_are_asked() -> None:
    values = "SELECT ?x { VALUES ?x { " + "-1 " * 5000 + "} }"
    assert len(execute(EMPTY, prepare_text(values))) == 5000
    deep = "SELECT ?x " + "{" * 99 + "VALUES ?x { '{([' } # [[[" + "\n" + "}" * 99
    assert execute(EMPTY, prepare_text(deep)).rows == (("{([",),)
    sums = "SELECT (1" + "+1" * 1000 + " AS ?x) {}"
    assert execute(EMPTY, prepare_text(sums)).rows == ((1001,),)


def star(count: int) -> str:
    return "SELECT * { ?s " + " ; ".join(f"bg:p{number} ?v{number}" for number in range(count)) + " }"


def test_what_would_be_planned_for_too_long_is_refused_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of 250 patterns about one thing the engine would think for half a minute, deaf to every signal."""
    monkeypatch.setattr(guard, "PLANNING_SECONDS", 1.0)
    begun = time.monotonic()
    with pytest.raises(QueryError, match="planning it takes longer than 1 seconds"):
        prepare_text(star(250), "--sparql")
    assert time.monotonic() - begun < 10


def test_other_long_queries_are_planned(monkeypatch: pytest.MonkeyPatch) -> None:
    values = " ".join(f"<https://example.org/{number}>" for number in range(20_000))
    assert execute(EMPTY, prepare_text(f"SELECT * {{ VALUES ?s {{ {values} }} ?s a bg:Project }}")).rows == ()
    assert execute(EMPTY, prepare_text(star(70))).rows == ()
    with pytest.raises(QueryError, match="cannot be parsed"):  # what is wrong is told by the engine itself
        execute(EMPTY, prepare_text(star(70).removesuffix("}")))
    monkeypatch.setattr(guard, "_PLAN", "import os; os.kill(os.getpid(), 11)")
    with pytest.raises(QueryError, match="the engine cannot plan it"):
        prepare_text(star(70))


def test_short_queries_start_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard.subprocess, "run", lambda *given, **more: pytest.fail("a process was started"))
    prepare_text(star(50))
    prepare_text("SELECT * { VALUES ?x { " + "1.5 " * 500 + "} }")
