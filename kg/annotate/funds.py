"""Funds, programmes and appropriations in the spellings that the lexicon lists beyond the registers' names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.annotate.candidates import Candidate, close_spaces, is_whole
from kg.lexicon import Lexicon


class FundSpellings:
    """The patterns of ``data/lexicon/names.toml``, compiled once."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._patterns = [
            (re.compile("|".join(group["patterns"]), re.IGNORECASE), group["canonical"], group.get("register_id"))
            for group in lexicon.get("names", "funds", "patterns")
        ]
        self._open = re.compile("|".join(lexicon.get("names", "funds", "open")["patterns"]))

    def find(self, text: str) -> Iterator[Candidate]:
        for pattern, canonical, key in self._patterns:
            for match in pattern.finditer(text):
                yield from _candidate(text, match, canonical, key)
        for match in self._open.finditer(text):
            yield from _candidate(text, match, close_spaces(match.group()), None)


def _candidate(text: str, match: re.Match[str], canonical: str, key: str | None) -> Iterator[Candidate]:
    start, end = match.span()
    short = end - start <= 5
    if is_whole(text, start, end) and not (short and match.group().islower()):
        yield Candidate("fund", start, end, canonical, key, "form")
