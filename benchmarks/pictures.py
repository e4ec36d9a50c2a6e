"""Makes the pictures of docs/gephi.md anew, from the sample papers.

    python benchmarks/pictures.py
"""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from pathlib import Path

from kg.config import Config
from kg.export import whole_file
from kg.export.drawing import draw_network
from kg.export.pictures import write_picture
from kg.export.projecting import Selection, make_network
from kg.export.views import find_view
from kg.graph.store import open_graph
from kg.pipeline import build

ROOT = Path(__file__).resolve().parent.parent
PICTURES = {
    "funders-together": ("funders-together", Selection()),
    "lineage": ("lineage", Selection()),
    "near": ("projects-organisations", Selection(around="INDI - Intelligent digitalisering i industrin", hops=2)),
}


def main() -> None:
    """Writes every picture to docs/pictures."""
    folder = ROOT / "docs/pictures"
    folder.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as work:
        store = Path(work) / "graph"
        build([ROOT / "data/documents"], Config(store=store), now=datetime(2024, 1, 1, tzinfo=UTC))
        with open_graph(store) as graph:
            for name, (view_name, selection) in PICTURES.items():
                view = find_view(view_name)
                network = make_network(graph.store, view, selection)
                note = f"{view.name}: {len(network.nodes)} nodes, {len(network.edges)} edges. "
                note += "Size of a circle: kronor on its edges of one kind."
                path = folder / f"{name}.svg"
                with whole_file(path) as out:
                    write_picture(draw_network(network, (view.title_sv, view.title_en), (note,)), path, out)


if __name__ == "__main__":
    main()
