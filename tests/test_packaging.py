"""The wheel, installed elsewhere, does the whole job; versions are bounded and pinned; the documents are true."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
import venv
import zipfile
from importlib import metadata
from pathlib import Path

import pytest

import kg


@pytest.fixture(scope="module")
def project(root: Path) -> dict:
    return tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check", "--no-deps"]
    subprocess.run([*command, "--wheel-dir", str(folder), str(root)], check=True, capture_output=True)
    (built,) = folder.glob("beslutsgraf-*.whl")
    return built


def files(root: Path, *folders: str) -> set[str]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *folders],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("not a git checkout")
    return {name for name in listed.stdout.splitlines() if (root / name).is_file()}


def test_the_wheel_holds_the_package_and_its_data(root: Path, wheel: Path) -> None:
    names = {n for n in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in n}
    wanted = {n for n in files(root, "kg") if not n.startswith("kg/_data/")}
    build = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]["targets"]["wheel"]
    folders = build["force-include"]
    assert all(target == f"kg/_data/{folder}" for folder, target in folders.items())
    assert {"ontology", "queries", "data/registers", "data/lexicon", "data/documents"} <= set(folders)
    wanted |= {f"kg/_data/{n}" for n in files(root, *folders)}
    assert wanted <= names
    fetched = "kg/publish/assets/vendor/"  # by kg assets; no part of the repository, but a wheel takes it along
    assert not [n for n in names - wanted if not n.startswith(("kg/_data/", fetched))]
    assert not [n for n in names if "/corpus/" in n or n.endswith("__init__.py") and "_data" in n]


def test_the_wheel_works_elsewhere(wheel: Path, tmp_path: Path) -> None:
    """In an environment of its own, that sees the dependencies of this one but not the checkout."""
    home = tmp_path / "env"
    venv.create(home, symlinks=True, with_pip=False)
    (site,) = home.glob("lib/python*/site-packages")
    zipfile.ZipFile(wheel).extractall(site)
    here = Path(metadata.distribution("typer").locate_file("")).resolve()
    # Only the packages: a .pth file there would bring the checkout back.
    (site / "elsewhere.py").write_text(f"import sys; sys.path.append({str(here)!r})", encoding="utf-8")
    (site / "elsewhere.pth").write_text("import elsewhere\n", encoding="utf-8")
    env = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "VIRTUAL_ENV")}

    def run(*args: str) -> str:
        python = str(home / "bin/python")
        done = subprocess.run(
            [python, *args], cwd=tmp_path, env=env, capture_output=True, encoding="utf-8", check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    assert run("-c", "import kg; print(kg.__file__)").startswith(str(site.resolve()) + os.sep)
    papers = site / "kg/_data/data/documents"
    run("-m", "kg", "build", str(papers / "ai-satsningar-bakgrund.html"), "--store", "graph")
    assert "AI.MEE" in run("-m", "kg", "query", "lineage", "-p", "project=AI.ALL")
    assert "AI.MEE" in run(
        "-c", "import kg; print([r.project for r in kg.open('graph').query('lineage', project='AI.ALL')])"
    )
    run("-m", "kg", "validate", "--thorough")


def test_entry_point(project: dict) -> None:
    assert project["scripts"] == {"kg": "kg.cli:main"}
    assert metadata.version("beslutsgraf") == kg.__version__


def test_dependencies_are_bounded_and_pinned(root: Path, project: dict) -> None:
    pins = dict(line.split("==") for line in (root / "constraints.txt").read_text("utf-8").splitlines() if "==" in line)
    pinned = {name.lower().replace("_", "-"): version for name, version in pins.items()}
    required = [*project["dependencies"], *(r for extra in project["optional-dependencies"].values() for r in extra)]
    for requirement in required:
        name, low, high = re.fullmatch(r"([\w.-]+)>=([\d.]+),<([\d.]+)", requirement).groups()
        version = pinned[name.lower()]
        assert _number(low) <= _number(version) < _number(high), requirement
    assert not [line for line in pins if "/" in line or "@" in line]


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def test_the_licence_is_that_of_the_project(root: Path, project: dict) -> None:
    assert project["license"] == "Apache-2.0"
    assert (root / "LICENSE").read_text("utf-8").lstrip().startswith("Apache License")


def test_the_changelog_knows_the_version(root: Path) -> None:
    text = (root / "CHANGELOG.md").read_text("utf-8")
    assert f"## [{kg.__version__}]" in text or "## [Unreleased]" in text


def test_the_readme_opens_with_the_two_commands(root: Path) -> None:
    head = (root / "README.md").read_text("utf-8")[:700]
    assert "make demo" in head and "make test" in head


def test_links_in_the_documents_lead_somewhere(root: Path) -> None:
    broken = []
    for path in [*root.glob("*.md"), *root.glob("docs/**/*.md")]:
        for target in re.findall(r"\]\(([^)#\s]+)", path.read_text("utf-8")):
            if "://" not in target and not (path.parent / target).exists():
                broken.append((path.name, target))
    assert broken == []


def test_no_path_or_host_of_a_machine_stands_in_the_tree(root: Path) -> None:
    here = str(root.parent) + "/"
    found = []
    for name in files(root):
        text = (root / name).read_bytes().decode("utf-8", "ignore")
        if (len(here) > 4 and here in text) or re.search(r"--(?:extra-)?index-url|--find-links", text):
            found.append(name)
    assert [name for name in found if name != "tests/test_packaging.py"] == []
