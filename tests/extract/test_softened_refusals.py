"""Refusals that a letter softens, raises refused, reports approved, and the names that such sentences give."""

from __future__ import annotations

import pytest

from tests.extract.lists import facts
from tests.extract.test_false_facts import _of_minutes, _only


@pytest.mark.parametrize("told", ["fanns tyvärr inte bland dem", "hörde tyvärr inte till dem", "var inte bland dem"])
def test_an_application_that_is_not_among_those_granted_is_refused_and_an_example_is_no_grant_of_it(told: str) -> None:
    one = _only(
        facts(f"""
        Hej!

        Tack för er ansökan "Lin förr och nu" som kom in den 5 mars 2023.

        Kulturnämnden har den 20 april 2023 gått igenom 40 ansökningar och beviljat 12 av dem sammanlagt 900 000 kronor.
        Er ansökan om 95 000 kronor {told}. Vi kan nämna att projekt som "Ull & Nål" (beviljat 70 000 kronor 2022) visar
        att det går att söka igen.
    """)
    )
    assert (one["project"], one["outcome"], one["date"]) == ("Lin förr och nu", "rejected", "2023-04-20")
    assert (one["amount_sek"], one["applied_amount_sek"]) == (None, 95_000)


@pytest.mark.parametrize("report", ["slutrapporten", "slutredovisningen", "redovisningen"])
def test_a_report_that_is_approved_is_no_grant_of_what_is_left_over(report: str) -> None:
    found = facts(f"""
        Ydre kommun
        Kommunstyrelsen

        KS §11/2022 – 2022-03-07
        Ansökan från Asby Byalag om stöd för Bygdens bastu
        Beslut: Beviljas 60 000 kr av sökta 90 000 kr
        ----
        KS §12/2022 – 2022-03-07
        Redovisning av projektet Lek i skog
        Beslut: Kommunstyrelsen godkänner {report}. Återstående medel, 12 300 kr, återförs.
    """)
    assert [d["amount_sek"] for d in found["decisions"]] == [60_000]
    assert [line["amount_sek"] for line in found["financing"]] == [60_000]


def test_a_longer_name_in_apposition_is_another_project_than_the_one_it_begins_with() -> None:
    told = """
        # Project bank: KustMat+

        **Programme:** Interreg Central Baltic
        **Lead partner:** Gotlands hembygdsförbund (SE)
        **Total budget:** 1.2 M€
        **Project period:** 01.05.2023–31.10.2025
        **Status:** Approved 15 December 2022

        KustMat+ builds on the results of KustMat (2015-2018). A previous proposal, KustMat Mini, was rejected in 2020.
    """
    found = facts(told, "paper.md")["decisions"]
    assert {d["project"]: d["outcome"] for d in found} == {"KustMat+": "granted", "KustMat Mini": "rejected"}


@pytest.mark.parametrize("most", ["Störst stöd", "Mest pengar", "Högst belopp"])
def test_the_most_that_was_given_is_no_project_and_a_refusal_is_of_the_one_it_names(most: str) -> None:
    found = facts(f"""
        Sparbanksstiftelsen Norrland
        Nyhet 2023-05-04

        Styrelsen har fördelat 4 miljoner kronor till 9 projekt. {most} får Stjärnhuset, Arvidsjaur, med 1,5 miljoner
        kronor. Däremot blev det nej till Ishall i Arjeplog, som hade sökt 2 miljoner kronor.
    """)["decisions"]
    told = {d["project"]: (d["outcome"], d["amount_sek"], d["applied_amount_sek"]) for d in found}
    assert told == {
        "Stjärnhuset": ("granted", 1_500_000, None),
        "Ishall i Arjeplog": ("rejected", None, 2_000_000),
    }


@pytest.mark.parametrize("asked", ["begäran om att", "kommunens ansökan om att", "däremot önskemålet att"])
def test_a_raise_that_is_refused_changes_and_pays_nothing(asked: str) -> None:
    refusal = f"Nämnden avslår {asked} höja stödet till Glasvägen från 300 000 kronor till 500 000 kronor."
    found = _of_minutes("Projektet Glasvägen", refusal)
    assert [d["outcome"] for d in found["decisions"]] == ["rejected"]
    assert found["financing"] == []
