"""Names: what is identity and what is writing."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.resolve.names import (
    board_key,
    is_acronym,
    make_slug,
    mint_names,
    name_forms,
    name_key,
    name_markers,
    organisation_key,
    squeeze,
)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("NO.RD", "NO:RD"),
        ("NO.RD", "no rd"),
        ("Norrsken – ljus i väst", "Norrsken - ljus i väst"),
        ("Skog & hav", "Skog och hav"),
        ("Norrsken etapp II", "Norrsken etapp 2"),
        ("Norrsken fas I", "Norrsken fas 1"),
        ("Norrsken III", "Norrsken 3"),
        ("Projekt Norrsken", "Norrsken"),
        ("projektet Norrsken", "Norrsken"),
        ("Norr\u00adsken", "Norrsken"),
        ("”Norrsken”", "Norrsken"),
        ("Östersjön", "O\u0308stersjo\u0308n"),
    ],
)
def test_writing_is_not_identity(left: str, right: str) -> None:
    assert name_key(left) == name_key(right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("NO.RD", "NO.RD*"),
        ("NO.RD", "NO.RD+"),
        ("Norrsken", "Norrsken II"),
        ("Norrsken etapp 1", "Norrsken etapp 2"),
        ("Norrsken 1.0", "Norrsken 1.1"),
        ("Norrsken 2020", "Norrsken 2021"),
        ("Material X", "Material 10"),
        ("Material X", "Material"),
        ("Ängen", "Angen"),
        ("Projekt", "Norrsken"),
        ("Norrsken AB", "Norrsken"),
    ],
)
def test_numbers_signs_and_letters_are_identity(left: str, right: str) -> None:
    assert name_key(left) != name_key(right)


def test_markers_are_told_from_years() -> None:
    assert name_markers("Norrsken etapp 2, 2020-2023") == (frozenset({"2"}), frozenset({"2020", "2023"}))
    assert name_markers("NO.RD*") == (frozenset({"*"}), frozenset())


def test_the_parts_of_a_name() -> None:
    forms = name_forms("NORD - nya orter runt Dalälven")
    assert forms.parts == {"nord", "nya orter runt dalälven"}
    assert forms.introduced == {"nord", "nya orter runt dalälven"}
    assert name_forms("Nya orter runt Dalälven (NORD)").introduced == forms.introduced
    assert name_forms("Nya orter runt Dalälven (nya byar)").introduced == frozenset()
    # A subtitle behind a title names nothing by itself.
    assert name_forms("Gröna resor – exempel från norr").parts == {"gröna resor"}


@pytest.mark.parametrize("name", ["NORD", "BioKust", "IDiD", "I2P"])
def test_acronyms(name: str) -> None:
    assert is_acronym(name)


@pytest.mark.parametrize("name", ["Nord", "NORD VÄST", "nord", "NORDVÄSTERSJÖN"])
def test_no_acronyms(name: str) -> None:
    assert not is_acronym(name)


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("Byn Aktiebolag", "BYN AB", True),
        ("AB Byn", "Byn AB", True),
        ("Lammen ekonomisk förening", "Lammen ek. för.", True),
        ("Byn AB", "Byn", False),
        ("Byn AB", "Byn ekonomisk förening", False),
        ("Norrsken II AB", "Norrsken AB", False),
    ],
)
def test_the_legal_form_is_identity_but_not_its_writing(left: str, right: str, same: bool) -> None:
    assert (organisation_key(left) == organisation_key(right)) is same


def test_boards_in_both_forms() -> None:
    assert board_key("Regionala utvecklingsnämnden") == board_key("Regional utvecklingsnämnd")
    assert board_key("REGIONSTYRELSEN") == board_key("regionstyrelse")
    assert board_key("Regionstyrelsen") != board_key("Regionfullmäktige")


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("NO.RD*", "no-rd-star"),
        ("Leader Sjö, Skog & Fjäll", "leader-sjo-skog-och-fjall"),
        ("Växt 2.0", "vaxt-2-0"),
        ("Ærø", "aero"),
    ],
)
def test_slugs(name: str, slug: str) -> None:
    assert make_slug(name_key(name)) == slug


@given(st.text(max_size=120))
def test_a_slug_is_always_safe(name: str) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", make_slug(name_key(name)))


@given(st.sets(st.text(alphabet="aåäAÅbB*+ 12(日-.", min_size=1, max_size=6), max_size=8))
def test_different_keys_get_different_slugs_in_any_order(names: set[str]) -> None:
    keys = sorted({name_key(n) for n in names})
    minted = mint_names(keys)
    assert len(set(minted.values())) == len(keys)
    assert mint_names(reversed(keys)) == minted


@given(st.text(max_size=30))
def test_a_key_is_its_own_key_but_for_roman_numerals(name: str) -> None:
    key = name_key(name)
    assert key == key.strip() and "  " not in key


def test_numbers_are_compared_without_blanks() -> None:
    assert squeeze("RUN 2023/0412") == squeeze("run2023-0412")


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("Ljus i ladan, andra etappen", "Ljus i ladan etapp 2", True),
        ("Ljus i ladan, fas två", "Ljus i ladan fas II", True),
        ("Ljus i ladan, phase two", "Ljus i ladan, phase 2", True),
        ("Ljus i ladan, första etappen", "Ljus i ladan, andra etappen", False),
        ("Första steget", "Steg 1", False),
        ("Förstudie Ljus i ladan", "Ljus i ladan – förstudie", True),
        ("Förstudie Ljus i ladan", "Ljus i ladan", False),
        ("De tre etapperna", "De 3 etapperna", False),
    ],
)
def test_stages_in_words_are_numbers(left: str, right: str, same: bool) -> None:
    assert (name_key(left) == name_key(right)) is same
