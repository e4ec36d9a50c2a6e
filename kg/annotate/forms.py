"""Organisations that the registers lack, known by the form of their name: legal forms and head words.

The vocabulary is ``data/lexicon/names.toml``; this module knows how a name is put together: capitalised words
with few links between them, a head before ("Stiftelsen X") or after ("X samordningsförbund"), or a legal form.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.annotate.candidates import Candidate, close_spaces, drop_genitive, is_whole
from kg.annotate.wordroles import WordRoles, before_on_line, first_words, match_at
from kg.lexicon import Lexicon, fill_shape, shape

CAPITAL = r"(?:[A-ZÅÄÖÉÜØÆ][\w&+’'-]*(?:\.\w[\w-]*)*|\d+[A-Za-zåäö][\w-]*)"
_GAP = r"[ \u00a0]"
_PLAIN = rf"{CAPITAL}(?:{_GAP}(?:&{_GAP})?{CAPITAL})"
_CAPS = r"[A-ZÅÄÖÉ][A-ZÅÄÖÉ-]+"
_LOWER = r"[a-zåäöéü][\wåäöéü-]*"
_WITHIN_SENTENCE = re.compile(r"[a-zåäöé0-9,][ \u00a0]$")
_END_OF_WORD = re.compile(r"[ \u00a0]")


class FormNames:
    """Patterns over the head words, compiled once."""

    def __init__(self, lexicon: Lexicon) -> None:
        words = lambda *path: lexicon.words("names", *path)  # noqa: E731
        after_trade = "|".join(f"(?<={trade})" for trade in words("organisations", "trades"))
        several = fill_shape("annotate_forms", "words", CAPITAL=CAPITAL, GAP=_GAP, AFTER_TRADE=after_trade)
        self._start = frozenset(words("words", "start"))
        self._end = frozenset(words("words", "end"))
        self._nominative = frozenset(words("words", "after_nominative"))
        before = _alternatives(words("organisations", "heads_before"))
        ends = words("organisations", "ends_after")
        ends_after = "|".join([*ends, *(e.capitalize() for e in ends)])
        ends_before = "|".join(words("organisations", "ends_before"))
        ends_single = "|".join(words("organisations", "ends_single"))
        heads_before_caps = [w.upper() for w in words("organisations", "heads_before")]
        before_caps = _alternatives(heads_before_caps)
        legal = "|".join(sorted(words("organisations", "legal_forms"), key=len, reverse=True))
        after = _alternatives(words("organisations", "heads_after"))
        capital = _alternatives(words("organisations", "heads_after_capital"))
        english = _alternatives(words("organisations", "heads_before_capital"))
        for_heads = _alternatives(words("organisations", "heads_for"))
        self._before = shape("annotate_forms", "head_first", BEFORE=before, GAP=_GAP, PLAIN=_PLAIN)
        self._before_caps = re.compile(
            rf"(?<![\w-])(?P<head>{before_caps}){_GAP}(?P<name>{_CAPS}(?:{_GAP}{_CAPS}){{0,2}})(?![\w-])"
        )
        self._legal = re.compile(
            rf"(?<![\w-])(?P<name>{several}{{0,6}})(?P<gap>{_GAP}|-)(?P<form>{legal})(?P<s>:s|s|'s)?(?![\w-])"
        )
        self._after = shape(
            "annotate_forms", "head_last", PLAIN=_PLAIN, GAP=_GAP, AFTER=after, ENDS_AFTER=ends_after, LEGAL=legal
        )
        self._after_capital = re.compile(
            rf"(?<![\w-])(?P<name>{_PLAIN}{{0,4}}){_GAP}(?P<head>(?:{capital})(?:{_GAP}(?:{legal})(?!\w))?)(?P<s>s|:s|'s|’s)?(?![\w-])"
        )
        self._definite = shape("annotate_forms", "definite_first", ENDS_BEFORE=ends_before, GAP=_GAP, PLAIN=_PLAIN)
        self._single = re.compile(rf"(?<![\w-])(?P<word>[A-ZÅÄÖ][a-zåäö-]*(?:{ends_single}))s?(?![\w-])")
        self._small = frozenset(words("organisations", "small_words"))
        self._never_single = frozenset(words("organisations", "never_single"))
        self._never_ends = tuple(words("organisations", "never_ends"))
        self._leader = shape("annotate_forms", "leader", GAP=_GAP, CAPITAL=CAPITAL)
        leader_before = _alternatives(words("organisations", "leader_before"))
        leader_after = _alternatives(words("organisations", "leader_after"))
        self._leader_before = re.compile(rf"(?<!\w)(?:{leader_before}){_GAP}$")
        self._leader_after = re.compile(rf"s?:?s?{_GAP}(?:{leader_after})(?!\w)")
        self._english = re.compile(rf"(?<![\w-])(?P<head>{english}){_GAP}(?P<name>{several}{{0,2}})")
        ends_for = "|".join(words("organisations", "ends_for"))
        heads_for_caps = [w.upper() for w in words("organisations", "heads_for")]
        for_caps = _alternatives(heads_for_caps)
        self._for_caps = re.compile(rf"(?m)^(?:{for_caps}){_GAP}[A-ZÅÄÖÉ][A-ZÅÄÖÉ, \u00a0-]+$")
        common = rf"(?!(?:{_alternatives(self._nominative)})(?!\w)){_LOWER}"
        self._for = shape(
            "annotate_forms", "head_for", FOR_HEADS=for_heads, ENDS_FOR=ends_for, GAP=_GAP, COMMON=common, WORDS=several
        )

        self._form = re.compile(rf"(?:{_GAP}|-)(?:{legal})(?::s|s|'s)?(?![\w-])")
        definite = rf"[A-ZÅÄÖ][a-zåäö]+(?:{ends_before})"
        self._roles = WordRoles(
            {
                "capital": CAPITAL,
                "before": first_words(words("organisations", "heads_before")),
                "before_caps": first_words(heads_before_caps),
                "english": first_words(words("organisations", "heads_before_capital")),
                "after": rf"(?:{first_words(words('organisations', 'heads_after'))}"
                rf"|[A-ZÅÄÖØa-zåäöø-]*(?:{ends_after}))s?",
                "after_capital": rf"(?:{first_words(words('organisations', 'heads_after_capital'))})s?",
                "definite": definite,
                "single": rf"[A-ZÅÄÖ][a-zåäö-]*(?:{ends_single})s?",
                "leader": "Leader",
                "for": rf"{first_words(words('organisations', 'heads_for'))}|[A-ZÅÄÖ][a-zåäö]+(?:{ends_for})",
                "for_caps": first_words(heads_for_caps),
            }
        )

    def find(self, text: str, known: Iterable[Candidate] = ()) -> Iterator[Candidate]:
        """All spans that have the form of an organisation's name, in the nominative.  A span that only lengthens
        a name of the registers (``known``) by the words around it is left out."""
        organisations = [c for c in known if c.kind == "organisation"]
        starts = {c.start for c in organisations if c.register_id and " " in text[c.start : c.end]}
        ends = {c.end for c in organisations}
        roles = self._roles.find(text)
        found = [
            *(c for c in self._find_before(text, roles) if c.start not in starts),
            *(c for c in self._find_after(text, roles) if c.end not in ends),
            *self._find_for(text, roles),
            *(c for c in self._find_definite(text, roles["definite"]) if c.start not in starts),
            *self._find_single(text, roles["single"]),
            *self._find_leader(text, roles["leader"]),
        ]
        yield from _settle_genitives(text, found, self._nominative)

    def _find_before(self, text: str, roles: dict[str, list[int]]) -> Iterator[Candidate]:
        for pattern, offsets in ((self._before, roles["before"]), (self._english, roles["english"])):
            for match in match_at(pattern, text, offsets):
                name_start, name_end = match.span("name")
                end = self._cut_end(text, name_start, name_end)
                if end <= name_start:
                    continue
                if end == name_end and "tail" in match.groupdict() and match.group("tail"):
                    end = match.end("tail")
                    if text[end - 1] == "s":
                        yield _candidate(text, match.start(), end, close_spaces(text[match.start() : end - 1]))
                        continue
                yield _candidate(text, match.start(), end, None)
        seen: dict[str, bool] = {}
        for match in match_at(self._before_caps, text, roles["before_caps"]):
            end = self._cut_caps(text, match, seen)
            if end > match.start("name"):
                yield _candidate(text, match.start(), end, _mixed_case(text[match.start() : end], self._small))

    def _cut_caps(self, text: str, match: re.Match[str], seen: dict[str, bool]) -> int:
        """Where a name in a line all in capitals ends: as far as the paper has it in small letters elsewhere, or
        the line goes; else after one word."""
        limit = self._cut_end(text, match.start("name"), match.end("name"))
        ends = [match.start("name") + w.end() for w in re.finditer(r"[^ \u00a0]+", text[match.start("name") : limit])]
        for end in reversed(ends):
            name = text[match.start() : end]
            if name not in seen:
                seen[name] = _mixed_case(name, self._small) in text
            if seen[name]:
                return end
        if ends and text[limit : limit + 1] in ("", "\n", "\t", ","):
            return limit
        return ends[0] if ends else match.start("name")

    def _find_after(self, text: str, roles: dict[str, list[int]]) -> Iterator[Candidate]:
        forms = [m.end() for m in self._form.finditer(text)]
        for pattern, whole, heads in (
            (self._legal, "form", forms),
            (self._after, "head", roles["after"]),
            (self._after_capital, "head", roles["after_capital"]),
        ):
            for match in match_at(pattern, text, before_on_line(text, roles["capital"], heads)):
                start = self._cut_start(text, match.start("name"), match.end("name"))
                if match.groupdict().get("form") == "AS" and match.group("name").isupper():
                    continue
                if start < match.end("name"):
                    nominative = close_spaces(text[start : match.end(whole)])
                    if is_whole(text, start, match.end()):
                        yield replace(
                            _candidate(text, start, match.end(), nominative),
                            source="legal" if whole == "form" else "form",
                        )

    def _find_for(self, text: str, roles: dict[str, list[int]]) -> Iterator[Candidate]:
        for match in match_at(self._for, text, roles["for"]):
            yield _candidate(text, *match.span(), None)

        for match in match_at(self._for_caps, text, roles["for_caps"]):
            yield _candidate(text, *match.span(), close_spaces(match.group()).capitalize())

    def _find_definite(self, text: str, offsets: list[int]) -> Iterator[Candidate]:
        for match in match_at(self._definite, text, offsets):
            if self._is_common(match.group("head").casefold()):
                continue
            group = "name" if match.group("name") else "place"
            end = self._cut_end(text, *match.span(group))
            if end > match.start(group):
                yield _candidate(text, match.start(), end, None)

    def _find_single(self, text: str, offsets: list[int]) -> Iterator[Candidate]:
        """Words such as "Fondmyndigheten": names where they have their capital within a sentence."""
        found = [m for m in match_at(self._single, text, offsets) if not self._is_common(m.group("word").casefold())]
        proper = {m.group("word") for m in found if _is_proper(text, *m.span())}
        for match in found:
            if match.group("word") in proper:
                yield _candidate(text, *match.span(), match.group("word"))

    def _is_common(self, word: str) -> bool:
        return word in self._never_single or word.endswith(self._never_ends)

    def _find_leader(self, text: str, offsets: list[int]) -> Iterator[Candidate]:
        """Leader areas, in a paper in which one acts: heads the paper, has its LAG, or decides."""
        found = list(match_at(self._leader, text, offsets))
        acting = {
            close_spaces(m.group("name"))
            for m in found
            if (m.start() == 0 and text[m.end() : m.end() + 1] in ("", "\n", "\t"))
            or self._leader_before.search(text, max(0, m.start() - 24), m.start())
            or self._leader_after.match(text, m.end("name"))
        }
        acting |= {drop_genitive(name) for name in acting}
        for match in found:
            end = self._cut_end(text, match.start("name") + len("Leader "), match.end("name"))
            name = close_spaces(text[match.start() : end])
            if name in acting or drop_genitive(name) in acting:
                yield _candidate(text, match.start(), end, None)

    def _cut_start(self, text: str, start: int, end: int) -> int:
        """Past leading words that open a sentence or label a field: "Även Norrfrakt" -> "Norrfrakt"."""
        while start < end:
            word = _END_OF_WORD.split(text[start:end], maxsplit=1)[0]
            if word.casefold() not in self._start and word.casefold() not in self._end:
                return start
            start += len(word)
            while start < end and text[start] in " \u00a0":
                start += 1
        return start

    def _cut_end(self, text: str, start: int, end: int) -> int:
        """Before a word that belongs to the paper, not to the name: "Region Norrsund Protokoll"."""
        for word in re.finditer(r"[^ \u00a0]+", text[start:end]):
            if word.group().casefold().rstrip(":") in self._end:
                return start + len(text[start : start + word.start()].rstrip())
        return end


def _is_proper(text: str, start: int, end: int) -> bool:
    """Whether a capital marks a name: the word stands within a sentence, or alone in a cell after its label."""
    if _WITHIN_SENTENCE.search(text, max(0, start - 4), start):
        return True
    return text[start - 1 : start] == "\t" and text[end : end + 1] in ("", "\n", "\t", ",")


def _alternatives(words: Iterable[str]) -> str:
    return "|".join(re.escape(w).replace(r"\ ", _GAP) for w in sorted(words, key=lambda w: (-len(w), w)))


def _candidate(text: str, start: int, end: int, canonical: str | None) -> Candidate:
    return Candidate("organisation", start, end, canonical or close_spaces(text[start:end]), None, "form")


def _mixed_case(text: str, small: frozenset[str]) -> str:
    """A name all in capitals in the usual case: "REGION NORRSUND" -> "Region Norrsund"."""
    return " ".join(
        w.lower() if w.lower() in small else "-".join(p.capitalize() for p in w.split("-")) for w in text.split()
    )


def _settle_genitives(text: str, found: list[Candidate], nominative: frozenset[str]) -> Iterator[Candidate]:
    """Strip a final s where the paper has the name without it elsewhere, or where the next word shows that the
    name stands in the genitive."""
    names = Counter(c.canonical for c in found)
    for c in found:
        name = c.canonical
        last = text[c.end - 1]
        if last == "s" and name == close_spaces(text[c.start : c.end]):
            bare = drop_genitive(name)
            following = re.match(r"[ \u00a0\n]([a-zåäöéü][\w-]*)", text[c.end : c.end + 40])
            if names[bare] or (
                following and following.group(1) not in nominative and _is_noun_like(following.group(1))
            ):
                name = bare
        yield Candidate(c.kind, c.start, c.end, name, c.register_id, c.source)


_VERB_LIKE = shape("annotate_forms", "verb_like")


def _is_noun_like(word: str) -> bool:
    return not _VERB_LIKE.match(word)
