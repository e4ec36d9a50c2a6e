"""Forms that programmes, agencies, Leader groups and coordination federations publish, in invented words."""

from __future__ import annotations

from tests.extract.lists import decided, facts


def test_entries_of_leader_minutes_with_two_labels_on_a_line_and_decisions_in_sentences() -> None:
    paper = facts(
        """
        Leader Norrviken
        Mötesprotokoll nr 4
        Beslutsmöte:   LAG
        Datum:         2012-05-07

        6. INKOMNA ANSÖKNINGAR FÖR BESLUT:

        6.1 Stigar kring Storsjön
        Sökande:         Norra byalaget
        Sökt LEADER-stöd: 200 000 kr           Total projektkostnad: 310 000 kr
        Projekttid:      2012-06-01 - 2013-05-31
        Beslut:          LAG beviljar 180 000 kr. Posten för skyltar stryks.

        6.2 Gårdsmat
        Sökande:         Södra byalaget
        Sökt LEADER-stöd: 90 000 kr            Total projektkostnad: 120 000 kr
        Projekttid:      2012-06-01 - 2012-12-31
        Beslut:          LAG beviljar sökt belopp.

        6.3 Byalokalen
        Sökande:         Västra byalaget
        Sökt LEADER-stöd: 75 000 kr            Total projektkostnad: 75 000 kr
        Beslut:          Ansökan avslås.

        6.4 Ljus i backen
        Sökande:         Östra byalaget
        Sökt LEADER-stöd: 50 000 kr            Total projektkostnad: 60 000 kr
        Beslut:          Bordläggs till nästa möte.
        """
    )
    assert decided(paper, "outcome", "amount_sek", "applied_amount_sek", "total_budget_sek") == [
        ("Stigar kring Storsjön", "granted", 180_000, 200_000, 310_000),
        ("Gårdsmat", "granted", 90_000, 90_000, 120_000),
        ("Byalokalen", "rejected", None, 75_000, 75_000),
        ("Ljus i backen", "other", None, 50_000, 60_000),
    ]


def test_projects_listed_with_their_partners_and_two_that_a_sentence_names_as_refused() -> None:
    paper = facts(
        """
        <html><body><h1>New projects in Interreg Norden</h1>
        <p>The Steering Committee met in Luleå on 14 May 2024 and approved three projects:</p>
        <ul><li>Warm Winter Roads – project partners are Luleå tekniska universitet, Svenska Vägars Förbund and
        Lapin vägforskning Oy</li>
        <li>Film by the Sea – project partners are Region Västerbotten and Visit Karleby</li></ul>
        <p>Two applications, Arctic Soup and Snow Lines, were not approved this time.</p></body></html>
        """,
        "paper.html",
    )
    assert decided(paper, "outcome", "partners") == [
        (
            "Warm Winter Roads",
            "granted",
            ["Luleå tekniska universitet", "Svenska Vägars Förbund", "Lapin vägforskning Oy"],
        ),
        ("Film by the Sea", "granted", ["Region Västerbotten", "Visit Karleby"]),
        ("Snow Lines", "rejected", []),
        ("Arctic Soup", "rejected", []),
    ]


def test_a_list_of_measures_below_the_applicants_with_the_day_that_a_sentence_states() -> None:
    paper = facts(
        """
        PM                              Datum 2019-06-20
        Trafikverket

        Beviljade ansökningar, omgång 6

        Trafikverket har den 14 juni 2019 fattat beslut om stöd. Nedan redovisas de som beviljats.

        MORA KOMMUN
        Åtgärd: Cykelbron
        Sökt stöd: 2 000 000 kr
        Beviljat stöd: 1 500 000 kr
        Klart senast: 2021

        LEKSANDS KOMMUN
        Åtgärd: Resecentrum norra
        Sökt stöd: 900 000 kr
        Beviljat stöd: 900 000 kr
        Klart senast: 2020

        ORSA KOMMUN
        Åtgärd: Samlastning
        Sökt stöd: 400 000 kr
        Beviljat stöd: Avslag
        """
    )
    assert decided(paper, "outcome", "beneficiary", "date", "end") == [
        ("Cykelbron", "granted", "Mora kommun", "2019-06-14", "2021"),
        ("Resecentrum norra", "granted", "Leksands kommun", "2019-06-14", "2020"),
        ("Samlastning", "rejected", "Orsa kommun", "2019-06-14", None),
    ]


def test_a_table_with_heads_of_two_lines_and_one_below_the_sentence_that_refuses_its_rows() -> None:
    paper = facts(
        """
        Boverket
        2018-10-04

        Boverket beslutar att bevilja stöd enligt följande.

        Sökande              Åtgärd                 Kommun        Beviljat     Slutförd
                                                                 stöd, kr     senast
        Mitthems AB          Lekparken              Linköping    4 250 000    2020-06-30
        Backens bostäder     Sjöns trygga stränder  Kristianstad 2 600 000    2020-03-31
        Föreningen Torget    Odla ihop              Gävle          140 250    2019-08-31

        Följande ansökningar avslås. Andra har fått högre prioritet.

        Sökande              Åtgärd                 Kommun          Sökt
                                                                stöd, kr
        Parkens bostäder     Konst på gatan         Göteborg    1 200 000
        Höjdens bostäder     Trädgården             Växjö         610 000
        """
    )
    assert decided(paper, "outcome", "amount_sek", "applied_amount_sek", "end", "municipalities") == [
        ("Lekparken", "granted", 4_250_000, None, "2020-06-30", ["Linköping"]),
        ("Sjöns trygga stränder", "granted", 2_600_000, None, "2020-03-31", ["Kristianstad"]),
        ("Odla ihop", "granted", 140_250, None, "2019-08-31", ["Gävle"]),
        ("Konst på gatan", "rejected", None, 1_200_000, None, ["Göteborg"]),
        ("Trädgården", "rejected", None, 610_000, None, ["Växjö"]),
    ]


def test_minutes_take_their_day_from_their_head_and_numbers_from_titles_in_brackets() -> None:
    paper = facts(
        """
        Samordningsförbundet Kusten                PROTOKOLL
                                                   2022-09-21

        § 61 Ansökningar om medel 2023

        a) Vägval Norr (dnr 2022:17)
        Hudiksvalls kommun, arbetsmarknadsenheten, har tillsammans med Region Gävleborg sökt 1 650 tkr.
        Beslut: Styrelsen beviljar 1 480 tkr till Vägval Norr.

        b) Gröna spår (dnr 2022:19)
        Nordanstigs kommun söker 620 tkr.
        Beslut: Styrelsen beslutar att inte bevilja medel till Gröna spår.

        § 62 Uppföljning
        Styrelsen beviljade den 8 december 2021 insatsen Kompassen 890 tkr.
        """
    )
    rows = decided(paper, "outcome", "date", "diary_number", "beneficiary", "applied_amount_sek")
    assert ("Vägval Norr", "granted", "2022-09-21", "2022:17", "Hudiksvalls kommun", 1_650_000) in rows
    assert ("Gröna spår", "rejected", "2022-09-21", "2022:19", "Nordanstigs kommun", 620_000) in rows


def test_items_of_three_lines_of_which_one_name_reads_as_a_sentence_and_grants_labelled_anslag() -> None:
    paper = facts(
        """
        <html><body><p>Stiftelsen Backen har beviljat anslag till tre projekt.</p><h2>Beviljade projekt:</h2><ul>
        <li>Sång i byn<br>680 000 kronor<br>I samverkan med Mittuniversitetet</li>
        <li>Bo där du vill – en studie<br>490 000 kronor<br>I samverkan med Säters kommun</li>
        <li>Vätgas på gården<br>Högskolan i Borås – 900 000 kronor<br>I samverkan med Metaller AB</li>
        </ul></body></html>
        """,
        "paper.html",
    )
    assert decided(paper, "amount_sek", "partners") == [
        ("Sång i byn", 680_000, ["Mittuniversitetet"]),
        ("Bo där du vill – en studie", 490_000, ["Säters kommun"]),
        ("Vätgas på gården", 900_000, ["Metaller AB"]),
    ]
    cards = facts(
        """
        <html><body><p>Stiftelsen beviljar pengar till två projekt.</p>
        <h3>Tåliga förpackningar</h3><p>Lärosäte: Karlstads universitet<br>Anslag: 17,4 mkr<br>Löptid: 2018–2022</p>
        <h3>Järn i form</h3><p>Lärosäte: Örebro universitet<br>Anslag: 2 mkr<br>Löptid: 2018–2021</p></body></html>
        """,
        "paper.html",
    )
    assert decided(cards, "amount_sek") == [("Tåliga förpackningar", 17_400_000), ("Järn i form", 2_000_000)]


def test_cards_of_projects_whose_names_begin_alike_are_projects_of_their_own() -> None:
    paper = facts(
        """
        <html><body><h1>Våra projekt</h1><p>Projekt som LAG har prioriterat.</p>
        <h3>Cykla i dalen – förstudie</h3><p><b>Projektägare:</b> Dalens Turism AB<br><b>Beslutat stöd:</b> 148 000 kr
        <br><b>LAG-beslut:</b> 2018-11-08<br><b>Status:</b> Avslutat</p>
        <h3>Cykla i dalen på riktigt</h3><p><b>Projektägare:</b> Dalens Turism AB<br><b>Beslutat stöd:</b> 1 310 000 kr
        <br><b>LAG-beslut:</b> 2020-02-13<br><b>Status:</b> Pågår till 2022-12-31</p></body></html>
        """,
        "paper.html",
    )
    assert decided(paper, "date", "amount_sek", "end") == [
        ("Cykla i dalen – förstudie", "2018-11-08", 148_000, None),
        ("Cykla i dalen på riktigt", "2020-02-13", 1_310_000, "2022-12-31"),
    ]


def test_one_blank_between_a_long_name_and_the_receiver_in_the_next_column() -> None:
    paper = facts(
        """
        Post- och telestyrelsen beslutade den 24 november 2020 om stöd till följande projekt.

        Projektnamn                  Stödmottagare               Kommun          Beviljat stöd
        Forsa-Berget                 Fibernät i Norr AB          Hudiksvall         4 118 000
        Sju byar vid Ströms vattudal Jämtkraft AB                Strömsund          7 950 400
        Ost om älven                 Byanät AB                   Arvidsjaur         2 204 750
        Väst om älven                Umenät AB                   Vindeln            3 310 000
        """
    )
    assert ("Sju byar vid Ströms vattudal", "Jämtkraft AB", 7_950_400) in decided(paper, "beneficiary", "amount_sek")
    assert len(paper["decisions"]) == 4


def test_a_name_that_begins_with_a_verb_and_a_page_whose_facts_stand_in_a_box() -> None:
    paper = facts(
        """
        <html><body><h1>Nya projekt</h1><p>Vid styrelsemötet den 2 mars 2022 fick tre projekt stöd:</p><ul>
        <li>Fritidsbanken i Ånge får 650 000 kronor för Låna ett äventyr.</li>
        <li>Unga Kulturhuset får 1,2 miljoner kronor för Scenen är vår.</li>
        <li>Parasport Dalarna får 480 000 kronor för Alla ombord.</li></ul></body></html>
        """,
        "paper.html",
    )
    assert {d["project"] for d in paper["decisions"]} == {"Låna ett äventyr", "Scenen är vår", "Alla ombord"}
    page = facts(
        """
        <html><body><h1>SnowCool</h1><p>SnowCool develops a pilot plant. SnowCool runs for three years.</p>
        <p>Region Västernorrland granted SEK 1 100 000 on 12 March 2020.</p>
        <h2>Facts</h2><table><tr><th>Total budget</th><td>SEK 9.1 million</td></tr>
        <tr><th>Partners</th><td>Sundsvall Energi AB, Luleå University of Technology</td></tr></table></body></html>
        """,
        "paper.html",
    )
    assert decided(page, "date", "total_budget_sek", "partners") == [
        ("SnowCool", "2020-03-12", 9_100_000, ["Sundsvall Energi AB", "Luleå tekniska universitet"])
    ]
