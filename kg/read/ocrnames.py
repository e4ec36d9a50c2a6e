"""Names in capitals that OCR reads in several ways within one paper, and the star that it takes for a quote."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from kg.read.words import Word

_NAME = re.compile(r"[(\"”“»]*(?P<name>[A-ZÅÄÖ](?:[\w.:-]*\w)?)(?P<star>[”“\"’'*]*)(?P<rest>[.,;:)]*)$")
_QUOTES = '”“"»«'
_ALIKE = str.maketrans({"L": "I", "1": "I", "|": "I", ".": None, ":": None, "-": None})
_STROKES = re.compile("I+")
_DOUBLED = re.compile(r"[.:-]{2}")
_LEAST_CAPITALS = 3
_MANY_TIMES = 3  # as often at least is the way to write a name that another mark in it gives way to


def repair_names(pages: list[list[Word]]) -> list[list[Word]]:
    """The words of a paper, its names in capitals put right.

    tesseract's Swedish knows no ``*`` and reads a closing quote in its place: behind a name in capitals, where none was
    opened, it is the star.  ``I``, ``l`` and ``L`` are alike in most types: of names that differ in these strokes
    alone, all are written as the one that comes oftener, or is shorter.
    """
    pages = [_put_stars(page) for page in pages]
    seen = Counter(name for page in pages for word in page if (name := _name_of(word.text)))
    right = _choose(seen)
    return [[_write(word, right) for word in page] for page in pages] if right else pages


def _put_stars(words: list[Word]) -> list[Word]:
    found: list[Word] = []
    is_open = False
    for word in words:
        opens = word.text[:1] in _QUOTES
        at = _NAME.match(word.text) if word.text[-1:] in _QUOTES or "”" in word.text else None
        if at and not opens and not is_open and at["star"] and "”" in at["star"] and _is_in_capitals(at["name"]):
            found.append(replace(word, text=word.text[: at.start("star")] + "*" + at["rest"]))
            continue
        if opens:
            is_open = True
        if word.text.rstrip(".,;:)")[-1:] in _QUOTES:
            is_open = False
        found.append(word)
    return found


def _is_in_capitals(name: str) -> bool:
    return name.upper() == name and sum(letter.isupper() for letter in name) >= _LEAST_CAPITALS


def _name_of(text: str) -> str:
    """The name that a word is, without what stands around it; or nothing."""
    at = _NAME.match(text)
    if not at or sum(letter.isupper() for letter in at["name"]) < _LEAST_CAPITALS:
        return ""
    return at["name"]


def _choose(seen: Counter[str]) -> dict[str, str]:
    """How each name is to be written that was read in another way elsewhere."""
    alike: dict[str, list[str]] = {}
    for name in sorted(seen):
        alike.setdefault(_STROKES.sub("I", name.upper().translate(_ALIKE)), []).append(name)
    right: dict[str, str] = {}
    for names in alike.values():
        best = min(names, key=lambda name: (-seen[name], len(name), name))
        for name in names:
            # "AI:MEE" beside "AI.MEE" may be what the paper says; another stroke or a doubled mark is not.
            misread = _letters(name) != _letters(best) or _DOUBLED.search(name)
            if name != best and (misread or seen[best] >= _MANY_TIMES * seen[name]):
                right[name] = best
    return right


def _letters(name: str) -> str:
    return "".join(letter for letter in name if letter.isalnum())


def _write(word: Word, right: dict[str, str]) -> Word:
    at = _NAME.match(word.text)
    if not at or at["name"] not in right:
        return word
    return replace(word, text=word.text[: at.start("name")] + right[at["name"]] + word.text[at.end("name") :])
