"""Lists of projects told in ways of their own: led by an item, without heads, by names alone, with a dash for a sum."""

from __future__ import annotations

from tests.extract.lists import decided, facts

MINUTES = """
Strukturfondspartnerskapet Övre Norrland
Protokoll från sammanträde den 14 juni 2023 i Boden

§ 12 Prioritering av ansökningar

"""


def test_what_stands_below_each_item_that_leads_a_list_has_its_outcome() -> None:
    paper = facts(
        MINUTES
        + """
Strukturfondspartnerskapet beslutar att prioritera följande ansökningar:
- Vindkluster Norr, Bodens kommun, 12 450 000 kr
- Ånga i älvdalen, Gällivare kommun, 4 300 000 kr
att inte prioritera följande ansökningar:
- Skidflyg, Arjeplogs kommun, 6 000 000 kr
"""
    )
    assert decided(paper, "outcome", "beneficiary", "amount_sek", "applied_amount_sek") == [
        ("Vindkluster Norr", "granted", "Bodens kommun", 12_450_000, None),
        ("Ånga i älvdalen", "granted", "Gällivare kommun", 4_300_000, None),
        ("Skidflyg", "rejected", "Arjeplogs kommun", None, 6_000_000),
    ]


def test_names_applicants_and_sums_in_one_sentence_behind_what_leads_them() -> None:
    paper = facts(
        MINUTES
        + """
Strukturfondspartnerskapet beslutar

att prioritera följande ansökningar: Vindkluster Norr, Bodens kommun, 12 450 000 kr, Ånga i älvdalen, Gällivare
kommun, 4 300 000 kr, samt

att inte prioritera följande ansökningar: Skidflyg, Arjeplogs kommun, 6 000 000 kr.
"""
    )
    assert decided(paper, "outcome", "amount_sek") == [
        ("Vindkluster Norr", "granted", 12_450_000),
        ("Ånga i älvdalen", "granted", 4_300_000),
        ("Skidflyg", "rejected", None),
    ]


def test_refusals_told_by_names_of_which_some_have_an_applicant() -> None:
    paper = facts(
        """
        Leader Gästrikebygden har den 12 april 2022 beviljat stöd till projektet Byns bageri med 540 000 kronor.

        Två ansökningar fick avslag: Sjöleden runt (Ockelbo kommun) och Glasets väg. Avslag fick också några till.

        Tre projekt blev utan: Kolkajen (Gävle kommun, 300 000 kronor), Tjärfärjan och Milan i byn.
        """
    )
    assert decided(paper, "outcome", "beneficiary", "applied_amount_sek")[1:] == [
        ("Sjöleden runt", "rejected", "Ockelbo kommun", None),
        ("Glasets väg", "rejected", None, None),
        ("Kolkajen", "rejected", "Gävle kommun", 300_000),
        ("Tjärfärjan", "rejected", None, None),
        ("Milan i byn", "rejected", None, None),
    ]


def test_a_table_of_names_and_sums_below_words_that_grant() -> None:
    lead = "Följande projekt har beviljats projektmedel av regionstyrelsens arbetsutskott."
    rows = "Hållbar handel i norr 4 000 000 kr\n\nUnga byggare i byarna 500 000 kr\n\nFjärrvård i Kvarken 625 675 kr\n"
    paper = facts(f"Region Västerbotten beviljar 5 miljoner\n\n{lead}\n\n{rows}")
    assert decided(paper, "amount_sek", "authority") == [
        ("Hållbar handel i norr", 4_000_000, "Region Västerbotten"),
        ("Unga byggare i byarna", 500_000, "Region Västerbotten"),
        ("Fjärrvård i Kvarken", 625_675, "Region Västerbotten"),
    ]
    clubs = "Alfta bågskyttar 40 000 kr\n\nEdsbyns skytteförening 20 000 kr\n\nVoxna hembygdsförening 12 000 kr\n"
    assert (
        facts(f"Nämnden fördelar 72 000 kr\n\nFöljande föreningar har beviljats bidrag.\n\n{clubs}")["decisions"] == []
    )


def test_a_dash_in_the_column_of_grants_is_no_grant() -> None:
    head = "Region Gävleborg\nBeviljade projekt 2022\n\n"
    told = "Projekt | Sökande | Beviljat belopp\nBagarens hus | Ljusdals kommun | 540 000\n"
    rest = "Sjöleden | Ovanåkers kommun | -\nElfärjan | Söderhamns kommun | 650 000\n"
    assert decided(facts(head + told + rest), "amount_sek") == [("Bagarens hus", 540_000), ("Elfärjan", 650_000)]


def test_labelled_entries_whose_grant_is_told_in_a_sentence() -> None:
    paper = facts(
        """
        Kortfattat: Regionala utvecklingsnämnden 2023-12-19

        Beslut om projekt finansierade med statligt anslag för regionala tillväxtåtgärder

        Projekt: Regional ridledsplan
        Syftet med projektet är att nå en samsyn hos länets kommuner om hur ridvägarna ska byggas ut.

        Stödmottagare: Region Dalarna
        Projektet beviljas med högst 685 427 kronor
        Projektperiod: 2024-01-01 – 2026-12-31

        Projekt: Hållbara resor i Dalarna
        Projektet syftar till att utveckla en hållbar planering.

        Stödmottagare: Region Dalarna
        Projektet beviljas med högst 1 200 000 kronor
        Projektperiod: 2024-01-01 – 2025-12-31
        """
    )
    assert decided(paper, "outcome", "amount_sek", "end") == [
        ("Regional ridledsplan", "granted", 685_427, "2026-12-31"),
        ("Hållbara resor i Dalarna", "granted", 1_200_000, "2025-12-31"),
    ]


ENTRIES = """
Fonden för nya vägar
Beslut 2021-04-28

Beviljade projekt inom utlysningen Nya vägar

Projekt: Tegelbruket
Koordinator: Stadshjälpen i Sollefors
Beviljat bidrag: 985 000 kr

Projekt: Digital verkstad
Koordinator: Verkstadsringen Norr
Beviljat bidrag: 1 000 000 kr
{heading}
Projekt: Bänk i tid
Koordinator: Röda kåren Lundby
Sökt bidrag: 1 000 000 kr
"""


def test_an_outcome_alone_above_an_entry_heads_it_and_does_not_end_the_one_above() -> None:
    wanted = [
        ("Tegelbruket", "granted", 985_000, None),
        ("Digital verkstad", "granted", 1_000_000, None),
        ("Bänk i tid", "rejected", None, 1_000_000),
    ]
    for heading in ("\nEj beviljade", "\nEj beviljade\n", "\nAvslag\n"):
        paper = facts(ENTRIES.format(heading=heading))
        assert decided(paper, "outcome", "amount_sek", "applied_amount_sek") == wanted, heading


def test_a_line_that_leads_the_items_below_it_is_no_part_of_the_item_above() -> None:
    paper = facts(
        """
Sollefors kommun
Kultur- och fritidsnämnden 2024-05-27

§ 51 Fördelning av projektbidrag våren 2024
Beslut
Nämnden beviljar följande projektbidrag:
- Albyns Boxningsklubb, 25 000 kr, Tjejboxning
- Föreningen Framtid Fjällby, 60 000 kr, Nattvandring
Nämnden avslår följande ansökningar:
- Hallungs Schacksällskap, 18 000 kr, Schack i parken
"""
    )
    assert decided(paper, "outcome", "beneficiary", "amount_sek", "applied_amount_sek") == [
        ("Tjejboxning", "granted", "Albyns Boxningsklubb", 25_000, None),
        ("Nattvandring", "granted", "Föreningen Framtid Fjällby", 60_000, None),
        ("Schack i parken", "rejected", "Hallungs Schacksällskap", None, 18_000),
    ]


def test_what_has_not_been_granted_or_is_wrongly_told_is_no_grant() -> None:
    for words in (
        "Region Norrmark har inte beviljat några pengar till projektet Rymdhamnen.",
        "Region Norrmark har ännu inte beviljat några pengar till projektet Rymdhamnen.",
        "I ett inslag uppgavs felaktigt att Region Norrmark har beviljat 5 miljoner kronor till projektet Rymdhamnen.",
        "Region Norrmark har beviljat 5 miljoner kronor till projektet Rymdhamnen, hävdades det. Det stämmer inte.",
    ):
        assert not decided(facts(f"Region Norrmark\n2024-04-02\n\n{words}\n"), "outcome"), words


def test_more_time_is_a_change_and_no_grant() -> None:
    head = "Region Norrmark\nRegionstyrelsen\nBeslut 2022-11-09\n\n§ 21 Projektet Lyftet\n\nRegionstyrelsen beslutar\n"
    for words in (
        "att bevilja Sollefors kommun förlängd projekttid för projektet Lyftet till och med 2023-06-30.",
        "att medge förlängd projekttid för projektet Lyftet till och med 2023-06-30.",
    ):
        assert decided(facts(f"{head}{words}\n"), "outcome", "end") == [("Lyftet", "other", "2023-06-30")], words
    both = "att bevilja Sollefors kommun 500 000 kronor och förlängd projekttid för projektet Lyftet."
    assert decided(facts(f"{head}{both}\n"), "outcome", "amount_sek") == [("Lyftet", "granted", 500_000)]


def test_projects_in_one_row_behind_the_verb_that_grants() -> None:
    paper = facts(
        """
        Projekt för 3,5 miljoner prioriterade

        Leader Mittland Plus möttes den 3 maj 2022. Bland annat prioriterades stöd till projekten Service i byn,
        Järnvägen 2019, förstudie Pilgrimsvägen och förstudien Glesbygdens röst. Mer kommer på hemsidan.
        """
    )
    assert decided(paper, "outcome") == [
        ("Service i byn", "granted"),
        ("Järnvägen 2019", "granted"),
        ("Pilgrimsvägen", "granted"),
        ("Glesbygdens röst", "granted"),
    ]


def test_items_that_end_with_who_runs_the_project() -> None:
    paper = facts(
        """
        Formas forskarråd fördelar 491 miljoner kronor till forskning.

        Några av de högst rankade projekt som beviljas medel i årets utlysning är:

        * Hållbart fiske av sill i svenska vatten. Stockholms universitet.

        * Pollinering av växter i vägrenar. Uppsala universitet.
        """
    )
    assert decided(paper, "beneficiary") == [
        ("Hållbart fiske av sill i svenska vatten", "Stockholms universitet"),
        ("Pollinering av växter i vägrenar", "Uppsala universitet"),
    ]


def test_a_sentence_that_begins_as_a_list_of_members_makes_no_name_a_persons() -> None:
    paper = facts(
        """
        Kortfattat: Regionala utvecklingsnämnden 2021-06-02

        Följande projekt beviljades finansiering:

        Projekt: Hållbar handel
        Ledamöterna anmäler jäv och deltar inte i handläggning och beslut.

        Projektägare: Region Dalarna
        Beslutad finansiering: Högst 1 162 834 kr

        Projekt: Export Torg Dalarna
        Projektägare: Region Dalarna
        Beslutad finansiering: Högst 2 245 190 kr
        """
    )
    assert decided(paper, "amount_sek") == [("Hållbar handel", 1_162_834), ("Export Torg Dalarna", 2_245_190)]


def test_a_label_that_opens_several_lines_names_no_entry() -> None:
    entry = """
3.{i} {name}
Journalnummer: 2024-11{i}
Sökande: Ånge kommun
• Insatsområde: 1. Levande natur och kulturarv
Sökt stöd: 64{i} 000 kr
• Poäng: 265
Beslut: LAG beslutar att bevilja {name} 64{i} 000 kr.
"""
    names = ("Flottleden för alla", "Myrhuset", "Unga odlare")
    paper = facts("Protokoll LAG Leader Myrbyn\nDatum: 2024-04-18\n\n3. Ansökningar om projektstöd\n" + "".join(
        entry.format(i=i, name=name) for i, name in enumerate(names, 1)
    ))
    assert [row[0] for row in decided(paper, "outcome")] == list(names)
