"""Paragraphs of minutes: what their titles draw on before the project's name, numbers that close them, lists of
lettered matters that they decide below, debates, and decisions that a proposal recalls."""

from __future__ import annotations

from textwrap import dedent
from typing import Any

import pytest

from tests.extract.lists import decided, facts

HEAD = """
Region Skiradal
Regionala utvecklingsnämnden
Protokoll 2021-10-13
"""


def _minutes(text: str) -> dict[str, Any]:
    """The facts of minutes with this text below their head."""
    return facts(HEAD + dedent(text))


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Delregionala tillväxtmedel, Hamnens hjärta", "Hamnens hjärta"),
        ("Ansökan om medel för regionala utvecklingsåtgärder – Hamnen som scen", "Hamnen som scen"),
        ("Statligt regionalt bidrag: Hamnens hjärta", "Hamnens hjärta"),
        ("Ansökan om medel ur anslag 1:1 – Hamnens hjärta, etapp 2", "Hamnens hjärta, etapp 2"),
        ("Länsbygdestöd hösten 2021 - Hamnen som scen", "Hamnen som scen"),
    ],
)
def test_what_a_matter_draws_on_is_no_part_of_its_projects_name(title: str, name: str) -> None:
    paper = _minutes(f"\n§ 61   {title}\n\nNämnden beslutar\natt bevilja Almviks hamnförening 385 000 kronor\n")
    assert decided(paper, "outcome", "amount_sek") == [(name, "granted", 385000)]


@pytest.mark.parametrize(
    "title", ["Projektmedel hösten 2021", "Projektbidrag vt 2021", "Delregionala tillväxtmedel, kvarstående ram"]
)
def test_a_title_of_nothing_but_means_names_no_project(title: str) -> None:
    text = """
        Regionala utvecklingsnämnden beslutar
          • att bevilja Almviks kommun 1,45 mnkr till projektet Trähus i tiden (21RSD1011),
          • att avslå ansökan från Föreningen Backen till projektet Äppelakademin (21RSD1030), samt
          • att finansiera besluten ur anslag 1:1.
    """
    paper = _minutes(f"\n§ 71   {title}\n{dedent(text)}")
    assert decided(paper, "outcome", "diary_number") == [
        ("Trähus i tiden", "granted", "21RSD1011"),
        ("Äppelakademin", "rejected", "21RSD1030"),
    ]


def test_numbers_that_close_the_paragraphs_belong_to_what_stands_above_them() -> None:
    paper = _minutes(
        """
        § 74 Utvecklingsmedel, Garnets väg

        Nämnden beslutar

        att bevilja Almviks kommun 800 000 kr

        Bakgrund: Garnets väg är en fortsättning på Garnet. Dnr 2021/TVM031.


        § 75 Utvecklingsmedel, Byn läser

        Nämnden beslutar

        att avslå ansökan

        Dnr 2021/TVM036.


        § 76 Utvecklingsmedel, Hästen drar

        Nämnden beslutar

        att bevilja Ekby kommun 300 000 kr

        Projekttid: 2022. Dnr 2021/TVM029.
        """
    )
    assert decided(paper, "outcome", "diary_number") == [
        ("Garnets väg", "granted", "2021/TVM031"),
        ("Byn läser", "rejected", "2021/TVM036"),
        ("Hästen drar", "granted", "2021/TVM029"),
    ]
    assert [(row["project"], row["predecessor"]) for row in paper["lineage"]] == [("Garnets väg", "Garnet")]


def test_below_a_list_of_lettered_matters_the_paragraph_goes_on() -> None:
    paper = _minutes(
        """
        § 58  Projektmedel 2021, andra omgången

        A. Matkluster Väst
        Sökande: Ekby kommun
        Sökt belopp: 2 500 000 kr

        B. Vind för våg
        Sökande: Almviks kommun
        Sökt belopp: 875 000 kr

        Ärendets behandling under mötet
        Ärendet föredras av en strateg. En ledamot (M) yrkar att ansökan B avslås.

        Regionala utvecklingsnämnden beslutar
        att bevilja Matkluster Väst 2 400 000 kronor, samt
        att avslå ansökan om medel till Vind för våg.

        Bakgrund
        Matkluster Väst samlar odlare och kök. Torsby kommun och Årjängs kommun deltar.
        """
    )
    assert sorted(decided(paper, "outcome", "beneficiary", "applied_amount_sek", "partners")) == [
        ("Matkluster Väst", "granted", "Ekby kommun", 2500000, ["Torsby kommun", "Årjängs kommun"]),
        ("Vind för våg", "rejected", "Almviks kommun", 875000, []),
    ]


def test_a_proposal_recalls_a_decision_of_another_day_on_an_earlier_stage() -> None:
    paper = facts(
        """
        Region Skiradal
        Regionalt utvecklingsutskott
        Sammanträdesdatum
        2021-10-13

        § 62   Ansökan om projektmedel – Blå åkrar, fas 2

        Regionalt utvecklingsutskotts förslag till regionstyrelsen

        • Almviks kommun beviljas högst 2 400 000 kronor till projektet Blå åkrar, fas 2.

        Fas 2 bygger vidare på Blå åkrar, fas 1, som regionstyrelsen den 26 februari 2019 beviljade 600 000 kronor.

        § 63   Ansökan om projektmedel – Öppet i november

        Regionalt utvecklingsutskotts beslut

        • Ansökan avslås.
        """
    )
    assert decided(paper, "outcome", "amount_sek", "deciding_body") == [
        ("Blå åkrar, fas 2", "proposed_grant", 2400000, "Regionstyrelsen"),
        ("Blå åkrar, fas 1", "granted", 600000, "Regionstyrelsen"),
        ("Öppet i november", "rejected", None, "Regionalt utvecklingsutskott"),
    ]
