"""What the papers say as a graph in a store that is whole: made anew, or the one in use changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from kg.config import Config
from kg.graph.building import GraphBuild
from kg.graph.manifest import PaperIssue
from kg.graph.memory import give_back
from kg.graph.shapes import VIOLATION
from kg.graph.validate import Violation, validate
from kg.model import Issue
from kg.pipeline.clock import Clock
from kg.pipeline.corpus import Corpus, count_entities
from kg.pipeline.increment import CannotChange, change_graph
from kg.pipeline.merging import Merger, note_resolved
from kg.pipeline.notes import NOTES, NOTES_HASH, dump_hash
from kg.pipeline.papers import Progress, ShardFolder
from kg.pipeline.parts import load_parts
from kg.pipeline.previous import DIGESTS, Previous
from kg.pipeline.stages import Stages
from kg.registers import Registers
from kg.resolve.resolution import resolve_all
from kg.resolve.rulings import Ruling

# Statements that validation holds at once: some 30 MB of them.
_VALIDATED_AT_ONCE = 50_000


@dataclass(frozen=True, slots=True)
class Merged:
    """``count``: statements; ``revisions``: changes since the store was whole; ``entities``: things by class;
    ``between``: the issues between papers; ``kept``: the issues of papers that are only recalled; ``beside``: name ->
    lines of further files of the build."""

    count: int
    revisions: int
    entities: tuple[tuple[str, int], ...]
    between: tuple[tuple[str, Issue], ...]
    warnings: tuple[Violation, ...]
    kept: tuple[PaperIssue, ...] = ()
    beside: dict[str, Iterable[str]] = field(default_factory=dict)


def merge_in_part(
    corpus: Corpus,
    work: GraphBuild,
    shards: ShardFolder,
    registers: Registers,
    before: Previous,
    progress: Progress,
    clock: Clock,
) -> Merged | None:
    """Changes what the papers that changed touch; None where that cannot be done, or is not less work."""
    while True:
        corpus.check()
        progress("touch", 0, 1, "")
        try:
            changed = change_graph(work, before, corpus, shards, registers)
        except CannotChange:
            return None
        finally:
            clock.stop("touch")
        broken = [v for v in changed.found if v.severity == VIOLATION]
        if not broken:
            revisions = before.manifest.revisions + 1
            beside: dict[str, Iterable[str]] = {NOTES_HASH: dump_hash(changed.notes, work.build)}
            beside |= before.carry_digests(work.build, changed.parts)
            facts = changed.entities, changed.between, changed.found, changed.kept
            return Merged(changed.count, revisions, *facts, beside)
        corpus.refuse(broken)


def load_anew(
    corpus: Corpus, work: GraphBuild, stages: Stages, config: Config, progress: Progress, clock: Clock
) -> Merged:
    """Resolves all papers part by part (``kg.pipeline.parts``) and loads the store, where no person has judged of what
    is the same and what the papers say is what their shards hold."""
    while True:
        corpus.check()
        progress("resolve", 0, 1, "")

        def resolved() -> None:
            give_back()
            clock.stop("resolve")
            progress("load", 0, 1, "")

        loaded = load_parts(work, corpus.listed(), corpus.load, stages.registers, config.base, resolved)
        give_back()
        clock.stop("load")
        progress("validate", 0, 1, "")
        found = validate(work.read(), at_once=_VALIDATED_AT_ONCE)
        # what the engine kept of the files that it read
        give_back()
        clock.stop("validate")
        broken = [v for v in found if v.severity == VIOLATION]
        if broken:
            corpus.refuse(broken)
            continue
        beside: dict[str, Iterable[str]] = {
            DIGESTS: loaded.digests.dump(),
            NOTES_HASH: dump_hash(loaded.notes, work.build),
        }
        return Merged(loaded.count, 0, loaded.entities, loaded.between, tuple(found), beside=beside)


def merge_anew(
    corpus: Corpus,
    work: GraphBuild,
    stages: Stages,
    config: Config,
    rulings: Sequence[Ruling],
    before: Previous | None,
    progress: Progress,
    clock: Clock,
    *,
    noted: bool,
) -> Merged:
    """Resolves all papers; the store is loaded, or the one in use changed where it differs.  ``noted``: whether the
    next build may go on from notes."""
    while True:
        corpus.check()
        extractions = corpus.extractions()
        progress("resolve", 0, 1, "")
        resolved = resolve_all(extractions, stages.registers, base=config.base, rulings=rulings)
        resolution = resolved.resolution
        clock.stop("resolve")
        noted_as = note_resolved(work.build / NOTES, resolved, extractions) if noted else None
        # what is known of each node takes as much memory as the claims
        del resolved
        clock.stop("note")
        progress("load", 0, 1, "")
        merger = Merger.make(resolution, extractions, stages.registers, config.base)
        changed = merger.change(work, before) if before is not None else None
        revisions = before.manifest.revisions + 1 if before is not None and changed is not None else 0
        clock.stop("change")
        if changed is None:
            before = None
            count = merger.load(work)
            clock.stop("load")
            progress("validate", 0, 1, "")
            changed = count, validate(work.read(), at_once=_VALIDATED_AT_ONCE)
            clock.stop("validate")
        count, found = changed
        broken = [v for v in found if v.severity == VIOLATION]
        if broken:
            corpus.refuse(broken)
            continue
        beside: dict[str, Iterable[str]] = {DIGESTS: merger.digests.dump()}
        if noted_as is not None:
            beside[NOTES_HASH] = dump_hash(noted_as, work.build)
        return Merged(count, revisions, count_entities(resolution), resolution.issues, tuple(found), beside=beside)
