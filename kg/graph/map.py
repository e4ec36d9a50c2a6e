"""From a resolution to quads: the shape of the graph that ``docs/vocabulary.md`` describes."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from functools import cache
from itertools import groupby
from pathlib import PurePath
from typing import Protocol

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, parse

from kg.graph.derive import derive, state_derived
from kg.graph.evidence import document_path, state_claims
from kg.graph.facts import Fact, Index, state_facts
from kg.graph.nodes import Namer, decimal, integer, term, text
from kg.graph.reconcile import reconcile
from kg.graph.registered import Shelf, identify, label_of, names_of, neighbours, state_registers
from kg.graph.view import Derived, View
from kg.model import Entity, Extraction, Judgement, Resolution
from kg.registers import Registers
from kg.resources import read_text
from kg.terms import ABOVE, DEFAULT_BASE, GRAPHS, OF_VALUE, ONTOLOGY_GRAPH, PATHS, PREDICATES

# Kinds of thing that are looked up by any of their names.
_LOOKED_UP = ("Project", "Organisation", "Board", "County", "Municipality", "Appropriation", "Programme", "Fund")
# What acts are looked up by.
_NUMBERS = ("bg:diaryNumber", "bg:caseNumber")


def quads(
    resolution: Resolution,
    extractions: Iterable[Extraction],
    registers: Registers,
    *,
    base: str = DEFAULT_BASE,
    facts: list[Fact] | None = None,
    claims: bool = True,
    merged: bool = True,
    derived: Iterable[Derived] | None = None,
    parts: Container[str] | None = None,
) -> Iterator[Quad]:
    """The whole graph, in an order that depends on nothing but what the arguments say; no blank nodes.

    The facts are sorted in memory, unless they are given as ``sort_facts`` gives them; the quads come one at a time.
    ``base`` is the absolute IRI that all IRIs of the data begin with; without ``claims`` the graphs of the papers are
    left out, without ``merged`` what ``state_merged`` gives.  ``derived``: what ``derive_all`` gives, if it is known.
    Where only some ``parts`` (see ``kg.graph.digests``) are wanted, most of the others are left out.  Raises
    ValidationError where the resolution says something that the vocabulary cannot.
    """
    name = Namer(base)
    index = Index(resolution)
    if facts is None:
        facts = sort_facts(resolution, base=base)
    shelf = Shelf(registers, resolution.entities)
    yield from _state_ontology()
    yield from state_things(resolution.entities, shelf, name, parts)
    if merged:
        yield from state_merged(facts, name)
    yield from state_replaced(resolution.replaced, name)
    yield from _link_applications(resolution.entities, facts, index, name)
    yield from state_derived(derive_all(facts, name) if derived is None else derived, name, parts)
    yield from _state_documents(extractions, name)
    yield from state_copies(resolution.judgements, name)
    yield from _state_rules(facts, name)
    if claims:
        yield from state_claims(facts, name)
    yield from state_judgements(resolution.judgements, name)
    yield from state_registers(shelf, name)


def sort_facts(resolution: Resolution, *, base: str = DEFAULT_BASE) -> list[Fact]:
    """The facts of a resolution in the order in which ``quads`` states them.  Raises ValidationError as it does."""
    return sorted(state_facts(resolution, Index(resolution), Namer(base)), key=lambda f: f.order)


def state_part(resolution: Resolution, facts: list[Fact], name: Namer) -> Iterator[Quad]:
    """What ``quads`` says of the projects, acts and lines of a resolution that holds whole ones alone; without what is
    derived and without the graphs of papers.  ``facts``: as ``sort_facts`` gives them."""
    yield from state_nodes(resolution, facts, name)
    yield from state_merged(facts, name)


def state_nodes(resolution: Resolution, facts: list[Fact], name: Namer) -> Iterator[Quad]:
    """The same without ``state_merged``."""
    index = Index(resolution)
    for entity in resolution.entities:
        yield from _state_thing(entity, (), name)
    yield from state_replaced(resolution.replaced, name)
    yield from _link_applications(resolution.entities, facts, index, name)
    yield from state_judgements(resolution.judgements, name)


def state_shared(
    things: Iterable[Entity],
    registers: Registers,
    papers: Iterable[tuple[str, PaperData]],
    rules: Iterable[tuple[str, int, float]],
    name: Namer,
) -> Iterator[Quad]:
    """What ``quads`` says beside ``state_part`` of all projects, acts and lines, beside what is judged, replaced and
    derived, and the graphs of papers.  ``papers``: each with its id."""
    things = list(things)
    shelf = Shelf(registers, things)
    yield from _state_ontology()
    yield from state_things(things, shelf, name, None)
    for document, paper in papers:
        yield from state_document(document, paper, name)
    yield from state_rules(rules, name)
    yield from state_registers(shelf, name)


def derive_all(facts: list[Fact], name: Namer) -> list[Derived]:
    """All that follows from the facts, in the order in which ``quads`` states it."""
    return [*derive(View(facts), name), *reconcile(facts, name)]


def state_merged(facts: Iterable[Fact], name: Namer) -> Iterator[Quad]:
    """Each fact once, and of each thing the papers that say something of it."""
    for subject, of_subject in groupby(facts, lambda f: f.subject):
        node = name(subject)
        documents: set[str] = set()
        stated: tuple[str, str, str] | None = None
        for fact in of_subject:
            documents.add(fact.claim.evidence.document)
            if fact.key != stated:
                stated = fact.key
                yield Quad(node, term(fact.predicate), fact.object)
                if fact.predicate in _NUMBERS:
                    yield Quad(node, term("bg:nameKey"), text(fact.object.value.lower()))
        for document in sorted(documents):
            yield Quad(node, term("bg:source"), name(document_path(document)))


def state_numbered(thing: str, number: str, documents: Iterable[str], name: Namer) -> Iterator[Quad]:
    """What ``state_merged`` says of a thing to which papers give an organisation number."""
    for predicate in OF_VALUE.values():
        yield Quad(name(thing), term(predicate), text(number))
    for document in documents:
        yield Quad(name(thing), term("bg:source"), name(document_path(document)))


def state_replaced(replaced: Iterable[tuple[str, str]], name: Namer) -> Iterator[Quad]:
    """IRIs that a graph of fewer papers, or of other judgements, may have borne, with those that they are now."""
    for old, new in sorted(set(replaced)):
        yield Quad(name(old), term("dcterms:isReplacedBy"), name(new))


def state_things(
    entities: Iterable[Entity], shelf: Shelf, name: Namer, parts: Container[str] | None
) -> Iterator[Quad]:
    """Classes and names of all things, with what the registers know of those that they list."""
    used = {e.iri: e for e in entities}
    beside = {n for iri in used if iri in shelf.records for n in neighbours(shelf.records[iri], shelf)}
    for iri in sorted({*used, *beside}):
        if parts is not None and name.base + iri not in parts:
            continue
        record = shelf.records.get(iri)
        entity = used.get(iri)
        if entity is None:
            if record is None:
                continue
            entity = _entity_of(iri, name, shelf)
        yield from _state_thing(entity, names_of(record) if record else (), name)
        for predicate, value in identify(record, shelf, name) if record else ():
            yield Quad(name(iri), term(predicate), value)


def _entity_of(iri: str, name: Namer, shelf: Shelf) -> Entity:
    """A thing of the registers that no paper names but that one that they name points to."""
    kind = next(k for k, path in PATHS.items() if iri.startswith(f"{path}/"))
    record = shelf.records[iri]
    return Entity(iri, kind, label_of(record), key=record.id)


def _state_thing(entity: Entity, registered: tuple[str, ...], name: Namer) -> Iterator[Quad]:
    node = name(entity.iri)
    for class_ in (f"bg:{entity.type}", *ABOVE.get(entity.type, ())):
        yield Quad(node, term("rdf:type"), term(class_))
    yield Quad(node, term("rdfs:label"), text(entity.label))
    others = {*entity.labels, *registered} - {entity.label}
    if entity.type not in PREDICATES:
        # What a project or an act is called rests on claims.
        for other in sorted(others):
            yield Quad(node, term("skos:altLabel"), text(other))
    if entity.type in _LOOKED_UP:
        for key in sorted({label.lower() for label in (entity.label, *others)}):
            yield Quad(node, term("bg:nameKey"), text(key))
    if entity.key is not None:
        yield Quad(node, term("bg:registerKey"), text(entity.key))


def _link_applications(entities: Iterable[Entity], facts: list[Fact], index: Index, name: Namer) -> Iterator[Quad]:
    """The application of every decision whose chain states what was sought."""
    stated = {f.subject for f in facts if f.predicate == "bg:soughtAmount"}
    for iri in sorted(stated):
        yield Quad(name(iri), term("rdf:type"), term("bg:Application"))
        yield Quad(name(iri), term("rdfs:label"), text(iri.partition("/")[2]))
    for decision in sorted(e.iri for e in entities if e.type == "Decision"):
        application = index.application_of(decision)
        if application in stated:
            yield Quad(name(decision), term("bg:application"), name(application))


def _state_documents(extractions: Iterable[Extraction], name: Namer) -> Iterator[Quad]:
    """Every paper read, whether or not it states a fact."""
    found = {(e.document, e.source): e for e in extractions}
    for _, papers in groupby((found[key] for key in sorted(found)), lambda e: e.document):
        paper, *elsewhere = papers
        yield from state_document(paper.document, paper, name)
        for copy in elsewhere:
            yield Quad(name(document_path(copy.document)), term("bg:path"), text(copy.source))


class PaperData(Protocol):
    """What the graph says of a paper itself."""

    @property
    def source(self) -> str: ...
    @property
    def form(self) -> str: ...
    @property
    def media_type(self) -> str: ...
    @property
    def characters(self) -> int: ...


def state_document(document: str, paper: PaperData, name: Namer) -> Iterator[Quad]:
    """A paper, under the name under which it was found."""
    node = name(document_path(document))
    yield Quad(node, term("rdf:type"), term("bg:Document"))
    yield Quad(node, term("rdfs:label"), text(PurePath(paper.source).name or paper.source))
    yield Quad(node, term("bg:sha256"), text(document))
    yield Quad(node, term("dcterms:format"), text(paper.media_type))
    yield Quad(node, term("bg:documentForm"), text(paper.form))
    yield Quad(node, term("bg:characters"), integer(paper.characters))
    yield Quad(node, term("bg:path"), text(paper.source))


def _state_rules(facts: Iterable[Fact], name: Namer) -> Iterator[Quad]:
    """The rules that read the claims, so that those of a low confidence are found without reading all claims."""
    words = (fact.claim.evidence for fact in facts)
    yield from state_rules({(w.rule, w.rule_version, w.confidence) for w in words}, name)


def state_rules(rules: Iterable[tuple[str, int, float]], name: Namer) -> Iterator[Quad]:
    """Rules by name, version and confidence."""
    for rule, version, confidence in sorted(rules):
        node = name.minted("rule", rule, version, confidence)
        yield Quad(node, term("rdf:type"), term("bg:Rule"))
        yield Quad(node, term("rdfs:label"), text(rule))
        yield Quad(node, term("bg:rule"), text(rule))
        yield Quad(node, term("bg:ruleVersion"), integer(version))
        yield Quad(node, term("bg:confidence"), decimal(confidence))


def state_copies(judgements: Iterable[Judgement], name: Namer) -> Iterator[Quad]:
    """Which papers have nearly the same text and say the same, both ways."""
    for judgement in judgements:
        if judgement.verdict == "same" and judgement.left.startswith("document/"):
            for one, other in ((judgement.left, judgement.right), (judgement.right, judgement.left)):
                yield Quad(name(one), term("bg:nearDuplicateOf"), name(other))


def state_judgements(judgements: Iterable[Judgement], name: Namer) -> Iterator[Quad]:
    """What was judged, in the graph of judgements."""
    graph = name(GRAPHS["judgements"])
    for judgement in sorted(set(judgements), key=_judgement_order):
        node = name.minted("judgement", *_judgement_order(judgement))
        yield Quad(node, term("rdf:type"), term("bg:Judgement"), graph)
        yield Quad(node, term("bg:left"), text(judgement.left), graph)
        yield Quad(node, term("bg:right"), text(judgement.right), graph)
        for predicate, thing in (("bg:leftThing", judgement.left_thing), ("bg:rightThing", judgement.right_thing)):
            if thing:
                yield Quad(node, term(predicate), name(thing), graph)
        yield Quad(node, term("bg:verdict"), text(judgement.verdict), graph)
        yield Quad(node, term("bg:score"), decimal(judgement.score), graph)
        yield Quad(node, term("bg:reason"), text(judgement.reason), graph)
        yield Quad(node, term("bg:author"), text(judgement.author), graph)


def _judgement_order(judgement: Judgement) -> tuple[str, str, str, str, str, float]:
    return judgement.left, judgement.right, judgement.author, judgement.verdict, judgement.reason, judgement.score


@cache
def _ontology() -> tuple[Triple, ...]:
    statements = parse(read_text("ontology", "beslutsgraf.ttl"), format=RdfFormat.TURTLE)
    return tuple(sorted((q.triple for q in statements), key=str))


def _state_ontology() -> Iterator[Quad]:
    """The ontology in its graph; its codes, with their labels, in the default graph too."""
    graph = NamedNode(ONTOLOGY_GRAPH)
    codes = {t.subject for t in _ontology() if t.predicate == term("skos:inScheme")}
    shown = {term(p) for p in ("rdf:type", "skos:notation", "skos:prefLabel", "skos:inScheme")}
    for triple in _ontology():
        yield Quad(triple.subject, triple.predicate, triple.object, graph)
        if triple.subject in codes and triple.predicate in shown:
            yield Quad(triple.subject, triple.predicate, triple.object)
