"""What the graph holds of a thing: its facts, what points to it, and the words that the facts rest on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kg.publish.site import FORMS
from kg.terms import PREFIXES, expand

MOST_INCOMING = 1000
"""Of a thing to which more statements point, none of them stand in its data: ask the endpoint."""

UNFIT_FOR_XML = re.compile(b"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")
"""What no XML may hold, of UTF-8: the engine writes it as it is, and what stands for it there is U+FFFD."""

RDF_FORMATS: dict[str, ox.RdfFormat] = {
    "ttl": ox.RdfFormat.TURTLE,
    "jsonld": ox.RdfFormat.JSON_LD,
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdf": ox.RdfFormat.RDF_XML,
}
# What a claim or derived fact points to belongs to it: the words, and how they are found in the paper.
_INTO_EVIDENCE = frozenset(ox.NamedNode(expand(name)) for name in ("prov:wasDerivedFrom", "oa:hasSelector"))

_SUBJECT = ox.NamedNode(expand("rdf:subject"))


def is_thing(store: ox.Store, iri: str) -> bool:
    """Whether the graph says anything of the IRI, or has a graph of that name."""
    try:
        node = ox.NamedNode(iri)
    except ValueError:
        return False
    if next(store.quads_for_pattern(node, None, None, None), None) is not None:
        return True
    return store.contains_named_graph(node)


def replacement_of(store: ox.Store, iri: str) -> str | None:
    """The IRI that alone has taken the place of another; None where none has, or several have (after a split)."""
    found = store.quads_for_pattern(ox.NamedNode(iri), ox.NamedNode(expand("dcterms:isReplacedBy")), None, None)
    new = {str(quad.object.value) for quad in found if isinstance(quad.object, ox.NamedNode)}
    return next(iter(new)) if len(new) == 1 else None


def describe_thing(store: ox.Store, iri: str) -> list[ox.Triple]:
    """All that the graph holds of the thing, sorted: every statement of which it is the subject, in whatever graph; the
    merged facts that point to it (at most ``MOST_INCOMING``, else none); the claims and derived facts about it with
    their words; of a paper, or the ontology, its whole graph.  A thing that nothing says anything of gives an empty
    list."""
    node = ox.NamedNode(iri)
    found: set[ox.Triple] = set(_triples(store.quads_for_pattern(node, None, None, None)))
    found.update(_triples(store.quads_for_pattern(None, None, None, node)))
    found.update(_incoming(store, node))
    for quad in store.quads_for_pattern(None, _SUBJECT, node, None):
        _add_evidence(store, quad.subject, quad.graph_name, found)
    return sorted(found, key=str)


def _triples(quads: Iterable[ox.Quad]) -> Iterator[ox.Triple]:
    return (quad.triple for quad in quads)


def _incoming(store: ox.Store, node: ox.NamedNode) -> list[ox.Triple]:
    found: list[ox.Triple] = []
    for quad in store.quads_for_pattern(None, None, node, ox.DefaultGraph()):
        found.append(quad.triple)
        if len(found) > MOST_INCOMING:
            return []
    return found


def _add_evidence(store: ox.Store, node: object, graph: object, found: set[ox.Triple]) -> None:
    left, seen = [node], {node}
    while left:
        subject = left.pop()
        for quad in store.quads_for_pattern(subject, None, None, graph):  # type: ignore[arg-type]
            found.add(quad.triple)
            if quad.predicate in _INTO_EVIDENCE and quad.object not in seen:
                seen.add(quad.object)
                left.append(quad.object)


def serialise(triples: Iterable[ox.Triple], form: str) -> bytes:
    """The triples in one of the data forms of the site (``ttl``, ``jsonld``, ``nt``, ``rdf``), UTF-8."""
    form_format = RDF_FORMATS[form]
    prefixes = PREFIXES if form in ("ttl", "rdf", "jsonld") else None
    body = ox.serialize(triples, format=form_format, prefixes=prefixes) or b""
    return UNFIT_FOR_XML.sub("\ufffd".encode(), body) if form == "rdf" else body


def media_type(form: str) -> str:
    """The Content-Type of a form; those of text say that they are UTF-8."""
    kind = FORMS[form]
    return f"{kind}; charset=utf-8" if kind.startswith("text/") or form == "nt" else kind
