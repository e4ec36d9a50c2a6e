"""The description of the graph for machines, and the terms for completion in the editor."""

from __future__ import annotations

import json

from kg.graph.store import GraphStore
from kg.publish.interface import Page, PageRequest
from kg.publish.metadata import Described, describe_graph, partitions_of, write_description
from kg.publish.pages.reader import Reader
from kg.terms import PREFIXES

_ENDINGS = {"": ("ttl", "text/turtle"), ".ttl": ("ttl", "text/turtle"), ".jsonld": ("jsonld", "application/ld+json")}


def show_dataset(request: PageRequest) -> Page:
    """``/dataset``, ``/dataset.ttl``, ``/dataset.jsonld`` and ``/.well-known/void``."""
    ending = request.path.removeprefix("/dataset") if request.path.startswith("/dataset") else ""
    form, media = _ENDINGS[ending]
    address = request.address
    about = Described(address, f"{address}/sparql", request.publication)
    body = write_description(describe_graph(request.graph, about), form)
    return Page(body, media_type=media, varies=False)


def show_terms(request: PageRequest) -> Page:
    """``/terms.json``: prefixes, and the classes and properties that the graph holds, the most used first."""
    text = json.dumps(list_terms(request.graph, request.language), ensure_ascii=False)
    return Page(text, media_type="application/json")


def list_terms(graph: GraphStore, language: str) -> dict[str, object]:
    """What ``show_terms`` gives, as a table."""
    counts = partitions_of(graph)
    reader = Reader(graph.store, graph.manifest.base, language)
    found: dict[str, object] = {"prefixes": sorted(PREFIXES.items())}
    for name, numbers in (("classes", counts.classes), ("properties", counts.properties)):
        ordered = sorted(numbers.items(), key=lambda item: (-item[1], item[0]))
        found[name] = [{"iri": iri, "label": reader.label(iri), "count": number} for iri, number in ordered]
    return found
