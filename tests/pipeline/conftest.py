"""A small pipeline: papers with one matter a line ("Norrsken;granted;1000"), read by the real reader."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from kg.config import Config
from kg.errors import ResourceError
from kg.model import Extraction, RawDocument
from kg.pipeline import Stages
from kg.read import read
from kg.registers import Registers
from tests.papers import PaperMaker

NOW = datetime(2026, 1, 2, 3, 4, 5)


def hang() -> None:
    """Never ends, nor does the process that it starts, whose id is in the file named by KG_TEST_CHILD."""
    child = subprocess.Popen(["sleep", "600"])
    if "KG_TEST_CHILD" in os.environ:
        Path(os.environ["KG_TEST_CHILD"]).write_text(str(child.pid))
    time.sleep(600)


def eat_memory() -> None:
    held = []
    while True:
        held.append(bytearray(20_000_000))


def crash() -> None:
    """As a fault in a library written in C does."""
    os.kill(os.getpid(), signal.SIGSEGV)


MISDEEDS: dict[str, Callable[[], None]] = {"hang": hang, "eat": eat_memory, "crash": crash}


def extract_lines(raw: RawDocument) -> Extraction:
    """One decision a line, further values as "end=2025"; a line "boom" stands for a rule that fails."""
    paper = PaperMaker(raw.source)
    for line in raw.text.splitlines():
        if line == "boom":
            raise ValueError("a rule failed")
        if line == "interrupt":
            raise KeyboardInterrupt
        if line in MISDEEDS:
            MISDEEDS[line]()
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


def make_pool_stages(config: Config) -> Stages:
    """The same, to be made in worker processes."""
    return make_test_stages()


def make_broken_stages(config: Config) -> Stages:
    raise ResourceError("no registers", where="registers", hint="mend them")


def make_dying_stages(config: Config) -> Stages:
    if multiprocessing.parent_process() is not None:
        os._exit(3)
    return make_test_stages()
