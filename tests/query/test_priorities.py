"""The priorities that the sample papers tell, and the money that was granted under each."""

from __future__ import annotations

from kg.graph.store import GraphStore
from kg.query import add_evidence, execute, prepare
from kg.terms import PREFIXES


def test_the_sample_papers_tell_money_by_priority(sample: GraphStore) -> None:
    text = "SELECT DISTINCT ?priority { ?p a bg:Project ; bg:priority ?priority } ORDER BY ?priority"
    told = [row["priority"].value for row in sample.store.query(text, prefixes=PREFIXES)]
    assert told == [
        "Innovation och specialisering",
        "Insatsområde 1 i det regionala strukturfondsprogrammet",
        "Levande natur och kulturarv",
        "Unga på landet",
        "Västerbotten – en nytänkande och smart region",
    ]
    prepared = prepare("money-by-priority")
    table = execute(sample.store, prepared)
    # Of those that only proposals name nothing was granted, and of the two applications in the first one was rejected.
    assert [row[:4] for row in table] == [
        ("Levande natur och kulturarv", 1, 1, 640_000),
        ("Unga på landet", 1, 1, 225_000),
    ]
    words = add_evidence(sample.store, prepared, table).column("evidence")
    assert all("Insatsområde" in cell and "640 000 kr" in cell for cell in words[:1])
