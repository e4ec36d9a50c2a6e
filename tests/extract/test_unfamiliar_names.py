"""Projects and organisations found by where they stand, whatever their names look like."""

from __future__ import annotations

from typing import Any

from tests.extract.lists import facts


def sums(paper: dict[str, Any]) -> dict[str, tuple[str, int | None]]:
    """Outcome and sum of each project."""
    return {d["project"]: (d["outcome"], d["amount_sek"]) for d in paper["decisions"]}


def test_cells_on_lines_of_their_own_stay_in_step_where_each_name_fits_on_one_line() -> None:
    """Two records alike do not make a table of two, where a third follows that ends in a refusal."""
    paper = facts(
        """
        Bilaga 2 till direktionens protokoll 2023-10-20

        Direktionen fattade beslut enligt förteckningen. Alla belopp i tkr.

        Projekt
        Sökande
        Total kostnad
        Sökt
        Beslut

        Morgongrund
        Högskolan i Borås
        2 860
        1 100
        900

        Skärvattnet
        Svenljunga kommun
        1 400
        700
        700

        Kvarnnät
        Marks kommun
        980
        490
        Avslag

        Ljusbygget för alla i
        hela länet
        Tranemo kommun
        1 215
        600
        450
        """
    )
    assert sums(paper) == {
        "Morgongrund": ("granted", 900000),
        "Skärvattnet": ("granted", 700000),
        "Kvarnnät": ("rejected", None),
        "Ljusbygget för alla i hela länet": ("granted", 450000),
    }


def test_what_stands_behind_a_label_is_no_head_of_a_table() -> None:
    paper = facts(
        """
        BESLUT 2022-06-16

        Länsstyrelsen i Västmanlands län beslutar att fördela bygdemedel enligt följande.

        Sökande: Björkbygdens ekonomiska förening
        Ändamål: Bryggan vid Hamre, ny badbrygga
        Kommun: Västerås
        Sökt: 120 000 kr
        Beviljat: 90 000 kr

        Sökande: Vinterel AB
        Ändamål: Kompetens för gröna jobb
        Kommun: Surahammar
        Sökt: 260 000 kr
        Beviljat: Avslag.
        """
    )
    assert sums(paper) == {
        "Bryggan vid Hamre, ny badbrygga": ("granted", 90000),
        "Kompetens för gröna jobb": ("rejected", None),
    }


def test_a_version_ends_no_name() -> None:
    paper = facts(
        """
        Utskottet beslutar den 14 februari 2024

        1. Ansökan från Arvika kommun om 1 100 000 kr till Fjälltorget 4.0 (RUV 2024/12).
           BIFALL. Högst 1 100 000 kr.

        2. Ansökan från Eda kommun om 200 000 kr till Stenrum 5.0.
           AVSLAG.
        """
    )
    assert sums(paper) == {"Fjälltorget 4.0": ("granted", 1100000), "Stenrum 5.0": ("rejected", None)}


def test_each_receiver_in_one_sentence_has_its_project_though_its_name_is_one_word() -> None:
    paper = facts(
        """
        Styrelsen beslutade den 9 december 2016 att bevilja Härryda kommun 1 300 000 kronor till Ekorrlab och Kungälvs
        kommun 900 000 kronor till Blåhavet.
        """
    )
    assert sums(paper) == {"Ekorrlab": ("granted", 1300000), "Blåhavet": ("granted", 900000)}
    assert [d["beneficiary"] for d in paper["decisions"]] == ["Härryda kommun", "Kungälvs kommun"]


def test_one_word_before_the_verb_is_the_project_where_who_applied_is_told_beside_it() -> None:
    paper = facts(
        """
        Regionala utvecklingsnämnden i Region Sörmland beslutade den 15 februari 2023 om pengar till två projekt.

        Linnetorget får 410 000 kronor. Sökande är Coompanion Sörmland.

        Coompanion får 75 000 kronor. Beslutet gäller i ett år.
        """
    )
    assert sums(paper) == {"Linnetorget": ("granted", 410000)}
    assert paper["decisions"][0]["beneficiary"] == "Coompanion Sörmland"


def test_one_word_is_the_project_that_somebody_carried_out() -> None:
    paper = facts(
        """
        Länsstyrelsen i Kalmar län beviljar Borgholms kommun 200 000 kronor för projektet Levande stränder på Öland.

        Ni har tidigare genomfört Morgonbron, som fick 310 000 kronor av Länsstyrelsen 2017.
        """
    )
    assert sums(paper)["Morgonbron"] == ("granted", 310000)


def test_the_title_behind_the_number_of_a_case_ends_with_its_line() -> None:
    paper = facts(
        """
        LEADER SJÖBYGDEN
        Protokoll 2019-05-23

        5. Ändringar i pågående projekt

        a) Jnr 2017-1033  Hållbar mobilitet i östra länsdelen
           Askersunds kommun begär längre tid. LAG beslutade att förlänga projektet till
           2019-12-31. Beslutat stöd, 365 000 kr, är oförändrat.

        b) Jnr 2018-1490  Kulturkiosken
           Föreningen Kiosken har meddelat att projektet inte blir av. Stödet på
           196 000 kr, som LAG beviljade 2018-04-19, återgår till budgeten.
        """
    )
    assert sums(paper)["Hållbar mobilitet i östra länsdelen"] == ("other", 365000)


def test_a_name_that_holds_a_verb_is_known_from_the_title_of_an_item() -> None:
    paper = facts(
        """
        Beredningsgruppen föreslår:

           1. Kodstugan, Marks kommun. Bifall, 450 tkr.
           2. Unga bygger, Tranemo kommun. Bifall, 275 tkr.

        Direktionen beslutade den 8 december 2017

        1. att bevilja Marks kommun 450 tkr till projektet Kodstugan,
        2. att bordlägga frågan om medel till projektet Unga bygger till nästa möte.
        """
    )
    assert [d["project"] for d in paper["decisions"]] == ["Kodstugan", "Unga bygger"]


def test_a_name_with_a_dash_is_whole_where_applicants_stand_below_the_names() -> None:
    paper = facts(
        """
        <html><body><h1>Nya projekt</h1>
        <p>Regionala utvecklingsnämnden fördelade medel den 25 november 2020.</p>
        <h3>Följande projekt har beviljats medel:</h3>
        <ul>
        <li><p><strong>Kustens kök,</strong>&nbsp; 1 750 000 kr<br> <em>Västerviks kommun</em></p>
        <p>Restauranger ska servera mer fisk.</p></li>
        <li><p><strong>Kvarngrund – testmiljö för lokal mat,</strong>&nbsp; 2 400 000 kr<br>
        <em>Hultsfreds kommun</em></p>
        <p>Byar i hela länet deltar.</p></li>
        <li><p><strong>Byggare på distans,</strong>&nbsp; 1 100 000 kr<br> <em>Linnéuniversitetet</em></p>
        <p>Kurser för den som bygger i trä.</p></li>
        </ul></body></html>
        """,
        "page.html",
    )
    assert sums(paper) == {
        "Kustens kök": ("granted", 1750000),
        "Kvarngrund – testmiljö för lokal mat": ("granted", 2400000),
        "Byggare på distans": ("granted", 1100000),
    }


def test_titles_in_capitals_do_not_hide_the_words_that_lead_their_entries() -> None:
    paper = facts(
        """
        Leader Sjuhärad
        Beslut från LAG-mötet den 4 oktober 2023

        Projekt som LAG har prioriterat för stöd:

        1. RLBANV
        Sökande: Svenljunga kommun
        Stöd från Leader: 640 000 kr
        Total projektkostnad: 850 000 kr

        2. PLRRNB
        Sökande: Leader Sjuhärad
        Stöd från Leader: 300 000 kr
        Total projektkostnad: 300 000 kr

        Projekt som LAG har sagt nej till:

        3. NNKLM
        Sökande: Marks kommun
        Sökt belopp: 725 000 kr

        4. VTMS
        Sökande: Borås stad
        Sökt belopp: 210 000 kr
        """
    )
    assert {n: o for n, (o, _) in sums(paper).items()} == {
        "RLBANV": "granted",
        "PLRRNB": "granted",
        "NNKLM": "rejected",
        "VTMS": "rejected",
    }


def test_receivers_with_what_each_gets_money_for_are_no_list_of_receivers_alone() -> None:
    paper = facts(
        """
        <html><body><h1>Utdelning</h1>
        <p>Styrelsen för Sparbanksstiftelsen Tre Åar beslutade den 16 november 2017 om stöd till följande projekt:</p>
        <p>Klippans kommun för <i>SKRAA</i> 120 000 kr<br>
        Perstorps kommun för <i>VEMB</i> 45 000 kr<br>
        Lunds universitet för <i>KNTNN</i> 60 000 kr</p></body></html>
        """,
        "page.html",
    )
    assert sums(paper) == {"SKRAA": ("granted", 120000), "VEMB": ("granted", 45000), "KNTNN": ("granted", 60000)}


def test_sentences_with_sums_are_no_row_below_a_heading() -> None:
    paper = facts(
        """
        Leader Bergslagsskogen
        Projekt som behandlats av LAG den 24 november 2020

        Beviljade projekt

        Linnelab. Uskavi Friluftsförening. 350 000 kr. Sökt belopp var 500 000 kr.
        LAG ansåg att kostnaden för bryggan var för hög.

        Avslagna projekt

        Silverrummet. Nora kommun. Sökt 120 500 kr. Nådde inte upp till lägsta poäng.
        """
    )
    assert sums(paper) == {"Linnelab": ("granted", 350000), "Silverrummet": ("rejected", None)}


def test_running_text_in_a_cell_goes_on_below_though_its_first_word_would_have_fitted() -> None:
    paper = facts(
        """
        Örnsköldsviks kommun

        Anmälan av delegationsbeslut, beslut fattade av näringslivschefen i mars 2021

        Nr   Datum        Ärende                                              Dnr

        33   2021-02-11   Avslag på ansökan från Marks kommun om              Ks/2021:97
                          120 000 kr till projektet Kompetens för fler företag
        34   2021-02-24   Yttrande till Trafikverket om väg 348               Ks/2021:60
        36   2021-03-09   Bidrag om 25 000 kr till High Coast Innovation      Ks/2021:119
                          Park för projektet Test i kyla
        """
    )
    assert sums(paper)["Test i kyla"] == ("granted", 25000)
