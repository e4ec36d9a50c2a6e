"""From what the papers say to a store that holds it: whole, or as a change of the store in use."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from pyoxigraph import Quad

from kg.errors import StoreError
from kg.graph.building import GraphBuild
from kg.graph.digests import Digests, part_of
from kg.graph.evidence import document_path, state_claims
from kg.graph.facts import Fact
from kg.graph.map import derive_all, quads, sort_facts, state_merged
from kg.graph.nodes import Namer
from kg.graph.touched import validate_parts
from kg.graph.validate import Violation
from kg.graph.view import Derived
from kg.model import Extraction, Resolution
from kg.pipeline.layers import dump_layer, dump_words, words_of
from kg.pipeline.notes import write_notes
from kg.pipeline.previous import MOST_REVISIONS, Previous
from kg.registers import Registers
from kg.resolve.copies import PROBES
from kg.resolve.resolution import Resolved
from kg.resolve.trail import trace

# A store that has been changed in so great a part is made anew: what was taken out takes room until then.
_LARGEST_PART = 0.25


def note_resolved(path: Path, resolved: Resolved, extractions: list[Extraction]) -> str:
    """Writes the notes from which the next build may start; returns their hash.  To be called where no person has
    judged of what is the same.  Raises StoreError where that cannot be done."""
    words = words_of(resolved.basis)
    layer = resolved.basis.layer({ident: claim for ident, (_, claim) in words.items()})
    sketches = {paper.document: paper.signature for paper in extractions}
    meta = {"layer": dump_layer(layer), "words": dump_words(words)}
    return write_notes(path, sketches, trace(resolved), PROBES, meta)


@dataclass(slots=True)
class Merger:
    """The graph of one set of papers.  ``digests`` is filled as it is loaded."""

    resolution: Resolution
    extractions: list[Extraction]
    registers: Registers
    base: str
    digests: Digests
    _facts: list[Fact]
    _derived: list[Derived] | None = None

    @classmethod
    def make(cls, resolution: Resolution, extractions: list[Extraction], registers: Registers, base: str) -> Merger:
        facts = sort_facts(resolution, base=base)
        return cls(resolution, extractions, registers, base, Digests(), facts)

    def load(self, work: GraphBuild) -> int:
        """Loads all into a fresh store; returns the number of quads."""
        self._digest_facts()
        name = Namer(self.base)
        others = self.digests.add_quads(self._shared())
        return work.load(chain(others, state_merged(self._facts, name), state_claims(self._facts, name)))

    def change(self, work: GraphBuild, previous: Previous) -> tuple[int, list[Violation]] | None:
        """Changes a copy of the store in use where that is less work; returns the number of quads, and what is wrong in
        what was changed.  None where it is not less, or the store in use is damaged: then ``load``."""
        if previous.manifest.revisions >= MOST_REVISIONS:
            return None
        told = previous.digests()
        if told is None:
            return None
        before, changed = told
        self._digest_facts()
        self._derived = derive_all(self._facts, Namer(self.base))
        for _ in self.digests.add_quads(self._shared()):
            pass
        parts = self.digests.differences(before) | changed
        if len(parts) > _LARGEST_PART * len(self.digests.values):
            self.digests = Digests()
            return None
        try:
            removed, added = work.revise(previous.build, parts, self._state_parts)
            found = validate_parts(work.read(), parts)
            return previous.manifest.quads - removed + added, found
        except (StoreError, RuntimeError, OSError):
            # the store in use is damaged, which its manifest does not tell
            pass
        self.digests = Digests()
        return None

    def _shared(self, parts: set[str] | None = None) -> Iterator[Quad]:
        """All but the graphs of the papers and what ``state_merged`` gives."""
        return quads(
            self.resolution,
            self.extractions,
            self.registers,
            base=self.base,
            facts=self._facts,
            claims=False,
            merged=False,
            derived=self._derived,
            parts=parts,
        )

    def _digest_facts(self) -> None:
        documents = {fact.claim.evidence.document for fact in self._facts}
        self.digests.add_claims(self._facts, {d: self.base + document_path(d) for d in documents})
        self.digests.add_facts(self._facts, self.base)

    def _state_parts(self, parts: set[str]) -> Iterator[Quad]:
        """What differs, and no more of the rest than must be made to tell."""
        name = Namer(self.base)
        yield from (quad for quad in self._shared(parts) if part_of(quad) in parts)
        yield from state_merged((f for f in self._facts if self.base + f.subject in parts), name)
        prefix = "\t" + self.base
        touched = [f for f in self._facts if prefix + document_path(f.claim.evidence.document) in parts]
        yield from state_claims(touched, name)
