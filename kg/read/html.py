"""The structure of an HTML page as marks over its source.

The text of a page stays as it is in the source, entities and inner tags included; the marks say which runs are
headings, paragraphs, list items, fields and cells, and which are no content.  Tags within a run are ``skip``
marks too, so that what remains of a run is text and entities only.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise

from kg.lexicon import fold, load_lexicon
from kg.model import Mark

_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 head header hr html legend li main menu nav ol p pre search section summary table tbody td "
    "tfoot th thead title tr ul".split()
)
# An opening tag ends these open elements, as HTML allows their end tags to be left out.
_IMPLIED_ENDS: dict[str, frozenset[str]] = {
    "li": frozenset({"li"}),
    "dt": frozenset({"dt", "dd"}),
    "dd": frozenset({"dt", "dd"}),
    "tr": frozenset({"tr", "td", "th"}),
    "td": frozenset({"td", "th"}),
    "th": frozenset({"td", "th"}),
    "tbody": frozenset({"tr", "td", "th", "thead", "tbody"}),
    "tfoot": frozenset({"tr", "td", "th", "thead", "tbody"}),
    "option": frozenset({"option"}),
}
# The search for such an element stops at these.
_SCOPES = frozenset({"ul", "ol", "menu", "dl", "table", "body", "html"})
_CLOSED_BY_BLOCK = "p"
_ALT = re.compile(r"""\balt\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))""", re.IGNORECASE)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SPAN_LIMIT = 100  # a column span beyond this is a mistake of the page


@dataclass(slots=True)
class _Table:
    """A table while it is read: its cells, and its text as ordinary runs in case it only lays out the page."""

    runs: list[Mark] = field(default_factory=list)
    cells: list[Mark] = field(default_factory=list)
    row: int = -1
    column: int = 0
    in_head: bool = False
    layout: bool = False
    taken: dict[int, int] = field(default_factory=dict)  # column -> rows that a cell from above still covers
    cell_start: int = 0  # index into runs
    cell_header: bool = False
    cell_open: bool = False


@dataclass(slots=True)
class _Element:
    tag: str
    skip: bool
    level: int = 0


@cache
def _skip_words() -> tuple[frozenset[str], re.Pattern[str], frozenset[str]]:
    lexicon = load_lexicon()
    classes = "|".join(re.escape(word) for word in lexicon.words("layout", "html", "skip_classes"))
    return (
        frozenset(lexicon.words("layout", "html", "skip_tags")),
        re.compile(rf"(?:^|[\s_-])(?:{classes})", re.IGNORECASE),
        frozenset(fold(word) for word in lexicon.words("layout", "html", "skip_headings")),
    )


class _Marker(HTMLParser):
    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=False)
        self.source = source
        self.line_starts = [0]
        self.line_starts.extend(m.end() for m in re.finditer("\n", source))
        self.skip_tags, self.skip_classes, self.skip_headings = _skip_words()
        self.marks: list[Mark] = []
        self.stack: list[_Element] = []
        self.tables: list[_Table] = []
        self.open: list[tuple[int, int]] = []  # text of the run that is being read, as raw spans
        self.after_break = False
        self.term: Mark | None = None
        self.skip_level = 0  # a heading such as "Fler nyheter" leaves out what follows, up to a heading of this level
        self.skip_depth = 0

    # --- where we are ---

    def at(self) -> int:
        line, column = self.getpos()
        return self.line_starts[line - 1] + column

    def hidden(self) -> bool:
        return bool(self.stack and self.stack[-1].skip) or self.skip_level > 0

    def out(self) -> list[Mark]:
        return self.tables[-1].runs if self.tables else self.marks

    # --- text ---

    def handle_data(self, data: str) -> None:
        if self.hidden() or not data.strip():
            return
        start = self.at()
        lead = len(data) - len(data.lstrip())
        self.take(start + lead, start + len(data.rstrip()))

    def handle_entityref(self, name: str) -> None:
        self.take_reference(len(name) + 1)

    def handle_charref(self, name: str) -> None:
        self.take_reference(len(name) + 2)

    def take_reference(self, length: int) -> None:
        start = self.at()
        end = start + length
        if self.source[end : end + 1] == ";":
            end += 1
        if not self.hidden() and html.unescape(self.source[start:end]).strip():
            self.take(start, end)

    def take(self, start: int, end: int) -> None:
        if self.after_break and self.open and not self.goes_on(start):
            self.flush()
        self.after_break = False
        self.open.append((start, end))

    def goes_on(self, start: int) -> bool:
        """Whether the words after a ``br`` go on with the sentence before it."""
        first = html.unescape(self.source[start : start + 10])[:1]
        last = html.unescape(self.source[self.open[-1][0] : self.open[-1][1]])[-1:]
        return first.islower() and last not in ".:;!?"

    # --- runs ---

    def flush(self) -> None:
        """End the run that is being read and mark it."""
        self.after_break = False
        if not self.open:
            return
        runs, self.open = self.open, []
        start, end = runs[0][0], runs[-1][1]
        kind, level = self.kind()
        if kind == "term":
            self.drop_term()
            self.term = Mark("cell", start, end, column=0)
        elif kind == "definition" and self.term:
            term, self.term = self.term, None
            self.out().extend((Mark("field", term.start, end), term, Mark("cell", start, end, column=1)))
            self.skip_between([(term.end, start)])
        else:
            self.out().append(Mark("list_item" if kind == "definition" else kind, start, end, level=level))
        self.skip_between([(a[1], b[0]) for a, b in pairwise(runs)])
        if kind == "heading":
            self.check_heading(runs, level)

    def skip_between(self, gaps: list[tuple[int, int]]) -> None:
        """Mark what stands between the text of one run and is not white space."""
        for start, end in gaps:
            self.out().extend(_skip_markup(self.source, start, end))

    def kind(self) -> tuple[str, int]:
        depth = 0
        for element in reversed(self.stack):
            if element.tag in _HEADINGS:
                return "heading", _HEADINGS[element.tag]
            if element.tag == "title":
                return "heading", 0
            if element.tag in ("caption", "legend", "summary"):
                return "heading", 6
            if element.tag == "dt":
                return "term", 0
            if element.tag == "dd":
                return "definition", 1
            if element.tag in ("td", "th", "table"):
                break
            if element.tag == "li":
                depth = depth or 1
            elif element.tag in ("ul", "ol", "menu") and depth:
                depth += 1
        return ("list_item", depth - 1) if depth > 1 else ("list_item", 1) if depth else ("paragraph", 0)

    def drop_term(self) -> None:
        """A ``dt`` without its ``dd`` is a paragraph."""
        if self.term:
            self.out().append(Mark("paragraph", self.term.start, self.term.end))
            self.term = None

    def check_heading(self, runs: list[tuple[int, int]], level: int) -> None:
        if level and fold(html.unescape(" ".join(self.source[a:b] for a, b in runs))).rstrip(":") in self.skip_headings:
            mark = self.out().pop()
            while mark.kind == "skip":
                mark = self.out().pop()
            self.out().append(Mark("skip", mark.start, mark.end))
            self.skip_level, self.skip_depth = level, len(self.stack) - 1

    # --- tags ---

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self.after_break = True
            return
        if tag in _BLOCKS or tag in _VOID - {"img", "wbr"}:
            self.flush()
        if tag == "img":
            self.take_logo()
        if tag in _VOID:
            return
        self.close_implied(tag)
        if tag in _HEADINGS and self.skip_level and _HEADINGS[tag] <= self.skip_level:
            self.skip_level = 0
        skip = (bool(self.stack) and self.stack[-1].skip) or self.is_skipped(tag, dict(attrs))
        self.stack.append(_Element(tag, skip))
        if skip:
            return
        if tag == "table":
            if self.tables:
                self.tables[-1].layout = True
            self.tables.append(_Table())
        elif self.tables:
            self.open_table_part(tag, dict(attrs))
        if tag in ("script", "style"):
            self.set_cdata_mode(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            self.handle_starttag(tag, attrs)
        elif tag in _BLOCKS:
            self.flush()

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS or tag == "br":
            self.flush()
        if not any(element.tag == tag for element in self.stack):
            return
        while self.stack:
            if self.close_top() == tag:
                return

    def close_implied(self, tag: str) -> None:
        if tag in _BLOCKS and any(e.tag == _CLOSED_BY_BLOCK for e in self.stack[-3:]):
            while self.close_top() != _CLOSED_BY_BLOCK:
                pass
        ended = _IMPLIED_ENDS.get(tag)
        if not ended:
            return
        scopes = {"table", "html"} if "td" in ended else _SCOPES
        last = None
        for i in range(len(self.stack) - 1, -1, -1):
            if self.stack[i].tag in scopes:
                break
            if self.stack[i].tag in ended:
                last = i
        while last is not None and len(self.stack) > last:
            self.close_top()

    def close_top(self) -> str:
        element = self.stack.pop()
        if self.skip_level and len(self.stack) < self.skip_depth:
            self.skip_level = 0
        if element.skip:
            return element.tag
        if element.tag in ("td", "th"):
            self.close_cell()
        elif element.tag == "thead" and self.tables:
            self.tables[-1].in_head = False
        elif element.tag == "dl":
            self.drop_term()
        elif element.tag == "table":
            self.close_table()
        return element.tag

    def is_skipped(self, tag: str, attributes: dict[str, str | None]) -> bool:
        if tag in ("html", "body", "main", "article"):
            return False
        if tag in self.skip_tags or "hidden" in attributes or attributes.get("aria-hidden") == "true":
            return True
        if attributes.get("role") in ("navigation", "complementary", "search", "dialog", "alertdialog"):
            return True
        if _HIDDEN_STYLE.search(attributes.get("style") or ""):
            return True
        names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
        return bool(names.strip() and self.skip_classes.search(names))

    def take_logo(self) -> None:
        """The alternative text of a picture in the page head names the authority; others tell of pictures."""
        if self.hidden() or not any(e.tag == "header" for e in self.stack):
            return
        found = _ALT.search(self.get_starttag_text() or "")
        group = found.lastindex if found else None
        if found and group and found.group(group).strip():
            self.flush()
            self.out().append(Mark("paragraph", self.at() + found.start(group), self.at() + found.end(group)))

    # --- tables ---

    def open_table_part(self, tag: str, attributes: dict[str, str | None]) -> None:
        table = self.tables[-1]
        if tag == "thead":
            table.in_head = True
        elif tag == "tr":
            table.row += 1
            table.column = 0
            table.taken = {column: rows - 1 for column, rows in table.taken.items() if rows > 1}
        elif tag in ("td", "th"):
            if table.row < 0:
                table.row = 0
            while table.column in table.taken:
                table.column += 1
            table.cell_open, table.cell_start = True, len(table.runs)
            table.cell_header = tag == "th" or table.in_head
            wide, deep = _span(attributes.get("colspan")), _span(attributes.get("rowspan"))
            table.cells.append(Mark("cell", 0, 0, row=table.row, column=table.column, header=table.cell_header))
            if deep > 1:
                table.taken.update({table.column + i: deep for i in range(wide)})
            table.column += wide

    def close_cell(self) -> None:
        if not self.tables or not self.tables[-1].cell_open:
            return
        table = self.tables[-1]
        table.cell_open = False
        place = table.cells.pop()
        runs = [mark for mark in table.runs[table.cell_start :] if mark.kind != "skip"]
        if any(mark.kind == "heading" for mark in runs):
            table.layout = True
        if runs:
            start, end = runs[0].start, max(mark.end for mark in runs)
            table.cells.append(Mark("cell", start, end, row=place.row, column=place.column, header=place.header))

    def close_table(self) -> None:
        if not self.tables:
            return
        table = self.tables.pop()
        out = self.out()
        if table.layout or len({cell.column for cell in table.cells}) < 2:
            out.extend(table.runs)
            return
        first = table.cells[0].start
        out.extend(mark for mark in table.runs if mark.end <= first)
        out.append(Mark("table", first, max(cell.end for cell in table.cells)))
        out.extend(table.cells)
        for cell in table.cells:
            runs = [m for m in table.runs if m.kind != "skip" and cell.start <= m.start and m.end <= cell.end]
            out.extend(m for m in table.runs if m.kind == "skip" and cell.start <= m.start and m.end <= cell.end)
            for a, b in pairwise(runs):
                out.extend(_skip_markup(self.source, a.end, b.start))

    def finish(self) -> tuple[Mark, ...]:
        self.close()
        self.flush()
        while self.stack:
            self.close_top()
        while self.tables:
            self.close_table()
        self.drop_term()
        return tuple(sorted(self.marks, key=_order))


def _skip_markup(source: str, start: int, end: int) -> list[Mark]:
    """What lies between two runs of text from its first tag to its last; blanks outside of it stay text."""
    low = source.find("<", start, end)
    high = source.rfind(">", start, end) + 1
    return [Mark("skip", low, high)] if start <= low < high else []


_RANK = {"table": 0, "field": 0, "cell": 1}


def _order(mark: Mark) -> tuple[int, int, int]:
    return mark.start, _RANK.get(mark.kind, 2), -mark.end


def _span(value: str | None) -> int:
    try:
        return max(1, min(int(value or 1), _SPAN_LIMIT))
    except ValueError:
        return 1


def mark_html(source: str) -> tuple[Mark, ...]:
    """The marks of a page, sorted by start; a container (table, field) stands before its cells.

    ``heading`` of level 0 is the page's ``title``, of level 6 the caption of a table.  A field is a ``dt`` with its
    ``dd``; further ``dd`` are list items.  Left out as ``skip`` or altogether: scripts, styles, navigation, asides,
    cookie notes, hidden parts, and boxes of other news (data/lexicon/layout.toml).
    """
    marker = _Marker(source)
    marker.feed(source)
    return marker.finish()
