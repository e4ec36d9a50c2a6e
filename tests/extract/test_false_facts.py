"""What a paper does not tell: opinions that decide nothing, reports that are no projects, money taken back."""

from __future__ import annotations

from typing import Any

import pytest

from tests.extract.lists import facts

MINUTES = """
    Region Kronoberg
    Regionala utvecklingsnämnden
    Protokoll 2022-02-16

    § 20 {title}

    Beslut
    {decision}

    Ärendet
    {told}
"""
PLAIN = "Projektet samlar sågverk i länet."


def _of_minutes(title: str, decision: str, told: str = PLAIN) -> dict[str, Any]:
    return facts(MINUTES.format(title=title, decision=decision, told=told))


def _only(found: dict[str, Any]) -> dict[str, Any]:
    assert len(found["decisions"]) == 1, found["decisions"]
    decision: dict[str, Any] = found["decisions"][0]
    return decision


@pytest.mark.parametrize(
    ("title", "decision", "told", "authority"),
    [
        (
            "Yttrande över ansökan om stöd från ERUF, projektet Träbyggarna",
            "Nämnden tillstyrker ansökan.",
            "Linnéuniversitetet söker 8 000 000 kronor av Tillväxtverket.",
            "Tillväxtverket",
        ),
        (
            "Remiss: ansökan till projektet Träbyggarna",
            "Nämnden tillstyrker ansökan.",
            "Linnéuniversitetet söker 8 000 000 kronor hos Vinnova.",
            "Vinnova",
        ),
        (
            "Stöd för ansökan, projektet Träbyggarna",
            "Nämnden ställer sig bakom ansökan till Vinnova. Linnéuniversitetet söker 8 000 000 kronor av Vinnova.",
            PLAIN,
            "Vinnova",
        ),
    ],
)
def test_an_opinion_on_what_another_decides_is_a_proposal_to_that_one(
    title: str, decision: str, told: str, authority: str
) -> None:
    found = _of_minutes(title, decision, told)
    one = _only(found)
    assert (one["project"], one["outcome"], one["authority"]) == ("Träbyggarna", "proposed_grant", authority)
    assert (one["deciding_body"], one["date"], one["applied_amount_sek"]) == (None, "2022-02-16", 8_000_000)


def test_an_opinion_against_it_is_a_proposal_to_refuse() -> None:
    title = "Yttrande till Länsstyrelsen i Kronobergs län över ansökan om stöd till projektet Träbyggarna"
    one = _only(_of_minutes(title, "Nämnden avstyrker ansökan."))
    assert (one["project"], one["outcome"]) == ("Träbyggarna", "proposed_rejection")
    assert (one["authority"], one["deciding_body"]) == ("Länsstyrelsen i Kronobergs län", None)


@pytest.mark.parametrize(
    "decision",
    [
        "Nämnden tillstyrker ansökan och beviljar Linnéuniversitetet 800 000 kronor.",
        "Nämnden tillstyrker ansökan med 800 000 kronor.",
    ],
)
def test_a_board_that_endorses_with_a_sum_grants_it(decision: str) -> None:
    one = _only(_of_minutes("Ansökan om medfinansiering, projektet Träbyggarna", decision))
    assert (one["outcome"], one["amount_sek"], one["authority"]) == ("granted", 800_000, "Region Kronoberg")


def test_an_office_that_endorses_proposes_to_its_board() -> None:
    one = _only(
        facts("""
        Region Kronoberg
        Tjänsteskrivelse 2022-02-01

        Ansökan om medfinansiering, projektet Träbyggarna
        Linnéuniversitetet har ansökt om 800 000 kronor. Avdelningen tillstyrker ansökan.
        """)
    )
    assert (one["outcome"], one["authority"]) == ("proposed_grant", "Region Kronoberg")


@pytest.mark.parametrize("report", ["Slutrapporten läggs till handlingarna.", "Rapporten noteras."])
def test_a_report_received_is_no_project_and_the_year_of_its_grant_no_period(report: str) -> None:
    one = _only(_of_minutes("Slutrapport projektet Träbyggarna", f"{report} Projektet beviljades 2 mnkr år 2019."))
    assert (one["project"], one["amount_sek"]) == ("Träbyggarna", 2_000_000)
    assert (one["start"], one["end"]) == (None, None)


def test_a_report_that_names_no_project_tells_of_none() -> None:
    told = "Rapporten läggs till handlingarna. Almi Företagspartner AB beviljades 1 500 000 kronor år 2020."
    assert _of_minutes("Anmälan av lägesrapport", told)["decisions"] == []


def test_a_fund_in_the_title_of_one_matter_is_not_the_next_ones() -> None:
    found = facts("""
        Region Kronoberg
        Regionala utvecklingsnämnden
        Protokoll 2022-02-16

        § 20 Medel från Europeiska socialfonden, projektet Träbyggarna
        Beslut
        Nämnden beviljar Linnéuniversitetet 800 000 kronor till projektet Träbyggarna.

        § 21 Projektet Glasvägen
        Beslut
        Nämnden beviljar Emmaboda kommun 300 000 kronor till projektet Glasvägen.
    """)["decisions"]
    funds = {d["project"]: d["funding_source"] for d in found}
    assert funds == {"Träbyggarna": "Europeiska socialfonden", "Glasvägen": None}


@pytest.mark.parametrize(
    ("title", "project"),
    [
        ("Avbrytande av projektet Glasvägen (RUN/230044)", "Glasvägen"),
        ("Återkrav, projektet Glasvägen (RUN/230044)", "Glasvägen"),
        ("Omprövning av stöd till förstudien Glasvägen", "Glasvägen"),
    ],
)
def test_a_project_is_found_inside_the_title_of_its_matter(title: str, project: str) -> None:
    found = _of_minutes(title, "Nämnden beslutar att återkräva 112 000 kronor av Torsby kommun.")
    one = _only(found)
    assert (one["project"], one["outcome"], one["amount_sek"]) == (project, "other", 112_000)
    assert found["financing"] == [], "what is taken back pays for nothing"


@pytest.mark.parametrize(
    ("decision", "lines"),
    [
        ("att sänka stödet till Emmaboda kommun från 900 000 kronor till 600 000 kronor.", [600_000]),
        ("att upphäva beslutet om stöd till Emmaboda kommun.", []),
        ("att dra in 300 000 kronor av stödet till Emmaboda kommun.", []),
        ("att förlänga projekttiden till och med 2023-12-31.", [900_000]),
    ],
)
def test_a_grant_that_is_changed_pays_what_is_left_of_it(decision: str, lines: list[int]) -> None:
    told = "Emmaboda kommun beviljades 2021-05-04 stöd med 900 000 kronor till projektet Glasvägen."
    found = _of_minutes("Projektet Glasvägen", f"Nämnden beslutar {decision}", told)
    acts = {d["outcome"]: d for d in found["decisions"]}
    assert (acts["granted"]["amount_sek"], acts["granted"]["date"]) == (900_000, "2021-05-04")
    assert acts["granted"]["authority"] == "Region Kronoberg", "the grant that a change recalls is of its authority"
    assert [line["amount_sek"] for line in found["financing"]] == lines


def test_a_revocation_that_is_only_proposed_pays_nothing() -> None:
    found = facts("""
        Region Kronoberg
        Tjänsteskrivelse 2024-02-06

        Återkallande av stöd till projektet Glasvägen
        Förslag till beslut
        Regionala utvecklingsnämnden beslutar
        att upphäva beslutet 2022-04-27 om stöd med 900 000 kronor till Emmaboda kommun för projektet Glasvägen.
    """)
    assert [d["outcome"] for d in found["decisions"]] == ["other"]
    assert found["financing"] == []


def test_the_sum_of_a_claim_for_repayment_is_not_that_of_the_grant() -> None:
    found = facts("""
        Länsstyrelsen i Dalarnas län
        Beslut 2022-03-01
        Länsstyrelsen återkallar beslutet den 4 juni 2020 om bidrag till Rättviks kommun för projektet Siljansstigen och
        kräver tillbaka 250 000 kronor.
    """)
    assert [(d["outcome"], d["amount_sek"]) for d in found["decisions"]] == [("other", 250_000)]


def test_the_day_of_a_grant_that_is_recalled_is_not_the_papers() -> None:
    found = facts("""
        Region Värmland
        Pressmeddelande 2024-02-06

        Region Värmland kräver tillbaka 450 000 kronor av Sunne Invest AB för projektet Sälboda.
        Bolaget beviljades 900 000 kronor 2021-05-04.
    """)
    assert {d["outcome"]: d["date"] for d in found["decisions"]} == {"other": None, "granted": "2021-05-04"}
    assert found["financing"] == []


@pytest.mark.parametrize(
    ("told", "fund"),
    [
        ("Pengarna tas ur anslag 1:3 Åtgärder för värdefull natur.", "anslag 1:3 Åtgärder för värdefull natur"),
        ("Kostnaden belastar anslag 1:3 Åtgärder för värdefull natur och", "anslag 1:3 Åtgärder för värdefull natur"),
        ("Medlen tas ur anslag 1:1 Regionala utvecklingsåtgärder.", "1:1-anslaget"),
        ("Medlen tas ur anslag 1:3 Europeiska regionala utvecklingsfonden.", "Europeiska regionala utvecklingsfonden"),
    ],
)
def test_an_appropriation_is_what_its_name_says(told: str, fund: str) -> None:
    decision = "Nämnden beviljar Emmaboda kommun 300 000 kronor till projektet Glasvägen."
    assert _only(_of_minutes("Projektet Glasvägen", f"{decision} {told}"))["funding_source"] == fund


@pytest.mark.parametrize(
    "told",
    [
        "Rekvirering sker senast 2026-01-31.",
        "Slutrekvisition ska lämnas senast 2026-01-31.",
        "Utbetalning kan begäras senast 2026-01-31.",
    ],
)
def test_a_labelled_period_goes_before_a_day_for_calling_in_money(told: str) -> None:
    one = _only(
        facts(f"""
        Region Blekinge
        Beslut 2023-10-19
        Projekt: Marin kraft
        Projektperiod: 2023-11-01 - 2025-10-31
        Regionen beslutar att bevilja 495 000 kr till projektet Marin kraft.
        {told}
        """)
    )
    assert (one["start"], one["end"]) == ("2023-11-01", "2025-10-31")
