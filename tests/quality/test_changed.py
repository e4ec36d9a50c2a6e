"""Facts do not hang on where lines end or how sums, days and bullets are written."""

from __future__ import annotations

import pytest

from benchmarks.changed import CHANGES, changed_papers, measure
from kg.annotate import Annotator
from kg.registers import load_registers

# what a change may cost at most; measured on the first development set it costs about half of that
MOST = {
    "wrap-48": 0.03,
    "wrap-110": 0.03,
    "bullets-o": 0.02,
    "bullets-font": 0.005,
    "indent": 0.005,
    "sums-tkr": 0.02,
    "sums-dots": 0.02,
    "sums-close": 0.01,
    "dates-iso": 0.02,
    "dates-short": 0.01,
}


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    return Annotator(load_registers())


@pytest.mark.parametrize("name", sorted(MOST))
def test_a_change_of_form_costs_little(name: str, annotator: Annotator) -> None:
    count, before, after = measure(CHANGES[name], ("dev", "dev-2"), annotator)
    assert count > 3
    assert after >= before - MOST[name]


def test_other_names_stand_in_text_and_gold() -> None:
    seen = 0
    for _, text, gold, changed, fresh in changed_papers(CHANGES["names"], ("dev",)):
        for old, new in zip(gold["decisions"], fresh["decisions"], strict=True):
            if old["project"] != new["project"]:
                seen += 1
                assert old["project"] in text and old["project"] not in changed and new["project"] in changed
    assert seen > 20
