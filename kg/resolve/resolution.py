"""Puts the parts of resolution together."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from kg.model import Entity, Extraction, Issue, Judgement, Resolution, ResolvedClaim
from kg.registers import Registers
from kg.resolve.acts import pair_papers, resolve_acts
from kg.resolve.assembling import Assembly
from kg.resolve.basis import Basis
from kg.resolve.conflicts import Finding, find_conflicts, find_doubts, unify_numbers
from kg.resolve.copies import judge_copies
from kg.resolve.grouping import Groups, name_groups
from kg.resolve.identities import Identities
from kg.resolve.minting import Own, mint
from kg.resolve.nodes import ActFacts, Node, ProjectFacts, gather_nodes, project_facts
from kg.resolve.owning import own_acts, own_projects
from kg.resolve.projects import match_projects, resolve_projects
from kg.resolve.rulings import Bench, Contradiction, Ruling, settle
from kg.terms import DEFAULT_BASE, OF_VALUE

Owns = dict[str, tuple[Own, ...]]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Resolved:
    """A resolution with what it was made of.  ``nodes``: those that were resolved, by id; ``facts``: what is known of
    the projects among them; ``findings``: its issues, with their nodes, but for those about judgements of persons."""

    resolution: Resolution
    nodes: dict[str, Node]
    facts: dict[str, ProjectFacts]
    basis: Basis
    work: Assembly
    findings: tuple[Finding, ...]


def resolve(
    extractions: Iterable[Extraction],
    registers: Registers | None = None,
    *,
    base: str = DEFAULT_BASE,
    rulings: Iterable[Ruling] = (),
) -> Resolution:
    """What the papers together say: a pure function of the set of papers, the registers and the rulings.

    ``registers`` give the labels of the things that they know.  ``rulings`` are what persons judged to be the same or
    different, which outweighs the machine.  IRIs in the result are relative to ``base``, which is part of the
    signature because a caller must have chosen one before names are minted.
    """
    return resolve_all(extractions, registers, base=base, rulings=rulings).resolution


def resolve_all(
    extractions: Iterable[Extraction],
    registers: Registers | None = None,
    *,
    base: str = DEFAULT_BASE,
    rulings: Iterable[Ruling] = (),
) -> Resolved:
    """The same, with what it was made of."""
    papers = _unique(extractions)
    nodes = gather_nodes(papers)
    settled, clashes = settle(rulings)
    basis = Basis.of_nodes(nodes.values(), registers, settled)
    things, identities = basis.things, basis.identities
    facts = project_facts(nodes)
    project_owns = own_projects(nodes, things.past)
    act_owns = own_acts(nodes, project_owns, things.past)
    made = _resolve_nodes(Gathered(nodes, facts, project_owns, act_owns), basis, settled, {})
    copies = judge_copies(papers, nodes, made.work.iris)
    contradictions = [*clashes, *made.contradictions, *identities.bench.contradictions, *things.contradictions]
    doubts = find_doubts(identities.judgements, {}, str, identities.words)
    on_names = map(basis.place, (*identities.judgements, *things.judgements))
    resolution = Resolution(
        entities=tuple(sorted((*made.entities, *things.entities), key=lambda e: e.iri)),
        claims=tuple(made.claims),
        judgements=tuple(sorted((*made.judgements, *on_names, *copies), key=_judgement_order)),
        issues=(*((f.document, f.issue) for f in (*made.findings, *doubts)), *_tell(contradictions)),
        replaced=tuple(sorted({*made.work.replaced(), *things.replaced})),
    )
    return Resolved(resolution, nodes, facts, basis, made.work, tuple(made.findings))


@dataclass(slots=True)
class Gathered:
    """The nodes of a part of what papers say: ``facts`` of its projects, and the names that each node can give the
    thing that it stands for."""

    nodes: dict[str, Node] = field(default_factory=dict)
    facts: dict[str, ProjectFacts] = field(default_factory=dict)
    project_owns: Owns = field(default_factory=dict)
    act_owns: Owns = field(default_factory=dict)


def gather_part(
    papers: Iterable[Extraction], wanted: Container[str] | None, basis: Basis, *, whole: bool = True
) -> Gathered:
    """The nodes ``wanted`` (None: all) of these papers, of which one is held at a time; ``basis``: of all papers;
    ``whole``: else no more than what names projects."""
    part = Gathered()
    past = basis.things.past
    for paper in papers:
        nodes = gather_nodes([paper])
        basis.identities.read(nodes.values())
        for node in nodes.values():
            node.who = basis.identities
        # what one paper says of several projects tells of each, so that all of them are looked at
        own_names = own_projects(nodes, past)
        facts = project_facts(nodes)
        for of in facts.values():
            of.settle()
        _keep(facts, part.facts, wanted)
        _keep(own_names, part.project_owns, wanted)
        if whole:
            _keep(nodes, part.nodes, wanted)
            _keep(own_acts(nodes, own_names, past), part.act_owns, wanted)
    part.nodes = dict(sorted(part.nodes.items()))
    return part


def read_nodes(papers: Iterable[Extraction], wanted: Container[str], basis: Basis) -> dict[str, Node]:
    """The nodes alone, by id."""
    found: dict[str, Node] = {}
    for paper in papers:
        nodes = gather_nodes([paper])
        basis.identities.read(nodes.values())
        for node in nodes.values():
            node.who = basis.identities
        _keep(nodes, found, wanted)
    return dict(sorted(found.items()))


def cases_of(node: Node) -> Iterator[str]:
    """The projects and acts in whose case the node stands."""
    if node.kind != "project":
        yield from node.targets("project")
        yield from node.targets("decision")


def _keep(found: dict[str, T], kept: dict[str, T], wanted: Container[str] | None) -> None:
    kept.update((id, of) for id, of in found.items() if wanted is None or id in wanted)


def resolve_part(papers: Iterable[Extraction], wanted: set[str], basis: Basis, beyond: Mapping[str, str]) -> Resolved:
    """What ``resolve_all`` says of the nodes ``wanted`` alone, where no person has judged.

    No node that is left out may share a key (``kg.resolve.trail``) with one that is wanted.  ``papers``: those in which
    they stand; ``basis`` is that of all papers, ``beyond`` gives the IRIs of the other nodes of these papers.  Of the
    result are left out things, their numbers, and whether texts are alike.
    """
    return resolve_gathered(gather_part(_unique(papers), wanted, basis), basis, beyond)


def resolve_gathered(part: Gathered, basis: Basis, beyond: Mapping[str, str]) -> Resolved:
    """The same of nodes that have been gathered."""
    made = _resolve_nodes(part, basis, [], beyond)
    resolution = sum_up(made.entities, made.claims, made.judgements, made.findings, made.work.replaced())
    return Resolved(resolution, part.nodes, part.facts, basis, made.work, tuple(made.findings))


def sum_up(
    entities: Iterable[Entity],
    claims: Iterable[ResolvedClaim],
    judgements: Iterable[Judgement],
    findings: Iterable[Finding],
    replaced: tuple[tuple[str, str], ...],
) -> Resolution:
    """What is said of nodes alone, without the numbers of things."""
    return Resolution(
        entities=tuple(sorted(entities, key=lambda e: e.iri)),
        claims=tuple(claim for claim in claims if claim.property not in OF_VALUE),
        judgements=tuple(sorted(judgements, key=_judgement_order)),
        issues=tuple((f.document, f.issue) for f in findings),
        replaced=replaced,
    )


def name_projects(part: Gathered) -> dict[str, str]:
    """The IRI of each project of a part, as ``resolve_gathered`` gives it."""
    groups = match_projects(part.facts)[0].groups()
    iris = mint(groups, part.project_owns).iris
    return {member: iris[root] for root, members in groups.items() for member in members}


@dataclass(frozen=True, slots=True)
class Matched:
    """Which nodes are one, what is known of each act, and what was judged on the way; ``judgements`` do not know yet
    what their sides became."""

    groups: Groups
    act_facts: dict[str, ActFacts]
    judgements: list[Judgement]
    contradictions: list[Contradiction]

    def placed(self) -> list[Judgement]:
        """The judgements with the things that their sides became."""
        iris = self.groups.iris
        return [replace(j, left_thing=iris[j.left], right_thing=iris[j.right]) for j in self.judgements]


def match_nodes(part: Gathered, basis: Basis, rulings: list[Ruling]) -> Matched:
    """Projects, acts and lines."""
    project_bench = _bench("project/", rulings, part.project_owns)
    projects, judgements = match_projects(part.facts, project_bench)
    act_bench = _bench("decision/", rulings, part.act_owns)
    acts, act_facts, act_judgements = resolve_acts(part.nodes, projects, act_bench)
    groups = name_groups(part.nodes, projects, acts, part.project_owns, part.act_owns, basis.things.past)
    judgements += [*act_judgements, *project_bench.state(), *act_bench.state()]
    return Matched(groups, act_facts, judgements, [*project_bench.contradictions, *act_bench.contradictions])


@dataclass(frozen=True, slots=True)
class Told:
    """What nodes that were matched say; ``conflicts``: of the papers among each other."""

    work: Assembly
    entities: list[Entity]
    claims: list[ResolvedClaim]
    conflicts: list[Finding]


def tell(
    nodes: dict[str, Node], groups: Groups, act_facts: dict[str, ActFacts], basis: Basis, beyond: Mapping[str, str]
) -> Told:
    """The things that groups of nodes are, and the claims on them."""
    work = Assembly(nodes, groups, act_facts, basis.things, beyond)
    entities = work.entities()
    claims = sorted(unify_numbers(list(work.claims())), key=_claim_order)
    return Told(work, entities, claims, find_conflicts(claims, {e.iri: e.label for e in entities}))


@dataclass(frozen=True, slots=True)
class _Made:
    work: Assembly
    entities: list[Entity]
    claims: list[ResolvedClaim]
    judgements: list[Judgement]
    findings: list[Finding]
    contradictions: list[Contradiction]


def _resolve_nodes(part: Gathered, basis: Basis, rulings: list[Ruling], beyond: Mapping[str, str]) -> _Made:
    matched = match_nodes(part, basis, rulings)
    told = tell(part.nodes, matched.groups, matched.act_facts, basis, beyond)
    findings = [*told.conflicts, *find_doubts(matched.judgements, part.nodes, told.work.label_of, {})]
    return _Made(told.work, told.entities, told.claims, matched.placed(), findings, matched.contradictions)


def same_decisions(extractions: Iterable[Extraction]) -> dict[str, str]:
    """Document id -> the source of another paper that reports the same decision; papers without one are left
    out.

    A proposal and its decision are two acts, not the same.
    """
    papers = _unique(extractions)
    nodes = gather_nodes(papers)
    who = Identities(nodes.values(), None)
    for node in nodes.values():
        node.who = who
    projects, _ = resolve_projects(nodes)
    acts, _, _ = resolve_acts(nodes, projects)
    sources = {p.document: p.source for p in papers}
    return {document: sources[other] for document, other in pair_papers(sources, nodes, acts).items()}


def _bench(path: str, rulings: list[Ruling], owns: dict) -> Bench:
    return Bench([r for r in rulings if r.left.startswith(path) and r.right.startswith(path)], owns)


def _unique(extractions: Iterable[Extraction]) -> list[Extraction]:
    """One extraction a document, the first by source, sorted by document."""
    found: dict[str, Extraction] = {}
    for extraction in extractions:
        known = found.get(extraction.document)
        if known is None or extraction.source < known.source:
            found[extraction.document] = extraction
    return [found[document] for document in sorted(found)]


def _tell(contradictions: list[Contradiction]) -> list[tuple[str, Issue]]:
    """An issue for each contradiction between judgements, which is no paper's: the document is empty."""
    messages = sorted({c.message for c in contradictions})
    return [("", Issue("judgements_contradict", message)) for message in messages]


def _claim_order(claim: ResolvedClaim) -> tuple[str, str, str, str, str, int, int, str, str]:
    evidence = claim.claim.evidence
    place = (evidence.document, evidence.start, evidence.end, evidence.rule, claim.claim.subject)
    return claim.subject, claim.property, claim.object or "", claim.value.lexical, *place


def _judgement_order(judgement: Judgement) -> tuple[str, str, str, str]:
    return judgement.left, judgement.right, judgement.verdict, judgement.author
