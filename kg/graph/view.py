"""Facts as derivations see them, and what a derived fact is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from kg.graph.facts import Fact


@dataclass(frozen=True, slots=True)
class Derived:
    """A derived triple; ``rest`` are further triples of a derived node, which need no mark of their own.
    ``subject``, ``sources`` and ``thing`` are relative to the base."""

    subject: str
    predicate: str
    object: NamedNode | Literal
    derivation: str
    formula: str
    sources: tuple[str, ...]
    thing: str | None = None
    rest: tuple[tuple[str, NamedNode | Literal], ...] = ()

    @property
    def key(self) -> tuple[str, str, str]:
        return self.subject, self.predicate, self.thing if self.thing is not None else str(self.object)


class View:
    """Facts by subject and predicate: ``view.values("decision/1", "bg:amount")`` is sorted and has no duplicates."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        self._values: dict[str, dict[str, dict[str, NamedNode | Literal]]] = {}
        for fact in facts:
            of_subject = self._values.setdefault(fact.subject, {})
            of_subject.setdefault(fact.predicate, {})[fact.key[2]] = fact.object

    def subjects(self, predicate: str) -> Iterator[str]:
        """The subjects that have the predicate, sorted."""
        return (s for s in sorted(self._values) if predicate in self._values[s])

    def all_subjects(self) -> Iterator[str]:
        """Every subject, sorted."""
        yield from sorted(self._values)

    def values(self, subject: str, predicate: str) -> list[str]:
        """Literal forms, or IRIs relative to the base, of the objects."""
        found = self._values.get(subject, {}).get(predicate, {})
        return sorted(o.value if isinstance(o, Literal) else key for key, o in found.items())

    def codes(self, subject: str, predicate: str) -> list[str]:
        """The codes of objects that are codes: ``granted``."""
        found = self._values.get(subject, {}).get(predicate, {})
        return sorted(o.value.rpartition("#")[2].partition("-")[2] for o in found.values())
