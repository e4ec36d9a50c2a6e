"""Pajek ``.net``: vertices with labels, lines with weights and kinds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import BinaryIO

from kg.export.gexf import write_lines
from kg.export.networks import Network


def write_pajek(network: Network, out: BinaryIO) -> None:
    """The network as Pajek reads it.

    The format knows labels, kinds and weights; what it cannot carry (IRIs, attributes, times) is left out.  A double
    quote in a label becomes a single one, a line feed a blank; labels that occur twice are told apart by the paths of
    their IRIs.
    """
    write_lines(_lines(network), out)


def _lines(network: Network) -> Iterator[str]:
    labels = [" ".join(node.label.replace('"', "'").split()) for node in network.nodes]
    often = Counter(labels)
    yield f"*Vertices {len(labels)}"
    numbers: dict[str, int] = {}
    for number, (node, label) in enumerate(zip(network.nodes, labels, strict=True), 1):
        numbers[node.iri] = number
        name = f"{label} ({node.iri.split('/', 3)[-1]})" if often[label] > 1 else label
        yield f'{number} "{name}"'
    yield "*Arcs" if network.directed else "*Edges"
    for edge in network.edges:
        kind = " ".join(edge.kind.replace('"', "'").split())
        yield f'{numbers[edge.source]} {numbers[edge.target]} {edge.weight} l "{kind}"'
