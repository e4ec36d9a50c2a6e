"""The words of a paper as a sketch: whether a name or phrase may stand in it, told without its text.

A word is told by its stem, so that inflected forms and those with a legal form joined on are the same.  A sketch never
misses: where it says that a name is not there, the name is not there, whatever the letters.  What cannot be promised
of a text is promised by an empty sketch, which may hold everything.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterable
from zlib import crc32

_GAPS = re.compile(r"[\W_]+")
_WORD_SIGN = re.compile(r"\w")
# Expressions without regard to case take these for other letters than case folding does.
_UNLIKE = frozenset("\u0130\u0131")
_ENDINGS = ("s", "aktiebolag")

Hashes = tuple[int, ...]


def sketch_words(text: str) -> bytes:
    """The sketch of a text; empty where no sketch could promise to miss nothing."""
    folded = _fold(text)
    if folded is None:
        return b""
    return array("I", sorted({crc32(stem.encode("utf-8", "surrogatepass")) for stem in _stems(folded)})).tobytes()


def load_sketch(sketch: bytes) -> frozenset[int] | None:
    """What ``may_hold`` looks at; None where the sketch may hold everything."""
    if not sketch or len(sketch) % array("I").itemsize:
        return None
    hashes = array("I")
    hashes.frombytes(sketch)
    return frozenset(hashes)


def hash_name(name: str) -> Hashes:
    """What a text must hold where it holds ``name`` as whole words; empty where nothing is known of that."""
    folded = _fold(name)
    if folded is None:
        return ()
    return tuple(sorted({crc32(stem.encode("utf-8", "surrogatepass")) for stem in _stems(folded)}))


def may_hold(sketch: frozenset[int] | None, names: Iterable[Hashes]) -> bool:
    """Whether the text of the sketch may hold one of the names."""
    return sketch is None or any(sketch.issuperset(name) for name in names)


def _stems(folded: str) -> set[str]:
    return {stem for word in _GAPS.split(folded) if (stem := _stem(word))}


def _stem(word: str) -> str:
    """The word without its genitive and a legal form joined on, however often: what the registers' lookup takes off."""
    while word.endswith(_ENDINGS):
        word = word.removesuffix("s").removesuffix("aktiebolag")
    return word


def _fold(text: str) -> str | None:
    """As names are compared (``kg.registers.normal_form``), sign by sign, so that every part of the text is folded as
    it would be alone, and words end where they ended; None where the text has signs of which that does not hold."""
    table: dict[int, str] = {}
    for sign in set(text):
        plain = unicodedata.normalize("NFKC", sign)
        folded = plain.casefold()
        # a sign that is no part of words but folds into letters would join words to each other; a soft hyphen, too
        joins = not _WORD_SIGN.match(sign) and _WORD_SIGN.search(folded)
        if joins or sign in _UNLIKE or sign == "\u00ad":
            return None
        table[ord(sign)] = plain
    joined = text.translate(table)
    if not unicodedata.is_normalized("NFKC", joined):
        return None
    return joined.casefold().replace("&", " och ").replace("+", " plus ")
