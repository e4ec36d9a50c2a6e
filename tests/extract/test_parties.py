"""Who applies, who takes part and where, in sentences of invented papers."""

from __future__ import annotations

from typing import Any

import pytest

from tests.extract.lists import facts, one_decision

_PAPER = """
Region Bergslagen                          Protokoll
Regionala utvecklingsnämnden               2022-03-16

§ 12  Stöd till projektet Träets väg

Beslut
Regionala utvecklingsnämnden beslutar att bevilja projektet Träets väg 500 000 kronor.

Ärendet
{}
"""


def _case(sentence: str) -> dict[str, Any]:
    return one_decision(_PAPER.format(sentence), "Träets väg")


@pytest.mark.parametrize(
    ("sentence", "owner"),
    [
        ("Sala kommun söker pengar för att märka ut leden.", "Sala kommun"),
        ("Projektet ägs av Luleå tekniska universitet.", "Luleå tekniska universitet"),
        ("Ansökan har lämnats in av Kultursvepet Norr.", "Kultursvepet Norr"),
        ("Dalbygdens Visfestival har ansökt om 700 000 kronor.", "Dalbygdens Visfestival"),
        ("Huvudman är Högskolan Dalarna.", "Högskolan Dalarna"),
        ("Umeå universitet leder arbetet och är mottagare av stödet.", "Umeå universitet"),
    ],
)
def test_owners_by_phrase(sentence: str, owner: str) -> None:
    assert _case(sentence)["beneficiary"] == owner


def test_the_owner_of_a_project_in_the_genitive() -> None:
    paper = facts(
        """
        Region Bergslagen                          Protokoll
        Regionala utvecklingsnämnden               2022-03-16

        § 12  Träets väg

        Beslut
        Regionala utvecklingsnämnden beslutar att gå in med 500 000 kronor i Karlstads universitets projekt Träets väg.
        """
    )
    assert [d["beneficiary"] for d in paper["decisions"]] == ["Karlstads universitet"]


@pytest.mark.parametrize(
    ("sentence", "partners"),
    [
        (
            "Sala kommun, Stiftelsen Nordvirke samt Umeå universitet deltar.",
            ["Sala kommun", "Stiftelsen Nordvirke", "Umeå universitet"],
        ),
        ("Projektet är ett samarbete med Sala kommun och Timmergruppen.", ["Sala kommun", "Timmergruppen"]),
        ("Träets väg har Sala kommun som partner.", ["Sala kommun"]),
        ("Umeå universitet tar hand om mätningarna.", ["Umeå universitet"]),
        ("I projektet deltar även Sala, Heby och Tierps kommuner.", ["Sala kommun", "Heby kommun", "Tierps kommun"]),
        (
            "Samverkansparter är Sala kommun (lokaler), Umeå universitet och RISE.",
            ["Sala kommun", "Umeå universitet", "RISE Research Institutes of Sweden"],
        ),
        ("Umeå universitet bidrar med 40 000 kronor.", []),
    ],
)
def test_partners_by_phrase(sentence: str, partners: list[str]) -> None:
    assert sorted(_case(sentence)["partners"]) == sorted(partners)


@pytest.mark.parametrize(
    ("sentence", "municipalities"),
    [
        ("Skyltar sätts upp i Sala, Heby och Tierp.", ["Heby", "Sala", "Tierp"]),
        ("Leden går genom kommunerna Sala och Heby.", ["Heby", "Sala"]),
        ("Tre broar byggs i Sala kommun.", ["Sala"]),
        ("Nämnden sammanträdde i Sala.", []),
        ("Ett liknande projekt drivs i Sala.", []),
    ],
)
def test_places_by_preposition(sentence: str, municipalities: list[str]) -> None:
    assert sorted(_case(sentence)["municipalities"]) == municipalities


def test_a_partner_marked_as_owner_is_the_owner() -> None:
    paper = facts(
        """
        Samordningsförbundet Malmen
        Protokoll från styrelsemöte den 4 maj 2022

        § 8  Ansökningar

        8.1  Bryggan
             Parter: Sala kommun (ägare), Arbetsförmedlingen
             Styrelsen beslutar att bevilja Bryggan 300 000 kronor.
        """
    )
    assert [(d["beneficiary"], d["partners"]) for d in paper["decisions"]] == [("Sala kommun", ["Arbetsförmedlingen"])]
