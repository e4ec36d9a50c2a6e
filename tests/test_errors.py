"""Errors for the user: what the system refuses is told with its reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import StoreError, UsageError, refusing


def test_what_the_system_refuses_is_told_with_its_reason_and_what_to_try(tmp_path: Path) -> None:
    missing = tmp_path / "none" / "file"
    with pytest.raises(UsageError) as caught, refusing("it cannot be written", missing, "name another", UsageError):
        missing.write_text("")
    assert caught.value.message == f"{missing}: it cannot be written (No such file or directory). Try: name another"
    assert isinstance(caught.value.__cause__, FileNotFoundError)


def test_other_errors_pass() -> None:
    with pytest.raises(StoreError, match="the graph is damaged"), refusing("it cannot be written", "here", "wait"):
        raise StoreError("the graph is damaged")
    with pytest.raises(ZeroDivisionError), refusing("it cannot be written", "here", "wait"):
        raise ZeroDivisionError
