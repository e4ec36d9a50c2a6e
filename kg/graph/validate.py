"""Is a graph fit to be published?  Says in plain words what is wrong, with which thing, in which paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any, Protocol, runtime_checkable

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kg.errors import ValidationError
from kg.graph.check import Breach, Table, check
from kg.graph.divided import Outline, divide
from kg.graph.engine import check_by_engine
from kg.graph.invariants import Fact, Ledger, LightLedger, check_dates
from kg.graph.nodes import term
from kg.graph.shapes import VIOLATION, Term, load_shapes
from kg.terms import GRAPHS, ONTOLOGY_GRAPH, PREFIXES

_HINTS = {
    "violation": "the graph contradicts itself, which is a fault of this program: build it again and report the paper",
    "warning": "see what each paper says: kg explain {entity}",
}


@runtime_checkable
class QuadStore(Protocol):
    """What is needed of a ``pyoxigraph.Store``."""

    def quads_for_pattern(self, subject: Any, predicate: Any, object: Any, graph_name: Any = ...) -> Iterator[Quad]: ...

    def named_graphs(self) -> Iterable[Any]: ...


@dataclass(frozen=True, slots=True)
class Violation:
    """Something wrong with a graph.

    ``what``: a clause with the value at fault; ``where``: the paths of the papers concerned, empty where none is;
    ``entity``: the name of the thing with its IRI; ``hint``: what to try; ``severity``: ``violation``, which must not
    be published, or ``warning``; ``shape``: the name of the shape in ``ontology/shapes.ttl``.
    """

    what: str
    where: str
    entity: str
    hint: str
    severity: str
    shape: str

    @property
    def message(self) -> str:
        """All of it on one line."""
        head = f"{self.where}: " if self.where else ""
        return f"{head}{self.entity}: {self.what}. Try: {self.hint}"


def validate(
    source: QuadStore | Iterable[Quad], *, thorough: bool = False, at_once: int | None = None
) -> list[Violation]:
    """What is wrong with the graph, violations first, then by thing; empty where all is well.

    ``source`` is a store, read one graph at a time, or quads, which are held in memory.  The shapes are checked
    directly; with ``thorough`` pySHACL checks them too, which takes about ten times as long.  ``at_once``: of a store
    on disk, so many statements are held at once, not all of a graph.  The ontology and the registers are left out.
    """
    if at_once is not None and not thorough and isinstance(source, QuadStore):
        return _validate_divided(source, at_once)
    shapes = load_shapes()
    default, graphs = _split(source)
    ledger = Ledger(default)
    found = [_Finding(breach) for breach in chain(check(default, shapes), check_dates(default))]
    if thorough:
        found += [_Finding(breach) for breach in check_by_engine(default)]
    for graph, table in graphs:
        breaches = chain(ledger.enter(table), check(table, shapes, default))
        if thorough:
            breaches = chain(breaches, check_by_engine(table, default))
        found += [_Finding(breach, table, graph) for breach in breaches]
    found += [_Finding(breach) for breach in ledger.close()]
    return _report(found, _Places(default))


def _validate_divided(store: QuadStore, at_once: int) -> list[Violation]:
    """The same for a store that gives the statements about one thing together, in memory that hardly grows with it."""
    shapes, here = load_shapes(), DefaultGraph()

    def is_stated(fact: Fact) -> bool:
        return next(iter(store.quads_for_pattern(*fact, here)), None) is not None

    ledger = LightLedger(lambda: divide(store, here, at_once), is_stated)
    found: list[_Finding] = []
    for part in divide(store, here, at_once):
        ledger.note(part)
        found += [_Finding(breach) for breach in chain(check(part, shapes), check_dates(part))]
    beside = Outline(store, here)
    for graph in sorted((g for g in store.named_graphs() if _is_checked(g)), key=str):
        for part in divide(store, graph, at_once):
            breaches = chain(ledger.enter(part), check(part, shapes, beside))
            found += [_Finding(breach, part, graph) for breach in breaches]
    found += [_Finding(breach) for breach in ledger.close()]
    return _report(found, StorePlaces(store))


def _report(found: Iterable[_Finding], places: _Places) -> list[Violation]:
    violations = {_explain(finding, places) for finding in found}
    return sorted(violations, key=lambda v: (v.severity != VIOLATION, v.entity, v.what, v.where))


@dataclass(frozen=True, slots=True)
class _Finding:
    """A breach with the named graph in which it was found, None for the default graph."""

    breach: Breach
    table: Table | None = None
    graph: NamedNode | None = None


def _split(source: QuadStore | Iterable[Quad]) -> tuple[Table, Iterator[tuple[NamedNode, Table]]]:
    """The default graph, and the other graphs to check one after the other."""
    if isinstance(source, QuadStore):
        default = Table(source.quads_for_pattern(None, None, None, DefaultGraph()))
        names = sorted((g for g in source.named_graphs() if _is_checked(g)), key=str)
        return default, ((g, Table(source.quads_for_pattern(None, None, None, g))) for g in names)
    default = Table()
    tables: dict[NamedNode, Table] = {}
    for quad in source:
        if isinstance(quad.graph_name, DefaultGraph):
            default.add(quad)
        elif _is_checked(quad.graph_name):
            tables.setdefault(_named(quad), Table()).add(quad)
    return default, iter(sorted(tables.items(), key=lambda item: item[0].value))


def _named(quad: Quad) -> NamedNode:
    if not isinstance(quad.graph_name, NamedNode):
        raise ValidationError("a graph without an address", where=str(quad), hint="name every graph")
    return quad.graph_name


def _is_checked(graph: Any) -> bool:
    value = graph.value
    return bool(value != ONTOLOGY_GRAPH and not value.endswith(f"/{GRAPHS['registers']}"))


class _Places:
    """Names and papers of things, found in the default graph."""

    def __init__(self, default: Table) -> None:
        self._default = default
        self._users: dict[Term, set[NamedNode]] | None = None

    def paths(self, things: Iterable[Term]) -> str:
        """The paths of the papers that the things come from, joined by a comma."""
        documents: set[Term] = set()
        for thing in things:
            documents.update({thing} if self.is_paper(thing) else self._documents(thing))
        paths = {p.value for d in documents for p in self._default.get(d, term("bg:path")) if isinstance(p, Literal)}
        return ", ".join(sorted(paths))

    def is_paper(self, thing: Term) -> bool:
        return bool(self._default.get(thing, term("bg:sha256")))

    def label(self, thing: Term) -> str:
        """The name of a thing with its IRI, shortened."""
        labels = sorted(o.value for o in self._default.get(thing, term("rdfs:label")) if isinstance(o, Literal))
        return f"{labels[0]} <{shorten(thing)}>" if labels else f"<{shorten(thing)}>"

    def _documents(self, thing: Term) -> set[Term]:
        own = self._default.get(thing, term("bg:source"))
        if own:
            return own
        if self._users is None:
            self._users = {}
            for subject, properties in self._default.values.items():
                for values in properties.values():
                    for value in values:
                        if isinstance(value, NamedNode):
                            self._users.setdefault(value, set()).add(subject)
        users = self._users.get(thing, set())
        return {d for user in users for d in self._default.get(user, term("bg:source"))}


class _Lookup(Table):
    """What the default graph of a store says, looked up as it is asked for."""

    def __init__(self, store: QuadStore) -> None:
        super().__init__()
        self._store = store

    def get(self, subject: Term, predicate: NamedNode) -> set[Term]:
        if not isinstance(subject, NamedNode):
            return set()
        return {q.object for q in self._store.quads_for_pattern(subject, predicate, None, DefaultGraph())}


class StorePlaces(_Places):
    """Names and papers of things, found in the store."""

    def __init__(self, store: QuadStore) -> None:
        super().__init__(_Lookup(store))
        self._store = store

    def _documents(self, thing: Term) -> set[Term]:
        own = self._default.get(thing, term("bg:source"))
        if own:
            return own
        users = {q.subject for q in self._store.quads_for_pattern(None, None, thing, DefaultGraph())}
        return {d for user in users for d in self._default.get(user, term("bg:source"))}


def _explain(finding: _Finding, places: _Places) -> Violation:
    breach, table = finding.breach, finding.table
    things: set[Term] = {breach.focus}
    entity: Term = breach.focus
    if table is not None:
        reified = set(table.get(breach.focus, term("rdf:subject")))
        entity = min(reified, key=str, default=breach.focus)
        # The graph of a paper is named by the paper.
        things = {finding.graph} if finding.graph and places.is_paper(finding.graph) else reified or things
    value = f": {_show(breach.value)}" if breach.value is not None else ""
    hint = _HINTS[breach.severity].format(entity=shorten(entity))
    what = f"{breach.message}{value} ({_prefixed(breach.path)})"
    return Violation(what, places.paths(things), places.label(entity), hint, breach.severity, breach.shape)


def _show(value: Term) -> str:
    return f'"{value.value}"' if isinstance(value, Literal) else f"<{shorten(value)}>"


def shorten(node: Term) -> str:
    """An IRI without the part before its kind: ``project/ai-all``; others as they are."""
    value = getattr(node, "value", str(node))
    prefixed = _prefixed(node)
    if prefixed != value:
        return prefixed
    return value.partition("/id/")[2] or value


def _prefixed(node: Term) -> str:
    value = getattr(node, "value", str(node))
    for prefix, namespace in PREFIXES.items():
        if value.startswith(namespace) and len(value) > len(namespace):
            return f"{prefix}:{value[len(namespace) :]}"
    return value
