"""What a paper does not tell: opinions that decide nothing, reports that are no projects, money taken back."""

from __future__ import annotations

from typing import Any

import pytest

from tests.extract.lists import facts

MINUTES = """
    Region Kronoberg
    Regionala utvecklingsnämnden
    Protokoll 2022-02-16

    § 20 {title}

    Beslut
    {decision}

    Ärendet
    {told}
"""
PLAIN = "Projektet samlar sågverk i länet."


def _of_minutes(title: str, decision: str, told: str = PLAIN) -> dict[str, Any]:
    return facts(MINUTES.format(title=title, decision=decision, told=told))


def _only(found: dict[str, Any]) -> dict[str, Any]:
    assert len(found["decisions"]) == 1, found["decisions"]
    decision: dict[str, Any] = found["decisions"][0]
    return decision


@pytest.mark.parametrize(
    ("title", "decision", "told", "authority"),
    [
        (
            "Yttrande över ansökan om stöd från ERUF, projektet Träbyggarna",
            "Nämnden tillstyrker ansökan.",
            "Linnéuniversitetet söker 8 000 000 kronor av Tillväxtverket.",
            "Tillväxtverket",
        ),
        (
            "Remiss: ansökan till projektet Träbyggarna",
            "Nämnden tillstyrker ansökan.",
            "Linnéuniversitetet söker 8 000 000 kronor hos Vinnova.",
            "Vinnova",
        ),
        (
            "Stöd för ansökan, projektet Träbyggarna",
            "Nämnden ställer sig bakom ansökan till Vinnova. Linnéuniversitetet söker 8 000 000 kronor av Vinnova.",
            PLAIN,
            "Vinnova",
        ),
    ],
)
def test_an_opinion_on_what_another_decides_is_a_proposal_to_that_one(
    title: str, decision: str, told: str, authority: str
) -> None:
    found = _of_minutes(title, decision, told)
    one = _only(found)
    assert (one["project"], one["outcome"], one["authority"]) == ("Träbyggarna", "proposed_grant", authority)
    assert (one["deciding_body"], one["date"], one["applied_amount_sek"]) == (None, "2022-02-16", 8_000_000)


def test_an_opinion_against_it_is_a_proposal_to_refuse() -> None:
    title = "Yttrande till Länsstyrelsen i Kronobergs län över ansökan om stöd till projektet Träbyggarna"
    one = _only(_of_minutes(title, "Nämnden avstyrker ansökan."))
    assert (one["project"], one["outcome"]) == ("Träbyggarna", "proposed_rejection")
    assert (one["authority"], one["deciding_body"]) == ("Länsstyrelsen i Kronobergs län", None)


@pytest.mark.parametrize(
    "decision",
    [
        "Nämnden tillstyrker ansökan och beviljar Linnéuniversitetet 800 000 kronor.",
        "Nämnden tillstyrker ansökan med 800 000 kronor.",
    ],
)
def test_a_board_that_endorses_with_a_sum_grants_it(decision: str) -> None:
    one = _only(_of_minutes("Ansökan om medfinansiering, projektet Träbyggarna", decision))
    assert (one["outcome"], one["amount_sek"], one["authority"]) == ("granted", 800_000, "Region Kronoberg")


def test_an_office_that_endorses_proposes_to_its_board() -> None:
    one = _only(
        facts("""
        Region Kronoberg
        Tjänsteskrivelse 2022-02-01

        Ansökan om medfinansiering, projektet Träbyggarna
        Linnéuniversitetet har ansökt om 800 000 kronor. Avdelningen tillstyrker ansökan.
        """)
    )
    assert (one["outcome"], one["authority"]) == ("proposed_grant", "Region Kronoberg")


@pytest.mark.parametrize("report", ["Slutrapporten läggs till handlingarna.", "Rapporten noteras."])
def test_a_report_received_is_no_project_and_the_year_of_its_grant_no_period(report: str) -> None:
    one = _only(_of_minutes("Slutrapport projektet Träbyggarna", f"{report} Projektet beviljades 2 mnkr år 2019."))
    assert (one["project"], one["amount_sek"]) == ("Träbyggarna", 2_000_000)
    assert (one["start"], one["end"]) == (None, None)


def test_a_report_that_names_no_project_tells_of_none() -> None:
    told = "Rapporten läggs till handlingarna. Almi Företagspartner AB beviljades 1 500 000 kronor år 2020."
    assert _of_minutes("Anmälan av lägesrapport", told)["decisions"] == []


def test_a_fund_in_the_title_of_one_matter_is_not_the_next_ones() -> None:
    found = facts("""
        Region Kronoberg
        Regionala utvecklingsnämnden
        Protokoll 2022-02-16

        § 20 Medel från Europeiska socialfonden, projektet Träbyggarna
        Beslut
        Nämnden beviljar Linnéuniversitetet 800 000 kronor till projektet Träbyggarna.

        § 21 Projektet Glasvägen
        Beslut
        Nämnden beviljar Emmaboda kommun 300 000 kronor till projektet Glasvägen.
    """)["decisions"]
    funds = {d["project"]: d["funding_source"] for d in found}
    assert funds == {"Träbyggarna": "Europeiska socialfonden", "Glasvägen": None}


@pytest.mark.parametrize(
    ("title", "project"),
    [
        ("Avbrytande av projektet Glasvägen (RUN/230044)", "Glasvägen"),
        ("Återkrav, projektet Glasvägen (RUN/230044)", "Glasvägen"),
        ("Omprövning av stöd till förstudien Glasvägen", "Glasvägen"),
    ],
)
def test_a_project_is_found_inside_the_title_of_its_matter(title: str, project: str) -> None:
    found = _of_minutes(title, "Nämnden beslutar att återkräva 112 000 kronor av Torsby kommun.")
    one = _only(found)
    assert (one["project"], one["outcome"], one["amount_sek"]) == (project, "other", 112_000)
    assert found["financing"] == [], "what is taken back pays for nothing"


@pytest.mark.parametrize(
    ("decision", "lines"),
    [
        ("att sänka stödet till Emmaboda kommun från 900 000 kronor till 600 000 kronor.", [600_000]),
        ("att upphäva beslutet om stöd till Emmaboda kommun.", []),
        ("att dra in 300 000 kronor av stödet till Emmaboda kommun.", []),
        ("att förlänga projekttiden till och med 2023-12-31.", [900_000]),
    ],
)
def test_a_grant_that_is_changed_pays_what_is_left_of_it(decision: str, lines: list[int]) -> None:
    told = "Emmaboda kommun beviljades 2021-05-04 stöd med 900 000 kronor till projektet Glasvägen."
    found = _of_minutes("Projektet Glasvägen", f"Nämnden beslutar {decision}", told)
    acts = {d["outcome"]: d for d in found["decisions"]}
    assert (acts["granted"]["amount_sek"], acts["granted"]["date"]) == (900_000, "2021-05-04")
    assert acts["granted"]["authority"] == "Region Kronoberg", "the grant that a change recalls is of its authority"
    assert [line["amount_sek"] for line in found["financing"]] == lines


def test_a_revocation_that_is_only_proposed_pays_nothing() -> None:
    found = facts("""
        Region Kronoberg
        Tjänsteskrivelse 2024-02-06

        Återkallande av stöd till projektet Glasvägen
        Förslag till beslut
        Regionala utvecklingsnämnden beslutar
        att upphäva beslutet 2022-04-27 om stöd med 900 000 kronor till Emmaboda kommun för projektet Glasvägen.
    """)
    assert [d["outcome"] for d in found["decisions"]] == ["other"]
    assert found["financing"] == []


def test_the_sum_of_a_claim_for_repayment_is_not_that_of_the_grant() -> None:
    found = facts("""
        Länsstyrelsen i Dalarnas län
        Beslut 2022-03-01
        Länsstyrelsen återkallar beslutet den 4 juni 2020 om bidrag till Rättviks kommun för projektet Siljansstigen och
        kräver tillbaka 250 000 kronor.
    """)
    assert [(d["outcome"], d["amount_sek"]) for d in found["decisions"]] == [("other", 250_000)]


def test_the_day_of_a_grant_that_is_recalled_is_not_the_papers() -> None:
    found = facts("""
        Region Värmland
        Pressmeddelande 2024-02-06

        Region Värmland kräver tillbaka 450 000 kronor av Sunne Invest AB för projektet Sälboda.
        Bolaget beviljades 900 000 kronor 2021-05-04.
    """)
    assert {d["outcome"]: d["date"] for d in found["decisions"]} == {"other": None, "granted": "2021-05-04"}
    assert found["financing"] == []


@pytest.mark.parametrize(
    ("told", "fund"),
    [
        ("Pengarna tas ur anslag 1:3 Åtgärder för värdefull natur.", "anslag 1:3 Åtgärder för värdefull natur"),
        ("Kostnaden belastar anslag 1:3 Åtgärder för värdefull natur och", "anslag 1:3 Åtgärder för värdefull natur"),
        ("Medlen tas ur anslag 1:1 Regionala utvecklingsåtgärder.", "1:1-anslaget"),
        ("Medlen tas ur anslag 1:3 Europeiska regionala utvecklingsfonden.", "Europeiska regionala utvecklingsfonden"),
    ],
)
def test_an_appropriation_is_what_its_name_says(told: str, fund: str) -> None:
    decision = "Nämnden beviljar Emmaboda kommun 300 000 kronor till projektet Glasvägen."
    assert _only(_of_minutes("Projektet Glasvägen", f"{decision} {told}"))["funding_source"] == fund


@pytest.mark.parametrize(
    "told",
    [
        "Rekvirering sker senast 2026-01-31.",
        "Slutrekvisition ska lämnas senast 2026-01-31.",
        "Utbetalning kan begäras senast 2026-01-31.",
    ],
)
def test_a_labelled_period_goes_before_a_day_for_calling_in_money(told: str) -> None:
    one = _only(
        facts(f"""
        Region Blekinge
        Beslut 2023-10-19
        Projekt: Marin kraft
        Projektperiod: 2023-11-01 - 2025-10-31
        Regionen beslutar att bevilja 495 000 kr till projektet Marin kraft.
        {told}
        """)
    )
    assert (one["start"], one["end"]) == ("2023-11-01", "2025-10-31")


@pytest.mark.parametrize(
    "rest", ["Ett tredje fick avslag.", "Den femte bordlades.", "De övriga återremitterades.", "Resten fick avslag."]
)
def test_a_subject_that_counts_on_is_no_project_and_no_act_on_the_one_named(rest: str) -> None:
    told = "LAG beviljade den 21 november 2023 400 000 kronor till projektet Kalkvägen."
    found = facts(f"""
        Leader Gotland
        Nyhet

        {told} {rest}
    """)
    assert [(d["project"], d["outcome"]) for d in found["decisions"]] == [("Kalkvägen", "granted")]


def test_an_item_about_a_thing_of_its_own_is_no_act_on_the_project_of_another_item() -> None:
    found = facts("""
        Från kommunstyrelsens sammanträde den 7 december 2023 i Sollefteå kommun:
        - Sollefteå Skidor IF får 300 000 kronor i bidrag till projektet Konstsnö för alla.
        - Kommunstyrelsen sade nej till Hembygdsföreningens begäran om 45 000 kronor till nytt tak.
        - Förslaget att bygga ny simhall för 180 miljoner kronor återremitterades.
        - Upphandlingen av en bro för 18 miljoner kronor avbröts.
    """)
    one = _only(found)
    assert (one["project"], one["amount_sek"], one["applied_amount_sek"]) == ("Konstsnö för alla", 300_000, None)
    assert [line["amount_sek"] for line in found["financing"]] == [300_000]


@pytest.mark.parametrize(
    ("decision", "amount"),
    [
        ("Nämnden beslutar att bevilja Emmabodahem AB lån på 60 miljoner kronor.", None),
        ("Nämnden beslutar att bevilja en investeringsbudget på 24 miljoner kronor för nytt badhus.", None),
        ("Nämnden beslutar att bevilja Emmaboda kommun 300 000 kronor till projektet Glasvägen.", 300_000),
    ],
)
def test_a_loan_or_an_investment_is_no_grant(decision: str, amount: int | None) -> None:
    found = _of_minutes("Projektet Glasvägen", decision)["decisions"]
    assert [d["amount_sek"] for d in found] == ([amount] if amount else [])


@pytest.mark.parametrize(
    "told", ["har ansökt om utbetalning med 250 000 kronor", "har begärt förskott på 250 000 kronor"]
)
def test_what_is_called_in_is_not_what_was_applied_for(told: str) -> None:
    decision = "Nämnden beviljar Emmaboda kommun 600 000 kronor till projektet Glasvägen."
    one = _only(_of_minutes("Projektet Glasvägen", decision, f"Kommunen {told}."))
    assert (one["amount_sek"], one["applied_amount_sek"]) == (600_000, None)


def test_what_is_sought_of_another_authority_stays_with_its_decision() -> None:
    found = facts("""
        Vetlanda kommun
        2021-06-02
        Kommunstyrelsen beslutade att ge Vetlanda Motor 250 000 kronor till projektet Banan för alla. Region Jönköpings
        län har däremot avslagit föreningens ansökan om 800 000 kronor.
    """)["decisions"]
    told = {d["outcome"]: (d["authority"], d["amount_sek"], d["applied_amount_sek"]) for d in found}
    assert told == {
        "granted": ("Vetlanda kommun", 250_000, None),
        "rejected": ("Region Jönköpings län", None, 800_000),
    }


def test_the_giver_is_who_stands_right_before_the_verb() -> None:
    one = _only(
        facts("""
        Jokkmokks kommun
        Pressmeddelande 2023-06-08
        Projektet Fjällmat riskerar att stoppas. Region Norrbotten har lovat 2,5 miljoner kronor men Tillväxtverket sa i
        går nej till 5 miljoner.
    """)
    )
    assert (one["outcome"], one["authority"]) == ("rejected", "Tillväxtverket")


@pytest.mark.parametrize(
    "told",
    [
        "Projektet Digitala byar, som 2019 fick 1,2 miljoner kronor av Region Dalarna, blev dyrare än väntat.",
        "Ordföranden informerar om projektet Digitala byar, som regionen tidigare beslutat stödja med 1,2 mnkr.",
        "Region Dalarna har tidigare beviljat projektet Digitala byar 1,2 miljoner kronor.",
    ],
)
def test_a_grant_of_before_has_not_the_day_of_the_paper(told: str) -> None:
    one = _only(facts(f"Region Dalarna\n2022-01-20\n\n{told}\n"))
    assert (one["amount_sek"], one["authority"], one["date"]) == (1_200_000, "Region Dalarna", None)


def test_a_claim_for_repayment_is_no_grant_of_its_sum() -> None:
    one = _only(
        facts("""
        Tillväxtverket
        2021-06-17
        Tillväxtverket har beslutat om återkrav från Gällivare Näringsliv AB. Bolaget ska betala tillbaka 732 000 kronor
        av de 2 400 000 kronor som beviljats projektet Nära Norr.
    """)
    )
    assert (one["project"], one["outcome"], one["amount_sek"]) == ("Nära Norr", "other", 732_000)


def test_money_that_is_missing_was_not_applied_for() -> None:
    decision = "Ansökan om projektet Glasvägen avslås, eftersom 700 000 kronor i medfinansiering saknas."
    one = _only(_of_minutes("Projektet Glasvägen", decision))
    assert (one["outcome"], one["applied_amount_sek"]) == ("rejected", None)


def test_the_time_before_an_extension_is_that_of_the_grant() -> None:
    found = _of_minutes(
        "Projektet Glasvägen",
        "Nämnden beslutar att förlänga projekttiden för Emmaboda kommun till och med 2023-06-30.",
        "Nämnden beviljade 2020-12-02 Emmaboda kommun 1 800 000 kronor till projektet Glasvägen. Projekttiden var "
        "2021-01-01--2022-12-31.",
    )["decisions"]
    assert {d["outcome"]: d["end"] for d in found} == {"other": "2023-06-30", "granted": "2022-12-31"}


def test_a_column_of_municipalities_is_who_receives_where_no_column_names_applicants() -> None:
    table = """
        Kulturrådet
        Beslut 2023-06-21

        Beviljade bidrag till läsfrämjande

        Kommun              Projekt                     Bidrag
        Eskilstuna kommun   Läs för livet               6 000 000 kr
        Gällivare kommun    Sagor på tre språk          3 500 000 kr
    """
    found = {d["project"]: d["beneficiary"] for d in facts(table)["decisions"]}
    assert found == {"Läs för livet": "Eskilstuna kommun", "Sagor på tre språk": "Gällivare kommun"}


def test_a_share_in_a_bracket_behind_the_sum_and_a_total_told_with_the_time() -> None:
    decision = (
        "Nämnden beviljar Emmaboda kommun maximalt 1 450 000 kronor (29 %) till projektet Glasvägen. Projektet "
        "beräknas pågå i tre år och totalt omfatta 5 000 000 kronor."
    )
    one = _only(_of_minutes("Projektet Glasvägen", decision))
    assert (one["amount_sek"], one["share_percent"], one["total_budget_sek"]) == (1_450_000, 29.0, 5_000_000)


def test_the_fund_of_the_union_in_brackets_pays_its_line() -> None:
    found = facts(
        """
        # Region Norrbotten – Regionala utvecklingsnämnden

        **Protokoll** 2023-04-19

        ## § 33 Medfinansiering av projektet Spira Malm

        **Beslut:** Regionala utvecklingsnämnden beslutar att bevilja Kiruna kommun 1 450 000 kronor till projektet
        Spira Malm.

        | Finansiär | Belopp (SEK) |
        |---|---:|
        | Region Norrbotten | 1 450 000 |
        | EU (ERUF) | 2 250 000 |
        | **Totalt** | **3 700 000** |
    """,
        "paper.md",
    )
    lines = {line["funder"]: line["amount_sek"] for line in found["financing"]}
    assert lines == {"Region Norrbotten": 1_450_000, "Europeiska regionala utvecklingsfonden": 2_250_000}


def test_a_project_that_ends_before_its_time_ends_on_the_day_told() -> None:
    decision = "Nämnden medger att projektet Glasvägen avslutas i förtid 2024-03-31."
    assert _only(_of_minutes("Projektet Glasvägen", decision))["end"] == "2024-03-31"


def test_a_label_of_the_sentence_before_takes_no_letterhead_away() -> None:
    told = " ".join(["Den beskriver hur företag ska lära. Region Kronoberg har tagit emot ansökan."] * 20)
    decision = "Nämnden beviljar Emmaboda kommun 300 000 kronor till projektet Glasvägen."
    assert _only(_of_minutes("Projektet Glasvägen", decision, told))["authority"] == "Region Kronoberg"


@pytest.mark.parametrize(
    "sentence",
    [
        "Nämnden beslutar att avslå utskottets förslag och att bevilja projektet Båtnavet 80 000 kronor.",
        "Nämnden avslår yrkandet om återremiss och beviljar projektet Båtnavet 80 000 kronor.",
        "Nämnden avslår yrkandet om avslag och beviljar 80 000 kronor till projektet Båtnavet.",
        "Nämnden beslutar att avslå förslaget om återremiss samt att bevilja Båtklubben 80 000 kronor till projektet "
        "Båtnavet.",
    ],
)
def test_what_is_refused_before_a_grant_is_not_the_project(sentence: str) -> None:
    paper = facts(f"Sala kommun\nNämnden\nProtokoll 2022-06-08\n\n§ 12 Projektet Båtnavet\n\nBeslut\n{sentence}\n")
    assert [(d["project"], d["outcome"], d["amount_sek"]) for d in paper["decisions"]] == [
        ("Båtnavet", "granted", 80_000)
    ]


def test_a_leader_area_that_gave_money_is_no_project_and_who_was_asked_refuses() -> None:
    found = facts("""
        # Lyktorna vid Ljungan

        Borgsjö hembygdsförening driver projektet Lyktorna vid Ljungan. Vi har fått 240 000 kronor av Leader Mitt i
        Skogen. Vi sökte också pengar av Kulturrådet men fick tyvärr nej.
    """)
    told = {(d["project"], d["outcome"], d["authority"]) for d in found["decisions"]}
    assert ("Lyktorna vid Ljungan", "rejected", "Statens kulturråd") in told
    assert {project for project, _, _ in told} == {"Lyktorna vid Ljungan"}
    assert all(line["project"] == "Lyktorna vid Ljungan" for line in found["financing"])


def test_a_part_that_is_refused_leaves_the_grant_of_the_rest() -> None:
    one = _only(
        facts("""
        Länsstyrelsen Jämtland

        BESLUT 2022-05-04

        Sökande: Bergs kommun
        Projektnamn: Våtmarker vid Hoan
        Sökt bidrag: 300 000 kr
        Beviljat bidrag: Högst 150 000 kr

        Länsstyrelsen avslår ansökan i den del som avser skyltar (20 000 kr).
    """)
    )
    assert (one["outcome"], one["amount_sek"], one["applied_amount_sek"]) == ("granted", 150_000, 300_000)


def test_a_promise_taken_back_is_of_who_gave_it_and_pays_nothing() -> None:
    found = facts("""
        Verksamhetsberättelse 2023 för Föreningen Bygdens Väl

        Ljusspår. Vi sökte 400 000 kronor från Riksantikvarieämbetet men ansökan avslogs i mars.

        Smedjan. Region Dalarna lovade redan 2019 att stödja projektet med 60 000 kronor, men beslutet drogs
        tillbaka innan pengarna betalades ut.
    """)
    smithy = [d for d in found["decisions"] if d["project"] == "Smedjan"]
    assert [(d["outcome"], d["authority"]) for d in smithy] == [("other", "Region Dalarna")]
    assert found["financing"] == []


def test_money_claimed_back_is_no_line_of_financing() -> None:
    found = _of_minutes(
        "Återkallande av bidrag: projektet Glasvägen",
        "Beslutet 2021-03-02 att bevilja projektet Glasvägen 90 000 kronor upphävs. Utbetalda medel, 30 000 kronor, "
        "återkrävs.",
    )
    assert {d["outcome"] for d in found["decisions"]} <= {"other", "granted"}
    assert 30_000 not in {line["amount_sek"] for line in found["financing"]}


def test_a_break_within_a_cell_of_markdown_is_a_blank() -> None:
    table = """
        # Tillväxtverket – beviljade ansökningar

        | Ansökan | Sökande | Sökt (tkr) | Beslut | Beviljat (tkr) |
        |---|---|---|---|---|
        | Bystugan<br>Hoting | Strömsunds<br>kommun | 500 | Bifall | 400 |
        | Lanthandeln | Tåsjö<br/>Framtid ek. för. | 900 | Avslag | 0 |
    """
    found = facts(table, "paper.md")["decisions"]
    assert [(d["project"], d["beneficiary"].rstrip(".")) for d in found] == [
        ("Bystugan Hoting", "Strömsunds kommun"),
        ("Lanthandeln", "Tåsjö Framtid ek. för"),
    ]
