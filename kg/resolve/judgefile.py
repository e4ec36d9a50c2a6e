"""The file of judgements that persons pass: a CSV that a person can read and edit, beside the data.

One row for each judgement, columns ``COLUMNS``; commas or semicolons divide the cells, as spreadsheets write them.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from kg.csvrows import read_csv
from kg.errors import ResourceError
from kg.resolve.rulings import DIFFERENT, SAME, VERDICTS, Contradiction, Ruling, settle
from kg.terms import PATHS
from kg.wholefile import whole_file

COLUMNS = ("verdict", "left", "right", "left_name", "right_name", "who", "when", "why")
_NEEDED = COLUMNS[:3]
# What tells a name from namesakes (kg.resolve.minting).
_NARROWED = re.compile(r"-[0-9a-f]{8}$")
_KINDS = frozenset(PATHS.values()) - {"county", "municipality", "financing", "fund"}


def read_rulings(path: Path, base: str) -> list[Ruling]:
    """The judgements in ``path``, in order; none where there is no file.  IRIs may be whole or relative to ``base``.

    Raises ResourceError, with file and line, where the file cannot be read or a row is malformed.
    """
    try:
        rows = read_csv(path, "the judgements", _NEEDED)
    except FileNotFoundError:
        return []
    return [_read_row({name: row.get(name, "") for name in COLUMNS}, base, place) for place, row in rows]


def _read_row(cells: dict[str, str], base: str, where: str) -> Ruling:
    if cells["verdict"] not in VERDICTS:
        raise ResourceError(f"verdict is {cells['verdict']!r}", where=where, hint=f"one of {', '.join(VERDICTS)}")
    sides = [cells[side].removeprefix(base).strip("<>").removeprefix(base) for side in ("left", "right")]
    kinds = [side.partition("/")[0] for side in sides]
    if not all(sides) or kinds[0] != kinds[1] or kinds[0] not in _KINDS:
        raise ResourceError(
            f"left and right are {' and '.join(repr(s) for s in sides)}",
            where=where,
            hint=f"two IRIs of one kind, such as project/NAME (of {', '.join(sorted(_KINDS))})",
        )
    if sides[0] == sides[1]:
        raise ResourceError(f"left and right are both {sides[0]!r}", where=where, hint="name two things")
    if cells["when"] and not _is_day(cells["when"]):
        raise ResourceError(
            f"when is {cells['when']!r}",
            where=where,
            hint="a day such as 2024-05-16, by which the later of two judgements on one pair is told",
        )
    names = (cells["left_name"], cells["right_name"])
    return Ruling(cells["verdict"], sides[0], sides[1], cells["who"], cells["when"], cells["why"], names)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def write_rulings(path: Path, rulings: Iterable[Ruling]) -> None:
    """Puts the judgements into ``path``, whole or not at all.  Raises KgError where it cannot be written."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for r in rulings:
        writer.writerow((r.verdict, r.left, r.right, *r.names, r.who, r.when, r.why))
    with whole_file(path, "the file of judgements", "name another with 'identity' in kg.toml") as out:
        out.write(text.getvalue().encode())


def add_ruling(path: Path, ruling: Ruling, base: str) -> list[Ruling]:
    """Adds a judgement to the file and returns all that it holds; one on the same pair takes the place of the earlier.

    Raises ResourceError as ``read_rulings`` does, or where the judgement contradicts others.
    """
    before = [r for r in read_rulings(path, base) if r.sides != ruling.sides]
    clash = next((c for c in find_contradictions([*before, ruling]) if ruling in (c.left_out, c.kept)), None)
    if clash is not None:
        other = clash.kept if clash.left_out == ruling else clash.left_out
        raise ResourceError(
            f"that contradicts an earlier judgement: {other.left} and {other.right} are {other.verdict}"
            + (f" ({other.who}, {other.when})" if other.who else ""),
            where=str(path),
            hint="take the earlier one back first: edit the file, or judge that pair anew",
        )
    write_rulings(path, [*before, ruling])
    return [*before, ruling]


def hash_rulings(rulings: Iterable[Ruling]) -> str:
    """The sha256, in hexadecimal, over judgements in order: what a graph made with them depends on."""
    return hashlib.sha256("\n".join(map(repr, rulings)).encode("utf-8", "surrogatepass")).hexdigest()


def find_contradictions(rulings: Iterable[Ruling]) -> list[Contradiction]:
    """What contradicts what among the judgements themselves: A is B, B is C, but A is not C; or all that is called A
    is B, but A of one paper is not A of another.

    Resolution finds those too that show only through the papers.
    """
    settled, found = settle(rulings)
    group: dict[str, str] = {}

    def root(iri: str) -> str:
        while group.get(iri, iri) != iri:
            iri = group[iri]
        return iri

    same = [r for r in settled if r.verdict == SAME]
    whole = {side for r in same for side in r.sides}
    for side in sorted({side for r in settled for side in r.sides}):
        # a judgement on a plain name is one on all who bear it, those told apart by paper too
        plain = _NARROWED.sub("", side)
        if plain != side and plain in whole:
            group[root(side)] = root(plain)
    for ruling in same:
        left, right = root(ruling.left), root(ruling.right)
        if left != right:
            group[right] = left
    for ruling in settled:
        if ruling.verdict == DIFFERENT and root(ruling.left) == root(ruling.right):
            chain = [r for r in same if root(r.left) == root(ruling.left)]
            found.append(Contradiction(chain[-1], ruling))
    return found
