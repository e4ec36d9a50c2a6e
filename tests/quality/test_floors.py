"""Quality is gated: on each labelled set the figures may not fall below their pinned floors.

``python benchmarks/quality.py --pin`` raises the floors, ``--pin --lower`` is needed to lower one.
"""

from __future__ import annotations

import importlib.util
import json
import sys
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
FLOORS = json.loads((ROOT / "tests" / "quality" / "floors.json").read_text(encoding="utf-8"))
MARGIN = 0.002
FIELD_MARGIN = 0.01


@cache
def quality() -> ModuleType:
    """The script ``benchmarks/quality.py`` as a module: it knows the sets and how to measure them."""
    spec = importlib.util.spec_from_file_location("quality", ROOT / "benchmarks" / "quality.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["quality"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def annotator() -> Any:
    from kg.annotate import Annotator

    return Annotator()


@pytest.mark.parametrize("name", sorted(FLOORS))
def test_quality_does_not_fall(name: str, annotator: Any) -> None:
    module = quality()
    labelled = next(s for s in module.SETS if s.name == name)
    if not labelled.documents.is_dir():
        pytest.skip(f"the set {name} lies in ../shared, which is not beside this checkout")
    floor = FLOORS[name]
    assert module.corpus_hash(labelled) == floor["corpus"], (
        f"the papers or gold of {name} have changed: measure anew with python benchmarks/quality.py --pin"
    )
    found = module.figures(module.report_on(labelled, module.extract_set(labelled, annotator)))
    for key in ("precision", "recall", "f1"):
        assert found[key] >= floor[key] - MARGIN, f"{name}: {key} fell from {floor[key]} to {found[key]}"
    for field, f1 in floor["fields"].items():
        assert found["fields"].get(field, 0.0) >= f1 - FIELD_MARGIN, f"{name}: F1 of {field} fell below {f1}"


def test_pinning_refuses_to_lower_a_floor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = quality()
    monkeypatch.setattr(module, "FLOORS", tmp_path / "floors.json")
    row = {"precision": 0.9, "recall": 0.8, "f1": 0.85, "facts": 10, "fields": {}, "corpus": "x", "papers": 1}
    assert module.pin({"a": row}, lower=False) == 0
    worse = {**row, "recall": 0.7}
    assert module.pin({"a": worse}, lower=False) == 1
    assert json.loads((tmp_path / "floors.json").read_text())["a"]["recall"] == 0.8
    assert module.pin({"a": worse}, lower=True) == 0
    assert json.loads((tmp_path / "floors.json").read_text())["a"]["recall"] == 0.7
