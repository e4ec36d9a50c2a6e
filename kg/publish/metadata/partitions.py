"""What a graph holds, counted by graph, class and property."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import pyoxigraph as ox

from kg.terms import expand

_TYPE = ox.NamedNode(expand("rdf:type"))
_DEFAULT = ox.DefaultGraph()


@dataclass(frozen=True, slots=True)
class Partitions:
    """Counts over the default graph: triples, different subjects and objects; things by class, triples by property,
    triples by class and property.  ``quads``: of all graphs."""

    quads: int
    triples: int
    subjects: int
    objects: int
    classes: dict[str, int]
    properties: dict[str, int]
    of_class: dict[str, dict[str, int]]


def count_partitions(store: ox.Store) -> Partitions:
    """One pass over the default graph; it holds the subjects with their classes in memory."""
    kinds: dict[str, list[str]] = {}
    for quad in store.quads_for_pattern(None, _TYPE, None, _DEFAULT):
        kinds.setdefault(_text(quad.subject), []).append(_text(quad.object))
    classes = Counter(kind for of_thing in kinds.values() for kind in of_thing)
    properties: Counter[str] = Counter()
    of_class: dict[str, Counter[str]] = {}
    subjects: set[str] = set()
    objects: set[int] = set()
    triples = 0
    for quad in store.quads_for_pattern(None, None, None, _DEFAULT):
        triples += 1
        subject, predicate = _text(quad.subject), quad.predicate.value
        subjects.add(subject)
        objects.add(hash(quad.object))
        properties[predicate] += 1
        for kind in kinds.get(subject, ()):
            of_class.setdefault(kind, Counter())[predicate] += 1
    return Partitions(
        len(store),
        triples,
        len(subjects),
        len(objects),
        dict(sorted(classes.items())),
        dict(sorted(properties.items())),
        {kind: dict(sorted(counts.items())) for kind, counts in sorted(of_class.items())},
    )


def _text(term: object) -> str:
    return str(getattr(term, "value", term))
