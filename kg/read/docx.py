"""Word files (DOCX): paragraphs, lists with their numbers, tables, text boxes, notes; page heads and feet apart.

The paper is read as it stands with all changes accepted: what is deleted is left out, what is inserted is text.
Comments, hidden text and the prompts of empty content controls are no part of it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from kg.errors import ReadError
from kg.read.building import Paragraph, Reading, Table, TableCell, TextBuilder
from kg.read.package import DEPTH_LIMIT, Package, attribute, child, local
from kg.read.wordstyles import Numbering, Styles, is_on

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_LEFT_OUT = frozenset({"del", "moveFrom", "delText", "instrText", "rPr", "pPr", "tblPr", "trPr", "tcPr", "sdtPr"})
_BOXES = frozenset({"txbxContent"})
_GAP = 60  # twentieths of a point between paragraphs from which on they stand apart
_SPAN_LIMIT = 200
_SPECIAL_NOTES = frozenset({"separator", "continuationSeparator", "continuationNotice"})


def read_docx(data: bytes, source: str) -> Reading:
    """The text of a Word file with its marks.  Raises ReadError where it is damaged or made to do harm."""
    package = Package(data, source)
    name = _main_part(package)
    root = package.parse(name) if name else None
    body = child(root, "body")
    if name is None or body is None:
        raise package.damaged("it has no text part")
    folder = name.rpartition("/")[0]
    reader = _Reader(
        Styles(package.parse(f"{folder}/styles.xml")), Numbering(package.parse(f"{folder}/numbering.xml")), source
    )
    builder = TextBuilder(source)
    reader.add_edges(package, f"{folder}/header", builder)
    builder.add(reader.read_blocks(body))
    for part in ("footnotes", "endnotes"):
        notes = package.parse(f"{folder}/{part}.xml")
        for note in notes if notes is not None else ():
            if attribute(note, "type") not in _SPECIAL_NOTES:
                builder.add(reader.read_blocks(note))
    reader.add_edges(package, f"{folder}/footer", builder)
    return builder.finish()


def _main_part(package: Package) -> str | None:
    """The part that holds the text, as the file's own list of relations says."""
    relations = package.parse("_rels/.rels")
    for relation in relations if relations is not None else ():
        if (attribute(relation, "Type") or "").endswith("/officeDocument"):
            return (attribute(relation, "Target") or "").lstrip("/")
    return "word/document.xml" if package.names("word/document.xml") else None


class _Reader:
    def __init__(self, styles: Styles, numbering: Numbering, source: str) -> None:
        self.styles = styles
        self.numbering = numbering
        self.source = source
        self.carried = ""  # the words of a paragraph whose end is deleted
        self.after = 0

    def add_edges(self, package: Package, prefix: str, builder: TextBuilder) -> None:
        """Page heads or feet, each text once."""
        seen: set[str] = set()
        for name in package.names(prefix):
            root = package.parse(name) if name.endswith(".xml") else None
            items = self.read_blocks(root) if root is not None else []
            text = "\n".join(item.text for item in items)
            if text.strip() and text not in seen:
                seen.add(text)
                builder.add_furniture(items)

    def read_blocks(self, container: Element, depth: int = 0) -> list[Paragraph | Table]:
        """The paragraphs and tables in a body, cell, box or note."""
        if depth > DEPTH_LIMIT:
            raise ReadError(
                "parts stand in one another too deep", where=self.source, hint="save it again", code="too_large"
            )
        items: list[Paragraph | Table] = []
        for element in container:
            name = local(element.tag)
            if name == "p":
                items.extend(self._read_paragraph(element, depth))
            elif name == "tbl":
                items.append(self._read_table(element, depth + 1))
            elif name == "AlternateContent":
                choice = _choose(element)
                items.extend(self.read_blocks(choice, depth + 1) if choice is not None else ())
            elif name == "sdt" and _is_prompt(element):
                continue
            elif name not in _LEFT_OUT and name != "sectPr" and len(element):
                items.extend(self.read_blocks(element, depth + 1))
        return items

    def _read_paragraph(self, element: Element, depth: int) -> list[Paragraph | Table]:
        properties = child(element, "pPr")
        boxes: list[Element] = []
        parts: list[str] = []
        self._read_runs(element, parts, boxes, depth)
        text = self.carried + "".join(parts)
        self.carried = ""
        if child(properties, "rPr", "del") is not None:
            self.carried = text
            text = ""
        items: list[Paragraph | Table] = []
        style = self.styles.of(properties)
        if text.strip():
            label = self.numbering.label(properties, style)
            gap = max(self.after, style.before) >= _GAP
            self.after = style.after
            if label and style.level:  # a heading with its number
                text = f"{label} {text.strip()}"
            elif label:
                text = f"{'  ' * style.depth(properties)}{label} {text.strip()}"
            items.append(
                Paragraph(text.strip("\n"), "heading" if style.level else "", style.level, gap or style.level > 0)
            )
        elif not self.carried:
            self.after = 10 * _GAP
        for box in boxes:
            items.extend(self.read_blocks(box, depth + 1))
        return items

    def _read_runs(self, element: Element, parts: list[str], boxes: list[Element], depth: int) -> None:
        if depth > DEPTH_LIMIT:
            return
        for inner in element:
            name = local(inner.tag)
            if name == "t":
                parts.append((inner.text or "").replace("\n", " "))
            elif name == "r":
                if not is_on(child(inner, "rPr", "vanish")):
                    self._read_runs(inner, parts, boxes, depth + 1)
            elif name in ("tab", "ptab"):
                parts.append("\t")
            elif name in ("br", "cr"):
                parts.append("\n")
            elif name == "noBreakHyphen":
                parts.append("-")
            elif name == "sym":
                parts.append(_symbol(attribute(inner, "char")))
            elif name in _BOXES:
                boxes.append(inner)
            elif name == "AlternateContent":
                choice = _choose(inner)
                if choice is not None:
                    self._read_runs(choice, parts, boxes, depth + 1)
            elif name == "sdt" and _is_prompt(inner):
                continue
            elif name not in _LEFT_OUT and len(inner):
                self._read_runs(inner, parts, boxes, depth + 1)

    def _read_table(self, element: Element, depth: int) -> Table:
        cells: list[TableCell] = []
        for r, row in enumerate(_rows(element, depth)):
            properties = child(row, "trPr")
            header = is_on(child(properties, "tblHeader"))
            column = _number(child(properties, "gridBefore"))
            for cell in _cells(row, depth):
                own = child(cell, "tcPr")
                merge = child(own, "vMerge")
                goes_on = merge is not None and attribute(merge, "val") != "restart"
                self.after = 0
                if not goes_on:
                    cells.append(TableCell(r, column, tuple(self.read_blocks(cell, depth + 1)), header))
                column += max(1, min(_number(child(own, "gridSpan")), _SPAN_LIMIT))
        self.after = 10 * _GAP
        return Table(tuple(cells))


def _rows(table: Element, depth: int) -> list[Element]:
    return _find(table, "tr", depth, lambda row: child(row, "trPr", "del") is None)


def _cells(row: Element, depth: int) -> list[Element]:
    return _find(row, "tc", depth, lambda cell: child(cell, "tcPr", "cellDel") is None)


def _find(element: Element, wanted: str, depth: int, keep: Callable[[Element], bool]) -> list[Element]:
    """Rows or cells, also those within content controls and tracked changes."""
    found: list[Element] = []
    for inner in element:
        name = local(inner.tag)
        if name == wanted:
            if keep(inner):
                found.append(inner)
        elif name in ("sdt", "sdtContent", "customXml", "ins", "moveTo") and depth < DEPTH_LIMIT:
            found.extend(_find(inner, wanted, depth + 1, keep))
    return found


def _choose(element: Element) -> Element | None:
    """One of several ways to say the same: the first."""
    return next((e for e in element if local(e.tag) in ("Choice", "Fallback")), None)


def _is_prompt(control: Element) -> bool:
    """Whether a content control holds no more than the request to fill it in."""
    return is_on(child(control, "sdtPr", "showingPlcHdr"))


def _number(element: Element | None) -> int:
    value = attribute(element, "val") if element is not None else None
    return int(value[:6]) if value and value.isdecimal() else 0


def _symbol(code: str | None) -> str:
    try:
        sign = int(code or "", 16)
    except ValueError:
        return ""
    return chr(sign) if 0x20 <= sign < 0xD800 or 0xE000 <= sign < 0x10000 else ""
