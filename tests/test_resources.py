"""Files of the package: found in a checkout, hashed by what they hold."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kg import resources
from kg.errors import ResourceError


def test_a_file_of_the_checkout_is_found(root: Path) -> None:
    assert resources.data_path("data", "lexicon") == root / "data" / "lexicon"
    assert "stages" in resources.read_text("data", "lexicon", "resolve.toml")


def test_the_installed_package_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, root: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "x.txt").write_text("installed")
    monkeypatch.setattr(resources, "ROOTS", (tmp_path, root))
    assert resources.read_text("data", "x.txt") == "installed"
    assert resources.data_path("queries") == root / "queries"


def test_a_missing_file_is_one_clear_error() -> None:
    with pytest.raises(ResourceError, match="missing") as caught:
        resources.data_path("data", "nothing.csv")
    assert caught.value.where == "data/nothing.csv" and caught.value.hint


def test_the_hash_of_a_folder_depends_on_names_and_bytes_alone(tmp_path: Path) -> None:
    one = tmp_path / "one"
    (one / "deep").mkdir(parents=True)
    (one / "a.toml").write_text("a")
    (one / "deep" / "b.toml").write_text("b")
    wanted = resources.hash_files(one)
    shutil.copytree(one, tmp_path / "two")
    (tmp_path / "two" / ".hidden").write_text("x")
    (tmp_path / "two" / "__pycache__").mkdir()
    (tmp_path / "two" / "__pycache__" / "c.pyc").write_text("x")
    assert resources.hash_files(tmp_path / "two") == wanted
    (one / "a.toml").rename(one / "c.toml")
    assert resources.hash_files(one) != wanted
    (tmp_path / "two" / "a.toml").write_text("A")
    assert resources.hash_files(tmp_path / "two") != wanted
