"""How far facts hang on the form in which a paper tells them.

    python benchmarks/changed.py                     every change, on dev, dev-2, dev-3 and dev-4
    python benchmarks/changed.py wrap-48 dates-iso   these changes
    python benchmarks/changed.py names --sets dev    other names of projects, on one set

Labelled papers are changed in one respect that leaves what they tell as it was (where their lines end, how sums and
days are written, what projects are called), the gold with them where a name is another, and scored before and after.
A change that costs nothing shows nothing; one that costs much shows what the rules lean on.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from random import Random
from textwrap import wrap
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "benchmarks"), str(ROOT)]

from quality import SETS, LabelledSet, extract_set, report_on  # noqa: E402

from kg.annotate import Annotator  # noqa: E402
from kg.registers import load_registers  # noqa: E402

Gold = dict[str, Any]
Change = Callable[[str, Gold, Random], tuple[str, Gold] | None]
DEVELOPED = ("dev", "dev-2", "dev-3", "dev-4")
MONTHS = [
    "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober",
    "november", "december",
]
_SUM = re.compile(r"(?<![\d\w.,])(\d{1,3}(?:[ \u00a0]\d{3})+) (kronor|kr)\b(?! per|/)")
_LONG = re.compile(rf"\b(?:den )?(\d{{1,2}}) ({'|'.join(MONTHS)}) (\d{{4}})\b")
_ISO = re.compile(r"(?<![\d-])(\d{4})-(\d\d)-(\d\d)(?![\d-])")
_BULLET = re.compile(r"^(\s*)[-–•*] ", re.MULTILINE)
_LABEL = re.compile(r"^([A-ZÅÄÖ][\wåäö /-]{2,28}):[ \t]+(?=\S)", re.MULTILINE)
_OPENS = re.compile(r"\s*(?:[-•*–\d§]|att\b|[a-z]\))")
_FIRST = [
    "Ljung", "Ström", "Kvarn", "Silver", "Björk", "Fjäll", "Ullspets", "Tranö", "Hammar", "Linne", "Morgon",
    "Sten", "Vinter", "Ekorr",
]
_LAST = [
    "vägen", "lyftet", "navet", "hubben", "kraft", "bron", "verkstan", "rummet", "spåret", "språnget", "lab",
    "grund", "nät", "stigen", "torget",
]
_NAMES: tuple[Callable[[Random], str], ...] = (
    lambda r: r.choice(_FIRST) + r.choice(_LAST),
    lambda r: "".join(r.choice("ABDEGKLMNPRSTV") for _ in range(r.randint(4, 6))),
    lambda r: f"{r.choice(['Smart', 'Green', 'Circular'])} {r.choice(['Forest', 'Skills'])} {r.choice(_FIRST)}",
    lambda r: f"Kompetens för {r.choice(['gröna jobb', 'framtidens vård', 'fler företag'])} i {r.choice(_FIRST)}dal",
)


def rewrap(width: int) -> Change:
    """Paragraphs of running text wrapped at another column."""

    def change(text: str, gold: Gold, random: Random) -> tuple[str, Gold] | None:
        parts = re.split(r"(\n\s*\n)", text)
        return "".join("\n".join(wrap(" ".join(p.split()), width)) if _is_prose(p) else p for p in parts), gold

    return change


def _is_prose(text: str) -> bool:
    """Whether a stanza is running text that was wrapped: no line had room for the next one's first word."""
    lines = text.split("\n")
    width = max(map(len, lines))
    if len(lines) < 2 or not 50 <= width <= 130 or "\t" in text or _OPENS.match(lines[0]):
        return False
    return (
        all(b.split() and len(a) + 1 + len(b.split()[0]) > width - 2 for a, b in pairwise(lines))
        and sum(c.isdigit() for c in text) < 0.18 * len(text)
        and any(line[:1].islower() for line in lines[1:])
        and not any(_OPENS.match(line) for line in lines[1:])
        and not any(line[:1] in (" ", "\f") or "  " in line or line.endswith("-") for line in lines)
        and not any(": " in line[:30] for line in lines)
    )


def replace(pattern: re.Pattern[str], made: Callable[[re.Match[str]], str]) -> Change:
    """All that matches, written otherwise."""
    return lambda text, gold, random: (pattern.sub(made, text), gold)


def rename(text: str, gold: Gold, random: Random) -> tuple[str, Gold] | None:
    """Other names of projects, of several kinds, where no word of the old name stands by itself."""
    names = {d["project"] for d in gold["decisions"]} | {r["project"] for r in gold["financing"]}
    names |= {row[key] for row in gold["lineage"] for key in ("project", "predecessor")}
    for name in sorted(filter(None, names), key=lambda n: (-len(n), n)):
        pattern = re.compile(r"(?<![\w-])" + re.escape(name) + r"(?![\w-])(?!:s)")
        rest = pattern.sub(" ", text)
        words = [word[: max(4, len(word) - 2)] for word in re.findall(r"\w{3,}", name) if word[0].isupper()]
        others = [other for other in names if other != name and other and (other in name or name in other)]
        if not pattern.search(text) or others or re.search(r"\d|[()]", name):
            continue
        if any(re.search(r"(?<!\w)" + re.escape(word), rest) for word in words):
            continue
        if re.search(re.escape(name) + r"[^\n]* {2,}\S", text):  # a longer name would push the next columns aside
            continue
        fresh = random.choice(_NAMES)(random)
        if fresh not in text:
            text = pattern.sub(fresh, text)
            gold = json.loads(json.dumps(gold).replace(json.dumps(name), json.dumps(fresh)))
    return text, gold


def _number(m: re.Match[str]) -> int:
    return int(re.sub(r"\D", "", m[1]))


CHANGES: dict[str, Change] = {
    "names": rename,
    **{f"wrap-{width}": rewrap(width) for width in (40, 48, 60, 110)},
    "bullets-o": replace(_BULLET, lambda m: m[1] + "o "),
    "bullets-font": replace(_BULLET, lambda m: m[1] + "\uf0b7 "),
    "labels-above": replace(_LABEL, lambda m: m[1] + ":\n"),
    "indent": replace(re.compile(r"^(?=[^\n\f])", re.MULTILINE), lambda m: "      "),
    "sums-tkr": replace(
        _SUM, lambda m: m[0] if _number(m) % 1000 else f"{_number(m) // 1000:,} tkr".replace(",", " ")
    ),
    "sums-dots": replace(_SUM, lambda m: re.sub(r"\s", ".", m[1]) + " kronor"),
    "sums-close": replace(_SUM, lambda m: re.sub(r"\s", "", m[1]) + " " + m[2]),
    "dates-iso": replace(_LONG, lambda m: f"{m[3]}-{MONTHS.index(m[2]) + 1:02}-{int(m[1]):02}"),
    "dates-short": replace(_LONG, lambda m: f"{m[1]}/{MONTHS.index(m[2]) + 1} {m[3]}"),
    "dates-long": replace(_ISO, lambda m: f"{int(m[3])} {MONTHS[(int(m[2]) - 1) % 12]} {m[1]}"),
}


def changed_papers(change: Change, sets: tuple[str, ...]) -> Iterator[tuple[Path, str, Gold, str, Gold]]:
    """The papers of plain text that a change touches, as they are and changed, each with its gold."""
    for labelled in SETS:
        for path in sorted(labelled.documents.glob("*.txt")) if labelled.name in sets else ():
            text = path.read_text(encoding="utf-8")
            gold = json.loads((labelled.gold / f"{path.stem}.json").read_text(encoding="utf-8"))
            found = change(text, gold, Random(path.stem))
            if found is not None and found[0] != text:
                yield path, text, gold, *found


def measure(change: Change, sets: tuple[str, ...], annotator: Annotator) -> tuple[int, float, float]:
    """How many papers a change touches, and F1 of their facts before and after it."""
    with tempfile.TemporaryDirectory() as folder:
        sides = [LabelledSet(side, Path(folder, side, "docs"), Path(folder, side, "gold"), False) for side in "ab"]
        for labelled in sides:
            labelled.documents.mkdir(parents=True)
            labelled.gold.mkdir()
        count = 0
        for path, *rest in changed_papers(change, sets):
            count += 1
            for labelled, text, gold in zip(sides, rest[::2], rest[1::2], strict=True):
                (labelled.documents / path.name).write_text(text, encoding="utf-8")
                (labelled.gold / f"{path.stem}.json").write_text(json.dumps(gold), encoding="utf-8")
        before, after = (report_on(s, extract_set(s, annotator)).total.f1 if count else 1.0 for s in sides)
    return count, before, after


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("changes", nargs="*", choices=[*CHANGES, []], metavar="CHANGE", help=", ".join(CHANGES))
    parser.add_argument("--sets", nargs="+", default=list(DEVELOPED))
    options = parser.parse_args()
    annotator = Annotator(load_registers())
    print(f"{'change':14}{'papers':>7}{'F1':>8}{'changed':>9}")
    for name in options.changes or CHANGES:
        count, before, after = measure(CHANGES[name], tuple(options.sets), annotator)
        print(f"{name:14}{count:7}{before:8.3f}{after:9.3f}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
