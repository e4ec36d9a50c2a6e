"""``kg validate`` reads the papers again."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.cli.conftest import run_kg


def test_words_are_held_against_the_papers(built: Path, tmp_path: Path) -> None:
    shutil.copytree(built, tmp_path / "copy")
    folder = tmp_path / "copy"
    done = run_kg("validate", cwd=folder)
    assert done.returncode == 0 and "0 violations" in done.stderr and "cannot be checked" not in done.stdout
    (folder / "papers/indi-avslag.txt").unlink()
    proposal = folder / "papers/ai-all-stjarna-forslag.txt"
    proposal.write_bytes(proposal.read_bytes() + b"!")
    done = run_kg("validate", "-f", "csv", cwd=folder)
    assert done.returncode == 0, "papers may be gone; that is a warning"
    assert "it has changed since the graph was built" in done.stdout and "papers/indi-avslag.txt" in done.stdout


def test_words_that_are_not_in_the_paper_are_a_violation(built: Path) -> None:
    from kg.graph.store import open_graph
    from kg.pipeline.verify import _fault, _words

    with open_graph(built / "graph") as graph:
        (paper,) = (p for p in graph.manifest.papers if p.source.endswith("indi-avslag.txt"))
        words = list(_words(graph.store, f"{graph.manifest.base}document/{paper.id}"))
    assert len(words) > 5 and all(end - start == len(quote) for start, end, quote in words)
    assert _fault("a b", "a b") == "" and "not those" in _fault("a b", "a c")
