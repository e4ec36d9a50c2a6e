"""Judging what is the same: the walk in the terminal, merges and splits, on graphs on disk."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.graph.building import begin_build
from kg.graph.manifest import Manifest
from kg.graph.map import quads
from kg.model import Extraction
from kg.registers import load_registers
from kg.resolve import resolve
from kg.resolve.judgefile import read_rulings
from kg.terms import DEFAULT_BASE, expand
from tests.cli.conftest import run_kg
from tests.papers import PaperMaker

DAY = {"SOURCE_DATE_EPOCH": "1714521600"}


def paper(name: str, project: str, **values: object) -> Extraction:
    made = PaperMaker(name)
    made.decision(made.project(project), "granted", **values)
    return made.make()


def papers() -> list[Extraction]:
    """Two pairs in doubt, one of little money and one of much; one thing of two papers; one thing of two names."""
    return [
        paper("a", "VIND", amount_sek="1000"),
        paper("b", "VIND", amount_sek="2000"),
        paper("c", "SOL", amount_sek="900000"),
        paper("d", "SOL", amount_sek="800000"),
        paper("e", "Stugan", beneficiary="Ett AB", date="2023-01-02"),
        paper("f", "Stugan", beneficiary="Två AB", date="2023-01-02"),
        paper("g", "Kall kustvärme i norr (KKN)", date="2023-05-06"),
        paper("h", "KKN", amount_sek="5", date="2023-05-06"),
    ]


def put_graph(folder: Path, given: list[Extraction] | None = None) -> ox.Store:
    """Builds the graph of the papers with the judgements of the folder, as ``kg build`` does from files."""
    made = given or papers()
    rulings = read_rulings(folder / "identity.csv", DEFAULT_BASE)
    resolution = resolve(made, load_registers(), rulings=rulings)
    with begin_build(folder / "graph") as work:
        work.load(quads(resolution, made, load_registers()))
        work.commit(Manifest("0", "2024-05-01T00:00:00+00:00", DEFAULT_BASE, (), (), 0, (), (), ()))
        return work.read()


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    put_graph(tmp_path)
    return tmp_path


def rows(folder: Path) -> list[dict[str, str]]:
    return list(csv.DictReader((folder / "identity.csv").read_text(encoding="utf-8").splitlines()))


def projects(store: ox.Store) -> set[str]:
    quads = store.quads_for_pattern(None, ox.NamedNode(expand("rdf:type")), ox.NamedNode(expand("bg:Project")))
    return {quad.subject.value.removeprefix(DEFAULT_BASE) for quad in quads}


def replaced(store: ox.Store) -> set[tuple[str, str]]:
    found = store.quads_for_pattern(None, ox.NamedNode(expand("dcterms:isReplacedBy")), None)
    return {tuple(n.value.removeprefix(DEFAULT_BASE) for n in (q.subject, q.object)) for q in found}


def test_the_most_valuable_comes_first_with_the_words_of_both(graph: Path) -> None:
    done = run_kg("review", "--list", "--format", "json", cwd=graph)
    assert [(row["left"], row["amount"]) for row in json.loads(done.stdout)] == [("SOL", 800000), ("VIND", 1000)]
    walk = run_kg("review", cwd=graph, input="q\n")
    assert walk.returncode == 0
    assert "c.txt: “SOL”" in walk.stdout and "d.txt: “SOL”" in walk.stdout and "VIND" not in walk.stdout
    assert not (graph / "identity.csv").exists()


def test_a_pair_is_shown_with_what_tells_it_apart_and_its_money_once(tmp_path: Path) -> None:
    made = []
    for name, sum_, year, owner in (("a", "1250000", "2023", "Ett AB"), ("b", "650000", "2024", "Två AB")):
        told = PaperMaker(name)
        about = told.project("Norrsken" if name == "a" else "Norrsken (NS)")
        region = ("Region Norrbotten", "region-norrbotten")
        values = {"authority": region, "diary_number": f"RUN {year}/7", "date": f"{year}-05-16", "amount_sek": sum_}
        act = told.decision(about, "granted", beneficiary=owner, **values)
        told.line(about, region, amount_sek=sum_, status="granted", decision=act)
        # what was proposed before is the same money
        told.decision(about, "proposed_grant", **{**values, "date": f"{year}-04-01"})
        made.append(told.make())
    put_graph(tmp_path, made)
    (row,) = json.loads(run_kg("review", "--list", "--format", "json", cwd=tmp_path).stdout)
    assert row["amount"] == 650000
    walk = run_kg("review", cwd=tmp_path, input="q\n").stdout.replace("\u00a0", " ").replace("\u202f", " ")
    assert "1 250 000 kr" in walk and "650 000 kr" in walk and "2 500 000" not in walk
    for said in ("authority: Region Norrbotten", "owner: Ett AB", "owner: Två AB", "diary number: RUN 2023/7",
                 "date: 2024-04-01, 2024-05-16", "outcome: granted, proposed_grant"):
        assert said in walk, walk


def test_answers_are_kept_at_once_and_outlive_builds(graph: Path) -> None:
    done = run_kg("review", "--who", "AB", cwd=graph, input="what?\ns\nsame board\nd\n\n", env=DAY)
    assert done.returncode == 0 and "2 answers" in done.stderr.replace("\u00a0", " ")
    kept = rows(graph)
    assert [(r["verdict"], r["who"], r["when"], r["why"], r["left_name"]) for r in kept] == [
        ("same", "AB", "2024-05-01", "same board", "SOL"), ("different", "AB", "2024-05-01", "", "VIND")]
    # before the next build nothing is asked twice, nor after it
    assert "nothing is undecided" in run_kg("review", cwd=graph).stderr
    for _ in range(2):
        store = put_graph(graph)
        iris = projects(store)
        assert sum(iri.startswith("project/sol") for iri in iris) == 1
        assert sum(iri.startswith("project/vind") for iri in iris) == 2
    assert "nothing is undecided" in run_kg("review", cwd=graph).stderr
    said = run_kg(
        "query", "--sparql",
        'SELECT ?verdict ?reason { GRAPH ?g { ?j bg:author "AB" ; bg:verdict ?verdict ; bg:reason ?reason } }'
        " ORDER BY ?verdict",
        "-f", "csv", cwd=graph,
    )
    assert said.stdout.splitlines()[1:] == ["different,judged by a person", "same,same board"]


def test_a_merge_and_its_old_iri(graph: Path) -> None:
    before = projects(put_graph(graph))
    assert {"project/stugan", "project/kkn"} <= before
    assert run_kg("merge", "Stugan", "project/kkn", cwd=graph).returncode == 2
    done = run_kg("merge", "Stugan", "project/kkn", "--why", "one house", "--who", "AB", cwd=graph)
    assert done.returncode == 0, done.stderr
    store = put_graph(graph)
    assert projects(store) == before - {"project/stugan"}
    assert ("project/stugan", "project/kkn") in replaced(store)
    # what the old IRI names now is found by it
    told = run_kg("explain", "project/stugan", cwd=graph)
    assert told.returncode == 0 and "project/kkn>" in told.stdout.splitlines()[0]
    again = run_kg("merge", "Stugan", "KKN", "--why", "x", cwd=graph)
    assert again.returncode == 2 and "Traceback" not in again.stderr


def test_a_split_by_name(graph: Path) -> None:
    long = "project/kall-kustvarme-i-norr-kkn"
    assert (long, "project/kkn") in replaced(put_graph(graph))
    done = run_kg("split", "project/kkn", "--why", "another matter", "--who", "AB", cwd=graph)
    assert done.returncode == 0, done.stderr
    assert {long, "project/kkn"} <= projects(put_graph(graph))


def test_a_split_by_paper(graph: Path) -> None:
    plain = run_kg("split", "Stugan", "--why", "two owners", cwd=graph)
    assert plain.returncode == 2 and "--paper" in plain.stderr
    done = run_kg("split", "Stugan", "--paper", "f.txt", "--why", "two owners", "--who", "AB", cwd=graph)
    assert done.returncode == 0, done.stderr
    store = put_graph(graph)
    two = {iri for iri in projects(store) if iri.startswith("project/stugan")}
    assert len(two) == 2 and "project/stugan" not in two
    assert {("project/stugan", iri) for iri in two} <= replaced(store)


def test_contradictions_are_told(graph: Path) -> None:
    for left, right in (("project/kkn", "Stugan"), ("project/stugan", "project/x")):
        run_kg("merge", left, right, "--why", "y", "--who", "AB", cwd=graph)
    (graph / "identity.csv").write_text(
        "verdict;left;right;who;when;why\n"
        "same;project/kkn;project/stugan;AB;2024-01-01;\n"
        "same;project/stugan;project/x;AB;2024-01-01;\n"
        "different;project/kkn;project/x;CD;2024-01-02;\n",
        encoding="utf-8",
    )
    done = run_kg("review", "--check", cwd=graph)
    assert done.returncode == 1 and "project/kkn and project/x are judged different by CD" in done.stdout
    wrong = run_kg("split", "project/kkn", "--why", "y", cwd=graph)
    assert "Traceback" not in wrong.stderr


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("maybe,project/a,project/b", "verdict is 'maybe'"),
        ("same,project/a,organisation/b", "two IRIs of one kind"),
        ("same,project/a,project/a", "both 'project/a'"),
        ("same,,project/a", "two IRIs of one kind"),
        ('same,"project/a,project/b', "cannot be read"),
        ("same,project/a,project/b,i går", "when is 'i går'"),
        ("same,project/a,project/b,2026-13-40", "when is '2026-13-40'"),
        ("same,project/a,project/b,5/16/2024", "when is '5/16/2024'"),
    ],
)
def test_a_malformed_file_is_told_with_its_line(graph: Path, row: str, says: str) -> None:
    head = "verdict,left,right" + ",when" * (row.count(",") > 2)
    (graph / "identity.csv").write_text(f"{head}\n{row}\n", encoding="utf-8")
    done = run_kg("review", "--check", cwd=graph)
    assert done.returncode == 1 and says in done.stderr and "identity.csv:2" in done.stderr


def test_unknown_and_ambiguous_names(graph: Path) -> None:
    for args in (("merge", "Ingen", "KKN"), ("merge", "VIND", "KKN"), ("split", "Ingen")):
        done = run_kg(*args, "--why", "y", cwd=graph)
        assert done.returncode == 2 and "Try: " in done.stderr and "Traceback" not in done.stderr


def test_a_merge_of_all_that_bear_a_name_bars_a_split_by_paper(graph: Path) -> None:
    merge = ("merge", "Stugan", "project/kkn", "--why", "one house", "--who", "AB")
    split = ("split", "Stugan", "--paper", "f.txt", "--why", "two owners", "--who", "CD")
    assert run_kg(*merge, cwd=graph).returncode == 0
    wrong = run_kg(*split, cwd=graph)
    assert wrong.returncode == 1 and "contradicts an earlier judgement" in wrong.stderr, wrong.stderr
    merged = (graph / "identity.csv").read_text(encoding="utf-8")
    assert len(rows(graph)) == 1
    (graph / "identity.csv").unlink()
    assert run_kg(*split, cwd=graph).returncode == 0 and len(rows(graph)) == 1
    assert run_kg("review", "--check", cwd=graph).returncode == 0
    wrong = run_kg(*merge, cwd=graph)
    assert wrong.returncode == 1 and "contradicts an earlier judgement" in wrong.stderr, wrong.stderr
    both = (graph / "identity.csv").read_text(encoding="utf-8") + merged.split("\n", 1)[1]
    (graph / "identity.csv").write_text(both, encoding="utf-8")
    done = run_kg("review", "--check", cwd=graph)
    assert done.returncode == 1 and "1 contradiction" in done.stderr.replace("\u00a0", " ")


def test_judgements_that_wait_are_told(graph: Path) -> None:
    (graph / "identity.csv").write_text(
        "verdict,left,right\nsame,project/stugn,project/kkn\ndifferent,project/kkn,project/kall-kustvarme-i-norr-kkn\n",
        encoding="utf-8",
    )
    done = run_kg("review", "--check", cwd=graph)
    assert done.returncode == 0 and "1 waiting" in done.stderr
    # one that names an IRI that was replaced is heard
    assert done.stdout == (
        "project/stugn and project/kkn, same, wait: there is no project/stugn (did you mean project/stugan?)\n")


def test_the_build_warns_of_judgements_that_wait(tmp_path: Path) -> None:
    (tmp_path / "papers").mkdir()
    text = "Region Norrbotten\n\nRegionstyrelsen beslutar att bevilja Ett AB 1 000 kronor till projektet Norrsken.\n"
    (tmp_path / "papers" / "a.txt").write_text(text, encoding="utf-8")
    (tmp_path / "identity.csv").write_text("verdict,left,right\nsame,project/finns-ej,project/norrsken\n", "utf-8")
    done = run_kg("build", "papers", cwd=tmp_path)
    assert done.returncode == 0
    assert "warning: judgements on project/finns-ej and project/norrsken, same, wait: there is no" in done.stderr


def test_what_cannot_be_split_says_what_to_try(graph: Path) -> None:
    for args, says in (
        (("organisation/ett-ab",), "nothing came to be one with organisation/ett-ab"),
        (("organisation/ett-ab", "--paper", "e.txt"), "cannot be told apart by paper, only projects can. Try: nothing"),
        (("Stugan", "--paper", "none.txt"), "'none.txt' is not one paper on project/stugan. Try: one of e.txt, f.txt"),
        (("project/kkn-no",), "nothing that can be judged has the name"),
    ):
        done = run_kg("split", *args, "--why", "x", cwd=graph)
        assert done.returncode == 2 and says in done.stderr and "one of \n" not in done.stderr, done.stderr


def test_an_interrupt_tells_what_was_written(graph: Path) -> None:
    command = [sys.executable, "-m", "kg", "review", "--who", "AB"]
    pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)

    def heed() -> None:
        # what a shell starts in the background is born deaf to interrupts
        signal.signal(signal.SIGINT, signal.SIG_DFL)

    with subprocess.Popen(command, cwd=graph, env=os.environ, preexec_fn=heed, **pipes) as walk:
        assert walk.stdin is not None
        walk.stdin.write(b"s\nfor sure\n")
        walk.stdin.flush()
        limit = time.monotonic() + 60
        while not (graph / "identity.csv").exists() and time.monotonic() < limit:
            time.sleep(0.05)
        # asked for the second pair by now
        time.sleep(0.5)
        walk.send_signal(signal.SIGINT)
        said = walk.communicate(timeout=60)[1].decode()
    assert walk.returncode == 130 and "interrupted; 1 answer of this walk in" in said.replace("\u00a0", " "), said
    assert len(rows(graph)) == 1 and "as it was" not in said
