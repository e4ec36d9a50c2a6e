"""Definite nouns that stand for an organisation named elsewhere in the paper."""

from __future__ import annotations

from tests.extract.lists import facts, paid


def test_the_municipality_of_its_own_paper() -> None:
    paper = facts(
        """
        Sala kommun                                Protokoll
        Kommunstyrelsen                            2022-03-16

        KS § 12  Träets väg

        Beslut
        Kommunstyrelsen beslutar att bevilja Stiftelsen Nordvirke 40 000 kronor till projektet Träets väg.

        Bakgrund
        Heby kommun och Tierps kommun deltar. Projektet ersätter Kvistens Kraft, som kommunen finansierade.
        """
    )
    assert ("Kvistens Kraft", "Sala kommun", None) in paid(paper)


def test_a_noun_takes_the_organisation_of_its_kind() -> None:
    paper = facts(
        """
        Region Bergslagen                          Protokoll
        Regionala utvecklingsnämnden               2022-03-16

        § 12  Träets väg

        Beslut
        Regionala utvecklingsnämnden beslutar att bevilja projektet Träets väg 500 000 kronor.

        Ärendet
        Karlstads universitet samarbetar med Sala kommun. Universitetet äger projektet.
        """
    )
    assert paper["decisions"][0]["beneficiary"] == "Karlstads universitet"
