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
    (folder / "new.csv").write_text("name,kind\nSatsningar Bakgrund,other\n", "utf-8")
    assert run_kg("registers", "add", "new.csv", cwd=folder).returncode == 0
    plan = run_kg("build", "papers", "--dry-run", cwd=folder)
    asked = json.loads(run_kg("build", "papers", "--dry-run", "--json", cwd=folder).stdout)
    built_now = run_kg("build", "papers", "--json", "--log", "build.log", cwd=folder)
    told = json.loads(built_now.stdout.splitlines()[-1])
    assert told["again"] == asked["again"] and told["not_parsed_again"] == 0
    assert told["unchanged"] + sum(told["again"].values()) == 3
    # a name that no paper holds touches none
    assert told["again"] == {} and "again" not in plan.stderr

    # a name of which one paper has every word does
    words = (folder / "papers" / "indi-avslag.txt").read_text("utf-8").split()
    name = " ".join(sorted({word for word in words if word.isalpha() and word.istitle()}, key=len)[-3:])
    (folder / "registers.csv").write_text(f"id,name,kind\nx-one,{name},other\n", "utf-8")
    plan = run_kg("build", "papers", "--dry-run", cwd=folder)
    done = run_kg("build", "papers", "--log", "build.log", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert f"kg: {REASON}: 1 paper\n" in plan.stderr
    assert REASON in done.stdout and "2 of them unchanged" in done.stdout
    assert f"read again, {REASON}: 1 paper" in (folder / "build.log").read_text("utf-8")
