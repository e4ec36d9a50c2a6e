"""What is fetched from elsewhere: only the bytes that were checked, or a clear error."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import ResourceError
from kg.publish.vendor import PACKAGES, check_integrity, fetch_all


def test_other_bytes_are_refused() -> None:
    for package in PACKAGES:
        with pytest.raises(ResourceError, match="not the one that was checked"):
            check_integrity(b"something else", package)


def test_without_npm_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ResourceError, match="npm is not installed"):
        fetch_all(tmp_path / "vendor")
    assert not (tmp_path / "vendor").exists()


def test_what_is_there_is_not_fetched_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    for package in PACKAGES:
        folder = tmp_path / "vendor" / package.folder
        folder.mkdir(parents=True)
        (folder / "VERSION").write_text(f"{package.name} {package.version}\n")
    assert fetch_all(tmp_path / "vendor") == []
    with pytest.raises(ResourceError):
        fetch_all(tmp_path / "vendor", again=True)
