"""A large part of what papers say, resolved as one and told piece by piece.

To tell which nodes are one, names, numbers and sums are enough, and equal ones are one object.  The words that claims
rest on are needed only to state them, for which projects stand alone, each with its acts and lines: so that these are
read again, some at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kg.model import Claim, Evidence, Extraction, Judgement, Value
from kg.resolve.basis import Basis
from kg.resolve.clusters import Clusters
from kg.resolve.conflicts import find_doubts
from kg.resolve.grouping import Groups, label_projects
from kg.resolve.nodes import ActFacts, Node, act_facts
from kg.resolve.past import NAMING, Past
from kg.resolve.resolution import Gathered, Resolved, cases_of, gather_part, match_nodes, read_nodes, sum_up, tell

# What tells which acts and lines are one, and what their things are called.
_TELLING = frozenset(
    {
        "name", "alias", "project", "decision", "outcome", "authority", "deciding_body", "beneficiary", "funder",
        "date", "diary_number", "case_id", "amount_sek", "new_amount_sek", "status", "form",
    }
)  # fmt: skip
_NO_WORDS = Evidence("", 0, 0, "", "", 0, 0.0)

Load = Callable[[Iterable[str]], Iterable[Extraction]]


def resolve_in_pieces(
    nodes: set[str], load: Load, basis: Basis, beyond: Mapping[str, str], at_once: int
) -> Iterator[Resolved]:
    """What ``resolve_gathered`` says of the nodes, in pieces of about ``at_once`` of them; each thing is whole in one.

    ``load`` gives the papers in which nodes stand, and is called once for all and once for each piece.
    """
    outline = _outline(_gather_outline(load(nodes), nodes, basis), basis)
    basis.identities.forget()
    replaced = tuple(sorted(set(outline.groups.replaced)))
    for piece in outline.pieces(at_once):
        yield outline.tell(piece, load, basis, beyond, replaced)
        basis.identities.forget()
        replaced = ()


@dataclass(frozen=True, slots=True)
class _Outline:
    """What is known of all pieces.  ``cases``: act -> project, representatives of both; ``labels``: of projects;
    ``whole``: representatives that are told together; ``judgements``: without and with what their sides became, by
    the representative of the right side; ``shown``: the project, by its representative, of each side of these."""

    groups: Groups
    cases: dict[str, str]
    labels: dict[str, str]
    whole: list[list[str]]
    judgements: dict[str, list[tuple[Judgement, Judgement]]]
    shown: dict[str, str]

    def pieces(self, at_once: int) -> Iterator[list[str]]:
        """Representatives of about so many nodes."""
        piece: list[str] = []
        count = 0
        for roots in self.whole:
            piece += roots
            count += sum(len(of[r]) for of in self.groups.parts() for r in roots if r in of)
            if count >= at_once:
                yield piece
                piece, count = [], 0
        if piece:
            yield piece

    def label_of(self, node: str) -> str:
        """The name of the project, or of the project of the act, that a node became."""
        project = self.shown[node]
        return self.labels.get(project, project)

    def tell(
        self,
        roots: list[str],
        load: Load,
        basis: Basis,
        beyond: Mapping[str, str],
        replaced: tuple[tuple[str, str], ...],
    ) -> Resolved:
        """What is said of these."""
        groups = self.groups.of_roots(roots)
        wanted = {member for of in groups.parts() for members in of.values() for member in members}
        nodes = read_nodes(load(wanted), wanted, basis)
        told = tell(nodes, groups, {r: self._facts_of(groups.acts[r], nodes) for r in groups.acts}, basis, beyond)
        judged = [pair for root in roots for pair in self.judgements.get(root, ())]
        findings = [*told.conflicts, *find_doubts([bare for bare, _ in judged], nodes, self.label_of, {})]
        judgements = [placed for _, placed in judged]
        resolution = sum_up(told.entities, told.claims, judgements, findings, replaced)
        return Resolved(resolution, nodes, {}, basis, told.work, tuple(findings))

    def _facts_of(self, members: list[str], nodes: Mapping[str, Node]) -> ActFacts:
        """What is known of an act; ``members`` begin with its representative."""
        project = self.cases[members[0]]
        facts = act_facts(nodes[members[0]], project)
        for member in members[1:]:
            facts.absorb(act_facts(nodes[member], project))
        return facts


def _outline(part: Gathered, basis: Basis) -> _Outline:
    matched = match_nodes(part, basis, [])
    groups = matched.groups
    cases = {root: facts.project for root, facts in matched.act_facts.items()}
    root_of = {member: root for of in groups.parts() for root, members in of.items() for member in members}
    whole = Clusters(sorted(set(root_of.values())))
    for node in part.nodes.values():
        for target in cases_of(node):
            whole.join(root_of[node.id], root_of[target])
    judgements: dict[str, list[tuple[Judgement, Judgement]]] = {}
    shown: dict[str, str] = {}
    for bare, placed in zip(matched.judgements, matched.placed(), strict=True):
        judgements.setdefault(root_of[bare.right], []).append((bare, placed))
        for side in (bare.left, bare.right):
            shown[side] = cases.get(root_of[side], root_of[side])
    labels = label_projects(groups.projects, part.nodes)
    groups.owns = {}
    return _Outline(groups, cases, labels, list(whole.groups().values()), judgements, shown)


# --- nodes without their words ---------------------------------------------------------------------------------


def _gather_outline(papers: Iterable[Extraction], wanted: set[str], basis: Basis) -> Gathered:
    """As ``gather_part``, without the words, and without what does not tell which nodes are one."""
    found = Gathered()
    claims: dict[tuple[str, Value], list[Claim]] = {}
    sets: dict[frozenset[Any], frozenset[Any]] = {}
    for paper in papers:
        part = gather_part([paper], wanted, basis)
        for facts in part.facts.values():
            facts.share(sets)
        found.facts.update(part.facts)
        found.project_owns.update(part.project_owns)
        found.act_owns.update(part.act_owns)
        for node in part.nodes.values():
            found.nodes[node.id] = _thin(node, claims, basis.things.past)
    found.nodes = dict(sorted(found.nodes.items()))
    return found


def _thin(node: Node, claims: dict[tuple[str, Value], list[Claim]], past: Past) -> Node:
    kept = {}
    for property in node.claims.keys() & _TELLING:
        of = node.claims[property]
        if past and property in NAMING:
            # the words tell by which name an organisation was known before
            kept[property] = of
        elif len(of) == 1:
            kept[property] = _share(property, of[0].value, claims)
        else:
            kept[property] = [_share(property, claim.value, claims)[0] for claim in of]
    return Node(node.id, node.document, kept, node.who, node.date, node.start)


def _share(property: str, value: Value, claims: dict[tuple[str, Value], list[Claim]]) -> list[Claim]:
    """The one claim of this value without words, in a list."""
    found = claims.get((property, value))
    if found is None:
        found = claims[property, value] = [Claim("", property, value, _NO_WORDS)]
    return found
