"""Which names of organisations mean one organisation, over all names that papers use.

The registers have answered for the names that they hold.  The others are compared within blocks: the same words, the
same words but for one, an acronym and the name that introduces it.  So the work grows with the names and not with
their pairs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations

from kg.model import Judgement
from kg.resolve.clusters import Clusters
from kg.resolve.mentions import Verdict
from kg.resolve.names import is_acronym
from kg.resolve.organisations import bears_form_alone, judge_names
from kg.resolve.orgnames import OrgName, fold_letters, has_head, take_apart

# So many names of one block are compared each with each; a block of more says too little to be worth it.
FEW = 24
_LEAST_LETTERS = 7


@dataclass(slots=True)
class NameTable:
    """The names of organisations by identity (``id:KEY`` or ``name:KEY``), as written, and the organisation number of
    those with which papers give one."""

    names: dict[str, str]
    numbers: dict[str, str] = field(default_factory=dict)

    def parts(self, ident: str) -> OrgName:
        return take_apart(self.names[ident])


def join_names(table: NameTable, clusters: Clusters) -> list[Judgement]:
    """Joins the identities of names that no register holds; the merges, and the pairs that may be one.

    What a person keeps apart stays apart (``Clusters.kept_apart``).
    """
    work = _Gathering(table, clusters)
    unknown = [ident for ident in sorted(table.names) if not ident.startswith("id:")]
    work.join_numbered(unknown)
    for block in _blocks_of_words(unknown, table):
        work.join_block(block)
    for short, longs in _introductions(unknown, table):
        work.join_introduced(short, longs)
    for block in _blocks_without_marks(unknown, table):
        work.compare_block(block)
    for block in _blocks_but_one(unknown, table):
        work.compare_block(block)
    return work.judgements()


class _Gathering:
    def __init__(self, table: NameTable, clusters: Clusters) -> None:
        self._table = table
        self._clusters = clusters
        self._judged: dict[tuple[str, str], Judgement] = {}
        # The legal forms of the names in each cluster: one organisation has one.
        self._forms: dict[str, set[str]] = {}
        # One organisation has one number.
        self._numbers: dict[str, set[str]] = {}
        for ident in table.names:
            if ident in table.numbers:
                self._numbers.setdefault(clusters.find(ident), set()).add(table.numbers[ident])
            form = table.parts(ident).form
            if form and not ident.startswith("id:"):
                self._forms.setdefault(clusters.find(ident), set()).add(form)

    def join(self, left: str, right: str, verdict: Verdict) -> None:
        a, b = sorted((self._clusters.find(left), self._clusters.find(right)))
        if a == b:
            return
        if verdict[0] == "same":
            if self._clusters.kept_apart(a, b) is not None:
                return
            forms = self._forms.get(a, set()) | self._forms.get(b, set())
            numbers = self._numbers.get(a, set()) | self._numbers.get(b, set())
            if len(numbers) > 1:
                verdict = ("different", 0.0, f"the organisation numbers differ ({' / '.join(sorted(numbers))})")
            elif len(forms) > 1 and verdict[1] < 1:
                verdict = ("undecided", 0.4, f"{verdict[2]}, but legal forms differ ({' / '.join(sorted(forms))})")
            else:
                root = self._clusters.join(a, b)
                self._forms[root], self._numbers[root] = forms, numbers
        if verdict[0] == "same" or (a, b) not in self._judged:
            self._judged[(a, b)] = Judgement(a, b, *verdict)

    def join_numbered(self, idents: Iterable[str]) -> None:
        """The same organisation number is the same organisation, whatever its name."""
        first: dict[str, str] = {}
        for ident in idents:
            number = self._table.numbers.get(ident)
            if number is not None:
                self.join(first.setdefault(number, ident), ident, ("same", 1.0, "the organisation number agrees"))

    def join_block(self, members: list[str]) -> None:
        """The same words: one by legal form; a name without one joins where there is one legal form alone."""
        members = self._tell_numbered(members)
        forms: dict[str, list[str]] = {}
        for ident in members:
            forms.setdefault(self._table.parts(ident).form, []).append(ident)
        for same in forms.values():
            for other in same[1:]:
                self.join(same[0], other, ("same", 0.98, "the same name but for writing and inflection"))
        bare = forms.pop("", [])
        if not bare:
            return
        alone = bears_form_alone(self._table.parts(bare[0]))
        for form, others in sorted(forms.items()):
            if len(forms) == 1 and alone:
                self.join(bare[0], others[0], ("same", 0.92, "the same name, one with its legal form"))
            else:
                why = "several legal forms bear the name" if len(forms) > 1 else "a short name, one with a legal form"
                self.join(bare[0], others[0], ("undecided", 0.5, f"{why} ({form})"))

    def _tell_numbered(self, members: list[str]) -> list[str]:
        """The members; of namesakes with numbers of their own only these, since a name alone says not which it is."""
        numbered = [ident for ident in members if ident in self._table.numbers]
        if len({self._table.numbers[ident] for ident in numbered}) < 2:
            return members
        for ident in members:
            if ident not in self._table.numbers:
                why = "organisations with different numbers bear the name"
                self.join(numbered[0], ident, ("undecided", 0.5, why))
        return numbered

    def join_introduced(self, short: str, longs: list[str]) -> None:
        """An acronym is the name that introduces it, if only one does."""
        roots = sorted({self._clusters.find(long) for long in longs})
        for root in roots:
            verdict: Verdict = ("same", 0.9, "one introduces the acronym of the other")
            if len(roots) > 1:
                verdict = ("undecided", 0.5, "several names introduce the acronym")
            self.join(root, short, verdict)

    def compare_block(self, members: list[str]) -> None:
        for left, right in combinations(members, 2):
            a, b = self._table.parts(left), self._table.parts(right)
            if a.stems == b.stems:
                # Legal forms have been weighed over all names of these words.
                continue
            verdict = judge_names(a, b)
            if verdict[0] != "different":
                self.join(left, right, verdict)

    def judgements(self) -> list[Judgement]:
        """All judgements but those that a later merge has overtaken, sorted."""
        find = self._clusters.find
        return [j for _, j in sorted(self._judged.items()) if j.verdict == "same" or find(j.left) != find(j.right)]


def _blocks_of_words(idents: Iterable[str], table: NameTable) -> Iterator[list[str]]:
    blocks: dict[tuple[str, ...], list[str]] = {}
    for ident in idents:
        parts = table.parts(ident)
        blocks.setdefault(("any", *parts.bag) if has_head(parts) else parts.stems, []).append(ident)
    return (blocks[key] for key in sorted(blocks) if len(blocks[key]) > 1)


def _introductions(idents: Iterable[str], table: NameTable) -> Iterator[tuple[str, list[str]]]:
    shorts: dict[tuple[str, ...], str] = {}
    longs: dict[tuple[str, ...], list[str]] = {}
    for ident in idents:
        parts = table.parts(ident)
        if not parts.inside and is_acronym(parts.outside):
            shorts.setdefault(parts.stems, ident)
        for inside in parts.inside:
            if is_acronym(inside):
                longs.setdefault(take_apart(inside).stems, []).append(ident)
    return ((shorts[key], longs[key]) for key in sorted(shorts.keys() & longs.keys()))


def _blocks_without_marks(idents: Iterable[str], table: NameTable) -> Iterator[list[str]]:
    blocks: dict[str, list[str]] = {}
    for ident in idents:
        blocks.setdefault(fold_letters(" ".join(table.parts(ident).bag)), []).append(ident)
    return (blocks[key] for key in sorted(blocks) if 1 < len(blocks[key]) <= FEW)


def _blocks_but_one(idents: Iterable[str], table: NameTable) -> Iterator[list[str]]:
    """Names that share all words but one, and of that one the first letters: what a slip of the pen changes."""
    blocks: dict[tuple[str, ...], list[str]] = {}
    for ident in idents:
        bag = table.parts(ident).bag
        for i, word in enumerate(bag):
            if len(word) >= _LEAST_LETTERS and not any(c.isdigit() for c in word):
                blocks.setdefault((*bag[:i], *bag[i + 1 :], f"{word[:5]}…"), []).append(ident)
    return (blocks[key] for key in sorted(blocks) if 1 < len(blocks[key]) <= FEW)
