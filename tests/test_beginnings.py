"""Patterns that are tried at fitting words only find what the plain expression finds."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.beginnings import BegunPattern, beginnings
from kg.phrases import PhrasePattern, alternation

EXPRESSIONS = [
    r"(?<!\w)(?:bygg|bygger)\s+(?:vidare\s+)?på(?!\w)",
    r"(?<!\w)(?:(?:är|blir)\s+)?(?:en|ett)\s+fortsättning(?!\w)",
    r"(?<!\w)ta(?:r|git)?\s+vid(?!\w)|(?<!\w)å\s+ä",
    r"(?<!\w)(?:den\s+)?nya?(?!\w)",
]
WORDS = [
    "bygger",
    "Bygg",
    "vidare",
    "på",
    "är",
    "en",
    "ett",
    "fortsättning",
    "tar",
    "tagit",
    "vid",
    "den",
    "ny",
    "nya",
    "å",
    "ä",
    "och",
    ",",
]


@pytest.mark.parametrize("expression", EXPRESSIONS)
@given(words=st.lists(st.sampled_from(WORDS), max_size=20), gap=st.sampled_from([" ", "  ", "\n"]))
@settings(max_examples=60, deadline=None)
def test_finds_what_the_plain_expression_finds(expression: str, words: list[str], gap: str) -> None:
    text = gap.join(words)
    plain = [m.span() for m in re.finditer(expression, text, re.IGNORECASE)]
    assert [m.span() for m in BegunPattern(expression).finditer(text)] == plain


def test_beginnings_are_the_first_letters() -> None:
    assert beginnings(r"(?:bygg|tar)\s+på") == {"bygg", "tar"}
    assert beginnings(r"(?:är\s+)?fort") == {"är", "fort"}
    assert beginnings(r"\w+projekt") == {""}


PHRASES = ["bygger på", "bygger vidare på", "en ny", "ny", "i", "1:1-anslaget", "– men", "(kr)"]


@given(
    words=st.lists(
        st.sampled_from(
            ["bygger", "vidare", "på", "en", "ny", "i", "och", "nyhet", *("1:1-anslaget", "–", "men", "(kr)", "Ny.")]
        ),
        max_size=25,
    )
)
@settings(max_examples=150, deadline=None)
def test_phrases_are_found_as_by_their_alternation(words: list[str]) -> None:
    text = " ".join(words)
    plain = [m.span() for m in re.finditer(alternation(PHRASES), text, re.IGNORECASE)]
    assert [m.span() for m in PhrasePattern(PHRASES).finditer(text)] == plain
    first = re.compile(alternation(PHRASES), re.IGNORECASE).match(text)
    found = PhrasePattern(PHRASES).match(text)
    assert (found.span() if found else None) == (first.span() if first else None)
