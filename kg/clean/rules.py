"""What a line is, told by its words and its neighbours: marker, heading, field, or the goings-on of the line before."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kg.clean.lexicon import layout_words
from kg.clean.lines import Line, plain
from kg.clean.words import (
    LETTER,
    OPEN_RANGE,
    could_fit,
    ends_hyphenated,
    ends_open,
    has_ended,
    has_leader,
    is_caps,
    is_known_field,
    is_label_alone,
    is_lower,
    is_organisation,
    label_of,
    match_marker,
    names_next,
    opens_sentence,
    section_mark,
    splits_date,
    splits_number,
)

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
    """The list marker with which line ``i`` opens an item; ``item`` is the marker of the item before."""
    in_list = bool(item)
    line = page.lines[i]
    text = line.text
    found = match_marker(text)
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
            or item not in ("", "att")
            and text.endswith(":")  # it leads the next items: 'att inte prioritera följande ansökningar:'
            or line.blanks > 0
            and not page.loose[i]
            or previous.text.endswith(layout_words().item_leads)
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
    width = previous.limit or page.width
    if line.blanks == 0 and has_leader(a) != has_leader(b) and not (has_leader(b) and has_ended(a)):
        return has_leader(b)  # a row ends with the value that dots lead to
    if has_leader(a):
        return False
    if section_mark(b) or starts_marker(page, i, previous, item):
        return False
    hyphenated = ends_hyphenated(a) and (b[0].isalnum())
    lower = is_lower(b) or b[0] in "(&/" or splits_number(a, b) or splits_date(a, b)
    ended = has_ended(a)
    if line.cut:
        if hyphenated:
            return True
        return not ended and (
            lower
            or ends_open(a)
            or bool(
                width and not could_fit(previous, line, width, 0.85) and not is_caps(b) and line.blanks == 0
            )
        )
    if hyphenated and line.blanks <= 1:
        return True
    if layout_words().reference.match(b) and not lower or is_known_field(b):
        return False
    if line.blanks == 0 and OPEN_RANGE.search(a) and b[0].isdecimal():
        return True
    if hang > 1 and line.blanks == 0 and hang - 1 <= line.indent <= hang + 1 and not label_of(b):
        if not b[0].isupper() or ended or names_next(a):
            return True
        return not could_fit(previous, line, width, 0.95 if _numbers_case(a) else 0.75)
    if in_list and line.indent < hang - 1 and _leads_items(page, i) and not (lower or ends_open(a)):
        return False
    if is_caps(b) and not is_caps(a) and len(b) >= 8 and len(b.split()) <= 8 and line.blanks == 0 and not ends_open(a):
        return False
    if not LETTER.search(b) and not lower and (not width or could_fit(previous, line, width, 0.9)):
        return False
    if line.blanks == 0:
        if a.endswith(":") and _labels_run_on(a) and width and not could_fit(previous, line, width, 0.85):
            return True
        if lower:
            return not a.endswith(":")
        if a.endswith(":") or label_of(b) and label_of(a):
            return False
        if ended and not has_ended(b) and _is_short_alone(page, i):
            return False
        if not width:
            return ends_open(a) and not is_organisation(a)
        if line.indent > previous.indent + 1 and ended and not (in_list and line.indent == hang):
            return False
        if in_list and hang and line.indent < hang - 1 and previous.indent >= hang and ended:
            return False
        if listing and could_fit(previous, line, width, 1.0):
            return ends_open(a)
        if could_fit(previous, line, width, 0.9 if opens_sentence(b) and not in_list else 0.8):
            return not ended and (ends_open(a) and not is_organisation(a))
        return True
    if line.blanks > 1:
        return False
    if lower and not ended and not is_label_alone(a):
        return page.loose[i] or width > 0 and previous.right >= 0.6 * width
    if not page.loose[i]:
        return False
    if line.indent > previous.indent and b[0].isupper() or label_of(b) and not ends_open(a):
        return False
    if not ended and ends_open(a):
        return True
    return not could_fit(previous, line, width, 0.95 if ended else 0.87)


def _numbers_case(text: str) -> bool:
    """Whether an item begins with the number of its case, as a title does: 'a) Jnr 2018-1490 Kulturlyftet'."""
    marker = match_marker(text)
    return marker is not None and layout_words().reference.match(text[marker.end() :]) is not None


def _leads_items(page: Page, i: int) -> bool:
    """Whether line ``i`` ends in a colon above the next item: it leads those that follow."""
    line = page.lines[i]
    return line.text.endswith(":") and i + 1 < len(page.lines) and starts_marker(page, i + 1, line, "") is not None


def _labels_run_on(text: str) -> bool:
    """Whether a line is running text with labels in it, the last at its end: 'Sökande: A kommun. Beviljat stöd:'."""
    return ": " in text and (". " in text or "; " in text)


def _is_short_alone(page: Page, i: int) -> bool:
    """Whether line ``i`` ends early though the next begins with a capital: it stands by itself, as a title does."""
    line = page.lines[i]
    following = page.lines[i + 1] if i + 1 < len(page.lines) else None
    return following is not None and not is_lower(following.text) and could_fit(line, following, page.width, 0.6)


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
        if ends_hyphenated(a.text) or is_lower(b.text) and not match_marker(b.text):
            for j in range(max(0, i - 6), min(len(lines), i + 7)):
                loose[j] = True
    for i in range(1, len(lines)):
        if lines[i].blanks != 1:
            loose[i] = False
    return loose


def words_of(page: Page, span: tuple[int, int]) -> str:
    return plain(page.base, *span)
