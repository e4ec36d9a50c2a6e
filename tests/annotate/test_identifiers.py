"""Diary, case and organisation numbers, by label and by form, and what only looks like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.annotate.identifiers import find_identifiers, is_org_number


def read(text: str) -> list[tuple[str, str]]:
    return [(s.kind, s.value) for s in find_identifiers(text)]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Dnr: 22RS10518", "22RS10518"),
        ("(beslutades 2019-11-05, dnr 19RS9026).", "19RS9026"),
        ("Dnr\t22RS10518", "22RS10518"),
        ("Dnr: RUN/281/2022", "RUN/281/2022"),
        ("Svar till kontoren, RUN/281/2022", "RUN/281/2022"),
        ("Diarienummer: RJL 2016/2123", "RJL 2016/2123"),
        ("RJL\u00a02016/2123", "RJL 2016/2123"),
        ("(RUN 2022/0187)", "RUN 2022/0187"),
        ("RFÄ 2023/88", "RFÄ 2023/88"),
        ("RS 2020-0123", "RS 2020-0123"),
        ("HSN 2017-0123", "HSN 2017-0123"),
        ("VGR 2019-00123", "VGR 2019-00123"),
        ("KS/2021:123", "KS/2021:123"),
        ("20RK123", "20RK123"),
        ("Diarie-nr\tREGAC-83-2026", "REGAC-83-2026"),
        ("REGAC-83-2026", "REGAC-83-2026"),
        ("REGAC 83-2026", "REGAC 83-2026"),
        ("RUN 123-2020", "RUN 123-2020"),
        ("Dnr 408-2018", "408-2018"),
        ("Dnr 501-2207-2022", "501-2207-2022"),
        ("2.3.1-1234/2019", "2.3.1-1234/2019"),
        ("dnr 3.2.17-2019-00123", "3.2.17-2019-00123"),
        ("LTV 123456", "LTV 123456"),
        ("2021-01234", "2021-01234"),
        ("N2021/01234", "N2021/01234"),
        ("RU22/0391", "RU22/0391"),
        ("RUN/210114", "RUN/210114"),
        ("RUN 21/118", "RUN 21/118"),
        ("Our ref. F 2017-411", "F 2017-411"),
        ("Ärendenummer 2019/00123", "2019/00123"),
        ("Diarienr 20190114", "20190114"),
    ],
)
def test_reads_diary_numbers(text: str, number: str) -> None:
    assert read(text) == [("diary_number", number)]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Nyps 20378916", "20378916"),
        ("ÄrendeID\tNyps 20378916", "20378916"),
        ("Ärende-id (Nyps): 20365412", "20365412"),
        ("NYPS-id 205058", "205058"),
        ("(BioKust), ärende-id 20391177,", "20391177"),
        ("ÄrendeID: 20384410", "20384410"),
        ("Projekt-ID 20271234", "20271234"),
        ("Journalnummer 2019-1234", "2019-1234"),
        ("a) Jnr 2019-2204 Grönsaker", "2019-2204"),
        ("Case ID 20201015", "20201015"),
        ("Ärendenummer 20384410", "20384410"),
    ],
)
def test_reads_case_ids(text: str, number: str) -> None:
    assert read(text) == [("case_id", number)]


def test_a_case_number_is_one_wherever_it_stands() -> None:
    assert read("Nyps 20378916\nblad 2\n20378916  REGAC 83-2026") == [
        ("case_id", "20378916"),
        ("case_id", "20378916"),
        ("diary_number", "REGAC 83-2026"),
    ]


def test_the_span_leaves_the_label_out() -> None:
    text = "Dnr RUN 2022/0219   Ärende-id 20384410"
    assert [text[s.start : s.end] for s in find_identifiers(text)] == ["RUN 2022/0219", "20384410"]


@pytest.mark.parametrize(
    "text",
    [
        "PM 2022-12-14",
        "Dnr 2022-12-14",
        "Dnr\n2022",
        "ERUF 2014-2020",
        "RUS 2021-2027",
        "Sammanträde 2022-10-13",
        "HT 2022/2023",
        "SEK 2018/123",
        "EU 2021/1060",
        "408-2018",
        "3 747 690 kr",
        "AI 2017-2020",
        "COVID 19-2020",
        "Växtzon 2.0",
        "1:1-anslaget",
        "dnr saknas",
        "Ärende A",
        "den 30/4 2011",
        "2018-09-01",
        "NR 2022:31",
        "800101-1232",
        "19800101-1232",
        "021-17 30 00",
    ],
)
def test_what_is_no_identifier(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize("number", ["232100-0016", "202100-4011", "212000-0019"])
def test_reads_org_numbers(number: str) -> None:
    assert read(f"Org.nr {number}.") == [("org_number", number)]
    assert read(f"({number.replace('-', chr(0x2013))})") == [("org_number", number)]


@pytest.mark.parametrize("number", ["232100-0017", "811231-1236", "2321000016", "232100-001"])
def test_no_org_number_without_its_check_digit_and_form(number: str) -> None:
    assert not is_org_number(number)
    assert ("org_number", number) not in read(number)


def check_digit(nine: str) -> int:
    doubled = [int(c) * (2 - i % 2) for i, c in enumerate(nine)]
    return -sum(d - 9 if d > 9 else d for d in doubled) % 10


@given(st.integers(10, 99), st.integers(20, 99), st.integers(0, 99), st.integers(0, 999))
def test_org_numbers_come_back(first: int, month: int, third: int, fourth: int) -> None:
    head = f"{first:02d}{month:02d}{third:02d}"
    number = f"{head}-{fourth:03d}{check_digit(f'{head}{fourth:03d}')}"
    assert read(f"nummer {number} i registret") == [("org_number", number)]
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
    assert read(f"nummer {wrong} i registret") == []


@given(st.integers(0, 99), st.integers(1, 12), st.integers(1, 31), st.integers(0, 9999))
def test_personal_numbers_are_never_given(year: int, month: int, day: int, end: int) -> None:
    number = f"{year:02d}{month:02d}{day:02d}-{end:04d}"
    assert read(f"för {number} gäller") == []
    assert read(f"för 19{number} gäller") == []


@given(st.sampled_from(["RUN", "RS", "RJL", "KS", "RFÄ"]), st.integers(2000, 2030), st.integers(1, 1989))
def test_diary_numbers_come_back(series: str, year: int, number: int) -> None:
    for printed in (f"{series} {year}/{number:04d}", f"{series}/{number}/{year}", f"{series} {year}-{number:05d}"):
        assert read(f"(dnr {printed}).") == [("diary_number", printed)]
        assert read(f"beslutet {printed}.") == [("diary_number", printed)]


def test_a_series_with_year_and_a_short_number() -> None:
    assert [s.value for s in find_identifiers("Ärendet RUN 2021-44 avser skolåret HTA 2021-22.")] == ["RUN 2021-44"]
