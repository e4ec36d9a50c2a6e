"""Who pays, as sentences of invented papers tell it."""

from __future__ import annotations

import pytest

from tests.extract.lists import facts, paid

_PAPER = """
Region Bergslagen                          Tjänsteskrivelse
Regionala utvecklingsnämnden               2022-03-16

Träets väg – ansökan om medfinansiering

Förslag till beslut
Regionala utvecklingsnämnden beslutar att bevilja projektet Träets väg 500 000 kronor.

Finansiering
{}
"""


@pytest.mark.parametrize(
    ("sentence", "rows"),
    [
        (
            "Sala kommun bidrar med 200 000 kr, Heby kommun med 100 000 kr och Umeå universitet med 50 000 kr.",
            [("Heby kommun", 100_000), ("Sala kommun", 200_000), ("Umeå universitet", 50_000)],
        ),
        (
            "Sala kommun och Heby kommun deltar och går in med 75 000 kronor vardera.",
            [("Heby kommun", 75_000), ("Sala kommun", 75_000)],
        ),
        ("Återstoden, 90 000 kronor, står Sala kommun för.", [("Sala kommun", 90_000)]),
        ("I projektet står Sala kommun för 90 000 kronor.", [("Sala kommun", 90_000)]),
        (
            "Övriga medel kommer från universitetet självt (40 000 kr) och från Heby kommun (30 000 kr).",
            [("Heby kommun", 30_000)],
        ),
        ("Projektet har också fått 60 000 kr av Vinnova.", [("Vinnova", 60_000)]),
        (
            "Projektet får medel från följande: Sala kommun 10 000 kronor, Heby kommun 20 000 kronor.",
            [("Heby kommun", 20_000), ("Sala kommun", 10_000)],
        ),
        ("Projektet görs ihop med Heby kommun, som skjuter till 45 000 kr.", [("Heby kommun", 45_000)]),
        (
            "Länsstyrelsen i Dalarnas län har lämnat besked om att den bidrar med 25 000 kr.",
            [("Länsstyrelsen i Dalarnas län", 25_000)],
        ),
        ("80 000 kronor kommer från Heby kommun.", [("Heby kommun", 80_000)]),
        ("Ström Vatten bidrar med 12 000 kronor.", [("Ström Vatten", 12_000)]),
        (
            "Heby kommun satsar 40 000 kronor och dessutom eget arbete för 15 000 kronor.",
            [("Heby kommun", 15_000), ("Heby kommun", 40_000)],
        ),
        ("Pengar söks också hos Heby kommun.", []),
    ],
)
def test_payers_in_prose(sentence: str, rows: list[tuple[str, int | None]]) -> None:
    own = ("Region Bergslagen", 500_000)
    told = [(funder, amount) for _, funder, amount in paid(facts(_PAPER.format(sentence)))]
    assert own in told
    assert sorted(row for row in told if row != own) == rows


def test_payers_after_a_project_of_before_and_in_brackets() -> None:
    paper = facts(
        _PAPER.format(
            "Åren 2018–2020 genomfördes projektet KVISTA med finansiering från TVV/ERUF, "
            "Region Gävleborg och Sala kommun. "
            "Därtill kommer nationella projekt, nyligen STOCKA (Vinnova)."
        )
    )
    assert sorted(row for row in paid(paper) if row[0] != "Träets väg") == [
        ("KVISTA", "Region Gävleborg", None),
        ("KVISTA", "Sala kommun", None),
        ("KVISTA", "Tillväxtverket", None),
        ("STOCKA", "Vinnova", None),
    ]
