"""Which project nodes of all papers are one project.

Two nodes are compared where they share a name or a part of one, a case number or a whole deal.  Markers decide
first: different numbers or signs are different projects.  Then the name, and, where the name alone does not say
enough (a bare acronym, a short title that may be anyone's), the context: authority, owner, numbers, amounts,
neighbouring projects.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

from kg.model import Judgement
from kg.resolve.clusters import Clusters
from kg.resolve.mentions import Verdict
from kg.resolve.nodes import Node, ProjectFacts, project_facts
from kg.resolve.numbers import read_number, same_number
from kg.resolve.rulings import Bench

# Names of so many words may differ by the ending of one; so many letters begin both words.
LONG_NAME = 4
SHORT_NAME = 2
LONG_STEM = 6

NOTHING_SHARED = "neither name, case nor deal agrees"

# So many clusters of one name are compared each with each.
FEW = 40


def compare_projects(left: ProjectFacts, right: ProjectFacts) -> Verdict:
    """The verdict (same, different, undecided), its score and the reason, for two that share a name or a
    part."""
    clash = _marker_clash(left, right)
    if clash:
        return "different", 0.0, clash
    shared = _shared_context(left, right)
    against = _context_against(left, right)
    whole = sorted(left.wholes & right.wholes) or sorted(left.loose & right.loose)
    if not whole and not (left.wholes | left.parts) & (right.wholes | right.parts):
        return _judge_alike(left, right) or _judge_nameless(left, right)
    veto = _dossiers_apart(left, right) or _periods_apart(left, right)
    if veto:
        return "undecided", 0.5, veto
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
    if len(name.split()) <= SHORT_NAME and not shared:
        for field, words in (("authorities", "authorities"), ("counties", "counties")):
            a, b = getattr(left, field), getattr(right, field)
            if a and b and not a & b:
                return "undecided", 0.5, f"the same short name {name!r}, but the {words} differ"
    bare = name in left.acronyms and name in right.acronyms and name not in left.introduced | right.introduced
    if bare:
        return "undecided", 0.5, f"the same acronym {name!r}, which neither paper introduces"
    return "same", 0.95, f"the same name {name!r}"


def _judge_alike(left: ProjectFacts, right: ProjectFacts) -> Verdict | None:
    """Two long names that differ by the ending of one word, where authority or owner agree; None for all others."""
    if not (left.authorities & right.authorities or left.owners & right.owners) or left.documents & right.documents:
        return None
    for a in sorted(left.wholes):
        for b in sorted(right.wholes):
            words = a.split(), b.split()
            if len(words[0]) != len(words[1]) or len(words[0]) < LONG_NAME:
                continue
            differing = [(x, y) for x, y in zip(*words, strict=True) if x != y]
            if len(differing) == 1 and _same_stem(*differing[0]):
                return "same", 0.8, f"the same name but for an ending ({' / '.join(differing[0])}), and context agrees"
    return None


def _same_stem(left: str, right: str) -> bool:
    """Whether two words differ in their ending alone."""
    common = 0
    while common < min(len(left), len(right)) and left[common] == right[common]:
        common += 1
    return common >= LONG_STEM and common * 3 >= max(len(left), len(right)) * 2


def _dossiers_apart(left: ProjectFacts, right: ProjectFacts) -> str:
    """Why diary numbers speak against one project: one authority has both under two numbers and nothing else agrees."""
    if left.authorities & right.authorities and _cases_apart(left, right):
        return f"one authority has them as two cases ({min(left.cases)} / {min(right.cases)})"
    pairs = [(a, b) for of_a, a in left.dossiers for of_b, b in right.dossiers if of_a and of_a == of_b]
    if not pairs or any(same_number(a, b, one_authority=True) for a, b in pairs):
        return ""
    if left.documents & right.documents or left.cases & right.cases or left.owners & right.owners:
        return ""
    a, b = min(pairs)
    return f"one authority has them under two diary numbers ({a} / {b})"


def _cases_apart(left: ProjectFacts, right: ProjectFacts) -> bool:
    """Whether both have case numbers of one form, and none in common."""
    if left.cases & right.cases or left.documents & right.documents:
        return False
    return bool({_shape(c) for c in left.cases} & {_shape(c) for c in right.cases})


def _shape(number: str) -> str:
    return "".join("9" if c.isdigit() else "a" for c in number)


def _judge_nameless(left: ProjectFacts, right: ProjectFacts) -> Verdict:
    """Two names that have nothing in common, such as a Swedish and an English one, for one case or one deal."""
    if left.documents & right.documents:
        if left.cases & right.cases or left.deals & right.deals:
            return "different", 0.1, "one paper tells of them as two"
        return "different", 0.0, NOTHING_SHARED
    if _one_dossier(left, right):
        return "same", 0.85, "the same diary number of one authority"
    if left.cases & right.cases:
        return "same", 0.9, f"the same case number ({min(left.cases & right.cases)})"
    if left.deals & right.deals:
        return "same", 0.8, "the same authority grants the same owner the same amount for the same period"
    return "different", 0.0, NOTHING_SHARED


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


def _one_dossier(left: ProjectFacts, right: ProjectFacts) -> bool:
    return any(
        of_a and of_a == of_b and same_number(a, b, one_authority=True)
        for of_a, a in left.dossiers
        for of_b, b in right.dossiers
    )


def _periods_apart(left: ProjectFacts, right: ProjectFacts) -> str:
    """Why periods speak against one project: one ends in a year before the other begins, and no number ties them."""
    if not _years_apart(left, right) or left.documents & right.documents:
        return ""
    if left.numbers & right.numbers or _one_dossier(left, right):
        return ""
    return "the periods do not meet"


def _listed(markers: frozenset[str]) -> str:
    return " ".join(sorted(markers)) or "none"


def _shared_context(left: ProjectFacts, right: ProjectFacts) -> str:
    if left.documents & right.documents:
        return "both stand in one paper"
    if _one_dossier(left, right):
        return "the diary number agrees"
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
    pairs = ((left.ends, right.starts), (right.ends, left.starts))
    return any(ends and starts and max(ends)[:4] < min(starts)[:4] for ends, starts in pairs)


def resolve_projects(nodes: dict[str, Node], bench: Bench | None = None) -> tuple[Clusters, list[Judgement]]:
    """The clusters of project nodes, and every judgement passed on the way: merges, and pairs kept apart.  ``bench``:
    what persons judged of them, which outweighs the rest."""
    return match_projects(project_facts(nodes), bench)


def match_projects(facts: dict[str, ProjectFacts], bench: Bench | None = None) -> tuple[Clusters, list[Judgement]]:
    """The same from the facts on each node."""
    work = _Matching(facts, bench)
    for members in work.blocks(lambda facts: facts.wholes):
        work.match_block(members)
    for members in work.blocks(lambda facts: facts.loose):
        work.match_block(members)
    work.match_parts()
    for members in work.blocks(lambda facts: _part_pairs(facts.parts)):
        work.match_block(members)
    for members in work.blocks(lambda facts: facts.cases | facts.deals | _dossier_keys(facts)):
        work.match_block(members)
    for members in work.blocks(_long_names):
        work.match_block(members)
    return work.clusters, work.judgements()


def meeting_keys(facts: ProjectFacts) -> set[str]:
    """Two nodes that ``match_projects`` compares share one of these, or are tied by others that do: what shares none
    with any of a set of nodes changes nothing among them."""
    named = {f"name\n{key}" for key in facts.wholes | facts.parts}
    loose = {f"loose\n{key}" for key in facts.loose}
    long = {f"long\n{key}" for key in _long_names(facts)}
    return {*named, *loose, *long, *(f"context\n{key}" for key in facts.cases | facts.deals | _dossier_keys(facts))}


def _dossier_keys(facts: ProjectFacts) -> set[str]:
    """Authority and the numbers of a diary number, without its series."""
    return {f"{of}\n{'-'.join(read_number(text).numbers)}" for of, text in facts.dossiers if of}


def _long_names(facts: ProjectFacts) -> set[str]:
    """A long name without each of its long words in turn: names that differ by the ending of one share a key."""
    found = set()
    for name in facts.wholes:
        words = name.split()
        if len(words) >= LONG_NAME:
            found |= {
                "\n".join((*words[:i], word[:LONG_STEM] + "…", *words[i + 1 :]))
                for i, word in enumerate(words)
                if len(word) >= LONG_STEM
            }
    return found


def _part_pairs(parts: set[str]) -> set[str]:
    return {"\n".join(pair) for pair in combinations(sorted(parts), 2)}


class _Matching:
    """The state of resolution: which nodes are one so far, what is known of each cluster, what was judged.

    ``clusters`` holds what persons and the machine join, ``_found`` what the machine joins alone: it compares by that,
    so that a judgement on two things says nothing of a third that stands beside one of them.
    """

    def __init__(self, facts: dict[str, ProjectFacts], bench: Bench | None) -> None:
        self._nodes = facts
        self._facts = dict(facts)
        self._found = Clusters(facts)
        self.clusters = Clusters(facts, bench.tags() if bench else None)
        self._judged: dict[tuple[str, str], Judgement] = {}
        for left, right in bench.pairs(self.clusters) if bench else ():
            self.clusters.join(left, right)

    def _join(self, left: str, right: str) -> None:
        whole = ProjectFacts()
        whole.absorb(self._facts[left])
        whole.absorb(self._facts.pop(right))
        whole.settle()
        self._facts[self._found.join(left, right)] = whole
        self.clusters.join(left, right)

    def blocks(self, keys_of: Callable[[ProjectFacts], set[str]]) -> list[list[str]]:
        """The nodes that share a key, for each key in order."""
        blocks: dict[str, list[str]] = {}
        for id, facts in self._nodes.items():
            for key in keys_of(facts):
                blocks.setdefault(key, []).append(id)
        return [sorted(blocks[key]) for key in sorted(blocks) if len(blocks[key]) > 1]

    def match_block(self, members: list[str]) -> None:
        """Compares each node with the clusters of those before it."""
        index = _ContextIndex(few=FEW)
        for member in members:
            for other in index.candidates(self._facts[self._found.find(member)]):
                self._consider(other, member)
            root = self._found.find(member)
            index.add(root, self._facts[root])

    def match_parts(self) -> None:
        """Compares the clusters that bear a name with those of whose names it is a part."""
        wholes: dict[str, list[str]] = {}
        parts: dict[str, list[str]] = {}
        for id, facts in self._nodes.items():
            for key in facts.wholes:
                wholes.setdefault(key, []).append(id)
            for key in facts.parts:
                parts.setdefault(key, []).append(id)
        for key in sorted(wholes.keys() & parts.keys()):
            index = _ContextIndex(few=FEW)
            for id in sorted(wholes[key]):
                index.add(self._found.find(id), self._facts[self._found.find(id)])
            for id in sorted(parts[key]):
                for other in index.candidates(self._facts[self._found.find(id)]):
                    self._consider(other, id)

    def _consider(self, left: str, right: str) -> None:
        a, b = sorted((self._found.find(left), self._found.find(right)))
        if a == b or self.clusters.kept_apart(a, b) is not None:
            return
        verdict, score, reason = compare_projects(self._facts[a], self._facts[b])
        if verdict == "same":
            self._join(a, b)
        if reason == NOTHING_SHARED:
            # Two that met by a key of the search alone: nothing was there to judge.
            return
        if verdict == "same" or (a, b) not in self._judged:
            self._judged[(a, b)] = Judgement(a, b, verdict, score, reason)

    def judgements(self) -> list[Judgement]:
        """All judgements but those that a later merge has overtaken, sorted."""
        find = self.clusters.find
        return [j for _, j in sorted(self._judged.items()) if j.verdict == "same" or find(j.left) != find(j.right)]


class _ContextIndex:
    """Clusters of namesakes.  Up to ``few`` are all candidates; of more, only those that share context are: a name
    that so many bear tells nothing by itself, and the pairs of thousands are too many to list."""

    def __init__(self, few: int) -> None:
        self._few = few
        self._all: dict[str, None] = {}
        self._by_context: dict[str, dict[str, None]] = {}

    def add(self, root: str, facts: ProjectFacts) -> None:
        self._all[root] = None
        for token in _context(facts):
            self._by_context.setdefault(token, {})[root] = None

    def candidates(self, facts: ProjectFacts) -> list[str]:
        if len(self._all) <= self._few:
            return list(self._all)
        return list(dict.fromkeys(root for token in _context(facts) for root in self._by_context.get(token, ())))


def _context(facts: ProjectFacts) -> list[str]:
    fields = ("documents", "numbers", "owners", "authorities", "funders", "neighbours", "amounts", "introduced")
    return sorted(value for field in fields for value in getattr(facts, field))
