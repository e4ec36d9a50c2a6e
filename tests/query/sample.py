"""The graph of the sample papers, for golden answers.

    python -m tests.query.renew

writes them anew; look at the difference before it is committed.
"""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

from kg.config import Config
from kg.pipeline import build


def build_sample(root: Path, folder: Path) -> Path:
    """Builds the graph of data/documents under ``folder``, with paths that do not depend on where that is."""
    shutil.copytree(root / "data" / "documents", folder / "documents")
    before = Path.cwd()
    os.chdir(folder)
    try:
        build([Path("documents")], Config(store=Path("graph")), now=datetime(2026, 1, 1, tzinfo=UTC))
    finally:
        os.chdir(before)
    return folder / "graph"
