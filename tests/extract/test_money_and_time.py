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
