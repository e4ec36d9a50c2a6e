"""Counties and municipalities as places: which of the bare names are places, and of which kind within a list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from kg.annotate.candidates import Candidate
from kg.lexicon import Lexicon, shape
from kg.registers import Registers, normal_form

_BETWEEN = shape("annotate_places", "between")
_WORD_BEFORE = re.compile(r"(?P<word>[\w.&-]+)(?P<gap>[ \u00a0])$")
_HEAD_BEFORE = shape("annotate_places", "head_before")
_HEAD_AFTER = re.compile(r"\s(?P<word>\w+)")
_COUNTY_END = shape("annotate_places", "county_end")
_COUNTY_BEHIND = shape("annotate_places", "county_behind")
_COUNCIL = shape("annotate_places", "council")
_POSTAL = re.compile(r"\d{2}[ \u00a0]{1,2}$")
_SENTENCE_END = frozenset('.!?:;,()”"–-/')


class Places:
    """Decides over the bare names of places; built once."""

    def __init__(self, registers: Registers, lexicon: Lexicon) -> None:
        words = lambda key: frozenset(lexicon.words("names", "places", key))  # noqa: E731
        self._ambiguous = words("ambiguous")
        self._county_first = words("county_first")
        self._county_before, self._county_after = words("county_heads_before"), words("county_heads_after")
        self._municipality_before = words("municipality_heads_before")
        self._municipality_after = words("municipality_heads_after")
        self._labels = words("labels_before")
        self._openers = frozenset(lexicon.words("names", "words", "start"))
        self._registers = registers
        self._organisations_of: dict[str, str] = lexicon.get("names", "places", "organisations_of")
        self._counties = {normal_form(c.short_name): c for c in registers.counties}
        self._counties.update(
            {
                normal_form(n): c
                for n, code in lexicon.get("names", "places", "county_names").items()
                if (c := registers.county(code))
            }
        )
        self._municipalities = {normal_form(m.short_name): m for m in registers.municipalities}

    def column_kind(self, head: str) -> str | None:
        """The kind of the places in a column with this head: "Kommun", "Berörda län"."""
        words = head.casefold().rstrip(":").split()
        if words and words[-1] in self._municipality_before:
            return "municipality"
        return "county" if words and words[-1] in self._county_before else None

    def settle(
        self, text: str, places: list[Candidate], columns: Mapping[int, str] | None = None
    ) -> Iterator[Candidate]:
        """The places that stand, each of the kind that its list, head or name gives; ``columns``: where a cell
        starts whose column says the kind."""
        for run in _runs(text, sorted(places, key=lambda c: (c.start, c.start - c.end))):
            yield from self._settle_run(text, run, (columns or {}).get(run[0].start))

    def _settle_run(self, text: str, run: list[Candidate], column: str | None) -> Iterator[Candidate]:
        head = column or self._head_kind(text, run)
        kind = head
        steady = [c for c in run if c.canonical not in self._ambiguous]
        if kind is None:
            kinds = {self._only_kind(text, c) for c in steady} - {None}
            if len(run) > 1 and len(kinds) == 1:
                kind = kinds.pop()
        for c in run:
            organisation = self._organisation(text, c, run)
            if organisation is not None:
                yield organisation
                continue
            formal = " " in text[c.start : c.end] and c.kind == "county"
            if formal and _COUNCIL.match(text, c.end):
                continue
            if not formal and self._within_name(text, c, run):
                continue
            if c.canonical in self._ambiguous and not (kind == "municipality" and (len(run) > 1 or head)):
                continue
            yield self._as_kind(text, c, kind)

    def _organisation(self, text: str, c: Candidate, run: list[Candidate]) -> Candidate | None:
        """The authority that a place stands for in "Länsstyrelserna i Kalmar och Kronobergs län"."""
        before = text[max(0, run[0].start - 24) : run[0].start].casefold()
        for head, form in self._organisations_of.items():
            if before.endswith(f"{head} "):
                known = self._registers.lookup_organisation(form.format(c.canonical))
                if known is not None:
                    return Candidate("organisation", c.start, c.end, known.label, known.id, "list")
        return None

    def _as_kind(self, text: str, c: Candidate, kind: str | None) -> Candidate:
        key = normal_form(c.canonical)
        county, municipality = self._counties.get(key), self._municipalities.get(key)
        if c.kind == "county" and " " in text[c.start : c.end] and county is not None and municipality is not None:
            return c  # "Uppsala län" says what it is
        if county is not None and (
            municipality is None or kind == "county" or (kind is None and c.canonical in self._county_first)
        ):
            return replace(c, kind="county", canonical=county.short_name, register_id=county.id)
        if municipality is not None:
            return replace(c, kind="municipality", canonical=municipality.short_name, register_id=municipality.id)
        return c

    def _only_kind(self, text: str, c: Candidate) -> str | None:
        """The kind of a name that can be of one kind only, or that says it ("Uppsala län")."""
        if c.kind == "county" and _COUNTY_END.search(text[c.start : c.end].casefold()):
            return "county"
        key = normal_form(c.canonical)
        if key in self._counties and key in self._municipalities:
            return None
        return "county" if key in self._counties else "municipality"

    def _head_kind(self, text: str, run: list[Candidate]) -> str | None:
        before = _HEAD_BEFORE.search(text[max(0, run[0].start - 40) : run[0].start])
        after = _HEAD_AFTER.match(text, run[-1].end)
        word_before = before.group("word").casefold() if before else ""
        word_after = after.group("word").casefold() if after else ""
        if word_before in self._municipality_before or (word_after in self._municipality_after and len(run) > 1):
            return "municipality"
        if word_before in self._county_before or (word_after in self._county_after and len(run) > 1):
            return "county"
        last = text[run[-1].start : run[-1].end].casefold()
        if len(run) > 1 and _COUNTY_BEHIND.search(last) and any(not _has_county_word(text, c) for c in run[:-1]):
            return "county"
        return None

    def _within_name(self, text: str, c: Candidate, run: list[Candidate]) -> bool:
        """Whether a bare name is a part of a longer name, of an address or of a person's name."""
        before = _WORD_BEFORE.search(text[max(0, c.start - 40) : c.start])
        if _POSTAL.search(text[max(0, c.start - 4) : c.start]):
            return True
        if before and before.group("word")[:1].isupper():
            word = before.group("word").casefold().rstrip(".")
            heads = self._municipality_before | self._county_before
            if (
                word not in self._openers
                and word not in self._labels
                and word not in heads
                and not before.group("word").endswith(".")
            ):
                return True
        following = text[c.end : c.end + 3]
        if following[:1] in " \u00a0" and following[1:2].isupper() and not any(o.start == c.end + 1 for o in run):
            return True
        return following[:1] == "-" and following[1:2].isalnum()


def _has_county_word(text: str, c: Candidate) -> bool:
    return " " in text[c.start : c.end]


def _runs(text: str, places: list[Candidate]) -> Iterator[list[Candidate]]:
    """Places that stand side by side in one list."""
    run: list[Candidate] = []
    for c in places:
        if run and c.start < run[-1].end:
            continue
        if run and not _BETWEEN.fullmatch(text, run[-1].end, c.start):
            yield run
            run = []
        run.append(c)
    if run:
        yield run
