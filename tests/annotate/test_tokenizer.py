"""The tokenizer: tokens begin and end where amounts and dates do."""

from __future__ import annotations

import pytest
from spacy.language import Language

from kg.annotate.tokenizer import make_nlp


@pytest.fixture(scope="module")
def nlp() -> Language:
    return make_nlp()


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("50 000:- till", ["50", "000", ":-", "till"]),
        ("1:1-anslaget", ["1:1-anslaget"]),
        ("åren 2018–2021.", ["åren", "2018", "–", "2021", "."]),
        ("2017-01-01–2020-06-01", ["2017-01-01", "–", "2020-06-01"]),
        ("7,5mkr", ["7,5", "mkr"]),
        ("300 kr.", ["300", "kr", "."]),
        ("26%", ["26", "%"]),
        ("RUN/281/2022, RUN 2022/0187", ["RUN/281/2022", ",", "RUN", "2022/0187"]),
        ("bl.a. EU-projektet", ["bl.a.", "EU-projektet"]),
    ],
)
def test_tokens(nlp: Language, text: str, tokens: list[str]) -> None:
    assert [token.text for token in nlp(text)] == tokens


def test_nothing_is_lost(nlp: Language) -> None:
    text = "365\u00a0484 kronor  –  \n50 000:-\t7,5mkr (2018–2021)."
    assert "".join(token.text_with_ws for token in nlp(text)) == text
