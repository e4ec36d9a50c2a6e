"""The pairs of which a graph does not know whether they are one thing, with what papers say of both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import PurePath
from typing import Any

import pyoxigraph as ox

from kg.query.things import find_base
from kg.terms import GRAPHS, expand

_QUOTES = 3
_NAMING = ("dcterms:title", "skos:altLabel")
# How acts and lines lead to a thing.
_LEADS = ("bg:project", "bg:beneficiary", "bg:authority", "bg:contributor", "eli:passed_by")
# What tells a thing from its like: of the acts on it, or of itself.  Word -> property.
_TOLD = {
    "outcome": "bg:outcome",
    "authority": "bg:authority",
    "board": "eli:passed_by",
    "owner": "bg:beneficiary",
    "date": "bg:date",
    "diary number": "bg:diaryNumber",
    "case number": "bg:caseNumber",
    "start": "bg:start",
    "end": "bg:end",
    "organisation number": "bg:organisationNumber",
    "project": "bg:project",
}
_SHOWN = 3
_JUDGED = ("bg:Project", "bg:Decision", "bg:Organisation", "bg:Board")


@dataclass(frozen=True, slots=True)
class Side:
    """One thing of a pair: its IRI relative to the base, its label, the kronor of the acts or lines on it (whichever is
    more: a line of a decision tells its amount again), the number of claims about it, some of the words, each with the
    name of its paper, and what tells it from its like: (word, values)."""

    iri: str
    label: str
    money: int
    claims: int
    quotes: tuple[tuple[str, str], ...]
    told: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Doubt:
    """A pair that may be one thing: why it is in doubt, and how like the two are (0 to 1)."""

    left: Side
    right: Side
    reason: str
    score: float

    @property
    def worth(self) -> tuple[int, int, float]:
        """What an answer moves: the money of the lesser side, its claims, and how likely they are one."""
        return min(self.left.money, self.right.money), min(self.left.claims, self.right.claims), self.score


def list_doubts(store: ox.Store) -> list[Doubt]:
    """All undecided pairs of the graph, the most valuable first."""
    base = find_base(store)
    graph = ox.NamedNode(base + GRAPHS["judgements"])
    found: dict[tuple[str, str], Doubt] = {}
    for quad in store.quads_for_pattern(None, _term("bg:verdict"), ox.Literal("undecided"), graph):
        values = {
            name: _first(store, quad.subject, name, graph)
            for name in ("bg:leftThing", "bg:rightThing", "bg:reason", "bg:score", "bg:author")
        }
        left, right = values["bg:leftThing"], values["bg:rightThing"]
        if values["bg:author"] != "machine" or not left or not right or left == right:
            continue
        low, high = sorted((left, right))
        if (low, high) not in found:
            sides = (_side(store, low, base), _side(store, high, base))
            found[(low, high)] = Doubt(*sides, values["bg:reason"], float(values["bg:score"] or 0))
    return sorted(found.values(), key=lambda d: (*(-n for n in d.worth), d.left.iri, d.right.iri))


def own_names(store: ox.Store, iri: str) -> list[str]:
    """The IRIs, relative to the base, that lead to the thing with ``iri`` (relative too), sorted."""
    base = find_base(store)
    quads = store.quads_for_pattern(None, _term("dcterms:isReplacedBy"), ox.NamedNode(base + iri))
    return sorted(_text(quad.subject).removeprefix(base) for quad in quads)


def replacements(store: ox.Store, iri: str) -> list[str]:
    """What has taken the place of an IRI (relative to the base): relative too, sorted; empty where nothing has."""
    base = find_base(store)
    quads = store.quads_for_pattern(ox.NamedNode(base + iri), _term("dcterms:isReplacedBy"), None)
    return sorted(_text(quad.object).removeprefix(base) for quad in quads)


def find_waiting(store: ox.Store, sides: Iterable[str]) -> dict[str, str]:
    """Those of the IRIs (relative to the base) that nothing in the graph bears or has borne, each with the closest one
    that something does, empty where none is close."""
    base = find_base(store)
    graph = ox.DefaultGraph()
    waiting = [s for s in dict.fromkeys(sides) if not any(store.quads_for_pattern(_node(base + s), None, None, graph))]
    if not waiting:
        return {}
    known: set[str] = set()
    for name, classes in (("rdf:type", _JUDGED), ("dcterms:isReplacedBy", (None,))):
        for of in classes:
            value = _term(of) if of is not None else None
            quads = store.quads_for_pattern(None, _term(name), value, graph)
            known.update(_text(quad.subject).removeprefix(base) for quad in quads)
    return {side: next(iter(get_close_matches(side, sorted(known), 1, 0.8)), "") for side in waiting}


def _node(iri: str) -> ox.NamedNode:
    """The node of an IRI that a person wrote; of a text that is none, one that is in no graph."""
    try:
        return ox.NamedNode(iri)
    except ValueError:
        return ox.NamedNode("urn:none")


def papers_of(store: ox.Store, iri: str) -> dict[str, str]:
    """The papers that say something of a thing: sha256 -> path, sorted by path."""
    base = find_base(store)
    found = {}
    for quad in store.quads_for_pattern(ox.NamedNode(base + iri), _term("bg:source"), None):
        digest = _text(quad.object).rpartition("/")[2]
        found[digest] = _first(store, quad.object, "bg:path", ox.DefaultGraph())
    return dict(sorted(found.items(), key=lambda item: (item[1], item[0])))


def names_in(store: ox.Store, iri: str, document: str) -> list[str]:
    """The names by which one paper (its sha256) calls a thing, sorted."""
    base = find_base(store)
    graph, node = ox.NamedNode(f"{base}document/{document}"), ox.NamedNode(base + iri)
    found = set()
    for quad in store.quads_for_pattern(None, _term("rdf:subject"), node, graph):
        if _first(store, quad.subject, "rdf:predicate", graph) in {_term(name).value for name in _NAMING}:
            found.add(_first(store, quad.subject, "rdf:object", graph))
    return sorted(found)


def _text(term: Any) -> str:
    """The text of a term; no term of a graph is a quoted triple, which has none."""
    return str(term.value)


def _term(name: str) -> ox.NamedNode:
    return ox.NamedNode(expand(name))


def _first(store: ox.Store, node: Any, name: str, graph: Any) -> str:
    quads = store.quads_for_pattern(node, _term(name), None, graph)
    return min((_text(quad.object) for quad in quads), default="")


def _side(store: ox.Store, iri: str, base: str) -> Side:
    node = ox.NamedNode(iri)
    claims = sorted(_claims(store, node), key=lambda c: (c[0], c[1], c[2]))
    quotes = list(dict.fromkeys((paper, quote) for _, paper, quote in claims))
    label = _first(store, node, "rdfs:label", ox.DefaultGraph())
    money = _count_money(store, node, base)
    told = tuple(_tell(store, node))
    return Side(iri.removeprefix(base), label, money, len(claims), tuple(quotes[:_QUOTES]), told)


def _tell(store: ox.Store, node: ox.NamedNode) -> Iterator[tuple[str, str]]:
    """What acts on a thing, or facts of its own, say of it, few values of each."""
    acts = [node, *sorted(_led(store, node), key=_text)]
    for word, name in _TOLD.items():
        quads = (q for act in acts for q in store.quads_for_pattern(act, _term(name), None, ox.DefaultGraph()))
        values = sorted({_shown(store, quad.object) for quad in quads if quad.object != node})
        if values:
            more = f" and {len(values) - _SHOWN} more" if len(values) > _SHOWN else ""
            yield word, ", ".join(values[:_SHOWN]) + more


def _shown(store: ox.Store, value: Any) -> str:
    if not isinstance(value, ox.NamedNode):
        return _text(value)
    names = ("skos:notation", "rdfs:label")
    return next((found for n in names if (found := _first(store, value, n, ox.DefaultGraph()))), _text(value))


def _claims(store: ox.Store, node: ox.NamedNode) -> Iterator[tuple[bool, str, str]]:
    """(whether it is not the naming of the thing, name of the paper, words) for each claim about a thing."""
    naming = {_term(name).value for name in _NAMING}
    for place in ("rdf:subject", "rdf:object"):
        for quad in store.quads_for_pattern(None, _term(place), node):
            predicate = _first(store, quad.subject, "rdf:predicate", quad.graph_name)
            for words in store.quads_for_pattern(quad.subject, _term("prov:wasDerivedFrom"), None, quad.graph_name):
                quote = _quote(store, words.object, quad.graph_name)
                if quote:
                    paper = _first(store, quad.graph_name, "bg:path", ox.DefaultGraph())
                    yield predicate not in naming, PurePath(paper).name, quote


def _quote(store: ox.Store, words: Any, graph: Any) -> str:
    for selector in store.quads_for_pattern(words, _term("oa:hasSelector"), None, graph):
        exact = _first(store, selector.object, "oa:exact", graph)
        if exact:
            return exact
    return ""


def _led(store: ox.Store, node: ox.NamedNode) -> set[Any]:
    """The acts and lines that name a thing."""
    return {q.subject for name in _LEADS for q in store.quads_for_pattern(None, _term(name), node, ox.DefaultGraph())}


def _count_money(store: ox.Store, node: ox.NamedNode, base: str) -> int:
    """The kronor of the acts on a thing that no later one settles or amends, or of the lines, each payer's of the
    status with most; the larger of both."""
    led = {subject: _text(subject).removeprefix(base).partition("/")[0] for subject in _led(store, node)}
    acts = {act: _amount(store, act) for act, kind in led.items() if kind == "decision"}
    settled = {
        quad.object
        for act in acts
        for name in ("bg:decides", "bg:amends")
        for quad in store.quads_for_pattern(act, _term(name), None, ox.DefaultGraph())
        if acts[act]
    }
    lines: dict[str, dict[str, int]] = {}
    for line in (subject for subject, kind in led.items() if kind == "financing"):
        of = "".join(_first(store, line, name, ox.DefaultGraph()) for name in ("bg:project", "bg:contributor"))
        status = _first(store, line, "bg:status", ox.DefaultGraph())
        sums = lines.setdefault(of, {})
        sums[status] = sums.get(status, 0) + _amount(store, line)
    acted = sum(amount for act, amount in acts.items() if act not in settled)
    return max(_amount(store, node), acted, sum(max(sums.values()) for sums in lines.values()))


def _amount(store: ox.Store, node: Any) -> int:
    quads = store.quads_for_pattern(node, _term("bg:amount"), None, ox.DefaultGraph())
    return max((int(_text(quad.object)) for quad in quads), default=0)
