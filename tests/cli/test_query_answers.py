"""``kg query``: what an answer rests on, files, hints, completion and narrow terminals."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from rich.console import Console

from kg.cli.drawn import draw_table
from kg.query import Column, Table
from tests.cli.conftest import Run, run_kg


def test_an_answer_tells_what_it_rests_on(built: Path) -> None:
    done = run_kg("query", "rejections", cwd=built)
    assert done.returncode == 0 and done.stderr.startswith("kg: the answer rests on ")
    assert run_kg("query", "rejections", "--quiet", cwd=built).stderr == ""
    assert run_kg("query", "papers", cwd=built).stderr == ""


@pytest.mark.parametrize("form", ["table", "csv", "tsv", "json", "xml", "md"])
def test_evidence_adds_the_words(form: str, built: Path) -> None:
    done = run_kg("query", "decisions", "-p", "diary_number=regac-83-2026", "--evidence", "-f", form, cwd=built)
    assert done.returncode == 0 and "evidence" in done.stdout
    assert "papers/indi-avslag.txt" in done.stdout and "REGAC-83-2026" in done.stdout


def test_evidence_is_not_for_queries_that_do_not_say_what_they_rest_on(built: Path) -> None:
    for args in (("papers",), ("--sparql", "ASK {}")):
        done = run_kg("query", *args, "--evidence", cwd=built)
        assert done.returncode == 2 and "what it rests on" in done.stderr
        assert ("a prepared question" in done.stderr) == (args[0] == "--sparql")


def test_answers_go_to_files(built: Path, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    pytest.importorskip("pyarrow")
    import pyarrow.parquet

    for form, name in (("xlsx", "a.xlsx"), ("parquet", "a.parquet"), ("markdown", "a.md"), ("csv", "a.csv")):
        done = run_kg("query", "decisions", "-f", form, "-o", tmp_path / name, cwd=built)
        assert done.returncode == 0 and done.stdout == "" and f"wrote {tmp_path / name}" in done.stderr
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["svar"]
    amounts = [cell.value for cell in sheet["D"]][1:]
    assert 4529875 in amounts
    assert 4529875 in pyarrow.parquet.read_table(tmp_path / "a.parquet")["amount"].to_pylist()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.csv", "a.md", "a.parquet", "a.xlsx"]
    done = run_kg("query", "decisions", "-o", tmp_path / "no" / "a.csv", cwd=built)
    assert done.returncode == 2 and "cannot be written" in done.stderr


def test_the_list_as_json(kg: Run) -> None:
    done = kg("query", "--list", "-f", "json")
    questions = {q["name"]: q for q in json.loads(done.stdout)}
    assert len(questions) > 35 and questions["lineage"]["topic"] == "lineage"
    (below,) = questions["doubtful"]["parameters"]
    assert (below["type"], below["required"], below["default"]) == ("decimal", False, "0.5")
    assert {c["unit"] for c in questions["receivers"]["columns"]} == {"", "%", "SEK"}
    assert questions["receivers"]["evidence"] and not questions["papers"]["evidence"]
    assert kg("query", "--list", "-f", "turtle").returncode == 2


@pytest.mark.parametrize("form", ["csv", "tsv", "md", "xml"])
def test_the_list_in_the_formats_of_a_table(form: str, kg: Run, tmp_path: Path) -> None:
    done = kg("query", "--list", "-f", form, "-o", tmp_path / "list")
    assert done.returncode == 0 and done.stdout == ""
    text = (tmp_path / "list").read_text("utf-8")
    assert "lineage" in text and "Vilka handlingar" in text and "project*" in text.replace("\\", "")


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("lineage", "-p", "project=AI.AL"), "no project in the graph has the name 'AI.AL' (project). Try: AI.ALL"),
        (("granted-by-year", "-p", "authority=Region Västerbottn"), "Region Västerbotten"),
        (("decisions", "-p", "authority=ingen alls"), "no organisation in the graph has the name 'ingen alls'"),
        (("unfunded-municipalities", "-p", "county=Norrboten"), "Try: Norrbotten"),
        (("matter", "-p", "number=22RS10519"), "no matter in the graph has the name '22RS10519' (number)"),
        (("things", "-p", "name=AI.AL"), "no thing in the graph"),
        (("explain", "-p", "thing=http://a/b"), "no thing in the graph"),
        (("decisions", "-p", "project=AI.ALL*", "-p", "beneficiary=x y z"), "(beneficiary)"),
    ],
)
def test_a_name_that_is_not_in_the_graph_is_said_so(args: tuple[str, ...], words: str, built: Path) -> None:
    done = run_kg("query", *args, "-f", "csv", cwd=built)
    assert done.returncode == 1 and words in done.stderr
    assert done.stdout.count("\n") == 1, "the heads alone"


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("linage", "-p", "project=x"), "Try: lineage"),
        (("lineage", "-p", "projekt=x"), "Try: project;"),
        (("decisions", "-p", "outcome=grantd"), "one of granted"),
        (("granted-by-year", "-p", "authority=x", "-p", "from=i fjol"), "a whole number"),
    ],
)
def test_wrong_use_names_what_is_close(args: tuple[str, ...], words: str, built: Path) -> None:
    done = run_kg("query", *args, cwd=built)
    assert done.returncode == 2 and words in done.stderr and done.stdout == ""


def test_capitals_of_a_word_do_not_matter(built: Path) -> None:
    words = ("REJECTED", "rejected")
    one, other = (run_kg("query", "decisions", "-p", f"outcome={w}", "-f", "csv", cwd=built) for w in words)
    assert one.stdout == other.stdout and one.returncode == 0


@pytest.mark.parametrize(
    ("line", "count", "offered"),
    [
        ("kg query lin", 2, ["lineage", "lineage-evidence", "lineage-money"]),
        ("kg query granted-by-year -p ", 4, ["authority=", "from=", "to="]),
        ("kg query granted-by-year -p a", 4, ["authority="]),
        ("kg query decisions -p outcome=proposed_", 4, ["outcome=proposed_grant", "outcome=proposed_rejection"]),
        ("kg query nothing -p ", 4, []),
    ],
)
def test_the_tab_key_offers_questions_and_parameters(line: str, count: int, offered: list[str], kg: Run) -> None:
    env = {"_KG_COMPLETE": "complete_bash", "COMP_WORDS": line, "COMP_CWORD": str(count)}
    assert kg(env=env).stdout.split() == offered


WIDE = Table(
    (Column("name"), Column("amount", "integer", "SEK"), Column("day", "date"), Column("words")),
    (("Ett namn som är långt och ska brytas", 4529875, "2022-12-14", "ord " * 30), ("b", 7, None, None)),
)


def drawn(width: int) -> list[str]:
    out = io.StringIO()
    draw_table(WIDE, Console(file=out, width=width, color_system=None))
    return out.getvalue().splitlines()


@pytest.mark.parametrize("width", [200, 100, 70, 52, 40, 30])
def test_no_column_is_lost_and_no_number_cut_on_a_narrow_terminal(width: int) -> None:
    lines = drawn(width)
    assert all(len(line) <= width for line in lines)
    text = "\n".join(lines)
    for word in ("name", "amount (SEK)", "day", "words", "4\u00a0529\u00a0875", "2022-12-14"):
        assert word in text
    assert text.count("ord") >= 31


def test_money_stands_to_the_right_and_words_are_folded() -> None:
    lines = drawn(80)
    head = lines[0]
    place = head.index("amount (SEK)") + len("amount (SEK)")
    assert lines[1][:place].endswith("4\u00a0529\u00a0875") and len(lines) > 4


@pytest.mark.parametrize("form", ["csv", "json", "xml", "md", "xlsx", "parquet"])
def test_a_full_disk_is_told_as_such(form: str, built: Path) -> None:
    pytest.importorskip({"xlsx": "xlsxwriter", "parquet": "pyarrow"}.get(form, "pyoxigraph"))
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    root = Path(__file__).resolve().parents[2]
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "kg", "query", "decisions", "--quiet", "-f", form],
            cwd=built,
            env=os.environ | {"PYTHONPATH": str(root)},
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 1 and done.stderr.startswith("kg: standard output cannot be written (No space left")
    assert len(done.stderr.splitlines()) == 1


def test_a_picture_into_a_folder_that_is_not_there(built: Path, tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    done = run_kg("chart", "lineage", "-p", "project=AI.ALL*", "-o", tmp_path / "no" / "a.svg", cwd=built)
    assert done.returncode == 2 and f"{tmp_path / 'no'}: there is no such folder" in done.stderr
    assert "Traceback" not in done.stderr and "unexpectedly" not in done.stderr


def test_a_deep_query_is_refused_and_ends_no_dialogue(built: Path, tmp_path: Path) -> None:
    deep = "SELECT * " + "{" * 20_000 + "}" * 20_000
    (tmp_path / "deep.rq").write_text(deep, "utf-8")
    done = run_kg("query", "--file", tmp_path / "deep.rq", cwd=built)
    assert done.returncode == 1 and "nests brackets deeper than 100" in done.stderr and "deep.rq" in done.stderr
    done = run_kg("shell", cwd=built, input=f"{deep};\nASK {{ ?s ?p ?o }};\n")
    assert done.returncode == 0 and "nests brackets deeper" in done.stderr and "True" in done.stdout.title()


def test_an_iri_may_be_given_by_its_end(built: Path) -> None:
    done = run_kg("query", "thing", "-p", "iri=project/ai-all", "-f", "csv", cwd=built)
    assert done.returncode == 0 and "/project/ai-all," in done.stdout and done.stderr == ""
    done = run_kg("query", "thing", "-p", "iri=project/nothing", cwd=built)
    assert done.returncode == 1 and "no thing in the graph" in done.stderr
    done = run_kg("shell", cwd=built, input=".ask thing iri=project/ai-all\n")
    assert "Project" in done.stdout
