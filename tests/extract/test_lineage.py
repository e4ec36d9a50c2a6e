"""What a project goes on from, and what it only resembles."""

from __future__ import annotations

import pytest

from tests.extract.lists import facts

_PAPER = """
Region Bergslagen                          Protokoll
Regionala utvecklingsnämnden               2022-03-16

§ 12  Träets väg

Beslut
Regionala utvecklingsnämnden beslutar att bevilja projektet Träets väg 500 000 kronor.

Ärendet
{}
"""


@pytest.mark.parametrize(
    "sentence",
    [
        "Träets väg bygger vidare på Kvistens Kraft.",
        "Träets väg är en direkt fortsättning på projektet Kvistens Kraft.",
        "Projektet tar avstamp i förstudien Kvistens Kraft.",
        "Arbetet tar vid där projektet Kvistens Kraft slutade.",
        "Träets väg är nästa steg efter idéstudien Kvistens Kraft.",
        "Projektet tar tillvara de metoder som har prövats i projektet Kvistens Kraft.",
        "Resultaten från projektet Kvistens Kraft tas vidare i Träets väg.",
        "Projektet växer fram ur Kvistens Kraft.",
        "Projektet ersatte Kvistens Kraft.",
        "Idén föddes i förstudien Kvistens Kraft.",
    ],
)
def test_ways_to_go_on(sentence: str) -> None:
    links = facts(_PAPER.format(sentence))["lineage"]
    assert [(x["project"], x["predecessor"]) for x in links] == [("Träets väg", "Kvistens Kraft")]


def test_acronyms_on_both_sides() -> None:
    links = facts(_PAPER.format("TRÄVÄG är en fortsättning på KVISTKRAFT."))["lineage"]
    assert [(x["project"], x["predecessor"]) for x in links] == [("TRÄVÄG", "KVISTKRAFT")]


@pytest.mark.parametrize(
    "sentence",
    [
        "Parallellt pågår projektet Kvistens Kraft.",
        "Projektet liknar Kvistens Kraft.",
        "Ett systerprojekt, Kvistens Kraft, drivs i Dalarna.",
    ],
)
def test_likeness_is_no_lineage(sentence: str) -> None:
    assert facts(_PAPER.format(sentence))["lineage"] == []
