"""How long each step of a build took."""

from __future__ import annotations

import time


class Clock:
    """How long each step took.  Only the report shows it; nothing in the graph depends on it."""

    def __init__(self) -> None:
        self._last = time.perf_counter()
        self._steps: dict[str, float] = {}

    def stop(self, step: str) -> None:
        """Puts the time since the last call down to ``step``."""
        now = time.perf_counter()
        self._steps[step] = self._steps.get(step, 0.0) + now - self._last
        self._last = now

    def seconds(self) -> tuple[tuple[str, float], ...]:
        return tuple(self._steps.items())
