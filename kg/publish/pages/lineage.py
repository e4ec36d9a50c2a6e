"""Which projects a project builds on and which build on it, drawn in time."""

from __future__ import annotations

from dataclasses import dataclass

from kg.publish.pages.drawing import CHARACTER, Drawing, Mark, Tick, shorten_text
from kg.publish.pages.links import Links
from kg.publish.pages.reader import Reader
from kg.publish.pages.wording import Words

MOST = 60
"""Of a lineage with more projects the nearest are drawn."""

_WIDTH, _ROW, _TOP, _BAR = 760.0, 34.0, 26.0, 22.0
_SIDE = 12.0


@dataclass(frozen=True, slots=True)
class Project:
    """``start``, ``end``: years, or None; ``level``: how many steps lie below it in the lineage."""

    iri: str
    label: str
    start: int | None
    end: int | None
    builds_on: tuple[str, ...]


def read_lineage(reader: Reader, iri: str) -> list[Project]:
    """The project, its predecessors and its successors, in the order of time; empty where it stands alone."""
    near: dict[str, None] = {iri: None}
    for up in (True, False):
        layer = [iri]
        while layer and len(near) < MOST:
            following: list[str] = []
            for one in layer:
                others = reader.things(one, "bg:buildsOn") if up else reader.subjects("bg:buildsOn", one, MOST)
                following += [o for o in others if o not in near]
                near.update(dict.fromkeys(others))
            layer = following
    found = list(near)[:MOST]
    if len(found) < 2:
        return []
    projects = [_read_project(reader, one, frozenset(found)) for one in found]
    return sorted(projects, key=lambda p: (p.start is None, p.start or 0, p.end or 0, p.label, p.iri))


def _read_project(reader: Reader, iri: str, known: frozenset[str]) -> Project:
    start, end = reader.first(iri, "bg:startYear"), reader.first(iri, "bg:endYear")
    years = [y for y in (start, end) if isinstance(y, int) and 1800 <= y <= 2200]
    before = tuple(o for o in reader.things(iri, "bg:buildsOn") if o in known)
    return Project(iri, reader.label(iri), min(years, default=None), max(years, default=None), before)


def draw_lineage(projects: list[Project], itself: str, links: Links) -> Drawing:
    """A row for each project, a bar over its years, arrows from a project to those that build on it."""
    words = Words(links.language)
    dated = [p for p in projects if p.start is not None]
    first = min((p.start or 0 for p in dated), default=2000)
    last = max((p.end or 0 for p in dated), default=first) + 1
    unit = (_WIDTH - 2 * _SIDE) / max(1, last - first)
    rows = {p.iri: number for number, p in enumerate(projects)}
    marks: list[Mark] = []
    for project in projects:
        y = _TOP + rows[project.iri] * _ROW + (_ROW - _BAR) / 2
        if project.start is None:
            x, width = _SIDE, _WIDTH - 2 * _SIDE
            years = words("undated")
        else:
            x = _SIDE + (project.start - first) * unit
            width = max(10.0, ((project.end or project.start) + 1 - project.start) * unit - 2)
            years = say_years(project)
        shade = "undated" if project.start is None else "itself" if project.iri == itself else "other"
        marks.append(
            Mark(x, y, width, _BAR, shade, f"{project.label}, {years}", project.label, years, links.thing(project.iri))
        )
    marks = [_place_label(mark) for mark in marks]
    paths = [_draw_arrow(marks[rows[before]], marks[rows[p.iri]]) for p in projects for before in p.builds_on]
    step = max(1, -(-(last - first) // 12))
    ticks = [Tick(_SIDE + (year - first) * unit, str(year)) for year in range(first, last, step)] if dated else []
    alt = f"{words('lineage')}: " + "; ".join(f"{p.label} ({say_years(p) or words('undated')})" for p in projects)
    height = _TOP + len(projects) * _ROW + 6
    return Drawing("lineage", _WIDTH, height, alt, tuple(marks), tuple(ticks), paths=tuple(paths))


def say_years(project: Project) -> str:
    """``2020–2023``, ``2020``, or nothing."""
    if project.start is None:
        return ""
    return str(project.start) if project.end in (None, project.start) else f"{project.start}–{project.end}"


def _place_label(mark: Mark) -> Mark:
    """The label in the bar, cut to the room that is left beside it; ``value`` becomes where the text begins."""
    room = max(mark.width, _WIDTH - mark.x - _SIDE)
    at = mark.x + 6
    if room < len(mark.label) * CHARACTER + 12:
        # too near the right edge: let the text end where the bar ends
        wanted = min(len(mark.label) * CHARACTER + 12, mark.x + mark.width - _SIDE)
        at = mark.x + mark.width - wanted + 6
        room = wanted
    text = shorten_text(mark.label, room - 12)
    return Mark(mark.x, mark.y, mark.width, mark.height, mark.shade, mark.title, text, f"{at:.1f}", mark.href)


def _draw_arrow(before: Mark, after: Mark) -> str:
    """From below (or above) the end of the earlier bar to the beginning of the later one."""
    down = after.y > before.y
    x1 = min(before.x + before.width - 4, max(before.x + 4, after.x - 4))
    y1 = before.y + (before.height if down else 0)
    x2 = after.x + 5
    y2 = after.y + (-1 if down else after.height + 1)
    bend = (y1 + y2) / 2
    return f"M{x1:.1f} {y1:.1f} C{x1:.1f} {bend:.1f} {x2:.1f} {bend:.1f} {x2:.1f} {y2:.1f}"
