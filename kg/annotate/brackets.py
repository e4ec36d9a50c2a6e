"""What a paper says once for all about names: acronyms in brackets, short forms, a part with its whole."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping

from kg.annotate.candidates import Candidate, is_whole
from kg.annotate.forms import CAPITAL
from kg.lexicon import PhrasePattern, shape
from kg.registers import Organisation

_ACRONYM = r"[A-ZÅÄÖ][\w&ÅÄÖåäö-]{1,9}"
_IN_BRACKETS = shape("annotate_brackets", "in_brackets", ACRONYM=_ACRONYM)
_BRACKET = re.compile(r"\s?\((?P<inner>[^()]{2,120})\)")
_BEFORE = re.compile(rf"(?<![\w-])(?P<acronym>{_ACRONYM})\s\($")
_VID = shape("annotate_brackets", "vid", CAPITAL=CAPITAL)
_FILLING = shape("annotate_brackets", "filling")
_DIARY = re.compile(r"[ \u00a0]\d{2,4}[/:]\d|-\d{2,}")
_BEFORE_CAPITAL = re.compile(r"(?<!\w)[A-ZÅÄÖ][a-zåäö]{4,}[ \u00a0]$")


def is_acronym(word: str) -> bool:
    """Whether ``word`` looks like an acronym: at least two capitals, and no more small letters than capitals."""
    capitals = sum(c.isupper() for c in word)
    return capitals >= 2 and capitals >= sum(c.islower() for c in word)


def fits_name(acronym: str, name: str) -> bool:
    """Whether the capitals of ``acronym`` can be read in order from the words of ``name``: each begins a word or
    stands within one that has begun."""
    letters = [c for c in acronym.casefold() if c.isalnum()]
    position = 0
    folded = name.casefold()
    for letter in letters:
        position = folded.find(letter, position)
        if position < 0:
            return False
        position += 1
    return bool(letters) and folded[0] == letters[0]


def introduced(
    text: str, organisations: Iterable[Candidate], known: Mapping[str, tuple[Organisation, ...]], funds: frozenset[str]
) -> dict[str, tuple[str, str | None]]:
    """Acronym -> (canonical, register id), for every acronym that the paper gives beside a full name; the first
    introduction counts.  Acronyms of funds introduce nothing."""
    found: dict[str, tuple[str, str | None]] = {}
    for c in organisations:
        after = _IN_BRACKETS.match(text, c.end)
        before = _BEFORE.search(text, max(0, c.start - 16), c.start)
        acronym = None
        if after:
            acronym = after.group("acronym")
        elif before and text[c.end : c.end + 1] == ")":
            acronym = before.group("acronym")
        if acronym is None or acronym in funds or not is_acronym(acronym):
            continue
        own = any(o.id == c.register_id for o in known.get(acronym, ()))
        if own or fits_name(acronym, c.canonical) or fits_name(acronym, text[c.start : c.end]):
            found.setdefault(acronym, (c.canonical, c.register_id))
    return found


def short_form_pattern(heads: Iterable[str], legal_forms: Iterable[str]) -> re.Pattern[str]:
    """What may be left off a name: a head before its one distinctive word, or the legal form after it."""
    before = "|".join(re.escape(h) for h in heads)
    after = "|".join(legal_forms)
    return re.compile(rf"(?:{before}) (?P<word>[A-ZÅÄÖ][\w-]{{4,}})|(?P<name>.{{5,}}?) (?:{after})")


def short_forms(
    organisations: Iterable[Candidate], pattern: re.Pattern[str], taken: frozenset[str]
) -> dict[str, tuple[str, str | None]]:
    """Short form -> (canonical, register id) for names that no register holds: the name without its legal form,
    or the distinctive word after "Stiftelsen"; ``taken`` are names of places and common words, which are none."""
    found: dict[str, tuple[str, str | None]] = {}
    for c in organisations:
        match = pattern.fullmatch(c.canonical) if c.register_id is None else None
        short = (match.group("word") or match.group("name")) if match else ""
        if short and short.casefold() not in taken:
            found.setdefault(short, (c.canonical, None))
    return found


def occurrences(text: str, aliases: Mapping[str, tuple[str, str | None]], source: str) -> Iterator[Candidate]:
    """Every whole-word occurrence of the aliases, their genitives included."""
    if not aliases:
        return
    listed = "|".join(re.escape(a) for a in sorted(aliases, key=lambda a: (-len(a), a)))
    for match in re.finditer(rf"(?P<alias>{listed})(?::s|'s|’s|s)?(?!\w)", text):
        start, end = match.span()
        if (source == "acronym" and _DIARY.match(text, end)) or (
            source == "short" and _BEFORE_CAPITAL.search(text, max(0, start - 30), start)
        ):
            continue
        if is_whole(text, start, end):
            canonical, key = aliases[match.group("alias")]
            yield Candidate("organisation", start, end, canonical, key, source)


def with_brackets(text: str, chosen: list[Candidate], english: PhrasePattern) -> Iterator[Candidate]:
    """Organisations with the bracket after them as one span, where the bracket only repeats the name, gives its
    acronym or names the fund that it pays from: "Uppsala universitet (UU)", "Tillväxtverket (ERUF)".  A name that
    ``english`` fits takes the Swedish name of the bracket."""
    starts = [c.start for c in chosen]
    for c in chosen:
        bracket = _BRACKET.match(text, c.end) if c.kind == "organisation" else None
        if bracket is None:
            continue
        low, high = bracket.span("inner")
        translated = c.register_id is None and english.search(c.canonical) is not None
        rest = text[low:high]
        canonical, key = c.canonical, c.register_id
        for inner in chosen[bisect_left(starts, low) : bisect_left(starts, high)]:
            gloss = inner.kind == "organisation" and translated
            if inner.end <= high and (inner.kind == "fund" or inner.canonical == c.canonical or gloss):
                rest = rest.replace(text[inner.start : inner.end], "", 1)
                if gloss and inner.register_id is not None:
                    canonical, key = inner.canonical, inner.register_id
        if not _FILLING.sub("", rest):
            yield Candidate("organisation", c.start, bracket.end(), canonical, key, "bracket")


def with_parts(text: str, chosen: Iterable[Candidate], part_words: frozenset[str]) -> Iterator[Candidate]:
    """A part of an organisation with its whole as one span of the whole: "CDT vid Luleå tekniska universitet".
    The part is an acronym or holds a word such as "Centrum"; two plain capitalised words may be a person."""
    for c in chosen:
        if c.kind != "organisation" or c.register_id is None:
            continue
        part = _VID.search(text, max(0, c.start - 90), c.start)
        if part is None:
            continue
        words = part.group("part").split()
        named = any(
            w.casefold() in part_words or any(w.casefold().endswith(p) for p in part_words if len(p) > 5) for w in words
        )
        if named or (len(words) == 1 and is_acronym(words[0])):
            yield Candidate("organisation", part.start("part"), c.end, c.canonical, c.register_id, "part")
