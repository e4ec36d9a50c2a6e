"""Sets of nodes that are held to be one thing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

# (number of a judgement, which side of it)
Tag = tuple[int, int]


class Clusters:
    """A union-find whose representative is always the smallest member, so that it does not depend on the
    order.  ``tags`` keep apart what a person said is different: two clusters may not be joined where they hold the
    two sides of one judgement."""

    def __init__(self, members: Iterable[str], tags: Mapping[str, Iterable[Tag]] | None = None) -> None:
        self._parent = {m: m for m in members}
        self._tags = {m: set(t) for m, t in (tags or {}).items() if m in self._parent}

    def __contains__(self, member: str) -> bool:
        return member in self._parent

    def find(self, member: str) -> str:
        root = member
        while self._parent[root] != root:
            root = self._parent[root]
        while self._parent[member] != root:
            self._parent[member], member = root, self._parent[member]
        return root

    def kept_apart(self, left: str, right: str) -> int | None:
        """The number of the judgement that keeps the clusters of both apart; None where none does."""
        a, b = self._tags.get(self.find(left)), self._tags.get(self.find(right))
        if not a or not b:
            return None
        return min((number for number, side in a if (number, 1 - side) in b), default=None)

    def join(self, left: str, right: str) -> str:
        """Makes the clusters of both one and returns its representative."""
        low, high = sorted((self.find(left), self.find(right)))
        if low != high:
            self._parent[high] = low
            if high in self._tags:
                self._tags.setdefault(low, set()).update(self._tags.pop(high))
        return low

    def groups(self) -> dict[str, list[str]]:
        """Representative -> sorted members, sorted."""
        found: dict[str, list[str]] = {}
        for member in sorted(self._parent):
            found.setdefault(self.find(member), []).append(member)
        return found
