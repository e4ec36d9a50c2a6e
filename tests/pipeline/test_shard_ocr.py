"""A paper with pages that wanted OCR is read again each time, since OCR may have been installed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from kg.model import Issue
from kg.pipeline.papers import ShardFolder
from tests.papers import PaperMaker


def test_shards_that_wanted_ocr_are_not_used_again(tmp_path: Path) -> None:
    shards = ShardFolder(tmp_path, "signature")
    maker = PaperMaker("skannat")
    maker.project("Lyftet")
    whole = maker.make()
    shards.keep(whole)
    assert shards.find(whole.document) == whole
    shards.keep(replace(whole, issues=(Issue("needs_ocr", "page 2: scanned"),)))
    assert shards.find(whole.document) is None
    shards.keep(replace(whole, issues=(Issue("read_by_ocr", "1 page"),)))
    assert shards.find(whole.document) is not None
