"""Measures, layout and drawings."""

from __future__ import annotations

import io
import random
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import networkx as nx
import pyoxigraph as ox
import pytest

from kg.errors import UsageError
from kg.export.drawing import MOST_LABELS, draw_network
from kg.export.labels import Box, measure_text
from kg.export.layout import MOST_NODES, place_network, place_nodes
from kg.export.metrics import METRICS, add_metrics
from kg.export.networks import Edge, Network, Node
from kg.export.pictures import write_picture
from kg.export.projecting import make_network
from kg.export.style import measure_nodes
from kg.export.views import find_view


def network(*pairs: str, kind: str = "k", directed: bool = False, alone: str = "") -> Network:
    """Edges given as "ab" or, with a weight, "ab3"; nodes by letters."""
    names = sorted({c for pair in pairs for c in pair[:2]} | set(alone))
    edges = tuple(Edge(p[0], p[1], kind, int(p[2:] or 1)) for p in pairs)
    return Network("made", "made", directed, tuple(Node(n, n * 3, "Project") for n in names), edges)


def of(found: Network, name: str) -> dict[str, object]:
    return {node.iri: node.attributes[name] for node in found.nodes if name in node.attributes}


def test_measures_by_hand() -> None:
    found = add_metrics(network("ab2", "ba1", "bc", "de", alone="f"), ["all"])
    assert of(found, "component") == {"a": 1, "b": 1, "c": 1, "d": 2, "e": 2, "f": 3}
    assert of(found, "neighbours") == {"a": 1, "b": 2, "c": 1, "d": 1, "e": 1, "f": 0}
    assert of(found, "weighted_degree") == {"a": 3, "b": 4, "c": 1, "d": 1, "e": 1, "f": 0}
    assert of(found, "betweenness") == {"a": 0, "b": 0.1, "c": 0, "d": 0, "e": 0, "f": 0}
    assert add_metrics(network("ab"), ["degree"]).nodes[0].attributes == {"neighbours": 1}
    with pytest.raises(UsageError, match="betweenness"):
        add_metrics(network("ab"), ["fame"])
    assert add_metrics(Network("x", "x", True, (), ()), ["all"]).nodes == ()


def test_lineage_counts_links_and_passes_over_circles() -> None:
    found = add_metrics(network("ab", "bc", "ac", "xy", "yx", "yc", kind="built_on_by", directed=True), ["lineage"])
    assert of(found, "generation") == {"a": 1, "b": 2, "c": 3}
    assert of(found, "lineage_depth") == {"a": 2, "b": 1, "c": 0}


def test_pagerank_is_what_another_solver_says() -> None:
    made = network("ab2", "bc", "cd5", "da", "ac", "ef", alone="g")
    found = of(add_metrics(made, ["pagerank"]), "pagerank")
    assert sum(map(float, found.values())) == pytest.approx(1, abs=1e-5)  # type: ignore[arg-type]
    # the chance of being somewhere after many steps, by the matrix of steps
    names, weights = [n.iri for n in made.nodes], {}
    for edge in made.edges:
        weights[edge.source, edge.target] = weights[edge.target, edge.source] = edge.weight
    sums = {a: sum(w for (x, _), w in weights.items() if x == a) for a in names}
    step = [
        [0.15 / 7 + 0.85 * (weights.get((a, b), 0) / sums[a] if sums[a] else 1 / 7) for b in names] for a in names
    ]
    chance = [1.0, *[0.0] * 6]
    for _ in range(300):
        chance = [sum(chance[i] * step[i][j] for i in range(7)) for j in range(7)]
    assert [found[name] for name in names] == pytest.approx(chance, abs=1e-5)


def clusters(count: int, size: int, seed: int = 1) -> Network:
    """Groups in which many are joined, with few joins between."""
    graph = nx.relaxed_caveman_graph(count, size, 0.1, seed=seed)
    nodes = tuple(Node(f"n{i:04}", f"Organisation {i} i Östra Åmåls län", "Organisation", money=i * i) for i in graph)
    return Network("made", "made", False, nodes, tuple(Edge(f"n{a:04}", f"n{b:04}", "k") for a, b in graph.edges))


def test_communities_are_the_groups_and_the_same_each_time() -> None:
    made = clusters(5, 8)
    found = of(add_metrics(made, ["communities"]), "community")
    assert found == of(add_metrics(made, ["communities"]), "community") and len(set(found.values())) == 5


def test_measures_of_a_graph(small: ox.Store) -> None:
    found = add_metrics(make_network(small, find_view("lineage")), METRICS)
    assert {n.label: n.attributes["generation"] for n in found.nodes}["Fjäll 3"] == 4


def test_the_layout_is_seeded_and_no_circle_lies_over_another() -> None:
    made = clusters(4, 9)
    places = place_nodes(made)
    turned = Network("made", "made", False, tuple(reversed(made.nodes)), tuple(reversed(made.edges)))
    assert places == place_nodes(made) == place_nodes(turned) != place_nodes(made, seed=7)
    sizes = measure_nodes(made)
    for one in places:
        for other in places:
            apart = ((places[one][0] - places[other][0]) ** 2 + (places[one][1] - places[other][1]) ** 2) ** 0.5
            assert one == other or apart >= (sizes[one] + sizes[other]) / 2
    linked = [abs(complex(*places[e.source]) - complex(*places[e.target])) for e in made.edges]
    chance = random.Random(1)
    others = [abs(complex(*places[a]) - complex(*places[b])) for a, b in
              (chance.sample(sorted(places), 2) for _ in range(200))]
    assert sum(linked) / len(linked) < 0.7 * sum(others) / len(others), "what is joined lies closer"


def test_a_timeline_goes_from_left_to_right() -> None:
    made = replace(network("ab", "bc", "ac", "bd", "xy", kind="built_on_by", directed=True), timeline=True)
    places = place_nodes(made)
    assert all(places[edge.source][0] < places[edge.target][0] for edge in made.edges)
    assert len(set(places.values())) == 6 and places["c"][0] == places["d"][0]
    assert find_view("lineage").timeline and not find_view("funders-together").timeline


def test_too_large_for_a_layout() -> None:
    nodes = tuple(Node(str(i), str(i), "Project") for i in range(MOST_NODES + 1))
    large = Network("x", "x", True, nodes, ())
    assert place_network(large).places == {}
    with pytest.raises(UsageError, match="too many for a picture"):
        draw_network(large, ("x",))
    with pytest.raises(UsageError, match="nothing to draw"):
        draw_network(Network("x", "x", True, (), ()), ("x",))


@pytest.mark.parametrize("made", [clusters(3, 12), clusters(12, 20), network("ab", "bc3", "ca", alone="defgh")])
def test_labels_do_not_collide(made: Network) -> None:
    drawing = draw_network(made, ("Titel", "Title"))
    boxes = [label.box for label in drawing.labels]
    assert len(boxes) == min(len(made.nodes), MOST_LABELS)
    circles = [Box(c.x - c.radius, c.y - c.radius, c.x + c.radius, c.y + c.radius) for c in drawing.circles]
    for number, box in enumerate(boxes):
        assert not any(box.meets(other) for other in boxes[number + 1 :])
        assert not any(box.meets(circle) for circle in circles)
        assert box.left >= 0 and box.right <= drawing.width and box.top >= 0 and box.bottom <= drawing.height


def test_text_is_never_wider_than_it_is_taken_to_be() -> None:
    font = pytest.importorskip("matplotlib.font_manager")
    from matplotlib.textpath import TextPath

    plain = font.FontProperties(family="DejaVu Sans")
    for text in ("Länsstyrelsen i Jämtlands län", "MMMWWW", "Träbyggnad, steg 2", "Åarjelsaemien Ŋ đ", "1:1 Öppna"):
        assert TextPath((0, 0), text, size=11, prop=plain).get_extents().width <= measure_text(text), text


def test_a_line_goes_round_what_is_in_its_way() -> None:
    nodes = tuple(Node(n, n, "Project") for n in "abc")
    places = {"a": (0.0, 0.0), "b": (100.0, 0.0), "c": (200.0, 0.0)}
    made = Network("x", "x", True, nodes, (Edge("a", "c", "k"), Edge("a", "b", "k")), places=places)
    drawing = draw_network(made, ("x",))
    middle = next(c for c in drawing.circles if c.title.startswith("b"))
    long = next(line for line in drawing.lines if abs(line.end[0] - line.start[0]) > 150)
    assert min(((x - middle.x) ** 2 + (y - middle.y) ** 2) ** 0.5 for x, y in long.points(50)) > middle.radius
    short = next(line for line in drawing.lines if line is not long)
    assert short.bend[1] == pytest.approx(short.start[1])


def test_pictures(odd: Network, tmp_path: Path) -> None:
    drawing = draw_network(odd, ("Vad & <vem>?", "What?"), ("a note",))
    out = io.BytesIO()
    write_picture(drawing, tmp_path / "x.svg", out)
    space = {"s": "http://www.w3.org/2000/svg"}
    tree = ElementTree.fromstring(out.getvalue())
    texts = [t.text or "" for t in tree.findall(".//s:text", space)]
    assert texts[:3] == ["Vad & <vem>?", "What?", "a note"] and any("Sámediggi" in t for t in texts)
    assert len(tree.findall("s:path", space)) == 3 and len(tree.findall("s:polygon", space)) == 3
    assert any("1\u00a0000\u00a0000\u00a0000\u00a0000 kr" in (t.text or "") for t in tree.findall(".//s:title", space))
    again = io.BytesIO()
    write_picture(draw_network(odd, ("Vad & <vem>?", "What?"), ("a note",)), tmp_path / "x.SVG", again)
    assert again.getvalue() == out.getvalue()
    with pytest.raises(UsageError, match=r"svg or \.png"):
        write_picture(drawing, tmp_path / "x.pdf", out)


def test_png(odd: Network, tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    drawing = draw_network(odd, ("Titel",))
    first, again = io.BytesIO(), io.BytesIO()
    write_picture(drawing, tmp_path / "x.png", first)
    write_picture(drawing, tmp_path / "x.png", again)
    assert first.getvalue()[:8] == b"\x89PNG\r\n\x1a\n" and first.getvalue() == again.getvalue()
    width = int.from_bytes(first.getvalue()[16:20], "big")
    assert abs(width - 2 * drawing.width) <= 2
