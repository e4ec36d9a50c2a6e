"""The main job: from papers to a graph in use."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from kg import __version__
from kg.config import Config
from kg.errors import ReadError, ValidationError
from kg.graph.building import begin_build
from kg.graph.files import Checkpoint, ignore_checkpoint
from kg.graph.manifest import Manifest, Paper, PaperIssue, Refusal
from kg.graph.map import quads
from kg.graph.shapes import VIOLATION
from kg.graph.validate import Violation, validate
from kg.model import Extraction, Resolution
from kg.pipeline.collect import collect_papers
from kg.pipeline.papers import (
    Outcome,
    Progress,
    Reader,
    ShardFolder,
    ignore_progress,
    lighten,
    process_in_pool,
    process_papers,
)
from kg.pipeline.report import BuildReport
from kg.pipeline.stages import Stages
from kg.resolve import resolve
from kg.resolve.judgefile import hash_rulings, read_rulings
from kg.resolve.rulings import Ruling


def default_stages(config: Config) -> Stages:
    """The stages of the package, as the settings want them."""
    # Imported here because spaCy, which they need, takes longer to import than all the rest.
    from kg.pipeline.chain import make_stages

    return make_stages(config)


def extract_paths(
    paths: Sequence[Path],
    config: Config | None = None,
    *,
    progress: Progress | None = None,
    stages: Stages | None = None,
) -> Iterator[Extraction | Refusal]:
    """What each paper says, one at a time and without a store: an Extraction, or a Refusal with its reason.

    Raises UsageError and ReadError as ``collect_papers`` does.
    """
    files = collect_papers(paths)
    stages = stages or default_stages(config or Config())
    for outcome in process_papers(files, stages, None, progress or ignore_progress):
        if outcome.extraction is not None:
            yield outcome.extraction
        if outcome.refusal is not None:
            yield outcome.refusal


def build(
    paths: Sequence[Path],
    config: Config | None = None,
    *,
    now: datetime,
    progress: Progress | None = None,
    stages: Stages | None = None,
    make: Callable[[Config], Stages] | None = None,
    checkpoint: Checkpoint = ignore_checkpoint,
) -> BuildReport:
    """Builds the graph in ``config.store`` from the papers at ``paths`` and makes it the one in use.

    ``now`` is the time that the graph says it was built; nothing else in it depends on the clock.  The graph
    is made of these papers alone; shards only spare work.  Papers are read by worker processes that make their own
    stages by ``make``, a function found in its module; where ``stages`` are given, by this process.  A file that
    cannot be read is refused and named in the report; so is a paper whose claims would break a rule of the graph.
    Whatever is raised, KeyboardInterrupt too, leaves the graph of before in use.  Raises ReadError where no file
    could be read, StoreError where the directory cannot be used, ValidationError where the graph breaks a rule by no
    paper's fault.
    """
    config = config or Config()
    progress = progress or ignore_progress
    clock = _Clock()
    files = collect_papers(paths)
    rulings = read_rulings(config.identity, config.base)
    make = make or default_stages
    apart, stages = stages is None, stages or make(config)
    clock.stop("prepare")
    with begin_build(config.store, checkpoint) as work:
        shards = ShardFolder(work.shards, stages.signature)
        corpus = _Corpus()
        if apart:
            outcomes = process_in_pool(files, Reader(make, config, work.shards), progress)
        else:
            outcomes = process_papers(files, stages, shards, progress)
        for outcome in outcomes:
            corpus.add(outcome)
            checkpoint("shard")
        clock.stop("read")
        while True:
            corpus.check()
            extractions = corpus.extractions()
            progress("resolve", 0, 1, "")
            resolution = resolve(extractions, stages.registers, base=config.base, rulings=rulings)
            clock.stop("resolve")
            progress("load", 0, 1, "")
            count = work.load(quads(resolution, extractions, stages.registers, base=config.base))
            clock.stop("load")
            progress("validate", 0, 1, "")
            found = validate(work.read())
            clock.stop("validate")
            broken = [v for v in found if v.severity == VIOLATION]
            if not broken:
                break
            corpus.refuse(broken)
        checkpoint("validated")
        manifest = work.commit(
            _manifest(corpus, resolution, stages, config, count, now, rulings), _issues(corpus, resolution)
        )
        shards.prune({p.id for p in manifest.papers})
    clock.stop("swap")
    progress("done", 1, 1, "")
    return BuildReport(Path(config.store), manifest, corpus.reused, tuple(found), clock.seconds())


@dataclass(slots=True)
class _Corpus:
    """The papers of a build as they come in."""

    papers: dict[str, Extraction] = field(default_factory=dict)
    sources: dict[str, list[str]] = field(default_factory=dict)
    refused: list[Refusal] = field(default_factory=list)
    reused: int = 0

    def add(self, outcome: Outcome) -> None:
        if outcome.refusal is not None:
            self.refused.append(outcome.refusal)
        if outcome.extraction is None:
            return
        extraction = outcome.extraction
        self.sources.setdefault(extraction.document, []).append(extraction.source)
        if extraction.document not in self.papers:
            self.papers[extraction.document] = lighten(extraction)
            self.reused += outcome.reused

    def check(self) -> None:
        """Raises ReadError where nothing was read."""
        if self.papers:
            return
        first = self.refused[0]
        more = f" (and {len(self.refused) - 1} more)" if len(self.refused) > 1 else ""
        # the reason carries its own hint, which is nearer to the mark than a general one
        reason, _, hint = first.reason.partition(". Try: ")
        general = "report it with the paper" if first.code == "failed" else "name at least one paper as text or HTML"
        raise ReadError(
            f"none of the files could be read: {reason}{more}",
            where=first.path,
            hint=hint or general,
            code=first.code,
        )

    def refuse(self, broken: list[Violation]) -> None:
        """Takes out, for each violation, the paper that it names; of several the one that says least.  Raises
        ValidationError where a violation names none, so that leaving papers out would not mend it."""
        named: dict[str, str] = {}
        for violation in broken:
            places = violation.where.split(", ")
            found = [paper for paper in self.papers.values() if paper.source in places]
            if found and not any(paper.document in named for paper in found):
                least = min(found, key=lambda paper: (len(paper.claims), paper.document))
                named[least.document] = f"{violation.entity}: {violation.what}"
        if not named:
            raise ValidationError(f"{broken[0].entity}: {broken[0].what}", where=broken[0].where, hint=broken[0].hint)
        for document, reason in sorted(named.items()):
            self.refused += [Refusal(source, "failed", reason) for source in self.sources[document]]
            del self.papers[document]

    def extractions(self) -> list[Extraction]:
        """The papers by id; of a paper found under several names the first name."""
        return [self.papers[document] for document in sorted(self.papers)]


def _manifest(
    corpus: _Corpus,
    resolution: Resolution,
    stages: Stages,
    config: Config,
    count: int,
    now: datetime,
    rulings: Sequence[Ruling] = (),
) -> Manifest:
    between: Counter[str] = Counter(issue.code for _, issue in resolution.issues)
    issues = Counter(i.code for e in corpus.papers.values() for i in e.issues) + between
    return Manifest(
        kg_version=__version__,
        built=now.isoformat(timespec="seconds"),
        base=config.base,
        papers=tuple(_paper(e, corpus.sources[e.document]) for e in corpus.extractions()),
        refused=tuple(sorted(corpus.refused, key=lambda r: (r.path, r.code))),
        quads=count,
        entities=_count(e.type for e in resolution.entities),
        issues=tuple(sorted(issues.items())),
        made_from=(*stages.made_from, *((("judgements", hash_rulings(rulings)),) if rulings else ())),
    )


def _issues(corpus: _Corpus, resolution: Resolution) -> Iterator[PaperIssue]:
    """The issues of each paper, and those between papers put down to one of them."""
    own = ((document, issue) for document, paper in corpus.papers.items() for issue in paper.issues)
    for document, i in (*own, *resolution.issues):
        yield PaperIssue(corpus.papers[document].source, i.start, i.end, i.code, i.message, i.quote, document)


def _paper(extraction: Extraction, sources: list[str]) -> Paper:
    return Paper(
        id=extraction.document,
        source=extraction.source,
        form=extraction.form,
        media_type=extraction.media_type,
        characters=extraction.characters,
        claims=len(extraction.claims),
        issues=_count(i.code for i in extraction.issues),
        also=tuple(sorted(set(sources) - {extraction.source})),
    )


def _count(words: Iterable[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(words).items()))


class _Clock:
    """How long each step took.  Only the report shows it; nothing in the graph depends on it."""

    def __init__(self) -> None:
        self._last = time.perf_counter()
        self._steps: dict[str, float] = {}

    def stop(self, step: str) -> None:
        """Puts the time since the last call down to ``step``."""
        now = time.perf_counter()
        self._steps[step] = self._steps.get(step, 0.0) + now - self._last
        self._last = now

    def seconds(self) -> tuple[tuple[str, float], ...]:
        return tuple(self._steps.items())
