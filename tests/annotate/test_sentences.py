"""Where sentences end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.annotate.sentences import split_sentences


def read(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Stödet gäller bl.a. Region Norr och t.ex. Norrstads kommun",
        "Mål enl. SMART och dvs. Mer",
        "AI.ALL* bygger på AI.MEE och AI.ALL",
        "Mötet börjar kl. 9 den 14 mars",
        "Föreningen Exempel ek. för. har sökt",
        "t.o.m. 2021 och fr.o.m. 2023",
        "Den s.k. Norrmodellen, f.d. Sydmodellen, resp. Östmodellen",
        "1. Projektet beviljas 7,5 mkr",
        "a) Beslutet ligger fast",
        "2.1. Bakgrund till projektet",
        "Ordföranden A. Exempelsson yrkar bifall",
        "Medel ur anslag 1:1 om 3.5 Mkr",
        "Hamnen i St. Olof byggs ut",
        "p.g.a. Covid",
        "Kostnaden är 4.529.875 kr och 15.8 miljoner",
    ],
)
def test_one_sentence(text: str) -> None:
    assert read(text) == [text]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Första. Andra! Tredje? Fjärde.", ["Första.", "Andra!", "Tredje?", "Fjärde."]),
        ("Projektet AI.ALL. Det bygger på AI.MEE.", ["Projektet AI.ALL.", "Det bygger på AI.MEE."]),
        ("Det kostar 1 350 000 kr. Kvar är 2 mkr. Bra.", ["Det kostar 1 350 000 kr.", "Kvar är 2 mkr.", "Bra."]),
        ("Pågår till 2021. 10 företag deltar.", ["Pågår till 2021.", "10 företag deltar."]),
        ("Beviljat (dnr RUN 2019/0302). Kommunen deltar.", ["Beviljat (dnr RUN 2019/0302).", "Kommunen deltar."]),
        ("Kost, logi m.m. Nästa punkt.", ["Kost, logi m.m.", "Nästa punkt."]),
        ("Det säger ”vi”. ”Ja.” Slut.", ["Det säger ”vi”.", "”Ja.”", "Slut."]),
        ("En rad. \nEn till", ["En rad.", "En till"]),
        ("cell ett\tcell två", ["cell ett", "cell två"]),
        ("Förslag B. Nämnden beslutar.", ["Förslag B.", "Nämnden beslutar."]),
        ("Forskare var med. Förstudien visade det.", ["Forskare var med.", "Förstudien visade det."]),
        ("", []),
        (" \n\t ", []),
    ],
)
def test_several_sentences(text: str, sentences: list[str]) -> None:
    assert read(text) == sentences


@given(st.text(alphabet=st.sampled_from("AaÅåb1.!? \n\t\u00a0)”-é\u2028"), max_size=80))
def test_every_character_is_in_one_sentence(text: str) -> None:
    spans = split_sentences(text)
    covered = [i for start, end in spans for i in range(start, end)]
    assert covered == sorted(set(covered))
    assert {i for i, c in enumerate(text) if not c.isspace()} <= set(covered)
    assert not any("\n" in text[s:e] or "\t" in text[s:e] or text[s:e] != text[s:e].strip() for s, e in spans)
