"""Forms of pages and lists in which a project is a title, a label's value or the first words of a paragraph."""

from __future__ import annotations

from tests.extract.lists import decided, facts, paid


def test_titles_in_bold_type_with_their_owner_below() -> None:
    paper = facts(
        """
        <html><body><h1>Pengar till nya projekt i länet</h1>
        <p>Region Västerbotten fördelar statliga 1:1-medel. Under sammanträdet den 31 maj 2023 fattade regionala
        utvecklingsnämnden beslut i 17 ärenden, varav 14 bifölls.</p>
        <p><strong>Timmerflottans minnen</strong><br>/Umeå universitet tillsammans med Norsjö kommun</p>
        <p>Projektet pågår 2023–2025 och tilldelas 850 000 kronor.</p>
        <p><strong>Rökt sik 2</strong><br>/Hushållningssällskapet Västerbotten</p>
        <p>Projektet är en fortsättning på Rökt sik och genomförs i Vindelns och Sorsele kommuner. Projektet
        tilldelas 1,35 miljoner kronor.</p></body></html>
        """,
        "paper.html",
    )
    assert decided(paper, "outcome", "beneficiary", "amount_sek", "date", "municipalities", "funding_source") == [
        ("Timmerflottans minnen", "granted", "Umeå universitet", 850_000, "2023-05-31", ["Norsjö"], "1:1-anslaget"),
        (
            "Rökt sik 2",
            "granted",
            "Hushållningssällskapet Västerbotten",
            1_350_000,
            "2023-05-31",
            ["Vindeln", "Sorsele"],
            "1:1-anslaget",
        ),
    ]
    assert paper["lineage"] == [{"project": "Rökt sik 2", "predecessor": "Rökt sik"}]


def test_a_box_of_facts_beside_the_text_is_read_and_one_of_links_is_not() -> None:
    paper = facts(
        """
        <html><head><title>Stockeld - Projektbanken</title></head><body><main><h1>Stockeld</h1>
        <p>Hur kan gamla timmerhus få nytt liv? Projektet prövar det.</p></main>
        <aside><h3>Projektfakta</h3><p><b>Projektägare</b><br>Stiftelsen Siljansro</p>
        <p><b>Projektperiod</b><br>2020-09-01 – 2022-12-31</p>
        <p><b>Beviljat stöd från Region Dalarna</b><br>2 200 000 kronor (50 %)</p>
        <p><b>Diarienummer</b><br>RD 2020/877</p>
        <p><b>Finansiärer</b><br>Region Dalarna 2 200 000 kr<br>Mora kommun 400 000 kr</p></aside>
        <aside><h3>Mer att läsa</h3><p>Nattvandring, 90 000 kronor</p></aside></body></html>
        """,
        "paper.html",
    )
    assert decided(paper, "authority", "beneficiary", "amount_sek", "share_percent", "diary_number", "end") == [
        ("Stockeld", "Region Dalarna", "Stiftelsen Siljansro", 2_200_000, 50.0, "RD 2020/877", "2022-12-31")
    ]
    assert paid(paper) == [("Stockeld", "Region Dalarna", 2_200_000), ("Stockeld", "Mora kommun", 400_000)]


def test_entries_closed_with_full_stops_below_headings_that_decide() -> None:
    paper = facts(
        """
        Leader Granskogen
        Projekt som behandlats av LAG hösten 2020

        LAG har haft två möten, den 22 september och den 24 november 2020.

        MÖTET DEN 22 SEPTEMBER

        Beviljade projekt

        Hyttans ljus. Hyttans Byalag. 287 400 kr. Belysning kring den gamla hyttan.

        Cykla mellan bruken. Lindesbergs kommun. 614 000 kr. Skyltade leder.

        Avslagna projekt

        Guld i ån. Åns Äventyr AB. Sökt 410 000 kr. Gynnar bara ett företag.

        MÖTET DEN 24 NOVEMBER

        Bordlagt

        Årets runda. Granskogens Turistförening. Sökt 245 000 kr. LAG vill veta mer.
        """
    )
    assert decided(paper, "outcome", "deciding_body", "date", "beneficiary", "amount_sek", "applied_amount_sek") == [
        ("Hyttans ljus", "granted", "LAG", "2020-09-22", "Hyttans Byalag", 287_400, None),
        ("Cykla mellan bruken", "granted", "LAG", "2020-09-22", "Lindesbergs kommun", 614_000, None),
        ("Guld i ån", "rejected", "LAG", "2020-09-22", "Åns Äventyr AB", None, 410_000),
        ("Årets runda", "other", "LAG", "2020-11-24", "Granskogens Turistförening", None, 245_000),
    ]


def test_applicants_and_projects_by_turns_after_one_verb() -> None:
    paper = facts(
        """
        Länsstyrelsen Värmland

        Bidrag till naturvård 2021

        De här projekten får bidrag:

        - Arvika kommun: Våtmark Glasbacken, 720 000 kronor
        - Sunne kommun: Vass blir foder, 690 000 kronor

        Två ansökningar fick avslag: Filipstads kommun för Bin i gruvhål och Kils kommun för Sagostig vid Fryken.
        """
    )
    assert decided(paper, "outcome", "beneficiary") == [
        ("Våtmark Glasbacken", "granted", "Arvika kommun"),
        ("Vass blir foder", "granted", "Sunne kommun"),
        ("Bin i gruvhål", "rejected", "Filipstads kommun"),
        ("Sagostig vid Fryken", "rejected", "Kils kommun"),
    ]


def test_the_appropriation_is_given_as_written_and_a_day_has_the_year_of_its_paper() -> None:
    paper = facts(
        """
        Region Gävleborg
        Publicerad: 26 mars 2021

        Region Gävleborg skjuter till 1,2 miljoner kronor till projektet Stålspåret. Medlen tas från nämndens anslag
        för kompetensförsörjning. Beslutet togs av hållbarhetsnämnden den 24 mars.
        """
    )
    assert decided(paper, "deciding_body", "date", "funding_source") == [
        ("Stålspåret", "Hållbarhetsnämnden", "2021-03-24", "Nämndens anslag för kompetensförsörjning")
    ]


def test_labels_of_any_wording_with_the_value_below_them() -> None:
    paper = facts(
        """
        Svenska ESF-rådet
        Projektbank

        Tillbaka till sökresultatet

        Vägen ut 2.0

        Projektägare
        Jönköpings kommun

        Kontaktuppgifter
        Arbetsmarknadsavdelningen

        Diarienummer
        2016/00512

        Fond
        Europeiska socialfonden

        Projektperiod
        2017-02-01 – 2020-01-31

        Beviljat stöd
        17 320 450 kr

        Total projektkostnad
        28 867 417 kr

        Status
        Avslutat

        Deltagande kommuner
        Jönköping, Nässjö, Vaggeryd

        Sammanfattning
        Vägen ut 2.0 är en fortsättning på projektet Vägen ut.
        """
    )
    assert decided(paper, "authority", "amount_sek", "total_budget_sek", "funding_source", "municipalities") == [
        (
            "Vägen ut 2.0",
            "Svenska ESF-rådet",
            17_320_450,
            28_867_417,
            "Europeiska socialfonden",
            ["Jönköping", "Nässjö", "Vaggeryd"],
        )
    ]
    assert paper["lineage"] == [{"project": "Vägen ut 2.0", "predecessor": "Vägen ut"}]


def test_a_table_of_labels_with_a_genitive_for_who_grants() -> None:
    paper = facts(
        """
        <html><body><p>Region Skåne</p><h1>Tång i tank (TIT)</h1><table>
        <tr><td>Status</td><td>Pågående</td></tr><tr><td>Projektägare</td><td>Malmö universitet</td></tr>
        <tr><td>Startdatum</td><td>2019-01-07</td></tr><tr><td>Slutdatum</td><td>2021-12-31</td></tr>
        <tr><td>Beslut</td><td>Regionala utvecklingsnämnden 2018-12-11, § 97</td></tr>
        <tr><td>Projektets totalkostnad</td><td>9 600 000 SEK</td></tr>
        <tr><td>Region Skånes bidrag</td><td>2 400 000 SEK</td></tr>
        <tr><td>Övrig finansiering</td><td>Havs- och vattenmyndigheten 4 000 000 SEK</td></tr></table></body></html>
        """,
        "paper.html",
    )
    assert decided(paper, "deciding_body", "date", "amount_sek", "total_budget_sek") == [
        ("Tång i tank (TIT)", "Regionala utvecklingsnämnden", "2018-12-11", 2_400_000, 9_600_000)
    ]
    assert ("Tång i tank (TIT)", "Havs- och vattenmyndigheten", 4_000_000) in paid(paper)


def test_delegated_decisions_as_noun_phrases_below_a_head_that_stands_apart() -> None:
    paper = facts(
        """
        Örnsköldsviks kommun

        Anmälan av delegationsbeslut

        Beslut fattade av näringslivschefen

        Nr   Datum        Ärende                                              Dnr

        31   2021-02-03   Bidrag om 45 000 kr till Nätra Fjällskog för        Ks/2021:88
                          projektet Led mot toppen
        33   2021-02-11   Avslag på ansökan från Arnäs Motorklubb om          Ks/2021:97
                          120 000 kr till projektet Elcross
        34   2021-02-24   Yttrande till Trafikverket om väg 348               Ks/2021:60
        35   2021-03-02   Förlängd tid t.o.m. 2021-12-31 för projektet        Ks/2020:411
                          Skärgårdens smaker, Trysunda Byalag

        Förslag till beslut

        Kommunstyrelsen lägger anmälan till handlingarna.
        """
    )
    assert decided(paper, "outcome", "deciding_body", "diary_number", "beneficiary", "amount_sek", "end") == [
        ("Led mot toppen", "granted", "Näringslivschefen", "Ks/2021:88", "Nätra Fjällskog", 45_000, None),
        ("Elcross", "rejected", "Näringslivschefen", "Ks/2021:97", "Arnäs Motorklubb", None, None),
        ("Skärgårdens smaker", "other", "Näringslivschefen", "Ks/2020:411", "Trysunda Byalag", None, "2021-12-31"),
    ]


def test_titles_are_projects_where_the_page_announces_projects() -> None:
    paper = facts(
        """
        <html><body><h1>Pengar till flexibla elnät</h1>
        <p>Två nya projekt inom programmet Framtidens elsystem får dela på 16 miljoner kronor. Det har Energimyndigheten
        beslutat.</p><p>De två projekten löper till och med 2027.</p><h2>Projekten i korthet</h2>
        <h3>Värmepumpar som reserv</h3><p>Chalmers tekniska högskola får 8 250 000 kronor för att undersöka hur
        2 000 villors värme kan styras.</p>
        <h3>Lokala elmarknader i norr</h3><p>Luleå tekniska universitet beviljas 7 900 000 kronor.</p></body></html>
        """,
        "paper.html",
    )
    assert decided(paper, "beneficiary", "amount_sek", "end", "funding_source") == [
        ("Värmepumpar som reserv", "Chalmers tekniska högskola", 8_250_000, "2027", "Framtidens elsystem"),
        ("Lokala elmarknader i norr", "Luleå tekniska universitet", 7_900_000, "2027", "Framtidens elsystem"),
    ]


def test_news_in_prose_that_names_projects_in_one_sentence_and_pays_in_the_next() -> None:
    paper = facts(
        """
        Region Halland

        Regionstyrelsens tillväxtutskott möttes den 24 maj 2022.

        Störst blir Vätgasstråk Väst. Dit går 5,4 miljoner kronor.

        Det andra projektet som får stöd heter Bädd för alla. Hallands Bygdegårdar vill göra om skolor till vandrarhem
        och får 780 000 kronor.

        En ansökan från Hylte Trädgårdssällskap, Rosornas rike, föll däremot. Sällskapet ville ha 350 000 kronor.
        """
    )
    assert decided(paper, "outcome", "amount_sek", "applied_amount_sek") == [
        ("Vätgasstråk Väst", "granted", 5_400_000, None),
        ("Bädd för alla", "granted", 780_000, None),
        ("Rosornas rike", "rejected", None, 350_000),
    ]


def test_a_page_before_the_meeting_decides_nothing() -> None:
    paper = facts(
        """
        <html><body><h1>På gång i nämnderna</h1><p>Regional tillväxtnämnd sammanträder den 29 november.</p>
        <h2>Ska regionen stödja Mineralriket?</h2><p>Bergskraft Bergslagen söker 3,2 miljoner kronor till projektet
        Mineralriket. Nämnden väntas fatta beslut på mötet.</p><h2>Rapport</h2><p>Nämnden får en lägesrapport från ett
        projekt som tilldelades medel förra året.</p></body></html>
        """,
        "paper.html",
    )
    assert paper["decisions"] == []


def test_items_that_begin_with_the_project_or_with_the_sum() -> None:
    paper = facts(
        """
        <html><body><h1>Pengar till fem projekt</h1><p>Nämnden för regional utveckling i Region Sörmland fördelade den
        13 oktober 2021 årets sista pengar ur anslag 1:1.</p><ul>
        <li><strong>Fossilfri kust.</strong> Trosa kommun får 1 850 000 kronor för att ställa om båttrafiken.</li>
        <li><strong>Maskinhallen.</strong> Mälardalens universitet får 3,2 miljoner kronor till en testbädd. Pengarna
        ska användas 2022–2024.</li>
        <li><strong>Från jord till bord i Flen.</strong> Hushållningssällskapet får 940&nbsp;000 kronor.</li></ul>
        </body></html>
        """,
        "paper.html",
    )
    assert decided(paper, "beneficiary", "amount_sek", "start", "date", "funding_source") == [
        ("Fossilfri kust", "Trosa kommun", 1_850_000, None, "2021-10-13", "1:1-anslaget"),
        ("Maskinhallen", "Mälardalens universitet", 3_200_000, "2022", "2021-10-13", "1:1-anslaget"),
        ("Från jord till bord i Flen", "Hushållningssällskapet", 940_000, None, "2021-10-13", "1:1-anslaget"),
    ]
    paper = facts(
        """
        Länsstyrelsen i Örebro län

        Länsstyrelsen har beslutat hur årets pengar ur landsbygdsprogrammet fördelas. Besluten fattades den
        12 juni 2019.

        • 2,9 miljoner kronor till Kilsmo Intresseförening för projektet Bygdegård med sol
        • 1 480 000 kronor till Karlskoga kommun för projektet Lekplats som håller

        Två ansökningar har avslagits. Det gäller Hidinge Ryttarförening (projektet Ridhus norr) och Askersunds
        kommun (projektet Sjöstugan).
        """
    )
    assert decided(paper, "outcome", "beneficiary", "amount_sek") == [
        ("Bygdegård med sol", "granted", "Kilsmo Intresseförening", 2_900_000),
        ("Lekplats som håller", "granted", "Karlskoga kommun", 1_480_000),
        ("Ridhus norr", "rejected", "Hidinge Ryttarförening", None),
        ("Sjöstugan", "rejected", "Askersunds kommun", None),
    ]


def test_a_project_page_tells_who_pays_and_decides_nothing() -> None:
    paper = facts(
        """
        <html><body><h1>Kallt &amp; Klart</h1><p>Kallt &amp; Klart är ett samarbete mellan vattenverk. Projektet pågår
        från mars 2019 till februari 2022. Projektet leds av Luleå tekniska universitet.</p><h2>Vem betalar?</h2><ul>
        <li>Interreg Nord: 812 000 euro</li><li>Region Norrbotten: 1 450 000 kronor</li></ul></body></html>
        """,
        "paper.html",
    )
    assert paper["decisions"] == []
    assert set(paid(paper)) == {
        ("Kallt & Klart", "Interreg Nord", None),
        ("Kallt & Klart", "Region Norrbotten", 1_450_000),
    }


def test_a_sum_that_is_raised_by_so_much_to_so_much() -> None:
    paper = facts(
        """
        Region Norrbotten
        Regionala utvecklingsnämnden 2022-03-23

        § 20 Begäran om utökat stöd till projekt Samisk slöjd

        Beslut

        Stödet till projektet höjs med 250 000 kr till 1 650 000 kr.
        """
    )
    assert decided(paper, "outcome", "amount_sek") == [("Samisk slöjd", "other", 1_650_000)]


def test_applicant_and_project_in_one_cell_before_the_sum() -> None:
    paper = facts(
        """
        Region Kronoberg                                   Protokoll
        Kulturnämnden                                      2023-05-11

        § 31 Projektbidrag 2023

        Beslut
        Kulturnämnden beslutar att fördela projektbidragen enligt följande:

        Lessebo kommun, Glasets berättare                     65 000 kr
        Älmhults Konstförening, Öppna ateljéer                40 000 kr
        """
    )
    assert decided(paper, "outcome", "beneficiary", "amount_sek", "date") == [
        ("Glasets berättare", "granted", "Lessebo kommun", 65_000, "2023-05-11"),
        ("Öppna ateljéer", "granted", "Älmhults Konstförening", 40_000, "2023-05-11"),
    ]


def test_yes_to_an_application_grants_what_was_applied_for() -> None:
    paper = facts(
        """
        Region Blekinge

        Regionala utvecklingsnämnden beslutade den 23 november 2022 att säga ja till Karlshamns kommuns ansökan om
        2,25 miljoner kronor till projektet Marint kunskapslyft.
        """
    )
    assert decided(paper, "amount_sek", "applied_amount_sek") == [("Marint kunskapslyft", 2_250_000, 2_250_000)]


def test_news_on_one_page_have_the_days_of_their_meetings_not_of_their_publication() -> None:
    paper = facts(
        """
        <html><body><h1>Nyheter från Region Dalarna</h1>
        <article><time>4 oktober 2023</time><h2>Stöd till skidspår</h2>
        <p>Regionala utvecklingsnämnden beslutade den 28 september att bevilja Mora kommun 400 000 kronor till projektet
        Spår i framtid.</p></article>
        <article><time>9 januari 2023</time><h2>Nej till linbana</h2>
        <p>Nämnden avslog den 15 december ansökan från Säters kommun om 900 000 kronor till förstudien
        Linbana.</p></article>
        </body></html>
        """,
        "paper.html",
    )
    assert [(d["project"], d["date"]) for d in paper["decisions"]] == [
        ("Spår i framtid", "2023-09-28"),
        ("Linbana", "2022-12-15"),
    ]
