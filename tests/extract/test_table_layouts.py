"""Tables as pages print them: heads on two lines, rows between blank lines, cells cut at a page's end, columns that
are projects or payers, and rows that begin with the applicant."""

from __future__ import annotations

from tests.extract.lists import decided, facts, paid


def test_heads_on_two_lines_of_which_the_lower_alone_heads_the_first_column() -> None:
    paper = facts(
        """
        Region Fjällmark
        Tillväxtutskottet
        Beslut 2021-03-04

        Tillväxtutskottet beslutar att bevilja medel enligt nedan.

                                     Total       Beviljat
        Projekt      Sökande         kostnad     belopp

        Snöspår      Åre kommun      900 000     300 000
        Isväg        Bergs kommun    500 000     250 000
        Summa                                    550 000
        """
    )
    assert decided(paper, "beneficiary", "total_budget_sek", "amount_sek") == [
        ("Snöspår", "Åre kommun", 900_000, 300_000),
        ("Isväg", "Bergs kommun", 500_000, 250_000),
    ]


def test_rows_between_blank_lines_with_cells_wrapped_at_different_heights() -> None:
    paper = facts(
        """
        Leader Sjölandet
        LAG-möte 2020-10-08

        Beslut om projektstöd

        Journalnr   Projekt              Sökande                  Sökt stöd   Beslut

                    Fäbodens             Föreningen Levande
        2020-11     nya tak              fäbodar                    210 000   Bifall

        2020-14     Kvarnen mal          Krokoms kommun             95 000    Avslag, för
                                                                              sent inkommen

                    Byns torg, en
        2020-19     mötesplats           Hackås byalag              180 000   Bifall
        """
    )
    assert decided(paper, "outcome", "beneficiary", "applied_amount_sek", "case_ids") == [
        ("Fäbodens nya tak", "granted", "Föreningen Levande fäbodar", 210_000, ["2020-11"]),
        ("Kvarnen mal", "rejected", "Krokoms kommun", 95_000, ["2020-14"]),
        ("Byns torg, en mötesplats", "granted", "Hackås byalag", 180_000, ["2020-19"]),
    ]


def test_a_caption_above_rows_is_no_part_of_the_first() -> None:
    paper = facts(
        """
        Region Fjällmark
        Kulturnämnden
        Protokoll 2022-05-12

        Nämnden beslutade att fördela bidrag enligt följande.

        Sökande               Projekt                  Beviljat

        Bergs kommun
        Hackås byalag         Dans på logen            40 000
                              och i ladan

        Åre kommun
        Undersåkers IF        Kör i backen             25 000
        """
    )
    assert [row[1] for row in decided(paper, "beneficiary")] == ["Hackås byalag", "Undersåkers IF"]


def test_a_row_cut_by_the_end_of_a_page_and_both_its_cells() -> None:
    paper = facts(
        """
        Region Fjällmark
        Tillväxtutskottet
        Beslut 2021-03-04

        Tillväxtutskottet beslutar att bevilja medel enligt nedan.

        Projekt                 Sökande                  Beviljat

        Snöspår över            Åre kommun                300 000
        Justerandes sign
                                                     Sida 1 av 2
        Projekt                 Sökande                  Beviljat

        gränsen
        Isväg till              Föreningen Levande        250 000
        torget                  isar

        Summa                                             550 000
        """
    )
    assert decided(paper, "beneficiary", "amount_sek") == [
        ("Snöspår över gränsen", "Åre kommun", 300_000),
        ("Isväg till torget", "Föreningen Levande isar", 250_000),
    ]


def test_columns_that_are_projects() -> None:
    paper = facts(
        """
        Region Fjällmark
        Regionala utvecklingsnämnden
        Protokoll 2022-05-12

        Nämnden beslutar enligt tabellen.

                           Ärende A                  Ärende B
        Projekt            Messmör på export         Elfisk i älven
        Sökande            Bergs kommun              Ragunda kommun
        Dnr                RUN22/114                 RUN22/120
        Sökt belopp        400 000 kr                310 000 kr
        Beslut             Bifall                    Avslag
        Beviljat belopp    350 000 kr                –
        """
    )
    fields = ("outcome", "beneficiary", "diary_number", "applied_amount_sek", "amount_sek")
    assert decided(paper, *fields) == [
        ("Messmör på export", "granted", "Bergs kommun", "RUN22/114", 400_000, 350_000),
        ("Elfisk i älven", "rejected", "Ragunda kommun", "RUN22/120", 310_000, None),
    ]


def test_columns_that_are_payers_of_several_projects() -> None:
    paper = facts(
        """
        Region Norrbotten
        Regionala utvecklingsnämnden
        Beslut 2021-05-19

        Nämnden beslutar att bevilja projekten medfinansiering enligt tabellen. Belopp i tkr.

                            Region      Luleå    Tillväxt-
        Projekt             Norrbotten  kommun   verket      Summa
        Kalla batterier          2 100     400       3 600   6 100
        Snösmart frakt           1 250       –       2 000   3 250
        Summa                    3 350     400       5 600   9 350
        """
    )
    assert decided(paper, "amount_sek", "total_budget_sek") == [
        ("Kalla batterier", 2_100_000, 6_100_000),
        ("Snösmart frakt", 1_250_000, 3_250_000),
    ]
    assert set(paid(paper)) == {
        ("Kalla batterier", "Region Norrbotten", 2_100_000),
        ("Kalla batterier", "Luleå kommun", 400_000),
        ("Kalla batterier", "Tillväxtverket", 3_600_000),
        ("Snösmart frakt", "Region Norrbotten", 1_250_000),
        ("Snösmart frakt", "Tillväxtverket", 2_000_000),
    }


def test_a_row_for_each_project_and_payer_is_financing_and_no_decision() -> None:
    paper = facts(
        """
        Tillväxtverket
        Beslut 2022-12-13

        Projekt          Sökande             Beviljat
        Stålport         Sandvikens kommun   980 000
        Läderverkstad    Orsa kommun         500 000

        Medfinansiering i projekten

        Projekt          Finansiär           Belopp
        Stålport         Region Gävleborg    490 000
        Stålport         Gävle kommun        490 000
        Läderverkstad    Region Dalarna      500 000
        """
    )
    assert decided(paper, "amount_sek") == [("Stålport", 980_000), ("Läderverkstad", 500_000)]
    assert {row for row in paid(paper) if row[1] != "Tillväxtverket"} == {
        ("Stålport", "Region Gävleborg", 490_000),
        ("Stålport", "Gävle kommun", 490_000),
        ("Läderverkstad", "Region Dalarna", 500_000),
    }


def test_delegated_decisions_with_applicant_and_project_in_one_column() -> None:
    paper = facts(
        """
        Region Västmanland
        Delegationslista regionala utvecklingsnämnden

        Nr  Datum       Diarienr   Ärende                                      Beslut               Delegat
        1   2023-09-04  RUN230211  Västerås Science Park AB, Vätgas på prov    Beviljas 275 000 kr  Enhetschef
        2   2023-09-18  RUN230224  Sala kommun, Ljus i gruvan                  Avslag               Enhetschef
        3   2023-09-25  RUN230198  Mälardalens universitet, Robot i vården,
                                   förlängd projekttid till 2024-12-31         –                    Områdeschef
        """
    )
    fields = ("outcome", "diary_number", "beneficiary", "deciding_body", "amount_sek", "end")
    assert decided(paper, *fields) == [
        ("Vätgas på prov", "granted", "RUN230211", "Västerås Science Park AB", "Enhetschef", 275_000, None),
        ("Ljus i gruvan", "rejected", "RUN230224", "Sala kommun", "Enhetschef", None, None),
        ("Robot i vården", "other", "RUN230198", "Mälardalens universitet", "Områdeschef", None, "2024-12-31"),
    ]


def test_indented_points_with_the_noun_before_each_name() -> None:
    paper = facts(
        """
        Region Gävleborg
        Hållbarhetsnämnden
        Protokoll 2022-06-09

        § 7 Projektmedel

        Hållbarhetsnämnden beslutar

        1. att bevilja medel till
             a) Högskolan i Gävle, projektet Tvillingsågen, 850 000 kronor,
             b) Ovanåkers kommun, förstudien Bandybyn, 260 000 kronor,

        2. att avslå ansökningarna från
             a) Hofors kommun, projektet Hammaren slår, 500 000 kronor,
             b) Bollnäs kommun, projektet Ljusnan live, 200 000 kronor, samt

        3. att återremittera ansökan från Nordanstigs kommun avseende projektet Strömkajen.
        """
    )
    assert sorted(decided(paper, "outcome", "beneficiary", "amount_sek"), key=str) == [
        ("Bandybyn", "granted", "Ovanåkers kommun", 260_000),
        ("Hammaren slår", "rejected", "Hofors kommun", None),
        ("Ljusnan live", "rejected", "Bollnäs kommun", None),
        ("Strömkajen", "other", "Nordanstigs kommun", None),
        ("Tvillingsågen", "granted", "Högskolan i Gävle", 850_000),
    ]


def test_heads_of_two_rows_in_a_page_with_years_below_what_was_granted() -> None:
    paper = facts(
        """
        <html><head><title>Beslut</title></head><body><h1>Beslut om utvecklingsprojekt</h1>
        <p>Direktionen för Kommunalförbundet Fyrtorp beslutade den 7 december 2022 att tilldela projekten medel.</p>
        <table><thead>
        <tr><th rowspan="2">Projekt</th><th rowspan="2">Sökande</th><th colspan="3">Tilldelat (tkr)</th></tr>
        <tr><th>2023</th><th>2024</th><th>Totalt</th></tr></thead><tbody>
        <tr><td>Yrkesvux på hjul</td><td>Filipstads kommun</td><td>300</td><td>350</td><td>650</td></tr>
        <tr><td>Energin i skogen</td><td>Hagfors kommun</td><td>410</td><td>390</td><td>800</td></tr>
        </tbody></table></body></html>
        """,
        "paper.html",
    )
    assert decided(paper, "beneficiary", "amount_sek") == [
        ("Yrkesvux på hjul", "Filipstads kommun", 650_000),
        ("Energin i skogen", "Hagfors kommun", 800_000),
    ]


def test_lines_between_two_sums_of_which_a_column_has_no_words_are_no_error() -> None:
    paper = facts(
        """
        Region Fjällmark
        Beslut 2021-03-04

        Projekt              Sökande            Beviljat

        Snöspår              Åre kommun         300 000
                             Bergs kommun
        Isväg                                   250 000
        """
    )
    assert paper["document"]
