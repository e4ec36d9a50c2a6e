"""What the graph is made of, and how."""

from __future__ import annotations

from kg.graph.store import GraphStore
from kg.publish.interface import Page, PageRequest
from kg.publish.metadata import partitions_of
from kg.publish.pages.links import Links
from kg.publish.pages.reader import Reader, shorten
from kg.publish.pages.templating import answer, links_of, render
from kg.publish.pages.wording import Words
from kg.terms import NAMESPACE, ONTOLOGY_GRAPH


def show_about(request: PageRequest) -> Page:
    """``/about``."""
    return answer(render_about(request.graph, links_of(request)))


def render_about(graph: GraphStore, links: Links, downloads: tuple[str, ...] = ()) -> str:
    """Papers read and refused, things by class, what the build was made from."""
    manifest = graph.manifest
    reader = Reader(graph.store, manifest.base, links.language)
    words, counts = Words(links.language), partitions_of(graph)
    return render(
        "about.html",
        links,
        active="about",
        manifest=manifest,
        counts=sorted((reader.label(NAMESPACE + kind), number) for kind, number in manifest.entities),
        described=[(form, _file(links, f"/dataset.{form}")) for form in ("ttl", "jsonld")],
        downloads=[(_file(links, f"/{name}"), name.partition("/")[2]) for name in downloads],
        statistics=[
            (title, [(reader.label(iri), shorten(iri), number) for iri, number in sorted(counted.items())])
            for title, counted in (
                (words("classes"), counts.classes),
                (words("properties"), counts.properties),
            )
        ],
        ontology=links.thing(ONTOLOGY_GRAPH),
        papers=[
            (links.thing(f"{manifest.base}document/{p.id}"), p.source.rpartition("/")[2], p.form, p.claims)
            for p in sorted(manifest.papers, key=lambda p: (p.source.rpartition("/")[2], p.id))[:1000]
        ],
    )


def _file(links: Links, path: str) -> str:
    """The address of a file at the top of the site."""
    return links.asset(f"..{path}") if links.static else path
