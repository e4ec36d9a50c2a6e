"""What stands before the name of a project in a heading or a label: acts and means, 'Ansökan om medfinansiering av'.

The list of acts is long and stands in several shapes, each of which would be slow to compile and to try; so where acts
end is told by the words, and a shape is asked for what follows them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from kg.lexicon import Lexicon, alternation, shape
from kg.phrases import PhrasePattern

_BLANKS = re.compile(r"\s+")
_JOINT = shape("titles", "act_joint")
_OF_KIND = shape("titles", "of_kind")


def prefix_end(lexicon: Lexicon, text: str, low: int) -> int | None:
    """Where the acts and means that begin at an offset of a heading end; None where none stand there."""
    acts, means = _phrases(lexicon)
    of_means, of_acts, of_others = _shapes(lexicon)
    starts = list(_after_acts(acts, text, low, _BLANKS))
    for start in (*starts, low):
        if means.match(text, start) is not None and (m := of_means.match(text, start)) is not None:
            return m.end()
    for start in starts:
        if (m := of_acts.match(text, start)) is not None:
            return m.end()
    for start in _after_acts(acts, text, low, _JOINT):
        if text[start : start + 1].strip():
            return start
    m = of_others.match(text, low) if means.search(text, low) is not None else None
    return m.end() if m is not None else None


def is_title_label(lexicon: Lexicon, words: str) -> bool:
    """Whether words are the title of a matter up to the colon before its project: 'Ansökan om regional
    medfinansiering'."""
    acts, means = _phrases(lexicon)
    tail = _label_tail(lexicon)
    words = _OF_KIND.sub("", words)
    return means.fullmatch(words) is not None or any(
        tail.fullmatch(words, start) is not None for start in _after_acts(acts, words, 0, _BLANKS)
    )


def _after_acts(acts: PhrasePattern, text: str, low: int, joint: re.Pattern[str]) -> Iterator[int]:
    """Where acts, one or several with a joint behind each, may end: most and longest first."""
    for stop in acts.ends_at(text, low):
        if (joined := joint.match(text, stop)) is not None:
            yield from _after_acts(acts, text, joined.end(), joint)
            yield joined.end()


@lru_cache(maxsize=8)
def _phrases(lexicon: Lexicon) -> tuple[PhrasePattern, PhrasePattern]:
    acts, means = (lexicon.pattern("lineage", "projects", key) for key in ("heading_acts", "heading_means"))
    return acts, means


@lru_cache(maxsize=8)
def _shapes(lexicon: Lexicon) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Means that begin the heading, what follows acts there, and means after other words."""
    keys = ("heading_means", "heading_links")
    means, links = (alternation(lexicon.words("lineage", "projects", key)) for key in keys)
    return (
        shape("titles", "prefix_means", MEANS=means, LINKS=links),
        shape("titles", "prefix_after_acts", MEANS=means, LINKS=links),
        shape("titles", "prefix_others", MEANS=means, LINKS=links),
    )


@lru_cache(maxsize=8)
def _label_tail(lexicon: Lexicon) -> re.Pattern[str]:
    return shape("titles", "label_tail", MEANS=alternation(lexicon.words("lineage", "projects", "heading_means")))
