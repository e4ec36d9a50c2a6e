"""What titles name and what they add, who receives and who decides told by place, what is taken back or not named."""

from __future__ import annotations

import pytest

from tests.extract.lists import decided, facts

MATTER = """
Region Dalarna
Regionala utvecklingsnämnden
Protokoll 2023-05-11

§ 77 {title}

Beslut
{decision}
"""


@pytest.mark.parametrize(
    ("title", "decision"),
    [
        ("Älvfärjan - sänkt stöd", "Nämnden sänker stödet till 200 000 kronor."),
        ("Älvfärjan (ändrad budget)", "Nämnden godkänner den ändrade budgeten."),
        ("Älvfärjan: begäran om ändring av projektplan", "Nämnden bifaller begäran."),
        ("Projekt Älvfärjan, återkallelse av ansökan", "Ansökan återtagen av sökanden."),
        ("Projektansökan Älvfärjan", "Ärendet vilandeförklaras."),
        ("Medfinansiering Älvfärjan", "Ärendet bordläggs."),
    ],
)
def test_what_a_title_adds_to_a_name_is_no_part_of_it(title: str, decision: str) -> None:
    assert decided(facts(MATTER.format(title=title, decision=decision)), "outcome") == [("Älvfärjan", "other")]


def test_a_receiver_between_support_and_name_is_no_part_of_the_name() -> None:
    paper = facts(
        MATTER.format(title="Stöd till Mora kommun för Älvfärjan", decision="Nämnden beviljar 300 000 kronor.")
    )
    assert decided(paper, "amount_sek") == [("Älvfärjan", 300_000)]


@pytest.mark.parametrize(
    "title", ["Föreningsbidrag 2023", "Verksamhetsstöd till kulturföreningar", "Projektmedel för 2024"]
)
def test_a_kind_of_support_is_no_project(title: str) -> None:
    decision = "Nämnden beslutar att fördela medel enligt följande:\n\nAlfta GIF 45 000 kr\nPRO Ovanåker 8 000 kr"
    assert facts(MATTER.format(title=title, decision=decision))["decisions"] == []


def test_a_board_told_by_its_place_is_the_municipalitys() -> None:
    paper = facts(
        """
        Kulturnämnden i Umeå
        Beslut 2023-04-04

        Kulturnämnden beviljar Iranska föreningen 40 000 kronor till projektet ”نوروز”.
        Kulturnämnden beviljar Tegs kammarkör 25 000 kronor till projektet Sånger i natten.
        """
    )
    assert decided(paper, "authority", "beneficiary", "amount_sek") == [
        ("نوروز", "Umeå kommun", "Iranska föreningen", 40_000),
        ("Sånger i natten", "Umeå kommun", "Tegs kammarkör", 25_000),
    ]


def test_what_is_taken_back_was_not_decided() -> None:
    paper = facts(
        """
        Region Dalarna har beviljat 3 miljoner kronor till projektet Isfärjan, det sa en tidning i går. Uppgiften
        är felaktig: något beslut har inte fattats.

        Region Dalarna har beviljat 2 miljoner kronor till projektet Kolfärjan den 3 maj 2022. Det stämmer inte att Mora
        kommun har fått nej.
        """
    )
    assert decided(paper, "amount_sek", "date") == [("Kolfärjan", 2_000_000, "2022-05-03")]


def test_a_refusal_about_something_without_a_name_is_no_other_projects() -> None:
    paper = facts(
        """
        Nej till tornet

        Länsstyrelsen i Kronobergs län har sagt nej till Växjö kommuns ansökan om medfinansiering av ett nytt fågeltorn.

        Region Kronoberg säger nej till Alvesta kommuns ansökan om 200 000 kronor till projektet Sjöleden.

        Regionen avslog Tingsryds kommuns ansökan om stöd till förstudien Bad för alla.
        """
    )
    assert decided(paper, "beneficiary") == [("Sjöleden", "Alvesta kommun"), ("Bad för alla", "Tingsryds kommun")]


def test_withdrawn_applications_told_by_their_names() -> None:
    paper = facts(
        """
        Leader Gästrikebygden beviljade den 3 maj 2022 projektet Byns bageri 450 000 kronor.

        Tre ansökningar har återtagits: Fiskvandringen, Gysinge lekplats och Österfärnebo bio. Även Kungsbergets arena
        får grönt ljus.
        """
    )
    assert decided(paper, "outcome")[1:4] == [
        ("Fiskvandringen", "other"),
        ("Gysinge lekplats", "other"),
        ("Österfärnebo bio", "other"),
    ]


def test_a_letter_names_who_receives_by_its_part_and_who_prioritised() -> None:
    paper = facts(
        """
        BESLUT
        PROJEKT
        DIARIENUMMER 304-1234-10
        DELOMRÅDE NGB

        Östersunds kommun
        Rådhuset
        831 82 Östersund

        Projekt: Grön väg

        Beslut om EG-medel

        Förvaltande myndighet för programmet, Länsstyrelsen Jämtlands län, beslutar att bevilja stöd till den svenska
        parten, Östersunds kommun, för ovan nämnda projekt. Projektet prioriterades av programmets styrkommitté. Stödet
        uppgår till 61,61 % av stödmottagarens kostnader, dock högst 4 800 000 kronor.
        """
    )
    assert decided(paper, "authority", "beneficiary", "deciding_body", "diary_number") == [
        ("Grön väg", "Länsstyrelsen i Jämtlands län", "Östersunds kommun", None, "304-1234-10")
    ]


@pytest.mark.parametrize(
    "condition",
    [
        "Om regeringen avsätter extra medel, minskas finansieringen med motsvarande belopp.",
        "Om projektet inte startar före 1 maj 2008 återkallas beslutet.",
        "Avbryts projektet återkrävs stödet.",
    ],
)
def test_what_would_happen_is_no_decision(condition: str) -> None:
    decision = f"• Nämnden beviljar projektet Älvfärjan 900 000 kr.\n• {condition}"
    assert decided(facts(MATTER.format(title="Älvfärjan", decision=decision)), "outcome") == [("Älvfärjan", "granted")]


def test_the_title_above_a_project_is_who_runs_it() -> None:
    paper = facts(
        """
        Arvsfonden delar ut pengar

        31 maj 2017

        Vid sitt sammanträde beviljade Arvsfondsdelegationen 20 miljoner kronor till två projekt.

        KVINNA

        Projektet SÅNGEN syftar till att utmana normer. För projektet får KVINNA stöd med 8,6 miljoner kronor.

        Fågelfilmarna

        Med projektet Safari Finland ska Fågelfilmarna engagera unga. Projektet får stöd med 8,3 miljoner kronor.
        """
    )
    assert decided(paper, "beneficiary", "amount_sek") == [
        ("SÅNGEN", "KVINNA", 8_600_000),
        ("Safari Finland", "Fågelfilmarna", 8_300_000),
    ]


def test_several_receivers_told_by_their_number_are_no_project() -> None:
    told = "Tre gotländska bygdegårdsföreningar får närmare 300 000 kronor i bidrag från Boverket."
    assert facts(f"Bygdegårdar får bidrag\n\n{told}")["decisions"] == []
    quoted = "Föreningen får 70 000 kronor från EU:s fond ''Leader plus'' till projektet ''Våg 22''."
    assert decided(facts(f"Pengar till kusten\n\n{quoted}"), "amount_sek") == [("Våg 22", 70_000)]
