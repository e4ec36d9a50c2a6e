"""The stream of GEXF beside the writer of networkx: time by the processor, and memory."""

from __future__ import annotations

import io
import time
import tracemalloc
from collections.abc import Callable

import networkx as nx

from benchmarks.networks import make_graph, make_network
from kg.export.gexf import write_gexf
from kg.export.networks import Network


def least_time(write: Callable[[], object]) -> float:
    times = []
    for _ in range(3):
        begin = time.process_time()
        write()
        times.append(time.process_time() - begin)
    return min(times)


def test_gexf_is_written_four_times_faster_than_by_networkx() -> None:
    network = make_network(2_000, 8_000)
    graph = make_graph(network)
    ours = least_time(lambda: write_gexf(network, io.BytesIO()))
    theirs = least_time(lambda: nx.write_gexf(graph, io.BytesIO(), version="1.2draft", prettyprint=False))
    assert theirs > 4 * ours, f"{theirs:.2f} s and {ours:.2f} s"


class Nowhere(io.RawIOBase):
    """Takes bytes and keeps none."""

    def write(self, content: object) -> int:
        return len(content)  # type: ignore[arg-type]


def peak(network: Network) -> int:
    tracemalloc.start()
    write_gexf(network, Nowhere())  # type: ignore[arg-type]
    found = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return found


def test_writing_takes_no_memory_for_edges() -> None:
    few, many = make_network(200, 6_000), make_network(200, 30_000)
    assert peak(many) < 1.3 * peak(few), "five times the edges are written through the same few thousand lines"
