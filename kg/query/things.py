"""Things of the graph by name, and every fact about one with the words that it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from kg.errors import UsageError
from kg.graph.suggesting import match_classes, suggest_names
from kg.query.prepare import PreparedQuery, prepare
from kg.query.tables import Iri, Table, execute
from kg.query.values import serialise_term
from kg.terms import PREFIXES, expand


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing of the default graph: its IRI, its label and its classes (as the ontology labels them)."""

    iri: Iri
    label: str
    type: str


def find_things(store: ox.Store, term: str) -> list[Thing]:
    """The things that ``term`` names: an IRI, its end below the base ("project/ai-all"), or a label, other name, diary
    number or case number, whatever its case.  An IRI that others have taken the place of names these.  Sorted by class
    and label; empty where there is none."""
    if not isinstance(term, str):
        raise UsageError(f"a name is a text, not {term!r}", hint="give a name, a diary number or an IRI")
    term = term.strip()
    if not term:
        raise UsageError("the name is empty", hint="give a name, a diary number or an IRI")
    found: dict[str, Thing] = {}
    for iri in dict.fromkeys((term, find_base(store) + term)):
        try:
            serialise_term("iri", iri)
        except ValueError:
            continue
        replaced = store.quads_for_pattern(ox.NamedNode(iri), _REPLACED, None, ox.DefaultGraph())
        for now in (iri, *sorted(_value(quad.object) for quad in replaced)):
            for row in execute(store, prepare("thing", {"iri": now})):
                found[row[0]] = Thing(*row)
    for iri in () if found else _named(store, term):
        for row in execute(store, prepare("thing", {"iri": iri})):
            found[row[0]] = Thing(*row)
    # Only where nothing has the name as it is written are all names looked through.
    for row in () if found else execute(store, prepare("things", {"name": term})):
        found[row[0]] = Thing(*row)
    return sorted(found.values(), key=lambda t: (t.type, t.label, t.iri))


_REPLACED = ox.NamedNode(expand("dcterms:isReplacedBy"))
_NAMES = ("rdfs:label", "skos:altLabel", "bg:diaryNumber", "bg:caseNumber")


def _named(store: ox.Store, term: str) -> list[str]:
    """The IRIs of what has the name, by the indexes of the store."""
    wanted = [("bg:nameKey", term.lower()), *((name, form) for name in _NAMES for form in (term, term.upper()))]
    found: set[str] = set()
    for predicate, text in wanted:
        try:
            literal = ox.Literal(text)
        except ValueError:  # a lone surrogate, from an argument that is no UTF-8
            return []
        quads = store.quads_for_pattern(None, ox.NamedNode(expand(predicate)), literal, ox.DefaultGraph())
        found.update(_value(quad.subject) for quad in quads)
    return sorted(found)


def find_base(store: ox.Store) -> str:
    """What the IRIs of the data begin with, as the papers of the graph show it; empty where it holds no paper."""
    papers = store.quads_for_pattern(None, ox.NamedNode(expand("rdf:type")), ox.NamedNode(expand("bg:Document")))
    return next((_value(paper.subject).rpartition("document/")[0] for paper in papers), "")


def explain_thing(store: ox.Store, thing: Thing) -> Table:
    """Every fact about the thing, of a project also those of the decisions on it, each with the quoted words, the
    paper, the rule and the confidence; for a derived fact its formula stands for the words.  Empty where no paper says
    anything of it, as of a municipality that only a register knows."""
    return execute(store, prepare("explain", {"thing": thing.iri}))


# Type of a parameter -> the classes of what it names; empty for anything.
NAMED: dict[str, tuple[str, ...]] = {
    "project": ("Project",),
    "organisation": ("Organisation", "Appropriation", "Programme", "Fund"),
    "place": ("County", "Municipality"),
    "number": ("Decision",),
    "name": (),
}


@dataclass(frozen=True, slots=True)
class UnknownValue:
    """The value of a parameter that names nothing in the graph, and names that are close to it, closest first."""

    parameter: str
    type: str
    value: str
    close: tuple[str, ...]


def find_unknown(
    store: ox.Store, query: PreparedQuery, given: Mapping[str, Any], most: int | None = None
) -> list[UnknownValue]:
    """Those of the parameters given to a prepared question that name nothing in the graph.  ``most``: among how many
    names the closest are sought (default: all)."""
    found = []
    for parameter in query.question.parameters if query.question else ():
        value = given.get(parameter.name)
        if value is None or (parameter.type not in NAMED and parameter.type != "iri"):
            continue
        if parameter.type == "iri":
            if not _ask(store, f"ASK {{ {dict(query.terms)[parameter.name]} ?property ?object }}"):
                found.append(UnknownValue(parameter.name, "thing", str(value), ()))
            continue
        classes = NAMED[parameter.type]
        if not _is_named(store, str(value), classes):
            close = suggest_names(store, str(value), classes=classes, most=most)
            found.append(UnknownValue(parameter.name, parameter.type, str(value), tuple(close)))
    return found


def say_unknown(value: UnknownValue) -> str:
    """That nothing in the graph has the name, in words."""
    kind = {"number": "matter", "name": "thing"}.get(value.type, value.type)
    return f"no {kind} in the graph has the name '{value.value}' ({value.parameter})"


def _is_named(store: ox.Store, name: str, classes: tuple[str, ...]) -> bool:
    key = serialise_term("name", name)
    return _ask(store, f"ASK {{ ?thing bg:nameKey {key} . {match_classes(classes)} }}")


def _ask(store: ox.Store, text: str) -> bool:
    """A question for yes or no; in SPARQL, so that a server can be asked too."""
    return bool(store.query(text, prefixes=PREFIXES))


def _value(term: Any) -> str:
    """The text of a term; no term of a graph is a quoted triple, which has none."""
    return str(term.value)
