"""All labelled papers together make one valid graph: no paper is refused, no thing without its register's code."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from kg.config import Config
from kg.graph.store import open_graph
from kg.pipeline import build

NAMES = """
SELECT ?place WHERE { ?place a <https://w3id.org/beslutsgraf/ns#Municipality> }
"""


@pytest.mark.timeout(600)
def test_every_labelled_paper_is_in_one_valid_graph(root: Path, tmp_path: Path) -> None:
    folders = [root / "data" / "documents", *sorted((root / "data" / "corpus").glob("*/docs"))]
    count = sum(1 for folder in folders for path in folder.iterdir() if path.is_file())
    config = Config(store=tmp_path / "graph")
    build(folders, config, now=datetime(2026, 1, 2, 3, 4, 5))
    with open_graph(config.store) as graph:
        assert [(r.source, r.reason) for r in graph.manifest.refused] == []
        assert len(graph.manifest.papers) == count
        codes = [row["place"].value.rsplit("/", 1)[1] for row in graph.store.query(NAMES)]
    assert codes and all(code.isdecimal() for code in codes), codes
