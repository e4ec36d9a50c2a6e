"""A small decision of an invented region, and what is claimed of papers that begin as it does."""

from __future__ import annotations

from pathlib import Path

from kg.annotate.annotator import Annotator
from kg.clean import clean
from kg.extract import extract
from kg.model import Claim
from kg.read import read

HEAD = """Region Skiradal
Regionala utvecklingsnämnden
Beslut 2023-04-12
Dnr RUN 2023/0123

"""
PLAIN = "Regionala utvecklingsnämnden beviljar Norrteknik AB 500 000 kronor till projektet Norrsken i norr.\n"


def claims_of(property: str, annotator: Annotator, folder: Path, text: str) -> list[Claim]:
    """The claims of that property in a decision with this text below its head."""
    path = folder / "paper.txt"
    path.write_text(HEAD + text, encoding="utf-8")
    return [c for c in extract(annotator.annotate(clean(read(path)))).claims if c.property == property]
