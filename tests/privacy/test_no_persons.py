"""No natural person's name reaches the graph: neither those of officials in the real papers nor invented ones."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

import kg
from kg.config import Config
from kg.pipeline import build

# Lines after "Skickas till", signatures and "handläggare" fields of the papers name officials.
_WORD = r"[A-ZÅÄÖ][a-zåäöé]+(?:-[A-ZÅÄÖ][a-zåäöé]+)?"
_NAME = re.compile(rf"\b({_WORD}\s+{_WORD})(?=\s*(?:,|$|-\s))", re.M)
_SIGNS = ("Skickas till", "Beslut expedieras till", "handläggare", "utvecklingsdirektör")
_NO_PERSONS = {"Regional Utveckling", "Luleå Tekniska", "Region Norrbotten", "Region Västerbotten"}


def officials(folder: Path) -> set[str]:
    """Names that stand where papers name officials: read at run time, so that none is stored in the project."""
    found: set[str] = set()
    for path in sorted(folder.glob("*.txt")):
        lines = path.read_text(encoding="utf-8").splitlines()
        for i, line in enumerate(lines):
            if any(sign in line for sign in _SIGNS):
                near = "\n".join(lines[max(0, i - 2) : i + 8])
                found |= {m.group(1) for m in _NAME.finditer(near)}
    return {n for n in found if n not in _NO_PERSONS and "universitet" not in n and "Region" not in n}


def statements(store: Path) -> str:
    with kg.open(store) as graph:
        rows = graph.sparql("SELECT ?o { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } FILTER(isLiteral(?o)) }")
        return "\n".join(str(row[0]) for row in rows)


def test_officials_of_the_real_papers_are_not_in_the_graph(shared: Path, tmp_path: Path) -> None:
    names = officials(shared / "documents")
    assert len(names) >= 4, "the test must know some names to look for"
    build([shared / "documents"], Config(store=tmp_path / "graph"), now=datetime(2026, 1, 1, tzinfo=UTC))
    text = statements(tmp_path / "graph")
    assert not [name for name in sorted(names) if name in text]


@pytest.mark.parametrize(
    "paper",
    [
        "Region Exempel\n\n§ 4 Medfinansiering av projektet Solglimt\n\nHandläggare: Anna Exempelsson\n\nBeslut\n\n"
        "Regionstyrelsen beslutar att bevilja Exempelby kommun 100 000 kronor till projektet Solglimt.\n\n"
        "Bo Provsson\nRegiondirektör\n\nSkickas till:\nCarin Testberg, Exempelby kommun\n",
    ],
)
def test_invented_officials_are_not_in_the_graph(paper: str, tmp_path: Path) -> None:
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "beslut.txt").write_text(paper, encoding="utf-8")
    build([tmp_path / "papers"], Config(store=tmp_path / "graph"), now=datetime(2026, 1, 1, tzinfo=UTC))
    text = statements(tmp_path / "graph")
    assert "Solglimt" in text
    assert not [n for n in ("Exempelsson", "Provsson", "Testberg") if n in text]
