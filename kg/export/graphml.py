"""GraphML, written as a stream."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import BinaryIO

from kg.export.gexf import write_lines
from kg.export.networks import Network, Scalar, Spell, declare_attributes
from kg.export.style import colour_kinds, colour_type, hexadecimal, measure_nodes
from kg.export.xmltext import escape, write_scalar

GRAPHML = "http://graphml.graphdrawing.org/xmlns"

_TYPES: dict[type, str] = {str: "string", int: "long", float: "double", bool: "boolean"}


def write_graphml(network: Network, out: BinaryIO) -> None:
    """The network as GraphML: type, colour and size of nodes, kind, weight and amount of edges, and their times, as
    data of the names that Gephi gives them."""
    write_lines(_lines(network), out)


def _lines(network: Network) -> Iterator[str]:
    nodes = {"label": str, "type": str, "money": int, "size": float, "color": str, **_TIMES}
    edges = {"kind": str, "weight": int, "amount": int, "color": str, **_TIMES}
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f'<graphml xmlns="{GRAPHML}">'
    yield from _keys("graph", {"name": str, "description": str, "date": str})
    yield from _keys("node", {**nodes, **declare_attributes(network.nodes)})
    yield from _keys("edge", {**edges, **declare_attributes(network.edges)})
    yield f'  <graph id="{escape(network.name)}" edgedefault="{"directed" if network.directed else "undirected"}">'
    about = {"name": network.name, "description": network.description, "date": network.date}
    yield "    " + _data("graph", {name: value for name, value in about.items() if value})
    sizes = measure_nodes(network)
    for node in network.nodes:
        values: dict[str, Scalar | None] = {
            "label": node.label, "type": node.type, "money": node.money, "size": sizes[node.iri],
            "color": hexadecimal(colour_type(node.type)), **list_times(node.spells), **node.attributes,
        }
        yield f'    <node id="{escape(node.iri)}">{_data("node", values)}</node>'
    colours = {kind: hexadecimal(colour) for kind, colour in colour_kinds(e.kind for e in network.edges).items()}
    for number, edge in enumerate(network.edges):
        values = {
            "kind": edge.kind, "weight": edge.weight, "amount": edge.amount, "color": colours[edge.kind],
            **list_times(edge.spells), **edge.attributes,
        }
        ends = f'source="{escape(edge.source)}" target="{escape(edge.target)}"'
        yield f'    <edge id="e{number}" {ends}>{_data("edge", values)}</edge>'
    yield "  </graph>"
    yield "</graphml>"


_TIMES = {"start": str, "end": str, "spells": str}


def list_times(spells: tuple[Spell, ...]) -> dict[str, Scalar]:
    """First and last day and, where there are more spells than one, all of them as ``from/to``, with blanks between."""
    if not spells:
        return {}
    ends = [end for _, end in spells]
    last = max(ends) if all(ends) else ""
    times: dict[str, Scalar] = {}
    if spells[0][0]:
        times["start"] = spells[0][0]
    if last:
        times["end"] = last
    if len(spells) > 1:
        times["spells"] = " ".join(f"{start}/{end}" for start, end in spells)
    return times


def _keys(class_: str, types: Mapping[str, type]) -> Iterator[str]:
    for name, type_ in types.items():
        names = f'id="{class_}-{escape(name)}" for="{class_}" attr.name="{escape(name)}"'
        yield f'  <key {names} attr.type="{_TYPES[type_]}"/>'


def _data(class_: str, values: Mapping[str, Scalar | None]) -> str:
    return "".join(
        f'<data key="{class_}-{escape(name)}">{write_scalar(value)}</data>'
        for name, value in values.items()
        if value is not None
    )
