"""What a build needs to know of the stages for one paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.model import AnnotatedDocument, Extraction, RawDocument
from kg.pipeline.signatures import FILE_LIMIT, Parts, hash_parts
from kg.pipeline.vocabulary import Vocabulary
from kg.read import Member
from kg.registers import Registers


@dataclass(frozen=True, slots=True)
class Stages:
    """What reads a paper and what makes it a shard.

    ``read(path, source)`` raises ReadError for a file that is no paper; ``members(path, source)``, where it is given,
    finds the papers in a file that may hold several, and is used in place of ``read``.  ``annotate`` gives what
    ``extract`` looks at, for a language model.  ``signature`` changes whenever
    the same bytes could give another Extraction; ``made_from`` says of what it is the hash.  ``reading``: on what it
    depends which papers a file holds, and what text each has; where it is empty, on all of ``made_from``.
    ``vocabulary`` gives what of registers and lexicon can be told to touch single papers.
    """

    read: Callable[[Path, str], RawDocument]
    extract: Callable[[RawDocument], Extraction]
    registers: Registers
    signature: str
    made_from: Parts
    members: Callable[[Path, str], Iterator[Member]] | None = None
    annotate: Callable[[RawDocument], AnnotatedDocument] | None = None
    reading: Parts = ()
    vocabulary: Callable[[], Vocabulary] | None = None

    def sign_reading(self) -> str:
        """The signature of what reading gives; empty where that is not kept."""
        return hash_parts(tuple(part for part in self.reading if part[0] != FILE_LIMIT)) if self.reading else ""
