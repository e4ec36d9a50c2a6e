"""What a stranger may send, and that the server answers the next request within a second all the same."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.terms import DEFAULT_BASE, expand
from tests.publish.conftest import write_graph
from tests.publish.web import Reply, Server, serving

OTHER = "127.0.0.2"  # another client

ENDLESS = [
    "SELECT (COUNT(*) AS ?n) { ?a ?p1 ?b . ?c ?p2 ?d . ?e ?p3 ?f }",
    "SELECT * { ?a ?p1 ?b . ?c ?p2 ?d . ?e ?p3 ?f } ORDER BY ?f ?a",
    "ASK { ?a (!<x:a>|^!<x:b>)* ?b . ?b (!<x:c>|^!<x:d>)* ?c . ?c (!<x:e>|^!<x:f>)* ?d . FILTER(?a = 1) }",
    "SELECT (COUNT(*) AS ?n) { ?a !<x:a>* ?b . ?b ^!<x:a>* ?c . ?c !<x:a>* ?d }",
    'SELECT * { ?a ?p ?b . ?c ?q ?d FILTER REGEX(CONCAT(STR(?a), STR(?d)), "(a+)+$(b|c)*x{1000}") FILTER(?b > ?d) }',
    "SELECT (GROUP_CONCAT(?f) AS ?n) { ?a ?p1 ?b . ?c ?p2 ?d . ?e ?p3 ?f }",
]


def timed(step: Callable[[], Reply]) -> tuple[Reply, float]:
    begun = time.perf_counter()
    reply = step()
    return reply, time.perf_counter() - begun


def check_alive(server: Server, seconds: float = 1.0) -> None:
    """The next request, of whatever kind and of another client, is answered within a second."""
    steps: list[Callable[[], Reply]] = [
        lambda: server.query("ASK { ?p a bg:Project }", source=OTHER),
        lambda: server.get("/beslutsgraf/id/project/ai-all-star.ttl", source=OTHER),
        lambda: server.get("/", source=OTHER),
    ]
    for step in steps:
        reply, took = timed(step)
        assert reply.status == 200 and took < seconds, (reply.status, took, reply.body[:200])


@pytest.mark.parametrize("query", ENDLESS)
def test_endless_queries_end(tight: Server, query: str) -> None:
    reply, took = timed(lambda: tight.query(query, "text/csv"))
    assert reply.problem in ("time-limit", "memory-limit", "row-limit", "size-limit") and took < 5
    check_alive(tight)


def test_others_are_answered_while_endless_queries_run(tight: Server) -> None:
    with ThreadPoolExecutor(3) as pool:
        running = [pool.submit(tight.query, ENDLESS[0]) for _ in range(3)]
        time.sleep(0.3)
        check_alive(tight)
        found = Counter(future.result().problem for future in running)
    assert found["time-limit"] >= 1 and set(found) <= {"time-limit", "busy"}


def test_a_query_that_eats_memory_ends_its_process_alone(
    graph: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RUST_BACKTRACE", "full")  # what the engine then writes hides nothing
    options = ("--query-seconds", 20, "--query-memory", 150, "--workers", 2)
    with serving(graph, tmp_path, *options) as server:
        reply = server.query("SELECT * { ?a ?p1 ?b . ?c ?p2 ?d . ?e ?p3 ?f } ORDER BY ?f ?a ?c ?e")
        assert reply.status == 507 and reply.problem == "memory-limit" and reply.json["limit"] == 150
        check_alive(server)


@pytest.mark.parametrize("depth", [5_000, 60_000])
@pytest.mark.parametrize("opening", ["(", "{", "!"])
def test_deep_nesting(tight: Server, opening: str, depth: int) -> None:
    texts = {
        "(": "ASK { FILTER" + "(" * depth + "1" + ")" * depth + " }",
        "{": "ASK " + "{" * depth + "}" * depth,
        "!": "ASK { FILTER(" + "!" * depth + "1) }",
    }
    reply = tight.ask("POST", "/sparql", {"Content-Type": "application/sparql-query"}, texts[opening])
    assert reply.status in (200, 400, 500, 504, 507)
    assert reply.status == 200 or reply.problem in ("query-syntax", "worker-lost", "time-limit", "memory-limit")
    if opening != "!":
        # refused before the engine, which would lose its worker, sees it
        assert reply.problem == "query-syntax" and "deeper than" in reply.json["detail"]
    check_alive(tight)


def test_a_worker_killed_in_the_middle(tight: Server) -> None:
    before = set(tight.workers())
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(tight.query, ENDLESS[0])
        time.sleep(0.3)
        for worker in before:
            with contextlib.suppress(ProcessLookupError):
                os.kill(worker, signal.SIGKILL)
        check_alive(tight)
        assert running.result().problem == "worker-lost"
    assert not before & set(tight.workers())


def test_a_query_of_50_mb(tight: Server) -> None:
    text = b"ASK { # " + b"x" * 50_000_000 + b"\n}"
    reply = tight.ask("POST", "/sparql", {"Content-Type": "application/sparql-query"}, text)
    assert reply.status == 413 and reply.problem == "too-large"
    check_alive(tight)


def test_a_body_of_unknown_length_is_counted(tight: Server) -> None:
    def send() -> int:
        with tight.connect() as peer:
            peer.sendall(
                b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
                b"Transfer-Encoding: chunked\r\n\r\n"
            )
            with contextlib.suppress(OSError):
                for _ in range(100):
                    peer.sendall(b"2710\r\n" + b"#" * 10_000 + b"\r\n")
            return int(peer.recv(4096).split()[1])

    assert send() == 413
    check_alive(tight)


def test_long_addresses(tight: Server) -> None:
    for length in (100_000, 300_000, 2_000_000):
        with contextlib.suppress(OSError):
            assert tight.get("/sparql?query=" + "x" * length).status in (400, 413)
    check_alive(tight)


BROKEN = [
    b"\x00\x01\x02\xff\xfe\r\n\r\n",
    b"GET\r\n\r\n",
    b"GET / HTTP/9.9\r\n\r\n",
    b"GET /\xff\xfe HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: x\r\nAccept: \xff\xfe\xc3\x28\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: x\r\nIf-None-Match: \xff\r\nIf-Modified-Since: \xff\r\n\r\n",
    b"GET /sparql HTTP/1.1\r\nHost: \xff<script>\r\nAccept: text/turtle\r\n\r\n",
    b"GET /sparql?query=\xc3\xa5 HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET /sparql?query=%ff%fe HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET /sparql?query=ASK%7B%7D%00 HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET /beslutsgraf/id/%ff HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET http://evil.example/beslutsgraf/id/project/ai-all-star HTTP/1.1\r\nHost: x\r\n\r\n",
    b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
    b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nASK{}",
    b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nContent-Length: 3\r\n\r\n"
    b"\xff\xfe\xfd",
    b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 9\r\n\r\n"
    b"query=%ff",
    b"GET / HTTP/1.1\r\nHost: x\r\n" + b"X-A: b\r\n" * 20_000 + b"\r\n",
]


@pytest.mark.parametrize("number", range(len(BROKEN)))
def test_broken_requests(tight: Server, number: int) -> None:
    with tight.connect() as peer:
        peer.sendall(BROKEN[number])
        peer.shutdown(socket.SHUT_WR)
        received = b""
        with contextlib.suppress(OSError):
            while part := peer.recv(65536):
                received += part
    assert b"Traceback" not in received and (not received or 200 <= int(received.split()[1]) < 500), received[:500]
    check_alive(tight)


def test_slow_clients_are_let_go(graph: Path, tmp_path: Path) -> None:
    """By the limits of an application made here, since those of every day would take half a minute."""
    script = tmp_path / "slow.py"
    script.write_text(
        "import sys\nfrom pathlib import Path\nfrom kg.limits import Limits\n"
        "from kg.publish.server import open_port, serve\n"
        "port = open_port('127.0.0.1', 0)\n"
        "tell = lambda: print(port.address, file=sys.stderr, flush=True)\n"
        f"serve(Path({str(graph)!r}), port, Limits(request_seconds=1, stall_seconds=1), ready=tell)\n"
    )
    with serving(graph, tmp_path, command=script) as server:
        heads = [b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: x\r\nX-A:"]
        heads += [
            b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nContent-Length: 99\r\n\r\nA"
        ]
        peers = [server.connect() for _ in range(50) for _ in heads]
        for place, peer in enumerate(peers):
            peer.sendall(heads[place % len(heads)])
        check_alive(server)
        # one byte every now and then does not stop the clock
        for _ in range(4):
            time.sleep(0.4)
            for peer in peers:
                with contextlib.suppress(OSError):
                    peer.sendall(b"x")
        for peer in peers:
            peer.settimeout(3)
            with peer, contextlib.suppress(ConnectionError):
                assert peer.recv(4096)[:12] in (b"", b"HTTP/1.1 400", b"HTTP/1.1 408")
        # a client that asks for much and takes nothing
        digits = " ".join(map(str, range(10)))
        values = " ".join(f"VALUES ?{v} {{ {digits} }}" for v in "abcdef")
        with socket.socket() as peer:
            peer.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            peer.connect((server.host, server.port))
            text = f"SELECT * {{ {values} }} LIMIT 100000".encode()
            head = f"Content-Type: application/sparql-query\r\nContent-Length: {len(text)}\r\n\r\n".encode()
            peer.sendall(b"POST /sparql HTTP/1.1\r\nHost: x\r\n" + head + text)
            time.sleep(4)
            received = b""
            with contextlib.suppress(ConnectionError):
                while part := peer.recv(65536):
                    received += part
            length = int(received.split(b"content-length: ")[1].split()[0])
            assert len(received) < length, "the connection was ended before the answer"
        check_alive(server)


def test_500_requests_at_once(server: Server) -> None:
    barrier = threading.Barrier(101)
    found: Counter[int] = Counter()

    def send(number: int) -> None:
        with server.connect() as peer:
            barrier.wait()
            request = b"GET /sparql?query=ASK%7B%3Fp%20a%20bg%3AProject%7D HTTP/1.1\r\nHost: x\r\n\r\n"
            peer.sendall(request * 5)  # pipelined
            received = b""
            while received.count(b"HTTP/1.1 ") < 5 or not received.endswith(b"}"):
                part = peer.recv(65536)
                if not part:
                    break
                received += part
            for part in received.split(b"HTTP/1.1 ")[1:]:
                found[int(part[:3])] += 1

    threads = [threading.Thread(target=send, args=(number,)) for number in range(100)]
    for thread in threads:
        thread.start()
    barrier.wait()
    time.sleep(0.05)
    check_alive(server, 3)
    for thread in threads:
        thread.join(60)
    assert sum(found.values()) == 500 and set(found) <= {200, 429, 503} and found[200] >= 200
    check_alive(server)


def test_clients_that_ask_too_often_are_told_when_to_come_again(graph: Path, tmp_path: Path) -> None:
    with serving(graph, tmp_path, "--rate", 5) as server:
        replies = [server.query("ASK {}") for _ in range(230)]
        refused = [reply for reply in replies if reply.status == 429]
        assert replies[0].status == 200 and refused and refused[0].problem == "too-many"
        assert 1 <= int(refused[0].headers["retry-after"]) <= 60
        check_alive(server)


@pytest.mark.parametrize("behind", [True, False])
def test_only_the_proxy_that_is_named_is_believed(graph: Path, tmp_path: Path, behind: bool) -> None:
    options = ("--rate", 1, *(("--behind", "127.0.0.1") if behind else ()))
    with serving(graph, tmp_path, *options, "--workers", 1) as server:
        replies = [
            server.query("ASK {}", headers={"X-Forwarded-For": f"10.0.{n % 7}.{n % 200}"}).status for n in range(260)
        ]
        assert set(replies) == ({200} if behind else {200, 429})


def test_a_client_that_goes_away_ends_its_query(graph: Path, tmp_path: Path) -> None:
    with serving(graph, tmp_path, "--query-seconds", 60, "--workers", 1) as server:
        with server.connect() as peer:
            text = ENDLESS[0].encode()
            head = f"Content-Type: application/sparql-query\r\nContent-Length: {len(text)}\r\n\r\n".encode()
            peer.sendall(b"POST /sparql HTTP/1.1\r\nHost: x\r\n" + head + text)
            time.sleep(0.5)
        time.sleep(0.2)
        check_alive(server)


def test_too_many_that_wait_are_sent_away(graph: Path, tmp_path: Path) -> None:
    """One worker that is busy, and more than may wait."""
    with serving(graph, tmp_path, "--query-seconds", 2, "--workers", 1, "--rate", 10000) as server:
        with ThreadPoolExecutor(300) as pool:
            running = pool.submit(server.query, ENDLESS[0])
            time.sleep(0.3)
            replies = [f.result() for f in [pool.submit(server.query, "ASK {}") for _ in range(290)]]
            assert running.result().problem == "time-limit"
        found = Counter(reply.status for reply in replies)
        assert set(found) == {200, 503} and found[200] >= 250
        busy = next(reply for reply in replies if reply.status == 503)
        assert busy.problem == "busy" and int(busy.headers["retry-after"]) >= 1


def test_script_in_labels_stays_text(tmp_path: Path) -> None:
    evil = "</title><script>alert(1)</script><img src=x onerror=alert(1)>\"'"
    thing = ox.NamedNode(DEFAULT_BASE + "project/evil")
    link = ox.NamedNode("javascript:alert(1)")
    quads = [
        ox.Quad(thing, ox.NamedNode(expand("rdf:type")), ox.NamedNode(expand("bg:Project"))),
        ox.Quad(thing, ox.NamedNode(expand("rdfs:label")), ox.Literal(evil)),
        ox.Quad(thing, ox.NamedNode(expand("owl:sameAs")), link),
    ]
    with serving(write_graph(tmp_path / "graph", quads), tmp_path) as server:
        page = server.get("/beslutsgraf/id/project/evil.html")
        assert page.status == 200 and "unsafe-inline" not in page.headers["content-security-policy"]
        assert "alert(1)" in page.text, "the label is shown"
        for part in ("<script>alert", "<img src=x", 'href="javascript:', "</title><script"):
            assert part not in page.text
        data = server.get("/beslutsgraf/id/project/evil.ttl")
        assert "text/turtle" in data.headers["content-type"] and data.headers["x-content-type-options"] == "nosniff"


def is_running(pid: int) -> bool:
    """Whether the process is there and not only its record, which whoever inherits it may leave."""
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


def test_the_end_of_the_server_is_that_of_its_workers(graph: Path, tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="killed"), serving(graph, tmp_path, "--workers", 2) as server:
        server.query("ASK {}")
        workers = server.workers()
        assert workers
        server.process.kill()
        server.process.wait()
        # one that had just begun to start sees it by the end of its socket
        deadline = time.monotonic() + 20
        while any(map(is_running, workers)) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert not [pid for pid in workers if is_running(pid)]
        raise AssertionError("killed")
