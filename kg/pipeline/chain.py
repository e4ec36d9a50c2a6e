"""The stages for one paper, joined: from a file to its Extraction."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from kg.annotate import Annotator
from kg.annotate.gazetteer import LISTS, list_lookups
from kg.clean import clean
from kg.config import Config
from kg.extract import extract
from kg.lexicon import Lexicon, load_lexicon
from kg.model import AnnotatedDocument, Extraction, RawDocument
from kg.pipeline.signatures import RESOLUTION_FILES, hash_parts, sign_extraction, sign_reading
from kg.pipeline.stages import Stages
from kg.pipeline.vocabulary import Vocabulary, hash_lexicon
from kg.read import Member, members, read
from kg.registers import Registers, load_registers
from kg.resources import data_path
from kg.sketches import sketch_words


def make_stages(config: Config) -> Stages:
    """The stages as the settings want them.  Raises ResourceError where a register or the lexicon cannot be
    read."""
    registers = load_registers(config.registers, config.own_registers)
    lexicon = load_lexicon()
    annotator = Annotator(registers, lexicon)
    made_from = sign_extraction(registers.signature)
    signature = hash_parts(made_from)

    def read_paper(path: Path, source: str) -> RawDocument:
        return read(path, source=source, limit=config.file_limit)

    def find_members(path: Path, source: str) -> Iterator[Member]:
        return members(path, source=source, limit=config.file_limit)

    def annotate(raw: RawDocument) -> AnnotatedDocument:
        return annotator.annotate(clean(raw))

    def list_vocabulary() -> Vocabulary:
        names, words = hash_lexicon(data_path("data", "lexicon"), LISTS, RESOLUTION_FILES)
        return Vocabulary(registers.files, names, words, list_lookups(registers, lexicon))

    return Stages(
        read_paper,
        _join(annotate, lexicon, registers),
        registers,
        signature,
        made_from,
        find_members,
        annotate,
        sign_reading(config.file_limit),
        list_vocabulary,
    )


def _join(
    annotate: Callable[[RawDocument], AnnotatedDocument], lexicon: Lexicon, registers: Registers
) -> Callable[[RawDocument], Extraction]:
    def extract_paper(raw: RawDocument) -> Extraction:
        annotated = annotate(raw)
        return replace(extract(annotated, lexicon, registers), words=sketch_words(annotated.document.text))

    return extract_paper
