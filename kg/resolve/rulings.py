"""What persons have judged, as resolution uses it: which nodes are one, which are not, and what contradicts what.

A ruling names its sides by IRIs relative to the base.  A side stands for all nodes that can bear that IRI.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kg.model import Judgement
from kg.resolve.clusters import Clusters, Tag
from kg.resolve.minting import Own

SAME, DIFFERENT, UNDECIDED = "same", "different", "undecided"
VERDICTS = (SAME, DIFFERENT, UNDECIDED)


@dataclass(frozen=True, slots=True)
class Ruling:
    """One judgement of a person: ``verdict`` is one of ``VERDICTS``; ``left`` and ``right`` are IRIs relative to the
    base; ``who``, ``when`` (an ISO date) and ``why`` are the person's own words; ``names``: what both were called."""

    verdict: str
    left: str
    right: str
    who: str = ""
    when: str = ""
    why: str = ""
    names: tuple[str, str] = ("", "")

    @property
    def sides(self) -> tuple[str, str]:
        """Both IRIs, sorted."""
        low, high = sorted((self.left, self.right))
        return low, high


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A ruling that cannot stand beside another: the one that is left out, and the one that is kept."""

    left_out: Ruling
    kept: Ruling

    @property
    def message(self) -> str:
        a, b = self.left_out, self.kept
        return (
            f"{a.left} and {a.right} are judged {a.verdict} by {a.who or 'someone'}, but {b.left} and {b.right} are "
            f"judged {b.verdict} by {b.who or 'someone'}; the latter is kept"
        )


def settle(rulings: Iterable[Ruling]) -> tuple[list[Ruling], list[Contradiction]]:
    """One ruling for each pair, the last by date and then by order; two of one pair that say otherwise on one day
    contradict each other, and the later line is kept."""
    ordered = sorted(enumerate(rulings), key=lambda item: (item[1].when, item[0]))
    last: dict[tuple[str, str], Ruling] = {}
    clashes = []
    for _, ruling in ordered:
        before = last.get(ruling.sides)
        if before is not None and before.verdict != ruling.verdict and before.when == ruling.when:
            clashes.append(Contradiction(before, ruling))
        last[ruling.sides] = ruling
    return list(last.values()), clashes


@dataclass(slots=True)
class Bench:
    """The rulings on one kind of thing, ready to be applied to clusters of its nodes."""

    rulings: list[Ruling]
    owns: Mapping[str, tuple[Own, ...]]
    contradictions: list[Contradiction] = field(default_factory=list)
    judgements: list[Judgement] = field(default_factory=list)
    _bearers: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.rulings:
            return
        wanted = {side for r in self.rulings for side in r.sides}
        for node in sorted(self.owns):
            for iri in sorted({level for own in self.owns[node] for level in own.levels()} & wanted):
                self._bearers.setdefault(iri, []).append(node)
        self.rulings = [r for r in self.rulings if all(side in self._bearers for side in r.sides)]

    def tags(self) -> dict[str, set[Tag]]:
        """For each node the sides of the rulings that keep it apart from others."""
        found: dict[str, set[Tag]] = {}
        for number, ruling in enumerate(self.rulings):
            # What a person could not decide is not for the machine to merge either.
            if ruling.verdict != SAME:
                left, right = (set(self._bearers[side]) for side in (ruling.left, ruling.right))
                for side, nodes in enumerate((left - right, right - left)):
                    for node in nodes:
                        found.setdefault(node, set()).add((number, side))
        return found

    def pairs(self, clusters: Clusters) -> list[tuple[str, str]]:
        """The pairs of nodes that rulings make one, in order; the rulings that others forbid become contradictions.

        The clusters must be made with ``tags()``; the caller joins the pairs as they come.
        """
        joined = Clusters(self.owns, self.tags())
        found = []
        for ruling in self.rulings:
            if ruling.verdict != SAME:
                continue
            first, *others = [*self._bearers[ruling.left], *self._bearers[ruling.right]]
            for other in others:
                barred = joined.kept_apart(first, other)
                if barred is not None:
                    self.contradictions.append(Contradiction(ruling, self.rulings[barred]))
                    break
                joined.join(first, other)
                found.append((first, other))
        return found

    def state(self) -> list[Judgement]:
        """All rulings that were heard as judgements, but those that contradict others."""
        out = {id(c.left_out) for c in self.contradictions}
        return [
            Judgement(
                self._bearers[r.left][0],
                self._bearers[r.right][0],
                r.verdict,
                1.0 if r.verdict == SAME else 0.0,
                r.why or "judged by a person",
                r.who or "a person",
            )
            for r in self.rulings
            if id(r) not in out
        ]
