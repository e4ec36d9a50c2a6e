"""Lists that Swedish bodies publish on the web, flattened to text: empty cells, receivers alone, sums over several."""

from __future__ import annotations

from tests.extract.lists import decided, facts


def test_an_empty_cell_where_others_have_what_was_granted_is_a_refusal() -> None:
    paper = facts(
        """
        Bygdepengen 2021

        Nio ansökningar kom in. Kommunstyrelsens utskott beslutade den 6 maj 2021.

        Sökande

        Projekt

        Ansökt

        Beviljat

        Sörängets byförening

        Ny brygga vid badet

        40 000

        25 000

        Sörängets byförening

        Räcken längs bäcken

        15 000


        Tallåsens IK

        Belysning på skidspåret

        90 000

        60 000

        Ekonomiska föreningen Kvarnen

        Tak på såghuset

        35 000


        Totalsumma


        180 000

        85 000
        """
    )
    assert decided(paper, "outcome", "amount_sek", "applied_amount_sek") == [
        ("Ny brygga vid badet", "granted", 25_000, 40_000),
        ("Räcken längs bäcken", "rejected", None, 15_000),
        ("Belysning på skidspåret", "granted", 60_000, 90_000),
        ("Tak på såghuset", "rejected", None, 35_000),
    ]


def test_labels_below_words_about_the_project_are_those_of_the_project_above_them() -> None:
    paper = facts(
        """
        Kort om nämndens möte den 3 juni 2020

        Följande projekt beviljades medel:

        Projekt: Verkstad i glesbygd
        Fem verkstäder ska dela på maskiner, så att små företag kan göra mer själva.

        En ledamot anmälde jäv.

        Projektägare: Stiftelsen Teknikens Hus
        Projektperiod: 2020-08-01 – 2022-07-31
        Beslutad finansiering: Högst 1 200 000 kr

        Projekt: Skogens data
        Skogsägare ska lära sig att läsa kartor från flygplan.

        Projektägare: Ludvika kommun
        Projektperiod: 2020-09-01 – 2021-12-31
        Beslutad finansiering: Högst 640 000 kr
        """
    )
    assert decided(paper, "beneficiary", "amount_sek", "end") == [
        ("Verkstad i glesbygd", "Stiftelsen Teknikens Hus", 1_200_000, "2022-07-31"),
        ("Skogens data", "Ludvika kommun", 640_000, "2021-12-31"),
    ]


def test_a_list_of_receivers_names_no_project() -> None:
    paper = facts(
        """
        6 grupper får stöd till påsklovet, beslut 4 mars 2019

        Kulturutskottet beslutade den 4 mars 2019 att fördela 180 000 kr till sex av de sökande projekten.

          • Dockteatern Ängeln: 40 000 kr
          • Hamnens konsthall: 30 000 kr
          • Kulturföreningen Takterrassen: 45 000 kr
          • Lilla Ateljén: 20 000 kr
          • Rörelse Väst Aktiebolag: 25 000 kr
          • Strömmen: 20 000 kr

        Summa 180 000 kr. Utskottet avslår övriga ansökningar.
        """
    )
    assert paper["decisions"] == []


def test_a_sum_for_a_number_of_projects_is_that_of_none() -> None:
    paper = facts(
        """
        Sjöfartsstiftelsen har beviljat 42 miljoner kronor till 12 forskningsprojekt.

        Här är de två projekten vid Chalmers:

          • Projektet ”Hulls that clean themselves” får 6 miljoner kronor.
          • Projektet ”Silent propellers” får 4 miljoner kronor.
        """
    )
    assert decided(paper, "amount_sek") == [
        ("Hulls that clean themselves", 6_000_000),
        ("Silent propellers", 4_000_000),
    ]


def test_projects_in_one_row_are_decided_on_together() -> None:
    paper = facts(
        """
        Region Skiradal
        Regionala utvecklingsnämnden beslutade den 4 maj 2022.

        Projekten Solvind, Lugna gator och Månljusets hamn beviljas 1,5 miljoner kronor vardera.
        Projekten Täljsten och Dricksvatten norr avslås.
        """
    )
    assert sorted(decided(paper, "outcome", "amount_sek"), key=str) == [
        ("Dricksvatten norr", "rejected", None),
        ("Lugna gator", "granted", 1_500_000),
        ("Månljusets hamn", "granted", 1_500_000),
        ("Solvind", "granted", 1_500_000),
        ("Täljsten", "rejected", None),
    ]


def test_a_sum_for_all_in_a_row_is_nobodys() -> None:
    paper = facts(
        """
        Region Skiradal
        Regionala utvecklingsnämnden beslutade den 4 maj 2022.

        Projekten Solvind och Månljusets hamn beviljas tillsammans 1,5 miljoner kronor.
        """
    )
    assert sorted(decided(paper, "amount_sek")) == [("Månljusets hamn", None), ("Solvind", None)]


def test_words_for_money_occasions_and_questions_are_no_names() -> None:
    for title in ("Beviljade projektbidrag", "Särskilt vinterstöd", "Vad kan man få stöd för?"):
        paper = facts(
            f"""
            {title}

            Skidornas riksförbund har beviljats 3 400 000 kronor från Boverket. Projektet pågår under året.

            Projektet ska redovisas.
            """
        )
        assert paper["decisions"] == [], title


def test_a_place_or_receiver_before_the_verb_is_no_project() -> None:
    paper = facts(
        """
        Fondens styrelse sammanträdde den 15 juni 2021.

        Bergsängs IF får 100 000 kronor för ny belysning. Hedens vänner får 40 000 kronor till hjälp med vägen.
        I Ängby får en krögare 2 miljoner kronor för ett nytt kök.
        """
    )
    assert paper["decisions"] == []


def test_a_year_in_a_name_is_no_phase() -> None:
    paper = facts(
        """
        Projektet Ystads torg 2030 bygger om halva Ystads torg.
        Projektet har beviljats 2 150 000 kronor av Boverket.
        """
    )
    assert decided(paper, "amount_sek") == [("Ystads torg 2030", 2_150_000)]


def test_what_each_receiver_gets_money_for_is_the_project() -> None:
    paper = facts(
        """
        Landsbygdsrådet i Skiradals kommun beslutade den 2 december 2020 att bevilja sju ansökningar.

        – Denna gång sökte ni sammanlagt 190 000 kronor, säger ordföranden.

        Följande föreningar får stöd:

         • Ängby bygdegårdsförening får 12 000 kronor till nya fönster mot sjön.
         • Norrtorps båtklubb får 9 500 kronor till två bord vid bryggan, som ska stå där hela året.
         • Tallåsens byalag tilldelas 30 000 kronor för projektet Stigar för alla.
         • Kvarnens vänner får 22 000 kronor till sin utställning ”Mjöl och makt”.
         • Hedens ryttare får 15 000 kronor till verksamheten.
        """
    )
    assert decided(paper, "beneficiary", "amount_sek") == [
        ("Nya fönster mot sjön", "Ängby bygdegårdsförening", 12_000),
        ("Två bord vid bryggan", "Norrtorps båtklubb", 9_500),
        ("Stigar för alla", "Tallåsens byalag", 30_000),
        ("Mjöl och makt", "Kvarnens vänner", 22_000),
    ]


def test_purposes_behind_receivers_in_minutes_are_names_where_they_are_no_running_work() -> None:
    paper = facts(
        """
        Skiradals kommun
        SAMMANTRÄDESPROTOKOLL
        Kultur- och fritidsnämnden
        2004-12-15

        § 91 Fördelning av bidrag till hembygdsföreningar

        Arbetsutskottets förslag till kultur- och fritidsnämnden
         • Följande föreningar beviljas bidrag

          Lunda hembygdsförening, nytt tak på tröskhuset

          38 000 kr

          Sörby hembygdsförening, verksamhetsbidrag

          8 000 kr

          Åby hembygdsförening, renovering av bagarstugan

          21 000 kr

        Kultur- och fritidsnämndens beslut

         1. Kultur- och fritidsnämnden beslutar i enlighet med arbetsutskottets förslag.
        """
    )
    assert decided(paper, "outcome", "beneficiary", "amount_sek") == [
        ("Nytt tak på tröskhuset", "granted", "Lunda hembygdsförening", 38_000),
        ("Renovering av bagarstugan", "granted", "Åby hembygdsförening", 21_000),
    ]


def test_a_name_ends_where_the_next_part_of_a_joined_letter_begins() -> None:
    paper = facts(
        """
        1 BESLUT PROJEKT Östersunds kommun Östersund Projekt: Blå vägen i norr et løft for alle Beslut om EU-medel
        Förvaltande myndighet för programmet, Länsstyrelsen i Jämtlands län, beslutar att bevilja stöd till den svenska
        parten, Östersunds kommun, för ovan nämnda projekt. Stödet uppgår till 40 % av godkända kostnader.
        """
    )
    assert decided(paper, "outcome") == [("Blå vägen i norr et løft for alle", "granted")]


def test_a_place_within_the_name_of_an_authority_or_a_quote_is_no_project() -> None:
    paper = facts(
        """
        Fem projekt får dela på 12 000 000 kronor i EU-stöd, samt 9 400 000 kronor i medfinansiering från Länsstyrelsen
        i Värmlands län.

        Teatern i Ås får 150 000 kronor för att sätta upp ”Så går det till i Norden” och kyrkan beviljades
        120 000 kronor till sitt projekt ”Trappan”.
        """
    )
    assert [d["project"] for d in paper["decisions"] if d["project"] != "Så går det till i Norden"] == ["Trappan"]


def test_who_applies_in_the_title_of_a_matter_is_not_whose_paper_it_is() -> None:
    paper = facts(
        """
        § 40 Skiradals Fotbollsförbund, ansökan om bidrag till Lilla Cupen 2002

        SAMMANTRÄDESPROTOKOLL
        Kultur- och fritidsnämnden
        2002-03-27

        Kultur- och fritidsnämndens beslut

        Skiradals Fotbollsförbund beviljas 25 000 kronor för Lilla Cupen 2002.
        """
    )
    assert [d["authority"] for d in paper["decisions"]] == [None]


def test_a_regions_own_board_tells_whose_paper_it_is_though_a_receiver_is_named_more_often() -> None:
    paper = facts(
        """
        900 000 kronor till länets utveckling

        Region Västmanlands regionala utvecklingsnämnd har beviljat totalt 900 000 kr fördelat på två projekt.

        Här är hela listan över de beviljade projekten:

        1. Skogens program

        Regionala utvecklingsnämnden beslutar att Länsstyrelsen i Västmanlands län beviljas 400 000 kr.

        Projektet tar fram ett program i samverkan mellan Skogsstyrelsen och samarbetspart Region Västmanland.

        2. Attraktiva Sala

        Regionala utvecklingsnämnden beslutar att Sala kommun beviljas 500 000 kr.

        Projektet hjälper till där arbetskraft behövs i Sala kommun. Målet är att öka tillväxten i Sala kommun, så att
        fler väljer Sala kommun.
        """
    )
    assert decided(paper, "authority", "amount_sek") == [
        ("Skogens program", "Region Västmanland", 400_000),
        ("Attraktiva Sala", "Region Västmanland", 500_000),
    ]


def test_receivers_right_before_their_sums_and_what_these_are_for() -> None:
    paper = facts(
        """
        Tornfalkens stiftelse beslöt den 23 november 2016 att anslå 3 miljoner kr till organisationer i Skåne.

        Stiftelsen beviljade 41 ansökningar.

        Största anslagsmottagare är:
        Stadsbiblioteket i Höör 400.000 kr för en film om torvbrytarna.

        OV Eslöv 350.000 kr för projektet ”Boll för alla”.

        Klubbhuset i Hörby 200.000 kr verksamhetsbidrag.

        Studerandestöd, Skåne 700.000 kr
        57 studenter har fått stipendium.
        """
    )
    assert decided(paper, "beneficiary", "amount_sek") == [
        ("Film om torvbrytarna", "Stadsbiblioteket i Höör", 400_000),
        ("Boll för alla", "OV Eslöv", 350_000),
    ]


def test_sums_for_agencies_and_parts_of_sums_are_no_projects() -> None:
    paper = facts(
        """
        Kulturmyndigheten har fördelat 82 miljoner kronor till vård av kyrkor.

        Nästan fyra miljoner kronor fördelas till kostnader för verktyg i samarbete med Lunds universitet.

        Mest pengar går till Skåne län (12,9 miljoner kronor) följt av Hallands län.

        Sex länsstyrelser får dela på drygt 5 miljoner kronor. Styrelsen delade ut 360 000 kr till 19 bidragsmottagare i
        Sverige och i Danmark.
        """
    )
    assert paper["decisions"] == []


def test_who_gets_money_in_the_lead_of_a_list_is_not_who_grants_it() -> None:
    paper = facts(
        """
        Fondens styrelse sammanträdde den 15 juni 2021. Bergsängs atletklubb får 205 000 kronor för nya dörrar.

        Övriga föreningar som får bidrag är:

        • Hedens brukshundsklubb får 120 000 kronor för nytt tak på stugan
        • Tallåsens ridklubb får 100 000 kronor för en stig genom skogen
        """
    )
    assert decided(paper, "authority", "amount_sek")[-2:] == [
        ("Nytt tak på stugan", None, 120_000),
        ("Stig genom skogen", None, 100_000),
    ]


def test_counties_alone_on_a_line_head_the_rows_below_and_are_neither_heads_nor_applicants() -> None:
    paper = facts(
        """
        Myndigheten för ungdoms- och civilsamhällesfrågor
        Beslut 2016-12-08

        MUCF beslutar att fördela bidrag till följande projekt för 2017.

        Organisation
        Projektets namn
        Ort
        Beviljat bidrag
        Skåne län
        Föreningen Mötesplats Möllan
        Grannar emellan
        Malmö
        650 000
        Lunds kulturförening
        Berätta vidare!
        Lund
        410 000
        Västernorrlands län
        ABF Mittnorrland
        Röster från dalen
        Sundsvall
        525 000
        Totalt
        1 585 000
        """
    )
    assert decided(paper, "beneficiary", "amount_sek", "counties") == [
        ("Grannar emellan", "Föreningen Mötesplats Möllan", 650_000, ["Skåne"]),
        ("Berätta vidare!", "Lunds kulturförening", 410_000, ["Skåne"]),
        ("Röster från dalen", "ABF Mittnorrland", 525_000, ["Västernorrland"]),
    ]


def test_years_among_heads_on_lines_and_a_unit_in_brackets_above_them() -> None:
    paper = facts(
        """
        Samordningsförbundet Östra Bruket
        Protokoll styrelsemöte 2022-11-24

        § 48 Beslut om insatser 2023

        Styrelsen beslutar att bevilja medel till insatserna enligt följande tabell (tkr).

        Insats
        Insatsägare
        2023
        2024
        Summa
        Kugghjulet
        Sandvikens kommun
        1 250
        1 300
        2 550
        Vägen vidare
        Arbetsförmedlingen
        800
        0
        800
        Totalt
        2 050
        1 300
        3 350
        """
    )
    assert decided(paper, "outcome", "beneficiary", "amount_sek") == [
        ("Kugghjulet", "granted", "Sandvikens kommun", 2_550_000),
        ("Vägen vidare", "granted", "Arbetsförmedlingen", 800_000),
    ]
