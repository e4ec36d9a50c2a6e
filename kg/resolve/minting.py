"""Names of things as IRIs that do not depend on which other papers were read, or in what order.

Every node has names of its own, made from its own paper alone: a plain one, and longer ones that tell it from
namesakes (by context, by paper, by node).  A thing takes the best name of its nodes that no other thing could bear; all
the others lead to it.  So an IRI that was made of fewer papers, or before a merge or a split, is either that of the
same thing still or is listed as replaced by it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.resolve.names import short_hash

RESERVED = "\x00register"


@dataclass(frozen=True, slots=True)
class Own:
    """The names that one node can give its thing.  ``rank``: the smallest is taken first; ``plain``: the IRI; ``more``:
    what tells it from namesakes, the vaguest first; ``fixed``: the plain IRI is the thing's whatever others bear it;
    ``former``: a name of the past, which the thing does not take and which leads to it."""

    rank: tuple[int, str]
    plain: str
    more: tuple[str, ...] = ()
    fixed: bool = False
    former: bool = False

    def levels(self) -> tuple[str, ...]:
        """All its IRIs, the plain one first."""
        return (self.plain, *(f"{self.plain}-{short_hash(text)}" for text in self.more))


@dataclass(frozen=True, slots=True)
class Minted:
    """The IRI of each cluster, by its representative, and the IRIs that each replaces: (old, new), sorted."""

    iris: dict[str, str]
    replaced: tuple[tuple[str, str], ...]


def mint(
    clusters: Mapping[str, Iterable[str]], owns: Mapping[str, tuple[Own, ...]], reserved: Iterable[str] = ()
) -> Minted:
    """IRIs for clusters of nodes (representative -> members); ``owns`` gives the names of each node, at least one.

    ``reserved`` are IRIs that none but a node with that fixed name may have.
    """
    # nearly every name is that of one thing, so that its set is shared by all names of that thing
    claims: dict[str, frozenset[str]] = dict.fromkeys(reserved, frozenset({RESERVED}))
    bearers: dict[str, int] = {}
    gathered: dict[str, list[Own]] = {}
    for root, members in clusters.items():
        found = sorted({own for m in members for own in owns[m]}, key=lambda o: (o.former, o.rank, o.plain, o.more))
        gathered[root] = found
        alone = frozenset({root})
        for m in members:
            for level in {level for own in owns[m] if not own.former for level in own.levels()}:
                known = claims.setdefault(level, alone)
                if root not in known:
                    claims[level] = known | alone
            for level in {level for own in owns[m] for level in own.levels()}:
                bearers[level] = bearers.get(level, 0) + 1
    iris = {root: _choose(root, [o for o in found if not o.former], claims) for root, found in gathered.items()}
    used = set(iris.values())
    replaced = {
        (old, iris[root])
        for root, found in gathered.items()
        for own in found
        for old in _shown(own, bearers, claims)
        # A reserved name leads on where its own thing has become part of another.
        if old not in used and (own.fixed or RESERVED not in claims.get(old, ()))
    }
    return Minted(iris, tuple(sorted(replaced)))


def _choose(root: str, found: list[Own], claims: Mapping[str, frozenset[str]]) -> str:
    fixed = next((own.plain for own in found if own.fixed), None)
    if fixed is not None:
        return fixed
    deepest = max(len(own.more) for own in found) + 1
    for level in range(deepest):
        for own in found:
            levels = own.levels()
            if level < len(levels) and claims[levels[level]] == {root}:
                return levels[level]
    # Two clusters share even the name of one node only where a node stands in both, which clusters never do.
    raise AssertionError(f"no IRI is left for {root}")


def _shown(own: Own, bearers: Mapping[str, int], claims: Mapping[str, frozenset[str]]) -> Iterable[str]:
    """The IRIs of ``own`` that a graph of some of the papers may have borne: a longer one only where two nodes, or two
    things, bear the one before it."""
    for level in own.levels():
        yield level
        if bearers[level] < 2 and len(claims.get(level, ())) < 2:
            return
