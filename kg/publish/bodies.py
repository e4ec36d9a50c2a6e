"""Answers that were made already, of one build: a build never changes, so neither do they."""

from __future__ import annotations

from collections import OrderedDict


class BodyCache:
    """Bodies by tag, up to ``most`` bytes in all; those that were not asked for longest give way.  A body larger than a
    tenth of that is not kept."""

    def __init__(self, most: int = 32_000_000) -> None:
        self._most = most
        self._held: OrderedDict[str, bytes] = OrderedDict()
        self._size = 0

    def get(self, tag: str) -> bytes | None:
        body = self._held.get(tag)
        if body is not None:
            self._held.move_to_end(tag)
        return body

    def put(self, tag: str, body: bytes) -> None:
        if tag in self._held or len(body) * 10 > self._most:
            return
        self._held[tag] = body
        self._size += len(body)
        while self._size > self._most:
            self._size -= len(self._held.popitem(last=False)[1])
