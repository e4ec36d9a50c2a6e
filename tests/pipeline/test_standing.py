"""A change of the registers reads again only what it can touch, and gives what a build from nothing gives."""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from kg.annotate import Annotator
from kg.annotate.gazetteer import list_lookups
from kg.clean import clean
from kg.config import Config
from kg.extract import extract
from kg.graph.store import BUILDS
from kg.lexicon import load_lexicon
from kg.model import Extraction
from kg.pipeline import BuildReport, build, default_stages, plan_build
from kg.pipeline.standing import MADE, VOCABULARY
from kg.pipeline.vocabulary import Vocabulary, compare_vocabularies
from kg.read import read
from kg.registers import Registers, load_registers
from kg.sketches import load_sketch, may_hold, sketch_words
from tests.pipeline.conftest import NOW
from tests.pipeline.test_increment import export, settle

Rows = list[dict[str, str]]
CAPITALS = re.compile(r"[A-ZÅÄÖ][\wåäö-]+(?: (?:i |för |och )?[A-ZÅÄÖ][\wåäö-]+){0,2}")


def edit_rows(folder: Path, name: str, edit: Callable[[Rows], None]) -> None:
    """Changes the rows of a register."""
    path = folder / name
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        rows, columns = list(reader), list(reader.fieldnames or ())
    edit(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def edit_registers(folder: Path, words: list[str], random: Random) -> None:
    """Adds, changes or removes a row, most often one with a name that stands in some paper."""
    phrase = random.choice(words)

    def add(rows: Rows) -> None:
        rows.append({**dict.fromkeys(rows[0], ""), "id": f"x-{random.randint(0, 10**9)}", "name_sv": phrase,
                     "kind": random.choice(["company", "fund", "other"]), "verified": "yes",
                     "acronyms": phrase.split()[0].upper() if random.random() < 0.3 else ""})  # fmt: skip

    def call(rows: Rows) -> None:
        row = random.choice(rows)
        row["aliases"] = "|".join(filter(None, [row["aliases"], phrase]))

    def forget(rows: Rows) -> None:
        rows.remove(random.choice([r for r in rows if not any(o.get("parent") == r["id"] for o in rows)]))

    def rename(rows: Rows) -> None:
        row = random.choice(rows)
        row["name_sv"] = random.choice([phrase, row["name_sv"] + " AB", row["name_sv"].upper()])

    def move(rows: Rows) -> None:
        row = random.choice(rows)
        row["short_name"] = random.choice([phrase.split()[0], row["short_name"] + "by"])

    def change_kind(rows: Rows) -> None:
        random.choice(rows)["kind"] = random.choice(["fund", "company"])

    for file, edit in random.choice([
        [("organisations.csv", add)], [("organisations.csv", call)], [("organisations.csv", forget)],
        [("organisations.csv", rename)], [("organisations.csv", change_kind)], [("municipalities.csv", move)],
        [("programmes.csv", call)], [("programmes.csv", rename), ("organisations.csv", add)],
    ]):  # fmt: skip
        edit_rows(folder, file, edit)


@pytest.fixture(scope="module")
def texts(root: Path) -> list:
    corpus = [p for n in ("dev", "dev-2") for p in sorted((root / "data" / "corpus" / n / "docs").iterdir())]
    return [clean(read(path)) for path in [*sorted((root / "data" / "documents").iterdir()), *corpus[::3]]]


def read_all(texts: list, registers: Registers) -> list[Extraction]:
    annotator, lexicon = Annotator(registers, load_lexicon()), load_lexicon()
    return [extract(annotator.annotate(text), lexicon, registers) for text in texts]


def list_vocabulary(registers: Registers) -> Vocabulary:
    return Vocabulary(registers.files, {}, list_lookups(registers, load_lexicon()))


def test_random_edits_of_registers_change_no_paper_that_they_are_said_not_to_touch(
    texts: list, root: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "registers"
    shutil.copytree(root / "data" / "registers", folder)
    random = Random(4)
    words = [name for text in texts for name in CAPITALS.findall(text.text)]
    sketches = [load_sketch(sketch_words(text.text)) for text in texts]
    old = load_registers()
    before, vocabulary = read_all(texts, old), list_vocabulary(old)
    touched = changed = 0
    for step in range(8):
        copy = tmp_path / str(step)
        edit_registers(folder, words, random)
        shutil.copytree(folder, copy)
        registers = load_registers(copy)
        now, fresh = read_all(texts, registers), list_vocabulary(registers)
        names = [name for touch in compare_vocabularies(vocabulary, fresh) for name in touch.names or ()]
        for text, sketch, was, is_now in zip(texts, sketches, before, now, strict=True):
            if may_hold(sketch, names):
                touched += 1
                changed += was != is_now
            else:
                assert was == is_now, text.source
        before, vocabulary = now, fresh
    assert changed and touched < 8 * len(texts) / 2


# --- whole builds ---------------------------------------------------------------------------------------------------


def build_both(papers: Path, config: Config, folder: Path) -> BuildReport:
    """Builds, and holds the graph against one from nothing."""
    load_registers.cache_clear()  # as in a process of its own
    plan = plan_build([papers], config)
    report = build([papers], config, now=NOW, stages=default_stages(config))
    assert plan.again == report.again
    anew = replace(config, store=folder / f"anew-{len(list(folder.iterdir()))}")
    build([papers], anew, now=NOW, stages=default_stages(anew))
    assert export(config.store) == export(anew.store)
    settle(config.store)
    return report


def test_a_changed_register_reads_again_what_it_touches(root: Path, tmp_path: Path) -> None:
    papers, config = tmp_path / "papers", Config(store=tmp_path / "graph", own_registers=tmp_path / "one.csv")
    papers.mkdir()
    for path in sorted((root / "data" / "documents").iterdir())[-6:]:
        shutil.copy(path, papers)
    assert build_both(papers, config, tmp_path).again == ()

    own = config.own_registers
    own.write_text("id,name,kind\nx-one,LAG Myrbygden,other\n", "utf-8")
    report = build_both(papers, config, tmp_path)
    ((reason, number),) = report.again
    assert reason == "register one.csv (your own) changed" and number <= 2
    assert report.reused + number == report.read

    # another file of one's own is another file: settings are part of what is told
    own = tmp_path / "two.csv"
    own.write_text("id,name,kind\nx-two,Myrbygdens Bygdeförening,other\n", "utf-8")
    report = build_both(papers, replace(config, own_registers=own), tmp_path)
    assert sum(n for _, n in report.again) <= 2
    # nothing has changed since: shards that other registers made hold still
    report = build_both(papers, replace(config, own_registers=own), tmp_path)
    assert report.again == () and report.reused == report.read


@pytest.mark.parametrize("name", [MADE, VOCABULARY])
def test_where_what_the_build_noted_is_lost_or_damaged_papers_are_read_again(
    name: str, root: Path, tmp_path: Path
) -> None:
    papers, config = tmp_path / "papers", Config(store=tmp_path / "graph", own_registers=tmp_path / "one.csv")
    papers.mkdir()
    for path in sorted((root / "data" / "documents").iterdir())[:2]:
        shutil.copy(path, papers)
    build_both(papers, config, tmp_path)
    note = next((config.store / BUILDS).glob(f"*/{name}"))
    note.write_text(note.read_text("utf-8").replace("a", "b"), "utf-8")
    config.own_registers.write_text("id,name,kind\nx-one,Alingstorps Bolag,other\n", "utf-8")
    report = build_both(papers, config, tmp_path)
    assert report.reused == 0
