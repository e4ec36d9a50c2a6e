"""Identity measured: labelled pairs of names held against what resolution says of them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from kg.csvrows import read_csv
from kg.errors import ResourceError
from kg.evaluate.compare import Count
from kg.registers import Registers, load_registers
from kg.resolve.judging import judge_mentions
from kg.resolve.mentions import CONTEXT, KINDS, Mention, Verdict

COLUMNS = ("kind", "left", "left_context", "right", "right_context", "verdict", "tier", "why")
VERDICTS = ("same", "different")
_DATES = ("date", "start", "end")
_PARTIAL = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?", re.ASCII)
_ORG_NUMBER = re.compile(r"(?:16)?\d{6}-?\d{4}", re.ASCII)
TIERS = ("easy", "middle", "hard")


@dataclass(frozen=True, slots=True)
class Pair:
    """A labelled pair: whether two names, each with its context, are one thing."""

    left: Mention
    right: Mention
    same: bool
    tier: str
    why: str
    line: int


@dataclass(frozen=True, slots=True)
class Miss:
    """A pair on which resolution says otherwise than the label."""

    pair: Pair
    verdict: str
    reason: str


@dataclass(slots=True)
class PairReport:
    """Pairwise counts as a whole, by kind and by tier; B-cubed precision and recall over the clusters that the pairs
    of verdict "same" make; every miss."""

    total: Count = field(default_factory=Count)
    by_kind: dict[str, Count] = field(default_factory=dict)
    by_tier: dict[str, Count] = field(default_factory=dict)
    cubed: tuple[float, float] = (1.0, 1.0)
    pairs: int = 0
    misses: list[Miss] = field(default_factory=list)

    @property
    def cubed_f1(self) -> float:
        p, r = self.cubed
        return 2 * p * r / (p + r) if p + r else 0.0

    def as_dict(self) -> dict[str, Any]:
        """The figures, rounded to four digits."""
        parts = {"by_kind": self.by_kind, "by_tier": self.by_tier}
        return {
            **_figures(self.total),
            "pairs": self.pairs,
            "b_cubed": {
                "precision": round(self.cubed[0], 4),
                "recall": round(self.cubed[1], 4),
                "f1": round(self.cubed_f1, 4),
            },
            **{name: {key: _figures(count) for key, count in part.items()} for name, part in parts.items()},
        }


def _figures(count: Count) -> dict[str, Any]:
    return {
        "precision": round(count.precision, 4),
        "recall": round(count.recall, 4),
        "f1": round(count.f1, 4),
        "same": count.gold,
    }


def read_pairs(path: Path) -> list[Pair]:
    """The labelled pairs of a CSV file with the columns ``COLUMNS``.

    Raises ResourceError, with file and line, where the file cannot be read or a row is malformed.
    """
    try:
        rows = read_csv(path, "the pairs", COLUMNS)
    except FileNotFoundError as error:
        raise ResourceError(
            "the pairs cannot be read (there is no such file)", where=str(path), hint="name a CSV file of pairs"
        ) from error
    if not rows:
        raise ResourceError("the file holds no pair", where=str(path), hint="one row for each pair")
    return [_read_pair(row, place) for place, row in rows]


def _read_pair(cells: dict[str, str], where: str) -> Pair:
    for name, known in (("kind", KINDS), ("verdict", VERDICTS), ("tier", TIERS)):
        if cells[name] not in known:
            raise ResourceError(f"{name} is {cells[name]!r}", where=where, hint=f"one of {', '.join(known)}")
    sides = []
    for side in ("left", "right"):
        if not cells[side]:
            raise ResourceError(f"{side} is empty", where=where, hint="a name as a document writes it")
        sides.append(Mention(cells["kind"], cells[side], **_read_context(cells[f"{side}_context"], where)))
    line = int(where.rpartition(":")[2])
    return Pair(sides[0], sides[1], cells["verdict"] == "same", cells["tier"], cells["why"], line)


def _read_context(cell: str, where: str) -> dict[str, str]:
    try:
        table = json.loads(cell or "{}")
    except ValueError as error:
        raise ResourceError(f"a context is no JSON ({error})", where=where, hint='such as {"date": "2021"}') from error
    if not isinstance(table, dict):
        raise ResourceError("a context is no JSON object", where=where, hint='such as {"date": "2021"}')
    unknown = sorted(set(table) - set(CONTEXT))
    if unknown:
        raise ResourceError(f"a context holds {', '.join(unknown)}", where=where, hint=f"of {', '.join(CONTEXT)}")
    # A list of several values stands for the first: none of these is many.
    firsts = {k: (v[0] if v else None) if isinstance(v, list) else v for k, v in table.items()}
    found = {key: "" if value is None else value for key, value in firsts.items()}
    for key, value in found.items():
        if not isinstance(value, str):
            raise ResourceError(f"{key} of a context is {value!r}", where=where, hint="a text in quotes")
        if value and key in _DATES and not _is_date(value):
            raise ResourceError(f"{key} of a context is {value!r}", where=where, hint="such as 2021-05-16 or 2021")
        if value and key == "org_number" and not _ORG_NUMBER.fullmatch(value):
            raise ResourceError(f"{key} of a context is {value!r}", where=where, hint="such as 212000-0027")
    return found


def _is_date(text: str) -> bool:
    """Whether a text is a year, a month of a year or a day, as an ISO date."""
    if not _PARTIAL.fullmatch(text):
        return False
    try:
        date.fromisoformat(f"{text}-01-01"[:10])
    except ValueError:
        return False
    return True


def measure_pairs(
    pairs: Iterable[Pair], registers: Registers | None = None, judge: Callable[..., Verdict] = judge_mentions
) -> PairReport:
    """What resolution says of the pairs against their labels; "undecided" counts as different."""
    registers = registers if registers is not None else load_registers()
    report = PairReport()
    said: list[tuple[Pair, bool]] = []
    for pair in pairs:
        verdict, _, reason = judge(pair.left, pair.right, registers)
        same = verdict == "same"
        said.append((pair, same))
        counts = (
            report.total,
            report.by_kind.setdefault(pair.left.kind, Count()),
            report.by_tier.setdefault(pair.tier, Count()),
        )
        for count in counts:
            count.right += same and pair.same
            count.spurious += same and not pair.same
            count.missing += pair.same and not same
        if same != pair.same:
            report.misses.append(Miss(pair, verdict, reason))
    report.pairs = len(said)
    report.by_kind = {k: report.by_kind[k] for k in KINDS if k in report.by_kind}
    report.by_tier = {t: report.by_tier[t] for t in TIERS if t in report.by_tier}
    mentions = {m for pair, _ in said for m in (pair.left, pair.right)}
    gold = _clusters(mentions, [pair for pair, _ in said if pair.same])
    found = _clusters(mentions, [pair for pair, same in said if same])
    report.cubed = measure_clusters(gold, found)
    return report


def _clusters(mentions: set[Mention], same: list[Pair]) -> dict[Mention, frozenset[Mention]]:
    group: dict[Mention, set[Mention]] = {m: {m} for m in mentions}
    for pair in same:
        left, right = group[pair.left], group[pair.right]
        if left is not right:
            left |= right
            for member in right:
                group[member] = left
    frozen = {id(g): frozenset(g) for g in group.values()}
    return {m: frozen[id(g)] for m, g in group.items()}


def measure_clusters(
    gold: dict[Mention, frozenset[Mention]], found: dict[Mention, frozenset[Mention]]
) -> tuple[float, float]:
    """B-cubed precision and recall: for each mention, how much of its found cluster is in its gold cluster, and the
    other way, averaged over all mentions."""
    if not gold:
        return 1.0, 1.0
    common = [(len(gold[m] & found[m]), len(found[m]), len(gold[m])) for m in sorted(gold, key=repr)]
    precision = sum(c / f for c, f, _ in common) / len(common)
    recall = sum(c / g for c, _, g in common) / len(common)
    return precision, recall
