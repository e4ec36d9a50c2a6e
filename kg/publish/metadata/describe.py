"""The graph described for catalogues and machines: VoID, DCAT-AP 3, DCAT-AP-SE, PROV, example queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from kg.graph.partitions import Partitions
from kg.graph.store import GraphStore
from kg.publication import UNSTATED, Publication
from kg.publish.metadata.builder import WORDS, Builder, both, node, texts, typed, word
from kg.query import list_queries
from kg.terms import NAMESPACE, ONTOLOGY_GRAPH

_EU = "http://publications.europa.eu/resource/authority/"
_PUBLISHER_TYPES = "http://purl.org/adms/publishertype/"


@dataclass(frozen=True, slots=True)
class Distribution:
    """A file or service by which the graph is had: its address, and of a file size and checksum."""

    name: str
    title: str
    address: str
    media: str
    file_type: str
    size: int | None = None
    sha256: str | None = None
    packed: bool = False


@dataclass(frozen=True, slots=True)
class Described:
    """``address``: where the site stands, without a stroke at its end; ``endpoint``: the address of its SPARQL service,
    empty for a site of files, which has none; ``publication``: who publishes, and on what terms."""

    address: str
    endpoint: str = ""
    publication: Publication = UNSTATED

    @property
    def about(self) -> str:
        """The page that tells what the graph is made of."""
        return f"{self.address}/about" if self.endpoint else f"{self.address}/about.html"

    @property
    def landing_page(self) -> str:
        """The page at which people begin."""
        return self.publication.landing_page or f"{self.address}/"


def describe_dataset(
    graph: GraphStore, counts: Partitions, about: Described, files: Iterable[Distribution]
) -> list[ox.Triple]:
    """Catalogue, dataset, distributions, service, build, partitions and examples; sorted, without blank nodes."""
    page = Builder(f"{about.address}/dataset")
    _state_catalogue(page, graph, about)
    _state_dataset(page, graph, counts, about)
    for file in files:
        _state_distribution(page, file, graph, about)
    if about.endpoint:
        _state_service(page, graph, about)
    _state_build(page, graph)
    _state_partitions(page, counts)
    _state_examples(page, about)
    return page.sorted()


_KEYWORDS = (("offentlig finansiering", "public funding"), ("regional utveckling", "regional development"),
             ("projektmedel", "project grants"), ("beslut", "decisions"))  # fmt: skip


def _state_catalogue(page: Builder, graph: GraphStore, about: Described) -> None:
    catalogue = page.iri("catalogue")
    page.add(catalogue, "rdf:type", word("dcat:Catalog"))
    page.add(catalogue, "dcterms:title", *_name("Katalog: ", "Catalogue: ", about))
    page.add(catalogue, "dcterms:description", *texts(about.publication.description))
    page.add(catalogue, "dcterms:publisher", node(_publisher(page, about)))
    page.add(catalogue, "dcterms:language", node(_EU + "language/SWE"), node(_EU + "language/ENG"))
    page.add(catalogue, "dcterms:license", node(about.publication.licence_iri))
    page.add(catalogue, "dcterms:issued", _when(graph))
    page.add(catalogue, "dcterms:modified", _when(graph))
    page.add(catalogue, "dcterms:spatial", *map(node, about.publication.spatial))
    page.add(catalogue, "dcat:themeTaxonomy", node(_EU + "data-theme"))
    page.add(catalogue, "foaf:homepage", node(f"{about.address}/"))
    page.add(catalogue, "dcat:dataset", node(page.iri("graph")))
    if about.endpoint:
        page.add(catalogue, "dcat:service", node(page.iri("service")))
    publisher = _publisher(page, about)
    page.add(publisher, "rdf:type", word("foaf:Agent"))
    page.add(publisher, "foaf:name", ox.Literal(about.publication.publisher_name))
    if about.publication.publisher_type:
        kind = _PUBLISHER_TYPES + about.publication.publisher_type
        page.add(publisher, "dcterms:type", node(kind))
        page.add(kind, "rdf:type", word("skos:Concept"))
        page.add(kind, "skos:prefLabel", ox.Literal(about.publication.publisher_type, language="en"))
    _state_types(page, about)


def _state_types(page: Builder, about: Described) -> None:
    """What the terms of others that are pointed to are, which the shapes ask for."""
    for iri, kind in (
        (about.publication.licence_iri, "dcterms:LicenseDocument"),
        (_EU + "language/SWE", "dcterms:LinguisticSystem"),
        (_EU + "language/ENG", "dcterms:LinguisticSystem"),
        *((place, "dcterms:Location") for place in about.publication.spatial),
        (_EU + "access-right/PUBLIC", "dcterms:RightsStatement"),
        (_EU + f"frequency/{about.publication.frequency}", "dcterms:Frequency"),
        (f"{about.address}/", "foaf:Document"),
        (about.landing_page, "foaf:Document"),
        (about.about, "foaf:Document"),
        (ONTOLOGY_GRAPH, "dcterms:Standard"),
    ):
        page.add(iri, "rdf:type", word(kind))
    for iri, sv, en in (
        (_EU + "data-theme/GOVE", "Regeringen och den offentliga sektorn", "Government and public sector"),
        (_EU + "data-theme/ECON", "Ekonomi och finans", "Economy and finance"),
        (_EU + "planned-availability/STABLE", "stabil", "stable"),
    ):
        page.add(iri, "rdf:type", word("skos:Concept"))
        page.add(iri, "skos:prefLabel", *both(sv, en))
    page.add(_EU + "data-theme", "rdf:type", word("skos:ConceptScheme"))
    page.add(_EU + "data-theme", "dcterms:title", ox.Literal("Data theme", language="en"))


def _state_dataset(page: Builder, graph: GraphStore, counts: Partitions, about: Described) -> None:
    dataset, manifest = page.iri("graph"), graph.manifest
    page.add(dataset, "rdf:type", word("dcat:Dataset"), word("void:Dataset"), word("prov:Entity"))
    page.add(dataset, "dcterms:title", *texts(about.publication.title))
    page.add(dataset, "dcterms:description", *texts(about.publication.description))
    page.add(dataset, "dcterms:identifier", ox.Literal(dataset))
    page.add(dataset, "dcterms:publisher", node(_publisher(page, about)))
    page.add(dataset, "dcterms:license", node(about.publication.licence_iri))
    page.add(dataset, "dcterms:accessRights", node(_EU + "access-right/PUBLIC"))
    page.add(dataset, "dcterms:accrualPeriodicity", node(_EU + f"frequency/{about.publication.frequency}"))
    page.add(dataset, "dcterms:language", node(_EU + "language/SWE"))
    page.add(dataset, "dcterms:spatial", *map(node, about.publication.spatial))
    page.add(dataset, "dcterms:conformsTo", node(ONTOLOGY_GRAPH))
    page.add(dataset, "dcterms:issued", _when(graph))
    page.add(dataset, "dcterms:modified", _when(graph))
    page.add(dataset, "dcat:theme", node(_EU + "data-theme/GOVE"), node(_EU + "data-theme/ECON"))
    page.add(dataset, "dcat:keyword", *(text for pair in _KEYWORDS for text in both(*pair)))
    page.add(dataset, "dcat:landingPage", node(about.landing_page))
    page.add(dataset, "foaf:page", node(about.about))
    page.add(dataset, "dcat:contactPoint", node(page.iri("contact")))
    page.add(page.iri("contact"), "rdf:type", word("vcard:Kind"), word("vcard:Organization"))
    page.add(page.iri("contact"), "vcard:fn", ox.Literal(about.publication.publisher_name))
    contact = about.publication.contact
    if contact:
        kind = "vcard:hasEmail" if contact.startswith("mailto:") else "vcard:hasURL"
        page.add(page.iri("contact"), kind, node(contact))
    first, last = about.publication.temporal or _years(graph)
    if first:
        period = page.iri("period")
        page.add(dataset, "dcterms:temporal", node(period))
        page.add(period, "rdf:type", word("dcterms:PeriodOfTime"))
        page.add(period, "dcat:startDate", typed(first, "gYear"))
        page.add(period, "dcat:endDate", typed(last, "gYear"))
    page.add(dataset, "prov:wasGeneratedBy", node(page.iri("build")))
    # VoID
    page.add(dataset, "void:triples", typed(counts.triples, "integer"))
    page.add(dataset, "void:distinctSubjects", typed(counts.subjects, "integer"))
    page.add(dataset, "void:distinctObjects", typed(counts.objects, "integer"))
    page.add(dataset, "void:entities", typed(sum(n for _, n in manifest.entities), "integer"))
    page.add(dataset, "void:documents", typed(len(manifest.papers), "integer"))
    page.add(dataset, "void:uriSpace", ox.Literal(manifest.base))
    page.add(dataset, "void:vocabulary", node(NAMESPACE))
    if about.endpoint:
        page.add(dataset, "void:sparqlEndpoint", node(about.endpoint))


def _state_distribution(page: Builder, file: Distribution, graph: GraphStore, about: Described) -> None:
    here = page.iri(f"file-{file.name}")
    page.add(page.iri("graph"), "dcat:distribution", node(here))
    page.add(here, "rdf:type", word("dcat:Distribution"))
    page.add(here, "dcterms:title", ox.Literal(file.title, language="en"))
    page.add(here, "dcat:accessURL", node(file.address))
    page.add(here, "dcat:downloadURL", node(file.address))
    page.add(here, "dcterms:license", node(about.publication.licence_iri))
    page.add(here, "dcat:mediaType", _media(page, file.media))
    page.add(here, "dcterms:format", node(_EU + f"file-type/{file.file_type}"))
    page.add(_EU + f"file-type/{file.file_type}", "rdf:type", word("dcterms:MediaTypeOrExtent"))
    page.add(here, "dcatap:availability", node(_EU + "planned-availability/STABLE"))
    page.add(here, "dcterms:issued", _when(graph))
    page.add(here, "dcterms:conformsTo", node(ONTOLOGY_GRAPH))
    if file.packed:
        page.add(here, "dcat:compressFormat", _media(page, "application/gzip"))
        page.add(page.iri("graph"), "void:dataDump", node(file.address))
    if file.size is not None:
        page.add(here, "dcat:byteSize", typed(file.size, "nonNegativeInteger"))
    if file.sha256 is not None:
        checksum = page.iri(f"checksum-{file.name}")
        algorithm = WORDS["spdx"] + "checksumAlgorithm_sha256"
        page.add(here, "spdx:checksum", node(checksum))
        page.add(checksum, "rdf:type", word("spdx:Checksum"))
        page.add(checksum, "spdx:algorithm", node(algorithm))
        page.add(algorithm, "rdf:type", word("spdx:ChecksumAlgorithm"))
        page.add(checksum, "spdx:checksumValue", typed(file.sha256, "hexBinary"))


def _media(page: Builder, kind: str) -> ox.NamedNode:
    found = node(f"http://www.iana.org/assignments/media-types/{kind}")
    page.add(found.value, "rdf:type", word("dcterms:MediaType"))
    return found


def _state_service(page: Builder, graph: GraphStore, about: Described) -> None:
    service = page.iri("service")
    page.add(service, "rdf:type", word("dcat:DataService"))
    page.add(service, "dcterms:title", *_name("SPARQL-tjänst: ", "SPARQL endpoint: ", about))
    page.add(service, "dcterms:publisher", node(_publisher(page, about)))
    page.add(service, "dcterms:license", node(about.publication.licence_iri))
    page.add(service, "dcterms:accessRights", node(_EU + "access-right/PUBLIC"))
    page.add(service, "dcat:theme", node(_EU + "data-theme/GOVE"))
    page.add(service, "dcat:contactPoint", node(page.iri("contact")))
    page.add(service, "dcat:keyword", ox.Literal("SPARQL", language="en"))
    page.add(service, "dcat:endpointURL", node(about.endpoint))
    page.add(service, "dcat:endpointDescription", node(about.endpoint))
    page.add(service, "dcat:servesDataset", node(page.iri("graph")))
    page.add(about.endpoint, "rdf:type", word("rdfs:Resource"))
    here = page.iri("query")
    page.add(page.iri("graph"), "dcat:distribution", node(here))
    page.add(here, "rdf:type", word("dcat:Distribution"))
    page.add(here, "dcterms:title", *both("Frågor i SPARQL", "Queries in SPARQL"))
    page.add(here, "dcterms:license", node(about.publication.licence_iri))
    page.add(here, "dcat:accessURL", node(about.endpoint))
    page.add(here, "dcat:accessService", node(service))
    page.add(here, "dcterms:format", node(_EU + "file-type/SPARQLQRES"))
    page.add(_EU + "file-type/SPARQLQRES", "rdf:type", word("dcterms:MediaTypeOrExtent"))
    page.add(here, "dcatap:availability", node(_EU + "planned-availability/STABLE"))
    page.add(here, "dcterms:issued", _when(graph))


def _state_build(page: Builder, graph: GraphStore) -> None:
    """What was read, by which version, and what was refused."""
    build, manifest = page.iri("build"), graph.manifest
    page.add(build, "rdf:type", word("prov:Activity"))
    page.add(build, "dcterms:type", node(page.iri("building")))
    page.add(page.iri("building"), "rdf:type", word("skos:Concept"))
    page.add(page.iri("building"), "skos:prefLabel", *both("bygge av grafen", "build of the graph"))
    page.add(build, "prov:endedAtTime", _when(graph))
    page.add(build, "prov:wasAssociatedWith", node(page.iri("program")))
    page.add(page.iri("program"), "rdf:type", word("prov:SoftwareAgent"))
    page.add(page.iri("program"), "rdfs:label", ox.Literal(f"beslutsgraf {manifest.kg_version}"))
    for paper in manifest.papers:
        page.add(build, "prov:used", node(f"{manifest.base}document/{paper.id}"))
    forms = sorted({p.form for p in manifest.papers})
    counted = ", ".join(f"{sum(p.form == form for p in manifest.papers)} {form}" for form in forms)
    said = (
        f"{len(manifest.papers)} papers read ({counted}), {len(manifest.refused)} refused, {manifest.claims} claims; "
        f"{sum(n for _, n in manifest.issues)} issues noted."
    )
    page.add(page.iri("graph"), "dcterms:provenance", node(page.iri("provenance")))
    page.add(page.iri("provenance"), "rdf:type", word("dcterms:ProvenanceStatement"))
    page.add(page.iri("provenance"), "rdfs:label", ox.Literal(said, language="en"))
    made = "; ".join(f"{name} {value}" for name, value in manifest.made_from)
    page.add(build, "rdfs:comment", ox.Literal(made))


def _state_partitions(page: Builder, counts: Partitions) -> None:
    dataset = page.iri("graph")
    for kind, number in counts.classes.items():
        part = page.iri("class-" + _slug(kind))
        page.add(dataset, "void:classPartition", node(part))
        page.add(part, "void:class", node(kind))
        page.add(part, "void:entities", typed(number, "integer"))
        for name, triples in counts.of_class.get(kind, {}).items():
            inner = f"{part}-{_slug(name)}"
            page.add(part, "void:propertyPartition", node(inner))
            page.add(inner, "void:property", node(name))
            page.add(inner, "void:triples", typed(triples, "integer"))
    for name, triples in counts.properties.items():
        part = page.iri("property-" + _slug(name))
        page.add(dataset, "void:propertyPartition", node(part))
        page.add(part, "void:property", node(name))
        page.add(part, "void:triples", typed(triples, "integer"))


def _slug(iri: str) -> str:
    for prefix, namespace in WORDS.items():
        if iri.startswith(namespace):
            return f"{prefix}-{iri.removeprefix(namespace)}"
    return "".join(c if c.isalnum() else "-" for c in iri)


_FORMS = (("SELECT", "sh:SPARQLSelectExecutable", "sh:select"), ("ASK", "sh:SPARQLAskExecutable", "sh:ask"),
          ("CONSTRUCT", "sh:SPARQLConstructExecutable", "sh:construct"))  # fmt: skip


def _state_examples(page: Builder, about: Described) -> None:
    for query in list_queries():
        here = page.iri(f"query-{query.name}")
        body = query.bare
        kind, predicate = next(((k, p) for form, k, p in _FORMS if form in body), _FORMS[0][1:])
        page.add(here, "rdf:type", word("sh:SPARQLExecutable"), word(kind))
        page.add(here, predicate, ox.Literal(body))
        page.add(here, "rdfs:comment", *both(query.question_sv, query.question_en))
        page.add(here, "schema:keywords", ox.Literal(query.topic))
        page.add(here, "dcterms:isPartOf", node(page.iri("graph")))
        if about.endpoint:
            page.add(here, "schema:target", node(about.endpoint))


def _name(sv: str, en: str, about: Described) -> list[ox.Literal]:
    """The title of the dataset behind a word of each of its languages."""
    before = {"sv": sv, "en": en}
    return [ox.Literal(before[language] + text, language=language) for language, text in about.publication.title]


def _publisher(page: Builder, about: Described) -> str:
    return about.publication.publisher_iri or page.iri("publisher")


def _when(graph: GraphStore) -> ox.Literal:
    return typed(graph.manifest.built, "dateTime")


def _years(graph: GraphStore) -> tuple[str, str]:
    """The first and the last year of a decision, or nothing."""
    years = [
        quad.object.value
        for quad in graph.store.quads_for_pattern(None, word("bg:year"), None, ox.DefaultGraph())
        if isinstance(quad.object, ox.Literal)
    ]
    return (min(years), max(years)) if years else ("", "")
