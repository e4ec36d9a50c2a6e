"""Networks as JSON: for graphology and sigma, and for Cytoscape."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any, BinaryIO

from kg.export.gexf import write_lines
from kg.export.graphml import list_times
from kg.export.networks import Network
from kg.export.style import colour_edges, colour_type, hexadecimal, measure_nodes


def write_graphology(network: Network, out: BinaryIO) -> None:
    """What ``graph.import`` of graphology takes and sigma draws: nodes have a place, a size, a colour and a label.

    The class of a node is ``class`` and the kind of an edge ``kind``, since sigma takes ``type`` for a way of drawing.
    """
    about = {"name": network.name, "description": network.description, "date": network.date}
    head = {
        "attributes": {name: value for name, value in about.items() if value},
        "options": {"type": "directed" if network.directed else "undirected", "multi": True, "allowSelfLoops": True},
    }
    lines = [f"{_dump(name)}: {_dump(value)}," for name, value in head.items()]
    nodes = ({"key": key, "attributes": values} for key, values in _nodes(network))
    edges = ({"key": f"e{n}", **_ends(network, n), "attributes": values} for n, values in _edges(network))
    parts = (["{"], lines, _list("nodes", nodes, ","), _list("edges", edges, ""), ["}"])
    write_lines(chain.from_iterable(parts), out)


def _ends(network: Network, number: int) -> dict[str, Any]:
    edge = network.edges[number]
    return {"source": edge.source, "target": edge.target, "undirected": not network.directed}


def write_cytoscape(network: Network, out: BinaryIO) -> None:
    """Cytoscape's ``.cyjs``, read by Cytoscape and by cytoscape.js."""
    about = {"name": network.name, "shared_name": network.name, "description": network.description}
    if network.date:
        about["date"] = network.date
    nodes = (_cytoscape_node(key, values) for key, values in _nodes(network))
    edges = (
        {"data": {"id": f"e{number}", "source": edge.source, "target": edge.target, "interaction": edge.kind, **values}}
        for (number, values), edge in zip(_edges(network), network.edges, strict=True)
    )
    head = ["{", f'"format_version": "1.0", "generated_by": "Beslutsgraf", "data": {_dump(about)},', '"elements": {']
    parts = (head, _list("nodes", nodes, ","), _list("edges", edges, ""), ["}}"])
    write_lines(chain.from_iterable(parts), out)


def _cytoscape_node(key: str, values: dict[str, Any]) -> dict[str, Any]:
    own = dict(values)
    place = {"x": own.pop("x"), "y": own.pop("y")}
    # the reader of networkx asks for "value" and "name"
    return {"data": {"id": key, "value": key, "name": own["label"], **own}, "position": place}


def _nodes(network: Network) -> Iterator[tuple[str, dict[str, Any]]]:
    sizes = measure_nodes(network)
    places = network.places or circle(network)
    for node in network.nodes:
        x, y = places[node.iri]
        values: dict[str, Any] = {
            "label": node.label,
            "class": node.type,
            "x": x,
            "y": y,
            "size": round(sizes[node.iri] / 2, 2),
            "color": hexadecimal(colour_type(node.type)),
        }
        if node.money is not None:
            values["money"] = node.money
        yield node.iri, {**values, **list_times(node.spells), **node.attributes}


def _edges(network: Network) -> Iterator[tuple[int, dict[str, Any]]]:
    colours = {kind: hexadecimal(colour) for kind, colour in colour_edges(network).items()}
    for number, edge in enumerate(network.edges):
        values: dict[str, Any] = {"kind": edge.kind, "label": edge.kind, "weight": edge.weight}
        if edge.amount is not None:
            values["amount"] = edge.amount
        yield number, {**values, "color": colours[edge.kind], **list_times(edge.spells), **edge.attributes}


def circle(network: Network) -> dict[str, tuple[float, float]]:
    """The nodes on a circle, in their order."""
    from math import cos, pi, sin

    count = len(network.nodes)
    radius = 10.0 * count
    return {
        node.iri: (round(radius * cos(2 * pi * i / count), 2), round(radius * sin(2 * pi * i / count), 2))
        for i, node in enumerate(network.nodes)
    }


def _list(name: str, things: Iterable[dict[str, Any]], after: str) -> Iterator[str]:
    yield f"{_dump(name)}: ["
    before = ""
    for thing in things:
        if before:
            yield before + ","
        before = _dump(thing)
    if before:
        yield before
    yield f"]{after}"


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
