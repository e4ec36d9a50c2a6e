"""The words that layout is told by, from ``data/lexicon/layout.toml`` with the labels and headings of the other files."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg.lexicon import fold, load_lexicon


@dataclass(frozen=True, slots=True)
class LayoutWords:
    """Folded words and compiled patterns; see the comments in ``layout.toml``."""

    page_number: re.Pattern[str]
    signatures: frozenset[str]
    labels_alone: frozenset[str]
    labels: frozenset[str]
    plain_label: re.Pattern[str]
    reference: re.Pattern[str]
    sections: frozenset[str]
    open_words: frozenset[str]
    organisations: frozenset[str]
    organisation_ends: tuple[str, ...]
    open_nouns: frozenset[str]
    section_ends: tuple[str, ...]
    address_words: frozenset[str]
    listings: frozenset[str]
    heads: frozenset[str]
    captions: frozenset[str]
    sums: tuple[str, ...]


def _either(words: list[str]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=lambda w: (-len(w), w)))


def _closed(table: dict[str, object]) -> set[str]:
    """All labels of a file of label lists, those that stand for any words left out."""
    return {
        fold(word).rstrip(":")
        for words in table.values()
        if isinstance(words, list)
        for word in words
        if "…" not in word
    }


@cache
def layout_words() -> LayoutWords:
    lexicon = load_lexicon()
    get = lexicon.words
    page_words = _either(get("layout", "furniture", "page_words"))
    number = r"\d{1,3}(?:\s?\(\d{1,3}\)|\s(?:av|of)\s\d{1,3}|\s?/\s?\d{1,3})?"
    alone = frozenset(map(fold, get("layout", "labels", "alone")))
    return LayoutWords(
        page_number=re.compile(
            rf"(?:^|(?<=[\s,;|–-]))(?:(?P<word>{page_words})\s?(?P<a>{number})|(?P<b>\d{{1,3}}\s?\(\d{{1,3}}\))|(?P<c>[-–]\s\d{{1,3}}\s[-–]))$",
            re.IGNORECASE,
        ),
        signatures=frozenset(map(fold, get("layout", "furniture", "signatures"))),
        labels_alone=alone,
        labels=frozenset(_closed(lexicon.get("labels"))) | alone,
        plain_label=re.compile(rf"(?:{_either(get('layout', 'labels', 'plain'))})(?=\s+[A-ZÅÄÖ0-9])", re.IGNORECASE),
        reference=re.compile(rf"(?:{_either(get('layout', 'labels', 'reference'))})(?!\w)", re.IGNORECASE),
        sections=frozenset(map(fold, get("layout", "headings", "sections")))
        | frozenset(_closed(lexicon.get("headings"))),
        open_words=frozenset(get("layout", "headings", "open_words")),
        organisations=frozenset(get("layout", "headings", "organisations")),
        organisation_ends=tuple(get("layout", "headings", "organisation_ends")),
        open_nouns=frozenset(get("layout", "headings", "open_nouns")),
        section_ends=tuple(get("layout", "headings", "section_ends")),
        address_words=frozenset(get("layout", "headings", "address_words")),
        listings=frozenset(map(fold, get("layout", "headings", "listings"))),
        heads=frozenset(map(fold, get("layout", "tables", "heads"))),
        captions=frozenset(map(fold, get("layout", "tables", "captions"))),
        sums=tuple(get("layout", "tables", "sums")),
    )
