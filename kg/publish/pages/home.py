"""The front page."""

from __future__ import annotations

from kg.graph.store import GraphStore
from kg.publish.interface import Page, PageRequest
from kg.publish.pages.acts import read_acts
from kg.publish.pages.links import Links
from kg.publish.pages.listing import FACETS, listing_of
from kg.publish.pages.reader import Reader
from kg.publish.pages.templating import answer, links_of, render
from kg.query import list_queries
from kg.terms import NAMESPACE

_QUESTIONS = ("lineage", "granted-by-year", "funders", "money-by-county", "rejections", "returning-ideas")


def show_home(request: PageRequest) -> Page:
    """``/``."""
    return answer(render_home(request.graph, links_of(request)))


def render_home(graph: GraphStore, links: Links) -> str:
    """What the graph holds, how to look into it, and the latest decisions."""
    manifest = graph.manifest
    reader = Reader(graph.store, manifest.base, links.language)
    listing = listing_of(graph)
    counts = [(reader.label(NAMESPACE + kind), number) for kind, number in manifest.entities]
    questions = {q.name: q for q in list_queries()}
    shown = [questions[name] for name in _QUESTIONS if name in questions]
    return render(
        "home.html",
        links,
        counts=sorted(counts, key=lambda c: -c[1]),
        papers=len(manifest.papers),
        quads=manifest.quads,
        claims=manifest.claims,
        built=manifest.built[:10],
        facets=FACETS,
        years=sorted(listing.counts["year"], reverse=True)[:8],
        acts=read_acts(reader, [a.iri for a in listing.acts[:8]]),
        questions=[(q.name, q.question_sv if links.language == "sv" else q.question_en) for q in shown],
    )
