"""Lines that end where the page does: a paragraph is one whatever column it is wrapped at."""

from __future__ import annotations

from textwrap import fill

import pytest

from kg.clean import clean, describe
from kg.model import RawDocument

WIDE = [
    "Regionens pengar räcker till fler insatser under nästa år än under det som nu går mot sitt slut, skriver kontoret "
    "och föreslår nämnden att öppna ansökan en gång till i höst för dem som vill bygga leder och bryggor.",
    "Kommunerna har till och med mars på sig att svara, och svaren ligger sedan till grund för den plan som nämnden "
    "tar ställning till före sommaren, när också nästa års budget blir känd för alla som väntar på besked.",
]
OWN = (
    "Nämnden beviljar Almfors kommun 300 000 kronor till projektet Gamla Järnvägen, som ska bli en led för alla. "
    "Med i arbetet är Hembygdsföreningen Stinsen, Sportklubben Norra Almfors och byalaget i Kvarnby."
)


def lines(text: str) -> list[str]:
    return describe(clean(RawDocument("0" * 64, "x.txt", "text/plain", text))).split("\n")


@pytest.mark.parametrize("width", [40, 48, 60, 110])
def test_a_paragraph_wrapped_at_a_column_of_its_own(width: int) -> None:
    text = "\n\n".join([fill(WIDE[0], 80), fill(OWN, width), fill(WIDE[1], 80)])
    assert lines(text) == [f"paragraph: {p}" for p in (WIDE[0], OWN, WIDE[1])]


def test_lines_that_are_no_paragraph_stay_apart() -> None:
    names = "Hembygdsföreningen Stinsen\nSportklubben Norra Almfors\nByalaget i Kvarnby och Sjö"
    text = "\n\n".join([fill(WIDE[0], 80), names, fill(WIDE[1], 80)])
    assert lines(text)[1:4] == [f"paragraph: {name}" for name in names.split("\n")]


@pytest.mark.parametrize("end", ["den 26 november", "under perioden mars"])
def test_a_date_that_breaks_at_its_year(end: str) -> None:
    text = f"Mötet hölls {end}\n2021 i Almfors bygdegård, som byalaget äger."
    assert lines(text) == ["paragraph: " + text.replace("\n", " ")]


def test_years_below_a_month_are_the_head_of_a_table() -> None:
    assert lines("Utbetalt till och med mars\n2021 2022 2023")[0] == "paragraph: Utbetalt till och med mars"


def test_the_round_bullet_of_word_processors() -> None:
    found = lines("Nämnden beviljar:\n\no Almfors kommun 20 000 kr\no Byalaget Sjö 30 kr\no   Kvarnby IF 10 kr\n")
    assert found[1:] == [
        "list_item1: • Almfors kommun 20 000 kr",
        "list_item1: • Byalaget Sjö 30 kr",
        "list_item1: • Kvarnby IF 10 kr",
    ]
