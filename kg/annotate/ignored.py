"""Numbers that say nothing of a case: pages, paragraphs, clock times, post codes, telephones, list markers.

Each is found by a rule with a name, so that the ledger can say why a number was left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from kg.annotate.grammar import BLANK, alternatives, hide, words
from kg.model import TypedSpan

_UPPER = "A-ZÅÄÖ"
_LETTER = "A-Za-zÅÄÖåäö"


@cache
def _ignored_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The rules of what is ignored, in the order in which they are tried at one place."""
    page = alternatives(words("identifiers", "page_words"))
    pointer = alternatives(words("identifiers", "pointers"))
    phone = alternatives(words("identifiers", "phone_labels"))
    giro = alternatives(words("identifiers", "giro_labels"))
    street = "|".join(words("identifiers", "street_ends"))
    named = "|".join(rf"{re.escape(w)}" for w in words("dates", "years", "named"))
    b = BLANK

    def compiled(pattern: str) -> re.Pattern[str]:
        return re.compile(pattern, re.IGNORECASE)

    number = rf"\d{{1,3}}[a-z]?(?!\w|[.,]\d|{b}?%|{b}\d{{3}}(?!\d))"
    further = rf"\d{{1,2}}[a-z]?(?!\w|[.,]\d|{b}?%|{b}\d{{3}}(?!\d))"
    several = rf"{number}(?:(?:{b}?[-\u2013]{b}?|,{b}|{b}(?:och|eller|till|and){b}){further}){{0,6}}"
    return (
        ("phone", compiled(rf"(?<!\w)(?:{phone})(?:{b}?:)?(?:{b}|\t){{0,3}}\+?[\d(][\d{b[1:-1]}()/\u2013-]{{4,24}}\d")),
        ("giro", compiled(rf"(?<!\w)(?:{giro})(?:{b}?:)?(?:{b}|\t){{0,3}}\d[\d{b[1:-1]}-]{{4,24}}\d(?!\d)")),
        ("page_number", compiled(rf"(?<!\w)(?:{page}){b}{{0,2}}\d{{1,4}}(?:{b}?\({b}?\d{{1,4}}{b}?\)|{b}?/{b}?\d{{1,4}}|{b}(?:av|of){b}\d{{1,4}})?(?!\w|[.,]\d|{b}\d{{3}}(?!\d)|{b}?%)")),
        ("paragraph_number", compiled(rf"§{{1,2}}{b}{{0,2}}{several}")),
        ("reference_number", compiled(rf"(?<!\w)(?:{pointer}){b}{several}")),
        ("named_year", compiled(rf"(?<![\w])(?:{named}){b}(?:19|20)\d\d(?![\w/]|{b}?[-\u2013]{b}?\d)")),
        ("street_number", compiled(rf"(?<=[^\W\d_])(?:{street}){b}(?P<span>\d{{1,3}}(?:{b}?[A-H])?)(?!\w|{b}\d{{3}}(?!\d))")),
    )


_B = BLANK
_DIGIT_RULES = re.compile(
    rf"""
    (?P<phone>\+(?<!\w\+){_B}?4{_B}?6[\d{_B[1:-1]}()/\u2013-]{{6,20}}\d(?!\w)
      |0(?<![\w.,:/-]0)\d{{1,3}}{_B}?[-\u2013/]{_B}?\d{{2,3}}(?:{_B}?\d{{2,3}}){{1,3}}(?!\w|[-/]\w))
  | (?P<personal_number>\d(?<![\w.,:/-]\d)(?:\d\d)?\d[01]\d[0-3]\d[-+]\d{{4}}|\d(?<![\w.,:/-]\d)(?:\d\d)?\d[01]\d[0-3]\d-XXXX)(?!\w)
  | (?P<unverified_org_number>\d(?<![\w.,:/-]\d)\d{{5}}[-\u2013]\d{{4}})(?!\w|[-/]\w)
  | (?P<statute>(?:19|20)(?<![\w.,:/-]..)\d\d:\d{{1,4}})(?!\w)
  | (?P<clock>[0-2]?\d(?<![\w.,:/-]\d)(?<![\w.,:/-]\d\d):[0-5]\d(?:{_B}?[-\u2013]{_B}?[0-2]?\d:[0-5]\d)?)(?![\w:])
  | (?P<paragraph_number>\d(?<![\w.,:/-]\d)\d{{0,2}}{_B}?§(?!§|{_B}?\d))
  | (?P<postcode>[1-9](?<![\w.,:/]\d)\d\d{_B}\d\d)(?={_B}{{1,2}}[{_UPPER}][{_LETTER}])(?!{_B}{{1,2}}(?:[Mm][Nn]?[Kk][Rr]|M?SEK|EUR|Kr|Kronor|Euro|M€|Tkr|TKR|KR))
  | (?P<page_number>\d(?<![\w.,:/-]\d)\d{{0,2}}{_B}?\({_B}?\d{{1,3}}{_B}?\))(?!\w)
    """,
    re.VERBOSE,
)
_WEB = re.compile(r"(?P<url>(?:https?://|www\.)[^\s<>\"”)\]]{1,2000})|(?P<email>[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,6})", re.IGNORECASE)
_CLOCK_WORD = re.compile(rf"(?<!\w)(?:kl|klockan)\.?{_B}?(?P<time>\d{{1,2}}(?:[.:]\d\d)?(?:{_B}?[-\u2013]{_B}?\d{{1,2}}(?:[.:]\d\d)?)?)(?!\w)", re.IGNORECASE)
_MARKER = re.compile(
    rf"^(?:{_B}|\#)*(?P<marker>\(?\d{{1,2}}(?:\.\d{{1,2}}){{0,3}}[.)](?!\S)|\d{{1,2}}(?:\.\d{{1,2}}){{1,3}}(?={_B}{{1,4}}[{_UPPER}](?!(?i:kr|nkr|sek|€|eur))))", re.MULTILINE
)
_VERSION = re.compile(rf"(?<=[^\W\d_]|[*+])(?P<blank>{_B})(?P<version>\d{{1,2}}\.\d(?:\.\d)?)(?![\w]|[.,]\d|{_B}?(?i:%|procent|miljo|milj|mn?kr|msek|m€|tkr|kr|k?sek|eur|tusen|million|billion|thousand)|:)")


def find_ignored(text: str, taken: Sequence[TypedSpan] = ()) -> Iterator[tuple[int, int, str]]:
    """Numbers that say nothing of a case, as (start, end, rule), sorted and without overlap.

    Rules: ``url email phone giro postcode personal_number unverified_org_number page_number paragraph_number statute
    clock list_marker reference_number named_year street_number version``.  ``taken`` are spans to leave alone.
    """
    if taken:
        text = hide(text, taken)
    found: list[tuple[int, int, str]] = []
    if "@" in text or "://" in text or "www." in text:
        found += [(m.start(), m.end(), str(m.lastgroup)) for m in _WEB.finditer(text)]
        text = hide(text, found)
    for rule, pattern in _ignored_patterns():
        group = "span" if "span" in pattern.groupindex else 0
        found += [(m.start(group), m.end(group), rule) for m in pattern.finditer(text)]
    for m in _DIGIT_RULES.finditer(text):
        rule = str(m.lastgroup)
        if rule != "page_number" or _is_page(m[0]):
            found.append((m.start(), m.end(), rule))
    found += [(m.start("time"), m.end("time"), "clock") for m in _CLOCK_WORD.finditer(text)]
    found += [(m.start("marker"), m.end("marker"), "list_marker") for m in _MARKER.finditer(text)]
    for m in _VERSION.finditer(text):
        word = re.search(r"\S+$", text[max(0, m.start() - 40) : m.start()])
        if word is not None and (any(c.isupper() for c in word[0]) or m["version"].endswith(".0")):
            found.append((m.start("version"), m.end("version"), "version"))
    end = 0
    for start, stop, rule in sorted(found, key=lambda f: (f[0], -f[1])):
        if start >= end:
            yield start, stop, rule
            end = stop


def _is_page(words_: str) -> bool:
    """``1 (3)``: the page is not beyond the last."""
    page, _, last = words_.partition("(")
    return int(page) <= int(last.rstrip(") \u00a0\u202f\u2007\u2009"))
