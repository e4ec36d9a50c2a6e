"""Minutes of boards: days and numbers of paragraphs, decisions noted, and what boards grant that is no project's."""

from __future__ import annotations

from tests.extract.lists import decided, facts


def test_the_day_below_its_label_is_the_meetings_and_not_that_of_a_paper_cited_by_paragraph() -> None:
    paper = facts(
        """
        ALMVIKS KOMMUN                                     PROTOKOLL
        Kommunstyrelsen                                    Sammanträdesdatum
                                                           2021-09-07

        § 118 Dnr KS 2021/0456
        Ansökan om medfinansiering av projektet Levande hamnar

        Beslut
        Kommunstyrelsen beslutar
        att bevilja Almviks hamnförening medfinansiering om 150 000 kronor till projektet Levande hamnar.

        Beslutsunderlag
        Tjänsteskrivelse, 2021-08-16
        Arbetsutskottets protokoll 2021-08-24, § 141

        § 119 Dnr KS 2021/0502
        Ansökan om bidrag till projektet Sommarteater på Kvarnholmen

        Beslut
        Kommunstyrelsen avslår ansökan.

        § 120
        Ansökan om bidrag till projektet Öppna ateljéer

        Beslut
        Kommunstyrelsen avslår ansökan.
        """
    )
    assert decided(paper, "outcome", "date", "diary_number") == [
        ("Levande hamnar", "granted", "2021-09-07", "KS 2021/0456"),
        ("Sommarteater på Kvarnholmen", "rejected", "2021-09-07", "KS 2021/0502"),
        ("Öppna ateljéer", "rejected", "2021-09-07", None),
    ]


def test_delegated_decisions_that_a_board_notes_open_with_day_and_number() -> None:
    paper = facts(
        """
        Sammanträdesprotokoll
        Regionala utvecklingsnämnden
        2020-11-25

        § 97
        Projektmedel: Framtidens trähus
        Dnr RD20/00812

        Regionala utvecklingsnämndens beslut
        1. Högskolan Dalarna beviljas högst 1 875 000 kronor för projektet Framtidens trähus.

        § 98
        Projektmedel: Värdskap längs spåret
        Dnr RD20/00840

        Regionala utvecklingsnämndens beslut
        Ärendet återremitteras.

        § 99
        Anmälan av delegationsbeslut
        Dnr RD20/00010

        Regionala utvecklingsnämndens beslut
        Redovisningen läggs till handlingarna.

        Ärendebeskrivning
        Regiondirektören har på delegation beslutat följande:
        2020-10-14 RD20/00701 Beviljat Rättviks kommun 95 000 kr till förstudien Kalkstenens väg.
        2020-10-29 RD20/00733 Avslagit ansökan från Siljans byalag om 120 000 kr till projektet Bykraft.
        """
    )
    assert decided(paper, "outcome", "date", "diary_number", "beneficiary", "amount_sek") == [
        ("Framtidens trähus", "granted", "2020-11-25", "RD20/00812", "Högskolan Dalarna", 1_875_000),
        ("Värdskap längs spåret", "other", "2020-11-25", "RD20/00840", None, None),
        ("Kalkstenens väg", "granted", "2020-10-14", "RD20/00701", "Rättviks kommun", 95_000),
        ("Bykraft", "rejected", "2020-10-29", "RD20/00733", "Siljans byalag", None),
    ]


def test_guarantees_discharge_and_budgets_are_no_projects() -> None:
    paper = facts(
        """
        Protokoll
        Kommunfullmäktige
        Vretlösa kommun
        2023-06-12

        § 78 Borgen för Vretlösa Bostäder AB
        Kommunfullmäktige beslutar att bevilja Vretlösa Bostäder AB kommunal borgen om 120 miljoner kronor.

        § 79 Ansvarsfrihet för Samordningsförbundet Mälaren
        Kommunfullmäktige beslutar att bevilja styrelsen för förbundet ansvarsfrihet för 2022.

        § 80 Tilläggsanslag till skolan
        Kommunfullmäktige beslutar att bevilja barn- och utbildningsnämnden ett tilläggsanslag om 4,5 miljoner kronor.

        § 83 Avsägelse
        Kommunfullmäktige beviljar ersättaren entledigande från uppdraget.
        """
    )
    assert paper["decisions"] == []
