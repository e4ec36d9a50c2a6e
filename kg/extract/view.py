"""A paper as the rules look at it: blocks, sentences and spans, each found by offset in logarithmic time."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from kg.lexicon import PhrasePattern, spots_of
from kg.model import AnnotatedDocument, Block, TypedSpan

_BEYOND = 1 << 62
_MOST_VALUES, _LONGEST_VALUE = 25, 90  # further values of a label, and the characters of each
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence (or a list item's, cell's or heading's share of one) with the block that it stands in."""

    start: int
    end: int
    block: int


class View:
    """Read access to an annotated paper."""

    def __init__(self, annotated: AnnotatedDocument) -> None:
        self.document = annotated.document
        self.text = annotated.document.text
        self.blocks: tuple[Block, ...] = annotated.document.blocks
        self.spans = [s for s in annotated.spans if s.kind not in ("ignored", "person")]
        self.ignored = [s for s in annotated.spans if s.kind == "ignored"]
        self.persons = [s for s in annotated.spans if s.kind == "person"]
        self.introduced: frozenset[str] = frozenset()  # folded names that labels and addresses introduce
        self._lines: dict[tuple[int, int], str] = {}
        self._spots: dict[re.Pattern[str] | PhrasePattern, list[int]] = {}
        self._kept: dict[str, Any] = {}
        self._index()
        self._block_starts = [b.start for b in self.blocks]
        self.units = tuple(self._units(annotated.sentences))
        self._unit_starts = [u.start for u in self.units]

    def _index(self) -> None:
        self._starts = [s.start for s in self.spans]
        self._count = len(self._starts)
        self._longest = max((s.end - s.start for s in self.spans), default=0)
        self._by_kind: dict[str, list[TypedSpan]] = {}
        for span in self.spans:
            self._by_kind.setdefault(span.kind, []).append(span)
        # the starts of a kind end with one that no offset reaches
        self._kinds = {kind: ([*(s.start for s in spans), _BEYOND], spans) for kind, spans in self._by_kind.items()}

    def add_spans(self, more: list[TypedSpan]) -> None:
        """Add typed spans, such as those of coreference, and keep the order."""
        self.spans = sorted([*self.spans, *more], key=lambda s: (s.start, -s.end))
        self._index()

    def replace_spans(self, better: list[TypedSpan]) -> None:
        """Add typed spans and drop names and places of others that they overlap."""
        names = ("organisation", "municipality", "county")
        ends = sorted((s.start, s.end) for s in better)
        self.spans = [
            s
            for s in self.spans
            if s.kind not in names or not any(low < s.end and s.start < high for low, high in ends)
        ]
        self.add_spans(better)

    def _units(self, sentences: tuple[tuple[int, int], ...]) -> Iterator[Unit]:
        for start, end in sentences:
            if start < end:
                yield Unit(start, end, self.block_index(start))

    def block_index(self, offset: int) -> int:
        """The index of the block that holds, or last began before, the offset."""
        return (bisect_right(self._block_starts, offset) or 1) - 1

    def block_at(self, offset: int) -> Block:
        return self.blocks[self.block_index(offset)]

    def value_end(self, index: int) -> int:
        """The end of the value of the field at an index, with the further values that a page prints below it."""
        block = self.blocks[index]
        end = block.end
        if self.document.media_type != "text/html" or block.kind != "field":
            return end
        for below in self.blocks[index + 1 : index + _MOST_VALUES]:
            words = self.text[below.start : below.end]
            if below.kind != "list_item" or len(words) > _LONGEST_VALUE or words.endswith((".", ":", "?", "!")):
                break
            end = below.end
        return end

    def unit_at(self, offset: int) -> Unit:
        return self.units[max(0, bisect_right(self._unit_starts, offset) - 1)]

    def units_in(self, start: int, end: int) -> tuple[Unit, ...]:
        """The units that begin within ``start:end``."""
        return self.units[bisect_left(self._unit_starts, start) : bisect_left(self._unit_starts, end)]

    def units_with(self, *patterns: re.Pattern[str] | PhrasePattern) -> Sequence[Unit]:
        """The units in which one of the patterns may match, in order; none but those needs to be searched."""
        return [self.units[index] for index in self._indexes(self._unit_starts, patterns)]

    def may_hold(self, unit: Unit, pattern: re.Pattern[str] | PhrasePattern) -> bool:
        """Whether a pattern may match in a unit; for patterns that many units are searched for one after the other."""
        spots = self._spots.get(pattern)
        if spots is None:
            found = spots_of(pattern, self.text)
            spots = self._spots[pattern] = [*(range(len(self.text)) if found is None else found), _BEYOND]
        return spots[bisect_left(spots, unit.start)] < unit.end

    def keep(self, name: str, read: Callable[[], T]) -> T:
        """What several rules read of the paper's words and blocks, read when it is first asked for."""
        if name not in self._kept:
            self._kept[name] = read()
        found: T = self._kept[name]
        return found

    def blocks_with(self, *patterns: re.Pattern[str] | PhrasePattern) -> Sequence[int]:
        """The indexes of the blocks in which one of the patterns may match, in order."""
        return self._indexes(self._block_starts, patterns)

    def _indexes(self, starts: list[int], patterns: tuple[re.Pattern[str] | PhrasePattern, ...]) -> Sequence[int]:
        found: set[int] = set()
        for pattern in patterns:
            spots = spots_of(pattern, self.text)
            if spots is None:
                return range(len(starts))
            following = -1  # where the part after the one last found begins
            for spot in spots:
                if spot >= following:
                    after = bisect_right(starts, spot)
                    found.add(max(0, after - 1))
                    following = starts[after] if after < len(starts) else _BEYOND
        return sorted(found) if starts else ()

    def blocks_of(self, *kinds: str) -> Sequence[int]:
        """The indexes of the blocks in which a span of one of the kinds begins, in order."""
        found = {self.block_index(span.start) for kind in kinds for span in self.kind(kind)}
        return sorted(found) if self.blocks else ()

    def units_of(self, *kinds: str) -> Sequence[Unit]:
        """The units in which a span of one of the kinds begins, in order."""
        starts = {max(0, bisect_right(self._unit_starts, span.start) - 1) for kind in kinds for span in self.kind(kind)}
        return [self.units[index] for index in sorted(starts)] if self.units else ()

    def kind(self, *kinds: str) -> list[TypedSpan]:
        """All spans of the kinds, in order."""
        if len(kinds) == 1:
            return self._by_kind.get(kinds[0], [])
        return sorted((s for k in kinds for s in self._by_kind.get(k, [])), key=lambda s: (s.start, -s.end))

    def spans_in(self, start: int, end: int, *kinds: str) -> list[TypedSpan]:
        """Spans of the kinds (of all, where none is named) that lie within ``start:end``, in order."""
        if len(kinds) == 1:  # most often
            found = self._kinds.get(kinds[0])
            if found is None:
                return []
            starts, spans = found
            low = bisect_left(starts, start)
            if starts[low] >= end:
                return []
            if starts[low + 1] >= end:
                return [spans[low]] if spans[low].end <= end else []
            return [s for s in spans[low : bisect_left(starts, end, low + 2)] if s.end <= end]
        low = bisect_left(self._starts, start)
        high = bisect_left(self._starts, end, low)
        if low >= high:
            return []
        return [s for s in self.spans[low:high] if s.end <= end and (not kinds or s.kind in kinds)]

    def is_plain(self, start: int, end: int) -> bool:
        """Whether no span of any kind begins within ``start:end``."""
        low = bisect_left(self._starts, start)
        return low == len(self._starts) or self._starts[low] >= end

    def covering(self, offset: int, *kinds: str) -> TypedSpan | None:
        """The span of the kinds that holds the offset, the longest where there are several."""
        low = bisect_left(self._starts, offset - self._longest)
        high = bisect_right(self._starts, offset)
        found = [s for s in self.spans[low:high] if s.end > offset and (not kinds or s.kind in kinds)]
        return max(found, key=lambda s: s.end - s.start, default=None)

    def starting(self, offset: int, *kinds: str) -> TypedSpan | None:
        """The longest span of the kinds that begins at the offset."""
        starts = self._starts
        for index in range(bisect_left(starts, offset), self._count):
            if starts[index] != offset:
                break
            if not kinds or self.spans[index].kind in kinds:
                return self.spans[index]  # the longest of those that begin together comes first
        return None

    def line(self, start: int, end: int) -> str:
        """The words of a span, white space closed."""
        found = self._lines.get((start, end))
        if found is None:
            found = self._lines[start, end] = " ".join(self.text[start:end].split())
        return found
