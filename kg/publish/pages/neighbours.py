"""What lies one step away from a thing: as a list by kind, and as a small drawing."""

from __future__ import annotations

import math
from dataclasses import dataclass

from kg.publish.pages.drawing import Drawing, Mark, shorten_text
from kg.publish.pages.links import Links
from kg.publish.pages.reader import Reader, node
from kg.publish.pages.wording import Words
from kg.terms import NAMESPACE, PATHS

DRAWN = 12
"""How many neighbours the drawing holds; the list holds the others too."""

MOST = 60
# Class -> the steps that lead from a thing of it to its neighbours: property, whether from its other end, and a second
# property that leads on from there.
_STEPS: dict[str, tuple[tuple[str, bool, str], ...]] = {
    "Project": (
        ("bg:applicant", False, ""),
        ("bg:partner", False, ""),
        ("bg:buildsOn", False, ""),
        ("bg:buildsOn", True, ""),
        ("bg:relatedTo", False, ""),
        ("bg:relatedTo", True, ""),
        ("bg:project", True, "bg:contributor"),
        ("bg:project", True, "bg:authority"),
    ),
    "Organisation": (
        ("bg:applicant", True, ""),
        ("bg:partner", True, ""),
        ("bg:contributor", True, "bg:project"),
        ("bg:authority", True, "bg:project"),
        ("org:unitOf", True, ""),
        ("bg:managedBy", True, ""),
    ),
    "Board": (("org:unitOf", False, ""), ("eli:passed_by", True, "bg:project")),
    "FundingSource": (("bg:managedBy", False, ""), ("bg:fundingSource", True, "bg:project")),
    "County": (("dcterms:spatial", True, ""), ("skos:broader", True, "")),
    "Municipality": (("dcterms:spatial", True, ""), ("skos:broader", False, "")),
}
# How many statements are looked at for one step: an authority may have tens of thousands of decisions.
_LOOK = 400


@dataclass(frozen=True, slots=True)
class Neighbour:
    """``kind``: its class in words; ``ties``: how it is tied, in words."""

    iri: str
    label: str
    kind: str
    ties: tuple[str, ...]


def read_neighbours(reader: Reader, iri: str, classes: list[str]) -> list[Neighbour]:
    """The neighbours of a thing, those with most ties first."""
    ties: dict[str, dict[str, int]] = {}
    for kind, steps in _STEPS.items():
        if kind not in classes:
            continue
        for predicate, back, onward in steps:
            for other in _walk(reader, iri, predicate, back, onward):
                if other != iri:
                    told = ties.setdefault(other, {})
                    name = _name_tie(reader, onward or predicate, back and not onward)
                    told[name] = told.get(name, 0) + 1
    ordered = sorted(ties, key=lambda other: (-sum(ties[other].values()), reader.label(other), other))[:MOST]
    return [Neighbour(o, reader.label(o), _name_kind(reader, o), tuple(sorted(ties[o]))) for o in ordered]


def _walk(reader: Reader, iri: str, predicate: str, back: bool, onward: str) -> list[str]:
    first = reader.subjects(predicate, iri, _LOOK) if back else reader.things(iri, predicate)
    return [other for one in first for other in reader.things(one, onward)] if onward else first


def _name_tie(reader: Reader, predicate: str, back: bool) -> str:
    words = Words(reader.language)
    if back:
        return words.find("incoming", predicate) or predicate
    return name_property(reader, predicate)


def name_property(reader: Reader, predicate: str) -> str:
    """The name of a property, given by its prefixed name, in the language of the reader."""
    return Words(reader.language).find("properties", predicate) or (
        reader.label(node(predicate).value) if predicate.partition(":")[0] == "bg" else predicate
    )


# Of several classes of a thing the first of these says what it is.
_PLAIN = tuple(PATHS)


def _name_kind(reader: Reader, iri: str) -> str:
    return name_class(reader, reader.classes(iri))


def name_class(reader: Reader, classes: list[str]) -> str:
    """What a thing of these classes is, in one word."""
    chosen = next((c for c in _PLAIN if c in classes), classes[0] if classes else None)
    if chosen is None:
        return Words(reader.language).find("classes", "Thing") or ""
    return reader.label(NAMESPACE + chosen)


def draw_neighbours(title: str, neighbours: list[Neighbour], links: Links) -> Drawing:
    """The thing in the middle, the neighbours around it."""
    width, height = 760.0, 360.0
    middle_x, middle_y = width / 2, height / 2
    marks, paths = [], []
    shown = neighbours[:DRAWN]
    for number, neighbour in enumerate(shown):
        angle = 2 * math.pi * (number + 0.5) / len(shown) - math.pi / 2
        x, y = middle_x + 265 * math.cos(angle), middle_y + 145 * math.sin(angle)
        text = shorten_text(neighbour.label, 210)
        ties = f"{neighbour.label}: {', '.join(neighbour.ties)}"
        marks.append(Mark(x, y, len(text) * 7.2 + 20, 26, "other", ties, text, "", links.thing(neighbour.iri)))
        paths.append(f"M{middle_x:.1f} {middle_y:.1f} L{x:.1f} {y:.1f}")
    text = shorten_text(title, 260)
    marks.append(Mark(middle_x, middle_y, len(text) * 7.4 + 24, 30, "itself", title, text))
    alt = f"{title}: " + "; ".join(mark.title for mark in marks[:-1])
    return Drawing("star", width, height, alt, tuple(marks), paths=tuple(paths))
