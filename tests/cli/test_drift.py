"""``kg drift``."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run, run_kg
from tests.forms.test_verdicts import minutes

MENU = "Matsedel\n\nMåndag: fisk och potatis. Tisdag: soppa och bröd till alla som är i skolan.\n"


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    folder = tmp_path / "old"
    folder.mkdir()
    for count in (1, 2, 3):
        (folder / f"{count}.txt").write_text(minutes(count), "utf-8")
    return folder


def test_known_papers_end_with_0(kg: Run, papers: Path, tmp_path: Path) -> None:
    (tmp_path / "new.txt").write_text(minutes(4), "utf-8")
    done = kg("drift", "new.txt", "--known", papers)
    assert done.returncode == 0 and "1 known" in done.stderr
    assert "new.txt" in done.stdout and "Traceback" not in done.stderr


def test_what_is_missing_is_named_and_the_exit_code_is_1(kg: Run, papers: Path, tmp_path: Path) -> None:
    (tmp_path / "moved.txt").write_text(minutes(4, number=""), "utf-8")
    (tmp_path / "menu.txt").write_text(MENU, "utf-8")
    done = kg("drift", "moved.txt", "menu.txt", "--known", papers, "-f", "csv")
    rows = {row["paper"]: row for row in csv.DictReader(io.StringIO(done.stdout))}
    assert done.returncode == 1 and "1 moved, 1 unknown form" in done.stderr
    assert rows["moved.txt"]["verdict"] == "moved" and "no diary number" in rows["moved.txt"]["missing"]
    assert rows["menu.txt"]["verdict"] == "unknown form" and rows["menu.txt"]["try"]


def test_json_lists_the_anchors(kg: Run, tmp_path: Path) -> None:
    (tmp_path / "menu.txt").write_text(MENU, "utf-8")
    first, again = (kg("drift", "menu.txt", "-f", "json").stdout for _ in range(2))
    (row,) = json.loads(first)
    assert first == again and row["verdict"] == "unknown form" and row["missing"][-1]["code"] == "lacking"
    assert "language:sv" not in row["anchors"] and "media:text/plain" in row["anchors"]


def test_the_papers_of_a_graph_count_but_not_for_themselves(papers: Path, tmp_path: Path) -> None:
    (tmp_path / "gone.txt").write_text(minutes(4, number=""), "utf-8")
    assert run_kg("build", "old", "gone.txt", cwd=tmp_path).returncode == 0
    done = run_kg("drift", "old/1.txt", "gone.txt", "--store", "graph", "-f", "json", cwd=tmp_path)
    rows = {row["paper"]: row for row in json.loads(done.stdout)}
    # The build of before holds gone.txt too, so of four papers of the board three carry a number.
    assert rows["gone.txt"]["verdict"] == "moved" and rows["gone.txt"]["similarity"] < 1
    assert rows["old/1.txt"]["verdict"] == "known" and rows["old/1.txt"]["nearest"] != "1.txt"


def test_wrong_usage_and_files_that_cannot_be_read(kg: Run, papers: Path, tmp_path: Path) -> None:
    done = kg("drift", papers, "--known", papers, "--store", "graph")
    assert done.returncode == 2 and "name one of them" in done.stderr and done.stdout == ""
    done = kg("drift", papers, "--store", "none")
    assert done.returncode == 1 and "kg build" in done.stderr and done.stdout == ""
    (tmp_path / "empty.txt").write_bytes(b"")
    done = kg("drift", "old/1.txt", "empty.txt", "missing.txt", "-f", "csv", "--known", papers)
    assert done.returncode == 1 and "old/1.txt,known" in done.stdout
    assert "empty.txt" in done.stderr and "missing.txt" in done.stderr and "2 files could not be read" in done.stderr
