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
