"""The words that layout is told by: ``data/lexicon/layout.toml``, and the labels and headings of the other files."""

from __future__ import annotations

import re
from collections.abc import Iterable
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
    label_starts: tuple[str, ...]
    label_shapes: re.Pattern[str]
    states: frozenset[str]
    plain_label: re.Pattern[str]
    reference: re.Pattern[str]
    sections: frozenset[str]
    open_words: frozenset[str]
    organisations: frozenset[str]
    organisation_ends: tuple[str, ...]
    open_nouns: frozenset[str]
    numbered_nouns: frozenset[str]
    section_ends: tuple[str, ...]
    address_words: frozenset[str]
    listings: frozenset[str]
    heads: frozenset[str]
    captions: frozenset[str]
    sums: tuple[str, ...]
    amount: re.Pattern[str]
    row: re.Pattern[str]
    organisation_starts: frozenset[str]
    marker: re.Pattern[str]
    item_leads: tuple[str, ...]
    coordination: re.Pattern[str]
    month_ends: re.Pattern[str]


_NUMBER = r"[-–−]?\s?\d{1,3}(?:[ .]\d{3})+(?:,\d+)?|[-–−]?\s?\d+(?:[.,]\d+)?|\d{1,3}(?:,\d{3})+"
_ROW_NUMBER = r"[-–−]?\d{1,3}(?:[ .]\d{3})+(?:,\d+)?|[-–−]?\d+(?:,\d+)?"
_BULLET = r"[•·*–—-]|o(?=\s{2,})"


def _either(words: Iterable[str]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=lambda w: (-len(w), w)))


def _open(table: dict[str, object]) -> tuple[str, ...]:
    """The beginnings of labels that any words may follow: "bidrag från ..."."""
    lists = [words for words in table.values() if isinstance(words, list)]
    return tuple(sorted(fold(w).removesuffix("…") for words in lists for w in words if fold(w).endswith(" …")))


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
    unit = rf"(?:\s?(?:{_either(get('layout', 'tables', 'units'))}))?\.?"
    before = rf"(?:(?:{_either(get('layout', 'tables', 'currencies'))})\s)?"
    about = rf"(?:(?:{_either(get('layout', 'tables', 'approximations'))})\.?\s)?"
    number = r"\d{1,3}(?:\s?\(\d{1,3}\)|\s(?:av|of)\s\d{1,3}|\s?/\s?\d{1,3})?"
    alone = frozenset(map(fold, get("layout", "labels", "alone")))
    months = [name for names in lexicon.get("dates", "months").values() for name in names]
    return LayoutWords(
        page_number=re.compile(
            rf"(?:^|(?<=[\s,;|–-]))(?:(?P<word>{page_words})\s?(?P<a>{number})|(?P<b>\d{{1,3}}\s?\(\d{{1,3}}\))|(?P<c>[-–]\s\d{{1,3}}\s[-–]))$",
            re.IGNORECASE,
        ),
        signatures=frozenset(map(fold, get("layout", "furniture", "signatures"))),
        labels_alone=alone,
        labels=frozenset(_closed(lexicon.get("labels"))) | alone,
        label_starts=_open(lexicon.get("labels")),
        states=frozenset(map(fold, get("labels", "state_words"))),
        label_shapes=re.compile("|".join(f for forms in lexicon.get("labels", "shapes").values() for f in forms)),
        plain_label=re.compile(rf"(?:{_either(get('layout', 'labels', 'plain'))})(?=\s+[A-ZÅÄÖ0-9])", re.IGNORECASE),
        reference=re.compile(rf"(?:{_either(get('layout', 'labels', 'reference'))})(?!\w)", re.IGNORECASE),
        sections=frozenset(map(fold, get("layout", "headings", "sections")))
        | frozenset(_closed(lexicon.get("headings"))),
        open_words=frozenset(get("layout", "headings", "open_words")),
        organisations=frozenset(get("layout", "headings", "organisations")),
        organisation_ends=tuple(get("layout", "headings", "organisation_ends")),
        open_nouns=frozenset(get("layout", "headings", "open_nouns")),
        numbered_nouns=frozenset(get("layout", "headings", "numbered_nouns")),
        section_ends=tuple(get("layout", "headings", "section_ends")),
        address_words=frozenset(get("layout", "headings", "address_words")),
        listings=frozenset(map(fold, get("layout", "headings", "listings"))),
        heads=frozenset(map(fold, get("layout", "tables", "heads"))),
        captions=frozenset(map(fold, get("layout", "tables", "captions"))),
        sums=tuple(get("layout", "tables", "sums")),
        amount=re.compile(rf"{about}{before}(?:{_NUMBER}){unit}(?:\s?:-)?\*?$|[-–—*x]$", re.IGNORECASE),
        row=re.compile(rf"(?P<name>[A-ZÅÄÖ0-9].*?\S)\s(?P<value>{before}(?:{_ROW_NUMBER}){unit}|[-–])$", re.IGNORECASE),
        organisation_starts=frozenset(get("layout", "headings", "organisation_starts")),
        marker=re.compile(
            rf"(?P<bullet>{_BULLET})\s+(?=\S)|(?P<number>\(?\d{{1,2}}[.)]\)?)\s+(?=\S)|(?P<letter>[a-zA-Z]\)|[a-h]\.)\s+(?=\S)"
            rf"|(?P<roman>[ivx]{{1,4}}[.)])\s+(?=\S)|(?P<att>{_either(get('layout', 'lines', 'items'))})\s+(?=\S)"
        ),
        item_leads=tuple(get("layout", "lines", "item_leads")),
        month_ends=re.compile(rf"(?<![\w-])(?:{_either(months)})$", re.IGNORECASE),
        coordination=re.compile(rf"(?:{_either(get('layout', 'lines', 'coordination'))})(?!\w)"),
    )
