"""Numbers in words before a scale word: ``tre miljoner``, ``en och en halv miljon``, ``tvåhundrafemtiotusen``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from kg.annotate.grammar import BLANK, BLANKS, words
from kg.lexicon import shape

_HEADS = shape("annotate_wordnumbers", "heads")
_WORD_END = re.compile(r"[^\W\d_]*")
_WORDS_BEFORE = re.compile(rf"(?:[^\W\d_]{{1,30}}{BLANK}{{1,2}}){{0,6}}\Z")  # "$" would stand before a line feed too
_LONGEST_WORD = 40


class _Table:
    """The number words and the pattern that takes compounds apart."""

    def __init__(self) -> None:
        self.ones: dict[str, int] = dict(words("units", "words", "ones"))
        self.hundred = frozenset(words("units", "words", "hundred"))
        self.thousand = frozenset(words("units", "words", "thousand"))
        self.half = frozenset(words("units", "words", "half"))
        self.quarter = frozenset(words("units", "words", "quarter"))
        self.articles = frozenset(words("units", "words", "articles"))
        self.links = frozenset(words("units", "words", "and"))
        self.scales = {w: row["scale"] for row in words("units", "scales") for w in row["words"]}
        parts = sorted((*self.ones, *self.hundred, *self.thousand), key=lambda w: (-len(w), w))
        self.part = re.compile("|".join(map(re.escape, parts)))


@cache
def _table() -> _Table:
    return _Table()


def find_word_numbers(text: str) -> Iterator[tuple[int, int, Decimal, str]]:
    """(start, end, value, scale word) of every number in words that ends in a scale word, in order.

    Digits before the scale word, or no number before it ("flera miljoner"), give nothing.
    """
    table = _table()
    position = 0
    pending: tuple[int, int, Decimal, str] | None = None
    for head in _HEADS.finditer(text):
        if head.start() < position:
            continue
        end = _WORD_END.match(text, head.end()).end()  # type: ignore[union-attr]
        begin = head.start()
        while begin > 0 and head.start() - begin < _LONGEST_WORD and text[begin - 1].isalpha():
            begin -= 1
        last = text[begin:end].casefold()
        if end < len(text) and (text[end].isdigit() or text[end] == "_"):
            continue
        before = _WORDS_BEFORE.search(text, max(position, begin - 90), begin)
        low = before.start() if before is not None else begin
        tokens = [(low + m.start(), m[0].casefold()) for m in re.finditer(r"\S+", text[low:begin])]
        found = _read(tokens, begin, last, table)
        if found is not None:
            start, value = found
            scale_word = text[head.start() : end]
            if pending is not None and text[pending[1] : start].strip(BLANKS) == "" and value < pending[2]:
                # "en miljon tvåhundra tusen": the parts of one number.
                pending = pending[0], end, pending[2] + value, scale_word
            else:
                if pending is not None:
                    yield pending
                pending = start, end, value, scale_word
            position = end
    if pending is not None:
        yield pending


def read_number_word(word: str) -> Decimal | None:
    """The value of one word that is a number and nothing else: 'femtio', 'tjugofem'; None for any other."""
    parts = _take_apart(word.casefold(), _table())
    return None if parts is None else _evaluate(parts, _table())


def _read(tokens: list[tuple[int, str]], begin: int, last: str, table: _Table) -> tuple[int, Decimal] | None:
    """The number that ends in ``last``: where it begins and its value."""
    if last in table.scales:
        scale, parts = table.scales[last], []
    else:
        own = _take_apart(last, table)
        if own is None or own[-1] not in table.thousand:
            return None
        scale, parts = 1000, own[:-1]
    start = begin
    collected: list[str] = parts
    for offset, word in reversed(tokens):
        more = [word] if word in table.half | table.quarter | table.links else _take_apart(word, table)
        if more is None:
            break
        collected = [*more, *collected]
        start = offset
    while collected and collected[0] in table.links:
        collected = collected[1:]
        start = _next_start(tokens, start)
    value = _evaluate(collected, table)
    return None if value is None else (start, value * scale)


def _next_start(tokens: list[tuple[int, str]], start: int) -> int:
    return min((offset for offset, _ in tokens if offset > start), default=start)


def _take_apart(word: str, table: _Table) -> list[str] | None:
    """The number words that a compound is made of; None where it is anything else."""
    parts: list[str] = []
    position = 0
    while position < len(word):
        m = table.part.match(word, position)
        if m is None:
            return None
        parts.append(m[0])
        position = m.end()
    return parts or None


def _evaluate(parts: list[str], table: _Table) -> Decimal | None:
    """The value of number words; None where they make no number."""
    if not parts:
        return None
    fraction = Decimal(0)
    if parts[-1] in table.half or parts[-1] in table.quarter:
        fraction = Decimal("0.5") if parts[-1] in table.half else Decimal("0.25")
        parts = parts[:-1]
        if parts and parts[-1] in table.articles:
            parts = parts[:-1]
        if parts and parts[-1] not in table.links:
            return None
        parts = parts[:-1] if parts else parts
        if not parts:
            return fraction
    total = 0
    group = 0
    for part in parts:
        if part in table.links:
            continue
        if part in table.hundred:
            group = max(group, 1) * 100
        elif part in table.thousand:
            total += max(group, 1) * 1000
            group = 0
        elif part in table.ones:
            value = table.ones[part]
            if group % 100 and not (group % 100 >= 20 and group % 10 == 0 and value < 10):
                return None
            group += value
        else:
            return None
    return Decimal(total + group) + fraction
