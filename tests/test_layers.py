"""The walls that import-linter cannot see: who opens a store, who runs at the edges, what importing does."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

# Module or package -> the parts of kg that may import it.
EDGES = {
    "spacy": {"kg/annotate"},
    "pyshacl": {"kg/graph/engine.py"},
    "networkx": {"kg/export", "kg/publish"},
    "pandas": {"kg/query/tables.py"},
    "rdflib": {"kg/graph/engine.py", "kg/publish"},
    "typer": {"kg/cli"},
    "rich": {"kg/cli"},
}


def modules(root: Path) -> list[Path]:
    return sorted((root / "kg").rglob("*.py"))


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def imported(path: Path) -> Iterator[str]:
    """The top packages that a module imports when it runs; what only type checkers see does not count."""
    body = tree(path)
    for node in ast.walk(body):
        if isinstance(node, ast.If) and ast.unparse(node.test) in ("TYPE_CHECKING", "typing.TYPE_CHECKING"):
            node.body = []
    for node in ast.walk(body):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


def test_heavy_packages_stay_where_they_belong(root: Path) -> None:
    strays = [
        (name, package)
        for path in modules(root)
        for name in [path.relative_to(root).as_posix()]
        for package in imported(path)
        if package in EDGES and not any(name == place or name.startswith(f"{place}/") for place in EDGES[package])
    ]
    assert strays == []


def opens_store(path: Path) -> bool:
    """Whether a module makes a ``pyoxigraph.Store``: ``Store(...)`` or one of its class methods."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func).split(".")
            if called[-1] == "Store" or (called[-1] in ("read_only", "secondary") and "Store" in called):
                return True
    return False


def test_only_one_module_opens_a_store(root: Path) -> None:
    assert [p.relative_to(root).as_posix() for p in modules(root) if opens_store(p)] == ["kg/graph/store.py"]


def test_the_test_of_stores_can_fail(tmp_path: Path) -> None:
    for text in ("import pyoxigraph as ox\nox.Store()", "from pyoxigraph import Store\nStore.read_only('x')"):
        (tmp_path / "x.py").write_text(text, encoding="utf-8")
        assert opens_store(tmp_path / "x.py")


def test_importing_the_package_does_nothing_heavy() -> None:
    code = "import sys, kg; print([m for m in ('spacy', 'rdflib', 'networkx', 'pandas', 'typer') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


# Modules that are too long, and why that is borne for now.
TOO_LONG: dict[str, str] = {}


def test_files_stay_small(root: Path) -> None:
    lengths = {p.relative_to(root).as_posix(): len(p.read_text("utf-8").splitlines()) for p in modules(root)}
    assert [(name, lines) for name, lines in lengths.items() if lines > 500 and name not in TOO_LONG] == []


@pytest.mark.parametrize("word", ["print(", "sys.exit(", "typer.echo("])
def test_only_the_command_line_talks_to_the_user(word: str, root: Path) -> None:
    outside = [p for p in modules(root) if "cli" not in p.relative_to(root).parts]
    calls = [
        path.relative_to(root).as_posix()
        for path in outside
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == word.rstrip("(")
    ]
    assert calls == []
