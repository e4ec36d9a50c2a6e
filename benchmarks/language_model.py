"""What the checks on a language model's answers let through, without any model.

    python benchmarks/language_model.py

Three stand-ins answer on the labelled papers of ``data/corpus/dev-3``, through the same code as a server's answer.  The
oracle says what gold says, each value with the first sentence or row that bears it out: what it cannot add is the price
of the checks.  The liar says of each paper what gold says of the next one, with the sentence that bears the value out
where this paper has one by chance.  The misreader knows projects and outcomes, and takes for every other value any
amount, date or organisation of the same paper, with its sentence: the checks do not know the roles of values, so this
is the harm that is left.  None of them tells how good a real model is.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

from quality import ROOT, LabelledSet, report_on

from kg.annotate import Annotator
from kg.assist.grounding import Grounding, Ungrounded
from kg.assist.joining import Joining, drop_dangling
from kg.assist.reply import LIST_FIELDS, Reply, Said, SaidThing
from kg.clean import clean
from kg.evaluate import read_gold
from kg.extract import extract
from kg.extract.record import SCALAR_FIELDS
from kg.extract.rules import ClaimBook
from kg.extract.view import View
from kg.lexicon import load_lexicon
from kg.model import Extraction
from kg.read import read
from kg.registers import load_registers

FOLDER = ROOT / "data" / "corpus" / "dev-3"
SET = LabelledSet("dev-3", FOLDER / "docs", FOLDER / "gold", True)
Quote = Callable[[str, str], str]


def list_quotes(view: View) -> list[str]:
    """The sentences of a paper, and the rows of its tables."""
    units = [view.text[u.start : u.end] for u in view.units]
    rows = [row for b in view.blocks if b.kind == "table" for row in view.text[b.start : b.end].split("\n")]
    return [quote for quote in dict.fromkeys(units + rows) if quote.strip()]


def find_quote(view: View, grounding: Grounding) -> Quote:
    """The first sentence that bears the value out; where none does, the first that there is."""
    quotes = list_quotes(view)

    def find(prop: str, value: str) -> str:
        for quote in quotes:
            try:
                grounding.ground(prop, Said(value, quote))
            except Ungrounded:
                continue
            return quote
        return quotes[0]

    return find


def make_reply(gold: dict[str, Any], quote: Quote) -> Reply:
    """The answer of a model that says what ``gold`` says."""
    reply = Reply()

    def say(prop: str, value: Any) -> Said:
        text = str(int(value)) if isinstance(value, float) and value == int(value) else str(value)
        return Said(text, quote(prop, text))

    for row in gold.get("decisions", []):
        names = [n for n in ("project", *SCALAR_FIELDS) if row.get(n) is not None]
        many = [(prop, say(prop, v)) for name, prop in LIST_FIELDS.items() for v in row.get(name) or []]
        reply.things.append(SaidThing("decision", {n: say(n, row[n]) for n in names}, many))
    for part, kind, names in (
        ("financing", "financing", ["project", "funder", "amount_sek"]),
        ("lineage", "lineage", ["project", "predecessor"]),
    ):
        for row in gold.get(part, []):
            reply.things.append(SaidThing(kind, {n: say(n, row[n]) for n in names if row.get(n) is not None}))
    return reply


def misread(gold: dict[str, Any], view: View) -> dict[str, Any]:
    """Gold whose values, but for projects and outcomes, are any of their kind that stand in the paper, in turn."""
    amounts = [int(s.value.amount) for s in view.kind("money") if s.value.currency in (None, "SEK")]
    dates = [s.value.iso for s in view.kind("date") if s.value.day and s.value.year]
    names = [s.value.canonical for s in view.kind("organisation")]
    kinds: dict[str, list[Any]] = {
        **dict.fromkeys(("amount_sek", "total_budget_sek", "applied_amount_sek"), amounts),
        **dict.fromkeys(("date", "start", "end"), dates),
        **dict.fromkeys(("beneficiary", "authority"), names),
    }
    rows, turn = [], 0
    for row in gold.get("decisions", []):
        made = {"project": row["project"], "outcome": row["outcome"]}
        for name, values in kinds.items():
            if values:
                turn += 1
                made[name] = values[turn * 7 % len(values)]
        rows.append(made)
    return {"decisions": rows}


def join(extraction: Extraction, view: View, grounding: Grounding, reply: Reply) -> tuple[Extraction, int]:
    """The extraction with what holds, and how many claims were added."""
    book = ClaimBook(extraction.document, view.text, [(p.start, p.end) for p in view.persons])
    Joining(extraction, view, grounding, book).join(reply)
    added = drop_dangling(book.claims(), frozenset(c.subject for c in extraction.claims))
    joined = Extraction(
        extraction.document,
        extraction.source,
        extraction.media_type,
        extraction.form,
        extraction.characters,
        (*extraction.claims, *added),
        extraction.issues,
        (),
        extraction.signature,
    )
    return joined, len(added)


def run(papers: list[Path], gold: dict[str, Any]) -> Iterator[tuple[str, list[Extraction], int]]:
    """For each stand-in: its name, the papers with what it added, and how many claims that is."""
    lexicon, registers = load_lexicon(), load_registers()
    annotator = Annotator(registers)
    annotated = [annotator.annotate(clean(read(p))) for p in papers]
    rules = [extract(a, lexicon, registers) for a in annotated]
    bare = [
        Extraction(e.document, e.source, e.media_type, "information", e.characters, (), (), (), e.signature)
        for e in rules
    ]
    true = [gold[p.stem] for p in papers]
    misreadings = [misread(row, View(paper)) for row, paper in zip(true, annotated, strict=True)]
    yield "rules alone", rules, 0
    for name, given, told in (
        ("the oracle alone", bare, true),
        ("rules, then the oracle", rules, true),
        ("the liar alone", bare, true[1:] + true[:1]),
        ("rules, then the liar", rules, true[1:] + true[:1]),
        ("the misreader alone", bare, misreadings),
        ("rules, then the misreader", rules, misreadings),
    ):
        done, count = [], 0
        for extraction, paper, row in zip(given, annotated, told, strict=True):
            view = View(paper)
            grounding = Grounding(view, lexicon, registers)
            joined, added = join(extraction, view, grounding, make_reply(row, find_quote(view, grounding)))
            done.append(joined)
            count += added
        yield name, done, count


def main() -> int:
    gold = read_gold(SET.gold)
    papers = [p for p in sorted(SET.documents.iterdir()) if p.is_file() and p.stem in gold]
    for name, done, count in run(papers, gold):
        total = report_on(SET, done).total
        print(
            f"{name:26s} P {total.precision:.3f}  R {total.recall:.3f}  F1 {total.f1:.3f}  "
            f"{count} claims added, {total.spurious} facts wrong, {total.gold} in gold"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
