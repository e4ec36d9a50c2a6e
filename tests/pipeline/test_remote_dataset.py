"""A server that keeps to the SPARQL 1.1 protocol, where a question has the graphs that it names and no others."""

from __future__ import annotations

import csv
import io
import shutil
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pyoxigraph as ox
import pytest

from kg.graph.store import open_graph
from tests.cli.conftest import run_kg

NAMED = ("datacenter-paragraf.txt", "indi-avslag.txt")
QUESTIONS = ("decisions", "formalities", "papers")


def handler_of(store: ox.Store) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            chosen = {}
            if "default-graph-uri" in form or "named-graph-uri" in form:
                chosen = {
                    f"{kind}s" if kind == "named_graph" else kind: [ox.NamedNode(g) for g in form.get(field, [])]
                    for kind, field in (("default_graph", "default-graph-uri"), ("named_graph", "named-graph-uri"))
                }
            found = store.query(form["query"][0], **chosen)  # type: ignore[arg-type]
            self.send_response(200)
            self.send_header("Content-Type", "application/sparql-results+xml")
            self.end_headers()
            self.wfile.write(found.serialize(format=ox.QueryResultsFormat.XML))  # type: ignore[union-attr]

        def log_message(self, format: str, *args: object) -> None:
            pass

    return Handler


@pytest.fixture(scope="module")
def served(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A folder with a graph, and the address of a server of the same, its merged facts in a graph of their own."""
    folder = tmp_path_factory.mktemp("served")
    (folder / "papers").mkdir()
    for name in NAMED:
        shutil.copy(root / "data" / "documents" / name, folder / "papers" / name)
    done = run_kg("build", "papers", cwd=folder)
    assert done.returncode == 0, done.stderr
    facts = ox.NamedNode("https://w3id.org/beslutsgraf/id/graph/facts")
    store = ox.Store()
    with open_graph(folder / "graph") as graph:
        for quad in graph.store:
            place = facts if quad.graph_name == ox.DefaultGraph() else quad.graph_name
            store.add(ox.Quad(quad.subject, quad.predicate, quad.object, place))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler_of(store))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield folder, f"http://127.0.0.1:{server.server_port}/sparql"
    finally:
        server.shutdown()
        server.server_close()


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("name", QUESTIONS)
def test_answer_and_coverage_are_those_of_the_store(name: str, served: tuple[Path, str]) -> None:
    folder, url = served
    here = run_kg("query", name, "--format", "csv", cwd=folder)
    there = run_kg("query", name, "--format", "csv", "--store-url", url, cwd=folder)
    assert (there.returncode, rows(there.stdout), there.stderr) == (0, rows(here.stdout), here.stderr)
    assert rows(here.stdout)


def test_evidence_in_a_file(served: tuple[Path, str]) -> None:
    folder, url = served
    for output, where in (("here.csv", ()), ("there.csv", ("--store-url", url))):
        done = run_kg("query", "decisions", "--evidence", "-f", "csv", "-o", output, *where, cwd=folder)
        assert done.returncode == 0 and f"wrote {output}" in done.stderr, done.stderr
    here, there = ((folder / name).read_text(encoding="utf-8") for name in ("here.csv", "there.csv"))
    assert here == there and all(row["evidence"] for row in rows(there))



@pytest.mark.parametrize(
    "words", [("lineage", "-p", "project=AI.AL"), ("decisions", "-p", "authority=Region Skiradall"),
              ("explain", "-p", "thing=project/nothing")],
)
def test_names_that_the_graph_lacks_are_told_with_the_closest(words: tuple[str, ...], served: tuple[Path, str]) -> None:
    folder, url = served
    here, there = run_kg("query", *words, cwd=folder), run_kg("query", *words, "--store-url", url, cwd=folder)
    assert (there.returncode, there.stdout, there.stderr) == (1, here.stdout, here.stderr)
    assert " in the graph has the name " in there.stderr and "Try: " in there.stderr
