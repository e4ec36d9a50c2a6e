"""Which nodes are one project, act or financing line each, and the IRI of each of these."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kg.resolve.clusters import Clusters
from kg.resolve.lines import resolve_lines
from kg.resolve.minting import Own, mint
from kg.resolve.names import name_forms
from kg.resolve.nodes import Node
from kg.resolve.past import Past
from kg.resolve.things import pick_name


@dataclass(slots=True)
class Groups:
    """``projects``, ``acts`` and ``lines``: representative -> members; ``iris``: of each node; ``owns``: the names that
    each node can give its thing; ``replaced``: IRIs that others have taken the place of."""

    projects: dict[str, list[str]]
    acts: dict[str, list[str]]
    lines: dict[str, list[str]] = field(default_factory=dict)
    iris: dict[str, str] = field(default_factory=dict)
    owns: dict[str, tuple[Own, ...]] = field(default_factory=dict)
    replaced: list[tuple[str, str]] = field(default_factory=list)

    def mint(self, groups: Mapping[str, list[str]], owns: Mapping[str, tuple[Own, ...]]) -> None:
        """Gives each of these groups its IRI."""
        minted = mint(groups, owns)
        self.owns.update((member, owns[member]) for members in groups.values() for member in members)
        for root, members in groups.items():
            for member in members:
                self.iris[member] = minted.iris[root]
        self.replaced += minted.replaced

    def parts(self) -> tuple[dict[str, list[str]], ...]:
        """The groups of each kind."""
        return self.projects, self.acts, self.lines

    def of_roots(self, roots: Iterable[str]) -> Groups:
        """The groups of these representatives alone, with the IRIs of all nodes."""
        wanted = sorted(roots)
        projects, acts, lines = ({r: of[r] for r in wanted if r in of} for of in self.parts())
        return Groups(projects, acts, lines, self.iris)


def name_groups(
    nodes: Mapping[str, Node],
    projects: Clusters,
    acts: Clusters,
    project_owns: Mapping[str, tuple[Own, ...]],
    act_owns: Mapping[str, tuple[Own, ...]],
    past: Past,
) -> Groups:
    """The groups of projects and acts with their IRIs, and then the lines, which are told by these."""
    found = Groups(projects.groups(), acts.groups())
    found.mint(found.projects, project_owns)
    found.mint(found.acts, act_owns)
    lines, line_owns = resolve_lines(dict(nodes), found.iris.get, dict(project_owns), dict(act_owns), past)
    found.lines = lines.groups()
    found.mint(found.lines, line_owns)
    return found


def count_names(nodes: Mapping[str, Node], members: Iterable[str], property: str) -> dict[str, int]:
    """The names of a project and in how many papers each stands."""
    papers: dict[str, set[str]] = {}
    for member in members:
        for value in nodes[member].values(property):
            if name_forms(value.lexical).whole:
                papers.setdefault(value.lexical, set()).add(nodes[member].document)
    return {name: len(documents) for name, documents in papers.items()}


def label_projects(groups: Mapping[str, list[str]], nodes: Mapping[str, Node]) -> dict[str, str]:
    """The name that each group of projects goes by, by its representative."""
    found = {}
    for root, members in groups.items():
        names = count_names(nodes, members, "name") or count_names(nodes, members, "alias")
        found[root] = pick_name(names) if names else root.split("#", 1)[1]
    return found
