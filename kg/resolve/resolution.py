"""Puts the parts of resolution together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kg.model import Extraction, Issue, Judgement, Resolution, ResolvedClaim
from kg.registers import Registers
from kg.resolve.acts import pair_papers, resolve_acts
from kg.resolve.assembling import Assembly
from kg.resolve.conflicts import find_conflicts, find_doubts, unify_numbers
from kg.resolve.copies import judge_copies
from kg.resolve.identities import Identities
from kg.resolve.nodes import Node, gather_nodes
from kg.resolve.owning import own_acts, own_projects
from kg.resolve.projects import resolve_projects
from kg.resolve.rulings import Bench, Contradiction, Ruling, settle
from kg.resolve.things import Things
from kg.terms import DEFAULT_BASE


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
    papers = _unique(extractions)
    nodes = gather_nodes(papers)
    settled, clashes = settle(rulings)
    identities = _identify(nodes, registers, settled)
    past = registers.own_names if registers is not None else {}
    project_owns = own_projects(nodes, past)
    project_bench = _bench("project/", settled, project_owns)
    projects, judgements = resolve_projects(nodes, project_bench)
    act_owns = own_acts(nodes, project_owns, past)
    act_bench = _bench("decision/", settled, act_owns)
    acts, act_facts, act_judgements = resolve_acts(nodes, projects, act_bench)
    things = Things(nodes.values(), registers, identities, settled)
    work = Assembly(nodes, projects, acts, act_facts, things, project_owns, act_owns)
    judgements += [*act_judgements, *project_bench.state(), *act_bench.state()]
    judgements += [*identities.judgements, *things.judgements]
    copies = judge_copies(papers, nodes, work.iris)
    entities = work.entities()
    claims = sorted(unify_numbers(list(work.claims())), key=_claim_order)
    labels = {e.iri: e.label for e in entities}
    benches = (identities.bench, project_bench, act_bench)
    contradictions = [*clashes, *(c for b in benches for c in b.contradictions), *things.contradictions]
    return Resolution(
        entities=tuple(sorted(entities, key=lambda e: e.iri)),
        claims=tuple(claims),
        judgements=tuple(sorted((*(_place(j, work) for j in judgements), *copies), key=_judgement_order)),
        issues=(
            *find_conflicts(claims, labels),
            *find_doubts(judgements, nodes, work.label_of, identities.words),
            *_tell(contradictions),
        ),
        replaced=work.replaced(),
    )


def same_decisions(extractions: Iterable[Extraction]) -> dict[str, str]:
    """Document id -> the source of another paper that reports the same decision; papers without one are left
    out.

    A proposal and its decision are two acts, not the same.
    """
    papers = _unique(extractions)
    nodes = gather_nodes(papers)
    _identify(nodes, None, [])
    projects, _ = resolve_projects(nodes)
    acts, _, _ = resolve_acts(nodes, projects)
    sources = {p.document: p.source for p in papers}
    return {document: sources[other] for document, other in pair_papers(sources, nodes, acts).items()}


def _identify(nodes: dict[str, Node], registers: Registers | None, rulings: list[Ruling]) -> Identities:
    identities = Identities(nodes.values(), registers, rulings)
    for node in nodes.values():
        node.who = identities
    return identities


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


def _place(judgement: Judgement, work: Assembly) -> Judgement:
    """The judgement with the things that its sides became."""
    left, right = work.thing_of(judgement.left), work.thing_of(judgement.right)
    names = work.name_of(judgement.left), work.name_of(judgement.right)
    return replace(judgement, left=names[0], right=names[1], left_thing=left, right_thing=right)


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
