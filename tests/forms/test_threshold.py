"""The thresholds, measured: labelled papers held against each other, and papers of other kinds."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from kg.forms import Catalogue, Fingerprint, FormReader, KnownPaper, judge, load_catalogue
from kg.forms.anchors import has_acts, keep_said

OTHERS = Path(__file__).parent / "others"


@pytest.fixture(scope="module")
def others() -> list[Fingerprint]:
    reader = FormReader()
    return [reader.read(path) for path in sorted(OTHERS.iterdir())]


def as_paper(known: KnownPaper) -> Fingerprint:
    return Fingerprint(known.document, known.name, known.authority, known.body, known.form, known.anchors)


def as_shards(catalogue: Catalogue) -> Catalogue:
    return Catalogue(replace(p, anchors=keep_said(p.anchors), whole=False) for p in catalogue.papers)


@pytest.mark.parametrize("whole", [True, False])
def test_papers_that_decide_are_known_by_the_others(whole: bool) -> None:
    catalogue = load_catalogue()
    seen = catalogue if whole else as_shards(catalogue)
    verdicts = Counter(
        judge(as_paper(p), seen.without(p.document)).verdict for p in catalogue.papers if has_acts(p.anchors)
    )
    assert verdicts.total() >= 60
    assert verdicts["unknown form"] <= 0.05 * verdicts.total(), verdicts


@pytest.mark.parametrize("whole", [True, False])
def test_papers_of_other_kinds_are_unknown(whole: bool, others: list[Fingerprint]) -> None:
    seen = load_catalogue() if whole else as_shards(load_catalogue())
    verdicts = [judge(paper, seen) for paper in others]
    taken = [(v.fingerprint.source.rpartition("/")[2], v.similarity) for v in verdicts if v.verdict != "unknown form"]
    assert len(others) >= 40 and len(taken) <= 3, taken


def test_each_verdict_other_than_known_says_what_is_missing(others: list[Fingerprint]) -> None:
    catalogue = load_catalogue()
    for verdict in (judge(paper, catalogue) for paper in others):
        assert (verdict.verdict == "known") == (not verdict.findings)
        assert all(f.missing and f.hint and f.code for f in verdict.findings)


def test_bad_scans_and_other_languages_are_named(others: list[Fingerprint]) -> None:
    found = {p.source.rpartition("/")[2]: {f.code: f.missing for f in p.findings} for p in others}
    assert "Finnish" in found["a12-finska.txt"]["language"]
    assert "German" in found["b08-tyskt-brev.txt"]["language"]
    assert "scan" in found["a04-skannat-brus.txt"]["language"]
    assert "language" not in found["a08-bygglov.txt"]
