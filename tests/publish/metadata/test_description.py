"""The description of a graph for catalogues and machines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from kg.graph.store import GraphStore, open_graph
from kg.publication import Publication
from kg.publish import metadata
from kg.publish.metadata import Described, Distribution, describe_graph, partitions_of, write_description
from kg.query import list_queries
from kg.terms import PREFIXES, expand
from tests.publish.web import Server

_SAID = Publication(publisher="Exempelverket", contact="mailto:data@example.org", publisher_type="NationalAuthority")
_ABOUT = Described("https://data.example.org", "https://data.example.org/sparql", _SAID)
_FILE = Distribution(
    "graph.nq.gz",
    "All graphs, N-Quads",
    "https://data.example.org/dumps/graph.nq.gz",
    "application/n-quads",
    "RDF_N_QUADS",
    1234,
    "ab" * 32,
    True,
)


@pytest.fixture(scope="module")
def opened(graph: Path) -> Iterator[GraphStore]:
    with open_graph(graph) as found:
        yield found


@pytest.fixture(scope="module")
def described(opened: GraphStore) -> ox.Store:
    store = ox.Store()
    store.load(write_description(describe_graph(opened, _ABOUT, [_FILE]), "ttl"), format=ox.RdfFormat.TURTLE)
    return store


def _ask(store: ox.Store, query: str) -> list[tuple[str, ...]]:
    prefixes = PREFIXES | {"void": "http://rdfs.org/ns/void#", "dcat": "http://www.w3.org/ns/dcat#"}
    return [tuple(str(t.value) for t in row) for row in store.query(query, prefixes=prefixes)]


def _drop_missing(shapes: Any) -> Any:
    """The shapes without references to property shapes that the published file does not define, on which pySHACL
    stops."""
    from rdflib import Namespace

    sh = Namespace("http://www.w3.org/ns/shacl#")
    for shape, target in list(shapes.subject_objects(sh.property)):
        if (target, sh.path, None) not in shapes:
            shapes.remove((shape, sh.property, target))
    return shapes


# A site of files, a server that says nothing of its publisher, and one that says all that it can.
_ALL_SAID = Publication(
    publisher="Exempelverket", publisher_iri="https://example.org/verk", publisher_type="RegionalAuthority",
    contact="https://example.org/kontakt", licence="https://example.org/villkor", landing_page="https://example.org/data",
    spatial=("https://example.org/lan/1", "https://example.org/lan/2"), temporal=("2014", "2025"), frequency="DAILY",
    title=(("sv", "Besluten"),), description=(("sv", "Om dem"),),
)  # fmt: skip
_VARIANTS = {
    "files": (Described("https://data.example.org/under", "", _SAID), [_FILE]),
    "served": (Described("http://127.0.0.1:8000", "http://127.0.0.1:8000/sparql"), []),
    "all": (Described("https://data.example.org", "https://data.example.org/sparql", _ALL_SAID), [_FILE]),
}


@pytest.mark.parametrize("name", _VARIANTS)
def test_every_variant_is_valid(opened: GraphStore, shared: Path, name: str) -> None:
    import pyshacl
    from rdflib import Graph

    shapes = shared / "conformance" / "dcat" / "dcat-ap-3.0.1-shacl.ttl"
    if not shapes.is_file():
        pytest.skip("the DCAT-AP shapes are not in ../shared/conformance/dcat")
    shacl = _drop_missing(Graph().parse(shapes))
    data = Graph().parse(data=write_description(describe_graph(opened, *_VARIANTS[name]), "nt"), format="nt")
    conforms, _, text = pyshacl.validate(data, shacl_graph=shacl, advanced=True)
    assert conforms, text[:4000]


def test_valid_by_the_shapes_of_dcat_ap(opened: GraphStore, shared: Path) -> None:
    import pyshacl
    from rdflib import Graph

    shapes = shared / "conformance" / "dcat" / "dcat-ap-3.0.1-shacl.ttl"
    if not shapes.is_file():
        pytest.skip("the DCAT-AP shapes are not in ../shared/conformance/dcat")
    shacl = _drop_missing(Graph().parse(shapes))
    data = Graph().parse(data=write_description(describe_graph(opened, _ABOUT, [_FILE]), "nt"), format="nt")
    conforms, _, text = pyshacl.validate(data, shacl_graph=shacl, advanced=True)
    assert conforms, text[:4000]
    # the shapes do look: without its title the dataset is not valid
    broken = Graph()
    title = "http://purl.org/dc/terms/title"
    for triple in data:
        if str(triple[1]) != title:
            broken.add(triple)
    assert not pyshacl.validate(broken, shacl_graph=shacl, advanced=True)[0]


def test_what_the_swedish_profile_asks_for(described: ox.Store) -> None:
    for kind, names in {
        "Catalog": "title description publisher license language issued modified",
        "Dataset": "title description publisher license identifier accessRights accrualPeriodicity language spatial",
        "Distribution": "title license format issued",
        "DataService": "title publisher license accessRights",
    }.items():
        for name in names.split():
            assert _ask(described, f"SELECT ?o {{ ?s a dcat:{kind} ; dcterms:{name} ?o }}"), (kind, name)
    languages = _ask(described, "SELECT DISTINCT (LANG(?o) AS ?l) { ?s a dcat:Dataset ; dcterms:title ?o }")
    assert {language for (language,) in languages} == {"sv", "en"}
    assert _ask(described, "SELECT ?o { ?s a dcat:Dataset ; dcat:contactPoint ?o }")


def test_partitions_count_what_the_graph_holds(opened: GraphStore, described: ox.Store) -> None:
    kind = ox.NamedNode(expand("rdf:type"))
    quads = list(opened.store.quads_for_pattern(None, None, None, ox.DefaultGraph()))
    classes = Counter(q.object.value for q in quads if q.predicate == kind)
    query = "SELECT ?c ?n { ?d a void:Dataset ; void:classPartition [ void:class ?c ; void:entities ?n ] }"
    assert {c: int(n) for c, n in _ask(described, query)} == classes
    properties = Counter(q.predicate.value for q in quads)
    query = "SELECT ?p ?n { ?d a void:Dataset ; void:propertyPartition [ void:property ?p ; void:triples ?n ] }"
    assert {p: int(n) for p, n in _ask(described, query)} == properties
    ((number,),) = _ask(described, "SELECT ?n { ?d a void:Dataset ; void:triples ?n }")
    assert int(number) == len(quads)


def test_a_large_graph_is_counted_by_another_process(graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_graph(graph) as opened:
        kept = partitions_of(opened)
    monkeypatch.setattr(metadata, "_LARGE", 1)
    monkeypatch.setattr(metadata, "_read_counts", lambda graph: None)
    with open_graph(graph) as opened:
        assert partitions_of(opened) == kept


def test_build_and_examples(opened: GraphStore, described: ox.Store) -> None:
    used = _ask(described, "SELECT ?p { ?b a prov:Activity ; prov:used ?p }")
    assert len(used) == len(opened.manifest.papers) == 3
    wanted = "SELECT ?q { ?e a sh:SPARQLExecutable ; sh:select|sh:construct|sh:ask ?q }"
    queries = [q for (q,) in _ask(described, wanted)]
    assert len(queries) == len(list_queries())
    for query in queries:
        opened.store.query(query)


def test_the_same_graph_gives_the_same_bytes(opened: GraphStore) -> None:
    one, two = (write_description(describe_graph(opened, _ABOUT, [_FILE]), "nt") for _ in range(2))
    assert one == two and b"_:" not in one


def test_served_where_machines_look(server: Server) -> None:
    for path in ("/.well-known/void", "/dataset", "/dataset.ttl"):
        reply = server.get(path)
        assert reply.status == 200 and reply.headers["content-type"].startswith("text/turtle")
        assert len(list(ox.parse(reply.body, format=ox.RdfFormat.TURTLE))) > 500
    assert server.get("/dataset.jsonld").json
    terms = server.get("/terms.json?lang=sv").json
    assert any(c["iri"].endswith("#Project") and c["label"] == "projekt" for c in terms["classes"])
