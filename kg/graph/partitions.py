"""What a graph holds, counted by class and property: what VoID calls partitions.

A build that loads its store anew keeps the counts beside it.  ``python -m kg.graph.partitions STORE`` writes those of a
store, so that a server need not count in its own process.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, fields
from hashlib import blake2b
from pathlib import Path
from typing import IO, cast

import pyoxigraph as ox

from kg.graph.store import open_store
from kg.terms import expand

PARTITIONS = "partitions.json"
"""The file of a build that holds them."""

_TYPE = f"<{expand('rdf:type')}>".encode()


@dataclass(frozen=True, slots=True)
class Partitions:
    """Counts over the default graph: triples, different subjects and objects; things by class, triples by property,
    triples by class and property.  ``quads``: of all graphs."""

    quads: int
    triples: int
    subjects: int
    objects: int
    classes: dict[str, int]
    properties: dict[str, int]
    of_class: dict[str, dict[str, int]]


def count_partitions(store: ox.Store) -> Partitions:
    """One pass over the default graph.  It holds a number for each subject and object, and the statements of one
    subject at a time; where a store gives the statements of a subject in several places, those of all."""
    for counting in (_Counting(apart=False), _Counting(apart=True)):
        try:
            store.dump(cast(IO[bytes], counting), format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
        except _Scattered:
            continue
        return counting.finish(len(store))
    raise AssertionError("the second way of counting takes statements in any order")


class _Scattered(Exception):
    """The statements of a subject do not stand together."""


class _Counting:
    """What the engine writes N-Triples to.  ``apart``: whether statements of a subject may stand in several places."""

    def __init__(self, *, apart: bool) -> None:
        self._apart = apart
        self._rest = b""
        self._triples = 0
        self._subject = b""
        self._of_subject: dict[bytes, tuple[list[bytes], list[bytes]]] = {}
        self._types: list[bytes] = []
        self._predicates: list[bytes] = []
        self._subjects: set[int] = set()
        self._objects: set[int] = set()
        self._classes: Counter[bytes] = Counter()
        self._properties: Counter[bytes] = Counter()
        self._of_class: dict[bytes, Counter[bytes]] = {}

    def write(self, data: bytes) -> int:
        lines = (self._rest + data).split(b"\n")
        self._rest = lines.pop()
        for line in lines:
            subject, predicate, target = line.split(b" ", 2)
            self._triples += 1
            self._objects.add(int.from_bytes(blake2b(target, digest_size=8).digest()))
            if subject != self._subject:
                self._turn(subject)
            self._predicates.append(predicate)
            if predicate == _TYPE:
                self._types.append(target.removesuffix(b" ."))
        return len(data)

    def flush(self) -> None:
        """Nothing."""

    def _turn(self, subject: bytes) -> None:
        """From now on statements are of another subject."""
        if self._apart:
            self._types, self._predicates = self._of_subject.setdefault(subject, ([], []))
            self._subject = subject
            return
        self._count(self._types, self._predicates)
        self._subject, self._types, self._predicates = subject, [], []
        number = int.from_bytes(blake2b(subject, digest_size=8).digest())
        if number in self._subjects:
            raise _Scattered
        self._subjects.add(number)

    def _count(self, types: list[bytes], predicates: list[bytes]) -> None:
        counted = Counter(predicates)
        self._properties.update(counted)
        self._classes.update(types)
        for kind in types:
            self._of_class.setdefault(kind, Counter()).update(counted)

    def finish(self, quads: int) -> Partitions:
        """The counts."""
        if self._apart:
            for types, predicates in self._of_subject.values():
                self._count(types, predicates)
        else:
            self._count(self._types, self._predicates)
        subjects = len(self._of_subject) if self._apart else len(self._subjects)
        return Partitions(
            quads,
            self._triples,
            subjects,
            len(self._objects),
            _plain(self._classes),
            _plain(self._properties),
            {_name(kind): _plain(counted) for kind, counted in sorted(self._of_class.items())},
        )


def _plain(counted: Counter[bytes]) -> dict[str, int]:
    return {_name(token): number for token, number in sorted(counted.items())}


def _name(token: bytes) -> str:
    return token.decode().removeprefix("<").removesuffix(">")


def dump_partitions(counts: Partitions) -> Iterator[str]:
    """The lines of the file."""
    yield json.dumps(asdict(counts), ensure_ascii=False, sort_keys=True, indent=0) + "\n"


def load_partitions(text: str) -> Partitions:
    """What ``dump_partitions`` wrote.  Raises ValueError where it is something else."""
    table = json.loads(text)
    try:
        return Partitions(**{field.name: table[field.name] for field in fields(Partitions)})
    except (KeyError, TypeError) as error:
        raise ValueError("not a table of partitions") from error


def main(put: Callable[[str], object] = sys.stdout.write) -> None:
    """Writes the counts of the store that the command line names."""
    put("".join(dump_partitions(count_partitions(open_store(Path(sys.argv[1]))))))


if __name__ == "__main__":
    main()
