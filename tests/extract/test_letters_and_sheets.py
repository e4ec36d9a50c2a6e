"""Letters of agencies, tables by tabs, sheets in English, and names that only the paper itself introduces."""

from __future__ import annotations

import pytest

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


def test_entries_with_full_stops_that_end_with_an_outcome() -> None:
    paper = facts(
        """
        LÄNSSTYRELSEN ÖREBRO LÄN                                      2014-04-29

        Beslut om bidrag till kulturmiljövård, lista

        1.  Örebro kommun. Bergsmansgården, nya tak. Beviljas 420 000 kr. (Dnr 434-1120-14)
        2.  Karlskoga kommun. Nobelstigen. Beviljas 150 000 kr av sökta 300 000 kr. (Dnr 434-1177-14)
        3.  Askersunds kommun. Sjöängens skyltar. Avslag, ansökan kom in för sent. (Dnr 434-1298-14)
        4.  Stiftelsen Nora Järnväg. Lokstall 1898. Bordläggs i väntan på förslag. (Dnr 434-1306-14)
        """
    )
    assert decided(paper, "outcome", "beneficiary", "amount_sek", "applied_amount_sek") == [
        ("Bergsmansgården, nya tak", "granted", "Örebro kommun", 420_000, None),
        ("Nobelstigen", "granted", "Karlskoga kommun", 150_000, 300_000),
        ("Sjöängens skyltar", "rejected", "Askersunds kommun", None, None),
        ("Lokstall 1898", "other", "Stiftelsen Nora Järnväg", None, None),
    ]


def test_rows_broken_within_words_and_heads_on_two_lines() -> None:
    paper = facts(
        """
        Region Blekinge
        Regionala utvecklingsnämnden 2022-11-16

        Beviljade utvecklingsbidrag

        Dnr            Sökande                    Projekt                            Beviljat
                                                                                     bidrag, kr
        2022/00412     Ronneby kommun             Kallinge flygcampus                 1 750 000
        2022/00418     Blekinge Tekniska          Ljudlandskap – hörsel i in-
                       Högskola                   dustrimiljö                           980 000
        2022/00439     Karlshamns kommun          Östersjöhallen digital                610 000
        """
    )
    assert decided(paper, "beneficiary", "amount_sek", "diary_number") == [
        ("Kallinge flygcampus", "Ronneby kommun", 1_750_000, "2022/00412"),
        ("Ljudlandskap – hörsel i industrimiljö", "Blekinge Tekniska Högskola", 980_000, "2022/00418"),
        ("Östersjöhallen digital", "Karlshamns kommun", 610_000, "2022/00439"),
    ]


def test_what_a_group_proposes_in_a_list_and_the_board_decides_otherwise() -> None:
    paper = facts(
        """
        KOMMUNALFÖRBUNDET SJUHÄRADSBYGDEN
        Direktionen                             PROTOKOLL                      2017-12-08

        § 94   Tillväxtmedel 2018

        Beredningsgruppen föreslår direktionen följande:

           1. Smart textil för äldre, Högskolan i Borås. Bifall, 1 300 tkr.
           2. Unga bygger, Tranemo kommun. Bifall, 275 tkr.

        Direktionen beslutar

        1. att bevilja Högskolan i Borås 1 300 tkr till projektet Smart textil för äldre, samt
        2. att bordlägga frågan om medel till projektet Unga bygger till nästa möte.

        Noteras att Smart textil för äldre bygger vidare på Marks kommuns projekt Kodstugan, som
        direktionen beviljade 150 tkr den 10 juni 2016.
        """
    )
    assert decided(paper, "outcome", "beneficiary", "amount_sek", "date") == [
        ("Smart textil för äldre", "granted", "Högskolan i Borås", 1_300_000, "2017-12-08"),
        ("Unga bygger", "other", "Tranemo kommun", None, "2017-12-08"),
        ("Kodstugan", "granted", None, 150_000, "2016-06-10"),
    ]


def test_a_study_that_shares_the_head_of_the_name_is_a_project_of_its_own() -> None:
    paper = facts(
        """
        Vinnova
        BESLUT

        Beslutsdatum   2022-06-21

        Sökande: Karlstads universitet
        Projekt: Papper som minns - sensorer i förpackningar

        Vinnova har beslutat att avslå er ansökan om bidrag på 6 480 000 kronor.

        Projektet var tänkt som steg 2 efter Papper som minns - idéstudie (dnr 2020-03377), till vilken Vinnova
        beviljade 500 000 kronor den 8 december 2020.

        Beslutet i detta ärende har fattats av enhetschefen.
        """
    )
    assert decided(paper, "outcome", "deciding_body", "amount_sek", "diary_number") == [
        ("Papper som minns - sensorer i förpackningar", "rejected", "Enhetschefen", None, None),
        ("Papper som minns - idéstudie", "granted", None, 500_000, "2020-03377"),
    ]
    assert [(link["project"], link["predecessor"]) for link in paper["lineage"]] == [
        ("Papper som minns - sensorer i förpackningar", "Papper som minns - idéstudie")
    ]


@pytest.mark.parametrize(
    "moved",
    [
        "sluttiden för Lärkans gränd flyttas från 2025-10-31 till 2026-04-30",
        "sluttiden för Lärkans gränd ändras från den 31 oktober 2025 till den 30 april 2026",
        "projektet Lärkans gränd förlängs från 2025-10-31 till 2026-04-30",
    ],
)
def test_an_end_that_is_moved_is_no_start(moved: str) -> None:
    paper = facts(
        "Region Halland\nDnr RS 2024/17\n2025-03-04\n\nÄndrad projekttid för Lärkans gränd\n\nBeslut\n\n"
        f"Regionala utvecklingsnämnden beslutar att {moved}.\n"
    )
    assert decided(paper, "start", "end") == [("Lärkans gränd", None, "2026-04-30")]
