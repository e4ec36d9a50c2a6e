"""The cache of answers holds no more than it may."""

from __future__ import annotations

from kg.publish.bodies import BodyCache


def test_what_was_not_asked_for_longest_gives_way() -> None:
    cache = BodyCache(100)
    for number in range(10):
        cache.put(str(number), b"x" * 10)
    assert cache.get("0") == b"x" * 10
    cache.put("10", b"y" * 10)
    assert cache.get("1") is None and cache.get("0") is not None and cache.get("10") == b"y" * 10


def test_large_bodies_are_not_kept_and_none_counts_twice() -> None:
    cache = BodyCache(100)
    cache.put("large", b"x" * 11)
    assert cache.get("large") is None
    for _ in range(50):
        cache.put("a", b"x" * 10)
    cache.put("b", b"x" * 10)
    assert cache.get("a") is not None and cache.get("b") is not None
