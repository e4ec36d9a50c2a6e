"""What is known of projects, in little memory."""

from __future__ import annotations

from typing import Any

from kg.resolve.nodes import ProjectFacts


def test_equal_sets_become_one_and_say_the_same() -> None:
    known: dict[frozenset[Any], frozenset[Any]] = {}
    one = ProjectFacts(nodes={"a"}, authorities={"id:x", "id:y"}, funders={"id:y", "id:x"}, cases={"1"})
    two = ProjectFacts(nodes={"b"}, authorities={"id:x", "id:y"}, cases=set())
    for facts in (one, two):
        before = {name: set(getattr(facts, name)) for name in ProjectFacts.__slots__}
        facts.share(known)
        assert {name: getattr(facts, name) for name in ProjectFacts.__slots__} == before
    assert one.authorities is two.authorities is one.funders
    assert two.cases is two.starts is one.starts
    whole = ProjectFacts()
    whole.absorb(one)
    whole.absorb(two)
    assert whole.nodes == {"a", "b"} and one.nodes == {"a"}
