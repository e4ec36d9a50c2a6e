"""A graph loaded into a server, Virtuoso, gives the answers of the embedded store."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cli.conftest import run_kg

SERVER = shutil.which("virtuoso-t")
pytestmark = pytest.mark.skipif(SERVER is None, reason="virtuoso-opensource, a package of Debian, is not installed")
LOGIN = {"KG_STORE_USER": "dba", "KG_STORE_PASSWORD": "dba"}

SETTINGS = """
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {folder}/temp.db
TransactionFile = {folder}/temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
DirsAllowed = {folder}
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 4
[SPARQL]
ResultSetMaxRows = 100000
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def run_server(folder: Path) -> Iterator[str]:
    """A Virtuoso of its own with its files in the folder; gives its address, and ends it."""
    http = free_port()
    (folder / "virtuoso.ini").write_text(SETTINGS.format(folder=folder, sql=free_port(), http=http))
    assert SERVER is not None
    process = subprocess.Popen(
        [SERVER, "-f", "-c", str(folder / "virtuoso.ini")],
        cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    url = f"http://127.0.0.1:{http}"
    try:
        end = time.monotonic() + 90
        while True:
            try:
                urllib.request.urlopen(f"{url}/sparql", timeout=5).close()
                break
            except OSError:
                assert process.poll() is None and time.monotonic() < end, (folder / "virtuoso.log").read_text()
                time.sleep(0.3)
        yield url
    finally:
        process.terminate()
        process.wait()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with run_server(tmp_path_factory.mktemp("virtuoso")) as url:
        yield url


def ask(folder: Path, *words: str, url: str = "") -> list[dict[str, str]]:
    where = ("--store-url", url) if url else ()
    done = run_kg("query", *words, "--format", "json", *where, cwd=folder)
    assert done.returncode == 0, done.stderr
    found = [{k: v["value"] for k, v in row.items()} for row in json.loads(done.stdout)["results"]["bindings"]]
    return sorted(found, key=lambda row: json.dumps(row, sort_keys=True))


def test_a_server_answers_as_the_store_does(server: str, root: Path, tmp_path: Path) -> None:
    papers = tmp_path / "papers"
    shutil.copytree(root / "data" / "documents", papers)
    crud, sparql = f"{server}/sparql-graph-crud-auth", f"{server}/sparql"
    done = run_kg("build", "papers", "--store-url", crud, cwd=tmp_path, env=LOGIN)
    assert done.returncode == 0, done.stderr
    for words in (
        ("--sparql", "SELECT ?p ?name { ?p a bg:Project ; rdfs:label ?name }"),
        ("--sparql", "SELECT ?o (COUNT(?line) AS ?n) { ?line bg:contributor ?o } GROUP BY ?o"),
        ("--sparql", "SELECT ?name ?sum { ?d bg:project/rdfs:label ?name ; bg:amount ?sum }"),
    ):
        here = ask(tmp_path, *words)
        assert here and ask(tmp_path, *words, url=sparql) == here
    for path in sorted(papers.iterdir())[4:]:
        path.unlink()
    assert run_kg("build", "papers", "--store-url", crud, cwd=tmp_path, env=LOGIN).returncode == 0
    words = ("--sparql", "SELECT ?d { ?d a bg:Document }")
    assert ask(tmp_path, *words, url=sparql) == ask(tmp_path, *words)


def test_a_wrong_password_is_told(server: str, root: Path, tmp_path: Path) -> None:
    paper = root / "data" / "documents" / "indi-avslag.txt"
    env = LOGIN | {"KG_STORE_PASSWORD": "wrong"}
    done = run_kg("build", paper, "--store-url", f"{server}/sparql-graph-crud-auth", cwd=tmp_path, env=env)
    assert done.returncode == 1 and "KG_STORE_PASSWORD" in done.stderr and "Traceback" not in done.stderr


def test_a_query_that_the_server_refuses(server: str, tmp_path: Path) -> None:
    done = run_kg("query", "--sparql", "ASK {}", "--store-url", f"{server}/nothing", cwd=tmp_path)
    assert done.returncode == 1 and "refuses (404" in done.stderr


def test_a_server_that_is_not_there(tmp_path: Path) -> None:
    done = run_kg("query", "--sparql", "ASK {}", "--store-url", "http://127.0.0.1:9/sparql", cwd=tmp_path)
    assert done.returncode == 1 and "cannot be reached" in done.stderr
    wrong = run_kg("query", "--sparql", "ASK {}", "--store-url", "ftp://here", cwd=tmp_path)
    assert wrong.returncode == 2 and os.linesep in wrong.stderr
