"""Writes the golden answers of the prepared questions anew: ``python -m tests.query.renew``."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.graph.store import open_graph
from kg.query import execute, prepare, render_csv
from tests.query.cases import SAMPLE
from tests.query.listing import page
from tests.query.sample import build_sample

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = Path(__file__).parent / "golden" / "sample"


def golden_text(store: ox.Store, name: str, params: dict[str, Any]) -> str:
    """The answer as CSV, without confidences, which move whenever rules are measured anew."""
    table = execute(store, prepare(name, params)).without("confidence")
    return render_csv(table).replace("\r\n", "\n")


def main() -> None:
    """Asks every question of ``SAMPLE`` and names the answers that changed."""
    GOLDEN.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, open_graph(build_sample(ROOT, Path(folder))) as graph:
        for name, params in SAMPLE.items():
            path = GOLDEN / f"{name}.csv"
            text = golden_text(graph.store, name, params)
            before = path.read_text(encoding="utf-8") if path.exists() else ""
            if text != before:
                path.write_text(text, encoding="utf-8")
                print(f"{path.name}: {len(before.splitlines()) or 1} -> {len(text.splitlines())} lines")
    for path in sorted(GOLDEN.glob("*.csv")):
        if path.stem not in SAMPLE:
            path.unlink()
            print(f"{path.name}: removed")
    questions = ROOT / "docs" / "questions.md"
    if questions.read_text(encoding="utf-8") != page():
        questions.write_text(page(), encoding="utf-8")
        print("docs/questions.md")


if __name__ == "__main__":
    main()
