"""The stages for one paper, joined: from a file to its Extraction."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from kg.annotate import Annotator
from kg.clean import clean
from kg.config import Config
from kg.extract import extract
from kg.lexicon import Lexicon, load_lexicon
from kg.model import AnnotatedDocument, Extraction, RawDocument
from kg.pipeline.signatures import hash_parts, sign_reading
from kg.pipeline.stages import Stages
from kg.read import Member, members, read
from kg.registers import Registers, load_registers


def make_stages(config: Config) -> Stages:
    """The stages as the settings want them.  Raises ResourceError where a register or the lexicon cannot be
    read."""
    registers = load_registers(config.registers, config.own_registers)
    lexicon = load_lexicon()
    annotator = Annotator(registers, lexicon)
    made_from = sign_reading(registers.signature)
    signature = hash_parts(made_from)

    def read_paper(path: Path, source: str) -> RawDocument:
        return read(path, source=source, limit=config.file_limit)

    def find_members(path: Path, source: str) -> Iterator[Member]:
        return members(path, source=source, limit=config.file_limit)

    def annotate(raw: RawDocument) -> AnnotatedDocument:
        return annotator.annotate(clean(raw))

    extract_paper = _join(annotate, lexicon, registers)
    return Stages(read_paper, extract_paper, registers, signature, made_from, find_members, annotate)


def _join(
    annotate: Callable[[RawDocument], AnnotatedDocument], lexicon: Lexicon, registers: Registers
) -> Callable[[RawDocument], Extraction]:
    def extract_paper(raw: RawDocument) -> Extraction:
        return extract(annotate(raw), lexicon, registers)

    return extract_paper
