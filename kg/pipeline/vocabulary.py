"""What registers and lexicon say, so held that the next build can tell which papers a change of them touches."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.sketches import Hashes, hash_name


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """``registers``, ``lexicon``: file -> hash; ``lookups``: name -> a hash of what annotation and extraction find in
    the registers under it."""

    registers: Mapping[str, str]
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
    files = _differing(old.registers, new.registers)
    if files:
        names = frozenset(map(hash_name, _differing(old.lookups, new.lookups)))
        yield Touch(_tell("register", files), names)
    files = _differing(old.lexicon, new.lexicon)
    if files:
        yield Touch(_tell("lexicon", files), None)


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


def hash_lexicon_files(folder: Path, but: Iterable[str]) -> dict[str, str]:
    """File -> hash, of the files of the lexicon that are not named in ``but``."""
    paths = (p for p in sorted(folder.rglob("*.toml")) if p.name not in but)
    return {p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in paths}
