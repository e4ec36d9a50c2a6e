"""What is decided on which project, in papers of many forms, each written for its test."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from kg.annotate.annotator import Annotator
from kg.clean import clean
from kg.extract import extract, record
from kg.lexicon import load_lexicon
from kg.read import read
from kg.registers import load_registers

PAPERS = Path(__file__).with_name("acts")
ACTS = tomllib.loads((PAPERS / "acts.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    return Annotator(load_registers())


@pytest.mark.parametrize("name", sorted(ACTS))
def test_acts_of_form(name: str, annotator: Annotator) -> None:
    """Project and outcome of every decision of the paper."""
    paper = read(PAPERS / f"{name}.txt")
    rows = record(extract(annotator.annotate(clean(paper)), load_lexicon(), load_registers()))["decisions"]
    assert sorted([row["project"], row["outcome"]] for row in rows) == sorted(ACTS[name])


def test_each_paper_has_its_acts() -> None:
    assert {path.stem for path in PAPERS.glob("*.txt")} == set(ACTS)
