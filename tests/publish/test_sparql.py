"""The endpoint: forms of answers, dataset, description, refusals, limits met exactly."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pyoxigraph as ox
import pytest

from kg.limits import Limits
from kg.publish.problem import PROBLEMS
from kg.terms import DEFAULT_BASE
from tests.publish.web import Server

SELECT = "SELECT ?name { ?p a bg:Project ; rdfs:label ?name } ORDER BY ?name"
JSON = "application/sparql-results+json"
TABLES = {
    JSON: ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
GRAPHS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
}


@pytest.fixture(scope="module")
def names(server: Server) -> list[str]:
    return [row["name"]["value"] for row in server.query(SELECT).json["results"]["bindings"]]


@pytest.mark.parametrize("media", TABLES)
def test_tables(server: Server, media: str, names: list[str]) -> None:
    reply = server.query(SELECT, media)
    assert reply.status == 200 and reply.headers["content-type"].partition(";")[0] == media
    results = ox.parse_query_results(reply.body, format=TABLES[media])
    assert [row["name"].value for row in results] == names and "AI.ALL*" in names


def test_csv(server: Server, names: list[str]) -> None:
    reply = server.query(SELECT, "text/csv")
    assert reply.headers["content-type"] == "text/csv; charset=utf-8"
    assert len(reply.text.splitlines()) == len(names) + 1 and "AI.ALL*" in reply.text


@pytest.mark.parametrize("media", GRAPHS)
def test_graphs(server: Server, media: str) -> None:
    for query in ("CONSTRUCT { ?p a bg:Project } { ?p a bg:Project }", f"DESCRIBE <{DEFAULT_BASE}project/ai-all-star>"):
        reply = server.query(query, media)
        assert reply.status == 200 and reply.headers["content-type"].partition(";")[0] == media
        assert len(list(ox.parse(reply.body, format=GRAPHS[media]))) > 3


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("*/*", JSON),
        ("application/json", "application/json"),
        ("text/xml", "text/xml"),
        ("text/csv;q=0.5, application/sparql-results+xml;q=0.6", "application/sparql-results+xml"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", JSON),
        ("text/turtle, text/csv;q=0.1", "text/csv"),
    ],
)
def test_the_form_is_negotiated(server: Server, accept: str, media: str) -> None:
    assert server.query(SELECT, accept).headers["content-type"].partition(";")[0] == media
    assert "Accept" in server.query(SELECT, accept).headers["vary"]


def test_a_form_that_the_answer_has_not_is_told(server: Server) -> None:
    for query, accept in ((SELECT, "text/turtle"), ("DESCRIBE <x:y>", "text/csv"), (SELECT, "image/png")):
        reply = server.query(query, accept)
        assert reply.status == 406 and reply.problem == "not-acceptable"


def test_the_format_as_a_parameter(server: Server) -> None:
    for short, start in (("csv", b"name"), ("xml", b"<?xml"), ("json", b"{"), ("tsv", b"?name")):
        assert server.get("/sparql?" + urlencode({"query": SELECT, "format": short})).body.startswith(start)
    assert server.get("/sparql?query=ASK%7B%7D&format=doc").problem == "not-acceptable"


@pytest.mark.parametrize("path", ["/sparql", "/sparql/"])
def test_by_post(server: Server, path: str, names: list[str]) -> None:
    form = {"Content-Type": "application/x-www-form-urlencoded; charset=UTF-8"}
    direct = {"Content-Type": "application/sparql-query"}
    by_form = server.ask("POST", path, form, urlencode({"query": SELECT}))
    assert len(by_form.json["results"]["bindings"]) == len(names)
    assert server.ask("POST", path, direct, SELECT).body == by_form.body
    name = 'ASK { ?p rdfs:label "Förstudie åäö" }'.encode()
    assert server.ask("POST", path, direct, name).json["boolean"] is False


def test_the_dataset_of_the_request_is_that_of_the_query(server: Server) -> None:
    document = server.query("SELECT ?g { GRAPH ?g { ?c a bg:Claim } } LIMIT 1").json["results"]["bindings"][0]["g"]
    count = "SELECT (COUNT(*) AS ?n) { %s }"

    def ask(pattern: str, **dataset: str) -> int:
        fields = {"query": count % pattern, **{k.replace("_", "-"): v for k, v in dataset.items()}}
        return int(server.get("/sparql?" + urlencode(fields)).json["results"]["bindings"][0]["n"]["value"])

    claims = "?c a bg:Claim"
    assert ask(claims) == 0 and ask(claims, default_graph_uri=document["value"]) > 0
    assert ask(f"GRAPH ?g {{ {claims} }}", default_graph_uri=document["value"]) == 0
    assert ask(f"GRAPH ?g {{ {claims} }}", named_graph_uri=document["value"]) > 0
    assert ask("?s a bg:Project") > 0 == ask("?s a bg:Project", named_graph_uri=document["value"])
    assert server.get("/sparql?query=ASK%7B%7D&default-graph-uri=a%20b").problem == "bad-request"


@pytest.mark.parametrize("accept", [None, "*/*", *GRAPHS])
def test_the_description_states_the_limits(server: Server, accept: str | None) -> None:
    reply = server.get("/sparql", accept)
    kind = reply.headers["content-type"].partition(";")[0]
    triples = {q.triple for q in ox.parse(reply.body, format=GRAPHS[kind])}
    values = {t.predicate.value.rpartition("#")[2]: t.object.value for t in triples}
    limits = Limits()
    assert float(values["queryTimeLimit"]) == limits.seconds and int(values["queryRowLimit"]) == limits.rows
    assert int(values["queryMemoryLimit"]) == limits.memory_mb and int(values["queryLengthLimit"]) == limits.query_kb
    formats = {t.object.value.rpartition("/")[2] for t in triples if t.predicate.value.endswith("resultFormat")}
    assert {"SPARQL_Results_JSON", "SPARQL_Results_TSV", "Turtle", "JSON-LD"} <= formats
    assert values["endpoint"] == f"http://{server.host}:{server.port}/sparql"


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ("SELECT", 400, "query-syntax"),
        ("", 400, "query-syntax"),
        ("ASK { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", 400, "federation"),
        ("ASK { service silent <http://127.0.0.1:1/> {} }", 400, "federation"),
        ("ASK { ?s ?p 1SERVICE<http://127.0.0.1:1/> {} }", 400, "federation"),
        ("LOAD <http://127.0.0.1:1/>", 403, "update-refused"),
        ("INSERT DATA { <x:a> <x:b> <x:c> }", 403, "update-refused"),
        ("PREFIX x: <x:> # SELECT\nDELETE WHERE { ?s ?p ?o }", 403, "update-refused"),
        ("CLEAR ALL", 403, "update-refused"),
    ],
)
def test_refusals(server: Server, query: str, status: int, code: str) -> None:
    reply = server.query(query)
    assert (reply.status, reply.problem) == (status, code) and PROBLEMS[code][0] == status


def test_words_of_updates_in_texts_are_no_updates(server: Server) -> None:
    assert server.query('ASK { BIND("INSERT, SERVICE and LOAD" AS ?x) } # DELETE').status == 200


def test_other_methods(server: Server) -> None:
    for method in ("PUT", "DELETE", "PATCH"):
        reply = server.ask(method, "/sparql?query=ASK%7B%7D")
        assert reply.status == 405 and "POST" in reply.headers["allow"]


# --- limits ----------------------------------------------------------------------------------------------------


def rows_query(count: int, text: str = '"x"') -> str:
    """A query whose answer has that many rows (up to 10 000)."""
    digits = " ".join(str(n) for n in range(10))
    values = " ".join(f"VALUES ?{v} {{ {digits} }}" for v in "abcd")
    return f"SELECT ?a ?b ?c ?d ?t {{ {values} BIND({text} AS ?t) }} LIMIT {count}"


@pytest.mark.parametrize("media", [*TABLES, "text/csv"])
def test_the_limit_of_rows_is_exact(tight: Server, media: str) -> None:
    assert tight.query(rows_query(1000), media).status == 200
    reply = tight.query(rows_query(1001), media)
    assert reply.status == 507 and reply.problem == "row-limit"


def test_the_limit_of_rows_holds_of_triples(tight: Server) -> None:
    construct = "CONSTRUCT { [] <x:p> ?n } { { %s } BIND(?a + 10 * ?b + 100 * ?c + 1000 * ?d AS ?n) }"
    assert tight.query(construct % rows_query(1000), "text/turtle").status == 200
    assert tight.query(construct % rows_query(1001), "text/turtle").problem == "row-limit"


@pytest.mark.parametrize("media", TABLES)
def test_text_that_looks_like_rows_counts_as_none(tight: Server, media: str) -> None:
    text = json.dumps('},{"a":1},{"<result></result>\\n\\t\r\n},{"' * 20)
    assert tight.query(rows_query(900, text), media).status == 200


@pytest.mark.parametrize("media", [*TABLES, "text/csv"])
def test_large_answers_come_whole(server: Server, media: str) -> None:
    text = json.dumps("å" * 200)
    reply = server.query(rows_query(10_000, text), media)
    assert reply.status == 200 and len(reply.body) > 4_000_000 and reply.text.count("å") == 200 * 10_000
    assert int(reply.headers["content-length"]) == len(reply.body)
    if media == JSON:
        assert len(reply.json["results"]["bindings"]) == 10_000
    if media.endswith("xml"):
        assert len(ET.fromstring(reply.text)[1]) == 10_000


def test_spooled_answers_leave_no_files(server: Server) -> None:
    folder = Path("/tmp")
    before = set(folder.glob("kg-serve-*/*"))
    for _ in range(3):
        assert server.query(rows_query(10_000, json.dumps("å" * 200))).status == 200
    assert set(folder.glob("kg-serve-*/*")) <= before


@pytest.fixture
def log(tight: Server) -> Iterator[Path]:
    yield tight.log


def test_slow_queries_are_logged_without_who_asked(tight: Server, log: Path) -> None:
    marker = "?nevermore"
    reply = tight.query(f"SELECT (COUNT(*) AS {marker}) {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }}")
    assert reply.problem == "time-limit" and reply.json["limit"] == 1
    line = next(line for line in log.read_text("utf-8").splitlines() if marker in line)
    row = json.loads(line[line.index("{") :])
    assert row["outcome"] == "time-limit" and 0.9 < row["seconds"] < 3 and marker in row["query"]
    assert not re.search(r"127\.0\.0\.", line)
