"""What a Word file says of its paragraphs in other places: styles with heading levels and spacing, and list numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.read.listlabels import write_number
from kg.read.package import attribute, child, local

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_HEADING = re.compile(r"(?:heading|rubrik|überschrift)\s*(\d)$", re.IGNORECASE)
_TITLE = frozenset({"title", "titel", "rubrik"})
_CHAIN = 20  # styles that build on one another
_PLACE = re.compile(r"%(\d)")
_BULLET = "•"


def is_on(element: Element | None) -> bool:
    """Whether a switch stands and is not set to off."""
    return element is not None and attribute(element, "val") not in ("0", "false", "off")


@dataclass(frozen=True, slots=True)
class Style:
    """``level``: of a heading, from 1, else 0; ``before`` and ``after``: spacing in twentieths of a point; ``list``:
    the id of its numbering and the level in it."""

    level: int = 0
    before: int = 0
    after: int = 0
    list: tuple[str, int] | None = None

    def depth(self, properties: Element | None) -> int:
        """The level in a list that the paragraph itself or its style says, from 0."""
        own = child(properties, "numPr", "ilvl")
        if own is not None:
            return min(_integer(own), 8)
        return self.list[1] if self.list else 0


class Styles:
    """The styles of a file, each with what it takes over from those that it builds on."""

    def __init__(self, root: Element | None) -> None:
        self._elements: dict[str, Element] = {}
        self._default = Style()
        self._standard = ""
        self._known: dict[str, Style] = {}
        for element in root if root is not None else ():
            name = local(element.tag)
            if name == "docDefaults":
                self._default = _apply(Style(), child(element, "pPrDefault", "pPr"))
            elif name == "style" and attribute(element, "type") == "paragraph":
                key = attribute(element, "styleId") or ""
                self._elements[key] = element
                if attribute(element, "default") in ("1", "true"):
                    self._standard = key

    def of(self, properties: Element | None) -> Style:
        """What holds for a paragraph with these properties."""
        named = child(properties, "pStyle")
        key = (attribute(named, "val") or "") if named is not None else self._standard
        return _apply(self._resolve(key, 0), properties)

    def _resolve(self, key: str, depth: int) -> Style:
        if key in self._known:
            return self._known[key]
        element = self._elements.get(key)
        if element is None or depth > _CHAIN:
            return self._default
        base = child(element, "basedOn")
        style = self._resolve(attribute(base, "val") or "", depth + 1) if base is not None else self._default
        style = _apply(style, child(element, "pPr"))
        named = child(element, "name")
        name = (attribute(named, "val") or "") if named is not None else ""
        found = _HEADING.match(name.strip())
        if found:
            style = replace(style, level=int(found[1]) or 1)
        elif name.strip().casefold() in _TITLE:
            style = replace(style, level=1)
        self._known[key] = style
        return style


def _apply(style: Style, properties: Element | None) -> Style:
    """``style`` with what these properties set."""
    if properties is None:
        return style
    spacing = child(properties, "spacing")
    if spacing is not None:
        before, after = attribute(spacing, "before"), attribute(spacing, "after")
        style = replace(
            style,
            before=int(before[:6]) if before and before.isdecimal() else style.before,
            after=int(after[:6]) if after and after.isdecimal() else style.after,
        )
    outline = child(properties, "outlineLvl")
    if outline is not None:
        deep = _integer(outline)
        style = replace(style, level=deep + 1 if deep < 9 else 0)
    number = child(properties, "numPr", "numId")
    level = child(properties, "numPr", "ilvl")
    if number is not None or level is not None:
        key = (attribute(number, "val") or "") if number is not None else (style.list[0] if style.list else "")
        style = replace(style, list=(key, min(_integer(level), 8)))
    return style


@dataclass(frozen=True, slots=True)
class _Level:
    form: str
    text: str
    start: int


class Numbering:
    """The lists of a file, counted on as their paragraphs are read."""

    def __init__(self, root: Element | None) -> None:
        abstract: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, tuple[str, dict[int, _Level]]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        for element in root if root is not None else ():
            if local(element.tag) == "abstractNum":
                abstract[attribute(element, "abstractNumId") or ""] = _read_levels(element)
        for element in root if root is not None else ():
            if local(element.tag) != "num":
                continue
            base = child(element, "abstractNumId")
            key = (attribute(base, "val") or "") if base is not None else ""
            levels = dict(abstract.get(key, {}))
            own = attribute(element, "numId") or ""
            overridden = False
            for override in element:
                if local(override.tag) != "lvlOverride":
                    continue
                place = _whole(attribute(override, "ilvl"))
                levels.update(_read_levels(override))
                start = child(override, "startOverride")
                if start is not None and place in levels:
                    levels[place] = replace(levels[place], start=_integer(start))
                    overridden = True
            self._lists[own] = (own if overridden else f"a{key}", levels)

    def label(self, properties: Element | None, style: Style) -> str:
        """The number or bullet of the paragraph, counted on; empty where it has none."""
        if style.list is None or style.list[0] not in self._lists:
            return ""
        counter, levels = self._lists[style.list[0]]
        depth = style.depth(properties)
        level = levels.get(depth)
        if level is None or level.form == "none":
            return ""
        if level.form == "bullet":
            return _BULLET
        counts = self._counts.setdefault(counter, {})
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [d for d in counts if d > depth]:
            del counts[deeper]

        def number(match: re.Match[str]) -> str:
            place = int(match[1]) - 1
            other = levels.get(place, level)
            return write_number(counts.get(place, other.start), "decimal" if place > depth else other.form)

        return _PLACE.sub(number, level.text).strip()


def _read_levels(element: Element) -> dict[int, _Level]:
    levels: dict[int, _Level] = {}
    for level in element:
        if local(level.tag) != "lvl":
            continue
        form, text = child(level, "numFmt"), child(level, "lvlText")
        start = child(level, "start")
        levels[_whole(attribute(level, "ilvl"))] = _Level(
            (attribute(form, "val") or "decimal") if form is not None else "decimal",
            (attribute(text, "val") or "") if text is not None else "",
            _integer(start) if start is not None else 1,
        )
    return levels


def _integer(element: Element | None) -> int:
    return _whole(attribute(element, "val")) if element is not None else 0


def _whole(value: str | None) -> int:
    return int(value[:6]) if value and value.isdecimal() else 0
