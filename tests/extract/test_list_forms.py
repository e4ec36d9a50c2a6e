"""Forms of lists and pages that Swedish bodies publish, in invented words."""

from __future__ import annotations

import pytest

from tests.extract.lists import decided, facts


def test_operations_of_a_fund_with_long_heads_and_a_summary() -> None:
    paper = facts(
        """
        <html><body><h1>Beviljade insatser i programmet för Nordvästra Sverige</h1>
        <p>Tillväxtverket har beslutat om stöd ur Europeiska regionala utvecklingsfonden till insatserna nedan.</p>
        <table><tr><th>Stödmottagare</th><th>Insatsens namn</th><th>Sammanfattning</th><th>Startdatum</th>
        <th>Slutdatum</th><th>Totala utgifter</th><th>Medfinansieringsgrad</th><th>Postnummer</th><th>Land</th></tr>
        <tr><td>Karlstads universitet</td><td>Lignin till lim</td><td>Ska prova nya lim för 12 fabriker.</td>
        <td>2022-09-01</td><td>2025-08-31</td><td>8 400 000</td><td>40</td><td>651 88</td><td>SE</td></tr>
        <tr><td>Torsby kommun</td><td>Fjärrkontoret</td><td>Platser att arbeta på i fem byar.</td>
        <td>2022-10-01</td><td>2024-09-30</td><td>3 150 000</td><td>50</td><td>685 30</td><td>SE</td></tr></table>
        </body></html>
        """,
        "paper.html",
    )
    assert decided(paper, "outcome", "beneficiary", "start", "end", "total_budget_sek", "share_percent") == [
        ("Lignin till lim", "granted", "Karlstads universitet", "2022-09-01", "2025-08-31", 8_400_000, 40.0),
        ("Fjärrkontoret", "granted", "Torsby kommun", "2022-10-01", "2024-09-30", 3_150_000, 50.0),
    ]


def test_cells_on_lines_of_their_own_with_wrapped_names_and_states() -> None:
    paper = facts(
        """
        Leader Sjöriket
        Beslut i LAG 2019. Alla belopp i kronor.

        Journalnr
        Projektnamn
        Sökande
        Beviljat stöd
        Beslut i LAG

        2019-311
        Rökeriet vid
        hamnen
        Sjörikets Fiskare
        ekonomisk förening
        455 000
        2019-03-07

        2019-340
        Ung på ön
        Ölanda kommun
        Avslag
        2019-03-07

        2019-402
        Kvarnen mal igen
        Föreningen Kvarnvännerna
        120 500
        2019-09-12

        Summa
        575 500
        """
    )
    assert decided(paper, "outcome", "amount_sek", "date", "case_ids") == [
        ("Rökeriet vid hamnen", "granted", 455_000, "2019-03-07", ["2019-311"]),
        ("Ung på ön", "rejected", None, "2019-03-07", ["2019-340"]),
        ("Kvarnen mal igen", "granted", 120_500, "2019-09-12", ["2019-402"]),
    ]


def test_delegation_list_names_matters_and_passes_over_other_decisions() -> None:
    paper = facts(
        """
        Region Mellanbygden
        Delegationsbeslut fattade av utvecklingsdirektören mars 2022

        Dnr            Datum       Ärende                                   Beslut      Belopp (kr)
        -------------------------------------------------------------------------------------------
        RU 2022-0031   2022-03-02  Projekt ”Bygdens buss”,                  Beviljas        125 000
                                   Falköpings kommun
        RU 2022-0032   2022-03-09  Yttrande över översiktsplan              Yttrande              –
        RU 2022-0035   2022-03-14  Förstudie ”Kall pressning”,              Avslag                –
                                   Skövde kommun. Sökt 90 000
        RU 2022-0036   2022-03-15  Avtal om städning av lokaler             Avtal            48 000
        """
    )
    assert decided(paper, "outcome", "beneficiary", "diary_number", "amount_sek", "applied_amount_sek") == [
        ("Bygdens buss", "granted", "Falköpings kommun", "RU 2022-0031", 125_000, None),
        ("Kall pressning", "rejected", "Skövde kommun", "RU 2022-0035", None, 90_000),
    ]


def test_name_and_sum_with_applicant_and_text_below() -> None:
    paper = facts(
        """
        <html><body><h1>Bidrag till tre projekt</h1>
        <p>Regionstyrelsen i Region Östmark beslutade den 9 maj 2022 om medel ur anslag 1:1.</p>
        <h2>Följande projekt har beviljats medel:</h2>
        <p><b>Hyttornas tid,</b> 450 000 kr</p><p>Nybro kommun</p><p>Tre hyttor öppnar sina dörrar för skolor.</p>
        <p><b>Saft och must (SOM),</b> 300 000 kr</p><p>Linnéuniversitetet</p><p>En anläggning som kan flyttas.</p>
        <p><b>Cykla i år,</b> 275 000 kr</p><p>Emmaboda kommun</p><p>Leder mellan sex byar.</p>
        <h2>Följande projekt har inte beviljats medel:</h2>
        <ul><li>Golf i park – Föreningen Slaget</li><li>Padel för alla – Torsås kommun</li></ul></body></html>
        """,
        "paper.html",
    )
    assert decided(paper, "outcome", "beneficiary", "amount_sek") == [
        ("Hyttornas tid", "granted", "Nybro kommun", 450_000),
        ("Saft och must (SOM)", "granted", "Linnéuniversitetet", 300_000),
        ("Cykla i år", "granted", "Emmaboda kommun", 275_000),
        ("Golf i park", "rejected", "Föreningen Slaget", None),
        ("Padel för alla", "rejected", "Torsås kommun", None),
    ]


def test_areas_as_headings_above_dotted_lines_in_a_unit_told_below() -> None:
    paper = facts(
        """
        SPARBANKSSTIFTELSEN SJÖ OCH LAND

        Styrelsen beslutade den 2 juni 2022 att dela ut medel till fyra projekt.

        Näringsliv
          Gräs till plast – Högskolan i Skövde ......................... 410
          Lärling på väg – Skara kommun ................................ 95

        Bygd
          Ljus i loge – Valla Bygdegårdsförening ....................... 60
          Bad för alla – Götene kommun ................................. 125

        Samtliga belopp i tkr.
        """
    )
    assert decided(paper, "outcome", "beneficiary", "amount_sek") == [
        ("Gräs till plast", "granted", "Högskolan i Skövde", 410_000),
        ("Lärling på väg", "granted", "Skara kommun", 95_000),
        ("Ljus i loge", "granted", "Valla Bygdegårdsförening", 60_000),
        ("Bad för alla", "granted", "Götene kommun", 125_000),
    ]


def test_county_board_table_with_bare_heads_and_a_state() -> None:
    paper = facts(
        """
        <html><body><h1>Beviljade LOVA-projekt 2021</h1>
        <p>Länsstyrelsen i Kalmar län har beviljat bidrag till följande projekt.</p>
        <table><tr><th>Sökande</th><th>Projekt</th><th>Kommun</th><th>Beviljat belopp (kr)</th><th>Status</th></tr>
        <tr><td>Västerviks kommun</td><td>Våtmark vid Hjorten</td><td>Västervik</td><td>640 000</td><td>Pågår</td></tr>
        <tr><td>Emåförbundet</td><td>Kalkfilter i diken</td><td>Hultsfred</td><td>215 000</td><td>Avslutat</td></tr>
        </table></body></html>
        """,
        "paper.html",
    )
    assert decided(paper, "outcome", "beneficiary", "amount_sek", "municipalities", "authority") == [
        ("Våtmark vid Hjorten", "granted", "Västerviks kommun", 640_000, ["Västervik"], "Länsstyrelsen i Kalmar län"),
        ("Kalkfilter i diken", "granted", "Emåförbundet", 215_000, ["Hultsfred"], "Länsstyrelsen i Kalmar län"),
    ]


def test_foreign_sums_stay_out_and_heads_of_several_words() -> None:
    paper = facts(
        """
        <html><body><h1>Interreg Nord: beslut</h1>
        <p>Styrkommittén beslutade den 3 mars 2020 att bevilja stöd till två projekt.</p>
        <table><tr><th>Projektnamn</th><th>Samordnande stödmottagare</th><th>Svenska och andra partner</th>
        <th>EU-stöd, euro</th></tr>
        <tr><td>Frost Lab</td><td>Luleå tekniska universitet</td><td>Bodens kommun, RISE</td><td>812 000</td></tr>
        <tr><td>Berry Chain</td><td>Umeå universitet</td><td>Vindelns kommun</td><td>404 500</td></tr>
        </table></body></html>
        """,
        "paper.html",
    )
    rise = "RISE Research Institutes of Sweden"
    assert decided(paper, "outcome", "beneficiary", "amount_sek", "partners") == [
        ("Frost Lab", "granted", "Luleå tekniska universitet", None, ["Bodens kommun", rise]),
        ("Berry Chain", "granted", "Umeå universitet", None, ["Vindelns kommun"]),
    ]


def test_a_project_page_opens_with_its_facts() -> None:
    paper = facts(
        """
        <html><body><h1>Glasögat – kameror som sorterar glas</h1>
        <dl><dt>Diarienummer</dt><dd>2021-01234</dd><dt>Koordinator</dt><dd>Linköpings universitet</dd>
        <dt>Bidrag från Vinnova</dt><dd>2 500 000 kronor</dd>
        <dt>Projektets löptid</dt><dd>maj 2021 - april 2023</dd><dt>Status</dt><dd>Avslutat</dd></dl>
        <h2>Syfte</h2><p>Glas ska sorteras efter färg.</p>
        <h2>Bakgrund</h2><p>Idén kom ur förstudien Glaskoll, som Vinnova finansierade med 300 000 kronor.</p>
        </body></html>
        """,
        "paper.html",
    )
    rows = decided(paper, "authority", "beneficiary", "diary_number", "amount_sek", "start", "end")
    assert rows[0] == (
        "Glasögat – kameror som sorterar glas", "Vinnova", "Linköpings universitet", "2021-01234", 2_500_000,
        "2021-05", "2023-04",
    )  # fmt: skip


def test_sub_headings_tell_the_outcome_of_the_rows_below() -> None:
    paper = facts(
        """
        <html><body><h1>Kulturnämndens projektbidrag hösten 2022</h1>
        <p>Kulturnämnden i Borås Stad fattade sina beslut den 11 oktober 2022.</p>
        <table><tr><th>Projekt</th><th>Sökande</th><th>Sökt</th><th>Beviljat</th></tr>
        <tr><td colspan="4">Beviljade</td></tr>
        <tr><td>Väv i fönster</td><td>Textilmuseets vänner</td><td>80 000</td><td>60 000</td></tr>
        <tr><td>Sång på stan</td><td>Borås Kammarkör</td><td>40 000</td><td>40 000</td></tr>
        <tr><td colspan="4">Avslag</td></tr>
        <tr><td>Rock på tak</td><td>Föreningen Taket</td><td>95 000</td><td>0</td></tr>
        </table></body></html>
        """,
        "paper.html",
    )
    assert decided(paper, "outcome", "amount_sek", "applied_amount_sek") == [
        ("Väv i fönster", "granted", 60_000, 80_000),
        ("Sång på stan", "granted", 40_000, 40_000),
        ("Rock på tak", "rejected", None, 95_000),
    ]


def test_applicants_with_grants_in_brackets_in_a_list() -> None:
    paper = facts(
        """
        Göingebygdens utvecklingsnämnd

        Nämnden har den 14 mars 2023 beviljat stöd till följande projekt:

        • Hässleholms kommun: Stationens nya liv (350 000 kr)
        • Osby kommun: Leken som lär (220 000 kr)
        • Högskolan Kristianstad: Data i skogen (1,1 mnkr)
        """
    )
    assert decided(paper, "outcome", "beneficiary", "amount_sek", "date") == [
        ("Stationens nya liv", "granted", "Hässleholms kommun", 350_000, "2023-03-14"),
        ("Leken som lär", "granted", "Osby kommun", 220_000, "2023-03-14"),
        ("Data i skogen", "granted", "Högskolan Kristianstad", 1_100_000, "2023-03-14"),
    ]


def test_rows_stay_apart_where_one_name_begins_the_other() -> None:
    paper = facts(
        """
        <html><body><h1>Projekt som LAG har beviljat</h1>
        <table><tr><th>Projekt</th><th>Projektägare</th><th>Beslut i LAG</th><th>Stöd</th><th>Läge</th></tr>
        <tr><td>Sten för sten – förstudie</td><td>Lysekils kommun</td><td>2018-05-03</td><td>90 000</td>
        <td>Avslutat</td></tr>
        <tr><td>Sten för sten</td><td>Lysekils kommun</td><td>2019-02-14</td><td>800 000</td>
        <td>Pågår till 2021-06-30</td></tr>
        </table></body></html>
        """,
        "paper.html",
    )
    assert decided(paper, "date", "amount_sek", "end") == [
        ("Sten för sten – förstudie", "2018-05-03", 90_000, None),
        ("Sten för sten", "2019-02-14", 800_000, "2021-06-30"),
    ]


def test_labelled_lines_below_a_name_in_bold() -> None:
    paper = facts(
        """
        <html><body><h1>Stöd till två projekt i Mittland</h1>
        <p>Svenska ESF-rådet har den 14 juni 2023 beviljat stöd från Europeiska socialfonden+.</p>
        <p><strong>Broar till jobb</strong><br>Projektägare: Arbetsförmedlingen<br>Beviljat stöd: 2 400 000 kronor
        <br>Projektperiod: 2023-09-01–2026-08-31</p>
        <p><strong>Ord på köpet</strong><br>Projektägare: Gävle kommun<br>Beviljat stöd: 1 600 000 kronor
        <br>Projektperiod: 2023-10-01–2025-12-31</p></body></html>
        """,
        "paper.html",
    )
    assert decided(paper, "beneficiary", "amount_sek", "start", "end") == [
        ("Broar till jobb", "Arbetsförmedlingen", 2_400_000, "2023-09-01", "2026-08-31"),
        ("Ord på köpet", "Gävle kommun", 1_600_000, "2023-10-01", "2025-12-31"),
    ]


def test_applicant_sum_and_project_behind_a_preposition() -> None:
    paper = facts(
        """
        <html><body><h1>Projektbidrag kultur 2023</h1>
        <p>Kulturnämnden i Umeå kommun beslutade den 20 februari 2023 om projektbidrag.</p>
        <ul><li>Teater Kantig, 80 000 kronor för projektet Drömmar i snö</li>
        <li>Umeå Folkdansgille, 45 000 kronor för projektet Polska på stan</li></ul></body></html>
        """,
        "paper.html",
    )
    assert decided(paper, "beneficiary", "amount_sek", "deciding_body") == [
        ("Drömmar i snö", "Teater Kantig", 80_000, "Kulturnämnden"),
        ("Polska på stan", "Umeå Folkdansgille", 45_000, "Kulturnämnden"),
    ]


def test_a_catalogue_whose_label_names_the_payer() -> None:
    paper = facts(
        """
        <html><body><h1>Projektkatalog</h1><p>Region Dalvik medfinansierar dessa projekt.</p>
        <h2>Runda bruk</h2><dl><dt>Projektägare</dt><dd>Högskolan Dalarna</dd><dt>Projekttid</dt><dd>2021–2023</dd>
        <dt>Region Dalviks medfinansiering</dt><dd>900 000 kr</dd><dt>Status</dt><dd>Pågår</dd></dl>
        <h2>Gruvans toner</h2><dl><dt>Projektägare</dt><dd>Falu kommun</dd><dt>Projekttid</dt><dd>2020–2022</dd>
        <dt>Region Dalviks medfinansiering</dt><dd>350 000 kr</dd><dt>Status</dt><dd>Avslutat</dd></dl></body></html>
        """,
        "paper.html",
    )
    assert decided(paper, "outcome", "beneficiary", "amount_sek", "start", "end") == [
        ("Runda bruk", "granted", "Högskolan Dalarna", 900_000, "2021", "2023"),
        ("Gruvans toner", "granted", "Falu kommun", 350_000, "2020", "2022"),
    ]


def test_columns_without_heads_tell_the_outcome_by_what_they_hold() -> None:
    paper = facts(
        """
        Bilaga: Beslut om bygdepeng 2021, Orsa kommun

        Kommunstyrelsen 2021-05-10, § 77

        Skattungbyns Byalag          Bryggan vid sjön          25 000 kr     Bifall
        Orsa Skidklubb               Elljus till alla          40 000 kr     Bifall
        Hansjö Bygdeförening         Ny scen                   30 000 kr     Avslag
        """
    )
    assert decided(paper, "outcome", "beneficiary", "amount_sek") == [
        ("Bryggan vid sjön", "granted", "Skattungbyns Byalag", 25_000),
        ("Elljus till alla", "granted", "Orsa Skidklubb", 40_000),
        ("Ny scen", "rejected", "Hansjö Bygdeförening", None),
    ]


def test_a_heading_above_the_first_name_is_no_name() -> None:
    paper = facts(
        """
        Leader Västra Sjön
        Beviljade projekt 2016–2019

        Bymatchen
        Sökande: Hjo kommun
        Beslutsdatum: 2017-04-20
        Stöd: 280 000 kr
        Status: Avslutat

        Sjöns smaker
        Sökande: Karlsborgs Fiskeförening
        Beslutsdatum: 2018-02-08
        Stöd: 640 000 kr
        Status: Pågår
        """
    )
    assert decided(paper, "outcome", "beneficiary", "date", "amount_sek") == [
        ("Bymatchen", "granted", "Hjo kommun", "2017-04-20", 280_000),
        ("Sjöns smaker", "granted", "Karlsborgs Fiskeförening", "2018-02-08", 640_000),
    ]


def test_a_verb_before_each_sum_of_a_list() -> None:
    paper = facts(
        """
        <html><body><h1>Nämnden beslutade om 3,5 miljoner</h1>
        <p>Regionala utvecklingsnämnden i Region Sörland beslutade den 8 juni 2022 att bevilja medel till projekt:</p>
        <ul><li>Hav och hälsa, Simrishamns kommun, beviljas 1 500 000 kr för perioden 2022–2024.</li>
        <li>Äpplets år, Lunds universitet, beviljas 2 000 000 kr för perioden 2022–2023.</li></ul>
        <p>Ansökan från Föreningen Blåst om projektet Vindkarta avslogs.</p></body></html>
        """,
        "paper.html",
    )
    assert decided(paper, "outcome", "beneficiary", "amount_sek", "end") == [
        ("Hav och hälsa", "granted", "Simrishamns kommun", 1_500_000, "2024"),
        ("Äpplets år", "granted", "Lunds universitet", 2_000_000, "2023"),
        ("Vindkarta", "rejected", "Föreningen Blåst", None, None),
    ]


def test_a_column_of_yes_and_no_and_names_that_wrap() -> None:
    paper = facts(
        """
        Projektlista, Strukturfondspartnerskapet Övre Norr, möte 15 mars 2022

        ID         Projektnamn                Sökande                     Stöd (kr)     Prioritering
        20301122   Grön vätgas i praktiken    Luleå tekniska universitet  8 500 000     Ja
        20301140   Kallt men klokt i          Skellefteå kommun           3 200 000     Nej
                   norra länen
        20301151   Rymdens råvaror            Kiruna kommun               4 000 000     Ja
        """
    )
    assert [row[1:] for row in decided(paper, "outcome", "beneficiary", "amount_sek")] == [
        ("granted", "Luleå tekniska universitet", 8_500_000),
        ("rejected", "Skellefteå kommun", None),
        ("granted", "Kiruna kommun", 4_000_000),
    ]


def test_cells_that_hold_name_and_applicant() -> None:
    paper = facts(
        """
        <html><body><h1>Vi har beviljat pengar till</h1>
        <table><tr><td><b>Odla ihop</b><br>Botkyrka kommun</td><td>400 000 kr</td></tr>
        <tr><td><b>Bad i bäck</b><br>Huddinge kommun</td><td>250 000 kr</td></tr>
        <tr><td><b>Grannsång</b><br>Föreningen Tonen</td><td>75 000 kr</td></tr></table>
        <p>Länsstyrelsen i Stockholms län beslutade den 3 maj 2021.</p></body></html>
        """,
        "paper.html",
    )
    assert decided(paper, "outcome", "beneficiary", "amount_sek") == [
        ("Odla ihop", "granted", "Botkyrka kommun", 400_000),
        ("Bad i bäck", "granted", "Huddinge kommun", 250_000),
        ("Grannsång", "granted", "Föreningen Tonen", 75_000),
    ]


def test_lists_that_decide_nothing_give_nothing() -> None:
    agenda = facts(
        """
        Föredragningslista för regionala utvecklingsnämnden den 4 april 2023

        1. Val av justerare
        2. Projekt Skogens smak – Arvika kommun, 400 000 kr
        3. Projekt Digital by – Sunne kommun, 250 000 kr
        """
    )
    budget = facts(
        """
        <html><body><h1>Budget 2023</h1>
        <table><tr><th>Verksamhet</th><th>Ansvarig</th><th>Budget</th></tr>
        <tr><td>Besöksnäring</td><td>Arvika kommun</td><td>1 200 000</td></tr>
        <tr><td>Vägar</td><td>Sunne kommun</td><td>950 000</td></tr></table></body></html>
        """,
        "paper.html",
    )
    payments = facts(
        """
        Utbetalningar i projektet under 2022

        • Arvika kommun – 40 000 kr
        • Sunne kommun – 35 000 kr
        """
    )
    waiting = facts(
        """
        Inkomna ansökningar till utlysningen, ännu ej beslutade

        Projekt                    Sökande                Sökt
        Grön kaj                   Malmö kommun           900 000
        Vind i segel               Lunds universitet    1 400 000
        """
    )
    statistics = facts(
        """
        Statistik över projektmedel 2022

        Region Skåne beviljade under året medel till projekt enligt nedan.

        Kommun               Antal projekt      Belopp
        Malmö                      12        14 000 000
        Lund                        8         9 500 000
        """
    )
    calls = facts(
        """
        <html><body><h1>Våra utlysningar</h1>
        <table><tr><th>Utlysning</th><th>Öppnar</th><th>Stänger</th><th>Budget</th></tr>
        <tr><td>Grön omställning</td><td>2024-01-15</td><td>2024-03-15</td><td>20 000 000 kr</td></tr>
        <tr><td>Digital hälsa</td><td>2024-02-01</td><td>2024-04-01</td><td>10 000 000 kr</td></tr></table>
        </body></html>
        """,
        "paper.html",
    )
    papers = (agenda, budget, payments, waiting, statistics, calls)
    assert [decided(p) for p in papers] == [[]] * len(papers)


def test_numbered_lines_of_minutes_that_only_open_are_no_list_of_projects() -> None:
    paper = facts(
        """
        1. ÖPPNING: Ordföranden hälsade alla välkomna och öppnade sammanträdet.
        2. VAL AV JUSTERARE: Till att jämte ordföranden justera protokollet valdes en
        """
    )
    assert paper["decisions"] == []


def test_sums_with_the_currency_before_them() -> None:
    paper = facts(
        """
        Strukturfondspartnerskapet för Östra Mellansverige prioriterade den 14 juni 2023 följande projekt:

        Stark start, Katrineholms kommun – SEK 4 120 300
        Vätgas i industrin, Mälardalens universitet – SEK 640 000
        """
    )
    assert [(d["project"], d["amount_sek"]) for d in paper["decisions"]] == [
        ("Stark start", 4_120_300),
        ("Vätgas i industrin", 640_000),
    ]


def test_a_sum_after_till_is_no_project() -> None:
    paper = facts(
        """
        Region Halland
        Regionstyrelsen, beslut 2022-06-08

        Stödet till projektet Kusten runt höjs med SEK 240 000, från SEK 1 160 000 till SEK 1 400 000.
        """
    )
    assert {d["project"] for d in paper["decisions"]} == {"Kusten runt"}


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Nämnden beviljar 300 000 kronor till projektet Båtnavet: vägar till arbete.", "Båtnavet: vägar till arbete"),
        ("Nämnden avslår projektet Båtnavet: prov och möten från Sala kommun.", "Båtnavet: prov och möten"),
        ("Nämnden beviljar projektet Båtnavet: kommunen får 300 000 kronor.", "Båtnavet"),
        ("Nämnden beviljar 300 000 kronor till projektet Båtnavet: den hamn som byn saknat.", "Båtnavet"),
        ("Följande gäller för projektet Båtnavet: nämnden beviljar 300 000 kronor.", "Båtnavet"),
    ],
)
def test_a_second_title_behind_a_colon(sentence: str, name: str) -> None:
    paper = facts(f"Region Halland\nRegionala utvecklingsnämnden\nBeslut 2022-06-08\n\n{sentence}")
    assert [d["project"] for d in paper["decisions"]] == [name]


def test_a_bracket_that_ends_the_words_of_a_line() -> None:
    paper = facts(
        """
        Länsstyrelsen Västernorrland
        Beslut 2018-05-23

        Ramsele Byalag
        88 000 kronor till projektet Regional arena för test (VVVV). Sökt belopp var 120 000 kronor.
        Sollefteå kommun
        410 000 kronor till projektet Nationell bas för vätgas (EAKT). Resterande kostnader, 190 000 kronor,

        Länsstyrelsen avslår följande ansökningar.
        """
    )
    assert [d["amount_sek"] for d in paper["decisions"]] == [88_000, 410_000]
