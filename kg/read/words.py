"""Words with their places on a page, as PDF files and recognised pictures give them, and the rows that they form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.read.building import Table

HYPHEN = "\x02"  # a hyphen at the end of a line, as PDF libraries give it
_SAME_ROW = 0.45  # share of a word's height by which words of one row may stand higher or lower
_GAP = 0.8  # share of the height from which on a gap divides a row
_STRETCH = 2.2  # gaps of a justified line are as wide as one another; one that divides is so many times wider
_LABEL = 5.0  # times as wide a gap may stand after a colon
_WIDEST = 1.6  # share of the height that no gap of a justified line reaches


@dataclass(frozen=True, slots=True)
class Word:
    """A word; ``x`` runs along the line, ``y`` down the page; ``base`` is where the letters stand, ``height`` the room
    that a line of its font takes up.

    A table stands among the words as one, at the place of its first row; ``bottom`` is then where it ends."""

    left: float
    right: float
    height: float
    base: float
    text: str
    table: Table | None = None
    bottom: float = 0.0


@dataclass(frozen=True, slots=True)
class Run:
    """Words of a row between which no wide gap lies."""

    left: float
    right: float
    text: str


@dataclass(slots=True)
class Row:
    """The words that stand side by side, from left to right."""

    words: list[Word]
    base: float
    height: float

    @property
    def left(self) -> float:
        return self.words[0].left

    @property
    def right(self) -> float:
        return max(word.right for word in self.words)

    def runs(self) -> list[Run]:
        """The words, put together where no wide gap lies between them."""
        words = [word for word in self.words if word.table is None]
        gaps = [b.left - a.right for a, b in pairwise(words)]
        wide = _GAP * self.height
        if len(gaps) >= 5:
            wide = max(wide, min(_STRETCH * sorted(gaps)[len(gaps) // 4], _WIDEST * self.height))
        runs: list[Run] = []
        first = 0
        for i in range(1, len(words) + 1) if words else ():
            if i < len(words) and gaps[i - 1] <= (_LABEL * wide if words[i - 1].text[-1:] == ":" else wide):
                continue  # a tab after a label is no gap
            part = words[first:i]
            text = " ".join(word.text for word in part).replace(HYPHEN, "-")
            runs.append(Run(part[0].left, part[-1].right, text))
            first = i
        return runs


def find_rows(words: Sequence[Word]) -> list[Row]:
    """The words as rows from the top down."""
    rows: list[Row] = []
    for word in sorted(words, key=lambda w: (w.base, w.left)):
        for row in reversed(rows[-3:]):
            if abs(word.base - row.base) <= _SAME_ROW * min(word.height, row.height) or _is_raised(word, row):
                row.words.append(word)
                if word.height > row.height:
                    row.height, row.base = word.height, word.base
                break
        else:
            rows.append(Row([word], word.base, word.height))
    for row in rows:
        row.words.sort(key=lambda w: (w.left, w.base))
        main = max(row.words, key=lambda w: (len(w.text), -w.left))
        row.height, row.base = main.height, main.base
    rows.sort(key=lambda row: (row.base, row.left))
    return rows


def _is_raised(word: Word, row: Row) -> bool:
    """Whether a word is a raised or lowered sign beside a word of the row."""
    small, large = sorted((word.height, row.height))
    return (
        small < 0.8 * large
        and abs(word.base - row.base) < 0.6 * large
        and any(
            -1 < word.left - other.right < 0.3 * large or -1 < other.left - word.right < 0.3 * large
            for other in row.words
        )
    )


def join_rows(rows: Sequence[Row]) -> str:
    """The text of a cell: its rows one after the other."""
    text = ""
    for row in rows:
        line = " ".join(word.text for word in row.words)
        text = join_lines(text, line) if text else line
    return text.replace(HYPHEN, "-")


def join_lines(text: str, line: str) -> str:
    """Two lines as one, a word divided at the end of the first put together again."""
    if text.endswith(HYPHEN) or text.endswith("-") and line[:1].islower() and text[-2:-1].isalpha():
        return text[:-1] + line
    return f"{text} {line}"
