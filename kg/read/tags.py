"""The tags and texts of an HTML source with their places, in one linear pass.

The parser of the standard library takes time that grows with the square of some broken pages (tags or comments
that never end), so that a page of some megabytes could stop a build; this scanner knows less and never looks back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_NAME = re.compile(r"[a-zA-Z][^\s/>]*")
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")
_TAG_SIGN = re.compile(r"[>\"']")
# The text of these is no markup.
_RAW_TEXT = frozenset({"script", "style", "textarea", "iframe", "noembed", "noframes", "xmp"})


@dataclass(frozen=True, slots=True)
class Tag:
    """``kind``: ``open``, ``close`` or ``text`` (without a name); ``name`` in lower case; its place."""

    kind: str
    name: str
    start: int
    end: int


def scan_tags(source: str) -> Iterator[Tag]:
    """The tags and the texts between them, in order; comments, declarations and raw text are left out."""
    at, size = 0, len(source)
    unclosed: set[str] = set()  # quotation marks that do not come again
    while at < size:
        low = source.find("<", at)
        if low < 0:
            yield Tag("text", "", at, size)
            return
        sign = source[low + 1 : low + 2]
        if not (sign.isalpha() or sign and sign in "/!?"):
            low = _next_tag(source, low + 1)
            yield Tag("text", "", at, low)
            at = low
            continue
        if low > at:
            yield Tag("text", "", at, low)
        if source.startswith("<!--", low):
            end = source.find("-->", low + 4)
            at = size if end < 0 else end + 3
            continue
        end = _tag_end(source, low + 1, unclosed)
        if end < 0:  # a tag that never ends: what follows is text
            yield Tag("text", "", low, size)
            return
        at = end
        name = _NAME.match(source, low + 2 if sign == "/" else low + 1)
        if sign in "!?" or name is None:
            continue
        tag = name.group().lower()
        yield Tag("close" if sign == "/" else "open", tag, low, end)
        if tag in _RAW_TEXT and sign != "/":
            closing = re.compile(rf"</{tag}\b", re.IGNORECASE).search(source, end)
            at = closing.start() if closing else size


def _next_tag(source: str, at: int) -> int:
    """Where the next sign stands that may open a tag."""
    while True:
        low = source.find("<", at)
        if low < 0:
            return len(source)
        if source[low + 1 : low + 2].isalpha() or source[low + 1 : low + 2] in ("/", "!", "?"):
            return low
        at = low + 1


def _tag_end(source: str, at: int, unclosed: set[str]) -> int:
    """The place after the ``>`` of a tag; one in quotation marks does not count where they are closed."""
    while True:
        found = _TAG_SIGN.search(source, at)
        if not found:
            return -1
        quote = found.group()
        at = found.end()
        if quote == ">":
            return at
        if quote not in unclosed:
            close = source.find(quote, at)
            if close < 0:
                unclosed.add(quote)
            else:
                at = close + 1


def read_attributes(source: str, tag: Tag) -> dict[str, str]:
    """The attributes of an opening tag, names in lower case; the first of a name counts."""
    text = source[tag.start + 1 + len(tag.name) : tag.end - 1]
    if not text.strip(" /"):
        return {}
    attributes: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(text):
        attributes.setdefault(name.lower(), double or single or bare)
    return attributes


def find_attribute(source: str, tag: Tag, name: str) -> tuple[int, int] | None:
    """Where the value of an attribute stands in the source."""
    base = tag.start + 1 + len(tag.name)
    for found in _ATTRIBUTE.finditer(source[base : tag.end - 1]):
        group = found.lastindex
        if found[1].lower() == name and group and group > 1:
            return base + found.start(group), base + found.end(group)
    return None
