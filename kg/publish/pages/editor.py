"""The page on which SPARQL is written."""

from __future__ import annotations

from kg.errors import UsageError
from kg.publish.interface import Page, PageRequest
from kg.publish.pages.links import Links
from kg.publish.pages.questions import say_question, show_text
from kg.publish.pages.templating import answer, links_of, render
from kg.publish.vendor import has_package
from kg.query import find_query, list_queries
from kg.terms import PREFIXES

FORMATS = ("json", "csv", "tsv", "xml", "ttl", "jsonld")
_FIRST = """PREFIX bg: <https://w3id.org/beslutsgraf/ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

SELECT ?project ?name ?granted WHERE {
  ?project a bg:Project ; rdfs:label ?name ; bg:grantedTotal ?granted .
}
ORDER BY DESC(?granted)
LIMIT 20"""


def show_editor(request: PageRequest) -> Page:
    """``/sparql`` for a browser: with ``question`` the prepared question of that name, else a first example."""
    return answer(render_editor(links_of(request), request.get("question")))


def render_editor(links: Links, question: str = "") -> str:
    """The editor, holding a prepared question where one is named; without scripts a form."""
    try:
        text = show_text(find_query(question), links.language) if question else _FIRST
    except UsageError:
        text = _FIRST
    examples = [(q.name, say_question(q, links.language)) for q in list_queries()]
    return render(
        "sparql.html",
        links,
        wasm=links.static,
        engine=has_package("oxigraph"),
        editor=has_package("yasgui"),
        dump=links.asset("../dumps/graph.nq.gz"),
        queries=links.asset("../queries.json"),
        active="sparql",
        text=text,
        examples=examples,
        prefixes=sorted(PREFIXES.items()),
        formats=FORMATS,
    )
