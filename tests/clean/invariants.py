"""What holds for every clean document, whatever the paper."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

from kg.clean.repair import repair_characters
from kg.model import CleanDocument


def check_document(document: CleanDocument) -> None:
    """Assert all that the docstrings of ``CleanDocument``, ``Block`` and ``OffsetMap`` promise."""
    _check_pieces(document)
    _check_blocks(document)


def _check_pieces(document: CleanDocument) -> None:
    pieces = document.offsets.pieces
    at = 0
    for piece in pieces:
        assert piece.clean_start == at, "the pieces cover the clean text without gaps"
        assert piece.clean_end > piece.clean_start
        assert 0 <= piece.raw_start <= piece.raw_end <= len(document.raw_text)
        at = piece.clean_end
    assert at == len(document.text)
    runs = sorted((p.raw_start, p.raw_end) for p in pieces if p.raw_end > p.raw_start)
    for (_, end), (start, _) in pairwise(runs):
        assert end <= start, "no raw character lies in two pieces"
    assert rebuild(document) == document.raw_text


def rebuild(document: CleanDocument) -> str:
    """The raw text as the runs of the pieces in raw order with what was left out between them."""
    parts, at = [], 0
    for start, end in sorted((p.raw_start, p.raw_end) for p in document.offsets.pieces):
        parts.append(document.raw_text[at:start])
        parts.append(document.raw_text[start:end])
        at = max(at, end)
    parts.append(document.raw_text[at:])
    return "".join(parts)


def _check_blocks(document: CleanDocument) -> None:
    assert document.text == "\n".join(document.block_text(block) for block in document.blocks)
    at = 0
    for block in document.blocks:
        assert block.start == at and block.end > block.start
        at = block.end + 1
        text = document.block_text(block)
        assert text.strip(" \n") == text or block.kind == "table"
        if block.kind != "table":
            assert "\n" not in text
        if block.kind not in ("table", "field", "furniture"):
            assert "\t" not in text
        assert "  " not in text
        if block.kind == "field":
            assert len(block.cells) == 2 and text.count("\t") == 1
        for cell in block.cells:
            words = document.text[cell.start : cell.end]
            assert block.start <= cell.start < cell.end <= block.end
            assert "\t" not in words and "\n" not in words
            assert words == text.split("\n")[cell.row].split("\t")[cell.column]
        low, high = document.offsets.raw_span(block.start, block.end)
        raw = repair_characters(document.raw_text[low:high], references=document.media_type == "text/html")
        assert letters(text) in letters(raw) or _is_moved(raw, text)


def _is_moved(source: str, text: str) -> bool:
    """A block about which furniture was taken out, or whose cells stand in another order: its letters are there."""
    raw = sorted(letters(source))
    for sign in letters(text):
        if sign not in raw:
            return False
        raw.remove(sign)
    return True


def letters(text: str) -> str:
    """The letters and digits of ``text``, compatibility forms resolved.

    Control characters go first: a mark above a letter joins it once what stood between them is gone.
    """
    shown = "".join(sign for sign in text if unicodedata.category(sign) != "Cc")
    return "".join(sign for sign in unicodedata.normalize("NFKC", shown) if sign.isalnum())
