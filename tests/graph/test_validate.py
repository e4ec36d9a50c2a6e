"""A sound graph passes; a graph that breaks a shape gives one message in plain words."""

from __future__ import annotations

import time

import pytest
from pyoxigraph import BlankNode, Literal, Quad, Store

from kg.errors import ResourceError, ValidationError
from kg.graph.nodes import date, term
from kg.graph.shapes import load_shapes, read_shapes
from kg.graph.validate import Violation, validate
from tests.graph.mutations import BASE, MUTATIONS, Mutation, sound, state
from tests.graph.sample_resolution import DECIDED, PROJECT


def test_a_sound_graph_has_no_violation() -> None:
    assert validate(sound()) == []


def test_papers_that_differ_are_a_warning_that_names_both() -> None:
    graph = state(sound(), PROJECT, "bg:start", date("2024"))
    (found,) = validate(graph)
    assert found == Violation(
        what='papers state different dates: "2023-03, 2023-03-01, 2024" (bg:start)',
        where="papers/forslag.txt, papers/protokoll.txt",
        entity="Norrsken II <project/norrsken-ii>",
        hint="see what each paper says: kg explain project/norrsken-ii",
        severity="warning",
        shape="DatesShape",
    )
    assert found.message.startswith(f"{found.where}: Norrsken II <project/norrsken-ii>: papers state different")


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda m: m.name)
def test_each_breach_gives_one_plain_message(mutation: Mutation) -> None:
    found = validate(mutation.make(sound()))
    assert len(found) == 1, [v.message for v in found]
    assert mutation.says in found[0].what
    assert (found[0].shape, found[0].severity) == (mutation.shape, mutation.severity)
    assert "http://" not in found[0].what and found[0].hint


def test_each_shape_is_broken_by_a_mutation() -> None:
    assert {s.name for s in load_shapes()} == {m.shape for m in MUTATIONS}


def test_a_breach_names_its_paper() -> None:
    names = ("negative amount", "claim too sure", "empty quote", "board of a project", "derived fact without a formula")
    for name in names:
        mutation = next(m for m in MUTATIONS if m.name == name)
        (found,) = validate(mutation.make(sound()))
        assert found.where.startswith("papers/"), found.message


def test_a_store_is_read_as_quads_are() -> None:
    for mutation in MUTATIONS:
        graph = mutation.make(sound())
        store = Store()
        store.extend(graph)
        assert validate(store) == validate(graph), mutation.name


def test_violations_come_before_warnings() -> None:
    graph = sound()
    for name in ("two amounts", "share over a hundred"):
        graph = next(m for m in MUTATIONS if m.name == name).make(graph)
    assert [v.severity for v in validate(graph)] == ["violation", "warning"]


def test_a_blank_node_is_refused() -> None:
    nameless = Quad(BlankNode(), term("rdfs:label"), Literal("x"))
    with pytest.raises(ValidationError, match="blank node"):
        validate([*sound(), nameless])


def test_a_hundred_papers_take_under_two_seconds() -> None:
    """The work is one pass: fifty copies of the sample, each of two papers, under names of their own."""
    graph = [copy for i in range(50) for q in sound() if "graph/registers" not in str(q.graph_name)
             for copy in [_rename(q, i)]]
    start = time.process_time()
    found = validate(graph)
    spent = time.process_time() - start
    assert found == [] and len(graph) > 50_000
    assert spent < 2, f"{spent:.2f} s for {len(graph)} quads"


def _rename(quad: Quad, copy: int) -> Quad:
    def rename(node: object) -> object:
        value = getattr(node, "value", "")
        if isinstance(node, Literal) or not value.startswith(BASE) or "/graph/" in value:
            return node
        path = value.removeprefix(BASE)
        if path.startswith("document/"):
            return type(node)(f"{BASE}document/{copy:04d}{path[len('document/'):]}")
        return type(node)(f"{BASE}{path}-{copy}")

    return Quad(rename(quad.subject), quad.predicate, rename(quad.object), rename(quad.graph_name))  # type: ignore[arg-type]


def test_an_unknown_construct_is_not_passed_over() -> None:
    turtle = """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix bg: <https://w3id.org/beslutsgraf/ns#> .
    bg:S a sh:NodeShape ; sh:targetClass bg:Project ; sh:property [ sh:path bg:start ; sh:hasValue 1 ] ."""
    with pytest.raises(ResourceError, match="hasValue"):
        read_shapes(turtle)
    with pytest.raises(ResourceError, match="not Turtle"):
        read_shapes("this is no Turtle")


def test_the_message_of_a_decision_names_it() -> None:
    mutation = next(m for m in MUTATIONS if m.name == "negative amount")
    (found,) = validate(mutation.make(sound()))
    assert found.entity == f"RX 1-2023 <{DECIDED}>" and found.where == "papers/protokoll.txt"
