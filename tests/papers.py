"""Hand-made extractions, so that the stages from ``resolve`` on are tested without reading papers."""

from __future__ import annotations

import hashlib
from typing import Any

from kg.model import Claim, Evidence, Extraction, Value
from kg.terms import PROPERTIES


def paper_id(name: str) -> str:
    """The id that a paper of this name has in tests."""
    return hashlib.sha256(name.encode()).hexdigest()


class PaperMaker:
    """Builds the Extraction of one paper, node by node.

    Values are given as texts; a pair (text, key) gives the register's key too, a triple (text, key, number) the
    organisation number.  Each claim has its own words.
    """

    def __init__(self, name: str, form: str = "decision") -> None:
        self.name = name
        self.form = form
        self.id = paper_id(name)
        self._claims: list[Claim] = []
        self._count = {"project": 0, "decision": 0, "financing": 0}

    def project(self, name: str, *aliases: str, **values: Any) -> str:
        return self._node("project", name=name, alias=list(aliases), **values)

    def decision(self, project: str, outcome: str, **values: Any) -> str:
        return self._node("decision", project=project, outcome=outcome, **values)

    def line(self, project: str, funder: str | tuple[str, str], **values: Any) -> str:
        return self._node("financing", project=project, funder=funder, **values)

    def _node(self, kind: str, **values: Any) -> str:
        self._count[kind] += 1
        node = f"{kind}/{self._count[kind]}"
        for property, given in values.items():
            for value in given if isinstance(given, list) else [given]:
                self._claims.append(self._claim(node, kind, property, value))
        return node

    def _claim(self, node: str, kind: str, property: str, given: Any) -> Claim:
        text, key, number = (*given, None)[:3] if isinstance(given, tuple) else (given, None, None)
        start = 20 * len(self._claims)
        evidence = Evidence(self.id, start, start + len(str(text)), str(text), "by_hand", 1, 0.9)
        return Claim(node, property, Value(PROPERTIES[kind][property][0], str(text), key, number), evidence)

    def make(self) -> Extraction:
        return Extraction(
            self.id,
            f"{self.name}.txt",
            "text/plain",
            self.form,
            20 * len(self._claims) + 99,
            tuple(self._claims),
            (),
            (),
        )
