"""Repair of characters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.clean import clean
from kg.clean.repair import DROPPED, HELD, repair_characters
from kg.model import RawDocument


def cleaned(text: str) -> str:
    return clean(RawDocument("0" * 64, "test", "text/plain", text)).text


@pytest.mark.parametrize(
    ("raw", "repaired"),
    [
        ("FÃ¶rslag till beslut", "Förslag till beslut"),
        ("Ã…re kommun, Ã„lvsbyn och Ã–rebro", "Åre kommun, Älvsbyn och Örebro"),
        ("Ã\x85re, Ã\x84lvsbyn, Ã\x96rebro", "Åre, Älvsbyn, Örebro"),
        ("2018â€“2020 â€” â€™sâ€™ â€œsaâ€\x9d", "2018–2020 — ’s’ “sa”"),
        ("500Â kr Â§ 4", "500 kr § 4"),
        ("FÃƒÂ¶rslag", "Förslag"),
        ("F√∂rslag om √•tg√§rder", "Förslag om åtgärder"),
        ("e\ufb03cient \ufb01sk och \ufb02od", "efficient fisk och flod"),
        ("Upp\u00adsala", "Uppsala"),
        ("1\u00a0218\u202f280\u2009kronor", "1 218 280 kronor"),
        ("ett\x00 tv\x07å", "ett två"),
        ("Samhälls\x02\nrepre", "Samhällsrepre"),
        ("regio\x02nala EU\x02medel", "regionala EU-medel"),
        ("\uf0b7 Första", "• Första"),
        ("AI.ALL\u2011projektet", "AI.ALL-projektet"),
    ],
)
def test_repairs(raw: str, repaired: str) -> None:
    assert cleaned(raw) == repaired


@pytest.mark.parametrize(
    "text",
    [
        "”PÅ” och ”FRAMÅT” står så här: ”Å”",
        "så»\u00a0sa hon",
        "Îles, Ânes, façade, Übermut, Ærø, São Tomé",
        "ö–ä –å– §Å ½ © Å§",
        "½ à la carte, è, ñ, ø, €",
        "SÃO PAULO",
        "Ä”Ä” Ö”. Ä–Ö",
        "É—Å…",
    ],
)
def test_correct_text_is_never_changed(text: str) -> None:
    assert repair_characters(text).replace("\u00a0", " ") == text.replace("\u00a0", " ")


SWEDISH = st.text(alphabet="abcdefghijklmnopqrstuvwxyzåäöÅÄÖÉéüABC 0123456789.,:;!?–—”’»«§%()-/\n", max_size=80)


@given(SWEDISH)
def test_swedish_is_never_changed(text: str) -> None:
    assert repair_characters(text) == text


@given(SWEDISH)
def test_mojibake_of_swedish_comes_back(text: str) -> None:
    broken = text.encode("utf-8").decode("latin-1")
    repaired = repair_characters(broken)
    assert len(repaired) == len(broken)
    assert repaired.replace(HELD, "").replace(DROPPED, "") == text


@given(st.text(max_size=60))
def test_repair_keeps_the_length(text: str) -> None:
    assert len(repair_characters(text)) == len(text)
    assert len(repair_characters(text, references=True)) == len(text)
