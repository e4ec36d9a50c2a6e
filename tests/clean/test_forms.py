"""The block structure of papers in the forms that are met, against golden files.

After a change that is meant, run ``KG_GOLDEN=write pytest tests/clean/test_forms.py`` and read the difference.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kg.clean import clean, describe
from kg.read import read
from tests.clean.invariants import check_document

FORMS = Path(__file__).parent / "forms"
PAPERS = sorted(path for path in FORMS.iterdir() if path.suffix in (".txt", ".html"))


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: path.stem)
def test_form(paper: Path) -> None:
    document = clean(read(paper, source=paper.name))
    check_document(document)
    golden = paper.with_suffix(".blocks")
    if os.environ.get("KG_GOLDEN") == "write":
        golden.write_text(describe(document) + "\n", encoding="utf-8")
    assert describe(document) + "\n" == golden.read_text(encoding="utf-8")


def test_every_form_has_a_golden_file() -> None:
    assert {path.stem for path in PAPERS} == {path.stem for path in FORMS.glob("*.blocks")}
