"""What registers and lexicon say, so held that the next build can tell which papers a change of them touches."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.sketches import Hashes, hash_name


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """``registers``, ``names``, ``lexicon``: file -> hash, of the registers, of the lists of the lexicon that are names
    and nothing else (``kg.annotate.gazetteer.LISTS``), and of all other words; ``lookups``: name -> a hash of what
    annotation and extraction find under it in registers and names."""

    registers: Mapping[str, str]
    names: Mapping[str, str]
    lexicon: Mapping[str, str]
    lookups: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Touch:
    """A change: what tells it to the user, and the names of which a paper must hold one to be touched; ``names`` is
    None where every paper is touched."""

    reason: str
    names: frozenset[Hashes] | None


def compare_vocabularies(old: Vocabulary, new: Vocabulary) -> Iterator[Touch]:
    """The changes from one to the other."""
    registers, names = _differing(old.registers, new.registers), _differing(old.names, new.names)
    if registers or names:
        reason = _tell("register", registers) if registers else _tell("lexicon", names)
        yield Touch(reason, frozenset(map(hash_name, _differing(old.lookups, new.lookups))))
    words = _differing(old.lexicon, new.lexicon)
    if words:
        yield Touch(_tell("lexicon", words), None)


def _differing(old: Mapping[str, str], new: Mapping[str, str]) -> list[str]:
    return sorted(key for key in {*old, *new} if old.get(key) != new.get(key))


def _tell(what: str, files: list[str]) -> str:
    return f"{what} {', '.join(files)} changed"


def dump_vocabulary(vocabulary: Vocabulary) -> str:
    """As ``load_vocabulary`` reads it: a line with the hash of what follows."""
    tables = [dict(getattr(vocabulary, name)) for name in Vocabulary.__slots__]
    return seal(json.dumps(tables, ensure_ascii=False, sort_keys=True, separators=(",", ":")))


def load_vocabulary(text: str) -> Vocabulary:
    """Raises ValueError where the text is not what ``dump_vocabulary`` gave."""
    tables = json.loads(unseal(text))
    return Vocabulary(*tables)


def seal(text: str) -> str:
    """The text under a line with its hash."""
    return f"{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()}\n{text}\n"


def unseal(sealed: str) -> str:
    """The text that was sealed.  Raises ValueError where it is not what it was."""
    digest, _, text = sealed.partition("\n")
    if seal(text.removesuffix("\n")) != sealed:
        raise ValueError(f"damaged: the hash is not {digest[:12]}")
    return text.removesuffix("\n")


def hash_lexicon(folder: Path, lists: Iterable[tuple[str, ...]], but: Iterable[str]) -> list[dict[str, str]]:
    """File -> hash, first of the ``lists`` in it, then of all else that it says; comments say nothing.  Files named in
    ``but`` are left out."""
    names: dict[str, str] = {}
    words: dict[str, str] = {}
    for path in sorted(folder.rglob("*.toml")):
        if path.name not in but:
            file = path.relative_to(folder).as_posix()
            table = tomllib.loads(path.read_text(encoding="utf-8"))
            taken = [_take(table, steps[1:]) for steps in sorted(lists) if f"{steps[0]}.toml" == file]
            words[file] = _hash(table)
            if taken:
                names[file] = _hash(taken)
    return [names, words]


def _take(table: dict[str, Any], steps: tuple[str, ...]) -> object:
    """What stands at a place of a table, which then lacks it."""
    for step in steps[:-1]:
        table = table[step]
    return table.pop(steps[-1])


def _hash(told: object) -> str:
    # in the order of the file, which rules may follow
    return hashlib.sha256(json.dumps(told, default=str).encode("utf-8")).hexdigest()
