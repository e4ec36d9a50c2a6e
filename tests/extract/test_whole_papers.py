"""What papers read whole taught: whose paper it is, shares beside sums, limits, values on several lines, successors."""

from __future__ import annotations

from typing import Any

import pytest

from tests.extract.lists import facts

MINUTES = """
                                  SAMMANTRÄDESPROTOKOLL
Regionala utvecklingsnämnden      Sammanträdesdatum: 2022-05-11                    7 (20)


§ 51  {title}
      {number}

Regionala utvecklingsnämnden beslutar

att  bevilja {receiver} 600 000 kr till projektet Ljus i Lima, samt

att  {condition}.

Ärendebeskrivning

{told}

{table}
"""
TABLE = """
Finansiering                                  kr            {share}
Region Dalarna                           600 000           40
Tillväxtverket ERUF                      750 000           50
Mora kommun                              150 000           10
Summa                                  1 500 000          100
"""
CONDITION = "bevilja medlen under förutsättning att Tillväxtverket beviljar sin del"


def _of_minutes(
    title: str = "Ansökan om medfinansiering av projekt Ljus i Lima",
    number: str = "RUN 2022/51",
    condition: str = CONDITION,
    told: str = "Projektet ska ge bättre ljus i byn.",
    table: str = "",
    receiver: str = "Mora kommun",
) -> dict[str, Any]:
    paper = MINUTES.format(title=title, number=number, condition=condition, told=told, table=table, receiver=receiver)
    return facts(paper)


@pytest.mark.parametrize("share", ["%", "Andel", "Andel %", "Procent", "i procent", "% av total"])
def test_a_column_of_shares_holds_no_sums(share: str) -> None:
    found = _of_minutes(table=TABLE.format(share=share))
    (decision,) = found["decisions"]
    assert decision["total_budget_sek"] == 1_500_000
    assert {row["amount_sek"] for row in found["financing"]} == {600_000, 750_000, 150_000}


def test_a_payer_with_its_fund_behind_it_is_the_payer() -> None:
    funders = {row["funder"] for row in _of_minutes(table=TABLE.format(share="%"))["financing"]}
    assert funders == {"Region Dalarna", "Tillväxtverket", "Mora kommun"}


@pytest.mark.parametrize("number", ["RUN 6:14-2021", "RUN 6:9/2021", "HN 3:128-2022", "RUN2022/51", "RUN 2022-00051"])
def test_a_number_of_a_class_and_year_below_the_title_is_the_diary_number(number: str) -> None:
    (decision,) = _of_minutes(number=number)["decisions"]
    assert decision["diary_number"] == number


@pytest.mark.parametrize(
    "title",
    [
        "Avbrutet projekt, Ljus i Lima",
        "Avbrott i projektet Ljus i Lima",
        "Förtida avslut av projektet Ljus i Lima",
        "Ändringar i projektet Ljus i Lima",
        "Återlämnade medel från projektet Ljus i Lima",
    ],
)
def test_what_befell_a_project_is_no_part_of_its_name(title: str) -> None:
    assert {d["project"] for d in _of_minutes(title=title)["decisions"]} == {"Ljus i Lima"}


@pytest.mark.parametrize(
    "told",
    [
        "Sökanden har budgeterat 650 000 kr för en utsiktsplats.",
        "Sökanden har räknat med 650 000 kr till konsulter.",
        "Utrustning som kostar mer än 25 000 kronor ska upphandlas.",
        "Inköp vars värde överstiger 25 000 kronor ska konkurrensutsättas.",
        "Varje inventarie kostar mindre än 25 000 kronor.",
    ],
)
def test_a_part_of_the_costs_or_a_limit_is_no_total(told: str) -> None:
    (decision,) = _of_minutes(told=told)["decisions"]
    assert decision["total_budget_sek"] is None


@pytest.mark.parametrize(
    "told",
    [
        "Stationen i Röjan ska kunna användas.",
        "Ansökan lades fram av föreningen i Sollerön vars medlemmar skulle sköta den.",
        "Synen på torget i Rättvik måste redovisas.",
    ],
)
def test_a_place_and_the_verb_of_its_sentence_are_no_project(told: str) -> None:
    paper = f"""
        Region Dalarna
        Regionala utvecklingsnämnden
        Protokoll 2023-03-09

        § 14 Tåget till backen
        Dnr RD 2023/14

        Beslut
        Ärendet återremitteras för att frågan ska utredas. {told}

        § 15 Ansökan om projektmedel till Ljus i Lima
        Beslut
        Regionala utvecklingsnämnden beviljar Mora kommun 600 000 kronor till projektet Ljus i Lima.
    """
    assert {d["project"] for d in facts(paper)["decisions"]} <= {"Tåget till backen", "Ljus i Lima"}


LIST = """
    <html><body><h1>Tre projekt får stöd</h1>
    <p>Regionala utvecklingsnämnden i Region Blekinge sammanträdde den 20 oktober 2022.</p>
    <ul>
    <li><strong>Tyst propeller.</strong> Blekinge Tekniska Högskola får 1,8 miljoner kronor för sina propellrar.</li>
    <li><strong>{title}.</strong> Olofströms Näringsliv AB tilldelas 950 000 kronor. Verkstäder i Olofström deltar.</li>
    <li><strong>Havsöringens väg.</strong> Sölvesborgs kommun beviljas 425 000 kronor.</li>
    </ul></body></html>
"""


@pytest.mark.parametrize("title", ["Plåt möter plast", "Bygden tar plats", "Hallen växer", "Torg 2.0"])
def test_the_title_of_an_item_may_have_a_verb(title: str) -> None:
    found = {d["project"]: d for d in facts(LIST.format(title=title), "page.html")["decisions"]}
    assert sorted(found) == sorted(["Tyst propeller", title, "Havsöringens väg"])
    assert found[title]["amount_sek"] == 950_000
    assert found["Tyst propeller"]["municipalities"] == []


SHEET = """
    <html><body><main><h1>Kall luft, varma hus</h1>
    <p>Hur mycket värme går det att ta tillbaka? Det undersöker vi i Borlänge.</p>
    <dl>
    <dt>Projektägare</dt><dd>Högskolan Dalarna</dd>
    <dt>Projekttid</dt><dd>januari 2022 – december 2024</dd>
    <dt>Samarbetspartner</dt>{partners}
    <dt>Budget</dt><dd>3,6 miljoner kronor</dd>
    </dl>
    <h2>Finansiering</h2>
    <p>Den 8 december 2021 beviljade regionala utvecklingsnämnden i Region Dalarna projektet 1 278 000 kronor.</p>
    </main></body></html>
"""


@pytest.mark.parametrize(
    "partners",
    [
        "<dd>Borlänge Energi<br>LudvikaHem<br>Byggdialog Dalarna</dd>",
        "<dd>Borlänge Energi</dd><dd>LudvikaHem</dd><dd>Byggdialog Dalarna</dd>",
        "<dd>Borlänge Energi, LudvikaHem och Byggdialog Dalarna</dd>",
        "<dd><ul><li>Borlänge Energi</li><li>LudvikaHem</li><li>Byggdialog Dalarna</li></ul></dd>",
    ],
)
def test_values_on_several_lines_are_all_of_their_label(partners: str) -> None:
    (decision,) = facts(SHEET.format(partners=partners), "page.html")["decisions"]
    assert (decision["project"], decision["amount_sek"]) == ("Kall luft, varma hus", 1_278_000)
    assert decision["beneficiary"] == "Högskolan Dalarna"
    assert decision["total_budget_sek"] == 3_600_000
    assert decision["partners"] == ["Borlänge Energi", "LudvikaHem", "Byggdialog Dalarna"]


def test_a_numbered_successor_is_a_project_of_its_own() -> None:
    paper = """
        <html><body><h1>Tio år sedan starten</h1>
        <h2>Ett ja</h2>
        <p>Den 14 juni 2012 sa Länsstyrelsen i Västernorrlands län ja till 1 600 000 kronor till Mittuniversitetet, och
        projektet Tryckladan kunde starta den 1 september. I dag har Tryckladan 14 anställda.</p>
        <h2>Fortsättningen</h2>
        <p>Som fortsättning på Tryckladan kom Tryckladan II. Det fick 900 000 kronor av kommunstyrelsen i
        Sundsvalls kommun den 7 mars 2016.</p></body></html>
    """
    found = facts(paper, "page.html")
    told = {d["project"]: (d["authority"], d["amount_sek"], d["date"]) for d in found["decisions"]}
    assert told == {
        "Tryckladan": ("Länsstyrelsen i Västernorrlands län", 1_600_000, "2012-06-14"),
        "Tryckladan II": ("Sundsvalls kommun", 900_000, "2016-03-07"),
    }
    assert [(r["project"], r["predecessor"]) for r in found["lineage"]] == [("Tryckladan II", "Tryckladan")]


@pytest.mark.parametrize(
    "told",
    [
        "Byalaget vill att kommunen bidrar med 120 000 kronor.",
        "Byalaget hade hoppats på 120 000 kronor.",
        "Byalaget önskar att kommunen ska bidra med 120 000 kronor.",
        "Byalaget ber kommunen gå in med 120 000 kronor.",
        "Byalaget begär att kommunen medfinansierar projektet med 120 000 kronor.",
        "Byalaget har bett kommunen om 120 000 kronor.",
        "Byalaget vill att kommunen ska medfinansiera projektet med 120 000 kronor.",
    ],
)
def test_what_one_wants_another_to_pay_is_sought(told: str) -> None:
    paper = f"""
        Söderhamns kommun
        Kommunstyrelsen
        Protokoll 2020-10-06

        § 180 Begäran om bidrag till projektet Vattenpark
        Dnr KS 2020/0431

        Kommunstyrelsens beslut
        1. Ärendet återremitteras till näringslivskontoret.

        Sammanfattning av ärendet
        {told}
    """
    found = facts(paper)
    (decision,) = found["decisions"]
    assert decision["applied_amount_sek"] == 120_000
    assert found["financing"] == []


@pytest.mark.parametrize(
    "told",
    [
        "Kommunen medfinansierar projektet Spår till skogen med 150 000 kronor per år, sammanlagt 450 000 kronor.",
        "Kommunen går in med 150 000 kronor om året i tre år, totalt 450 000 kronor, i projektet Spår till skogen.",
        "Kommunen bidrar årligen med 150 000 kronor till projektet Spår till skogen 2022–2024, totalt 450 000 kronor.",
    ],
)
def test_of_a_yearly_sum_and_the_whole_the_whole_is_paid(told: str) -> None:
    paper = f"""
        LJUSDALS KOMMUN
        Kommunstyrelsen
        Protokoll 2022-03-03

        § 48 Ansökan om medfinansiering av projektet Spår till skogen
        Kommunstyrelsens beslut
        1. {told}
    """
    found = facts(paper)
    (decision,) = found["decisions"]
    assert decision["amount_sek"] == 450_000
    assert {row["amount_sek"] for row in found["financing"]} <= {450_000}


REPORT = """
    SLUTRAPPORT

    Projektnamn                 Rökt och rimmat
    Dnr                         RUN/611/2019
    Stödmottagare               Bergs kommun

    Beslut i ärendet

    Datum           Beslut                                             Fattat av
    2019-12-11      Stöd beviljas, 1 350 000 kr ur anslag 1:1          Regionala utvecklingsnämnden
    2021-02-15      {change}               Regional utvecklingsdirektör

    Spridning
    Receptboken kostar 180 kr och är slut på förlaget.
"""


@pytest.mark.parametrize(
    "change",
    ["Sista dag flyttas till 2022-03-31", "Förlängd projekttid till 2022-03-31", "Ändrad budget godkänns"],
)
def test_a_report_lists_the_decisions_on_its_project(change: str) -> None:
    found = facts(REPORT.format(change=change))["decisions"]
    told = [(d["outcome"], d["date"], d["deciding_body"], d["beneficiary"], d["diary_number"]) for d in found]
    assert told == [
        ("granted", "2019-12-11", "Regionala utvecklingsnämnden", "Bergs kommun", "RUN/611/2019"),
        ("other", "2021-02-15", "Regional utvecklingsdirektör", "Bergs kommun", "RUN/611/2019"),
    ]
    assert found[0]["amount_sek"] == 1_350_000
    assert {d["total_budget_sek"] for d in found} == {None}


LEADER = """
    LEADER FJÄLLSKOGEN
    Beslutslista från LAG-möte den 14 maj 2019

    Belopp i tkr

    Journalnr     Projekt               Projektägare          Sökt    Beviljat
    2019-0411     Getens år             Klövsjö Byalag         845     845
    2019-0436     Granskott till salu   Bergs kommun           260     195
    2019-0450     Lägereld för alla     Sportklubben Sveg      118       –

    Förklaring
    {sign}

    Anmärkningar
    0411: Projekttid 2019-06-01–2021-05-31.
    0436: Projekttid 2019-06-15–2020-09-30. Total budget 400 tkr.
"""


@pytest.mark.parametrize(
    "sign",
    [
        "Ett streck i kolumnen Beviljat betyder att LAG har avslagit ansökan.",
        "Tecknet – anger att LAG har avslagit ansökan.",
        "Ett tomt fält innebär att LAG beslutade att avslå ansökan.",
    ],
)
def test_notes_are_of_the_entry_whose_number_they_open_with(sign: str) -> None:
    found = {d["project"]: d for d in facts(LEADER.format(sign=sign))["decisions"]}
    assert sorted(found) == ["Getens år", "Granskott till salu", "Lägereld för alla"]
    assert (found["Getens år"]["start"], found["Getens år"]["end"]) == ("2019-06-01", "2021-05-31")
    assert (found["Granskott till salu"]["start"], found["Granskott till salu"]["end"]) == ("2019-06-15", "2020-09-30")
    assert found["Granskott till salu"]["total_budget_sek"] == 400_000
    assert found["Lägereld för alla"]["start"] is None


@pytest.mark.parametrize(
    "told",
    [
        "som Länsstyrelsen i Värmlands län den 3 april 2019 gav ett bidrag på 180 000 kronor.",
        "som Länsstyrelsen i Värmlands län den 3 april 2019 gav 180 000 kronor.",
        "som Länsstyrelsen i Värmlands län den 3 april 2019 beviljade 180 000 kronor.",
        "som Länsstyrelsen i Värmlands län den 3 april 2019 finansierade med 180 000 kronor.",
    ],
)
def test_another_authoritys_grant_of_a_day_is_a_decision_too(told: str) -> None:
    paper = f"""
        NATURVÅRDSVERKET
        BESLUT
        2020-09-29                         Ärendenr: NV-04512-20

        Ansökan om stöd till åtgärden Laddplats Hamnen

        Naturvårdsverket avslår ansökan om stöd till Laddplats Hamnen.

        Laddplats Hamnen utvecklar resultaten från förstudien Ström vid kaj, {told}
    """
    found = {d["project"]: d for d in facts(paper)["decisions"]}
    other = found["Ström vid kaj"]
    assert (other["outcome"], other["amount_sek"], other["date"]) == ("granted", 180_000, "2019-04-03")
    assert other["authority"] == "Länsstyrelsen i Värmlands län"
    assert found["Laddplats Hamnen"]["outcome"] == "rejected"
