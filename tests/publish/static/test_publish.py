"""The static site, made from a real graph: everything links to something, and only what changed is written."""

from __future__ import annotations

import gzip
import hashlib
import json
import posixpath
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pyoxigraph as ox
import pytest

from kg.errors import StoreError, UsageError
from kg.graph.store import GraphStore, open_graph
from kg.publish.static import Options, publish_site
from kg.publish.static.site import list_things, put_sitemap
from kg.publish.static.writer import LIST, open_writer
from kg.publish.things import describe_thing
from kg.terms import DEFAULT_BASE
from tests.publish.conftest import write_graph

_ADDRESS = "https://data.example.org"
_STAR = "beslutsgraf/id/project/ai-all-star"


@pytest.fixture(scope="module")
def opened(graph: Path) -> Iterator[GraphStore]:
    with open_graph(graph) as found:
        yield found


@pytest.fixture(scope="module")
def site(opened: GraphStore, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("static") / "site"
    report = publish_site(opened, folder, Options(_ADDRESS))
    assert report.written > 300 and (report.unchanged, report.removed) == (0, 0)
    return folder


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.twice: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        table = dict(attrs)
        if table.get("id"):
            if table["id"] in self.ids:
                self.twice.append(str(table["id"]))
            self.ids.add(str(table["id"]))
        for name in ("href", "src", "data-index", "data-dump", "data-queries", "data-engine", "action"):
            if table.get(name) and not (tag == "link" and table.get("rel") == "canonical"):
                self.links.append(str(table[name]))


def test_every_link_and_alternate_leads_to_a_file(site: Path) -> None:
    pages = {}
    for path in site.rglob("*.html"):
        parser = _Links()
        parser.feed(path.read_text(encoding="utf-8"))
        pages[path.relative_to(site).as_posix()] = parser
        assert not parser.twice, (path, parser.twice)
    checked = 0
    for name, parser in pages.items():
        for link in parser.links:
            if link.startswith(("https://", "http://")):
                continue
            target, _, fragment = link.partition("#")
            file = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(target))) if target else name
            assert (site / file).is_file(), (name, link)
            if fragment and file in pages and not file.startswith("sparql"):
                assert unquote(fragment) in pages[file].ids, (name, link)
            checked += 1
    assert checked > 5000


def test_every_thing_has_its_page_and_data(opened: GraphStore, site: Path) -> None:
    things = list_things(opened.store, DEFAULT_BASE)
    assert len(things) > 40
    for iri in things:
        stem = "beslutsgraf/id/" + iri.removeprefix(DEFAULT_BASE)
        for ending in ("html", "en.html", "ttl", "jsonld"):
            assert (site / f"{stem}.{ending}").is_file(), stem
    wanted = set(describe_thing(opened.store, f"{DEFAULT_BASE}project/ai-all-star"))
    for ending, form in (("ttl", ox.RdfFormat.TURTLE), ("jsonld", ox.RdfFormat.JSON_LD)):
        quads = ox.parse((site / f"{_STAR}.{ending}").read_bytes(), format=form)
        assert {q.triple for q in quads} == wanted
    assert (site / "beslutsgraf/ns.html").is_file() and (site / "beslutsgraf/ns.ttl").is_file()


def test_pages_load_nothing_from_elsewhere_and_say_so(site: Path) -> None:
    for path in site.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert "default-src &#39;none&#39;" in text, path
        assert not re.search(r'<(?:script|img|iframe)[^>]*src="(?:https?:)?//', text), path
        assert not re.search(r" (?:style|on[a-z]+)=\"", text), path


def test_dumps_hold_the_whole_graph(opened: GraphStore, site: Path) -> None:
    sums = dict(reversed(line.split("  ")) for line in (site / "dumps/SHA256SUMS").read_text().splitlines())
    for name, digest in sums.items():
        assert hashlib.sha256((site / "dumps" / name).read_bytes()).hexdigest() == digest
    quads = ox.parse(gzip.decompress((site / "dumps/graph.nq.gz").read_bytes()), format=ox.RdfFormat.N_QUADS)
    assert set(quads) == set(opened.store)
    facts = ox.parse(gzip.decompress((site / "dumps/facts.ttl.gz").read_bytes()), format=ox.RdfFormat.TURTLE)
    assert {q.triple for q in facts} == {
        q.triple for q in opened.store.quads_for_pattern(None, None, None, ox.DefaultGraph())
    }


def test_sitemap_search_and_redirects(site: Path) -> None:
    found = ElementTree.parse(site / "sitemap.xml").getroot()
    places = [e.text or "" for e in found.iter() if e.tag.endswith("loc")]
    assert f"{_ADDRESS}/{_STAR}.html" in places
    for place in places:
        assert (site / unquote(place.removeprefix(_ADDRESS + "/"))).is_file(), place
    rows = json.loads((site / "search-index.json").read_text(encoding="utf-8"))
    assert all((site / unquote(row[2])).is_file() for row in rows)
    assert any(row[0] == "Örebro universitet" and row[1] == "organisation" for row in rows)
    redirects = (site / "w3id/.htaccess").read_text(encoding="utf-8")
    assert f"RewriteRule ^id/(.+)$ {_ADDRESS}/beslutsgraf/id/$1.ttl [R=303,L]" in redirects


def test_a_large_sitemap_is_an_index(tmp_path: Path) -> None:
    writer = open_writer(tmp_path / "site")
    put_sitemap(writer, "https://a.example", [f"{n}&.html" for n in range(5)], most=2)
    places = re.findall(r"<loc>([^<]+)</loc>", (tmp_path / "site/sitemap.xml").read_text())
    assert places == [f"https://a.example/sitemap-{n}.xml" for n in (1, 2, 3)]
    found = [re.findall("<loc>", (tmp_path / f"site/sitemap-{n}.xml").read_text()) for n in (1, 2, 3)]
    assert [len(part) for part in found] == [2, 2, 1]


def test_only_what_changed_is_written(opened: GraphStore, site: Path) -> None:
    again = publish_site(opened, site, Options(_ADDRESS))
    assert (again.written, again.removed) == (0, 0) and again.unchanged > 300
    page = site / f"{_STAR}.html"
    before = {path: path.stat().st_mtime_ns for path in site.rglob("*") if path.is_file()}
    page.unlink()
    assert publish_site(opened, site, Options(_ADDRESS)).written == 1
    assert page.is_file()
    untouched = {path for path, time in before.items() if path.stat().st_mtime_ns == time}
    assert set(before) - untouched == {page}


def test_what_is_gone_is_removed_and_nothing_else(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    writer = open_writer(folder)
    writer.put("a/b/one.html", "1")
    writer.put("two.html", "2")
    writer.finish()
    (folder / "own.txt").write_text("mine")
    writer = open_writer(folder)
    writer.put("two.html", "2")
    report = writer.finish()
    assert (report.written, report.unchanged, report.removed) == (0, 1, 1)
    assert sorted(p.name for p in folder.rglob("*")) == [LIST, "own.txt", "two.html"]


def test_folder_of_someone_else_is_left_alone(opened: GraphStore, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    with pytest.raises(UsageError, match="holds other files"):
        publish_site(opened, tmp_path, Options())
    assert [p.name for p in tmp_path.iterdir()] == ["letter.txt"]


@pytest.mark.parametrize("name", ["../out.html", "/etc/x", "a/../../b", "a/./../b"])
def test_no_name_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(StoreError):
        open_writer(tmp_path / "site").put(name, "x")


def test_iris_that_climb_are_refused(tmp_path: Path) -> None:
    iri = ox.NamedNode(f"{DEFAULT_BASE}project/../../../../out")
    kind = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    quads = [ox.Quad(iri, kind, ox.NamedNode("https://w3id.org/beslutsgraf/ns#Project"))]
    with open_graph(write_graph(tmp_path / "graph", quads)) as found, pytest.raises(StoreError):
        publish_site(found, tmp_path / "site", Options())
    assert not (tmp_path / "out.html").exists()
