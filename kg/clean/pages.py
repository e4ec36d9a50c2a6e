"""Page numbers: which lines bear one, and which page each line stands on."""

from __future__ import annotations

import re
from itertools import pairwise

from kg.clean.lexicon import layout_words
from kg.clean.lines import Line

_DIGITS = re.compile(r"\d+")
_LAST_NUMBER = re.compile(r"(?P<rest>.*?)(?:^|\s{2,}|\t)(?P<page>\d{1,3})$")
_ENDS_APART = re.compile(r"(?:^|\s\s|\t)\d{1,3}$")
_TAIL = 5  # characters: a page number and the gap before it
_APART = 8  # lines that stand between two page numbers at least
_FAR = 20  # an indent by which a line stands in the right half of the page
START = 3  # a running head begins within so many lines of the paper's start


def find_page_numbers(lines: list[Line]) -> list[int]:
    """Lines with a page number: with a word ("Sida 2"), or as "2 (3)" alone or after a gap, one total for the paper."""
    pattern = layout_words().page_number
    worded: list[int] = []
    bare: dict[str, list[tuple[int, int]]] = {}
    for i, line in enumerate(lines):
        text = line.text
        if len(text) > 160 or text[-1] not in "0123456789)-–":
            continue
        found = pattern.search(text)
        if not found:
            continue
        alone = found.start() == 0
        gapped = (
            line.indent >= _FAR
            or len(line.parts) > 1
            and len(text) - found.start() <= line.parts[-1][1] - line.parts[-1][0] + 1
        )
        if found["word"]:
            if alone or gapped or len(text) < 100 and _is_page_word_sure(found, text):
                worded.append(i)
        elif found["b"] and (alone or gapped):
            page, total = (int(n) for n in _DIGITS.findall(found["b"]))
            if page <= total:
                bare.setdefault(str(total), []).append((page, i))
        elif found["c"] and alone:
            worded.append(i)
    worded.extend(_find_bare_numbers(lines))
    for places in bare.values():
        pages = [page for page, _ in places]
        if pages == sorted(set(pages)) and (len(pages) > 1 or pages[0] <= 2):
            worded.extend(i for _, i in places)
    return sorted(worded)


def _find_bare_numbers(lines: list[Line]) -> list[int]:
    """Lines that end in a page number and no more: alone at the right or beside a line with which the paper begins,
    or after words that come again further on with the next number."""
    return sorted({*_find_numbers_by_heads(lines), *_find_counted(lines)})


def _find_counted(lines: list[Line]) -> list[int]:
    """Lines alike but for a last number that counts on, some lines apart."""
    places: dict[str, list[tuple[int, int]]] = {}
    for i, line in enumerate(lines):
        text = line.text
        found = None
        if text[-1].isdecimal() and len(text) < 160 and _ENDS_APART.search(text, max(0, len(text) - _TAIL)):
            found = _LAST_NUMBER.match(text)
        if not found or not found["rest"] and line.indent < _FAR:
            continue
        rest = " ".join(found["rest"].split())
        places.setdefault(rest, []).append((i, int(found["page"])))
    counted: list[int] = []
    for rest, seen in places.items():
        if len(seen) > 1 and all(0 < b - a <= 2 and j - i >= _APART for (i, a), (j, b) in pairwise(seen)):
            if not rest.casefold().startswith(layout_words().sums):
                counted.extend(i for i, _ in seen)
    return counted


def _find_numbers_by_heads(lines: list[Line]) -> list[int]:
    heads = {" ".join(line.text.split()) for line in lines[:START]}
    found: list[int] = []
    last = 0
    for i, line in enumerate(lines):
        if not line.text.isdecimal() or len(line.text) > 3 or not last < int(line.text) <= last + 2:
            continue
        beside = [lines[j] for j in (i - 1, i + 1) if START <= j < len(lines)]
        if any(" ".join(other.text.split()) in heads for other in beside):
            found.append(i)
            last = int(line.text)
    return found


def _is_page_word_sure(found: re.Match[str], text: str) -> bool:
    """A page number that ends a line of text without a gap: only with the full word and a total."""
    return len(found["word"]) > 2 and not found["a"].isdecimal() and text[: found.start()].strip()[-1:] not in ".,"


def page_after(text: str, page: int, is_foot: bool) -> int:
    """The page that a line with a page number opens; a number at the foot opens the next."""
    found = layout_words().page_number.search(text)
    last = _LAST_NUMBER.match(text)
    if is_foot:
        return int(text) + 1
    if found:
        return max(page, int(_DIGITS.findall(found.group())[0]))
    return int(last["page"]) if last else page


def number_heads(lines: list[Line]) -> None:
    """Furniture above a page number belongs to the page that the number opens."""
    for i in range(len(lines) - 2, -1, -1):
        if lines[i].furniture and lines[i + 1].furniture and lines[i].page < lines[i + 1].page:
            lines[i].page = lines[i + 1].page
