"""Where in a paper an expression can match at all, told by the words that each of its matches holds.

Most rules look for words that most papers do not have.  From the parse tree of an expression come a few strings of
which every match holds one; a rule then looks only at the sentences in which one of them stands, and where a paper has
none of them the expression is neither tried nor compiled.
"""

from __future__ import annotations

import importlib
import re
from functools import lru_cache
from typing import Any

# the parser of regular expressions is part of the standard library, though not of its documented face
constants = importlib.import_module("re._constants")
parser = importlib.import_module("re._parser")

_LEAST = 3  # letters: what is shorter stands everywhere
_MOST = 60  # strings: more of them cost more than they spare
_REPEATS = (constants.MAX_REPEAT, constants.MIN_REPEAT, getattr(constants, "POSSESSIVE_REPEAT", None))


def find_anchors(expression: str) -> frozenset[str]:
    """Strings in lower case of which every match of the expression holds one; none where there are no such."""
    return _of_sequence(list(parser.parse(expression, re.IGNORECASE)))


def _of_sequence(items: list[tuple[Any, Any]]) -> frozenset[str]:
    """The best anchors of a sequence: those of one of its parts, of which the shortest is long and that are few."""
    found: list[frozenset[str]] = []
    run = ""
    for operation, value in [*items, (None, None)]:
        if operation is constants.LITERAL:
            run += chr(value).lower()
            continue
        if len(run) >= _LEAST:
            found.append(frozenset({run}))
        run = ""
        if operation is not None:
            found.append(_of_one(operation, value))
    return max(found, key=lambda words: (min(map(len, words), default=0), -len(words)), default=frozenset())


def _of_one(operation: Any, value: Any) -> frozenset[str]:
    if operation is constants.SUBPATTERN:
        return _of_sequence(list(value[-1]))
    if operation in _REPEATS and value[0] > 0:
        return _of_sequence(list(value[2]))
    if operation is constants.BRANCH:
        branches = [_of_sequence(list(branch)) for branch in value[1]]
        whole = frozenset().union(*branches)
        return whole if all(branches) and len(whole) <= _MOST else frozenset()
    return frozenset()


@lru_cache(maxsize=2)
def _fold(text: str) -> str | None:
    """A paper in lower case; None where a letter became several, so that offsets differ."""
    folded = text.lower()
    return folded if len(folded) == len(text) else None


def find_spots(text: str, anchors: frozenset[str]) -> list[int] | None:
    """Where anchors begin in a paper, in order; None where that is not known, so that a match may be anywhere."""
    folded = _fold(text)
    if folded is None or not anchors:
        return None
    spots: list[int] = []
    for word in anchors:
        at = folded.find(word)
        while at >= 0:
            spots.append(at)
            at = folded.find(word, at + 1)
    spots.sort()
    return spots
