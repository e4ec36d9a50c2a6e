"""The values that pass between the stages.

Every value is frozen and slotted.  After cleaning, offsets into ``CleanDocument.text`` (in code points, end
exclusive) are the only coordinates; ``text[start:end] == quote`` holds for every quote.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

# --- read -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Mark:
    """Structure that a reader knows, on the raw text.

    ``kind`` is one of ``heading paragraph list_item table cell field furniture skip page``: ``field`` is a label with
    its value (``dt``/``dd``), ``furniture`` a page head or foot, ``skip`` text that is no content (script, style,
    navigation), ``page`` all of a page.  ``level`` is the heading level, the list depth or the number of the page,
    ``row`` and ``column`` (from 0) place a cell, ``header`` marks a head cell.
    """

    kind: str
    start: int
    end: int
    level: int = 0
    row: int = 0
    column: int = 0
    header: bool = False


@dataclass(frozen=True, slots=True)
class RawDocument:
    """A paper as read: ``id`` is the sha256 of its bytes in hexadecimal, ``source`` the path as given,
    ``text`` the payload decoded (for HTML the source of the page), ``marks`` the structure known, sorted, ``issues``
    what could not be read of it, or not surely."""

    id: str
    source: str
    media_type: str
    text: str
    marks: tuple[Mark, ...] = ()
    issues: tuple[Issue, ...] = ()


# --- clean ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of clean text and the run of raw text that it came from.  Runs of equal length map one to one."""

    clean_start: int
    clean_end: int
    raw_start: int
    raw_end: int


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """The way back from clean to raw offsets: pieces in the order of the clean text, covering it all."""

    pieces: tuple[Piece, ...]
    _starts: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_starts", tuple(p.clean_start for p in self.pieces))

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """The smallest raw span that holds the clean span ``start:end`` (end exclusive, start < end)."""
        index = bisect_right(self._starts, start) - 1
        if index >= 0 and start < end <= self.pieces[index].clean_end:
            p = self.pieces[index]
            if p.clean_end - p.clean_start == p.raw_end - p.raw_start:  # most often
                return p.raw_start + start - p.clean_start, p.raw_end + end - p.clean_end
        touched = list(self._touched(start, end))
        if not touched:
            raise ValueError(f"clean span {start}:{end} maps to nothing")
        lows, highs = [], []
        for p in touched:
            same = p.clean_end - p.clean_start == p.raw_end - p.raw_start
            lows.append(p.raw_start + max(0, start - p.clean_start) if same else p.raw_start)
            highs.append(p.raw_end - max(0, p.clean_end - end) if same else p.raw_end)
        return min(lows), max(highs)

    def _touched(self, start: int, end: int) -> Iterator[Piece]:
        i = max(0, bisect_right(self._starts, start) - 1)
        while i < len(self.pieces) and self.pieces[i].clean_start < end:
            piece = self.pieces[i]
            if piece.clean_end > start and piece.raw_end > piece.raw_start:
                yield piece
            i += 1


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell, or the label (column 0) and value (column 1) of a field, as a span of the clean text."""

    row: int
    column: int
    start: int
    end: int
    header: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A part of the clean text.  Blocks are in order, do not overlap, and are divided by a line feed.

    ``kind``: ``heading``, ``paragraph``, ``list_item`` (its marker, such as ``att``, ``1.`` or a bullet, is part
    of its text), ``table`` (a line feed between rows, a tab between cells, every cell in ``cells``), ``field``
    (label, tab, value; two cells) or ``furniture`` (a page head or foot, kept once).  Within every kind but
    ``table`` there is no line feed.  ``level``: heading level or list depth, from 1.  ``page``: from 1, 0 unknown.
    """

    kind: str
    start: int
    end: int
    level: int = 0
    page: int = 0
    cells: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class CleanDocument:
    """A paper as text in blocks, with the way back to the raw text."""

    id: str
    source: str
    media_type: str
    text: str
    blocks: tuple[Block, ...]
    raw_text: str
    offsets: OffsetMap
    issues: tuple[Issue, ...] = ()

    def block_text(self, block: Block) -> str:
        return self.text[block.start : block.end]

    def raw_quote(self, start: int, end: int) -> str:
        """The raw text behind the clean span."""
        low, high = self.offsets.raw_span(start, end)
        return self.raw_text[low:high]


# --- annotate -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date no more precise than the text: ``month`` and ``day`` may be missing; so may ``year`` ("den 17 maj")."""

    year: int | None
    month: int | None = None
    day: int | None = None

    @property
    def iso(self) -> str | None:
        """``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``; None where the text gives no year."""
        if self.year is None:
            return None
        parts = [f"{self.year:04d}"]
        if self.month:
            parts.append(f"{self.month:02d}")
            if self.day:
                parts.append(f"{self.day:02d}")
        return "-".join(parts)


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time; either end may be open."""

    start: PartialDate | None
    end: PartialDate | None


@dataclass(frozen=True, slots=True)
class Money:
    """An amount as printed, scaled to whole units of ``currency`` ("2,4 mnkr" -> 2400000).

    ``unit`` is the unit word as written, folded to lower case, or None for a bare number (kind ``number``), whose
    unit may stand in a table head.  ``ceiling``: "högst", "max", "upp till"; ``approximate``: "cirka", "drygt".
    """

    amount: Decimal
    currency: str | None
    unit: str | None
    ceiling: bool = False
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class Name:
    """A name found through a register, the lexicon or its form.

    ``text``: as written, line breaks closed; ``canonical``: the register's name, or ``text`` in the nominative;
    ``register_id``: the register's key where it is known, else None.
    """

    text: str
    canonical: str
    register_id: str | None = None


@dataclass(frozen=True, slots=True)
class TypedSpan:
    """A typed span.  ``kind`` and the type of ``value``:

    ``money number`` Money · ``share`` Decimal (per cent) · ``date`` PartialDate · ``period`` Period ·
    ``diary_number case_id org_number`` str (spaces closed) · ``organisation board municipality county fund`` Name ·
    ``ignored`` the name of the rule that passes a number over · ``person`` None: a person's name, marked only so
    that no quote shows it.
    """

    kind: str
    start: int
    end: int
    value: Any


@dataclass(frozen=True, slots=True)
class AnnotatedDocument:
    """A clean paper with its typed spans (sorted by start, then longest first), its sentences as offsets, and the
    spaCy ``Doc`` (whose ``spans`` groups hold the same, by kind, snapped to tokens)."""

    document: CleanDocument
    doc: Any
    spans: tuple[TypedSpan, ...]
    sentences: tuple[tuple[int, int], ...]


# --- extract --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words that a claim rests on.  ``confidence``: the measured precision of ``rule``, between 0 and 1."""

    document: str
    start: int
    end: int
    quote: str
    rule: str
    rule_version: int
    confidence: float


@dataclass(frozen=True, slots=True)
class Value:
    """What a claim says.  ``kind`` and ``lexical``:

    ``text`` · ``integer`` · ``decimal`` · ``date`` (YYYY, YYYY-MM or YYYY-MM-DD) · ``code`` (a word of a fixed
    list, such as ``granted``) · ``node`` (the id of another node of the same document, such as ``project/1``) ·
    ``organisation board municipality county fund`` (a name, canonical where the register knows it; ``key`` is
    then the register's id).  ``number``: of an ``organisation_number``, that number (NNNNNN-NNNN).
    """

    kind: str
    lexical: str
    key: str | None = None
    number: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement of one document.  ``subject``: a node of the document, ``project/1``, ``decision/1`` or
    ``financing/1``; ``property``: one of ``kg.terms.PROPERTIES``."""

    subject: str
    property: str
    value: Value
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Issue:
    """Something read that could not be used or does not add up.  ``code``: one of ``kg.issues.CODES``."""

    code: str
    message: str
    quote: str = ""
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """What became of an amount, date or number.  ``fate``: ``claim``, ``ignored`` or ``issue``; ``reason``: the
    rule that used it, the named rule that ignored it, or the code of the issue."""

    kind: str
    start: int
    end: int
    quote: str
    fate: str
    reason: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that one paper says: one shard.  ``form``: the form of the paper (``proposal``, ``minutes``,
    ``decision``, ``news``, ``list``, ``report``, ``information``); ``signature``: a set of shingle hashes of the
    text, for telling near-duplicates; ``words``: a sketch of its words (``kg.sketches``), empty where none was
    made."""

    document: str
    source: str
    media_type: str
    form: str
    characters: int
    claims: tuple[Claim, ...]
    issues: tuple[Issue, ...]
    ledger: tuple[LedgerEntry, ...]
    signature: tuple[int, ...] = ()
    words: bytes = b""


# --- resolve --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Judgement:
    """That two nodes are the ``same``, ``different`` or ``undecided``; ``left`` and ``right`` are
    ``DOCUMENT#node``, or the IRI that a name of an organisation or board gives it; ``author`` is ``machine`` or a
    person's own signature; ``left_thing`` and ``right_thing``: the IRIs of the things that they became."""

    left: str
    right: str
    verdict: str
    score: float
    reason: str
    author: str = "machine"
    left_thing: str = ""
    right_thing: str = ""


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing after resolution: IRI (relative to the base), class (a local name of the ontology), label,
    other labels, register key, of a project, act or line the nodes (``DOCUMENT#node``) that it stands for, and the
    organisation number."""

    iri: str
    type: str
    label: str
    labels: tuple[str, ...] = ()
    key: str | None = None
    nodes: tuple[str, ...] = ()
    number: str | None = None


@dataclass(frozen=True, slots=True)
class ResolvedClaim:
    """A claim whose subject and object are entities: ``object`` is an IRI for things, else None with ``value``."""

    subject: str
    property: str
    object: str | None
    value: Value
    claim: Claim


@dataclass(frozen=True, slots=True)
class Resolution:
    """The whole corpus resolved: entities by IRI, claims, judgements, and issues between papers; ``replaced``: the IRIs
    that a graph of fewer papers, or of other judgements, may have borne, each with the one that it is now."""

    entities: tuple[Entity, ...]
    claims: tuple[ResolvedClaim, ...]
    judgements: tuple[Judgement, ...]
    issues: tuple[tuple[str, Issue], ...] = ()
    replaced: tuple[tuple[str, str], ...] = ()
