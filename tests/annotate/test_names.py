"""Names: what the registers know, what their form shows, what the paper introduces, and what is none of these."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.annotate.names import find_names


def names(text: str, *kinds: str) -> list[tuple[str, str, str]]:
    """(kind, words, canonical) of the names of ``text``, of the kinds asked for or all."""
    return [
        (s.kind, text[s.start : s.end], s.value.canonical if s.value else "")
        for s in find_names(text)
        if not kinds or s.kind in kinds
    ]


def canonicals(text: str, kind: str) -> list[str]:
    return [canonical for _, _, canonical in names(text, kind)]


# --- organisations ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Region Västerbottens villkor gäller.", ["Region Västerbotten"]),
        ("Luleå kommuns ansökan avslås.", ["Luleå kommun"]),
        ("Högskolan i Borås' ansökan", ["Högskolan i Borås"]),
        ("LULEÅ TEKNISKA UNIVERSITET 1 200 000", ["Luleå tekniska universitet"]),
        ("kompetens vid LTU och LTU:s forskare", ["Luleå tekniska universitet"] * 2),
        ("Mälardalens högskola söker.", ["Mälardalens universitet"]),
        ("Västerås stad och City of Västerås", ["Västerås kommun"] * 2),
        ("Länsstyrelsen Västerbotten avslår.", ["Länsstyrelsen i Västerbottens län"]),
        (
            "Länsstyrelserna i Kalmar och Kronobergs län",
            ["Länsstyrelsen i Kalmar län", "Länsstyrelsen i Kronobergs län"],
        ),
        ("mellan Örebro universitet och Örebro Holding AB.", ["Örebro universitet", "Örebro Holding AB"]),
        ("Tillväxtverket (ERUF) 2 480", ["Tillväxtverket"]),
        ("Värmlands läns landsting beviljade", ["Region Värmland"]),
        ("Science Park Jönköping AB deltar", ["Science Park Jönköping"]),
    ],
)
def test_known_organisations(text, expected):
    assert canonicals(text, "organisation") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Region Norrsund beviljar", ["Region Norrsund"]),
        ("REGION NORRSUND\nProtokoll", ["Region Norrsund"]),
        ("REGIONFÖRBUNDET NORRA DALEN\nBeslut", ["Regionförbundet Norra Dalen"]),
        ("nämnden avslår Energikontor Norrsunds ansökan", ["Energikontor Norrsund"]),
        ("Norrsunds högskolas ansökan avslås", ["Norrsunds högskola"]),
        ("Även Sankt Olofs Fastighets AB fick", ["Sankt Olofs Fastighets AB"]),
        ("Skogsägarnas Ekonomi-AB, som", ["Skogsägarnas Ekonomi-AB"]),
        ("Föreningen Byalyktan söker", ["Föreningen Byalyktan"]),
        ("betalas av Norrdalens samordningsförbund.", ["Norrdalens samordningsförbund"]),
        ("Samordningsförbundet Södra Dalen", ["Samordningsförbundet Södra Dalen"]),
        ("Coompanion Kalmar län ges stöd", ["Coompanion Kalmar län"]),
        ("Sökande: Trosa Hamnförening", ["Trosa Hamnförening"]),
        ("Centrum för tillväxt i Dalen och andra", ["Centrum för tillväxt i Dalen"]),
        ("stöd från Innovationsrådet för havet.", ["Innovationsrådet för havet"]),
        ("beslut av Fondmyndigheten i Norrdalen", ["Fondmyndigheten i Norrdalen"]),
        ("Blue River Innovation Centre deltar", ["Blue River Innovation Centre"]),
        ("Norrdalens läns museum", ["Norrdalens läns museum"]),
        ("Almi Företagspartner Norrdalen AB", ["Almi Företagspartner Norrdalen AB"]),
        ("Bygg i Norrdalen AB söker", ["Bygg i Norrdalen AB"]),
    ],
)
def test_organisations_by_form(text, expected):
    assert canonicals(text, "organisation") == expected


def test_a_genitive_is_settled_by_the_rest_of_the_paper():
    text = "Visit Norrdalens\n\nVisit Norrdalen får stöd."
    assert canonicals(text, "organisation") == ["Visit Norrdalen"] * 2
    assert canonicals("Energikontor Söderås deltar", "organisation") == ["Energikontor Söderås"]


def test_words_of_papers_belong_to_no_name():
    assert canonicals("Region Norrsund Protokollsutdrag Sida 1", "organisation") == ["Region Norrsund"]
    assert canonicals("Länets samordningsförbund och Kommunens museum", "organisation") == []
    assert canonicals("Området Innovation och Insatsområdet Energi", "organisation") == []


def test_a_name_of_the_registers_is_not_lengthened():
    assert canonicals("Rektor Luleå tekniska universitet", "organisation") == ["Luleå tekniska universitet"]
    assert canonicals("Region Uppsala Ledningskontoret", "organisation") == ["Region Uppsala"]


@pytest.mark.parametrize("text", ["SP är en tjänst.", "LD och SI och FK", "VR-glasögon till VR", "UF startar", "NRP"])
def test_ambiguous_acronyms_are_no_organisations_by_themselves(text):
    assert names(text) == []


def test_an_acronym_in_a_diary_number_is_none():
    assert canonicals("RJL 2016/2123 och RJL", "organisation") == ["Region Jönköpings län"]
    assert canonicals("LTU-2020-1234", "organisation") == []


# --- what the paper introduces ----------------------------------------------------------------------------------


def test_acronyms_hold_for_the_rest_of_the_paper():
    text = "Norrsunds högskola (NH) leder.\nNH:s personal deltar och NH betalar. "
    text += "Försäkringskassan (FK) deltar. FK beslutar."
    assert canonicals(text, "organisation") == [
        "Norrsunds högskola",
        "Norrsunds högskola",
        "Norrsunds högskola",
        "Försäkringskassan",
        "Försäkringskassan",
    ]


def test_a_bracket_that_is_no_acronym_of_the_name_introduces_nothing():
    assert canonicals("Tillväxtverket (ERUF) betalar. Medel ur ERUF.", "organisation") == ["Tillväxtverket"]
    assert canonicals("Kramfors kommun (PROJEKTÄGARE) och PROJEKTÄGARE", "organisation") == ["Kramfors kommun"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Mälardalen University (Mälardalens högskola, MDH)", "Mälardalen University (Mälardalens högskola, MDH)"),
        ("the City of Västerås (Västerås stad).", "City of Västerås (Västerås stad)"),
        ("Uppsala Innovation Centre (UIC) får", "Uppsala Innovation Centre (UIC)"),
        ("Kramfors kommun (lokaler)", "Kramfors kommun"),
        ("Stiftelsen Kustljuset (Kramfors kommun)", "Stiftelsen Kustljuset"),
    ],
)
def test_a_bracket_that_repeats_the_name_is_within_the_span(text, words):
    assert names(text, "organisation")[0][1] == words


def test_short_forms():
    text = "Stiftelsen Kustljuset söker. Kustljuset och Kustljusets personal. Norrkraft Drift AB och Norrkraft Drift."
    assert canonicals(text, "organisation") == ["Stiftelsen Kustljuset"] * 3 + ["Norrkraft Drift AB"] * 2
    assert canonicals("Sparbanksstiftelsen Lidköping och Stiftelsen Lidköping. Lidköping.", "municipality") == [
        "Lidköping"
    ]
    assert canonicals("Stiftelsen Kustljuset söker till Besökscentrum Kustljuset", "organisation") == [
        "Stiftelsen Kustljuset"
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("CDT vid Luleå tekniska universitet söker", "CDT vid Luleå tekniska universitet"),
        ("Institutionen för ekonomi vid SLU", "Institutionen för ekonomi vid SLU"),
        ("Anna Exempelsson vid Umeå universitet", "Umeå universitet"),
        ("forskare vid Umeå universitet", "Umeå universitet"),
    ],
)
def test_a_part_stands_with_its_whole(text, words):
    assert [w for _, w, _ in names(text, "organisation")] == [words]


def test_leader_areas_are_organisations_only_where_they_act():
    assert canonicals("Leader Norrdalen omfattar två kommuner.", "organisation") == []
    text = "LAG Leader Norrdalen möttes. Leader Norrdalen avslår."
    assert canonicals(text, "organisation") == ["Leader Norrdalen"] * 2


# --- places -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Region Norrbotten", [("organisation", "Region Norrbotten")]),
        ("företag i Norrbotten", [("county", "Norrbotten")]),
        ("i Norrbottens län", [("county", "Norrbotten")]),
        ("i Norrbottens och Västerbottens län", [("county", "Norrbotten"), ("county", "Västerbotten")]),
        ("Uppsala universitet", [("organisation", "Uppsala universitet")]),
        ("möte i Uppsala", [("municipality", "Uppsala")]),
        ("i Uppsala län", [("county", "Uppsala")]),
        ("Kalmar kommun", [("organisation", "Kalmar kommun")]),
        ("fem län: Sörmland, Uppsala och Örebro", [("county", c) for c in ("Södermanland", "Uppsala", "Örebro")]),
        ("five counties: Uppsala and Örebro", [("county", "Uppsala"), ("county", "Örebro")]),
        ("Gotlands, Kalmar och Kronobergs län", [("county", c) for c in ("Gotland", "Kalmar", "Kronoberg")]),
        ("Strömsunds och Ragunda kommuner", [("municipality", "Strömsund"), ("municipality", "Ragunda")]),
        ("kommunerna Kramfors, Mora och Berg", [("municipality", m) for m in ("Kramfors", "Mora", "Berg")]),
        ("Kalmar och Västervik", [("municipality", "Kalmar"), ("municipality", "Västervik")]),
        ("Kalmar och Kronoberg", [("county", "Kalmar"), ("county", "Kronoberg")]),
        ("751 25 Uppsala", []),
        ("Träcentrum Nässjö", []),
        ("Kalmar Sommarlovsdag", []),
        ("Mark behövs och Berg finns", []),
        ("Anna Lund", []),
        ("Malmöregionen och Uppsala-området", []),
    ],
)
def test_places(text, expected):
    assert [(k, c) for k, _, c in names(text) if k != "person"] == expected


# --- boards -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Regional tillväxtnämnd beslutar", ["Regional tillväxtnämnd"]),
        ("vad Region Uppsalas regionala utvecklingsnämnd beslutade", ["Regionala utvecklingsnämnden"]),
        ("REGIONALA UTVECKLINGSNÄMNDEN", ["Regionala utvecklingsnämnden"]),
        ("Nämnden för regional tillväxt har fattat beslut", ["Nämnden för regional tillväxt"]),
        (
            "Nämnd för arbetsmarknad, näringsliv och attraktivitet",
            ["Nämnd för arbetsmarknad, näringsliv och attraktivitet"],
        ),
        ("Nämnden för kultur, som sammanträdde och beslutade", ["Nämnden för kultur"]),
        ("Regionstyrelsens beslut", ["Regionstyrelsen"]),
        ("kommunstyrelsens arbetsutskott", ["Kommunstyrelsens arbetsutskott"]),
        ("Kultur- och fritidsnämnden", ["Kultur- och fritidsnämnden"]),
        ("Miljö-, klimat- och byggnämnden", ["Miljö-, klimat- och byggnämnden"]),
        ("Strukturfondspartnerskapet Småland och Öarna möttes", ["Strukturfondspartnerskapet Småland och Öarna"]),
        ("Övervakningskommittén för Interreg South Baltic", ["Övervakningskommittén för Interreg South Baltic"]),
        ("Regionnämndens och kulturnämndens presidier", ["Regionnämndens och kulturnämndens presidier"]),
        ("The Regional Executive Board (regionstyrelsen) of", ["Regionstyrelsen"]),
        ("fattats av förbundsdirektören", ["Förbundsdirektören"]),
        ("på delegation av regional utvecklingsdirektör", ["Regional utvecklingsdirektör"]),
        ("chefen för regional utveckling beslutar", ["Chefen för regional utveckling"]),
        ("Det beslutade nämnden.", ["Nämnden"]),
        ("regionens dåvarande miljönämnd", ["Miljönämnden"]),
        ("LAG beslutar", ["LAG"]),
        ("Länsstyrelsen och länsstyrelsens beslut", []),
        ("Socialstyrelsen och Skogsstyrelsen", []),
        ("en styrelse i ett partnerskap på delegation", []),
        ("enligt lag", []),
    ],
)
def test_boards(text, expected):
    assert canonicals(text, "board") == expected


# --- funds ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ur 1:1-anslaget", "1:1-anslaget"),
        ("ur 1:1 anslaget", "1:1-anslaget"),
        ("ur anslag 1:1.", "1:1-anslaget"),
        ("Region Norrbotten 1:1-medel 7 500 000", "1:1-anslaget"),
        ("det statliga anslaget 1:1 regionala tillväxtåtgärder", "1:1-anslaget"),
        ("beviljat 3 747 690 kr 1:1)", "1:1-anslaget"),
        ("av statens regionala utvecklingsmedel, anslag 1:1", "1:1-anslaget"),
        ("the national appropriation 1:1", "1:1-anslaget"),
        ("stöd ur regionalfonden", "Europeiska regionala utvecklingsfonden"),
        ("The European Regional Development Fund", "Europeiska regionala utvecklingsfonden"),
        ("via Eruf", "Europeiska regionala utvecklingsfonden"),
        ("ur socialfonden", "Europeiska socialfonden"),
        ("Europeiska socialfonden+", "Europeiska socialfonden+"),
        ("ur ESF+.", "Europeiska socialfonden+"),
        ("programmet JTF", "Fonden för en rättvis omställning"),
        ("Landsbygdsprogrammet står för 65 %", "Landsbygdsprogrammet"),
        ("Interreg South Baltic", "Interreg South Baltic"),
        ("Interreg Nordhavet Väst", "Interreg Nordhavet Väst"),
        ("Vinnovas program Vinnväxt", "Vinnväxt"),
    ],
)
def test_funds(text, expected):
    assert canonicals(text, "fund") == [expected]


@pytest.mark.parametrize(
    "text", ["ett ERUF-projekt", "ritning i skala 1:1", "projektstöd", "Leader är ett arbetssätt", "fro"]
)
def test_what_is_no_fund(text):
    assert canonicals(text, "fund") == []


# --- persons ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Skickas till:\nAnna Exempelsson, Luleå kommun\nBo Exempelsson, Regional utveckling", 2),
        ("Beslut fattas.\n\nAnna Exempelsson\nRegional utvecklingsdirektör", 1),
        ("Handläggare\tAnna Exempelsson", 1),
        ("Anna Exempelsson (S) yrkar bifall", 1),
        ("säger Anna Exempelsson, ansvarig", 1),
        ("Skickas till:\nUppsala Innovation Centre\nRegional Utveckling", 0),
        ("Projekt\nGrön Omställning Norr\nSmart Tillväxt", 0),
    ],
)
def test_persons_are_marked_without_their_names(text, expected):
    found = [s for s in find_names(text) if s.kind == "person"]
    assert len(found) == expected
    assert all(s.value is None for s in found)


# --- for every text ---------------------------------------------------------------------------------------------

_WORDS = st.sampled_from(
    [
        *("Region", "Luleå", "kommun", "läns", "(LTU)", "LTU:s", "AB", "Stiftelsen", "och", ",", "\n", "\t", "nämnden"),
        *("1:1-anslaget", "för", "regional", "ÖREBRO", "LAG", "län", "vid", "Länsstyrelserna i", "Kalmar", "-", "–"),
        *("ESF+", "Interreg", "Leader", "(S)", "Skickas till:", "Anna", "İ", "ß", "\u00ad", "\u00a0", "i", "(", ")"),
    ]
)
_TEXT = st.one_of(st.text(max_size=120), st.lists(_WORDS, max_size=25).map(" ".join))


@settings(max_examples=150, deadline=None)
@given(_TEXT)
def test_every_text_gives_spans_in_order_within_it(text):
    spans = find_names(text)
    for span in spans:
        assert 0 <= span.start < span.end <= len(text)
        assert text[span.start : span.end].strip()
        if span.value is not None:
            assert span.value.canonical and "\n" not in span.value.text
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert find_names(text) == spans
