"""The work that reading papers takes, counted, so that no test depends on the clock or on the machine.

Counted are the calls of functions, those of the engine for regular expressions among them: they are the same in
every run, and what grows faster than the papers shows in them.
"""

from __future__ import annotations

import functools
import gc
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from spacy.tokens import Doc

from kg.annotate import Annotator
from kg.clean import clean
from kg.config import Config
from kg.extract import extract
from kg.lexicon import load_lexicon
from kg.model import AnnotatedDocument, Claim, CleanDocument, Extraction, RawDocument
from kg.pipeline.build import default_stages
from kg.pipeline.stages import Stages
from kg.read import read
from kg.registers import load_registers
from tests.benchmarks.counting import count_calls

# Exactly twice, but for what is kept between papers or asked once of each.
DOUBLE = 2.1
# Twice as long, so twice the work; what compares all with all, as mentions with projects, adds to it.  Rules that
# read the whole paper anew for each of its parts would take four times as much.
TWICE_AS_LONG = 2.3


@pytest.fixture(scope="module")
def papers(root: Path) -> list[Path]:
    return sorted((root / "data" / "documents").iterdir())


@pytest.fixture(scope="module")
def stages() -> Stages:
    return default_stages(Config())


@pytest.fixture(scope="module")
def copies(papers: list[Path], tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The papers once more, each with a line of its own at the end."""
    folder = tmp_path_factory.mktemp("copies")
    found: list[Path] = []
    for path in papers:
        copy = folder / path.name
        copy.write_bytes(path.read_bytes() + (b"<!-- copy -->" if path.suffix == ".html" else b"\n\nAvskrift.\n"))
        found.append(copy)
    return found


def extract_all(stages: Stages, files: list[Path]) -> None:
    for path in files:
        stages.extract(stages.read(path, path.as_posix()))


def test_twice_the_papers_take_twice_the_work(stages, papers, copies):
    extract_all(stages, [*papers, *copies])  # fills what is kept between papers
    once = count_calls(lambda: extract_all(stages, papers))
    twice = count_calls(lambda: extract_all(stages, [*papers, *copies]))
    assert once > 100_000
    assert twice <= DOUBLE * once


def test_a_paper_twice_as_long_takes_twice_the_work(papers):
    lexicon, registers = load_lexicon(), load_registers()
    annotator = Annotator(registers, lexicon)
    longest = max((p for p in papers if p.suffix == ".txt"), key=lambda p: p.stat().st_size)
    raw = read(longest)
    double = RawDocument("0" * 64, raw.source, raw.media_type, f"{raw.text}\n\n{raw.text}")
    quadruple = RawDocument("1" * 64, raw.source, raw.media_type, f"{double.text}\n\n{double.text}")

    def steps(paper: RawDocument) -> dict[str, Callable[[], Any]]:
        cleaned = clean(paper)
        annotated = annotator.annotate(cleaned)
        extract(annotated, lexicon, registers)
        return {
            "clean": lambda: clean(paper),
            "annotate": lambda: annotator.annotate(cleaned),
            "extract": lambda: extract(annotated, lexicon, registers),
        }

    short, long = ({name: count_calls(step) for name, step in steps(p).items()} for p in (double, quadruple))
    growth = {name: long[name] / short[name] for name in short}
    assert all(factor <= TWICE_AS_LONG for factor in growth.values()), growth


def test_lexicon_and_registers_are_read_once(stages, papers):
    """No stage opens a file but the paper, and other stages share what the first have read."""
    opened = Counter[str]()
    listening = True

    def hear(event: str, arguments: tuple[Any, ...]) -> None:
        if listening and event == "open" and isinstance(arguments[0], (str, bytes, Path)):
            opened[Path(str(arguments[0])).name] += 1

    extract_all(stages, papers)
    sys.addaudithook(hear)  # it stays for good, and is deaf from the end of this test
    try:
        extract_all(stages, papers)
        again = default_stages(Config())
    finally:
        listening = False
    assert again.registers is stages.registers
    assert load_lexicon() is load_lexicon()
    data = {name for name in opened if name.endswith((".toml", ".csv"))}
    assert not data
    assert all(opened[path.name] == 1 for path in papers)


KEPT_BY_NOBODY = (RawDocument, CleanDocument, AnnotatedDocument, Doc, Extraction, Claim)


def live() -> Counter[str]:
    """How many papers, and parts of them, are in memory."""
    gc.collect()
    return Counter(type(o).__name__ for o in gc.get_objects() if isinstance(o, KEPT_BY_NOBODY))


def test_no_stage_keeps_papers(stages, papers, copies):
    extract_all(stages, papers)
    before = live()
    raw = read(papers[0])
    assert live() - before == {"RawDocument": 1}  # the count sees what is kept
    del raw
    extract_all(stages, copies)
    assert live() == before


def caches() -> Iterator[tuple[str, Any]]:
    """All caches of the project's functions."""
    for found in gc.get_objects():
        if isinstance(found, functools._lru_cache_wrapper) and str(found.__module__).startswith("kg."):
            yield f"{found.__module__}.{found.__qualname__}", found


def test_caches_without_a_limit_do_not_grow_with_the_papers(stages, papers, copies):
    """What is kept of every rule or list is bounded by these; what were kept of texts would grow for ever."""
    extract_all(stages, [*papers, *copies])
    unlimited = {name: c for name, c in caches() if c.cache_parameters()["maxsize"] is None}
    unlimited.pop("kg.extract.rules.confidence_of", None)  # one entry for each rule, when it is first used
    assert unlimited
    sizes = {name: c.cache_info().currsize for name, c in unlimited.items()}
    change = bytes.maketrans(b"123456789", b"234567891")  # other numbers throughout
    for path in copies:
        path.write_bytes(path.read_bytes().translate(change))
    extract_all(stages, copies)
    assert {name: c.cache_info().currsize for name, c in unlimited.items()} == sizes
