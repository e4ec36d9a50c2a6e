"""Things of the graph by name, and every fact about one with the words that it rests on."""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph as ox

from kg.errors import QueryError, UsageError
from kg.query.prepare import prepare
from kg.query.tables import Iri, Table, execute
from kg.query.values import serialise_term


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing of the default graph: its IRI, its label and its classes (as the ontology labels them)."""

    iri: Iri
    label: str
    type: str


def find_things(store: ox.Store, term: str, base: str) -> list[Thing]:
    """The things that ``term`` names: an IRI, a path below ``base`` ("project/ai-all"), or a label, other name, diary
    number or case number, whatever its case.  Sorted by class and label; empty where there is none."""
    term = term.strip()
    if not term:
        raise UsageError("the name is empty", hint="give a name, a diary number or an IRI")
    found: dict[str, Thing] = {}
    for iri in (term.removeprefix("<").removesuffix(">"), base + term):
        try:
            serialise_term("iri", iri)
        except (ValueError, KeyError):
            continue
        for row in execute(store, prepare("thing", {"iri": iri})):
            found[row[0]] = Thing(*row)
    if not found:
        for row in execute(store, prepare("things", {"name": term})):
            found[row[0]] = Thing(*row)
    return sorted(found.values(), key=lambda t: (t.type, t.label, t.iri))


def explain_thing(store: ox.Store, thing: Thing) -> Table:
    """Every fact about the thing, each with the quoted words, the paper, the rule and the confidence; derived facts
    with their formula.  Raises QueryError where the graph has no fact about it at all."""
    table = execute(store, prepare("explain", {"thing": thing.iri}))
    if not len(table):
        raise QueryError("the graph states nothing about it", where=thing.label or thing.iri)
    return table
