"""Counts by class and property."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.config import Config
from kg.graph.partitions import PARTITIONS, Partitions, count_partitions, dump_partitions, load_partitions
from kg.graph.store import create_store, open_graph, open_store
from kg.pipeline import build
from kg.terms import expand

_NOW = datetime(2026, 1, 2, tzinfo=UTC)


def _count_plainly(store: ox.Store) -> Partitions:
    """The same, one statement after the other."""
    quads = list(store.quads_for_pattern(None, None, None, ox.DefaultGraph()))
    kind = ox.NamedNode(expand("rdf:type"))
    kinds: dict[object, list[str]] = {}
    for quad in quads:
        if quad.predicate == kind:
            kinds.setdefault(quad.subject, []).append(quad.object.value)
    of_class: dict[str, Counter[str]] = {}
    for quad in quads:
        for name in kinds.get(quad.subject, ()):
            of_class.setdefault(name, Counter())[quad.predicate.value] += 1
    return Partitions(
        len(store),
        len(quads),
        len({q.subject for q in quads}),
        len({q.object for q in quads}),
        Counter(name for names in kinds.values() for name in names),
        Counter(q.predicate.value for q in quads),
        dict(of_class),
    )


def _odd_quads() -> list[ox.Quad]:
    a, b, p = ox.NamedNode("https://e.org/å"), ox.NamedNode("x:b"), ox.NamedNode("x:p")
    kind, words = ox.NamedNode(expand("rdf:type")), ox.Literal('a <x:b> "c"\n\u2028 .', language="sv")
    found = [ox.Quad(a, p, words), ox.Quad(a, kind, b), ox.Quad(a, kind, ox.NamedNode("x:c")), ox.Quad(b, p, a)]
    found += [ox.Quad(a, p, ox.Literal(str(n))) for n in range(50)]
    return [*found, ox.Quad(b, kind, b, a), ox.Quad(ox.BlankNode("x"), p, ox.Literal("7"))]


def test_a_store_on_disk_and_one_in_memory(tmp_path: Path) -> None:
    quads = _odd_quads()
    create_store(tmp_path / "store", quads)
    store = open_store(tmp_path / "store")
    assert count_partitions(store) == _count_plainly(store)
    # one that gives the statements of a subject in several places
    memory = ox.Store()
    for quad in quads[::2] + quads[1::2]:
        memory.add(quad)
    assert count_partitions(memory) == _count_plainly(store)
    assert count_partitions(ox.Store()) == Partitions(0, 0, 0, 0, {}, {}, {})


def test_written_and_read_again() -> None:
    store = ox.Store()
    store.extend(_odd_quads())
    counts = count_partitions(store)
    assert load_partitions("".join(dump_partitions(counts))) == counts
    for wrong in ("", "[]", "{}", '{"quads": 1}'):
        with pytest.raises(ValueError, match=r"table|Expecting|indices"):
            load_partitions(wrong)


def test_a_build_keeps_them_and_a_process_of_its_own_counts_the_same(tmp_path: Path, root: Path) -> None:
    config = Config(store=tmp_path / "graph")
    build([root / "data/documents/indi-avslag.txt"], config, now=_NOW)
    with open_graph(config.store) as graph:
        kept = load_partitions((graph.build / PARTITIONS).read_text(encoding="utf-8"))
        assert kept == _count_plainly(graph.store)
        command = [sys.executable, "-m", "kg.graph.partitions", str(graph.path)]
        done = subprocess.run(command, capture_output=True, check=True, encoding="utf-8")
        assert load_partitions(done.stdout) == kept


def test_what_a_change_in_parts_left_is_not_believed(tmp_path: Path, root: Path) -> None:
    config = Config(store=tmp_path / "graph")
    papers = sorted(p for p in (root / "data/documents").iterdir() if p.is_file())[:12]
    build(papers[:-1], config, now=_NOW)
    build(papers, config, now=_NOW)
    with open_graph(config.store) as graph:
        kept = graph.build / PARTITIONS
        changed = graph.manifest.revisions > 0
        assert kept.exists() != changed
        if not changed:
            assert load_partitions(kept.read_text(encoding="utf-8")) == _count_plainly(graph.store)
