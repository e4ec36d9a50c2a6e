"""Beslutsgraf: a knowledge graph builder for public funding decisions.

import kg

with kg.open("graph") as graph:
    for row in graph.query("lineage", project="..."):
        print(row)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from kg.api import Graph

__version__ = "0.1.0"
__all__ = ["__version__", "open"]


def open(directory: Path | str = "graph") -> Graph:
    """The graph that ``kg build`` wrote into ``directory``, for reading.

    Raises ``kg.errors.StoreError`` where it is missing, damaged or of another version.
    """
    # Imported here, so that ``import kg`` costs nothing for those who want a part of it.
    from kg.api import Graph

    return Graph.open(directory)


def load_ipython_extension(shell: Any) -> None:
    """``%load_ext kg``: the cell magic ``%%sparql`` (``kg.notebook``)."""
    from kg.notebook import register

    register(shell)
