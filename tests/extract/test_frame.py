"""Whose paper it is, who decided, on which day, and to whom it is written."""

from __future__ import annotations

from typing import Any

from tests.extract.lists import facts


def _one(text: str) -> dict[str, Any]:
    decisions = facts(text)["decisions"]
    assert len(decisions) == 1
    return decisions[0]


def test_a_letter_names_its_reader_and_its_decider() -> None:
    found = _one(
        """
        MYNDIGHETEN FÖR SKOGLIG FÖRNYELSE

        Beslut
        Datum 2023-05-08
        Ärende-ID 20361234

        Karlstads universitet
        Org.nr 202100-3120

        Beslut om avslag

        Vi avslår er ansökan om stöd till projektet Träets väg.

        Skäl
        Pengarna räckte inte. Ni kan söka igen.

        Beslut i ärendet har fattats av enhetschefen.
        """
    )
    assert found["outcome"] == "rejected"
    assert found["authority"] == "Myndigheten för skoglig förnyelse"
    assert found["deciding_body"] == "Enhetschefen"
    assert found["beneficiary"] == "Karlstads universitet"
    assert found["date"] == "2023-05-08"
    assert found["case_ids"] == ["20361234"]


def test_a_board_named_in_short_decides() -> None:
    found = _one(
        """
        Viskans kommunalförbund

        Direktionen för Viskans kommunalförbund fördelade den 3 maj 2022 pengar till projekt.
        Direktionen beviljade Borås kommun 200 000 kronor till projektet Träets väg.
        """
    )
    assert (found["authority"], found["deciding_body"], found["date"]) == (
        "Viskans kommunalförbund",
        "Direktionen",
        "2022-05-03",
    )


def test_the_genitive_of_a_heading_is_set_right() -> None:
    found = _one(
        """
        Sala kommun                                Protokoll
        Kommunstyrelsen                            2022-03-16

        KS § 12  Träets väg

        KOMMUNSTYRELSENS BESLUT

        Sala kommun medfinansierar projektet Träets väg med 40 000 kronor.
        """
    )
    assert (found["deciding_body"], found["authority"]) == ("Kommunstyrelsen", "Sala kommun")


def test_a_date_that_limits_is_not_the_day_of_decision() -> None:
    found = _one(
        """
        Region Bergslagen                          Protokoll
        Regionala utvecklingsnämnden               2022-03-16

        § 12  Träets väg

        Beslut
        Regionala utvecklingsnämnden beslutar att förlänga projektet Träets väg till 2023-12-31.
        """
    )
    assert found["date"] == "2022-03-16"


def test_who_takes_back_an_application_is_no_authority() -> None:
    paper = facts(
        """
        Samordningsförbundet Malmen
        Protokoll från styrelsemöte den 4 maj 2022

        § 8  Bryggan
        Sala kommun har den 2 maj återkallat sin ansökan om 300 000 kronor till Bryggan. Styrelsen noterar det.
        """
    )
    for found in paper["decisions"]:
        assert found["authority"] != "Sala kommun"
