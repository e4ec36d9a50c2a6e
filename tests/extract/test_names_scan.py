"""Where names of projects begin and end in running text."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.annotate.annotator import Annotator
from kg.clean import clean
from kg.extract.names import clause_has_verb, scan_name
from kg.extract.view import View
from kg.lexicon import load_lexicon
from kg.read import read
from kg.registers import load_registers


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    return Annotator(load_registers())


@pytest.mark.parametrize(
    ("before", "name", "after"),
    [
        ("Nämnden beviljar 300 000 kronor till projektet ", "Värme ur gamla schakt", " under 2023."),
        ("Nämnden beviljar stöd till projektet ", "Värme", " ur anslag 1:1."),
        ("Bevilja projektet ", "Smart Gruva North", " medfinansiering med 2 mkr."),
        ("Styrelsen avslår ansökan om medel till projektet ", "Torget lever", "."),
        ("I går sa nämnden att projektet ", "Torget", " lever vidare."),
        ("Beslut om projektet ", "Kummin för alla", " sköts upp."),
        ("Stöd ges till projektet ", "Ung mot framtiden", ", som leds av Falu kommun."),
        ("Nämnden beviljade projektet ", "Hamn 2030", " 400 000 kronor."),
    ],
)
def test_name_ends_where_the_title_does(
    before: str, name: str, after: str, annotator: Annotator, tmp_path: Path
) -> None:
    path = tmp_path / "paper.txt"
    path.write_text(before + name + after, encoding="utf-8")
    view, lexicon = View(annotator.annotate(clean(read(path)))), load_lexicon()
    start = view.text.index(name)
    verbal = clause_has_verb(view, lexicon, 0, start)
    span = scan_name(view, lexicon, start, len(view.text), verbal=verbal)
    assert span is not None and view.text[slice(*span)] == name
