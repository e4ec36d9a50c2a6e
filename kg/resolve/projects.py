"""Which project nodes of all papers are one project.

Two nodes are compared where they share a name or a part of one.  Markers decide first: different numbers or
signs are different projects.  Then the name, and, where the name alone does not say enough (a bare acronym, a
short title that may be anyone's), the context: authority, owner, numbers, amounts, neighbouring projects.
"""

from __future__ import annotations

from itertools import combinations

from kg.model import Judgement
from kg.resolve.clusters import Clusters
from kg.resolve.nodes import Node, ProjectFacts, project_facts

Verdict = tuple[str, float, str]


def compare_projects(left: ProjectFacts, right: ProjectFacts) -> Verdict:
    """The verdict (same, different, undecided), its score and the reason, for two that share a name or a
    part."""
    clash = _marker_clash(left, right)
    if clash:
        return "different", 0.0, clash
    shared = _shared_context(left, right)
    against = _context_against(left, right)
    whole = sorted(left.wholes & right.wholes)
    if whole:
        return _judge_whole(whole[0], left, right, shared, against)
    crossed = (left.wholes & right.parts) | (left.parts & right.wholes)
    common = left.parts & right.parts
    if crossed and against and not shared:
        return "undecided", 0.4, f"a part of the name agrees ({min(crossed)}), but {against}"
    introduced = crossed & (left.introduced | right.introduced)
    if introduced:
        return "same", 0.9, f"the short name {min(introduced)!r} stands for the long one"
    if len(common) >= 2:
        return "same", 0.9, f"both names hold the same parts ({', '.join(sorted(common)[:2])})"
    if crossed and shared:
        return "same", 0.85, f"the part {min(crossed)!r} of the name agrees, and {shared}"
    return "undecided", 0.5, f"only a part of the name agrees ({min(crossed | common, default='')})"


def _judge_whole(name: str, left: ProjectFacts, right: ProjectFacts, shared: str, against: str) -> Verdict:
    if shared:
        return "same", 0.99, f"the same name {name!r}, and {shared}"
    if against:
        return "undecided", 0.5, f"the same name {name!r}, but {against}"
    bare = name in left.acronyms and name in right.acronyms and name not in left.introduced | right.introduced
    if bare:
        return "undecided", 0.5, f"the same acronym {name!r}, which neither paper introduces"
    return "same", 0.95, f"the same name {name!r}"


def _marker_clash(left: ProjectFacts, right: ProjectFacts) -> str:
    """What sets them apart by number, sign or year; empty where nothing does.

    Only names proper count: an alias such as an acronym may leave the number out.
    """
    if left.wholes & right.wholes and left.markers & right.markers and left.years & right.years:
        return ""
    for a, b in ((a, b) for a in left.markers for b in right.markers):
        if a != b:
            return f"numbers or signs differ ({_listed(a)} / {_listed(b)})"
    for a, b in ((a, b) for a in left.years for b in right.years):
        if a and b and a != b:
            return f"years differ ({_listed(a)} / {_listed(b)})"
    return ""


def _listed(markers: frozenset[str]) -> str:
    return " ".join(sorted(markers)) or "none"


def _shared_context(left: ProjectFacts, right: ProjectFacts) -> str:
    if left.documents & right.documents:
        return "both stand in one paper"
    for field, words in (
        ("numbers", "a diary or case number agrees"),
        ("owners", "the owner agrees"),
        ("authorities", "the authority agrees"),
        ("neighbours", "both are told of beside the same project"),
        ("amounts", "an amount agrees"),
    ):
        if getattr(left, field) & getattr(right, field):
            return words
    if (left.authorities | left.funders) & (right.authorities | right.funders):
        return "a funder agrees"
    return ""


def _context_against(left: ProjectFacts, right: ProjectFacts) -> str:
    apart = left.owners and right.owners and not left.owners & right.owners
    if apart and left.authorities and right.authorities and not left.authorities & right.authorities:
        return "authority and owner differ"
    if _years_apart(left, right):
        return "the periods do not meet"
    return ""


def _years_apart(left: ProjectFacts, right: ProjectFacts) -> bool:
    if not (left.starts and left.ends and right.starts and right.ends):
        return False
    return max(left.ends)[:4] < min(right.starts)[:4] or max(right.ends)[:4] < min(left.starts)[:4]


def resolve_projects(nodes: dict[str, Node]) -> tuple[Clusters, list[Judgement]]:
    """The clusters of project nodes, and every judgement passed on the way: merges, and pairs kept apart."""
    facts = project_facts(nodes)
    clusters = Clusters(facts)
    merged = dict(facts)
    judged: dict[tuple[str, str], Judgement] = {}

    def consider(left: str, right: str) -> None:
        a, b = sorted((clusters.find(left), clusters.find(right)))
        if a == b:
            return
        verdict, score, reason = compare_projects(merged[a], merged[b])
        pair = (a, b)
        if verdict == "same":
            root = clusters.join(a, b)
            kept, gone = merged[root], merged.pop(b if root == a else a)
            whole = ProjectFacts()
            whole.absorb(kept)
            whole.absorb(gone)
            merged[root] = whole
            judged[pair] = Judgement(a, b, verdict, score, reason)
        elif pair not in judged:
            judged[pair] = Judgement(a, b, verdict, score, reason)

    for members in _blocks(facts, whole=True):
        seen: dict[str, None] = {}
        for member in members:
            for other in list(seen):
                consider(other, member)
            seen = dict.fromkeys(clusters.find(m) for m in (*seen, member))
    for members in _blocks(facts, whole=False):
        for left, right in combinations(dict.fromkeys(clusters.find(m) for m in members), 2):
            consider(left, right)
    return clusters, _still_true(judged, clusters)


def _blocks(facts: dict[str, ProjectFacts], *, whole: bool) -> list[list[str]]:
    """Nodes that share a key, for each key in order: only whole names, or whole names and parts."""
    blocks: dict[str, list[str]] = {}
    for id, fact in facts.items():
        for key in fact.wholes if whole else fact.wholes | fact.parts:
            blocks.setdefault(key, []).append(id)
    return [sorted(blocks[key]) for key in sorted(blocks) if len(blocks[key]) > 1]


def _still_true(judged: dict[tuple[str, str], Judgement], clusters: Clusters) -> list[Judgement]:
    """Judgements without those that a later merge has overtaken."""
    return [
        j for _, j in sorted(judged.items()) if j.verdict == "same" or clusters.find(j.left) != clusters.find(j.right)
    ]
