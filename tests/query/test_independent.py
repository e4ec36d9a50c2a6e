"""Every question about a made graph is answered by SPARQL as plain Python answers it from the records."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal
from typing import Any

import pyoxigraph as ox
import pytest

from kg.query import execute, list_queries, prepare
from tests.query.cases import MADE
from tests.query.independent import ANSWERS, World
from tests.query.made import Made

# Questions whose answer on made graphs is held against another's in other ways, and how.
ELSEWHERE = {
    "explain": "tests/query/test_tables.py and the golden answers",
    "lineage-evidence": "the golden answers",
    "project": "the golden answers",
    "thing": "tests/query/test_tables.py",
    "things": "tests/query/test_tables.py",
}
# Of these only some columns are compared: what stands in the words depends on how the paper is made up.
COMPARED = {"number-words": (0, 1, 3, 6), "doubtful": (1, 3, 6), "lineage": (0, 1, 2), "papers": (0, 1, 2, 4, 5, 6)}


def fill(made: World, value: Any) -> Any:
    """A value of a case, with what stands for something of this graph put in."""
    act = made.acts[17]
    if value == "%AMENDED%":
        return next(a.diary for a in made.acts if a.amends is not None)
    if value == "%CHAIN%":
        return next(p.name for p in made.made.projects if made.depth(p.number) == 2)
    if value == "%PAID%":
        return made.made.projects[made.made.lines[0].project].name.lower()
    if value == "%AMOUNT%":
        return next(a.amounts[0] for a in made.acts if a.amounts)
    return value.replace("%YEAR%", act.diary.rpartition("/")[2]) if isinstance(value, str) else value


def plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return value.normalize()
    return value.isoformat() if isinstance(value, date) else value


@pytest.mark.parametrize(("name", "params"), MADE, ids=lambda v: v if isinstance(v, str) else "-".join(v))
def test_python_answers_the_same(name: str, params: dict[str, Any], made: tuple[Made, ox.Store]) -> None:
    world = World(made[0])
    params = {key: fill(world, value) for key, value in params.items()}
    table = execute(made[1], prepare(name, params)).without("iri")
    places = COMPARED.get(name, range(len(table.columns)))
    found = Counter(tuple(plain(row[i]) for i in places) for row in table)
    assert found == Counter(tuple(map(plain, row)) for row in ANSWERS[name](world, **params))


@pytest.mark.parametrize("name", sorted(ANSWERS))
def test_the_comparison_is_not_of_nothing(name: str, made: tuple[Made, ox.Store]) -> None:
    world = World(made[0])
    asked = [{k: fill(world, v) for k, v in params.items()} for of, params in MADE if of == name]
    assert any(ANSWERS[name](world, **params) for params in asked)


def test_every_question_has_an_independent_answer() -> None:
    assert {q.name for q in list_queries()} == {*ANSWERS, *ELSEWHERE}
    assert {name for name, _ in MADE} == set(ANSWERS)
