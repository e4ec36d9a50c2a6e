"""Numbers that say nothing of a case, each left alone by a rule with a name."""

from __future__ import annotations

import pytest

from kg.annotate.ignored import find_ignored
from kg.model import TypedSpan


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Tel: + 46 (0)90-785 00 00 info@exempel.se", [("46 (0)90-785 00 00", "phone"), ("info@exempel.se", "email")]),
        ("Telefon 021-17 30 00", [("021-17 30 00", "phone")]),
        ("08-123 456 78", [("08-123 456 78", "phone")]),
        ("901 89 Umeå", [("901 89", "postcode")]),
        ("Box 1000, 632 00 Eskilstuna", [("1000", "box_number"), ("632 00", "postcode")]),
        ("Visborgsallén 19, 621 81 Visby", [("19", "street_number"), ("621 81", "postcode")]),
        ("30118 HALMSTAD", [("30118", "postcode")]),
        ("bg 123-4567", [("123-4567", "giro")]),
        ("https://exempel.se/2020/1 och", [("https://exempel.se/2020/1", "url")]),
        ("19800101-1232", [("19800101-1232", "personal_number")]),
        ("556677-0000", [("556677-0000", "unverified_org_number")]),
        ("Sida 1 (2)", [("1 (2)", "page_number")]),
        ("1(3)", [("1(3)", "page_number")]),
        ("Sida 1 av 2", [("1 av 2", "page_number")]),
        ("Sid 11", [("11", "page_number")]),
        ("s. 9", [("9", "page_number")]),
        ("§ 161 Medfinansiering", [("161", "paragraph_number")]),
        ("2 kap. 45 § lagen", [("2", "paragraph_number"), ("45", "reference_number")]),
        ("förordningen (2003:596)", [("2003:596", "statute")]),
        ("förordning (EU) 2021/1060", [("2021/1060", "statute")]),
        ("kl. 09:00–11:50", [("09:00–11:50", "clock")]),
        ("15.30–16.00", [("15.30–16.00", "clock")]),
        ("kl 17.00", [("17.00", "clock")]),
        ("2021-03-09 15:01", [("15:01", "clock")]),
        (
            "1. Projektet\n2) Medlen\n2.1 Mål\n3 Bakgrund",
            [("1.", "list_marker"), ("2)", "list_marker"), ("2.1", "list_marker"), ("3", "list_marker")],
        ),
        ("punkterna 1 och 3", [("1 och 3", "reference_number")]),
        ("etapp 2, fas 3", [("2", "reference_number"), ("3", "reference_number")]),
        ("insatsområde 1", [("1", "reference_number")]),
        ("delprioritering 1.2 Digitalisering", [("1.2", "reference_number")]),
        ("Agenda 2030", [("2030", "named_year")]),
        ("Drivkraft 2.0 med", [("2.0", "version")]),
        ("ADDIFAB 4.0.", [("4.0", "version")]),
        ("Verkstad 1.1", [("1.1", "version")]),
    ],
)
def test_names_the_rule(text: str, found: list[tuple[str, str]]) -> None:
    assert [(text[start:end], rule) for start, end, rule in find_ignored(text)] == found


@pytest.mark.parametrize(
    "text",
    [
        "450",
        "13 250 000",
        "751 25 kronor",
        "100 00 Mkr",
        "2 200 000 kr",
        "1.5 miljoner",
        "3 Mkr",
        "12 företag deltog",
        "punkt 2 200 000 kr",
        "del 3 %",
        "2022-12-14",
        "6 av 8",
        "Summa 15.0 mkr",
        "20 (10)",
        "(1 av)",
        "2018–2021",
    ],
)
def test_leaves_amounts_and_dates(text: str) -> None:
    assert list(find_ignored(text)) == []


def test_leaves_what_is_taken() -> None:
    text = "Ärende-id 021-17 30 00"
    assert list(find_ignored(text, [TypedSpan("case_id", 10, 22, "")])) == []
