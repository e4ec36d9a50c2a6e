"""The documentation of the vocabulary, at its own IRI."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from kg.publish.pages.links import Links
from kg.publish.pages.reader import Reader, node, shorten
from kg.publish.pages.templating import render
from kg.publish.site import DATA_FORMS, FORMS
from kg.terms import NAMESPACE, ONTOLOGY_GRAPH

_GRAPH = ox.NamedNode(ONTOLOGY_GRAPH)
_KINDS = {"owl:Class": "classes", "owl:ObjectProperty": "properties", "owl:DatatypeProperty": "properties"}
_KINDS |= {"owl:AnnotationProperty": "properties"}

_CODES = {"skos:Concept", "skos:ConceptScheme"}


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the vocabulary with what the ontology says of it; links as pairs of address and name."""

    name: str
    iri: str
    label: str
    other_label: str
    definition: str
    above: tuple[tuple[str | None, str], ...]
    domain: tuple[tuple[str | None, str], ...]
    range: tuple[tuple[str | None, str], ...]
    alike: tuple[tuple[str | None, str], ...]


def render_ontology(reader: Reader, links: Links) -> str:
    """The page of the vocabulary: classes, properties and codes with their definitions."""
    groups: dict[str, list[Term]] = {"classes": [], "properties": [], "codes": []}
    for iri in _subjects(reader):
        kinds = {shorten(o.value) for o in _objects(reader, iri, "rdf:type")}
        group = next((g for k, g in _KINDS.items() if k in kinds), "codes" if kinds & _CODES else None)
        if group is not None:
            groups[group].append(_read_term(reader, links, iri))
    data = [(form, FORMS[form], links.data(ONTOLOGY_GRAPH, form)) for form in DATA_FORMS]
    titles = {getattr(o, "language", None): o.value for o in _objects(reader, ONTOLOGY_GRAPH, "dcterms:title")}
    texts = {getattr(o, "language", None): o.value for o in _objects(reader, ONTOLOGY_GRAPH, "dcterms:description")}
    licences = [o.value for o in _objects(reader, ONTOLOGY_GRAPH, "dcterms:license")]
    versions = [o.value for o in _objects(reader, ONTOLOGY_GRAPH, "owl:versionInfo")]
    return render(
        "ontology.html",
        links,
        title=titles.get(links.language, "Beslutsgraf"),
        description=texts.get(links.language, ""),
        namespace=NAMESPACE,
        licences=licences,
        versions=versions,
        groups=groups,
        forms=[form for form in data if form[2]],
    )


def _subjects(reader: Reader) -> list[str]:
    quads = reader.store.quads_for_pattern(None, node("rdf:type"), None, _GRAPH)
    found = {q.subject.value for q in quads if isinstance(q.subject, ox.NamedNode)}
    return sorted((iri for iri in found if iri.startswith(NAMESPACE)), key=str.casefold)


def _objects(reader: Reader, iri: str, name: str) -> list[Any]:
    quads = reader.store.quads_for_pattern(ox.NamedNode(iri), node(name), None, _GRAPH)
    return sorted((q.object for q in quads), key=str)


def _read_term(reader: Reader, links: Links, iri: str) -> Term:
    labels = {
        o.language: o.value
        for name in ("rdfs:label", "skos:prefLabel")
        for o in _objects(reader, iri, name)
        if isinstance(o, ox.Literal)
    }

    def name_all(*names: str) -> tuple[tuple[str | None, str], ...]:
        found = [o.value for name in names for o in _objects(reader, iri, name) if isinstance(o, ox.NamedNode)]
        return tuple((links.thing(o), shorten(o)) for o in found)

    return Term(
        iri.removeprefix(NAMESPACE),
        iri,
        labels.get(links.language) or next(iter(labels.values()), shorten(iri)),
        next((text for language, text in sorted(labels.items(), key=str) if language != links.language), ""),
        reader.comment(iri),
        name_all("rdfs:subClassOf", "rdfs:subPropertyOf", "skos:inScheme"),
        name_all("rdfs:domain"),
        name_all("rdfs:range"),
        name_all("skos:closeMatch", "skos:exactMatch", "owl:equivalentProperty"),
    )
