"""The check of a store in parts finds what the check of the whole finds, and holds no more than a part at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from kg.graph import store as stores
from kg.graph.divided import Outline, divide
from kg.graph.nodes import term
from kg.graph.store import create_store, open_store
from kg.graph.validate import validate
from tests.graph.mutations import MUTATIONS, Mutation, sound


def load(path: Path, quads: list[Quad]) -> Store:
    create_store(path, quads)
    return open_store(path)


class InOrder:
    """A store in memory that gives what is said of a thing together, as one on disk does, and is quicker made."""

    def __init__(self, quads: list[Quad]) -> None:
        self._store = Store()
        self._store.extend(quads)
        self.named_graphs = self._store.named_graphs

    def quads_for_pattern(self, *place: Any) -> Iterator[Quad]:
        return iter(sorted(self._store.quads_for_pattern(*place), key=str))


@pytest.mark.parametrize("at_once", [1, 40, 100_000])
def test_a_sound_graph_has_no_violation(tmp_path: Path, at_once: int) -> None:
    assert validate(load(tmp_path, list(sound())), at_once=at_once) == []


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda m: m.name)
def test_parts_tell_what_the_whole_tells(mutation: Mutation) -> None:
    store = InOrder(list(mutation.make(sound())))
    whole = validate(store)
    assert whole
    for at_once in (1, 40):
        assert validate(store, at_once=at_once) == whole


def test_a_part_holds_whole_things_and_little_more_than_asked_for(tmp_path: Path) -> None:
    store = load(tmp_path, list(sound()))
    whole = next(divide(store, DefaultGraph(), None))
    things = set()
    for part in divide(store, DefaultGraph(), 50):
        sizes = [sum(map(len, properties.values())) for properties in part.values.values()]
        assert sum(sizes) < 50 + max(sizes)
        assert things.isdisjoint(part.values)
        things |= part.values.keys()
        assert all(part.values[thing] == whole.values[thing] for thing in part.values)
    assert things == whole.values.keys()


def test_an_outline_knows_classes_and_the_way_back(tmp_path: Path) -> None:
    store = load(tmp_path, list(sound()))
    whole, outline = next(divide(store, DefaultGraph(), None)), Outline(store, DefaultGraph())
    whole.invert(term("bg:application"))
    back = {thing: whole.pointing(thing, term("bg:application")) for thing in whole.values}
    assert any(back.values())
    assert all(outline.classes(thing) == whole.classes(thing) for thing in whole.values)
    assert all(outline.pointing(thing, term("bg:application")) == found for thing, found in back.items())


def test_loading_in_parts_counts_each_statement_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def quad(number: int) -> Quad:
        return Quad(NamedNode(f"http://example.org/{number % 60}"), term("rdfs:label"), Literal("one"))

    quads = [quad(number) for number in range(100)]
    monkeypatch.setattr(stores, "_LOADED_AT_ONCE", 7)
    assert create_store(tmp_path / "parts", iter(quads)) == 60
    assert set(open_store(tmp_path / "parts")) == set(quads)
