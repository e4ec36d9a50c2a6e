"""What is withheld: things and words that ``withhold.yaml`` names are taken out before the graph is made.

Claims are taken out of what the papers say, and all that follows is made from the rest, so that nothing derived, no
label, no index and no dump holds what is withheld.  Shards keep what the papers say; they are never published.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.errors import UsageError, ValidationError
from kg.model import Claim, Extraction, Issue, Resolution
from kg.registers import Organisation, Registers
from kg.terms import PATHS

Resolve = Callable[[list[Extraction]], Resolution]

KEYS = ("things", "quotes")
# A node that has lost its last claim of one of these says nothing that could stand alone.
_ESSENTIAL: Mapping[str, tuple[str, ...]] = {
    "project": ("name",),
    "decision": ("project", "outcome"),
    "financing": ("project", "funder"),
}
# Classes whose names may stand in quotes; a shorter name would take too much with it.
_NAMED = ("Project", "Organisation", "Board", "Appropriation", "Programme", "Fund")
_SHORTEST_NAME = 4
_MOST_ROUNDS = 5

_HINT = "things: a list of IRIs, quotes: a list of texts"


@dataclass(frozen=True, slots=True)
class Withholding:
    """``things``: IRIs relative to the base; ``quotes``: words of papers, blanks made single, in lower case."""

    things: frozenset[str] = frozenset()
    quotes: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.things or self.quotes)

    @property
    def signature(self) -> str:
        """What tells one list from another."""
        text = "\n".join((*sorted(self.things), "", *sorted(self.quotes)))
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def read_withholding(path: Path, base: str) -> Withholding:
    """The list in the file; empty where there is no such file.  Raises UsageError where it is not of the form."""
    if not path.exists():
        return Withholding()
    import yaml

    try:
        table = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"the list of what is withheld cannot be read ({error})", where=str(path)) from error
    except yaml.YAMLError as error:
        reason = " ".join(str(error).split())[:160]
        raise UsageError(f"the list of what is withheld is no YAML ({reason})", where=str(path), hint=_HINT) from error
    if table is None:
        return Withholding()
    if not isinstance(table, dict) or not set(table) <= set(KEYS):
        raise UsageError("the list of what is withheld has another form", where=str(path), hint=_HINT)
    things = {thing.removeprefix(base).strip("<> ") for thing in _texts(table.get("things"), path)}
    foreign = sorted(thing for thing in things if thing.partition("/")[0] not in {*PATHS.values(), "document"})
    if foreign:
        raise UsageError(f"'{foreign[0]}' is no thing of the graph", where=str(path), hint=f"{base}project/..., say")
    return Withholding(frozenset(things), frozenset(_plain(text) for text in _texts(table.get("quotes"), path)))


def _texts(rows: Any, path: Path) -> Iterator[str]:
    if rows is not None and not isinstance(rows, list):
        raise UsageError(f"the list of what is withheld holds {rows!r} in place of a list", where=str(path), hint=_HINT)
    for row in rows or ():
        if not isinstance(row, str) or not row.strip():
            raise UsageError(f"the list of what is withheld holds {row!r}", where=str(path), hint=_HINT)
        yield row


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


@dataclass(frozen=True, slots=True)
class Kept:
    """What is left: the papers, the registers, and the things that are gone (IRIs relative to the base, sorted).
    ``idle``: what is listed and was nowhere: things, then quotes, each sorted; ``things``: what was listed, by all IRIs
    that it bears or bore."""

    papers: list[Extraction]
    registers: Registers
    gone: tuple[str, ...]
    idle: tuple[str, ...] = ()
    things: frozenset[str] = frozenset()


def withhold(
    papers: list[Extraction], registers: Registers, listed: Withholding, resolve: Callable[..., Resolution]
) -> Kept:
    """The papers without what is listed.

    Of a thing go all claims about it or that name it, all claims whose quote or value holds a name of it (of four
    letters or more), and what cannot stand without it: the acts and lines of a project.  Of a quote go all claims and
    issues whose words hold it.  A paper goes whole.  An IRI that a thing bore before, or would bear in a graph of fewer
    papers, stands for the thing; where it may be that of several, for all of them.  ``resolve`` takes papers and
    registers.  Raises ValidationError where a thing comes back in another paper's words.
    """
    documents = {f"document/{paper.document}" for paper in papers} & listed.things
    quiet = _find_quiet(papers, listed.quotes)
    papers = [paper for paper in papers if f"document/{paper.document}" not in documents]
    before = resolve(papers, registers)
    words = set(listed.quotes)
    now = before
    known = {entity.iri for entity in before.entities} | {old for old, _ in before.replaced}
    idle = listed.things - documents - known - _list_records(registers)
    things = listed.things
    for _ in range(_MOST_ROUNDS):
        things = _follow(things, now)
        entities = [entity for entity in now.entities if entity.iri in things]
        words |= {_plain(name) for e in entities if e.type in _NAMED for name in (e.label, *e.labels) if _is_long(name)}
        registers = _without_records(registers, things, {(PATHS[e.type], e.key) for e in entities})
        dropped = {
            (claim.claim.evidence.document, claim.claim)
            for claim in now.claims
            if claim.subject in things or claim.object in things
        }
        patterns = _pattern(words)
        papers = [_keep(paper, dropped, patterns) for paper in papers]
        now = resolve(papers, registers)
        if not any(entity.iri in _follow(things, now) for entity in now.entities):
            break
    else:
        left = min(entity.iri for entity in now.entities if entity.iri in _follow(things, now))
        raise ValidationError(f"'{left}' cannot be withheld: the papers name it in too many ways", hint="report it")
    gone = {entity.iri for entity in before.entities} - {entity.iri for entity in now.entities}
    # the IRIs of before of what is gone are gone with it
    gone |= {old for old, new in before.replaced if new in things} - {old for old, _ in now.replaced}
    return Kept(papers, registers, tuple(sorted((gone | things) - idle)), (*sorted(idle), *quiet), things)


def _follow(things: frozenset[str], now: Resolution) -> frozenset[str]:
    """These things, and those that bear the place of an IRI among them."""
    there = {entity.iri for entity in now.entities}
    return things | {new for old, new in now.replaced if old in things and old not in there}


def _find_quiet(papers: Iterable[Extraction], quotes: Iterable[str]) -> tuple[str, ...]:
    """The quotes that stand in no claim or issue, sorted."""
    sought = {quote: _pattern([quote]) for quote in quotes}
    if sought:
        for text in {text for paper in papers for text in _said(paper)}:
            plain = _plain(text)
            sought = {quote: words for quote, words in sought.items() if words is None or not words.search(plain)}
    return tuple(sorted(sought))


def _said(paper: Extraction) -> Iterator[str]:
    for claim in paper.claims:
        yield from (claim.evidence.quote, claim.value.lexical)
    for issue in paper.issues:
        yield from (issue.quote, issue.message)


def _list_records(registers: Registers) -> set[str]:
    """What the registers know, whether or not a paper speaks of it."""
    kinds = (
        ("organisation", registers.organisations),
        ("county", registers.counties),
        ("municipality", registers.municipalities),
        ("fund", registers.programmes),
    )
    return {f"{path}/{record.id}" for path, records in kinds for record in records}


def _is_long(name: str) -> bool:
    return len(_plain(name)) >= _SHORTEST_NAME


def _pattern(words: Iterable[str]) -> re.Pattern[str] | None:
    """What finds one of the words as whole words; the longest first."""
    parts = [re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w)) if word]
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)") if parts else None


def _keep(paper: Extraction, dropped: set[tuple[str, Claim]], words: re.Pattern[str] | None) -> Extraction:
    def has_words(*texts: str) -> bool:
        return words is not None and any(words.search(_plain(text)) for text in texts)

    claims = [
        claim
        for claim in paper.claims
        if (paper.document, claim) not in dropped and not has_words(claim.evidence.quote, claim.value.lexical)
    ]
    issues: list[Issue] = [issue for issue in paper.issues if not has_words(issue.quote, issue.message)]
    return replace(paper, claims=tuple(_whole(paper.claims, claims)), issues=tuple(issues), ledger=())


def _whole(before: Iterable[Claim], claims: list[Claim]) -> list[Claim]:
    """The claims without those of nodes that have lost what they cannot stand without, and those that name such."""
    essential = {
        (claim.subject, claim.property)
        for claim in before
        if claim.property in _ESSENTIAL.get(claim.subject.partition("/")[0], ())
    }
    while True:
        there = {(claim.subject, claim.property) for claim in claims}
        lost = {subject for subject, property in essential if (subject, property) not in there}
        kept = [
            claim
            for claim in claims
            if claim.subject not in lost and not (claim.value.kind == "node" and claim.value.lexical in lost)
        ]
        if len(kept) == len(claims):
            return kept
        claims = kept


def _without_records(registers: Registers, things: frozenset[str], keys: set[tuple[str, str | None]]) -> Registers:
    """The registers without the records of what is withheld, and without what points to them."""

    def gone(path: str, key: str | None) -> bool:
        return f"{path}/{key}" in things or (path, key) in keys

    taken = [o for o in registers.organisations if gone("organisation", o.id)]
    telling = {_plain(word) for o in taken for word in (o.id, o.label, *o.names) if _is_long(word)}

    def tells(record: Organisation) -> bool:
        """Whether where the record comes from, or whose it is, tells of what is withheld."""
        return gone("organisation", record.parent) or any(word in _plain(record.source) for word in telling)

    return replace(
        registers,
        organisations=tuple(
            replace(o, source="", parent=None if gone("organisation", o.parent) else o.parent) if tells(o) else o
            for o in registers.organisations
            if not gone("organisation", o.id)
        ),
        counties=tuple(c for c in registers.counties if not gone("county", c.id)),
        municipalities=tuple(m for m in registers.municipalities if not gone("municipality", m.id)),
        programmes=tuple(
            replace(p, managing_body=None) if gone("organisation", p.managing_body) else p
            for p in registers.programmes
            if not gone("fund", p.id)
        ),
        name_periods=tuple(n for n in registers.name_periods if not gone("organisation", n.id)),
    )


def check_withheld(store: ox.Store, things: Iterable[str], base: str) -> None:
    """Raises ValidationError where the graph still speaks of what is withheld."""
    for thing in sorted(things):
        node = ox.NamedNode(base + thing)
        for place in ((node, None, None, None), (None, None, node, None), (None, None, None, node)):
            quad = next(store.quads_for_pattern(*place), None)
            if quad is not None:
                raise ValidationError(
                    f"'{thing}' is withheld, and the graph still speaks of it",
                    where=str(quad.subject),
                    hint="withhold that too",
                )
