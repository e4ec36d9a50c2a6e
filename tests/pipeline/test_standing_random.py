"""Random edits of papers, registers and rules, with builds that fail between them: each graph is that of a build from
nothing, and no more papers are made anew than may hold a name that has changed."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from zipfile import ZipFile

import pytest

from kg.config import Config
from kg.graph.store import BUILDS
from kg.model import Claim, Extraction, RawDocument
from kg.pipeline import Stages, build
from kg.pipeline.signatures import hash_parts
from kg.pipeline.vocabulary import Vocabulary
from kg.read import Member, members
from kg.registers import Registers
from kg.sketches import sketch_words
from tests.pipeline.conftest import NOW, extract_lines, make_test_stages
from tests.pipeline.test_increment import NAMES, edit, export, settle, touched, write_line


@dataclass
class World:
    """What papers are read by: ``known`` are the names of the registers, each with the amount that is added to those
    of its lines; ``other_graph`` makes registers that differ in nothing that a paper is read by."""

    known: dict[str, int] = field(default_factory=dict)
    rules: int = 0
    reading: int = 0
    other_graph: int = 0

    def make_stages(self) -> Stages:
        known, rules = dict(self.known), self.rules

        def add(claim: Claim, more: dict[str, int]) -> Claim:
            if claim.property != "amount_sek":
                return claim
            value = replace(claim.value, lexical=str(int(claim.value.lexical) + rules + more.get(claim.subject, 0)))
            return replace(claim, value=value)

        def extract(raw: RawDocument) -> Extraction:
            found = extract_lines(raw)
            titles = {c.subject: c.value.lexical for c in found.claims if c.property == "name"}
            projects = {c.subject: c.value.lexical for c in found.claims if c.property == "project"}
            more = {act: known.get(titles.get(project, ""), 0) for act, project in projects.items()}
            claims = tuple(add(claim, more) for claim in found.claims)
            return replace(found, claims=claims, words=sketch_words(raw.text))

        def find(path: Path, source: str) -> Iterator[Member]:
            return members(path, source=source)

        told = hashlib.sha256(json.dumps(known, sort_keys=True).encode()).hexdigest()
        lookups = {name: str(amount) for name, amount in known.items()}
        made_from = (("registers", told), ("code of reading", str(self.reading)), ("rules", str(rules)))
        return replace(
            make_test_stages(),
            extract=extract,
            signature=hash_parts(made_from),
            made_from=made_from,
            members=find,
            registers=Registers((), (), (), (), (), str(self.other_graph)),
            reading=(("code of reading", str(self.reading)),),
            vocabulary=lambda: Vocabulary({"names.csv": told}, {}, {}, lookups),
        )

    def change(self, random: Random) -> None:
        self.other_graph = random.choice([self.other_graph, self.other_graph + 1])
        match random.choice(["add", "add", "drop", "amount", "rules", "reading", "nothing"]):
            case "add":
                self.known[random.choice(NAMES)] = random.randint(1, 9)
            case "drop" if self.known:
                del self.known[random.choice(sorted(self.known))]
            case "amount" if self.known:
                self.known[random.choice(sorted(self.known))] += 1
            case "rules":
                self.rules += random.choice([1, 0])
            case "reading":
                self.reading += random.choice([1, 0])


@pytest.mark.parametrize("damage", ["", "lost", "cut"])
def test_other_registers_change_a_graph_that_was_changed_in_parts(tmp_path: Path, damage: str) -> None:
    """The digests of before tell where, with the parts that have changed since."""
    world, papers, config = World(), tmp_path / "papers", Config(store=tmp_path / "graph")
    papers.mkdir()
    for number in range(20):
        (papers / f"{number:02}.txt").write_text(f"Stilla {number};granted;{1000 + number}\n")
    build([papers], config, now=NOW, stages=world.make_stages())
    for name in ("02.txt", "03.txt"):
        settle(config.store)
        (papers / name).write_text(f"Norrsken;granted;1{name[:2]}\n")
        assert touched(build([papers], config, now=NOW, stages=world.make_stages()))
    settle(config.store)
    (told,) = (config.store / BUILDS).glob("*/changed.txt")
    match damage:
        case "lost":
            told.unlink()
        case "cut":
            told.write_text(told.read_text()[:-9])
    world.other_graph, world.known = 1, {"Norrsken": 5}
    report = build([papers], config, now=NOW, stages=world.make_stages())
    assert report.manifest.revisions == (0 if damage else 3)
    assert report.again == (("register names.csv changed", 2),)
    anew = Config(store=tmp_path / "anew")
    build([papers], anew, now=NOW, stages=world.make_stages())
    assert export(config.store) == export(anew.store)


class Stop(BaseException):
    """As whoever interrupts a build does."""


@pytest.mark.parametrize("seed", range(4))
def test_random_edits_of_papers_registers_and_rules(tmp_path: Path, seed: int) -> None:
    random, world = Random(seed), World()
    papers, config = tmp_path / "papers", Config(store=tmp_path / "graph")
    papers.mkdir()
    for number in range(12):
        (papers / f"{number:02}-first.txt").write_text(f"Stilla {number};granted;{1000 + number}\n")
    for number in range(12):
        (papers / f"{number + 20}-more.txt").write_text(write_line(random))
    with ZipFile(papers / "91.zip", "w") as archive:
        for name in ("Havet", "Ängen"):
            archive.writestr(f"{name}.txt", f"{name};granted;77\n")
    (papers / "90.rtf").write_bytes(rb"{\rtf1\ansi Havet;granted;12\par}")
    build([papers], config, now=NOW, stages=world.make_stages())
    settle(config.store)
    for step in range(8):
        for _ in range(random.choice([0, 0, 1])):
            edit(papers, random)
        if random.random() < 0.3:
            stop_midway(papers, config, world, random)
        else:
            world.change(random)
        report = build([papers], config, now=NOW, stages=world.make_stages())
        anew = Config(store=tmp_path / f"anew-{step}")
        build([papers], anew, now=NOW, stages=world.make_stages())
        assert export(config.store) == export(anew.store), (step, world)
        shutil.rmtree(anew.store)
        settle(config.store)
        for reason, number in report.again:
            if reason.startswith("register"):
                texts = [path.read_text(errors="replace") for path in papers.iterdir()]
                assert number <= sum(any(name.split()[0] in text for name in NAMES) for text in texts)


def stop_midway(papers: Path, config: Config, world: World, random: Random) -> None:
    """A build with other registers or rules that ends before it is done; then these may be as before, or other ones."""
    before = replace(world, known=dict(world.known))
    world.change(random)
    left = random.randint(0, 30)

    def stop(step: str) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise Stop

    try:
        build([papers], config, now=NOW, stages=world.make_stages(), checkpoint=stop)
    except Stop:
        pass
    else:
        settle(config.store)
    match random.choice(["same", "back", "other"]):
        case "back":
            world.known, world.rules = before.known, before.rules
            world.reading, world.other_graph = before.reading, before.other_graph
        case "other":
            world.change(random)
