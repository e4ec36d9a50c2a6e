"""Sets of nodes that are held to be one thing."""

from __future__ import annotations

from collections.abc import Iterable


class Clusters:
    """A union-find whose representative is always the smallest member, so that it does not depend on the
    order."""

    def __init__(self, members: Iterable[str]) -> None:
        self._parent = {m: m for m in members}

    def find(self, member: str) -> str:
        root = member
        while self._parent[root] != root:
            root = self._parent[root]
        while self._parent[member] != root:
            self._parent[member], member = root, self._parent[member]
        return root

    def join(self, left: str, right: str) -> str:
        """Makes the clusters of both one and returns its representative."""
        low, high = sorted((self.find(left), self.find(right)))
        self._parent[high] = low
        return low

    def groups(self) -> dict[str, list[str]]:
        """Representative -> sorted members, sorted."""
        found: dict[str, list[str]] = {}
        for member in sorted(self._parent):
            found.setdefault(self.find(member), []).append(member)
        return found
