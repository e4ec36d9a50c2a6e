"""What each file gives: from the build in use where it has not changed, else by reading it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from kg.graph.manifest import Paper, Refusal
from kg.pipeline.known import KnownFile, Stamp, look_at
from kg.pipeline.papers import LOSS_HINTS, Outcome, ShardFolder, restore

ReadFiles = Callable[[list[Path]], Iterator[Outcome]]


@dataclass(frozen=True, slots=True)
class Bare:
    """An outcome without what the paper says."""

    document: str
    source: str
    refusal: Refusal | None


@dataclass(slots=True)
class Gathering:
    """The files of a build: ``unchanged`` is known without opening them, ``changed`` are to be read."""

    files: list[Path]
    stamps: dict[str, Stamp]
    unchanged: dict[str, list[Outcome]]
    changed: list[Path]
    found: dict[str, list[Bare]] = field(default_factory=dict)

    def read(self, read_files: ReadFiles) -> Iterator[Outcome]:
        """The outcomes of all files, in their order."""
        fresh = read_files(self.changed)
        pending = next(fresh, None)
        for path in self.files:
            name = str(path)
            if name in self.unchanged:
                outcomes = self.unchanged.pop(name)
            else:
                outcomes = []
                while pending is not None and pending.path == path:
                    outcomes.append(pending)
                    pending = next(fresh, None)
            self.found[name] = [_bare(outcome) for outcome in outcomes]
            yield from outcomes

    def known(self) -> Iterator[KnownFile]:
        """What the next build may know of the files: not of those that it should try once more."""
        for path in self.files:
            stamp, outcomes = self.stamps.get(str(path)), self.found[str(path)]
            refusals = tuple(o.refusal for o in outcomes if o.refusal is not None)
            if stamp is not None and not any(r.code in LOSS_HINTS for r in refusals):
                papers = tuple((o.document, o.source) for o in outcomes if o.refusal is None)
                yield KnownFile(str(path), stamp, papers, refusals)


def gather_files(
    files: list[Path],
    known: dict[str, KnownFile],
    shards: ShardFolder,
    now: int,
    recalled: Mapping[str, Paper] | None = None,
) -> Gathering:
    """Looks at every file and opens those shards that still hold.  ``now`` is the time by the clock of the file
    system, ``known`` what the build in use knows, empty where nothing of it can be trusted.  Of the papers in
    ``recalled`` shards are not opened."""
    gathering = Gathering(files, {}, {}, [])
    for path in files:
        stamp = look_at(path, now)
        before = known.get(str(path))
        outcomes = None
        if stamp is not None:
            gathering.stamps[str(path)] = stamp
            if before is not None and before.stamp.is_sure and before.stamp.agrees(stamp):
                outcomes = _recall(path, before, shards, recalled or {})
        if outcomes is None:
            gathering.changed.append(path)
        else:
            gathering.unchanged[str(path)] = outcomes
    return gathering


def _recall(path: Path, known: KnownFile, shards: ShardFolder, recalled: Mapping[str, Paper]) -> list[Outcome] | None:
    """What the file gave before; None where a shard is lost."""
    outcomes: list[Outcome | None] = []
    for document, source in known.papers:
        paper = recalled.get(document)
        if paper is None:
            outcomes.append(restore(path, document, source, shards))
        elif shards.holds(document):
            outcomes.append(Outcome(path, None, None, reused=True, recalled=replace(paper, source=source)))
        else:
            outcomes.append(None)
    if any(outcome is None for outcome in outcomes):
        return None
    refused = [Outcome(path, None, refusal) for refusal in known.refusals]
    return [outcome for outcome in outcomes if outcome is not None] + refused


def _bare(outcome: Outcome) -> Bare:
    paper = outcome.paper
    return Bare(paper.id, paper.source, outcome.refusal) if paper is not None else Bare("", "", outcome.refusal)
