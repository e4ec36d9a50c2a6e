"""Encodings of Swedish papers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.read.decode import UndecodableError, decode

TEXT = "Regionstyrelsen i Åre beslutar på förslag av Härnösands kommun att bevilja 3 747 690 kronor – för Åsöns café."
LATIN = TEXT.replace("–", "-")


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "mac_roman"]
)
def test_encodings(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)) == TEXT


@pytest.mark.parametrize("encoding", ["latin-1", "cp850", "iso8859-15"])
def test_encodings_without_dashes(encoding: str) -> None:
    assert decode(LATIN.encode(encoding)) == LATIN


def test_a_declared_encoding_holds_where_it_fits() -> None:
    page = '<html><meta charset="iso-8859-2"><p>Łódź och Åre</p>'.replace("Å", "A")
    assert decode(page.encode("iso-8859-2")) == page
    wrong = '<meta charset="utf-16"><p>Åre kommun</p>'
    assert decode(wrong.encode("cp1252")) == wrong
    declared_latin = '<meta charset="iso-8859-1"><p>Åre – kommun</p>'
    assert decode(declared_latin.encode("utf-8")) == declared_latin


def test_utf8_with_a_broken_sign_stays_utf8() -> None:
    data = TEXT.encode() + b" kost\xe5 " + TEXT.encode()
    assert decode(data) == f"{TEXT} kostå {TEXT}"
    assert decode(TEXT.encode()[:-8] + "é".encode()[:1]).startswith("Regionstyrelsen i Åre")


def test_undefined_bytes_of_windows() -> None:
    assert decode(b"F\xf6rslag \x81 till \x96 beslut") == "Förslag \x81 till – beslut"


def test_broken_utf16() -> None:
    with pytest.raises(UndecodableError):
        decode(b"\xff\xfea")


@given(st.text(alphabet="abcåäöÅÄÖé §1 \n", min_size=1, max_size=60).filter(lambda text: not text.isspace()))
def test_utf8_always_comes_back(text: str) -> None:
    assert decode(text.encode()) == text


@given(st.binary(max_size=200))
def test_any_bytes_decode_or_fail_cleanly(data: bytes) -> None:
    try:
        assert isinstance(decode(data), str)
    except UndecodableError:
        pass
