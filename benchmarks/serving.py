"""How fast `kg serve` answers, beside the engine alone.

    python benchmarks/serving.py                     requests a second, overhead of the endpoint, start; a small graph
    python benchmarks/serving.py --large FOLDER      the same of a large store on disk (the folder of an Oxigraph store)
    python benchmarks/serving.py --requests 20000    memory after so many requests

The client is of this process (latency: one connection, one request at a time) or of two others (requests a second: four
connections each), so that client and server share the cores.  The overhead compares, one right after the other, a
request to the endpoint and `Store.query` of the same text with its serialisation in this process.  Where other work
wants the cores too, only the processor time says much, which is given for both.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import shutil
import socket
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import pyoxigraph as ox

from kg.config import Config
from kg.graph.manifest import FORMAT, Manifest, dump_manifest
from kg.graph.store import open_graph
from kg.pipeline import build
from kg.terms import DEFAULT_BASE, PREFIXES, expand
from tests.publish.web import Server, serving

NOW = datetime(2026, 1, 1, tzinfo=UTC)
OPEN = ("--rate", 1_000_000)


def make_small(folder: Path) -> Path:
    """The graph of the papers of the project."""
    papers = [ROOT / "data" / "documents", ROOT / "data" / "corpus" / "dev" / "docs"]
    build(papers, Config(store=folder), now=NOW)
    return folder


def link_large(store: Path, folder: Path) -> Path:
    """A graph directory around a store that is there; its files are linked, or copied where they cannot be."""
    target = folder / "builds" / "1" / "store"
    target.mkdir(parents=True)
    for path in store.iterdir():
        try:
            os.link(path, target / path.name)
        except OSError:
            shutil.copy(path, target / path.name)
    files = [p for p in target.iterdir() if p.suffix == ".sst" or p.name.startswith(("CURRENT", "MANIFEST"))]
    quads = len(ox.Store.read_only(str(target)))
    manifest = Manifest("0", NOW.isoformat(), DEFAULT_BASE, (), (), quads, (), (), (), format=FORMAT)
    sizes = {p.name: p.stat().st_size for p in files}
    text = dump_manifest(manifest).replace('"files": {}', f'"files": {sizes}'.replace("'", '"'))
    (target.parent / "manifest.json").write_text(text)
    (target.parent / "readers").touch()
    (folder / "lock").touch()
    (folder / "CURRENT").write_text("1\n")
    return folder


class Peer:
    """A connection that is kept."""

    def __init__(self, host: str, port: int) -> None:
        self._socket = socket.create_connection((host, port))
        self._stream = self._socket.makefile("rb")

    def get(self, path: str) -> int:
        """The status; the body is read and dropped."""
        self._socket.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        status = int(self._stream.readline().split()[1])
        length = 0
        while (line := self._stream.readline()) != b"\r\n":
            name, _, value = line.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        self._stream.read(length)
        return status


def _load(host: str, port: int, path: str, seconds: float, out: multiprocessing.Queue) -> None:
    """Requests over four connections in turn: all four are on their way at a time."""
    peers = [Peer(host, port) for _ in range(4)]
    count, end = 0, time.perf_counter() + seconds
    while time.perf_counter() < end:
        for peer in peers:
            peer._socket.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        for peer in peers:
            if _take(peer) != 200:
                out.put(-1)
                return
            count += 1
    out.put(count)


def _take(peer: Peer) -> int:
    stream = peer._stream
    status = int(stream.readline().split()[1])
    length = 0
    while (line := stream.readline()) != b"\r\n":
        name, _, value = line.partition(b":")
        length = int(value) if name.lower() == b"content-length" else length
    stream.read(length)
    return status


def throughput(server: Server, path: str, seconds: float = 4.0) -> float:
    """Requests a second, of eight connections."""
    out: multiprocessing.Queue = multiprocessing.Queue()
    arguments = (server.host, server.port, path, seconds, out)
    clients = [multiprocessing.Process(target=_load, args=arguments) for _ in range(2)]
    for client in clients:
        client.start()
    counts = [out.get() for _ in clients]
    for client in clients:
        client.join()
    return sum(counts) / seconds if min(counts) >= 0 else float("nan")


def quantiles(times: list[float]) -> str:
    times = sorted(times)
    return f"{1000 * times[len(times) // 2]:8.2f} {1000 * times[int(len(times) * 0.95)]:8.2f}"


def spend(server: Server) -> tuple[float, float]:
    """The processor time in seconds that the server has taken, and that its workers have."""
    tick = os.sysconf("SC_CLK_TCK")

    def take(pid: int) -> float:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / tick

    return take(server.process.pid), sum(map(take, server.workers()))


def measure(server: Server, store: ox.Store, iri: str, times: int) -> None:
    """Prints latency and requests a second of page, data and point query, and what the endpoint adds."""
    path = "/beslutsgraf/id/" + iri.removeprefix(DEFAULT_BASE)
    point = f"SELECT ?p ?o {{ <{iri}> ?p ?o }}"
    lineage = f"SELECT ?q {{ <{iri}> bg:buildsOn* ?q }}"
    asked = {
        "page": path + ".html",
        "data (Turtle)": path + ".ttl",
        "redirect": path,
        "point query": "/sparql?query=" + quote(point),
    }
    print(f"\n{'':26}     p50      p95 ms    requests a second", flush=True)
    peer = Peer(server.host, server.port)
    for name, target in asked.items():
        found = []
        for _ in range(times):
            begun = time.perf_counter()
            peer.get(target)
            found.append(time.perf_counter() - begun)
        rate = throughput(server, target) if name != "redirect" else float("nan")
        print(f"  {name:22} {quantiles(found)}      {rate:8.0f}", flush=True)
    print(f"\n{'':26}     endpoint p50, p95      Store.query p50, p95      added p50, p95 ms")
    for name, text in {"point query": point, "lineage by path": lineage}.items():
        ours, theirs, engine = [], [], 0.0
        target = "/sparql?query=" + quote(text)
        before = spend(server)
        for _ in range(times):
            begun = time.perf_counter()
            peer.get(target)
            middle, used = time.perf_counter(), time.process_time()
            store.query(text, prefixes=PREFIXES).serialize(format=ox.QueryResultsFormat.JSON)  # type: ignore[union-attr]
            ours.append(middle - begun)
            theirs.append(time.perf_counter() - middle)
            engine += time.process_time() - used
        added = [a - b for a, b in zip(ours, theirs, strict=True)]
        print(f"  {name:22} {quantiles(ours)}        {quantiles(theirs)}         {quantiles(added)}", flush=True)
        main, workers = (1000 * (now - then) / times for now, then in zip(spend(server), before, strict=True))
        print(f"{'':4}of processor: server {main:.2f}, worker {workers:.2f}, Store.query {1000 * engine / times:.2f} ms")


@contextmanager
def started(graph: Path, folder: Path) -> Iterator[tuple[Server, float, float]]:
    """A server, the seconds until it says that it is there, and until it has answered a first query."""
    begun = time.perf_counter()
    with serving(graph, folder, *OPEN) as server:
        ready = time.perf_counter() - begun
        assert server.query("ASK { ?p a bg:Project }").json["boolean"]
        yield server, ready, time.perf_counter() - begun


def find_project(store: ox.Store) -> str:
    """The project with the most statements among the first thousand."""
    kind, project = ox.NamedNode(expand("rdf:type")), ox.NamedNode(expand("bg:Project"))
    found = []
    for number, quad in enumerate(store.quads_for_pattern(None, kind, project, ox.DefaultGraph())):
        if number == 1000:
            break
        subject = quad.subject
        assert isinstance(subject, ox.NamedNode)
        found.append((sum(1 for _ in store.quads_for_pattern(subject, None, None, None)), subject.value))
    return max(found)[1]


def check_memory(server: Server, iri: str, count: int) -> None:
    """Prints the server's memory before and after so many requests."""
    path = "/beslutsgraf/id/" + iri.removeprefix(DEFAULT_BASE)
    targets = [path, path + ".ttl", path + ".html", "/sparql?query=ASK%7B%3Fs%20%3Fp%20%3Fo%7D", "/nothing", "/sparql"]
    peer = Peer(server.host, server.port)
    for round in range(3):
        print(f"  {round * count:8} requests  {server.resident() / 1e6:8.1f} MB", flush=True)
        for number in range(count):
            peer.get(targets[number % len(targets)])
    print(f"  {3 * count:8} requests  {server.resident() / 1e6:8.1f} MB", flush=True)


def main() -> None:
    """Runs what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--large", type=Path, metavar="FOLDER", help="a store on disk, in place of a small graph")
    parser.add_argument("--times", type=int, default=1000)
    parser.add_argument("--requests", type=int, default=0)
    given = parser.parse_args()
    near = given.large.parent if given.large else None
    with tempfile.TemporaryDirectory(dir=near) as work:
        folder = Path(work)
        graph = link_large(given.large, folder / "graph") if given.large else make_small(folder / "graph")
        with open_graph(graph) as opened, started(graph, folder) as (server, ready, first):
            iri = find_project(opened.store)
            print(f"{opened.manifest.quads} quads; started in {ready:.2f} s, first query answered after {first:.2f} s")
            if given.requests:
                check_memory(server, iri, given.requests)
            else:
                measure(server, opened.store, iri, given.times)


if __name__ == "__main__":
    main()
