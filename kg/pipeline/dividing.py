"""All papers as parts that share no key (``kg.resolve.trail``), each of which is resolved as if there were no others.

What tells the parts is written to the notes of the build as papers are opened one after the other, so that no more than
one of them is held.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from kg.model import Extraction
from kg.pipeline.layers import Words, find_words
from kg.pipeline.notes import Notes
from kg.registers import Registers
from kg.resolve.basis import Basis
from kg.resolve.copies import PROBES
from kg.resolve.nodes import gather_nodes
from kg.resolve.resolution import gather_part, name_projects
from kg.resolve.trail import NodeTrail, trace_keys

Load = Callable[[str], Extraction]

# So many nodes, some hundred papers, are resolved at once where parts are small.
_NODES_AT_ONCE = 1500
# The properties by which one node stands in the case of another, which share a key for that.
_CASES = frozenset({"project", "decision"})


def note_sayings(notes: Notes, documents: Iterable[str], load: Load, registers: Registers) -> tuple[Basis, Words]:
    """Notes what each paper says of the things that it names; returns what all of them make of these together, and the
    words of those that are doubted."""
    alone = Basis.of_forms({}, registers)
    for document in documents:
        paper = load(document)
        notes.add_paper(document, paper.signature, PROBES)
        nodes = gather_nodes([paper])
        alone.identities.read(nodes.values())
        for node in nodes.values():
            notes.add_node(NodeTrail(node.id, "", frozenset(), alone.sayings.count(node), Counter(), ()))
        alone.identities.forget()
    notes.index()
    basis = Basis.of_forms(notes.forms(), registers)
    sayings: dict[str, list[str]] = {}
    for kind, own in basis.forms:
        if kind == "organisation":
            sayings.setdefault(basis.identities.ident(own), []).append(own)
    words = find_words(basis, lambda i: (n for own in sayings[i] for n in notes.users("organisation", own)), {}, load)
    return basis, words


@dataclass(slots=True)
class Division:
    """``order``: the numbers of all nodes, those of one part together; ``starts``: where each part begins; ``named``:
    the nodes that are named by nodes of other parts, by number."""

    notes: Notes
    order: array[int] = field(default_factory=lambda: array("i"))
    starts: array[int] = field(default_factory=lambda: array("i"))
    named: frozenset[int] = frozenset()

    @property
    def at_once(self) -> int:
        """So many nodes are resolved at once, or one part."""
        return _NODES_AT_ONCE

    def batches(self, wanted: Callable[[array[int]], bool] = bool) -> Iterator[set[str]]:
        """The nodes of as many parts as are resolved at once, again and again; of the ``wanted`` parts alone."""
        batch: set[str] = set()
        for part in self._parts():
            if wanted(part):
                batch.update(map(self.notes.name_of, part))
            if len(batch) >= _NODES_AT_ONCE:
                yield batch
                batch = set()
        if batch:
            yield batch

    def largest(self) -> int:
        """The number of nodes of the largest part."""
        return max(map(len, self._parts()), default=0)

    def _parts(self) -> Iterator[array[int]]:
        for begin, end in pairwise((*self.starts, len(self.order))):
            yield self.order[begin:end]


def divide(notes: Notes, documents: Iterable[str], load: Load, basis: Basis) -> Division:
    """Notes the keys of all nodes and follows them."""
    links = array("i"), array("i")
    count = 0
    for document in documents:
        paper = load(document)
        part = gather_part([paper], None, basis)
        numbers = notes.numbers_of(document)
        for node, keys in trace_keys(part, basis.things.past).items():
            notes.add_keys(numbers[node], keys)
        for claim in paper.claims:
            if claim.value.kind == "node" and claim.property not in _CASES:
                links[0].append(numbers[f"{document}#{claim.subject}"])
                links[1].append(numbers[f"{document}#{claim.value.lexical}"])
        count += len(part.nodes)
        basis.identities.forget()
    parent = array("i", range(count + 1))

    def find(node: int) -> int:
        while parent[node] != node:
            parent[node] = node = parent[parent[node]]
        return node

    last, first = -1, 0
    for key, holder in notes.shared_keys():
        if key != last:
            last, first = key, find(holder)
        else:
            low, high = sorted((find(first), find(holder)))
            parent[high] = first = low
    order = array("i", sorted(range(1, count + 1), key=find))
    starts = array("i", (i for i, node in enumerate(order) if find(node) == node))
    named = frozenset(target for node, target in zip(*links, strict=True) if find(node) != find(target))
    return Division(notes, order, starts, named)


def name_beyond(division: Division, load: Load, basis: Basis) -> dict[str, str]:
    """The IRIs of the projects that are named by nodes of other parts."""
    found: dict[str, str] = {}
    named = division.named
    names = {division.notes.name_of(number) for number in named}
    for batch in division.batches(lambda part: not named.isdisjoint(part)):
        part = gather_part(map(load, documents_of(batch)), batch, basis, whole=False)
        found.update((node, iri) for node, iri in name_projects(part).items() if node in names)
        basis.identities.forget()
    return found


def documents_of(nodes: Iterable[str]) -> list[str]:
    """The papers in which nodes stand, sorted."""
    return sorted({node.partition("#")[0] for node in nodes})
