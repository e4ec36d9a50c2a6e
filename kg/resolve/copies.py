"""Papers whose texts are nearly the same: one paper twice, or two papers made from one template.

Different decisions from one template are alike too, so that the likeness of the texts decides nothing alone: other
diary numbers, projects or amounts are a veto.  Both papers stay as sources in any case.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from kg.model import Extraction, Judgement
from kg.resolve.nodes import Node
from kg.resolve.numbers import number_key

# Texts at least so alike (estimated Jaccard index of their shingles) are looked at; from the second on, likeness alone
# is enough where the papers state nothing that could tell them apart.
ALIKE = 0.8
ONE_TEXT = 0.95
# So many of the smallest hashes find a partner; at 0.8 alike, one in 10^8 pairs shares none of 12.
PROBES = 12
# Papers that share a hash with more than so many others share a letterhead.
MANY = 60


@dataclass(slots=True)
class Told:
    """What a paper states that tells it from one made from the same template."""

    diaries: set[str] = field(default_factory=set)
    projects: set[str] = field(default_factory=set)
    amounts: set[str] = field(default_factory=set)


def judge_copies(
    papers: Iterable[Extraction], nodes: Mapping[str, Node], project_of: Mapping[str, str]
) -> list[Judgement]:
    """A judgement for each pair of papers with nearly the same text; ``project_of`` gives the project of a node."""
    sketches = {p.document: p.signature for p in papers if p.signature}
    told = tell_papers(nodes, project_of)
    found = []
    for left, right in _candidates(sketches):
        likeness = estimate_likeness(sketches[left], sketches[right])
        if likeness >= ALIKE:
            found.append(judge_pair(left, right, likeness, told.get(left, Told()), told.get(right, Told())))
    return found


def tell_papers(nodes: Mapping[str, Node], project_of: Mapping[str, str]) -> dict[str, Told]:
    """What each paper states that tells it from others."""
    told: dict[str, Told] = {}
    for node in nodes.values():
        facts = told.setdefault(node.document, Told())
        facts.diaries |= {number_key(v.lexical) for v in node.values("diary_number")}
        facts.amounts |= {v.lexical for v in node.values("amount_sek")}
        if node.kind == "project":
            facts.projects.add(project_of[node.id])
    return told


def judge_pair(left: str, right: str, likeness: float, told_left: Told, told_right: Told) -> Judgement:
    """The judgement on two papers, ``left`` before ``right``, whose texts are at least ``ALIKE``."""
    verdict, reason = _judge(likeness, told_left, told_right)
    return Judgement(f"document/{left}", f"document/{right}", verdict, round(likeness, 2), reason)


def estimate_likeness(left: tuple[int, ...], right: tuple[int, ...]) -> float:
    """The Jaccard index of two texts, estimated from the smallest hashes of their shingles."""
    size = min(len(left), len(right))
    if not size:
        return 0.0
    union = sorted({*left, *right})[: max(len(left), len(right))]
    both = {*left} & {*right}
    return sum(h in both for h in union) / len(union)


def _candidates(sketches: Mapping[str, tuple[int, ...]]) -> Iterator[tuple[str, str]]:
    holders: dict[int, list[str]] = {}
    for document in sorted(sketches):
        for value in sketches[document][:PROBES]:
            holders.setdefault(value, []).append(document)
    seen: set[tuple[str, str]] = set()
    for value in sorted(holders):
        group = holders[value]
        if len(group) > MANY:
            continue
        for i, left in enumerate(group):
            seen.update((left, right) for right in group[i + 1 :])
    return iter(sorted(seen))


def _judge(likeness: float, left: Told, right: Told) -> tuple[str, str]:
    shared = []
    for name, words in (("diaries", "diary numbers"), ("projects", "projects"), ("amounts", "amounts")):
        a, b = getattr(left, name), getattr(right, name)
        if a and b and not a & b:
            return "different", f"the texts are {likeness:.0%} alike, but the {words} differ"
        if a & b:
            shared.append(words)
    if shared:
        return "same", f"the texts are {likeness:.0%} alike, and {' and '.join(shared)} agree"
    if likeness >= ONE_TEXT:
        return "same", f"the texts are {likeness:.0%} alike, and nothing tells them apart"
    return "undecided", f"the texts are {likeness:.0%} alike, and they state nothing that could tell them apart"
