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


def test_items_that_open_with_a_number_and_who_applies_and_end_with_the_decision() -> None:
    paper = facts(
        """
        Leader Bohusklinten
        Protokoll LAG-möte nr 4
        Tid: 2021-06-15 kl. 17.00-20.00

        § 6 Projektansökningar

        2021-1187 Hav på tallriken, Tjörns kommun
        Sökt stöd: 780 000 kr. Poäng: 312.
        Beslut: LAG beslutar att prioritera projektet och föreslår stöd om 700 000 kr ur havs- och fiskerifonden.

        2021-1203 Ridled Svartedalen, Svartedalens ridklubb
        Sökt stöd: 240 000 kr. Poäng: 188.
        Beslut: LAG beslutar att avslå ansökan då projektet inte når upp till lägsta poäng.

        2021-1219 Bygdens berättelser, Jörlanda hembygdsförening
        Sökt stöd: 155 000 kr. Poäng: 275.
        Beslut: LAG prioriterar projektet med 155 000 kr.
        """
    )
    assert decided(paper, "outcome", "beneficiary", "amount_sek", "applied_amount_sek") == [
        ("Hav på tallriken", "granted", "Tjörns kommun", 700_000, 780_000),
        ("Ridled Svartedalen", "rejected", "Svartedalens ridklubb", None, 240_000),
        ("Bygdens berättelser", "granted", "Jörlanda hembygdsförening", 155_000, 155_000),
    ]


def test_items_of_who_applies_what_for_and_how_much_above_the_word_for_the_decision() -> None:
    paper = facts(
        """
        Tunabygdens kommun
        Landsbygdsrådet, protokoll 2017-03-29

        5. Ansökningar om bygdebidrag

        5.1 Vassbo byaförening – ny bastu vid sjön. Söker 35 000 kr.
        Beslut: Beviljas 20 000 kr.

        5.2 Granhults IF – upprustning av motionsspår. Söker 60 000 kr.
        Beslut: Beviljas 60 000 kr under förutsättning att markägaren lämnar tillstånd.

        5.3 Föreningen Gamla Skolan – fönsterrenovering. Söker 48 000 kr.
        Beslut: Avslås. Renovering av egen fastighet ryms inte i riktlinjerna.
        """
    )
    assert decided(paper, "outcome", "beneficiary", "amount_sek", "applied_amount_sek") == [
        ("Ny bastu vid sjön", "granted", "Vassbo byaförening", 20_000, 35_000),
        ("Upprustning av motionsspår", "granted", "Granhults IF", 60_000, 60_000),
        ("Fönsterrenovering", "rejected", "Föreningen Gamla Skolan", None, 48_000),
    ]


def test_titles_of_who_applies_and_what_for_and_of_the_means_and_a_name() -> None:
    paper = facts(
        """
        Kulturnämnden i Almviks kommun
        Protokoll 2019-04-17

        § 65 Almviks bygdegårdsdistrikt, turné med Kvarnteatern
        Almviks bygdegårdsdistrikt ansöker om bidrag på 17 000 kronor till en turné.

        Kulturnämndens beslut
        Distriktet beviljas 15 000 kronor.

        § 66 Ansökan om utvecklingsmedel. Besöksplats Kungsgården
        Intresseföreningen vill bygga en mötesplats.

        Kulturnämndens beslut
        Projektet beviljas medfinansiering med högst 72 096 kronor.
        """
    )
    assert decided(paper, "outcome", "amount_sek") == [
        ("Turné med Kvarnteatern", "granted", 15_000),
        ("Besöksplats Kungsgården", "granted", 72_096),
    ]


def test_decisions_in_the_passive_and_titles_whose_label_is_a_kind_of_project() -> None:
    paper = facts(
        """
        Regionförbundet Södra Slätten
        Arbetsutskottet
        Protokoll 2012-10-04

        § 71  Projekt Ung kraft, ansökan (dnr 2012/0187)
        Beslutades att ur regionala projektmedel bevilja Kristineby kommun 350 000 kronor för projekt Ung kraft.

        § 72  Projekt Kustens smaker, ansökan (dnr 2012/0199)
        Beslutades att avslå framställningen.
        """
    )
    assert decided(paper, "outcome", "amount_sek") == [
        ("Ung kraft", "granted", 350_000),
        ("Kustens smaker", "rejected", None),
    ]
    paper = facts(
        """
        Protokollsutdrag
        Kommunstyrelsens näringslivsutskott 2020-02-25

        Nlu § 12
        Medfinansiering av Leaderprojekt: "Cykla runt sjön"

        Näringslivsutskottet beslutar att lämna medfinansiering med 60 000 kr.

        Sökande: Sjöns vänner, ideell förening
        Totalkostnad: 1 180 000 kr

        Nlu § 13
        Medfinansiering av Leaderprojekt: "Matstråket"

        Näringslivsutskottet beslutar att avstå från medfinansiering av projektet.

        Sökande: Matens hus ekonomisk förening
        """
    )
    assert decided(paper, "outcome", "amount_sek") == [
        ("Cykla runt sjön", "granted", 60_000),
        ("Matstråket", "rejected", None),
    ]


def test_a_longer_time_that_is_granted_is_a_change() -> None:
    paper = facts(
        """
        Samordningsförbundet Åsarna
        Protokoll från styrelsemöte
        Datum: 2022-12-02

        § 65 Ansökan Gröna jobb
        Kungsörs kommun ansöker om 600 000 kr till insatsen Gröna jobb för 2023.
        Beslut: Styrelsen beslutar att avslå ansökan.

        § 66 Ansökan om förlängning av Navet
        Arboga kommun vill förlänga insatsen Navet inom ram för tidigare beviljade medel.
        Beslut: Styrelsen beslutar bevilja förlängningen.
        """
    )
    assert decided(paper, "outcome", "beneficiary") == [
        ("Gröna jobb", "rejected", "Kungsörs kommun"),
        ("Navet", "other", "Arboga kommun"),
    ]


def test_att_below_who_decides_opens_items_each_with_its_own_receiver() -> None:
    paper = facts(
        """
        Samhällsnämnden i Fors kommun
        Protokoll 2016-05-24

        SN § 51 Stöd till bygdeprojekt

        Samhällsnämnden beslutar
        att bevilja Tomta byalag 60 000 kronor till projektet Tomtas mötesplats,
        att bevilja Fors IK 45 000 kronor till projektet Spår för alla, samt
        att avslå Lövåsens vägförenings ansökan om 80 000 kronor till projektet Bredare väg.
        """
    )
    assert decided(paper, "outcome", "beneficiary", "amount_sek", "applied_amount_sek") == [
        ("Tomtas mötesplats", "granted", "Tomta byalag", 60_000, None),
        ("Spår för alla", "granted", "Fors IK", 45_000, None),
        ("Bredare väg", "rejected", "Lövåsens vägförening", None, 80_000),
    ]
