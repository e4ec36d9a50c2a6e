"""``kg shell`` and ``kg chart``."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kg.cli.shell import complete_words, history_path, make_session, split_queries
from kg.errors import UsageError
from tests.cli.conftest import run_kg


def test_a_dialogue_from_a_pipe(built: Path) -> None:
    lines = """SELECT ?n {
  ?p a bg:Project ; rdfs:label ?n } ORDER BY ?n;
.ask lineage project=AI.ALL*
.ask lineage project=AI.AL
SELECT x

.nope
.ask
.list
ASK { ?p a bg:Project }
"""
    done = run_kg("shell", cwd=built, input=lines)
    assert done.returncode == 0
    assert "AI.MEE" in done.stdout and "predecessor" in done.stdout and "true" in done.stdout
    told = ("cannot be parsed", "cannot read '.nope'", "which question is not said", "Try: AI.ALL", "Vilka projekt")
    for words in told:
        assert words in done.stderr
    assert run_kg("shell", cwd=built, input=".quit\nSELECT x;\n").stderr == ""


@pytest.mark.parametrize(
    ("text", "whole", "rest"),
    [
        ("ASK {}; SELECT * {} ;", ["ASK {}", " SELECT * {} "], ""),
        ("SELECT * { ?p a bg:Project ;", [], "SELECT * { ?p a bg:Project ;"),
        ("SELECT * { ?p a bg:Project ;\n rdfs:label ?n };", ["SELECT * { ?p a bg:Project ;\n rdfs:label ?n }"], ""),
        ("ASK { ?a ?b \"};\" , '{' ; ?c <x#};> # };\n};", ["ASK { ?a ?b \"};\" , '{' ; ?c <x#};> # };\n}"], ""),
        ("ASK {}; # and no more", ["ASK {}"], ""),
        ("ASK { FILTER(1 < 2) }; ASK", ["ASK { FILTER(1 < 2) }"], " ASK"),
    ],
)
def test_where_a_query_ends(text: str, whole: list[str], rest: str) -> None:
    assert split_queries(text) == (whole, rest)


def test_several_queries_on_a_line_capitals_and_bytes_that_are_no_text(built: Path) -> None:
    lines = b"SELECT (1 AS ?one) {}; SELECT (2 AS ?two) {};\n"
    lines += b"ASK { ?p a bg:Project ;\n rdfs:label ?n };\nSELECT \xff;\n.ask \xff\n.LIST\n.QUIT\nx;\n"
    command = [sys.executable, "-m", "kg", "shell"]
    env = os.environ | {"PYTHONPATH": str(Path(__file__).resolve().parents[2]), "PYTHONUTF8": "1", "NO_COLOR": "1"}
    done = subprocess.run(command, cwd=built, env=env, input=lines, capture_output=True, timeout=120, check=True)
    out, told = done.stdout.decode(), done.stderr.decode()
    assert out.split() == ["one", "---", "1", "two", "---", "2", "answer", "------", "true"]
    assert told.count("is no UTF-8 text: '") == 2 and r"SELECT \xff" in told and "surrogate" not in told
    assert "Vilka projekt" in told and "cannot be parsed" not in told


@pytest.mark.parametrize(
    ("before", "offered"),
    [
        ("SELECT ?p { ?p a bg:Proj", ["bg:Project", "bg:project", "bg:projectCount"]),
        ("?p bg:start", ["bg:start", "bg:startYear"]),
        ("sk", ["skos:", "skos:altLabel", "skos:broader", "skos:notation", "skos:prefLabel"]),
        ("opt", ["OPTIONAL"]),
        (".ask lineage-e", ["lineage-evidence"]),
        (".ask decisions out", ["outcome="]),
        (".ask nothing x", []),
    ],
)
def test_completion(before: str, offered: list[str]) -> None:
    assert complete_words(before) == offered


def test_the_prompt_keeps_history_and_completes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("prompt_toolkit")
    from prompt_toolkit.completion import CompleteEvent
    from prompt_toolkit.document import Document
    from prompt_toolkit.input import create_pipe_input
    from prompt_toolkit.output import DummyOutput

    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    with create_pipe_input() as keys:
        session = make_session(input=keys, output=DummyOutput())
        offered = list(session.completer.get_completions(Document("?p a bg:recon"), CompleteEvent()))
        assert [(c.text, c.start_position) for c in offered] == [("bg:Reconciliation", -8)]
        keys.send_text("?p a bg:Reconciliation\r")
        assert session.prompt("> ") == "?p a bg:Reconciliation"
    with create_pipe_input() as keys:
        session = make_session(input=keys, output=DummyOutput())
        keys.send_text("\x1b[A\r")
        assert session.prompt("> ") == "?p a bg:Reconciliation", "what an earlier dialogue asked"
    assert history_path().is_file()


def test_without_the_package_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "prompt_toolkit", None)
    with pytest.raises(UsageError, match=r"beslutsgraf\[shell\]"):
        make_session()


def test_a_chart_is_written(built: Path, tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    done = run_kg("chart", "lineage", "-p", "project=ai.all", "-o", tmp_path / "a.svg", cwd=built)
    assert done.returncode == 0 and "wrote" in done.stderr and "rests on" in done.stderr
    assert "AI.MEE" in (tmp_path / "a.svg").read_text("utf-8")
    done = run_kg("chart", "lineage", "-p", "project=nothing", cwd=built)
    assert done.returncode == 1 and "no project" in done.stderr
    assert run_kg("chart", "papers", cwd=built).returncode == 2
    done = run_kg("chart", "lineage", "-p", "project=nothing", "-o", tmp_path / "none" / "a.svg", cwd=built)
    assert done.returncode == 2 and "there is no such folder" in done.stderr, "told before the question is asked"
