"""From clusters of nodes to entities with IRIs, and claims about them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from kg.model import Claim, Entity, ResolvedClaim, Value
from kg.resolve.acts import chain_acts
from kg.resolve.grouping import Groups, count_names, label_projects
from kg.resolve.minting import Own
from kg.resolve.nodes import ActFacts, Node
from kg.resolve.saying import THING_KINDS
from kg.resolve.things import Things

CHAIN_RULE = "same_matter"
CHAIN_RULE_VERSION = 1
CHAIN_CONFIDENCE = 0.9


class Assembly:
    """Entities and claims in terms of the IRIs of the groups that nodes fall into."""

    def __init__(
        self,
        nodes: dict[str, Node],
        groups: Groups,
        act_facts: dict[str, ActFacts],
        things: Things,
        beyond: Mapping[str, str] | None = None,
    ) -> None:
        """``beyond``: the IRIs of nodes that are named by these and are none of them."""
        self._nodes = nodes
        self._groups = groups
        self._act_facts = act_facts
        self._things = things
        self._root = {member: root for root, members in groups.projects.items() for member in members}
        self._act_root = {member: root for root, members in groups.acts.items() for member in members}
        self._labels = label_projects(groups.projects, nodes)
        self._iris = groups.iris
        self._beyond = beyond or {}

    @property
    def iris(self) -> Mapping[str, str]:
        """The IRI of the thing that each node of a paper became."""
        return self._iris

    @property
    def owns(self) -> Mapping[str, tuple[Own, ...]]:
        """The names that each node can give its thing."""
        return self._groups.owns

    def replaced(self) -> tuple[tuple[str, str], ...]:
        """The IRIs of projects, acts and lines that others have taken the place of: (old, new), sorted."""
        return tuple(sorted(set(self._groups.replaced)))

    def label_of(self, node: str) -> str:
        """The name of the project, or of the project of the act, that a node became."""
        project = self._root.get(node) or self._act_facts[self._act_root[node]].project
        return self._labels.get(project, project)

    # --- entities ---

    def entities(self) -> list[Entity]:
        """Projects, acts and lines."""
        return [
            *(self._project_entity(root) for root in self._groups.projects),
            *(self._act_entity(root) for root in self._groups.acts),
            *self._line_entities(),
        ]

    def _project_entity(self, root: str) -> Entity:
        members = self._groups.projects[root]
        label = self._labels[root]
        names = {**count_names(self._nodes, members, "name"), **count_names(self._nodes, members, "alias")}
        return Entity(
            self._iris[root],
            "Project",
            label,
            tuple(sorted(set(names) - {label})),
            None,
            tuple(sorted(members)),
        )

    def _act_entity(self, root: str) -> Entity:
        act = self._act_facts[root]
        nodes = (self._nodes[m] for m in self._groups.acts[root])
        diary = min((v.lexical for n in nodes for v in n.values("diary_number")), default="")
        date = [max(act.dates, key=lambda d: (len(d), d))] if act.dates else []
        name = self._labels.get(act.project, "")
        label = ", ".join(p for p in (name, *date, diary) if p) or self._iris[root].split("/", 1)[1]
        return Entity(self._iris[root], "Decision", label, (), None, tuple(sorted(self._groups.acts[root])))

    def _line_entities(self) -> list[Entity]:
        names = self._things.labels()
        return [
            Entity(self._iris[root], "FinancingLine", self._line_label(root, names), (), None, tuple(sorted(members)))
            for root, members in self._groups.lines.items()
        ]

    def _line_label(self, root: str, names: dict[str, str]) -> str:
        node = self._nodes[root]
        amount, funder = node.first("amount_sek"), node.first("funder")
        project = next((self._labels[self._root[t]] for t in node.targets("project") if t in self._root), "")
        payer = names.get(self._things.iri(funder, node), "") if funder else ""
        return ", ".join(p for p in (project, payer, amount.lexical if amount else "") if p) or self._iris[root]

    # --- claims ---

    def claims(self) -> Iterable[ResolvedClaim]:
        for node in self._nodes.values():
            for claim in node.all_claims():
                yield ResolvedClaim(self._iris[node.id], claim.property, self._object(node, claim), claim.value, claim)
        for later, property, earlier, _ in chain_acts(self._act_facts):
            yield from self._chain_claims(later, property, earlier)

    def _object(self, node: Node, claim: Claim) -> str | None:
        if claim.value.kind == "node":
            target = f"{node.document}#{claim.value.lexical}"
            return self._iris.get(target) or self._beyond[target]
        if claim.value.kind in THING_KINDS:
            return self._things.iri(claim.value, node)
        return None

    def _chain_claims(self, later: str, property: str, earlier: str) -> Iterable[ResolvedClaim]:
        """That an act decides or amends another, for each paper that tells of the later act; the words are
        those that state its outcome."""
        target = self._iris[earlier]
        for member in self._groups.acts[later]:
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
