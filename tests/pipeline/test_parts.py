"""A graph that is made anew part by part is the graph that is made of all papers at once."""

from __future__ import annotations

import collections
import gc
import sqlite3
import sys
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest

from kg.config import Config
from kg.graph import digests, store
from kg.graph.building import begin_build
from kg.pipeline import Stages, default_stages, dividing, merged
from kg.pipeline.clock import Clock
from kg.pipeline.corpus import Corpus
from kg.pipeline.merged import Merged, load_anew, merge_anew
from kg.pipeline.notes import NOTES
from kg.pipeline.papers import ShardFolder, ignore_progress, process_papers, shorten
from tests.pipeline.conftest import make_test_stages
from tests.pipeline.test_increment import edit

WHOLE: dict[str, object] = {"rulings": [], "before": None, "noted": True}


class Swapped(Exception):
    """The build is looked at and thrown away."""


def read_all(files: list[Path], stages: Stages, folder: Path) -> Corpus:
    shards = ShardFolder(folder, stages.signature)
    corpus = Corpus(shards)
    for outcome in process_papers(files, stages, shards, ignore_progress):
        corpus.add(shorten(outcome))
    return corpus


def look_at(merge: Callable[..., Merged], files: list[Path], stages: Stages, folder: Path, **more: object) -> tuple:
    """What ``merge`` makes of the papers: statements, what the build says of them, digests and notes."""
    corpus = read_all(files, stages, folder)
    found: list[object] = []
    with suppress(Swapped), begin_build(folder / merge.__name__) as work:
        made = merge(corpus, work, stages, Config(), progress=ignore_progress, clock=Clock(), **more)
        quads = sorted(map(str, work.read()))
        beside = {name: "".join(lines) for name, lines in made.beside.items() if name == "digests.txt"}
        found = [len(quads), made.count, made.revisions, made.entities, sorted(map(repr, made.between))]
        found += [made.warnings, corpus.refused, sorted(map(repr, corpus.listed()))]
        found += [quads, beside, sorted(read_notes(work.build / NOTES))]
        raise Swapped
    return tuple(found)


def read_notes(path: Path) -> Iterator[str]:
    """What the notes hold, without the numbers by which their tables name rows."""
    base = sqlite3.connect(path)
    for rows in (
        "select document, sketch from paper",
        "select document, n.name, iri, findings from node n join paper p on p.id = n.paper",
        "select key, name from key k join node n on n.id = k.node",
        "select kind, own, m.name, total, n.name, times"
        " from mention m join uses on mention = m.id join node n on n.id = node",
        "select r.name, version, confidence, total, n.name, times"
        " from rule r join reads on rule = r.id join node n on n.id = node",
        "select hash, document from probe join paper p on p.id = paper",
        "select name, value from meta",
        "select name from sqlite_master where name is not null",
    ):
        yield from map(repr, base.execute(rows))
    base.close()


def assert_same(files: list[Path], stages: Stages, folder: Path) -> tuple:
    shards = folder / "shards"
    shards.mkdir()
    anew = look_at(load_anew, files, stages, shards)
    whole = look_at(merge_anew, files, stages, shards, **WHOLE)
    for one, other in zip(anew, whole, strict=True):
        assert one == other
    return anew


@pytest.mark.parametrize("seed", range(4))
def test_random_papers(tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    random = Random(seed)
    # many batches, and numbers that lie in many files
    monkeypatch.setattr(dividing, "_NODES_AT_ONCE", (1, 10, 100, 1500)[seed])
    monkeypatch.setattr(digests, "_HELD", random.choice([7, 100, 50_000]))
    papers = tmp_path / "papers"
    papers.mkdir()
    for number in range(60):
        (papers / f"{number:02}-first.txt").write_text(f"Stilla {number};granted;{1000 + number}\n")
        edit(papers, random)
    assert_same(sorted(papers.iterdir()), make_test_stages(), tmp_path)


def test_real_papers(tmp_path: Path, root: Path) -> None:
    documents = sorted((root / "data" / "documents").iterdir())
    corpus = sorted((root / "data" / "corpus" / "dev-2" / "docs").iterdir())
    found = assert_same([*documents, *corpus], default_stages(Config()), tmp_path)
    assert found[0] > 10_000


@pytest.fixture
def small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is held at once is little, so that what grows with the papers shows with few of them."""
    monkeypatch.setattr(dividing, "_NODES_AT_ONCE", 50)
    monkeypatch.setattr(digests, "_HELD", 500)
    monkeypatch.setattr(store, "_LOADED_AT_ONCE", 1000)
    monkeypatch.setattr(merged, "_VALIDATED_AT_ONCE", 1000)


def tell_apart(number: int) -> str:
    return "".join(f"Satsning {number} del {i};granted;{1000 + number}\n" for i in "abcd")


def tell_beside(number: int) -> str:
    """Each paper shares a project with the next, so that all are one part."""
    return f"Satsning nummer {number};granted;{1000 + number}\nSatsning nummer {number + 1};rejected;{1000 + number}\n"


def forget() -> None:
    """Empties what functions keep of names, so that it counts in each measure and not only in the first."""
    for name in [name for name in sys.modules if name.startswith(("kg.resolve", "kg.registers.normal"))]:
        for kept in vars(sys.modules[name]).values():
            if hasattr(kept, "cache_clear"):
                kept.cache_clear()


def measure_peak(
    merge: Callable[..., Merged], count: int, folder: Path, tell: Callable[[int], str] = tell_apart, **more: object
) -> int:
    """The most memory that Python's objects take from resolution to the validated store, in bytes."""
    folder = folder / tell.__name__
    folder.mkdir(exist_ok=True)
    papers, shards = folder / f"papers-{count}", folder / f"shards-{count}"
    for new in (papers, shards):
        new.mkdir(exist_ok=True)
    for number in range(count):
        (papers / f"{number:04}.txt").write_text(tell(number))
    stages = make_test_stages()
    corpus = read_all(sorted(papers.iterdir()), stages, shards)
    peak = 0
    with suppress(Swapped), begin_build(folder / f"{merge.__name__}-{count}") as work:
        forget()
        gc.collect()
        tracemalloc.start()
        try:
            made = merge(corpus, work, stages, Config(), progress=ignore_progress, clock=Clock(), **more)
            collections.deque(made.beside["digests.txt"], maxlen=0)
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
        raise Swapped
    return peak


def test_parts_take_less_memory_than_all_papers_at_once(tmp_path: Path, small_steps: None) -> None:
    # the first build also makes what is made once: the ontology, shapes, expressions
    _, parts = (measure_peak(load_anew, count, tmp_path) for count in (5, 120))
    whole = measure_peak(merge_anew, 120, tmp_path, **WHOLE)
    assert parts < whole / 2


@pytest.mark.parametrize(("tell", "most"), [(tell_apart, 2.0), (tell_beside, 2.0)])
def test_four_times_the_papers_take_hardly_more_memory(
    tmp_path: Path, small_steps: None, tell: Callable[[int], str], most: float
) -> None:
    # what is held of every paper and node is small beside what is held of those that are under way
    # (all at once, four times the papers take 3.1 and 2.6 times the memory)
    measure_peak(load_anew, 5, tmp_path, tell)
    one, four = (measure_peak(load_anew, count, tmp_path, tell) for count in (100, 400))
    print(tell.__name__, one, four, four / one)
    assert four < most * one
