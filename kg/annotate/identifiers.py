"""Diary numbers, case numbers and organisation numbers.

A number is known by the label before it ("Dnr", "Nyps") or by its form (``RUN 2022/0187``, ``22RS10518``).
Organisation numbers are known by their check digit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.annotate.grammar import BLANK, BLANKS, DIGITS, alternatives, hide, word_before, words
from kg.model import TypedSpan

_YEAR = r"(?:19[89]|20[0-5])\d"
_END = r"(?!\w|[-/:]\w|[.,]\d)"

# The letters of a series before the first digit: "RUN 2022/0187", "N2021/01234", "LS-RUN 2020-0123".
_SERIES = re.compile(
    rf"(?<![\w/.-])(?P<series>[A-ZÅÄÖ][A-Za-zÅÄÖåäö]{{0,11}}(?:-[A-ZÅÄÖ]{{1,8}})?)(?P<joint>[{BLANKS}/-]?)$"
)
# What a label names, from the first digit on.
_LABELLED_DIARY = re.compile(r"\d\w{0,20}(?:[-/:.\u2013]\w{1,20}){0,5}")
_LABELLED_CASE = re.compile(r"\d\w{0,20}(?:[-/]\w{1,20}){0,3}")
_NO_NUMBER = re.compile(r"\d{4}-\d\d-\d\d|\d{4}|\d{1,2}[/:.]\d{1,2}")
_FULL_YEAR = re.compile(rf"(?:[A-ZÅÄÖ]{{1,6}}[ /-]?)?{_YEAR}[/:-](?!(?:19|20)\d\d$)\d{{3,6}}|\d{{3,6}}[/-]{_YEAR}")
_NYPS = re.compile(r"20\d{6}")
# Forms that need no label, from the first digit on: after a series, and without one.
_AFTER_SERIES = re.compile(
    rf"(?P<year>{_YEAR})(?P<mark>[/:-])(?P<number>\d{{1,6}})(?:-\d{{1,3}}(?!\d))?(?:/[A-ZÅÄÖ]{{1,5}})?{_END}"
    rf"|(?P<class>\d{{1,2}}[:.]\d{{1,5}})[/-]{_YEAR}{_END}"
    rf"|(?P<first>\d{{1,6}})(?P<between>[/-]){_YEAR}{_END}"
    rf"|(?P<short>\d\d[/-]\d{{3,6}}|\d{{5,8}}){_END}"
)
_ALONE = re.compile(
    rf"\d\d[A-ZÅÄÖ]{{2,4}}\d{{2,6}}{_END}"
    rf"|\d{{1,2}}(?:\.\d{{1,2}}){{1,3}}-(?:\d{{1,6}}[/-](?:{_YEAR}|\d\d)|{_YEAR}[-/]\d{{2,6}}(?:-\d{{1,3}})?){_END}"
    rf"|20\d\d-\d{{5}}{_END}|\d\d-0\d{{2,4}}{_END}"
    rf"|{_YEAR}\.\d{{1,5}}{BLANK}[A-ZÅÄÖ]{{2,4}}{_END}"  # '2023.417 KS'
)
_ORG_NUMBER = re.compile(rf"\d{{6}}[-\u2011\u2013]\d{{4}}{_END}")
_PLAIN_NUMBER = re.compile(rf"\d{{4,8}}{_END}")
_SAME_MARK = str.maketrans({"\u2013": "-", "\u2011": "-"})
_LABEL_WINDOW = 40


class _Labels:
    """The labels as a pattern, compiled once, and the letters that are series or not."""

    def __init__(self) -> None:
        diary = (*words("identifiers", "diary_labels"), *words("identifiers", "weak_labels"))
        case = words("identifiers", "case_labels")
        self.label = re.compile(
            rf"(?<!\w)(?:(?P<case>{alternatives(case)})|(?P<diary>{alternatives(diary)}))"
            rf"(?:{BLANK}?[:.])?(?:{BLANK}|\t){{0,4}}$",
            re.IGNORECASE,
        )
        self.last_words = frozenset(label.split()[-1].casefold().strip("().:") for label in (*diary, *case))
        self.either = frozenset(words("identifiers", "either_labels"))
        self.weak = frozenset(words("identifiers", "weak_labels"))
        self.not_series = frozenset(words("identifiers", "not_diary_prefixes"))
        self.plain_series = frozenset(words("identifiers", "diary_prefixes"))


@cache
def _labels() -> _Labels:
    return _Labels()


def find_identifiers(text: str) -> Iterator[TypedSpan]:
    """Diary, case and organisation numbers as spans of kind ``diary_number``, ``case_id``, ``org_number``, in order.

    The value is the number as printed with blanks closed to one space; the span leaves out the label.  A label
    and its number stand on one line.  A case number that has a label once is one wherever it stands, and so are
    diary numbers of the letters and length of one that has a label: "RV230187" tells of "RV210310".
    Personal identity numbers are never given.
    """
    found: list[TypedSpan] = []
    position = 0
    for run in DIGITS.finditer(text):
        if run.start() >= position:
            span = _read_number(text, run.start(), run.end(), position)
            if span is not None:
                found.append(span)
                position = span.end
    repeated = {s.value for s in found if s.kind == "case_id" and s.value.isdigit() and len(s.value) >= 6}
    if repeated:
        pattern = re.compile(rf"(?<![\w./:-])(?:{'|'.join(sorted(repeated))}){_END}")
        found += [TypedSpan("case_id", *m.span(), m[0]) for m in pattern.finditer(hide(text, found))]
    found += _of_known_series(text, found)
    yield from sorted(found, key=lambda s: s.start)


_LETTERED = re.compile(r"([A-ZÅÄÖ]{2,6})(\d{5,8})")


def _of_known_series(text: str, found: list[TypedSpan]) -> list[TypedSpan]:
    """Numbers in the form of one that is known: the same letters, and as many digits right behind them."""
    forms = {(m[1], len(m[2])) for s in found if s.kind == "diary_number" and (m := _LETTERED.fullmatch(s.value))}
    if not forms:
        return []
    either = "|".join(rf"{letters}\d{{{length}}}" for letters, length in sorted(forms))
    pattern = re.compile(rf"(?<![\w./:-])(?:{either}){_END}")
    return [TypedSpan("diary_number", *m.span(), m[0]) for m in pattern.finditer(hide(text, found))]


def _read_number(text: str, start: int, end: int, floor: int) -> TypedSpan | None:
    """The identifier whose first digit is at ``start``."""
    before = text[start - 1] if start else "\n"
    if before.isdigit() or before in "_@.,:" and text[max(0, start - 2) : start - 1].isdigit():
        return None
    labelled = _read_labelled(text, start, start)
    if labelled is not None:
        return labelled
    series = None
    if before in BLANKS or before in "/-" or before.isalpha():
        series = _SERIES.search(text, max(floor, start - 24), start)
    if series is not None:
        found = _read_labelled(text, series.start(), start) or _read_series(text, series, start)
        if found is not None:
            return found
    if before.isalnum() or before in "/-":
        return None
    m = _ALONE.match(text, start)
    if m is not None:
        return TypedSpan("diary_number", start, m.end(), m[0])
    if end - start == 6:
        m = _ORG_NUMBER.match(text, start)
        if m is not None and is_org_number(m[0].translate(_SAME_MARK)):
            return TypedSpan("org_number", start, m.end(), m[0].translate(_SAME_MARK))
    return None


def _read_labelled(text: str, start: int, digit: int) -> TypedSpan | None:
    """The number that begins at ``start`` and has its first digit at ``digit``, where a label stands before it."""
    labels = _labels()
    if word_before(text, start).casefold().strip("().:") not in labels.last_words:
        return None
    label = labels.label.search(text, max(0, start - _LABEL_WINDOW), start)
    if label is None:
        return None
    is_case = label["case"] is not None
    m = (_LABELLED_CASE if is_case else _LABELLED_DIARY).match(text, digit)
    assert m is not None
    value = text[start : m.end()]
    if _NO_NUMBER.fullmatch(value) or not _is_number(value):
        return None
    if label["diary"] is not None and label["diary"].casefold() in labels.weak and not _FULL_YEAR.fullmatch(value):
        return None
    if not is_case and label["diary"].casefold() in labels.either and _NYPS.fullmatch(value):
        is_case = True
    return TypedSpan("case_id" if is_case else "diary_number", start, m.end(), _normalise(value))


def _is_number(value: str) -> bool:
    """Whether it may be a diary or case number: four digits, or two beside letters or marks."""
    digits = sum(c.isdigit() for c in value)
    return digits >= 4 or (digits >= 2 and any(c in "/-:." or c.isalpha() for c in value))


def _read_series(text: str, series: re.Match[str], start: int) -> TypedSpan | None:
    """A number without a label that follows the letters of a series."""
    labels = _labels()
    letters, joint = series["series"], series["joint"]
    if letters in labels.not_series or letters.upper() in labels.not_series:
        return None
    m = _PLAIN_NUMBER.match(text, start) if letters in labels.plain_series else None
    if m is None:
        m = _AFTER_SERIES.match(text, start)
        if m is None or not _is_series(letters, joint, m):
            return None
    return TypedSpan("diary_number", series.start(), m.end(), _normalise(text[series.start() : m.end()]))


def _is_series(letters: str, joint: str, m: re.Match[str]) -> bool:
    """Whether letters and number make a diary number and no span of years, date or school year."""
    capitals = sum(c.isupper() for c in letters)
    if m["class"] is not None:
        return capitals >= 2 and capitals == len(letters.replace("-", ""))  # RUN 6:14-2021
    if m["first"] is not None:
        # RUN/281/2022, REGAC-83-2026, REGAC 83-2026; but not "ERUF 2014-2020".
        same = joint == m["between"] or (joint != "" and joint in BLANKS and m["between"] == "-")
        in_capitals = capitals >= 2 and capitals == len(letters.replace("-", ""))
        return same and in_capitals and not 1990 <= int(m["first"]) <= 2050
    if m["short"] is not None:
        # RU22/0391, RUN 21/118, RUN/210114; digits alone need the stroke.
        return capitals >= 2 and capitals == len(letters) and (joint == "/" or not m["short"].isdigit())
    if capitals < 2 and not (joint == "" and len(letters) <= 2):
        return False
    number, length = int(m["number"]), len(m["number"])
    if m["mark"] == "-" and length == 2:
        # RUN 2021-44; but not "HT 2021-22", which is a span of years, and no date
        whole = m[0] == f"{m['year']}-{m['number']}" and 3 <= capitals == len(letters) <= 5
        return whole and not 0 <= number - int(m["year"]) % 100 <= 12
    if m["mark"] == "-":
        return length >= 3 and not (length == 4 and 1990 <= number <= 2050)
    return not (length == 4 and number == int(m["year"]) + 1)


def _normalise(number: str) -> str:
    return " ".join(number.split()).translate(_SAME_MARK)


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
