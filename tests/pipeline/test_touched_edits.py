"""Random edits of papers that tell of much: what is derived for bodies, places and chains, copies, and names that come
to be others.  After each, the graph that was changed is that which a build from nothing gives."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from kg.model import Claim, Extraction, RawDocument, Value
from kg.pipeline import Stages
from tests.papers import PaperMaker
from tests.pipeline.conftest import make_test_stages
from tests.pipeline.test_increment import Twins, touched

PROJECTS = ["Norrsken", "Norrsken II", "INDI", "INDI - Industri i Norr", "Ängen", "Angen", "Havet", "Havets liv - INDI",
            "Gröna vägen genom fjället", "Gröna vägar genom fjället"]  # fmt: skip
BODIES = ["Region Norr", "Region Söder", "region norr", "Norrby kommun", "Norrby Kommuns", "Söderby AB", "Söderby",
          "Söderby Aktiebolag", "Norra Utvecklingsbolaget (NUB)", "NUB"]  # fmt: skip
PLACES = {"county": [("Norrbottens län", "25"), ("Västerbottens län", "24")], "municipality": [("Luleå", "2580")]}


def extract_notes(raw: RawDocument) -> Extraction:
    """Lines "project;NAME", "builds;NAME;NAME", "decision;NAME;OUTCOME;key=value;..." and "line;NAME;FUNDER;..."."""
    paper = PaperMaker(raw.source)
    projects: dict[str, str] = {}
    for line in raw.text.splitlines():
        kind, name, *rest = line.split(";")
        if kind == "builds" and (name in projects or rest[0] == name):
            continue
        if name not in projects:
            if kind == "builds" and rest[0] not in projects:
                projects[rest[0]] = paper.project(rest[0])
            more = {"builds_on": projects[rest[0]]} if kind == "builds" else {}
            projects[name] = paper.project(name, **more)
        values = dict(pair.split("=", 1) for pair in rest if "=" in pair)
        given: dict[str, object] = {key: value.split("|") for key, value in values.items()}
        for key in ("county", "municipality"):
            if key in given:
                given[key] = [pair for pair in PLACES[key] if pair[0] in values[key].split("|")]
        if "municipality" in given:
            given["county"] = [PLACES["county"][0]]  # no register is there to say where it lies
        if kind == "decision":
            paper.decision(projects[name], rest[0], **given)
        elif kind == "line":
            paper.line(projects[name], rest[0], **given)
    made = paper.make()
    claims = tuple(_number(replace(c, evidence=replace(c.evidence, document=raw.id))) for c in made.claims)
    words = {int.from_bytes(hashlib.sha256(w.encode()).digest()[:8]) for w in raw.text.replace("\n", ";").split(";")}
    return replace(made, document=raw.id, source=raw.source, claims=claims, signature=tuple(sorted(words)))


def _number(claim: Claim) -> Claim:
    """ "NAME#NUMBER" as a name with the number that the paper gives it."""
    if claim.property != "organisation_number":
        return claim
    name, _, number = claim.value.lexical.partition("#")
    return replace(claim, value=Value("organisation", name, None, number))


def make_stages() -> Stages:
    return replace(make_test_stages("notes"), extract=extract_notes)


def write_line(random: Random) -> str:
    project, body = random.choice(PROJECTS), random.choice(BODIES)
    match random.choice(["project", "builds", "decision", "decision", "decision", "line", "line"]):
        case "project":
            return f"project;{project}\n"
        case "builds":
            return f"builds;{project};{random.choice(PROJECTS)}\n"
        case "line":
            status = random.choice(["sought", "granted", "planned"])
            return f"line;{project};{body};amount_sek={random.randint(1, 3)}000;status={status};form=cash\n"
        case _:
            outcome = random.choice(["granted", "granted", "rejected", "proposed_grant", "other"])
            parts = [f"decision;{project};{outcome}"]
            for key, values in {
                "date": ["2023-05-01", "2024-01-01", "2024-06-30", "2024"],
                "amount_sek": ["1000", "2000", "3000"],
                "beneficiary": BODIES,
                "authority": BODIES[:4],
                "deciding_body": ["Regionstyrelsen", "Kommunstyrelsen", "Styrelsen"],
                "diary_number": ["RS 2024/1", "2024/1", "RS 2024/2"],
                "partner": ["|".join(pair) for pair in zip(BODIES, BODIES[2:])],
                "county": ["Norrbottens län", "Västerbottens län"],
                "municipality": ["Luleå"],
                "start": ["2021", "2022-01"],
                "end": ["2024", "2025-12"],
                "share_percent": ["50", "31.5"],
                "total_budget_sek": ["2000", "4000"],
                "applied_amount_sek": ["9000"],
                "condition": ["Rapport lämnas"],
                "organisation_number": [f"{b}#{n}" for b in BODIES[5:8] for n in ("556036-2138", "212000-1884")],
            }.items():
                if random.random() < 0.45:
                    parts.append(f"{key}={random.choice(values)}")
            return ";".join(parts) + "\n"


def edit(folder: Path, random: Random, number: int) -> None:
    files = sorted(folder.iterdir())
    path = random.choice(files)
    match random.choice(["write", "write", "change", "cut", "remove", "double", "rename"]):
        case "write":
            (folder / f"{number}.txt").write_text("".join(write_line(random) for _ in range(random.randint(1, 6))))
        case "change":
            path.write_text(path.read_text() + write_line(random))
        case "cut":
            lines = path.read_text().splitlines(keepends=True)
            lines.pop(random.randrange(len(lines)))
            path.write_text("".join(lines) or write_line(random))
        case "remove" if len(files) > 5:
            path.unlink()
        case "double":
            (folder / f"{number}-copy.txt").write_text(path.read_text() + random.choice(["", write_line(random)]))
        case "rename":
            path.rename(folder / f"{number}-renamed.txt")


@pytest.mark.parametrize("seed", range(4))
def test_random_edits_of_papers_that_tell_of_much(tmp_path: Path, seed: int) -> None:
    random = Random(seed)
    papers = tmp_path / "papers"
    papers.mkdir()
    for number in range(14):
        (papers / f"first-{number}.txt").write_text("".join(write_line(random) for _ in range(random.randint(1, 8))))
    twins = Twins(papers, tmp_path, make_stages)
    twins.build()
    for step in range(7):
        for more in range(random.choice([1, 1, 2])):
            edit(papers, random, 10 * step + more)
        assert touched(twins.build())
