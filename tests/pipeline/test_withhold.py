"""What is withheld is in no part of what a build writes for others."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from kg.config import Config
from kg.errors import UsageError
from kg.graph.store import open_graph
from kg.model import Extraction, RawDocument
from kg.pipeline import Stages, build
from kg.pipeline.withhold import Withholding, read_withholding
from kg.query import execute, prepare
from kg.read import read
from kg.registers import load_registers
from kg.terms import DEFAULT_BASE
from tests.papers import PaperMaker

NOW = datetime(2026, 1, 2, 3, 4, 5)
NORRBOTTEN = ("Region Norrbotten", "region-norrbotten")


def make(raw: RawDocument) -> Extraction:
    """Two papers: one on a project and the one that goes on from it, one on another."""
    paper = PaperMaker(raw.source)
    if "first" in raw.source:
        one = paper.project("Norrsken")
        two = paper.project("Havsvind", builds_on=one)
        paper.decision(one, "granted", amount_sek="1000", date="2024-01-01", beneficiary="Bolaget Sju")
        paper.decision(two, "granted", amount_sek="2000", date="2024-01-02", beneficiary="Bolaget Sju")
        paper.line(one, NORRBOTTEN, amount_sek="500", status="granted")
        paper.line(two, NORRBOTTEN, amount_sek="700", status="granted")
        paper.line(two, "Bolaget Sju", amount_sek="300", status="granted")
    else:
        paper.decision(paper.project("Fjällbete"), "rejected", date="2024-02-01", ground="inte som Norrsken är")
    made = paper.make()
    claims = tuple(replace(c, evidence=replace(c.evidence, document=raw.id)) for c in made.claims)
    return replace(made, document=raw.id, source=raw.source, claims=claims)


@pytest.fixture
def rebuild(tmp_path: Path) -> Callable[[str], Path]:
    papers = tmp_path / "papers"
    papers.mkdir()
    for name in ("first", "second"):
        (papers / f"{name}.txt").write_text(f"{name} paper\n")
    config = Config(store=tmp_path / "graph", withhold=tmp_path / "withhold.yaml")

    def run(listed: str) -> Path:
        config.withhold.write_text(listed, encoding="utf-8")
        stages = Stages(lambda path, source: read(path, source=source), make, load_registers(), "one", (("x", "1"),))
        build([papers], config, now=NOW, stages=stages)
        return config.store

    return run


def everything(graph: Path) -> str:
    """All that the build in use holds, but the shards."""
    with open_graph(graph) as opened:
        quads = "\n".join(sorted(str(quad) for quad in opened.store))
        issues = "\n".join(map(str, opened.issues()))
        return quads + issues + json.dumps(opened.manifest.papers, default=str)


def projects(graph: Path) -> list[str]:
    with open_graph(graph) as opened:
        found = execute(opened.store, prepare("decisions", {}))
        return sorted(set(found.column("project")))


def withheld(graph: Path) -> tuple[str, ...]:
    with open_graph(graph) as opened:
        return opened.manifest.withheld


def test_without_a_list_all_is_there(rebuild: Callable[[str], Path]) -> None:
    graph = rebuild("")
    assert projects(graph) == ["Fjällbete", "Havsvind", "Norrsken"] and withheld(graph) == ()
    assert "Bolaget Sju" in everything(graph) and "inte som Norrsken" in everything(graph)


@pytest.mark.parametrize("thing", ["project/norrsken", f"{DEFAULT_BASE}project/norrsken"])
def test_a_project_goes_with_its_acts_and_every_quote_that_names_it(rebuild: Callable[[str], Path], thing: str) -> None:
    graph = rebuild(f"things:\n  - {thing}\n")
    assert "norrsken" not in everything(graph).lower() and projects(graph) == ["Fjällbete", "Havsvind"]
    gone = withheld(graph)
    assert "project/norrsken" in gone and any(iri.startswith("decision/norrsken") for iri in gone)
    assert not [iri for iri in gone if "havsvind" in iri or "fjallbete" in iri]
    assert "1000" not in everything(graph) and '"2000"' in everything(graph)


def test_an_organisation_of_the_registers_goes_from_them_too(rebuild: Callable[[str], Path]) -> None:
    assert "organisation/region-norrbotten>" in everything(rebuild(""))
    graph = rebuild("things: [organisation/region-norrbotten]")
    text = everything(graph)
    assert "region-norrbotten>" not in text and '"Region Norrbotten"' not in text
    assert "organisation/bolaget-sju" in text and withheld(graph)[:1] != ()
    assert projects(graph) == ["Fjällbete", "Havsvind", "Norrsken"]


def test_a_quote_goes_with_what_rests_on_it(rebuild: Callable[[str], Path]) -> None:
    graph = rebuild('quotes:\n  - "inte  som\\n NORRSKEN"\n')
    assert "inte som" not in everything(graph) and "Norrsken" in everything(graph)
    assert projects(graph) == ["Fjällbete", "Havsvind", "Norrsken"]


def test_a_paper_goes_whole(rebuild: Callable[[str], Path]) -> None:
    with open_graph(rebuild("")) as opened:
        paper = next(p for p in opened.manifest.papers if "second" in p.source)
    graph = rebuild(f"things: [document/{paper.id}]")
    assert paper.id not in everything(graph) and projects(graph) == ["Havsvind", "Norrsken"]
    assert f"document/{paper.id}" in withheld(graph)
    assert not (graph / "shards" / f"{paper.id}.json").exists()


def test_what_was_withheld_comes_back_with_the_list_gone(rebuild: Callable[[str], Path]) -> None:
    before = everything(rebuild(""))
    store = rebuild("things: [project/norrsken]")
    # nothing is left in the files of the store, as there would be of a part taken out of it
    (build,) = (path for path in (store / "builds").iterdir() if path.name == (store / "CURRENT").read_text().strip())
    assert not any(b"norrsken" in path.read_bytes().lower() for path in (build / "store").iterdir())
    assert everything(rebuild("")) == before


def test_all_papers_withheld_is_an_error(rebuild: Callable[[str], Path]) -> None:
    with open_graph(rebuild("")) as opened:
        ids = [paper.id for paper in opened.manifest.papers]
    with pytest.raises(UsageError, match="all papers are withheld"):
        rebuild("things: [" + ", ".join(f"document/{id}" for id in ids) + "]")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[a, b", "no YAML"),
        ("- a", "another form"),
        ("thing: [project/x]", "another form"),
        ("things: [1]", "holds 1"),
        ("things: [https://example.org/x]", "no thing of the graph"),
        ("quotes: [' ']", "holds ' '"),
        ("!!python/object/apply:os.system [echo]", "no YAML"),
    ],
)
def test_a_list_of_another_form_is_told(text: str, words: str, tmp_path: Path) -> None:
    (tmp_path / "withhold.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=words):
        read_withholding(tmp_path / "withhold.yaml", DEFAULT_BASE)


def test_no_list_withholds_nothing(tmp_path: Path) -> None:
    assert read_withholding(tmp_path / "none.yaml", DEFAULT_BASE) == Withholding() and not Withholding()


def test_what_is_listed_and_nowhere_is_told(tmp_path: Path) -> None:
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers/first.txt").write_text("first paper\n")
    config = Config(store=tmp_path / "graph", withhold=tmp_path / "withhold.yaml")
    config.withhold.write_text(
        "things: [project/norrsken, project/norsken, organisation/region-skane]\nquotes: [norrsken, Norrskenet]\n"
    )
    stages = Stages(lambda path, source: read(path, source=source), make, load_registers(), "one", (("x", "1"),))
    report = build([tmp_path / "papers"], config, now=NOW, stages=stages)
    assert report.idle == ("project/norsken", "norrskenet")
    # a misspelt address is one that never was: no tombstone
    assert "project/norsken" not in report.manifest.withheld and "project/norrsken" in report.manifest.withheld


@pytest.mark.parametrize("text", ["things: foo", "quotes: foo", "things: {project/x: 1}", "things: 0"])
def test_a_list_that_is_none_is_told(text: str, tmp_path: Path) -> None:
    (tmp_path / "withhold.yaml").write_text(text)
    with pytest.raises(UsageError, match="in place of a list"):
        read_withholding(tmp_path / "withhold.yaml", DEFAULT_BASE)
