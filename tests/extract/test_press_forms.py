"""Press releases, news pages and pages of one project: what stands above, beside and below the list of projects."""

from __future__ import annotations

from tests.extract.lists import decided, facts, paid

NUMBERED = """
    <html><body><h1>8,2 miljoner till länets projekt</h1>
    <p>Regionala utvecklingsnämnden i Region Gävleborg sammanträdde den 3 maj 2023 och beviljade då projektmedel om
    sammanlagt 8,2 miljoner kronor.</p>
    <p>Det här är projekten som beviljades medel:</p>
    <p><strong>1. Flottarens väg</strong><br>/Norrlands Lyft tillsammans med Högskolan i
    Gävle/<br>Beviljas 3 200 000 kr</p>
    <p>Projektet pågår 2023–2025.</p>
    <p><strong>2. Bruk i bruk</strong><br>/Hofors kommun/<br>Beviljas 5 000 000 kr</p>
    <p>Kurser i byggnadsvård.</p>
    <h2>Fick nej</h2>
    <p>Nämnden avslog två ansökningar: <em>Skidspår i mörker</em> (Ljusnans skidklubb) och <em>Vass vid Dellen</em>
    (Norra Dellens vattenråd).</p></body></html>
"""


def test_a_numbered_press_release_with_owners_between_strokes() -> None:
    paper = facts(NUMBERED, "paper.html")
    assert decided(paper, "outcome", "beneficiary", "amount_sek", "partners")[:2] == [
        ("Flottarens väg", "granted", "Norrlands Lyft", 3_200_000, ["Högskolan i Gävle"]),
        ("Bruk i bruk", "granted", "Hofors kommun", 5_000_000, []),
    ]


def test_what_is_told_of_all_projects_together_is_no_grant_to_one() -> None:
    paper = facts(NUMBERED, "paper.html")
    assert 8_200_000 not in [row["amount_sek"] for row in paper["decisions"] + paper["financing"]]


def test_refused_projects_with_their_applicants_in_brackets_and_no_sum() -> None:
    paper = facts(NUMBERED, "paper.html")
    assert decided(paper, "outcome", "beneficiary", "date")[2:] == [
        ("Skidspår i mörker", "rejected", "Ljusnans skidklubb", "2023-05-03"),
        ("Vass vid Dellen", "rejected", "Norra Dellens vattenråd", "2023-05-03"),
    ]


def test_a_place_as_the_heading_of_a_group_is_the_place_of_its_entries() -> None:
    paper = facts(
        """
        <html><body><h1>Nya projekt</h1>
        <p>Den 7 juni 2022 fördelade Kulturdelegationen stöd ur Allmänna arvsfonden till 12 projekt. Här är tre.</p>
        <h2>Hallands län</h2>
        <h3>Strandens språk</h3><p><b>Sökande:</b> Föreningen Vågen</p><p>Projektet tilldelas 900 000 kronor.</p>
        <h2>Kalmar län</h2>
        <h3>Alvarets arkiv</h3><p><b>Sökande:</b> Föreningen Alvaret</p><p>Projektet tilldelas 400 000 kronor.</p>
        <h2>Hela landet</h2>
        <h3>Ring mig</h3><p><b>Sökande:</b> Föreningen Linjen</p><p>Projektet tilldelas 700 000 kronor.</p>
        </body></html>
        """,
        "paper.html",
    )
    assert decided(paper, "beneficiary", "counties", "funding_source", "amount_sek") == [
        ("Strandens språk", "Föreningen Vågen", ["Halland"], "Allmänna arvsfonden", 900_000),
        ("Alvarets arkiv", "Föreningen Alvaret", ["Kalmar"], "Allmänna arvsfonden", 400_000),
        ("Ring mig", "Föreningen Linjen", [], "Allmänna arvsfonden", 700_000),
    ]


def test_a_page_described_by_labels_is_of_its_owner_and_decided_on_by_another() -> None:
    paper = facts(
        """
        <html><head><title>Blå backar</title></head><body><h1>Blå backar</h1>
        <p>Hur håller man en badplats ren? Det prövas i tre år.</p>
        <h2>Fakta om arbetet</h2><ul><li><b>Projektägare:</b> Orust kommun</li>
        <li><b>Projektperiod:</b> 1 april 2022–31 mars 2025</li><li><b>Budget:</b> 4,4 miljoner kronor</li>
        <li><b>Samarbetspartner:</b> Chalmers tekniska högskola</li></ul>
        <p>Miljönämnden i Västra Götalandsregionen beslutade den 8 februari 2022 om medfinansiering med 1 100 000
        kronor.</p></body></html>
        """,
        "paper.html",
    )
    assert decided(paper, "authority", "beneficiary", "amount_sek", "start", "end", "total_budget_sek") == [
        ("Blå backar", "Västra Götalandsregionen", "Orust kommun", 1_100_000, "2022-04-01", "2025-03-31", 4_400_000)
    ]
    assert paid(paper) == [("Blå backar", "Västra Götalandsregionen", 1_100_000)]


def test_support_that_is_only_awaited_is_not_decided() -> None:
    paper = facts(
        """
        Region Dalarna
        Regionala utvecklingsnämnden 2023-03-09

        § 14 Kolmilan

        Beslut
        1. Region Dalarna beviljar Smedjebackens kommun 600 000 kronor till projektet Kolmilan.
        2. Medlen får användas först när Tillväxtverket har beslutat om medfinansiering med 900 000 kronor.
        """
    )
    assert decided(paper, "authority", "amount_sek") == [("Kolmilan", "Region Dalarna", 600_000)]


def test_a_newsletter_tells_each_news_under_its_title() -> None:
    paper = facts(
        """
        NYHETSBREV nr 2 2022 från Region Kronoberg

        Grönt ljus för Ryttarens rast
        -----------------------------
        Regionala utvecklingsnämnden klubbade den 17 maj 2022 stödet till Ryttarens rast. Föreningen Hästkraft får
        650 000 kronor för att bygga rastplatser. Tingsryds kommun skjuter till 90 000 kronor.

        Två nej från nämnden
        --------------------
        Nämnden sade nej till två ansökningar. Ljungby Flygklubb ville ha 400 000 kronor till Drönarfältet. Växjö
        Schacksällskap sökte 80 tkr till Bonde slår kung. Inget av dem ansågs nå hela länet.
        """
    )
    assert decided(paper, "outcome", "beneficiary", "amount_sek", "applied_amount_sek") == [
        ("Ryttarens rast", "granted", "Föreningen Hästkraft", 650_000, None),
        ("Drönarfältet", "rejected", "Ljungby Flygklubb", None, 400_000),
        ("Bonde slår kung", "rejected", "Växjö Schacksällskap", None, 80_000),
    ]
    assert paid(paper) == [
        ("Ryttarens rast", "Region Kronoberg", 650_000),
        ("Ryttarens rast", "Tingsryds kommun", 90_000),
    ]


def test_several_labels_on_one_line_below_each_title() -> None:
    paper = facts(
        """
        <html><body><h1>Projekt som fått medel</h1>
        <p>Här hittar du projekt som regionala utvecklingsnämnden i Region Halland har beviljat medel ur anslag 1:1.</p>
        <h3>Musslor på burk</h3><p>Ny mat ur havet.</p>
        <p>Sökande: Kungsbacka kommun | Beviljat belopp: 300 000 kr | Projekttid: 2022-04-01–2023-03-31 | Beslut:
        2022-03-15, RS22-0041</p>
        <h3>Ull i vägg</h3><p>Isolering av restull.</p>
        <p>Sökande: Hylte kommun | Beviljat belopp: 480 000 kr | Projekttid: 2022-08-01–2024-07-31 | Beslut:
        2022-05-24, RS22-0087</p></body></html>
        """,
        "paper.html",
    )
    assert decided(paper, "beneficiary", "amount_sek", "end", "date", "diary_number", "funding_source") == [
        ("Musslor på burk", "Kungsbacka kommun", 300_000, "2023-03-31", "2022-03-15", "RS22-0041", "1:1-anslaget"),
        ("Ull i vägg", "Hylte kommun", 480_000, "2024-07-31", "2022-05-24", "RS22-0087", "1:1-anslaget"),
    ]


def test_a_list_with_a_line_for_each_cell() -> None:
    paper = facts(
        """
        Region Blekinge
        Regionala utvecklingsnämnden
        Beslut om projektmedel 2021, belopp i kronor

        Diarienr
        Sökande
        Projekt
        Beslutsdatum
        Beviljat

        2021/0034
        Ronneby kommun
        Brunnen flödar
        2021-02-09
        300 000

        2021/0051
        Olofströms kommun
        Plåt och plast
        2021-03-16
        Avslag

        Summa
        300 000
        """
    )
    assert decided(paper, "outcome", "beneficiary", "date", "amount_sek") == [
        ("Brunnen flödar", "granted", "Ronneby kommun", "2021-02-09", 300_000),
        ("Plåt och plast", "rejected", "Olofströms kommun", "2021-03-16", None),
    ]


def test_what_another_authority_decided_is_the_matter_of_a_section_of_news() -> None:
    paper = facts(
        """
        <html><body><h1>Två ja till utveckling i kommunen</h1>
        <h2>Värme till alla</h2><p>Den 14 december 2022 beslutade Region Dalarnas regionala utvecklingsnämnd att stötta
        ”Spisen” med 2,2 miljoner kronor.</p>
        <h2>Fler ska våga tala</h2><p>Svenska ESF-rådet har sagt ja till ”Ordtrappan”. Avesta kommun får 6,4 miljoner
        kronor ur ESF+ för åren 2023–2025. Folkuniversitetet är med.</p></body></html>
        """,
        "paper.html",
    )
    assert decided(paper, "authority", "beneficiary", "amount_sek", "start", "end", "partners")[1:] == [
        ("Ordtrappan", "Svenska ESF-rådet", "Avesta kommun", 6_400_000, "2023", "2025", ["Folkuniversitetet"])
    ]


def test_an_english_sheet_is_named_by_its_own_title() -> None:
    paper = facts(
        """
        PROJECT AT A GLANCE

        HEMP FOR HOMES
        From field to wall

        Lead partner           Linnaeus University
        Start                  1 April 2023
        End                    31 March 2026
        Total budget           SEK 7,840,000
        Grant                  SEK 3,136,000 (40 per cent of eligible costs)
        Awarded by             Region Kronoberg, Regional Development Committee, 14 March 2023
        Other funding          Swedish Board of Agriculture SEK 2,500,000
                               Alvesta Municipality SEK 450,000

        WHAT?
        Hemp for Homes will test three kinds of wall.
        """
    )
    assert decided(paper, "authority", "date", "beneficiary", "amount_sek", "share_percent", "end") == [
        ("Hemp for Homes", "Region Kronoberg", "2023-03-14", "Linnéuniversitetet", 3_136_000, 40.0, "2026-03-31")
    ]
    assert ("Hemp for Homes", "Jordbruksverket", 2_500_000) in paid(paper)
    assert ("Hemp for Homes", "Alvesta kommun", 450_000) in paid(paper)


def test_the_first_digit_of_a_sum_is_no_phase_of_the_project_before_it() -> None:
    paper = facts(
        """
        Region Kalmar län
        Slutrapport

        ÖPPNA BRYGGOR

        Öppna bryggor har drivits av Borgholms kommun från den 1 maj 2019 till den 30 april 2022. Regionala
        utvecklingsnämnden beviljade den 11 april 2019 Öppna bryggor 2 500 000 kronor. Kommunen söker medel till en
        fortsättning, Öppna bryggor 2.0.
        """
    )
    assert ("Öppna bryggor", 2_500_000) in decided(paper, "amount_sek")


def test_a_grant_told_without_a_verb_below_its_title() -> None:
    paper = facts(
        """
        <html><body><h1>Nya projekt i juni</h1>
        <p>Den 7 juni 2022 fördelade Kulturdelegationen stöd till 12 projekt. Här är två av dem.</p>
        <h3>Strandens språk</h3><p>Sökande: Föreningen Vågen</p><p>Projektet tilldelas 900 000 kronor.</p>
        <h3>Alvarets arkiv</h3><p>Sökande: Föreningen Alvaret</p><p>Lokalstöd med 400 000 kronor till hyllor.</p>
        </body></html>
        """,
        "paper.html",
    )
    assert decided(paper, "outcome", "beneficiary", "amount_sek") == [
        ("Strandens språk", "granted", "Föreningen Vågen", 900_000),
        ("Alvarets arkiv", "granted", "Föreningen Alvaret", 400_000),
    ]


def test_the_columns_of_a_budget_hold_for_the_table_of_financing_below_it() -> None:
    paper = facts(
        """
        Slutrapport

        Projektets namn: Slussens sång

        Ekonomi
                                          Enligt beslut       Utfall
        Lön                                   410 000        398 220
        Köpta tjänster                        655 000        671 904
        Summa kostnader                     1 065 000      1 070 124

        Finansiering
        Region Värmland                       800 000        801 104
        Årjängs kommun                        150 000        150 020
        Eget ideellt arbete                   115 000        119 000
        Summa finansiering                  1 065 000      1 070 124
        """
    )
    assert paid(paper) == [("Slussens sång", "Region Värmland", 800_000), ("Slussens sång", "Årjängs kommun", 150_000)]


def test_a_name_goes_on_where_the_paper_says_it_so_again() -> None:
    paper = facts(
        """
        Region Gävleborg
        Hållbarhetsnämnden 2022-05-12

        Nämnden beviljar Ovanåkers kommun 300 000 kronor till projektet Skogen får tala, som gäller naturpedagogik.
        Insatsen pågår 2022–2023. Skogen får tala, som är treårigt, utvärderas av Högskolan i Gävle.
        """
    )
    assert decided(paper, "beneficiary", "amount_sek") == [("Skogen får tala", "Ovanåkers kommun", 300_000)]
