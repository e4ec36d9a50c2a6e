"""A build in which few papers have changed: only what they touch is resolved, stated, derived and checked anew.

What a change touches is told by the notes of the build in use (``kg.pipeline.notes``): the nodes that share a key with
those that came or went, however far, and those that name a thing that is now another.  All of these are resolved as if
there were no others; what the store said of them goes out and what is said of them now comes in.  Tests hold the result
against a build from nothing, byte for byte.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain

from pyoxigraph import DefaultGraph, Quad

from kg.errors import KgError
from kg.graph.building import GraphBuild
from kg.graph.digests import part_of
from kg.graph.evidence import document_path, state_claims
from kg.graph.facts import Fact, state_number
from kg.graph.manifest import PaperIssue
from kg.graph.map import (
    sort_facts,
    state_copies,
    state_document,
    state_judgements,
    state_numbered,
    state_part,
    state_replaced,
    state_rules,
    state_things,
)
from kg.graph.nodes import Namer
from kg.graph.partial import Difference
from kg.graph.reconcile import reconcile
from kg.graph.rederive import Change, Rederivation
from kg.graph.registered import Shelf, neighbours
from kg.graph.store import ISSUES
from kg.graph.storeview import StoreFacts
from kg.graph.touched import validate_parts
from kg.graph.validate import Violation
from kg.model import Extraction, Issue
from kg.pipeline.copying import count_holders, judge_again, uncovered
from kg.pipeline.corpus import Corpus
from kg.pipeline.layers import dump_layer, dump_words, find_words, load_layer, load_words
from kg.pipeline.notes import NOTES, Notes, copy_notes
from kg.pipeline.papers import ShardFolder
from kg.pipeline.previous import Previous
from kg.registers import Registers
from kg.resolve.basis import Basis, Layer
from kg.resolve.copies import PROBES
from kg.resolve.identities import given_number
from kg.resolve.nodes import gather_nodes
from kg.resolve.resolution import Resolved, resolve_part
from kg.resolve.trail import trace

# Where more of the nodes are touched, all is made anew.
_LARGEST_PART = 0.25
_FEW = 300
_CLASSES = {"project": "Project", "decision": "Decision", "financing": "FinancingLine"}
# The codes of issues between papers.
BETWEEN = frozenset({"sources_disagree", "identity_undecided", "judgements_contradict"})


class CannotChange(Exception):
    """The graph is to be made anew: what the change would start from is not there, or the change is too large."""


@dataclass(frozen=True, slots=True)
class Changed:
    """A changed store.  ``between``: the issues between papers; ``kept``: the issues of papers that are recalled;
    ``found``: what is wrong in what was changed; ``notes``: the hash of the notes; ``parts``: what was changed."""

    count: int
    entities: tuple[tuple[str, int], ...]
    between: tuple[tuple[str, Issue], ...]
    kept: tuple[PaperIssue, ...]
    found: tuple[Violation, ...]
    notes: str
    parts: frozenset[str]


def change_graph(
    work: GraphBuild, before: Previous, corpus: Corpus, shards: ShardFolder, registers: Registers
) -> Changed:
    """Changes a copy of the store in use to what the papers say.  Raises CannotChange where that cannot be done, and
    where it fails: whoever builds from nothing meets the same fault."""
    try:
        copy_notes(before.build, work.build)
        notes = Notes(work.build / NOTES)
        try:
            return _Increment(work, before, corpus, shards, registers, notes).run()
        finally:
            notes.abandon()
    except (OSError, RuntimeError, ValueError, KgError, sqlite3.Error) as error:
        raise CannotChange(str(error)) from error


@dataclass(slots=True)
class _Increment:
    work: GraphBuild
    before: Previous
    corpus: Corpus
    shards: ShardFolder
    registers: Registers
    notes: Notes
    _loaded: dict[str, Extraction] = field(default_factory=dict)
    _iris: dict[str, str] = field(default_factory=dict)
    """The IRI that each touched node had; those that are new have none."""

    def run(self) -> Changed:
        old, now = self.notes.documents(), self.corpus.documents()
        redone = self.corpus.redone & old & now
        gone, come = old - now | redone, now - old | redone
        if len(gone) + len(come) > max(_FEW, _LARGEST_PART * len(old)):
            raise CannotChange("too many papers have changed")
        layer, rules = load_layer(self.notes.fetch("layer")), self.notes.rules()
        basis, fresh = self._think_again(gone, come)
        holders = count_holders(
            self.notes, chain(map(self.notes.sketch, gone), (self._load(document).signature for document in come))
        )
        resolved, changed = self._resolve(gone, come, basis, self._moved(layer, fresh))
        for trail in trace(resolved):
            self.notes.change_node(trail)
        facts = sort_facts(resolved.resolution, base=self._name.base)
        change = self.work.copy(self.before.build)
        difference = Difference(change.store, self._name)
        touched, numbered = self._state_nodes(difference, resolved, facts, gone)
        self._state_papers(difference, gone, come)
        shuffled = come | {node.partition("#")[0] for node in changed} | uncovered(self.notes, holders)
        self._state_copies(difference, gone, shuffled - (gone - come))
        self._state_things(difference, layer, fresh, numbered)
        difference.replace(state_rules(rules, self._name))
        difference.add(state_rules(self.notes.rules(), self._name))
        removed, added = difference.result()
        out, into = change.apply(sorted(removed, key=str), sorted(added, key=str))
        again = self._derive(StoreFacts(change.store, self._name), removed, added, touched, facts, fresh)
        out_again, into_again = change.apply(sorted(again[0], key=str), sorted(again[1], key=str))
        parts = {_part(quad, self._name) for quad in (*removed, *added, *again[0], *again[1])}
        found = validate_parts(change.store, parts)
        self.work.changed(change)
        between = (*((f.document, f.issue) for f in (*self.notes.findings(), *fresh.findings)),)
        return Changed(
            self.before.manifest.quads - out - out_again + into + into_again,
            self._count(resolved, fresh),
            between,
            tuple(self._keep_issues()),
            tuple(found),
            self.notes.close(),
            frozenset(parts),
        )

    @property
    def _name(self) -> Namer:
        return Namer(self.before.manifest.base)

    def _load(self, document: str) -> Extraction:
        if document not in self._loaded:
            found = self.corpus.find(document) or self.shards.find(document)
            if found is None:
                raise CannotChange(f"the shard of {document} is lost")
            self._loaded[document] = found
        return self._loaded[document]

    # --- what is touched ---

    def _think_again(self, gone: set[str], come: set[str]) -> tuple[Basis, Layer]:
        """What all papers now make of the things that they name."""
        nodes = gather_nodes([self._load(document) for document in sorted(come)])
        alone = Basis.of_forms({}, self.registers)
        alone.identities.read(nodes.values())
        sayings = alone.sayings
        counts: Counter[tuple[str, str, str]] = Counter()
        fresh: dict[str, set[str]] = {}
        for node in nodes.values():
            said = sayings.count(node)
            counts.update(said)
            for _, own, _ in said:
                fresh.setdefault(own, set()).add(node.id)
        for document in gone:
            counts.subtract(self.notes.said(document))
        forms = self.notes.forms()
        for (kind, own, name), times in counts.items():
            of = forms.setdefault((kind, own), {})
            of[name] = of.get(name, 0) + times
        forms = {said: {n: t for n, t in names.items() if t > 0} for said, names in forms.items()}
        basis = Basis.of_forms({said: names for said, names in forms.items() if names}, self.registers)

        sayings_of: dict[str, list[str]] = {}
        for kind, own in basis.forms:
            if kind == "organisation":
                sayings_of.setdefault(basis.identities.ident(own), []).append(own)

        def users(ident: str) -> Iterator[str]:
            for own in sayings_of[ident]:
                yield from (n for n in self.notes.users("organisation", own) if n.partition("#")[0] not in gone)
                yield from fresh.get(own, ())

        known = load_words(self.notes.fetch("words"))
        known = {ident: word for ident, word in known.items() if word[0].partition("#")[0] not in gone}
        words = find_words(basis, users, known, self._load)
        layer = basis.layer({ident: claim for ident, (_, claim) in words.items()})
        self.notes.put("layer", dump_layer(layer))
        self.notes.put("words", dump_words(words))
        return basis, layer

    def _moved(self, old: Layer, new: Layer) -> set[str]:
        """The nodes that name a thing which is now another, or has another name."""
        said = {*old.told, *new.told}
        return {node for s in said if old.told.get(s) != new.told.get(s) for node in self.notes.users(*s)}

    def _resolve(self, gone: set[str], come: set[str], basis: Basis, moved: set[str]) -> tuple[Resolved, set[str]]:
        """What is touched, resolved, and the projects in it whose IRI is another now; ``moved`` is touched anyway."""
        notes, nodes = self.notes, {node for document in gone for node in self.notes.nodes_of(document)}
        first = notes.connected(nodes | moved)
        self._remember(first)
        for document in gone:
            notes.remove_paper(document)
        for document in come:
            notes.add_paper(document, self._load(document).signature, PROBES)
        # keys hang on one paper and the things that it names alone, so that each may be resolved by itself for them
        for trail in self._trace_alone(come, basis):
            notes.add_node(trail)
        moved -= nodes
        for trail in self._trace_alone({node.partition("#")[0] for node in moved}, basis):
            if trail.node in moved:
                notes.change_node(trail)
        fresh = {node for document in come for node in notes.nodes_of(document)}
        wanted = notes.connected((first - nodes) | fresh)
        while True:
            if len(wanted) > max(_FEW, _LARGEST_PART * notes.count_nodes()):
                raise CannotChange("too much is touched")
            self._remember(wanted - fresh)
            papers = [self._load(document) for document in sorted({node.partition("#")[0] for node in wanted})]
            beyond = {node: iri for paper in papers for node, iri in notes.nodes_of(paper.document).items()}
            resolved = resolve_part(papers, wanted, basis, beyond)
            changed = {node for node in wanted if self._iris.get(node) != resolved.work.iris[node]}
            # what names a thing by an IRI that it no longer has says something else now
            naming = {
                subject
                for paper in papers
                for claim in paper.claims
                if claim.value.kind == "node"
                and f"{paper.document}#{claim.value.lexical}" in changed
                and (subject := f"{paper.document}#{claim.subject}") not in wanted
            }
            if not naming:
                return resolved, {node for node in changed if "#project/" in node}
            wanted |= notes.connected(naming)

    def _remember(self, nodes: set[str]) -> None:
        for node in nodes - self._iris.keys():
            self._iris[node] = self.notes.iri_of(node)

    def _trace_alone(self, documents: set[str], basis: Basis) -> Iterator:
        papers = [self._load(document) for document in sorted(documents)]
        nodes = set(gather_nodes(papers))
        if nodes:
            yield from trace(resolve_part(papers, nodes, basis, {}))

    # --- what is said of it ---

    def _state_nodes(
        self, difference: Difference, resolved: Resolved, facts: list[Fact], gone: set[str]
    ) -> tuple[set[str], set[str]]:
        """Projects, acts, lines and applications; returns what there was or is of them, and the things to which papers
        gave or give numbers."""
        iris = {*self._iris.values(), *(resolved.work.iris[node] for node in resolved.nodes)}
        touched = iris | difference.applications(iri for iri in iris if iri.startswith("decision/"))
        difference.take_things(touched)
        for node in {*self._iris, *resolved.nodes}:
            difference.take_judgements(node)
        numbered: set[str] = set()
        for document in {node.partition("#")[0] for node in self._iris} | gone:
            numbered |= difference.take_claims(document, None if document in gone else touched)
        difference.add(state_part(resolved.resolution, facts, self._name))
        papers = [self._load(document) for document in sorted({node.partition("#")[0] for node in resolved.nodes})]
        whole = gather_nodes(papers)
        numbers = [state_number(iri, claim) for iri, claim in resolved.basis.numbers(whole.values())]
        difference.add(state_claims([*facts, *numbers], self._name))
        return touched, numbered | {fact.subject for fact in numbers}

    def _state_papers(self, difference: Difference, gone: set[str], come: set[str]) -> None:
        sources = {paper.id: paper.source for paper in self.before.manifest.papers}
        renamed = {d for d in self.corpus.documents() if d in sources and sources[d] != self.corpus.source(d)}
        for document in gone | come | renamed:
            difference.take_paper(document)
        for paper in self.corpus.listed():
            if paper.id in come or paper.id in renamed:
                difference.add(state_document(paper.id, paper, self._name))

    def _state_copies(self, difference: Difference, gone: set[str], shuffled: set[str]) -> None:
        for document in gone | shuffled:
            difference.take_copies(document)
        judgements = list(judge_again(self.notes, shuffled, self._load))
        difference.add(state_judgements(judgements, self._name))
        difference.add(state_copies(judgements, self._name))

    def _state_things(self, difference: Difference, old: Layer, new: Layer, numbered: set[str]) -> None:
        name = self._name
        before, now = ({e.iri: e for e in layer.entities} for layer in (old, new))
        shelf = Shelf(self.registers, new.entities)
        beside = _beside(old, Shelf(self.registers, old.entities)) ^ _beside(new, shelf)
        moved = {iri for iri in {*before, *now} if before.get(iri) != now.get(iri)} | beside | numbered
        difference.take_things(moved)
        difference.add(state_things(new.entities, shelf, name, {name.base + iri for iri in moved}))
        for (kind, own), (_, iri, _, number) in new.told.items():
            if iri in moved and number and given_number(own) == number:
                documents = {node.partition("#")[0] for node in self.notes.users(kind, own)}
                difference.add(state_numbered(iri, number, documents, name))
        difference.replace(chain(state_replaced(old.replaced, name), state_judgements(old.judgements, name)))
        difference.add(chain(state_replaced(new.replaced, name), state_judgements(new.judgements, name)))

    def _derive(
        self,
        stored: StoreFacts,
        removed: set[Quad],
        added: set[Quad],
        touched: set[str],
        facts: list[Fact],
        layer: Layer,
    ) -> tuple[set[Quad], set[Quad]]:
        municipalities = (entity.iri for entity in layer.entities if entity.type == "Municipality")
        derivation = Rederivation(Change(stored, removed, added), self._name, municipalities)
        for project in touched:
            if project.startswith("project/"):
                derivation.replace_nodes(stored.nodes_of_project(project, "reconciliation/"))
        derivation.add(reconcile(facts, self._name))
        old, new = derivation.run()
        return old - new, new - old

    # --- what the build says of itself ---

    def _count(self, resolved: Resolved, layer: Layer) -> tuple[tuple[str, int], ...]:
        """Things by class."""
        counts = Counter({k: n for k, n in self.before.manifest.entities if k in _CLASSES.values()})
        counts.subtract(_CLASSES[iri.partition("/")[0]] for iri in set(self._iris.values()))
        counts.update(e.type for e in (*resolved.resolution.entities, *layer.entities))
        return tuple(sorted((kind, count) for kind, count in counts.items() if count))

    def _keep_issues(self) -> Iterator[PaperIssue]:
        """The own issues of the papers that are recalled."""
        sources = {document: paper.source for document, paper in self.corpus.recalled.items()}
        with (self.before.build / ISSUES).open(encoding="utf-8", errors="surrogatepass") as lines:
            for line in lines:
                row = json.loads(line)
                if row["document"] in sources and row["code"] not in BETWEEN:
                    yield PaperIssue(**{**row, "path": sources[row["document"]]})


def _beside(layer: Layer, shelf: Shelf) -> set[str]:
    """The things of the registers that those that papers name point to."""
    return {n for e in layer.entities if e.iri in shelf.records for n in neighbours(shelf.records[e.iri], shelf)}


def _part(quad: Quad, name: Namer) -> str:
    """The part of the graph (``kg.graph.digests``) to which a statement belongs."""
    graph = quad.graph_name
    papers = name.base + document_path("")
    if not isinstance(graph, DefaultGraph) and graph.value.startswith(papers):
        return f"\t{graph.value}"
    return part_of(quad)
