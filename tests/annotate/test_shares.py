"""Shares in per cent."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.annotate.shares import find_shares


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("beviljas 31 procent av", [("31 procent", "31")]),
        ("högst 50 % av", [("50 %", "50")]),
        ("endast 26% av", [("26%", "26")]),
        ("12,5 %", [("12,5 %", "12.5")]),
        ("48,75 procent", [("48,75 procent", "48.75")]),
        ("står för 65 %.", [("65 %", "65")]),
        ("by 70 per cent.", [("70 per cent", "70")]),
        ("33\u00a0procent", [("33\u00a0procent", "33")]),
        ("cirka 15-25 % av", [("15", "15"), ("25 %", "25")]),
        ("15–25 %", [("15", "15"), ("25 %", "25")]),
        ("ökar 3 procentenheter", []),
        ("3 %-enheter", []),
        ("femtio procent", [("femtio procent", "50")]),
        ("Regionens del är tjugofem procent av", [("tjugofem procent", "25")]),
        ("några procent, flera procent, trettiotvå procentenheter", []),
        ("hälften av kostnaden", []),
        ("en 50-procentig tjänst", []),
        ("fas2 30", []),
        ("30\nprocent", []),
        ("30\tprocent", []),
    ],
)
def test_reads_shares(text: str, found: list[tuple[str, str]]) -> None:
    spans = list(find_shares(text))
    assert [(text[s.start : s.end], str(s.value)) for s in spans] == found
    assert all(s.kind == "share" for s in spans)


@given(st.decimals(min_value=0, max_value=100, places=2), st.sampled_from(["%", " %", " procent", " per cent"]))
def test_shares_come_back(share: Decimal, unit: str) -> None:
    text = f"stöd med {str(share).replace('.', ',')}{unit} av kostnaderna"
    assert [s.value for s in find_shares(text)] == [share]
