"""Numbers that say nothing of a case: pages, paragraphs, clock times, post codes, telephones, list markers.

Each is found by a rule with a name, so that the ledger can say why a number was left alone.  A rule looks at one run
of digits: at the word before it ("Sida", "punkt", "Tel"), or at the form of what begins there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from kg.annotate.grammar import BLANK, BLANKS, DIGITS, FILLER, alternatives, hide, word_before, words
from kg.lexicon import shape
from kg.model import TypedSpan

_HYPHEN = "\\-\u2010\u2011\u2013"  # for use within a class
_CAPITAL = "[A-ZÅÄÖ]"
# What may not follow a number that points or counts: it would be part of a word, an amount or a share.
_NO_AMOUNT = rf"(?!\w|[.,/]\d|{BLANK}?%|{BLANK}\d{{3}}(?!\d))"
_CLOCK = rf"\d{{1,2}}[:.]\d\d(?:{BLANK}?[{_HYPHEN}]{BLANK}?\d{{1,2}}[:.]\d\d)?"

_PARAGRAPHS = shape("annotate_ignored", "pointers", BLANK=BLANK, HYPHEN=_HYPHEN, NO_AMOUNT=_NO_AMOUNT)

# Rule -> the form of a number after a word of that rule.
_AFTER_WORD: dict[str, re.Pattern[str]] = {
    "phone": re.compile(rf"[\d(][\d{BLANKS}()/{_HYPHEN}]{{4,24}}\d(?!\w)"),
    "giro": re.compile(rf"\d[\d{BLANKS}{_HYPHEN}]{{4,24}}\d(?!\w)"),
    "page_number": shape("annotate_ignored", "page", BLANK=BLANK, NO_AMOUNT=_NO_AMOUNT),
    "clock": re.compile(rf"{_CLOCK}(?!\w)|\d{{1,2}}(?:{BLANK}?[{_HYPHEN}]{BLANK}?\d{{1,2}})?{_NO_AMOUNT}"),
    "reference_number": _PARAGRAPHS,
    "statute": re.compile(r"\d{1,4}/\d{1,4}(?:/E[UG])?(?!\w)|(?:1[6-9]|20)\d\d:\d{1,4}(?!\w)"),
    "box_number": re.compile(r"\d{1,5}(?!\w)"),
    "named_year": re.compile(rf"(?:19|20)\d\d(?![\w/]|{BLANK}?[{_HYPHEN}]{BLANK}?\d)"),
    "street_number": re.compile(rf"\d{{1,3}}(?:{BLANK}?[A-H])?{_NO_AMOUNT}"),
}

# The forms that need no word, tried in this order where a number begins.
_FORMS = re.compile(
    rf"""
    (?P<phone>0\d{{1,3}}{BLANK}?[{_HYPHEN}/]{BLANK}?\d{{2,3}}(?:{BLANK}?\d{{2,3}}){{1,3}}(?!\w|[-/]\w))
  | (?P<personal_number>(?:\d\d)?\d\d[01]\d[0-3]\d[-+](?:\d{{4}}|X{{4}})(?!\w))
  | (?P<unverified_org_number>\d{{6}}[{_HYPHEN}]\d{{4}}(?!\w|[-/]\w))
  | (?P<statute>(?:1[6-9]|20)\d\d:\d{{1,4}}(?!\w))
  | (?P<clock>(?:[01]?\d|2[0-3]):[0-5]\d(?:{BLANK}?[{_HYPHEN}]{BLANK}?[0-2]?\d:[0-5]\d)?(?![\w:])
      |[0-2]?\d\.[0-5]\d{BLANK}?[{_HYPHEN}]{BLANK}?[0-2]?\d\.[0-5]\d(?![\w%]|[.,]\d))
  | (?P<paragraph_number>\d{{1,3}}(?:{BLANK}[a-z])?(?:{BLANK}?§(?!§|{BLANK}?\d)|(?={BLANK}kap\b)))
  | (?P<postcode>[1-9]\d\d{BLANK}?\d\d(?={BLANK}{{1,2}}{_CAPITAL}[^\W\d_]))
  | (?P<page_number>(?P<page>\d{{1,3}}){BLANK}?\({BLANK}?(?P<last>\d{{1,3}}){BLANK}?\)(?!\w))
  | (?P<version>\d{{1,2}}\.\d(?:\.\d)?(?![\w:]|[.,]\d|{BLANK}?%))
    """,
    re.VERBOSE,
)
_FOREIGN_PHONE = re.compile(rf"{BLANK}?4{BLANK}?6[\d{BLANKS}()/{_HYPHEN}]{{6,20}}\d(?!\w)")
_MARKER = re.compile(
    rf"^[{BLANKS}\#]*\(?(?P<marker>\d{{1,2}}(?:\.\d{{1,2}}){{0,3}}[.)](?!\S)"
    rf"|\d{{1,2}}(?:\.\d{{1,2}}){{0,3}}(?={BLANK}{{1,4}}{_CAPITAL}))",
    re.MULTILINE,
)
_URL = re.compile(rf"(?<![\w@])(?:https?://|[Ww]{{3}}\.)[^\s<>\"”)\]{FILLER}]{{1,2000}}")
_EMAIL_NAME = re.compile(r"[\w.+-]{1,64}$")
_EMAIL_HOST = re.compile(r"[\w-]{1,64}(?:\.[\w-]{1,64}){1,6}")


class _Words:
    """The words before a number that name a rule, and the units that make a number an amount."""

    def __init__(self) -> None:
        self.rules: dict[str, str] = {}
        for rule, path in (
            ("reference_number", ("identifiers", "pointers")),
            ("named_year", ("dates", "years", "named")),
            ("clock", ("identifiers", "clock_words")),
            ("giro", ("identifiers", "giro_labels")),
            ("phone", ("identifiers", "phone_labels")),
            ("page_number", ("identifiers", "page_words")),
            ("statute", ("identifiers", "statute_words")),
            ("box_number", ("identifiers", "box_words")),
        ):
            self.rules |= {word.casefold().rstrip("."): rule for word in words(*path)}
        self.street_ends = tuple(words("identifiers", "street_ends"))
        units = [w for part in ("joined", "scales", "currencies") for row in words("units", part) for w in row["words"]]
        self.unit = re.compile(rf"{BLANK}{{0,2}}(?:{alternatives([*units, 'procent'])})(?!\w)", re.IGNORECASE)


@cache
def _words() -> _Words:
    return _Words()


def find_ignored(text: str, taken: Sequence[TypedSpan] = ()) -> Iterator[tuple[int, int, str]]:
    """Numbers that say nothing of a case, as (start, end, rule), sorted and without overlap.

    The span is the number, of ``url`` and ``email`` the whole address.  Rules: ``url email phone giro postcode
    personal_number unverified_org_number page_number paragraph_number statute clock list_marker reference_number
    named_year street_number box_number version``.  ``taken`` are spans to leave alone, such as diary numbers.
    """
    if taken:
        text = hide(text, taken)
    found = [*_read_addresses(text)]
    if found:
        text = hide(text, found)
    unit = _words().unit
    found += [(*m.span("marker"), "list_marker") for m in _MARKER.finditer(text) if not unit.match(text, m.end())]
    if found:
        text = hide(text, found)
    position = 0
    for run in DIGITS.finditer(text):
        if run.start() >= position:
            rule = _read_number(text, run.start())
            if rule is not None:
                found.append(rule)
                position = rule[1]
    yield from sorted(found)


def _read_addresses(text: str) -> Iterator[tuple[int, int, str]]:
    """Web and mail addresses."""
    end = 0
    if "://" in text or "ww." in text or "WW." in text:
        pages = [(m.start(), m.end(), "url") for m in _URL.finditer(text)]
        yield from pages
        text = hide(text, pages)
    at = text.find("@")
    while at >= 0:
        name = _EMAIL_NAME.search(text, max(end, at - 64), at)
        host = _EMAIL_HOST.match(text, at + 1)
        if name is not None and host is not None:
            end = host.end()
            yield name.start(), end, "email"
        at = text.find("@", max(at + 1, end))


def _read_number(text: str, start: int) -> tuple[int, int, str] | None:
    """The rule that ignores the number whose first digit is at ``start``, with the span; None where none does."""
    before = text[start - 1] if start else "\n"
    if before.isalnum() or before == "_" or (before in ".,:/-" and start > 1 and text[start - 2].isalnum()):
        return None
    if before == "§" or text[max(0, start - 2) : start].strip(BLANKS) == "§":
        m = _PARAGRAPHS.match(text, start)
        return (start, m.end(), "paragraph_number") if m is not None else None
    if "+" in text[max(0, start - 2) : start]:
        m = _FOREIGN_PHONE.match(text, start)
        return (start, m.end(), "phone") if m is not None else None
    word = word_before(text, start)
    rule = _rule_of(word)
    if rule is not None:
        m = _AFTER_WORD[rule].match(text, start)
        if m is not None and not (rule == "reference_number" and _words().unit.match(text, m.end())):
            return start, m.end(), rule
    m = _FORMS.match(text, start)
    if m is None or not _holds(str(m.lastgroup), m, word):
        return None
    return start, m.end(), str(m.lastgroup)


def _rule_of(word: str) -> str | None:
    """The rule that the word before a number names."""
    folded = word.casefold().rstrip(".:")
    rule = _words().rules.get(folded)
    if rule is None and len(folded) > 5 and folded.endswith(_words().street_ends):
        return "street_number"
    return rule


def _holds(rule: str, m: re.Match[str], word: str) -> bool:
    """What a form asks beyond its digits."""
    if rule == "page_number":
        return int(m["page"]) <= int(m["last"])
    if rule == "clock":
        return _words().unit.match(m.string, m.end()) is None
    if rule == "postcode":
        # Five digits together may be a count, so they must begin a line or follow a street or box.
        apart = len(m[0]) == 6 or m.string[max(0, m.start() - 2) : m.start()].endswith(("\n", ", "))
        return (apart or m.start() == 0) and _words().unit.match(m.string, m.end()) is None
    if rule == "version":
        # "Verkstad 1.1", "Drivkraft 2.0": after a name; a decimal has a comma, or a unit after it.
        named = any(c.isupper() for c in word) or (len(m[0]) == 3 and m[0].endswith(".0"))
        alone = m.string[m.start() - 1] in BLANKS and not word.endswith((".", ":", ","))
        return named and alone and _words().unit.match(m.string, m.end()) is None
    return True
