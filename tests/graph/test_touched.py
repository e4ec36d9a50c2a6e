"""The check of parts finds what the check of the whole finds, however the graph is divided."""

from __future__ import annotations

import pytest
from pyoxigraph import DefaultGraph, Store

from kg.graph.digests import Digests, part_of, place_of
from kg.graph.shapes import VIOLATION
from kg.graph.touched import validate_parts
from kg.graph.validate import Violation, validate
from tests.graph.mutations import MUTATIONS, Mutation, Quads, sound


def store_of(quads: Quads) -> Store:
    store = Store()
    store.extend(quads)
    return store


def parts_of(quads: Quads) -> set[str]:
    """The graph of a paper is one part, as builds have it."""
    return {
        f"\t{q.graph_name.value}"
        if not isinstance(q.graph_name, DefaultGraph) and "/document/" in q.graph_name.value
        else part_of(q)
        for q in quads
    }


def validate_all(store: Store, parts: set[str], *, at_once: int) -> list[Violation]:
    """What is found in all parts, so many of them at a time."""
    rest = sorted(parts)
    found = {v for i in range(0, len(rest), at_once) for v in validate_parts(store, rest[i : i + at_once])}
    return sorted(found, key=lambda v: (v.severity != VIOLATION, v.entity, v.what, v.where))


@pytest.mark.parametrize("at_once", [1, 40, 100_000])
def test_a_sound_graph_has_no_violation(at_once: int) -> None:
    assert validate_all(store_of(sound()), parts_of(sound()), at_once=at_once) == []


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda m: m.name)
def test_parts_tell_what_the_whole_tells(mutation: Mutation) -> None:
    quads = mutation.make(sound())
    store = store_of(quads)
    whole = validate(store)
    assert whole
    for at_once in (1, 40, 100_000):
        assert validate_all(store, parts_of(quads), at_once=at_once) == whole


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda m: m.name)
def test_what_changed_tells_what_is_wrong(mutation: Mutation) -> None:
    """Of a sound graph that a change has broken, it is enough to look at what the change touched."""
    before, after = sound(), mutation.make(sound())
    touched = parts_of([*(set(before) - set(after)), *(set(after) - set(before))])
    store = store_of(after)
    assert validate_parts(store, touched) == validate(store)


def test_parts_are_found_again() -> None:
    quads = sound()
    store = store_of(quads)
    places = map(place_of, parts_of(quads))
    assert {q for subject, graph in places for q in store.quads_for_pattern(subject, None, None, graph)} == set(quads)


def test_digests_do_not_depend_on_the_order() -> None:
    quads = [q for q in sound() if "/document/" not in str(q.graph_name)]
    there, back = Digests(), Digests()
    list(there.add_quads(quads))
    list(back.add_quads(reversed(quads)))
    assert there.values == back.values and there.differences(back) == set()
    assert Digests.load(there.dump()).values == there.values
    less = Digests()
    list(less.add_quads(quads[1:]))
    assert less.differences(there) == {part_of(quads[0])} == there.differences(less)
