"""Python's search for cycles is put back as it was, whoever reads papers within a program and however often."""

from __future__ import annotations

import gc
import subprocess
import sys

import pytest

from kg.collector import settled

FORMERLY = (701, 11, 12)


@pytest.fixture(autouse=True)
def collector():
    before = gc.get_threshold()
    gc.set_threshold(*FORMERLY)
    yield
    gc.unfreeze()
    gc.set_threshold(*before)


def test_what_lives_is_passed_over_within_and_searched_again_after():
    with settled():
        assert gc.get_freeze_count() > 1000
        assert gc.get_threshold()[0] > 10_000
    assert gc.get_freeze_count() == 0
    assert gc.get_threshold() == FORMERLY


def test_all_is_put_back_where_the_work_fails():
    with pytest.raises(ValueError), settled():
        raise ValueError
    assert (gc.get_freeze_count(), gc.get_threshold()) == (0, FORMERLY)


def test_two_at_once_that_end_in_another_order():
    first, second = settled(), settled()
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    assert gc.get_freeze_count() > 1000
    second.__exit__(None, None, None)
    assert (gc.get_freeze_count(), gc.get_threshold()) == (0, FORMERLY)


def test_what_the_program_froze_stays_frozen():
    gc.freeze()
    count = gc.get_freeze_count()
    with settled():
        pass
    assert gc.get_freeze_count() > count - 100 > 0  # some may have died


def test_a_program_has_its_collector_back_after_reading_papers(root):
    """A generator that is left half way too, and a build by the stages of this process."""
    program = f"""
import gc
from pathlib import Path
from kg.pipeline import extract_paths
before = gc.get_threshold()
found = extract_paths([Path({str(root / "data" / "documents")!r})])
next(found)
assert gc.get_freeze_count() > 1000
found.close()
assert (gc.get_freeze_count(), gc.get_threshold()) == (0, before)
"""
    subprocess.run([sys.executable, "-c", program], check=True)


def test_cycles_made_within_are_found():
    """What papers leave behind does not pile up: a search still begins, only later."""

    class Ring:
        made = 0

        def __init__(self) -> None:
            self.ring = self
            Ring.made += 1

        def __del__(self) -> None:
            Ring.made -= 1

    with settled():
        for _ in range(100_000):
            Ring()
        assert Ring.made < 50_000
