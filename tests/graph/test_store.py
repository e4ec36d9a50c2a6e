"""The graph directory: what readers see whatever happens to a build."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import StoreError
from kg.graph.building import begin_build
from kg.graph.lock import FileLock
from kg.graph.manifest import FORMAT, Manifest, Paper, PaperIssue, Refusal, dump_manifest, load_manifest
from kg.graph.store import open_graph

STEPS = ("locked", "swept", "begun", "loaded", "written", "ready CURRENT", "swapped", "cleaned")


def quads(label: str, count: int = 3) -> Iterator[ox.Quad]:
    predicate = ox.NamedNode("https://example.org/p")
    for i in range(count):
        yield ox.Quad(ox.NamedNode(f"https://example.org/{i}"), predicate, ox.Literal(label), ox.DefaultGraph())


def manifest(quads: int = 3) -> Manifest:
    paper = Paper("a" * 64, "å/paper.txt", "minutes", "text/plain", 10, 4, (("conflict", 1),), ("copy.txt",))
    return Manifest(
        kg_version="0",
        built="2026-01-02T03:04:05",
        base="https://example.org/",
        papers=(paper,),
        refused=(Refusal("empty.txt", "empty", "the file is empty"),),
        quads=quads,
        entities=(("Project", 2),),
        issues=(("conflict", 1),),
        made_from=(("lexicon", "abc"),),
    )


def make_build(directory: Path, label: str, checkpoint=lambda step: None) -> None:
    with begin_build(directory, checkpoint) as work:
        work.commit(manifest(work.load(quads(label))))


def stored_label(directory: Path) -> str:
    with open_graph(directory) as graph:
        labels = {quad.object.value for quad in graph.store}
    assert len(labels) == 1
    return labels.pop()


def names(directory: Path) -> list[str]:
    return sorted(p.name for p in (directory / "builds").iterdir())


# --- reading ------------------------------------------------------------------------------------------------


def test_build_then_open(tmp_path: Path) -> None:
    make_build(tmp_path / "g", "one")
    with open_graph(tmp_path / "g") as graph:
        assert len(graph.store) == 3
        assert graph.manifest.papers[0].also == ("copy.txt",)
        assert graph.manifest.claims == 4
        assert graph.path.is_dir()


def test_issues_are_kept_with_the_build_and_sorted(tmp_path: Path) -> None:
    issues = [
        PaperIssue("b.txt", 0, 4, "conflict", "två värden", "ord", "f" * 64),
        PaperIssue("a.txt", 9, 9, "x", "", "", ""),
    ]
    with begin_build(tmp_path) as work:
        work.commit(manifest(work.load(quads("one"))), issues)
    with open_graph(tmp_path) as graph:
        assert list(graph.issues()) == [issues[1], issues[0]]
        (graph.build / "issues.jsonl").write_text('{"path"')
        with pytest.raises(StoreError, match="damaged"):
            list(graph.issues())


def test_the_reader_cannot_write(tmp_path: Path) -> None:
    make_build(tmp_path / "g", "one")
    with open_graph(tmp_path / "g") as graph, pytest.raises((OSError, RuntimeError)):
        graph.store.extend(quads("two"))


def test_a_manifest_survives_json() -> None:
    assert load_manifest(json.loads(dump_manifest(manifest()))) == manifest()


def test_an_open_graph_outlives_builds(tmp_path: Path) -> None:
    make_build(tmp_path, "one")
    with open_graph(tmp_path) as old:
        make_build(tmp_path, "two")
        assert names(tmp_path) == ["1", "2"]
        assert {q.object.value for q in old.store} == {"one"}
        assert stored_label(tmp_path) == "two"
        make_build(tmp_path, "three")
        assert names(tmp_path) == ["1", "3"]
        assert len(old.store) == 3
    make_build(tmp_path, "four")
    assert names(tmp_path) == ["4"]


def break_missing(directory: Path) -> None:
    shutil.rmtree(directory)


def break_file(directory: Path) -> None:
    shutil.rmtree(directory)
    directory.write_text("")


def break_foreign(directory: Path) -> None:
    shutil.rmtree(directory)
    directory.mkdir()
    (directory / "notes.txt").write_text("mine")


def break_no_build(directory: Path) -> None:
    (directory / "CURRENT").unlink()


def break_current(directory: Path) -> None:
    (directory / "CURRENT").write_text("../../etc\n")


def break_current_gone(directory: Path) -> None:
    (directory / "CURRENT").write_text("7\n")


def break_version(directory: Path) -> None:
    path = directory / "builds" / "1" / "manifest.json"
    table = json.loads(path.read_text())
    table["format"] = FORMAT + 1
    path.write_text(json.dumps(table))


def break_manifest(directory: Path) -> None:
    (directory / "builds" / "1" / "manifest.json").write_text('{"format": 1')


def break_manifest_list(directory: Path) -> None:
    (directory / "builds" / "1" / "manifest.json").write_text("[]")


def sst(directory: Path) -> Path:
    return max((directory / "builds" / "1" / "store").glob("*.sst"), key=lambda p: p.stat().st_size)


def break_sst_gone(directory: Path) -> None:
    sst(directory).unlink()


def break_sst_short(directory: Path) -> None:
    os.truncate(sst(directory), 100)


def break_sst_garbled(directory: Path) -> None:
    path = sst(directory)
    path.write_bytes(bytes(b ^ 0xFF for b in path.read_bytes()))


def break_rocksdb_manifest(directory: Path) -> None:
    # RocksDB itself opens this without complaint, as a store without a single quad.
    path = next((directory / "builds" / "1" / "store").glob("MANIFEST-*"))
    os.truncate(path, path.stat().st_size // 2)


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        (break_missing, "no graph here"),
        (break_file, "a file"),
        (break_foreign, "no graph directory"),
        (break_no_build, "nothing has been built"),
        (break_current, "damaged"),
        (break_current_gone, "damaged"),
        (break_version, f"format {FORMAT + 1}"),
        (break_manifest, "damaged"),
        (break_manifest_list, "damaged"),
        (break_sst_gone, "damaged"),
        (break_sst_short, "damaged"),
        (break_sst_garbled, "damaged"),
        (break_rocksdb_manifest, "damaged"),
    ],
)
def test_a_graph_that_cannot_be_read_is_one_clear_error(tmp_path: Path, harm, words: str) -> None:
    directory = tmp_path / "g"
    make_build(directory, "one")
    harm(directory)
    with pytest.raises(StoreError) as caught:
        open_graph(directory)
    assert words in caught.value.what
    assert str(directory) in caught.value.where
    assert caught.value.hint
    assert "\n" not in caught.value.message


def test_a_damaged_graph_is_mended_by_the_next_build(tmp_path: Path) -> None:
    make_build(tmp_path, "one")
    break_sst_gone(tmp_path)
    make_build(tmp_path, "two")
    assert stored_label(tmp_path) == "two"


# --- building -----------------------------------------------------------------------------------------------


def test_a_build_that_raises_leaves_the_graph_of_before(tmp_path: Path) -> None:
    make_build(tmp_path, "one")

    def broken() -> Iterator[ox.Quad]:
        yield from quads("two", 2)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), begin_build(tmp_path) as work:
        work.load(broken())
    assert stored_label(tmp_path) == "one"
    assert names(tmp_path) == ["1"]


@pytest.mark.parametrize("step", STEPS)
def test_an_error_at_any_step_leaves_a_whole_graph(tmp_path: Path, step: str) -> None:
    make_build(tmp_path, "one")

    def stop(here: str) -> None:
        if here == step:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make_build(tmp_path, "two", stop)
    assert stored_label(tmp_path) == ("two" if step in ("swapped", "cleaned") else "one")
    assert len(names(tmp_path)) == 1
    make_build(tmp_path, "three")
    assert stored_label(tmp_path) == "three"


CHILD = """
import os, signal, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
import importlib.util
spec = importlib.util.spec_from_file_location("test_store", sys.argv[2])
module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
def stop(step):
    if step == sys.argv[4]:
        os.kill(os.getpid(), signal.SIGKILL)
module.make_build(Path(sys.argv[3]), "two", stop)
"""


@pytest.mark.parametrize("step", STEPS)
def test_killed_at_any_step_leaves_a_whole_graph(tmp_path: Path, root: Path, step: str) -> None:
    make_build(tmp_path, "one")
    child = subprocess.run([sys.executable, "-c", CHILD, str(root), __file__, str(tmp_path), step], check=False)
    assert child.returncode == -signal.SIGKILL
    assert stored_label(tmp_path) == ("two" if step in ("swapped", "cleaned") else "one")
    make_build(tmp_path, "three")
    assert stored_label(tmp_path) == "three"
    assert len(names(tmp_path)) == 1
    assert not list(tmp_path.glob("*.new"))


def test_killed_before_anything_was_built(tmp_path: Path, root: Path) -> None:
    target = tmp_path / "g"
    subprocess.run([sys.executable, "-c", CHILD, str(root), __file__, str(target), "loaded"], check=False)
    with pytest.raises(StoreError, match="nothing has been built"):
        open_graph(target)
    make_build(target, "one")
    assert stored_label(target) == "one"


def test_two_builds_at_once(tmp_path: Path) -> None:
    with begin_build(tmp_path) as work:
        with pytest.raises(StoreError, match="another build is running"), begin_build(tmp_path):
            pass
        work.commit(manifest(work.load(quads("one"))))
    assert stored_label(tmp_path) == "one"


def test_a_folder_with_other_things_is_not_built_into(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    with pytest.raises(StoreError, match=r"letter\.txt"), begin_build(tmp_path):
        pass
    assert sorted(p.name for p in tmp_path.iterdir()) == ["letter.txt"]


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot be written"), begin_build(tmp_path / "file" / "g"):
        pass


def test_a_lock_is_shared_by_readers_and_refused_to_a_builder(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    path.touch()
    with FileLock(path, shared=True) as one, FileLock(path, shared=True) as two:
        assert one.acquire()
        assert two.acquire()
        assert not FileLock(path).acquire()
    with FileLock(path) as builder:
        assert builder.acquire()
