"""The terms of ``kg/terms.py``, the ontology, the shapes, the context and the page on the vocabulary say the same."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pyoxigraph
import pytest
import rdflib
from rdflib.namespace import OWL, RDF, RDFS, SKOS

from kg import terms
from kg.graph.derive import DERIVATIONS
from kg.graph.map import quads
from kg.graph.shapes import load_shapes
from tests.graph.sample_resolution import sample_extractions, sample_registers, sample_resolution

NS = terms.NAMESPACE
SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")
PROPERTY_TYPES = {OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, RDF.Property}


@pytest.fixture(scope="module")
def ontology(root: Path) -> rdflib.Graph:
    return rdflib.Graph().parse(root / "ontology" / "beslutsgraf.ttl")


@pytest.fixture(scope="module")
def shapes(root: Path) -> rdflib.Graph:
    return rdflib.Graph().parse(root / "ontology" / "shapes.ttl")


@pytest.fixture(scope="module")
def context(root: Path) -> dict:
    return json.loads((root / "ontology" / "context.jsonld").read_text(encoding="utf-8"))["@context"]


def own_terms(ontology: rdflib.Graph) -> set[str]:
    return {str(s)[len(NS):] for s in ontology.subjects() if str(s).startswith(NS)}


def classes(ontology: rdflib.Graph) -> set[str]:
    return {str(s)[len(NS):] for s in ontology.subjects(RDF.type, OWL.Class)}


def named_in_terms() -> set[str]:
    """Every prefixed name of the vocabulary that ``kg/terms.py`` lists."""
    listed = {p for properties in terms.PREDICATES.values() for p in properties.values()}
    listed |= {c for above in terms.ABOVE.values() for c in above}
    listed |= {*terms.DERIVED_PREDICATES, *terms.DERIVED_CLASSES}
    listed |= {f"bg:{t}" for t in (*terms.ENTITY_TYPES, *terms.PREDICATES)}
    listed |= {f"bg:{scheme}-{code}" for scheme, codes in terms.CODES.items() for code in codes}
    return {name for name in listed if name.startswith("bg:")}


def test_both_parsers_read_the_same_triples(root: Path) -> None:
    for name in ("beslutsgraf.ttl", "shapes.ttl"):
        path = root / "ontology" / name
        assert len(rdflib.Graph().parse(path)) == len(list(pyoxigraph.parse(path=path)))


def test_each_term_has_label_and_definition_in_both_languages(ontology: rdflib.Graph) -> None:
    for name in sorted(own_terms(ontology)):
        for predicate in (RDFS.label, SKOS.definition):
            found = sorted(str(o.language) for o in ontology.objects(rdflib.URIRef(NS + name), predicate))
            assert found == ["en", "sv"], f"bg:{name} has {predicate} in {found}"


def test_terms_that_the_package_names_are_defined(ontology: rdflib.Graph) -> None:
    missing = {name for name in named_in_terms() if name.partition(":")[2] not in own_terms(ontology)}
    assert missing == set()


def test_code_lists_are_those_of_the_package(ontology: rdflib.Graph) -> None:
    for scheme, codes in terms.CODES.items():
        members = ontology.subjects(SKOS.inScheme, rdflib.URIRef(f"{NS}{scheme}-scheme"))
        assert {str(ontology.value(m, SKOS.notation)) for m in members} == set(codes)
        for code in codes:
            assert str(ontology.value(rdflib.URIRef(terms.code_iri(scheme, code)), SKOS.notation)) == code


def test_outcomes_meet_the_swedish_standard(ontology: rdflib.Graph) -> None:
    gdp = rdflib.URIRef(f"{NS}gdpValue")
    found = {str(s)[len(NS):]: str(o) for s, o in ontology.subject_objects(gdp)}
    assert found == {"outcome-granted": "Beviljad", "outcome-rejected": "Avslagen"}


def test_prefixes_are_those_of_the_package(root: Path, context: dict) -> None:
    for name in ("beslutsgraf.ttl", "shapes.ttl"):
        text = (root / "ontology" / name).read_text(encoding="utf-8")
        for prefix, iri in re.findall(r"^@prefix (\w+): <([^>]+)> \.$", text, re.M):
            assert terms.PREFIXES[prefix] == iri
    assert {k: v for k, v in context.items() if k in terms.PREFIXES} == terms.PREFIXES


def test_each_class_with_instances_has_a_shape(ontology: rdflib.Graph, shapes: rdflib.Graph) -> None:
    targets = {str(o)[len(NS):] for o in shapes.objects(None, SH.targetClass)}
    # The general classes are never stated without one of the particular ones.
    covered = {"Territory": "County", "Appropriation": "FundingSource", "Programme": "FundingSource",
               "Fund": "FundingSource", "ConfirmedFunder": "Funder"}
    assert {c for c in classes(ontology) if covered.get(c, c) not in targets} == set()


def test_shapes_name_only_defined_terms(ontology: rdflib.Graph, shapes: rdflib.Graph, root: Path) -> None:
    text = (root / "ontology" / "shapes.ttl").read_text(encoding="utf-8")
    declared = {str(s)[len(NS):] for s in shapes.subjects(RDF.type, SH.NodeShape)}
    assert set(re.findall(r"\bbg:([\w-]+)", text)) - declared - own_terms(ontology) == set()


def test_each_property_shape_has_its_own_message(shapes: rdflib.Graph) -> None:
    messages = [p.message for s in load_shapes() for p in s.properties]
    assert all(messages) and len(messages) == len(set(messages))


def test_evidence_shape_lists_the_predicates_of_claims(shapes: rdflib.Graph) -> None:
    constraint = shapes.value(rdflib.URIRef(f"{NS}EvidenceShape"), SH.sparql)
    query = str(shapes.value(constraint, SH.select))
    listed = re.findall(r"[a-z]+:\w+", query[query.index("IN (") : query.index("))")])
    assert set(listed) == {p for properties in terms.PREDICATES.values() for p in properties.values()}
    targets = shapes.objects(rdflib.URIRef(f"{NS}EvidenceShape"), SH.targetClass)
    assert {str(t)[len(NS):] for t in targets} == set(terms.PREDICATES)


def test_each_property_of_claims_has_one_predicate() -> None:
    """What extraction may claim is what the mapping can state."""
    of_node = {"decision": "Decision", "project": "Project", "financing": "FinancingLine"}
    for node, properties in terms.PROPERTIES.items():
        for name in properties:
            class_ = terms.CARRIED.get(name, of_node[node]) if node == "decision" else of_node[node]
            assert name in terms.PREDICATES[class_] or name in terms.OF_VALUE, f"{name} of {node}"


def test_the_graph_uses_only_defined_terms(ontology: rdflib.Graph) -> None:
    found = quads(sample_resolution(), sample_extractions(), sample_registers())
    used = {t.value for q in found for t in (q.subject, q.predicate, q.object) if isinstance(t, pyoxigraph.NamedNode)}
    assert {u[len(NS):] for u in used if u.startswith(NS)} - own_terms(ontology) == set()


def test_facts_fit_the_domains_and_ranges(ontology: rdflib.Graph) -> None:
    """Nothing that a reasoner infers from the graph is false."""
    data = rdflib.Graph()
    found = {q.triple for q in quads(sample_resolution(), sample_extractions(), sample_registers())}
    data.parse(data=pyoxigraph.serialize(found, format=pyoxigraph.RdfFormat.N_TRIPLES), format="nt")

    def is_a(node: rdflib.term.Node, class_: rdflib.term.Node) -> bool:
        if isinstance(node, rdflib.Literal):
            return node.datatype in (class_, None) and class_ in (node.datatype, rdflib.XSD.string)
        return any(class_ in set(ontology.transitive_objects(c, RDFS.subClassOf)) for c in data.objects(node, RDF.type))

    checked = 0
    for predicate in {p for p in data.predicates() if str(p).startswith(NS)}:
        domain, range_ = ontology.value(predicate, RDFS.domain), ontology.value(predicate, RDFS.range)
        for subject, value in data.subject_objects(predicate):
            assert domain is None or is_a(subject, domain), (subject, predicate)
            assert range_ is None or is_a(value, range_), (predicate, value)
            checked += 1
    assert checked > 250


def test_the_context_knows_each_term(ontology: rdflib.Graph, context: dict) -> None:
    for subject in ontology.subjects():
        name = str(subject)[len(NS):]
        types = set(ontology.objects(subject, RDF.type))
        if not str(subject).startswith(NS) or not types & (PROPERTY_TYPES | {OWL.Class}):
            continue
        entry = context[name]
        assert (entry if isinstance(entry, str) else entry["@id"]) == f"bg:{name}"
        if OWL.ObjectProperty in types:
            assert entry["@type"] == "@id", name


def test_the_context_leads_there_and_back(root: Path, context: dict) -> None:
    """A graph written as JSON-LD with the context is read by both parsers as the same graph."""
    found = quads(sample_resolution(), sample_extractions(), sample_registers(), base="https://example.org/id/")
    facts = {q.triple for q in found if isinstance(q.graph_name, pyoxigraph.DefaultGraph)}
    graph = rdflib.Graph()
    graph.parse(data=pyoxigraph.serialize(facts, format=pyoxigraph.RdfFormat.N_TRIPLES), format="nt")
    written = json.loads(graph.serialize(format="json-ld", context=context, auto_compact=False))
    again = rdflib.Graph().parse(data=json.dumps(written), format="json-ld")
    assert set(again) == set(graph)
    by_oxigraph = pyoxigraph.parse(json.dumps(written), format=pyoxigraph.RdfFormat.JSON_LD)
    assert {q.triple for q in by_oxigraph} == facts
    node = next(n for n in written["graph"] if n["id"] == "https://example.org/id/project/norrsken-ii")
    assert node["type"] == "Project" and node["title"] == "Norrsken II"


def test_the_page_names_each_term(ontology: rdflib.Graph, root: Path) -> None:
    page = (root / "docs" / "vocabulary.md").read_text(encoding="utf-8")
    named = set(re.findall(r"bg:([\w-]+)", page))
    codes = {f"{scheme}-{code}" for scheme, of in terms.CODES.items() for code in of}
    needless = codes | {f"{scheme}-scheme" for scheme in terms.CODES} | {"gdpValue"}
    assert own_terms(ontology) - named - needless == set()
    assert named - own_terms(ontology) - {"X"} == set()


def test_expand_names_the_prefix_that_is_missing() -> None:
    assert terms.expand("bg:Project") == f"{NS}Project"
    with pytest.raises(KeyError):
        terms.expand("nope:Project")


def test_the_page_lists_each_derivation(root: Path) -> None:
    page = (root / "docs" / "vocabulary.md").read_text(encoding="utf-8")
    assert dict(re.findall(r"^\| `(\w+)` \| (.+) \|$", page, re.M)) == DERIVATIONS
