"""A drawing of a network: circles, lines and labels with their places, before it becomes SVG or PNG."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from math import hypot, log2
from textwrap import wrap

from kg.errors import UsageError
from kg.export.labels import LEADING, Box, Label, measure_text, place_labels
from kg.export.layout import MOST_NODES, place_nodes
from kg.export.networks import Edge, Network
from kg.export.style import colour_edges, colour_type, hexadecimal, measure_nodes

MOST_LABELS = 300
# In larger networks lines run straight: to look for what is in their way takes the square of the time.
_MOST_ROUND = 300
_MARGIN = 24.0
_TITLE = 16.0


@dataclass(frozen=True, slots=True)
class Circle:
    x: float
    y: float
    radius: float
    colour: str
    title: str


@dataclass(frozen=True, slots=True)
class Line:
    """A curve from a circle to another, bent to ``bend``; with an arrow at its end where ``arrow``."""

    start: tuple[float, float]
    bend: tuple[float, float]
    end: tuple[float, float]
    width: float
    colour: str
    arrow: bool
    title: str

    def points(self, count: int = 16) -> list[tuple[float, float]]:
        """Points along the curve."""
        found = []
        for step in range(count + 1):
            t = step / count
            a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t * t
            found.append(
                (
                    a * self.start[0] + b * self.bend[0] + c * self.end[0],
                    a * self.start[1] + b * self.bend[1] + c * self.end[1],
                )
            )
        return found

    def move(self, dx: float, dy: float) -> Line:
        """The same curve elsewhere."""
        (x1, y1), (bx, by), (x2, y2) = self.start, self.bend, self.end
        return replace(self, start=(x1 + dx, y1 + dy), bend=(bx + dx, by + dy), end=(x2 + dx, y2 + dy))


@dataclass(frozen=True, slots=True)
class Key:
    """A line of the legend: a sample (circle or line) with what it says."""

    text: str
    colour: str
    round: bool
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """All in pixels from the upper left corner.  ``heads``: lines of the title, the first in larger letters."""

    width: float
    height: float
    heads: tuple[str, ...]
    lines: tuple[Line, ...]
    circles: tuple[Circle, ...]
    labels: tuple[Label, ...]
    legend: tuple[Key, ...]


def draw_network(network: Network, titles: tuple[str, ...], notes: tuple[str, ...] = ()) -> Drawing:
    """The drawing, the same for the same network; the first of ``titles`` in larger letters.

    All nodes have labels, or the ``MOST_LABELS`` with most money and neighbours.  Raises UsageError where there are too
    many nodes for a picture, or none.
    """
    if not network.nodes:
        raise UsageError("there is nothing to draw", where=f"view {network.name}", hint="other filters, or kg info")
    if len(network.nodes) > MOST_NODES:
        raise UsageError(
            f"{len(network.nodes)} nodes are too many for a picture (at most {MOST_NODES})",
            hint="choose with --around, --region, --from or --min-amount; or kg export gexf for Gephi",
        )
    places = dict(network.places or place_nodes(network))
    sizes = measure_nodes(network)
    neighbours = Counter(end for edge in network.edges for end in (edge.source, edge.target))
    ranked = sorted(network.nodes, key=lambda n: (-(n.money or 0), -neighbours[n.iri], n.iri))[:MOST_LABELS]
    circles = [(n.iri, *places[n.iri], sizes[n.iri] / 2) for n in network.nodes]
    lines = _lines(network, places, sizes)
    labels = place_labels(
        circles, [(node.iri, node.label) for node in ranked], [point for line in lines for point in line.points()]
    )
    boxes = [Box(x - r, y - r, x + r, y + r) for _, x, y, r in circles] + [label.box for label in labels.values()]
    boxes += [Box(x, y, x, y) for line in lines for x, y in line.points()]
    left, right = min(box.left for box in boxes), max(box.right for box in boxes)
    top, bottom = min(box.top for box in boxes), max(box.bottom for box in boxes)
    legend_width, keys = _legend(network)
    inner = max(right - left, 480.0)
    heads = _heads(titles, notes, inner + legend_width)
    head = _MARGIN + (_TITLE + 6) + LEADING * 1.2 * (len(heads) - 1) + 12
    dx, dy = _MARGIN - left + (inner - (right - left)) / 2, head - top
    width = _MARGIN + inner + 24 + legend_width + _MARGIN
    height = head + max(bottom - top, (LEADING + 4) * (len(keys) + 1)) + _MARGIN
    moved = {iri: (x + dx, y + dy) for iri, x, y, _ in circles}
    return Drawing(
        round(width, 1),
        round(height, 1),
        heads,
        tuple(line.move(dx, dy) for line in lines),
        tuple(
            Circle(*moved[n.iri], sizes[n.iri] / 2, hexadecimal(colour_type(n.type)), _tell(n.label, n.type, n.money))
            for n in network.nodes
        ),
        tuple(_shift(label, dx, dy) for label in labels.values()),
        tuple(
            Key(text, colour, is_round, _MARGIN + inner + 24, head + (LEADING + 4) * number)
            for number, (text, colour, is_round) in enumerate(keys)
        ),
    )


def _heads(titles: tuple[str, ...], notes: tuple[str, ...], width: float) -> tuple[str, ...]:
    across = max(40, int(width / 6.6))
    return tuple(line for text in (*titles, *notes) for line in wrap(text, across) or [""])


def _legend(network: Network) -> tuple[float, list[tuple[str, str, bool]]]:
    types = Counter(node.type for node in network.nodes)
    kinds = Counter(edge.kind for edge in network.edges)
    colours = colour_edges(network)
    keys = [(f"{name} ({types[name]})", hexadecimal(colour_type(name)), True) for name in sorted(types)]
    keys += [(f"{kind} ({kinds[kind]})", hexadecimal(colours[kind]), False) for kind in sorted(kinds)]
    return 30 + max(measure_text(text) for text, _, _ in keys), keys


def _lines(network: Network, places: dict[str, tuple[float, float]], sizes: dict[str, float]) -> list[Line]:
    colours = {kind: hexadecimal(colour) for kind, colour in colour_edges(network).items()}
    pairs: dict[tuple[str, str], list[Edge]] = defaultdict(list)
    for edge in network.edges:
        one, other = sorted((edge.source, edge.target))
        pairs[one, other].append(edge)
    lines = []
    for (one, other), edges in sorted(pairs.items()):
        if one == other:
            continue
        aside = _go_round(one, other, places, sizes) if len(places) <= _MOST_ROUND else 0.0
        for number, edge in enumerate(edges):
            # parallel edges fan out on both sides of the straight line, measured from one end whatever their direction
            off = aside + (number - (len(edges) - 1) / 2) * 18.0
            (x1, y1), (x2, y2) = places[one], places[other]
            length = hypot(x2 - x1, y2 - y1) or 1.0
            bend = ((x1 + x2) / 2 - (y2 - y1) / length * off, (y1 + y2) / 2 + (x2 - x1) / length * off)
            start, end = places[edge.source], places[edge.target]
            start = _on_rim(start, bend, sizes[edge.source] / 2)
            end = _on_rim(end, bend, sizes[edge.target] / 2 + (3 if network.directed else 0))
            width = 1.2 + min(4.0, log2(edge.weight) if edge.weight > 1 else 0.0)
            lines.append(
                Line(start, bend, end, round(width, 2), colours[edge.kind], network.directed, _tell_edge(edge))
            )
    return lines


def _go_round(one: str, other: str, places: dict[str, tuple[float, float]], sizes: dict[str, float]) -> float:
    """How far aside a line must bend so that it passes by the circles that lie on the straight way; 0 if none does."""
    (x1, y1), (x2, y2) = places[one], places[other]
    length = hypot(x2 - x1, y2 - y1) or 1.0
    ux, uy = (x2 - x1) / length, (y2 - y1) / length
    aside = 0.0
    for iri, (x, y) in sorted(places.items()):
        along, across = (x - x1) * ux + (y - y1) * uy, (y - y1) * ux - (x - x1) * uy
        room = sizes[iri] / 2 + 4
        if iri in (one, other) or not 0 < along < length or abs(across) >= room:
            continue
        # a curve reaches half as far aside as its bend, and less away from the middle
        share = max(0.3, 4 * along * (length - along) / length**2)
        needed = 2 * (room - abs(across) + 4) / share
        aside = max(aside, needed if across <= 0 else -needed, key=abs)
    return aside


def _on_rim(centre: tuple[float, float], towards: tuple[float, float], radius: float) -> tuple[float, float]:
    dx, dy = towards[0] - centre[0], towards[1] - centre[1]
    length = hypot(dx, dy) or 1.0
    return centre[0] + dx / length * radius, centre[1] + dy / length * radius


def _shift(label: Label, dx: float, dy: float) -> Label:
    box = Box(label.box.left + dx, label.box.top + dy, label.box.right + dx, label.box.bottom + dy)
    line = label.line and (label.line[0] + dx, label.line[1] + dy, label.line[2] + dx, label.line[3] + dy)
    return Label(label.lines, box, label.side, line)


def _tell(label: str, type_: str, money: int | None) -> str:
    return f"{label} ({type_})" + (f", {money:,} kr".replace(",", "\u00a0") if money is not None else "")


def _tell_edge(edge: Edge) -> str:
    amount = f", {edge.amount:,} kr".replace(",", "\u00a0") if edge.amount is not None else ""
    return f"{edge.kind} × {edge.weight}{amount}"
