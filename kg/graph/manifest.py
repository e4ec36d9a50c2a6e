"""What a build says of itself: ``manifest.json`` beside the store."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

FORMAT = 1
"""The version of the layout of a graph directory and of the shape of the graph in it."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper of the build.  ``also``: further names under which the same bytes were found."""

    id: str
    source: str
    form: str
    media_type: str
    characters: int
    claims: int
    issues: tuple[tuple[str, int], ...] = ()
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that was not read, and why: ``code`` is one of ``kg.issues.CODES``."""

    path: str
    code: str
    reason: str


@dataclass(frozen=True, slots=True, order=True)
class PaperIssue:
    """An issue with the paper that it is about: ``path`` as given, offsets into the clean text of ``document``."""

    path: str
    start: int
    end: int
    code: str
    message: str
    quote: str
    document: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """``built``: the time that the caller gave, ISO 8601.  ``entities``: things by class.  ``made_from``:
    hashes of what the result depends on beside the papers (code, lexicon, registers).  ``files``: names and
    sizes of the files of the store, by which damage is found at opening.  ``revisions``: how many builds have changed
    the store in parts since it was loaded whole.  ``withheld``: things that were left out (IRIs relative to the
    base)."""

    kg_version: str
    built: str
    base: str
    papers: tuple[Paper, ...]
    refused: tuple[Refusal, ...]
    quads: int
    entities: tuple[tuple[str, int], ...]
    issues: tuple[tuple[str, int], ...]
    made_from: tuple[tuple[str, str], ...]
    files: tuple[tuple[str, int], ...] = ()
    format: int = field(default=FORMAT)
    revisions: int = 0
    withheld: tuple[str, ...] = ()

    @property
    def claims(self) -> int:
        """The number of claims of all papers."""
        return sum(p.claims for p in self.papers)


def dump_manifest(manifest: Manifest) -> str:
    """The manifest as JSON, sorted and indented, with a final line feed."""
    table: dict[str, Any] = {f.name: getattr(manifest, f.name) for f in fields(manifest)}
    for name in ("entities", "issues", "made_from", "files"):
        table[name] = dict(table[name])
    table["papers"] = [{**_table(paper), "issues": dict(paper.issues)} for paper in manifest.papers]
    table["refused"] = [_table(refusal) for refusal in manifest.refused]
    return json.dumps(table, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def load_manifest(table: Mapping[str, Any]) -> Manifest:
    """The manifest from its parsed JSON.  Raises KeyError, TypeError or ValueError where it is none."""
    papers = tuple(
        Paper(**{**row, "issues": _pairs(row["issues"]), "also": tuple(row["also"])}) for row in table["papers"]
    )
    return Manifest(
        kg_version=table["kg_version"],
        built=table["built"],
        base=table["base"],
        papers=papers,
        refused=tuple(Refusal(**row) for row in table["refused"]),
        quads=int(table["quads"]),
        entities=_pairs(table["entities"]),
        issues=_pairs(table["issues"]),
        made_from=_pairs(table["made_from"]),
        files=_pairs(table["files"]),
        format=int(table["format"]),
        revisions=int(table.get("revisions", 0)),
        withheld=tuple(table.get("withheld", ())),
    )


def _table(row: Paper | Refusal) -> dict[str, Any]:
    return {name: getattr(row, name) for name in row.__slots__}


def _pairs(table: Mapping[str, Any]) -> tuple[tuple[str, Any], ...]:
    return tuple(sorted(table.items()))
