"""A graph made anew from what papers say, part by part, so that memory does not grow with the papers.

What is resolved, stated and noted is what ``resolve_all`` and ``kg.graph.map.quads`` say of all papers together, which
tests hold it against.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain

from pyoxigraph import Quad

from kg.errors import StoreError
from kg.graph.building import GraphBuild
from kg.graph.columns import Columns
from kg.graph.derive import derive, state_derived
from kg.graph.digests import DigestRuns, Digests
from kg.graph.evidence import document_path, state_claims
from kg.graph.facts import Fact, state_number
from kg.graph.manifest import Paper
from kg.graph.map import (
    sort_facts,
    state_copies,
    state_judgements,
    state_merged,
    state_nodes,
    state_numbered,
    state_replaced,
    state_shared,
)
from kg.graph.nodes import Namer
from kg.graph.reconcile import reconcile
from kg.model import Extraction, Issue
from kg.pipeline.copying import judge_again
from kg.pipeline.dividing import Division, Load, divide, documents_of, name_beyond, note_sayings
from kg.pipeline.layers import dump_layer, dump_words
from kg.pipeline.notes import NOTES, Notes
from kg.registers import Registers
from kg.resolve.basis import Basis, Layer
from kg.resolve.pieces import resolve_in_pieces
from kg.resolve.resolution import Resolved, gather_part, resolve_gathered
from kg.resolve.trail import RuleUse, trace_outcome

# What holds so many times the nodes that are resolved at once is told in pieces, for which its papers are read again.
_LARGE = 2


@dataclass(frozen=True, slots=True)
class Loaded:
    """A store that was loaded.  ``count``: statements; ``entities``: things by class; ``between``: the issues between
    papers; ``notes``: the hash of the notes."""

    count: int
    entities: tuple[tuple[str, int], ...]
    between: tuple[tuple[str, Issue], ...]
    digests: Digests
    notes: str


def load_parts(
    work: GraphBuild, papers: list[Paper], load: Load, registers: Registers, base: str, resolved: Callable[[], None]
) -> Loaded:
    """Loads a fresh store with what the papers say and writes the notes of the build, where no person has judged of
    what is the same.  ``papers``: sorted by id; ``load`` gives what one says; ``resolved`` is called
    when the parts are known.  Raises StoreError where that cannot be
    written, ValidationError where a claim cannot stand in a graph."""
    path = work.build / NOTES
    path.unlink(missing_ok=True)
    documents = [paper.id for paper in papers]
    try:
        notes = Notes(path)
        try:
            notes.begin()
            basis, words = note_sayings(notes, documents, load, registers)
            layer = basis.layer({ident: claim for ident, (_, claim) in words.items()})
            notes.put("layer", dump_layer(layer))
            notes.put("words", dump_words(words))
            division = divide(notes, documents, load, basis)
            beyond = name_beyond(division, load, basis)
            resolved()
            digests = DigestRuns(work.build)
            parts = _Parts(papers, load, registers, Namer(base), notes, basis, layer, division, beyond, digests)
            count = work.load(parts.state())
            return Loaded(count, parts.count_entities(), tuple(parts.between), parts.digests, notes.close())
        finally:
            notes.abandon()
    except sqlite3.Error as error:
        hint = "check the free disk space"
        raise StoreError(f"the graph cannot be written ({error})", where=str(path), hint=hint) from error


@dataclass(slots=True)
class _Parts:
    papers: list[Paper]
    load: Load
    registers: Registers
    name: Namer
    notes: Notes
    basis: Basis
    layer: Layer
    division: Division
    beyond: dict[str, str]
    digests: Digests
    between: list[tuple[str, Issue]] = field(default_factory=list)
    _columns: Columns = field(default_factory=Columns)
    _counts: Counter[str] = field(default_factory=Counter)
    _rules: set[RuleUse] = field(default_factory=set)
    _numbered: dict[tuple[str, str, str], tuple[str, set[str]]] = field(default_factory=dict)
    """The fact that a thing has an organisation number -> the number, and the papers that give it."""

    def state(self) -> Iterator[Quad]:
        """The whole graph."""
        for batch in self.division.batches():
            if len(batch) > self.division.at_once * _LARGE:
                yield from chain.from_iterable(map(self._state_part, self._resolve_large(batch)))
            else:
                # bound to no name here, so that it is let go while its facts are stated
                yield from self._state_part(self._resolve(batch))
                self.basis.identities.forget()
        yield from self._state_numbers()
        yield from self.digests.add_quads(self._state_rest())

    def count_entities(self) -> tuple[tuple[str, int], ...]:
        """Things by class."""
        return tuple(sorted(self._counts.items()))

    def _resolve(self, batch: set[str]) -> Resolved:
        papers = map(self.load, documents_of(batch))
        return resolve_gathered(gather_part(papers, batch, self.basis), self.basis, self.beyond)

    def _resolve_large(self, batch: set[str]) -> Iterator[Resolved]:
        def load_of(nodes: Iterable[str]) -> Iterator[Extraction]:
            return map(self.load, documents_of(nodes))

        return resolve_in_pieces(batch, load_of, self.basis, self.beyond, self.division.at_once)

    def _state_part(self, resolved: Resolved) -> Iterator[Quad]:
        name, resolution = self.name, resolved.resolution
        for trail in trace_outcome(resolved):
            self.notes.add_outcome(trail)
        numbers = [state_number(iri, claim) for iri, claim in self.basis.numbers(resolved.nodes.values())]
        # what is known of each node takes as much memory as the claims
        del resolved
        self.between += resolution.issues
        self._counts.update(entity.type for entity in resolution.entities)
        facts = sort_facts(resolution, base=name.base)
        self._columns.add(facts)
        for fact in numbers:
            _, documents = self._numbered.setdefault(fact.key, (fact.object.value, set()))
            documents.add(fact.claim.evidence.document)
        words = (fact.claim.evidence for fact in (*facts, *numbers))
        self._rules.update((w.rule, w.rule_version, w.confidence) for w in words)
        self._digest([*facts, *numbers], facts)
        yield from self.digests.add_quads(state_nodes(resolution, facts, name))
        yield from self.digests.add_quads(state_derived(reconcile(facts, name), name))
        del resolution
        yield from state_merged(facts, name)
        yield from state_claims([*facts, *numbers], name)

    def _digest(self, claims: list[Fact], merged: list[Fact]) -> None:
        base = self.name.base
        documents = {fact.claim.evidence.document for fact in claims}
        self.digests.add_claims(claims, {d: base + document_path(d) for d in documents})
        self.digests.add_facts(merged, base)

    def _state_numbers(self) -> Iterator[Quad]:
        for key, (number, documents) in sorted(self._numbered.items()):
            self.digests.add_thing(self.name.base + key[0], [key], documents)
            yield from state_numbered(key[0], number, sorted(documents), self.name)

    def _state_rest(self) -> Iterator[Quad]:
        """All that hangs on more than one part."""
        name, layer = self.name, self.layer
        self._counts.update(entity.type for entity in layer.entities)
        self.between += ((f.document, f.issue) for f in layer.findings)
        papers = ((paper.id, paper) for paper in self.papers)
        yield from state_shared(layer.entities, self.registers, papers, self._rules, name)
        yield from state_replaced(layer.replaced, name)
        yield from state_judgements(layer.judgements, name)
        copies = list(judge_again(self.notes, [paper.id for paper in self.papers], self.load))
        yield from state_judgements(copies, name)
        yield from state_copies(copies, name)
        yield from state_derived(derive(self._columns.view(), name), name)
