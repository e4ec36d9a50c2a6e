"""Diary numbers, case numbers and organisation numbers.

A number is known by the label before it ("Dnr", "Nyps") or by its form (``RUN 2022/0187``, ``22RS10518``).
Organisation numbers are known by their check digit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.annotate.grammar import BLANK, alternatives, words
from kg.model import TypedSpan

_UPPER = "A-ZÅÄÖ"
_LETTER = "A-Za-zÅÄÖåäö"
_YEAR = r"(?:19[89]|20[0-5])\d"

# Where a label's value is looked for: a colon, a stop, blanks, or the tab of a field.
_SEPARATOR = rf"(?:{BLANK}?[:.])?(?:{BLANK}|\t){{0,4}}"
_LABELLED_DIARY = re.compile(
    rf"(?:[{_UPPER}][{_LETTER}]{{0,11}}(?:[ -][{_UPPER}]{{1,6}})?(?:{BLANK}|[/:-])?)?\d\w{{0,20}}(?:[-/:.\u2013]\w{{1,20}}){{0,5}}"
)
_LABELLED_CASE = re.compile(rf"(?:[{_UPPER}]{{1,6}}[{BLANK[1:-1]}-]?)?\d\w{{0,20}}(?:[-/]\w{{1,20}}){{0,3}}")
_DATE = re.compile(r"\d{4}-\d\d-\d\d(?!\w)|\d{4}(?!\w)(?![-/:.]\w)|\d{1,2}[/:.]\d{1,2}(?!\w)")
_NYPS = re.compile(r"20\d{6}(?!\w)")
_FREE = re.compile(
    rf"""
    (?P<series>[{_UPPER}](?<![\w/-].)[{_UPPER}a-z]{{0,7}})
      (?:{BLANK}|[/-])?(?P<year>{_YEAR})(?P<mark>[/:-])(?P<number>\d{{1,6}})(?:-\d{{1,3}}(?!\d))?(?:/[{_UPPER}]{{1,5}})?(?![\w]|[-/:]\w|[.,]\d)
  | [{_UPPER}](?<![\w/-].)[{_UPPER}]{{1,7}}/\d{{1,6}}/{_YEAR}(?!\w|[-/]\w)
  | [{_UPPER}](?<![\w/-].)[{_UPPER}]{{1,7}}-\d{{1,6}}-{_YEAR}(?!\w|[-/]\w)
  | (?P<spaced>[{_UPPER}](?<![\w/-].)[{_UPPER}]{{1,7}}){BLANK}\d{{1,6}}-{_YEAR}(?!\w|[-/]\w)
  | \d(?<![\w/.,:-].)\d[{_UPPER}]{{2,4}}\d{{2,6}}(?!\w|[-/]\w)
  | \d(?<![\w/.,:-].)\d?(?:\.\d{{1,2}}){{1,3}}-\d{{1,6}}[/-](?:{_YEAR}|\d{{2}})(?!\w|[-/]\w)
  | \d(?<![\w/.,:-].)\d?(?:\.\d{{1,2}}){{1,3}}-{_YEAR}[-/]\d{{2,6}}(?:-\d{{1,3}})?(?!\w|[-/]\w)
  | 2(?<![\w/.,:-].)0\d\d-\d{{5}}(?!\w|[-/]\w)
    """,
    re.VERBOSE,
)
_ORG = re.compile(r"\d(?<![\w/.,:-].)\d{5}[-\u2013]\d{4}(?![\w]|[-/]\w)")
_MARKS = str.maketrans({"\u2013": "-", "\u2011": "-"})


class _Labels:
    """The patterns of the labels, compiled once."""

    def __init__(self) -> None:
        diary = alternatives(words("identifiers", "diary_labels"))
        case = alternatives(words("identifiers", "case_labels"))
        self.labels = re.compile(rf"(?<!\w)(?:(?P<case>{case})|(?P<diary>{diary}))(?!\w|-\w)", re.IGNORECASE)
        self.either = frozenset(words("identifiers", "either_labels"))
        self.refused = frozenset(w.casefold() for w in words("identifiers", "not_diary_prefixes"))
        prefixes = alternatives(words("identifiers", "diary_prefixes")).upper()
        self.prefixed = re.compile(rf"(?<!\w)(?:{prefixes}){BLANK}\d{{4,8}}(?!\w|[-/]\w)")


@cache
def _labels() -> _Labels:
    return _Labels()


def find_identifiers(text: str) -> Iterator[TypedSpan]:
    """Diary, case and organisation numbers as spans of kind ``diary_number``, ``case_id``, ``org_number``, in order.

    The value is the number as printed with blanks closed to one space; the span leaves out the label.  A label
    and its number stand on one line.  A case number that has a label once is one wherever it stands.
    Personal identity numbers are never given.
    """
    found = [*_read_labelled(text), *_read_free(text), *_read_org_numbers(text)]
    repeated = {s.value for s in found if s.kind == "case_id" and s.value.isdigit() and len(s.value) >= 6}
    if repeated:
        pattern = re.compile(rf"(?<![\w./:-])(?:{'|'.join(sorted(repeated))})(?![\w]|[-/.:]\w)")
        found += [TypedSpan("case_id", m.start(), m.end(), m[0]) for m in pattern.finditer(text)]
    # A labelled number outweighs the same found by its form: it may be longer or of another kind.
    order = {id(span): place for place, span in enumerate(found)}
    kept: list[TypedSpan] = []
    for span in sorted(found, key=lambda s: order[id(s)]):
        if all(span.end <= other.start or span.start >= other.end for other in kept):
            kept.append(span)
    yield from sorted(kept, key=lambda s: s.start)


def _read_labelled(text: str) -> Iterator[TypedSpan]:
    labels = _labels()
    for m in labels.labels.finditer(text):
        separator = _separator().match(text, m.end())
        start = separator.end() if separator else m.end()
        is_case = m["case"] is not None
        value = (_LABELLED_CASE if is_case else _LABELLED_DIARY).match(text, start)
        if value is None or not _is_number(value[0]) or _DATE.fullmatch(value[0]):
            continue
        if not is_case and m[0].casefold() in labels.either and _NYPS.fullmatch(value[0]):
            is_case = True
        yield TypedSpan("case_id" if is_case else "diary_number", start, value.end(), _normalise(value[0]))


@cache
def _separator() -> re.Pattern[str]:
    return re.compile(_SEPARATOR)


def _is_number(value: str) -> bool:
    """Whether it may be a diary or case number: four digits, or fewer beside letters or marks."""
    digits = sum(c.isdigit() for c in value)
    return digits >= 4 or (digits >= 2 and any(c in "/-:." for c in value))


def _read_free(text: str) -> Iterator[TypedSpan]:
    """Numbers without a label whose form tells what they are."""
    labels = _labels()
    for m in _FREE.finditer(text):
        series, spaced = m["series"], m["spaced"]
        if (series or spaced or "").casefold() in labels.refused:
            continue
        if series is not None:
            if sum(c.isupper() for c in series) < 2 and (len(series) > 2 or m.start("year") > m.end("series")):
                continue
            number = int(m["number"])
            if m["mark"] == "-" and (len(m["number"]) < 3 or 1990 <= number <= 2050):
                continue
            if m["mark"] == "/" and len(m["number"]) == 4 and number == int(m["year"]) + 1:
                continue
        elif spaced is not None and 1990 <= int(m[0][len(spaced) + 1 :].partition("-")[0]) <= 2050:
            continue
        yield TypedSpan("diary_number", m.start(), m.end(), _normalise(m[0]))
    for m in labels.prefixed.finditer(text):
        yield TypedSpan("diary_number", m.start(), m.end(), _normalise(m[0]))


def _normalise(number: str) -> str:
    return " ".join(number.split()).translate(_MARKS)


def _read_org_numbers(text: str) -> Iterator[TypedSpan]:
    for m in _ORG.finditer(text):
        value = m[0].translate(_MARKS)
        if is_org_number(value):
            yield TypedSpan("org_number", m.start(), m.end(), value)


def is_org_number(value: str) -> bool:
    """Whether ``NNNNNN-NNNN`` is a Swedish organisation number: third digit at least 2 (else it is a person's
    birth month), check digit right."""
    if re.fullmatch(r"[0-9]{6}-[0-9]{4}", value) is None or value[2] < "2":
        return False
    total = 0
    for place, char in enumerate(value.replace("-", "")):
        doubled = int(char) * (2 - place % 2)
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0
