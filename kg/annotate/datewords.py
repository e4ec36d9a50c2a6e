"""The patterns of dates and periods that hold vocabulary, compiled from ``dates.toml`` and ``units.toml``."""

from __future__ import annotations

import re
from functools import cache

from kg.annotate.grammar import BLANK, DASH, alternatives, words


class DatePatterns:
    """The patterns that hold vocabulary, compiled once."""

    def __init__(self) -> None:
        table, short = words("dates", "months"), words("dates", "short")
        self.months = {name: int(n) for source in (table, short) for n, names in source.items() for name in names}
        self.full = frozenset(self.months) - {name for names in short.values() for name in names}
        b = BLANK
        month = rf"(?P<month>{alternatives(self.months)})"
        any_month = month.replace("?P<month>", "?:")
        ordinal = r"(?::?[ae]|\.|st|nd|rd|th|de)?"
        year_word = rf"(?:(?:{alternatives(words('dates', 'years', 'word'))}){b})?"
        english_day = rf"(?:(?P<day>\d\d?)(?:st|nd|rd|th)?,{b})?"
        self._compile_joins(b, month, any_month, ordinal)
        self.day = _compile(
            rf"(?P<day>\d\d?){ordinal}{b}{{1,2}}(?:of{b})?{month}(?!\w)\.?"
            rf"(?:,?{b}{{1,2}}{year_word}(?P<year>\d{{4}})(?![\w/]))?"
        )
        self.month_first = _compile(rf"(?<!\w){month}\.?{b}{{1,2}}{year_word}{english_day}$")
        self.month_year = _compile(rf"{month}\.?{b}{{1,2}}{year_word}{english_day}(?P<year>\d{{4}})(?!\w)(?!{DASH}\d)")
        self._compile_openings(b)
        units = [w for part in ("joined", "scales", "currencies") for row in words("units", part) for w in row["words"]]
        counted = alternatives([*units, *words("units", "counts", "words"), "%", "procent"])
        self.counted = _compile(rf"{b}{{0,2}}(?:{counted})(?!\w)")
        currencies = alternatives([w for row in words("units", "currencies") for w in row["words"]])
        self.base_unit = _compile(rf"{b}{{0,2}}(?:{currencies})(?!\w)")

    def _compile_joins(self, b: str, month: str, any_month: str, ordinal: str) -> None:
        """What stands between the two ends of a period."""
        keys = ("words", "conditional", "openers", "lead", "moves", "from")
        join_words, conditional, openers, lead_words, moves, source = (
            alternatives(words("dates", "join", key)) for key in keys
        )
        lead = rf"(?:(?:{lead_words}){b}{{1,2}})*"
        join = (
            rf"(?:{b}?{DASH}{{1,2}}{b}?|,?{b}{{1,2}}(?:{join_words}){b}{{1,2}}"
            rf"|(?P<conditional>{b}(?:{conditional}){b}))"
        )
        self.join = _compile(join + lead)
        self.month_join = _compile(rf"(?<!\w)(?:(?P<day>\d\d?){ordinal}{b})?{month}\.?{join}$")
        self.day_join = _compile(
            rf"(?P<day>\d\d?){ordinal}(?P<join>{join}|{b}?[,&]{b}?){lead}"
            rf"(?=\d\d?{ordinal}{b}{{1,2}}{any_month}(?!\w))"
        )
        self.opener = _compile(rf"(?<!\w)(?:{openers}){b}{lead}$")
        self.moved = _compile(rf"(?<!\w)(?:{moves})(?!\w)[^.;\n\t]{{0,60}}?(?<!\w)(?:{source}){b}{lead}$")

    def _compile_openings(self, b: str) -> None:
        """What stands before a half-open period."""
        until, since, plain, leads = (
            alternatives(words("dates", "open", k)) for k in ("until", "since", "since_plain", "lead")
        )
        lead = rf"(?:(?:{leads}){b}{{1,2}})*$"
        self.until = _compile(rf"(?<!\w)(?:{until}){b}{{1,2}}{lead}")
        self.since = _compile(rf"(?<!\w)(?:{since}){b}{{1,2}}{lead}")
        self.since_plain = _compile(rf"(?:(?<!\w)(?P<noun>\w+){b})?(?<!\w)(?P<since>(?:{plain}){b}{{1,2}}{lead})")
        self.dated = frozenset(words("dates", "open", "dated"))
        self.turns = _compile(rf"(?<!\w)(?:{alternatives(words('dates', 'years', 'turns'))}){b}$")


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


@cache
def date_patterns() -> DatePatterns:
    """The patterns of the package's lexicon."""
    return DatePatterns()
