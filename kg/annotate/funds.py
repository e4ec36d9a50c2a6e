"""Funds, programmes and appropriations in the spellings that the lexicon lists beyond the registers' names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.annotate.candidates import Candidate, close_spaces, is_whole, lines_with
from kg.lexicon import Lexicon


class FundSpellings:
    """The patterns of ``data/lexicon/names.toml``, compiled once."""

    def __init__(self, lexicon: Lexicon) -> None:
        groups = lexicon.get("names", "funds", "patterns")
        self._groups = [
            (
                tuple(g["anchors"]),
                re.compile("|".join(g["patterns"]), re.IGNORECASE),
                g["canonical"],
                g.get("register_id"),
            )
            for g in groups
        ]
        opened = lexicon.get("names", "funds", "open")
        self._open_anchors = tuple(opened["anchors"])
        self._open = re.compile("|".join(opened["patterns"]))

    def find(self, text: str) -> Iterator[Candidate]:
        """All spans that spell a fund, programme or appropriation; they may overlap."""
        for anchors, pattern, canonical, key in self._groups:
            for low, high in lines_with(text, anchors):
                for match in pattern.finditer(text, low, high):
                    yield from _candidate(text, match, canonical, key)
        for low, high in lines_with(text, self._open_anchors):
            for match in self._open.finditer(text, low, high):
                yield from _candidate(text, match, _without_round(close_spaces(match.group())), None)


_ROUND = re.compile(r"(?<=^Interreg)[ -][IVX]+[ -]?[ABC]?(?= )")


def _without_round(name: str) -> str:
    """The programme's name as the register has it: 'Interreg V A Sverige–Norge' is Interreg Sverige-Norge."""
    return _ROUND.sub("", name).replace("–", "-")


def _candidate(text: str, match: re.Match[str], canonical: str, key: str | None) -> Iterator[Candidate]:
    start, end = match.span()
    short = end - start <= 5
    if is_whole(text, start, end) and not (short and match.group().islower()):
        yield Candidate("fund", start, end, canonical, key, "form")
