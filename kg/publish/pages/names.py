"""Finding things by name: an index of all names, made from the store, that forgives å ä ö and misspelling."""

from __future__ import annotations

import re
import threading
import unicodedata
from collections import Counter
from dataclasses import dataclass
from weakref import WeakKeyDictionary

import pyoxigraph as ox
from rapidfuzz import fuzz

from kg.graph.store import GraphStore
from kg.publish.pages.reader import node
from kg.terms import NAMESPACE

_DEFAULT = ox.DefaultGraph()
# Kinds of thing that are found, those that most look for first.
KINDS = ("Project", "Organisation", "Board", "County", "Municipality", "Appropriation", "Programme", "Fund", "Decision")
_PLAIN = re.compile(r"[^0-9a-z]+")
# Letters that do not fall apart into a letter and an accent.
_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "ß": "ss", "đ": "d", "ł": "l"})
_CANDIDATES = 300
_LIKE = 62.0
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing that is found: ``name``: the one of its names that fits; ``score``: 0 to 100."""

    iri: str
    kind: str
    name: str
    score: float


def fold(text: str) -> str:
    """The text in small letters a-z, digits and single blanks: ``Örebro län`` gives ``orebro lan``."""
    parts = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return _PLAIN.sub(" ", "".join(c for c in parts if not unicodedata.combining(c))).strip()


def grams(folded: str) -> set[str]:
    """The runs of three letters of a folded text, with blanks around its words."""
    padded = f" {folded} "
    return {padded[i : i + 3] for i in range(len(padded) - 2)}


class NameIndex:
    """The names of a store.  It holds some hundred bytes a name."""

    def __init__(self, store: ox.Store) -> None:
        self._entries: list[tuple[str, str, str, str]] = []  # folded, IRI, kind, name
        self._grams: dict[str, list[int]] = {}
        for kind in KINDS:
            of_kind = store.quads_for_pattern(None, node("rdf:type"), ox.NamedNode(NAMESPACE + kind), _DEFAULT)
            for thing in sorted({q.subject.value for q in of_kind if isinstance(q.subject, ox.NamedNode)}):
                self._add(store, thing, kind)

    def _add(self, store: ox.Store, iri: str, kind: str) -> None:
        names: dict[str, str] = {}
        for predicate in ("rdfs:label", "skos:altLabel", "bg:diaryNumber", "bg:caseNumber"):
            quads = store.quads_for_pattern(ox.NamedNode(iri), node(predicate), None, _DEFAULT)
            for name in sorted(q.object.value for q in quads if isinstance(q.object, ox.Literal)):
                names.setdefault(fold(name), name)
        for folded, name in names.items():
            if not folded:
                continue
            number = len(self._entries)
            self._entries.append((folded, iri, kind, name))
            for gram in grams(folded):
                self._grams.setdefault(gram, []).append(number)

    def __len__(self) -> int:
        return len(self._entries)

    def entries(self) -> list[tuple[str, str, str, str]]:
        """All names: folded, IRI, kind, name."""
        return self._entries

    def find(self, text: str, most: int = 50) -> list[Hit]:
        """The things whose names are most like the text, the likest first; each once."""
        wanted = fold(text[:_LONGEST])
        if not wanted:
            return []
        counts: Counter[int] = Counter()
        for gram in grams(wanted):
            counts.update(self._grams.get(gram, ()))
        found: dict[str, Hit] = {}
        likely = sorted(counts, key=lambda n: (-counts[n], len(self._entries[n][0]), n))[:_CANDIDATES]
        for number in likely:
            folded, iri, kind, name = self._entries[number]
            score = score_name(wanted, folded)
            if score >= _LIKE and (iri not in found or score > found[iri].score):
                found[iri] = Hit(iri, kind, name, score)
        ordered = sorted(found.values(), key=lambda h: (-h.score, KINDS.index(h.kind), len(h.name), h.name, h.iri))
        return ordered[:most]


def score_name(wanted: str, folded: str) -> float:
    """How well a folded name fits what is looked for: 100 the same, 95 it begins so, 90 a word of it does, else by
    likeness, at most 89."""
    if wanted == folded:
        return 100.0
    if folded.startswith(wanted):
        return 95.0
    if f" {wanted}" in f" {folded}":
        return 90.0
    if len(wanted) >= 3 and wanted in folded:
        return 85.0
    whole = fuzz.ratio(wanted, folded)
    part = fuzz.partial_ratio(wanted, folded) * 0.85 if len(wanted) >= 5 and len(folded) >= 5 else 0.0
    words = fuzz.token_sort_ratio(wanted, folded) * 0.95
    return min(89.0, max(whole, part, words))


_INDEXES: WeakKeyDictionary[GraphStore, NameIndex] = WeakKeyDictionary()
_LOCK = threading.Lock()


def index_of(graph: GraphStore) -> NameIndex:
    """The index of a graph, made when it is first asked for."""
    with _LOCK:
        found = _INDEXES.get(graph)
        if found is None:
            found = _INDEXES[graph] = NameIndex(graph.store)
        return found
