"""Lists of phrases found in text: the same as their plain alternation finds, without compiling it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.lexicon import load_lexicon
from kg.phrases import PhrasePattern, alternation, compile_phrases, find_words

PHRASES = (
    "i",
    "i samband med",
    "I samband",
    "e-tjänst",
    "bl.a.",
    "a",
    "med",
    "med stöd",
    "på  grund",
    "(a",
    "1:1 anslag",
)
words = st.sampled_from(
    ["i", "samband", "med", "stöd", "e", "tjänst", "bl", "a", "på", "grund", "1", "anslag", "MED", "_"]
)
gaps = st.sampled_from([" ", "  ", "\n", "-", ".", ". ", ":", " (", "", "\t \n"])


def spans(found) -> list[tuple[int, int, str]]:
    return [(m.start(), m.end(), m.group()) for m in found]


@given(
    parts=st.lists(st.tuples(words, gaps), max_size=12),
    listed=st.lists(st.sampled_from(PHRASES), min_size=1, max_size=6),
    long=st.booleans(),
    data=st.data(),
)
def test_finds_what_the_alternation_finds(parts, listed, long, data):
    text = "".join(word + gap for word, gap in parts) + (" å" * 201 if long else "")
    low = data.draw(st.integers(0, min(40, len(text))))
    high = data.draw(st.integers(low, min(60, len(text))))
    while long and 0 < high < len(text) and text[high - 1 : high + 1].replace("_", "a").isalnum():
        high += 1  # in a whole paper words are looked up as they stand, and none is cut
    pattern, plain = PhrasePattern(listed), re.compile(alternation(listed), re.IGNORECASE)
    assert spans(pattern.finditer(text, low, high)) == spans(plain.finditer(text, low, high))
    assert spans(pattern.finditer(text)) == spans(plain.finditer(text))
    for name in ("search", "match"):
        ours, theirs = (getattr(p, name)(text, low, high) for p in (pattern, plain))
        assert (ours and ours.span()) == (theirs and theirs.span()), name
    assert (pattern.fullmatch(text) is None) == (plain.fullmatch(text) is None)


@pytest.mark.parametrize("path", [("decisions", "proposes"), ("lineage", "related", "phrases"), ("lists", "granted")])
def test_every_phrase_of_the_lexicon_is_found(path):
    phrases = load_lexicon().words(*path)
    pattern = compile_phrases(phrases)
    for phrase in phrases:
        text = f"Så, {phrase.upper()} och".replace(" ", " \n")
        found = pattern.search(text)
        assert found is not None and found.group().casefold().split() == phrase.casefold().split()


def test_no_expression_is_compiled(monkeypatch):
    pattern = PhrasePattern(["i samband med", "stöd", "stöd från"])
    monkeypatch.setattr(re, "compile", lambda *_: pytest.fail("compiled"))
    assert spans(pattern.finditer("Ett stöd  från Y i samband")) == [(4, 14, "stöd  från")]


def test_the_longest_phrase_wins_though_the_window_cuts_it():
    pattern = PhrasePattern(["stöd", "stöd från"])
    assert pattern.search("stöd från Y").group() == "stöd från"
    assert pattern.search("stöd från Y", 0, 6).group() == "stöd"


@pytest.mark.parametrize("cased", [True, False])
@given(
    parts=st.lists(st.tuples(words, gaps), max_size=12), phrase=st.sampled_from(["i samband", "med", "MED  stöd", "a"])
)
def test_words_are_found_within_words_too(cased, parts, phrase):
    text = "".join(word + gap for word, gap in parts)
    plain = re.compile(r"\s+".join(map(re.escape, phrase.split())), re.NOFLAG if cased else re.IGNORECASE)
    expected = [m.span() for at in range(len(text)) if (m := plain.match(text, at))]
    assert list(find_words(text, phrase, cased=cased)) == expected
