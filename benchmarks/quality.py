"""The quality of extraction on every labelled set: figures, pinned floors, the precision of each rule.

    python benchmarks/quality.py                  the figures, one line a set
    python benchmarks/quality.py --fields         and by field
    python benchmarks/quality.py --rules          measure the rules and write data/rules/precision.json
    python benchmarks/quality.py --pin            raise the floors in tests/quality/floors.json to today's figures
    python benchmarks/quality.py --pin --lower    set them, lower ones too (say why in the commit)

The held-out sets are measured as wholes only: their errors are never listed here.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.annotate import Annotator
from kg.clean import clean
from kg.evaluate import Report, evaluate, measure_rules, read_gold, write_precisions
from kg.extract import extract, record
from kg.lexicon import load_lexicon
from kg.model import Extraction
from kg.read import read
from kg.registers import load_registers
from kg.resolve import same_decisions

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
FLOORS = ROOT / "tests" / "quality" / "floors.json"
PRECISIONS = ROOT / "data" / "rules" / "precision.json"
MARGIN = 0.002


@dataclass(frozen=True, slots=True)
class LabelledSet:
    """A folder of papers and the folder of their gold; ``shipped`` sets lie in the project itself."""

    name: str
    documents: Path
    gold: Path
    shipped: bool


SETS = (
    LabelledSet("five", SHARED / "documents", SHARED / "gold", False),
    LabelledSet("devset", SHARED / "devset" / "docs", SHARED / "devset" / "gold", False),
    LabelledSet("samples", ROOT / "data" / "documents", ROOT / "data" / "gold", True),
    LabelledSet("dev", ROOT / "data" / "corpus" / "dev" / "docs", ROOT / "data" / "corpus" / "dev" / "gold", True),
    LabelledSet(
        "dev-2", ROOT / "data" / "corpus" / "dev-2" / "docs", ROOT / "data" / "corpus" / "dev-2" / "gold", True
    ),
    LabelledSet(
        "dev-3", ROOT / "data" / "corpus" / "dev-3" / "docs", ROOT / "data" / "corpus" / "dev-3" / "gold", True
    ),
    LabelledSet(
        "dev-4", ROOT / "data" / "corpus" / "dev-4" / "docs", ROOT / "data" / "corpus" / "dev-4" / "gold", True
    ),
    LabelledSet(
        "held-out-2",
        ROOT / "data" / "corpus" / "held-out-2" / "docs",
        ROOT / "data" / "corpus" / "held-out-2" / "gold",
        True,
    ),
    LabelledSet(
        "held-out-3",
        ROOT / "data" / "corpus" / "held-out-3" / "docs",
        ROOT / "data" / "corpus" / "held-out-3" / "gold",
        True,
    ),
)


def present() -> Iterator[LabelledSet]:
    """The sets that are there: those of ``../shared`` only where that folder stands beside the checkout."""
    return (s for s in SETS if s.documents.is_dir() and s.gold.is_dir())


def extract_set(labelled: LabelledSet, annotator: Annotator) -> list[Extraction]:
    lexicon, registers = load_lexicon(), load_registers()
    papers = sorted(p for p in labelled.documents.iterdir() if p.is_file() and not p.name.startswith("README"))
    return [extract(annotator.annotate(clean(read(p))), lexicon, registers) for p in papers]


def report_on(labelled: LabelledSet, extractions: list[Extraction]) -> Report:
    same = same_decisions(extractions)
    rows = [record(e, same_decision_as=same.get(e.document)) for e in extractions]
    return evaluate(labelled.gold, rows)


def corpus_hash(labelled: LabelledSet) -> str:
    """A hash of the set's papers and gold, so that a floor is known to be of the corpus that it was measured on."""
    digest = hashlib.sha256()
    for folder in (labelled.documents, labelled.gold):
        for path in sorted(folder.iterdir()):
            if path.is_file():
                digest.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def figures(report: Report) -> dict[str, Any]:
    total = report.total
    return {
        "precision": round(total.precision, 4),
        "recall": round(total.recall, 4),
        "f1": round(total.f1, 4),
        "facts": total.gold,
        "fields": {name: round(count.f1, 4) for name, count in sorted(report.fields.items())},
    }


def pin(found: dict[str, dict[str, Any]], lower: bool) -> int:
    """Write the floors; a figure below its floor is an error unless ``lower`` is said."""
    old = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.is_file() else {}
    fallen = [
        f"{name}: {key} {row[key]} is below its floor {old[name][key]}"
        for name, row in found.items()
        if name in old and old[name]["corpus"] == row["corpus"]
        for key in ("precision", "recall", "f1")
        if row[key] < old[name][key] - MARGIN
    ]
    if fallen and not lower:
        print(*fallen, "nothing was written; say --lower to lower floors", sep="\n", file=sys.stderr)
        return 1
    FLOORS.write_text(
        json.dumps({**old, **found}, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8"
    )
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fields", action="store_true")
    parser.add_argument("--rules", action="store_true")
    parser.add_argument("--pin", action="store_true")
    parser.add_argument("--lower", action="store_true")
    options = parser.parse_args()
    annotator = Annotator(load_registers())
    found: dict[str, dict[str, Any]] = {}
    shipped: list[Extraction] = []
    gold: dict[str, dict[str, Any]] = {}
    for labelled in present():
        extractions = extract_set(labelled, annotator)
        report = report_on(labelled, extractions)
        found[labelled.name] = {**figures(report), "corpus": corpus_hash(labelled), "papers": len(extractions)}
        total = report.total
        print(
            f"{labelled.name:10s} P {total.precision:.3f}  R {total.recall:.3f}  F1 {total.f1:.3f}  "
            f"{total.gold} facts, {len(extractions)} papers"
        )
        if options.fields:
            for name, count in sorted(report.fields.items()):
                print(f"    {name:20s} P {count.precision:.3f}  R {count.recall:.3f}  F1 {count.f1:.3f}  {count.gold}")
        if labelled.shipped:
            shipped += extractions
            gold |= read_gold(labelled.gold)
    if options.rules:
        write_precisions(PRECISIONS, measure_rules(gold, shipped), len(shipped))
        print(f"wrote {PRECISIONS.relative_to(ROOT)}")
    return pin(found, options.lower) if options.pin else 0


if __name__ == "__main__":
    sys.exit(main())
