"""Names in a paper: organisations, boards, municipalities, counties and funds.

Found through the registers (``known``), through their form (``forms``, ``boards``, ``funds``) and through what
the paper itself introduces (``brackets``).  Of names that overlap the longest stands.  A span holds whole words,
a genitive's s and the bracket that only repeats the name included; ``Name.canonical`` is the nominative.  Persons
are marked too (kind ``person``), so that they can be kept out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from spacy.language import Language
from spacy.tokens import Doc

from kg.annotate import brackets
from kg.annotate.boards import Boards, glossed
from kg.annotate.candidates import Candidate, choose, close_spaces
from kg.annotate.forms import FormNames
from kg.annotate.funds import FundSpellings
from kg.annotate.known import KnownNames
from kg.annotate.persons import Persons
from kg.annotate.places import Places
from kg.annotate.tokenizer import make_nlp
from kg.lexicon import Lexicon, compile_phrases, load_lexicon
from kg.model import Block, Name, TypedSpan
from kg.registers import Registers, load_registers

KINDS = ("organisation", "board", "municipality", "county", "fund")
_PLACES = ("municipality", "county")
_OFFICE = " Region "  # behind the name of an agency: its office there


class NameFinder:
    """All that finding names needs, built once and only read thereafter."""

    def __init__(self, registers: Registers, lexicon: Lexicon, nlp: Language) -> None:
        self._registers = registers
        self._known = KnownNames(registers, lexicon, nlp)
        self._funds = FundSpellings(lexicon)
        self._forms = FormNames(lexicon)
        self._boards = Boards(lexicon)
        self._places = Places(registers, lexicon)
        self._persons = Persons(lexicon)
        self._part_words = frozenset(lexicon.words("names", "organisations", "part_words"))
        self._fund_acronyms = frozenset(lexicon.words("names", "funds", "acronyms"))
        self._short_form = brackets.short_form_pattern(
            lexicon.words("names", "organisations", "short_heads"),
            lexicon.words("names", "organisations", "legal_forms"),
        )
        self._english = compile_phrases(lexicon.words("names", "organisations", "english_marks"))
        self._never_short = frozenset(
            [
                *(m.short_name.casefold() for m in registers.municipalities),
                *(c.short_name.casefold() for c in registers.counties),
                *lexicon.words("names", "words", "start"),
                *lexicon.words("names", "words", "end"),
            ]
        )

    def find(self, doc: Doc, text: str | None = None, blocks: Iterable[Block] = ()) -> list[TypedSpan]:
        """The names of ``doc``, sorted by start; none overlap.  ``text`` is ``doc.text`` where it is at hand;
        the heads of tables among ``blocks`` say whether their columns hold counties or municipalities."""
        text = doc.text if text is None else text
        known = list(self._known.find(doc, text))
        places = [c for c in known if c.kind in _PLACES]
        others = [c for c in known if c.kind not in _PLACES]
        boards = list(self._boards.find(text))
        forms = [
            self._look_up(c)
            for c in self._forms.find(text, others)
            if not _is_office(text, c, others) and not self._pays_from(text, c, others)
        ]
        chosen = choose([*others, *forms, *self._funds.find(text), *boards, *glossed(text, boards)])
        for more in (
            self._introduced,
            self._bracketed,
            self._parts,
            self._settled(places, self._columns(text, blocks)),
            self._persons.find,
        ):
            found = list(more(text, chosen))
            if found:
                chosen = choose([*chosen, *found])
        return [_typed(text, c) for c in chosen]

    def _introduced(self, text: str, chosen: list[Candidate]) -> Iterator[Candidate]:
        organisations = [c for c in chosen if c.kind == "organisation"]
        acronyms = brackets.introduced(text, organisations, self._known.acronyms, self._fund_acronyms)
        shorts = brackets.short_forms(organisations, self._short_form, self._never_short)
        yield from brackets.occurrences(text, acronyms, "acronym")
        yield from brackets.occurrences(text, shorts, "short")

    def _bracketed(self, text: str, chosen: list[Candidate]) -> Iterator[Candidate]:
        return brackets.with_brackets(text, chosen, self._english)

    def _parts(self, text: str, chosen: list[Candidate]) -> Iterator[Candidate]:
        return brackets.with_parts(text, chosen, self._part_words)

    def _settled(
        self, places: list[Candidate], columns: dict[int, str]
    ) -> Callable[[str, list[Candidate]], Iterator[Candidate]]:
        return lambda text, chosen: self._places.settle(text, _outside(places, chosen), columns)

    def _columns(self, text: str, blocks: Iterable[Block]) -> dict[int, str]:
        """Where the cells start whose column's head says which kind of place they hold."""
        found: dict[int, str] = {}
        for block in blocks:
            if block.kind != "table":
                continue
            kinds = {c.column: self._places.column_kind(text[c.start : c.end]) for c in block.cells if c.header}
            for cell in block.cells:
                kind = kinds.get(cell.column)
                if kind and not cell.header:
                    found[cell.start] = kind
        return found

    def _pays_from(self, text: str, form: Candidate, known: list[Candidate]) -> bool:
        """Whether a name is that of an organisation of the register and the fund that it pays from: 'Tillväxtverket
        ERUF'."""
        return any(
            c.start == form.start and c.kind == "organisation" and text[c.end : form.end].strip() in self._fund_acronyms
            for c in known
            if c.register_id is not None
        )

    def _look_up(self, c: Candidate) -> Candidate:
        """A name with a legal form that the register has without it, or with another."""
        if c.source != "legal" and not c.canonical.endswith("AB"):
            return c
        known = self._registers.lookup_organisation(c.canonical)
        if known is None or known.kind in ("fund", "programme"):
            return c
        return replace(c, canonical=known.label, register_id=known.id)


def find_names(source: Doc | str, registers: Registers | None = None) -> list[TypedSpan]:
    """The names of a text or a tokenised paper.  To read many papers, build one ``NameFinder``."""
    nlp, finder = _finder(registers)
    return finder.find(source if isinstance(source, Doc) else nlp.tokenizer(source))


@lru_cache(maxsize=4)
def _finder(registers: Registers | None) -> tuple[Language, NameFinder]:
    nlp = make_nlp()
    return nlp, NameFinder(registers or load_registers(), load_lexicon(), nlp)


def _outside(places: list[Candidate], chosen: list[Candidate]) -> list[Candidate]:
    covered = {i for c in chosen for i in range(c.start, c.end)}
    return [p for p in places if p.start not in covered and p.end - 1 not in covered]


def _is_office(text: str, form: Candidate, known: list[Candidate]) -> bool:
    """Whether a name is that of an agency of the register with one of its offices: 'Trafikverket Region Mitt'."""
    return any(
        c.start == form.start and c.end < form.end and c.kind == "organisation" and text.startswith(_OFFICE, c.end)
        for c in known
        if c.register_id is not None
    )


def _typed(text: str, c: Candidate) -> TypedSpan:
    if c.kind == "person":
        return TypedSpan(c.kind, c.start, c.end, None)
    written = re.sub(r"-\n(?=[a-zåäö])", "", text[c.start : c.end])
    return TypedSpan(c.kind, c.start, c.end, Name(close_spaces(written), c.canonical, c.register_id))
