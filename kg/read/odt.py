"""OpenDocument texts (ODT): paragraphs, headings, numbered lists, tables, text boxes, notes; page heads apart.

The paper is read as it stands: text that was deleted under change tracking, comments and hidden parts are left out.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.errors import ReadError
from kg.read.building import Paragraph, Reading, Table, TableCell, TextBuilder
from kg.read.listlabels import write_number
from kg.read.package import DEPTH_LIMIT, Package, attribute, child, local

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_LEFT_OUT = frozenset(
    {"tracked-changes", "annotation", "annotation-end", "sequence-decls", "forms", "variable-decls", "user-field-decls"}
    | {
        "note-citation",
        "ruby-text",
        "script",
        "bookmark",
        "soft-page-break",
        "index-title-template",
        "table-of-content-source",
    }
)
_GAP = 3.0  # points between paragraphs from which on they stand apart
_REPEAT_LIMIT = 200  # columns or blanks that one element may stand for
_UNITS = {"cm": 72 / 2.54, "mm": 72 / 25.4, "in": 72.0, "pt": 1.0, "pc": 12.0, "px": 0.75}
_BULLET = "•"


def read_odt(data: bytes, source: str) -> Reading:
    """The text of an OpenDocument file with its marks.  Raises ReadError where it is encrypted, damaged or made to do
    harm."""
    package = Package(data, source)
    manifest = package.parse("META-INF/manifest.xml")
    if any(local(e.tag) == "encryption-data" for entry in (manifest if manifest is not None else ()) for e in entry):
        raise ReadError("the file is encrypted", where=source, hint="save it without a password")
    content = package.parse("content.xml")
    body = child(content, "body", "text")
    if content is None or body is None:
        raise package.damaged("it has no text part")
    styles = package.parse("styles.xml")
    reader = _Reader(_read_styles(styles, content), _read_lists(styles, content), source)
    builder = TextBuilder(source)
    edges = _edges(styles)
    for kind in ("header", "footer"):
        if kind == "footer":
            reader.boxes.clear()
            builder.add(reader.read_blocks(body))
        seen: set[str] = set()
        for edge in edges:
            if local(edge.tag).startswith(kind):
                items = reader.read_blocks(edge)
                text = "\n".join(item.text for item in items)
                if text.strip() and text not in seen:
                    seen.add(text)
                    builder.add_furniture(items)
    return builder.finish()


def _edges(styles: Element | None) -> list[Element]:
    """The page heads and feet of all page styles."""
    masters = child(styles, "master-styles")
    return [edge for master in (masters if masters is not None else ()) for edge in master]


@dataclass(frozen=True, slots=True)
class _Style:
    before: float = 0.0
    after: float = 0.0
    hidden: bool = False
    list: str = ""


@dataclass(frozen=True, slots=True)
class _Level:
    bullet: bool
    form: str = "1"
    prefix: str = ""
    suffix: str = ""
    start: int = 1
    shown: int = 1


@dataclass(slots=True)
class _List:
    """A list that is being read: its style, its depth from 1, and the counts of its levels."""

    style: str
    depth: int
    counts: dict[int, int] = field(default_factory=dict)
    label: str = ""


class _Reader:
    def __init__(self, styles: dict[str, _Style], lists: dict[str, dict[int, _Level]], source: str) -> None:
        self.styles = styles
        self.lists = lists
        self.source = source
        self.after = 0.0
        self.boxes: list[Element] = []
        self.counts: dict[str, dict[int, int]] = {}

    def read_blocks(self, container: Element, depth: int = 0, listed: _List | None = None) -> list[Paragraph | Table]:
        """The paragraphs and tables in a body, section, cell, box or page head."""
        if depth > DEPTH_LIMIT:
            raise ReadError(
                "parts stand in one another too deep", where=self.source, hint="save it again", code="too_large"
            )
        items: list[Paragraph | Table] = []
        for element in container:
            name = local(element.tag)
            if name in ("p", "h"):
                items.extend(self._read_paragraph(element, depth, listed))
            elif name == "list":
                items.extend(self._read_list(element, depth + 1, listed))
            elif name == "table":
                items.append(self._read_table(element, depth + 1))
            elif name == "section" and attribute(element, "display") == "none":
                continue
            elif name not in _LEFT_OUT and len(element):
                items.extend(self.read_blocks(element, depth + 1, listed))
        return items

    def _read_list(self, element: Element, depth: int, outer: _List | None) -> list[Paragraph | Table]:
        style = attribute(element, "style-name") or (outer.style if outer else "")
        level = outer.depth + 1 if outer else 1
        goes_on = attribute(element, "continue-numbering") == "true" or attribute(element, "continue-list")
        if outer is None and not goes_on:
            self.counts.pop(style, None)
        counts = self.counts.setdefault(style, {})
        items: list[Paragraph | Table] = []
        for item in element:
            if local(item.tag) not in ("list-item", "list-header"):
                continue
            listed = _List(style, level, counts)
            if local(item.tag) == "list-item" and any(local(e.tag) in ("p", "h") for e in item):
                listed.label = self._count(style, level, counts, attribute(item, "start-value"))
            items.extend(self.read_blocks(item, depth + 1, listed))
        return items

    def _count(self, style: str, level: int, counts: dict[int, int], start: str | None) -> str:
        """The label of the next item of a level."""
        own = self.lists.get(style, {}).get(level)
        for deeper in [k for k in counts if k > level]:
            del counts[deeper]
        if own is None or own.bullet:
            return _BULLET if own is not None else ""
        counts[level] = _whole(start) or counts.get(level, own.start - 1) + 1
        numbers = []
        for k in range(max(1, level - own.shown + 1), level + 1):
            form = self.lists.get(style, {}).get(k, own).form
            numbers.append(write_number(counts.get(k, 1), _FORMS.get(form, "decimal")))
        return f"{own.prefix}{'.'.join(numbers)}{own.suffix}" if own.form else ""

    def _read_paragraph(self, element: Element, depth: int, listed: _List | None) -> list[Paragraph | Table]:
        style = self.styles.get(attribute(element, "style-name") or "", _Style())
        parts: list[str] = []
        outer, self.boxes = self.boxes, []
        self._read_text(element, parts, depth)
        boxes, self.boxes = self.boxes, outer
        text = "" if style.hidden else "".join(parts).strip("\n")
        items: list[Paragraph | Table] = []
        if text.strip():
            level = _whole(attribute(element, "outline-level")) if local(element.tag) == "h" else 0
            level = max(1, level) if local(element.tag) == "h" else 0
            gap = max(self.after, style.before) >= _GAP
            self.after = style.after
            if listed and listed.label:
                indent = "" if level else "  " * (listed.depth - 1)
                text, listed.label = f"{indent}{listed.label} {text.strip()}", ""
            items.append(Paragraph(text, "heading" if level else "", level, gap or level > 0))
        else:
            self.after = 10 * _GAP
        for box in boxes:
            items.extend(self.read_blocks(box, depth + 1))
        return items

    def _read_text(self, element: Element, parts: list[str], depth: int) -> None:
        if depth > DEPTH_LIMIT:
            return
        parts.append(_close(element.text))
        for inner in element:
            name = local(inner.tag)
            if name == "s":
                parts.append(" " * max(1, min(_whole(attribute(inner, "c")), _REPEAT_LIMIT)))
            elif name == "tab":
                parts.append("\t")
            elif name == "line-break":
                parts.append("\n")
            elif name in ("text-box", "note-body"):
                self.boxes.append(inner)
            elif name == "span" and self._is_hidden(inner):
                pass
            elif name not in _LEFT_OUT:
                self._read_text(inner, parts, depth + 1)
            parts.append(_close(inner.tail))

    def _is_hidden(self, span: Element) -> bool:
        return self.styles.get(attribute(span, "style-name") or "", _Style()).hidden

    def _read_table(self, element: Element, depth: int) -> Table:
        cells: list[TableCell] = []
        row = 0
        for line, header in _rows(element, False, depth):
            column = 0
            for cell in line:
                name = local(cell.tag)
                if name not in ("table-cell", "covered-table-cell"):
                    continue
                self.after = 0.0
                items = tuple(self.read_blocks(cell, depth + 1)) if name == "table-cell" else ()
                if items:
                    cells.append(TableCell(row, column, items, header))
                column += max(1, min(_whole(attribute(cell, "number-columns-repeated")), _REPEAT_LIMIT))
            row += 1
        self.after = 10 * _GAP
        return Table(tuple(cells))


_FORMS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}


def _rows(table: Element, header: bool, depth: int) -> list[tuple[Element, bool]]:
    found: list[tuple[Element, bool]] = []
    for inner in table:
        name = local(inner.tag)
        if name == "table-row":
            found.append((inner, header))
        elif name in ("table-header-rows", "table-row-group", "table-rows") and depth < DEPTH_LIMIT:
            found.extend(_rows(inner, header or name == "table-header-rows", depth + 1))
    return found


def _read_styles(*roots: Element | None) -> dict[str, _Style]:
    """Spacing, hidden text and lists by the name of the style, with what each takes over from its parent."""
    elements: dict[str, Element] = {}
    for root in roots:
        for name in ("styles", "automatic-styles"):
            part = child(root, name)
            for style in part if part is not None else ():
                if local(style.tag) == "style":
                    elements[attribute(style, "name") or ""] = style
    known: dict[str, _Style] = {}

    def resolve(name: str, depth: int = 0) -> _Style:
        if name in known or name not in elements or depth > 20:
            return known.get(name, _Style())
        style = elements[name]
        base = resolve(attribute(style, "parent-style-name") or "", depth + 1)
        spacing, text = child(style, "paragraph-properties"), child(style, "text-properties")
        before = _points(attribute(spacing, "margin-top")) if spacing is not None else None
        after = _points(attribute(spacing, "margin-bottom")) if spacing is not None else None
        display = attribute(text, "display") if text is not None else None
        known[name] = _Style(
            base.before if before is None else before,
            base.after if after is None else after,
            display == "none" if display else base.hidden,
            attribute(style, "list-style-name") or base.list,
        )
        return known[name]

    for name in elements:
        resolve(name)
    return known


def _read_lists(*roots: Element | None) -> dict[str, dict[int, _Level]]:
    lists: dict[str, dict[int, _Level]] = {}
    for root in roots:
        for name in ("styles", "automatic-styles"):
            part = child(root, name)
            for style in part if part is not None else ():
                if local(style.tag) == "list-style":
                    lists[attribute(style, "name") or ""] = {
                        _whole(attribute(level, "level")): _read_level(level) for level in style
                    }
    return lists


def _read_level(level: Element) -> _Level:
    if local(level.tag) != "list-level-style-number":
        return _Level(True)
    form = attribute(level, "num-format")
    return _Level(
        False,
        "" if form is None else form,
        attribute(level, "num-prefix") or "",
        attribute(level, "num-suffix") or "",
        _whole(attribute(level, "start-value")) or 1,
        _whole(attribute(level, "display-levels")) or 1,
    )


def _points(length: str | None) -> float | None:
    if not length:
        return None
    for unit, size in _UNITS.items():
        if length.endswith(unit):
            try:
                return float(length[: -len(unit)]) * size
            except ValueError:
                return None
    return None


def _whole(value: str | None) -> int:
    return int(value[:6]) if value and value.isdecimal() else 0


def _close(text: str | None) -> str:
    """Text with white space as OpenDocument means it: one blank, whatever it is."""
    return " ".join(text.split(" ")).replace("\n", " ").replace("\t", " ") if text else ""
