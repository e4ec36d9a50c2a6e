"""Tables drawn with lines: which cell each word of a page stands in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.read.building import Paragraph, Table, TableCell
from kg.read.words import Word, find_rows, join_rows

_NEAR = 3.0  # points by which lines that meet may miss one another
_SAME = 3.0  # points by which pieces of one line may differ
_PAIRS = 400_000


@dataclass(frozen=True, slots=True)
class Rule:
    """A drawn line: at ``place`` (``y`` of a level one, ``x`` of an upright one), from ``low`` to ``high``."""

    place: float
    low: float
    high: float


def read_ruled(words: Sequence[Word], level: Iterable[Rule], upright: Iterable[Rule]) -> list[Word]:
    """The words, with those that stand in a table that the lines draw put together as one each."""
    across, down = _join(level), _join(upright)
    if len(across) < 3 or len(down) < 3 or len(across) * len(down) > _PAIRS:
        return list(words)
    left = list(words)
    for drawn, columns in _groups(across, down):
        rows = _close(drawn, columns)
        ys, xs = _places(rows), _places(columns)
        if len(ys) < 3 or len(xs) < 3:
            continue
        inside = [w for w in left if xs[0] < _middle(w) < xs[-1] and ys[0] < _height(w) < ys[-1]]
        table = _fill(inside, rows, columns, ys, xs)
        if table is None:
            continue
        taken = set(map(id, inside))
        left = [w for w in left if id(w) not in taken]
        size = min(word.height for word in inside)
        left.append(Word(xs[0], xs[-1], size, ys[0] + size, "", table, ys[-1]))
    return left


def _middle(word: Word) -> float:
    return (word.left + word.right) / 2


def _height(word: Word) -> float:
    return word.base - 0.35 * word.height


def _join(rules: Iterable[Rule]) -> list[Rule]:
    """Pieces that go on from one another, as one line."""
    joined: list[Rule] = []
    group: list[Rule] = []
    for rule in sorted(rules, key=lambda r: (r.place, r.low)):
        if group and rule.place - group[0].place > _SAME:
            joined.extend(_chain(group))
            group = []
        group.append(rule)
    joined.extend(_chain(group))
    return [rule for rule in joined if rule.high - rule.low > 2 * _NEAR]


def _chain(group: list[Rule]) -> list[Rule]:
    chained: list[Rule] = []
    for rule in sorted(group, key=lambda r: (r.low, r.high)):
        if chained and rule.low <= chained[-1].high + _NEAR:
            last = chained[-1]
            chained[-1] = Rule(last.place, last.low, max(last.high, rule.high))
        else:
            chained.append(rule)
    return chained


def _groups(across: list[Rule], down: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Lines that meet, directly or through others, from the top of the page."""
    parent = list(range(len(across) + len(down)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for i, a in enumerate(across):
        for k, d in enumerate(down):
            if a.low - _NEAR <= d.place <= a.high + _NEAR and d.low - _NEAR <= a.place <= d.high + _NEAR:
                parent[root(len(across) + k)] = root(i)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for i, a in enumerate(across):
        groups.setdefault(root(i), ([], []))[0].append(a)
    for k, d in enumerate(down):
        groups.setdefault(root(len(across) + k), ([], []))[1].append(d)
    return [g for g in groups.values() if g[0] and g[1]]


def _close(rows: list[Rule], columns: list[Rule]) -> list[Rule]:
    """The level lines, with one where the upright ones go on above the first or below the last: a row that the end
    of the page has cut is drawn open."""
    low, high = min(r.low for r in rows), max(r.high for r in rows)
    first, last = min(r.place for r in rows), max(r.place for r in rows)
    closed = list(rows)
    for ends, edge in (
        (sorted(c.low for c in columns), first),
        (sorted((c.high for c in columns), reverse=True), last),
    ):
        if len(ends) > 2 and abs(ends[0] - ends[-1]) <= _NEAR < abs(edge - ends[0]):
            closed.append(Rule(ends[0], low, high))
    return closed


def _places(rules: list[Rule]) -> list[float]:
    places: list[float] = []
    for rule in sorted(rules, key=lambda r: r.place):
        if not places or rule.place - places[-1] > _SAME:
            places.append(rule.place)
    return places


def _fill(words: list[Word], rows: list[Rule], columns: list[Rule], ys: list[float], xs: list[float]) -> Table | None:
    """The table with the words in its cells; None where fewer than two cells hold any."""
    wide, high = len(xs) - 1, len(ys) - 1
    owner = {(r, c): (r, c) for r in range(high) for c in range(wide)}

    def root(cell: tuple[int, int]) -> tuple[int, int]:
        while owner[cell] != cell:
            cell = owner[cell]
        return cell

    for r in range(high):
        for c in range(wide):
            y, x = (ys[r] + ys[r + 1]) / 2, (xs[c] + xs[c + 1]) / 2
            if c + 1 < wide and not _is_drawn(columns, xs[c + 1], y):
                a, b = sorted((root((r, c)), root((r, c + 1))))
                owner[b] = a
            if r + 1 < high and not _is_drawn(rows, ys[r + 1], x):
                a, b = sorted((root((r, c)), root((r + 1, c))))
                owner[b] = a
    held: dict[tuple[int, int], list[Word]] = {}
    for word in words:
        r = _between(ys, _height(word))
        c = _between(xs, _middle(word))
        held.setdefault(root((r, c)), []).append(word)
    if len(held) < 2 or len({c for _, c in held}) < 2:
        return None
    cells = (TableCell(r, c, (Paragraph(join_rows(find_rows(inside))),)) for (r, c), inside in sorted(held.items()))
    return Table(tuple(cells))


def _is_drawn(rules: list[Rule], place: float, at: float) -> bool:
    return any(abs(rule.place - place) <= _SAME and rule.low <= at <= rule.high for rule in rules)


def _between(places: list[float], at: float) -> int:
    k = 0
    while k + 2 < len(places) and places[k + 1] <= at:
        k += 1
    return k
