"""The lexicon: the phrases, labels and headings that the extraction rules use, read from ``data/lexicon/*.toml``.

Each file is a table of phrase lists; this module reads them once and compiles a list into one regular
expression.  A blank in a phrase stands for any run of white space.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, cast

from kg.anchors import find_anchors, find_spots
from kg.errors import ResourceError
from kg.phrases import PhrasePattern, alternation, compile_phrases, phrase_pattern, words_of
from kg.resources import data_path
from kg.shapes import Shapes

__all__ = [
    "ONE_PAPER",
    "LabelSet",
    "Lexicon",
    "PhrasePattern",
    "alternation",
    "compile_phrases",
    "fill_shape",
    "fold",
    "load_lexicon",
    "phrase_pattern",
    "shape",
    "spots_of",
]

_SHORT = 90  # characters: longer texts are no labels
ONE_PAPER = 512  # how many answers on lines are kept: those on the paper at hand, which many rules ask for in turn
_LITERAL = re.compile(r"[a-zåäö]{5,}")  # words within the forms of labels
_DIGIT = re.compile(r"\d")
_SHAPED = 6  # words of a label that is told by its shape


@lru_cache(maxsize=2 * ONE_PAPER)
def fold(text: str) -> str:
    """Case folded, white space closed: the form in which phrases and labels are compared.

    Labels, cells and heads are folded by many rules one after the other, so the last answers are kept.
    """
    return " ".join(text.split()).casefold()


class LabelSet:
    """Labels or headings with what each stands for; ``…`` at an end of a label stands for any words there."""

    def __init__(self, groups: dict[str, list[str]], shapes: dict[str, list[str]] | None = None) -> None:
        self._shapes = {group: "|".join(forms) for group, forms in (shapes or {}).items()}
        self._exact: dict[str, tuple[str, ...]] = {}
        self._open: list[tuple[str, str]] = []
        parts: set[str] = set()
        for group, labels in groups.items():
            for label in labels:
                if "…" in label:
                    escaped = [re.escape(fold(part)) for part in label.split("…")]
                    self._open.append((group, ".*".join(escaped)))
                    parts.update(filter(None, escaped))
                else:
                    key = fold(label)
                    self._exact[key] = (*self._exact.get(key, ()), group)

        self._words = frozenset(word for label in self._exact for word in words_of(label))
        parts.update(re.escape(label) for label in self._exact if not words_of(label))
        parts.update(word for forms in (shapes or {}).values() for form in forms for word in _LITERAL.findall(form))
        self._parts = re.compile("|".join(sorted(parts)) or r"(?!)")
        self._any_open = re.compile("|".join(f"(?:{pattern})" for _, pattern in self._open) or r"(?!)")
        self._any_shape = re.compile("|".join(f"(?:{pattern})" for pattern in self._shapes.values()) or r"(?!)")
        # The same few labels are asked for again and again.
        self._match_short = lru_cache(maxsize=2048)(self._find)

    def may_hold(self, text: str) -> bool:
        """Whether a label may stand in a text: a word of one does, or a part of one that stands for more words."""
        return not self._words.isdisjoint(words_of(text)) or self._parts.search(fold(text)) is not None

    def match(self, text: str) -> tuple[str, ...]:
        """The groups whose labels equal ``text``; empty where none does."""
        return self._match_short(text) if len(text) <= _SHORT else self._find(text)

    def _find(self, text: str) -> tuple[str, ...]:
        key = fold(text).rstrip(":.").rstrip()
        exact = self._exact.get(key, ())
        if exact or len(key) > _SHORT:
            return exact
        found: tuple[str, ...] = ()
        if self._any_open.fullmatch(key) is not None:
            found = tuple(dict.fromkeys(group for group, pattern in self._open if _compiled(pattern).fullmatch(key)))
        if found or len(key.split()) > _SHAPED or _DIGIT.search(key) is not None:
            return found
        if self._any_shape.fullmatch(key) is None:
            return found
        return tuple(group for group, pattern in self._shapes.items() if _compiled(pattern).fullmatch(key))[:1]


@lru_cache(maxsize=1024)
def _compiled(expression: str) -> re.Pattern[str]:
    """One of many expressions of which few are needed."""
    return re.compile(expression)


class Lexicon:
    """All phrase lists, by file and key; patterns are compiled once.

    ``words("roles", "money", "applied_before")`` are the phrases, ``pattern(...)`` the same compiled.
    ``shapes`` are the expressions of ``data/lexicon/shapes``.  ``signature`` changes whenever a phrase or shape does.
    """

    def __init__(self, tables: dict[str, Any], signature: str, shapes: dict[str, dict[str, Any]] | None = None) -> None:
        self._tables = tables
        self.signature = signature
        self.shapes = Shapes(shapes or {}, self.get)
        self._words: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._sets: dict[tuple[str, ...], frozenset[str]] = {}
        self._patterns: dict[tuple[str, ...], PhrasePattern] = {}
        self._labels: dict[str, LabelSet] = {}

    def get(self, *path: str) -> Any:
        node: Any = self._tables
        for step in path:
            if not isinstance(node, dict) or step not in node:
                raise ResourceError(
                    f"the lexicon lacks {'.'.join(path)}",
                    where="data/lexicon",
                    hint="restore the file from the package",
                )
            node = node[step]
        return node

    def words(self, *path: str) -> tuple[str, ...]:
        """The phrases at ``path``, in the order of the file."""
        found = self._words.get(path)
        if found is None:
            found = self._words[path] = tuple(self.get(*path))
        return found

    def folded(self, *path: str) -> frozenset[str]:
        """The phrases at ``path`` in the form in which they are compared."""
        found = self._sets.get(path)
        if found is None:
            found = self._sets[path] = frozenset(fold(w) for w in self.get(*path))
        return found

    def pattern(self, *path: str) -> PhrasePattern:
        """The phrases at ``path`` as one pattern; several paths may be joined with ``+`` in the last step."""
        found = self._patterns.get(path)
        if found is None:
            keys = path[-1].split("+")
            phrases = [p for key in keys for p in self.get(*path[:-1], key)]
            found = self._patterns[path] = compile_phrases(phrases)
        return found

    def joined(self, *paths: tuple[str, ...]) -> PhrasePattern:
        """The phrases of several lists as one pattern."""
        key = tuple(".".join(p) for p in paths)
        found = self._patterns.get(key)
        if found is None:
            found = self._patterns[key] = PhrasePattern([w for p in paths for w in self.get(*p)])
        return found

    def labels(self, name: str) -> LabelSet:
        """The label set of a file whose values are lists of labels."""
        found = self._labels.get(name)
        if found is None:
            groups = {k: v for k, v in self.get(name).items() if isinstance(v, list)}
            found = self._labels[name] = LabelSet(groups, self.get(name).get("shapes"))
        return found


class _Shape:
    """A shape of the package's lexicon, compiled when it is first used; stands for a ``re.Pattern``."""

    __slots__ = (
        "_anchors",
        "_key",
        "_slots",
        "_spots",
        "findall",
        "finditer",
        "fullmatch",
        "match",
        "pattern",
        "search",
        "split",
        "sub",
    )

    def __init__(self, file: str, name: str, slots: dict[str, str]) -> None:
        self._key = (file, name)
        self._slots = slots
        self._anchors: frozenset[str] | None = None
        self._spots: tuple[str, list[int] | None] = ("", None)

    def spots(self, text: str) -> list[int] | None:
        """Where words stand of which every match holds one; kept for the paper at hand, which is asked about often."""
        if self._spots[0] is not text:
            if self._anchors is None:
                self._anchors = find_anchors(load_lexicon().shapes.fill(*self._key, **self._slots))
            self._spots = (text, find_spots(text, self._anchors))
        return self._spots[1]

    def __getattr__(self, name: str) -> Any:
        # Only asked while a slot is empty; from then on the pattern's own methods are found at once.
        if name not in self.__slots__:
            raise AttributeError(name)
        pattern = load_lexicon().shapes.compiled(*self._key, **self._slots)
        for slot in self.__slots__[4:]:
            object.__setattr__(self, slot, getattr(pattern, slot))
        return getattr(pattern, name)


_asked_for: set[tuple[str, str]] = set()  # the shapes that modules of the package name


def shape(file: str, name: str, **slots: str) -> re.Pattern[str]:
    """The shape ``name`` of ``data/lexicon/shapes/FILE.toml``, its slots in capitals filled with expressions; no file
    is read before it is used.

    Raises ResourceError, when the lexicon is loaded or the shape first used, where the file has no such shape.
    """
    _asked_for.add((file, name))
    return cast("re.Pattern[str]", _Shape(file, name, slots))


def spots_of(pattern: re.Pattern[str] | PhrasePattern, text: str) -> list[int] | None:
    """Where in a paper a shape or phrases may stand, in order; None where that is not known."""
    return pattern.spots(text) if isinstance(pattern, (_Shape, PhrasePattern)) else None


def fill_shape(file: str, name: str, **slots: str) -> str:
    """The expression of a shape, its slots in capitals filled with expressions."""
    return load_lexicon().shapes.fill(file, name, **slots)


@cache
def load_lexicon(folder: Path | None = None) -> Lexicon:
    """The lexicon of the package, or of ``folder``.  Raises ``ResourceError`` where a file is malformed."""
    where = folder or data_path("data", "lexicon")
    digest = hashlib.sha256()
    tables = _read_tables(where, digest)
    if not tables:
        raise ResourceError("no lexicon files", where=str(where), hint="reinstall the package")
    shapes = _read_tables(where / "shapes", digest)
    lexicon = Lexicon(tables, digest.hexdigest(), shapes)
    for file, name in sorted(_asked_for):
        lexicon.shapes.require(file, name)
    return lexicon


def _read_tables(folder: Path, digest: hashlib._Hash) -> dict[str, Any]:
    tables: dict[str, Any] = {}
    for path in sorted(folder.glob("*.toml")):
        payload = path.read_bytes()
        digest.update(path.name.encode() + b"\0" + payload + b"\0")
        try:
            tables[path.stem] = tomllib.loads(payload.decode("utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise ResourceError(
                f"the lexicon file cannot be read: {error}",
                where=str(path),
                hint="mend the line named, or restore the file from the package",
            ) from error
    return tables
