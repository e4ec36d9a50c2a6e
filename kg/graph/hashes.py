"""Sets of 64-bit hashes for what a graph holds a million times, in some ten bytes each: Python's own take ninety.

That two things share a hash in a graph of a hundred million would be a chance of one in some thousand, and hide one
fault of the program that made it.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable

_BUCKETS = 256


class Hashes:
    """A set that is filled first, by ``add``, then asked; each member may be struck out."""

    def __init__(self) -> None:
        self._buckets = [array("q") for _ in range(_BUCKETS)]
        self._struck: list[bytearray] | None = None

    def add(self, numbers: Iterable[int]) -> None:
        """To be called before anything is asked."""
        assert self._struck is None
        buckets = self._buckets
        for number in numbers:
            buckets[number % _BUCKETS].append(number)

    def __contains__(self, number: int) -> bool:
        return self._find(number) >= 0

    def strike(self, number: int) -> None:
        """Strikes a number out, where it is a member."""
        place = self._find(number)
        if place >= 0:
            assert self._struck is not None
            self._struck[number % _BUCKETS][place] = 1

    def is_open(self, number: int) -> bool:
        """Whether it is a member that was not struck out."""
        place = self._find(number)
        return place >= 0 and self._struck is not None and not self._struck[number % _BUCKETS][place]

    def any_open(self) -> bool:
        """Whether a member was not struck out."""
        self._find(0)
        return any(0 in struck for struck in self._struck or ())

    def _find(self, number: int) -> int:
        """Its place in its bucket; -1 where it is none."""
        if self._struck is None:
            for i, bucket in enumerate(self._buckets):
                self._buckets[i] = array("q", sorted(set(bucket)))
            self._struck = [bytearray(len(bucket)) for bucket in self._buckets]
        bucket = self._buckets[number % _BUCKETS]
        place = bisect_left(bucket, number)
        return place if place < len(bucket) and bucket[place] == number else -1


class HashTable:
    """Hash -> the small numbers that were put to it, filled first, then asked."""

    def __init__(self) -> None:
        self._buckets = [(array("q"), array("q")) for _ in range(_BUCKETS)]
        self._sealed = False

    def put(self, number: int, value: int) -> None:
        """``value``: 0 to 62.  To be called before anything is asked."""
        assert not self._sealed
        keys, values = self._buckets[number % _BUCKETS]
        keys.append(number)
        values.append(1 << value)

    def get(self, number: int) -> int:
        """The values, as the bits of a number; 0 where there is none."""
        if not self._sealed:
            self._seal()
        keys, values = self._buckets[number % _BUCKETS]
        place = bisect_left(keys, number)
        return values[place] if place < len(keys) and keys[place] == number else 0

    def _seal(self) -> None:
        for i, (keys, values) in enumerate(self._buckets):
            found: dict[int, int] = {}
            for key, value in zip(keys, values, strict=True):
                found[key] = found.get(key, 0) | value
            sorted_keys = sorted(found)
            self._buckets[i] = array("q", sorted_keys), array("q", map(found.__getitem__, sorted_keys))
        self._sealed = True
