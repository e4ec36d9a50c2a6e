"""Tables with a project on each row."""

from __future__ import annotations

import pytest

from tests.extract.lists import decided, facts, paid


def test_columns_with_unit_in_the_head_words_and_outcomes() -> None:
    paper = facts(
        """
        Region Fjällmark

        Regionala utvecklingsnämnden
        Protokoll 2022-05-12

        Beslut om projektmedel ur anslag 1:1

        Nämnden beslutade den 12 maj 2022 om följande ansökningar. Belopp i tkr.

        Sökande                     Projekt                        Sökt     Beviljat   Beslut
        Åre kommun                  Vandra varsamt                 900      600        Bifall
        Mittuniversitetet           Kalla fakta om snö             1 250    1 250      Bifall
        Föreningen Fäbodliv         Messmör på export              400      -          Avslag
        Ragunda kommun              Elfisk i älven                 310      -          Återremiss

        Summa                                                      2 860    1 850
        """
    )
    fields = ("outcome", "beneficiary", "applied_amount_sek", "amount_sek")
    assert decided(paper, *fields) == [
        ("Vandra varsamt", "granted", "Åre kommun", 900_000, 600_000),
        ("Kalla fakta om snö", "granted", "Mittuniversitetet", 1_250_000, 1_250_000),
        ("Messmör på export", "rejected", "Föreningen Fäbodliv", 400_000, None),
        ("Elfisk i älven", "other", "Ragunda kommun", 310_000, None),
    ]
    assert {d["date"] for d in paper["decisions"]} == {"2022-05-12"}
    assert {d["deciding_body"] for d in paper["decisions"]} == {"Regionala utvecklingsnämnden"}
    assert paper["decisions"][0]["funding_source"] == "1:1-anslaget"
    assert paper["decisions"][2]["funding_source"] is None
    assert paid(paper) == [
        ("Vandra varsamt", "Region Fjällmark", 600_000),
        ("Kalla fakta om snö", "Region Fjällmark", 1_250_000),
    ]


def test_lines_with_semicolons_number_and_period_in_each_row() -> None:
    paper = facts(
        """
        Leader Sjölandet
        Beslut vid LAG-möte 2021-03-18

        LAG beslutade om stöd till följande projekt:

        Diarienummer;Projekt;Sökande;Beviljat stöd (kr);Period
        2021-101;Bygdegårdens sol;Hemse Bygdegårdsförening;220 000;2021-05-01–2022-04-30
        2021-104;Lamm till lunch;Gotlands Lammbönder;415 000;2021-06-01–2023-05-31
        """
    )
    assert decided(paper, "diary_number", "amount_sek", "start", "end") == [
        ("Bygdegårdens sol", "2021-101", 220_000, "2021-05-01", "2022-04-30"),
        ("Lamm till lunch", "2021-104", 415_000, "2021-06-01", "2023-05-31"),
    ]


def test_sub_headings_in_a_table_set_the_outcome() -> None:
    paper = facts(
        """
        <html><body><h1>Beslut i tillväxtutskottet</h1>
        <p>Tillväxtutskottet i Region Sjömark sammanträdde den 9 juni 2020.</p>
        <table><caption>Projektmedel, kr</caption><tr><th>Projekt</th><th>Sökande</th><th>Belopp</th></tr>
        <tr><td colspan="3">Beviljade ansökningar</td></tr>
        <tr><td>Segla smart</td><td>Västerviks kommun</td><td>800 000</td></tr>
        <tr><td colspan="3">Avslagna ansökningar</td></tr>
        <tr><td>Glas och gatsten</td><td>Föreningen Glaskraft</td><td>350 000</td></tr></table></body></html>
        """,
        "paper.html",
    )
    assert decided(paper, "outcome", "amount_sek", "applied_amount_sek") == [
        ("Segla smart", "granted", 800_000, None),
        ("Glas och gatsten", "rejected", None, 350_000),
    ]
    assert paid(paper) == [("Segla smart", "Region Sjömark", 800_000)]


def test_millions_in_the_head_and_a_column_of_municipalities() -> None:
    paper = facts(
        """
        LÄNSSTYRELSEN I GÄVLEBORGS LÄN
        Beslut 2020-10-07

        Beviljade bidrag till bredband, belopp i Mkr

        Kommun          Projekt                 Bidragsmottagare          Total kostnad    Beviljat (Mkr)
        Bollnäs         Fiber Rengsjö           Rengsjö Fiberförening     4,5              1,8
        Ockelbo         Nät i Åmot              Ockelbo kommun            6,0              2,4
        """
    )
    assert decided(paper, "total_budget_sek", "amount_sek", "municipalities") == [
        ("Fiber Rengsjö", 4_500_000, 1_800_000, ["Bollnäs"]),
        ("Nät i Åmot", 6_000_000, 2_400_000, ["Ockelbo"]),
    ]


def test_a_date_in_each_row() -> None:
    paper = facts(
        """
        Region Gotland
        Beslut om regionala projektmedel 2016

        Projekt                      Sökande                      Beviljat belopp      Beslutsdatum
        Kalkens kraft                Uppsala universitet          1 200 000            2016-03-15
        Fårfest                      Föreningen Gutefår           150 000              2016-04-20
        """
    )
    assert decided(paper, "date") == [("Kalkens kraft", "2016-03-15"), ("Fårfest", "2016-04-20")]


def test_a_table_without_a_head_is_read_by_its_cells() -> None:
    paper = facts(
        """
        <html><body><h1>Bidrag våren 2018</h1>
        <p>Kultur- och näringslivsnämnden i Ängsköpings kommun fördelade den 26 april 2018 följande bidrag.</p>
        <table><tr><td>Föreningen Skidlek</td><td>Pilgrim på skidor</td><td>40 000 kr</td></tr>
        <tr><td>Coompanion Östergötland</td><td>Kooperativ i skolan</td><td>75 000 kr</td></tr></table></body></html>
        """,
        "paper.html",
    )
    assert decided(paper, "beneficiary", "amount_sek", "date") == [
        ("Pilgrim på skidor", "Föreningen Skidlek", 40_000, "2018-04-26"),
        ("Kooperativ i skolan", "Coompanion Östergötland", 75_000, "2018-04-26"),
    ]


def test_the_total_behind_years_is_what_is_granted() -> None:
    paper = facts(
        """
        Stiftelsen Fjärrljus
        Beviljade anslag 2020
        Styrelsen fattade besluten den 10 december 2020. Belopp i tkr.

        Dnr         Projekt                    Anslagsförvaltare            2021     2022     Totalt
        20-014      Frost och folk             Umeå universitet             1 200    600      1 800
        20-027      Från älv till hav          Luleå tekniska universitet   450      –        450
        """
    )
    assert decided(paper, "beneficiary", "amount_sek", "total_budget_sek") == [
        ("Frost och folk", "Umeå universitet", 1_800_000, None),
        ("Från älv till hav", "Luleå tekniska universitet", 450_000, None),
    ]


def test_an_outcome_and_its_sum_in_one_cell() -> None:
    paper = facts(
        """
        <html><body><p>Region Mellanskogen</p><h1>Samlad bedömning</h1>
        <p>Avdelningen föreslår att näringslivsnämnden beslutar enligt nedan. Belopp i tkr.</p>
        <table><tr><th>Projekt</th><th>Sökande</th><th>Sökt</th><th>Förslag</th></tr>
        <tr><td>Klimatsmart kyla</td><td>Högskolan i Gävle</td><td>1 840</td><td>Tillstyrks 1 500</td></tr>
        <tr><td>Nio dagars vecka</td><td>Bollnäs kommun</td><td>600</td><td>Avstyrks</td></tr></table></body></html>
        """,
        "paper.html",
    )
    assert decided(paper, "outcome", "amount_sek", "applied_amount_sek") == [
        ("Klimatsmart kyla", "proposed_grant", 1_500_000, 1_840_000),
        ("Nio dagars vecka", "proposed_rejection", None, 600_000),
    ]


@pytest.mark.parametrize("caption", ["Kostnader (kr)", "Finansiering (kr)"])
def test_a_table_of_costs_or_financing_is_no_list_of_projects(caption: str) -> None:
    paper = facts(
        f"""
        <html><body><h1>Rapport</h1><p>Region Fjällmark har beviljat projekt medel.</p><h2>{caption}</h2>
        <table><tr><td>Lön</td><td>Åre kommun</td><td>400 000</td></tr>
        <tr><td>Resor</td><td>Bergs kommun</td><td>50 000</td></tr></table></body></html>
        """,
        "paper.html",
    )
    assert paper["decisions"] == []


def test_two_tables_of_granted_and_refused_projects() -> None:
    paper = facts(
        """
        Region Mittlandet

        Regionala utvecklingsutskottet, protokoll 2021-10-20

        § 77 Projektmedel, omgång 2

        Beslut
        1. Utskottet beslutar att bevilja medel enligt tabell 1.
        2. Utskottet beslutar att avslå ansökningarna i tabell 2.

        Tabell 1. Beviljade projekt

        Dnr            Projekt                  Sökande                 Belopp
        RUU 21/101     Vinter på vatten         Östersunds kommun       500 000
        RUU 21/108     Kunskapslyft trä         Mittuniversitetet       1 200 000

        Tabell 2. Avslagna projekt

        Dnr            Projekt                  Sökande                 Sökt belopp
        RUU 21/103     Skoter i stan            Föreningen Skoterkul    300 000
        RUU 21/110     Appar för älgar          Älgdata AB              750 000
        """
    )
    assert decided(paper, "outcome", "diary_number", "amount_sek", "applied_amount_sek") == [
        ("Vinter på vatten", "granted", "RUU 21/101", 500_000, None),
        ("Kunskapslyft trä", "granted", "RUU 21/108", 1_200_000, None),
        ("Skoter i stan", "rejected", "RUU 21/103", None, 300_000),
        ("Appar för älgar", "rejected", "RUU 21/110", None, 750_000),
    ]
    assert len(paid(paper)) == 2


def test_a_cost_whose_head_begins_as_a_sum_does_and_places_on_rows_of_their_own() -> None:
    paper = facts(
        """
        <p>Länsstyrelsen i Jämtlands län, beslut 2020-05-06. Beviljade projekt, belopp i mnkr.</p>
        <table><tr><th>Projekt</th><th>Sökande</th><th>Beviljat (mnkr)</th><th>Totalkostnad (mnkr)</th></tr>
        <tr><td colspan="4">Bergs kommun</td></tr>
        <tr><td>Kvarnstugans tak</td><td>Hackås bygdegårdsförening</td><td>0,2</td><td>0,5</td></tr>
        <tr><td colspan="4">Härjedalens kommun</td></tr>
        <tr><td>Elljus i Vemdalen</td><td>Vemdalens IF</td><td>0,4</td><td>1,1</td></tr></table>
        """,
        "list.html",
    )
    assert decided(paper, "amount_sek", "total_budget_sek", "municipalities") == [
        ("Kvarnstugans tak", 200_000, 500_000, ["Berg"]),
        ("Elljus i Vemdalen", 400_000, 1_100_000, ["Härjedalen"]),
    ]


def test_a_table_goes_on_below_the_page_without_its_head() -> None:
    row = "<tr><td>{} kommun</td><td>{}</td><td>{}0 000</td><td>{}0 000</td></tr>"
    first = "".join(row.format(*r) for r in (("Ljusdals", "Slåtterängen", 31, 62), ("Ovanåkers", "Forsens bro", 9, 9)))
    second = "".join(row.format(*r) for r in (("Bollnäs", "Kolarkojan", 12, 20), ("Hudiksvalls", "Sjöbodarna", 7, 9)))
    head = "<tr><th>Sökande</th><th>Projekt</th><th>Beviljat</th><th>Total kostnad</th></tr>"
    paper = facts(f"<h1>Beviljade projekt</h1><table>{head}{first}</table><table>{second}</table>", "list.html")
    assert decided(paper, "beneficiary", "amount_sek", "total_budget_sek") == [
        ("Slåtterängen", "Ljusdals kommun", 310_000, 620_000),
        ("Forsens bro", "Ovanåkers kommun", 90_000, 90_000),
        ("Kolarkojan", "Bollnäs kommun", 120_000, 200_000),
        ("Sjöbodarna", "Hudiksvalls kommun", 70_000, 90_000),
    ]
