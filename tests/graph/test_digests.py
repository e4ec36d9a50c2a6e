"""The numbers of a graph change with what it says, and only then; what is made of some parts is that of the whole."""

from __future__ import annotations

from dataclasses import replace

from pyoxigraph import Literal

from kg.graph.digests import Digests, part_of
from kg.graph.map import derive_all, quads, sort_facts
from kg.graph.nodes import Namer
from kg.terms import DEFAULT_BASE
from tests.graph.sample_resolution import sample_extractions, sample_registers, sample_resolution


def test_facts_are_told_by_what_they_say() -> None:
    facts = sort_facts(sample_resolution())
    same, other = Digests(), Digests()
    same.add_facts(facts, DEFAULT_BASE)
    # a second claim for a fact says nothing new of the thing, another value does
    other.add_facts([facts[0], *facts], DEFAULT_BASE)
    assert same.differences(other) == set()
    literal = next(number for number, fact in enumerate(facts) if isinstance(fact.object, Literal))
    for changed in (
        [*facts[:literal], replace(facts[literal], object=Literal("other")), *facts[literal + 1 :]],
        [fact for fact in facts if fact.key != facts[literal].key],
    ):
        less = Digests()
        less.add_facts(changed, DEFAULT_BASE)
        assert less.differences(same) == {DEFAULT_BASE + facts[literal].subject} == same.differences(less)


def test_what_is_made_of_some_parts_is_that_of_the_whole() -> None:
    resolution = sample_resolution()
    facts = sort_facts(resolution)

    def make(**more) -> list:
        return list(
            quads(
                resolution,
                sample_extractions(),
                sample_registers(),
                facts=facts,
                claims=False,
                merged=False,
                **more,
            )
        )

    whole = make()
    names = sorted({part_of(quad) for quad in whole})
    derived = derive_all(facts, Namer(DEFAULT_BASE))
    for step in (2, 7):
        wanted = set(names[::step])
        found = make(derived=derived, parts=wanted)
        assert len(found) < len(whole)
        assert {q for q in found if part_of(q) in wanted} == {q for q in whole if part_of(q) in wanted}
