"""Things at their IRIs, over HTTP: redirects, forms, caching, CORS, compression."""

from __future__ import annotations

import gzip
from email.utils import parsedate_to_datetime
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.graph.store import open_graph
from kg.terms import DEFAULT_BASE, expand
from tests.publish.conftest import NOW
from tests.publish.web import Server

THING = "/beslutsgraf/id/project/ai-all-star"
IRI = DEFAULT_BASE + "project/ai-all-star"
FORMS = {
    "text/turtle": ("ttl", ox.RdfFormat.TURTLE),
    "application/ld+json": ("jsonld", ox.RdfFormat.JSON_LD),
    "application/n-triples": ("nt", ox.RdfFormat.N_TRIPLES),
    "application/rdf+xml": ("rdf", ox.RdfFormat.RDF_XML),
}


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        (None, "html"),
        ("text/html", "html"),
        ("application/xhtml+xml", "html"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "html"),
        ("*/*", "html"),
        ("text/*;q=0.5, text/turtle", "ttl"),
        ("application/*", "jsonld"),
        ("application/json", "jsonld"),
        ("text/html;q=0.3, application/rdf+xml;q=0.5, application/n-triples;q=0.4", "rdf"),
        *((kind, form) for kind, (form, _) in FORMS.items()),
    ],
)
def test_a_thing_leads_to_the_form_that_is_wanted(server: Server, accept: str | None, form: str) -> None:
    reply = server.get(THING, accept)
    assert reply.status == 303 and reply.headers["location"] == f"{THING}.{form}"
    assert "Accept" in reply.headers["vary"] and reply.body == b""
    assert reply.headers["link"].count('rel="alternate"') == 5


@pytest.mark.parametrize("accept", [None, "text/turtle", "*/*;q=0.1, application/rdf+xml"])
def test_the_chain_ends_well(server: Server, accept: str | None) -> None:
    first = server.get(THING, accept)
    second = server.get(first.headers["location"], accept)
    assert second.status == 200 and second.headers["content-type"].partition(";")[0] in ("text/html", *FORMS)
    for link in second.headers["link"].split(", "):
        address = link.partition(">")[0].lstrip("<")
        assert server.get(address, accept).status == (303 if 'rel="describes"' in link else 200)


def test_the_parameter_stands_over_the_header(server: Server) -> None:
    reply = server.get(f"{THING}?format=nt", "text/html")
    assert reply.status == 303 and reply.headers["location"] == f"{THING}.nt"
    assert server.get(f"{THING}?format=text/turtle").headers["location"] == f"{THING}.ttl"
    assert server.get(f"{THING}?format=doc").problem == "not-acceptable"


def test_what_cannot_be_given_is_told(server: Server) -> None:
    reply = server.get(THING, "image/png, text/html;q=0")
    assert reply.status == 406 and reply.problem == "not-acceptable"
    assert {row["format"] for row in reply.json["available"]} == {"html", "ttl", "jsonld", "nt", "rdf"}
    # an address that names its form is not negotiated
    assert server.get(f"{THING}.ttl", "image/png").status == 200


@pytest.mark.parametrize("kind", FORMS)
def test_all_forms_hold_the_same_statements(server: Server, kind: str) -> None:
    ending, form = FORMS[kind]
    reply = server.get(f"{THING}.{ending}")
    found = {q.triple for q in ox.parse(reply.body, format=form)}
    plain = {q.triple for q in ox.parse(server.get(f"{THING}.nt").body, format=ox.RdfFormat.N_TRIPLES)}
    assert reply.headers["content-type"].partition(";")[0] == kind
    assert found == plain and len(found) > 50


def test_the_data_hold_facts_with_their_words(server: Server) -> None:
    triples = {q.triple for q in ox.parse(server.get(f"{THING}.nt").body, format=ox.RdfFormat.N_TRIPLES)}
    thing = ox.NamedNode(IRI)

    def objects(subject: object, name: str) -> list:
        return [t.object for t in triples if t.subject == subject and t.predicate == ox.NamedNode(expand(name))]

    assert ox.Literal("AI.ALL*") in objects(thing, "rdfs:label")
    claims = [t.subject for t in triples if t.predicate == ox.NamedNode(expand("rdf:subject")) and t.object == thing]
    claim = next(c for c in claims if objects(c, "rdf:predicate") == [ox.NamedNode(expand("bg:buildsOn"))])
    quotes = [
        text.value
        for words in objects(claim, "prov:wasDerivedFrom")
        for selector in objects(words, "oa:hasSelector")
        for text in objects(selector, "oa:exact")
    ]
    assert any("bygger" in quote or "vidareutvecklar" in quote or "AI" in quote for quote in quotes)
    assert any(t.object == thing and t.subject != thing for t in triples), "what points to it stands there too"


def test_the_ontology_and_papers_have_their_addresses(server: Server) -> None:
    reply = server.get("/beslutsgraf/ns", "text/turtle")
    assert reply.status == 303
    text = server.get(reply.headers["location"]).text
    assert "bg:Project" in text and "FinancingLine" in text
    rows = server.query("SELECT ?d { ?d a bg:Document } LIMIT 1").json["results"]["bindings"]
    path = "/beslutsgraf/id/" + rows[0]["d"]["value"].removeprefix(DEFAULT_BASE)
    assert "oa:exact" in server.get(path + ".ttl").text


def test_a_client_that_has_it_is_not_sent_it_again(server: Server) -> None:
    first = server.get(f"{THING}.ttl")
    tag, modified = first.headers["etag"], first.headers["last-modified"]
    assert parsedate_to_datetime(modified) == NOW
    for headers in (
        {"If-None-Match": tag},
        {"If-None-Match": f'"x", {tag.removeprefix("W/")}'},
        {"If-None-Match": "*"},
        {"If-Modified-Since": modified},
    ):
        again = server.get(f"{THING}.ttl", headers=headers)
        assert again.status == 304 and again.body == b"" and again.headers["etag"] == tag
    for headers in (
        {"If-None-Match": '"x"'},
        {"If-None-Match": '"x"', "If-Modified-Since": modified},
        {"If-Modified-Since": "Mon, 01 Jan 2001 00:00:00 GMT"},
        {"If-Modified-Since": "yesterday"},
    ):
        assert server.get(f"{THING}.ttl", headers=headers).status == 200
    others = {server.get(f"{THING}.{form}").headers["etag"] for form in ("nt", "rdf", "jsonld", "html")}
    english = server.get(f"{THING}.html?lang=en").headers["etag"]
    assert len(others | {tag, english}) == 6


@pytest.mark.parametrize("path", ["/", "/browse/year/2022", "/questions/decisions", "/dataset.ttl", "/search?q=a"])
def test_other_pages_are_not_sent_again_either(server: Server, path: str) -> None:
    tag = server.get(path).headers["etag"]
    again = server.get(path, headers={"If-None-Match": f'"x", {tag}'})
    assert (again.status, again.body, again.headers["etag"]) == (304, b"", tag)
    more = f"{path}{'&' if '?' in path else '?'}lang=en"
    assert server.get(more, headers={"If-None-Match": tag}).status == 200
    assert "etag" not in server.get("/browse/year/1066").headers
    assert server.get("/browse/year/1066", headers={"If-None-Match": "*"}).status == 404


@pytest.mark.parametrize("path", [THING, f"{THING}.ttl", f"{THING}.html", "/", "/sparql", "/nothing", "/health"])
def test_head_is_get_without_the_body(server: Server, path: str) -> None:
    got, head = server.get(path), server.ask("HEAD", path)
    assert head.status == got.status and head.body == b""
    assert {k: v for k, v in head.headers.items() if k != "date"} == {
        k: v for k, v in got.headers.items() if k != "date"
    }


@pytest.mark.parametrize("path", [THING, f"{THING}.ttl", "/", "/sparql?query=ASK%7B%7D", "/nothing", "/sparql?query=x"])
def test_every_answer_has_the_headers_of_safety_and_cors(server: Server, path: str) -> None:
    reply = server.get(path)
    policy = reply.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "unsafe-inline" not in policy
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert reply.headers["access-control-allow-origin"] == "*"
    assert "server" not in reply.headers


def test_preflight(server: Server) -> None:
    asked = {"Origin": "https://example.org", "Access-Control-Request-Method": "POST"}
    reply = server.ask("OPTIONS", "/sparql", asked | {"Access-Control-Request-Headers": "content-type"})
    assert reply.status == 204 and "POST" in reply.headers["access-control-allow-methods"]
    assert "Content-Type" in reply.headers["access-control-allow-headers"]


def test_compression(server: Server) -> None:
    plain = server.get(f"{THING}.ttl")
    packed = server.get(f"{THING}.ttl", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip" and gzip.decompress(packed.body) == plain.body
    assert "Accept-Encoding" in packed.headers["vary"] and len(packed.body) < len(plain.body) / 2
    assert "content-encoding" not in plain.headers and packed.headers["etag"] == plain.headers["etag"]


def test_pages_speak_the_language_of_the_reader(server: Server) -> None:
    swedish, english = (server.get(f"{THING}.html", headers={"Accept-Language": name}) for name in ("sv-SE", "en;q=1"))
    assert 'lang="sv"' in swedish.text and 'lang="en"' in english.text
    assert "Accept-Language" in swedish.headers["vary"]
    assert 'lang="en"' in server.get(f"{THING}.html?lang=en", headers={"Accept-Language": "sv"}).text
    assert server.get(f"{THING}?lang=en").headers["location"] == f"{THING}.html?lang=en"


@pytest.mark.parametrize(
    "path",
    [
        "/nothing",
        "/beslutsgraf/id/",
        "/beslutsgraf/id/project/unknown",
        "/beslutsgraf/id/project/unknown.ttl",
        "/beslutsgraf/id/project/ai-all-star.doc",
        "/../../etc/passwd",
        "/beslutsgraf/id/../../../etc/passwd",
        "/beslutsgraf/id/%2e%2e/%2e%2e/etc/passwd.ttl",
        "/assets/../server.py",
        "/assets/%2e%2e/server.py",
        "/assets/..%2f..%2f..%2fetc%2fpasswd",
        "/beslutsgraf/id/project/a%20b%3Cscript%3E",
        "/beslutsgraf/id/" + "x" * 8000,
        "//evil.example/",
        "/%00",
    ],
)
def test_what_is_not_there(server: Server, path: str) -> None:
    reply = server.get(path)
    assert reply.status == 404 and reply.problem == "not-found"


@pytest.mark.parametrize("path", ["/beslutsgraf/id/project/%ff%fe", "/beslutsgraf/id/%c3", "/?x=%ff"])
def test_broken_escapes(server: Server, path: str) -> None:
    assert server.get(path).status in (400, 404)


def test_only_reading(server: Server) -> None:
    for method in ("POST", "PUT", "DELETE", "PATCH", "TRACE"):
        reply = server.ask(method, THING, body=b"x=1" if method == "POST" else None)
        assert reply.status == 405 and "GET" in reply.headers["allow"] and reply.problem == "method"


def test_a_reader_sees_a_page_of_an_error_in_the_language_of_theirs(server: Server) -> None:
    reply = server.get("/nothing%3Cscript%3E", "text/html", headers={"Accept-Language": "en"})
    assert reply.status == 404 and reply.headers["content-type"] == "text/html; charset=utf-8"
    assert "<script>" not in reply.text and 'lang="en"' in reply.text


def test_health(server: Server) -> None:
    assert server.get("/health").json["status"] == "ok"


def test_an_iri_that_was_replaced_leads_to_the_thing_that_it_is_now(server: Server, graph: Path) -> None:
    with open_graph(graph) as opened:
        rows = [
            (q.subject.value, q.object.value)
            for q in opened.store.quads_for_pattern(None, ox.NamedNode(expand("dcterms:isReplacedBy")), None)
        ]
    olds = [old for old, _ in rows]
    old, new = next((o, n) for o, n in rows if olds.count(o) == 1)
    path, target = (iri.replace("https://w3id.org", "") for iri in (old, new))
    reply = server.get(f"{path}?lang=en")
    assert reply.status == 301 and reply.headers["location"] == f"{target}?lang=en"
    assert server.get(f"{path}.html").headers["location"] == f"{target}.html"
    assert server.get(target).status == 303
    # the data of the old one still say what it is now
    data = server.get(f"{path}.nt")
    assert data.status == 200 and f"<{old}> <{expand('dcterms:isReplacedBy')}> <{new}> ." in data.text
