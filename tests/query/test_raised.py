"""A grant that a later paper raises: the questions tell which sum stands, and quote the paper that says so."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from kg.config import Config
from kg.graph.store import GraphStore, open_graph
from kg.pipeline import build
from kg.query import Table, add_evidence, execute, measure_coverage, prepare

HEAD = "Region Skiradal\nRegionala utvecklingsnämnden\nBeslut {day}\nDnr RUN 2022/101\n\n"
PAPERS = {
    "given": (
        "2022-03-15",
        "Regionala utvecklingsnämnden beviljar Norrteknik AB 300 000 kronor till projektet Södersken, "
        "högst 50 % av kostnaderna.\n",
    ),
    "raised": (
        "2022-10-04",
        "Ändring av beslut om projektet Södersken\n\nRegionala utvecklingsnämnden beslutar att bidraget till projektet "
        "Södersken höjs från 300 000 kronor till 400 000 kronor.\n",
    ),
}


@pytest.fixture(scope="module")
def raised(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("raised")
    (folder / "papers").mkdir()
    for name, (day, text) in PAPERS.items():
        (folder / f"papers/{name}.txt").write_text(HEAD.format(day=day) + text, encoding="utf-8")
    build([folder / "papers"], Config(store=folder / "graph"), now=datetime(2026, 1, 1, tzinfo=UTC))
    with open_graph(folder / "graph") as graph:
        yield graph


ASKED: dict[str, dict[str, Any]] = {
    "concentration": {},
    "decisions": {},
    "financing-forms": {"project": "Södersken"},
    "funders": {"project": "Södersken"},
    "granted-by-year": {"authority": "Region Skiradal"},
    "lineage": {"project": "Södersken"},
    "lineage-money": {"project": "Södersken"},
    "matter": {"number": "RUN 2022/101"},
    "receivers": {},
    "share-caps": {},
    "sought-proposed-granted": {},
}
# The column that may be added up, where it is not the only one with money.
SUMS = {"decisions": "standing", "funders": "standing", "matter": "standing", "share-caps": "standing"}
GRANTED = {"financing-forms": "amount", "granted-by-year": "amount"}


def ask(graph: GraphStore, name: str) -> Table:
    return execute(graph.store, prepare(name, ASKED[name]))


@pytest.mark.parametrize("name", ASKED)
def test_the_sum_that_stands_is_told_once(name: str, raised: GraphStore) -> None:
    found = ask(raised, name).column(SUMS.get(name, GRANTED.get(name, "granted")))
    assert [x for x in found if x is not None] == [400_000]


@pytest.mark.parametrize("name", [name for name in ASKED if name not in ("lineage", "lineage-money")])
def test_the_paper_that_raised_it_is_quoted(name: str, raised: GraphStore) -> None:
    prepared = prepare(name, ASKED[name])
    table = execute(raised.store, prepared)
    words = " ".join(filter(None, add_evidence(raised.store, prepared, table).column("evidence")))
    assert "400 000" in words and "raised.txt" in words, words
    coverage = measure_coverage(raised.store, prepared, table)
    assert coverage is not None and coverage.papers == 2


def test_both_sums_are_shown(raised: GraphStore) -> None:
    rows = [(r["amount"], r["standing"], r["outcome"]) for r in ask(raised, "decisions").records()]
    assert rows == [(300_000, 400_000, "granted"), (400_000, None, "other")]
    lines = {(r["amount"], r["standing"]) for r in ask(raised, "funders").records()}
    assert lines == {(300_000, None), (400_000, 400_000)}
