"""Measures of nodes by networkx; each becomes an attribute of the nodes on request."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from kg.errors import UsageError
from kg.export.generations import count_generations
from kg.export.layout import SEED, simple_graph
from kg.export.networks import Network, Scalar

Values = dict[str, dict[str, Scalar]]
"""Name of an attribute -> IRI -> value."""


def add_metrics(network: Network, names: Iterable[str], seed: int = SEED) -> Network:
    """The network with the measures of these names (``METRICS``, or "all") as attributes of its nodes.

    All but lineage look at edges without direction, parallel ones as one with their weights added up.  Communities are
    found by Louvain's method from the seed.  Raises UsageError for a measure that there is not.
    """
    wanted = list(dict.fromkeys(name.strip() for name in names))
    if "all" in wanted:
        wanted = list(METRICS)
    for name in wanted:
        if name not in METRICS:
            raise UsageError(f"there is no measure '{name}'", hint=f"all, or some of {', '.join(METRICS)}")
    graph = simple_graph(network) if wanted else None
    values: Values = {}
    for name in wanted:
        values.update(METRICS[name](network, graph, seed))
    nodes = tuple(
        replace(
            node,
            attributes={
                **node.attributes,
                **{name: found[node.iri] for name, found in values.items() if node.iri in found},
            },
        )
        for node in network.nodes
    )
    return replace(network, nodes=nodes)


def _number_groups(groups: Iterable[Iterable[str]]) -> dict[str, Scalar]:
    """IRI -> the number of its group: 1 is the largest, then by the first name."""
    ordered = sorted((sorted(group) for group in groups), key=lambda group: (-len(group), group))
    return {iri: number for number, group in enumerate(ordered, 1) for iri in group}


def _components(network: Network, graph: Any, seed: int) -> Values:
    import networkx as nx

    return {"component": _number_groups(nx.connected_components(graph))}


def _degree(network: Network, graph: Any, seed: int) -> Values:
    return {"neighbours": {iri: int(count) for iri, count in graph.degree()}}


def _weighted_degree(network: Network, graph: Any, seed: int) -> Values:
    return {"weighted_degree": {iri: int(count) for iri, count in graph.degree(weight="weight")}}


def _betweenness(network: Network, graph: Any, seed: int) -> Values:
    import networkx as nx

    # Of a large network a sample: every node would take hours.
    sample = min(500, len(graph)) if len(graph) > 3_000 else None
    found = nx.betweenness_centrality(graph, k=sample, seed=seed)
    return {"betweenness": {iri: round(float(value), 6) for iri, value in found.items()}}


def _pagerank(network: Network, graph: Any, seed: int) -> Values:
    """By repeated steps: what networkx offers needs SciPy, which nothing else here does."""
    names = list(graph)
    if not names:
        return {"pagerank": {}}
    strength = {iri: sum(weight for _, _, weight in graph.edges(iri, data="weight")) for iri in names}
    share = 1 / len(names)
    ranks = dict.fromkeys(names, share)
    for _ in range(200):
        lost = sum(ranks[iri] for iri in names if not strength[iri])
        fresh = {
            iri: 0.15 * share
            + 0.85 * (lost * share + sum(ranks[o] * d["weight"] / strength[o] for o, d in graph[iri].items()))
            for iri in names
        }
        change = sum(abs(fresh[iri] - ranks[iri]) for iri in names)
        ranks = fresh
        if change < 1e-9:
            break
    return {"pagerank": {iri: round(value, 6) for iri, value in ranks.items()}}


def _communities(network: Network, graph: Any, seed: int) -> Values:
    import networkx as nx

    found = nx.community.louvain_communities(graph, weight="weight", seed=seed) if len(graph) else []
    return {"community": _number_groups(found)}


def _lineage(network: Network, graph: Any, seed: int) -> Values:
    generation, depth = count_generations(network)
    return {"generation": {**generation}, "lineage_depth": {**depth}}


METRICS: dict[str, Callable[[Network, Any, int], Values]] = {
    "components": _components,
    "degree": _degree,
    "weighted-degree": _weighted_degree,
    "betweenness": _betweenness,
    "pagerank": _pagerank,
    "communities": _communities,
    "lineage": _lineage,
}
