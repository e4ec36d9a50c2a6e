"""GraphML, written as a stream."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from kg.export.gexf import write_lines
from kg.export.networks import Network, Scalar, Spell, declare_attributes
from kg.export.style import colour_edges, colour_type, hexadecimal, measure_nodes
from kg.export.xmltext import write_scalar

GRAPHML = "http://graphml.graphdrawing.org/xmlns"

_TYPES: dict[type, str] = {str: "string", int: "long", float: "double", bool: "boolean"}
_TIMES: dict[str, type] = {"start": str, "end": str, "spells": str}
_NO_NAME = re.compile(r"[^\w.:-]")


def write_graphml(network: Network, out: BinaryIO) -> None:
    """The network as GraphML.

    The schema lets no IRI be the id of a node: the ids are ``n0``, ``n1`` ..., and ``iri`` is an attribute.  Label,
    type, colour and size of nodes, kind, weight and amount of edges, and the times, are attributes too.
    """
    write_lines(_lines(network), out)


def _lines(network: Network) -> Iterator[str]:
    about = {"name": network.name, "description": network.description, "date": network.date}
    keys = {
        "graph": _keys("g", dict.fromkeys(about, str)),
        "node": _keys(
            "n",
            {
                "iri": str,
                "label": str,
                "type": str,
                "money": int,
                "size": float,
                "color": str,
                "x": float,
                "y": float,
                **_TIMES,
                **declare_attributes(network.nodes),
            },
        ),
        "edge": _keys(
            "e",
            {"kind": str, "weight": int, "amount": int, "color": str, **_TIMES, **declare_attributes(network.edges)},
        ),
    }
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f'<graphml xmlns="{GRAPHML}">'
    for class_, found in keys.items():
        for name, (key, type_) in found.items():
            shown = _NO_NAME.sub("_", name)
            yield f'  <key id="{key}" for="{class_}" attr.name="{shown}" attr.type="{_TYPES[type_]}"/>'
    yield f'  <graph id="network" edgedefault="{"directed" if network.directed else "undirected"}">'
    yield "    " + _data(keys["graph"], {name: value for name, value in about.items() if value})
    sizes = measure_nodes(network)
    numbers: dict[str, int] = {}
    for number, node in enumerate(network.nodes):
        numbers[node.iri] = number
        x, y = network.places.get(node.iri, (None, None))
        values: dict[str, Scalar | None] = {
            "iri": node.iri,
            "label": node.label,
            "type": node.type,
            "money": node.money,
            "size": sizes[node.iri],
            "color": hexadecimal(colour_type(node.type)),
            "x": x,
            "y": y,
            **list_times(node.spells),
            **node.attributes,
        }
        yield f'    <node id="n{number}">{_data(keys["node"], values)}</node>'
    colours = {kind: hexadecimal(colour) for kind, colour in colour_edges(network).items()}
    for number, edge in enumerate(network.edges):
        values = {
            "kind": edge.kind,
            "weight": edge.weight,
            "amount": edge.amount,
            "color": colours[edge.kind],
            **list_times(edge.spells),
            **edge.attributes,
        }
        ends = f'source="n{numbers[edge.source]}" target="n{numbers[edge.target]}"'
        yield f'    <edge id="e{number}" {ends}>{_data(keys["edge"], values)}</edge>'
    yield "  </graph>"
    yield "</graphml>"


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


def _keys(prefix: str, types: Mapping[str, type]) -> dict[str, tuple[str, type]]:
    return {name: (f"{prefix}k{number}", type_) for number, (name, type_) in enumerate(types.items())}


def _data(keys: Mapping[str, tuple[str, type]], values: Mapping[str, Scalar | None]) -> str:
    return "".join(
        f'<data key="{keys[name][0]}">{write_scalar(value)}</data>'
        for name, value in values.items()
        if value is not None
    )
