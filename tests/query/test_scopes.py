"""A variable that a SELECT introduces by AS is new to what it selects from, as SPARQL 1.1 (16.1.2) demands;
there are engines that refuse one where it is not."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from kg.query import QueryFile, list_queries

NESTED = re.compile(r"\{\s*SELECT\b")
INTRODUCED = re.compile(r"AS \?(\w+)\)")


def close(text: str, start: int) -> int:
    """Where the bracket that opens at ``start`` closes, and one more."""
    depth = 0
    for place in range(start, len(text)):
        depth += (text[place] == "{") - (text[place] == "}")
        if not depth:
            return place + 1
    raise AssertionError("a bracket stays open")


def selects(text: str) -> Iterator[tuple[str, str]]:
    """The head and the body of each SELECT."""
    for found in re.finditer(r"\bSELECT\b", text):
        start = text.index("{", found.end())
        yield text[found.end() : start], text[start : close(text, start)]


def visible(body: str) -> str:
    """The body with only what its sub-selects give in the place of them."""
    while (found := NESTED.search(body)) is not None:
        end = close(body, found.start())
        head = body[found.end() : body.index("{", found.end())]
        plain = head
        while "(" in plain:
            plain = re.sub(r"\([^()]*\)", " ", plain)
        given = [f"?{name}" for name in INTRODUCED.findall(head)] + re.findall(r"\?\w+", plain)
        body = f"{body[: found.start()]} {' '.join(given)} {body[end:]}"
    return body


def clashes(text: str) -> set[str]:
    bare = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))
    return {
        name
        for head, body in selects(bare)
        for name in INTRODUCED.findall(head)
        if re.search(rf"\?{name}\b", visible(body))
    }


@pytest.mark.parametrize("question", list_queries(), ids=lambda q: q.name)
def test_what_a_select_introduces_is_new(question: QueryFile) -> None:
    assert clashes(question.text) == set()


def test_a_clash_is_found() -> None:
    inner = "{ SELECT (MIN(?b) AS ?a) ?c WHERE { ?c ?p ?b } GROUP BY ?c }"
    assert clashes("SELECT (MIN(?x) AS ?y) { VALUES ?y { 1 } ?x ?p ?y }") == {"y"}
    assert clashes(f"SELECT (MIN(?x) AS ?a) {{ {inner} }}") == {"a"}
    assert clashes(f"SELECT (MIN(?a) AS ?b) {{ {inner} }}") == set()
