"""The notebooks of examples/ run, cell by cell, on the graph of the sample papers."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.query.sample import build_sample

RUN = """
import json, sys
from IPython.core.interactiveshell import InteractiveShell
shell = InteractiveShell.instance()
for cell in json.load(open(sys.argv[1], encoding="utf-8"))["cells"]:
    if cell["cell_type"] == "code":
        result = shell.run_cell("".join(cell["source"]))
        result.raise_error()
        shown = getattr(result.result, "_repr_html_", None)
        print("HTML", len(shown()) if callable(shown) else 0)
"""


@pytest.fixture(scope="module")
def folder(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_sample(root, tmp_path_factory.mktemp("examples")).parent


@pytest.mark.parametrize("name", ["01-fragor", "02-tabeller"])
def test_notebooks_run(name: str, folder: Path, root: Path) -> None:
    for package in ("IPython", "pandas", "polars"):
        pytest.importorskip(package)
    done = subprocess.run(
        [sys.executable, "-c", RUN, str(root / "examples" / f"{name}.ipynb")],
        cwd=folder, capture_output=True, encoding="utf-8", timeout=120, check=False,
        env={"PYTHONPATH": str(root), "PATH": "/usr/bin:/bin", "HOME": str(folder), "PYTHONUTF8": "1"},
    )
    assert done.returncode == 0, done.stderr[-2000:] + done.stdout[-2000:]
    cells = json.loads((root / "examples" / f"{name}.ipynb").read_text("utf-8"))["cells"]
    assert done.stdout.count("HTML") == sum(c["cell_type"] == "code" for c in cells)
    assert all(not c.get("outputs") for c in cells), "notebooks are kept without answers"


def test_the_magic_says_what_is_wrong(folder: Path) -> None:
    import kg
    from kg.errors import UsageError
    from kg.notebook import run_cell

    class Shell:
        def __init__(self) -> None:
            self.user_ns: dict[str, object] = {}

    shell = Shell()
    with pytest.raises(UsageError, match="holds no graph"):
        run_cell(shell, "", "ASK {}")
    with kg.open(folder / "graph") as graph:
        shell.user_ns["g"] = graph
        run_cell(shell, "g rows", "ASK { ?p a bg:Project }")
        assert shell.user_ns["rows"][0].answer is True
        with pytest.raises(UsageError, match="too many"):
            run_cell(shell, "a b c", "ASK {}")
