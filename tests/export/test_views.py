"""Views as data, and the networks that they make of a graph."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import KgError, QueryError, ResourceError, UsageError
from kg.export.networks import Edge, report_gaps
from kg.export.projecting import Selection, make_network
from kg.export.times import first_day, join_spells, last_day, overlaps
from kg.export.views import find_view, list_broken, list_views, parse_view
from kg.graph.store import memory_store
from kg.terms import PREFIXES
from tests.export.conftest import BASE

REGION, STAR = f"{BASE}organisation/region-fjall", f"{BASE}project/fjall-star"
HEAD = "# sv: Vad?\n# en: What?\n# edges: directed\n"


def edges(store: ox.Store, view: str = "projects-organisations", **chosen: object) -> list[Edge]:
    return list(make_network(store, find_view(view), Selection(**chosen)).edges)  # type: ignore[arg-type]


def test_the_issue_names_these_views() -> None:
    names = [view.name for view in list_views()]
    assert names == [
        "decisions-by-body", "funders-together", "lineage", "organisations-together", "projects-organisations",
        "regions-together",
    ]
    assert [v.name for v in list_views() if v.directed] == ["decisions-by-body", "lineage", "projects-organisations"]


def test_projects_and_organisations(small: ox.Store) -> None:
    network = make_network(small, find_view("projects-organisations"))
    nodes = {node.iri: node for node in network.nodes}
    assert (nodes[STAR].label, nodes[STAR].type, nodes[STAR].spells) == (
        "Fjäll*", "Project", (("2021-01-01", "2023-12-31"),),
    )
    assert nodes[STAR].attributes == {"start_year": 2021, "end_year": 2023, "region": "Fjäll", "granted": 4200001}
    assert (nodes[REGION].type, nodes[REGION].attributes) == ("Organisation", {"funder": True})
    of = {(e.source, e.target, e.kind): e for e in network.edges}
    # the grant that the amendment replaced is counted as an act; its kronor no longer stand
    granted = of[REGION, STAR, "granted"]
    assert (granted.weight, granted.amount) == (2, 4200001)
    assert granted.spells == (("2020-12-14", "2020-12-14"), ("2022-05-01", "2022-05-31"))
    funds = of[f"{BASE}organisation/fjallby-kommun", STAR, "funds"]
    assert (funds.weight, funds.amount, funds.spells) == (1, None, (("2021-01-01", "2023-12-31"),))
    assert nodes[REGION].money == 5200001, "of the kinds the largest sum, since kinds may tell of the same money"
    projects = {node.iri for node in network.nodes if node.type == "Project"}
    assert all(e.source not in projects and e.target in projects for e in network.edges), "two modes"


def test_lineage_goes_on_in_time(small: ox.Store) -> None:
    network = make_network(small, find_view("lineage"))
    links = {(e.source.rpartition("/")[2], e.target.rpartition("/")[2]): e for e in network.edges}
    assert {pair: e.kind for pair, e in links.items()} == {
        ("fjall-forstudie", "fjall"): "continued_by",
        ("fjall-forstudie", "fjall-star"): "built_on_by",
        ("fjall", "fjall-star"): "built_on_by",
        ("dal", "fjall-star"): "built_on_by",
        ("fjall-star", "fjall-tre"): "built_on_by",
    }
    assert links["fjall", "fjall-star"].spells == (("2021-01-01", "2023-12-31"),)
    assert report_gaps(network) == [
        "1 edge of 5 without a date", "1 edge of 5 without an amount", "2 nodes of 5 without a date",
    ]


def test_a_body_is_the_board_or_else_the_authority(small: ox.Store) -> None:
    found = {(e.source.removeprefix(BASE), e.kind, e.weight) for e in edges(small, "decisions-by-body")}
    assert ("board/region-fjall/naringsnamnden", "granted", 1) in found
    assert ("organisation/region-fjall", "rejected", 1) in found


def test_a_user_adds_a_view_as_a_file(small: ox.Store, tmp_path: Path) -> None:
    folder = Path(__file__).parent / "views"
    assert "neighbours" in [v.name for v in list_views(folder)] and "neighbours" not in [v.name for v in list_views()]
    network = make_network(small, find_view("neighbours", folder))
    assert len(network.edges) == 6 and {e.kind for e in network.edges} == {"mentions"} and not network.directed
    assert all(e.source < e.target for e in network.edges), "an undirected pair has one order"
    assert network.nodes[-1].attributes["comment"] == "noted"
    (tmp_path / "lineage.rq").write_text(
        HEAD + "SELECT ?source ?target ?why { ?source bg:relatedTo ?target BIND('so' AS ?why) }", encoding="utf-8"
    )
    (only,) = make_network(small, find_view("lineage", tmp_path)).edges
    assert only.attributes == {"why": "so"} and only.kind == "lineage", "a file of one's own comes first"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("SELECT * {}", "no line '# sv"),
        (HEAD.replace("directed", "both"), "edges cannot be 'both'"),
        (HEAD + "# en: Again?\n", "stands twice"),
    ],
)
def test_heads_that_are_wrong(text: str, what: str) -> None:
    with pytest.raises(ResourceError, match=what) as caught:
        parse_view(Path("x.rq"), text)
    assert "x.rq" in caught.value.message


@pytest.mark.parametrize(
    ("body", "error", "what"),
    [
        ("SELECT ?source { ?source ?p ?o }", ResourceError, "no \\?target"),
        ("ASK { ?a ?b ?c }", ResourceError, "SELECT or a CONSTRUCT"),
        ("SELECT ?source", QueryError, "cannot be parsed \\(line 4, column 15, where it ends\\). Try: check"),
        ("SELECT ?source ?target { ?source rdfs:label ?target . ?source a bg:Project }", None, ""),
        ("SELECT ?source ?target { BIND('a' AS ?source) BIND('b' AS ?target) }", ResourceError, "are IRIs"),
        ("SELECT * { ?source bg:buildsOn ?target BIND('x' AS ?amount) }", ResourceError, "is a number"),
        ("SELECT * { ?source bg:buildsOn ?target BIND('May' AS ?start) }", ResourceError, "dates"),
    ],
)
def test_views_that_are_wrong(body: str, error: type[KgError] | None, what: str, small: ox.Store) -> None:
    view = parse_view(Path("x.rq"), HEAD + body)
    if error is None:
        assert make_network(small, view).edges == ()
        return
    with pytest.raises(error, match=what):
        make_network(small, view)


def test_unknown_views_are_told_with_those_known(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="funders-together"):
        find_view("funders")
    with pytest.raises(UsageError, match="no such folder"):
        find_view("lineage", tmp_path / "none")


def test_a_broken_view_stops_no_other(tmp_path: Path) -> None:
    (tmp_path / "own.rq").write_text(HEAD + "SELECT * {}", encoding="utf-8")
    (tmp_path / "headless.rq").write_text("SELECT * {}", encoding="utf-8")
    (tmp_path / "folder.rq").mkdir()
    (tmp_path / "latin.rq").write_bytes("# sv: Åmål".encode("latin-1"))
    assert {"own", "lineage"} <= {view.name for view in list_views(tmp_path)}
    assert [Path(error.where).stem for error in list_broken(tmp_path)] == ["folder", "headless", "latin"]
    assert find_view("lineage", tmp_path).name == "lineage"
    with pytest.raises(ResourceError, match="no line '# sv"):
        find_view("headless", tmp_path)


def test_amounts_of_a_view(small: ox.Store) -> None:
    body = "SELECT ?source ?target ?amount { ?target bg:beneficiary ?source BIND(AMOUNT AS ?amount) }"
    of = {}
    head = HEAD + "PREFIX bg: <https://w3id.org/beslutsgraf/ns#>\n"
    for amount in ("-7", "1.5e3"):
        view = parse_view(Path("x.rq"), head + body.replace("AMOUNT", amount))
        of[amount] = {e.amount for e in make_network(small, view).edges}
    assert of == {"-7": {-7}, "1.5e3": {1500}}
    view = parse_view(Path("x.rq"), head + body.replace("AMOUNT", "1.5e400"))
    with pytest.raises(ResourceError, match="amount is a number"):
        make_network(small, view)


def test_the_order_of_the_graph_does_not_matter(small: ox.Store) -> None:
    turned = memory_store(reversed(list(small)))
    for view in list_views():
        assert make_network(small, view) == make_network(turned, view)


def test_filters(small: ox.Store) -> None:
    everything = edges(small)
    assert {e.kind for e in edges(small, kinds=("granted", "partner"))} == {"granted", "partner"}
    assert edges(small, least=4_000_000) == [e for e in everything if (e.amount or 0) >= 4_000_000]
    assert {e.target for e in edges(small, region="99")} == {STAR} == {e.target for e in edges(small, region="fjäll")}
    rejected = edges(small, outcome="rejected")
    assert [(e.kind, e.target.rpartition("/")[2]) for e in rejected] == [("rejected", "fjall-tre")]
    near = {e.target.rpartition("/")[2] for e in edges(small, around="Fjällby AB")}
    assert near == {"fjall-star"} and len(edges(small, around="Fjällby AB", hops=3)) == len(everything)
    assert edges(small, outcome="REJECTED") == rejected
    # ends when there is nothing farther away
    assert edges(small, around="Fjällby AB", hops=10**12) == everything
    assert {e.source for e in edges(small, around="Fjäll*")} == {e.source for e in everything if e.target == STAR}


def test_the_description_tells_view_and_filters(small: ox.Store) -> None:
    view = find_view("projects-organisations")
    chosen = Selection(start="2020", region="fjäll", kinds=("granted",), least=5, around="Fjällby AB", hops=2)
    said = "View: projects-organisations; from: 2020; region: fjäll; kind: granted; min-amount: 5; around: Fjällby AB"
    assert make_network(small, view, chosen).description == f"{view.description} {said}; hops: 2."
    assert make_network(small, view).description == f"{view.description} View: projects-organisations."


def test_a_period_takes_the_facts_of_its_days(small: ox.Store) -> None:
    granted = [e for e in edges(small, start="2022", end="2022-05-01") if e.kind == "granted"]
    assert [(e.weight, e.amount) for e in granted] == [(1, 4200001)]
    network = make_network(small, find_view("lineage"), Selection(start="2021"))
    assert len(network.edges) == 3 and "1 fact without a date left out by the period" in report_gaps(network)
    least = make_network(small, find_view("projects-organisations"), Selection(least=1))
    assert any("left out by the least amount" in line for line in report_gaps(least))


@pytest.mark.parametrize(
    ("chosen", "what"),
    [
        ({"kinds": ("paints",)}, "no edges of kind 'paints'.*granted"),
        ({"outcome": "maybe"}, "cannot be 'maybe'.*rejected"),
        ({"start": "May"}, "period is given in dates"),
        ({"end": "2021-02-30"}, "period is given in dates"),
        ({"start": "2023", "end": "2021"}, "ends before it starts"),
        ({"around": "Fjälby"}, "Fjällby"),
        ({"region": "Narnia"}, "nothing in the graph is called 'Narnia'"),
        ({"around": "Fjällby A"}, "Fjällby AB"),
        ({"around": "\ud800"}, "UTF-8"),
    ],
)
def test_filters_that_are_wrong(chosen: dict[str, object], what: str, small: ox.Store) -> None:
    with pytest.raises(KgError, match=what):
        edges(small, **chosen)


def test_days() -> None:
    assert (first_day("2024-02"), last_day("2024-02"), last_day("2023"), last_day("2023-01-05")) == (
        "2024-02-01", "2024-02-29", "2023-12-31", "2023-01-05",
    )
    for wrong in ("", "24", "2024-13", "2023-02-29", "0000", "2024-1-1"):
        with pytest.raises(ValueError, match="no "):
            first_day(wrong)
    spells = [("2021", "2022"), ("2020", "2021"), ("", ""), ("2025", ""), ("2026", "2027"), ("2024", "2023")]
    assert join_spells(spells) == (("2020", "2022"), ("2025", ""))
    assert overlaps(("", "2020"), "2020", "") and not overlaps(("2021", ""), "", "2020")


TOTALS = {
    # view -> an independent question for source, target, number and kronor
    "funders-together": """SELECT ?a ?b (COUNT(DISTINCT ?p) AS ?n) (SUM(?x + ?y) AS ?kr) {
        ?c bg:ofOrganisation ?a ; bg:ofProject ?p ; bg:contributedSum ?x .
        ?d bg:ofOrganisation ?b ; bg:ofProject ?p ; bg:contributedSum ?y . FILTER(STR(?a) < STR(?b)) }
        GROUP BY ?a ?b""",
    "organisations-together": """SELECT ?a ?b (COUNT(?p) AS ?n) (SUM(?t) AS ?kr) { { SELECT DISTINCT ?a ?b ?p {
        ?r bg:ofProject ?p ; bg:ofOrganisation ?a ; a bg:OrganisationRole .
        ?s bg:ofProject ?p ; bg:ofOrganisation ?b ; a bg:OrganisationRole . FILTER(STR(?a) < STR(?b)) } }
        OPTIONAL { ?p bg:grantedTotal ?g } BIND(COALESCE(?g, 0) AS ?t) } GROUP BY ?a ?b""",
}


@pytest.mark.parametrize("view", TOTALS)
def test_totals_on_edges_are_those_of_the_graph(view: str, built_store: ox.Store) -> None:
    rows = built_store.query(TOTALS[view], prefixes=PREFIXES)
    expected = {(r["a"].value, r["b"].value): (int(r["n"].value), int(r["kr"].value)) for r in rows}
    assert len(expected) > 5
    assert {(e.source, e.target): (e.weight, e.amount or 0) for e in edges(built_store, view)} == expected


def test_co_financing_is_that_of_the_derived_facts(built_store: ox.Store) -> None:
    rows = built_store.query("SELECT * { ?c a bg:CoFinancing ; bg:projectCount ?n }", prefixes=PREFIXES)
    counts = sorted(int(row["n"].value) for row in rows)
    assert counts and counts == sorted(e.weight for e in edges(built_store, "funders-together"))


def test_grants_on_edges_are_the_totals_of_projects(built_store: ox.Store) -> None:
    totals: dict[str, int] = defaultdict(int)
    for edge in edges(built_store, "decisions-by-body", kinds=("granted",)):
        totals[edge.target] += edge.amount or 0
    rows = list(built_store.query("SELECT ?p ?t { ?p bg:grantedTotal ?t }", prefixes=PREFIXES))
    stated = {row["p"].value: int(row["t"].value) for row in rows}
    # a grant that only a later paper recalls names no body
    assert len(totals) > 3 and totals.items() <= stated.items()
