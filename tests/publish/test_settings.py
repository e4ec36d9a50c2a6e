"""What the settings say reaches the description, the pages, the service and the dumps."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.cli.serve import is_local
from tests.publish.static.test_command import run_publish
from tests.publish.web import ROOT, Server, serving

_DCAT = "http://www.w3.org/ns/dcat#"
_TABLE = """
[publish]
publisher = "Exempelverket"
contact = "data@example.se"
licence = "CC BY 4.0"
title = "Besluten"
temporal = [2014, 2025]

[serve]
seconds = 7
rows = 777
workers = 2
"""
_BY = "https://creativecommons.org/licenses/by/4.0/"


def _state(body: bytes) -> ox.Store:
    store = ox.Store()
    store.load(body, format=ox.RdfFormat.TURTLE)
    return store


def _objects(store: ox.Store, predicate: str) -> set[str]:
    return {q.object.value for q in store.quads_for_pattern(None, ox.NamedNode(predicate), None, None)}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("settings")
    (folder / "kg.toml").write_text(_TABLE, encoding="utf-8")
    return folder


def _endpoints(server: Server, **headers: str) -> set[str]:
    described = _state(server.get("/dataset.ttl", headers=headers).body)
    service = _state(server.get("/sparql", "text/turtle", headers=headers).body)
    found = _objects(described, _DCAT + "endpointURL") | _objects(described, "http://rdfs.org/ns/void#sparqlEndpoint")
    return found | _objects(service, "http://www.w3.org/ns/sparql-service-description#endpoint")


def test_served(graph: Path, folder: Path) -> None:
    with serving(graph, folder, "--query-rows", 99) as server:
        described = _state(server.get("/dataset.ttl").body)
        assert _objects(described, "http://xmlns.com/foaf/0.1/name") == {"Exempelverket"}
        assert _objects(described, "http://www.w3.org/2006/vcard/ns#hasEmail") == {"mailto:data@example.se"}
        assert _BY in _objects(described, "http://purl.org/dc/terms/license")
        assert "Besluten" in _objects(described, "http://purl.org/dc/terms/title")
        assert _objects(described, _DCAT + "startDate") == {"2014"}
        for path in ("/", "/beslutsgraf/id/project/ai-all-star.html", "/about?lang=en", "/questions"):
            page = server.get(path).text
            assert _BY in page and "Exempelverket" in page and "mailto:data@example.se" in page, path
        error = server.get("/nowhere", "text/html").text
        assert "Exempelverket" in error
        # the endpoint is where it was asked
        here = f"http://{server.host}:{server.port}/sparql"
        assert _endpoints(server) == {here}
        assert _endpoints(server, Host="data.example.se") == {"http://data.example.se/sparql"}
        for host in ("a b", "a/b", "<x>", "x:y", ""):
            assert server.get("/dataset.ttl", headers={"Host": host}).status == 400, host
        # limits of the file, and that of the option which stands over it
        service = _state(server.get("/sparql", "text/turtle").body)
        for name, value in {"queryTimeLimit": "7", "queryRowLimit": "99", "queriesAtOnce": "2"}.items():
            assert _objects(service, f"https://w3id.org/beslutsgraf/service#{name}") == {value}
        assert server.query("SELECT * { ?s ?p ?o }").problem == "row-limit"


def test_served_where_its_publisher_says(graph: Path, folder: Path) -> None:
    with serving(graph, folder, "--public-url", "https://data.example.se/") as server:
        assert _endpoints(server, Host="other.example") == {"https://data.example.se/sparql"}


def test_options_stand_over_the_file(graph: Path, folder: Path) -> None:
    options = ("--answer-size", 1, "--burst", 3, "--rate", 0.01, "--connections", 50)
    with serving(graph, folder, *options) as server:
        digits = " ".join(map(str, range(10)))
        values = " ".join(f"VALUES ?{v} {{ {digits} }}" for v in "abc")
        long = f"SELECT (CONCAT('{'x' * 5000}', STR(?a)) AS ?t) {{ {values} }} LIMIT 700"
        assert server.query(long).problem == "size-limit"
        assert [server.query("ASK {}").status for _ in range(4)] == [200, 200, 429, 429]
        service = _state(server.get("/sparql", "text/turtle").body)
        for name, value in {"queryResultLimit": "1", "queryBurst": "3", "queryRate": "0.01"}.items():
            assert _objects(service, f"https://w3id.org/beslutsgraf/service#{name}") == {value}


@pytest.mark.parametrize(("host", "local"), [
    ("127.0.0.1", True), ("127.0.0.2", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("::", False),
    ("10.0.0.1", False), ("data.example.se", False),
])  # fmt: skip
def test_who_serves_others_is_told_what_is_missing(host: str, local: bool) -> None:
    assert is_local(host) is local


def test_a_server_stands_at_the_top_of_its_host(graph: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "kg", "serve", "--store", str(graph), "--public-url", "https://a.example/x"]
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 2 and "top of its host" in done.stderr and "Traceback" not in done.stderr


def test_published(graph: Path, folder: Path) -> None:
    done = run_publish(folder, "site", "--store", graph)
    assert done.returncode == 0 and "not known" in done.stderr and "does not give" not in done.stderr
    described = _state((folder / "site/dataset.ttl").read_bytes())
    assert _objects(described, "http://xmlns.com/foaf/0.1/name") == {"Exempelverket"}
    # a site of files has no endpoint, and claims none
    for name in ("http://rdfs.org/ns/void#sparqlEndpoint", _DCAT + "endpointURL", "https://schema.org/target"):
        assert _objects(described, name) == set()
    assert "Exempelverket" in (folder / "site/about.en.html").read_text(encoding="utf-8")
    for name in ("graph.nq.gz", "facts.ttl.gz"):
        head = gzip.decompress((folder / "site/dumps" / name).read_bytes()).decode().splitlines()[:8]
        assert "# Publisher: Exempelverket" in head and f"# Licence: {_BY}" in head


def test_who_says_nothing_is_told_so(graph: Path, tmp_path: Path) -> None:
    done = run_publish(tmp_path, "site", "--store", graph, "--no-dumps", "--address", "https://data.example.se")
    assert "does not give: publisher, contact, licence" in done.stderr and "CC0 1.0" in done.stderr
    assert "not known" not in done.stderr
