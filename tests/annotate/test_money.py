"""Amounts and bare numbers: every printed form, and what only looks like one."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.annotate.money import find_money
from kg.model import Money, TypedSpan

Found = tuple[str, str, Decimal, str | None, str | None]


def read(text: str) -> list[Found]:
    """What is found: kind, words, amount, currency, unit."""
    found: list[Found] = []
    for span in find_money(text):
        value: Money = span.value
        found.append((span.kind, text[span.start : span.end], value.amount, value.currency, value.unit))
    return found


@pytest.mark.parametrize(
    ("text", "quote", "amount", "currency", "unit"),
    [
        ("högst 4 529 875 kronor för", "4 529 875 kronor", 4529875, "SEK", "kronor"),
        ("8 425 214 kr.", "8 425 214 kr", 8425214, "SEK", "kr"),
        ("beviljas 7,5 mkr i", "7,5 mkr", 7500000, "SEK", "mkr"),
        ("med 1,9 mnkr.", "1,9 mnkr", 1900000, "SEK", "mnkr"),
        ("in med 6 Mkr i", "6 Mkr", 6000000, "SEK", "mkr"),
        ("15,0 Mkr", "15,0 Mkr", 15000000, "SEK", "mkr"),
        ("17 000 tkr", "17 000 tkr", 17000000, "SEK", "tkr"),
        ("300 kkr", "300 kkr", 300000, "SEK", "kkr"),
        ("max 300.000 kr", "300.000 kr", 300000, "SEK", "kr"),
        ("1950 000 kr", "1950 000 kr", 1950000, "SEK", "kr"),
        ("2019 000 kr", "2019 000 kr", 2019000, "SEK", "kr"),
        ("365\u00a0484\u00a0kronor", "365\u00a0484\u00a0kronor", 365484, "SEK", "kronor"),
        ("3\u202f502\u202f696 kr", "3\u202f502\u202f696 kr", 3502696, "SEK", "kr"),
        ("2,4 miljoner kronor", "2,4 miljoner kronor", 2400000, "SEK", "miljoner kronor"),
        ("beviljas 4, 5 miljoner kronor", "4, 5 miljoner kronor", 4500000, "SEK", "miljoner kronor"),
        ("15.8 miljoner", "15.8 miljoner", 15800000, None, "miljoner"),
        ("24 miljoner ur socialfonden", "24 miljoner", 24000000, None, "miljoner"),
        ("1,2 miljarder", "1,2 miljarder", 1200000000, None, "miljarder"),
        ("1,3 miljarder kronor", "1,3 miljarder kronor", 1300000000, "SEK", "miljarder kronor"),
        ("3,5 milj. kr", "3,5 milj. kr", 3500000, "SEK", "milj. kr"),
        ("500 tusen kronor", "500 tusen kronor", 500000, "SEK", "tusen kronor"),
        ("a budget of SEK 21 million.", "SEK 21 million", 21000000, "SEK", "sek million"),
        ("SEK 4.5 million", "SEK 4.5 million", 4500000, "SEK", "sek million"),
        ("SEK 3,150,000, or", "SEK 3,150,000", 3150000, "SEK", "sek"),
        ("SEK 900,000 in", "SEK 900,000", 900000, "SEK", "sek"),
        ("7,5 MSEK", "7,5 MSEK", 7500000, "SEK", "msek"),
        ("KSEK 500", "KSEK 500", 500000, "SEK", "ksek"),
        ("50 000:-", "50 000:-", 50000, "SEK", ":-"),
        ("7,5mkr", "7,5mkr", 7500000, "SEK", "mkr"),
        ("15 miljoner euro", "15 miljoner euro", 15000000, "EUR", "miljoner euro"),
        ("155,7 miljoner euro", "155,7 miljoner euro", 155700000, "EUR", "miljoner euro"),
        ("€ 2 000", "€ 2 000", 2000, "EUR", "€"),
        ("1 120 400 €", "1 120 400 €", 1120400, "EUR", "€"),
        ("EUR 200,000 over", "EUR 200,000", 200000, "EUR", "eur"),
        ("3 miljoner norska kronor", "3 miljoner norska kronor", 3000000, "NOK", "miljoner norska kronor"),
        ("6 000 000 1:1 kr", "6 000 000 1:1 kr", 6000000, "SEK", "kr"),
        ("3 747 690 kr 1:1", "3 747 690 kr", 3747690, "SEK", "kr"),
        ("2 miljoner kronor per år", "2 miljoner kronor", 2000000, "SEK", "miljoner kronor"),
        ("Tre miljoner till startups", "Tre miljoner", 3000000, None, "miljoner"),
        ("sex miljoner kronor", "sex miljoner kronor", 6000000, "SEK", "miljoner kronor"),
        ("en halv miljon kronor", "en halv miljon kronor", 500000, "SEK", "miljon kronor"),
        ("två och en halv miljoner kronor", "två och en halv miljoner kronor", 2500000, "SEK", "miljoner kronor"),
        ("ett hundra tusen kronor", "ett hundra tusen kronor", 100000, "SEK", "tusen kronor"),
        ("tvåhundrafemtiotusen kronor", "tvåhundrafemtiotusen kronor", 250000, "SEK", "tusen kronor"),
        ("en miljon tvåhundra tusen kronor", "en miljon tvåhundra tusen kronor", 1200000, "SEK", "tusen kronor"),
        ("Summa kr 1 900 000", "kr 1 900 000", 1900000, "SEK", "kr"),
        ("2 500 000,00 kr", "2 500 000,00 kr", 2500000, "SEK", "kr"),
        ("400.000 kr/år", "400.000 kr", 400000, "SEK", "kr"),
        ("sju miljarder", "sju miljarder", 7000000000, None, "miljarder"),
    ],
)
def test_reads_money(text: str, quote: str, amount: int, currency: str | None, unit: str) -> None:
    assert read(text) == [("money", quote, Decimal(amount), currency, unit)]


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("450", ["450"]),
        ("Summa 13 600", ["13600"]),
        ("13 250 000", ["13250000"]),
        ("788 216", ["788216"]),
        ("15,0", ["15.0"]),
        ("1.5", ["1.5"]),
        ("1:1   450", ["450"]),
        ("500,000", ["500000"]),
        ("0,125", ["0.125"]),
        ("0", ["0"]),
        ("3 400\t3 600", ["3400", "3600"]),
        ("900\n700", ["900", "700"]),
        ("10 miljoner invånare", ["10000000"]),
        ("20-50 anställda", ["20", "50"]),
    ],
)
def test_reads_bare_numbers(text: str, amounts: list[str]) -> None:
    found = read(text)
    assert [str(f[2]) for f in found] == amounts
    assert all(f[0] == "number" and f[3:] == (None, None) for f in found)


@pytest.mark.parametrize(
    "text",
    [
        "IO1",
        "3D",
        "Leader 3sam",
        "AP4",
        "1:1",
        "anslag 33:1",
        "2.3.1-12",
        "0187",
        "flera miljoner",
        "miljonsatsning",
        "3-årig",
        "18:e",
        "a@1x.se",
        "§5",
        "9" * 40,
        "22RS10518",
        "x_12",
        "½",
    ],
)
def test_what_is_no_amount(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("100 000–200 000 kronor", [100000, 200000]),
        ("2–3 mkr", [2000000, 3000000]),
        ("mellan 2 och 3 miljoner kronor", [2000000, 3000000]),
        ("från 960 000 till 600 000 kronor", [960000, 600000]),
        ("100 000 respektive 200 000 kronor", [100000, 200000]),
        ("1,5 respektive 2 mkr", [1500000, 2000000]),
    ],
)
def test_amounts_that_share_a_unit(text: str, amounts: list[int]) -> None:
    found = list(find_money(text))
    assert [s.value.amount for s in found] == amounts
    assert all(s.kind == "money" and s.value.currency == "SEK" for s in found)


@pytest.mark.parametrize("text", ["projekt 1 och 3 miljoner kronor", "Leader 3 - 200 tkr"])
def test_a_number_beside_an_amount_has_no_unit(text: str) -> None:
    assert [s.kind for s in find_money(text)] == ["number", "money"]


@pytest.mark.parametrize(
    ("text", "ceiling", "approximate"),
    [
        ("dock högst 900 000 kronor", True, False),
        ("max 300 tkr", True, False),
        ("upp till 100 000 kr", True, False),
        ("som mest 7,5 MSEK", True, False),
        ("Up to SEK 3,150,000", True, False),
        ("maximalt ett belopp om 5 mkr", True, False),
        ("Cirka sex miljoner kronor", False, True),
        ("drygt 36 miljoner kronor", False, True),
        ("nära 39 miljoner kronor", False, True),
        ("mer än 85 miljoner kronor", False, True),
        ("sammanlagt omkring 20 Mkr", False, True),
        ("upp till cirka 3 mkr", True, True),
        ("beviljas 3 mkr", False, False),
        ("totalt 33 miljoner kronor", False, False),
        ("taxa 3 mkr", False, False),
    ],
)
def test_words_before_an_amount(text: str, ceiling: bool, approximate: bool) -> None:
    (span,) = find_money(text)
    assert (span.value.ceiling, span.value.approximate) == (ceiling, approximate)
    assert text[span.start].isdigit() or text[span.start :].startswith(("SEK", "sex"))


def test_nothing_is_read_in_what_is_taken() -> None:
    text = "den 6 mars 2018 450 kr"
    taken = [TypedSpan("date", 4, 15, None)]
    assert [(text[s.start : s.end], s.value.amount) for s in find_money(text, taken)] == [("450 kr", 450)]


def test_a_number_never_crosses_a_cell_or_a_line() -> None:
    assert [f[1] for f in read("365\t484 kronor\n1\n000 kr")] == ["365", "484 kronor", "1"]


GROUPING = st.sampled_from([" ", "\u00a0", "\u202f", "."])
BASE_UNITS = st.sampled_from(["kronor", "kr", "SEK", ":-"])
SCALED_UNITS = st.sampled_from(
    [
        ("tkr", 1000),
        ("kkr", 1000),
        ("tusen kronor", 1000),
        ("mkr", 10**6),
        ("mnkr", 10**6),
        ("Mkr", 10**6),
        ("MSEK", 10**6),
        ("miljoner kronor", 10**6),
        ("milj. kr", 10**6),
        ("miljarder kronor", 10**9),
    ]
)


@given(st.integers(1, 10**11), GROUPING, BASE_UNITS)
def test_grouped_amounts_come_back(amount: int, mark: str, unit: str) -> None:
    text = f"beviljas {amount:,}".replace(",", mark) + f" {unit} till projektet"
    (span,) = find_money(text)
    assert (span.value.amount, span.value.currency, span.value.unit) == (amount, "SEK", unit.casefold())


@given(st.decimals(min_value=Decimal("0.1"), max_value=Decimal("999"), places=1), SCALED_UNITS, st.sampled_from(",."))
def test_scaled_amounts_come_back(number: Decimal, unit: tuple[str, int], mark: str) -> None:
    text = f"med {str(number).replace('.', mark)} {unit[0]}, som"
    (span,) = find_money(text)
    assert span.value.amount == number * unit[1]
    assert span.value.currency == "SEK"


@given(st.integers(0, 10**12), GROUPING)
def test_bare_numbers_come_back(amount: int, mark: str) -> None:
    text = f"Summa\t{amount:,}".replace(",", mark)
    (span,) = find_money(text)
    assert (span.kind, span.value.amount, span.value.unit) == ("number", amount, None)
