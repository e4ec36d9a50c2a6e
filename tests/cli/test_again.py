"""``kg build`` says how many papers were read again, and why."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from tests.cli.conftest import run_kg

REASON = "register registers.csv (your own) changed"


def test_what_a_register_of_ones_own_has_read_again(built: Path, tmp_path: Path) -> None:
    folder = tmp_path / "work"
    shutil.copytree(built, folder)
    assert run_kg("build", "papers", cwd=folder).returncode == 0  # a copied file is another
    (folder / "new.csv").write_text("name,kind\nSatsningar Bakgrund,other\n", "utf-8")
    assert run_kg("registers", "add", "new.csv", cwd=folder).returncode == 0
    plan = run_kg("build", "papers", "--dry-run", cwd=folder)
    asked = json.loads(run_kg("build", "papers", "--dry-run", "--json", cwd=folder).stdout)
    built_now = run_kg("build", "papers", "--json", "--log", "build.log", cwd=folder)
    told = json.loads(built_now.stdout.splitlines()[-1])
    assert told["again"] == asked["reasons"] and told["not_parsed_again"] == 0
    assert told["unchanged"] + sum(told["again"].values()) == 3
    # a name that no paper holds touches none
    assert told["again"] == {} and asked["again"] == [] and "changed" not in plan.stdout

    # a name of which one paper has every word does
    words = (folder / "papers" / "indi-avslag.txt").read_text("utf-8").split()
    name = " ".join(sorted({word for word in words if word.isalpha() and word.istitle()}, key=len)[-3:])
    (folder / "registers.csv").write_text(f"id,name,kind\nx-one,{name},other\n", "utf-8")
    plan = run_kg("build", "papers", "--dry-run", cwd=folder)
    asked = json.loads(run_kg("build", "papers", "--dry-run", "--json", cwd=folder).stdout)
    done = run_kg("build", "papers", "--log", "build.log", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert f"kg: to be read again: 1 paper, since {REASON}\n" in plan.stderr
    # the file is as it was, and is not told to have changed
    assert len(asked["again"]) == 1 and asked["changed"] == [] and len(asked["unchanged"]) == 2
    assert plan.stdout == f"again\t{asked['again'][0]}\n"
    assert REASON in done.stdout and "2 of them unchanged" in done.stdout
    assert f"read again: 1 paper, since {REASON}" in (folder / "build.log").read_text("utf-8")


def test_what_the_plan_says_of_files_that_moved_vanished_or_cannot_be_read(built: Path, tmp_path: Path) -> None:
    folder = tmp_path / "work"
    shutil.copytree(built, folder)
    papers = folder / "papers"
    first, second, third = sorted(path for path in papers.rglob("*") if path.is_file())
    (papers / "broken.txt").symlink_to(papers / "nowhere.txt")
    assert run_kg("build", "papers", cwd=folder).returncode == 1
    first.rename(papers / "other.txt")
    second.unlink()
    (papers / "fresh.txt").write_text(third.read_text("utf-8") + "\nTill handlingarna.\n", "utf-8")
    asked = json.loads(run_kg("build", "papers", "--dry-run", "--json", cwd=folder).stdout)
    assert asked["renamed"] == [{"from": f"papers/{first.name}", "to": "papers/other.txt"}]
    assert asked["gone"] == [f"papers/{second.name}"] and asked["new"] == ["papers/fresh.txt"]
    assert asked["unreadable"] == ["papers/broken.txt"]
    plan = run_kg("build", "papers", "--dry-run", cwd=folder)
    assert f"renamed\tpapers/{first.name}\tpapers/other.txt\n" in plan.stdout
    assert "1 unreadable, 1 gone, 1 renamed; nothing was written" in plan.stderr
    # the build says the same
    told = json.loads(run_kg("build", "papers", "--json", cwd=folder).stdout.splitlines()[-1])
    assert told["gone"] == asked["gone"]


def test_files_that_were_refused_are_not_told_to_be_read_again(built: Path, tmp_path: Path) -> None:
    folder = tmp_path / "work"
    shutil.copytree(built, folder)
    (folder / "papers" / "blank.txt").write_text("", "utf-8")
    assert run_kg("build", "papers", cwd=folder).returncode == 1
    (folder / "registers.csv").write_text("id,name,kind\nx-one,Satsningar Bakgrund,other\n", "utf-8")
    asked = json.loads(run_kg("build", "papers", "--dry-run", "--json", cwd=folder).stdout)
    assert asked["retried"] == ["papers/blank.txt"] and asked["again"] == [] and asked["reasons"] == {}
    plan = run_kg("build", "papers", "--dry-run", cwd=folder)
    assert plan.stdout == "retried\tpapers/blank.txt\n"
    assert "kg: 1 file was refused and is tried again\n" in plan.stderr
