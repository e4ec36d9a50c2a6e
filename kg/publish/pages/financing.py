"""The financing of a project: its lines, and how they add up to the stated total."""

from __future__ import annotations

from dataclasses import dataclass

from kg.publish.pages.acts import name_first
from kg.publish.pages.drawing import SHADES, Drawing, Mark
from kg.publish.pages.links import Links
from kg.publish.pages.reader import Reader, Value
from kg.publish.pages.wording import Words

_WIDTH, _BAR = 760.0, 34.0


@dataclass(frozen=True, slots=True)
class Line:
    """A financing line.  ``amount`` in SEK with its words, or None; ``status`` and ``form`` are codes in words."""

    iri: str
    funder: tuple[str, str] | None
    amount: Value | None
    kronor: int | None
    status: str
    form: str


@dataclass(frozen=True, slots=True)
class Balance:
    """Lines that a paper states beside a total: SEK.  ``difference`` is the sum less the total."""

    paper: tuple[str, str] | None
    lines: tuple[Line, ...]
    summed: int
    total: int
    difference: int
    holds: bool
    drawing: Drawing


def read_lines(reader: Reader, project: str) -> list[Line]:
    """The lines of a project, the largest first."""
    found = [i for i in reader.subjects("bg:project", project, 400) if "FinancingLine" in reader.classes(i)]
    lines = [_read_line(reader, iri) for iri in found]
    return sorted(lines, key=lambda line: (-(line.kronor or 0), line.status, line.iri))


def _read_line(reader: Reader, iri: str) -> Line:
    amounts = reader.facts(iri).get("bg:amount", [])
    codes = [reader.things(iri, predicate) for predicate in ("bg:status", "bg:form")]
    status, form = (", ".join(reader.label(c) for c in of_code) for of_code in codes)
    kronor = max(reader.amounts(iri, "bg:amount"), default=None)
    return Line(iri, name_first(reader, iri, "bg:contributor"), amounts[0] if amounts else None, kronor, status, form)


def read_balances(reader: Reader, project: str, lines: list[Line], links: Links) -> list[Balance]:
    """How the lines of each paper that states a total add up."""
    known = {line.iri: line for line in lines}
    found = []
    for iri in reader.subjects("bg:ofProject", project, 2000):
        if "Reconciliation" not in reader.classes(iri):
            continue
        counted = tuple(known[i] for i in reader.things(iri, "bg:line") if i in known)
        sums = [reader.amounts(iri, name)[:1] for name in ("bg:sumOfLines", "bg:statedTotal", "bg:difference")]
        if not all(sums):
            continue
        summed, total, difference = (found[0] for found in sums)
        counted = tuple(sorted(counted, key=lambda line: (-(line.kronor or 0), line.iri)))
        drawing = draw_balance(counted, summed, total, links)
        paper = name_first(reader, iri, "bg:source")
        holds = bool(reader.first(iri, "bg:holds"))
        found.append(Balance(paper, counted, summed, total, difference, holds, drawing))
    return found


def draw_balance(lines: tuple[Line, ...], summed: int, total: int, links: Links) -> Drawing:
    """The lines one after the other over the stated total, both to the same scale."""
    words = Words(links.language)
    most = max(summed, total, 1)
    marks: list[Mark] = []
    at = 0.0
    for number, line in enumerate(lines):
        width = (line.kronor or 0) / most * _WIDTH
        name = line.funder[1] if line.funder else line.iri
        title = f"{name}: {words.money(line.kronor or 0)}"
        href = links.thing(line.funder[0]) if line.funder else None
        marks.append(Mark(at, 0, max(0.5, width - 1.5), _BAR, f"s{number % SHADES}", title, href=href))
        at += width
    marks.append(
        Mark(0, _BAR + 8, total / most * _WIDTH, 10, "total", f"{words('stated_total')}: {words.money(total)}")
    )
    alt = "; ".join(mark.title for mark in marks)
    return Drawing("stack", _WIDTH, _BAR + 20, alt, tuple(marks))
