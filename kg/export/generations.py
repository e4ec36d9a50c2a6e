"""How many links of lineage lie before and after a project."""

from __future__ import annotations

from kg.export.networks import Network

# Kinds of edges that lead from an earlier project to a later one.
FORWARD = ("continued_by", "built_on_by")


def count_generations(network: Network) -> tuple[dict[str, int], dict[str, int]]:
    """Of each project 1 + the number of links in the longest chain that leads to it, and the number of those in the
    longest chain that goes on from it.  What stands on a circle is in neither."""
    import networkx as nx

    forward = nx.DiGraph()
    forward.add_edges_from(sorted((e.source, e.target) for e in network.edges if e.kind in FORWARD))
    circular = {iri for part in nx.strongly_connected_components(forward) if len(part) > 1 for iri in part}
    forward.remove_nodes_from(circular | {a for a, b in list(forward.edges) if a == b})
    generation: dict[str, int] = {}
    depth: dict[str, int] = {}
    order = list(nx.lexicographical_topological_sort(forward))
    for iri in order:
        generation[iri] = 1 + max((generation[before] for before in forward.predecessors(iri)), default=0)
    for iri in reversed(order):
        depth[iri] = max((1 + depth[after] for after in forward.successors(iri)), default=0)
    return generation, depth
