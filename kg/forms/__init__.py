"""Forms of papers: what a paper's form is told by, the forms seen before, and which papers are of none of them."""

from __future__ import annotations

from kg.forms.anchors import Anchors, Finding, Fingerprint, similarity
from kg.forms.catalogue import Catalogue, KnownPaper, load_catalogue, read_shards, to_known
from kg.forms.reading import FormReader
from kg.forms.verdict import VERDICTS, Verdict, judge

__all__ = [
    "Anchors",
    "Catalogue",
    "Finding",
    "Fingerprint",
    "FormReader",
    "KnownPaper",
    "VERDICTS",
    "Verdict",
    "judge",
    "load_catalogue",
    "read_shards",
    "similarity",
    "to_known",
]
