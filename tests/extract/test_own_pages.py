"""Pages on which whoever got the money tells of it, and news whose titles are the projects."""

from __future__ import annotations

from tests.extract.lists import decided, facts, paid


def test_the_owner_of_a_page_is_the_applicant_and_each_piece_of_news_says_who_decided() -> None:
    paper = facts(
        """
        <html><head><title>Nyheter - Sandhamra byalag</title></head><body><h1>Sandhamra byalag</h1>
        <h2>Taket är räddat</h2><p>14 april 2023</p>
        <p>Länsstyrelsen i Kalmar län har beviljat byalaget 412 000 kronor till projektet Tak över byn.
        Beslutet togs den 6 april 2023.</p>
        <h2>Pengar till ungdomarna</h2><p>18 november 2022</p>
        <p>Sparbanksstiftelsen Tre Åar skänker 75 000 kronor till vår satsning Fredag på riktigt.</p></body></html>
        """,
        "paper.html",
    )
    assert decided(paper, "outcome", "authority", "beneficiary", "amount_sek", "date") == [
        ("Tak över byn", "granted", "Länsstyrelsen i Kalmar län", "Sandhamra byalag", 412_000, "2023-04-06"),
        ("Fredag på riktigt", "granted", "Sparbanksstiftelsen Tre Åar", "Sandhamra byalag", 75_000, None),
    ]


def test_a_page_of_a_foundation_that_gives_is_no_page_of_its_own_projects() -> None:
    paper = facts(
        """
        Stiftelsen Lyktan
        Nyheter

        Stiftelsen Lyktan ger 300 000 kronor till projektet Vinterljus. Det är vår satsning på unga.
        Projektet drivs av Norra Teaterföreningen.
        """
    )
    assert decided(paper, "authority", "beneficiary") == [("Vinterljus", "Stiftelsen Lyktan", "Norra Teaterföreningen")]


def test_the_project_is_named_in_the_sentence_below_the_grant() -> None:
    paper = facts(
        """
        PRESSMEDDELANDE
        Åsmyra Energi AB

        Naturvårdsverket har beslutat att ge Åsmyra Energi AB 43,2 miljoner kronor i stöd. Pengarna ska användas
        för att bygga en anläggning för biokol, projektet Svarta guldet. Beslutet togs den 19 december 2022.

        Svarta guldet har föregåtts av pilotprojektet Glöden.
        """
    )
    assert decided(paper, "authority", "beneficiary", "amount_sek", "date") == [
        ("Svarta guldet", "Naturvårdsverket", "Åsmyra Energi AB", 43_200_000, "2022-12-19")
    ]


def test_titles_name_the_projects_where_the_page_says_that_several_got_money() -> None:
    paper = facts(
        """
        <html><head><title>Nyheter från Almfors kommun</title></head><body>
        <h1>Grönt ljus för tre naturprojekt</h1><p>Publicerat: 9 maj 2022</p>
        <p>Länsstyrelsen i Jönköpings län har den 2 maj 2022 beviljat pengar till tre projekt i kommunen.</p>
        <h2>Våtmark vid Stensjön</h2><p>Kommunen har beviljats 215 000 kronor i bidrag.</p>
        <h2>Blommande vägkanter</h2><p>Kommunen har beviljats 90 000 kronor i bidrag.</p></body></html>
        """,
        "paper.html",
    )
    assert decided(paper, "authority", "beneficiary", "amount_sek", "date") == [
        ("Våtmark vid Stensjön", "Länsstyrelsen i Jönköpings län", "Almfors kommun", 215_000, "2022-05-02"),
        ("Blommande vägkanter", "Länsstyrelsen i Jönköpings län", "Almfors kommun", 90_000, "2022-05-02"),
    ]


def test_below_a_title_a_receiver_and_a_sum_need_no_verb() -> None:
    paper = facts(
        """
        <html><head><title>De här projekten får stöd - Region Gävleborg</title></head><body>
        <h1>De här projekten får stöd</h1><p>Region Gävleborg har beviljat medel. Besluten togs den 15 juni 2022.</p>
        <h3>Filmverkstan</h3><p>Söderhamns kommun, 640 000 kronor. Projekttid 2022-08-01–2023-12-31.</p>
        <h3>Rätt jobb</h3><p>Här går 2,9 miljoner kronor till Samordningsförbundet Gävleborg.</p>
        <h3>Besök Bruksleden</h3><p>Destination Järvsö AB tar emot 1,2 miljoner kronor.</p></body></html>
        """,
        "paper.html",
    )
    assert [(p, a) for p, a in decided(paper, "amount_sek")] == [
        ("Filmverkstan", 640_000),
        ("Rätt jobb", 2_900_000),
        ("Besök Bruksleden", 1_200_000),
    ]


def test_items_with_receiver_sum_and_purpose_below_who_gives() -> None:
    paper = facts(
        """
        <html><body><h1>Riksförbundet Våra Hus</h1>
        <p>Boverket har fördelat årets investeringsbidrag, och två av våra medlemmar finns på listan.</p>
        <ul><li>Örbyhus Ordenshus, 1 820 000 kr till ny hiss</li>
        <li>Gideå Ordenshus, 940 000 kr till bergvärme</li></ul>
        <p>Vårt eget projekt Nyckeln drivs vidare.</p></body></html>
        """,
        "paper.html",
    )
    assert decided(paper, "authority", "beneficiary", "amount_sek") == [
        ("Ny hiss", "Boverket", "Örbyhus Ordenshus", 1_820_000),
        ("Bergvärme", "Boverket", "Gideå Ordenshus", 940_000),
    ]
    assert paid(paper) == [("Ny hiss", "Boverket", 1_820_000), ("Bergvärme", "Boverket", 940_000)]


def test_receivers_with_their_sums_above_what_the_money_is_for() -> None:
    paper = facts(
        """
        Stiftelsen Hjulebergs Framtid
        Vårens utdelning 2022

        Vid styrelsemötet den 28 april 2022 beslutade styrelsen att dela ut 275 000 kronor till följande ändamål.

        Barn och unga
        Falkenbergs Simsällskap, 90 000 kr
        Simskola för nyanlända
        Ullareds Ridklubb, 60 000 kr
        Hinder och staket till nya banan
        Vessigebro BK, 125 000 kr
        Fotboll utan gränser 2. Klubben har egna ledare.
        """
    )
    assert decided(paper, "beneficiary", "amount_sek", "date") == [
        ("Simskola för nyanlända", "Falkenbergs Simsällskap", 90_000, "2022-04-28"),
        ("Hinder och staket till nya banan", "Ullareds Ridklubb", 60_000, "2022-04-28"),
        ("Fotboll utan gränser 2", "Vessigebro BK", 125_000, "2022-04-28"),
    ]


def test_a_table_of_facts_below_its_caption_tells_of_the_page_s_project() -> None:
    paper = facts(
        """
        <html><head><title>Mathantverk i Almfors – Leader Sjöbygden</title></head><body>
        <p>Leader Sjöbygden</p><h1>Mathantverk i Almfors</h1><p>En nedlagd skola blir ett mathus.</p>
        <table><tr><th colspan="2">Fakta om projektet</th></tr>
        <tr><td>Projektägare</td><td>Almfors Matfolk ekonomisk förening</td></tr>
        <tr><td>Journalnr</td><td>2021-2087</td></tr><tr><td>LAG-beslut</td><td>2021-09-22</td></tr>
        <tr><td>Projektstart</td><td>2022-02-01</td></tr><tr><td>Leaderstöd</td><td>1 340 000 kr</td></tr>
        <tr><td>Privata medel</td><td>165 000 kr</td></tr>
        <tr><td>Projektbudget</td><td>1 505 000 kr</td></tr></table></body></html>
        """,
        "paper.html",
    )
    assert decided(paper, "deciding_body", "beneficiary", "amount_sek", "total_budget_sek", "date", "start") == [
        (
            "Mathantverk i Almfors",
            "LAG",
            "Almfors Matfolk ekonomisk förening",
            1_340_000,
            1_505_000,
            "2021-09-22",
            "2022-02-01",
        )
    ]


def test_the_name_in_the_head_of_a_page_that_says_that_it_is_a_project() -> None:
    paper = facts(
        """
        <html><head><title>SaltMarsh | Coastal Lab</title></head><body><h1>About us</h1>
        <p>SaltMarsh is a four-year research project on coastal wetlands.</p>
        <p>Formas granted SEK 7.9 million to the project on 25 November 2020.
        It builds on the pilot study Blue Shore.</p>
        </body></html>
        """,
        "paper.html",
    )
    assert decided(paper, "authority", "amount_sek", "date") == [("SaltMarsh", "Formas", 7_900_000, "2020-11-25")]
