"""All decisions of a graph, in columns by which they can be browsed."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import dataclass
from weakref import WeakKeyDictionary

import pyoxigraph as ox

from kg.graph.store import GraphStore
from kg.publish.pages.reader import node
from kg.terms import OUTCOMES, code_iri

_DEFAULT = ox.DefaultGraph()
FACETS = ("year", "body", "region", "outcome")
"""By what decisions are browsed: year, deciding authority, county of the project, outcome."""

PAGE = 50
"""How many decisions stand on a page."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A decision with its keys by facet: years as text, ends of IRIs below the base, codes."""

    iri: str
    date: str
    keys: dict[str, tuple[str, ...]]


class Listing:
    """The decisions, the latest first."""

    def __init__(self, store: ox.Store, base: str) -> None:
        years = _pairs(store, "bg:year")
        dates = _pairs(store, "bg:date")
        bodies = _pairs(store, "bg:authority")
        outcomes = _pairs(store, "bg:outcome")
        projects = _pairs(store, "bg:project")
        counties = _counties(store)
        codes = {code_iri("outcome", code): code for code in OUTCOMES}
        found = []
        of_class = store.quads_for_pattern(None, node("rdf:type"), node("bg:Decision"), _DEFAULT)
        for iri in sorted(q.subject.value for q in of_class if isinstance(q.subject, ox.NamedNode)):
            places = {county for p in projects.get(iri, ()) for county in counties.get(p, ())}
            keys = {
                "year": tuple(sorted(years.get(iri, ()))),
                "body": tuple(sorted(b.removeprefix(base) for b in bodies.get(iri, ()))),
                "region": tuple(sorted(p.removeprefix(base) for p in places)),
                "outcome": tuple(sorted(codes[o] for o in outcomes.get(iri, ()) if o in codes)),
            }
            found.append(Listed(iri, min(dates.get(iri, ("",))), keys))
        self.acts = tuple(sorted(found, key=lambda a: a.date, reverse=True))
        self.counts: dict[str, Counter[str]] = {
            facet: Counter(key for act in self.acts for key in act.keys[facet]) for facet in FACETS
        }

    def choose(self, wanted: dict[str, str]) -> list[str]:
        """The IRIs of the decisions that have all these keys, the latest first."""
        return [a.iri for a in self.acts if all(key in a.keys[facet] for facet, key in wanted.items())]


def _pairs(store: ox.Store, predicate: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for quad in store.quads_for_pattern(None, node(predicate), None, _DEFAULT):
        found.setdefault(quad.subject.value, []).append(quad.object.value)  # type: ignore[union-attr]
    return found


def _counties(store: ox.Store) -> dict[str, set[str]]:
    """Project -> the counties in which it lies, or in which its municipalities lie."""
    broader = _pairs(store, "skos:broader")
    of_class = store.quads_for_pattern(None, node("rdf:type"), node("bg:County"), _DEFAULT)
    counties = {q.subject.value for q in of_class}  # type: ignore[union-attr]
    found: dict[str, set[str]] = {}
    for project, places in _pairs(store, "dcterms:spatial").items():
        above = {o for place in places for o in (place, *broader.get(place, ()))}
        found[project] = above & counties
    return found


_LISTINGS: WeakKeyDictionary[GraphStore, Listing] = WeakKeyDictionary()
_LOCK = threading.Lock()


def listing_of(graph: GraphStore) -> Listing:
    """The listing of a graph, made when it is first asked for."""
    with _LOCK:
        found = _LISTINGS.get(graph)
        if found is None:
            found = _LISTINGS[graph] = Listing(graph.store, graph.manifest.base)
        return found
