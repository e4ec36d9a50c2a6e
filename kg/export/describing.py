"""What the graph says of the things that become nodes, and which things names mean."""

from __future__ import annotations

from typing import Any

import pyoxigraph as ox

from kg.errors import KgError
from kg.export.networks import Node, Scalar, Spell
from kg.export.times import first_day, join_spells, last_day
from kg.graph.suggesting import suggest_names
from kg.terms import NAMESPACE, expand

# Classes that a thing has beside the one that says what it is.
_BESIDE = frozenset({"Funder", "ConfirmedFunder", "FundingSource", "Territory"})
_NUMBERS = {"bg:startYear": "start_year", "bg:endYear": "end_year", "bg:grantedTotal": "granted", "bg:depth": "depth"}
_NAMED = (("bg:nameKey", str.lower), ("skos:notation", str), ("bg:nuts", str.upper), ("rdfs:label", str))


class Describer:
    """Looks things up in the default graph."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store
        self._regions: dict[str, tuple[str, ...]] = {}

    def node(self, iri: str) -> Node:
        """The node of a thing: its label (else its IRI), class, period and what the graph states of it in numbers."""
        facts = self._facts(iri)
        classes = sorted(
            o.value.removeprefix(NAMESPACE) for o in facts.get(expand("rdf:type"), ()) if o.value.startswith(NAMESPACE)
        )
        own = [name for name in classes if name not in _BESIDE]
        attributes: dict[str, Scalar] = {}
        for predicate, name in _NUMBERS.items():
            values = [int(o.value) for o in facts.get(expand(predicate), ())]
            if values:
                attributes[name] = max(values)
        if own[:1] == ["Organisation"]:
            attributes["funder"] = "Funder" in classes
        regions = {r for o in facts.get(expand("dcterms:spatial"), ()) for r in self.counties(o.value)}
        if regions:
            attributes["region"] = "; ".join(sorted(self.label(r) for r in regions))
        spells: tuple[Spell, ...] = ()
        starts = [o.value for o in facts.get(expand("bg:start"), ())]
        ends = [o.value for o in facts.get(expand("bg:end"), ())]
        if starts or ends:
            spell = (min(map(first_day, starts), default=""), max(map(last_day, ends), default=""))
            spells = join_spells([spell])
        return Node(iri, self._label(facts, iri), own[0] if own else "Thing", attributes, spells)

    def label(self, iri: str) -> str:
        """The label of a thing, or its IRI."""
        return self._label(self._facts(iri), iri)

    def owner(self, iri: str) -> str:
        """The label of the organisation that a board belongs to; empty where the graph states none."""
        return min((self.label(o.value) for o in self._facts(iri).get(expand("org:unitOf"), ())), default="")

    @staticmethod
    def _label(facts: dict[str, list[Any]], iri: str) -> str:
        return min((o.value for o in facts.get(expand("rdfs:label"), ())), default=iri)

    def counties(self, territory: str) -> tuple[str, ...]:
        """The county that a municipality belongs to; of a county itself."""
        if territory not in self._regions:
            above = self._facts(territory).get(expand("skos:broader"), ())
            self._regions[territory] = tuple(sorted(o.value for o in above)) or (territory,)
        return self._regions[territory]

    def find(self, name: str, kinds: tuple[str, ...] = ()) -> set[str]:
        """The things of the classes that bear the name, number or code, or have that IRI.  Raises KgError, with the
        closest names, where there is none."""
        try:
            name.encode()
        except UnicodeEncodeError:
            raise KgError("the name is no text in UTF-8", hint="write it again") from None
        for predicate, form in _NAMED:
            quads = self._quads(None, predicate, ox.Literal(form(name.strip())))
            if found := {q.subject.value for q in quads if self._is(q.subject.value, kinds)}:
                return found
        if ":" in name and self._facts(name.strip()):
            return {name.strip()}
        close = suggest_names(self._store, name, classes=tuple(kind.partition(":")[2] for kind in kinds))
        hint = " or ".join(close) or "kg query things -p name=..."
        raise KgError(f"nothing in the graph is called '{name}'", hint=hint)

    def _is(self, iri: str, kinds: tuple[str, ...]) -> bool:
        classes = {o.value for o in self._facts(iri).get(expand("rdf:type"), ())}
        return not kinds or any(expand(kind) in classes for kind in kinds)

    def projects_in(self, name: str) -> set[str]:
        """The projects in the county or municipality of that name or code."""
        places = self.find(name, ("bg:County", "bg:Municipality"))
        below = {q.subject.value for place in places for q in self._quads(None, "skos:broader", ox.NamedNode(place))}
        return {
            q.subject.value
            for place in places | below
            for q in self._quads(None, "dcterms:spatial", ox.NamedNode(place))
        }

    def projects_with(self, outcome: str) -> set[str]:
        """The projects with a decision of that outcome."""
        acts = self._quads(None, "bg:outcome", ox.NamedNode(f"{NAMESPACE}outcome-{outcome}"))
        return {q.object.value for act in acts for q in self._quads(act.subject, "bg:project", None)}

    def _quads(self, subject: Any, predicate: str, value: Any) -> list[Any]:
        node = ox.NamedNode(expand(predicate))
        return list(self._store.quads_for_pattern(subject, node, value, ox.DefaultGraph()))

    def _facts(self, iri: str) -> dict[str, list[Any]]:
        facts: dict[str, list[Any]] = {}
        try:
            node = ox.NamedNode(iri)
        except ValueError:
            return facts
        for quad in self._store.quads_for_pattern(node, None, None, ox.DefaultGraph()):
            facts.setdefault(quad.predicate.value, []).append(quad.object)
        return facts
