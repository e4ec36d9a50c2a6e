"""What text recognition reads wrongly again and again in Swedish papers, put right where nothing else can be meant."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.read.words import Word

_NUMBER = re.compile(r"\d{1,3}[a-z]?$")
_FOUR = re.compile(r"(\d)(\d{3})$")
_THREE = re.compile(r"\d{3}(?!\d)")
_YEAR = re.compile(r"(?:19|20)\d\d$")
_ACRONYM = re.compile(r"\bAl(?=$|[.:*,)]|-[a-zåäö])")
_DRAWN = re.compile(r"[|_\[\]~—=]+$")  # the lines of a table
_BULLETS = "«»"
_SECTIONS = frozenset({"&", "$", "8", "S"})


def repair_line(words: list[Word]) -> list[Word]:
    """The words of one line, put right.

    ``& 52 Name`` and ``8 53 Name`` at the beginning of a line are section signs, ``«`` there is a bullet, ``2219 230``
    is ``2 219 230``, upright bars are the lines of a table, and ``Al`` (with a small L) is the abbreviation AI.
    A dash between two words is one, unless it is so long that it was drawn.
    """
    words = [_keep_dash(words, i) for i in range(len(words))]
    words = [
        replace(word, text=_ACRONYM.sub("AI", word.text.strip("|"))) for word in words if not _DRAWN.match(word.text)
    ]
    if len(words) > 2 and words[0].text in _SECTIONS and _NUMBER.match(words[1].text) and words[2].text[:1].isupper():
        words[0] = replace(words[0], text="§")
    first = words[0] if words else None
    if first is not None and first.text[0] in _BULLETS:
        rest = first.text[1:]
        middle = first.left + (first.right - first.left) / len(first.text)
        bullet = replace(first, text="•", right=middle)
        words[:1] = [bullet, replace(first, text=rest, left=middle)] if rest else [bullet]
    repaired: list[Word] = []
    for i, word in enumerate(words):
        found = _FOUR.match(word.text)
        after = words[i + 1].text if i + 1 < len(words) else ""
        beyond = words[i + 2].text[:1] if i + 2 < len(words) else ""
        before = words[i - 1].text[-1:] if i else ""
        if (
            found
            and _THREE.match(after)
            and not _YEAR.match(word.text)
            and not beyond.isdecimal()
            and not before.isdecimal()
        ):
            middle = word.left + (word.right - word.left) / 4
            repaired.append(replace(word, text=found[1], right=middle))
            repaired.append(replace(word, text=found[2], left=middle))
        else:
            repaired.append(word)
    return repaired


def _keep_dash(words: list[Word], i: int) -> Word:
    word = words[i]
    if word.text == "—" and 0 < i < len(words) - 1 and word.right - word.left <= word.height:
        return replace(word, text="–")
    return word
