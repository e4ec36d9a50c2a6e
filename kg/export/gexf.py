"""GEXF 1.3, written as a stream.

Written here: the writer of networkx builds the whole document in memory, puts in the day of the export, and knows
neither ``kind``, without which Gephi merges parallel edges, nor a description.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import BinaryIO

from kg.export.networks import Edge, Network, Node, Scalar, Spell, declare_attributes
from kg.export.style import Colour, colour_edges, colour_type, measure_nodes
from kg.export.xmltext import escape, write_scalar

GEXF = "http://gexf.net/1.3"
VIZ = "http://gexf.net/1.3/viz"

_TYPES: dict[type, str] = {str: "string", int: "long", float: "double", bool: "boolean"}
_LINES_AT_ONCE = 5_000


def write_gexf(network: Network, out: BinaryIO) -> None:
    """The network as GEXF 1.3; only a few thousand lines of it are in memory at a time."""
    write_lines(_lines(network), out)


def write_lines(lines: Iterable[str], out: BinaryIO) -> None:
    """The lines in UTF-8, some thousands at a time."""
    source = iter(lines)
    while some := list(islice(source, _LINES_AT_ONCE)):
        out.write(("\n".join(some) + "\n").encode())


def _lines(network: Network) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f'<gexf xmlns="{GEXF}" xmlns:viz="{VIZ}" version="1.3">'
    day = f' lastmodifieddate="{network.date}"' if network.date else ""
    yield f"  <meta{day}>"
    yield "    <creator>Beslutsgraf</creator>"
    yield f"    <description>{escape(network.description)}</description>"
    yield "  </meta>"
    time = ' mode="dynamic" timeformat="date" timerepresentation="interval"' if network.dynamic else ' mode="static"'
    yield f'  <graph defaultedgetype="{"directed" if network.directed else "undirected"}" idtype="string"{time}>'
    yield from _declarations("node", {"type": str, "money": int, **declare_attributes(network.nodes)})
    yield from _declarations("edge", {"amount": int, **declare_attributes(network.edges)})
    yield f'    <nodes count="{len(network.nodes)}">'
    sizes = measure_nodes(network)
    names = {node.iri: escape(node.iri) for node in network.nodes}  # once, for all edges that lead to the node
    for node in network.nodes:
        yield _node(node, names[node.iri], sizes[node.iri], network.places.get(node.iri))
    yield "    </nodes>"
    yield f'    <edges count="{len(network.edges)}">'
    kinds = {kind: (escape(kind), _colour(colour)) for kind, colour in colour_edges(network).items()}
    for number, edge in enumerate(network.edges):
        yield _edge(number, edge, names[edge.source], names[edge.target], *kinds[edge.kind])
    yield "    </edges>"
    yield "  </graph>"
    yield "</gexf>"


def _declarations(class_: str, types: Mapping[str, type]) -> Iterator[str]:
    yield f'    <attributes class="{class_}">'
    for name, type_ in types.items():
        yield f'      <attribute id="{escape(name)}" title="{escape(name)}" type="{_TYPES[type_]}"/>'
    yield "    </attributes>"


def _node(node: Node, name: str, size: float, place: tuple[float, float] | None) -> str:
    own: dict[str, Scalar] = {"type": node.type} if node.money is None else {"type": node.type, "money": node.money}
    look = f'{_colour(colour_type(node.type))}<viz:size value="{size}"/>'
    if place is not None:
        look += f'<viz:position x="{place[0]}" y="{place[1]}" z="0.0"/>'
    inner = _values(own | dict(node.attributes)) + look
    head = f'      <node id="{name}" label="{escape(node.label)}"'
    return f"{head}{_times(node.spells, inner)}</node>"


def _edge(number: int, edge: Edge, source: str, target: str, kind: str, colour: str) -> str:
    values = _values({"amount": edge.amount, **edge.attributes} if edge.amount is not None else edge.attributes)
    head = f'      <edge id="{number}" source="{source}" target="{target}"'
    return f'{head} kind="{kind}" label="{kind}" weight="{edge.weight}"{_times(edge.spells, values + colour)}</edge>'


def _values(values: Mapping[str, Scalar]) -> str:
    if not values:
        return ""
    written = [f'<attvalue for="{escape(name)}" value="{write_scalar(value)}"/>' for name, value in values.items()]
    return f"<attvalues>{''.join(written)}</attvalues>"


def _colour(colour: Colour) -> str:
    return '<viz:color r="{}" g="{}" b="{}"/>'.format(*colour)


def _times(spells: tuple[Spell, ...], inner: str) -> str:
    """The rest of the element: one spell as attributes of it, more as children."""
    if not spells:
        return f">{inner}"
    written = [(f' start="{start}"' if start else "") + (f' end="{end}"' if end else "") for start, end in spells]
    if len(written) == 1:
        return f"{written[0]}>{inner}"
    return f"><spells>{''.join(f'<spell{one}/>' for one in written)}</spells>{inner}"
