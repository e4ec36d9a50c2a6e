"""What drawings share: SVG made of numbers and of text that a template escapes.  No drawing has inline styles, which
the policy of the site forbids: colours are classes of the style sheet."""

from __future__ import annotations

from dataclasses import dataclass

SHADES = 8
"""The number of colours that bars and lines go through (classes ``s0`` to ``s7``)."""

CHARACTER = 7.2
"""About how wide a character is in drawings, in units of the drawing."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A piece of a bar or a bar: place and size in units of the drawing, class, and what it says."""

    x: float
    y: float
    width: float
    height: float
    shade: str
    title: str
    label: str = ""
    value: str = ""
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the axis with its text."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """``kind``: the template block that draws it; ``alt``: what it shows, for those who do not see it.
    ``ticks`` are lines from top to bottom, ``rungs`` from left to right."""

    kind: str
    width: float
    height: float
    alt: str
    marks: tuple[Mark, ...]
    ticks: tuple[Tick, ...] = ()
    rungs: tuple[Tick, ...] = ()
    paths: tuple[str, ...] = ()


def shorten_text(text: str, units: float) -> str:
    """The text, cut with an ellipsis where it would be wider than ``units``."""
    most = max(4, int(units / CHARACTER))
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def round_steps(highest: float, steps: int = 4) -> list[float]:
    """Round numbers from 0 up to at least ``highest``, at most about ``steps`` of them."""
    if highest <= 0:
        return [0.0]
    size = 10.0 ** (len(str(int(highest))) - 1)
    unit = next((size * f for f in (0.1, 0.2, 0.25, 0.5, 1, 2, 2.5, 5) if highest / (size * f) <= steps), size * 10)
    count = int(-(-highest // unit))
    return [unit * n for n in range(count + 1)]
