"""A paper whose letters were broken on the way gives the same facts, and says that they were repaired."""

from __future__ import annotations

from kg.annotate import Annotator
from kg.clean import clean
from kg.extract import extract, record
from kg.read import read_bytes

PAPER = """Region Exempel

§ 4 Medfinansiering av projektet Ängsljus

Beslut
Regionstyrelsen beviljar Luleå tekniska universitet 100 000 kronor till projektet Ängsljus.

Finansiering

Finansiär Sökt belopp
Tillväxtverket 200 000 kr
Luleå kommun 50 000 kr
Region Exempel 100 000 kr
"""


def test_broken_letters_cost_no_letter_of_a_name() -> None:
    annotator = Annotator()
    broken = PAPER.encode().decode("latin-1").encode()
    sound, repaired = (
        extract(annotator.annotate(clean(read_bytes(data, "p.txt")))) for data in (PAPER.encode(), broken)
    )
    one, two = record(sound), record(repaired)
    assert {r["funder"] for r in one["financing"]} == {"Region Exempel", "Tillväxtverket", "Luleå kommun"}
    assert one["decisions"] == two["decisions"] and one["financing"] == two["financing"]
    assert [i["code"] for i in two["issues"]].count("encoding_repaired") == 1
    assert "encoding_repaired" not in [i["code"] for i in one["issues"]]
