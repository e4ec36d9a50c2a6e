"""Entries of labelled values, one for each project."""

from __future__ import annotations

from tests.extract.lists import decided, facts, paid


def test_definition_lists_with_name_owner_support_and_period() -> None:
    paper = facts(
        """
        <html><body><h1>Nya projekt</h1>
        <p>Regionstyrelsen i Region Bergslagen beviljade den 5 maj 2022 projekten stöd ur Europeiska socialfonden+.</p>
        <dl><dt>Projekt</dt><dd>Steget in</dd><dt>Projektägare</dt><dd>Sala kommun</dd><dt>Stöd</dt>
        <dd>4 100 000 kr</dd><dt>Projekttid</dt><dd>2022-09-01–2025-08-31</dd></dl>
        <dl><dt>Projekt</dt><dd>Yrke på väg</dd><dt>Projektägare</dt><dd>Region Sörmland</dd><dt>Stöd</dt>
        <dd>2 950 000 kr</dd><dt>Projekttid</dt><dd>2022-08-15–2024-08-14</dd></dl></body></html>
        """,
        "paper.html",
    )
    assert decided(paper, "beneficiary", "amount_sek", "start", "end", "funding_source") == [
        ("Steget in", "Sala kommun", 4_100_000, "2022-09-01", "2025-08-31", "Europeiska socialfonden+"),
        ("Yrke på väg", "Region Sörmland", 2_950_000, "2022-08-15", "2024-08-14", "Europeiska socialfonden+"),
    ]


def test_the_nearest_heading_gives_the_fund() -> None:
    paper = facts(
        """
        <html><body><h1>EU-medel</h1><p>Strukturfondspartnerskapet Östkusten beviljade stöd den 6 december 2017.</p>
        <h2>Europeiska socialfonden</h2>
        <dl><dt>Projekt</dt><dd>Rätt väg</dd><dt>Projektägare</dt><dd>Motala kommun</dd><dt>EU-stöd</dt>
        <dd>7,3 miljoner kronor</dd></dl>
        <h2>Europeiska regionala utvecklingsfonden</h2>
        <dl><dt>Projekt</dt><dd>Smart växt</dd><dt>Projektägare</dt><dd>Linköpings universitet</dd><dt>EU-stöd</dt>
        <dd>(uppgift saknas)</dd></dl></body></html>
        """,
        "paper.html",
    )
    assert paid(paper) == [
        ("Rätt väg", "Europeiska socialfonden", 7_300_000),
        ("Smart växt", "Europeiska regionala utvecklingsfonden", None),
    ]


def test_headings_name_entries_whose_labels_stand_below_a_paragraph() -> None:
    paper = facts(
        """
        <html><body><h1>Beviljade projekt 2019</h1>
        <p>Här visas de projekt som Stiftelsen Bruket beviljade medel. Besluten togs av styrelsen den 6 maj 2019.</p>
        <h2>Självläkande betong</h2><p>Bakterier lagar sprickorna.</p>
        <dl><dt>Diarienr</dt><dd>20190114</dd><dt>Lärosäte</dt><dd>Högskolan i Borås</dd><dt>Övrigt</dt><dd>Nej</dd>
        <dt>Beviljat</dt><dd>3 960 000 kr</dd></dl>
        <h2>Ljudlös skola</h2><p>Doktorander mäter.</p>
        <dl><dt>Diarienr</dt><dd>20190120</dd><dt>Lärosäte</dt><dd>Högskolan i Skövde</dd><dt>Övrigt</dt><dd>Ja</dd>
        <dt>Beviljat</dt><dd>avslag</dd><dt>Sökt</dt><dd>1 250 000 kr</dd></dl></body></html>
        """,
        "paper.html",
    )
    assert decided(paper, "outcome", "beneficiary", "amount_sek", "applied_amount_sek") == [
        ("Självläkande betong", "granted", "Högskolan i Borås", 3_960_000, None),
        ("Ljudlös skola", "rejected", "Högskolan i Skövde", None, 1_250_000),
    ]


def test_labels_before_the_name_belong_to_the_entry_below() -> None:
    paper = facts(
        """
        Kulturnämnden i Storåns kommun
        Protokoll 2017-02-15

        Projektbidrag 2017

        Förening/sökande: Storåns Teaterförening
        Projekt: Spel vid ån
        Sökt: 80 000 kr
        Beviljat: 60 000 kr

        Förening/sökande: Jazzklubben Blå
        Projekt: Unga ton
        Sökt: 45 000 kr
        Beviljat: 0 kr
        """
    )
    assert decided(paper, "outcome", "beneficiary", "amount_sek", "applied_amount_sek") == [
        ("Spel vid ån", "granted", "Storåns Teaterförening", 60_000, 80_000),
        ("Unga ton", "rejected", "Jazzklubben Blå", None, 45_000),
    ]


def test_numbers_without_colon_and_outcomes_by_label() -> None:
    paper = facts(
        """
        Leader Skogsbygden
        Beslut LAG 2022-09-21

        Journalnummer 2022-2210
        Projektets namn: Vandra i vildmark
        Sökande: Sorsele kommun
        Beslut: Bifall
        Beslutat stöd: 620 000 kr

        Journalnummer 2022-2240
        Projektets namn: Ungas by
        Sökande: Malå kommun
        Beslut: Bordlagt
        Sökt stöd: 450 000 kr
        """
    )
    assert decided(paper, "outcome", "case_ids", "amount_sek", "applied_amount_sek") == [
        ("Vandra i vildmark", "granted", ["2022-2210"], 620_000, None),
        ("Ungas by", "other", ["2022-2240"], None, 450_000),
    ]


def test_partners_by_label_and_no_rows_without_a_label_for_sums() -> None:
    paper = facts(
        """
        Styrkommittén för Interreg Västkusten
        Möte 2022-10-06

        Styrkommittén beviljade två projekt den 6 oktober 2022:

        1 Tånglyftet
        Svensk stödmottagare: Göteborgs universitet
        Parter: Strömstads kommun, Tanums kommun, Algbolaget
        Tid: 2023-01-01 – 2025-12-31

        2 Sjöväg utan rök
        Svensk stödmottagare: Chalmers tekniska högskola
        Parter: Lysekils kommun
        Tid: 2023-03-01 – 2025-08-31
        """
    )
    assert decided(paper, "beneficiary", "partners", "start") == [
        ("Tånglyftet", "Göteborgs universitet", ["Strömstads kommun", "Tanums kommun", "Algbolaget"], "2023-01-01"),
        ("Sjöväg utan rök", "Chalmers tekniska högskola", ["Lysekils kommun"], "2023-03-01"),
    ]
    assert paid(paper) == []


def test_an_entry_whose_labels_stand_on_one_line_and_end_with_the_outcome() -> None:
    paper = facts(
        """
        Länsstyrelsen i Dalarnas län
        Bygdemedel 2023

        Länsstyrelsen beslutade den 14 mars 2023 om följande bidrag ur bygdemedel:

        Projekt: Ny brygga i Sälen. Sökande: Sälens byalag. Beviljat belopp: 85 000 kr.
        Projekt: Ljus i spåret. Sökande: IK Jarl. Avslag.
        """
    )
    assert decided(paper, "outcome", "beneficiary", "amount_sek") == [
        ("Ny brygga i Sälen", "granted", "Sälens byalag", 85_000),
        ("Ljus i spåret", "rejected", "IK Jarl", None),
    ]
