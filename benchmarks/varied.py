"""Papers without end: those of the project with other projects, sums, numbers and days in them.

A paper and a number give the same text on every machine.  Names of projects (those of the gold facts) become other
names, made of Swedish words; digits of diary numbers and sums change, so that papers of the same origin tell of
different matters, while bodies, places and forms stay.

There are two kinds.  ``vary_paper`` draws names and numbers at random for each paper, so that the more papers there are
the more of them share a name by chance, and at 10,000 a third of all hangs together.  ``kin`` papers are named as bodies
do: papers that share a project or number share it still, in a round of all papers that stands for one region and year;
no two rounds give one name or number, but that a region goes on with one project in eight in the year after.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parent.parent
_SETS = ((ROOT / "data" / "documents", ROOT / "data" / "gold"), *(
    (ROOT / "data" / "corpus" / name / "docs", ROOT / "data" / "corpus" / name / "gold") for name in ("dev", "dev-2")
))
_FIRST = (
    "Norr", "Söder", "Väster", "Öster", "Fjäll", "Skogs", "Kust", "Sjö", "Älv", "Berg", "Dal", "Strand", "Slätt", "Myr",
    "Hav", "Land", "Ljus", "Vind", "Sol", "Is",
)
_LAST = (
    "lyftet", "kraften", "resan", "bron", "navet", "arenan", "vägen", "linjen", "kompassen", "nätet", "labbet",
    "verkstaden", "rummet", "kretsen",
)
_SUM = re.compile(r"\b\d{1,3}(?: \d{3})+\b")
_DIARY = re.compile(r"(?<=[/\-])\d{4,6}\b|(?<=\d{2}RS)\d{3,6}")


@cache
def _originals() -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """Name, text and names of projects of each paper, sorted."""
    found = []
    for folder, gold in _SETS:
        for path in sorted(folder.iterdir()):
            facts = gold / f"{path.stem}.json"
            if path.suffix not in (".txt", ".html", ".md") or not facts.exists():
                continue
            table = json.loads(facts.read_text(encoding="utf-8"))
            names = {d["project"] for d in table.get("decisions", ()) if d.get("project")}
            try:
                text = path.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                continue
            found.append((path.name, text, tuple(sorted(names, key=lambda n: (-len(n), n)))))
    return tuple(sorted(found))


def vary_paper(number: int, *, kin: bool = False) -> tuple[str, str]:
    """The name and the text of the paper with this number.

    ``kin``: papers share names as those of bodies do, within a region and from year to year; otherwise by chance.
    """
    originals = _originals()
    name, text, projects = originals[number % len(originals)]
    made = number // len(originals)
    if made == 0:
        return name, text
    stem, _, suffix = name.rpartition(".")
    varied = _vary_kin(text, projects, made) if kin else _vary_by_chance(text, projects, Random(f"{name} {made}"))
    return f"{stem}-{made}.{suffix}", varied


def _vary_by_chance(text: str, projects: tuple[str, ...], random: Random) -> str:
    for project in projects:
        fresh = f"{random.choice(_FIRST)}{random.choice(_LAST)} {random.choice(_FIRST)}{random.choice(_LAST)}"
        text = text.replace(project, fresh)
    text = _SUM.sub(lambda m: _change(m[0], random, 1), text)
    return _DIARY.sub(lambda m: _change(m[0], random, 0), text)


_REGIONS = 20
_GOES_ON = 8
_YEAR = re.compile(r"(?:19|20)\d\d")
_NAMES = (len(_FIRST) * len(_LAST)) ** 2


@cache
def _all_projects() -> dict[str, int]:
    """The names of projects of all papers, each with its number."""
    names = {name for _, _, projects in _originals() for name in projects}
    return {name: i for i, name in enumerate(sorted(names, key=lambda n: (-len(n), n)))}


@cache
def _all_numbers() -> dict[str, int]:
    """The same of diary numbers."""
    found = {number for _, text, _ in _originals() for number in _DIARY.findall(text)}
    return {number: i for i, number in enumerate(sorted(found))}


def _vary_kin(text: str, own: tuple[str, ...], made: int) -> str:
    for project in (p for p in _all_projects() if p in own or (len(p) > 5 and p in text)):
        text = text.replace(project, _name_kin(project, made))
    text = _SUM.sub(lambda m: _change(m[0], Random(f"{made} {m[0]}"), 1), text)
    return _DIARY.sub(lambda m: m[0] if _YEAR.fullmatch(m[0]) else _number_kin(m[0], made), text)


def _name_kin(project: str, made: int) -> str:
    while made > _REGIONS and Random(f"{made} {project}").randrange(_GOES_ON) == 0:
        made -= _REGIONS  # the name that the region gave it the year before
    place = made * len(_all_projects()) + _all_projects()[project]
    beyond, place = divmod(place, _NAMES)
    place = place * 49_999 % _NAMES  # has no divisor in common with their number
    words = []
    for _ in range(2):
        place, last = divmod(place, len(_LAST))
        place, first = divmod(place, len(_FIRST))
        words.append(_FIRST[first] + _LAST[last])
    return " ".join((*words, *([_FIRST[beyond - 1]] if beyond else [])))


def _number_kin(number: str, made: int) -> str:
    place = made * len(_all_numbers()) + _all_numbers()[number]
    return str(100_000 + place * 7_919 % 900_000)


def _change(number: str, random: Random, keep: int) -> str:
    return number[:keep] + "".join(random.choice("123456789") if c.isdigit() else c for c in number[keep:])


def write_papers(folder: Path, count: int, *, kin: bool = False) -> list[Path]:
    """Writes so many papers into folders of a hundred; ``kin``: as in ``vary_paper``."""
    made = []
    for number in range(count):
        name, text = vary_paper(number, kin=kin)
        path = folder / f"{number // 100:04}" / f"{number:05}-{name}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        made.append(path)
    return made


def main() -> Iterator[str]:
    """``python benchmarks/varied.py FOLDER COUNT [kin]``"""
    made = write_papers(Path(sys.argv[1]), int(sys.argv[2]), kin="kin" in sys.argv[3:])
    yield f"{len(made)} papers in {sys.argv[1]}"


if __name__ == "__main__":
    print(*main())
