"""What a line is, told by its words and its neighbours: marker, heading, field, or the goings-on of the line before."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from kg.clean.lexicon import layout_words
from kg.clean.lines import Line, plain
from kg.clean.words import (
    HASH,
    LETTER,
    MARKER,
    OPEN_RANGE,
    SECTION,
    could_fit,
    ends_hyphenated,
    ends_open,
    has_ended,
    has_wide_gap,
    is_caps,
    is_caption,
    is_known_field,
    is_label_alone,
    is_lower,
    is_number_line,
    is_organisation,
    is_reference,
    label_of,
    names_next,
    opens_sentence,
    section_mark,
    splits_number,
)

_NUMBERED = re.compile(r"(\d{1,3}(?:\.\d{1,2}){0,3})\.?\s+(?=[A-ZÅÄÖ])")
_SENTENCE = re.compile(r"\S+\s+\S+\s+\S+[.!?]\s+[A-ZÅÄÖ]")  # a full sentence before another begins
_TRIES = 6  # attempts to read one run of lines as a table


@dataclass(frozen=True, slots=True)
class Page:
    """What the rules know of the whole paper: the column where text wraps (0: it does not), and for each line
    whether blank lines about it are no breaks (double spacing)."""

    base: str
    lines: list[Line]
    width: int
    loose: list[bool]
    tries: dict[str, tuple[int, int]] = field(default_factory=dict)

    def may_try(self, what: str, i: int) -> bool:
        """Whether a table may begin at line ``i``: not where attempts within the same run of lines have failed often.

        Each attempt reads the whole run, so that a long run that is no table must not be tried at each of its lines.
        """
        end, count = self.tries.get(what, (0, 0))
        return i >= end or count < _TRIES

    def note_failure(self, what: str, i: int, end: int) -> None:
        """Record that the lines ``i:end`` were read in vain."""
        last, count = self.tries.get(what, (0, 0))
        self.tries[what] = (max(last, end), count + 1) if i < last else (end, 1)


def starts_marker(page: Page, i: int, previous: Line | None, item: str) -> re.Match[str] | None:
    """The list marker with which line ``i`` begins, where it opens an item; ``item`` is the marker of the item before."""
    in_list = bool(item)
    line = page.lines[i]
    text = line.text
    found = MARKER.match(text)
    if not found:
        return None
    if found["att"]:
        wide = found.end() - found.end("att") >= 2
        opened = (
            previous is None
            or has_ended(previous.text)
            or could_fit(previous, line, page.width, 0.7)
            or item == "att"
            and previous.text[-1] in ",;"
            or line.blanks > 0
            and not page.loose[i]
        )
        follows = previous is not None and item == "att" and previous.text.split()[-1] in ("samt", "och", "dels")
        return found if wide or opened or follows else None
    if found["bullet"] in ("–", "-", "—", "*") or found["number"] or found["letter"] or found["roman"]:
        if previous is not None and line.blanks == 0 and not has_ended(previous.text) and not in_list:
            if found["bullet"] and ends_open(previous.text) and not could_fit(previous, line, page.width, 0.7):
                return None
            if not found["bullet"] and not could_fit(previous, line, page.width, 0.9) and page.width:
                return None  # "den | 1. januari"
        if (
            previous is not None
            and ends_open(previous.text)
            and line.blanks == 0
            and not in_list
            and not found["bullet"]
        ):
            return None
        if (
            found["bullet"] in ("–", "-", "—")
            and previous is not None
            and line.blanks == 0
            and previous.text[-1:].isdecimal()
            and not in_list
            and text[found.end()].isdecimal()
        ):
            return None  # a period that breaks at its dash
    return found


def goes_on(page: Page, i: int, previous: Line, item: str = "", hang: int = 0, listing: bool = False) -> bool:
    """Whether line ``i`` goes on with the paragraph or item that ``previous`` ended on.

    ``item`` is the marker kind of the item, empty in a paragraph; ``hang`` the column at which its text begins;
    ``listing``: the section lists papers or receivers, a line each.
    """
    in_list = bool(item)
    line = page.lines[i]
    a, b = previous.text, line.text
    if section_mark(b) or starts_marker(page, i, previous, item):
        return False
    hyphenated = ends_hyphenated(a) and (b[0].isalnum())
    lower = is_lower(b) or b[0] in "(&/" or splits_number(a, b)
    ended = has_ended(a)
    if line.cut:
        if hyphenated:
            return True
        return not ended and (
            lower
            or ends_open(a)
            or bool(
                page.width and not could_fit(previous, line, page.width, 0.85) and not is_caps(b) and line.blanks == 0
            )
        )
    if hyphenated and line.blanks <= 1:
        return True
    if layout_words().reference.match(b) and not lower or is_known_field(b):
        return False
    if line.blanks == 0 and OPEN_RANGE.search(a) and b[0].isdecimal():
        return True
    if hang > 1 and line.blanks == 0 and hang - 1 <= line.indent <= hang + 1 and not label_of(b):
        return ended or not (b[0].isupper() and could_fit(previous, line, page.width, 0.75))
    if is_caps(b) and not is_caps(a) and len(b) >= 8 and len(b.split()) <= 8 and line.blanks == 0 and not ends_open(a):
        return False
    if not LETTER.search(b) and not lower and (not page.width or could_fit(previous, line, page.width, 0.9)):
        return False
    if line.blanks == 0:
        if lower:
            return not a.endswith(":")
        if a.endswith(":") or label_of(b) and label_of(a):
            return False
        if ended and not has_ended(b) and _is_short_alone(page, i):
            return False
        if not page.width:
            return ends_open(a) and not is_organisation(a)
        if line.indent > previous.indent + 1 and ended and not (in_list and line.indent == hang):
            return False
        if in_list and hang and line.indent < hang - 1 and previous.indent >= hang and ended:
            return False
        if listing and could_fit(previous, line, page.width, 1.0):
            return ends_open(a)
        if could_fit(previous, line, page.width, 0.9 if opens_sentence(b) and not in_list else 0.8):
            return not ended and (ends_open(a) and not is_organisation(a))
        return True
    if line.blanks > 1:
        return False
    if lower and not ended and not is_label_alone(a):
        return page.loose[i] or page.width > 0 and previous.right >= 0.6 * page.width
    if not page.loose[i]:
        return False
    if line.indent > previous.indent and b[0].isupper() or label_of(b) and not ends_open(a):
        return False
    if not ended and ends_open(a):
        return True
    return not could_fit(previous, line, page.width, 0.95 if ended else 0.87)


def _is_short_alone(page: Page, i: int) -> bool:
    """Whether line ``i`` ends early though the next begins with a capital: it stands by itself, as a title does."""
    line = page.lines[i]
    following = page.lines[i + 1] if i + 1 < len(page.lines) else None
    return following is not None and not is_lower(following.text) and could_fit(line, following, page.width, 0.6)


def heading_level(page: Page, i: int, previous: Line | None, below_heading: bool = False) -> int:
    """The level of the heading that line ``i`` is, or 0; ``below_heading``: the block before is a heading."""
    line = page.lines[i]
    text = line.text
    found = SECTION.match(text)
    if found:
        cited = (
            found.group()[0] != "§"
            and i + 1 < len(page.lines)
            and page.lines[i + 1].blanks == 0
            and is_number_line(page.lines[i + 1].text)
        )
        return 1 if len(text) <= 200 and not cited else 0
    hashes = HASH.match(text)
    if hashes:
        return len(hashes[1])
    if len(text) > 140 or text[-1] in ".,;-" or text[:1] in "([" or not LETTER.search(text):
        return 0
    if layout_words().reference.match(text):
        return 0
    following = page.lines[i + 1] if i + 1 < len(page.lines) else None
    words = layout_words()
    open_before = below_heading or previous is None or line.blanks > 0 or line.cut or has_ended(previous.text)
    numbered = _NUMBERED.match(text)
    bare = text[numbered.end() :] if numbered else text
    folded = " ".join(bare.casefold().split()).rstrip(": ")
    caps = is_caps(text)
    deep = numbered[1].count(".") + 1 if numbered else 0
    section = (
        folded in words.sections
        or folded.endswith(words.section_ends)
        and len(folded.split()) <= 6
        and text[0].isupper()
    )
    if (
        section
        and not (numbered and _is_list(page, i))
        and (open_before or previous is None or could_fit(previous, line, page.width, 0.8))
    ):
        if previous is not None and ends_open(previous.text) and line.blanks == 0 and not has_ended(previous.text):
            return 0
        return deep or (1 if caps else 2)
    if is_label_alone(text) or following is None:
        return 0
    if (
        caps
        and (open_before or previous is None or could_fit(previous, line, page.width, 0.9))
        and len(text) <= 110
        and not is_organisation(text)
        and not label_of(text)
    ):
        return deep or 1
    if MARKER.match(text) and not numbered or text.split()[0].casefold() in words.address_words:
        return 0
    if label_of(text) and (
        is_known_field(text) or page.loose[i] or line.blanks == 0 or following.blanks == 0 or label_of(following.text)
    ):
        return 0
    if len(LETTER.findall(following.text)) < 2 and not following.text[0].isdecimal() and not text.endswith("?"):
        return 0
    if is_lower(following.text) and not MARKER.match(following.text):
        return 0
    if is_organisation(text) or text.endswith(":") and len(text.split()) > 6 or _SENTENCE.search(bare):
        return 0
    if not open_before or not (text[0].isupper() or numbered or text[0] in "”\"'»"):
        return 0
    if numbered and (text.endswith(":") or _is_list(page, i)):
        return 0
    if len(text.split()) > 16:
        return 0
    if is_label_alone(following.text) and following.blanks == 0:
        return 0
    if following.blanks == 0 and not following.cut:
        return (deep or 2) if _stands_above(page, i, following) or _is_title_stanza(page, i) else 0
    if page.loose[i] or page.loose[min(i + 1, len(page.loose) - 1)]:
        short = page.width and line.right < 0.62 * page.width and following.text[0].isupper()
        return (
            (deep or 2)
            if short
            and not ends_open(text)
            and (previous is None or has_ended(previous.text) or previous.right < 0.62 * page.width)
            else 0
        )
    if not page.width and has_ended(text) and not text.endswith(("?", ":")):
        return 0
    if line.blanks == 0 and previous is not None and not line.cut and not has_ended(previous.text):
        return 0
    return deep or 2


def _stands_above(page: Page, i: int, following: Line) -> bool:
    """Whether line ``i`` is a heading directly above its text."""
    line = page.lines[i]
    b = following.text
    if is_caption(b) or (line.blanks or not i) and len(line.text) < 80 and has_wide_gap(page.base, following):
        return True
    slack = 0.9 if line.blanks and opens_sentence(b) else 0.75
    if (
        not page.width
        or not could_fit(line, following, page.width, slack)
        or ends_open(line.text)
        and not line.text.endswith("?")
    ):
        return False
    if is_lower(b) and not MARKER.match(b):
        return False
    if len(following.parts) > 1 or MARKER.match(b) or label_of(b):
        return True
    below = page.lines[i + 2] if i + 2 < len(page.lines) else None
    if line.blanks and below is not None and below.blanks and MARKER.match(below.text):
        return True
    return following.right >= 0.6 * page.width or has_ended(b)


def _is_title_stanza(page: Page, i: int) -> bool:
    """Whether line ``i`` opens a title of two or three lines with blank lines about it."""
    lines = page.lines
    if i and not lines[i].blanks and not lines[i].cut:
        return False
    end = i + 1
    while end < len(lines) and lines[end].blanks == 0 and end - i < 4:
        end += 1
    stanza = lines[i:end]
    if end - i > 3 or end >= len(lines) or has_ended(stanza[-1].text) and not stanza[-1].text.endswith("?"):
        return False
    if any(
        len(line.parts) > 1 or label_of(line.text) or MARKER.match(line.text) or is_reference(line.text)
        for line in stanza
    ):
        return False
    return all(
        names_next(a.text)
        or is_lower(b.text)
        or bool(page.width)
        and not could_fit(a, b, page.width, 0.8)
        and not has_ended(a.text)
        for a, b in pairwise(stanza)
    )


def _counts_on(line: Line, other: Line) -> bool:
    """Whether two lines are numbered in one style, at one indent, with numbers that follow one another."""
    a, b = _NUMBERED.match(line.text), _NUMBERED.match(other.text)
    if not a or not b or "." in a[1] + b[1] or abs(line.indent - other.indent) > 1:
        return False
    return abs(int(a[1]) - int(b[1])) == 1 and (a.group()[len(a[1])] == ".") == (b.group()[len(b[1])] == ".")


def _is_list(page: Page, i: int) -> bool:
    """Whether a numbered line is one of a list: its neighbours in number stand within a few lines, in running text."""
    line = page.lines[i]
    numbered = _NUMBERED.match(line.text)
    if numbered and "." in numbered[1]:
        return False
    for j in (i + 1, i - 1):
        if 0 <= j < len(page.lines) and page.lines[max(i, j)].blanks <= 1 and _counts_on(line, page.lines[j]):
            return True
    following = page.lines[i + 1] if i + 1 < len(page.lines) else None
    return (
        following is not None
        and following.blanks == 0
        and len(following.parts) == 1
        and not label_of(following.text)
        and (is_lower(following.text) and not MARKER.match(following.text) or following.indent > line.indent + 1)
    )


def find_loose(lines: list[Line], width: int) -> list[bool]:
    """For each line whether it stands where a blank line follows every line, so that blanks are no breaks.

    Evidence is a sentence that goes on over a blank line; it holds for the lines about it.
    """
    loose = [False] * len(lines)
    if not width:
        return loose
    for i in range(1, len(lines)):
        a, b = lines[i - 1], lines[i]
        if b.blanks != 1 or b.cut or a.right < 0.6 * width or has_ended(a.text) or len(a.parts) > 1:
            continue
        if ends_hyphenated(a.text) or is_lower(b.text) and not MARKER.match(b.text):
            for j in range(max(0, i - 6), min(len(lines), i + 7)):
                loose[j] = True
    for i in range(1, len(lines)):
        if lines[i].blanks != 1:
            loose[i] = False
    return loose


def words_of(page: Page, span: tuple[int, int]) -> str:
    return plain(page.base, *span)
