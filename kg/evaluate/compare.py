"""Extracted facts held against gold facts: precision, recall and F1 by field.

A fact is (project, field, value).  Decisions are paired by the project's name, best agreement first; every
filled field of a decision is one fact, every element of a list one fact; lines of financing and of lineage are
facts of their own.  Names are compared after case folding and without inflection, numbers and dates exactly.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.errors import UsageError
from kg.extract.record import SCALAR_FIELDS

TEXT_FIELDS = ("outcome", "date", "start", "end")
NAME_FIELDS = ("deciding_body", "authority", "beneficiary", "funding_source")
NUMBER_FIELDS = ("amount_sek", "share_percent", "total_budget_sek", "applied_amount_sek")
LIST_FIELDS = ("case_ids", "counties", "municipalities", "partners")


@dataclass(frozen=True, slots=True)
class Error:
    """One fact that is missing, spurious or wrong."""

    document: str
    field: str
    kind: str
    note: str


@dataclass(slots=True)
class Count:
    """Right, spurious and missing facts of one field."""

    right: int = 0
    spurious: int = 0
    missing: int = 0

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.spurious) if self.right + self.spurious else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missing) if self.right + self.missing else 1.0

    @property
    def f1(self) -> float:
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p + r else 0.0

    @property
    def gold(self) -> int:
        return self.right + self.missing

    def add(self, other: Count) -> None:
        self.right += other.right
        self.spurious += other.spurious
        self.missing += other.missing


@dataclass(slots=True)
class Report:
    """The figures by field and by document, and every error."""

    fields: dict[str, Count] = field(default_factory=dict)
    documents: dict[str, Count] = field(default_factory=dict)
    errors: list[Error] = field(default_factory=list)

    @property
    def total(self) -> Count:
        whole = Count()
        for count in self.fields.values():
            whole.add(count)
        return whole

    def note(
        self, document: str, name: str, *, right: int = 0, spurious: int = 0, missing: int = 0, note: str = ""
    ) -> None:
        part = Count(right, spurious, missing)
        self.fields.setdefault(name, Count()).add(part)
        self.documents.setdefault(document, Count()).add(part)
        if spurious or missing:
            kind = "wrong" if spurious and missing else "spurious" if spurious else "missing"
            self.errors.append(Error(document, name, kind, note))

    def as_dict(self) -> dict[str, Any]:
        def figures(c: Count) -> dict[str, float | int]:
            return {"precision": c.precision, "recall": c.recall, "f1": c.f1, "gold": c.gold}

        return {
            **figures(self.total),
            "documents": len(self.documents),
            "fields": {k: figures(v) for k, v in sorted(self.fields.items())},
            "by_document": {k: figures(v) for k, v in sorted(self.documents.items())},
        }


# --- when two values are the same ---------------------------------------------------------------------------------


def plain(text: object) -> str:
    """Case folded words, punctuation dropped; an asterisk at a word's end is kept, since it tells projects apart."""
    folded = unicodedata.normalize("NFKC", str(text)).replace("\u00ad", "").casefold()
    return " ".join(re.findall(r"\w+\*?", folded))


def name_forms(name: object) -> set[str]:
    """The whole name, the name without brackets, each bracket, and each side of a spaced dash or colon."""
    words = str(name or "")
    forms = {
        plain(words),
        plain(re.sub(r"\([^)]*\)", " ", words)),
        *(plain(p) for p in re.findall(r"\(([^)]+)\)", words)),
    }
    forms |= {plain(part) for part in re.split(r"\s[-–—]\s|:\s", words)}
    return forms - {""}


def uninflected(word: str) -> str:
    for ending in ("nämnden", "nämnd"):
        if word.endswith(ending):
            return word.removesuffix(ending) + "nämnd"
    return re.sub(r"(?:ernas|arnas|ens|ets|en|et|na|n|t|s|a)$", "", word) if len(word) > 5 else word


def same_project(one: object, two: object) -> bool:
    return not name_forms(one).isdisjoint(name_forms(two))


def _same_name(name: str, one: object, two: object) -> bool:
    a, b = ({uninflected(w) for w in plain(v).split()} for v in (one, two))
    if not a or not b:
        return False
    if name == "funding_source":
        regional = [bool(re.search(r"1 1|tillväxt|utvecklingsmedel", plain(v))) for v in (one, two)]
        return bool(a & b) or all(regional)
    if name == "deciding_body":
        return a <= b or b <= a
    return a == b or not name_forms(one).isdisjoint(name_forms(two))


def same_value(name: str, one: Any, two: Any) -> bool:
    """Whether two values of a field say the same."""
    if name in NAME_FIELDS or name in ("partners", "funder"):
        return _same_name(name, one, two)
    if name == "share_percent":
        return abs(float(one) - float(two)) < 0.005
    if name in NUMBER_FIELDS:
        return round(float(one)) == round(float(two))
    if name in ("counties", "municipalities"):
        short = [re.sub(r"\b(?:kommun|stad|län|läns|region)\b", "", plain(v)).strip().rstrip("s") for v in (one, two)]
        return short[0] == short[1]
    if name in ("diary_number", "case_ids"):
        bare = [re.sub(r"\W", "", str(v)).casefold() for v in (one, two)]
        return bare[0] == bare[1]
    return plain(one) == plain(two)


def _given(value: Any) -> bool:
    return value not in (None, "", [])


# --- holding one document's facts against gold ----------------------------------------------------------------------


def pair_decisions(
    gold: list[dict[str, Any]], found: list[dict[str, Any]]
) -> tuple[list[tuple[dict[str, Any], dict[str, Any]]], list[dict[str, Any]], list[dict[str, Any]]]:
    def agreement(a: dict[str, Any], b: dict[str, Any]) -> int:
        return sum(_given(a.get(f)) and _given(b.get(f)) and same_value(f, a[f], b[f]) for f in SCALAR_FIELDS)

    ranked = sorted(
        (-agreement(a, b), i, j)
        for i, a in enumerate(gold)
        for j, b in enumerate(found)
        if same_project(a.get("project"), b.get("project"))
    )
    left, right, pairs = set(range(len(gold))), set(range(len(found))), []
    for _, i, j in ranked:
        if i in left and j in right:
            left.discard(i)
            right.discard(j)
            pairs.append((gold[i], found[j]))
    return pairs, [gold[i] for i in sorted(left)], [found[j] for j in sorted(right)]


def _facts(decision: Mapping[str, Any]) -> Iterator[str]:
    yield "project"
    for name in SCALAR_FIELDS:
        if _given(decision.get(name)):
            yield name
    for name in LIST_FIELDS:
        yield from (name for _ in decision.get(name) or [])


def _match_lists(
    report: Report, document: str, name: str, gold: list[Any], found: list[Any], same: Any, show: Any
) -> None:
    rest = list(found)
    for item in gold:
        hit = next((i for i, other in enumerate(rest) if same(item, other)), None)
        if hit is None:
            report.note(document, name, missing=1, note=f"gold {show(item)}")
        else:
            rest.pop(hit)
            report.note(document, name, right=1)
    for item in rest:
        report.note(document, name, spurious=1, note=f"got {show(item)}")


def _amount(row: Mapping[str, Any]) -> int | None:
    return None if row.get("amount_sek") is None else round(float(row["amount_sek"]))


def same_line(one: Mapping[str, Any], two: Mapping[str, Any]) -> bool:
    return (
        same_project(one["project"], two.get("project"))
        and _amount(one) == _amount(two)
        and same_value("funder", one["funder"], two.get("funder") or "")
    )


def compare(report: Report, document: str, gold: Mapping[str, Any], found: Mapping[str, Any]) -> None:
    """Add one document's figures to the report."""
    decisions = gold.get("decisions", [])
    pairs, missed, extra = pair_decisions(decisions, found.get("decisions", []))
    for one, two in pairs:
        report.note(document, "project", right=1)
        for name in SCALAR_FIELDS:
            a, b = one.get(name), two.get(name)
            if not _given(a) and not _given(b):
                continue
            right = _given(a) and _given(b) and same_value(name, a, b)
            report.note(
                document,
                name,
                right=int(right),
                spurious=int(_given(b) and not right),
                missing=int(_given(a) and not right),
                note=f"{one['project']}: gold {a!r}, got {b!r}",
            )
        for name in LIST_FIELDS:
            _match_lists(
                report,
                document,
                name,
                one.get(name) or [],
                two.get(name) or [],
                lambda a, b, name=name: same_value(name, a, b),
                lambda v, one=one: f"{one['project']}: {v!r}",
            )
    for one in missed:
        for name in _facts(one):
            report.note(document, name, missing=1, note=f"{one['project']}: decision not found")
    for two in extra:
        for name in _facts(two):
            report.note(document, name, spurious=1, note=f"{two.get('project')}: no such decision")
    lines = gold.get("financing", [])
    # a line that only restates a gold decision is right, whether or not gold lists it
    restated = [
        {"project": d["project"], "funder": payer, "amount_sek": d["amount_sek"]}
        for d in decisions
        for payer in (d.get("authority"), d.get("funding_source"))
        if payer and d.get("amount_sek") is not None
    ]
    told = [
        b
        for b in found.get("financing", [])
        if any(same_line(a, b) for a in lines) or not any(same_line(a, b) for a in restated)
    ]
    _match_lists(
        report,
        document,
        "financing",
        lines,
        told,
        same_line,
        lambda r: f"{r.get('project')} <- {r.get('funder')} {r.get('amount_sek')}",
    )
    _match_lists(
        report,
        document,
        "lineage",
        gold.get("lineage", []),
        found.get("lineage", []),
        lambda a, b: (
            same_project(a["project"], b.get("project")) and same_project(a["predecessor"], b.get("predecessor"))
        ),
        lambda r: f"{r.get('project')} <- {r.get('predecessor')}",
    )
    a, b = gold.get("same_decision_as"), found.get("same_decision_as")
    a, b = a and Path(str(a)).stem, b and Path(str(b)).stem
    if a or b:
        report.note(
            document,
            "same_decision_as",
            right=int(a == b),
            spurious=int(bool(b) and a != b),
            missing=int(bool(a) and a != b),
            note=f"gold {a!r}, got {b!r}",
        )


def _is_record(gold: Any) -> bool:
    parts = ("decisions", "financing", "lineage")
    return isinstance(gold, dict) and all(
        isinstance(gold.get(part, []), list)
        and all(isinstance(row, dict) and "project" in row for row in gold.get(part, []))
        for part in parts
    )


def read_gold(folder: Path) -> dict[str, dict[str, Any]]:
    """Gold facts by file name without ending.  Raises ``UsageError`` where there are none or one is malformed."""
    gold = {}
    for path in sorted(folder.glob("*.json")):
        try:
            gold[path.stem] = json.loads(path.read_text(encoding="utf-8"))
        except (ValueError, OSError) as error:
            raise UsageError(
                f"not a gold file: {error}",
                where=str(path),
                hint="mend the file; its form is that of the facts record",
            ) from error
        if not _is_record(gold[path.stem]):
            raise UsageError(
                "not a gold file: it is no facts record",
                where=str(path),
                hint="write an object with lists of objects under decisions, financing and lineage",
            )
    if not gold:
        raise UsageError(
            "no gold files (NAME.json)",
            where=str(folder),
            hint="name the folder that holds one NAME.json for each paper NAME.txt",
        )
    return gold


def evaluate(gold: Path | Mapping[str, Mapping[str, Any]], records: Iterable[Mapping[str, Any]]) -> Report:
    """The report on the records of a run; a gold document without a record counts as empty."""
    facts = read_gold(gold) if isinstance(gold, Path) else gold
    found = {Path(str(r["document"])).stem: r for r in records}
    report = Report()
    for document, wanted in sorted(facts.items()):
        report.documents.setdefault(document, Count())
        compare(report, document, wanted, found.get(document, {}))
    return report
