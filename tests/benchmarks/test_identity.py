"""Resolution grows with the names, not with their pairs."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from kg.registers import load_registers
from kg.resolve import resolve
from tests.benchmarks.counting import count_calls


@pytest.fixture(scope="module")
def mentions() -> ModuleType:
    path = Path(__file__).resolve().parents[2] / "benchmarks" / "mentions.py"
    spec = importlib.util.spec_from_file_location("mentions", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["mentions"] = module
    spec.loader.exec_module(module)
    return module


def test_three_times_the_mentions_take_little_more_than_three_times_the_calls(mentions: ModuleType) -> None:
    registers = load_registers()
    small, large = (list(mentions.make_papers(size, registers)) for size in (2000, 6000))
    resolve(small, registers)  # reads the lexicon and the registers
    calls = [count_calls(lambda papers=papers: resolve(papers, registers)) for papers in (small, large)]
    assert calls[1] < 3.5 * calls[0]


def test_the_organisations_are_found_again(mentions: ModuleType) -> None:
    registers = load_registers()
    papers = list(mentions.make_papers(5000, registers))
    names = {c.value.lexical for p in papers for c in p.claims if c.value.kind == "organisation"}
    found = [e for e in resolve(papers, registers).entities if e.type == "Organisation"]
    # 1,000 organisations in more than twice as many writings; slips of the pen stay undecided
    assert len(names) > 2000 and 950 <= len(found) <= 1150
