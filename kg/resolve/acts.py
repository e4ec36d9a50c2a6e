"""Which decision nodes are one act, which act decides or amends which, and which papers report the same."""

from __future__ import annotations

from itertools import combinations

from kg.model import Judgement
from kg.resolve.clusters import Clusters
from kg.resolve.nodes import ActFacts, Node, act_facts
from kg.resolve.numbers import same_number
from kg.resolve.rulings import Bench
from kg.terms import STAGE_OF_OUTCOME

PROPOSED, DECIDED = "proposed", "decided"


def dates_agree(left: set[str], right: set[str]) -> bool:
    """Whether two sets of dates can be of one day: either is empty, or one date is the other, less
    precise."""
    return not left or not right or any(a.startswith(b) or b.startswith(a) for a in left for b in right)


def bodies_agree(left: set[str], right: set[str]) -> bool:
    """Whether two sets of board names can be of one board: either is empty, or the words of one are in the
    other."""
    if not left or not right:
        return True
    pairs = ((set(a.split()), set(b.split())) for a in left for b in right)
    return any(a <= b or b <= a for a, b in pairs)


def _diaries_agree(left: ActFacts, right: ActFacts) -> bool:
    """Whether the diary numbers can be one: either states none, or two spellings are one number."""
    if not left.diaries or not right.diaries:
        return True
    one = bool(left.authorities & right.authorities)
    return any(same_number(a, b, one_authority=one) for a in left.diaries for b in right.diaries)


def _agree(left: set[str], right: set[str]) -> bool:
    return not left or not right or bool(left & right)


def compare_acts(left: ActFacts, right: ActFacts) -> tuple[str, float, str]:
    """Whether two acts of one project and one outcome are the same act."""
    if not _agree(left.authorities, right.authorities):
        return "different", 0.0, "the authorities differ"
    if not bodies_agree(left.bodies, right.bodies):
        return "different", 0.0, "the deciding bodies differ"
    if not _diaries_agree(left, right):
        return "different", 0.0, "the diary numbers differ"
    if not dates_agree(left.dates, right.dates):
        return "different", 0.0, "the dates differ"
    same = [
        words
        for agree, words in (
            (bool(left.diaries) and bool(right.diaries), "diary number"),
            (bool(left.dates & right.dates), "date"),
            (bool(left.amounts & right.amounts), "amount"),
        )
        if agree
    ]
    if left.documents & right.documents and not _within_paper(left, right):
        return "different", 0.1, "one paper tells of them as two"
    if not _agree(left.amounts, right.amounts) and not {"diary number", "date"} <= set(same):
        return "different", 0.1, "the amounts differ"
    if not same:
        return "undecided", 0.4, "no date, diary number or amount that both state"
    score = (0.85, 0.92, 0.97)[len(same) - 1]
    return "same", score, f"same project and outcome, and the same {' and '.join(same)}"


def _within_paper(left: ActFacts, right: ActFacts) -> bool:
    fields = ("authorities", "bodies", "dates", "diaries", "amounts", "owners")
    return all(getattr(left, f) == getattr(right, f) for f in fields)


def resolve_acts(
    nodes: dict[str, Node], projects: Clusters, bench: Bench | None = None
) -> tuple[Clusters, dict[str, ActFacts], list[Judgement]]:
    """The clusters of decision nodes, the facts of each cluster by its representative, and the judgements.  ``bench``:
    what persons judged of them, which outweighs the rest."""
    merged: dict[str, ActFacts] = {}
    blocks: dict[tuple[str, str], list[str]] = {}
    for node in nodes.values():
        if node.kind != "decision":
            continue
        targets = node.targets("project")
        project = projects.find(targets[0]) if targets else node.id
        merged[node.id] = facts = act_facts(node, project)
        blocks.setdefault((project, facts.outcome), []).append(node.id)
    clusters = Clusters(merged, bench.tags() if bench else None)
    for left, right in bench.pairs(clusters) if bench else ():
        clusters.join(left, right)
    own = Clusters(merged)
    judgements = []
    for key in sorted(blocks):
        judgements += _resolve_block(blocks[key], merged, own, clusters)
    for member in sorted(merged):
        root = clusters.find(member)
        if root != member:
            merged[root].absorb(merged.pop(member))
    return clusters, merged, judgements


def _resolve_block(
    members: list[str], merged: dict[str, ActFacts], own: Clusters, clusters: Clusters
) -> list[Judgement]:
    """Merges the best pairs first, so that an act with few values joins the one that it agrees with most.

    ``own`` is what this joins, by which it compares; ``clusters`` holds what persons join too.
    """
    found: list[Judgement] = []
    doubted: set[str] = set()
    pairs = [(left, right, compare_acts(merged[left], merged[right])) for left, right in combinations(members, 2)]
    for left, right, (verdict, score, reason) in sorted(pairs, key=lambda p: (-p[2][1], p[0], p[1])):
        a, b = sorted((own.find(left), own.find(right)))
        if a == b or clusters.kept_apart(a, b) is not None:
            continue
        if (a, b) != (left, right):
            verdict, score, reason = compare_acts(merged[a], merged[b])
        if verdict == "same":
            merged[own.join(a, b)].absorb(merged.pop(b))
            clusters.join(a, b)
        elif left.split("#", 1)[0] == right.split("#", 1)[0]:
            # That one paper tells of two acts is what it says, and nothing to judge.
            continue
        elif verdict == "undecided":
            # One open question about an act is enough; of every pair it would be thousands.
            if b in doubted:
                continue
            doubted.add(b)
        found.append(Judgement(a, b, verdict, score, reason))
    kept = {(j.left, j.right): j for j in found}
    return [
        j for _, j in sorted(kept.items()) if j.verdict == "same" or clusters.find(j.left) != clusters.find(j.right)
    ]


# --- chains -------------------------------------------------------------------------------------------------


def chain_acts(acts: dict[str, ActFacts]) -> list[tuple[str, str, str, str]]:
    """(later act, ``decides`` or ``amends``, earlier act, reason), sorted.

    A decision decides the proposals of the same matter; an act with outcome ``other`` amends the last decision before
    it, where there is one, and the last grant where it raises or cuts its sum.
    """
    by_project: dict[str, list[str]] = {}
    for id, act in sorted(acts.items()):
        by_project.setdefault(act.project, []).append(id)
    links = []
    for members in by_project.values():
        for id in members:
            stage = STAGE_OF_OUTCOME.get(acts[id].outcome)
            if stage == PROPOSED:
                links += _link_decision(id, members, acts)
            elif stage is None:
                links += _link_amended(id, members, acts)
    return sorted({*links, *_link_grants(links, acts)})


def _same_matter(earlier: ActFacts, later: ActFacts) -> str:
    """Why two acts on one project are of one matter; empty where that is not shown."""
    if not (_agree(earlier.authorities, later.authorities) and _diaries_agree(earlier, later)):
        return ""
    if not _agree(earlier.cases, later.cases):
        return ""
    if _day(later) and _day(earlier) and not dates_agree(later.dates, earlier.dates) and _day(later) < _day(earlier):
        return ""
    if earlier.diaries and later.diaries:
        return "the same diary number"
    for field, words in (
        ("cases", "case number"),
        ("dates", "date"),
        ("amounts", "amount"),
    ):
        if getattr(earlier, field) & getattr(later, field):
            return f"the same {words}"
    soon = bool(_day(earlier)) and bool(_day(later)) and int(_day(later)[:4]) - int(_day(earlier)[:4]) <= 1
    if earlier.authorities & later.authorities and (soon or _agree(earlier.amounts, later.amounts)):
        return "the same authority"
    return ""


def _day(act: ActFacts) -> str:
    return min(act.dates, default="")


def _link_decision(proposal: str, members: list[str], acts: dict[str, ActFacts]) -> list[tuple[str, str, str, str]]:
    candidates = []
    for id in members:
        if STAGE_OF_OUTCOME.get(acts[id].outcome) == DECIDED:
            reason = _same_matter(acts[proposal], acts[id])
            if reason:
                candidates.append((reason == "the same authority", _day(acts[id]) or "9999", id, reason))
    if not candidates:
        return []
    _, _, id, reason = min(candidates)
    return [(id, "decides", proposal, f"same project, {reason}")]


def _link_amended(change: str, members: list[str], acts: dict[str, ActFacts]) -> list[tuple[str, str, str, str]]:
    candidates = []
    for id in members:
        if id == change or STAGE_OF_OUTCOME.get(acts[id].outcome) == PROPOSED or acts[id].outcome == "rejected":
            continue
        amended = STAGE_OF_OUTCOME.get(acts[id].outcome) is None
        reason = _same_matter(acts[id], acts[change])
        dated = bool(_day(acts[id])) and bool(_day(acts[change]))
        # Of two acts on one day, or of two changes without dates, neither can be said to amend the other.
        if reason and (_day(acts[id]) < _day(acts[change]) if dated else not amended):
            candidates.append((_day(acts[id]), id, reason))
    if acts[change].changed:  # a sum is changed where one was given: a grant without one is passed over
        candidates = [c for c in candidates if acts[c[1]].amounts or acts[c[1]].outcome != "granted"] or candidates
    if not candidates:
        return []
    _, id, reason = max(candidates)
    return [(change, "amends", id, f"same project, {reason}")]


def _link_grants(links: list[tuple[str, str, str, str]], acts: dict[str, ActFacts]) -> set[tuple[str, str, str, str]]:
    """What raises or cuts a sum that was changed before amends the grant itself too."""
    amended = {later: (earlier, reason) for later, property, earlier, reason in links if property == "amends"}
    found = set()
    for change in (id for id in amended if acts[id].changed):
        earlier, reason = amended[change]
        seen = {change}
        while earlier in amended and earlier not in seen:
            seen.add(earlier)
            earlier = amended[earlier][0]
        if STAGE_OF_OUTCOME.get(acts[earlier].outcome) == DECIDED:
            found.add((change, "amends", earlier, reason))
    return found


# --- papers -------------------------------------------------------------------------------------------------


def pair_papers(documents: dict[str, str], nodes: dict[str, Node], clusters: Clusters) -> dict[str, str]:
    """Paper -> the paper that reports the same decisions; ``documents``: id -> source.

    What counts is a paper's own acts: those whose authority or board it names, or all where it names none, so that
    two papers that both tell of an earlier decision are not taken for one.  More than half of the own acts of each
    must be in the other.  Papers are paired both ways, those that share most first; the third of three points to
    the first.
    """
    acts: dict[str, set[str]] = {}
    own: dict[str, set[str]] = {}
    for root, members in clusters.groups().items():
        for member in members:
            node = nodes[member]
            acts.setdefault(node.document, set()).add(root)
            if "authority" in node.claims or "deciding_body" in node.claims:
                own.setdefault(node.document, set()).add(root)
    own = {document: own.get(document) or acts[document] for document in acts}
    place = {d: (documents.get(d, ""), d) for d in acts}
    holders: dict[str, list[str]] = {}
    for document in sorted(acts, key=place.__getitem__):
        for act in acts[document]:
            holders.setdefault(act, []).append(document)
    pairs = sorted({pair for group in holders.values() for pair in combinations(group, 2)})
    good = []
    for a, b in pairs:
        there, back = len(own[a] & acts[b]), len(own[b] & acts[a])
        if 2 * there > len(own[a]) and 2 * back > len(own[b]):
            good.append((-there - back, place[a], place[b]))
    paired: dict[str, str] = {}
    for _, (_, a), (_, b) in sorted(good):
        if a not in paired and b not in paired:
            paired[a], paired[b] = b, a
    for _, (_, a), (_, b) in sorted(good):
        paired.setdefault(a, b)
        paired.setdefault(b, a)
    return paired
