"""The names of organisations taken apart: legal form, inflection, brackets, links."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from kg.lexicon import load_lexicon, shape

_WORD = re.compile(r"[^\W_]+(?::s\b)?|[*+]")
_BRACKETS = re.compile(r"\(([^()]*)\)")
_QUOTES = str.maketrans("", "", "\u00ad\"”“„’'`´")
_ABBREVIATED = shape("resolve", "abbreviated")
_JOINED = shape("resolve", "joined")
_SHORT_STEM = 4


@dataclass(frozen=True, slots=True)
class OrgName:
    """A written name: ``stems`` (its words in the nominative, in order, without links and legal form), the legal
    form as commonly written ("ab", "ek för"; empty where none is), the texts in brackets, and the name outside."""

    text: str
    stems: tuple[str, ...]
    form: str
    inside: tuple[str, ...]
    outside: str

    @property
    def bag(self) -> tuple[str, ...]:
        """The stems whatever their order."""
        return tuple(sorted(self.stems))


@cache
def _words(*path: str) -> frozenset[str]:
    return frozenset(load_lexicon().words("resolve", *path))


@cache
def _table(*path: str) -> dict[str, str]:
    return dict(load_lexicon().get("resolve", *path))


@cache
def _forms() -> tuple[tuple[tuple[str, ...], str], ...]:
    """Legal forms as stems, longest first, with the short writing of each."""
    found: dict[tuple[str, ...], str] = {}
    for long, short in _table("legal_forms").items():
        found[tuple(stem(w) for w in long.split())] = short
        found[tuple(short.split())] = short
    return tuple(sorted(found.items(), key=lambda item: (-len(item[0]), item[0])))


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A word in lower case without the genitive's s, a head in the indefinite form ("Högskolans" -> "högskola")."""
    low = word.casefold().removesuffix(":s")
    low = _table("organisations", "short").get(low, low)
    if low.endswith("s") and len(low) > _SHORT_STEM - 1 and not low.isdigit():
        low = low[:-1]
    for ending, head in _table("organisations", "endings").items():
        if low.endswith(ending):
            return low[: len(low) - len(ending)] + head
    return low


@lru_cache(maxsize=262144)
def take_apart(name: str) -> OrgName:
    """The parts of a name as written."""
    text = unicodedata.normalize("NFKC", name).translate(_QUOTES).replace("&", " och ")
    inside = tuple(part.strip() for part in _BRACKETS.findall(text) if part.strip())
    outside = " ".join(_BRACKETS.sub(" ", text).split())
    words = [stem(w) for w in _WORD.findall(_ABBREVIATED.sub(r"\1 \2", outside))]
    words, form = _drop_form(words)
    links = _words("organisations", "links")
    stems = tuple(w for w in words if w not in links) or tuple(words)
    return OrgName(name, stems, form, inside, outside)


def _drop_form(words: list[str]) -> tuple[list[str], str]:
    while len(words) > 1 and words[-1] == "publ":
        words = words[:-1]
    if words and len(words[-1]) > len("aktiebolag") and _JOINED.search(words[-1]):
        return [*words[:-1], _JOINED.sub("", words[-1])], "ab"
    for form, short in _forms():
        if len(words) <= len(form):
            continue
        if tuple(words[-len(form) :]) == form:
            return words[: -len(form)], short
        if short == "ab" and tuple(words[: len(form)]) == form:
            return words[len(form) :], short
    return words, ""


def fold_letters(text: str) -> str:
    """The text without the marks of its letters: "luleå" -> "lulea"."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in plain if not unicodedata.combining(c))


def has_head(name: OrgName) -> bool:
    """Whether the name holds a word around which the others may change places."""
    return any(s.endswith(head) for s in name.stems for head in _words("organisations", "heads"))


def is_vague(name: OrgName) -> bool:
    """Whether the name is a bare definite noun ("Regionen"), which says nothing by itself."""
    words = _WORD.findall(name.outside)
    return len(words) == 1 and words[0].casefold().removesuffix("s") in _words("organisations", "vague")


def numbers_in(name: OrgName) -> frozenset[str]:
    """The stems that hold a digit, and signs: what tells one from its fellow."""
    return frozenset(s for s in name.stems if any(c.isdigit() for c in s) or s in "*+")


def initials(name: OrgName) -> str:
    """The first letters of the words: "Norrbottens Företagarförening" -> "nf"."""
    return "".join(s[0] for s in name.stems)
