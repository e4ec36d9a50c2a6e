"""What a project costs, who pays, for which years: sums, payers and days told around a decision in many wordings."""

from __future__ import annotations

import pytest

from tests.extract.lists import decided, facts, paid

MINUTES = """
    Bergslags kommun
    Kommunstyrelsen                                      PROTOKOLL 2022-11-08

    § 14 Medfinansiering av projektet Skogsro (KS 2022/318)

    Kommunstyrelsens beslut
    {decision}

    Ärendebeskrivning
    {told}
"""
PLAIN = "Kommunstyrelsen beslutar att bevilja projektet Skogsro 300 000 kronor."


def minutes(told: str = "Föreningen vill bygga.", decision: str = PLAIN) -> dict:
    return facts(MINUTES.format(told=told, decision=decision))


@pytest.mark.parametrize(
    "told",
    [
        "Kostnaden för hela projektet uppskattas till cirka 900 000 kronor.",
        "Kostnaderna för att genomföra insatsen har beräknats till 900 000 kronor.",
        "Sammanlagt satsas 900 000 kronor.",
        "Projektet väntas totalt kosta omkring 900 000 kronor.",
        "Arbetet genomförs till en beräknad kostnad av 900 000 kronor.",
    ],
)
def test_a_total_cost_whatever_words_stand_between(told: str) -> None:
    assert decided(minutes(told), "total_budget_sek") == [("Skogsro", 900_000)]


@pytest.mark.parametrize(
    "told",
    [
        "Kostnaden för en ny strategi beräknas till 900 000 kronor.",
        "Kostnaden för personal uppskattas till 900 000 kronor.",
        "Kommunens kostnad blir 900 000 kronor.",
    ],
)
def test_a_cost_of_something_else_is_no_total(told: str) -> None:
    assert decided(minutes(told), "total_budget_sek") == [("Skogsro", None)]


def test_sums_of_single_years_are_not_the_grant() -> None:
    split = "Kommunstyrelsen beslutar att stödja projektet Skogsro med 150 000 kr för 2023 och 150 000 kr för 2024{}."
    assert decided(minutes(decision=split.format("")), "amount_sek", "start", "end") == [
        ("Skogsro", None, "2023", "2024")
    ]
    whole = split.format(", totalt 300 000 kronor")
    assert decided(minutes(decision=whole), "amount_sek") == [("Skogsro", 300_000)]


def test_the_years_that_the_money_is_for() -> None:
    told = minutes("Medlen får användas under 2023 och 2024. Pengarna betalas ut under 2025.")
    assert decided(told, "start", "end") == [("Skogsro", "2023", "2024")]


def test_a_finer_day_than_the_years_in_the_name() -> None:
    read = minutes(
        "Projektet beräknas pågå i tre år med start i januari 2023.",
        "Kommunstyrelsen beslutar att bevilja 300 000 kronor till projektet Skogsro 2023-2025.",
    )
    assert decided(read, "start", "end")[0][1:] == ("2023-01", "2025")


def test_payers_behind_nouns_of_financing() -> None:
    told = (
        "Föreningen har sökt 300 000 kr, offentlig medfinansiering från Falu kommun 60 000 kr. "
        "Kontant medfinansiering lämnas av Borlänge kommun med 50 000 kronor och Region Dalarna med 40 000 kronor."
    )
    assert sorted(p for p in paid(minutes(told)) if p[1] != "Bergslags kommun") == [
        ("Skogsro", "Borlänge kommun", 50_000),
        ("Skogsro", "Falu kommun", 60_000),
        ("Skogsro", "Region Dalarna", 40_000),
    ]
    assert paid(minutes("Resten av finansieringen söks från Region Dalarna.")) == paid(minutes())


def test_a_raise_that_is_refused_grants_and_seeks_nothing_of_before() -> None:
    read = minutes(
        "Byalaget begär att bidraget höjs från 400 000 kronor till 700 000 kronor.",
        "Kommunstyrelsen avslår Byalagets begäran om utökat bidrag till projektet Skogsro.",
    )
    refused = [d for d in read["decisions"] if d["outcome"] == "rejected"]
    assert [(d["amount_sek"], d["applied_amount_sek"]) for d in refused] == [(None, None)]


def test_an_end_moved_though_the_name_holds_a_point() -> None:
    read = facts(
        MINUTES.replace("Skogsro", "Skogsro 2.0").format(
            decision="Kommunstyrelsen beslutar att förlänga projekttiden för projektet Skogsro 2.0 till 2023-06-30.",
            told="Projektet skulle enligt beslutet avslutas 2022-12-31.",
        )
    )
    assert decided(read, "outcome", "end") == [("Skogsro 2.0", "other", "2023-06-30")]


def test_a_proposal_to_revoke_is_of_its_own_day() -> None:
    read = facts(
        """
        Region Gävleborg
        Tjänsteskrivelse 2021-02-10

        Förslag till beslut
        Hållbarhetsnämnden föreslås besluta att upphäva beslut 2018-10-11 § 92 om bidrag till projektet Skogsro.
        """
    )
    assert decided(read, "date") == [("Skogsro", "2021-02-10")]


def test_an_appropriation_by_its_number() -> None:
    read = minutes("Bidraget betalas från anslaget 1:3 Åtgärder för värdefull natur.")
    assert decided(read, "funding_source") == [("Skogsro", "anslaget 1:3 Åtgärder för värdefull natur")]


def test_a_sum_that_is_sought_of_another_is_not_sought_here() -> None:
    told = "EU-medel söks med 2 miljoner kronor från Tillväxtverket."
    assert decided(minutes(told), "applied_amount_sek") == [("Skogsro", None)]
    refused = minutes(decision="Kommunstyrelsen avslår begäran om ytterligare 90 000 kr till projektet Skogsro.")
    assert decided(refused, "applied_amount_sek") == [("Skogsro", 90_000)]


@pytest.mark.parametrize(
    ("told", "start", "end"),
    [
        ("Projektstart planeras till den 1 februari 2023.", "2023-02-01", None),
        ("Enligt planen drar projektet igång i mars 2023 och håller på till juni 2024.", "2023-03", "2024-06"),
        ("Projektet ska vara avslutat vid utgången av januari 2024.", None, "2024-01"),
        ("Projektet bygger på ett äldre, som avslutades 2019.", None, None),
    ],
)
def test_starts_and_ends_in_further_words(told: str, start: str | None, end: str | None) -> None:
    assert decided(minutes(told), "start", "end") == [("Skogsro", start, end)]


def test_costs_that_are_raised_and_a_label_of_costs() -> None:
    raised = minutes("Projektets totala kostnader ökar från 800 000 kronor till 900 000 kronor.")
    assert decided(raised, "total_budget_sek") == [("Skogsro", 900_000)]
    labelled = minutes("Ekonomi.\n\n    Kostnadsbudget: 900 000 kronor\n    Sökt belopp: 400 000 kronor")
    assert decided(labelled, "total_budget_sek", "applied_amount_sek") == [("Skogsro", 900_000, 400_000)]


def test_a_share_of_the_costs_that_the_grant_covers() -> None:
    told = "Nämndens bidrag avser 45 % av totalkostnaden som är 900 000 kronor."
    assert decided(minutes(told), "share_percent", "total_budget_sek") == [("Skogsro", 45.0, 900_000)]


def test_who_takes_part_with_a_sum_pays_it() -> None:
    told = "Falu kommun medverkar med 60 000 kr och Region Dalarna med 40 000 kr."
    assert {p[1:] for p in paid(minutes(told))} >= {("Falu kommun", 60_000), ("Region Dalarna", 40_000)}


def test_a_page_whose_sums_stand_before_their_labels() -> None:
    read = facts(
        """
        Ängens damm

        Målet med projektet är att bygga en damm.

        FAKTA:
        Kommun: Hylte
        Projektägare: Föreningen Ängens vänner
        Total omfattning: 400 000 SEK, varav:
        268 000 SEK beviljat projektstöd (EU-medel samt statliga medel)
        132 000 SEK från kommunen
        """
    )
    assert decided(read, "outcome", "amount_sek", "total_budget_sek") == [("Ängens damm", "granted", 268_000, 400_000)]


def test_the_fund_that_is_drawn_on_before_the_programme_that_decides() -> None:
    told = "Interreg Sverige-Norge beslutar att ur Europeiska regionala utvecklingsfonden stödja Skogsro."
    read = facts(f"Interreg Sverige-Norge\nBESLUT 2010-05-20\n\n{told}\n")
    assert decided(read, "funding_source")[0][1] == "Europeiska regionala utvecklingsfonden"


def test_days_of_the_project_go_before_years_of_the_money() -> None:
    read = minutes(
        "Projektet löper från och med den 1 maj 2023 till och med den 31 december 2025.",
        "Kommunstyrelsen beviljar projektet Skogsro 300 000 kronor av utvecklingsmedlen för 2023–2024.",
    )
    assert decided(read, "start", "end") == [("Skogsro", "2023-05-01", "2025-12-31")]
    split = "Kommunstyrelsen beviljar projektet Skogsro 90 000 kr, med 30 000 kr vardera åren 2023, 2024 och 2025."
    assert decided(minutes(decision=split), "start", "end") == [("Skogsro", "2023", "2025")]


def test_a_start_told_as_a_beginning_and_an_end_as_standing_ready() -> None:
    read = minutes("Projektet pågår i 24 månader med början i mars 2023. Bygget ska stå klart våren 2025.")
    assert decided(read, "start", "end") == [("Skogsro", "2023-03", "2025")]


def test_what_who_decides_pays_is_the_grant() -> None:
    read = facts(
        """
        Länsstyrelsen i Jönköpings län
        Beslut 2021-03-23

        Byalaget i Hok har fått bifall på sin ansökan om stöd till projektet Byskolan lever. Länsstyrelsen går in med
        1 125 000 kronor, vilket är 75 procent av de stödberättigande utgifterna på 1 500 000 kronor.
        """
    )
    assert decided(read, "amount_sek", "total_budget_sek", "share_percent") == [
        ("Byskolan lever", 1_125_000, 1_500_000, 75.0)
    ]


def test_payers_after_each_and_of_names_that_nothing_knows() -> None:
    told = "Falu kommun och Borlänge kommun bidrar med 10 000 kr vardera och Sparbanken Dalarna med 7 000 kr."
    assert {p[1:] for p in paid(minutes(told))} >= {
        ("Falu kommun", 10_000),
        ("Borlänge kommun", 10_000),
        ("Sparbanken Dalarna", 7_000),
    }
    assert ("Leader Skogland", 70_000) in {p[1:] for p in paid(minutes("Leader Skogland bekostar 70 000 kronor."))}


def test_the_project_of_another_in_the_title_of_a_matter_is_no_payer() -> None:
    read = facts(
        MINUTES.replace("projektet Skogsro (", "Linnéuniversitetets projekt Skogsro (").format(
            decision=PLAIN, told="Föreningen vill bygga."
        )
    )
    assert decided(read) == [("Skogsro",)]
    assert "Linnéuniversitetet" not in {p[1] for p in paid(read)}
