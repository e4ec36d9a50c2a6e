"""Names, words and values that no one expects, as things of a graph that is served and published."""

from __future__ import annotations

import re
import xml.dom.minidom
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
import pytest

from kg.graph.store import open_graph
from kg.publish.site import FORMS
from kg.publish.static import Options, publish_site
from kg.terms import DEFAULT_BASE, expand
from tests.publish.conftest import write_graph
from tests.publish.web import Server, serving

_NAMES = (
    "project/å%20ä", "project/中文", "project/a%2Fb", "project/a//b", "project/x.ttl", "project/x.html", "project/x.en",
    "project/slash/", "project/slash", "project/q%3Fa", "project/h%23a", "project/" + "l" * 200, "project/a'b",
    "project/a;b,c", "project/a+b", "project/a:b@c", "project/%C3%A5", "project/(x)*", "project/a&b=c", "project/$x!",
    "project/%25", "project/İı", "project/a\u200db", "project/..%2f..%2fetc", "project/.hidden", "graph/derived",
)  # fmt: skip
_LABELS = (
    "", "x" * 100_000, "\u202eabc", "a\x01b\x0bc\ufffe", "😀😀", "line\nfeed\ttab", "{{ 7*7 }}{% raw %}",
    "</script><!--", "&amp;&lt;", "'\"`", "%s %d {0}", "  ", "-",
)  # fmt: skip
_VALUES = (
    ("bg:amount", ox.Literal("abc", datatype=ox.NamedNode(expand("xsd:integer")))),
    ("bg:amount", ox.Literal("1.5", datatype=ox.NamedNode(expand("xsd:decimal")))),
    ("bg:amount", ox.Literal("9" * 500, datatype=ox.NamedNode(expand("xsd:integer")))),
    ("bg:date", ox.Literal("not a date")),
    ("bg:startYear", ox.Literal("99999", datatype=ox.NamedNode(expand("xsd:integer")))),
    ("bg:grantedTotal", ox.Literal("NaN", datatype=ox.NamedNode(expand("xsd:double")))),
    ("dcterms:spatial", ox.Literal("plats")),
    ("bg:applicant", ox.BlankNode("b")),
    ("bg:buildsOn", ox.NamedNode("urn:x:y")),
    ("owl:sameAs", ox.NamedNode("mailto:a@b.se")),
    ("bg:outcome", ox.NamedNode(DEFAULT_BASE + "nowhere")),
)
_KINDS = ("Project", "Decision", "Organisation", "FinancingLine", "Document", "County", "Board", "Fund")


def _quads() -> Iterator[ox.Quad]:
    kind, label, project = (ox.NamedNode(expand(name)) for name in ("rdf:type", "rdfs:label", "bg:project"))
    for number, name in enumerate(_NAMES):
        thing = ox.NamedNode(DEFAULT_BASE + name)
        yield ox.Quad(thing, kind, ox.NamedNode(expand("bg:Project")))
        yield ox.Quad(thing, label, ox.Literal(_LABELS[number % len(_LABELS)]))
    for of in _KINDS:
        for number, (name, value) in enumerate(_VALUES):
            thing = ox.NamedNode(f"{DEFAULT_BASE}{of.lower()}/v{number}")
            yield ox.Quad(thing, kind, ox.NamedNode(expand(f"bg:{of}")))
            yield ox.Quad(thing, label, ox.Literal(f"{of} {number}"))
            yield ox.Quad(thing, ox.NamedNode(expand(name)), value)
            yield ox.Quad(thing, project, ox.NamedNode(DEFAULT_BASE + _NAMES[0]))


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_graph(tmp_path_factory.mktemp("odd") / "graph", _quads())


@pytest.fixture(scope="module")
def odd_server(odd: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(odd, tmp_path_factory.mktemp("odd-server"), "--rate", 10000) as server:
        yield server


@pytest.mark.parametrize("name", [*_NAMES, *(f"{of.lower()}/v{n}" for of in _KINDS for n in range(len(_VALUES)))])
def test_every_form_of_every_thing(odd_server: Server, name: str) -> None:
    path = "/beslutsgraf/id/" + quote(name, safe="/:@!$&'()*+,;=~-._")
    for form, kind in FORMS.items():
        first = odd_server.get(path, kind)
        assert first.status == 303, first.body[:200]
        reply = odd_server.get(first.headers["location"])
        assert reply.status == 200 and reply.headers["content-type"].startswith(kind), (form, reply.body[:200])
        if form == "rdf":
            xml.dom.minidom.parseString(reply.body)
        if form in ("ttl", "nt"):
            named = f"<{DEFAULT_BASE}{name}>" if form == "nt" else name[-3:]
            assert named in reply.text or form == "ttl"


@pytest.mark.parametrize("path", [
    "/", "/browse", "/search?q=%F0%9F%98%80", "/search?q=%00", "/search?q=" + "a" * 5000, "/about",
    "/questions/decisions", "/questions/rejections", "/dataset.ttl", "/terms.json", "/questions/money-by-county",
    "/questions/funders?project=x", "/browse?year=%00&page=99999999999999",
])  # fmt: skip
def test_other_pages(odd_server: Server, path: str) -> None:
    assert odd_server.get(path).status == 200


def test_xml_of_the_endpoint_can_be_read(odd_server: Server) -> None:
    text = "SELECT ?l { ?s rdfs:label ?l FILTER(CONTAINS(?l, 'b\\u000Bc')) }"
    reply = odd_server.query(text, "application/sparql-results+xml")
    assert "a\ufffdb\ufffdc\ufffd" in xml.dom.minidom.parseString(reply.body).toxml()
    assert "\\u0001" in odd_server.query(text).text, "other forms hold what the graph holds"
    graph = odd_server.query(text.replace("SELECT ?l", "CONSTRUCT { ?s rdfs:label ?l }"), "application/rdf+xml")
    assert graph.status == 200 and xml.dom.minidom.parseString(graph.body)


@pytest.mark.parametrize(("header", "value"), [
    ("Accept", "text/html," * 20_000), ("Accept", "a/b;q=0." + "1" * 100_000), ("Accept", '"' * 60_000),
    ("Accept-Language", "sv," * 30_000), ("If-None-Match", '"x",' * 30_000), ("If-Modified-Since", "x" * 60_000),
    ("Range", "bytes=" + ",".join("0-1" for _ in range(10_000))), ("Range", "bytes=5-"), ("Cookie", "x" * 200_000),
])  # fmt: skip
def test_long_headers(odd_server: Server, header: str, value: str) -> None:
    for path in ("/beslutsgraf/id/project/v3", "/beslutsgraf/id/project/v3.ttl", "/", "/assets/style.css"):
        reply = odd_server.get(path, headers={header: value}, timeout=2)
        assert reply.status < 500, (path, reply.status)


def test_files(odd: Path, tmp_path: Path) -> None:
    with open_graph(odd) as opened:
        publish_site(opened, tmp_path / "site", Options())
    top = tmp_path / "site/beslutsgraf/id"
    for name in ("project/slash/.ttl", "project/slash.ttl", "project/x.ttl.ttl", "project/中文.en.html"):
        assert (top / name).is_file(), name
    assert not list(tmp_path.rglob("etc*")) and "<!--" not in (top / "project/slash.html").read_text("utf-8")
    for page in top.rglob("*.html"):
        assert not re.search(r"</script><!--|\{\{|49\}", page.read_text("utf-8").replace("{{ 7*7 }}", "")), page
