"""Letters of agencies, tables by tabs, sheets in English, and names that only the paper itself introduces."""

from __future__ import annotations

from tests.extract.lists import decided, facts, paid


def test_a_table_divided_by_tabs_with_missing_last_cells() -> None:
    paper = facts(
        "Länsstyrelsen i Kalmar län\n\nLänsstyrelsen har den 3 maj 2022 fattat beslut enligt tabellen.\n\n"
        "Nr\tKommun\tÅtgärd\tKostnad\tSökt\tBeslutat\tKommentar\n"
        "1\tOskarshamn\tFigeholms fågeltorn\t640 000\t320 000\t320 000\n"
        "2\tVästervik\tVåtmark Loftahammar\t1 110 000\t999 000\t810 000\tMarkköp godkänns inte\n"
        "3\tVästervik\tPollineringsplan\t180 000\t90 000\t0\tAvslag, redan påbörjad\n"
        "\tSumma\t\t1 930 000\t1 409 000\t1 130 000\n"
    )
    assert decided(paper, "outcome", "applied_amount_sek", "amount_sek", "total_budget_sek", "municipalities") == [
        ("Figeholms fågeltorn", "granted", 320_000, 320_000, 640_000, ["Oskarshamn"]),
        ("Våtmark Loftahammar", "granted", 999_000, 810_000, 1_110_000, ["Västervik"]),
        ("Pollineringsplan", "rejected", 90_000, None, 180_000, ["Västervik"]),
    ]


def test_a_grant_taken_back_from_an_addressee_that_no_register_knows() -> None:
    paper = facts(
        """
        Länsstyrelsen i Dalarnas län

        2020-06-11
        Dnr 604-1873-2020

        Byalaget Höga bergets topp


        Beslut om återkrav av stöd

        Beslut

        Länsstyrelsen upphäver delvis beslutet av den 23 maj 2017 om stöd till projektet Mötesplats Lima och kräver
        tillbaka 412 300 kronor av Byalaget Höga bergets topp.

        Redogörelse

        Genom beslut den 23 maj 2017 (dnr 602-3120-2017) beviljade Länsstyrelsen Byalaget Höga bergets topp
        projektstöd med 1 260 000 kronor för Mötesplats Lima.

        Skäl för beslutet

        Åtagandet har inte fullgjorts. Beslutet har fattats av landsbygdsdirektören.
        """
    )
    assert decided(paper, "outcome", "amount_sek", "date", "diary_number", "beneficiary", "deciding_body") == [
        (
            "Mötesplats Lima",
            "other",
            412_300,
            "2020-06-11",
            "604-1873-2020",
            "Byalaget Höga bergets topp",
            "Landsbygdsdirektören",
        ),
        ("Mötesplats Lima", "granted", 1_260_000, "2017-05-23", "602-3120-2017", "Byalaget Höga bergets topp", None),
    ]


def test_a_grant_shared_among_parties_and_financiers_with_sums_in_brackets() -> None:
    paper = facts(
        """
        Energimyndigheten
        BESLUT
        Datum  2022-02-09

        Projekttitel
        Kyla ur sjön

        Beslut

        Energimyndigheten beslutar att bevilja stöd med högst 1 500 000 kr till projektet. Stödet fördelas på följande
        parter:

        Chalmers tekniska högskola             900 000 kr
        Borås Energi och Miljö AB              600 000 kr

        Projektets övriga finansiärer är Borås Energi och Miljö AB (700 000 kr), Kylföretagen Sverige (600 000 kr) och
        Mölndal Energi AB, som bidrar med eget arbete värt 500 000 kr.
        """
    )
    assert decided(paper, "amount_sek", "partners") == [
        ("Kyla ur sjön", 1_500_000, ["Chalmers tekniska högskola", "Borås Energi och Miljö AB"])
    ]
    assert paid(paper) == [
        ("Kyla ur sjön", "Energimyndigheten", 1_500_000),
        ("Kyla ur sjön", "Borås Energi och Miljö AB", 700_000),
        ("Kyla ur sjön", "Kylföretagen Sverige", 600_000),
        ("Kyla ur sjön", "Mölndal Energi AB", 500_000),
    ]


def test_sums_in_euro_that_the_paper_tells_once_are_left_alone() -> None:
    paper = facts(
        """
        INTERREG AURORA 2021-2027

        The Steering Committee Aurora met on 23 May 2024 and approved two projects. All sums are in EUR.

        1. COLDCHARGE
        Lead partner: Umeå University
        Partners: UiT The Arctic University of Norway
        Total budget: 1 948 220

        2. NEXT NORDIC NURSE
        Lead partner: Region Västerbotten
        Partners: Umeå University
        Total budget: 1 210 500
        Summary: The project is the successor of Nordic Nurse and uses its platform.
        """
    )
    assert decided(paper, "total_budget_sek", "partners", "date") == [
        ("COLDCHARGE", None, ["UiT The Arctic University of Norway"], "2024-05-23"),
        ("Next nordic nurse", None, ["Umeå universitet"], "2024-05-23"),
    ]
    assert [link["predecessor"] for link in paper["lineage"]] == ["Nordic Nurse"]
