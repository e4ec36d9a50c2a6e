"""All files of the static site."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit
from xml.sax.saxutils import escape

import pyoxigraph as ox

from kg.graph.store import GraphStore
from kg.publication import UNSTATED, Publication
from kg.publish.interface import LANGUAGES
from kg.publish.metadata import Described, describe_graph, write_description
from kg.publish.pages.about import render_about
from kg.publish.pages.browse import count_pages, page_path, render_browse
from kg.publish.pages.editor import render_editor
from kg.publish.pages.home import render_home
from kg.publish.pages.listing import FACETS, listing_of
from kg.publish.pages.names import index_of
from kg.publish.pages.neighbours import name_class
from kg.publish.pages.questions import render_question, render_questions
from kg.publish.pages.reader import Reader, node
from kg.publish.pages.templating import render
from kg.publish.site import Site
from kg.publish.static.dumps import DUMPS, put_dumps
from kg.publish.static.links import Frame, StaticLinks
from kg.publish.static.parts import Part, Parts, read_parts, sign_build, sign_program, write_parts
from kg.publish.static.redirects import write_host_file, write_w3id_file
from kg.publish.static.things import Progress, put_things
from kg.publish.static.writer import PARTS, Report, SiteWriter, writing
from kg.query import execute, list_queries, prepare
from kg.terms import ENTITY_TYPES, NAMESPACE, ONTOLOGY_GRAPH

_DEFAULT = ox.DefaultGraph()
_CLASSES = (*ENTITY_TYPES, "Application", "Document")
ASSETS = Path(__file__).resolve().parent.parent / "assets"
# Of assets that only the server's pages use.
_SERVED_ONLY = ("yasgui", "editor.js", "editor.css")

# The name under which the files that are of no thing are noted among the parts.
_REST = ""


@dataclass(frozen=True, slots=True)
class Options:
    """``address``: where the site will stand, without a stroke at its end; empty: at the host of the base.
    ``dumps``: whether the whole graph is written too; ``publication``: who publishes it, on what terms."""

    address: str = ""
    dumps: bool = True
    publication: Publication = UNSTATED


def publish_site(graph: GraphStore, folder: Path, options: Options, progress: Progress | None = None) -> Report:
    """Writes the site into ``folder`` and tells what changed; what is already there and the same is neither made again
    nor written.

    Raises UsageError where the folder holds other files, StoreError where it cannot be written.
    """
    with writing(folder) as writer:
        return _write_site(writer, graph, options, progress)


def _write_site(writer: SiteWriter, graph: GraphStore, options: Options, progress: Progress | None) -> Report:
    program, build = sign_program(options), sign_build(graph)
    before = read_parts(writer.folder / PARTS)
    if before is None or before.program != program:
        before = Parts(program, "", {})
    put_assets(writer)
    rest = before.things.pop(_REST, None)
    if rest is not None and before.build == build and _keep_all(writer, [rest, *before.things.values()]):
        return writer.finish()
    site = Site(graph.manifest.base)
    things = list_things(graph.store, graph.manifest.base)
    known = frozenset(things)

    def holds(iri: str) -> bool:
        return iri in known or iri == ONTOLOGY_GRAPH or iri.startswith(NAMESPACE)

    frame = Frame(site, holds, options.publication)
    parts = put_things(writer, graph, frame, [*things, ONTOLOGY_GRAPH], before, build, progress)
    held = set(writer.seen)
    if rest is None or before.build != build or not writer.keep(rest.files):
        put_rest(writer, graph, frame, options)
        rest = Part((), build, tuple(sorted(set(writer.seen) - held)))
    if before.build != build or parts != before.things:
        writer.note(PARTS, write_parts(Parts(program, build, parts | {_REST: rest})))
    return writer.finish()


def _keep_all(writer: SiteWriter, parts: Iterable[Part]) -> bool:
    return all(writer.keep(part.files) for part in parts)


def put_rest(writer: SiteWriter, graph: GraphStore, frame: Frame, options: Options) -> None:
    """All that is of the graph as a whole: pages that are no thing, search, dumps, description, files for hosts."""
    site, base = frame.site, urlsplit(graph.manifest.base)
    host = f"{base.scheme}://{base.netloc}" if base.netloc else "https://localhost"
    address = (options.address or host).rstrip("/")
    for path, language, text in list_pages(graph, frame, tuple(DUMPS) if options.dumps else ()):
        writer.put(frame.page(path, language).here, text)
    put_search(writer, graph, frame)
    texts = {q.name: f"# {q.question_sv}\n# {q.question_en}\n{q.bare}" for q in list_queries()}
    writer.put("queries.json", json.dumps(texts, ensure_ascii=False, sort_keys=True, indent=0))
    about = Described(address, publication=options.publication)
    files = put_dumps(writer, graph, about) if options.dumps else []
    triples = describe_graph(graph, about, files)
    for name, form in (("dataset.ttl", "ttl"), ("dataset.jsonld", "jsonld"), (".well-known/void", "ttl")):
        writer.put(name, write_description(triples, form))
    put_sitemap(writer, address, sorted(n for n in writer.seen if n.endswith(".html")))
    writer.put("robots.txt", f"User-agent: *\nAllow: /\nSitemap: {address}/sitemap.xml\n")
    writer.put(".htaccess", write_host_file(site, graph.manifest.withheld))
    if options.address:
        writer.put("w3id/.htaccess", write_w3id_file(site, address, graph.manifest.withheld))


def list_things(store: ox.Store, base: str) -> list[str]:
    """The things that have pages, sorted: of the classes of things, and IRIs of before with those that they are now."""
    found: set[str] = set()
    for name in _CLASSES:
        quads = store.quads_for_pattern(None, node("rdf:type"), ox.NamedNode(NAMESPACE + name), _DEFAULT)
        found.update(q.subject.value for q in quads if isinstance(q.subject, ox.NamedNode))
    quads = store.quads_for_pattern(None, node("dcterms:isReplacedBy"), None, _DEFAULT)
    found.update(q.subject.value for q in quads if isinstance(q.subject, ox.NamedNode))
    return sorted(iri for iri in found if iri.startswith(base) and iri != base)


def put_assets(writer: SiteWriter) -> None:
    """Style sheet, scripts and, where they are installed, the parts of others that they use."""
    for path in sorted(ASSETS.rglob("*")):
        name = path.relative_to(ASSETS).as_posix()
        if path.is_file() and not any(part in _SERVED_ONLY for part in path.relative_to(ASSETS).parts):
            writer.put(f"assets/{name}", path.read_bytes())


def list_pages(graph: GraphStore, frame: Frame, downloads: tuple[str, ...]) -> Iterator[tuple[str, str, str]]:
    """Path, language and text of every page that is no thing."""
    for language in LANGUAGES:
        reader = Reader(graph.store, graph.manifest.base, language)

        def links(path: str, language: str = language) -> StaticLinks:
            return frame.page(path, language)

        yield "/", language, render_home(graph, links("/"))
        yield "/about", language, render_about(graph, links("/about"), downloads)
        yield "/search", language, render("search.html", links("/search"), asked="", hits=[], active="search")
        yield "/sparql", language, render_editor(links("/sparql"))
        yield "/questions", language, render_questions(links("/questions"))
        listing = listing_of(graph)
        yield "/browse", language, render_browse(reader, links("/browse"), listing, {}, "1")
        for facet in FACETS:
            for key in sorted(listing.counts[facet]):
                for number in range(1, count_pages(listing, facet, key) + 1):
                    path = page_path(facet, key, number)
                    yield path, language, render_browse(reader, links(path), listing, {facet: key}, str(number))
        for query in list_queries():
            path = f"/questions/{query.name}"
            prepared = None if any(p.required for p in query.parameters) else prepare(query.name)
            table = None if prepared is None else execute(graph.store, prepared)
            yield path, language, render_question(reader, links(path), query, {}, prepared, table)


def put_search(writer: SiteWriter, graph: GraphStore, frame: Frame) -> None:
    """The index that the search page reads: names, what they are, where their pages are."""
    for language in LANGUAGES:
        reader = Reader(graph.store, graph.manifest.base, language)
        links = frame.page("/search", language)
        found: dict[str, list[object]] = {}
        for _, iri, kind, name in index_of(graph).entries():
            if iri not in found:
                found[iri] = [reader.label(iri), name_class(reader, [kind]), links.thing(iri)]
            if name != found[iri][0]:
                found[iri].append(name)
        text = json.dumps(list(found.values()), ensure_ascii=False, separators=(",", ":"))
        writer.put("search-index.json" if language == LANGUAGES[0] else f"search-index.{language}.json", text)


MOST_PLACES = 50_000
"""How many addresses one file of a sitemap may hold."""


def put_sitemap(writer: SiteWriter, address: str, names: list[str], most: int = MOST_PLACES) -> None:
    """The sitemap of the pages: one file, or where they are more than ``most`` an index of several."""
    places = [f"{address}/{quote(name)}" for name in names]
    if len(places) <= most:
        writer.put("sitemap.xml", _list_places("urlset", "url", places))
        return
    parts = []
    for number, start in enumerate(range(0, len(places), most), 1):
        writer.put(f"sitemap-{number}.xml", _list_places("urlset", "url", places[start : start + most]))
        parts.append(f"{address}/sitemap-{number}.xml")
    writer.put("sitemap.xml", _list_places("sitemapindex", "sitemap", parts))


def _list_places(root: str, item: str, places: list[str]) -> str:
    rows = "".join(f"<{item}><loc>{escape(place)}</loc></{item}>\n" for place in places)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    return f'{head}<{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{rows}</{root}>\n'
