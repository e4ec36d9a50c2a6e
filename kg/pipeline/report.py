"""What a build tells its caller."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kg.graph.manifest import Manifest, Paper, Refusal
from kg.graph.validate import Violation


@dataclass(frozen=True, slots=True)
class BuildReport:
    """``read``: papers in the graph; ``reused``: those of them whose shard of before still held; ``claims``:
    facts stated by papers; ``quads``: statements in the store; ``issues``: by code; ``entities``: things by
    class; ``refused``: files that were not read, with the reason; ``duplicates``: (file, file with the same
    bytes); ``warnings``: what validation finds odd, but no fault; ``seconds``: time by step;
    ``idle``: what is listed as withheld and was nowhere in the papers; ``gone``: files that the graph of before was
    made from, not named or selected now, with a paper that this graph lacks, sorted; ``again``: how many papers of the
    graph of before were made anew, by the reason why; ``kept``: how many papers were, without parsing their file."""

    directory: Path
    manifest: Manifest
    reused: int
    warnings: tuple[Violation, ...]
    seconds: tuple[tuple[str, float], ...]
    idle: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    again: tuple[tuple[str, int], ...] = ()
    kept: int = 0

    @property
    def papers(self) -> tuple[Paper, ...]:
        return self.manifest.papers

    @property
    def read(self) -> int:
        return len(self.manifest.papers)

    @property
    def claims(self) -> int:
        return self.manifest.claims

    @property
    def quads(self) -> int:
        return self.manifest.quads

    @property
    def issues(self) -> dict[str, int]:
        return dict(self.manifest.issues)

    @property
    def entities(self) -> dict[str, int]:
        return dict(self.manifest.entities)

    @property
    def refused(self) -> tuple[Refusal, ...]:
        return self.manifest.refused

    @property
    def duplicates(self) -> tuple[tuple[str, str], ...]:
        return tuple((also, paper.source) for paper in self.manifest.papers for also in paper.also)
