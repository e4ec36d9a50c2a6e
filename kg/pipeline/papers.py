"""From files to shards: every paper by itself, unchanged ones from the shard of before."""

from __future__ import annotations

import hashlib
import logging
import os
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from kg.config import Config
from kg.errors import KgError, ReadError, StoreError, refusing
from kg.graph.files import write_file
from kg.graph.manifest import Paper, Refusal
from kg.model import Extraction, Issue, RawDocument
from kg.pipeline.check import check_extraction
from kg.pipeline.pool import Done, Limits, WorkerPool
from kg.pipeline.readings import SUFFIX, ReadingFolder, sign_paper
from kg.pipeline.stages import Stages
from kg.pipeline.standing import Standing
from kg.read import Member, name_file, read_member
from kg.shards import ShardError, dump_shard, load_shard

_log = logging.getLogger(__name__)

Progress = Callable[[str, int, int, str], None]
"""Called with the step, how many of it are done, of how many, and what is at hand."""


def ignore_progress(step: str, done: int, total: int, what: str) -> None:
    """Says nothing."""


@dataclass(frozen=True, slots=True)
class Brief:
    """What a build says of a paper, with its issues: what the paper says stays in its shard, since of thousands of
    papers it would fill the memory."""

    paper: Paper
    issues: tuple[Issue, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: an Extraction, or the reason why there is none.  ``brief``: in place of an Extraction
    that is in its shard; ``recalled``: what the graph in use says of a paper that has not changed; ``same``: the paper
    was read again, and says what it said in the graph in use; ``kept``: its file was not parsed again."""

    path: Path
    extraction: Extraction | None
    refusal: Refusal | None
    reused: bool = False
    recalled: Paper | None = None
    same: bool = False
    kept: bool = False
    brief: Brief | None = None

    @property
    def paper(self) -> Paper | None:
        """What a build says of the paper; None where it was refused."""
        if self.extraction is not None:
            return describe_paper(self.extraction)
        return self.brief.paper if self.brief is not None else self.recalled


NOTHING_STANDS = Standing()


class ShardFolder:
    """The shards of a graph directory.

    A shard is used again where the paper's bytes (its name) and the signature of the stages are the same, or where
    ``standing`` says that what differs does not touch the paper.  ``reading`` is the signature of reading.
    """

    def __init__(self, folder: Path, signature: str, standing: Standing = NOTHING_STANDS, reading: str = "") -> None:
        self._folder = folder
        self._signature = signature
        self._standing = standing
        self.readings = ReadingFolder(folder, reading)

    def find(self, document: str) -> Extraction | None:
        """The Extraction in the shard of ``document``; None where there is none that still holds."""
        found = self._load(document)
        if found is None or any(issue.code == "needs_ocr" for issue in found[0].issues):
            return None  # OCR may have been installed since
        return found[0] if self._accepts(*found) else None

    def load(self, document: str) -> Extraction:
        """What a paper of this build says, as merging needs it.  Raises StoreError where its shard is lost."""
        found = self._load(document, whole=False)
        if found is None or not self._accepts(*found):
            hint = "build the graph again, and let nothing else write there"
            raise StoreError("the shard was lost while the build ran", where=str(self._path(document)), hint=hint)
        return found[0]

    def says_the_same(self, extraction: Extraction) -> bool:
        """Whether the shard of the graph in use, which does not hold any more, says what ``extraction`` says."""
        formerly = self._standing.formerly.get(extraction.document)
        found = self._load(extraction.document) if formerly else None
        return found is not None and found[1] == formerly and replace(found[0], source=extraction.source) == extraction

    def _accepts(self, extraction: Extraction, made_by: str) -> bool:
        return made_by in (self._sign(extraction), self._standing.accepted.get(extraction.document))

    def _load(self, document: str, *, whole: bool = True) -> tuple[Extraction, str] | None:
        try:
            text = self._path(document).read_text(encoding="utf-8", errors="surrogatepass")
            extraction, made_by = load_shard(text, whole=whole)
        except (OSError, UnicodeDecodeError, ShardError):
            return None
        return (extraction, made_by) if extraction.document == document else None

    def _sign(self, extraction: Extraction) -> str:
        return sign_paper(self._signature, extraction.issues)

    def holds(self, document: str) -> bool:
        """Whether there is a shard, which may be damaged or of another signature."""
        return self._path(document).is_file()

    def keep(self, extraction: Extraction) -> None:
        """Writes the shard.  Raises StoreError where that cannot be done."""
        path = self._path(extraction.document)
        with refusing("the shard cannot be written", path, "check the free disk space"):
            # two processes may write the shard of one paper at once, where it is there twice
            write_file(path, dump_shard(extraction, self._sign(extraction)), suffix=f".{os.getpid()}.new")

    def prune(self, documents: set[str]) -> None:
        """Removes the shards and readings of all other documents, and what a killed build left half written."""
        for path in sorted(self._folder.iterdir()):
            if path.suffix not in (".json", SUFFIX) or path.stem not in documents:
                path.unlink(missing_ok=True)

    def _path(self, document: str) -> Path:
        return self._folder / f"{document}.json"


def process_papers(
    files: list[Path], stages: Stages, shards: ShardFolder | None, progress: Progress
) -> Iterator[Outcome]:
    """What became of each file, in the order given.  A paper that fails stops none of the others."""
    for done, path in enumerate(files):
        progress("read", done, len(files), name_file(path))
        yield from process_file(path, stages, shards)
    progress("read", len(files), len(files), "")


def process_file(path: Path, stages: Stages, shards: ShardFolder | None) -> Iterator[Outcome]:
    """What became of the paper, or of each of the papers, in a file."""
    source = name_file(path)
    if stages.members is None:
        yield _process(path, source, partial(stages.read, path, source), stages, shards)
        return
    try:
        for member in stages.members(path, source):
            yield process_member(path, member, stages, shards)
    except (StoreError, MemoryError):
        raise
    except Exception as error:
        yield Outcome(path, None, _failed(source, error))


def process_member(path: Path, member: Member, stages: Stages, shards: ShardFolder | None) -> Outcome:
    """What became of one paper in the file at ``path``."""
    if shards is not None and member.error is None:
        # told by its bytes alone, before a reader spends time on it
        document = hashlib.sha256(member.data).hexdigest()
        known = shards.find(document)
        if known is not None:
            return Outcome(path, replace(known, source=member.source), None, reused=True)
        raw = shards.readings.find(document, member.source)
        if raw is not None:
            return replace(_process(path, member.source, lambda: raw, stages, shards), kept=True)
    return _process(path, member.source, partial(read_and_keep, member, shards), stages, shards)


def read_and_keep(member: Member, shards: ShardFolder | None) -> RawDocument:
    """The paper as ``read_member`` reads it, kept where that is worth it."""
    raw = read_member(member)
    if shards is not None:
        shards.readings.keep(raw)
    return raw


def _process(
    path: Path, source: str, read: Callable[[], RawDocument], stages: Stages, shards: ShardFolder | None
) -> Outcome:
    try:
        raw = read()
        known = shards.find(raw.id) if shards is not None else None
        if known is not None:
            return Outcome(path, replace(known, source=source), None, reused=True)
        extraction = stages.extract(raw)
        check_extraction(extraction)
    except ReadError as error:
        return Outcome(path, None, Refusal(source, error.code, _reason(error)))
    except (StoreError, MemoryError):
        raise
    # One paper that a rule cannot cope with must not stop the others; it is named, counted and refused.
    except Exception as error:
        return Outcome(path, None, _failed(source, error))
    same = False
    if shards is not None:
        same = shards.says_the_same(extraction)
        shards.keep(extraction)
    return Outcome(path, extraction, None, same=same)


def _failed(source: str, error: Exception) -> Refusal:
    _log.debug("%s failed", source, exc_info=error)
    return Refusal(source, "failed", f"{type(error).__name__}: {error}")


def restore(path: Path, document: str, source: str, shards: ShardFolder) -> Outcome | None:
    """The paper of an unchanged file; None where its shard is lost."""
    known = shards.find(document)
    return shorten(Outcome(path, replace(known, source=source), None, reused=True)) if known is not None else None


def _reason(error: KgError) -> str:
    return f"{error.what}. Try: {error.hint}" if error.hint else error.what


# --- by several processes ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Reader:
    """Makes, in a worker process, what reads files there: the stages that ``make(config)`` gives, with the shards in
    ``folder``, of which ``standing`` hold."""

    make: Callable[[Config], Stages]
    config: Config
    folder: Path
    standing: Standing = NOTHING_STANDS

    def __call__(self) -> Callable[[Path], Iterator[Outcome]]:
        stages = self.make(self.config)
        shards = ShardFolder(self.folder, stages.signature, self.standing, stages.sign_reading())

        def read_file(path: Path) -> Iterator[Outcome]:
            yield from map(shorten, process_file(path, stages, shards))

        return read_file


def process_in_pool(files: list[Path], reader: Reader, progress: Progress) -> Iterator[Outcome]:
    """As ``process_papers``, by worker processes as the settings say.  A file that takes more time or memory than they
    allow, or that ends its process, is refused with what it gave before."""
    config = reader.config
    limits = Limits(config.paper_seconds, int(config.paper_memory_mb * 1_000_000))
    pool: WorkerPool[Path, Outcome] = WorkerPool(reader, workers=config.processes, limits=limits)
    ended: dict[int, Done[Path, Outcome]] = {}
    next_number = 0
    progress("read", 0, len(files), "")
    for done, item in enumerate(pool.run(files), 1):
        progress("read", done, len(files), name_file(item.job))
        ended[item.number] = item
        while next_number in ended:
            yield from _told(ended.pop(next_number), files[next_number])
            next_number += 1


def _told(done: Done[Path, Outcome], path: Path) -> Iterator[Outcome]:
    yield from done.results
    if done.loss is not None:
        hint = LOSS_HINTS[done.loss.code]
        yield Outcome(path, None, Refusal(name_file(path), done.loss.code, f"{done.loss.reason}. Try: {hint}"))


LOSS_HINTS = {
    "time_limit": "a larger paper_seconds in kg.toml, or leave the file out",
    "memory_limit": "a larger paper_memory_mb in kg.toml, or leave the file out",
    "crashed": "leave the file out, and report it",
}


def shorten(outcome: Outcome) -> Outcome:
    """With a brief in place of what the paper says, which is in its shard."""
    found = outcome.extraction
    if found is None:
        return outcome
    return replace(outcome, extraction=None, brief=Brief(describe_paper(found), found.issues))


def describe_paper(extraction: Extraction) -> Paper:
    """What a build says of a paper."""
    return Paper(
        id=extraction.document,
        source=extraction.source,
        form=extraction.form,
        media_type=extraction.media_type,
        characters=extraction.characters,
        claims=len(extraction.claims),
        issues=tuple(sorted(Counter(i.code for i in all_issues(extraction.issues, len(extraction.claims))).items())),
    )


def all_issues(issues: tuple[Issue, ...], claims: int) -> tuple[Issue, ...]:
    """The issues of a paper, and that it states nothing."""
    if claims:
        return issues
    return (*issues, Issue("no_facts", "the file was read, and no decision, project or financing found"))


def lighten(extraction: Extraction) -> Extraction:
    """Without the ledger, which stays in the shard: of thousands of papers it would fill the memory."""
    return replace(extraction, ledger=())
