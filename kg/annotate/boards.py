"""Bodies and officials that decide: boards, committees, assemblies, partnerships, directors by delegation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise

from kg.annotate.candidates import Candidate, close_spaces, drop_genitive, lines_with, sentence_case
from kg.lexicon import Lexicon, shape

_GAP = r"[ \u00a0]"
_WORD = re.compile(r"(?<![\w-])[^\W\d_]+(?![\w-])")
_ELLIPTIC = shape("annotate_boards", "elliptic")
_OWNS = shape("annotate_boards", "owns")
_GOES_ON = shape("annotate_boards", "goes_on")
_DIRECTOR = shape("annotate_boards", "director")
_OFFICIAL_BEFORE = shape("annotate_boards", "official_before")
_JOINT_FIELDS = shape("annotate_boards", "joint_fields", GAP=_GAP)
_LOWER = r"[a-zåäöé][\wåäöé-]*"


class Boards:
    """Patterns over the heads of ``data/lexicon/names.toml``, compiled once."""

    def __init__(self, lexicon: Lexicon) -> None:
        words = lambda key: lexicon.words("names", "boards", key)  # noqa: E731
        definite, indefinite = words("definite"), words("indefinite")
        self._definite = tuple(definite) + tuple(words("compound_stems"))
        self._never = frozenset(words("never"))
        self._never_ends = tuple(sorted(self._never - frozenset(indefinite)))
        self._definite_ends: dict[str, str] = lexicon.get("names", "boards", "definite_forms")
        owners = "|".join(words("owners"))
        self._owner_before = shape("annotate_boards", "owner_before", OWNERS=owners)
        self._chiefs = tuple(words("chiefs"))
        self._chief = shape("annotate_boards", "chief", HEADS=_alternatives(words("chiefs")), GAP=_GAP, LOWER=_LOWER)
        self._anchors = tuple(words("anchors"))
        self._stops = frozenset(words("complement_end"))
        self._places = tuple(words("with_place"))
        ends = _alternatives([*definite, *indefinite])
        stems = _alternatives(words("compound_stems"))
        self._adjectives = frozenset(words("adjectives"))
        self._ends = tuple(end + s for end in (*definite, *indefinite, *words("compound_stems")) for s in ("", "s"))
        self._officials = tuple(end + s for end in words("officials") for s in ("", "s"))
        self._official_stems = tuple(words("official_stems"))
        self._word = re.compile(rf"(?P<word>[^\W\d_]*(?:{ends}|{stems}))(?P<s>s)?(?![\w-])", re.IGNORECASE)
        self._groups = tuple(words("local_groups"))
        papers = _alternatives(words("group_papers"))
        self._group = re.compile(
            rf"(?<![\w-])(?:{_alternatives(words('local_groups'))})(?:(?::s)?(?![\w-])|(?=-(?:{papers})(?!\w)))"
        )
        self._english_names = tuple(words("english"))
        self._english = shape("annotate_boards", "english", ENGLISH=_alternatives(words("english")), GAP=_GAP)
        self._for = shape("annotate_boards", "complement", GAP=_GAP, LOWER=_LOWER)
        self._with_place = shape("annotate_boards", "place", GAP=_GAP)
        self._owned = re.compile(rf"{_GAP}(?P<word>[a-zåäö]*(?:{ends}))(?P<s>s)?(?![\w-])")
        self._joint = shape("annotate_boards", "of_boards", GAP=_GAP)

        self._role = lru_cache(maxsize=8192)(self._role_of)

    def find(self, text: str) -> Iterator[Candidate]:
        """All spans that name a deciding body or official; bare short forms ("nämnden") too, as "Nämnden"."""
        for low, high in lines_with(text, self._anchors):
            for word in _WORD.finditer(text, low, high):
                role = self._role(word.group())
                if role == "board":
                    if match := self._word.match(text, word.start()):
                        yield from self._candidate(text, match)
                elif role == "official":
                    yield from self._official_candidate(text, word)
            led = any(text.find(head[1:], low, high) >= 0 for head in self._chiefs)
            for match in self._chief.finditer(text, low, high) if led else ():
                begin = match.start("caps") if match.group("caps") else match.start("lower")
                kept = match.group("caps") or self._cut_complement(match.group("lower"))
                end = begin + len(kept)
                if kept:
                    name = sentence_case(close_spaces(text[match.start() : end]))
                    yield Candidate("board", match.start(), end, name, None, "official")
        for match in self._group.finditer(text) if any(name in text for name in self._groups) else ():
            yield Candidate("board", *match.span(), match.group().removesuffix(":s"), None, "form")
        for match in self._english.finditer(text) if any(name in text for name in self._english_names) else ():
            yield Candidate("board", *match.span(), close_spaces(match.group()), None, "form")

    def _role_of(self, word: str) -> str:
        folded = word.casefold()
        if folded.endswith(self._ends):
            return "board"
        return "official" if folded.endswith(self._officials) else ""

    def _candidate(self, text: str, match: re.Match[str]) -> Iterator[Candidate]:
        word = match.group("word").casefold()
        start, end = match.span()
        elliptic = _ELLIPTIC.search(text, max(0, start - 60), start)
        if elliptic:
            start = elliptic.start()
        before = re.search(r"(?<![\w-])(\w+)[ \u00a0]$", text[max(0, start - 24) : start])
        adjective = before.group(1) if before and before.group(1).casefold() in self._adjectives else None
        if adjective:
            start -= len(adjective) + 1
        owned = bool(self._owner_before.search(text, max(0, start - 40), start))
        definite = word.endswith(self._definite)
        complement = "" if match.group("s") else self._complement(text, end)
        if word in self._never and not owned and not (complement and match.group("word")[0].isupper()):
            yield from self._bare_title(text, match, word)
            return
        if word.endswith(self._never_ends):
            return
        if not definite and not (adjective or complement or owned or match.group("word")[0].isupper() or elliptic):
            return
        if complement:
            end += len(complement)
        canonical, end = self._extend(text, start, end, match, complement)
        after_owner = owned or bool(adjective and adjective.casefold().endswith("a"))
        if after_owner and not definite and canonical.casefold().endswith(word):
            canonical = self._make_definite(canonical)
        if complement and word.endswith(self._places) and _OWNS.search(text, max(0, end - 2), end + 3):
            canonical = drop_genitive(canonical)  # 'Strukturfondspartnerskapet Skåne-Blekinges sammanträde'
        yield Candidate("board", start, end, sentence_case(canonical), None, "form")

    def _bare_title(self, text: str, match: re.Match[str], word: str) -> Iterator[Candidate]:
        """A bare indefinite head at the start of a line, as minutes print it: "Presidium – Nämnd för …"."""
        line_start = not text[max(0, match.start() - 1) : match.start()].strip(" \n\t")
        if word == "presidium" and match.group("word")[0].isupper() and line_start:
            yield Candidate("board", *match.span("word"), "Presidium", None, "form")

    def _extend(self, text: str, start: int, end: int, match: re.Match[str], complement: str) -> tuple[str, int]:
        """The canonical name and the end, with a body of the body: "Kommunstyrelsens arbetsutskott"."""
        if not match.group("s"):
            return close_spaces(text[start:end]), end
        joint = self._joint.match(text, end)
        if joint:
            return close_spaces(text[start : joint.end()]), joint.end()
        owned = self._owned.match(text, end)
        if owned and not _GOES_ON.fullmatch(owned.group("word")):
            name = close_spaces(text[start : owned.end("word")])
            return name, owned.end()
        return drop_genitive(close_spaces(text[start:end])), end

    def _complement(self, text: str, end: int) -> str:
        """What follows in "Nämnden för regional tillväxt", "Strukturfondspartnerskapet Småland och Öarna"; empty
        where nothing of the name follows."""
        word = text[max(0, end - 20) : end].casefold()
        if word.endswith(self._places):
            place = self._with_place.match(text, end)
            if place:
                return place.group()
        found = self._for.match(text, end)
        if not found:
            return ""
        if found.group("caps"):
            return "" if word.endswith("styrelsen") else found.group()
        kept = self._cut_complement(found.group("lower"))
        return text[end : found.start("lower") + len(kept)] if kept else ""

    def _cut_complement(self, words: str) -> str:
        """Up to the first word that ends it; commas only within a list that closes with "och"."""
        clean: list[str] = []
        length = 0
        for piece in re.finditer(r"[^ \u00a0]+", words):
            word = piece.group().rstrip(",")
            if (
                word.casefold() in self._stops
                or word[:1].isdigit()
                or (word[:1].isupper() and word not in ("EU",))
                or len(clean) == 9
                or word in "–-"
            ):
                break
            clean.append(piece.group())
            length = piece.end()
        kept = words[:length].rstrip(" ,\u00a0")
        if "," in kept:
            head, tail = kept.split(",", 1)
            closing = _JOINT_FIELDS.match("," + tail)
            kept = (
                head + closing.group()
                if closing and "," not in closing.group()[closing.group().rfind(" och ") :]
                else head
            )
        elif " och " in kept:
            kept = " ".join(kept.split())
        return kept.removesuffix(" och") if len(clean) > 0 else ""

    def _official_candidate(self, text: str, match: re.Match[str]) -> Iterator[Candidate]:
        start, end = match.span()
        word = match.group()
        name = drop_genitive(word) if word.casefold().endswith("s") else word
        if _DIRECTOR.search(name) and not name.casefold().startswith(self._official_stems):
            return
        before = _OFFICIAL_BEFORE.search(text, max(0, start - 24), start)
        if before:
            start = before.start()
            name = before.group() + name
        owned = self._owner_before.search(text, max(0, start - 40), start) is not None
        if not name.casefold().endswith("en") and not (before or name[0].isupper() or owned):
            return
        yield Candidate("board", start, end, sentence_case(close_spaces(name)), None, "official")

    def _make_definite(self, name: str) -> str:
        """ "regionala utvecklingsnämnd" (after a genitive) -> "regionala utvecklingsnämnden"."""
        for ending, definite in self._definite_ends.items():
            if name.endswith(ending):
                return name.removesuffix(ending) + definite
        return name


def _alternatives(words: Iterable[str]) -> str:
    return "|".join(re.escape(w).replace(r"\ ", _GAP) for w in sorted(words, key=lambda w: (-len(w), w)))


def glossed(text: str, boards: Iterable[Candidate]) -> Iterator[Candidate]:
    """Boards followed by another name in brackets, as one: "Regional Executive Board (regionstyrelsen)" takes the
    Swedish name."""
    listed = sorted(boards, key=lambda c: c.start)
    for left, right in pairwise(listed):
        if re.fullmatch(r"\s?\(", text[left.end : right.start]) and text[right.end : right.end + 1] == ")":
            yield Candidate("board", left.start, right.end + 1, right.canonical, None, "bracket")
