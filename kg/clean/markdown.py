"""Markdown: marks of emphasis, links, quotes and tables taken out in place; the text keeps its length."""

from __future__ import annotations

import re

from kg.clean.repair import CELL, DROPPED

_EMPHASIS = re.compile(
    r"(?<![\w\\*])(\*{1,3})(?=[^\s*])([^*\n]+?)(?<=[^\s*])\1(?![\w*])|(?<![\w\\_])(_{1,3})(?=[^\s_])([^_\n]+?)(?<=[^\s_])\3(?![\w_])"
)
_LINK = re.compile(r"!?\[([^\]\n]*)\](\([^)\n]*\)|\[[^\]\n]*\])")
_QUOTE = re.compile(r"^[ ]{0,3}(?:>[ ]?)+", re.MULTILINE)
_RULE = re.compile(r"^[ ]{0,3}(?:(?:\* ?){3,}|(?:- ?){3,}|(?:_ ?){3,})[ ]*$", re.MULTILINE)
_UNDERLINE = re.compile(r"(?<=\S)\n[ ]{0,3}(?:=+|-{2,})[ ]*(?=\n|\Z)")
_TABLE_RULE = re.compile(r"\n[ ]*\|?(?:[ ]*:?-{2,}:?[ ]*\|)+(?:[ ]*:?-{2,}:?)?[ ]*(?=\n|\Z)")
_TABLE_ROW = re.compile(rf"^[ ]*\|.*\|[ {DROPPED}]*$", re.MULTILINE)
_ESCAPE = re.compile(r"\\(?=[\\`*_{}\[\]()#+\-.!|>])")
_CODE = re.compile(r"`+")
_BREAK = re.compile(r"<br ?/?>", re.IGNORECASE)  # how a cell's words go on
_CLOSING_HASHES = re.compile(r"(?<=\S)[ ]+#+[ ]*$", re.MULTILINE)


def repair_markdown(text: str) -> str:
    """``text`` without the marks that are no words: heading marks (``#``) stay, cells are divided by ``CELL``."""
    text = _TABLE_RULE.sub(_drop, text)
    text = _TABLE_ROW.sub(_divide, text)
    text = _UNDERLINE.sub(_drop, text)
    for pattern in (_RULE, _QUOTE, _CLOSING_HASHES, _CODE):
        text = pattern.sub(_drop, text)
    text = _BREAK.sub(lambda m: " " + DROPPED * (len(m.group()) - 1), text)
    text = _LINK.sub(lambda m: _keep(m, 1), text)
    text = _EMPHASIS.sub(lambda m: _keep(m, 2 if m[1] else 4), text)
    return _ESCAPE.sub(DROPPED, text)


def _drop(match: re.Match[str]) -> str:
    return DROPPED * len(match.group())


def _keep(match: re.Match[str], group: int) -> str:
    """The words of one group, all about them dropped."""
    low, high = match.start(group) - match.start(), match.end(group) - match.start()
    source = match.group()
    return DROPPED * low + source[low:high] + DROPPED * (len(source) - high)


def _divide(match: re.Match[str]) -> str:
    row = match.group()
    first, last = row.index("|"), row.rindex("|")
    return row[:first] + DROPPED + row[first + 1 : last].replace("|", CELL) + DROPPED + row[last + 1 :]
