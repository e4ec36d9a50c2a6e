"""Worker processes: what one file does to its process costs that file alone."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import signal
import subprocess
import sys
import time
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from kg.config import Config
from kg.errors import KgError, StoreError
from kg.graph.store import open_graph
from kg.pipeline import BuildReport, build
from tests.pipeline.conftest import NOW, make_broken_stages, make_dying_stages, make_pool_stages, make_test_stages


def make(papers: Path, config: Config, **more: object) -> BuildReport:
    return build([papers], config, now=NOW, **{"make": make_pool_stages, **more})  # type: ignore[arg-type]


def content(config: Config) -> bytes:
    with open_graph(config.store) as graph:
        return b"\n".join(sorted(str(quad).encode() for quad in graph.store))


def is_running(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def wait_until_ended(process: int) -> None:
    end = time.monotonic() + 10
    while is_running(process):
        assert time.monotonic() < end
        time.sleep(0.05)


@pytest.mark.parametrize("workers", [1, 2, 5])
def test_any_number_of_processes_gives_what_one_gives(papers: Path, config: Config, workers: int) -> None:
    for number in range(20):
        (papers / f"{number}.txt").write_text(f"Projekt {number};granted;{number + 1}\nNorrsken;granted;1000\n")
    (papers / "copy.txt").write_bytes((papers / "a.txt").read_bytes())
    alone = make(papers, config, stages=make_test_stages())
    with open_graph(config.store) as graph:
        issues = list(graph.issues())
    before = content(config)
    other = replace(config, store=config.store.parent / "pooled", workers=workers)
    pooled = make(papers, other)
    assert content(other) == before
    assert replace(pooled.manifest, files=()) == replace(alone.manifest, files=())
    with open_graph(other.store) as graph:
        assert list(graph.issues()) == issues
    assert make(papers, other).reused == pooled.read == 23


def test_misdeeds_cost_their_own_file_alone(papers: Path, config: Config, monkeypatch, tmp_path: Path) -> None:
    monkeypatch.setenv("KG_TEST_CHILD", str(tmp_path / "child"))
    for name in ("hang", "eat", "crash"):
        (papers / f"{name}.txt").write_text(f"{name}\n")
    limited = replace(config, workers=2, paper_seconds=2, paper_memory_mb=300)
    report = make(papers, limited)
    assert report.read == 3
    assert [(Path(r.path).stem, r.code) for r in report.refused] == [
        ("crash", "crashed"),
        ("eat", "memory_limit"),
        ("hang", "time_limit"),
    ]
    reasons = [r.reason for r in report.refused]
    assert "SIGSEGV" in reasons[0] and "300 MB" in reasons[1] and "2 seconds" in reasons[2]
    assert all("Try: " in reason for reason in reasons)
    with open_graph(config.store) as graph:
        assert len(graph.manifest.papers) == 3
    assert multiprocessing.active_children() == []


def test_what_a_killed_worker_started_ends_too(papers: Path, config: Config, tmp_path: Path) -> None:
    (papers / "hang.txt").write_text("hang\n")
    child = tmp_path / "child"
    done = subprocess.run(
        [sys.executable, "-c", _BUILD, str(papers), str(config.store)],
        env={**os.environ, "KG_TEST_CHILD": str(child)},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert json.loads(done.stdout) == ["time_limit"]
    wait_until_ended(int(child.read_text()))


# No guard around it: a worker must not run the caller's script again.
_BUILD = """
import json, sys
from pathlib import Path
from kg.config import Config
from kg.pipeline import build
from tests.pipeline.conftest import NOW, make_pool_stages
config = Config(store=Path(sys.argv[2]), workers=2, paper_seconds=1.5)
report = build([Path(sys.argv[1])], config, now=NOW, make=make_pool_stages)
print(json.dumps([refusal.code for refusal in report.refused]))
"""


def test_a_killed_build_leaves_no_process_behind(papers: Path, config: Config, tmp_path: Path) -> None:
    (papers / "hang.txt").write_text("hang\n")
    child = tmp_path / "child"
    with subprocess.Popen(
        [sys.executable, "-c", _BUILD.replace("1.5", "500"), str(papers), str(config.store)],
        env={**os.environ, "KG_TEST_CHILD": str(child)},
    ) as running:
        end = time.monotonic() + 30
        while not child.exists() or not child.read_text():
            assert time.monotonic() < end and running.poll() is None
            time.sleep(0.05)
        worker = int(Path(f"/proc/{child.read_text()}/stat").read_text().rsplit(")", 1)[1].split()[1])
        server = int(Path(f"/proc/{worker}/stat").read_text().rsplit(")", 1)[1].split()[1])
        running.kill()
        running.wait()
        wait_until_ended(server)
        wait_until_ended(worker)
    os.kill(int(child.read_text()), signal.SIGKILL)
    with pytest.raises(StoreError, match="nothing has been built"):
        open_graph(config.store)
    (papers / "hang.txt").unlink()
    assert make(papers, config).read == 3


def test_an_error_of_the_settings_comes_through_as_it_is(papers: Path, config: Config) -> None:
    with pytest.raises(KgError) as caught:
        make(papers, config, make=make_broken_stages)
    assert (caught.value.what, caught.value.where, caught.value.hint) == ("no registers", "registers", "mend them")


def test_workers_that_cannot_start_stop_the_build(papers: Path, config: Config) -> None:
    with pytest.raises(KgError, match=r"could not start.*exit code 3"):
        make(papers, config, make=make_dying_stages)
    assert multiprocessing.active_children() == []


def test_the_papers_in_an_archive_are_papers(root: Path, config: Config, tmp_path: Path) -> None:
    samples = sorted((root / "data" / "documents").iterdir())[:2]
    with zipfile.ZipFile(tmp_path / "papers.zip", "w") as archive:
        for path in samples:
            archive.write(path, f"deep/{path.name}")
    report = build([tmp_path / "papers.zip"], replace(config, workers=2), now=NOW)
    assert [p.source for p in sorted(report.papers, key=lambda p: p.source)] == [
        f"{tmp_path}/papers.zip!deep/{path.name}" for path in samples
    ]
    assert {p.id for p in report.papers} == {hashlib.sha256(path.read_bytes()).hexdigest() for path in samples}
    assert build([tmp_path / "papers.zip"], config, now=NOW).reused == 2
