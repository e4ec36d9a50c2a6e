"""Python's search for cycles, while papers are read one after the other."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

# Values for which a paper is read are many and hold no cycles: with Python's own 700 the search begins some fifty times
# for each paper, and finds nothing.
_THRESHOLDS = (20_000, 20, 20)
_lock = Lock()
_inside = 0
_before = gc.get_threshold()
_frozen = False


def settle() -> None:
    """Has the search pass over all that lives now (lexicon, registers, spaCy), and begin less often.

    For a process that does nothing but read papers from now on, and for good; to be called when all that it needs is
    loaded.  Going through what stays took a tenth of the time of extraction.
    """
    gc.freeze()
    gc.set_threshold(*_THRESHOLDS)


@contextmanager
def settled() -> Iterator[None]:
    """``settle`` while papers are read within a program that goes on to do other things: all is put back at the end.

    May be entered again before it is left, by threads too; what others froze stays frozen.
    """
    global _inside, _before, _frozen
    with _lock:
        _inside += 1
        if _inside == 1:
            _before = gc.get_threshold()
            _frozen = gc.get_freeze_count() == 0
            if _frozen:
                gc.freeze()
            gc.set_threshold(*_THRESHOLDS)
    try:
        yield
    finally:
        with _lock:
            _inside -= 1
            if _inside == 0:
                gc.set_threshold(*_before)
                if _frozen:
                    gc.unfreeze()
