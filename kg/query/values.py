"""The values of parameters: from what a user gives to a SPARQL term that can hold nothing but that value."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pyoxigraph as ox

from kg.terms import PREFIXES, expand

_XSD = PREFIXES["xsd"]

# A term as it may stand between the braces of a VALUES line: a string with or without a datatype, an IRI, a number,
# UNDEF.
SAMPLE = (
    r'"(?:[^"\\\n]|\\.)*"(?:\^\^(?:<[^<>"{}|^`\\\s]*>|\w+:\w+))?'
    r"|<[^<>\"{}|^`\\\s]*>"
    r"|[+-]?\d+(?:\.\d+)?"
    r"|UNDEF"
)

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_DECIMAL = re.compile(r"[+-]?\d+(?:\.\d+)?")
_INTEGER = re.compile(r"[+-]?\d+")
_DATE_TYPES = ("gYear", "gYearMonth", "date")


def _text(value: Any) -> ox.Literal:
    if not isinstance(value, str):
        raise ValueError
    return ox.Literal(value)


def _name(value: Any) -> ox.Literal:
    """A name as ``bg:nameKey`` has it, so that it is found by its key, without a scan."""
    if not isinstance(value, str):
        raise ValueError
    return ox.Literal(" ".join(value.split()).lower())


def _integer(value: Any) -> ox.Literal:
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise ValueError
    if not _INTEGER.fullmatch(str(value)):
        raise ValueError
    return ox.Literal(str(int(value)), datatype=ox.NamedNode(_XSD + "integer"))


def _decimal(value: Any) -> ox.Literal:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal | str):
        raise ValueError
    if not _DECIMAL.fullmatch(str(value)):
        raise ValueError
    return ox.Literal(str(value), datatype=ox.NamedNode(_XSD + "decimal"))


def _date(value: Any) -> ox.Literal:
    if isinstance(value, datetime | bool) or not isinstance(value, date | str | int):
        raise ValueError
    # A whole number is a year.
    text = value.isoformat() if isinstance(value, date) else str(value)
    found = _DATE.fullmatch(text)
    if found is None:
        raise ValueError
    parts = [int(p) for p in found.groups() if p]
    date(*(parts + [1, 1])[:3])  # raises ValueError for a month or day that no calendar has
    return ox.Literal(text, datatype=ox.NamedNode(_XSD + _DATE_TYPES[len(parts) - 1]))


def _iri(value: Any) -> ox.NamedNode:
    if not isinstance(value, str):
        raise ValueError
    text = value.strip().removeprefix("<").removesuffix(">")
    prefix, colon, _ = text.partition(":")
    if colon and prefix in PREFIXES:
        text = expand(text)
    return ox.NamedNode(text)


PARAMETER_TYPES: dict[str, tuple[Callable[[Any], ox.Literal | ox.NamedNode], str]] = {
    "text": (_text, "a text"),
    "name": (_name, "a name; its capitals do not matter"),
    "project": (_name, "the name of a project; its capitals do not matter"),
    "organisation": (_name, "the name of an organisation; its capitals do not matter"),
    "place": (_name, "the name of a county or municipality, such as Norrbotten"),
    "number": (_name, "a diary or case number; its capitals do not matter"),
    "integer": (_integer, "a whole number, such as 2022"),
    "decimal": (_decimal, "a number with a point, such as 0.5"),
    "date": (_date, "a date of the form 2022, 2022-12 or 2022-12-14"),
    "iri": (_iri, "an IRI, such as https://example.org/x or bg:Project"),
}
"""Type of a parameter -> what makes the term (ValueError where it cannot), and the form in words."""


def serialise_term(kind: str, value: Any) -> str:
    """``value`` as one SPARQL term of the type ``kind``.  Raises ValueError where it is not of that type."""
    term = PARAMETER_TYPES[kind][0](value)
    # N-Triples is a subset of the terms of SPARQL, and its escaping lets nothing out of the quotes.
    return str(term)
