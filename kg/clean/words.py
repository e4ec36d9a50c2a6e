"""What a line is, told by its own words: its marker, its label, its end; and whether a break after it is meant."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from kg.clean.lexicon import layout_words
from kg.clean.lines import Line
from kg.lexicon import shape

MARKER_ALONE = re.compile(r"(?:\d{1,2}[.)]|[a-h]\)|[•●▪■◦])$")
SECTION = shape("clean_words", "section")
_TITLE_NUMBER = re.compile(r"(?:\d{1,2}|\d{1,3}(?:\.\d{1,2}){1,3})\.?$")
HASH = re.compile(r"(#{1,6})\s+(?=\S)")
_LABELLED = re.compile(r"(?P<label>[A-ZÅÄÖ][^:.;!?\n]{1,58}?)\s?:\s+(?=\S)")
_DIARY = re.compile(r"[A-ZÅÄÖ]{1,6}[ -]?\d[\d/ -]*$")
_SMALL = re.compile(r"[a-zåäöéü]{3}")
_POSTCODE = re.compile(r"(?:SE-)?\d{3} ?\d{2}\s")
LETTER = re.compile(r"[^\W\d_]")
_NUMBER_END = re.compile(r"(?:^|\s)\d{1,3}(?: \d{3})*$")
_YEAR_START = re.compile(r"(?:19|20)\d\d(?!\s?[\d-])")
_NUMBER_START = re.compile(r"\d{3}(?!\d)(?:\s|[.,]?$)")
_ENDED = re.compile(r"[.:!?;][”\"»')]*$")
_STAGE_NUMBER = re.compile(r"\d{1,2}|[IVX]{1,4}")
_HYPHEN_END = re.compile(r"[\w)]-$")
# A bound hyphen stays when the break goes: after a capital or a digit ("EU-", "1:1-"), or before a capital.
_KEEPS_HYPHEN = re.compile(r"(?:[A-ZÅÄÖ]|\d)-$")
# "Byarådet, för Badbryggan ........ 45 000 kr": dots that lead to the sum at the end of the line
_LEADER = re.compile(r"(?:\.{4,}|(?:\. ){4,}|…{2,})\s*[^\s.…](?:[^.…]|\.(?=\d)){0,24}\.?$")
OPEN_RANGE = re.compile(r"\d[–—]$")  # "2024-10-01–" at the end of a line goes on without a blank


# A line is asked the same by many rules one after the other.
_remember = lru_cache(maxsize=256)


@_remember
def match_marker(text: str) -> re.Match[str] | None:
    """The list marker with which a text begins; its group is named for its kind."""
    return layout_words().marker.match(text)


@_remember
def is_amount(text: str) -> bool:
    """Whether a cell holds a number, with or without its unit, or a dash in its place."""
    return bool(layout_words().amount.match(text))


@_remember
def has_ended(text: str) -> bool:
    """Whether the line ends a sentence or a clause."""
    return bool(_ENDED.search(text))


@_remember
def has_leader(text: str) -> bool:
    """Whether the line ends with a value to which dots lead."""
    return ("...." in text or ". . ." in text or "……" in text) and _LEADER.search(text) is not None


def is_lower(text: str) -> bool:
    return text[:1].islower()


@_remember
def ends_open(text: str) -> bool:
    """Whether the last word of the line asks for another."""
    return text.rsplit(None, 1)[-1].casefold() in layout_words().open_words or text[-1] in ",(/&"


def names_next(text: str) -> bool:
    """Whether the last word of a title line announces a name: "till projektet"."""
    return ends_open(text) or text.rsplit(None, 1)[-1].casefold() in layout_words().open_nouns


def counts_next(text: str, below: str) -> bool:
    """Whether the last word of a title line takes the number that stands alone below it: "förstudie, steg | 2"."""
    noun = text.rsplit(None, 1)[-1].casefold()
    return noun in layout_words().numbered_nouns and bool(_STAGE_NUMBER.fullmatch(below))


def ends_hyphenated(text: str) -> bool:
    return text[-1:] == "-" and bool(_HYPHEN_END.search(text, max(0, len(text) - 2)))


def keeps_hyphen(before: str, after: str) -> bool | None:
    """Whether a hyphen between ``before`` (which ends with it) and ``after`` belongs to the word.

    None where it joins nothing: "väst- | och östra".
    """
    if layout_words().coordination.match(after):
        return None
    return bool(_KEEPS_HYPHEN.search(before)) or after[:1].isupper() or after[:1].isdecimal()


def splits_number(before: str, after: str) -> bool:
    found = _NUMBER_END.search(before) if before[-1:].isdecimal() else None
    return found is not None and bool(_NUMBER_START.match(after)) and len(found.group()) < len(before)


def splits_date(before: str, after: str) -> bool:
    """Whether a line ends with a month and the next begins with its year."""
    return bool(_YEAR_START.match(after)) and layout_words().month_ends.search(before) is not None


def could_fit(a: Line, b: Line, width: int, slack: float) -> bool:
    """Whether the first word of ``b`` would have stood on the line ``a``, so that the break is meant."""
    width = a.limit or width
    return width > 0 and a.right + 1 + len(b.text.split(None, 1)[0]) <= slack * width


def section_mark(text: str) -> bool:
    return bool(SECTION.match(text) or HASH.match(text))


@_remember
def label_of(text: str) -> tuple[str, int] | None:
    """The label with which a line begins and where its value starts, where the line reads "Label: value"."""
    found = _LABELLED.match(text)
    if not found:
        return None
    label = found["label"]
    if (
        "," in label
        and label.casefold() not in layout_words().labels
        or len(label.split()) > (6 if label.casefold() in layout_words().labels else 4)
    ):
        return None
    return label, found.end()


def is_known_label(text: str) -> bool:
    return text.strip(" :").casefold() in layout_words().labels


@_remember
def opens_section(text: str) -> bool:
    """Whether the words are the heading of a section, whatever else they may label: "Förslag till beslut"."""
    return text.strip(" :").casefold() in layout_words().sections


@_remember
def may_label(text: str) -> bool:
    """Whether the words are a known label, or begin as one that goes on with a name: "Bidrag från Vinnova"."""
    return is_known_label(text) or text.strip(" :").casefold().startswith(layout_words().label_starts)


def is_state(text: str) -> bool:
    """Whether the words tell how far a project has come: "Pågående"."""
    return text.strip(" .").casefold() in layout_words().states


@_remember
def shaped_label(text: str) -> bool:
    """Whether the words have the form of a label of projects: "Beviljat stöd totalt", "Projektet startar"."""
    if len(text) > 60 or any(c.isdecimal() for c in text):
        return False
    return bool(layout_words().label_shapes.fullmatch(text.strip(" :").casefold()))


@_remember
def is_label_alone(text: str) -> bool:
    return len(text) <= 40 and text.strip(" :").casefold() in layout_words().labels_alone


@_remember
def is_reference(text: str) -> bool:
    """Whether the line begins with "Dnr", "Ärende-id" and the like, or is no more than a date or number."""
    return bool(layout_words().reference.match(text)) or not LETTER.search(text)


@_remember
def is_caps(text: str) -> bool:
    if _SMALL.search(text):
        return False
    letters = LETTER.findall(text)
    if len(letters) < 4 or _POSTCODE.match(text):
        return False
    return sum(1 for c in letters if c.isupper()) >= 0.85 * len(letters)


@_remember
def is_organisation(text: str) -> bool:
    words = text.casefold().strip(" :").split()
    if not words or len(words) > 5 or SECTION.match(text):
        return False
    known = layout_words()
    return (
        words[-1] in known.organisations
        or words[0] in known.organisation_starts
        or words[-1].endswith(known.organisation_ends)
        or words[0].endswith(known.organisation_ends)
    )


def has_wide_gap(base: str, line: Line) -> bool:
    """Whether a gap of three columns or a tab divides the line."""
    return any(b[0] - a[1] >= 3 or "\t" in base[a[1] : b[0]] for a, b in pairwise(line.parts))


def is_numbered_title(base: str, line: Line) -> bool:
    """Whether a line of two parts is a number and a title: "2  Bakgrund"."""
    if len(line.parts) != 2:
        return False
    (start, end), (low, _) = line.parts
    return bool(_TITLE_NUMBER.match(base[start:end])) and low - end <= 6 and base[low : low + 1].isalpha()


def is_number_line(text: str) -> bool:
    return is_reference(text) or bool(_DIARY.match(text))


def marker_kind(text: str) -> str:
    """The name of the marker with which an item begins: ``att``, ``bullet``, ``number`` ...; empty where none."""
    found = match_marker(text)
    return found.lastgroup or "" if found else ""


def opens_sentence(text: str) -> bool:
    """Whether a line begins with a capital of a sentence rather than of a name: the second word is in lower case."""
    words = text.split(None, 2)
    return len(words) > 1 and words[0][:1].isupper() and words[0][1:].islower() and words[1][:1].islower()


def is_known_field(text: str) -> bool:
    found = label_of(text)
    return found is not None and found[0].casefold() in layout_words().labels


def is_caption(text: str) -> bool:
    return text.casefold().strip(" :") in layout_words().captions
