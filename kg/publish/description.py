"""What the endpoint says of itself, in the vocabulary of SPARQL 1.1 Service Description."""

from __future__ import annotations

import pyoxigraph as ox

from kg.graph.store import GraphStore
from kg.limits import Limits
from kg.terms import PREFIXES

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_VOID = "http://rdfs.org/ns/void#"
_XSD = PREFIXES["xsd"]
_RESULTS = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV")
_GRAPHS = ("Turtle", "N-Triples", "RDF_XML", "JSON-LD")

LIMIT_TERMS = "https://w3id.org/beslutsgraf/service#"
"""What the properties of the limits begin with."""

# Property -> field or property of Limits; units are in docs/publishing.md.
STATED = {
    "queryTimeLimit": "seconds",
    "queryMemoryLimit": "memory_mb",
    "queryRowLimit": "rows",
    "queryResultLimit": "result_mb",
    "queryLengthLimit": "query_kb",
    "queryRate": "rate",
    "queryBurst": "burst",
    "queriesAtOnce": "processes",
    "queriesOfOneClient": "running",
    "queueLength": "queue",
    "queueTimeLimit": "queue_seconds",
    "requestTimeLimit": "request_seconds",
}


def describe_service(graph: GraphStore, endpoint: str, limits: Limits) -> list[ox.Triple]:
    """The description of the endpoint at the address ``endpoint``: language, formats, default dataset, limits."""
    service = ox.NamedNode(endpoint)
    dataset, default = ox.NamedNode(f"{endpoint}#dataset"), ox.NamedNode(f"{endpoint}#default-graph")
    built = ox.Literal(graph.manifest.built, datatype=ox.NamedNode(_XSD + "dateTime"))
    found = [
        _triple(service, "rdf:type", _sd("Service")),
        _triple(service, _SD + "endpoint", service),
        _triple(service, _SD + "supportedLanguage", _sd("SPARQL11Query")),
        _triple(service, _SD + "defaultDataset", dataset),
        _triple(dataset, "rdf:type", _sd("Dataset")),
        _triple(dataset, _SD + "defaultGraph", default),
        _triple(default, "rdf:type", _sd("Graph")),
        _triple(dataset, _VOID + "triples", _integer(graph.manifest.quads)),
        _triple(dataset, "dcterms:modified", built),
    ]
    found += [_triple(service, _SD + "resultFormat", ox.NamedNode(_FORMATS + n)) for n in (*_RESULTS, *_GRAPHS)]
    for name, field in STATED.items():
        value = getattr(limits, field)
        literal = _integer(value) if isinstance(value, int) else ox.Literal(f"{value:g}", datatype=_decimal())
        found.append(_triple(service, LIMIT_TERMS + name, literal))
    words = (
        f"Read-only. A query may take {limits.seconds:g} seconds, {limits.memory_mb} MB of memory and "
        f"{limits.query_kb} kB of text; its answer may have {limits.rows} rows and {limits.result_mb} MB. "
        "An answer is whole or an error. SERVICE and updates are refused."
    )
    found.append(_triple(service, "rdfs:comment", ox.Literal(words, language="en")))
    return sorted(found, key=str)


def _triple(subject: ox.NamedNode, predicate: str, value: ox.NamedNode | ox.Literal) -> ox.Triple:
    prefix, _, local = predicate.partition(":")
    return ox.Triple(subject, ox.NamedNode(PREFIXES[prefix] + local if prefix in PREFIXES else predicate), value)


def _sd(name: str) -> ox.NamedNode:
    return ox.NamedNode(_SD + name)


def _integer(value: int) -> ox.Literal:
    return ox.Literal(str(value), datatype=ox.NamedNode(_XSD + "integer"))


def _decimal() -> ox.NamedNode:
    return ox.NamedNode(_XSD + "decimal")
