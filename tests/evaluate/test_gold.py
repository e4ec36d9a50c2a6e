"""Gold of a wrong shape is told in one message; our figures are those of the project's own scorer."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from kg.errors import UsageError
from kg.evaluate import RuleCount, evaluate, read_gold


@pytest.mark.parametrize("text", ["[]", '{"decisions": 5}', '{"decisions": [1]}', '{"financing": [{}]}', "{", "\x00"])
def test_gold_of_a_wrong_shape_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.json").write_text(text)
    with pytest.raises(UsageError, match=r"a\.json: not a gold file"):
        read_gold(tmp_path)


def test_figures_equal_those_of_the_scorer(shared: Path, tmp_path: Path) -> None:
    gold = read_gold(shared / "devset" / "gold")
    # records that are right, wrong and missing in many ways: each paper's gold with fields moved about
    records = []
    for n, (name, facts) in enumerate(sorted(gold.items())):
        row = json.loads(json.dumps(facts)) | {"document": f"{name}.txt"}
        for k, decision in enumerate(row["decisions"]):
            if (n + k) % 3 == 0:
                decision["amount_sek"] = 1
            if (n + k) % 4 == 0:
                decision["partners"] = [*decision["partners"], "Ingen"]
        if n % 5 == 0:
            row["decisions"] = row["decisions"][1:]
        if n % 2:
            row["financing"] = row["financing"][:-1]
        records.append(row)
    out = tmp_path / "out.jsonl"
    out.write_text("\n".join(json.dumps(r, ensure_ascii=False) for r in records), encoding="utf-8")
    scorer = shared / "tools" / "score.py"
    told = subprocess.run(
        [sys.executable, str(scorer), str(shared / "devset" / "gold"), str(out), "--json"],
        capture_output=True,
        text=True,
    )
    theirs = json.loads(told.stdout)
    ours = evaluate(gold, records).as_dict()
    for key in ("precision", "recall", "f1"):
        assert ours[key] == pytest.approx(theirs[key])
    assert {f: c["f1"] for f, c in ours["fields"].items()} == pytest.approx(
        {f: c["f1"] for f, c in theirs["fields"].items()}
    )


def test_the_interval_of_a_rule() -> None:
    low, high = RuleCount(9, 1).interval()
    assert 0.59 < low < 0.61 and 0.97 < high < 0.99
    assert RuleCount().interval() == (0.0, 1.0)
