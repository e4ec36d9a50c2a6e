"""When a project begins and ends: periods, dates by their phrases, shifted ends, and the years that money is for."""

from __future__ import annotations

import re

from kg.extract.acts import Act
from kg.extract.frame import Found
from kg.extract.view import View
from kg.lexicon import Lexicon
from kg.model import Period, TypedSpan, Value


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
        if act.speaks_of_other(low, span.start):
            continue
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
            lead = view.text[max(low, span.start - 40) : span.start]
            for m in pattern.finditer(lead):
                if re.fullmatch(
                    r"\s*(?:den|vara|är|ska vara|till|att|i|in|on|from|under|redan i|senast i|:)?\s*(?:den)?\s*",
                    lead[m.end() :],
                ) and (loose or _is_period_context(view, lexicon, low, span.start)):
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


_LED = re.compile(r"\(\s*$|\bunder\s+(?:åren\s+)?$")
_SHIFTED = re.compile(
    r"\b(?:förläng\w*|flytta\w*|senareläg\w*|tidigareläg\w*|skjut\w*|avbryt\w*|avsluta\w*"
    r"|(?:slut|projekttid|projektperiod)\w*\b[^.;]{0,60}?\bändra\w*)"
    r"\b[^.;]{0,60}?\b(?:till(?:\s+och\s+med)?|per)\s+(?:den\s+)?$",
    re.IGNORECASE,
)
_FOR_YEAR = re.compile(r"\b(?:under|för|avser|år|året|verksamhetsåret|budgetåret)\s+(?:år(?:et)?\s+)?$", re.IGNORECASE)


_FROM = re.compile(r"[^.;]*\b(?:från|from)\s+(?:den\s+)?", re.IGNORECASE)


def _is_moved_from(view: View, lexicon: Lexicon, low: int, offset: int) -> bool:
    """Whether the date at ``offset`` is one that gives way to another: 'sluttiden flyttas från DATE till DATE'."""
    lead = view.text[max(low, offset - 110) : offset]
    moves = list(lexicon.pattern("dates", "join", "moves").finditer(lead))
    return bool(moves) and _FROM.fullmatch(lead, moves[-1].end()) is not None


def fill_shift(view: View, act: Act, low: int, high: int) -> None:
    """The new end of a project that is prolonged, put off or broken off."""
    for span in view.spans_in(low, high, "date"):
        if span.value.iso and _SHIFTED.search(view.text[max(low, span.start - 150) : span.start]):
            act.put(
                "end", Found(Value("date", span.value.iso), span.start, span.end, "period.phrase", span.start, span.end)
            )


def fill_years(view: View, act: Act, low: int, high: int) -> None:
    """The year or years that the money is for, where the decision names no period: 'för 2021'."""
    if {"start", "end"} & set(act.slots):
        return
    years = [s for s in view.spans_in(low, high, "date") if s.value.iso and not s.value.month]
    led = [s for s in years if _FOR_YEAR.search(view.text[max(low, s.start - 24) : s.start])]
    beside = [s for s in years if _beside_money(view, s, low, high)]
    chosen = beside if len(beside) > 1 else led
    if not chosen:
        return
    first = chosen[0]
    last = first
    for span in years:
        if span.start >= first.start and re.fullmatch(
            r"(?:\s*(?:,|och|samt|–|-)\s*(?:\d{4})?)*\s*|[^.;]*", view.text[last.end : span.start]
        ):
            joined = re.fullmatch(r"\s*(?:,|och|samt)\s*(?:år\s+)?", view.text[last.end : span.start]) is not None
            if joined or span in beside:
                last = span
    for prop, span in (("start", first), ("end", last)):
        act.put(
            prop, Found(Value("date", span.value.iso), first.start, last.end, "period.phrase", span.start, span.end)
        )


def _beside_money(view: View, span: TypedSpan, low: int, high: int) -> bool:
    before = view.spans_in(max(low, span.start - 40), span.start, "money")
    return (
        bool(before)
        and re.fullmatch(
            r"\s*(?:kronor|kr|tkr)?\s*(?:användas\s+|avser\s+|för\s+|under\s+|år\s+)*",
            view.text[before[-1].end : span.start],
        )
        is not None
    )


def _is_period_context(view: View, lexicon: Lexicon, low: int, offset: int) -> bool:
    return bool(
        re.search(
            r"projekt|insats|arbetet\s+påbörj|arbetet\s+start|pågå|bedriv|genomför|period|tid|användas|disponera",
            view.text[max(low, offset - 120) : offset + 60],
            re.IGNORECASE,
        )
    )
