"""The words by which a cell, a label's value or a heading names an outcome and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from kg.extract.view import View
from kg.lexicon import ONE_PAPER, Lexicon, PhrasePattern, fold, shape

_LABELLED = shape("triggers", "labelled")
_OUTCOME_WORD = shape("triggers", "outcome_word")
_DECISION_LABEL = shape("triggers", "decision_label")
_LISTS = (("reject", "rejected_words"), ("other", "other_words"), ("grant", "granted_words"))


@lru_cache(maxsize=8)
def outcome_names(lexicon: Lexicon) -> frozenset[str]:
    """All words for outcomes."""
    return frozenset(w for _, key in _LISTS for w in lexicon.words("labels", key))


@lru_cache(maxsize=8)
def _by_first_word(lexicon: Lexicon) -> dict[str, list[tuple[str, str]]]:
    """The words for outcomes, each with its outcome, by what stands before their first blank."""
    found: dict[str, list[tuple[str, str]]] = {}
    for outcome, key in _LISTS:
        for words in lexicon.words("labels", key):
            found.setdefault(words.partition(" ")[0], []).append((words, outcome))
    return found


@lru_cache(maxsize=8)
def _beginnings(lexicon: Lexicon) -> PhrasePattern:
    return PhrasePattern(_by_first_word(lexicon))


def outcome_begins(lexicon: Lexicon, text: str, low: int, high: int) -> bool:
    """Whether one of the words with which an outcome is named stands in a part of the text."""
    return _beginnings(lexicon).search(text, low, high) is not None


def blocks_of_outcomes(view: View, lexicon: Lexicon) -> Sequence[int]:
    """The indexes of the blocks in which such a word may stand, in order."""
    return view.blocks_with(_beginnings(lexicon))


@lru_cache(maxsize=ONE_PAPER)
def outcome_word(lexicon: Lexicon, text: str) -> str | None:
    """``grant``, ``reject`` or ``other`` where the words of a cell or value begin with such words."""
    first = text.strip(" .:\n\t").partition(" ")[0].casefold()
    if first.isalnum() and first not in _by_first_word(lexicon):
        return None  # most often, and told without folding the rest
    words = fold(text).strip(" .:")
    for name, outcome in _by_first_word(lexicon).get(words.partition(" ")[0], ()):
        if words == name or words.startswith(name + " "):
            return outcome
    return None


@lru_cache(maxsize=8)
def _outcome_words(lexicon: Lexicon) -> dict[str, str]:
    keys = (("grant", "granted"), ("reject", "rejected"), ("other", "changed"))
    return {word: outcome for outcome, key in keys for word in lexicon.words("decisions", "outcomes", key)}


def labelled_outcomes(view: View, lexicon: Lexicon) -> Iterator[tuple[int, int, str]]:
    """Start, end and outcome of each that stands alone after 'Beslut:', or is a paragraph below that heading."""
    words = _outcome_words(lexicon)
    labels = lexicon.pattern("decisions", "outcomes", "labels")
    below = {index + 1 for index in view.blocks_with(_DECISION_LABEL)} & set(range(1, len(view.blocks)))
    for index in sorted(below.union(view.blocks_with(labels))):
        block = view.blocks[index]
        if block.kind not in ("paragraph", "list_item", "field"):
            continue
        reach = min(block.end, block.start + 90)
        led = labels.search(view.text, block.start, reach) is not None
        m = _LABELLED.match(view.text, block.start, reach) if led else None
        if m is None and index and view.blocks[index - 1].kind == "heading":
            above = view.text[view.blocks[index - 1].start : view.blocks[index - 1].end].casefold().rstrip(": ")
            if _DECISION_LABEL.search(above):
                m = _OUTCOME_WORD.match(view.text, block.start, block.end)
        if m is not None and (outcome := words.get(re.sub(r"\s+", " ", m.group(1)).casefold())) is not None:
            yield m.start(1), m.end(1), outcome
