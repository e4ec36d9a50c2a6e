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

RUN_IN = """Svenska ESF-rådet Östra Mellansverige
Beslutade projekt i programområde 2
Sammanställning 2016-04-15

1. Kraften. Projektägare: Tierps kommun. Diarienummer: 2015/00501. Beviljat ESF-stöd:
8 944 210 kr. Projektperiod: 2016-05-01--2019-04-30. Beslutsdatum: 2016-03-17. Medfinansiärer:
Arbetsförmedlingen och Försäkringskassan.

2. Resan. Projektägare: Nora kommun. Diarienummer: 2015/00519. Sökt ESF-stöd: 6 020 000 kr.
Avslag. Beslutsdatum: 2016-03-29.

3. Steget. Projektägare: Region Örebro län. Diarienummer: 2015/00523. Ansökan återtagen av
sökanden.
"""

LETTER = """Ängens Framtidsstiftelse                              2022-11-02
Dnr 22-117

Till
Näs Naturskola ideell förening
org.nr 802400-1234

Vi vill stödja Tång på schemat!

Vid sitt möte den 26 oktober 2022 sa stiftelsens styrelse ja till er ansökan. Ni får
1 350 000 kronor för att ta Tång på schemat till trettio skolor. Ni hade sökt 1 600 000 kronor.

Er förra satsning, Blåmusslans dag, som vi stödde med 200 000 kronor hösten 2020, gav er metoder.

Vid samma möte fick Kustlaboratoriet 900 000 kronor till Musslor som renar.
"""

MINUTES = """LAG Ängsbygden
Protokoll nr 5-2017

Tid      torsdag 21 september 2017

§ 62 Projekt Byarna, jnr 2017-1442
Sökande är Finspångs kommun. Sökt Leaderstöd 1 243 800 kr.
LAG beslutar att projektet prioriteras enligt ansökan.

§ 63 Projekt Fisket, jnr 2016-5021 – begäran om förlängning
Projektägaren Motala Fiskeförening begär att få förlänga projektet, som den 9 juni 2016
prioriterades med 480 000 kr.
LAG beslutar att förlänga projekttiden till 2018-06-30.

§ 64 Projekt Vattnet, jnr 2017-1533
Ansökan från Ödeshögs kommun. Ärendet utgår eftersom ansökan inte är komplett.

Byarna bygger på erfarenheter som Leader Ängsbygden har.
"""


def test_labels_within_running_text_are_an_entry() -> None:
    paper = facts(RUN_IN)
    found = {d["project"]: d for d in paper["decisions"]}
    told = {n: (d["outcome"], d["amount_sek"], d["applied_amount_sek"], d["date"]) for n, d in found.items()}
    assert told == {
        "Kraften": ("granted", 8944210, None, "2016-03-17"),
        "Resan": ("rejected", None, 6020000, "2016-03-29"),
        "Steget": ("other", None, None, None),
    }
    assert found["Kraften"]["funding_source"] == "Europeiska socialfonden"
    paid = {(r["project"], r["funder"], r["amount_sek"]) for r in paper["financing"]}
    assert {("Kraften", "Arbetsförmedlingen", None), ("Kraften", "Försäkringskassan", None)} < paid


def test_a_letter_tells_its_reader_of_a_decision_some_days_old() -> None:
    found = {d["project"]: d for d in facts(LETTER)["decisions"]}
    own = found["Tång på schemat"]
    assert (own["date"], own["diary_number"], own["amount_sek"]) == ("2022-10-26", "22-117", 1350000)
    assert (own["beneficiary"], own["applied_amount_sek"]) == ("Näs Naturskola ideell förening", 1600000)
    other = found["Musslor som renar"]
    assert (other["date"], other["beneficiary"], other["amount_sek"]) == ("2022-10-26", "Kustlaboratoriet", 900000)
    assert found["Blåmusslans dag"]["amount_sek"] == 200000


def test_what_a_change_moves_is_not_the_earlier_grants() -> None:
    decisions = facts(MINUTES)["decisions"]
    told = [(d["project"], d["outcome"], d["date"], d["amount_sek"], d["end"]) for d in decisions]
    assert told == [
        ("Byarna", "granted", "2017-09-21", 1243800, None),
        ("Fisket", "granted", "2016-06-09", 480000, None),
        ("Fisket", "other", "2017-09-21", None, "2018-06-30"),
        ("Vattnet", "other", "2017-09-21", None, None),
    ]
    assert [d["authority"] for d in decisions] == ["Leader Ängsbygden"] * 4


def test_a_phase_told_without_its_name_is_the_projects() -> None:
    paper = facts(
        """
        Trafikverket Region Mitt
        Beslut 2020-12-18

        Trafikverket beviljar Bollnäs kommun 2 300 000 kronor till projektet Bron i Rengsjö etapp 3.

        Bron i Rengsjö etapp 3 är en fortsättning på etapp 2.
        """
    )
    assert paper["decisions"][0]["authority"] == "Trafikverket"
    assert paper["lineage"] == [{"project": "Bron i Rengsjö etapp 3", "predecessor": "Bron i Rengsjö etapp 2"}]

NEWS = """Pressmeddelande 2019-06-13

Innovationsfonden Norrland delar ut pengar till tre projekt

Innovationsfonden Norrland har vid sitt styrelsemöte den 11 juni beslutat att stödja tre projekt.

Störst stöd, 1,9 miljoner kronor, går till Umeå universitet och projektet Havsbaserad lagring.
Projektet kostar totalt 5,2 miljoner kronor.

Näs Science Park AB får 1,2 miljoner kronor för att starta Kodskolan, där ungdomar lär sig.

Till sist får Vännäs kommun 700 000 kronor för projektet Skidspår utan snö.

Två ansökningar från Bjurholms kommun, Bron i norr och Soft Center, fick nej. I Skidspår utan snö deltar
Umeå kommun.
"""

HEADS_APART = """Leader Näset
LAG-möte 2018-05-17

Projektnamn                   Sökande                       Poäng   Total      Stöd från    Beslut
                                                                    kostnad    Leader

Unga odlare                   Näs Odlare ek. för.           278       742 000      519 400  Prioriterad
Badhuset                      Ängs Byförening               188     2 100 000    1 470 000  Avslag
Ostbågen                      Ängs kommun                   240       860 000      602 000  Prioriterad
"""

ROWS = """SVENSKA ESF-RÅDET

Beslut om projektstöd ur Europeiska socialfonden

Projektnamn
Inlandet upp

Svenska ESF-rådet beslutar att bevilja Lycksele kommun stöd med högst 800 000 kronor.

Projektets finansiering, kronor

Stöd från ESF                                      800 000
Lycksele kommun                                    500 000
Malå kommun                                        200 000
Totalt                                           1 500 000

Region Västerbotten hade lovat 40 000 kronor.
"""


def test_applications_refused_by_their_names_alone() -> None:
    paper = facts(NEWS)
    found = {d["project"]: d for d in paper["decisions"]}
    told = {n: (d["outcome"], d["beneficiary"], d["amount_sek"], d["total_budget_sek"]) for n, d in found.items()}
    assert told == {
        "Havsbaserad lagring": ("granted", "Umeå universitet", 1900000, 5200000),
        "Kodskolan": ("granted", "Näs Science Park AB", 1200000, None),
        "Skidspår utan snö": ("granted", "Vännäs kommun", 700000, None),
        "Bron i norr": ("rejected", "Bjurholms kommun", None, None),
        "Soft Center": ("rejected", "Bjurholms kommun", None, None),
    }
    assert {d["authority"] for d in found.values()} == {"Innovationsfonden Norrland"}
    assert found["Skidspår utan snö"]["partners"] == ["Umeå kommun"]


def test_heads_that_a_blank_line_parts_from_their_rows() -> None:
    found = {d["project"]: d for d in facts(HEADS_APART)["decisions"]}
    assert {n: (d["outcome"], d["amount_sek"], d["total_budget_sek"]) for n, d in found.items()} == {
        "Unga odlare": ("granted", 519400, 742000),
        "Badhuset": ("rejected", None, 2100000),
        "Ostbågen": ("granted", 602000, 860000),
    }


def test_a_row_names_the_fund_behind_its_kind_of_support() -> None:
    paid = {(r["funder"], r["amount_sek"]) for r in facts(ROWS)["financing"]}
    assert {("Europeiska socialfonden", 800000), ("Malå kommun", 200000), ("Region Västerbotten", 40000)} <= paid
    assert not any("från" in funder for funder, _ in paid)

ITEMS = """PROTOKOLL                                               Sparbanksstiftelsen Sjön
fört vid sammanträde med styrelsen
Tid: den 4 mars 2020 kl. 16.00

1. Ordföranden öppnade mötet.

3. Ansökningar om bidrag
Styrelsen beslutade följande.

   3.1  Ulricehamns kommun, Strandvägen. Bidrag beviljas med 500.000:-
   3.2  Näs Teknikcenter ek. för., Verkstad för unga. Bidrag beviljas med 175.000:-
        under förutsättning att kommunen bidrar med lika mycket.
   3.3  Ängs GoIF, Padelhall. Ansökan om 300.000:- avslås.
   3.4  Hembygdsföreningen i Näs, digitalisering av glasplåtar. Ärendet bordlägges.
"""

YEARS = """Tillväxtverket
Bilaga till beslut 2024-02-27

Beviljade medel

Nr  Stödmottagare                    Projekt                                Stöd 2024   Stöd 2025     Summa
1   Älvdalens kommun                 Fjället året runt                        800 000     650 000   1 450 000
2   Region Gotland                   Raukarna                                 500 000     500 000   1 000 000
    Totalt                                                                  1 300 000   1 150 000   2 450 000
"""

REFUSAL = """Datum 2021-12-03
Diarienummer 2021-04102

Projekt: Återbruk som tjänst

Vinnova har tagit beslut om er ansökan. Vi avslår ansökan. Ni sökte 7 900 000 kronor.
Projektet skulle starta i januari 2022 och sluta i december 2024. Deltagare var förutom sökanden även
Nacka kommun och KTH.

Enhetschefen för Samhällsomställning fattade beslutet.
"""


def test_items_that_open_with_applicant_and_name_and_go_on_with_the_decision() -> None:
    decisions = facts(ITEMS)["decisions"]
    told = [(d["project"], d["outcome"], d["beneficiary"], d["amount_sek"]) for d in decisions]
    assert told == [
        ("Strandvägen", "granted", "Ulricehamns kommun", 500000),
        ("Verkstad för unga", "granted", "Näs Teknikcenter ek. för", 175000),
        ("Padelhall", "rejected", "Ängs GoIF", None),
        ("Digitalisering av glasplåtar", "other", "Hembygdsföreningen i Näs", None),
    ]
    assert decisions[2]["applied_amount_sek"] == 300000
    assert {(d["authority"], d["date"]) for d in decisions} == {("Sparbanksstiftelsen Sjön", "2020-03-04")}


def test_the_sum_behind_columns_of_years_is_what_is_granted() -> None:
    found = {d["project"]: d["amount_sek"] for d in facts(YEARS)["decisions"]}
    assert found == {"Fjället året runt": 1450000, "Raukarna": 1000000}


def test_a_chief_that_took_the_decision_and_who_took_part_beside_the_applicant() -> None:
    (decision,) = facts(REFUSAL)["decisions"]
    assert decision["deciding_body"] == "Enhetschefen för Samhällsomställning"
    assert (decision["start"], decision["end"]) == ("2022-01", "2024-12")
    assert decision["partners"] == ["Nacka kommun", "Kungliga Tekniska högskolan"]
