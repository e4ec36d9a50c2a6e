"""``kg network`` and the networks of ``kg export``."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.cli.conftest import run_kg


def test_views_are_listed_with_what_they_say(tmp_path: Path) -> None:
    done = run_kg("network", "--list", cwd=tmp_path)
    assert done.returncode == 0 and "funders-together" in done.stdout and "weight: number of projects" in done.stdout


def test_tables_and_a_drawing(built: Path, tmp_path: Path) -> None:
    picture = tmp_path / "lineage.svg"
    done = run_kg("network", "--view", "lineage", "--metrics", "all", "-f", "csv", "--draw", picture, cwd=built)
    assert done.returncode == 0, done.stderr
    rows = {row["label"]: row for row in csv.DictReader(io.StringIO(done.stdout))}
    assert rows["AI.ALL*"]["generation"] == "3" and rows["AI.ALL*"]["type"] == "Project"
    assert "without a date" in done.stderr and "nodes, " in done.stderr
    assert "AI.ALL*" in [t.text for t in ElementTree.parse(picture).iter("{http://www.w3.org/2000/svg}text")]
    edges = run_kg("network", "--view", "lineage", "--edges", "-f", "csv", cwd=built)
    found = [(r["source"], r["target"], r["kind"]) for r in csv.DictReader(io.StringIO(edges.stdout))]
    assert ("AI.ALL", "AI.ALL*", "built_on_by") in found
    assert all("/project/" in r["source_iri"] for r in csv.DictReader(io.StringIO(edges.stdout)))


def test_filters_and_views_of_ones_own(built: Path, root: Path, tmp_path: Path) -> None:
    path = tmp_path / "x.gexf"
    done = run_kg("export", "gexf", "--around", "AI.ALL*", "--metrics", "degree", "-o", path, cwd=built)
    assert done.returncode == 0 and "without an amount" in done.stderr, done.stderr
    tree = ElementTree.parse(path).getroot()
    assert {n.get("label") for n in tree.iter("{http://gexf.net/1.3}node")} > {"AI.ALL*", "Örebro universitet"}
    (meta,) = tree.iter("{http://gexf.net/1.3}meta")
    assert (meta.get("lastmodifieddate") or "").startswith("20")
    assert "neighbours" in {a.get("id") for a in tree.iter("{http://gexf.net/1.3}attribute")}
    assert len(list(tree.iter("{http://gexf.net/1.3/viz}position"))) == len(list(tree.iter("{http://gexf.net/1.3}node")))
    own = ("--view", "neighbours", "--views", root / "tests/export/views")
    assert "mentions" in run_kg("network", *own, "--edges", cwd=built).stdout


@pytest.mark.parametrize(
    ("args", "code", "what"),
    [
        (("network", "--view", "funder"), 2, "funders-together"),
        (("network", "--draw", "x.pdf"), 2, "svg or .png"),
        (("network", "--kind", "paints"), 2, "granted"),
        (("network", "--around", "Nowhere"), 1, "nothing in the graph"),
        (("network", "--metrics", "fame"), 2, "pagerank"),
        (("network", "--view", "lineage", "--from", "2090", "--draw", "x.svg"), 2, "nothing to draw"),
        (("export", "turtle", "--view", "lineage", "-o", "x"), 2, "without views"),
        (("export", "gexf", "--from", "soon", "-o", "x"), 2, "in dates"),
        (("export", "gexf", "--views", "missing-views", "-o", "x"), 2, "no such folder"),
    ],
)
def test_what_is_wrong_is_told(args: tuple[str, ...], code: int, what: str, built: Path) -> None:
    done = run_kg(*args, cwd=built)
    assert (done.returncode, done.stdout) == (code, "") and what in done.stderr and "Traceback" not in done.stderr


def test_a_view_may_not_reach_out(built: Path, tmp_path: Path) -> None:
    head = "# sv: a\n# en: a\n# edges: directed\n"
    body = "SELECT ?source ?target { SERVICE <http://x/> { ?source ?p ?target } }"
    (tmp_path / "out.rq").write_text(head + body, encoding="utf-8")
    done = run_kg("network", "--view", "out", "--views", tmp_path, cwd=built)
    assert done.returncode == 2 and "SERVICE" in done.stderr


def test_a_raised_grant_is_counted_once(tmp_path: Path) -> None:
    head = "Region Skiradal\nRegionala utvecklingsnämnden\nBeslut {day}\nDnr RUN 2022/101\n\n"
    grant = "Regionala utvecklingsnämnden beviljar Norrteknik AB 300 000 kronor till projektet Södersken.\n"
    change = (
        "Ändring av beslut om projektet Södersken\n\nRegionala utvecklingsnämnden beslutar att bidraget till projektet "
        "Södersken höjs från 300 000 kronor till 400 000 kronor.\n"
    )
    (tmp_path / "papers").mkdir()
    for name, day, text in (("a", "2022-03-15", grant), ("b", "2022-10-04", change)):
        (tmp_path / f"papers/{name}.txt").write_text(head.format(day=day) + text, encoding="utf-8")
    assert run_kg("build", "papers", cwd=tmp_path).returncode == 0
    done = run_kg("network", "--edges", "-f", "csv", cwd=tmp_path)
    sums = {r["kind"]: r["amount"] for r in csv.DictReader(io.StringIO(done.stdout))}
    assert sums["granted"] == sums["funds_granted"] == "400000", done.stdout
