"""A table of 64-bit hashes for what a graph holds a million times, in some ten bytes each: Python's own takes ninety.

That two things share a hash in a graph of a hundred million would be a chance of one in some thousand, and hide one
fault of the program that made it.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable

_BUCKETS = 256


class HashTable:
    """Hash -> bits, filled first, then asked; bits may be cleared.  ``size``: how many bytes the bits take, 1 or 8."""

    def __init__(self, size: int = 8) -> None:
        self._code = {1: "B", 8: "q"}[size]
        self._buckets = [(array("q"), array(self._code)) for _ in range(_BUCKETS)]
        self._sealed = False

    def put(self, numbers: Iterable[int], bits: int) -> None:
        """Sets bits of each of these hashes, beside those that it has.  To be called before anything is asked."""
        assert not self._sealed
        buckets = self._buckets
        for number in numbers:
            keys, values = buckets[number % _BUCKETS]
            keys.append(number)
            values.append(bits)

    def get(self, number: int) -> int:
        """The bits; 0 where there are none."""
        if not self._sealed:
            self._seal()
        keys, values = self._buckets[number % _BUCKETS]
        place = bisect_left(keys, number)
        return values[place] if place < len(keys) and keys[place] == number else 0

    def clear(self, number: int, bits: int) -> None:
        """Clears bits of a hash, where it is there."""
        if not self._sealed:
            self._seal()
        keys, values = self._buckets[number % _BUCKETS]
        place = bisect_left(keys, number)
        if place < len(keys) and keys[place] == number:
            values[place] &= ~bits

    def any(self, bits: int) -> bool:
        """Whether one of these bits is set of any hash."""
        if not self._sealed:
            self._seal()
        return any(value & bits for _, values in self._buckets for value in values)

    def _seal(self) -> None:
        for i, (keys, values) in enumerate(self._buckets):
            found = dict(zip(keys, values, strict=True))
            if len(found) < len(keys):
                for key, bits in zip(keys, values, strict=True):
                    found[key] |= bits
            sorted_keys = sorted(found)
            self._buckets[i] = array("q", sorted_keys), array(self._code, map(found.__getitem__, sorted_keys))
        self._sealed = True
