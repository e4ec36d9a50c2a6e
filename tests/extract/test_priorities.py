"""Which priority of a strategy or programme a project contributes to, from the paper to the question."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.annotate.annotator import Annotator
from kg.clean import clean
from kg.extract import extract
from kg.model import Claim
from kg.read import read
from tests.extract.decisions import HEAD, PLAIN, claims_of


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    return Annotator()


def priorities(annotator: Annotator, folder: Path, text: str) -> list[Claim]:
    return claims_of("priority", annotator, folder, text)


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("Prioriterat område: Smart industri", "Smart industri"),
        ("RUS prioriterat område: Prioritering 1: Dalen – en nytänkande bygd", "Dalen – en nytänkande bygd"),
        ("Prioritering: 2 - Hållbar livsmiljö", "Hållbar livsmiljö"),
        ("Insatsområde: 2", "Insatsområde 2"),
        ("Insatsområde: 2. Kompetens för framtiden", "Kompetens för framtiden"),
        ("Projektet bidrar till prioritering 3 i den regionala utvecklingsstrategin.",
         "Prioritering 3 i den regionala utvecklingsstrategin"),
        ("Projektet bidrar till prioriteringen Smart industri i den regionala utvecklingsstrategin.", "Smart industri"),
        ("Projektet ligger i linje med RUS prioritering 1: Dalen - en nytänkande bygd, delprioritering 1.2 Nya vägar.",
         "Dalen – en nytänkande bygd"),
        ("Projektet genomförs enligt utvecklingsstrategins prioriterade område Smart industri och bidrar till målet.",
         "Smart industri"),
        ("Området Smart industri i utvecklingsstrategin är prioriterat.", "Smart industri"),
        ("Projektet hör till insatsområde ett inom det regionala strukturfonds-programmet.",
         "Insatsområde 1 i det regionala strukturfondsprogrammet"),
        ("Stödet tas ur insatsområde 3, Öka konkurrenskraften hos små företag, och avser år 2023.",
         "Öka konkurrenskraften hos små företag"),
        ("Projektet bidrar till politiskt mål 1.", "Politiskt mål 1"),
        ("Projektet bidrar till det särskilda målet ”Ökad innovationskraft” i programmet.", "Ökad innovationskraft"),
        ("Insatsen ryms inom särskilt mål (ii) i programmet.", "Särskilt mål (ii) i programmet"),
    ],
)
def test_a_priority_is_claimed_with_its_words(annotator: Annotator, tmp_path: Path, words: str, value: str) -> None:
    (claim,) = priorities(annotator, tmp_path, f"{PLAIN}\n{words}\n")
    assert (claim.subject, claim.value.lexical) == ("project/1", value)
    assert claim.evidence.quote in words.replace(": ", "\t", 1) or claim.evidence.quote in words
    assert claim.evidence.rule.startswith("priority.")


@pytest.mark.parametrize(
    "words",
    [
        "Prioritering: 2",  # a rank among the applications
        "Prioritering: Beviljas",  # what became of it
        "Prioritering: ja",
        "Vid den samlade prioriteringen har flera projekt vägts mot varandra.",
        "Projektet bidrar inte till prioriteringen Smart industri i utvecklingsstrategin.",
        "Delprioritering: 1.2 Nya vägar",
        "Projektet överensstämmer med regionens prioriteringar i RUS.",
        "Insatsområde: kompetensförsörjning och en lång rad andra saker som ingen skulle kalla ett namn på något alls, "
        "eftersom det är en hel mening.",
    ],
)
def test_other_words_are_no_priority(annotator: Annotator, tmp_path: Path, words: str) -> None:
    assert priorities(annotator, tmp_path, f"{PLAIN}\n{words}\n") == []


def test_each_project_has_the_priority_of_its_own_matter(annotator: Annotator, tmp_path: Path) -> None:
    text = (
        "§ 5 Ansökan om medel till projektet Norrsken\n\n"
        "Nämnden beviljar Norrteknik AB 500 000 kronor till projektet Norrsken.\n"
        "Projektet bidrar till prioriteringen Smart industri i utvecklingsstrategin.\n\n"
        "§ 6 Ansökan om medel till projektet Sydvind\n\n"
        "Nämnden beviljar Sydteknik AB 300 000 kronor till projektet Sydvind.\n"
        "Projektet bidrar till prioriteringen Hållbar livsmiljö i utvecklingsstrategin.\n"
    )
    path = tmp_path / "paper.txt"
    path.write_text(HEAD + text, encoding="utf-8")
    claims = extract(annotator.annotate(clean(read(path)))).claims
    names = {c.subject: c.value.lexical for c in claims if c.property == "name"}
    found = {names[c.subject]: c.value.lexical for c in claims if c.property == "priority"}
    assert {name.split()[-1]: value for name, value in found.items()} == {
        "Norrsken": "Smart industri", "Sydvind": "Hållbar livsmiljö"
    }
