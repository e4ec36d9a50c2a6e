"""The many ways in which papers say the same thing: each sentence stands alone in one paper and gives the same fact."""

from __future__ import annotations

from typing import Any

import pytest

from tests.extract.lists import facts

MINUTES = """
    Region Dalarna
    Regionala utvecklingsnämnden
    Protokoll 2023-03-09

    § 14 Ansökan om projektmedel till Ljus i Lima
    Dnr RD 2023/14

    Beslut
    {decision}

    Bakgrund
    {told}
"""
PAGE = """
    <html><body><h1>{title}</h1><p>{met}</p><p>{told}</p></body></html>
"""
GRANT = "Regionala utvecklingsnämnden beviljar Mora kommun 600 000 kronor till projektet Ljus i Lima."
PLAIN = "Projektet ska ge bättre ljus i byn."


def _of_minutes(decision: str = GRANT, told: str = PLAIN) -> dict[str, Any]:
    found: list[dict[str, Any]] = facts(MINUTES.format(decision=decision, told=told))["decisions"]
    assert [d["project"] for d in found] == ["Ljus i Lima"], found
    return found[0]


def _of_page(told: str, *, english: bool = False) -> dict[str, Any]:
    title, met = (
        ("News", "The Regional Development Committee of Region Dalarna met on 9 March 2023.")
        if english
        else ("Nytt", "Region Dalarnas regionala utvecklingsnämnd sammanträdde den 9 mars 2023.")
    )
    found: list[dict[str, Any]] = facts(PAGE.format(title=title, met=met, told=told), "paper.html")["decisions"]
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    "told",
    [
        "Totala projektkostnader är 1 500 000 kronor.",
        "Projektet omfattar totalt 1 500 000 kronor.",
        "Den sammanlagda budgeten för Ljus i Lima är 1,5 miljoner kronor.",
        "Enligt ansökan uppgår kostnaderna till 1 500 000 kronor.",
        "Sökanden beräknar kostnaden till 1 500 000 kronor.",
        "Sökandens budget slutar på 1 500 000 kronor.",
        "Projektets omfattning är 1 500 000 kronor.",
        "Totalbeloppet för projektet är 1 500 000 kronor.",
        "Kostnadsbudgeten uppgår till 1 500 000 kronor.",
    ],
)
def test_the_whole_cost(told: str) -> None:
    assert _of_minutes(told=told)["total_budget_sek"] == 1_500_000


@pytest.mark.parametrize(
    "told",
    [
        "Start 2023-04-01, slut 2025-03-31.",
        "Arbetet inleds den 1 april 2023 och ska vara klart den 31 mars 2025.",
        "Projektet sträcker sig från den 1 april 2023 till den 31 mars 2025.",
        "Sökanden vill genomföra projektet mellan 1 april 2023 och 31 mars 2025.",
        "Projektet är tvåårigt, 1 april 2023–31 mars 2025.",
        "Insatsen är planerad till 1 april 2023–31 mars 2025.",
        "Tidplanen är 1 april 2023 till 31 mars 2025.",
    ],
)
def test_the_time(told: str) -> None:
    found = _of_minutes(told=told)
    assert (found["start"], found["end"]) == ("2023-04-01", "2025-03-31")


@pytest.mark.parametrize(
    "told",
    [
        "Bakom projektet står även Orsa kommun och Högskolan Dalarna.",
        "I arbetet medverkar Orsa kommun och Högskolan Dalarna.",
        "Som parter deltar Orsa kommun och Högskolan Dalarna.",
        "Kommunen har Orsa kommun och Högskolan Dalarna med sig som partner.",
        "Orsa kommun och Högskolan Dalarna har anmält intresse att delta.",
    ],
)
def test_the_partners(told: str) -> None:
    assert _of_minutes(told=told)["partners"] == ["Orsa kommun", "Högskolan Dalarna"]


@pytest.mark.parametrize(
    "decision",
    [
        "Ansökan från Mora kommun om 600 000 kronor till projektet Ljus i Lima bifalls.",
        "Nämnden beslutar om medfinansiering med 600 000 kronor till Mora kommun för projektet Ljus i Lima.",
    ],
)
def test_a_grant(decision: str) -> None:
    found = _of_minutes(decision)
    assert (found["outcome"], found["beneficiary"], found["amount_sek"]) == ("granted", "Mora kommun", 600_000)


@pytest.mark.parametrize(
    "told",
    [
        "Det blir 600 000 kronor till projektet Ljus i Lima som Mora kommun driver.",
        "Med 600 000 kronor stöttar nämnden projektet Ljus i Lima. Det är Mora kommun som driver projektet.",
        "Till projektet Ljus i Lima, med Mora kommun som ägare, gav nämnden 600 000 kronor.",
    ],
)
def test_a_grant_in_the_news(told: str) -> None:
    found = _of_page(told)
    assert (found["project"], found["beneficiary"], found["amount_sek"]) == ("Ljus i Lima", "Mora kommun", 600_000)


@pytest.mark.parametrize(
    "told",
    [
        "The committee granted the Municipality of Mora SEK 600,000 for the project Light in Lima.",
        "The Municipality of Mora was granted SEK 600,000 for Light in Lima.",
        "SEK 600,000 was awarded to the Municipality of Mora for the project Light in Lima.",
        "The committee allocated SEK 600,000 to Mora Municipality for the project Light in Lima.",
    ],
)
def test_a_grant_in_english(told: str) -> None:
    found = _of_page(told, english=True)
    assert (found["project"], found["beneficiary"], found["amount_sek"]) == ("Light in Lima", "Mora kommun", 600_000)


def test_a_refusal_without_a_verb() -> None:
    found = _of_minutes("Avslag på Mora kommuns ansökan om 600 000 kronor till projektet Ljus i Lima.")
    assert (found["outcome"], found["beneficiary"], found["amount_sek"]) == ("rejected", "Mora kommun", None)


@pytest.mark.parametrize(
    "told",
    [
        "Projektet Ljus i Lima, som Mora kommun sökt pengar till, fick avslag.",
        "Nämnden sade nej till projektet Ljus i Lima. Sökande var Mora kommun.",
        "Inga pengar blir det till projektet Ljus i Lima, som Mora kommun ville driva.",
        "Avslag blev det för projektet Ljus i Lima. Mora kommun hade sökt 600 000 kronor.",
        "Nämnden valde att inte stödja projektet Ljus i Lima, där Mora kommun var sökande.",
    ],
)
def test_a_refusal_in_the_news(told: str) -> None:
    found = _of_page(told)
    assert (found["project"], found["outcome"], found["beneficiary"]) == ("Ljus i Lima", "rejected", "Mora kommun")
