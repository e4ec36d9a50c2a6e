"""Budgets in lines of one cell, tables side by side, memos that open with what they propose, and what is told once for
several projects or decisions."""

from __future__ import annotations

import pytest

from tests.extract.lists import decided, facts, paid

LETTER = """
TILLVÄXTVERKET

BESLUT OM STÖD

Diarienummer
Ä 2023-1187
Beslutsdatum
2023-06-15
Stödmottagare
Ekby kommun
Projektnamn
Gjuteriet i Ekby
Projektperiod
1 augusti 2023–31 juli 2026

Beslut

Tillväxtverket beviljar Ekby kommun stöd med 40 procent av projektets godkända kostnader. {ceiling} 6 400 000 kronor.
"""
BUDGET = """
Budget

Kostnadsslag
Belopp (kr)
Personal
9 200 000
Externa tjänster
6 300 000
Bidrag i annat
än pengar
500 000
Summa
16 000 000

Finansiär
Belopp (kr)
Tillväxtverket
6 400 000
Region Gävleborg
6 800 000
Sandvikens kommun
2 800 000
Summa
16 000 000

Skäl för beslutet

Budgeten är skälig.
"""


@pytest.mark.parametrize(
    "ceiling",
    [
        "Stödet kan aldrig bli större än",
        "Bidraget får inte överstiga",
        "Stödet begränsas till",
        "Stödet är maximerat till",
        "Bidraget får som mest uppgå till",
    ],
)
def test_the_ceiling_of_a_grant_is_told_in_a_sentence_of_its_own(ceiling: str) -> None:
    assert decided(facts(LETTER.format(ceiling=ceiling)), "amount_sek", "share_percent") == [
        ("Gjuteriet i Ekby", 6400000, 40.0)
    ]


def test_a_budget_in_lines_of_one_cell_has_payers_and_a_total() -> None:
    paper = facts(LETTER.format(ceiling="Stödet är högst") + BUDGET)
    assert decided(paper, "total_budget_sek") == [("Gjuteriet i Ekby", 16000000)]
    assert {row[1:] for row in paid(paper)} == {
        ("Tillväxtverket", 6400000),
        ("Region Gävleborg", 6800000),
        ("Sandvikens kommun", 2800000),
    }


def test_marks_of_criteria_in_lines_of_one_cell_pay_for_nothing() -> None:
    marks = "\nKriterium\nPoäng\nProblem och behov\n4\nFörändring\n3\nBudget\n3\nSumma\n10\n\nSlut på bedömningen.\n"
    assert not [row for row in paid(facts(LETTER.format(ceiling="Stödet är högst") + marks)) if row[2] in (3, 4, 10)]


def test_costs_and_payers_side_by_side_are_two_tables() -> None:
    paper = facts(
        """
        Ekby kommun                                         2020-11-03
        Kommunledningskontoret                              KS/2020:417

        Ansökan om medfinansiering – Robot i rullstol

        Förslag till beslut

        Ansökan om medfinansiering av projektet Robot i rullstol avslås.

        Ärendebeskrivning

        Högskolan Dalarna har begärt 600 000 kronor av kommunen till Robot i rullstol. Projektet ska pågå från januari
        2021 till december 2023. Vinnova beviljade projektet 3 000 000 kronor den 22 september 2020. Kommunen satsar
        redan 4,2 miljoner kronor om året på avtalet med högskolan, och kommunen finansierar inte forskning.

        Kostnadsslag                   Kronor       Finansiär                    Kronor
        Löner                       3 640 000       Vinnova                   3 000 000
        Utrustning                  1 150 000       Ekby kommun                 600 000
        Köpta tjänster                410 000       Högskolan Dalarna         1 600 000
        Totalt                      5 200 000       Totalt                    5 200 000
        """
    )
    assert decided(paper, "outcome", "start", "end") == [
        ("Robot i rullstol", "proposed_rejection", "2021-01", "2023-12"),
        ("Robot i rullstol", "granted", "2021-01", "2023-12"),
    ]
    assert paper["decisions"][0]["total_budget_sek"] == 5200000
    assert {row[1:] for row in paid(paper)} == {
        ("Vinnova", 3000000),
        ("Ekby kommun", 600000),
        ("Högskolan Dalarna", 1600000),
    }


def test_what_a_memo_proposes_above_its_parts_takes_its_facts_from_the_part_of_its_project() -> None:
    paper = facts(
        """
        Region Skiradal
        PM till regionstyrelsen
        Sammanträde 2024-02-06

        Två ansökningar om regionala utvecklingsmedel

        Förslag till beslut

        Regionstyrelsen beslutar

        att bevilja Ekby kommun 1 150 tkr till projektet Kustnära kretslopp, samt

        att avslå ansökan från Föreningen Slottens Vänner till projektet Slottsrundan.

        A. Kustnära kretslopp

        Sökande: Ekby kommun
        Diarienr: RUV24-0012
        Sökt: 1 400 000 kr
        Totalt: 2 300 000 kr
        Tid: 2024-03-01–2026-02-28

        B. Slottsrundan

        Sökande: Föreningen Slottens Vänner
        Diarienr: RUV24-0019
        Sökt: 720 000 kr
        Totalt: 960 000 kr
        Tid: 2024-05-01–2025-10-31
        """
    )
    assert decided(paper, "outcome", "diary_number", "applied_amount_sek", "total_budget_sek", "end") == [
        ("Kustnära kretslopp", "proposed_grant", "RUV24-0012", 1400000, 2300000, "2026-02-28"),
        ("Slottsrundan", "proposed_rejection", "RUV24-0019", 720000, 960000, "2025-10-31"),
    ]


def test_paragraphs_below_the_decisions_open_with_the_project_that_they_speak_of() -> None:
    paper = facts(
        """
        Region Skiradal
        Regionala utvecklingsnämnden
        Protokoll 2021-09-22

        § 71   Projektmedel hösten 2021

        Regionala utvecklingsnämnden beslutar
          • att bevilja Linnéuniversitetet 1,45 mnkr till projektet Trähus i tiden (21RSD1011),
          • att bevilja Ekby kommun 380 tkr till projektet Stationen som mötesplats (21RSD1024).

        Sammanfattning

        Trähus i tiden. Hus av trä mäts upp. Projektet är steg 2 efter Limträdet. Almviks kommun deltar med 600 tkr.
        Den totala budgeten är 2,9 mnkr och arbetet pågår 2022–2024. En fuktskada kan kosta 40 mnkr att laga.

        Stationen som mötesplats. Vänthallen ska fyllas med kultur. Projektet kostar 760 tkr, varav kommunen betalar
        380 tkr. Pengarna ska räcka under 2022 och 2023.

        § 72   Elflyg Småland
        Dnr 20RSD771

        Regionala utvecklingsnämnden beslutar
          • att minska stödet till projektet Elflyg Småland från 2 000 000 kronor till 1 600 000 kronor.

        Nämnden beviljade Småland Airport AB 2 000 000 kronor den 17 juni 2020. Projekttiden, 2020-09-01–2022-12-31,
        ändras inte.
        """
    )
    assert decided(paper, "outcome", "total_budget_sek", "start", "end") == [
        ("Trähus i tiden", "granted", 2900000, "2022", "2024"),
        ("Stationen som mötesplats", "granted", 760000, "2022", "2023"),
        ("Elflyg Småland", "other", None, "2020-09-01", "2022-12-31"),
        ("Elflyg Småland", "granted", None, "2020-09-01", "2022-12-31"),
    ]
    assert ("Stationen som mötesplats", "Ekby kommun", 380000) in paid(paper)
    assert ("Trähus i tiden", "Almviks kommun", 600000) in paid(paper)


def test_an_opinion_decides_nothing_and_the_other_projects_of_a_list_have_a_time_of_their_own() -> None:
    paper = facts(
        """
        Tillväxtverket                                                   2022-12-21
        Europeiska regionala utvecklingsfonden, program Norra Mellansverige

        Beslut i utlysning 1 2022

        Ärende-id  Projekt            Sökande              Sökt EU-stöd  Beviljat EU-stöd
        20363011   Grön stålport      Sandvikens kommun       9 800 000         9 800 000
        20363048   Vägarnas tvilling  Region Värmland        12 450 000        11 200 000
        20363095   Burken             Region Dalarna          6 000 000         – (avslag)

        Förklaringar
        •  Vägarnas tvilling pågår 2023-01-16–2026-01-15, övriga beviljade projekt 2023-01-01–2025-12-31.
        •  Strukturfondspartnerskapet Norra Mellansverige yttrade sig den 24 november 2022.
        """
    )
    assert decided(paper, "outcome", "authority", "deciding_body", "start") == [
        ("Grön stålport", "granted", "Tillväxtverket", None, "2023-01-01"),
        ("Vägarnas tvilling", "granted", "Tillväxtverket", None, "2023-01-16"),
        ("Burken", "rejected", "Tillväxtverket", None, None),
    ]


@pytest.mark.parametrize(
    "told",
    [
        "Ärendet avslutas utan ställningstagande.",
        "Ärendet avskrivs utan vidare handläggning.",
        "Nämnden avslutar ärendet utan prövning.",
    ],
)
def test_a_matter_that_is_closed_without_a_decision_is_neither_granted_nor_refused(told: str) -> None:
    paper = facts(
        f"""
Region Skiradal
Regionala utvecklingsnämnden
Protokoll 2022-04-26

§ 35
Ljus över skogen
Dnr RUN/220098

Regionala utvecklingsnämndens beslut

{told}

Föreningen Skogens Vänner har dragit tillbaka sin ansökan om 390 000 kronor till projektet Ljus över skogen.

§ 36
Vägen hem
Dnr RUN/220099

Regionala utvecklingsnämndens beslut

Ansökan avslås. Torsby kommun och Årjängs kommun avser att delta i projektet.
"""
    )
    assert decided(paper, "outcome", "diary_number", "applied_amount_sek", "partners") == [
        ("Ljus över skogen", "other", "RUN/220098", 390000, []),
        ("Vägen hem", "rejected", "RUN/220099", None, ["Torsby kommun", "Årjängs kommun"]),
    ]


def test_a_story_tells_who_said_yes_between_the_words_and_the_day_before_som() -> None:
    paper = facts(
        """
        <html><body><h1>Musslor ska rena viken</h1>
        <p>Det var den 7 mars 2023 som Region Hallands tillväxtutskott enades om att satsa 2,75 miljoner kronor på
        projektet Blå stängsel, som Högskolan i Halmstad driver.</p>
        <p>Redan i december sa Havs- och vattenmyndigheten ja till 3,1 miljoner kronor. Med högskolans egna 1 250 000
        kronor är notan på 7,5 miljoner kronor betald.</p></body></html>
        """,
        "story.html",
    )
    assert sorted(decided(paper, "authority", "date", "amount_sek", "total_budget_sek")) == [
        ("Blå stängsel", "Havs- och vattenmyndigheten", None, 3100000, 7500000),
        ("Blå stängsel", "Region Halland", "2023-03-07", 2750000, 7500000),
    ]
    assert ("Blå stängsel", "Högskolan i Halmstad", 1250000) in paid(paper)


@pytest.mark.parametrize(
    ("old", "new"),
    [("Nuvarande beslut", "Nytt beslut"), ("Ursprungligt beslut", "Ändrat"), ("Före ändring", "Efter ändring")],
)
def test_columns_of_before_and_after_are_the_grant_and_its_change(old: str, new: str) -> None:
    paper = facts(
        f"""
REGION HALLAND
Regionkontoret

Delegationsbeslut                                          Beslutsdatum: 2 november 2022
                                                           Diarienummer: RS210455

Ändring av beslut om projektmedel, Fossilfri fabrik

Utvecklingsdirektören beslutar

1.  att sätta ned stödet till 1 520 000 kr,
2.  att förlänga projekttiden till den 31 mars 2024, samt
3.  att inte bifalla begäran om ytterligare 150 000 kr till en studieresa.

Tidigare beslut

Tillväxtutskottet beviljade den 11 maj 2021 Varbergs kommun 1 900 000 kr till projektet Fossilfri fabrik.

                                      {old:<25}{new}
Start                                 2021-07-01               2021-07-01
Slut                                  2023-09-30               2024-03-31
Totala kostnader                      4 750 000 kr             3 800 000 kr
Stödandel                             40 %                     40 %

Finansiering efter ändringen

Region Halland              1 520 000 kr
Varbergs kommun             1 480 000 kr
Falkenbergs kommun            800 000 kr
                            3 800 000 kr
"""
    )
    assert decided(paper, "outcome", "start", "end", "total_budget_sek", "share_percent", "applied_amount_sek") == [
        ("Fossilfri fabrik", "other", "2021-07-01", "2024-03-31", 3800000, 40.0, None),
        ("Fossilfri fabrik", "granted", "2021-07-01", "2023-09-30", 4750000, 40.0, None),
    ]
    assert ("Fossilfri fabrik", "Falkenbergs kommun", 800000) in paid(paper)
