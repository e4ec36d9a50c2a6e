"""When a project begins and ends: periods, dates by their phrases, shifted ends, and the years that money is for."""

from __future__ import annotations

from kg.extract.acts import Act
from kg.extract.frame import Found
from kg.extract.view import View
from kg.lexicon import Lexicon, shape
from kg.model import Period, TypedSpan, Value

_BEFORE_DATE = shape("periods", "before_date")


def fill_period(view: View, lexicon: Lexicon, act: Act, low: int, high: int, *, loose: bool = False) -> None:
    """Start and end from periods and dates with their phrases within ``low:high``."""
    if not view.spans_in(low, high, "period", "date"):
        return
    cues = lexicon.pattern("roles", "period", "before")
    for span in view.spans_in(low, high, "period"):
        value: Period = span.value
        lead = view.text[max(low, span.start - 70) : span.start]
        if (
            not loose
            and not cues.search(lead)
            and not (_LED.search(lead) and (act.outcome != "other" or lead.rstrip().endswith("(")))
        ):
            continue
        if act.speaks_of_other(low, span.start) or _is_in_name(act, span):
            continue
        told = value.start is not None and value.end is not None and value.start.month and value.end.month
        if told and cues.search(lead) and not _speaks_of_money(view, low, span.start):
            _drop_years(act)  # 'för 2021–2022' of the money, 'projektet löper den 1 maj 2021 till ...' of the project
        for prop, part in (("start", value.start), ("end", value.end)):
            if part is not None and part.iso:
                act.put(
                    prop,
                    Found(Value("date", part.iso), span.start, span.end, "period.phrase", span.start, span.end),
                )
    for prop in ("start", "end"):
        pattern = lexicon.pattern("roles", "period", prop)
        for span in view.spans_in(low, high, "date"):
            if not span.value.iso or _is_moved_from(view, lexicon, low, span.start):
                continue
            begin = max(low, span.start - 40)
            lead = view.text[begin : span.start]
            if pattern.search(view.text, begin, span.start) is None or (prop == "end" and _REPORTED.search(lead)):
                continue
            for m in pattern.finditer(lead):
                if _BEFORE_DATE.fullmatch(lead[m.end() :]) and (
                    loose or _is_period_context(view, lexicon, low, span.start)
                ):
                    act.put(
                        prop,
                        Found(
                            Value("date", span.value.iso),
                            span.start - len(lead) + m.start(),
                            span.end,
                            "period.phrase",
                            span.start,
                            span.end,
                        ),
                    )


_MONEY = shape("periods", "money")


def _speaks_of_money(view: View, low: int, offset: int) -> bool:
    return _MONEY.search(view.text, low, offset) is not None


def _drop_years(act: Act) -> None:
    """Leave bare years of a decision to days and months that its matter tells of the project."""
    for prop in ("start", "end"):
        found = act.slots.get(prop)
        if found is not None and len(found.value.lexical) == _YEAR and found.rule.startswith("period."):
            del act.slots[prop]


_LONGEST_NAME, _YEAR = 160, 4


def _is_in_name(act: Act, span: TypedSpan) -> bool:
    """Whether years are part of a project's name or stand right behind it ('Innovationslyftet 2024-2026'): they hold
    where nothing finer is said."""
    if any(part is not None and part.month for part in (span.value.start, span.value.end)):
        return False
    named = act.mentions(max(0, span.start - _LONGEST_NAME), span.end + 1)
    return any(m.start < span.start and m.end >= span.start - 1 for m in named)


_REPORTED = shape("periods", "reported")
_LED = shape("periods", "led")
_SHIFTED = shape("periods", "shifted")
_FOR_YEAR = shape("periods", "for_year")
_IN_YEAR = shape("periods", "in_year")


_FROM = shape("periods", "from")


def _is_moved_from(view: View, lexicon: Lexicon, low: int, offset: int) -> bool:
    """Whether the date at ``offset`` is one that gives way to another: 'sluttiden flyttas från DATE till DATE'."""
    moves = list(lexicon.pattern("dates", "join", "moves").finditer(view.text, max(low, offset - 110), offset))
    return bool(moves) and _FROM.fullmatch(view.text, moves[-1].end(), offset) is not None


def is_shifted(view: View, low: int, offset: int) -> bool:
    """Whether the words before the offset say that an end is moved to what follows."""
    return _SHIFTED.search(view.text[max(low, offset - 150) : offset]) is not None


def fill_shift(view: View, act: Act, low: int, high: int) -> None:
    """The new end of a project that is prolonged, put off or broken off."""
    for span in view.spans_in(low, high, "date"):
        if span.value.iso and is_shifted(view, low, span.start):
            act.put(
                "end", Found(Value("date", span.value.iso), span.start, span.end, "period.phrase", span.start, span.end)
            )


_YEARS_BETWEEN = shape("periods", "years_between")
_JOINT = shape("periods", "joint")


def fill_years(view: View, act: Act, low: int, high: int) -> None:
    """The year or years that the money is for, where the decision names no period: 'för 2021'."""
    if {"start", "end"} & set(act.slots):
        return
    years = [s for s in view.spans_in(low, high, "date") if s.value.iso and not s.value.month]
    led = [s for s in years if _FOR_YEAR.search(view.text[max(low, s.start - 24) : s.start])]
    told = [t for t in act.triggers if t.tense == "past" and low <= t.start < high]
    led = [s for s in led if not any(_IN_YEAR.search(view.text, t.end, s.start) for t in told)]  # 'beviljades år 2019'
    beside = [s for s in years if _beside_money(view, s, low, high)]
    chosen = beside if len(beside) > 1 else led
    if not chosen:
        return
    first = chosen[0]
    last = first
    for span in years:
        if span.start >= first.start and _YEARS_BETWEEN.fullmatch(view.text[last.end : span.start]):
            joined = _JOINT.fullmatch(view.text[last.end : span.start]) is not None
            if joined or span in beside:
                last = span
    for prop, span in (("start", first), ("end", last)):
        act.put(
            prop, Found(Value("date", span.value.iso), first.start, last.end, "period.phrase", span.start, span.end)
        )


_FOR_YEARS = shape("periods", "for_years")


def _beside_money(view: View, span: TypedSpan, low: int, high: int) -> bool:
    before = view.spans_in(max(low, span.start - 40), span.start, "money")
    return bool(before) and _FOR_YEARS.fullmatch(view.text[before[-1].end : span.start]) is not None


_CONTEXT = shape("periods", "context")


def _is_period_context(view: View, lexicon: Lexicon, low: int, offset: int) -> bool:
    return bool(_CONTEXT.search(view.text[max(low, offset - 120) : offset + 60]))
