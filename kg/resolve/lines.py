"""Financing lines: the same line told by two papers is one line, two equal rows of one paper are two."""

from __future__ import annotations

from collections.abc import Callable

from kg.resolve.clusters import Clusters
from kg.resolve.minting import Own
from kg.resolve.nodes import Node
from kg.resolve.owning import own_line, past_lines, tell_line
from kg.resolve.past import Past


def resolve_lines(
    nodes: dict[str, Node],
    iri_of: Callable[[str], str | None],
    projects: dict[str, tuple[Own, ...]],
    acts: dict[str, tuple[Own, ...]],
    past: Past | None = None,
) -> tuple[Clusters, dict[str, tuple[Own, ...]]]:
    """The clusters of financing nodes, and the names of each node.

    A line is told by project, funder, amount, status, form and decision; the n-th row of one paper that is equal in
    these is the n-th of another.  ``iri_of`` gives the IRI of a project or decision node; ``past``: as of
    ``own_projects``.
    """
    counts: dict[tuple[str, str], int] = {}
    rows: dict[tuple[str, str], int] = {}
    first: dict[str, str] = {}
    lines = sorted((n for n in nodes.values() if n.kind == "financing"), key=_place)
    clusters = Clusters(n.id for n in lines)
    owns: dict[str, tuple[Own, ...]] = {}
    for node in lines:
        project = next((iri_of(t) for t in node.targets("project")), None)
        decision = next((iri_of(t) for t in node.targets("decision")), None)
        funder = min(node.keys("funder"), default="")
        stated = [v.lexical if v else "" for v in map(node.first, ("amount_sek", "status", "form"))]
        # A line without project or funder says too little to be the same as another.
        own = "" if project and funder else node.id
        ident = "\t".join((project or "", funder, *stated, decision or "", own))
        number = counts[(node.document, ident)] = counts.get((node.document, ident), 0) + 1
        clusters.join(first.setdefault(f"{ident} {number}", node.id), node.id)
        told = tell_line(node, projects, acts)
        row = rows[(node.document, told)] = rows.get((node.document, told), 0) + 1
        owns[node.id] = (own_line(node, told, row),)
    for id, former in past_lines(lines, nodes, projects, acts, past or {}).items():
        owns[id] += former
    return clusters, owns


def _place(node: Node) -> tuple[str, int, str]:
    """Papers by id, lines in the order of the paper."""
    return node.document, node.start, node.id
