"""Lists and letters of agencies, foundations and partnerships: columns one below the other, rows that dots lead to,
items led by a refusal, committees of programmes."""

from __future__ import annotations

from tests.extract.lists import facts

COLUMNS = """LEADER NORRA SKOGEN
LAG-beslut 2021-03-04

Beviljade projekt

Projekt
Bybio
Stigar och
spår
Kvarnhjulet

Projektägare
Näs Byaråd
Ängs kommun
Kvarnföreningen

Stöd
120 000 kr
95 500 kr
310 000 kr

Avslag

Projekt
Skoterleden
Fiskbilen

Projektägare
Näs Skoterklubb
Sjöns Fiskare

Ansökningarna nådde inte upp till lägsta poäng.
"""

DOTS = """STIFTELSEN ÄNGENS MINNE

Stiftelsens styrelse har vid sammanträde den 14 maj 2018 beslutat om anslag enligt nedan.

Näs Hembygdsförening, för restaurering av
   smedjan i Näs ................................ 45 000 kr
Ängs SK, för projektet Alla åker ................ 60 000 kr
Kör och klang, för "Sånger vid sjön" ............ 25 000 kr
Ängs Ridklubb, för driften ...................... 40 000 kr
"""

LEADS = """Strukturfondspartnerskapet Norra Mellansverige
Protokoll 2 juni 2016

§ 4  Prioritering av ansökningar, Europeiska regionala utvecklingsfonden

Partnerskapet beslutar

att prioritera ansökningarna

    1. Spetsen, Örebro universitet, ärende-id 20200874, 1 950 tkr
    2. Gruvan, Falu kommun, ärende-id 20200881, 6 400 tkr

att inte prioritera ansökningarna

    - Vindkraftsakademin, Ljusdals kommun, ärende-id 20200899, som sökt 7 250 tkr, och
    - Turismlyftet, Säters kommun, ärende-id 20200902, som sökt 5 500 tkr, samt

att bordlägga ansökan från Region Värmland om Skogens hus (ärende-id 20200911) till nästa möte.
"""

COMMITTEE = """Interreg V A Sverige–Norge
Styrkommittén, protokoll 27 april 2017

14.1  Skidspår utan gräns
      Svensk projektägare: Torsby kommun
      Sökt EU-medel: 5 120 000 SEK
      Sökt IR-midler: 3 400 000 NOK
      Projektperiod: 2017-08-01–2020-07-31
Vedtak/Beslut: Bifall. EU-medel beviljas med 5 000 000 SEK och IR-midler med 3 000 000 NOK.

14.2  Älgräkning
      Svensk projektägare: Högskolan Dalarna
      Sökt EU-medel: 6 015 500 SEK
Vedtak/Beslut: Avslag. Mervärdet framgår inte.

14.3  Verkstadsgolv
      Svensk projektägare: Arvika kommun
      Sökt EU-medel: 4 480 000 SEK
Vedtak/Beslut: Ansökan drogs tillbaka före mötet.
"""


def test_columns_told_one_below_the_other_are_rows() -> None:
    found = {d["project"]: d for d in facts(COLUMNS)["decisions"]}
    assert {n: (d["outcome"], d["beneficiary"], d["amount_sek"]) for n, d in found.items()} == {
        "Bybio": ("granted", "Näs Byaråd", 120000),
        "Stigar och spår": ("granted", "Ängs kommun", 95500),
        "Kvarnhjulet": ("granted", "Kvarnföreningen", 310000),
        "Skoterleden": ("rejected", "Näs Skoterklubb", None),
        "Fiskbilen": ("rejected", "Sjöns Fiskare", None),
    }
    assert {(d["authority"], d["deciding_body"], d["date"]) for d in found.values()} == {
        ("Leader Norra Skogen", "LAG", "2021-03-04")
    }


def test_rows_end_with_the_sum_that_dots_lead_to() -> None:
    found = {d["project"]: d for d in facts(DOTS)["decisions"]}
    assert {n: (d["beneficiary"], d["amount_sek"], d["deciding_body"]) for n, d in found.items()} == {
        "Restaurering av smedjan i Näs": ("Näs Hembygdsförening", 45000, "Styrelsen"),
        "Alla åker": ("Ängs SK", 60000, "Styrelsen"),
        "Sånger vid sjön": ("Kör och klang", 25000, "Styrelsen"),
    }


def test_items_below_a_refusal_are_refused_and_keep_their_own_numbers() -> None:
    found = {d["project"]: d for d in facts(LEADS)["decisions"]}
    told = {n: (d["outcome"], d["case_ids"], d["amount_sek"], d["applied_amount_sek"]) for n, d in found.items()}
    assert told == {
        "Spetsen": ("granted", ["20200874"], 1950000, None),
        "Gruvan": ("granted", ["20200881"], 6400000, None),
        "Vindkraftsakademin": ("rejected", ["20200899"], None, 7250000),
        "Turismlyftet": ("rejected", ["20200902"], None, 5500000),
        "Skogens hus": ("other", ["20200911"], None, None),
    }
    assert {d["date"] for d in found.values()} == {"2016-06-02"}
    assert found["Vindkraftsakademin"]["beneficiary"] == "Ljusdals kommun"
    assert found["Skogens hus"]["funding_source"] is None


def test_a_committee_decides_on_its_programme_in_kronor() -> None:
    found = {d["project"]: d for d in facts(COMMITTEE)["decisions"]}
    told = {n: (d["outcome"], d["amount_sek"], d["applied_amount_sek"], d["funding_source"]) for n, d in found.items()}
    assert told == {
        "Skidspår utan gräns": ("granted", 5000000, 5120000, "Interreg Sverige-Norge"),
        "Älgräkning": ("rejected", None, 6015500, None),
        "Verkstadsgolv": ("other", None, 4480000, None),
    }
