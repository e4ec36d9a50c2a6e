"""Memoranda, letters and agendas of regions and county boards: wording and layout, in invented papers."""

from __future__ import annotations

from typing import Any

import pytest

from tests.extract.lists import facts, one_decision

_MINUTES = """
Region Bergslagen                          Protokoll
Regionala utvecklingsnämnden               2022-03-16

§ 12  Stöd till projektet Träets väg

Beslut
Regionala utvecklingsnämnden beslutar att bevilja Sala kommun 500 000 kronor till projektet Träets väg.

Ärendet
{}
"""


def _case(sentence: str) -> dict[str, Any]:
    return one_decision(_MINUTES.format(sentence), "Träets väg")


@pytest.mark.parametrize(
    "sentence",
    [
        "Samarbetspartner i projektet är Högskolan Dalarna och Avesta kommun.",
        "Som samverkansparter nämns Högskolan Dalarna och Avesta kommun.",
        "Bland parterna finns Högskolan Dalarna och Avesta kommun.",
        "Samverkanspartners utgörs av Högskolan Dalarna och Avesta kommun.",
        "Utöver Sala kommun deltar Högskolan Dalarna och Avesta kommun.",
        "Projektet bedrivs gemensamt av Sala kommun, Högskolan Dalarna och Avesta kommun.",
        "Högskolan Dalarna och Avesta kommun står också bakom projektet.",
    ],
)
def test_who_takes_part(sentence: str) -> None:
    assert sorted(_case(sentence)["partners"]) == ["Avesta kommun", "Högskolan Dalarna"]


@pytest.mark.parametrize(
    "sentence",
    ["Parterna är eniga om innehållet.", "Vid sidan av projektet finns planer på en väg.", "Lead partner is KTH."],
)
def test_who_takes_no_part(sentence: str) -> None:
    assert _case(sentence)["partners"] == []


@pytest.mark.parametrize(
    ("sentence", "share"),
    [
        ("Region Bergslagens del motsvarar nio procent av projektets totala finansiering.", 9.0),
        ("Region Bergslagens medfinansiering uppgår till tjugofem procent av kostnaderna.", 25.0),
        ("Projektet beviljas maximalt 50 procent av redovisade och godkända kostnader.", 50.0),
        ("Bidraget är beräknat till 40 procent av de bidragsberättigande kostnaderna.", 40.0),
        ("Detta innebär en medfinansiering om 45 procent.", 45.0),
        ("Av deltagarna ska femtio procent vara kvinnor.", None),
    ],
)
def test_share(sentence: str, share: float | None) -> None:
    assert _case(sentence)["share_percent"] == share


@pytest.mark.parametrize(
    ("sentence", "key", "value"),
    [
        ("Totalt omfattar budgeten 1 500 000 kronor.", "total_budget_sek", 1500000),
        ("Projektets totala stödberättigande kostnader är 1 500 000 kronor.", "total_budget_sek", 1500000),
        ("Sökanden har reviderat sin ansökan till 750 000 kronor.", "applied_amount_sek", 750000),
        (
            "Kostnader är stödberättigande från och med den 1 maj 2022 till och med den 30 juni 2024.",
            "end",
            "2024-06-30",
        ),
        ("Projektet ska starta senast den 1 maj 2022.", "end", None),
    ],
)
def test_sums_and_days(sentence: str, key: str, value: object) -> None:
    assert _case(sentence)[key] == value


_LETTER = """Region Bergslagen                 BESLUT
Regional utveckling               Datum            Diarienummer
                                  2023-05-20       {}

Sala kommun
733 25 Sala

Stöd till projektet Träets väg

Beslut

Region Bergslagen beviljar Sala kommun 500 000 kronor till projektet Träets väg.

{}
"""


@pytest.mark.parametrize("number", ["RUN 2023/118", "NRU-HRU22-0188", "2023-RUN000417", "LS-RUN23-0118"])
def test_number_below_its_label_in_columns(number: str) -> None:
    (decision,) = facts(_LETTER.format(number, "Beslutet kan inte överklagas."))["decisions"]
    assert (decision["diary_number"], decision["date"]) == (number, "2023-05-20")


def test_day_of_the_decision_before_that_of_the_letter() -> None:
    told = "Beslutet har fattats av regionstyrelsen den 10 maj 2023."
    (decision,) = facts(_LETTER.format("RUN 2023/118", told))["decisions"]
    assert (decision["deciding_body"], decision["date"]) == ("Regionstyrelsen", "2023-05-10")


_AGENDA = """# Ärenden på nämndens möte den 4 maj

Regionala utvecklingsnämnden i Region Norrbotten sammanträder torsdagen den 4 maj 2023.

## Projektet Tjära och tradition

Älvsbyns kommun har sökt 900 000 kronor. Förslaget är att projektet beviljas 700 000 kronor.

## Förstudien Lokal keramik

Överkalix kommun ansöker om 380 000 kronor. Förslaget är att ansökan avslås.
"""


def test_headings_of_markdown_open_matters_and_a_proposal_decides_nothing() -> None:
    decisions = facts(_AGENDA, "arenden.md")["decisions"]
    assert [(d["project"], d["outcome"], d["amount_sek"], d["applied_amount_sek"]) for d in decisions] == [
        ("Tjära och tradition", "proposed_grant", 700000, 900000),
        ("Lokal keramik", "proposed_rejection", None, 380000),
    ]


_BULLETIN = """Region Norrbotten
Pressmeddelande 2024-03-14

Regionala utvecklingsnämnden har beslutat om projektmedel vid mötet den 13 mars 2024.

Några av de projekt som beviljades medel

Tjära på burk
/Umeå universitet tillsammans med Arjeplogs kommun
Projektet handlar om att fler ska kunna bränna tjära.
Beviljat belopp: 2 145 000 kronor

Renens år
/Sametinget
Unga renskötare ska få pröva nya verktyg. Svenska ESF-rådet finansierar projektet med 900 000 kronor.
Beviljat belopp: 980 000 kronor
"""


def test_entries_whose_title_stands_above_prose_and_owner_behind_a_stroke() -> None:
    decisions = facts(_BULLETIN)["decisions"]
    assert [(d["project"], d["beneficiary"], d["amount_sek"], d["partners"]) for d in decisions] == [
        ("Tjära på burk", "Umeå universitet", 2145000, ["Arjeplogs kommun"]),
        ("Renens år", "Sametinget", 980000, []),
    ]


_PAGE = """<html><body><h1>Projekt</h1><h2>Beviljade projekt 2022</h2>
<h3>Ystugan</h3><p>Sökande: Mora kommun<br>Beviljat stöd: 388 700 kronor</p>
<h3>Skyltar</h3><p>Sökande: Rättviks kommun<br>Beviljat stöd: 415 000 kronor</p>
<p>I projektet ingår också kommunerna Leksand, Mora och Orsa.</p>
<h2>Avslagna ansökningar</h2><p>Under året har 12 ansökningar fått avslag.</p></body></html>"""


def test_a_heading_of_refusals_ends_the_entry_above_it() -> None:
    decisions = facts(_PAGE, "sida.html")["decisions"]
    assert [(d["project"], d["outcome"], d["amount_sek"]) for d in decisions] == [
        ("Ystugan", "granted", 388700),
        ("Skyltar", "granted", 415000),
    ]
    assert decisions[1]["partners"] == ["Leksands kommun", "Mora kommun", "Orsa kommun"]


def test_where_the_money_comes_from_is_no_second_grant() -> None:
    text = _MINUTES.replace(
        "500 000 kronor till projektet Träets väg.", "500 000 kronor till projektet Träets väg,"
    ).format("Projektet pågår 2022 och 2023.")
    text = text.replace("\n\nÄrendet", "\natt medel anvisas ur anslag 1:1 med 250 000 kronor per år.\n\nÄrendet")
    assert [d["amount_sek"] for d in facts(text)["decisions"]] == [500000]


_PROPOSAL = """Region Stockholm
Tillväxtförvaltningen              TJÄNSTEUTLÅTANDE
                                   2021-03-02

Handläggare:                       Tillväxt- och regionplanenämnden
Strateg                            2021-03-25, p 9

Medfinansiering av Finnskogens ljud 2020-2022

Förslag till beslut
1. Utö Hembygdsförening beviljas 210 000 kronor till projektet Finnskogens ljud.
2. Beslutet villkoras av att Tillväxtverket beviljar stöd till projektet.
"""


def test_a_proposal_has_the_day_below_its_board_and_its_condition_decides_nothing() -> None:
    (decision,) = facts(_PROPOSAL)["decisions"]
    assert (decision["project"], decision["date"], decision["authority"]) == (
        "Finnskogens ljud",
        "2021-03-25",
        "Region Stockholm",
    )


def test_a_name_in_quotation_marks_behind_what_it_is_about() -> None:
    text = _MINUTES.format("-").split("Beslut")[0]
    text += """Ärendet
Stiftelsen Surfhistoria sökte 1,4 miljoner kronor till en förstudie om ett museum, ”Museum på vågen”. Regionala
utvecklingsnämnden valde att säga nej.
"""
    assert [(d["project"], d["outcome"]) for d in facts(text)["decisions"]] == [("Museum på vågen", "rejected")]


_COSTS = """Åre kommun
Publicerad 2021-02-18

Kommunstyrelsen beslutade den 17 februari 2021 att bevilja projektet Levande by 265 200 kronor.

Så här delas kostnaden:

• Region Gävleborg 912 000 kronor
• Ljusdals kommun 420 000 kronor
"""


def test_payers_below_a_heading_that_divides_the_cost() -> None:
    lines = {(f["funder"], f["amount_sek"]) for f in facts(_COSTS)["financing"]}
    assert {("Region Gävleborg", 912000), ("Ljusdals kommun", 420000)} <= lines


_SIGNED = """Protokoll från miljönämnden den 25 september 2018
Västra Götalandsregionen

Underskrifter
Sekreterare:
Ordförande:
Justerare:

§ 76
Stöd till projekt: Plastkretsen
Diarienummer MN 2018-00187

Beslut
1. Miljönämnden beviljar Chalmers tekniska högskola 700 000 kronor till projektet Plastkretsen.

Sammanfattning
Samverkansparterna Renova AB och Borås kommun samlar in plast.
"""


def test_lines_for_signatures_take_nothing_of_the_matter_below() -> None:
    (decision,) = facts(_SIGNED)["decisions"]
    assert (decision["project"], decision["diary_number"]) == ("Plastkretsen", "MN 2018-00187")
    assert decision["partners"] == ["Renova AB", "Borås kommun"]
