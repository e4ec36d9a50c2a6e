"""A grant that a later paper raises: the questions tell which sum stands, and quote the paper that says so."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from kg.config import Config
from kg.export.projecting import make_network
from kg.export.views import find_view
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


def build_papers(folder: Path, papers: dict[str, tuple[str, str]]) -> Path:
    """The directory, in ``folder``, of the graph of papers by name, each with its day and words."""
    (folder / "papers").mkdir()
    for name, (day, words) in papers.items():
        (folder / f"papers/{name}.txt").write_text(HEAD.format(day=day) + words, encoding="utf-8")
    build([folder / "papers"], Config(store=folder / "graph"), now=datetime(2026, 1, 1, tzinfo=UTC))
    return folder / "graph"


@pytest.fixture(scope="module")
def raised(tmp_path_factory: pytest.TempPathFactory) -> Any:
    with open_graph(build_papers(tmp_path_factory.mktemp("raised"), PAPERS)) as graph:
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


RAISE = "besluta att höja bidraget till projektet Södersken från 300 000 kronor till 900 000 kronor.\n"
LATER = {
    "a proposal to raise it": (
        f"TJÄNSTESKRIVELSE\nSödersken\n\nFörslag till beslut\n\nRegionala utvecklingsnämnden föreslås {RAISE}"
    ),
    "a proposal that the board is to take": (
        "TJÄNSTESKRIVELSE\nSödersken, ändrat bidrag\n\nFörslag till beslut\n\nRegionala utvecklingsnämnden "
        + RAISE.replace("besluta ", "beslutar ", 1)
    ),
    "a new end with the sum told again": (
        "Regionala utvecklingsnämnden beslutar att förlänga projektet Södersken till 2024-12-31. "
        "Stödet är även i fortsättningen högst 300 000 kronor.\n"
    ),
}
CONTRIBUTED = """PREFIX bg: <https://w3id.org/beslutsgraf/ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?sum { ?c bg:ofOrganisation/rdfs:label "Region Skiradal" ; bg:contributedSum ?sum }"""


@pytest.mark.parametrize("text", LATER.values(), ids=LATER)
def test_what_changes_no_sum_adds_none(text: str, tmp_path: Any) -> None:
    papers = {"given": PAPERS["given"], "later": ("2022-10-04", text)}
    with open_graph(build_papers(tmp_path, papers)) as graph:
        (receiver,) = execute(graph.store, prepare("receivers", {})).records()
        (by_year,) = execute(graph.store, prepare("granted-by-year", {"authority": "Region Skiradal"})).records()
        forms = execute(graph.store, prepare("financing-forms", {"project": "Södersken"})).records()
        (funding,) = [int(row["sum"].value) for row in graph.store.query(CONTRIBUTED)]
    assert (receiver["granted"], by_year["amount"]) == (300_000, 300_000)
    assert [r["amount"] for r in forms if r["status"] == "granted"] == [300_000]
    assert funding == max(r["amount"] for r in forms)


REVOCATIONS = {
    "Regionala utvecklingsnämnden beslutar att upphäva beslut 2022-03-15 om 300 000 kronor i stöd till Södersken.\n": 0,
    "Regionala utvecklingsnämnden återkallar därför beslutet om stöd till projektet Södersken.\n": 0,
    "Beslutet om stöd till projektet Södersken upphävs.\n": 0,
    "Regionala utvecklingsnämnden upphäver delvis beslutet om stöd till projektet Södersken.\n": 300_000,
    "Norrteknik AB återkallar sin ansökan om ytterligare stöd till projektet Södersken.\n": 300_000,
    "TJÄNSTESKRIVELSE\n\nFörslag till beslut\n\nRegionala utvecklingsnämnden föreslås besluta att upphäva beslutet om "
    "stöd till projektet Södersken.\n": 300_000,
}


@pytest.mark.parametrize(("text", "left"), REVOCATIONS.items())
def test_nothing_is_left_of_a_grant_that_is_revoked(text: str, left: int, tmp_path: Any) -> None:
    papers = {"given": PAPERS["given"], "later": ("2022-10-04", text)}
    with open_graph(build_papers(tmp_path, papers)) as graph:
        (receiver,) = execute(graph.store, prepare("receivers", {})).records()
        funders = execute(graph.store, prepare("funders", {"project": "Södersken"})).records()
        contributed = [int(row["sum"].value) for row in graph.store.query(CONTRIBUTED)]
        replaced = execute(graph.store, prepare("replaced", {})).records()
    assert (receiver["granted"] or 0, sum(contributed)) == (left, left)
    assert all(row["change"] == -300_000 for row in replaced if left == 0), replaced
    assert [row["standing"] or 0 for row in funders] == [left]


@pytest.mark.parametrize("view", ["decisions-by-body", "projects-organisations"])
def test_networks_count_a_raised_grant_once(view: str, raised: GraphStore) -> None:
    edges = make_network(raised.store, find_view(view)).edges
    given = {edge.kind: edge.amount for edge in edges if edge.kind in ("granted", "other")}
    assert given == {"granted": 400_000, "other": None}
