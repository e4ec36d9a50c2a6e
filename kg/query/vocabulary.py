"""The names that a query may use: prefixes, classes and properties of the vocabulary."""

from __future__ import annotations

from functools import cache

import pyoxigraph as ox

from kg.resources import read_text
from kg.terms import NAMESPACE, PREDICATES, PREFIXES

KEYWORDS = (
    "ASK",
    "BIND",
    "CONSTRUCT",
    "COUNT",
    "DESCRIBE",
    "DISTINCT",
    "EXISTS",
    "FILTER",
    "GRAPH",
    "GROUP BY",
    "HAVING",
    "LIMIT",
    "NOT EXISTS",
    "OFFSET",
    "OPTIONAL",
    "ORDER BY",
    "SELECT",
    "SUM",
    "UNION",
    "VALUES",
    "WHERE",
)
# Names of other vocabularies that the graph uses beside those of facts.
_OTHERS = (
    "rdf:type",
    "rdf:subject",
    "rdf:predicate",
    "rdf:object",
    "rdfs:label",
    "skos:altLabel",
    "skos:notation",
    "skos:prefLabel",
    "skos:broader",
    "prov:wasDerivedFrom",
    "oa:exact",
    "oa:start",
    "oa:end",
    "oa:hasSelector",
    "org:unitOf",
    "owl:sameAs",
    "foaf:homepage",
    "dcterms:format",
)


@cache
def list_names() -> tuple[str, ...]:
    """Prefixes (``bg:``), then classes and properties (``bg:Project``), sorted."""
    own = {
        f"bg:{quad.subject.value.removeprefix(NAMESPACE)}"
        for quad in ox.parse(read_text("ontology", "beslutsgraf.ttl"), format=ox.RdfFormat.TURTLE)
        if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(NAMESPACE)
    }
    facts = {p for properties in PREDICATES.values() for p in properties.values()}
    return (*sorted(f"{prefix}:" for prefix in PREFIXES), *sorted({*own, *facts, *_OTHERS}))
