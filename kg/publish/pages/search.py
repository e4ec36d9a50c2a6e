"""The search page."""

from __future__ import annotations

from kg.publish.interface import Page, PageRequest
from kg.publish.pages.names import index_of
from kg.publish.pages.neighbours import name_class
from kg.publish.pages.reader import Reader
from kg.publish.pages.templating import answer, links_of, render


def show_search(request: PageRequest) -> Page:
    """What is like the parameter ``q``."""
    asked = request.get("q").strip()
    links = links_of(request)
    reader = Reader(request.graph.store, request.graph.manifest.base, request.language)
    hits = [
        (links.thing(hit.iri), reader.label(hit.iri), name_class(reader, [hit.kind]), hit.name)
        for hit in (index_of(request.graph).find(asked) if asked else ())
    ]
    return answer(render("search.html", links, asked=asked, hits=hits, active="search"))
