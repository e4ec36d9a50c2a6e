"""The checks on a model's answers: whoever says what gold says adds nothing wrong, whoever lies adds nothing."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from kg.evaluate import evaluate, read_gold
from kg.extract import record


@pytest.fixture(scope="module")
def bench(root: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("language_model_bench", root / "benchmarks" / "language_model.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def acts_of(facts: dict[str, Any]) -> list[tuple[str, str]]:
    return [(d["project"], d["outcome"]) for d in facts["decisions"]]


def test_stand_ins_on_some_papers(bench: ModuleType) -> None:
    gold = read_gold(bench.SET.gold)
    papers = [p for p in sorted(bench.SET.documents.iterdir()) if p.is_file() and p.stem in gold][::8]
    # an answer joins two decisions of one outcome on one project, such as two funders' grants, to one
    papers = [p for p in papers if len(acts := acts_of(gold[p.stem])) == len(set(acts))]
    assert len(papers) > 20
    some = {p.stem: gold[p.stem] for p in papers}
    totals, added = {}, {}
    for name, done, count in bench.run(papers, some):
        totals[name], added[name] = evaluate(some, [record(e) for e in done]).total, count
    rules, oracle = totals["rules alone"], totals["rules, then the oracle"]
    assert oracle.spurious <= rules.spurious and oracle.missing < rules.missing
    assert totals["the oracle alone"].spurious == 0 and totals["the oracle alone"].recall > 0.5
    assert added["the liar alone"] == added["rules, then the liar"] == 0
    # the rules stand: nothing that they had right is lost
    assert all(totals[name].right >= rules.right for name in totals if name.startswith("rules, then"))
