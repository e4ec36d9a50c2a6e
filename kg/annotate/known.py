"""Names that the registers hold, found by spaCy's PhraseMatcher: organisations, municipalities, counties, funds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

from kg.annotate.candidates import Candidate, is_whole
from kg.lexicon import Lexicon, shape
from kg.registers import Organisation, Programme, Registers

_LEGAL_TAIL = shape("annotate_known", "legal_tail")
_BRACKETED = re.compile(r"\([^)]*\)")
_BEFORE_CAPITAL = re.compile(r"[ \u00a0][A-ZÅÄÖ]")
_DIARY = re.compile(r"[ \u00a0]\d{2,4}[/:]\d|-\d{2,}")
_NOT_ORGANISATIONS = frozenset({"fund", "programme"})


@dataclass(frozen=True, slots=True)
class Entry:
    """A spelling of a name.  ``mode``: ``phrase`` (several words: any case, the first letter a capital),
    ``word`` (one word: as spelt or all in capitals), ``exact`` (acronyms), ``free`` (any case)."""

    kind: str
    spelling: str
    canonical: str
    register_id: str | None
    mode: str

    def fits(self, written: str) -> bool:
        if self.mode == "exact":
            return written == self.spelling
        if self.mode == "word":
            return written == self.spelling or (len(written) >= 4 and written == self.spelling.upper())
        if self.mode == "phrase":
            return written[:1].isupper() or written[:1].isdigit() or written[:1] == self.spelling[:1]
        return True


class KnownNames:
    """The matcher over all register names; built once, then only read."""

    def __init__(self, registers: Registers, lexicon: Lexicon, nlp: Language) -> None:
        self._entries = list_entries(registers, lexicon)
        self.acronyms = all_acronyms(registers)
        self._matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
        self._matcher.add("NAME", list(nlp.tokenizer.pipe(sorted(self._entries))))  # type: ignore[attr-defined]

    def find(self, doc: Doc, text: str) -> Iterator[Candidate]:
        """All spans that spell a name of the registers as whole words; they may overlap."""
        for _, first, last in self._matcher(doc):
            start, end = doc[first].idx, doc[last - 1].idx + len(doc[last - 1])
            written = text[start:end]
            if not is_whole(text, start, end):
                continue
            for entry in self._entries.get(written.lower(), ()):
                if entry.register_id is None and entry.kind == "organisation" and _BEFORE_CAPITAL.match(text, end):
                    continue
                if entry.fits(written) and not (entry.mode == "exact" and _DIARY.match(text, end)):
                    source = "acronym" if entry.mode == "exact" else "register"
                    yield Candidate(entry.kind, start, end, entry.canonical, entry.register_id, source)
                    break


def list_entries(registers: Registers, lexicon: Lexicon) -> dict[str, list[Entry]]:
    """All that is known under each spelling, in small letters; of several the one that goes before first."""
    found: dict[str, list[Entry]] = {}
    for entry in _all_entries(registers, lexicon):
        for variant in _inflections(entry):
            found.setdefault(variant.spelling.lower(), []).append(variant)
    return found


def _all_entries(registers: Registers, lexicon: Lexicon) -> Iterator[Entry]:
    ambiguous = frozenset(lexicon.words("names", "organisations", "ambiguous"))
    acronyms = frozenset(lexicon.words("names", "organisations", "acronyms"))
    for organisation in registers.organisations:
        if organisation.kind not in _NOT_ORGANISATIONS:
            yield from _organisation_entries(organisation, ambiguous, acronyms)
    registered = {n for o in registers.organisations for n in (o.label, *o.names)}
    for name in lexicon.words("names", "organisations", "known"):
        if name not in registered:
            yield _entry("organisation", name, name, None)
    for county in registers.counties:
        for name in (county.name, *county.names, county.short_name):
            yield _entry("county", name, county.short_name, county.id)
    for name, code in lexicon.get("names", "places", "county_names").items():
        known = registers.county(code)
        if known is not None:
            yield _entry("county", name, known.short_name, known.id)
    for municipality in registers.municipalities:
        yield _entry("municipality", municipality.short_name, municipality.short_name, municipality.id)
    skip = frozenset(s.casefold() for s in lexicon.words("names", "funds", "skip"))
    for organisation in registers.organisations:
        if organisation.kind in _NOT_ORGANISATIONS:
            for name in (organisation.label, *organisation.names):
                if name.casefold() not in skip and not _names_programme(registers, name):
                    mode = "free" if " " in name else "word"
                    yield Entry("fund", name, organisation.label, organisation.id, mode)
    canonicals: dict[str, set[str]] = {}
    for programme in registers.programmes:
        canonicals.setdefault(programme.canonical, set()).add(programme.id)
    for programme in registers.programmes:
        shared = len(canonicals[programme.canonical]) > 1
        for name in (programme.name, programme.canonical, *programme.names):
            if name.casefold() not in skip and programme.name.casefold() not in skip:
                mode = "free" if " " in name else "word"
                key = None if shared and name == programme.canonical else programme.id
                yield Entry("fund", name, programme.canonical, key, mode)


def _organisation_entries(
    organisation: Organisation, ambiguous: frozenset[str], acronyms: frozenset[str]
) -> Iterator[Entry]:
    label, key = organisation.label, organisation.id
    for name in dict.fromkeys(
        [label, *organisation.names, *(_LEGAL_TAIL.sub("", n) for n in [label, *organisation.names])]
    ):
        bare = _BRACKETED.sub("", name).strip()
        if name in organisation.acronyms:
            if name in acronyms:
                yield Entry("organisation", name, label, key, "exact")
        elif bare == name and name not in ambiguous:
            yield _entry("organisation", name, label, key)


def _names_programme(registers: Registers, name: str) -> bool:
    return any(isinstance(r, Programme) for r in registers.lookup(name))


def _entry(kind: str, name: str, canonical: str, key: str | None) -> Entry:
    return Entry(kind, name, canonical, key, "phrase" if " " in name else "word")


def _inflections(entry: Entry) -> Iterator[Entry]:
    """The spelling and its genitives."""
    yield entry
    if entry.mode == "exact":
        endings: tuple[str, ...] = (":s", "s", "'s", "’s")
    elif entry.spelling.endswith(("s", "x", "z")):
        endings = ("'", "’")
    elif entry.spelling.endswith((")", "+")):
        endings = ()
    else:
        endings = ("s",)
    for ending in endings:
        yield Entry(entry.kind, entry.spelling + ending, entry.canonical, entry.register_id, entry.mode)


def all_acronyms(registers: Registers) -> dict[str, tuple[Organisation, ...]]:
    """Every acronym of the registers, ambiguous ones too, with the organisations that bear it."""
    found: dict[str, tuple[Organisation, ...]] = {}
    for organisation in registers.organisations:
        for acronym in organisation.acronyms:
            found[acronym] = (*found.get(acronym, ()), organisation)
    return found
