"""Pages without any art: what is needed where nothing better is there."""

from __future__ import annotations

from html import escape

import pyoxigraph as ox

from kg.graph.store import GraphStore
from kg.publish.interface import Page, PageRequest
from kg.publish.site import DATA_FORMS, Site
from kg.terms import PREFIXES, expand

_WORDS = {
    "sv": {"facts": "Uppgifter", "data": "Data", "endpoint": "SPARQL-tjänst", "things": "saker", "home": "Beslutsgraf"},
    "en": {"facts": "Facts", "data": "Data", "endpoint": "SPARQL endpoint", "things": "things", "home": "Beslutsgraf"},
}


def render_page(graph: GraphStore, iri: str, language: str) -> str:
    """The page of the thing, whole HTML: its facts as the default graph states them, with links to its data."""
    site, node = Site(graph.manifest.base), ox.NamedNode(iri)
    words = _WORDS[language]
    quads = graph.store.quads_for_pattern(node, None, None, ox.DefaultGraph())
    facts = sorted({(str(q.predicate.value), _show(graph.store, site, q.object)) for q in quads})
    rows = "".join(f"<dt>{escape(_shorten(predicate))}</dt><dd>{shown}</dd>" for predicate, shown in facts)
    links = " ".join(
        f'<a href="{escape(address)}" rel="alternate">{form}</a>'
        for form in DATA_FORMS
        if (address := site.address(iri, form)) is not None
    )
    title = escape(label_of(graph.store, node))
    return _page(language, title, f"<h1>{title}</h1><dl>{rows}</dl><p>{words['data']}: {links}</p>")


def render_home(request: PageRequest) -> Page:
    """The front page: what the graph holds, and where to ask it."""
    words = _WORDS[request.language]
    counts = "".join(f"<dt>{escape(kind)}</dt><dd>{count}</dd>" for kind, count in request.graph.manifest.entities)
    body = f'<h1>{words["home"]}</h1><dl>{counts}</dl><p><a href="/sparql">{words["endpoint"]}</a></p>'
    return Page(_page(request.language, words["home"], body))


def render_problem(status: int, title: str, detail: str, language: str) -> str:
    """The page of an error."""
    return _page(language, escape(title), f"<h1>{status} {escape(title)}</h1><p>{escape(detail)}</p>")


def label_of(store: ox.Store, node: ox.NamedNode) -> str:
    """The first label of a thing, else its IRI."""
    found = [
        str(quad.object.value)
        for name in ("rdfs:label", "skos:prefLabel")
        for quad in store.quads_for_pattern(node, ox.NamedNode(expand(name)), None, ox.DefaultGraph())
        if isinstance(quad.object, ox.Literal)
    ]
    return min(found, default=node.value)


def _show(store: ox.Store, site: Site, term: object) -> str:
    if isinstance(term, ox.NamedNode):
        href = site.path_of(term.value) or term.value
        text = escape(label_of(store, term))
        return f'<a href="{escape(href)}">{text}</a>' if href.startswith(("/", "http://", "https://")) else text
    return escape(str(getattr(term, "value", term)))


def _shorten(iri: str) -> str:
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


def _page(language: str, title: str, body: str) -> str:
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title>'
    return f'<!DOCTYPE html>\n<html lang="{language}"><head>{head}</head><body><main>{body}</main></body></html>\n'
