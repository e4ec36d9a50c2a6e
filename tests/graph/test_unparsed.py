"""What is told of a query that the engine cannot parse: where and at which words, and none of its lists of tokens."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from kg.graph.unparsed import say_unparsed
from kg.terms import PREFIXES


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("SELEC ?x {}", "line 1, column 10, at '{}'"),
        ("lineage project=AI.ALL", "at 'project=AI.ALL'"),
        ("SELECT ?x {\n ?x a ?y\n ?z b ?c }\n ORDER", "line 3, column 10, at '}'"),
        ("SELECT ?x {\n ?x a bg:Project .\n", "line 3, column 1, where it ends"),
        ("SELECT ?x { ?x foo:bar ?y }", "line 1, column 23, at 'foo:bar': Prefix not found"),
        ("SELECT ?x ?y { ?x a ?y } GROUP BY ?x", "at '?x': The SELECT contains a variable that is unbound"),
        ("SELECT ?x { ?x a <http://a b> }", "IRI parsing failed"),
        ("SELECT ?x { ?x a ?b } LIMIT x", "line 1, column 29, at 'x'"),
        ("", "line 1, column 1, where it ends"),
    ],
)
def test_the_place_and_the_words(text: str, said: str) -> None:
    with pytest.raises(SyntaxError) as caught:
        ox.Store().query(text, prefixes=PREFIXES)
    found = say_unparsed(str(caught.value), text)
    assert said in found and "expected" not in found and "\\u{" not in found and len(found) < 120


def test_another_message_is_cut() -> None:
    """A server says it in its own words, and repeats the query."""
    said = say_unparsed("Virtuoso 37000 Error: syntax\nerror at 'MIN' SPARQL query: SELECT * {}", "SELECT * {}")
    assert said == "Virtuoso 37000 Error: syntax error at 'MIN'"
    assert len(say_unparsed("x" * 1000, "")) <= 200
