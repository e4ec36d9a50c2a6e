"""Organisation numbers beside names, from the paper to the graph."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.annotate.annotator import Annotator
from kg.model import Claim
from tests.extract.decisions import PLAIN, claims_of

NUMBER = "556703-7485"


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    return Annotator()


def numbers(annotator: Annotator, folder: Path, text: str) -> list[Claim]:
    return claims_of("organisation_number", annotator, folder, text)


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        (PLAIN.replace("AB", f"AB (org.nr {NUMBER})"), f"Norrteknik AB (org.nr {NUMBER})"),
        (PLAIN.replace("AB", f"AB, {NUMBER},"), f"Norrteknik AB, {NUMBER}"),
        (PLAIN.replace("AB", f"AB, organisationsnummer {NUMBER},"), f"Norrteknik AB, organisationsnummer {NUMBER}"),
        (f"Sökande: Norrteknik AB\nOrganisationsnummer: {NUMBER}\n\n{PLAIN}", "Norrteknik AB"),
        (f"Sökande\nNorrteknik AB\nOrg.nr\n{NUMBER}\n\n{PLAIN}", "Norrteknik AB"),
    ],
)
def test_a_number_beside_a_name_is_claimed(annotator: Annotator, tmp_path: Path, text: str, quote: str) -> None:
    (claim,) = numbers(annotator, tmp_path, text)
    assert (claim.value.lexical, claim.value.number) == ("Norrteknik AB", NUMBER)
    assert claim.evidence.quote.startswith(quote) and NUMBER in claim.evidence.quote


@pytest.mark.parametrize(
    "text",
    [
        f"{PLAIN}Organisationsnummer {NUMBER}\n",  # in the foot: whose it is, nobody says
        PLAIN.replace("AB", "AB (org.nr 556703-7486)"),  # a wrong check digit
        PLAIN.replace("AB", "AB (640823-3234)"),  # a person's number
        f"Sökande: Norrteknik AB\nRevisor: Granskarna KB, {NUMBER}\n\n{PLAIN}",  # of one on whom nothing is decided
    ],
)
def test_another_number_is_not(annotator: Annotator, tmp_path: Path, text: str) -> None:
    assert numbers(annotator, tmp_path, text) == []
