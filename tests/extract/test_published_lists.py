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
