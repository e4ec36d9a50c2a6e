"""What a graph says of each thing, as one number a thing: two graphs are compared by these without being read.

The sum of the hashes of its statements does not depend on their order.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from hashlib import blake2b
from itertools import groupby
from pathlib import Path

from pyoxigraph import DefaultGraph, NamedNode, Quad

from kg.graph.facts import Fact

_SIZE = 16
_MASK = (1 << 8 * _SIZE) - 1
_TAB = "\t"
# So many numbers, some 15 MB of them, are held by ``DigestRuns``.
_HELD = 50_000


def _hash(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_SIZE).digest(), "big")


class Digests:
    """Name of a part of the graph -> its number.

    A part is what the default graph or a shared graph says of one subject (``subject``, or ``subject TAB graph``), or
    the whole graph of one paper (``TAB graph``).
    """

    def __init__(self, values: dict[str, int] | None = None) -> None:
        self.values: dict[str, int] = values if values is not None else {}

    def relieve(self) -> None:
        """Called again and again as statements are taken up."""

    def add_quads(self, quads: Iterable[Quad]) -> Iterator[Quad]:
        """Takes up statements of the default graph and of shared graphs, and hands them on."""
        values, default = self.values, DefaultGraph()
        for quad in quads:
            name = part_of(quad, default)
            values[name] = (values.get(name, 0) + _hash(str(quad))) & _MASK
            if len(values) >= _HELD:
                self.relieve()
            yield quad

    def add_facts(self, facts: Iterable[Fact], base: str) -> None:
        """Takes up what is said of each thing by papers together, which facts sorted by ``order`` tell without being
        made statements of."""
        for subject, of_subject in groupby(facts, lambda f: f.subject):
            documents: set[str] = set()
            stated: dict[tuple[str, str, str], None] = {}
            for fact in of_subject:
                documents.add(fact.claim.evidence.document)
                stated[fact.key] = None
            self.add_thing(base + subject, stated, documents)

    def add_thing(self, name: str, stated: Iterable[tuple[str, str, str]], documents: Iterable[str]) -> None:
        """The same of one thing: the keys of its facts, sorted, and the papers that state them."""
        told = "\x1e".join("\x1f".join(key) for key in stated)
        number = _hash("\x1d".join((told, *sorted(documents))))
        self.values[name] = (self.values.get(name, 0) + number) & _MASK
        if len(self.values) >= _HELD:
            self.relieve()

    def add_claims(self, facts: Iterable[Fact], graph_of: dict[str, str]) -> None:
        """Takes up what papers claim: each fact with its words.  ``graph_of``: paper -> name of its graph."""
        values = self.values
        for fact in facts:
            words = fact.claim.evidence
            stated = (
                *fact.key,
                fact.act or "",
                words.start,
                words.end,
                words.rule,
                words.rule_version,
                words.confidence,
                words.quote,
            )
            name = _TAB + graph_of[words.document]
            values[name] = (values.get(name, 0) + _hash("\x1f".join(map(str, stated)))) & _MASK
            if len(values) >= _HELD:
                self.relieve()

    def differences(self, other: Digests) -> set[str]:
        """The parts that are in one only, or not the same in both."""
        mine, theirs = self.values, other.values
        return {n for n, v in mine.items() if theirs.get(n) != v} | (theirs.keys() - mine.keys())

    def dump(self) -> Iterator[str]:
        """Lines that ``load`` reads, sorted."""
        for name, value in self._sorted():
            yield f"{value:x}{_TAB}{name}\n"

    def _sorted(self) -> Iterator[tuple[str, int]]:
        return ((name, self.values[name]) for name in sorted(self.values))

    @classmethod
    def load(cls, lines: Iterable[str]) -> Digests:
        """Raises ValueError where a line is none of ``dump``."""
        return cls(dict(map(_read_line, lines)))


class DigestRuns(Digests):
    """The same of a graph of any size, to be dumped alone: what is too much to be held lies in files in ``folder``,
    which ``dump`` removes."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self._runs: list[Path] = []
        for path in folder.glob("digests.*.run"):
            # of papers of which one was refused since
            path.unlink()

    def relieve(self) -> None:
        path = self._folder / f"digests.{len(self._runs)}.run"
        with path.open("w", encoding="utf-8", errors="surrogatepass") as file:
            file.writelines(self.dump_held())
        self._runs.append(path)
        self.values.clear()

    def dump_held(self) -> Iterator[str]:
        """What is held now, as ``dump``."""
        yield from (f"{value:x}{_TAB}{name}\n" for name, value in super()._sorted())

    def _sorted(self) -> Iterator[tuple[str, int]]:
        with ExitStack() as opened:
            files = [opened.enter_context(p.open(encoding="utf-8", errors="surrogatepass")) for p in self._runs]
            runs = (map(_read_line, file) for file in files)
            for name, of_name in groupby(heapq.merge(super()._sorted(), *runs), lambda pair: pair[0]):
                yield name, sum(value for _, value in of_name) & _MASK
        for path in self._runs:
            path.unlink()


def _read_line(line: str) -> tuple[str, int]:
    number, tab, name = line.rstrip("\n").partition(_TAB)
    if not tab or not name:
        raise ValueError("not a line of digests")
    return name, int(number, 16)


def part_of(quad: Quad, default: DefaultGraph | None = None) -> str:
    """The name of the part that a statement of the default graph or a shared graph belongs to."""
    subject, graph = quad.subject, quad.graph_name
    assert isinstance(subject, NamedNode)
    return subject.value if graph == (default or DefaultGraph()) else f"{subject.value}{_TAB}{graph.value}"  # type: ignore[union-attr]


def place_of(part: str) -> tuple[NamedNode | None, NamedNode | DefaultGraph]:
    """The subject (None: all) and the graph of a part."""
    subject, _, graph = part.partition(_TAB)
    return (NamedNode(subject) if subject else None), (NamedNode(graph) if graph else DefaultGraph())
