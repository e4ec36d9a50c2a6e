"""What stands before the name of a project in a heading."""

from __future__ import annotations

import pytest

from kg.extract.headingwords import is_title_label, prefix_end
from kg.lexicon import load_lexicon


@pytest.mark.parametrize(
    ("before", "name"),
    [
        ("Ansökan om medfinansiering av projektet ", "Ljus i norr"),
        ("Medfinansiering till ", "Ljus i norr"),
        ("Beslut om  ansökan om\nstöd från anslag 1:1 till ", "Ljus i norr"),
        ("Ansökan om regionala företagsmedel ", "Ljus i norr"),
        ("Slutrapport: ", "Ljus i norr"),
        ("Återkallelse av - ", "Ljus i norr"),
        ("Sju fiskares bidrag till ", "Ljus i norr"),
    ],
)
def test_acts_and_means_are_passed(before, name):
    assert prefix_end(load_lexicon(), before + name, 0) == len(before)
    assert prefix_end(load_lexicon(), "§ 7 " + before + name, 4) == len(before) + 4


@pytest.mark.parametrize("heading", ["Ljus i norr", "Beslutsamma byar", "Stödjande nät", "Ansökan"])
def test_other_words_are_not(heading):
    assert prefix_end(load_lexicon(), heading, 0) is None


def test_labels_of_titles():
    lexicon = load_lexicon()
    labels = ("Ansökan om regional medfinansiering", "Beslut om byabidrag", "Projektmedel")
    assert all(is_title_label(lexicon, words) for words in labels)
    assert not any(is_title_label(lexicon, words) for words in ("Ansökan om", "Sökande part", "Ansökan om hjälp"))


def test_an_application_to_a_fund_stands_before_the_name_of_its_project() -> None:
    lexicon = load_lexicon()
    for act in ("ESF-ansökan", "Interregansökan", "Medfinansieringsansökan"):
        assert prefix_end(lexicon, f"{act} Rörelse framåt", 0) == len(act) + 1
