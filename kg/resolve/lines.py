"""Financing lines: the same line told by two papers is one line, two equal rows of one paper are two."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from kg.resolve.names import short_hash
from kg.resolve.nodes import Node


@dataclass(slots=True)
class Line:
    """A financing line under way to an entity."""

    iri: str
    nodes: list[str] = field(default_factory=list)


def resolve_lines(
    nodes: dict[str, Node], iri_of: Callable[[str], str | None], funder_of: Callable[[Node], str]
) -> dict[str, Line]:
    """Node -> its line.  A line is told by project, funder, amount, status, form and decision; the n-th row
    of one paper that is equal in these is the n-th of another.

    ``iri_of`` gives the IRI of a node, ``funder_of`` that of the funder of a financing node, empty where
    unknown.
    """
    counts: dict[tuple[str, str], int] = {}
    lines: dict[str, Line] = {}
    found: dict[str, Line] = {}
    for node in sorted((n for n in nodes.values() if n.kind == "financing"), key=_place):
        project = next((iri_of(t) for t in node.targets("project")), None)
        decision = next((iri_of(t) for t in node.targets("decision")), None)
        funder = funder_of(node)
        stated = [v.lexical if v else "" for v in map(node.first, ("amount_sek", "status", "form"))]
        # A line without project or funder says too little to be the same as another.
        own = "" if project and funder else node.id
        ident = "\t".join((project or "", funder, *stated, decision or "", own))
        number = counts[(node.document, ident)] = counts.get((node.document, ident), 0) + 1
        slug = "_".join(p.split("/", 1)[1].replace("/", "-") for p in (project, funder) if p) or "line"
        iri = f"financing/{slug}_{short_hash(f'{ident} {number}')}"
        line = found.setdefault(iri, Line(iri))
        line.nodes.append(node.id)
        lines[node.id] = line
    return lines


def _place(node: Node) -> tuple[str, int, str]:
    """Papers by id, lines in the order of the paper."""
    starts = [c.evidence.start for c in node.all_claims()]
    return node.document, min(starts, default=0), node.id
