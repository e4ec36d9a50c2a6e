"""How fast networks are written, and in how much memory, beside the writer of networkx.

    python benchmarks/networks.py                                   100,000 nodes and 400,000 edges
    python benchmarks/networks.py --nodes 10000 --edges 40000

Each writer runs in a process of its own, three times; the least processor time counts.  Memory is the peak of the whole
process, with the network in it.  The network is made up, from a seed.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from kg.export.networks import Edge, Network, Node

KINDS = ("applicant", "funds_granted", "granted", "partner", "rejected")


def make_network(nodes: int, edges: int, seed: int = 1) -> Network:
    """A network with typed attributes, amounts and times on most of its nodes and edges."""
    chance = random.Random(seed)
    base = "https://w3id.org/beslutsgraf/id/"
    made = tuple(
        Node(
            f"{base}project/projekt-{i:06}",
            f"Projekt {i} i Åmål & Örnsköldsvik",
            "Project" if i % 3 else "Organisation",
            {"start_year": 2010 + i % 15, "region": "Jämtland", "funder": i % 3 == 0},
            ((f"{2010 + i % 15}-01-01", f"{2012 + i % 15}-12-31"),) if i % 4 else (), i * 1000,
        )
        for i in range(nodes)
    )
    joined = tuple(
        Edge(
            made[chance.randrange(nodes)].iri, made[chance.randrange(nodes)].iri, KINDS[i % 5], 1 + i % 4,
            chance.randrange(10**7) if i % 3 else None, (("2015-03-01", "2015-03-01"),) if i % 2 else (),
        )
        for i in range(edges)
    )
    return Network("made", "A made-up network", True, made, joined, "2024-01-01")


def write_ours(network: Network, path: Path) -> None:
    """By the stream of this project."""
    from kg.export import export_network

    export_network(network, "gexf", path)


def make_graph(network: Network) -> Any:
    """The same for networkx: kinds as keys of edges, times as it takes them."""
    import networkx as nx

    graph = nx.MultiDiGraph(mode="dynamic")
    for node in network.nodes:
        times = {"start": node.spells[0][0], "end": node.spells[0][1]} if node.spells else {}
        graph.add_node(node.iri, label=node.label, type=node.type, money=node.money, **node.attributes, **times)
    for number, edge in enumerate(network.edges):
        times = {"start": edge.spells[0][0], "end": edge.spells[0][1]} if edge.spells else {}
        amount = {} if edge.amount is None else {"amount": edge.amount}
        graph.add_edge(edge.source, edge.target, key=number, kind=edge.kind, weight=edge.weight, **amount, **times)
    return graph


def run(writer: str, nodes: int, edges: int, path: Path) -> None:
    """Writes once and prints seconds of the processor, bytes and the peak of memory as JSON."""
    network = make_network(nodes, edges)
    if writer == "ours":
        begin = time.process_time()
        write_ours(network, path)
    else:
        import networkx as nx

        graph = make_graph(network)
        del network
        begin = time.process_time()
        nx.write_gexf(graph, path, version="1.2draft", prettyprint=False)
    spent = time.process_time() - begin
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(json.dumps({"seconds": spent, "bytes": path.stat().st_size, "peak": peak}) + "\n")


def measure(writer: str, nodes: int, edges: int, folder: Path, times: int = 3) -> dict[str, float]:
    """The least time of the runs, and the largest peak in MB."""
    found = []
    for _ in range(times):
        path = folder / f"{writer}.gexf"
        command = [sys.executable, __file__, "--run", writer, "--nodes", nodes, "--edges", edges, "--to", path]
        done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=True, env=os.environ)
        found.append(json.loads(done.stdout))
        path.unlink()
    return {
        "seconds": min(f["seconds"] for f in found), "peak": max(f["peak"] for f in found), "bytes": found[0]["bytes"],
    }


def main() -> None:
    """Prints a line for each writer and the ratio."""
    import tempfile

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--nodes", type=int, default=100_000)
    parser.add_argument("--edges", type=int, default=400_000)
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--run", choices=("ours", "networkx"))
    parser.add_argument("--to", type=Path)
    given = parser.parse_args()
    if given.run:
        run(given.run, given.nodes, given.edges, given.to)
        return
    with tempfile.TemporaryDirectory() as folder:
        found = {w: measure(w, given.nodes, given.edges, Path(folder), given.times) for w in ("ours", "networkx")}
    for writer, figures in found.items():
        line = f"{writer:9} {figures['seconds']:7.2f} s {figures['peak']:6.0f} MB {figures['bytes'] / 1e6:6.1f} MB file"
        sys.stdout.write(line + "\n")
    sys.stdout.write(f"ratio {found['networkx']['seconds'] / found['ours']['seconds']:.1f}\n")


if __name__ == "__main__":
    main()
