"""The nouns behind which the name of a project stands."""

from __future__ import annotations

import pytest

from kg.extract.cuewords import CuePattern, cue_pattern
from kg.lexicon import load_lexicon


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Projektet Havet", ["Projektet "]),
        ("i projektet med namnet Havet", ["projektet med namnet "]),
        ("förstudien: Havet, EU-projektet  Ljus", ["förstudien: ", "EU-projektet  "]),
        ("Skräddarprojektet\nHavet", ["Skräddarprojektet\n"]),  # any word that ends so
        ("projektets mål, aprojektet Havet, projektet.", []),
    ],
)
def test_nouns_before_a_name(text, expected):
    pattern = cue_pattern(load_lexicon())
    for padded in (text, text + "\n" + "å " * 300):
        assert [m.group() for m in pattern.finditer(padded)] == expected
        for m in pattern.finditer(padded):
            assert pattern.match(padded, m.start()).span() == m.span()


def test_the_shorter_noun_holds_where_the_longer_does_not_lead_on():
    pattern = CuePattern(("projektet", "projektet med"), ("satsen",))
    assert pattern.match("projektet med Havet").group() == "projektet med "
    assert pattern.match("projektet med: Havet").group() == "projektet med: "
    assert pattern.match("projektet med, Havet").group() == "projektet "
    assert pattern.match("insatsen Havet") is None  # too short before the ending
    assert pattern.match("storinsatsen Havet").group() == "storinsatsen "


def test_a_window_ends_the_search():
    pattern = cue_pattern(load_lexicon())
    text = "Projektet Havet och projektet Ljus"
    assert [m.start() for m in pattern.finditer(text, 3)] == [20]
    assert [m.start() for m in pattern.finditer(text, 0, 25)] == [0]
    assert pattern.match(text, 0, 9) is None
