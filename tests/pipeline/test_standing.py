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
from kg.annotate.gazetteer import LISTS, list_lookups
from kg.clean import clean
from kg.config import Config
from kg.extract import extract
from kg.graph.store import BUILDS
from kg.lexicon import Lexicon, load_lexicon
from kg.model import Extraction
from kg.pipeline import BuildReport, build, default_stages, plan_build
from kg.pipeline.signatures import RESOLUTION_FILES
from kg.pipeline.standing import MADE, VOCABULARY
from kg.pipeline.vocabulary import Vocabulary, compare_vocabularies, hash_lexicon
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


def read_all(texts: list, registers: Registers, lexicon: Lexicon | None = None) -> list[Extraction]:
    lexicon = lexicon or load_lexicon()
    annotator = Annotator(registers, lexicon)
    return [extract(annotator.annotate(text), lexicon, registers) for text in texts]


def list_vocabulary(registers: Registers) -> Vocabulary:
    return Vocabulary(registers.files, {}, {}, list_lookups(registers, load_lexicon()))


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


def add_to_list(folder: Path, part: str, name: str, word: str) -> None:
    """Adds a word to a list of a part of the names of the lexicon, or takes it out where it is there."""
    path = folder / "names.toml"
    head, mark, tail = path.read_text("utf-8").partition(f"\n[{part}]\n")
    before, begin, after = tail.partition(f"\n{name} = [") if not tail.startswith(f"{name} = [") else (
        "", f"{name} = [", tail.removeprefix(f"{name} = ["))  # fmt: skip
    assert mark and begin
    listed, end, rest = after.partition("]")
    quoted = f'"{word}",'
    listed = listed.replace(quoted, "") if quoted in listed else f" {quoted}{listed}"
    path.write_text(head + mark + before + begin + listed + end + rest, "utf-8")


def test_edits_of_names_in_the_lexicon_change_no_paper_that_they_are_said_not_to_touch(
    texts: list, root: Path, tmp_path: Path
) -> None:
    registers, random, folder, texts = load_registers(), Random(5), tmp_path / "lexicon", texts[::3]
    shutil.copytree(root / "data" / "lexicon", folder)
    others = hash_lexicon(folder, LISTS, RESOLUTION_FILES)[1]
    acronyms = sorted(o.acronyms[0] for o in registers.organisations if o.acronyms)
    words = [name for text in texts for name in CAPITALS.findall(text.text)]
    sketches = [load_sketch(sketch_words(text.text)) for text in texts]
    held = {span.value.canonical for text in texts for span in Annotator(registers).annotate(text).spans
            if span.kind == "organisation" and span.value.register_id}  # fmt: skip
    before, old = read_all(texts, registers), list_lookups(registers, load_lexicon())
    changed = 0
    for part, name, chosen in (
        ("organisations", "known", random.sample(words, 3)),
        ("organisations", "ambiguous", random.sample(sorted(held), 8)),
        ("organisations", "acronyms", random.sample(acronyms, 3)),
        ("funds", "skip", ["1:1-anslaget"]),
    ):
        folder = Path(shutil.copytree(folder, tmp_path / name))  # each folder is read once
        for word in chosen:
            add_to_list(folder, part, name, word)
        lexicon = load_lexicon(folder)
        assert hash_lexicon(folder, LISTS, RESOLUTION_FILES)[1] == others
        fresh, now = list_lookups(registers, lexicon), read_all(texts, registers, lexicon)
        told = (Vocabulary({}, {"names.toml": str(n)}, {}, lookups) for n, lookups in enumerate((old, fresh)))
        (touch,) = compare_vocabularies(*told)
        assert touch.reason == "lexicon names.toml changed"
        for text, sketch, was, is_now in zip(texts, sketches, before, now, strict=True):
            assert was == is_now or may_hold(sketch, touch.names or ()), (text.source, chosen)
            changed += was != is_now
        before, old = now, fresh
    assert changed


# --- whole builds ---------------------------------------------------------------------------------------------------


def build_both(papers: Path, config: Config, folder: Path) -> BuildReport:
    """Builds, and holds the graph against one from nothing."""
    load_registers.cache_clear()  # as in a process of its own
    plan = plan_build([papers], config)
    report = build([papers], config, now=NOW, stages=default_stages(config))
    assert plan.reasons == report.again
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
    assert report.reused + number == report.read and report.manifest.revisions == 1

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
