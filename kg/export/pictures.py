"""Drawings as files: SVG, written here, and PNG, by matplotlib."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO
from warnings import catch_warnings, simplefilter

from kg.errors import UsageError
from kg.export.drawing import Drawing, Line
from kg.export.gexf import write_lines
from kg.export.labels import LEADING, SIZE, Label
from kg.export.xmltext import escape

_FONT = "DejaVu Sans, Verdana, Arial, sans-serif"
_TITLE = 16.0
_INK, _PALE = "#1a1a1a", "#777777"


def write_picture(drawing: Drawing, path: Path, out: BinaryIO) -> None:
    """The drawing in the form that the file's name ends in: ``.svg`` or ``.png``.  Raises UsageError for another, and
    where matplotlib is needed and not installed."""
    ending = path.suffix.lower()
    if ending == ".svg":
        write_lines(_svg(drawing), out)
    elif ending == ".png":
        _write_png(drawing, out)
    else:
        raise UsageError(f"a drawing cannot be written as '{ending or path.name}'", hint="a file .svg or .png")


def _svg(drawing: Drawing) -> Iterator[str]:
    width, height = drawing.width, drawing.height
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height:.0f}" '
        f'viewBox="0 0 {width} {height}" font-family="{_FONT}" font-size="{SIZE}" role="img">'
    )
    yield f"<title>{escape(drawing.heads[0])}</title>"
    yield f'<rect width="{width}" height="{height}" fill="#ffffff"/>'
    for place, text, size in _head_lines(drawing):
        yield f'<text x="24" y="{place:.1f}" font-size="{size}" fill="{_INK}">{escape(text)}</text>'
    for line in drawing.lines:
        yield (
            f'<path d="{_path(line)}" fill="none" stroke="{line.colour}" stroke-width="{line.width}" '
            f'stroke-opacity="0.6"><title>{escape(line.title)}</title></path>'
        )
        if line.arrow:
            points = " ".join(f"{x:.1f},{y:.1f}" for x, y in _arrow(line))
            yield f'<polygon points="{points}" fill="{line.colour}"/>'
    for label in drawing.labels:
        if label.line:
            x1, y1, x2, y2 = (round(value, 1) for value in label.line)
            yield f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="{_PALE}" stroke-width="0.6"/>'
    for circle in drawing.circles:
        yield (
            f'<circle cx="{circle.x:.1f}" cy="{circle.y:.1f}" r="{circle.radius:.1f}" fill="{circle.colour}" '
            f'stroke="#ffffff" stroke-width="1"><title>{escape(circle.title)}</title></circle>'
        )
    for label in drawing.labels:
        x = _anchor(label)
        for number, text in enumerate(label.lines):
            y = label.box.top + LEADING * number + SIZE * 0.9
            yield (
                f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{label.side}" fill="{_INK}" stroke="#ffffff" '
                f'stroke-width="2.5" stroke-opacity="0.85" paint-order="stroke">{escape(text)}</text>'
            )
    for key in drawing.legend:
        if key.round:
            yield f'<circle cx="{key.x + 8}" cy="{key.y}" r="5.5" fill="{key.colour}"/>'
        else:
            ends = f'x1="{key.x}" y1="{key.y}" x2="{key.x + 16}" y2="{key.y}"'
            yield f'<line {ends} stroke="{key.colour}" stroke-width="2.5"/>'
        yield f'<text x="{key.x + 24}" y="{key.y + 4}" fill="{_INK}">{escape(key.text)}</text>'
    yield "</svg>"


def _head_lines(drawing: Drawing) -> Iterator[tuple[float, str, float]]:
    y = 24 + _TITLE
    for number, text in enumerate(drawing.heads):
        yield y, text, _TITLE if not number else SIZE
        y += LEADING * 1.2 + (4 if not number else 0)


def _anchor(label: Label) -> float:
    box = label.box
    return {"start": box.left, "middle": (box.left + box.right) / 2, "end": box.right}[label.side]


def _path(line: Line) -> str:
    (x1, y1), (bx, by), (x2, y2) = line.start, line.bend, line.end
    return f"M{x1:.1f},{y1:.1f} Q{bx:.1f},{by:.1f} {x2:.1f},{y2:.1f}"


def _arrow(line: Line) -> tuple[tuple[float, float], ...]:
    """The triangle at the end of a line, pointing as the curve ends."""
    dx, dy = line.end[0] - line.bend[0], line.end[1] - line.bend[1]
    length = (dx * dx + dy * dy) ** 0.5 or 1.0
    dx, dy = dx / length, dy / length
    size = 5.0 + line.width
    x, y = line.end[0] + 2 * dx, line.end[1] + 2 * dy
    back = (x - size * dx, y - size * dy)
    side = (dy * size / 2.4, dx * size / 2.4)
    return (x, y), (back[0] - side[0], back[1] + side[1]), (back[0] + side[0], back[1] - side[1])


def _write_png(drawing: Drawing, out: BinaryIO) -> None:
    """The same picture by matplotlib, twice as many pixels a side, with the same places of labels."""
    try:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
    except ImportError:
        raise UsageError(
            "a PNG picture needs matplotlib, which is not installed",
            hint="pip install 'beslutsgraf[charts]', or a file .svg, which needs nothing",
        ) from None
    # one unit is one pixel at 72 dots an inch, so that sizes of letters in points are sizes in units
    figure = Figure(figsize=(drawing.width / 72, drawing.height / 72), dpi=144)
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, drawing.width)
    axes.set_ylim(drawing.height, 0)
    axes.axis("off")
    _paint(drawing, axes)
    with catch_warnings():
        # of a sign that the typeface does not have, such as an emoji, an empty box is drawn
        simplefilter("ignore", UserWarning)
        figure.savefig(out, format="png", metadata={"Software": None})


def _paint(drawing: Drawing, axes: Any) -> None:
    from matplotlib.patches import Circle, PathPatch, Polygon
    from matplotlib.path import Path as Curve
    from matplotlib.patheffects import withStroke

    font = {"family": "DejaVu Sans", "color": _INK, "parse_math": False}
    for y, text, size in _head_lines(drawing):
        axes.text(24, y, text, fontsize=size, va="baseline", **font)
    for line in drawing.lines:
        curve = Curve([line.start, line.bend, line.end], [Curve.MOVETO, Curve.CURVE3, Curve.CURVE3])
        axes.add_patch(PathPatch(curve, fill=False, edgecolor=line.colour, linewidth=line.width, alpha=0.6))
        if line.arrow:
            axes.add_patch(Polygon(_arrow(line), closed=True, facecolor=line.colour, edgecolor="none"))
    for label in drawing.labels:
        if label.line:
            axes.plot(label.line[0::2], label.line[1::2], color=_PALE, linewidth=0.6, zorder=2)
    for circle in drawing.circles:
        spot = Circle((circle.x, circle.y), circle.radius, facecolor=circle.colour, edgecolor="white", zorder=3)
        axes.add_patch(spot)
    for label in drawing.labels:
        side = {"start": "left", "middle": "center", "end": "right"}[label.side]
        for number, text in enumerate(label.lines):
            y = label.box.top + LEADING * number + SIZE * 0.9
            drawn = axes.text(_anchor(label), y, text, fontsize=SIZE, ha=side, va="baseline", zorder=4, **font)
            drawn.set_path_effects([withStroke(linewidth=2.5, foreground="white", alpha=0.85)])
    for key in drawing.legend:
        if key.round:
            axes.add_patch(Circle((key.x + 8, key.y), 5.5, facecolor=key.colour))
        else:
            axes.plot((key.x, key.x + 16), (key.y, key.y), color=key.colour, linewidth=2.5)
        axes.text(key.x + 24, key.y + 4, key.text, fontsize=SIZE, va="baseline", **font)
