"""Building: which papers, what is spared, what is refused, what an interrupt leaves."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from kg.config import Config
from kg.errors import ReadError, StoreError, UsageError
from kg.graph.building import begin_build
from kg.graph.store import open_graph
from kg.model import Extraction
from kg.pipeline import Options, build, collect_papers, extract_paths
from kg.read.files import load_bytes
from tests.pipeline.conftest import NOW, make_test_stages


def make(papers: Path, config: Config, **more):
    more.setdefault("stages", make_test_stages())
    return build([papers], config, now=NOW, **more)


def content(config: Config) -> bytes:
    with open_graph(config.store) as graph:
        return b"\n".join(sorted(str(quad).encode() for quad in graph.store))


# --- which papers ---------------------------------------------------------------------------------------------


def test_folders_are_searched_and_hidden_files_left_out(papers: Path) -> None:
    assert [p.name for p in collect_papers([papers])] == ["a.txt", "b.txt", "c.txt"]


def test_a_graph_among_the_papers_is_not_read(papers: Path, config: Config) -> None:
    make(papers, replace(config, store=papers / "graph"))
    assert [p.name for p in collect_papers([papers])] == ["a.txt", "b.txt", "c.txt"]


def test_a_folder_that_may_not_be_looked_into_stops_none_of_the_others(
    papers: Path, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = papers / "closed"
    closed.mkdir()
    scandir, access = os.scandir, os.access

    def scan(path: str) -> object:  # whoever runs as root may look into all folders
        if str(path) == str(closed):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", scan)
    monkeypatch.setattr(os, "access", lambda path, mode: str(path) != str(closed) and access(path, mode))
    assert {p.name for p in collect_papers([papers])} == {"a.txt", "b.txt", "c.txt", "closed"}
    with pytest.raises(ReadError, match="may not look into this folder") as caught:
        load_bytes(closed, "papers/closed")
    assert caught.value.code == "unreadable" and caught.value.hint
    with pytest.raises(ReadError, match="cannot be read"):
        collect_papers([closed])


def test_a_file_named_twice_is_read_once(papers: Path) -> None:
    assert len(collect_papers([papers, papers / "a.txt", papers / "a.txt"])) == 3


def test_a_folder_without_papers(tmp_path: Path) -> None:
    (tmp_path / "empty" / ".git").mkdir(parents=True)
    with pytest.raises(ReadError, match="no papers") as caught:
        collect_papers([tmp_path / "empty"])
    assert caught.value.hint


def test_no_path_at_all() -> None:
    with pytest.raises(UsageError):
        collect_papers([])


# --- building -------------------------------------------------------------------------------------------------


def test_a_build_is_reported_and_can_be_read(papers: Path, config: Config) -> None:
    report = make(papers, config)
    assert (report.read, report.reused, report.refused) == (3, 0, ())
    assert report.entities["Project"] == 3 and report.entities["Decision"] == 4
    assert report.claims == 20
    assert {name for name, _ in report.seconds} >= {"read", "resolve", "load", "validate"}
    with open_graph(config.store) as graph:
        assert len(graph.store) == report.quads > report.claims
        assert graph.manifest == report.manifest
        assert graph.manifest.built == "2026-01-02T03:04:05"
        assert [Path(p.source).name for p in sorted(graph.manifest.papers, key=lambda p: p.source)] == [
            "a.txt",
            "b.txt",
            "c.txt",
        ]


def test_the_same_papers_give_the_same_graph(papers: Path, config: Config, tmp_path: Path) -> None:
    make(papers, config)
    other = replace(config, store=tmp_path / "other")
    build([papers / "deep", papers / "b.txt", papers / "a.txt"], other, now=NOW, stages=make_test_stages())
    assert content(config) == content(other)


def test_unchanged_papers_are_not_read_again(papers: Path, config: Config) -> None:
    calls: list[str] = []
    make(papers, config, stages=make_test_stages(calls=calls))
    before = content(config)
    assert calls == ["a.txt", "b.txt", "c.txt"]
    assert make(papers, config, stages=make_test_stages(calls=calls)).reused == 3
    assert len(calls) == 3
    assert content(config) == before
    (papers / "a.txt").write_text("Norrsken;granted;2\n")
    make(papers, config, stages=make_test_stages(calls=calls))
    assert calls[3:] == ["a.txt"]


def test_other_rules_read_every_paper_again(papers: Path, config: Config) -> None:
    calls: list[str] = []
    make(papers, config)
    assert make(papers, config, stages=make_test_stages("two", calls)).reused == 0
    assert len(calls) == 3


def test_a_damaged_shard_is_made_again(papers: Path, config: Config) -> None:
    make(papers, config)
    before = content(config)
    for shard in (config.store / "shards").iterdir():
        shard.write_text(shard.read_text()[:40])
    assert make(papers, config).reused == 0
    assert content(config) == before


def test_nothing_outlives_its_paper(papers: Path, config: Config) -> None:
    make(papers, config)
    (papers / "deep" / "c.txt").unlink()
    make(papers, config)
    assert b"Fj\xc3\xa4llet" not in content(config)
    assert len(list((config.store / "shards").iterdir())) == 2


def test_a_renamed_paper_keeps_its_shard_under_the_new_name(papers: Path, config: Config) -> None:
    make(papers, config)
    (papers / "a.txt").rename(papers / "z.txt")
    report = make(papers, config)
    assert report.reused == 3
    assert {Path(p.source).name for p in report.papers} == {"z.txt", "b.txt", "c.txt"}


def test_the_same_bytes_under_two_names_are_one_paper(papers: Path, config: Config) -> None:
    (papers / "copy.txt").write_bytes((papers / "b.txt").read_bytes())
    report = make(papers, config)
    assert report.read == 3
    assert [(Path(a).name, Path(b).name) for a, b in report.duplicates] == [("copy.txt", "b.txt")]


def test_one_bad_paper_stops_nothing(papers: Path, config: Config) -> None:
    (papers / "bad.txt").write_text("boom\n")
    (papers / "empty.txt").write_text("")
    (papers / "long.txt").write_text("x" * 2000)
    (papers / "zeros.txt").write_bytes(b"\0" * 64)
    report = build([papers, papers / "gone.txt"], config, now=NOW, stages=make_test_stages())
    assert report.read == 3
    assert [(Path(r.path).name, r.code) for r in report.refused] == [
        ("bad.txt", "failed"),
        ("empty.txt", "empty"),
        ("gone.txt", "unreadable"),
        ("long.txt", "too_large"),
        ("zeros.txt", "not_text"),
    ]
    assert all(r.reason for r in report.refused)


def test_a_paper_whose_claim_cannot_stand_in_a_graph_is_refused_alone(papers: Path, config: Config) -> None:
    (papers / "bad.txt").write_text("Norrsken;nonsense;5\n")
    report = make(papers, config)
    assert report.read == 3
    assert "'nonsense' is no code of outcome" in report.refused[0].reason


def test_a_paper_that_breaks_a_rule_of_the_graph_is_refused_alone(papers: Path, config: Config) -> None:
    (papers / "bad.txt").write_text("Baklänges;granted;5;start=2025;end=2024\n")
    report = make(papers, config)
    assert report.read == 3
    assert [(Path(r.path).name, r.code) for r in report.refused] == [("bad.txt", "failed")]
    assert "Baklänges" in report.refused[0].reason
    assert b"Bakl" not in content(config)


def test_papers_that_disagree_are_no_reason_to_stop(papers: Path, config: Config) -> None:
    (papers / "b.txt").write_text("Norrsken;granted;1000;diary_number=RS 1\n")
    (papers / "d.txt").write_text("Norrsken;granted;2000;diary_number=RS 1\n")
    report = make(papers, config)
    assert report.refused == () and report.issues == {"sources_disagree": 1}
    with open_graph(config.store) as graph:
        assert [(Path(i.path).name, i.code) for i in graph.issues()] in (
            [("b.txt", "sources_disagree")],
            [("d.txt", "sources_disagree")],
        )
    assert any("amount" in w.what.lower() or "belopp" in w.what.lower() for w in report.warnings)


def test_nothing_readable_leaves_the_graph_of_before(papers: Path, config: Config, tmp_path: Path) -> None:
    make(papers, config)
    before = content(config)
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "one.txt").write_text("")
    with pytest.raises(ReadError, match="none of the files could be read"):
        make(tmp_path / "bad", config)
    assert content(config) == before


def test_progress_is_told_in_order(papers: Path, config: Config) -> None:
    steps: list[tuple[str, int, int]] = []
    make(papers, config, progress=lambda step, done, total, what: steps.append((step, done, total)))
    counts = [counts for step, *counts in steps if step == "issues"]
    assert counts == [[0, 0], [0, 0], [0, 0]]
    steps = [step for step in steps if step[0] != "issues"]
    assert steps[:4] == [("read", 0, 3), ("read", 1, 3), ("read", 2, 3), ("read", 3, 3)]
    assert [s for s, _, _ in steps[4:]] == ["resolve", "load", "validate", "done"]


def test_a_second_build_is_refused(papers: Path, config: Config) -> None:
    with begin_build(config.store), pytest.raises(StoreError, match="another build"):
        make(papers, config)


def test_extracting_needs_no_store(papers: Path, tmp_path: Path) -> None:
    (papers / "empty.txt").write_text("")
    made = list(extract_paths([papers], stages=make_test_stages()))
    assert sum(isinstance(m, Extraction) for m in made) == 3
    assert not (tmp_path / "graph").exists()


# --- interrupts -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("step", ["swept", "shard", "copied", "changed", "validated", "written", "ready CURRENT"])
def test_an_interrupt_leaves_the_graph_of_before(papers: Path, config: Config, step: str) -> None:
    make(papers, config)
    before = content(config)
    (papers / "a.txt").write_text("Annat;granted;5\n")

    def stop(here: str) -> None:
        if here == step:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make(papers, config, checkpoint=stop)
    assert content(config) == before
    make(papers, config)
    assert content(config) != before


def test_an_interrupt_within_a_paper_is_no_refusal(papers: Path, config: Config) -> None:
    (papers / "b2.txt").write_text("interrupt\n")
    with pytest.raises(KeyboardInterrupt):
        make(papers, config)


CHILD = """
import sys, time
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from kg.config import Config
from kg.pipeline import build
from tests.pipeline.conftest import NOW, make_test_stages
def wait(step):
    if step == sys.argv[4]:
        print("here", flush=True)
        time.sleep(60)
try:
    build([Path(sys.argv[2])], Config(store=Path(sys.argv[3])), now=NOW, stages=make_test_stages(), checkpoint=wait)
except KeyboardInterrupt:
    sys.exit(77)
"""


@pytest.mark.parametrize(("step", "sent", "status"), [
    ("shard", signal.SIGINT, 77),
    ("validated", signal.SIGINT, 77),
    ("shard", signal.SIGKILL, -signal.SIGKILL),
    ("copied", signal.SIGKILL, -signal.SIGKILL),
    ("ready CURRENT", signal.SIGKILL, -signal.SIGKILL),
])  # fmt: skip
def test_a_real_signal_leaves_the_graph_of_before(
    papers: Path, config: Config, root: Path, step: str, sent: int, status: int
) -> None:
    make(papers, config)
    before = content(config)
    (papers / "a.txt").write_text("Annat;granted;5\n")
    command = [sys.executable, "-c", CHILD, str(root), str(papers), str(config.store), step]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None and child.stdout.readline() == "here\n"
        os.kill(child.pid, sent)
        assert child.wait(timeout=20) == status
    assert content(config) == before
    started = time.monotonic()
    make(papers, config)
    assert time.monotonic() - started < 20
    assert b"Annat" in content(config)
    assert not [p for p in (config.store / "shards").iterdir() if p.suffix != ".json"]


def test_shards_are_json_that_names_its_maker(papers: Path, config: Config) -> None:
    make(papers, config)
    for path in (config.store / "shards").iterdir():
        table = json.loads(path.read_text())
        assert table["document"] == path.stem and table["made_by"] == "one"


def test_a_build_tells_which_files_of_the_graph_before_are_gone(papers: Path, config: Config) -> None:
    assert make(papers, config).gone == ()
    (papers / "deep/c.txt").rename(papers / "moved.txt")
    assert make(papers, config).gone == ()
    (papers / "b.txt").unlink()
    assert make(papers, config).gone == (f"{papers}/b.txt",)
    assert make(papers, config).gone == ()


def test_an_empty_folder_makes_an_empty_graph_where_wanted(papers: Path, config: Config, tmp_path: Path) -> None:
    make(papers, config)
    (tmp_path / "none").mkdir()
    with pytest.raises(ReadError, match="no papers"):
        make(tmp_path / "none", config)
    report = make(tmp_path / "none", config, options=Options(allow_empty=True))
    assert report.read == 0 and len(report.gone) == 3
    with pytest.raises(ReadError, match="none of the files"):
        make(tmp_path / "no-such", config, options=Options(allow_empty=True))


def test_contradictory_judgements_are_put_down_to_their_file(papers: Path, config: Config, tmp_path: Path) -> None:
    config = replace(config, identity=tmp_path / "identity.csv")
    config.identity.write_text(
        "verdict,left,right\nsame,project/norrsken,project/havet\nsame,project/havet,project/fjallet\n"
        "different,project/norrsken,project/fjallet\n"
    )
    make(papers, config)
    with open_graph(config.store) as graph:
        found = [issue for issue in graph.issues() if issue.code == "judgements_contradict"]
    assert [(issue.path, issue.document) for issue in found] == [(str(config.identity), "")]
