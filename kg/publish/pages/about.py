"""What the graph is made of, and how."""

from __future__ import annotations

from kg.graph.store import GraphStore
from kg.publish.interface import Page, PageRequest
from kg.publish.pages.links import Links
from kg.publish.pages.reader import Reader
from kg.publish.pages.templating import answer, links_of, render
from kg.terms import NAMESPACE, ONTOLOGY_GRAPH


def show_about(request: PageRequest) -> Page:
    """``/about``."""
    return answer(render_about(request.graph, links_of(request)))


def render_about(graph: GraphStore, links: Links) -> str:
    """Papers read and refused, things by class, what the build was made from."""
    manifest = graph.manifest
    reader = Reader(graph.store, manifest.base, links.language)
    return render(
        "about.html",
        links,
        active="about",
        manifest=manifest,
        counts=sorted((reader.label(NAMESPACE + kind), number) for kind, number in manifest.entities),
        ontology=links.thing(ONTOLOGY_GRAPH),
        papers=[
            (links.thing(f"{manifest.base}document/{p.id}"), p.source.rpartition("/")[2], p.form, p.claims)
            for p in sorted(manifest.papers, key=lambda p: (p.source.rpartition("/")[2], p.id))[:1000]
        ],
    )
