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
