"""What is written for people.

``render_page`` gives the page of a thing, ``render_problem`` that of an error, ``PAGES`` the other pages of the site by
path.  A path that ends with a stroke stands for all below it.
"""

from __future__ import annotations

from kg.graph.store import GraphStore
from kg.publish.interface import Handler
from kg.publish.metadata import partitions_of
from kg.publish.pages.about import show_about
from kg.publish.pages.browse import show_browse
from kg.publish.pages.dataset import show_dataset, show_terms
from kg.publish.pages.editor import show_editor
from kg.publish.pages.home import show_home
from kg.publish.pages.listing import listing_of
from kg.publish.pages.names import index_of
from kg.publish.pages.questions import show_question, show_questions
from kg.publish.pages.search import show_search
from kg.publish.pages.templating import render_problem
from kg.publish.pages.thing import render_page

PAGES: dict[str, Handler] = {
    "/": show_home,
    "/search": show_search,
    "/browse": show_browse,
    "/browse/": show_browse,
    "/questions": show_questions,
    "/questions/": show_question,
    "/about": show_about,
    "/dataset": show_dataset,
    "/dataset.ttl": show_dataset,
    "/dataset.jsonld": show_dataset,
    "/.well-known/void": show_dataset,
    "/terms.json": show_terms,
    "/sparql": show_editor,
}



def prepare_pages(graph: GraphStore) -> None:
    """Makes what pages need of the whole graph, and keep while it is open, before anyone asks for them."""
    listing_of(graph)
    index_of(graph)
    partitions_of(graph)


__all__ = ["PAGES", "prepare_pages", "render_page", "render_problem"]
