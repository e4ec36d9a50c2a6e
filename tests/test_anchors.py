"""Where an expression can match at all: every match holds one of its anchors."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg.anchors import find_anchors, find_spots
from kg.annotate import Annotator
from kg.clean import clean
from kg.errors import ResourceError
from kg.extract.view import View
from kg.lexicon import load_lexicon, shape, spots_of
from kg.read import read
from kg.registers import load_registers


@pytest.mark.parametrize(
    ("expression", "anchors"),
    [
        (r"\bprioritering(?:en)?", {"prioritering"}),
        (r"(?:bifall|avslag)\b", {"bifall", "avslag"}),
        (r"(?:Region|kommun)? ?beslut\w*", {"beslut"}),
        (r"(?:ab|beslut)", set()),  # a match may be of two letters only
        (r"(?:beslut)?", set()),
        (r"(?:beslut ){2,}\d", {"beslut "}),
        (r"(?=beslut)\w+", set()),
        (r"(?i:Års)möte", {"möte"}),
    ],
)
def test_anchors_of_an_expression(expression, anchors):
    assert find_anchors(expression) == anchors


def test_every_match_in_the_papers_holds_an_anchor(root: Path):
    shapes = load_lexicon().shapes
    texts = [clean(read(p)).text for p in sorted((root / "data" / "documents").iterdir())]
    tried = 0
    for key in shapes.names():
        try:
            pattern, anchors = shapes.compiled(*key), find_anchors(shapes.fill(*key))
        except ResourceError:  # has slots that code fills
            continue
        for text in texts:
            for found in pattern.finditer(text):
                tried += 1
                assert not anchors or any(word in found.group().lower() for word in anchors), (key, found)
    assert tried > 1000


def test_spots_are_where_anchors_stand():
    assert find_spots("Beslut: avslag, BESLUT", frozenset({"beslut", "bifall"})) == [0, 16]
    assert find_spots("Inget här", frozenset({"beslut"})) == []
    assert find_spots("Inget här", frozenset()) is None  # a match may be anywhere
    assert find_spots("İ beslut", frozenset({"beslut"})) is None  # small letters take more room


def test_units_with_are_those_that_match(root: Path):
    annotator = Annotator(load_registers(), load_lexicon())
    pattern = shape("listing", "all")
    phrases = load_lexicon().pattern("lists", "granted")
    matching = 0
    for path in sorted((root / "data" / "documents").iterdir()):
        view = View(annotator.annotate(clean(read(path))))
        for wanted in (pattern, phrases):
            with_it = [u for u in view.units if wanted.search(view.text, u.start, u.end)]
            found = view.units_with(wanted)
            matching += len(with_it)
            assert set(with_it) <= set(found) and list(found) == sorted(found, key=lambda u: u.start)
            blocks = [i for i, b in enumerate(view.blocks) if wanted.search(view.text, b.start, b.end)]
            assert set(blocks) <= set(view.blocks_with(wanted))
        assert [u for u in view.units if view.spans_in(u.start, u.end, "money")] == [
            u for u in view.units_of("money") if view.spans_in(u.start, u.end, "money")
        ]
    assert matching > 20


def test_an_expression_of_another_kind_may_match_anywhere():
    assert spots_of(re.compile("beslut"), "Beslut") is None
    assert spots_of(shape("listing", "taken"), "Ett beslut, beslutet") == [12]
