"""Organisations of a user's own: read, checked, added, and used."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.errors import ResourceError
from kg.registers import load_registers
from kg.registers.own import add_own, merge_own
from kg.resolve import resolve
from tests.cli.conftest import run_kg
from tests.papers import PaperMaker

HEAD = "name,kind,id,aliases,acronyms,org_number,parent,source\n"
ROW = "Bygdekraft Skiradal ek. för.,company,,Bygdekraft Skiradal|Skiradalskraft,BKS,,,our list 2024\n"


def write(path: Path, *rows: str) -> Path:
    path.write_text(HEAD + "".join(rows), encoding="utf-8")
    return path


def test_own_organisations_stand_with_the_others(tmp_path: Path) -> None:
    package = load_registers()
    own = write(tmp_path / "own.csv", ROW, ",,lulea-tekniska-universitet,Luleå teknis,,,,\n")
    more = load_registers(None, own)
    found = more.lookup_organisation("Skiradalskraft")
    assert found is not None and found.id == "bygdekraft-skiradal-ek-for" and found.verified
    assert more.lookup_organisation("Luleå teknis") == more.organisation("lulea-tekniska-universitet")
    assert more.signature != package.signature and package.lookup_organisation("Skiradalskraft") is None
    assert load_registers(None, tmp_path / "none.csv").signature == package.signature

    paper = PaperMaker("a")
    paper.decision(paper.project("Norrsken"), "granted", beneficiary="Skiradalskraft", partner=["Bygdekraft Skiradal"])
    iris = [e.iri for e in resolve([paper.make()], more).entities if e.type == "Organisation"]
    assert iris == ["organisation/bygdekraft-skiradal-ek-for"]


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (",company,,,,,,\n", "the name is empty"),
        ("X AB,firm,,,,,,\n", "kind is 'firm'"),
        ("X AB,company,,,,556036-2139,,\n", "wrong check digit"),
        ("X AB,company,,,,556036-2138,,\n", "is that of vattenfall"),
        ("Region Norrbotten,company,,,,,,\n", "'Region Norrbotten' is that of region-norrbotten"),
        ("Region-Norrbotten,company,,,,,,\n", "region-norrbotten"),
        ("X AB,company,,Vinnova,,,,\n", "'Vinnova' is that of vinnova"),
        ("X AB,company,,,,,no-such,\n", "'no-such' is not in the registers"),
        ("X AB,company,,,\n", "5 cells"),
        ("X AB,company,a b<c>,,,,,\n", "the id 'a b<c>' may not stand in an IRI"),
        ("X AB,company,../../etc/passwd,,,,,\n", "may not stand in an IRI"),
        ("X AB,company,..,,,,,\n", "may not stand in an IRI"),
        ("X AB,company,åäö,,,,,\n", "may not stand in an IRI"),
        ("مشروع,company,,,,,,\n", "gives no id"),
        (",company,region-skane,Skåneregionen,,,,\n", "kind is company, but the registers have region-skane with reg"),
        (",,lulea-tekniska-universitet,LuTek,,556036-2138,,\n", "org_number is 556036-2138, but"),
    ],
)
def test_a_wrong_row_is_refused_with_its_line(tmp_path: Path, row: str, says: str) -> None:
    with pytest.raises(ResourceError, match=says) as caught:
        add_own(load_registers(), write(tmp_path / "own.csv", ROW, row))
    assert caught.value.where.endswith("own.csv:3")


def test_another_head_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("name,colour\nX,red\n", encoding="utf-8")
    with pytest.raises(ResourceError, match="colour"):
        add_own(load_registers(), path)


@pytest.mark.parametrize(
    ("head", "row", "says"),
    [
        ("name,kind,name", "X AB,company,Y AB", "1:.*'name' stands twice"),
        ("name,kind,homepage", "X AB,company,not an address", "2: homepage is 'not an address'"),
        ("name,kind,ror", "X AB,company,javascript:alert(1)", "2: ror is"),
    ],
)
def test_other_wrong_cells_and_columns(tmp_path: Path, head: str, row: str, says: str) -> None:
    path = tmp_path / "own.csv"
    path.write_text(f"{head}\n{row}\n", encoding="utf-8")
    with pytest.raises(ResourceError, match=says):
        add_own(load_registers(), path)


def test_a_missing_file_is_told_in_plain_words(tmp_path: Path) -> None:
    done = run_kg("registers", "add", "none.csv", cwd=tmp_path)
    assert done.returncode == 1 and "none.csv: the register cannot be read" in done.stderr
    assert "Errno" not in done.stderr
    (tmp_path / "registers.csv").write_text("name,kind,id\nX AB,company,a b\n", encoding="utf-8")
    broken = run_kg("registers", "list", cwd=tmp_path)
    assert broken.returncode == 1 and "registers.csv:2: the id 'a b'" in broken.stderr


def test_adding_again_replaces_the_row(tmp_path: Path) -> None:
    target, added = tmp_path / "registers.csv", write(tmp_path / "mine.csv", ROW)
    for _ in range(2):
        text, count = merge_own(target, added, load_registers())
        target.write_text(text, encoding="utf-8")
        assert count == 1 and text.count("Skiradalskraft") == 1


def test_the_command(tmp_path: Path) -> None:
    listed = run_kg("registers", "list", "--kind", "university", "--format", "json", cwd=tmp_path)
    rows = json.loads(listed.stdout)
    assert len(rows) == 41 and all(row["source"] for row in rows)
    write(tmp_path / "mine.csv", ROW)
    done = run_kg("registers", "add", "mine.csv", cwd=tmp_path)
    assert done.returncode == 0 and (tmp_path / "registers.csv").exists(), done.stderr
    mine = run_kg("registers", "list", "--kind", "company", "--format", "csv", cwd=tmp_path)
    assert "Bygdekraft Skiradal ek. för." in mine.stdout and "our list 2024" in mine.stdout
    for args in (("add",), ("sell",), ("list", "mine.csv"), ("list", "--kind", "x")):
        wrong = run_kg("registers", *args, cwd=tmp_path)
        assert wrong.returncode == 2 and "Try: " in wrong.stderr
    write(tmp_path / "bad.csv", "X AB,firm,,,,,,\n")
    bad = run_kg("registers", "add", "bad.csv", cwd=tmp_path)
    assert bad.returncode == 1 and "bad.csv:2" in bad.stderr and "Traceback" not in bad.stderr


def test_semicolons_divide_cells_too(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("\ufeffname;kind;aliases\r\nSkiradalens kraft, ek. för.;company;SKEF\r\n", encoding="utf-8")
    found = add_own(load_registers(), path).lookup_organisation("SKEF")
    assert found is not None and found.name == "Skiradalens kraft, ek. för."


@pytest.mark.parametrize("text", ["", " \n", HEAD])
def test_a_file_without_organisations_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "mine.csv").write_text(text, encoding="utf-8")
    with pytest.raises(ResourceError, match="holds no organisation"):
        merge_own(tmp_path / "registers.csv", tmp_path / "mine.csv", load_registers())


def test_a_folder_of_registers_that_is_not_there_names_the_setting(tmp_path: Path) -> None:
    with pytest.raises(ResourceError, match=r"no such folder.*'registers' in kg\.toml"):
        load_registers(tmp_path / "nope")
