"""Puts the parts of resolution together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kg.model import Claim, Entity, Extraction, Judgement, Resolution, ResolvedClaim, Value
from kg.registers import Registers
from kg.resolve.acts import chain_acts, pair_papers, resolve_acts
from kg.resolve.clusters import Clusters
from kg.resolve.conflicts import find_conflicts, find_doubts, unify_numbers
from kg.resolve.lines import Line, resolve_lines
from kg.resolve.names import mint_names, name_forms, name_key, short_hash, slug_number
from kg.resolve.nodes import ActFacts, Node, gather_nodes, value_key
from kg.resolve.projects import resolve_projects
from kg.resolve.things import THING_KINDS, Things, pick_name
from kg.terms import DEFAULT_BASE

CHAIN_RULE = "same_matter"
CHAIN_RULE_VERSION = 1
CHAIN_CONFIDENCE = 0.9


def resolve(
    extractions: Iterable[Extraction], registers: Registers | None = None, *, base: str = DEFAULT_BASE
) -> Resolution:
    """What the papers together say.

    ``registers`` give the labels of the things that they know.  IRIs in the result are relative to ``base``,
    which is part of the signature because a caller must have chosen one before names are minted.
    """
    papers = _unique(extractions)
    nodes = gather_nodes(papers)
    projects, judgements = resolve_projects(nodes)
    acts, act_facts, act_judgements = resolve_acts(nodes, projects)
    judgements += act_judgements
    things = Things(registers)
    things.gather(nodes, _authority_of)
    things.mint()
    work = _Work(nodes, projects, acts, act_facts, things)
    entities = work.entities()
    claims = sorted(unify_numbers(list(work.claims())), key=_claim_order)
    labels = {e.iri: e.label for e in entities}
    return Resolution(
        entities=tuple(sorted(entities, key=lambda e: e.iri)),
        claims=tuple(claims),
        judgements=tuple(sorted(judgements, key=_judgement_order)),
        issues=(*find_conflicts(claims, labels), *find_doubts(judgements, nodes, work.label_of)),
    )


def same_decisions(extractions: Iterable[Extraction]) -> dict[str, str]:
    """Document id -> the source of another paper that reports the same decision; papers without one are left
    out.

    A proposal and its decision are two acts, not the same.
    """
    papers = _unique(extractions)
    nodes = gather_nodes(papers)
    projects, _ = resolve_projects(nodes)
    acts, _, _ = resolve_acts(nodes, projects)
    sources = {p.document: p.source for p in papers}
    return {document: sources[other] for document, other in pair_papers(sources, nodes, acts).items()}


def _unique(extractions: Iterable[Extraction]) -> list[Extraction]:
    """One extraction a document, the first by source, sorted by document."""
    found: dict[str, Extraction] = {}
    for extraction in extractions:
        known = found.get(extraction.document)
        if known is None or extraction.source < known.source:
            found[extraction.document] = extraction
    return [found[document] for document in sorted(found)]


def _authority_of(node: Node) -> str:
    value = node.first("authority")
    return value_key(value) if value else ""


def _claim_order(claim: ResolvedClaim) -> tuple[str, str, str, str, str, int, int, str, str]:
    evidence = claim.claim.evidence
    place = (evidence.document, evidence.start, evidence.end, evidence.rule, claim.claim.subject)
    return claim.subject, claim.property, claim.object or "", claim.value.lexical, *place


def _judgement_order(judgement: Judgement) -> tuple[str, str, str]:
    return judgement.left, judgement.right, judgement.verdict


class _Work:
    """IRIs for the clusters, then entities and claims in terms of them."""

    def __init__(
        self,
        nodes: dict[str, Node],
        projects: Clusters,
        acts: Clusters,
        act_facts: dict[str, ActFacts],
        things: Things,
    ) -> None:
        self._nodes = nodes
        self._projects = projects.groups()
        self._acts = acts.groups()
        self._act_facts = act_facts
        self._things = things
        self._root = {member: root for root, members in self._projects.items() for member in members}
        self._act_root = {member: root for root, members in self._acts.items() for member in members}
        self._labels: dict[str, str] = {}
        self._iris: dict[str, str] = {}
        self._mint_projects()
        self._mint_acts()
        self._lines = resolve_lines(nodes, self._iris.get, self._funder_of)
        self._iris.update({node: line.iri for node, line in self._lines.items()})

    # --- IRIs ---

    def _mint_projects(self) -> None:
        keys: dict[str, str] = {}
        for root, members in self._projects.items():
            names = self._names(members, "name") or self._names(members, "alias")
            self._labels[root] = pick_name(names) if names else root.split("#", 1)[1]
            keys[root] = name_key(self._labels[root]) or f"unnamed {short_hash(root)}"
        used: dict[str, list[str]] = {}
        for root, key in keys.items():
            used.setdefault(key, []).append(root)
        slugs = mint_names(keys.values())
        for key, roots in used.items():
            for root in roots:
                # Namesakes that were kept apart are told by what they are, never by their number.
                tail = f"-{short_hash(self._fingerprint(root))}" if len(roots) > 1 else ""
                for member in self._projects[root]:
                    self._iris[member] = f"project/{slugs[key]}{tail}"

    def _names(self, members: list[str], property: str) -> dict[str, int]:
        """The names of a project and in how many papers each stands."""
        papers: dict[str, set[str]] = {}
        for member in members:
            for value in self._nodes[member].values(property):
                if name_forms(value.lexical).whole:
                    papers.setdefault(value.lexical, set()).add(self._nodes[member].document)
        return {name: len(documents) for name, documents in papers.items()}

    def _fingerprint(self, root: str) -> str:
        stated = {
            f"{claim.property} {value_key(claim.value)}"
            for member in self._projects[root]
            for claim in self._nodes[member].all_claims()
            if claim.value.kind != "node"
        }
        documents = {self._nodes[m].document for m in self._projects[root]}
        return "\n".join(sorted(stated) + sorted(documents))

    def _mint_acts(self) -> None:
        wanted: dict[str, list[str]] = {}
        for root in self._acts:
            wanted.setdefault(self._act_slug(root), []).append(root)
        for slug, roots in wanted.items():
            for root in roots:
                tail = f"_{short_hash(self._act_ident(root))}" if len(roots) > 1 else ""
                for member in self._acts[root]:
                    self._iris[member] = f"decision/{slug}{tail}"

    def _act_slug(self, root: str) -> str:
        """Project, outcome, authority, date and diary number, as far as they are stated."""
        act = self._act_facts[root]
        diary = self._diary(root)
        authority = min((self._things.iri_of_organisation(a) for a in act.authorities), default="")
        parts = [
            self._iris.get(act.project, f"project/{short_hash(root)}").split("/", 1)[1],
            act.outcome.replace("_", "-"),
            authority.split("/", 1)[-1],
            max(act.dates, key=lambda d: (len(d), d), default=""),
            slug_number(diary) if diary else "",
        ]
        return "_".join(p for p in parts if p)

    def _diary(self, root: str) -> str:
        """The diary number as written; of several the first in order."""
        nodes = (self._nodes[m] for m in self._acts[root])
        return min((v.lexical for n in nodes for v in n.values("diary_number")), default="")

    def _act_ident(self, root: str) -> str:
        act = self._act_facts[root]
        fields = ("authorities", "bodies", "dates", "diaries", "cases", "amounts", "owners", "nodes")
        return "\n".join("\t".join(sorted(getattr(act, f))) for f in fields)

    def _funder_of(self, node: Node) -> str:
        claims = node.claims.get("funder")
        return self._things.iri(claims[0].value, node, _authority_of) if claims else ""

    def label_of(self, node: str) -> str:
        """The name of the project, or of the project of the act, that a node became."""
        project = self._root.get(node) or self._act_facts[self._act_root[node]].project
        return self._labels.get(project, project)

    # --- entities ---

    def entities(self) -> list[Entity]:
        things = self._things.entities()
        return [
            *(self._project_entity(root) for root in self._projects),
            *(self._act_entity(root) for root in self._acts),
            *self._line_entities(things),
            *things,
        ]

    def _project_entity(self, root: str) -> Entity:
        members = self._projects[root]
        label = self._labels[root]
        names = {**self._names(members, "name"), **self._names(members, "alias")}
        return Entity(
            self._iris[root],
            "Project",
            label,
            tuple(sorted(set(names) - {label})),
            None,
            tuple(sorted(members)),
        )

    def _project_label(self, act: ActFacts) -> str:
        return self._labels.get(act.project, "")

    def _act_entity(self, root: str) -> Entity:
        act = self._act_facts[root]
        diary = self._diary(root)
        date = [max(act.dates, key=lambda d: (len(d), d))] if act.dates else []
        label = ", ".join(p for p in (self._project_label(act), *date, diary) if p) or self._iris[root].split("/", 1)[1]
        return Entity(self._iris[root], "Decision", label, (), None, tuple(sorted(self._acts[root])))

    def _line_entities(self, things: list[Entity]) -> list[Entity]:
        lines: dict[str, Line] = {line.iri: line for line in self._lines.values()}
        names = {thing.iri: thing.label for thing in things}
        return [
            Entity(iri, "FinancingLine", self._line_label(line, names), (), None, tuple(sorted(line.nodes)))
            for iri, line in lines.items()
        ]

    def _line_label(self, line: Line, names: dict[str, str]) -> str:
        node = self._nodes[line.nodes[0]]
        amount = node.first("amount_sek")
        project = next((self._labels[self._root[t]] for t in node.targets("project") if t in self._root), "")
        parts = (project, names.get(self._funder_of(node), ""), amount.lexical if amount else "")
        return ", ".join(p for p in parts if p) or line.iri

    # --- claims ---

    def claims(self) -> Iterable[ResolvedClaim]:
        for node in self._nodes.values():
            for claim in node.all_claims():
                yield ResolvedClaim(self._iris[node.id], claim.property, self._object(node, claim), claim.value, claim)
        for later, property, earlier, _ in chain_acts(self._act_facts):
            yield from self._chain_claims(later, property, earlier)

    def _object(self, node: Node, claim: Claim) -> str | None:
        if claim.value.kind == "node":
            return self._iris[f"{node.document}#{claim.value.lexical}"]
        if claim.value.kind in THING_KINDS:
            return self._things.iri(claim.value, node, _authority_of)
        return None

    def _chain_claims(self, later: str, property: str, earlier: str) -> Iterable[ResolvedClaim]:
        """That an act decides or amends another, for each paper that tells of the later act; the words are
        those that state its outcome."""
        target = self._iris[earlier]
        for member in self._acts[later]:
            node = self._nodes[member]
            stated = next((node.claims[p][0] for p in ("outcome", "project") if p in node.claims), None)
            if stated is None:
                continue
            words = replace(
                stated.evidence, rule=CHAIN_RULE, rule_version=CHAIN_RULE_VERSION, confidence=CHAIN_CONFIDENCE
            )
            value = Value("node", target)
            claim = Claim(stated.subject, property, value, words)
            yield ResolvedClaim(self._iris[member], property, target, value, claim)
