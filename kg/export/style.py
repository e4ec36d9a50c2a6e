"""Colours by type and kind, sizes by money: what is alike looks alike in every format and picture."""

from __future__ import annotations

from math import sqrt

from kg.export.networks import Network

Colour = tuple[int, int, int]

SMALLEST, LARGEST = 8.0, 40.0

# Told apart by those who do not see red and green as others do, and in print.
_TYPES: dict[str, Colour] = {
    "Project": (0, 114, 178),
    "Organisation": (230, 159, 0),
    "Board": (204, 121, 167),
    "County": (0, 158, 115),
    "Municipality": (86, 180, 233),
    "Decision": (213, 94, 0),
    "Programme": (148, 103, 189),
    "Appropriation": (140, 86, 75),
    "Fund": (120, 120, 30),
}
_OTHER: Colour = (127, 127, 127)
_KINDS: tuple[Colour, ...] = (
    (106, 61, 154),
    (51, 160, 44),
    (227, 26, 28),
    (31, 120, 180),
    (255, 127, 0),
    (177, 89, 40),
    (166, 118, 29),
    (102, 166, 30),
    (231, 41, 138),
    (27, 158, 119),
    (117, 112, 179),
    (90, 90, 90),
    (190, 174, 20),
    (120, 198, 210),
)


def colour_type(name: str) -> Colour:
    """The colour of nodes of a class."""
    return _TYPES.get(name, _OTHER)


def colour_edges(network: Network) -> dict[str, Colour]:
    """A colour for each kind of edge that the view or the network has, in the order of their names.

    Filters change no colour of a kind that the view's head names.  After the fourteenth they begin anew.
    """
    named = sorted(network.kinds)
    others = sorted({edge.kind for edge in network.edges} - set(named))
    return {kind: _KINDS[number % len(_KINDS)] for number, kind in enumerate([*named, *others])}


def measure_nodes(network: Network) -> dict[str, float]:
    """The diameter of every node, from ``SMALLEST`` to ``LARGEST``: its area grows with its money."""
    most = max((node.money or 0 for node in network.nodes), default=0)
    span = LARGEST - SMALLEST
    return {
        node.iri: round(SMALLEST + span * sqrt(max(node.money or 0, 0) / most), 2) if most else SMALLEST
        for node in network.nodes
    }


def hexadecimal(colour: Colour) -> str:
    """The colour as ``#rrggbb``."""
    return "#{:02x}{:02x}{:02x}".format(*colour)
