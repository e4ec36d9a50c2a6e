"""Money and periods told in running prose, and decisions whose verb stands apart from the project's name."""

from __future__ import annotations

import pytest

from tests.extract.lists import decided, extract_text, facts, paid

MINUTES = """
    Region Halland                                       PROTOKOLL
    Tillväxtutskottet                                    2021-06-03

    § 12 Medfinansiering av Torvtaget (dnr 2021/331)

    Ärendebeskrivning
    Hylte kommun söker 300 000 kronor till projektet Torvtaget. {told}

    Utskottets beslut
    {decision}

    § 13 Övriga frågor
    Inga frågor fanns.
"""


def minutes(told: str = "", decision: str = "Ansökan bifalls med 300 000 kronor.") -> dict:
    return facts(MINUTES.format(told=told, decision=decision))


@pytest.mark.parametrize(
    "told",
    [
        "Totalbudgeten ligger på 900 000 kronor.",
        "Projektets samlade kostnad uppgår till 900 000 kronor.",
        "Torvtaget omsluter 900 tkr.",
        "Torvtaget är kostnadsberäknat till 900 000 kronor.",
        "Prislappen för hela satsningen är 0,9 miljoner kronor.",
    ],
)
def test_a_total_cost_in_other_words(told: str) -> None:
    assert decided(minutes(told), "total_budget_sek") == [("Torvtaget", 900_000)]


@pytest.mark.parametrize(
    "told",
    [
        "Projektet löper under tiden 1 mars 2022 till sista juni 2023.",
        "Det pågår fr.o.m. den 1 mars 2022 t.o.m. den sista juni 2023.",
        "Projektet genomförs 1 mars 2022 – sista dagen i juni 2023.",
    ],
)
def test_the_last_day_of_a_month(told: str) -> None:
    assert decided(minutes(told), "start", "end") == [("Torvtaget", "2022-03-01", "2023-06-30")]


@pytest.mark.parametrize(
    ("decision", "outcome", "amount"),
    [
        ("Utskottet säger ja till det sökta beloppet.", "granted", 300_000),
        ("Medfinansiering beviljas enligt ansökan.", "granted", 300_000),
        ("Någon medfinansiering lämnas inte.", "rejected", None),
        ("Inget stöd beviljas.", "rejected", None),
        ("Utskottet avstår från att medfinansiera projektet.", "rejected", None),
    ],
)
def test_decisions_in_other_words(decision: str, outcome: str, amount: int | None) -> None:
    assert decided(minutes(decision=decision), "outcome", "amount_sek") == [("Torvtaget", outcome, amount)]


def test_the_rest_is_paid_by_others_and_by_the_applicant() -> None:
    told = (
        "Resterande del finansieras av Tillväxtverket med 400 000 kronor, Södra Torv AB med 50 000 kronor samt "
        "kommunens egen insats om 150 000 kronor. Länsstyrelsen i Hallands län har redan gått in med 20 000 kronor."
    )
    assert paid(minutes(told)) == [
        ("Torvtaget", "Region Halland", 300_000),
        ("Torvtaget", "Tillväxtverket", 400_000),
        ("Torvtaget", "Södra Torv AB", 50_000),
        ("Torvtaget", "Hylte kommun", 150_000),
        ("Torvtaget", "Länsstyrelsen i Hallands län", 20_000),
    ]


def test_costs_and_financing_in_one_table_with_a_head_each() -> None:
    paper = facts(
        """
        REGION SKÅNE                               BESLUT 2020-03-02

        Regionala utvecklingsnämnden beviljar Lunds universitet 200 000 kronor till projektet Saltlab.

        Kostnader, tkr              2021     2022    Totalt
        Personal                     150      200       350
        Resor                         50        -        50
        Summa kostnader              200      200       400

        Finansiering, tkr           2021     2022    Totalt
        Region Skåne                 100      100       200
        Naturabidrag
        Lunds universitet            100      100       200
        Summa finansiering           200      200       400
        """
    )
    assert paid(paper) == [("Saltlab", "Region Skåne", 200_000), ("Saltlab", "Lunds universitet", 200_000)]
    assert decided(paper, "total_budget_sek") == [("Saltlab", 400_000)]


def test_labelled_sums_with_their_payer_behind_and_a_caption_that_refuses() -> None:
    paper = facts(
        """
        Leader Åbygden
        Beslut från LAG-mötet den 4 maj 2022

        Projekt som LAG har prioriterat för stöd:

        1. Stenvalv
        Sökande: Åby Hembygdsförening
        Stöd från Leader: 64 000 kr
        Övrig offentlig finansiering: 16 000 kr (Tomelilla kommun)

        Projekt som LAG har sagt nej till:

        2. Vattenlek
        Sökande: Åby Simklubb
        Sökt belopp: 25 000 kr
        """
    )
    assert decided(paper, "outcome", "amount_sek", "applied_amount_sek", "date") == [
        ("Stenvalv", "granted", 64_000, None, "2022-05-04"),
        ("Vattenlek", "rejected", None, 25_000, "2022-05-04"),
    ]
    assert ("Stenvalv", "Tomelilla kommun", 16_000) in paid(paper)


def test_a_page_named_by_its_title_and_grants_told_below_titles() -> None:
    page = facts(
        """
        <html><head><title>Isvakt</title></head><body><header>Region Gotland</header><main><h1>Isvakt</h1>
        <p>Isvakt prövar mätning av is med drönare.</p><h2>Finansiering</h2>
        <p>Region Gotland har beviljat 160 000 kronor.</p></main></body></html>
        """,
        "paper.html",
    )
    assert decided(page, "outcome", "amount_sek") == [("Isvakt", "granted", 160_000)]
    news = facts(
        """
        <html><head><title>Nyheter</title></head><body><header>Region Norrbotten</header><main>
        <h1>Pengar till tre projekt</h1>
        <p>Den 5 maj 2022 fördelade regionala utvecklingsnämnden pengar till tre projekt.</p>
        <h2>Rymdljus</h2><p>Projektet visar norrsken. Sökande är Kiruna kommun. Stödet uppgår till 175 000 kronor.</p>
        <h2>Isroute</h2><p>Isroute märker ut isvägar. Nämnden går in med 90 000 kronor.</p>
        <h2>Inte beviljade ansökningar</h2><ul>
        <li>Skidtak, Bodens kommun, som hade sökt 500 000 kronor.</li>
        <li>Fiskvägar, Kalix kommun, 100 000 kronor.</li></ul></main></body></html>
        """,
        "paper.html",
    )
    assert decided(news, "outcome", "amount_sek", "applied_amount_sek") == [
        ("Rymdljus", "granted", 175_000, None),
        ("Isroute", "granted", 90_000, None),
        ("Skidtak", "rejected", None, 500_000),
        ("Fiskvägar", "rejected", None, 100_000),
    ]


def test_a_county_boards_letter_with_an_earlier_grant() -> None:
    paper = facts(
        """
        Länsstyrelsen
        Jönköping

        BESLUT
        Datum                        Ärendebeteckning
        2021-03-18                   602-4187-2020

        Bidrag till projektet Lommars våtmark

        Ni får 75 000 kronor till projektet Lommars våtmark. Er ansökan kom in i tid. Ni har tidigare genomfört
        Ängar vid ån, som fick 31 000 kronor av Länsstyrelsen 2017 (dnr 501-992-2017).
        """
    )
    assert decided(paper, "authority", "date", "diary_number", "amount_sek") == [
        ("Lommars våtmark", "Länsstyrelsen i Jönköpings län", "2021-03-18", "602-4187-2020", 75_000),
        ("Ängar vid ån", "Länsstyrelsen i Jönköpings län", None, "501-992-2017", 31_000),
    ]


def test_a_proposal_of_a_committee_headed_on_a_line_of_its_own() -> None:
    paper = facts(
        """
        MUNKFORS KOMMUN                                   Sammanträdesprotokoll
        Kommunstyrelsens arbetsutskott                    2022-03-15            Sid 4

        AU § 40 Dnr KS 2022/61
        Medfinansiering av projektet Forsleden

        Arbetsutskottets förslag till kommunstyrelsen
        Kommunstyrelsen beslutar att bevilja Byalaget i Ransäter 20 000 kronor till Forsleden. Bidraget ska utgå med
        högst 40 procent av godkända kostnader.

        Bakgrund
        Arbetet påbörjas i maj 2022 och avslutas i oktober 2023. Budgeten omfattar 50 000 kronor. I övrigt
        finansieras projektet av Region Värmland (30 000 kr).

        AU § 41 Dnr KS 2022/58
        Begäran om bidrag till Hästens dag

        Arbetsutskottets förslag till kommunstyrelsen
        Kommunstyrelsen avslår Forshaga Ridklubbs begäran om 75 000 kronor till Hästens dag.
        """
    )
    fields = ("outcome", "beneficiary", "share_percent", "total_budget_sek", "applied_amount_sek", "start", "end")
    assert decided(paper, *fields) == [
        ("Forsleden", "proposed_grant", "Byalaget i Ransäter", 40.0, 50_000, None, "2022-05", "2023-10"),
        ("Hästens dag", "proposed_rejection", "Forshaga Ridklubb", None, None, 75_000, None, None),
    ]
    assert ("Forsleden", "Region Värmland", 30_000) in paid(paper)


def test_a_dash_where_others_have_a_sum_and_the_fund_on_a_line_above() -> None:
    paper = facts(
        """
        Strukturfondspartnerskapet Mellersta Norrland
        Prioriterade projekt 2023-06-15
        Europeiska regionala utvecklingsfonden, belopp i tkr

        Ärende-id   Projekt               Stödmottagare             Sökt stöd   Beslutat stöd
        20363001    Smart hamn            Sundsvalls kommun             7 360           7 360
        20363027    Matparken 2.0         Östersunds kommun             9 000               -
        20363033    Batteriskolan         Mittuniversitetet             2 480           2 400
        """
    )
    assert decided(paper, "outcome", "amount_sek", "applied_amount_sek") == [
        ("Smart hamn", "granted", 7_360_000, 7_360_000),
        ("Matparken 2.0", "rejected", None, 9_000_000),
        ("Batteriskolan", "granted", 2_400_000, 2_480_000),
    ]
    assert paper["decisions"][0]["funding_source"] == "Europeiska regionala utvecklingsfonden"


def test_a_refusal_named_among_several_and_a_name_with_an_apposition() -> None:
    paper = facts(
        """
        Region Dalarna

        Regionala utvecklingsnämnden har den 4 maj 2022 behandlat tolv ansökningar. Fem ansökningar avslogs,
        däribland Mopedmuseum i Särna (Särna Motorklubb, 600 000 kr).

        Malungs vinterskola, som drivs av Malungs folkhögskola, beviljas 90 000 kronor.
        """
    )
    assert decided(paper, "outcome", "amount_sek", "applied_amount_sek") == [
        ("Mopedmuseum i Särna", "rejected", None, 600_000),
        ("Malungs vinterskola", "granted", 90_000, None),
    ]


@pytest.mark.parametrize(
    ("told", "new"),
    [
        ("att höja bidraget till projektet Norrsken från 1 250 000 kronor till 1 400 000 kronor.", 1_400_000),
        ("att höja bidraget till projektet Norrsken med 150 000 kronor till 1 400 000 kronor.", 1_400_000),
        ("att sänka bidraget till projektet Norrsken till 1 000 000 kronor.", 1_000_000),
        ("att ändra beslutet 2023-05-16 § 42 så att bidraget höjs från 1 250 000 kronor till 1 400 000 kronor för "
         "projektet Norrsken.", 1_400_000),
        ("att ändra beslutet så att projektet Norrsken beviljas 1 400 000 kronor i stället för 1 250 000 kronor.",
         1_400_000),
        # a difference, a grant that is revoked as a whole, the grant of before, a tabled matter, and a grant of more
        ("att höja bidraget till projektet Norrsken med 150 000 kronor.", None),
        ("att återkalla beslutet om bidrag på 1 250 000 kronor till projektet Norrsken.", 0),
        ("att förlänga projektet Norrsken, som beviljades 1 250 000 kronor, till 2026-12-31.", None),
        ("att bordlägga ärendet om 300 000 kronor till projektet Norrsken.", None),
        ("att bevilja projektet Norrsken ytterligare 150 000 kronor.", None),
    ],
)
def test_the_sum_to_which_a_grant_is_raised_or_cut(told: str, new: int | None) -> None:
    extraction = extract_text(
        f"""
        Region Norrbotten
        Regionala utvecklingsnämnden
        Protokoll 2024-02-13

        § 9
        Ändring av projektet Norrsken
        Dnr RUN 2023/117

        Beslut
        Regionala utvecklingsnämnden beslutar {told}
        """
    )
    told_new = [int(c.value.lexical) for c in extraction.claims if c.property == "new_amount_sek"]
    assert told_new == ([] if new is None else [new])
    # the sum of before is no open question
    before = [e for e in extraction.ledger if e.quote.startswith("1 250 000") and new]
    assert all((e.fate, e.reason) == ("ignored", "amount.before-change") for e in before)


@pytest.mark.parametrize(
    "told",
    [
        "Vi säger nej till stöd för utgifter om 64 000 kronor för begagnade skopor.",
        "Utskottet godkänner inte kostnader på 64 000 kronor för begagnade skopor.",
    ],
)
def test_costs_that_are_refused_are_no_total(told: str) -> None:
    assert decided(minutes(told), "outcome", "total_budget_sek") == [("Torvtaget", "granted", None)]
