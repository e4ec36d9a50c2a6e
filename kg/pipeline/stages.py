"""What a build needs to know of the stages for one paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.model import AnnotatedDocument, Extraction, RawDocument
from kg.read import Member
from kg.registers import Registers


@dataclass(frozen=True, slots=True)
class Stages:
    """What reads a paper and what makes it a shard.

    ``read(path, source)`` raises ReadError for a file that is no paper; ``members(path, source)``, where it is given,
    finds the papers in a file that may hold several, and is used in place of ``read``.  ``annotate`` gives what
    ``extract`` looks at, for a language model.  ``signature`` changes whenever
    the same bytes could give another Extraction; ``made_from`` says of what it is the hash.
    """

    read: Callable[[Path, str], RawDocument]
    extract: Callable[[RawDocument], Extraction]
    registers: Registers
    signature: str
    made_from: tuple[tuple[str, str], ...]
    members: Callable[[Path, str], Iterator[Member]] | None = None
    annotate: Callable[[RawDocument], AnnotatedDocument] | None = None
