"""Does each derived fact follow from the facts?  All of them are derived anew from the claims of the papers and held
against those of the graph, formulas, sources, sums and reconciliations included."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kg.graph.derive import derive, state_derived
from kg.graph.facts import Fact
from kg.graph.nodes import Namer, term
from kg.graph.reconcile import reconcile
from kg.graph.shapes import VIOLATION
from kg.graph.validate import Violation, shorten
from kg.graph.view import View
from kg.model import Claim, Evidence, Value
from kg.terms import GRAPHS, PREDICATES

_HINT = "a fault of this program: build the graph again and report it"


def check_derived(store: ox.Store, base: str) -> list[Violation]:
    """What is derived in the graph and does not follow, and what follows and is missing; sorted."""
    name = Namer(base)
    graph = name(GRAPHS["derived"])
    # What follows, of which all that the graph holds is taken out; what is left is missing.
    wanted = _derive_anew(store, base, name)
    found = []
    for quad in store.quads_for_pattern(None, None, None, graph):
        if quad in wanted:
            wanted.discard(quad)
        else:
            found.append(_explain(quad, store, graph, "a derived fact that does not follow from the facts"))
    lost = "a derived fact is missing that follows from the facts"
    found += [_explain(q, store, graph, lost) for q in wanted if q.graph_name == graph or q not in store]
    return sorted(set(found), key=lambda v: (v.entity, v.what))


def _derive_anew(store: ox.Store, base: str, name: Namer) -> set[ox.Quad]:
    facts = list(_facts(store, base))
    return set(state_derived((*derive(View(facts), name), *reconcile(facts, name)), name))


def _facts(store: ox.Store, base: str) -> Iterator[Fact]:
    """The facts that the claims of the papers state."""
    known = {term(p).value: p for properties in PREDICATES.values() for p in properties.values()}
    papers = f"{base}document/"
    for graph in store.named_graphs():
        if not isinstance(graph, ox.NamedNode) or not graph.value.startswith(papers):
            continue
        document = graph.value.removeprefix(papers)
        objects = {q.subject: q.object for q in store.quads_for_pattern(None, term("rdf:object"), None, graph)}
        words = Evidence(document, 0, 0, "", "", 0, 0.0)
        claim = Claim("", "", Value("text", ""), words)
        predicates = {q.subject: q.object for q in store.quads_for_pattern(None, term("rdf:predicate"), None, graph)}
        for quad in store.quads_for_pattern(None, term("rdf:subject"), None, graph):
            predicate, value = predicates.get(quad.subject), objects.get(quad.subject)
            if not isinstance(predicate, ox.NamedNode) or predicate.value not in known:
                continue
            if not isinstance(value, ox.NamedNode | ox.Literal) or not isinstance(quad.object, ox.NamedNode):
                continue
            thing = None
            if isinstance(value, ox.NamedNode) and value.value.startswith(base):
                thing = value.value.removeprefix(base)
            yield Fact(quad.object.value.removeprefix(base), known[predicate.value], value, thing, claim)


def _explain(quad: ox.Quad, store: ox.Store, graph: ox.NamedNode, what: str) -> Violation:
    shown = f'"{quad.object.value}"' if isinstance(quad.object, ox.Literal) else f"<{shorten(quad.object)}>"
    subject = quad.subject
    if quad.graph_name == graph:
        about = next(store.quads_for_pattern(subject, term("rdf:subject"), None, graph), None)
        subject = about.object if about is not None else subject  # type: ignore[assignment]
    label = next(store.quads_for_pattern(subject, term("rdfs:label"), None, ox.DefaultGraph()), None)
    named = f"{label.object.value} " if label is not None else ""  # type: ignore[union-attr]
    text = f"{what}: {shown} ({shorten(quad.predicate)})"
    return Violation(text, "", f"{named}<{shorten(subject)}>", _HINT, VIOLATION, "DerivedFactShape")
