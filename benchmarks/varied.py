"""Papers without end: those of the project with other projects, sums, numbers and days in them.

A paper and a number give the same text on every machine.  Names of projects (those of the gold facts) become other
names, made of Swedish words; digits of diary numbers and sums change, so that papers of the same origin tell of
different matters, while bodies, places and forms stay.
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


def vary_paper(number: int) -> tuple[str, str]:
    """The name and the text of the paper with this number."""
    originals = _originals()
    name, text, projects = originals[number % len(originals)]
    made = number // len(originals)
    if made == 0:
        return name, text
    random = Random(f"{name} {made}")
    for project in projects:
        fresh = f"{random.choice(_FIRST)}{random.choice(_LAST)} {random.choice(_FIRST)}{random.choice(_LAST)}"
        text = text.replace(project, fresh)
    text = _SUM.sub(lambda m: _change(m[0], random, 1), text)
    text = _DIARY.sub(lambda m: _change(m[0], random, 0), text)
    stem, _, suffix = name.rpartition(".")
    return f"{stem}-{made}.{suffix}", text


def _change(number: str, random: Random, keep: int) -> str:
    return number[:keep] + "".join(random.choice("123456789") if c.isdigit() else c for c in number[keep:])


def write_papers(folder: Path, count: int) -> list[Path]:
    """Writes so many papers into folders of a hundred."""
    made = []
    for number in range(count):
        name, text = vary_paper(number)
        path = folder / f"{number // 100:04}" / f"{number:05}-{name}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        made.append(path)
    return made


def main() -> Iterator[str]:
    """``python benchmarks/varied.py FOLDER COUNT``"""
    yield f"{len(write_papers(Path(sys.argv[1]), int(sys.argv[2])))} papers in {sys.argv[1]}"


if __name__ == "__main__":
    print(*main())
