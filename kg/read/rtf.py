"""RTF files: paragraphs, headings, lists with their labels, tables, text boxes, notes; page heads and feet apart.

The paper is read as it stands: what is marked as deleted or hidden, comments and pictures are left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from kg.errors import ReadError
from kg.read.building import Paragraph, Reading, Table, TextBuilder
from kg.read.rtftables import RowShape, TableMaker

_TOKEN = re.compile(
    r"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?|\\'(?P<hex>[0-9a-fA-F]{2})|\\(?P<sign>[^a-zA-Z])"
    r"|(?P<brace>[{}])|[\r\n]+|(?P<text>[^\\{}\r\n]+)"
)
_SIGNS = {
    "tab": "\t",
    "line": "\n",
    "emdash": "—",
    "endash": "–",
    "bullet": "•",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "emspace": " ",
    "enspace": " ",
    "qmspace": " ",
}
# Groups whose words are no part of the paper; so is every group that begins with \* and is not named below.
_LEFT_OUT = frozenset(
    {"fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "fldinst", "annotation", "atnid", "atnauthor"}
    | {"xe", "tc", "tcn", "shprslt", "nonshppict", "filetbl", "revtbl", "ftnsep", "ftnsepc", "aftnsep", "aftnsepc"}
    | {"nonesttables", "themedata", "datastore", "generator", "listtable", "listoverridetable", "falt", "panose"}
)
_KEPT = frozenset({"shpinst", "shptxt", "do", "dptxbxtext", "nesttableprops", "fldrslt"})
_TEXT_BOXES = frozenset({"shptxt", "dptxbxtext"})
_HEADS = frozenset({"header", "headerl", "headerr", "headerf"})
_FEET = frozenset({"footer", "footerl", "footerr", "footerf"})
_CHARSETS = {77: "mac_roman", 128: "cp932", 161: "cp1253", 162: "cp1254", 186: "cp1257", 204: "cp1251", 238: "cp1250"}
_GAP = 60  # twentieths of a point between paragraphs from which on they stand apart
_DEPTH_LIMIT = 5000
_HINT = "open it in its own program and save it again"


@dataclass(frozen=True, slots=True)
class _State:
    """What holds within a group."""

    skip: bool = False
    hidden: bool = False
    encoding: str = ""
    after_unicode: int = 1
    into: str = ""  # what is being read: the body, a page head or foot, a note, a box; or a table of the file's head
    opened: bool = False  # the group that began it


@dataclass(slots=True)
class _Flow:
    """A stretch of paragraphs: the body, a page head, a note."""

    items: list[Paragraph | Table] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    tables: TableMaker = field(default_factory=TableMaker)
    in_table: bool = False
    before: int = 0
    after: int = 0
    last_after: int = 0
    level: int = 0
    shape: RowShape = field(default_factory=RowShape)


def read_rtf(data: bytes, source: str) -> Reading:
    """The text of an RTF file with its marks.  Raises ReadError where it is cut short or nests without end."""
    reader = _Reader(source)
    reader.run(data.decode("latin-1"))
    builder = TextBuilder(source)
    seen: set[str] = set()
    for kind in ("head", "body", "note", "foot"):
        for flow in reader.flows.get(kind, []):
            text = "\n".join(item.text for item in flow.items)
            if kind in ("head", "foot"):
                if text.strip() and text not in seen:
                    builder.add_furniture(flow.items)
                seen.add(text)
            else:
                builder.add(flow.items)
    return builder.finish()


class _Reader:
    def __init__(self, source: str) -> None:
        self.source = source
        self.state = _State()
        self.stack: list[_State] = []
        self.flows: dict[str, list[_Flow]] = {"body": [_Flow()]}
        self.open: list[_Flow] = [self.flows["body"][0]]
        self.standard = "cp1252"
        self.fonts: dict[int, str] = {}
        self.font = 0
        self.levels: dict[int, int] = {}
        self.style = 0
        self.pending = bytearray()
        self.to_skip = 0  # characters that stand for one that was given by its number
        self.starred = False

    def run(self, text: str) -> None:
        at, size = 0, len(text)
        while at < size:
            found = _TOKEN.match(text, at)
            if found is None:  # a lone backslash at the end
                break
            at = found.end()
            kind = found.lastgroup
            if found["word"]:
                if found["word"] == "bin" and found["number"]:
                    at += max(0, int(found["number"]))
                self._take_word(found["word"], found["number"])
            elif kind == "hex":
                self._take_bytes(bytes([int(found["hex"], 16)]))
            elif kind == "text":
                self._take_bytes(found["text"].encode("latin-1"))
            elif kind == "brace":
                if found["brace"] == "{":
                    self._open_group()
                else:
                    self._close_group()
                    if not self.stack:
                        break
            elif kind == "sign":
                self._take_sign(found["sign"])
        if self.stack:
            raise ReadError("the RTF file is cut short", where=self.source, hint=_HINT)
        self._end_paragraph(force=False)
        self.open[-1].tables.flush(self.open[-1].items)

    # --- groups ---

    def _open_group(self) -> None:
        self._flush()
        if len(self.stack) >= _DEPTH_LIMIT:
            raise ReadError("groups stand in one another too deep", where=self.source, hint=_HINT, code="too_large")
        self.stack.append(self.state)
        self.state = replace(self.state, opened=False)
        self.starred = False

    def _close_group(self) -> None:
        self._flush()
        if not self.stack:
            return
        if self.state.opened and self.state.into:
            self._end_paragraph(force=False)
            flow = self.open.pop()
            flow.tables.flush(flow.items)
            if self.state.into == "box":
                self.open[-1].items.extend(flow.items)
        self.state = self.stack.pop()

    def _begin(self, into: str) -> None:
        """Read what follows as a stretch of its own."""
        self._flush()
        flow = _Flow()
        self.open.append(flow)
        if into != "box":
            self.flows.setdefault(into, []).append(flow)
        self.state = replace(self.state, into=into, opened=True, skip=False)

    # --- words ---

    def _take_word(self, word: str, digits: str | None) -> None:
        number = int(digits) if digits else None
        starred, self.starred = self.starred, False
        if word == "u":
            self._take_unicode(number or 0)
            return
        self._flush()
        if word in _TEXT_BOXES and self.state.into in ("", "box"):
            self._begin("box")
        elif word in ("fonttbl", "stylesheet"):
            self.state = replace(self.state, skip=True, into=word)
        elif word in _LEFT_OUT or starred and word not in _KEPT:
            self.state = replace(self.state, skip=True)
        elif self.state.skip:
            self._take_table_word(word, number)
        elif word in _HEADS or word in _FEET:
            self._begin("head" if word in _HEADS else "foot")
        elif word == "footnote":
            self._begin("note")
        else:
            self._take_body_word(word, number)

    def _take_table_word(self, word: str, number: int | None) -> None:
        """Words of the tables at the head of the file: which letters a font has, which style is a heading."""
        if self.state.into == "fonttbl":
            if word == "f":
                self.font = number or 0
            elif word == "fcharset" and number in _CHARSETS:
                self.fonts[self.font] = _CHARSETS[number]
            elif word == "cpg" and number:
                self.fonts[self.font] = _codec(number)
        elif self.state.into == "stylesheet":
            if word == "s":
                self.style = number or 0
            elif word == "outlinelevel" and number is not None and 0 <= number < 9:
                self.levels[self.style] = number + 1

    def _take_body_word(self, word: str, number: int | None) -> None:
        flow = self.open[-1]
        if word in _SIGNS:
            self._put(_SIGNS[word])
        elif word in ("par", "sect", "page"):
            self._end_paragraph()
        elif word in ("cell", "nestcell"):
            self._end_paragraph(force=False)
            if word == "cell":
                flow.tables.end_cell(flow.items)
        elif word == "row":
            flow.tables.end_row(flow.shape)
        elif word == "pard":
            flow.in_table, flow.before, flow.after, flow.level = False, 0, 0, 0
        elif word == "intbl":
            flow.in_table = True
        elif word == "s":
            flow.level = self.levels.get(number or 0, 0)
        elif word == "outlinelevel":
            flow.level = number + 1 if number is not None and 0 <= number < 9 else 0
        elif word == "sb":
            flow.before = number or 0
        elif word == "sa":
            flow.after = number or 0
        elif word in ("v", "deleted"):
            self.state = replace(self.state, hidden=number != 0)
        elif word == "plain":
            self.state = replace(self.state, hidden=False, encoding="")
        elif word == "f":
            self.state = replace(self.state, encoding=self.fonts.get(number or 0, ""))
        elif word == "uc":
            self.state = replace(self.state, after_unicode=max(0, number if number is not None else 1))
        elif word == "ansicpg":
            self.standard = _codec(number or 1252)
        elif word in ("mac", "pc", "pca"):
            self.standard = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}[word]
        else:
            flow.shape.take(word, number)

    def _take_sign(self, sign: str) -> None:
        if sign == "*":
            self.starred = True
            return
        self._flush()
        if sign == "~":
            self._put("\u00a0")
        elif sign == "_":
            self._put("-")
        elif sign in "\\{}":
            self._put(sign)
        elif sign in "\r\n":
            self._end_paragraph()

    # --- text ---

    def _take_unicode(self, number: int) -> None:
        self._flush()
        code = number % 65536
        self._put(chr(code) if not 0xD800 <= code < 0xE000 else _half(code))
        self.to_skip = self.state.after_unicode

    def _take_bytes(self, data: bytes) -> None:
        if self.to_skip:
            dropped = min(self.to_skip, len(data))
            self.to_skip -= dropped
            data = data[dropped:]
        if not self.state.skip or self.state.into == "stylesheet":
            self.pending += data

    def _flush(self) -> None:
        """Decode the bytes that have come so far."""
        self.to_skip = 0
        if self.pending:
            data = bytes(self.pending)
            self.pending.clear()
            if self.state.skip:
                named = _HEADING.search(data)
                if named:
                    self.levels.setdefault(self.style, int(named[1]) or 1)
                return
            self._put(data.decode(self.state.encoding or self.standard, "replace"))

    def _put(self, text: str) -> None:
        if not self.state.skip and not self.state.hidden:
            self.open[-1].words.append(text)

    def _end_paragraph(self, force: bool = True) -> None:
        self._flush()
        if self.state.skip:
            return
        flow = self.open[-1]
        text = "".join(flow.words)
        flow.words.clear()
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if _HALVES.search(text) else text
        gap = max(flow.last_after, flow.before) >= _GAP
        if not text.strip():
            flow.last_after = 10 * _GAP if force else flow.last_after
            return
        flow.last_after = flow.after
        paragraph = Paragraph(_LABEL.sub(" ", text.strip("\n")), "heading" if flow.level else "", flow.level, gap)
        if flow.in_table:
            flow.tables.add(paragraph)
        else:
            flow.tables.flush(flow.items)
            flow.items.append(paragraph)


_HEADING = re.compile(rb"(?:heading|rubrik) (\d);?\s*$", re.IGNORECASE)
_HALVES = re.compile("[\ud800-\udfff]")
# The label of a list is followed by a tab that is no gap: "1.\t", "•\t".
_LABEL = re.compile(r"(?<=^[•·\-–])\t|(?<=^\d[.)])\t|(?<=^\d\d[.)])\t|(?<=^[a-z][.)])\t")


def _half(code: int) -> str:
    return chr(code)


def _codec(page: int) -> str:
    name = {10000: "mac_roman", 65001: "utf-8"}.get(page, f"cp{page}")
    try:
        "".encode(name)
    except LookupError:
        return "cp1252"
    return name
