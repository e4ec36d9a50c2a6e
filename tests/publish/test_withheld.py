"""What is withheld comes out by no door: pages, data, endpoint, search, questions, description, files, old IRIs."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
import pytest

from kg.config import Config
from kg.graph.store import open_graph
from kg.pipeline import build, default_stages
from kg.publish.static import Options, publish_site
from kg.terms import DEFAULT_BASE, expand
from tests.publish.conftest import NOW, PAPERS
from tests.publish.web import Server, serving

_GONE = (
    "project/ai-mee", "project/indi-intelligent-digitalisering-i-industrin", "organisation/orebro-universitet",
    "project/ai-all",
)  # fmt: skip
# What would tell of them, whatever the capitals: names, ends of addresses.  The last is the sample of some questions,
# and so stands on pages that say nothing of the graph.
_TELLING = re.compile(
    r"ai\.mee|ai-mee|\bindi\b|/indi[-_.]|intelligent digitalisering|"
    r"örebro universitet(?!s? ?h)|orebro-universitet(?!-h)",
    re.I,
)


@pytest.fixture(scope="module")
def old(graph: Path) -> list[str]:
    """What the last of them was called before."""
    with open_graph(graph) as opened:
        node = ox.NamedNode(DEFAULT_BASE + _GONE[-1])
        quads = opened.store.quads_for_pattern(None, ox.NamedNode(expand("dcterms:isReplacedBy")), node, None)
        found = sorted(q.subject.value.removeprefix(DEFAULT_BASE) for q in quads if isinstance(q.subject, ox.NamedNode))
    assert found
    return found


@pytest.fixture(scope="module")
def withheld(tmp_path_factory: pytest.TempPathFactory, root: Path, old: list[str]) -> Path:
    """A graph of the sample papers without these; the last is listed by an IRI that it bore before."""
    folder = tmp_path_factory.mktemp("withheld")
    listed = (*_GONE[:-1], old[0])
    (folder / "withhold.yaml").write_text("things:\n" + "".join(f"  - {iri}\n" for iri in listed), encoding="utf-8")
    config = Config(store=folder / "graph", withhold=folder / "withhold.yaml")
    # the papers under names that tell nothing
    papers = []
    for number, name in enumerate(PAPERS):
        papers.append(folder / f"paper-{number}{Path(name).suffix}")
        papers[-1].write_bytes((root / "data/documents" / name).read_bytes())
    build(papers, config, now=NOW, stages=default_stages(config))
    return folder / "graph"


@pytest.fixture(scope="module")
def closed(withheld: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(withheld, tmp_path_factory.mktemp("closed"), "--rate", 10000) as server:
        yield server


def _check(text: str, where: str) -> None:
    found = _TELLING.search(text)
    assert found is None, (where, text[max(0, found.start() - 100) : found.end() + 100])


def test_the_names_are_there_where_nothing_is_withheld(server: Server) -> None:
    """Else the other tests here could not fail."""
    for path in ("/search?q=indi", "/search?q=ai.mee", "/search?q=orebro+universitet", "/questions/decisions"):
        assert _TELLING.search(server.get(path).text), path


def test_its_addresses_say_no_more_than_that_it_is_gone(closed: Server, server: Server, old: list[str]) -> None:
    for thing in (*_GONE, *old):
        path = f"/beslutsgraf/id/{thing}"
        assert server.get(path).status == (301 if thing in old else 303)
        for ending in ("", ".html", ".ttl", ".jsonld", ".nt", ".rdf", "?format=nt", "?lang=en"):
            for method in ("GET", "HEAD"):
                reply = closed.ask(method, path + ending)
                assert reply.status == 410, (path + ending, reply.status)
                _check(reply.text, path + ending)
                _check(reply.headers.get("location", "") + reply.headers.get("link", ""), path + ending)


def test_pages_questions_search_and_description(closed: Server, server: Server) -> None:
    seen: set[str] = set()
    left = ["/", "/search?q=indi", "/search?q=ai+mee", "/browse", "/questions", "/about", "/dataset.ttl",
            "/dataset.jsonld", "/.well-known/void", "/terms.json", "/sparql", "/beslutsgraf/ns.html"]  # fmt: skip
    while left and len(seen) < 400:
        path = left.pop(0)
        if path in seen:
            continue
        seen.add(path)
        reply = closed.get(path, "text/html")
        assert reply.status == 200 or "?" in path or "/questions/" in path, (path, reply.status)
        # what was asked for stands in the form and the address of the other language
        asked = re.sub(r'value="[^"]*"|q=[\w+%.]*|<title>.*</title>', "", reply.text)
        _check(asked, path)
        for link in re.findall(r'href="(/[^"#]*)', reply.text):
            link = link.replace("&amp;", "&")
            if "lang=en" not in link and not link.startswith(("/assets", "/sparql?")):
                left.append(link)
    assert len(seen) > 100


@pytest.mark.parametrize("name", ["lineage", "project", "funders", "decisions", "thing", "things", "explain"])
def test_questions_that_name_it(closed: Server, server: Server, name: str) -> None:
    given = {"thing": ("iri", f"{DEFAULT_BASE}project/ai-mee"), "things": ("name", "AI.MEE")}
    given["explain"] = given["thing"]
    key, value = given.get(name, ("project", "AI.MEE"))
    key = "thing" if name == "explain" else key
    path = f"/questions/{name}?lang=en&{key}={quote(value, safe='')}"
    assert "<tbody>" in server.get(path).text
    page = closed.get(path).text
    assert "<tbody>" not in page


def test_the_endpoint_holds_no_word_of_it(closed: Server) -> None:
    every = "SELECT ?g ?s ?p ?o { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
    reply = closed.query(every, "text/tab-separated-values")
    assert reply.status == 200 and reply.text.count("\n") > 1000
    _check(reply.text, "/sparql")
    assert f"{_GONE[-1]}>" not in reply.text and f"{_GONE[-1]}_" not in reply.text
    for thing in _GONE:
        for text in (f"DESCRIBE <{DEFAULT_BASE}{thing}>", f"CONSTRUCT WHERE {{ ?s ?p <{DEFAULT_BASE}{thing}> }}"):
            assert closed.query(text, "application/n-triples").body == b""


def test_files(withheld: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    with open_graph(withheld) as opened:
        publish_site(opened, site, Options("https://data.example.org"))
    files = [p for p in site.rglob("*") if p.is_file() and "vendor" not in p.parts]
    assert len(files) > 100
    for path in files:
        name = path.relative_to(site).as_posix()
        # to answer 410 a host must be told of what
        if path.name != ".htaccess":
            _check(name, name)
            body = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
            _check(body.decode("utf-8", "replace"), name)
    told = (site / ".htaccess").read_text(encoding="utf-8")
    assert all(re.escape(f"beslutsgraf/id/{thing}") in told for thing in _GONE)


def test_a_folder_that_held_it_holds_it_no_longer(graph: Path, withheld: Path, tmp_path: Path) -> None:
    """A site that is published again after something was withheld."""
    site = tmp_path / "site"
    for directory in (graph, withheld):
        with open_graph(directory) as opened:
            publish_site(opened, site, Options(dumps=False))
    for path in site.rglob("*"):
        if path.is_file() and path.name != ".htaccess" and "vendor" not in path.parts:
            _check(path.relative_to(site).as_posix(), str(path))
            _check(path.read_text(encoding="utf-8", errors="replace"), str(path))
