"""Extraction beside spaCy's tokenising of the same text: work counted, and one comparison of times with slack."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import spacy

from kg.annotate import Annotator
from kg.clean import clean
from kg.collector import settled
from kg.extract import extract
from kg.lexicon import load_lexicon
from kg.model import AnnotatedDocument, RawDocument
from kg.read import read
from kg.registers import load_registers
from tests.benchmarks.counting import count_calls

# Calls of functions for each token of a paper; they are the same on every machine.
MOST_CALLS = 65
# Calls for each sentence and each paragraph in which nothing stands that a rule looks for, so that a new rule asks only
# where its words stand: ``View.units_with``, ``units_of``, ``blocks_with``, ``blocks_of`` and ``may_hold`` tell where.
MOST_CALLS_OF_A_PLAIN_SENTENCE = 21
MOST_CALLS_OF_A_PLAIN_PARAGRAPH = 102
# Times as long as spaCy's tokenising; docs/benchmarks.md has the figures of a quiet machine.
MOST_TIMES = 6


@pytest.fixture(scope="module")
def annotated(root: Path) -> list[AnnotatedDocument]:
    annotator = Annotator(load_registers(), load_lexicon())
    return [annotator.annotate(clean(read(path))) for path in sorted((root / "data" / "documents").iterdir())]


def extract_all(annotated: list[AnnotatedDocument]) -> None:
    lexicon, registers = load_lexicon(), load_registers()
    for paper in annotated:
        extract(paper, lexicon, registers)


def test_calls_of_extraction_for_each_token(annotated):
    extract_all(annotated)  # compiles the patterns
    tokens = sum(len(paper.doc) for paper in annotated)
    assert tokens > 3000
    assert count_calls(lambda: extract_all(annotated)) <= MOST_CALLS * tokens


PLAIN = (
    "Det regnade länge över bergen och bäckarna steg.",
    "Fåglarna sjöng tidigt i skogen bakom huset.",
    "Vinden vred mot norr framåt kvällen.",
    "Löven gulnade sent och föll långsamt.",
)


@pytest.mark.parametrize(
    ("joint", "most"), [(" ", MOST_CALLS_OF_A_PLAIN_SENTENCE), ("\n\n", MOST_CALLS_OF_A_PLAIN_PARAGRAPH)]
)
def test_calls_for_what_no_rule_looks_for(root, joint, most):
    """A rule that searches every sentence or line, whatever stands there, shows here as one or two calls more."""
    lexicon, registers = load_lexicon(), load_registers()
    annotator = Annotator(registers, lexicon)
    paper = read(root / "data" / "documents" / "addifab-erfarenheter-pm.txt")

    def calls(number: int) -> int:
        more = joint.join(PLAIN[index % len(PLAIN)] for index in range(number))
        raw = RawDocument("0" * 64, paper.source, paper.media_type, f"{paper.text}\n\n{more}\n")
        annotated = annotator.annotate(clean(raw))
        assert len(annotated.sentences) > number
        extract(annotated, lexicon, registers)  # fills what is kept between papers
        return count_calls(lambda: extract(annotated, lexicon, registers))

    assert (calls(200) - calls(100)) / 100 <= most


def test_extraction_beside_tokenising(annotated):
    tokenizer = spacy.blank("sv").tokenizer
    texts = [paper.document.text for paper in annotated]

    def seconds(step: Callable[[], Any]) -> float:
        begun = time.process_time()
        step()
        return time.process_time() - begun

    ratios = []
    with settled():
        for _ in range(4):
            ours = seconds(lambda: extract_all(annotated))
            ratios.append(ours / seconds(lambda: [tokenizer(text) for text in texts]))
    assert min(ratios[1:]) <= MOST_TIMES, ratios
