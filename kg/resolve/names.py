"""Names in the forms in which resolution compares them, and the parts of IRIs made from them.

Digits, Roman numerals, ``*`` and ``+`` are identity: "AI.ALL*" is not "AI.ALL", "etapp 2" is not "etapp 1".
Punctuation between letters and case are not: "AI:MEE" is "AI.MEE".
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from kg.lexicon import load_lexicon

_TOKEN = re.compile(r"\d+(?:[.,:/]\d+)*|[^\W\d_]+|[*+]")
_ROMAN = re.compile(r"(?=[IVX])(X{0,2})(IX|IV|V?I{0,3})$")
_YEAR = re.compile(r"(?:19|20)\d\d$")
_DASH = re.compile(r"\s+[-–—/]\s+|:\s+")
_BRACKETS = re.compile(r"\(([^()]*)\)")
_SIGNS = {"*": "star", "+": "plus"}
_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "ß": "ss", "đ": "d", "ð": "d", "þ": "th", "ł": "l"})
_FORMS_BEFORE = ("ab",)
_SLUG_LIMIT = 80


# So many names are remembered: those of some hundred papers, which are resolved together.
_MANY, _SOME = 16384, 8192
# Most sets of a name are empty, and take no memory of their own.
_NOTHING: frozenset[str] = frozenset()


@cache
def _stages() -> frozenset[str]:
    return frozenset(load_lexicon().words("resolve", "stages"))


@cache
def _stages_definite() -> dict[str, str]:
    return dict(load_lexicon().get("resolve", "stages_definite"))


@cache
def _stage_numbers() -> dict[str, str]:
    return dict(load_lexicon().get("resolve", "stage_numbers"))


@cache
def _phases() -> dict[str, str]:
    return dict(load_lexicon().get("resolve", "phases"))


@cache
def _project_words() -> tuple[tuple[str, ...], ...]:
    words = load_lexicon().words("resolve", "project_words")
    return tuple(tuple(w.split()) for w in sorted(words, key=lambda w: (-len(w), w)))


@cache
def _board_endings() -> dict[str, str]:
    return dict(load_lexicon().get("resolve", "board_endings"))


@cache
def _legal_forms() -> tuple[tuple[str, str], ...]:
    forms = load_lexicon().get("resolve", "legal_forms")
    return tuple(sorted(forms.items(), key=lambda item: (-len(item[0]), item[0])))


def _roman_value(text: str) -> int | None:
    """The value of a Roman numeral from I to XXIX in capitals; None for all else."""
    match = _ROMAN.fullmatch(text)
    if match is None:
        return None
    ones = {"": 0, "I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9}
    return 10 * len(match[1]) + ones[match[2]]


@lru_cache(maxsize=_MANY)
def name_tokens(name: str) -> tuple[str, ...]:
    """The words, numbers and signs of a name, in lower case, Roman numerals after a word like "etapp" or at
    the end as digits.  A single V or X at the end stays a letter ("Material X")."""
    text = unicodedata.normalize("NFKC", name).replace("\u00ad", "").replace("&", " och ")
    raw = _TOKEN.findall(text)
    tokens: list[str] = []
    for i, token in enumerate(raw):
        value = _roman_value(token)
        after_stage = bool(tokens) and tokens[-1] in _stages()
        at_end = i == len(raw) - 1 and i > 0 and (len(token) > 1 or token == "I")
        tokens.append(str(value) if value is not None and (after_stage or at_end) else token.casefold())
    tokens = _number_stages(tokens)
    for words in _project_words():
        if len(tokens) > len(words) and tuple(tokens[: len(words)]) == words:
            return _phase_last(tokens[len(words) :])
    return _phase_last(tokens)


def _number_stages(tokens: list[str]) -> list[str]:
    """The tokens with numbers of stages as digits: "etapp två" and "andra etappen" are "etapp 2".  A name that is no
    more than that ("Första steget") stays as it is."""
    numbers, definite = _stage_numbers(), _stages_definite()
    if len(tokens) < 3 or not numbers.keys() & set(tokens):
        return tokens
    found: list[str] = []
    i = 0
    while i < len(tokens):
        here, behind = tokens[i], tokens[i + 1] if i + 1 < len(tokens) else ""
        if here in _stages() and behind in numbers:
            found += [here, numbers[behind]]
        elif here in numbers and behind in definite:
            found += [definite[behind], numbers[here]]
        else:
            found.append(here)
            i -= 1
        i += 2
    return found


def _phase_last(tokens: list[str]) -> tuple[str, ...]:
    """The tokens with words such as "förstudie" last: "Förstudie Strandnära" is "Strandnära – förstudie"."""
    phases = _phases()
    found = [phases[t] for t in tokens if t in phases]
    if not found or len(found) == len(tokens):
        return tuple(tokens)
    return (*(t for t in tokens if t not in phases), *dict.fromkeys(found))


def name_key(name: str) -> str:
    """The normal form of a name: two names with the same key are written alike but for case and
    punctuation."""
    return " ".join(name_tokens(name))


def board_key(name: str) -> str:
    """The normal form of a board's name: definite and indefinite forms are one."""
    endings = _board_endings()
    tokens = []
    for token in name_tokens(name):
        ending = max((e for e in endings if token.endswith(e)), key=len, default="")
        tokens.append(token[: len(token) - len(ending)] + endings[ending] if ending else token)
    return " ".join(tokens)


def organisation_key(name: str) -> str:
    """The normal form of an organisation's name: the legal form is part of it, however it is written."""
    key = f" {name_key(name)} "
    for form, short in _legal_forms():
        key = key.replace(f" {form} ", f" {short} ")
    tokens = key.split()
    if len(tokens) > 1 and tokens[0] in _FORMS_BEFORE:
        tokens = [*tokens[1:], tokens[0]]
    return " ".join(tokens)


def name_markers(name: str) -> tuple[frozenset[str], frozenset[str]]:
    """What in a name tells it from its fellows: (numbers, signs and words such as "förstudie", years).  A year is 19xx
    or 20xx."""
    found = {t for t in name_tokens(name) if not t[0].isalpha() or t in _phases()}
    years = frozenset(t for t in found if _YEAR.match(t))
    return frozenset(found - years) or _NOTHING, years or _NOTHING


@lru_cache(maxsize=_SOME)
def loose_key(name: str) -> str:
    """The letters of a name without blanks and without a genitive's s at the end: "tech-sektorn" is "techsektorn".
    Numbers and signs stand apart.  Empty where fewer than six letters are left."""
    parts: list[str] = []
    for token in name_tokens(name):
        token = "och" if token == "and" else token
        if token[0].isalpha() and parts and parts[-1][0].isalpha():
            parts[-1] += token
        else:
            parts.append(token)
    if parts and parts[-1][0].isalpha():
        parts[-1] = parts[-1].removesuffix("s")
    key = " ".join(parts)
    return key if sum(c.isalpha() for c in key) >= 6 else ""


def is_acronym(name: str) -> bool:
    """Whether a name is one short word with two or more capitals, such as "INDI" or "BioKust"."""
    word = name.strip()
    return len(word) <= 10 and word.isalnum() and sum(c.isupper() for c in word) >= 2


@dataclass(frozen=True, slots=True)
class NameForms:
    """A written name: its key, the keys of its parts (before a dash, in brackets, without brackets), the keys
    of the acronyms that it introduces, and its markers."""

    text: str
    whole: str
    parts: frozenset[str]
    introduced: frozenset[str]
    markers: frozenset[str]
    years: frozenset[str]


@lru_cache(maxsize=_SOME)
def name_forms(name: str) -> NameForms:
    """The forms in which ``name`` may be met again."""
    parts: dict[str, str] = {}
    outside = _BRACKETS.sub(" ", name)
    inside = [m.strip() for m in _BRACKETS.findall(name)]
    if inside and outside.strip():
        parts[name_key(outside)] = outside.strip()
        for part in inside:
            parts[name_key(part)] = part
    pieces = [p.strip() for p in _DASH.split(outside) if p.strip()]
    if len(pieces) > 1:
        parts[name_key(pieces[0])] = pieces[0]
        # Behind an acronym stands its long form; behind a title only a subtitle, which names nothing by
        # itself.
        if is_acronym(pieces[0]):
            rest = " ".join(pieces[1:])
            parts[name_key(rest)] = rest
        if is_acronym(pieces[-1]):
            parts[name_key(pieces[-1])] = pieces[-1]
    words = outside.split()
    if len(words) > 3 and len(words[-1]) > 2 and words[-1].isupper() and is_acronym(words[-1]) and not name.isupper():
        # An acronym in capitals behind a long name is introduced as one in brackets is.
        parts[name_key(words[-1])] = words[-1]
        parts[name_key(" ".join(words[:-1]))] = " ".join(words[:-1])
    whole = name_key(name)
    markers, years = name_markers(name)
    # An acronym and the long form beside it introduce each other.
    short = {k for k, text in parts.items() if is_acronym(text)}
    long = {k for k in parts if len(k.split()) > 1} if short else set()
    return NameForms(
        text=name,
        whole=whole,
        parts=frozenset(k for k in parts if k and k != whole) or _NOTHING,
        introduced=frozenset((short | long) - {"", whole}) or _NOTHING,
        markers=markers,
        years=years,
    )


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return "".join(c for c in plain if not unicodedata.combining(c))


def make_slug(key: str) -> str:
    """The key as ASCII letters, digits and hyphens.  ``*`` is "star", ``+`` is "plus".  A key of which
    nothing can be kept, or that is cut at 80 characters, ends in a short hash of the whole."""
    words = [_SIGNS.get(token, _fold(token)) for token in key.split()]
    slug = re.sub(r"[^a-z0-9]+", "-", " ".join(words)).strip("-")
    lost = any(not re.search(r"[a-z0-9]", word) for word in words)
    if not slug or lost or len(slug) > _SLUG_LIMIT:
        return f"{slug[:_SLUG_LIMIT].rstrip('-')}-{short_hash(key)}".lstrip("-")
    return slug


def short_hash(text: str) -> str:
    """Eight hexadecimal digits of the sha256 of ``text``."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def mint_names(keys: Iterable[str]) -> dict[str, str]:
    """A different slug for each different key, whatever their order.  Where several keys would have the same
    slug ("Ängen", "Angen"), those that lost something in it get a hash of the key."""
    slugs = {key: make_slug(key) for key in sorted(set(keys))}
    users: dict[str, list[str]] = {}
    for key, slug in slugs.items():
        users.setdefault(slug, []).append(key)
    for slug, sharers in users.items():
        if len(sharers) > 1:
            for key in sharers:
                if "-".join(key.split()) != slug:
                    slugs[key] = f"{slug}-{short_hash(key)}"
    return slugs


def slug_number(number: str) -> str:
    """A diary number as part of an IRI: "RS 2023/12" -> "rs-2023-12"."""
    return re.sub(r"[^a-z0-9]+", "-", _fold(number)).strip("-") or short_hash(number)


def squeeze(text: str) -> str:
    """A diary or case number without blanks and punctuation, in lower case."""
    return re.sub(r"[\W_]", "", text).casefold()
