"""Organisations, boards, places and funds: the things that papers name and registers know.

A thing of a register is known by the register's key.  Other organisations and funds are one where their names
have the same normal form (the legal form is kept); a board is one where authority and name are.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from kg.model import Entity, Value
from kg.registers import Registers
from kg.resolve.names import board_key, mint_names, name_key, short_hash
from kg.resolve.nodes import Node, value_key
from kg.terms import PATHS

TYPES = {"organisation": "Organisation", "county": "County", "municipality": "Municipality"}
THING_KINDS = (*TYPES, "board", "fund")
APPROPRIATION = "anslag-"


class Labelled(Protocol):
    """What every record of a register has."""

    @property
    def name(self) -> str: ...


@dataclass(slots=True)
class Thing:
    """A thing under way to an entity: the names that papers use, counted, and the nodes that name it."""

    type: str
    ident: str
    key: str | None
    forms: dict[str, int] = field(default_factory=dict)
    nodes: set[str] = field(default_factory=set)
    parent: str = ""

    def add(self, name: str, node: str) -> None:
        self.forms[name] = self.forms.get(name, 0) + 1
        self.nodes.add(node)


def pick_name(forms: dict[str, int]) -> str:
    """The name that a thing goes by, of the names that papers use and in how many they stand.

    The wording that most use, whatever its case and punctuation, of several the longest; of its writings the one
    that most use, one in mixed case before one in capitals only.
    """
    wordings: dict[str, int] = {}
    for name, count in forms.items():
        wordings[name_key(name)] = wordings.get(name_key(name), 0) + count
    wording = min(wordings, key=lambda key: (-wordings[key], -len(key), key))
    writings = [name for name in forms if name_key(name) == wording]
    return min(writings, key=lambda name: (name.isupper() and " " in name, -forms[name], -len(name), name))


class Things:
    """All things of the papers, each found again by the value that names it."""

    def __init__(self, registers: Registers | None) -> None:
        self._registers = registers
        self._things: dict[tuple[str, str], Thing] = {}
        self._iris: dict[tuple[str, str], str] = {}

    def gather(self, nodes: dict[str, Node], authority_of: Callable[[Node], str]) -> None:
        """Takes up every thing that the claims name.  ``authority_of`` gives the identity of the authority of
        a decision node, empty where it is unknown."""
        for node in nodes.values():
            for claim in node.all_claims():
                if claim.value.kind in THING_KINDS:
                    place = self._place(claim.value, node, authority_of)
                    thing = self._things.setdefault(place, self._start(place, claim.value, node, authority_of))
                    thing.add(claim.value.lexical, node.id)

    def _place(self, value: Value, node: Node, authority_of: Callable[[Node], str]) -> tuple[str, str]:
        if value.kind == "board":
            authority = authority_of(node)
            if not authority and not _says_whose(value.lexical):
                authority = f"paper:{node.document}"
            return "board", f"{authority}/{board_key(value.lexical)}"
        return value.kind, value_key(value)

    def _start(self, place: tuple[str, str], value: Value, node: Node, authority_of: Callable[[Node], str]) -> Thing:
        type = TYPES.get(value.kind) or ("Board" if value.kind == "board" else _fund_type(value))
        parent = authority_of(node) if value.kind == "board" else ""
        return Thing(type=type, ident=place[1], key=value.key, parent=parent)

    def mint(self) -> None:
        """Gives every thing its IRI; called once, after ``gather``."""
        for kind in THING_KINDS:
            self._mint_kind(kind)

    def _mint_kind(self, kind: str) -> None:
        here = {ident: thing for (k, ident), thing in sorted(self._things.items()) if k == kind}
        keyed = {thing.key for thing in here.values() if thing.key and kind != "board"}
        slugs = mint_names(self._name_part(kind, ident) for ident, t in here.items() if not t.key or kind == "board")
        for ident, thing in here.items():
            path = PATHS[thing.type]
            if kind == "board":
                owner = self._owner_slug(thing, ident)
                self._iris[(kind, ident)] = f"{path}/{owner}{slugs[self._name_part(kind, ident)]}"
            elif thing.key:
                self._iris[(kind, ident)] = f"{path}/{thing.key}"
            else:
                slug = slugs[self._name_part(kind, ident)]
                # A name that looks like the key of a register's thing must not become that thing.
                self._iris[(kind, ident)] = (
                    f"{path}/{slug}"
                    if slug not in keyed | self._register_ids(kind)
                    else (f"{path}/{slug}-{short_hash(ident)}")
                )

    def _register_ids(self, kind: str) -> set[str]:
        if self._registers is None:
            return set()
        if kind == "organisation":
            return {o.id for o in self._registers.organisations}
        if kind == "fund":
            return {p.id for p in self._registers.programmes}
        # The keys of places are numbers, which no name is.
        return set()

    @staticmethod
    def _name_part(kind: str, ident: str) -> str:
        return ident.rsplit("/", 1)[1] if kind == "board" else ident.removeprefix("name:")

    def _owner_slug(self, thing: Thing, ident: str) -> str:
        if thing.parent:
            return self._iris[("organisation", thing.parent)].split("/", 1)[1] + "/"
        if ident.startswith("paper:"):
            return f"paper-{ident.split('/', 1)[0].removeprefix('paper:')[:12]}/"
        return ""

    def iri(self, value: Value, node: Node, authority_of: Callable[[Node], str]) -> str:
        """The IRI of the thing that a value of ``node`` names."""
        return self._iris[self._place(value, node, authority_of)]

    def iri_of_organisation(self, ident: str) -> str:
        """The IRI of the organisation with an identity as ``kg.resolve.nodes.value_key`` gives it."""
        return self._iris[("organisation", ident)]

    def entities(self) -> list[Entity]:
        """One entity a thing; the label is the register's name where the thing is in one."""
        found = []
        for place, thing in self._things.items():
            record = self._record(place[0], thing.key)
            label = _label(record) if record is not None else pick_name(thing.forms)
            others = tuple(sorted(set(thing.forms) - {label}))
            key = None if place[0] == "board" else thing.key
            found.append(Entity(self._iris[place], thing.type, label, others, key, tuple(sorted(thing.nodes))))
        return found

    def _record(self, kind: str, key: str | None) -> Labelled | None:
        if self._registers is None or key is None:
            return None
        if kind == "organisation":
            return self._registers.organisation(key)
        if kind == "county":
            return self._registers.county(key)
        if kind == "municipality":
            return self._registers.municipality(key)
        if kind == "fund":
            return next((p for p in self._registers.programmes if p.id == key), None)
        return None


def _label(record: Labelled) -> str:
    for name in ("label", "short_name"):
        value = getattr(record, name, None)
        if value:
            return str(value)
    return record.name


def _fund_type(value: Value) -> str:
    if value.key is None:
        return "Fund"
    return "Appropriation" if value.key.startswith(APPROPRIATION) else "Programme"


def _says_whose(name: str) -> bool:
    """Whether a board's name holds a proper name ("Partnerskapet Mellersta Norrland"), so that it is one by
    itself; "Regionstyrelsen" is another board in every region."""
    return any(word[:1].isupper() for word in name.split()[1:])
