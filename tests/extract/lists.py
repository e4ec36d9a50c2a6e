"""Reading small invented papers, for the tests of lists and tables."""

from __future__ import annotations

from functools import cache
from textwrap import dedent
from typing import Any

from kg.annotate.annotator import Annotator
from kg.clean import clean
from kg.extract import extract, record
from kg.lexicon import load_lexicon
from kg.model import Extraction
from kg.read import read_bytes
from kg.registers import load_registers


@cache
def _annotator() -> Annotator:
    return Annotator(load_registers())


def facts(text: str, name: str = "paper.txt") -> dict[str, Any]:
    """The facts record of a paper written in the test."""
    return record(extract_text(text, name))


def one_decision(text: str, project: str) -> dict[str, Any]:
    """The one decision of a paper, which is on that project."""
    decisions = facts(text)["decisions"]
    assert [d["project"] for d in decisions] == [project]
    return decisions[0]


def extract_text(text: str, name: str = "paper.txt") -> Extraction:
    """All that a paper written in the test says."""
    raw = read_bytes(dedent(text).strip().encode() + b"\n", name)
    return extract(_annotator().annotate(clean(raw)), load_lexicon(), load_registers())


def decided(paper: dict[str, Any], *fields: str) -> list[tuple[Any, ...]]:
    """The named fields of each decision, project first."""
    return [(d["project"], *(d[f] for f in fields)) for d in paper["decisions"]]


def paid(paper: dict[str, Any]) -> list[tuple[str, str, int | None]]:
    """The rows of financing."""
    return [(f["project"], f["funder"], f["amount_sek"]) for f in paper["financing"]]


def codes(paper: dict[str, Any]) -> list[str]:
    """The codes of the issues about sums."""
    return [i["code"] for i in paper["issues"] if "sum" in i["code"] or "budget" in i["code"]]
