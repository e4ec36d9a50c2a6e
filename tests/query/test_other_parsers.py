"""A parser that is not ours reads every question as SPARQL 1.1, as it stands in its file and with parameters put in.

rdflib and pyoxigraph run the questions (``test_questions``); sparqljs, which Comunica and YASGUI build upon, is strict
where these are not.  ``tests/install-graph-readers`` installs it; where it is missing the tests are skipped.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from kg.query import list_queries, prepare
from kg.resources import data_path
from tests.query.cases import SAMPLE

PARSE = """
const { Parser } = require("sparqljs");
const texts = JSON.parse(require("fs").readFileSync(0, "utf-8"));
const found = {};
for (const [name, text] of Object.entries(texts)) {
  try { const query = new Parser().parse(text); found[name] = [query.queryType, (query.variables || []).length]; }
  catch (error) { found[name] = String(error.message).split("\\n").slice(0, 3).join(" "); }
}
console.log(JSON.stringify(found));
"""


@pytest.fixture(scope="module")
def readers(root: Path) -> Path:
    folder = root / "tests/.readers"
    if not shutil.which("node") or not (folder / "node_modules/sparqljs").is_dir():
        pytest.skip("sparqljs is not installed; tests/install-graph-readers does it")
    return folder


def parse(readers: Path, texts: dict[str, str]) -> dict[str, object]:
    command = ["node", "-e", PARSE]
    done = subprocess.run(
        command, input=json.dumps(texts), capture_output=True, text=True, cwd=readers, check=True, timeout=60
    )
    found: dict[str, object] = json.loads(done.stdout)
    return found


def test_every_question_is_sparql_as_it_stands(readers: Path) -> None:
    found = parse(readers, {q.name: q.text for q in list_queries()})
    assert found == {q.name: ["SELECT", len(q.columns)] for q in list_queries()}


def test_and_with_its_parameters_put_in(readers: Path) -> None:
    awkward = {"project": 'AI "ALL"* \\ {1}', "authority": "Région d'Ö", "from": "2022-03", "year": 2020}
    given = {
        q.name: SAMPLE[q.name] | {k: v for k, v in awkward.items() if (p := q.parameter(k)) and p.type != "integer"}
        for q in list_queries()
    }
    found = parse(readers, {name: prepare(name, params).text for name, params in given.items()})
    assert found == {q.name: ["SELECT", len(q.columns)] for q in list_queries()}


def test_every_view_is_sparql_as_it_stands(readers: Path) -> None:
    views = {path.stem: path.read_text("utf-8") for path in sorted(data_path("queries", "views").glob("*.rq"))}
    assert views and all(isinstance(found, list) for found in parse(readers, views).values())


def test_what_is_wrong_is_found(readers: Path) -> None:
    wrong = {"group": "SELECT ?x ?y { ?x ?p ?y } GROUP BY ?x", "clause": "SELECT ?x { ?x ?p }"}
    assert all(isinstance(found, str) for found in parse(readers, wrong).values())
