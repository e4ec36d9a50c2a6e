"""The facts from which others are derived, of a whole graph, in a few bytes each.

``View`` holds a table for each thing, which of many papers takes much memory.  Here things and values are numbers, and
a fact is two of them in the column of its predicate.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

from pyoxigraph import Literal

from kg.graph.facts import Fact
from kg.graph.storeview import USED
from kg.graph.view import View


class Columns:
    """Facts as they come; ``view`` when all are in.  Only those that derivations read are kept."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._columns: dict[str, tuple[array[int], array[int]]] = {p: (array("i"), array("i")) for p in USED}

    def add(self, facts: Iterable[Fact]) -> None:
        """Takes up facts; those of one subject need not come together."""
        for fact in facts:
            column = self._columns.get(fact.predicate)
            if column is not None:
                value = fact.object
                column[0].append(self._number(fact.subject))
                column[1].append(self._number(value.value if isinstance(value, Literal) else fact.key[2]))

    def _number(self, name: str) -> int:
        return self._numbers.setdefault(name, len(self._numbers))

    def view(self) -> ColumnView:
        """What was taken up, which is let go here."""
        names = list(self._numbers)
        numbers = self._numbers
        self._numbers = {}
        # numbers in the order of the names, so that columns are in order of their subjects and values
        order = sorted(range(len(names)), key=names.__getitem__)
        place = array("i", bytes(4 * len(names)))
        for rank, number in enumerate(order):
            place[number] = rank
        names = [names[number] for number in order]
        del order
        for rank, name in enumerate(names):
            numbers[name] = rank
        sorted_columns = {}
        for predicate, (subjects, values) in self._columns.items():
            pairs = sorted({place[s] << 32 | place[v] for s, v in zip(subjects, values, strict=True)})
            sorted_columns[predicate] = (
                array("i", (pair >> 32 for pair in pairs)),
                array("i", (pair & 0xFFFFFFFF for pair in pairs)),
            )
        self._columns = {p: (array("i"), array("i")) for p in USED}
        return ColumnView(names, numbers, sorted_columns)


class ColumnView(View):
    """As ``View`` over the facts that were taken up."""

    def __init__(
        self, names: list[str], numbers: dict[str, int], columns: dict[str, tuple[array[int], array[int]]]
    ) -> None:
        """``names``: sorted; ``numbers``: the place of each; ``columns``: sorted subjects, and values, by predicate."""
        self._names, self._numbers, self._columns = names, numbers, columns

    def subjects(self, predicate: str) -> Iterator[str]:
        last = -1
        for subject in self._columns[predicate][0]:
            if subject != last:
                last = subject
                yield self._names[subject]

    def all_subjects(self) -> Iterator[str]:
        """Those of which something is known here."""
        found = sorted({subject for subjects, _ in self._columns.values() for subject in subjects})
        return (self._names[subject] for subject in found)

    def values(self, subject: str, predicate: str) -> list[str]:
        number = self._numbers.get(subject)
        if number is None:
            return []
        subjects, values = self._columns[predicate]
        begin = bisect_left(subjects, number)
        if begin == len(subjects) or subjects[begin] != number:
            return []
        return [self._names[value] for value in values[begin : bisect_right(subjects, number, begin)]]

    def codes(self, subject: str, predicate: str) -> list[str]:
        # as ``View``, which knows the node: here it stands in angle brackets
        return sorted(
            value.removesuffix(">").rpartition("#")[2].partition("-")[2] for value in self.values(subject, predicate)
        )
