"""Labels beside circles, so that none lies over another or over a circle."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from math import cos, pi, sin
from textwrap import wrap

SIZE = 11.0
LEADING = 13.0
_WIDEST = 24
_CELL = 60.0
_LOOKED_AT = 14


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle: its corners with the least and the largest coordinates."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether the two share a place."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


@dataclass(frozen=True, slots=True)
class Label:
    """Lines of text in a box, at its ``side`` ("start", "middle" or "end"); ``line``: from the circle to a label that
    had to stand farther away, or None."""

    lines: tuple[str, ...]
    box: Box
    side: str
    line: tuple[float, float, float, float] | None = None


def measure_text(text: str, size: float = SIZE) -> float:
    """The width that the text has at most, by the widths of a wide typeface (DejaVu Sans)."""
    return size * sum(_width(character) for character in text)


def _width(character: str) -> float:
    if character in "iljtfrI.,:;'|!()[] -":
        return 0.42
    if character in "mwMWÅÄ@%&" or ord(character) > 0x2000:
        return 1.05
    return 0.76 if character.isupper() else 0.64


def break_label(text: str) -> tuple[str, ...]:
    """The text in at most three lines; what does not fit ends in dots."""
    lines = wrap(" ".join(text.split()), _WIDEST) or [" "]
    return tuple(lines) if len(lines) <= 3 else (*lines[:2], lines[2][: _WIDEST - 1] + "…")


def place_labels(
    circles: Iterable[tuple[str, float, float, float]],
    wanted: Iterable[tuple[str, str]],
    points: Iterable[tuple[float, float]] = (),
) -> dict[str, Label]:
    """A label for each of ``wanted`` (name of a circle, text), those first given first served.

    ``circles``: name, centre and radius; ``points``: of lines, which labels avoid where they can.  A label stands
    beside its circle, else farther out with a line to it; always where no circle and no other label is.
    """
    at = {name: (x, y, radius) for name, x, y, radius in circles}
    taken = _Taken()
    for x, y, radius in at.values():
        taken.add(Box(x - radius, y - radius, x + radius, y + radius))
    crossed = _Taken()
    for x, y in points:
        crossed.add(Box(x, y, x, y))
    placed: dict[str, Label] = {}
    for name, text in wanted:
        free = (label for label in _tries(*at[name], break_label(text)) if taken.is_free(label.box))
        label = min(islice(free, _LOOKED_AT), key=lambda label: crossed.count(label.box) + (2 if label.line else 0))
        taken.add(label.box)
        placed[name] = label
    return placed


def _tries(x: float, y: float, radius: float, lines: tuple[str, ...]) -> Iterator[Label]:
    width = max(measure_text(line) for line in lines)
    height = LEADING * len(lines)
    for step in range(1_000):
        away = radius + 3 + 9 * step
        for turn in (0, 8, 4, 12, 2, 14, 6, 10, 1, 15, 7, 9, 3, 13, 5, 11):
            angle = turn * pi / 8
            # the box touches the circle of that radius with the side or corner that faces it
            cx = x + cos(angle) * (away + width / 2)
            cy = y + sin(angle) * (away + height / 2)
            box = Box(cx - width / 2, cy - height / 2, cx + width / 2, cy + height / 2)
            side = "start" if cos(angle) > 0.3 else "end" if cos(angle) < -0.3 else "middle"
            near = (min(max(x, box.left), box.right), min(max(y, box.top), box.bottom))
            yield Label(lines, box, side, (x, y, *near) if step > 2 else None)


class _Taken:
    """Boxes by the cells of a grid that they lie in."""

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], list[Box]] = defaultdict(list)

    def add(self, box: Box) -> None:
        for cell in self._over(box):
            self._cells[cell].append(box)

    def is_free(self, box: Box) -> bool:
        return not any(box.meets(other) for cell in self._over(box) for other in self._cells.get(cell, ()))

    def count(self, box: Box) -> int:
        return sum(box.meets(other) for cell in self._over(box) for other in self._cells.get(cell, ()))

    @staticmethod
    def _over(box: Box) -> Iterator[tuple[int, int]]:
        for column in range(int(box.left // _CELL), int(box.right // _CELL) + 1):
            for row in range(int(box.top // _CELL), int(box.bottom // _CELL) + 1):
                yield column, row
