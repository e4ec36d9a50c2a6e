"""Where the nodes of a drawing lie: ForceAtlas2 from a seed, the same for the same network."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from math import log1p
from typing import Any

from kg.export.generations import count_generations
from kg.export.networks import Network
from kg.export.style import measure_nodes

Places = dict[str, tuple[float, float]]

# The forces between all pairs are computed at once: more nodes would take minutes and gigabytes.
MOST_NODES = 1_500
SEED = 2024
_STEPS, _STEPS_OF_MANY, _MANY = 300, 60, 300
_SPACING = 90.0
_WIDTH = 150.0
_COLUMN, _ROW = 240.0, 64.0
_MOST_CORNERS = 200

_Frame = tuple[float, float, float, float]


def place_network(network: Network, seed: int = SEED) -> Network:
    """The network with a place for every node; as it is where it has more than ``MOST_NODES`` nodes."""
    return replace(network, places=place_nodes(network, seed)) if len(network.nodes) <= MOST_NODES else network


def place_nodes(network: Network, seed: int = SEED) -> Places:
    """Each component laid out by ForceAtlas2 from the seed, a timeline from left to right; the components side by side,
    the largest first.

    Heavier edges draw closer, by the logarithm of their weight.  The units are those of the sizes of nodes.
    """
    import networkx as nx

    graph = simple_graph(network)
    sizes = measure_nodes(network)
    parts = sorted((sorted(part) for part in nx.connected_components(graph)), key=lambda part: (-len(part), part))
    if network.timeline:
        generation, _ = count_generations(network)
        return _pack([_place_columns(network, part, generation) for part in parts])
    boxes = [_place_part(graph.subgraph(part), part, sizes, seed) for part in parts]
    return _pack(boxes)


def simple_graph(network: Network) -> Any:
    """The network for networkx: undirected, one edge a pair, weights added up, its nodes in order."""
    import networkx as nx

    weights: dict[tuple[str, str], float] = defaultdict(float)
    for edge in network.edges:
        if edge.source != edge.target:
            one, other = sorted((edge.source, edge.target))
            weights[one, other] += edge.weight
    graph = nx.Graph()
    graph.add_nodes_from(sorted(node.iri for node in network.nodes))
    graph.add_weighted_edges_from((one, other, weight) for (one, other), weight in sorted(weights.items()))
    return graph


def _place_part(graph: Any, part: list[str], sizes: Mapping[str, float], seed: int) -> Places:
    import networkx as nx

    if len(part) == 1:
        return {part[0]: (0.0, 0.0)}
    ordered = nx.Graph()
    ordered.add_nodes_from(part)
    ordered.add_weighted_edges_from((a, b, 1 + log1p(w - 1)) for a, b, w in sorted(graph.edges(data="weight")))
    steps = _STEPS if len(part) <= _MANY else _STEPS_OF_MANY
    found = nx.forceatlas2_layout(ordered, max_iter=steps, weight="weight", seed=seed, scaling_ratio=4.0, gravity=1.0)
    places = {node: (float(found[node][0]), float(found[node][1])) for node in part}
    # In the units of sizes: neighbours on average so far apart that a circle and a line of text fit between.
    lengths = sorted(
        ((places[a][0] - places[b][0]) ** 2 + (places[a][1] - places[b][1]) ** 2) ** 0.5 for a, b in ordered.edges
    )
    middle = lengths[len(lengths) // 2] or 1.0
    # But no wider than the number of nodes calls for: a few long edges between clusters would leave the page empty.
    across = max(max(axis) - min(axis) for axis in zip(*places.values())) or 1.0
    scale = min(_SPACING / middle, _WIDTH * len(part) ** 0.5 / across)
    scaled = {node: (x * scale, y * scale) for node, (x, y) in places.items()}
    return _push_apart(scaled, sizes)


def _place_columns(network: Network, part: list[str], generation: Mapping[str, int]) -> Places:
    """A column for each generation; what follows from the same stands together."""
    columns: dict[int, list[str]] = defaultdict(list)
    for iri in part:
        columns[generation.get(iri, 1)].append(iri)
    before: dict[str, list[str]] = defaultdict(list)
    for edge in network.edges:
        before[edge.target].append(edge.source)
    places: Places = {}
    for number in sorted(columns):
        heights = {
            iri: [places[earlier][1] for earlier in before[iri] if earlier in places] or [0.0]
            for iri in columns[number]
        }
        ordered = sorted(columns[number], key=lambda iri: (sum(heights[iri]) / len(heights[iri]), iri))
        middle = (len(ordered) - 1) / 2
        for place, iri in enumerate(ordered):
            places[iri] = (number * _COLUMN, (place - middle) * _ROW)
    return places


def _push_apart(places: Places, sizes: Mapping[str, float], gap: float = 14.0, rounds: int = 60) -> Places:
    """The places, moved so that no two circles lie over each other."""
    names = sorted(places)
    xs = [places[name][0] for name in names]
    ys = [places[name][1] for name in names]
    radii = [sizes[name] / 2 for name in names]
    cell = 2 * max(radii) + gap
    for _ in range(rounds):
        moved = False
        for i, j in _neighbours(xs, ys, cell):
            dx, dy = xs[j] - xs[i], ys[j] - ys[i]
            least = radii[i] + radii[j] + gap
            distance = (dx * dx + dy * dy) ** 0.5
            if distance >= least:
                continue
            if not distance:
                dx, dy, distance = 1.0, (i + j) % 7 / 7, 1.0
            push = (least - distance) / 2 / distance
            xs[i], ys[i] = xs[i] - dx * push, ys[i] - dy * push
            xs[j], ys[j] = xs[j] + dx * push, ys[j] + dy * push
            moved = True
        if not moved:
            break
    return {name: (x, y) for name, x, y in zip(names, xs, ys)}


def _neighbours(xs: list[float], ys: list[float], cell: float) -> list[tuple[int, int]]:
    """The pairs of points that lie in the same cell of a grid or in cells side by side, in order."""
    cells: dict[tuple[int, int], list[int]] = defaultdict(list)
    for i, (x, y) in enumerate(zip(xs, ys)):
        cells[int(x // cell), int(y // cell)].append(i)
    return [
        (i, j)
        for i, (x, y) in enumerate(zip(xs, ys))
        for column in (-1, 0, 1)
        for row in (-1, 0, 1)
        for j in cells.get((int(x // cell) + column, int(y // cell) + row), ())
        if i < j
    ]


def _pack(boxes: list[Places], gap: float = 110.0) -> Places:
    """The parts side by side in a frame that is a half wider than high, each in the first place that is free."""
    frames = []
    for box in boxes:
        left, low = min(x for x, _ in box.values()), min(y for _, y in box.values())
        width, height = max(x for x, _ in box.values()) - left + gap, max(y for _, y in box.values()) - low + gap
        frames.append(({name: (x - left, y - low) for name, (x, y) in box.items()}, width, height))
    taken: list[_Frame] = []
    # where a part may begin: at the right and the lower corner of each that is placed
    corners = [(0.0, 0.0)]
    placed: Places = {}
    for box, width, height in frames:
        free = [
            (x, y)
            for x, y in corners[-_MOST_CORNERS:]
            if not any(x < r and left < x + width and y < b and top < y + height for left, top, r, b in taken)
        ]
        wide, high = max((f[2] for f in taken), default=0.0), max((f[3] for f in taken), default=0.0)
        x, y = min(
            free or [(0.0, high)], key=lambda c: (max(wide, c[0] + width, 1.5 * max(high, c[1] + height)), c[1], c[0])
        )
        taken.append((x, y, x + width, y + height))
        corners = [corner for corner in corners if corner != (x, y)] + [(x + width, y), (x, y + height)]
        placed.update({name: (round(x + dx, 2), round(y + dy, 2)) for name, (dx, dy) in box.items()})
    return dict(sorted(placed.items()))
