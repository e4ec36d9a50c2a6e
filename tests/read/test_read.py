"""Reading files: what is read, and the one clear message for each that is not."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import ReadError
from kg.issues import CODES
from kg.read import LINE_LIMIT, READERS, read, read_bytes

GIF = b"GIF89a\x01\x00" + bytes(range(256)) * 4


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (b"", "empty", "empty"),
        (b" \r\n\t \n", "empty", "empty"),
        (b"\xef\xbb\xbf \n", "empty", "white space"),
        (b"<html><head><script>x()</script></head><body><nav>Start</nav></body></html>", "empty", "no text"),
        (b"\0" * 5000, "not_text", "zero bytes"),
        (b"\0\0 \n\0", "not_text", "zero bytes"),
        (b"GIF89a\x01\x00", "not_text", "GIF picture"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "unreadable", "PDF file is damaged"),
        (b"PK\x03\x04" + b"\0" * 26 + b"word/document.xml", "unreadable", "damaged"),
        (b"PK\x03\x04" + b"\0" * 26 + b"notes.txt", "not_text", "archive of papers"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "not_text", "old Word"),
        (bytes(range(32)) * 100, "not_text", "control characters"),
        (b"\xff\xfe" + "hej".encode("utf-16-le") + b"x", "unreadable", "UTF-16"),
        (b"x" * (LINE_LIMIT + 1), "too_large", "line 1"),
        (b"a\nb\n" + b"x" * (LINE_LIMIT + 1), "too_large", "line 3"),
    ],
)
def test_refused(data: bytes, code: str, words: str) -> None:
    with pytest.raises(ReadError) as caught:
        read_bytes(data, "papper.txt")
    error = caught.value
    assert error.code == code and code in CODES
    assert words in error.what
    assert error.where == "papper.txt" and error.hint
    assert "\n" not in error.message


def test_the_name_does_not_count(tmp_path: Path) -> None:
    picture = tmp_path / "beslut.txt"
    picture.write_bytes(GIF)
    with pytest.raises(ReadError, match="GIF picture"):
        read(picture)
    page = tmp_path / "beslut.txt2"
    page.write_text("<p>Beslut</p><p>Mer</p>", encoding="utf-8")
    assert read(page).media_type == "text/html"


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no such file"):
        read(tmp_path / "saknas.txt")
    with pytest.raises(ReadError, match="folder"):
        read(tmp_path)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(ReadError, match="no ordinary file"):
        read(pipe)
    big = tmp_path / "stor.txt"
    big.write_text("x\n" * 100, encoding="utf-8")
    with pytest.raises(ReadError, match="200 bytes") as caught:
        read(big, limit=199)
    assert caught.value.code == "too_large"
    assert read(big, limit=200).text == "x\n" * 100


def test_no_permission(tmp_path: Path) -> None:
    secret = tmp_path / "hemlig.txt"
    secret.write_text("x", encoding="utf-8")
    secret.chmod(0)
    if os.access(secret, os.R_OK):
        pytest.skip("this user may read everything")
    with pytest.raises(ReadError, match="may not read"):
        read(secret)


def test_source_and_id(tmp_path: Path) -> None:
    paper = tmp_path / "a.txt"
    paper.write_bytes(b"Beslut\n")
    raw = read(paper, source="papper/a.txt")
    assert raw.source == "papper/a.txt"
    assert raw.id == "2ec9b2a75ce62a9bd21e40abd0ac4d1f2ded9da0d6ed7a1bd9a7d1a5cc9f7b4f" or len(raw.id) == 64
    assert raw == read_bytes(b"Beslut\n", "papper/a.txt")
    assert read(paper).source == str(paper)


@pytest.mark.parametrize(
    ("text", "media_type"),
    [
        ("Beslut\n\natt bevilja 5 < 6 kr", "text/plain"),
        ("<!DOCTYPE html><p>x", "text/html"),
        ("  <!-- sparad -->\n<div>Beslut</div>", "text/html"),
        ("<p>Ett</p> <p>två</p>", "text/html"),
        ("Sparad sida\n<p>ett</p><p>två</p>", "text/html"),
        ("# Beslut\n\n**Datum:** 2031-01-01\n", "text/markdown"),
        ("Finansiär | Belopp\n--- | ---\nRegion | 5\n", "text/markdown"),
        ("# bara en\nrad", "text/plain"),
    ],
)
def test_media_type(text: str, media_type: str) -> None:
    raw = read_bytes(text.encode(), "x")
    assert raw.media_type == media_type
    assert media_type in READERS


def test_a_large_paper_takes_seconds() -> None:
    line = "Regionstyrelsen beslutar att bevilja projektet medel i Härjedalen. ".encode() * 300
    data = line + (b"\n" + line) * 400  # 8 MB
    start = time.process_time()
    read_bytes(data, "x")
    assert time.process_time() - start < 5


@given(st.binary(max_size=300))
@settings(deadline=None)  # what looks like a picture is given to another program
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        raw = read_bytes(data, "x")
    except ReadError as error:
        assert error.code in CODES
    else:
        assert raw.text.strip()
