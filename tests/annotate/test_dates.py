"""Dates and periods: every printed form, no day, month or year invented, and what only looks like a date."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.annotate.dates import find_dates
from kg.model import PartialDate, Period, TypedSpan

MONTHS = [
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
]


def show(value: PartialDate | Period | None) -> str:
    """A date as it is written in ISO 8601, a period with two stops; a date without its year begins with dashes."""
    if value is None:
        return ""
    if isinstance(value, Period):
        return f"{show(value.start)}..{show(value.end)}"
    return value.iso or f"--{value.month:02d}-{value.day:02d}"


def read(text: str) -> list[tuple[str, str]]:
    return [(text[s.start : s.end], show(s.value)) for s in find_dates(text)]


@pytest.mark.parametrize(
    ("text", "quote", "iso"),
    [
        ("möte 2022-12-14.", "2022-12-14", "2022-12-14"),
        ("2022.12.14", "2022.12.14", "2022-12-14"),
        ("inkommen 20161020,", "20161020", "2016-10-20"),
        ("14/12 2022", "14/12 2022", "2022-12-14"),
        ("14.12.2022", "14.12.2022", "2022-12-14"),
        ("Den 6 december 2017 möttes", "6 december 2017", "2017-12-06"),
        ("16 dec 2019", "16 dec 2019", "2019-12-16"),
        ("den 1:a maj 2022", "1:a maj 2022", "2022-05-01"),
        ("DEN 9 OKTOBER 2019", "9 OKTOBER 2019", "2019-10-09"),
        ("8\u00a0februari 2018", "8\u00a0februari 2018", "2018-02-08"),
        ("den 17 oktober.", "17 oktober", "--10-17"),
        ("den 14/12 avslogs", "14/12", "--12-14"),
        ("till mars 2023", "mars 2023", "2023-03"),
        ("December 2020", "December 2020", "2020-12"),
        ("on 1 January 2022;", "1 January 2022", "2022-01-01"),
        ("October 1, 2018", "October 1, 2018", "2018-10-01"),
        ("January 2021", "January 2021", "2021-01"),
        ("2023-03", "2023-03", "2023-03"),
        ("hösten 2019", "2019", "2019"),
        ("lades ned 2017.", "2017", "2017"),
        ("senast 2026-02-28", "2026-02-28", "2026-02-28"),
        ("tidigast 2023-03-01", "2023-03-01", "2023-03-01"),
        ("förlängs till 2022-12-31", "2022-12-31", "2022-12-31"),
        ("2021-03-09T15:01", "2021-03-09", "2021-03-09"),
        ("beslutet från den 2 maj 2022", "2 maj 2022", "2022-05-02"),
        ("Under 2019 450 000 kr", "2019", "2019"),
    ],
)
def test_reads_dates(text: str, quote: str, iso: str) -> None:
    assert read(text) == [(quote, iso)]
    assert [s.kind for s in find_dates(text)] == ["date"]


@pytest.mark.parametrize(
    ("text", "quote", "period"),
    [
        ("åren 2018–2021,", "2018–2021", "2018..2021"),
        ("(2017-2020, beviljat", "2017-2020", "2017..2020"),
        ("2014–20", "2014–20", "2014..2020"),
        ("läsåret 2018/2019", "2018/2019", "2018..2019"),
        ("2016-11-01 – 2019-12-31", "2016-11-01 – 2019-12-31", "2016-11-01..2019-12-31"),
        ("2026-07-01 - 2029-03-31", "2026-07-01 - 2029-03-31", "2026-07-01..2029-03-31"),
        ("2017-01-01–2020-06-01.", "2017-01-01–2020-06-01", "2017-01-01..2020-06-01"),
        ("2024-10-01– 2026-03-31", "2024-10-01– 2026-03-31", "2024-10-01..2026-03-31"),
        ("2018-09-01 till 2021-12-31", "2018-09-01 till 2021-12-31", "2018-09-01..2021-12-31"),
        ("2018-09-01 t.o.m. 2021-12-31", "2018-09-01 t.o.m. 2021-12-31", "2018-09-01..2021-12-31"),
        ("1 januari 2020 till 28 februari 2023", "1 januari 2020 till 28 februari 2023", "2020-01-01..2023-02-28"),
        ("1 januari 2020 – 31 januari 2023", "1 januari 2020 – 31 januari 2023", "2020-01-01..2023-01-31"),
        ("1 september 2023–31 augusti 2026", "1 september 2023–31 augusti 2026", "2023-09-01..2026-08-31"),
        ("från den 1 mars 2014 till den 30 juni 2015", "1 mars 2014 till den 30 juni 2015", "2014-03-01..2015-06-30"),
        ("från januari 2021 till och med mars 2023", "januari 2021 till och med mars 2023", "2021-01..2023-03"),
        ("January 2021 - March 2023", "January 2021 - March 2023", "2021-01..2023-03"),
        ("1 April 2020 to 30 September 2022", "1 April 2020 to 30 September 2022", "2020-04-01..2022-09-30"),
        ("mellan 2018 och 2021", "2018 och 2021", "2018..2021"),
        ("1 mars–30 juni 2019", "1 mars–30 juni 2019", "2019-03-01..2019-06-30"),
        ("mars–augusti 2022", "mars–augusti 2022", "2022-03..2022-08"),
        ("20210101-20231231", "20210101-20231231", "2021-01-01..2023-12-31"),
        ("1/1-31/12 2023", "1/1-31/12 2023", "2023-01-01..2023-12-31"),
        ("1/1 2021 – 31/12 2023", "1/1 2021 – 31/12 2023", "2021-01-01..2023-12-31"),
        ("2021-01-01 -- 2023-12-31", "2021-01-01 -- 2023-12-31", "2021-01-01..2023-12-31"),
        ("våren 2021–hösten 2022", "2021–hösten 2022", "2021..2022"),
        ("jan 2021–dec 2023", "jan 2021–dec 2023", "2021-01..2023-12"),
        ("8–9 mars 2018", "8–9 mars 2018", "2018-03-08..2018-03-09"),
        ("till och med den 31 december 2021.", "till och med den 31 december 2021", "..2021-12-31"),
        ("dock längst till och med 2021", "till och med 2021", "..2021"),
        ("t.o.m. 2021", "t.o.m. 2021", "..2021"),
        ("medel från och med 2023.", "från och med 2023", "2023.."),
        ("fr.o.m. 2023", "fr.o.m. 2023", "2023.."),
        ("IT-spåret får från 2023 max", "från 2023", "2023.."),
        ("från och med hösten 2020", "från och med hösten 2020", "2020.."),
    ],
)
def test_reads_periods(text: str, quote: str, period: str) -> None:
    assert read(text) == [(quote, period)]
    assert [s.kind for s in find_dates(text)] == ["period"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2015 och 2016", [("2015", "2015"), ("2016", "2016")]),
        ("den 8 och 9 mars 2018", [("8", "2018-03-08"), ("9 mars 2018", "2018-03-09")]),
        ("flyttas från 2025-10-31 till 2026-04-30", [("2025-10-31", "2025-10-31"), ("2026-04-30", "2026-04-30")]),
        ("2021–2018", [("2021", "2021")]),
        ("1 november–31 mars 2020", [("1 november–31 mars 2020", "--11-01..2020-03-31")]),
        ("siffror från 2018", [("2018", "2018")]),
        (
            "öppnar den 1 oktober 2018 och stänger den 18 december",
            [("1 oktober 2018", "2018-10-01"), ("18 december", "--12-18")],
        ),
    ],
)
def test_dates_beside_dates(text: str, found: list[tuple[str, str]]) -> None:
    assert read(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "2023-02-30",
        "2023-13-01",
        "den 31 april 2022",
        "20221345",
        "årsskiftet 2022/2023",
        "2020/21",
        "2020-talet",
        "408-2018",
        "2 219 230",
        "2019 000 kr",
        "2000 kronor",
        "2000 personer",
        "1:1 2:3",
        "3 may",
        "22-2018",
        "v2018",
        "2018x",
        "12018",
        "2022/0187",
        "20181",
        "mars",
        "2003:596",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert read(text) == []


def test_no_date_is_read_in_what_is_taken() -> None:
    text = "REGAC-83-2026 den 2026"
    assert [text[s.start : s.end] for s in find_dates(text, [TypedSpan("diary_number", 0, 13, "")])] == ["2026"]


DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2050, 12, 31))
FORMS = [
    lambda d: d.isoformat(),
    lambda d: f"{d.day} {MONTHS[d.month - 1]} {d.year}",
    lambda d: f"den {d.day} {MONTHS[d.month - 1][:3]} {d.year}",
    lambda d: f"{d.day}/{d.month} {d.year}",
    lambda d: d.strftime("%Y%m%d"),
]


@given(DAYS, st.sampled_from(FORMS))
def test_dates_come_back(day: date, form) -> None:  # type: ignore[no-untyped-def]
    (span,) = find_dates(f"beslut {form(day)}, dock")
    assert span.value == PartialDate(day.year, day.month, day.day)


@given(DAYS, DAYS, st.sampled_from(FORMS[:2]), st.sampled_from([" – ", "–", " till ", " till och med ", " t.o.m. "]))
def test_periods_come_back(first: date, last: date, form, join: str) -> None:  # type: ignore[no-untyped-def]
    first, last = sorted((first, last))
    (span,) = find_dates(f"perioden {form(first)}{join}{form(last)}.")
    assert show(span.value) == f"{first}..{last}"


@given(st.integers(1, 31), st.integers(1, 12), st.integers(1990, 2050))
def test_no_day_is_given_that_the_calendar_lacks(day: int, month: int, year: int) -> None:
    for span in find_dates(f"{year}-{month:02d}-{day:02d} eller {day} {MONTHS[month - 1]} {year}"):
        date(span.value.year, span.value.month, span.value.day)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Projekttid: 01/2022 - 12/2024.", "2022-01", "2024-12"),
        ("Pågår 1 mars 2022 till sista juni 2023", "2022-03-01", "2023-06-30"),
        ("fr.o.m. april 2021 t.o.m. sista dagen i februari 2024", None, "2024-02-29"),
    ],
)
def test_months_by_number_and_the_last_day_of_a_month(text: str, start: str | None, end: str) -> None:
    periods = [s.value for s in find_dates(text) if s.kind == "period"]
    assert end in [p.end.iso for p in periods if p.end is not None]
    assert start is None or start in [p.start.iso for p in periods if p.start is not None]
