"""IRIs and literals of the graph."""

from __future__ import annotations

import hashlib
import re
from decimal import Decimal
from functools import cache

from pyoxigraph import Literal, NamedNode

from kg.errors import ValidationError
from kg.terms import expand

_DATE_TYPES = {4: "xsd:gYear", 7: "xsd:gYearMonth", 10: "xsd:date"}
_UNSAFE = re.compile(r"[\x00-\x20<>\"{}|\\^`]")


@cache
def term(name: str) -> NamedNode:
    """The node of a prefixed name such as ``bg:Project``."""
    return NamedNode(expand(name))


class Namer:
    """Gives the nodes of one base IRI: ``Namer(base)("project/ai-all")``."""

    def __init__(self, base: str) -> None:
        if ":" not in base or _UNSAFE.search(base):
            hint = "set base in kg.toml to an http address"
            raise ValidationError("the base is no absolute IRI", where=base, hint=hint)
        self.base = base

    def __call__(self, path: str) -> NamedNode:
        """The node of a path relative to the base.  Raises ValidationError for characters that no IRI may hold."""
        found = _UNSAFE.search(path)
        if found:
            raise ValidationError(f"the character {found[0]!r} may not stand in an IRI", where=path)
        return NamedNode(self.base + path)

    def minted(self, kind: str, *parts: object) -> NamedNode:
        """The node ``KIND/HASH`` whose hash depends on ``parts`` alone, not on the base or the order of reading."""
        return NamedNode(f"{self.base}{kind}/{digest(*parts)}")


def digest(*parts: object) -> str:
    """24 hexadecimal digits over the parts."""
    return hashlib.sha256("\x1f".join(map(str, parts)).encode("utf-8", "surrogatepass")).hexdigest()[:24]


def address(value: str, where: str) -> NamedNode:
    """The node of an absolute IRI from elsewhere, such as a home page.  Raises ValidationError where it is none."""
    try:
        return NamedNode(value)
    except ValueError as error:
        hint = "mend the register that gives it"
        raise ValidationError(f"not an address: {value!r}", where=where, hint=hint) from error


def text(value: str) -> Literal:
    """A plain string."""
    return Literal(value)


def boolean(value: bool) -> Literal:
    """An ``xsd:boolean``."""
    return Literal("true" if value else "false", datatype=term("xsd:boolean"))


def integer(value: int | str) -> Literal:
    """An ``xsd:integer``.  Raises ValidationError where ``value`` is no whole number."""
    try:
        number = int(value)
    except ValueError as error:
        raise ValidationError("not a whole number", where=str(value)) from error
    return Literal(str(number), datatype=term("xsd:integer"))


def decimal(value: Decimal | float | str) -> Literal:
    """An ``xsd:decimal`` in plain notation without needless zeros (``31``), as Oxigraph too keeps it."""
    try:
        number = Decimal(str(value)).normalize()
    except ArithmeticError as error:
        raise ValidationError("not a number", where=str(value)) from error
    return Literal(f"{number:f}", datatype=term("xsd:decimal"))


def date(value: str) -> Literal:
    """``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD`` as ``xsd:gYear``, ``xsd:gYearMonth`` or ``xsd:date``."""
    kind = _DATE_TYPES.get(len(value))
    if kind is None:
        raise ValidationError("not a date of the form YYYY, YYYY-MM or YYYY-MM-DD", where=value)
    return Literal(value, datatype=term(kind))
