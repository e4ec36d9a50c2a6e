"""Engines that are not ours answer every prepared question about the sample papers with the rows of the embedded store.

Virtuoso is asked as users ask it (``--store-url``), Comunica reads the graph as N-Quads.  Where one of them is missing
its tests are skipped and say so (tests/install-system-packages, tests/install-graph-readers).  rdflib is asked in
``test_questions``.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pyoxigraph as ox
import pytest

from kg.graph.remote import RemoteStore, publish_store
from kg.graph.store import GraphStore
from kg.query import execute, prepare
from kg.terms import DEFAULT_BASE
from tests.pipeline.test_remote import LOGIN, SERVER, run_server
from tests.query.cases import SAMPLE
from tests.query.test_questions import _as_text

# What Comunica 4 answers otherwise, and why: each is a fault of that engine, shown by a query of a few patterns.
COMUNICA_FAILS = {
    "cofinanciers": "MIN and MAX of texts go by the order of letters in a language, not of code points",
    "cross-county": "COUNT of what is unbound in all rows of a group is unbound, not 0",
    "granted-by-year": "NOT EXISTS with EXISTS inside it takes every row out",
    "lineage": "OPTIONAL of a sub-select with GROUP BY ?iri gives its row to another ?iri",
    "sought-proposed-granted": "NOT EXISTS with EXISTS inside it takes every row out",
}

ASK = """
const { QueryEngine } = require("@comunica/query-sparql-rdfjs");
const { Store, Parser } = require("n3");
const fs = require("fs");
const given = JSON.parse(fs.readFileSync(0, "utf-8"));
(async () => {
  const store = new Store(new Parser({ format: "N-Quads" }).parse(given.quads));
  const engine = new QueryEngine();
  const found = {};
  for (const [name, text] of Object.entries(given.questions)) {
    try {
      const rows = await (await engine.queryBindings(text, { sources: [store] })).toArray();
      found[name] = rows.map(row => Object.fromEntries([...row].map(([key, term]) => [key.value, term.value])));
    } catch (error) { found[name] = String(error.message).slice(0, 500); }
  }
  console.log(JSON.stringify(found));
})();
"""


def rows_here(sample: GraphStore, name: str) -> list[tuple[str, ...]]:
    return sorted(map(_as_text, execute(sample.store, prepare(name, SAMPLE[name])).rows))


@pytest.fixture(scope="module")
def virtuoso(sample: GraphStore, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ox.Store]:
    """A server with the graph of the sample papers."""
    if SERVER is None:
        pytest.skip("virtuoso-opensource, a package of Debian, is not installed")
    with run_server(tmp_path_factory.mktemp("virtuoso")) as url, pytest.MonkeyPatch.context() as patch:
        for key, value in LOGIN.items():
            patch.setenv(key, value)
        publish_store(sample.store, f"{url}/sparql-graph-crud-auth", DEFAULT_BASE)
        yield cast("ox.Store", RemoteStore(f"{url}/sparql", DEFAULT_BASE))


@pytest.mark.parametrize("name", SAMPLE)
def test_virtuoso_answers_the_same(name: str, virtuoso: ox.Store, sample: GraphStore) -> None:
    found = execute(virtuoso, prepare(name, SAMPLE[name]))
    assert sorted(map(_as_text, found.rows)) == rows_here(sample, name)


@pytest.fixture(scope="module")
def comunica(root: Path, sample: GraphStore) -> dict[str, Any]:
    """What Comunica answers: question -> rows, or what it says where it fails."""
    folder = root / "tests/.readers"
    if not shutil.which("node") or not (folder / "node_modules/@comunica/query-sparql-rdfjs").is_dir():
        pytest.skip("comunica is not installed; tests/install-graph-readers does it")
    # Without the registers, which no question reads.
    quads = (q for q in sample.store if not str(q.graph_name).endswith(("registers>", "/ns>")))
    given = {
        "quads": cast("bytes", ox.serialize(quads, format=ox.RdfFormat.N_QUADS)).decode(),
        "questions": {name: prepare(name, params).text for name, params in SAMPLE.items()},
    }
    done = subprocess.run(
        ["node", "-e", ASK],
        input=json.dumps(given), capture_output=True, text=True, cwd=folder, check=True, timeout=300,
    )  # fmt: skip
    return cast("dict[str, Any]", json.loads(done.stdout))


def rows_there(found: dict[str, Any], name: str) -> list[tuple[str, ...]]:
    assert isinstance(found[name], list), found[name]
    columns = [column.name for column in prepare(name, SAMPLE[name]).columns]
    return sorted(_as_text(tuple(row.get(column) for column in columns)) for row in found[name])


@pytest.mark.parametrize("name", [name for name in SAMPLE if name not in COMUNICA_FAILS])
def test_comunica_answers_the_same(name: str, comunica: dict[str, Any], sample: GraphStore) -> None:
    assert rows_there(comunica, name) == rows_here(sample, name)


@pytest.mark.parametrize("name", COMUNICA_FAILS)
def test_what_comunica_answers_otherwise_is_still_so(name: str, comunica: dict[str, Any], sample: GraphStore) -> None:
    """A question that it answers as others do now is to be taken off the list."""
    assert rows_there(comunica, name) != rows_here(sample, name)
