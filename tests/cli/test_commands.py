"""Every command on a graph of three papers, and what goes to which stream."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import __version__
from tests.cli.conftest import Run, run_kg

QUERY = "SELECT ?name { ?p a bg:Project ; rdfs:label ?name } ORDER BY ?name"


def test_a_build_ends_with_what_it_found(built: Path) -> None:
    done = run_kg("build", "papers", cwd=built)
    assert done.returncode == 0
    assert "papers read" in done.stdout and "3 of them unchanged" in done.stdout
    assert "reading papers 3/3" in done.stderr and "\x1b" not in done.stderr + done.stdout


def test_the_lineage_is_answered_with_its_evidence(built: Path) -> None:
    done = run_kg("query", "lineage", "-p", "project=ai.all", "-f", "json", cwd=built)
    rows = json.loads(done.stdout)["results"]["bindings"]
    found = [(row["project"]["value"], row["direction"]["value"]) for row in rows]
    assert found[:2] == [("AI.MEE", "predecessor"), ("AI.ALL", "itself")]
    assert ("AI.ALL*", "itself") not in found
    words = run_kg("query", "lineage-evidence", "-p", "project=AI.ALL", "-f", "csv", cwd=built)
    assert "papers/ai-satsningar-bakgrund.html" in words.stdout
    assert "rests on" in done.stderr and "rests on" in words.stderr


@pytest.mark.parametrize("form", ["table", "csv", "tsv", "json", "xml", "md"])
def test_formats_of_answers(form: str, built: Path) -> None:
    done = run_kg("query", "decisions", "--format", form, cwd=built)
    assert done.returncode == 0 and done.stderr.startswith("kg: the answer rests on 3 papers")
    assert "REGAC-83-2026" in done.stdout
    assert ("3\u00a0747\u00a0690" in done.stdout) == (form in ("table", "md"))


def test_sparql_from_the_line_and_from_a_file(built: Path, tmp_path: Path) -> None:
    (tmp_path / "x.rq").write_text(QUERY, encoding="utf-8")
    by_file = run_kg("query", "--file", tmp_path / "x.rq", "-f", "csv", cwd=built)
    by_line = run_kg("query", "--sparql", QUERY, "-f", "csv", cwd=built)
    assert by_file.stdout == by_line.stdout and "AI.ALL*" in by_line.stdout
    turtle = run_kg("query", "--sparql", "CONSTRUCT WHERE { ?p a bg:Project }", "-f", "turtle", cwd=built)
    assert "bg:Project" in turtle.stdout or "ns#Project" in turtle.stdout


def test_the_list_of_questions_needs_no_graph(kg: Run) -> None:
    done = kg("query", "--list")
    assert done.returncode == 0
    assert "lineage\n  Vilka projekt" in done.stdout and "-p project=...  (project)" in done.stdout


def test_a_project_that_is_not_there_gets_a_hint_and_no_rows(built: Path) -> None:
    done = run_kg("query", "lineage", "-p", "project=AI ALL", "-f", "csv", cwd=built)
    assert done.stdout.count("\n") == 1
    assert "no project" in done.stderr and "AI.ALL" in done.stderr


def test_every_fact_is_explained_by_its_words(built: Path) -> None:
    done = run_kg("explain", "regac-83-2026", "--format", "json", cwd=built)
    (number,) = [row for row in json.loads(done.stdout) if row["property"] == "diaryNumber"]
    assert number["value"] == number["quote"] == "REGAC-83-2026"
    assert number["paper"] == "papers/indi-avslag.txt" and 0 < number["confidence"] <= 1
    text = (built / number["paper"]).read_text(encoding="utf-8")
    assert abs(text.index(number["quote"]) - number["start"]) < 200, "the place is that of the cleaned text"
    table = run_kg("explain", "AI.ALL*", cwd=built)
    assert table.stdout.startswith("AI.ALL* (Project) <https://")


def test_info_names_the_papers_and_the_version(built: Path) -> None:
    done = run_kg("info", cwd=built)
    assert __version__ in done.stdout and "papers/indi-avslag.txt" in done.stdout and "2022-12-14" in done.stdout
    rows = list(csv.DictReader(io.StringIO(run_kg("info", "-f", "csv", cwd=built).stdout)))
    assert len(rows) == 3 and all(int(row["facts"]) > 0 for row in rows)


def test_issues_are_listed_with_their_words(built: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run_kg("issues", "-f", "csv", cwd=built).stdout)))
    for row in rows:
        text = (built / row["paper"]).read_text(encoding="utf-8")
        assert row["code"] and row["message"] and row["quote"].split()[0] in text
    one = run_kg("issues", "--code", "sum_reconciled", cwd=built)
    assert one.returncode == 0 and "sum_reconciled" in {row["code"] for row in rows}
    assert "amount_unassigned" not in one.stdout


@pytest.mark.parametrize("form", ["turtle", "trig", "nquads", "ntriples", "rdfxml", "jsonld", "gexf", "graphml"])
def test_exports(form: str, built: Path, tmp_path: Path) -> None:
    path = tmp_path / f"graph.{form}"
    done = run_kg("export", form, "-o", path, cwd=built)
    assert done.returncode == 0 and done.stdout == "" and str(path) in done.stderr
    piped = run_kg("export", form, "-o", "-", cwd=built)
    assert piped.stdout == path.read_text(encoding="utf-8") and "AI.ALL*" in piped.stdout


def test_the_shapes_hold(built: Path) -> None:
    done = run_kg("validate", "--thorough", cwd=built)
    assert done.returncode == 0 and "0 violations" in done.stderr


def test_records_of_papers(built: Path) -> None:
    done = run_kg("extract", "papers", cwd=built)
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert [r["document"] for r in records] == sorted(f"papers/{p.name}" for p in (built / "papers").iterdir())
    assert all(
        set(r) == {"document", "decisions", "financing", "lineage", "related", "same_decision_as", "issues"}
        for r in records
    )


def test_facts_as_turtle_are_those_of_the_graph(built: Path) -> None:
    done = run_kg("extract", "papers", "-f", "turtle", cwd=built)
    exported = run_kg("export", "turtle", "-o", "-", cwd=built)
    assert done.stdout == exported.stdout
    assert len(list(ox.parse(done.stdout, format=ox.RdfFormat.TURTLE))) > 100


def test_the_ledger_leaves_no_amount_out(built: Path) -> None:
    done = run_kg("extract", "papers", "--ledger", cwd=built)
    entries = [json.loads(line) for line in done.stdout.splitlines()]
    assert {e["fate"] for e in entries} <= {"claim", "ignored", "issue"} and all(e["reason"] for e in entries)
    assert any(e["quote"] == "2 219 230 kr" for e in entries)


def test_evaluation(built: Path, root: Path) -> None:
    done = run_kg(
        "evaluate", root / "data/gold", root / "data/documents/indi-avslag.txt", "-f", "json", "--errors", cwd=built
    )
    report = json.loads(done.stdout)
    assert done.returncode == 0 and {"precision", "recall", "f1", "fields", "errors"} <= set(report)
    table = run_kg("evaluate", root / "data/gold", root / "data/documents", cwd=built)
    assert table.stdout.splitlines()[-1].startswith("all ")


def test_the_store_of_the_settings_is_used(built: Path, tmp_path: Path) -> None:
    (tmp_path / "kg.toml").write_text(f'store = "{built / "graph"}"\n', encoding="utf-8")
    assert run_kg("info", cwd=tmp_path).returncode == 0


def test_the_time_of_a_build_can_be_set(built: Path, kg: Run, tmp_path: Path) -> None:
    for name in ("one", "two"):
        assert kg("build", built / "papers", "--store", name, env={"SOURCE_DATE_EPOCH": "0"}).returncode == 0
    one, two = (
        next((tmp_path / name / "builds").glob("*/manifest.json")).read_text("utf-8") for name in ("one", "two")
    )
    assert json.loads(one)["built"] == "1970-01-01T00:00:00+00:00"
    assert {k: v for k, v in json.loads(one).items() if k != "files"} == {
        k: v for k, v in json.loads(two).items() if k != "files"
    }


def test_version_and_help(kg: Run) -> None:
    assert kg("--version").stdout == f"kg {__version__}\n"
    assert "Example:" in kg("--help").stdout


def test_help_imports_nothing_heavy() -> None:
    heavy = "spacy rdflib pandas networkx pyshacl pyoxigraph kg.pipeline kg.resolve"
    code = f"import sys, kg.cli; print([m for m in '{heavy}'.split() if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
