"""How often a client may ask."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable

from kg.publish.problem import Problem

# Of more clients than this at a time those that have not asked for longest are forgotten.
_MOST_CLIENTS = 20_000


class RateLimiter:
    """A bucket of tokens for each client: ``burst`` at once, ``rate`` more each second."""

    def __init__(self, rate: float, burst: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate, self._burst, self._clock = rate, burst, clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, client: str) -> None:
        """Takes a token.  Raises Problem ``too-many`` with the time to wait where there is none."""
        now = self._clock()
        tokens, since = self._buckets.pop(client, (float(self._burst), now))
        tokens = min(float(self._burst), tokens + (now - since) * self._rate)
        allowed = tokens >= 1
        self._buckets[client] = (tokens - 1 if allowed else tokens, now)
        while len(self._buckets) > _MOST_CLIENTS:
            self._buckets.popitem(last=False)
        if not allowed:
            wait = max(1, round((1 - tokens) / self._rate + 0.5))
            detail = f"more than {self._rate:g} requests a second; ask again in {wait} s"
            raise Problem("too-many", detail, headers={"Retry-After": str(wait)})
