"""A graph that is built again while it is served; memory that stays flat.

``KG_LONG_TESTS=1`` makes the test of memory send 20,000 requests; without it, it sends 2,000.
"""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

import pyoxigraph as ox

from kg.terms import DEFAULT_BASE, expand
from tests.publish.conftest import write_graph
from tests.publish.web import Server, serving

THING = ox.NamedNode(DEFAULT_BASE + "project/x")
NAME = "SELECT ?name { ?p a bg:Project ; rdfs:label ?name }"
REQUESTS = 20_000 if os.environ.get("KG_LONG_TESTS") else 2_000


def quads(number: int, more: int = 2000) -> list[ox.Quad]:
    return [
        ox.Quad(THING, ox.NamedNode(expand("rdf:type")), ox.NamedNode(expand("bg:Project"))),
        ox.Quad(THING, ox.NamedNode(expand("rdfs:label")), ox.Literal(f"build {number}")),
        *(ox.Quad(THING, ox.NamedNode("x:p"), ox.Literal(str(n))) for n in range(more)),
    ]


def name_served(server: Server) -> str:
    return server.query(NAME).json["results"]["bindings"][0]["name"]["value"]


def test_builds_are_taken_up_without_a_failed_request(tmp_path: Path) -> None:
    graph = write_graph(tmp_path / "graph", quads(0))
    failures: list[object] = []
    seen: set[str] = set()
    stop = threading.Event()

    def ask() -> None:
        while not stop.is_set():
            try:
                answer = server.query(NAME)
                data = server.get("/beslutsgraf/id/project/x.nt")
                if (answer.status, data.status) != (200, 200):
                    failures.append((answer.status, data.status, answer.body[:200]))
                seen.add(answer.json["results"]["bindings"][0]["name"]["value"])
                # the whole answer is of one build
                assert data.text.count("build ") == 1 and len(data.text.splitlines()) == 2002
            except Exception as error:
                failures.append(error)

    with serving(graph, tmp_path, "--rate", 100_000, "--workers", 2) as server:
        paths = ("/beslutsgraf/id/project/x.nt", "/beslutsgraf/id/project/x.html", "/", "/browse")
        first = {path: server.get(path).headers["etag"] for path in paths}
        assert all(server.get(path, headers={"If-None-Match": first[path]}).status == 304 for path in paths)
        tags = {first[paths[0]]}
        threads = [threading.Thread(target=ask) for _ in range(3)]
        for thread in threads:
            thread.start()
        for number in range(1, 4):
            write_graph(graph, quads(number), f"2026-03-04T05:06:0{number}+00:00")
            begun = time.monotonic()
            while name_served(server) != f"build {number}":
                assert time.monotonic() - begun < 10
                time.sleep(0.05)
            tags.add(server.get("/beslutsgraf/id/project/x.nt").headers["etag"])
        stop.set()
        for thread in threads:
            thread.join()
        # who holds what a build of before said is given what this one says
        for path in paths:
            again = server.get(path, headers={"If-None-Match": first[path]})
            assert again.status == 200 and again.headers["etag"] != first[path]
        assert failures == [] and seen == {f"build {n}" for n in range(4)} and len(tags) == 4
        # the builds of before are let go: their workers end, and the next build removes them
        write_graph(graph, quads(4))
        deadline = time.monotonic() + 10
        while len(server.workers()) > 2 and time.monotonic() < deadline:
            time.sleep(0.1)
        assert len(server.workers()) == 2
        write_graph(graph, quads(5))
        assert len(list((graph / "builds").iterdir())) <= 3


def test_a_query_under_way_ends_on_its_own_build(tmp_path: Path) -> None:
    graph = write_graph(tmp_path / "graph", quads(0))
    digits = " ".join(map(str, range(10)))
    values = " ".join(f"VALUES ?{v} {{ {digits} }}" for v in "abcdef")
    slow = f"SELECT ?name (COUNT(*) AS ?n) {{ ?p a bg:Project ; rdfs:label ?name . {values} }} GROUP BY ?name"
    with serving(graph, tmp_path, "--workers", 2) as server:
        found: list[str] = []

        def ask() -> None:
            found.append(server.query(slow).json["results"]["bindings"][0]["name"]["value"])

        thread = threading.Thread(target=ask)
        thread.start()
        time.sleep(0.2)
        write_graph(graph, quads(1))
        deadline = time.monotonic() + 10
        while name_served(server) != "build 1" and time.monotonic() < deadline:
            time.sleep(0.05)
        thread.join(30)
        assert found == ["build 0"] and name_served(server) == "build 1"


def test_a_damaged_build_leaves_the_old_one_served(tmp_path: Path) -> None:
    graph = write_graph(tmp_path / "graph", quads(0))
    with serving(graph, tmp_path) as server:
        (graph / "CURRENT").write_text("99\n")
        time.sleep(1.2)
        assert name_served(server) == "build 0"
        assert "cannot be opened" in server.log.read_text("utf-8")
        write_graph(graph, quads(7))
        deadline = time.monotonic() + 10
        while name_served(server) != "build 7" and time.monotonic() < deadline:
            time.sleep(0.05)
        assert name_served(server) == "build 7"


def test_memory_stays_flat(graph: Path, tmp_path: Path) -> None:
    paths = [
        "/beslutsgraf/id/project/ai-all-star",
        "/beslutsgraf/id/project/ai-all-star.ttl",
        "/beslutsgraf/id/project/ai-all-star.html",
        "/beslutsgraf/id/project/nothing-%d",
        "/sparql?query=SELECT%%20*%%20%%7B%%3Fs%%20a%%20bg%%3AProject%%7D%%20%%23%d",
        "/sparql?query=broken%%20%d",
        "/sparql",
        "/",
    ]

    def send(server: Server, count: int) -> None:
        """Over kept connections, each of many requests."""
        for first in range(0, count, 100):
            with server.connect() as peer:
                stream = peer.makefile("rb")
                for number in range(first, first + 100):
                    path = paths[number % len(paths)]
                    path = path % number if "%d" in path else path
                    peer.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
                    assert int(stream.readline().split()[1]) < 500
                    length = 0
                    while (line := stream.readline()) != b"\r\n":
                        name, _, value = line.partition(b":")
                        length = int(value) if name.lower() == b"content-length" else length
                    stream.read(length)

    with serving(graph, tmp_path, "--rate", 100_000, "--workers", 1) as server:
        send(server, 1000)
        before = server.resident()
        send(server, REQUESTS)
        grown = server.resident() - before
        assert grown < 8_000_000, f"{grown} bytes more after {REQUESTS} requests"
        assert len(server.workers()) == 1
        assert len(list(Path(f"/proc/{server.process.pid}/fd").iterdir())) < 60


def test_what_is_withheld_is_gone_with_the_next_build(tmp_path: Path) -> None:
    graph = write_graph(tmp_path / "graph", quads(0))
    with serving(graph, tmp_path) as server:
        assert server.get("/beslutsgraf/id/project/x.ttl").status == 200
        write_graph(graph, quads(1)[:0], withheld=("project/x",))
        deadline = time.monotonic() + 10
        while server.get("/beslutsgraf/id/project/x").status == 303 and time.monotonic() < deadline:
            time.sleep(0.05)
        for path in ("x", "x.ttl", "x.html", "x?format=nt"):
            reply = server.get(f"/beslutsgraf/id/project/{path}")
            assert reply.status == 410 and reply.problem == "gone"
        assert server.get("/beslutsgraf/id/project/y").status == 404
        page = server.get("/beslutsgraf/id/project/x", "text/html")
        assert page.status == 410 and "text/html" in page.headers["content-type"]
