"""Which lines are headings."""

from __future__ import annotations

import re
from itertools import pairwise

from kg.clean.lexicon import layout_words
from kg.clean.lines import Line
from kg.clean.rules import Page
from kg.clean.words import (
    HASH,
    LETTER,
    SECTION,
    could_fit,
    ends_open,
    has_ended,
    has_leader,
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
    match_marker,
    names_next,
    opens_sentence,
    splits_date,
)

_BRACKET = re.compile(r"\s*\([^()]{3,24}\)$")  # 'VINDKRAFT I BYN (avslutat)'
_NUMBERED = re.compile(r"(\d{1,3}(?:\.\d{1,2}){0,3})\.?\s+(?=[A-ZÅÄÖ])")
_SENTENCE = re.compile(r"\S+\s+\S+\s+\S+[.!?]\s+[A-ZÅÄÖ]")  # a full sentence before another begins


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
    if layout_words().reference.match(text) or has_leader(text):
        return 0
    following = page.lines[i + 1] if i + 1 < len(page.lines) else None
    words = layout_words()
    open_before = below_heading or previous is None or line.blanks > 0 or line.cut or has_ended(previous.text)
    numbered = _NUMBERED.match(text)
    bare = text[numbered.end() :] if numbered else text
    folded = " ".join(bare.casefold().split()).rstrip(": ")
    caps = is_caps(_BRACKET.sub("", text))
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
    if match_marker(text) and not numbered or text.split()[0].casefold() in words.address_words:
        return 0
    if label_of(text) and (
        is_known_field(text) or page.loose[i] or line.blanks == 0 or following.blanks == 0 or label_of(following.text)
    ):
        return 0
    if len(LETTER.findall(following.text)) < 2 and not following.text[0].isdecimal() and not text.endswith("?"):
        return 0
    if is_lower(following.text) and not match_marker(following.text) or splits_date(text, following.text):
        return 0
    # a line counted as '3.2 Myrmuseet' is the title of a matter, though it names an organisation
    if is_organisation(text) and deep < 2 or text.endswith(":") and len(text.split()) > 6 or _SENTENCE.search(bare):
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
    if is_lower(b) and not match_marker(b):
        return False
    if len(following.parts) > 1 or match_marker(b) or label_of(b):
        return True
    below = page.lines[i + 2] if i + 2 < len(page.lines) else None
    if line.blanks and below is not None and below.blanks and match_marker(below.text):
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
        len(line.parts) > 1 or label_of(line.text) or match_marker(line.text) or is_reference(line.text)
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
        and (is_lower(following.text) and not match_marker(following.text) or following.indent > line.indent + 1)
    )
