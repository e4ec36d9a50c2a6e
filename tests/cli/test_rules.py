"""``kg rules``."""

from __future__ import annotations

import csv
import io
import json

from kg.extract.rules import RULES, confidence_of
from tests.cli.conftest import Run


def test_every_rule_is_listed_with_what_was_measured(kg: Run) -> None:
    done = kg("rules", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert done.returncode == 0 and done.stderr == "" and [row["rule"] for row in rows] == list(RULES)
    measured = 0
    for row in rows:
        right, wrong = int(row["right"]), int(row["wrong"])
        assert float(row["confidence"]) == round(confidence_of(row["rule"]), 3)
        if not right + wrong:
            assert (row["precision"], float(row["from"]), float(row["to"])) == ("", 0, 1)
            continue
        measured += 1
        assert abs(float(row["precision"]) - right / (right + wrong)) < 0.001
        assert float(row["from"]) <= float(row["precision"]) <= float(row["to"])
    assert measured > 20


def test_the_table_is_aligned_and_json_has_numbers(kg: Run) -> None:
    lines = kg("rules").stdout.splitlines()
    end = lines[0].index("right") + len("right")
    assert all(line[end - 1].isdigit() for line in lines[2:]), "numbers are aligned at the right"
    (row,) = [r for r in json.loads(kg("rules", "-f", "json").stdout) if r["rule"] == "act.sentence"]
    assert isinstance(row["right"], int) and isinstance(row["precision"], float)


def test_a_format_that_is_none(kg: Run) -> None:
    done = kg("rules", "--format", "xml")
    assert done.returncode == 2 and "one of table, csv" in done.stderr and done.stdout == ""
