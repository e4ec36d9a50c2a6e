"""The stages for one paper, joined: from a file to its Extraction."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from kg import __version__
from kg.annotate import Annotator
from kg.clean import clean
from kg.config import Config
from kg.extract import extract
from kg.lexicon import Lexicon, load_lexicon
from kg.model import Extraction, RawDocument
from kg.pipeline.stages import Stages
from kg.read import Member, members, read
from kg.registers import Registers, load_registers
from kg.resources import hash_files
from kg.shards import VERSION as SHARD_VERSION

# What an Extraction depends on beside the paper.
_CODE = ("read", "clean", "annotate", "extract", "model", "lexicon", "registers")
_LIBRARIES = ("spacy", "ftfy")


def make_stages(config: Config) -> Stages:
    """The stages as the settings want them.  Raises ResourceError where a register or the lexicon cannot be
    read."""
    registers = load_registers(config.registers)
    lexicon = load_lexicon()
    annotator = Annotator(registers, lexicon)
    made_from = (
        ("code", hash_code()),
        ("lexicon", lexicon.signature),
        ("registers", registers.signature),
        *((f"library {name}", _version(name)) for name in _LIBRARIES),
        ("shards", str(SHARD_VERSION)),
    )
    signature = hashlib.sha256("\n".join(f"{k}={v}" for k, v in made_from).encode()).hexdigest()

    def read_paper(path: Path, source: str) -> RawDocument:
        return read(path, source=source, limit=config.file_limit)

    def find_members(path: Path, source: str) -> Iterator[Member]:
        return members(path, source=source, limit=config.file_limit)

    return Stages(read_paper, _join(annotator, lexicon, registers), registers, signature, made_from, find_members)


def _join(annotator: Annotator, lexicon: Lexicon, registers: Registers) -> Callable[[RawDocument], Extraction]:
    def extract_paper(raw: RawDocument) -> Extraction:
        return extract(annotator.annotate(clean(raw)), lexicon, registers)

    return extract_paper


@cache
def hash_code() -> str:
    """A hash over the version and the modules that turn a file into a shard."""
    folder = Path(__file__).resolve().parent.parent
    digest = hashlib.sha256(__version__.encode())
    for name in _CODE:
        package, module = folder / name, folder / f"{name}.py"
        digest.update(hash_files(package).encode() if package.is_dir() else module.read_bytes())
    return digest.hexdigest()


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return "none"
