"""``kg issues`` and ``kg coverage``: what was not read, and what was read with what yield."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from kg.issues import CODES, KINDS, kind_of
from tests.cli.conftest import run_kg


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    """Two papers that disagree on a sum, a poem, and a file that is none."""
    folder = tmp_path_factory.mktemp("mixed")
    papers = folder / "papers"
    papers.mkdir()
    text = (root / "data" / "documents" / "indi-avslag.txt").read_text("utf-8")
    granted = (
        "Region Jämtland Härjedalen\nRegionala utvecklingsnämnden\nProtokoll 2023-05-04\n\n§ 12 Norrsken i fjällen\n"
        "Dnr RUN/123/2023\n\nBeslut\nRegionala utvecklingsnämnden beslutar att bevilja Åre kommun 1 200 000 kronor "
        "till projektet Norrsken i fjällen.\n"
    )
    (papers / "indi.txt").write_text(text, "utf-8")
    (papers / "one.txt").write_text(granted, "utf-8")
    (papers / "two.txt").write_text(granted.replace("1 200 000", "1 500 000"), "utf-8")
    (papers / "poem.txt").write_text("Det var en gång en sten som låg vid en väg.\n", "utf-8")
    (papers / "nothing.txt").write_text("", "utf-8")
    done = run_kg("build", "papers", cwd=folder)
    assert done.returncode == 1 and "no_facts" in done.stdout
    return folder


def rows(folder: Path, *words: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(run_kg(*words, "--format", "csv", cwd=folder).stdout)))


def test_every_code_is_of_one_kind() -> None:
    assert sorted(code for codes in KINDS.values() for code in codes) == sorted(CODES)
    assert all(code in KINDS[kind_of(code)] for code in CODES)


def test_what_was_not_read_is_listed(mixed: Path) -> None:
    (row,) = rows(mixed, "issues", "--kind", "not-read")
    assert (row["code"], row["paper"], row["quote"]) == ("empty", "papers/nothing.txt", "")
    assert row["message"]


def test_a_text_that_is_no_paper_is_listed(mixed: Path) -> None:
    found = rows(mixed, "issues", "--code", "no_facts")
    assert [row["paper"] for row in found] == ["papers/poem.txt"] and found[0]["kind"] == "not-used"


def test_papers_that_disagree_are_listed_with_their_words(mixed: Path) -> None:
    found = rows(mixed, "issues", "--code", "sources_disagree")
    assert found, "the sums differ"
    for row in found:
        assert row["kind"] == "contradictory" and row["body"] == "Region Jämtland Härjedalen"
        paper = (mixed / row["paper"]).read_text("utf-8")
        assert row["quote"] and row["quote"].split()[0] in paper


def test_issues_of_one_body_and_paper(mixed: Path) -> None:
    every = rows(mixed, "issues")
    of_body = rows(mixed, "issues", "--body", "region jämtland härjedalen")
    assert 0 < len(of_body) < len(every)
    assert of_body == [row for row in every if "Region Jämtland Härjedalen" in row["body"].split("; ")]
    assert {row["paper"] for row in rows(mixed, "issues", "--paper", "*/poem.*")} == {"papers/poem.txt"}
    assert json.loads(run_kg("issues", "--format", "json", cwd=mixed).stdout)[0].keys() == every[0].keys()


def test_a_glob_may_begin_below_the_folder_that_was_built(mixed: Path) -> None:
    found = [rows(mixed, "issues", "--paper", glob) for glob in ("papers/poem*", "poem*", "poem.txt")]
    assert found[0] and found[0] == found[1] == found[2]
    assert rows(mixed, "issues", "--paper", "oem.txt") == []


def test_an_authority_that_nothing_names_is_told_with_the_closest(mixed: Path) -> None:
    done = run_kg("issues", "--body", "Region Jämtland Härjedaln", cwd=mixed)
    assert "closest: Region Jämtland Härjedalen\n0 issues" in done.stderr
    assert "kg coverage --by body lists them" in run_kg("issues", "--body", "xyz", cwd=mixed).stderr
    known = run_kg("issues", "--body", "Region Jämtland Härjedalen", "--code", "not_text", cwd=mixed)
    assert known.stderr == "0 issues\n"


def test_papers_with_nearly_the_same_text_are_listed(root: Path, tmp_path: Path) -> None:
    text = (root / "data" / "documents" / "indi-avslag.txt").read_text("utf-8")
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "one.txt").write_text(text, "utf-8")
    (tmp_path / "papers" / "two.txt").write_text(text + "\nTill handlingarna.\n", "utf-8")
    assert run_kg("build", "papers", cwd=tmp_path).returncode == 0
    (row,) = rows(tmp_path, "issues", "--code", "nearly_same_text")
    assert row["kind"] == "noted" and "% alike" in row["message"]
    assert {row["paper"], row["message"].split(" as ")[1].split(":")[0]} == {"papers/one.txt", "papers/two.txt"}


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    """A paper, the same file again, the same text with a line more, and a link that leads nowhere."""
    folder = tmp_path_factory.mktemp("twice")
    (folder / "papers" / "web").mkdir(parents=True)
    text = (root / "data" / "documents" / "indi-avslag.txt").read_text("utf-8")
    (folder / "papers" / "one.txt").write_text(text, "utf-8")
    (folder / "papers" / "web" / "copy.txt").write_text(text, "utf-8")
    (folder / "papers" / "two [1].txt").write_text(text + "\nTill handlingarna.\n", "utf-8")
    (folder / "papers" / "broken.txt").symlink_to("nowhere.txt")
    done = run_kg("build", "papers", cwd=folder)
    assert done.returncode == 1 and "same file again" in done.stdout
    assert "a link to nowhere.txt, which is not there. Try: put the file there, or remove the link" in done.stderr
    return folder


def test_a_file_that_is_there_twice_is_told(twice: Path) -> None:
    (row,) = rows(twice, "issues", "--code", "same_file")
    assert (row["kind"], row["paper"]) == ("noted", "papers/web/copy.txt")
    assert row["message"] == "the same file as papers/one.txt, which is read; this one adds nothing"
    told = run_kg("info", cwd=twice).stdout
    assert "papers/web/copy.txt  papers/one.txt" in told and "same file again" in told


def test_what_is_about_two_papers_is_found_by_either(twice: Path) -> None:
    by_paper = {glob: rows(twice, "issues", "--paper", glob) for glob in ("one.txt", "two [1].txt", "web/copy.txt")}
    codes = {glob: sorted(row["code"] for row in found) for glob, found in by_paper.items()}
    assert codes["one.txt"] == ["nearly_same_text", "same_file", "sum_reconciled"]
    assert codes["two [1].txt"] == ["nearly_same_text", "sum_reconciled"]
    assert codes["web/copy.txt"] == ["same_file"]


def test_papers_are_named_by_where_they_are(twice: Path) -> None:
    wanted = rows(twice, "issues", "--paper", "papers/one.txt")
    for given in (
        "./papers/one.txt",
        f"{twice}/papers/one.txt",
        f"../{twice.name}/papers/o*.txt",
        "papers/../papers/one.txt",
    ):
        assert rows(twice, "issues", "--paper", given) == wanted, given
    assert rows(twice, "issues", "--paper", f"{twice}/papers") == rows(twice, "issues")
    assert rows(twice, "issues", "--paper", "web") == rows(twice, "issues", "--paper", "web/copy.txt")


def test_a_paper_that_is_not_there_is_told_with_the_closest(twice: Path) -> None:
    done = run_kg("issues", "--paper", "papers/onee.txt", cwd=twice)
    assert "is like 'papers/onee.txt'; closest: papers/one.txt" in done.stderr and done.stderr.endswith("0 issues\n")
    assert "kg info lists them" in run_kg("issues", "--paper", "qqqq", cwd=twice).stderr
    # a paper that is there and has no such issue
    assert run_kg("issues", "--paper", "one.txt", "--kind", "not-read", cwd=twice).stderr == "0 issues\n"


def test_a_wrong_kind_lists_what_is_known(mixed: Path) -> None:
    done = run_kg("issues", "--kind", "wrong", cwd=mixed)
    assert done.returncode == 2 and "not-read, not-used" in done.stderr


def test_coverage_tells_read_from_not_read(mixed: Path) -> None:
    found = rows(mixed, "coverage", "--by", "body,year")
    by_key = {(row["body"], row["year"]): row for row in found}
    region = by_key["Region Jämtland Härjedalen", "2023"]
    assert (region["papers"], region["without_facts"], region["not_read"]) == ("2", "0", "0")
    assert int(region["acts"]) >= 1 and int(region["facts"]) > 5
    unknown = by_key["?", "?"]
    assert (unknown["papers"], unknown["without_facts"], unknown["not_read"]) == ("1", "1", "1")


def test_coverage_by_form_names_the_reason_of_what_was_not_read(mixed: Path) -> None:
    found = {row["form"]: row for row in rows(mixed, "coverage", "--by", "form")}
    assert found["empty"]["not_read"] == "1" and found["empty"]["papers"] == "0"
    assert sum(int(row["papers"]) for row in found.values()) == 4
    assert "4 papers read, 1 file not read" in run_kg("coverage", cwd=mixed).stderr


@pytest.mark.parametrize("by", ["wrong", "body,body", ""])
def test_coverage_by_what_is_not_known(mixed: Path, by: str) -> None:
    done = run_kg("coverage", "--by", by, cwd=mixed)
    assert done.returncode == 2 and "body, year, form" in done.stderr
