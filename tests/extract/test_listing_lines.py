"""Lists with a project on each line, and what stands above them."""

from __future__ import annotations

import pytest

from tests.extract.lists import decided, facts, paid

_NEWS = """
<html><body><h1>Projekt får stöd</h1>
<p>Regionstyrelsen i Region Bergslagen beslutade den 3 februari 2023 om medel ur anslag 1:1 till tre projekt.</p>
<ul>{lines}</ul></body></html>
"""


@pytest.mark.parametrize(
    "form",
    [
        "{name}, {party}, {amount}",
        "{name} ({party}): {amount}",
        "{party} för {name} {amount}",
        "{party}, {name}, {amount}",
        "{name} – {party} – {amount}",
        "{name}, {party} ......... {amount}",
        "{party}: {name}, {amount}",
        "Projekt: {name}, sökande: {party}, beviljat: {amount}",
    ],
)
def test_each_form_of_line(form: str) -> None:
    entries = [
        ("Gruvspåret", "Hällefors kommun", "450 000 kronor"),
        ("Tänk runt", "Örebro universitet", "1,2 miljoner kronor"),
        ("Smarta lador", "Karlskoga kommun", "675 000 kronor"),
    ]
    lines = "".join(f"<li>{form.format(name=n, party=p, amount=a)}</li>" for n, p, a in entries)
    paper = facts(_NEWS.format(lines=lines), "paper.html")
    assert decided(paper, "outcome", "beneficiary", "amount_sek", "date", "funding_source") == [
        ("Gruvspåret", "granted", "Hällefors kommun", 450_000, "2023-02-03", "1:1-anslaget"),
        ("Tänk runt", "granted", "Örebro universitet", 1_200_000, "2023-02-03", "1:1-anslaget"),
        ("Smarta lador", "granted", "Karlskoga kommun", 675_000, "2023-02-03", "1:1-anslaget"),
    ]


def test_number_applicant_name_sum_and_outcome_on_a_line() -> None:
    paper = facts(
        """
        Region Norrlunda
        Delegationsbeslut fattade av regional utvecklingsdirektör under april 2021

        RUN 2021-44 – Umeå kommun – Lastcykel i vinter – 250 000 kr – beviljas
        RUN 2021-47 – Norrlandsoperan AB – Opera på flak – 180 000 kr – avslag
        """
    )
    assert decided(paper, "outcome", "diary_number", "beneficiary", "amount_sek", "applied_amount_sek") == [
        ("Lastcykel i vinter", "granted", "RUN 2021-44", "Umeå kommun", 250_000, None),
        ("Opera på flak", "rejected", "RUN 2021-47", "Norrlandsoperan AB", None, 180_000),
    ]


def test_a_note_behind_the_sum_gives_what_was_sought() -> None:
    paper = facts(
        _NEWS.format(
            lines="<li>Vävda berättelser (Tranemo kommun): 300 000 kr</li>"
            "<li>Film på höjden (Föreningen Höglandsbio): 0 kr. Ansökan på 275 000 kr avslogs.</li>"
            "<li>Fri från plastgräs (Borås Stad): avslag på ansökan om 640 000 kr</li>"
        ),
        "paper.html",
    )
    assert decided(paper, "outcome", "amount_sek", "applied_amount_sek") == [
        ("Vävda berättelser", "granted", 300_000, None),
        ("Film på höjden", "rejected", None, 275_000),
        ("Fri från plastgräs", "rejected", None, 640_000),
    ]
    assert paid(paper) == [("Vävda berättelser", "Region Bergslagen", 300_000)]


def test_a_list_that_only_refuses() -> None:
    paper = facts(
        """
        <html><body><h1>Tre projekt får stöd</h1>
        <p>Regionstyrelsen i Region Bergslagen beslutade den 3 februari 2023 om medel till projekt.</p>
        <ul><li>Gruvspåret, Hällefors kommun, 450 000 kronor</li>
        <li>Tänk runt, Örebro universitet, 90 000 kronor</li></ul>
        <p>Två ansökningar fick avslag:</p>
        <ul><li>Båt i bana, Askersunds kommun</li><li>Stor scen, Föreningen Kulturkraft</li></ul></body></html>
        """,
        "paper.html",
    )
    assert [row[1] for row in decided(paper, "outcome")] == ["granted", "granted", "rejected", "rejected"]
    assert len(paid(paper)) == 2


def test_name_applicant_and_sum_on_lines_of_their_own() -> None:
    paper = facts(
        """
        Strukturfondspartnerskapet Östra Skogslandet
        Möte 2019-11-21 i Falun

        Partnerskapet prioriterade följande ansökningar till Europeiska regionala utvecklingsfonden:

        1
        Stål utan kol
        Högskolan Dalarna
        8 450 000 kr

        2
        Besök i gruvan
        Falu kommun
        3 200 000 kr
        """
    )
    assert decided(paper, "beneficiary", "amount_sek", "date", "authority") == [
        ("Stål utan kol", "Högskolan Dalarna", 8_450_000, "2019-11-21", None),
        ("Besök i gruvan", "Falu kommun", 3_200_000, "2019-11-21", None),
    ]
    assert {row[1] for row in paid(paper)} == {"Europeiska regionala utvecklingsfonden"}


def test_a_sum_behind_the_applicant_and_the_number_below() -> None:
    paper = facts(
        """
        Formas
        Beviljade ansökningar 2022 i utlysningen Hållbar mat
        Beslutet fattades 2022-11-24.

        Baljväxter på burk
        Sveriges lantbruksuniversitet, 5 991 000 kr
        Dnr 2022-01872

        Tång till middag
        Göteborgs universitet, 3 998 200 kr
        Dnr 2022-01901
        """
    )
    assert decided(paper, "beneficiary", "amount_sek", "diary_number") == [
        ("Baljväxter på burk", "Sveriges lantbruksuniversitet", 5_991_000, "2022-01872"),
        ("Tång till middag", "Göteborgs universitet", 3_998_200, "2022-01901"),
    ]


def test_applications_with_outcomes_in_sentences_of_their_own() -> None:
    paper = facts(
        """
        Beslutslista
        Regionutskottet för utveckling i Region Gränslandet
        2024-02-14

        1. Ansökan från Arvika kommun om 1 100 000 kr till Glasriket (RUV 2024/12). BIFALL. Högst 900 000 kr,
        40 procent av kostnaderna, 1:1-medel. Tid: mars 2024 – februari 2026.
        2. Ansökan från Torsby kommun om 500 000 kr till Gränsbutiken (RUV 2023/140). BORDLAGT till den 20 mars.
        3. Ansökan från Eda kommun om 200 000 kr till Tull till tusen (RUV 2024/19). AVSLAG. Bedöms inte bidra.
        """
    )
    assert decided(paper, "outcome", "beneficiary", "applied_amount_sek", "amount_sek", "share_percent") == [
        ("Glasriket", "granted", "Arvika kommun", 1_100_000, 900_000, 40.0),
        ("Gränsbutiken", "other", "Torsby kommun", 500_000, None, None),
        ("Tull till tusen", "rejected", "Eda kommun", 200_000, None, None),
    ]
    assert paper["decisions"][0]["start"] == "2024-03"


def test_brackets_within_a_sentence() -> None:
    paper = facts(
        """
        Ängsköpings kommun
        Kultur- och näringslivsnämnden
        Protokoll 2018-04-26

        Beslut
        Nämnden avslår ansökningarna från Ängsköpings Motorklubb (Folkrace, 60 000 kr) och Motala kommun (Surfa lugnt,
        22 000 kr).
        """
    )
    assert decided(paper, "outcome", "beneficiary", "applied_amount_sek") == [
        ("Folkrace", "rejected", "Ängsköpings Motorklubb", 60_000),
        ("Surfa lugnt", "rejected", "Motala kommun", 22_000),
    ]


def test_a_fund_that_the_list_does_not_tell_of_is_left_out() -> None:
    paper = facts(
        """
        <html><body><h1>Beslutslista</h1><p>Strukturfondspartnerskapet Östkusten beslutade den 6 december 2019 om stöd
        ur Europeiska regionala utvecklingsfonden till projekten. Därutöver fördelades 24 miljoner ur socialfonden, som
        inte redovisas här.</p>
        <ul><li>Skogskraft, Växjö kommun, 900 000 kronor</li><li>Digilyft, Kalmar kommun, 700 000 kronor</li></ul>
        </body></html>
        """,
        "paper.html",
    )
    assert {row[1] for row in decided(paper, "funding_source")} == {"Europeiska regionala utvecklingsfonden"}


@pytest.mark.parametrize(
    "heading, lines",
    [
        ("Finansiering", ["Åre kommun: 300 000 kr", "Region Jämtland Härjedalen: 500 000 kr"]),
        ("Kostnader", ["Personal, Åre kommun: 300 000 kr", "Resor, Bergs kommun: 50 000 kr"]),
        ("Så mycket kan ni få", ["Bidraget till kommuner är 300 000 kr.", "Bidraget till föreningar är 50 000 kr."]),
    ],
)
def test_other_lists_are_no_projects(heading: str, lines: list[str]) -> None:
    items = "".join(f"<li>{line}</li>" for line in lines)
    paper = facts(f"<html><body><h1>Om stödet</h1><h2>{heading}</h2><ul>{items}</ul></body></html>", "paper.html")
    assert paper["decisions"] == []


def test_an_agenda_decides_nothing() -> None:
    paper = facts(
        """
        <html><body><h1>Kallelse till tillväxtutskottet</h1><p>Följande projekt ska behandlas den 3 mars 2023:</p>
        <ul><li>Gruvspåret, Hällefors kommun, 450 000 kronor</li>
        <li>Tänk runt, Örebro universitet, 90 000 kronor</li></ul>
        </body></html>
        """,
        "paper.html",
    )
    assert paper["decisions"] == []


def test_a_day_without_year_has_the_year_of_the_paper() -> None:
    paper = facts(
        """
        Pressmeddelande från Region Solsidan
        17 juni 2019

        Regionala utvecklingsnämnden beslutade på torsdagen den 13 juni om stöd till två projekt:

        - Solceller på tak, 2,5 miljoner kronor. Projektägare är Nyköpings kommun.
        - Industrin lär, 800 000 kronor. Projektägare är Mälardalens universitet.
        """
    )
    assert decided(paper, "date", "beneficiary", "amount_sek") == [
        ("Solceller på tak", "2019-06-13", "Nyköpings kommun", 2_500_000),
        ("Industrin lär", "2019-06-13", "Mälardalens universitet", 800_000),
    ]
