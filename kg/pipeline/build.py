"""The main job: from papers to a graph in use."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from kg.collector import settled
from kg.config import Config
from kg.errors import ReadError, UsageError
from kg.graph.building import begin_build
from kg.graph.files import Checkpoint, ignore_checkpoint
from kg.graph.manifest import Manifest, Paper, Refusal
from kg.graph.partitions import PARTITIONS, count_partitions, dump_partitions
from kg.model import Extraction, Resolution
from kg.pipeline.assisting import complete_papers, make_assistant
from kg.pipeline.clock import Clock
from kg.pipeline.cluster import Cluster, process_on_cluster
from kg.pipeline.collect import EVERYTHING, Selection, collect_papers
from kg.pipeline.corpus import Corpus, list_issues, make_manifest
from kg.pipeline.gathering import Gathering, gather_files
from kg.pipeline.known import KnownFile, clock_of, dump_files
from kg.pipeline.merged import load_anew, merge_anew, merge_in_part
from kg.pipeline.papers import (
    Outcome,
    Progress,
    Reader,
    ShardFolder,
    ignore_progress,
    lighten,
    process_in_pool,
    process_papers,
    shorten,
)
from kg.pipeline.previous import FILES, Previous, find_previous, find_revisable
from kg.pipeline.report import BuildReport
from kg.pipeline.signatures import sign_graph
from kg.pipeline.stages import Stages
from kg.pipeline.standing import count_again, find_known, find_standing, note_made
from kg.pipeline.withhold import Withholding, check_withheld, read_withholding, withhold
from kg.read import name_file
from kg.registers import Registers
from kg.resolve import resolve
from kg.resolve.judgefile import hash_rulings, read_rulings
from kg.resolve.rulings import Ruling


@dataclass(frozen=True, slots=True)
class Options:
    """How a build goes.  ``selection``: which of the files it reads.  ``full``: the graph is made anew, not changed in
    parts.  ``verify``: files are told to be unchanged by their content, not by what the file system says.
    ``allow_empty``: papers that state nothing, or none, may take the place of a graph that holds facts.  ``cluster``: a
    Dask cluster whose workers read papers in place of processes of this machine."""

    selection: Selection = EVERYTHING
    full: bool = False
    verify: bool = False
    allow_empty: bool = False
    cluster: Cluster | None = None


ORDINARY = Options()


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
    config = config or Config()
    stages = stages or default_stages(config)
    assistant = make_assistant(config, stages)
    with settled():
        for outcome in process_papers(files, stages, None, progress or ignore_progress):
            if outcome.extraction is not None:
                paper = outcome.extraction
                yield paper if assistant is None else assistant.complete(outcome.path, paper)
            if outcome.refusal is not None:
                yield outcome.refusal


def build(
    paths: Sequence[Path],
    config: Config | None = None,
    *,
    now: datetime,
    progress: Progress | None = None,
    options: Options = ORDINARY,
    stages: Stages | None = None,
    make: Callable[[Config], Stages] | None = None,
    checkpoint: Checkpoint = ignore_checkpoint,
) -> BuildReport:
    """Builds the graph in ``config.store`` from the papers at ``paths`` and makes it the one in use.

    ``now`` is the time that the graph says it was built; nothing else in it depends on the clock.  The graph is made of
    these papers alone; shards, and the graph of before, only spare work.  Papers are read by worker processes that make
    their own stages by ``make``, a function found in its module; where ``stages`` are given, by this process.  A file
    that cannot be read is refused and named in the report; so is a paper whose claims would break a rule of the graph.
    Whatever is raised, KeyboardInterrupt too, leaves the graph of before in use.  Raises ReadError where no file could
    be read or nothing was found, StoreError where the directory cannot be used, ValidationError where the graph breaks
    a rule by no paper's fault.
    """
    config = config or Config()
    progress = progress or ignore_progress
    clock = Clock()
    files = collect_papers(paths, options.selection, allow_empty=options.allow_empty)
    rulings = read_rulings(config.identity, config.base)
    listed = read_withholding(config.withhold, config.base)
    rulings = [r for r in rulings if not {r.left, r.right} & listed.things]
    make = make or default_stages
    apart, stages = stages is None, stages or make(config)
    assistant = make_assistant(config, stages)
    clock.stop("prepare")
    with begin_build(config.store, checkpoint) as work:
        graph_from = sign_graph(stages.registers.signature, config.base)
        # another list makes another store: what is taken out of one in parts lies in its files for a while
        graph_from = (*graph_from, ("withheld", listed.signature)) if listed else graph_from
        graph_from = (*graph_from, *assistant.made_from) if assistant is not None else graph_from
        made_from = tuple({**dict(stages.made_from), **dict(stages.reading), **dict(graph_from)}.items())
        before = find_previous(config.store)
        standing = find_standing(before, stages, work.shards)
        shards = ShardFolder(work.shards, stages.signature, standing, stages.sign_reading())
        known = find_known(before, stages, standing) if not options.verify else {}
        usable = before if before is not None and before.holds(graph_from) and not options.full else None
        plain = not rulings and not listed and assistant is None

        def read_all(recalled: Mapping[str, Paper]) -> tuple[Gathering, Corpus, dict[str, Path]]:
            gathering = gather_files(files, known, shards, clock_of(work.shards), recalled)
            spared = len(gathering.unchanged)

            def tell(step: str, done: int, total: int, what: str) -> None:
                progress(step, spared + done, len(files), what)

            def read_files(changed: list[Path]) -> Iterator[Outcome]:
                if options.cluster is not None and changed:
                    return process_on_cluster(changed, options.cluster, make, config, stages, shards, tell)
                if apart and changed:
                    return process_in_pool(changed, Reader(make, config, work.shards, standing), tell)
                return map(shorten, process_papers(changed, stages, shards, tell))

            corpus = Corpus(shards, may_be_empty=options.allow_empty)
            places: dict[str, Path] = {}
            with settled():
                for outcome in gathering.read(read_files):
                    corpus.add(outcome)
                    if outcome.brief is not None:
                        places.setdefault(outcome.brief.paper.id, outcome.path)
                    progress("issues", corpus.issues, len(corpus.refused), "")
                    checkpoint("shard")
            corpus.check()
            return gathering, corpus, places

        recalled = usable.recalled() if usable is not None and plain else {}
        gathering, corpus, places = read_all({d: paper for d, paper in recalled.items() if d in standing.stands})
        clock.stop("read")
        if assistant is not None:
            whole = {document: corpus.load(document) for document in corpus.briefs}
            corpus.hold(lighten(p) for p in complete_papers(whole, places, shards, assistant, progress))
            clock.stop("ask")
        if not options.allow_empty:
            _refuse_nothing(corpus, before)
        with _uncollected():
            merged = None
            corpus.redone = {*corpus.papers, *corpus.briefs} - standing.stands - corpus.same
            if usable is not None and plain:
                merged = merge_in_part(corpus, work, shards, stages.registers, usable, progress, clock)
            gone: tuple[str, ...] = ()
            idle: tuple[str, ...] = ()
            things: frozenset[str] = frozenset()
            if merged is None:
                if corpus.recalled:
                    # what was spared is needed after all
                    first = corpus
                    gathering, corpus, places = read_all({})
                    corpus.take_counts(first)
                    clock.stop("read")
                left, gone, idle, things = _withhold(corpus, stages, config, rulings, listed)
                # of other registers the parts that differ are told by their digests
                revised = find_revisable(before, graph_from) if not options.full else None
                if plain and revised is None:
                    merged = load_anew(corpus, work, left, config, progress, clock)
                else:
                    merged = merge_anew(corpus, work, left, config, rulings, revised, progress, clock, noted=plain)
            check_withheld(work.read(), things, config.base)
            checkpoint("validated")
            judged = (("judgements", hash_rulings(rulings)),) if rulings else ()
            manifest = make_manifest(
                corpus,
                config,
                now,
                entities=merged.entities,
                between=merged.between,
                count=merged.count,
                revisions=merged.revisions,
                made_from=(*made_from, *judged),
                withheld=gone,
            )
            made = note_made(stages, manifest.papers, standing, corpus.renewed, before)
            beside = {FILES: dump_files(gathering.known()), **merged.beside, **made}
            if not merged.revisions:
                # of a store that was changed in parts whoever asks counts them
                beside[PARTITIONS] = dump_partitions(count_partitions(work.read()))
            issues = list_issues(corpus, merged.between, config.identity, merged.kept)
            manifest = work.commit(manifest, issues, beside)
        shards.prune({p.id for p in manifest.papers})
        gone_files = _find_gone(before.files() if before is not None else {}, files, manifest)
    clock.stop("swap")
    progress("done", 1, 1, "")
    again = count_again(corpus.renewed, standing, before)
    return BuildReport(
        Path(config.store),
        manifest,
        corpus.reused,
        merged.warnings,
        clock.seconds(),
        idle,
        gone_files,
        again,
        corpus.kept,
    )


def _find_gone(known: Mapping[str, KnownFile], files: Sequence[Path], manifest: Manifest) -> tuple[str, ...]:
    """The files that the graph of before was made from, are not among these, and held a paper that the graph lacks."""
    there, papers = {str(path) for path in files}, {paper.id for paper in manifest.papers}
    lost = (p for p, file in sorted(known.items()) if p not in there and {d for d, _ in file.papers} - papers)
    return tuple(name_file(Path(path)) for path in lost)


def _withhold(
    corpus: Corpus, stages: Stages, config: Config, rulings: Sequence[Ruling], listed: Withholding
) -> tuple[Stages, tuple[str, ...], tuple[str, ...], frozenset[str]]:
    """Takes what is listed out of the papers and registers; returns the stages with the latter, what is gone, what is
    listed and was nowhere, and the IRIs of what is listed."""

    def resolve_again(papers: list[Extraction], registers: Registers) -> Resolution:
        return resolve(papers, registers, base=config.base, rulings=rulings)

    if not listed:
        return stages, (), (), frozenset()
    there = bool(corpus.documents())
    kept = withhold(corpus.extractions(), stages.registers, listed, resolve_again)
    corpus.hold(kept.papers)
    if there and not kept.papers:
        raise UsageError("all papers are withheld", where=str(config.withhold), hint="name papers that are not")
    return replace(stages, registers=kept.registers), kept.gone, kept.idle, kept.things


def _refuse_nothing(corpus: Corpus, before: Previous | None) -> None:
    """Raises ReadError where a graph that holds facts would give way to one that holds none."""
    papers = corpus.listed()
    if before is None or not before.manifest.claims or any(paper.claims for paper in papers):
        return
    first = min(paper.source for paper in papers)
    raise ReadError(
        f"no facts were found in {len(papers)} papers, and the graph in use holds {before.manifest.claims}",
        where=first,
        hint="check that these are the papers that you mean, or say --allow-empty",
        code="no_facts",
    )


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without Python's search for cycles, of which millions of plain values have none: it takes as long as the rest."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
