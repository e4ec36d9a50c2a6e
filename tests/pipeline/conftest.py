"""A small pipeline: papers with one matter a line ("Norrsken;granted;1000"), read by the real reader."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from kg.config import Config
from kg.model import Extraction, RawDocument
from kg.pipeline import Stages
from kg.read import read
from kg.registers import Registers
from tests.papers import PaperMaker

NOW = datetime(2026, 1, 2, 3, 4, 5)


def extract_lines(raw: RawDocument) -> Extraction:
    """One decision a line, further values as "end=2025"; a line "boom" stands for a rule that fails."""
    paper = PaperMaker(raw.source)
    for line in raw.text.splitlines():
        if line == "boom":
            raise ValueError("a rule failed")
        if line == "interrupt":
            raise KeyboardInterrupt
        name, outcome, amount, *more = line.split(";")
        values = dict(pair.split("=", 1) for pair in more)
        paper.decision(paper.project(name), outcome, amount_sek=amount, **{"date": "2024-01-01", **values})
    made = paper.make()
    claims = tuple(replace(c, evidence=replace(c.evidence, document=raw.id)) for c in made.claims)
    return replace(made, document=raw.id, source=raw.source, claims=claims)


def make_test_stages(signature: str = "one", calls: list[str] | None = None) -> Stages:
    def extract(raw: RawDocument) -> Extraction:
        if calls is not None:
            calls.append(Path(raw.source).name)
        return extract_lines(raw)

    def read_paper(path: Path, source: str) -> RawDocument:
        return read(path, source=source, limit=1000)

    return Stages(read_paper, extract, Registers((), (), (), (), (), "none"), signature, (("rules", signature),))


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    (folder / "deep").mkdir(parents=True)
    (folder / "a.txt").write_text("Norrsken;proposed_grant;1000\n")
    (folder / "b.txt").write_text("Norrsken;granted;1000\nHavet;rejected;1\n")
    (folder / "deep" / "c.txt").write_text("Fjället;granted;7\n")
    (folder / ".hidden.txt").write_text("Hemligt;granted;7\n")
    return folder


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return Config(store=tmp_path / "graph")


@pytest.fixture
def stages() -> Callable[..., Stages]:
    return make_test_stages
