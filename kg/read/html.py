"""The structure of an HTML page as marks over its source.

The text of a page stays as it is in the source, entities and inner tags included; the marks say which runs are
headings, paragraphs, list items, fields and cells, and which are no content.  Tags within a run are ``skip``
marks too, so that what remains of a run is text and entities only.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from kg.lexicon import fold, load_lexicon
from kg.model import Mark
from kg.read.cells import Table, skip_markup
from kg.read.tags import Tag, find_attribute, read_attributes, scan_tags

_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = frozenset(
    {
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "header",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "search",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "title",
        "tr",
        "ul",
    }
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
_SCOPES = frozenset({"ul", "ol", "menu", "dl", "table", "td", "th", "body", "html"})
_TABLE_SCOPES = frozenset({"table", "html"})
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_NO_CONTENT_ROLES = frozenset({"navigation", "complementary", "search", "dialog", "alertdialog"})
_NEVER_SKIPPED = frozenset({"html", "body", "main", "article"})
_BLANK = r"(?:\s|&nbsp;|&#0*160;|&#[xX]0*[aA]0;|&(?:en|em|thin)sp;|&shy;)"
_LEAD = re.compile(rf"{_BLANK}+")
_TRAIL = re.compile(rf"{_BLANK}+$")
_BOLD = frozenset({"b", "strong"})
_BOXES = frozenset({"aside", "div", "section"})
_BOX_LENGTH = 20_000
_TITLE_LENGTH = 120  # a line in bold type that is longer is no title
_DEPTH = 256  # elements inside one another; browsers stop at 512
_TABLE_DEPTH = 16
_NEAR = 40  # open elements that are looked at for one whose end is implied


@dataclass(slots=True)
class _Element:
    tag: str
    skip: bool


@cache
def _skip_words() -> tuple[frozenset[str], re.Pattern[str], frozenset[str], re.Pattern[str]]:
    lexicon = load_lexicon()
    classes = "|".join(re.escape(word) for word in lexicon.words("layout", "html", "skip_classes"))
    facts = "|".join(re.escape(word) for word in lexicon.words("layout", "html", "fact_labels"))
    return (
        frozenset(lexicon.words("layout", "html", "skip_tags")),
        re.compile(rf"(?:^|[\s_-])(?:{classes})", re.IGNORECASE),
        frozenset(fold(word) for word in lexicon.words("layout", "html", "skip_headings")),
        re.compile(rf">\s*({facts})\s*:?\s*<", re.IGNORECASE),
    )


class _Marker:
    """Walks the tags of a page and collects its marks."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.skip_tags, self.skip_classes, self.skip_headings, self.fact_labels = _skip_words()
        self.marks: list[Mark] = []
        self.stack: list[_Element] = []
        self.tables: list[Table] = []
        self.open: list[tuple[int, int]] = []  # the run that is being read, as raw spans
        self.plain = False  # whether any of it stands outside bold type
        self.after_break = False
        self.term: Mark | None = None
        self.skip_level = 0  # a heading such as "Fler nyheter" leaves out what follows, up to a heading of this level
        self.skip_depth = 0  # or to the end of the element that it stands in

    def walk(self) -> tuple[Mark, ...]:
        for tag in scan_tags(self.source):
            if tag.kind == "text":
                self.take_text(tag.start, tag.end)
            elif tag.kind == "open":
                self.open_tag(tag)
            else:
                self.close_tag(tag.name)
        self.flush()
        while self.stack:
            self.close_top()
        while self.tables:
            self.close_table()
        self.drop_term()
        return tuple(sorted(self.marks, key=_order))

    def hidden(self) -> bool:
        return bool(self.stack and self.stack[-1].skip) or self.skip_level > 0

    def out(self) -> list[Mark]:
        return self.tables[-1].runs if self.tables else self.marks

    # --- runs of text ---

    def take_text(self, start: int, end: int) -> None:
        if self.hidden():
            return
        lead = _LEAD.match(self.source, start, end)
        if lead:
            start = lead.end()
        if start >= end:
            return
        trail = _TRAIL.search(self.source, max(start, end - 200), end)
        if trail:
            end = trail.start()
        if self.after_break and self.open and not self.goes_on(start):
            self.flush()
        self.after_break = False
        if not self.open:
            self.plain = False
        self.plain = self.plain or not any(element.tag in _BOLD for element in self.stack[-3:])
        self.open.append((start, end))

    def goes_on(self, start: int) -> bool:
        """Whether the words after a ``br`` go on with the sentence before it."""
        first = html.unescape(self.source[start : start + 10])[:1]
        last = html.unescape(self.source[max(self.open[-1][0], self.open[-1][1] - 10) : self.open[-1][1]])[-1:]
        return first.islower() and last not in ".:;!?"

    def flush(self) -> None:
        """End the run that is being read and mark it."""
        self.after_break = False
        if not self.open:
            return
        runs, self.open = self.open, []
        start, end = runs[0][0], runs[-1][1]
        kind, level = self.kind()
        if kind == "paragraph" and not self.plain and not self.tables and self.is_title(runs):
            kind, level = "heading", 5
        out = self.out()
        if kind == "term":
            self.drop_term()
            self.term = Mark("cell", start, end, column=0)
        elif kind == "definition" and self.term:
            term, self.term = self.term, None
            out.extend((Mark("field", term.start, end), term, Mark("cell", start, end, column=1)))
            out.extend(skip_markup(self.source, term.end, start))
        else:
            out.append(Mark("list_item" if kind == "definition" else kind, start, end, level=level))
        for a, b in pairwise(runs):
            out.extend(skip_markup(self.source, a[1], b[0]))
        if kind == "heading" and level:
            self.check_heading(runs, level)

    def kind(self) -> tuple[str, int]:
        """The kind and level of the run, told by the elements that are open."""
        depth = 0
        for element in reversed(self.stack[-_NEAR:]):
            tag = element.tag
            if tag in _HEADINGS:
                return "heading", _HEADINGS[tag]
            if tag == "title":
                return "heading", 0
            if tag in ("caption", "legend", "summary"):
                return "heading", 6
            if tag in ("dt", "dd"):
                return ("term", 0) if tag == "dt" else ("definition", 1)
            if tag in ("td", "th", "table"):
                break
            if tag == "li":
                depth = depth or 1
            elif tag in ("ul", "ol", "menu") and depth:
                depth += 1
        return ("list_item", max(1, depth - 1)) if depth else ("paragraph", 0)

    def is_title(self, runs: list[tuple[int, int]]) -> bool:
        """Whether a line that is all in bold type reads as a title: short, neither sentence nor label."""
        words = html.unescape(" ".join(self.source[a:b] for a, b in runs)).strip()
        return len(words) <= _TITLE_LENGTH and words[-1:] not in (".", ":", ",", ";", "!", "?") and words[:1].isalnum()

    def drop_term(self) -> None:
        """A ``dt`` without its ``dd`` is a paragraph."""
        if self.term:
            self.out().append(Mark("paragraph", self.term.start, self.term.end))
            self.term = None

    def check_heading(self, runs: list[tuple[int, int]], level: int) -> None:
        """A heading over other pages' news is no content, nor is what stands under it."""
        words = fold(html.unescape(" ".join(self.source[a:b] for a, b in runs))).rstrip(":")
        if words not in self.skip_headings:
            return
        out = self.out()
        while out[-1].kind == "skip":
            out.pop()
        mark = out.pop()
        out.append(Mark("skip", mark.start, mark.end))
        self.skip_level, self.skip_depth = level, len(self.stack) - 1

    # --- tags ---

    def open_tag(self, tag: Tag) -> None:
        name = tag.name
        if name == "br":
            self.after_break = True
            return
        if name in _BLOCKS or name == "hr":
            self.flush()
        if name == "img":
            self.take_logo(tag)
        if name in _VOID:
            return
        self.close_implied(name)
        if name in _HEADINGS and 0 < _HEADINGS[name] <= self.skip_level:
            self.skip_level = 0
        attributes = read_attributes(self.source, tag)
        skip = (bool(self.stack) and self.stack[-1].skip) or (
            self.is_skipped(name, attributes) and not self.tells_facts(tag)
        )
        if len(self.stack) >= _DEPTH or self.source[tag.end - 2] == "/" and name not in _BLOCKS:
            return
        self.stack.append(_Element(name, skip))
        if skip:
            return
        if name == "table" and len(self.tables) < _TABLE_DEPTH:
            if self.tables:
                self.tables[-1].layout = True
            self.tables.append(Table())
        elif self.tables:
            if name == "thead":
                self.tables[-1].in_head = True
            elif name == "tr":
                self.tables[-1].open_row()
            elif name in ("td", "th"):
                self.tables[-1].open_cell(attributes, name == "th")

    def close_tag(self, name: str) -> None:
        if name in _BLOCKS or name == "br":
            self.flush()
        if any(element.tag == name for element in self.stack):
            while self.close_top() != name:
                pass

    def close_implied(self, name: str) -> None:
        """Close the elements whose end tags may be left out before ``name``."""
        if name in _BLOCKS and any(element.tag == "p" for element in self.stack[-3:]):
            while self.close_top() != "p":
                pass
        ended = _IMPLIED_ENDS.get(name)
        if not ended:
            return
        scopes = _TABLE_SCOPES if "td" in ended else _SCOPES
        last = None
        for i in range(len(self.stack) - 1, max(-1, len(self.stack) - 1 - _NEAR), -1):
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
        if element.tag in ("td", "th") and self.tables:
            self.tables[-1].close_cell()
        elif element.tag == "thead" and self.tables:
            self.tables[-1].in_head = False
        elif element.tag == "dl":
            self.drop_term()
        elif element.tag == "table":
            self.close_table()
        return element.tag

    def close_table(self) -> None:
        if self.tables and sum(element.tag == "table" for element in self.stack) < len(self.tables):
            marks = self.tables.pop().close(self.source)
            self.out().extend(marks)

    def is_skipped(self, name: str, attributes: dict[str, str]) -> bool:
        if name in _NEVER_SKIPPED:
            return False
        if name in self.skip_tags:
            return True
        if not attributes:
            return False
        if (
            "hidden" in attributes
            or attributes.get("aria-hidden") == "true"
            or attributes.get("role") in _NO_CONTENT_ROLES
        ):
            return True
        if _HIDDEN_STYLE.search(attributes.get("style", "")):
            return True
        names = f"{attributes.get('class', '')} {attributes.get('id', '')}"
        return names != " " and bool(self.skip_classes.search(names))

    def tells_facts(self, tag: Tag) -> bool:
        """Whether a box beside the text holds labelled facts of a project, which is content."""
        if tag.name not in _BOXES:
            return False
        closing = self.source.find(f"</{tag.name}", tag.end, tag.end + _BOX_LENGTH)
        if closing < 0:
            return False
        return len({m.lower() for m in self.fact_labels.findall(self.source, tag.end, closing)}) > 1

    def take_logo(self, tag: Tag) -> None:
        """The alternative text of a picture in the page head names the authority; others tell of pictures."""
        if self.hidden() or not any(element.tag == "header" for element in self.stack):
            return
        span = find_attribute(self.source, tag, "alt")
        if span and self.source[span[0] : span[1]].strip():
            self.flush()
            self.out().append(Mark("paragraph", *span))


_RANK = {"table": 0, "field": 0, "cell": 1}


def _order(mark: Mark) -> tuple[int, int, int]:
    return mark.start, _RANK.get(mark.kind, 2), -mark.end


def mark_html(source: str) -> tuple[Mark, ...]:
    """The marks of a page, sorted by start; a container (table, field) stands before its cells.

    ``heading`` of level 0 is the page's ``title``, of level 6 the caption of a table.  A field is a ``dt`` with its
    ``dd``; further ``dd`` are list items.  Left out as ``skip`` or altogether: scripts, styles, navigation, asides,
    cookie notes, hidden parts, and boxes of other news (``data/lexicon/layout.toml``).
    """
    return _Marker(source).walk()
