"""Decisions and proposals as rows of a table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.publish.pages.reader import Reader, date_text


@dataclass(frozen=True, slots=True)
class Act:
    """A row: IRIs with their names, ``date`` as precise as the paper, ``amounts`` in SEK, ``outcome`` a code."""

    iri: str
    label: str
    date: str
    outcome: str
    outcome_label: str
    amounts: tuple[int, ...]
    project: tuple[str, str] | None
    authority: tuple[str, str] | None
    beneficiary: tuple[str, str] | None


def read_acts(reader: Reader, iris: Iterable[str]) -> list[Act]:
    """The rows of these decisions, the latest first; those without a date last."""
    acts = [_read_act(reader, iri) for iri in iris]
    acts.sort(key=lambda a: (a.label, a.iri))
    return sorted(acts, key=lambda a: a.date, reverse=True)


def _read_act(reader: Reader, iri: str) -> Act:
    outcome = next(iter(reader.things(iri, "bg:outcome")), "")
    return Act(
        iri,
        reader.label(iri),
        date_text(reader.objects(iri, "bg:date")),
        outcome.rpartition("#outcome-")[2],
        reader.label(outcome) if outcome else "",
        tuple(reader.amounts(iri, "bg:amount")),
        name_first(reader, iri, "bg:project"),
        name_first(reader, iri, "bg:authority"),
        name_first(reader, iri, "bg:beneficiary"),
    )


def name_first(reader: Reader, iri: str, predicate: str) -> tuple[str, str] | None:
    """The first thing that a property names, with its name."""
    found = reader.things(iri, predicate)
    return (found[0], reader.label(found[0])) if found else None


def read_chain(reader: Reader, iri: str, most: int = 40) -> list[Act]:
    """The acts of one matter, over ``bg:decides`` and ``bg:amends`` both ways, in the order of time; empty for one
    act alone."""
    found, left = {iri}, [iri]
    while left and len(found) < most:
        act = left.pop()
        for predicate in ("bg:decides", "bg:amends"):
            for other in (*reader.things(act, predicate), *reader.subjects(predicate, act, most)):
                if other not in found:
                    found.add(other)
                    left.append(other)
    return sorted(read_acts(reader, found), key=lambda a: (a.date, a.iri)) if len(found) > 1 else []
