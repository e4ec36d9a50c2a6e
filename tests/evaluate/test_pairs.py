"""Identity measured on labelled pairs: the form of the file, the figures, and the floors that are pinned."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from kg.errors import ResourceError
from kg.evaluate import measure_pairs, read_pairs
from kg.evaluate.pairs import COLUMNS, measure_clusters
from kg.resolve.mentions import Mention
from tests.cli.conftest import run_kg

ROOT = Path(__file__).resolve().parents[2]
PAIRS = ROOT / "data" / "pairs"
FLOORS = json.loads((ROOT / "tests" / "quality" / "pair_floors.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", sorted(FLOORS))
def test_identity_does_not_fall(name: str) -> None:
    path = PAIRS / f"{name}.csv"
    floor = FLOORS[name]
    assert hashlib.sha256(path.read_bytes()).hexdigest()[:16] == floor["file"], "measure anew, and pin"
    pairs = read_pairs(path)
    found = measure_pairs(pairs).as_dict()
    assert len(pairs) >= 500
    assert found["precision"] >= max(floor["precision"], 0.995)
    assert found["recall"] >= max(floor["recall"], 0.95)
    assert found["b_cubed"]["precision"] >= floor["b_cubed_precision"]
    assert found["b_cubed"]["recall"] >= floor["b_cubed_recall"]


def test_the_two_files_share_no_pair() -> None:
    one, other = (
        {(p.left, p.right) for p in read_pairs(PAIRS / f"{name}.csv")} for name in ("identity", "identity-apart")
    )
    shared = one & other
    assert not shared


def test_the_hard_cases_of_the_issue_are_there() -> None:
    pairs = read_pairs(PAIRS / "identity.csv") + read_pairs(PAIRS / "identity-apart.csv")
    regions = ("Region ", "Västra Götalandsregionen")
    counties = {p.left.name for p in pairs if p.left.name.endswith(" län") and p.right.name.startswith(regions)}
    assert len(counties) >= 21
    assert {p.tier for p in pairs} == {"easy", "middle", "hard"}
    assert {p.left.kind for p in pairs} == {"organisation", "project", "region", "board"}


def test_always_same_has_low_precision_and_never_same_no_recall() -> None:
    pairs = read_pairs(PAIRS / "identity.csv")
    always = measure_pairs(pairs, judge=lambda left, right, registers: ("same", 1.0, ""))
    never = measure_pairs(pairs, judge=lambda left, right, registers: ("undecided", 0.5, ""))
    assert always.total.recall == 1 and always.total.precision < 0.6 and always.cubed[0] < 0.6
    assert never.total.recall == 0 and never.cubed[0] == 1 and never.cubed[1] < 0.9
    assert len(never.misses) == never.total.gold


def test_b_cubed_by_hand() -> None:
    a, b, c = (Mention("organisation", name) for name in "abc")
    one, two = frozenset({a, b, c}), frozenset({a, b})
    gold = {a: two, b: two, c: frozenset({c})}
    assert measure_clusters(gold, dict.fromkeys((a, b, c), one)) == pytest.approx((5 / 9, 1.0))
    assert measure_clusters(gold, {m: frozenset({m}) for m in (a, b, c)}) == pytest.approx((1.0, 2 / 3))


ROW = ["organisation", "LTU", "{}", "Luleå tekniska universitet", "{}", "same", "easy", "w"]


def write(path: Path, *rows: list[str], head: tuple[str, ...] = COLUMNS) -> Path:
    quoted = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in (list(head), *rows)]
    path.write_text("\n".join(quoted) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({0: "person"}, "kind is 'person'"),
        ({1: ""}, "left is empty"),
        ({2: "[1"}, "no JSON"),
        ({2: "[1]"}, "no JSON object"),
        ({4: '{"colour": "red"}'}, "holds colour"),
        ({4: '{"date": "i går"}'}, "date of a context is 'i går'"),
        ({4: '{"start": "2020-13-01"}'}, "start of a context is '2020-13-01'"),
        ({4: '{"end": 2020}'}, "end of a context is 2020"),
        ({4: '{"county": [1]}'}, "county of a context is 1"),
        ({4: '{"org_number": "556"}'}, "org_number of a context is '556'"),
        ({5: "maybe"}, "verdict is 'maybe'"),
        ({6: "cruel"}, "tier is 'cruel'"),
    ],
)
def test_a_malformed_row_is_told_with_its_line(tmp_path: Path, change: dict[int, str], says: str) -> None:
    row = [change.get(i, cell) for i, cell in enumerate(ROW)]
    with pytest.raises(ResourceError, match=says) as caught:
        read_pairs(write(tmp_path / "p.csv", ROW, row))
    assert caught.value.where.endswith("p.csv:3")


def test_a_file_of_another_shape_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ResourceError, match="tier is missing, why is missing"):
        read_pairs(write(tmp_path / "p.csv", ROW[:6], head=COLUMNS[:6]))
    with pytest.raises(ResourceError, match="no pair"):
        read_pairs(write(tmp_path / "q.csv"))
    with pytest.raises(ResourceError, match="there is no such file"):
        read_pairs(tmp_path / "none.csv")
    with pytest.raises(ResourceError, match=r"'why' stands twice"):
        read_pairs(write(tmp_path / "r.csv", [*ROW, "w"], head=(*COLUMNS, "why")))


def test_semicolons_divide_cells_too(tmp_path: Path) -> None:
    path = tmp_path / "p.csv"
    path.write_text(";".join(COLUMNS) + "\n" + ";".join(ROW) + "\n", encoding="utf-8-sig")
    assert [(p.left.name, p.same, p.line) for p in read_pairs(path)] == [("LTU", True, 2)]


def test_the_command(tmp_path: Path) -> None:
    wrong = ["organisation", "LTU", "{}", "Umeå universitet", '{"date": "2020", "county": null}', "same", "hard", "w"]
    path = write(tmp_path / "p.csv", ROW, wrong)
    done = run_kg("evaluate", "--pairs", path, "--errors", "--format", "json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert (found["precision"], found["recall"]) == (1.0, 0.5)
    assert set(found) >= {"precision", "recall", "f1", "by_kind", "by_tier", "b_cubed"}
    assert found["by_tier"]["hard"]["recall"] == 0 and found["by_kind"]["organisation"]["same"] == 2
    assert [e["right"] for e in found["errors"]] == ["Umeå universitet"]
    table = run_kg("evaluate", "--pairs", path, cwd=tmp_path)
    assert "B-cubed" in table.stdout and "2 pairs, 1 error" in table.stderr.replace("\u00a0", " ")
    both = run_kg("evaluate", tmp_path, "--pairs", path, cwd=tmp_path)
    none = run_kg("evaluate", cwd=tmp_path)
    assert both.returncode == none.returncode == 2 and "Traceback" not in both.stderr + none.stderr
