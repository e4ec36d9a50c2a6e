"""A table of hashes answers as a dictionary of bits does."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.graph.hashes import HashTable

HASHES = st.integers(-(1 << 63), (1 << 63) - 1) | st.integers(-3, 3)


@given(st.lists(st.tuples(HASHES, st.integers(0, 6))), st.lists(st.tuples(HASHES, st.integers(0, 127))))
def test_what_was_put_is_there_until_it_is_cleared(put: list[tuple[int, int]], cleared: list[tuple[int, int]]) -> None:
    known: dict[int, int] = {}
    for size in (1, 8):
        table = HashTable(size)
        known.clear()
        for number, place in put:
            table.put([number], 1 << place)
            known[number] = known.get(number, 0) | 1 << place
        assert {number: table.get(number) for number in known} == known
        for number, bits in cleared:
            table.clear(number, bits)
            if number in known:
                known[number] &= ~bits
            assert table.get(number) == known.get(number, 0)
        for bits in (1, 6, 127):
            assert table.any(bits) == any(found & bits for found in known.values())
