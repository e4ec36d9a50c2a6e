"""From files to shards: every paper by itself, unchanged ones from the shard of before."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from kg.errors import KgError, ReadError, StoreError
from kg.graph.files import write_file
from kg.graph.manifest import Refusal
from kg.model import Extraction
from kg.pipeline.check import check_extraction
from kg.pipeline.stages import Stages
from kg.shards import ShardError, dump_shard, load_shard

_log = logging.getLogger(__name__)

Progress = Callable[[str, int, int, str], None]
"""Called with the step, how many of it are done, of how many, and what is at hand."""


def ignore_progress(step: str, done: int, total: int, what: str) -> None:
    """Says nothing."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: an Extraction, or the reason why there is none."""

    path: Path
    extraction: Extraction | None
    refusal: Refusal | None
    reused: bool = False


class ShardFolder:
    """The shards of a graph directory.

    A shard is used again where the paper's bytes (its name) and the signature of the stages are the same.
    """

    def __init__(self, folder: Path, signature: str) -> None:
        self._folder = folder
        self._signature = signature

    def find(self, document: str) -> Extraction | None:
        """The Extraction in the shard of ``document``; None where there is none that still holds."""
        try:
            text = self._path(document).read_text(encoding="utf-8", errors="surrogatepass")
            extraction, made_by = load_shard(text)
        except (OSError, UnicodeDecodeError, ShardError):
            return None
        return extraction if made_by == self._signature and extraction.document == document else None

    def keep(self, extraction: Extraction) -> None:
        """Writes the shard.  Raises StoreError where that cannot be done."""
        path = self._path(extraction.document)
        try:
            write_file(path, dump_shard(extraction, self._signature))
        except OSError as error:
            raise StoreError(
                f"the shard cannot be written ({error.strerror or error})",
                where=str(path),
                hint="check the free disk space",
            ) from error

    def prune(self, documents: set[str]) -> None:
        """Removes the shards of all other documents, and what a killed build left half written."""
        for path in sorted(self._folder.iterdir()):
            if path.suffix != ".json" or path.stem not in documents:
                path.unlink(missing_ok=True)

    def _path(self, document: str) -> Path:
        return self._folder / f"{document}.json"


def process_papers(
    files: list[Path], stages: Stages, shards: ShardFolder | None, progress: Progress
) -> Iterator[Outcome]:
    """What became of each file, in the order given.  A paper that fails stops none of the others."""
    for done, path in enumerate(files):
        progress("read", done, len(files), str(path))
        yield _process(path, stages, shards)
    progress("read", len(files), len(files), "")


def _process(path: Path, stages: Stages, shards: ShardFolder | None) -> Outcome:
    source = path.as_posix()
    try:
        raw = stages.read(path, source)
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
        _log.debug("%s failed", source, exc_info=True)
        return Outcome(path, None, Refusal(source, "failed", f"{type(error).__name__}: {error}"))
    if shards is not None:
        shards.keep(extraction)
    return Outcome(path, extraction, None)


def _reason(error: KgError) -> str:
    return f"{error.what}. Try: {error.hint}" if error.hint else error.what
