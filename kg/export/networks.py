"""A network: what every format of networks is written from.

Nodes and edges are sorted, so that the same graph gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

# What an attribute may be: text, a whole number, a number, yes or no.
Scalar = str | int | float | bool

Spell = tuple[str, str]
"""From a day to a day (ISO 8601), both within; empty where it is open."""


@dataclass(frozen=True, slots=True)
class Node:
    """``type``: class of the thing ("Project", "Organisation"); ``money``: kronor that its edges of one kind carry
    together, of the kinds the largest sum, None where none states an amount."""

    iri: str
    label: str
    type: str
    attributes: Mapping[str, Scalar] = field(default_factory=dict)
    spells: tuple[Spell, ...] = ()
    money: int | None = None


@dataclass(frozen=True, slots=True)
class Edge:
    """``weight``: how many facts it stands for; ``amount``: their sum in kronor, None where none states an amount."""

    source: str
    target: str
    kind: str
    weight: int = 1
    amount: int | None = None
    spells: tuple[Spell, ...] = ()
    attributes: Mapping[str, Scalar] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Network:
    """``date``: the day of the build that it was made from, or empty; ``kinds``: what edges of a kind say; ``undated``:
    facts that a period left out because they have no date; ``unpriced``: edges that a least amount left out because
    they have none; ``timeline``: whether it is drawn from left to right, what comes
    earlier first; ``places``: where the nodes lie in a drawing, by IRI, or empty."""

    name: str
    description: str
    directed: bool
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    date: str = ""
    kinds: Mapping[str, str] = field(default_factory=dict)
    undated: int = 0
    unpriced: int = 0
    timeline: bool = False
    places: Mapping[str, tuple[float, float]] = field(default_factory=dict)

    @property
    def dynamic(self) -> bool:
        """Whether anything in it has a time."""
        return any(e.spells for e in self.edges) or any(n.spells for n in self.nodes)


def declare_attributes(things: tuple[Node, ...] | tuple[Edge, ...]) -> dict[str, type]:
    """Name of every attribute -> the type that holds all its values, in the order of their names."""
    found: dict[str, type] = {}
    for thing in things:
        for name, value in thing.attributes.items():
            before = found.get(name)
            if before is None or before is type(value):
                found[name] = type(value)
            elif {before, type(value)} == {int, float}:
                found[name] = float
            else:
                found[name] = str
    return dict(sorted(found.items()))


def report_gaps(network: Network) -> list[str]:
    """What could not carry time or weight, and what filters left out for want of it, a sentence each."""
    edges, nodes = network.edges, network.nodes
    counts = (
        (sum(not e.spells for e in edges), len(edges), "edge", "without a date"),
        (sum(e.amount is None for e in edges), len(edges), "edge", "without an amount"),
        (sum(not n.spells for n in nodes), len(nodes), "node", "without a date"),
        (network.undated, 0, "fact", "without a date left out by the period"),
        (network.unpriced, 0, "edge", "without an amount left out by the least amount"),
    )
    return [
        f"{count} {word}{'' if count == 1 else 's'}{f' of {total}' if total else ''} {text}"
        for count, total, word, text in counts
        if count
    ]
