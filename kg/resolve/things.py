"""Organisations, boards, places and funds: the things that papers name and registers know.

Which organisation a name means is known already (``kg.resolve.identities``).  A fund or place is known by the
register's key, else by the normal form of its name; a board is one where authority and name are.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Protocol

from kg.model import Entity, Judgement, Value
from kg.registers import Organisation, Registers
from kg.resolve.clusters import Clusters
from kg.resolve.identities import Identities, fund_names, own_names, past_names, reserved_names
from kg.resolve.minting import Own, mint
from kg.resolve.names import make_slug, name_key, organisation_key
from kg.resolve.nodes import Node
from kg.resolve.past import Past
from kg.resolve.rulings import Bench, Ruling
from kg.resolve.saying import Forms, Said, Sayings

TYPES = {"organisation": "Organisation", "county": "County", "municipality": "Municipality"}
APPROPRIATION = "anslag-"


class Labelled(Protocol):
    """What every record of a register has."""

    @property
    def name(self) -> str: ...


@dataclass(slots=True)
class Thing:
    """A thing under way to an entity: the names that papers use, counted."""

    type: str
    key: str | None
    forms: dict[str, int] = field(default_factory=dict)

    def add(self, name: str, times: int) -> None:
        self.forms[name] = self.forms.get(name, 0) + times


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

    def __init__(
        self,
        forms: Forms,
        sayings: Sayings,
        registers: Registers | None,
        identities: Identities,
        rulings: Iterable[Ruling] = (),
    ) -> None:
        self._registers = registers
        self.past = registers.own_names if registers is not None else {}
        self._identities = identities
        self._sayings = sayings
        self._things: dict[str, Thing] = {}
        self._iris: dict[str, str] = {}
        self.replaced: list[tuple[str, str]] = []
        self.judgements: list[Judgement] = []
        self._boards = self._gather_boards((own for kind, own in forms if kind == "board"), rulings)
        self._gather(forms)
        self._mint()

    # --- places: what is said, as KIND and identity ---

    def _place(self, said: Said) -> str:
        kind, own = said
        if kind == "board":
            return f"board {self._boards.find(own)}"
        if kind == "organisation":
            ident = self._identities.ident(own)
            if ident.startswith("fund:"):
                return f"fund id:{ident.removeprefix('fund:')}"
            known = self._identities.clusters
            return f"organisation {known.find(ident) if ident in known else ident}"
        return f"{kind} {own}"

    def is_fund(self, value: Value) -> bool:
        """Whether a value given as an organisation means a fund."""
        return value.kind == "organisation" and bool(self._identities.fund_of(value))

    def _gather_boards(self, owns: Iterable[str], rulings: Iterable[Ruling]) -> Clusters:
        found = set(owns)
        self._board_owns = {own: (_own_board_name(own), *_past_boards(own, self.past)) for own in found}
        bench = Bench([r for r in rulings if r.left.startswith("board/")], self._board_owns)
        clusters = Clusters(found, bench.tags())
        for left, right in bench.pairs(clusters):
            clusters.join(left, right)
        first: dict[tuple[str, str], str] = {}
        for own in sorted(found):
            owner, _, form = own.split("\t")
            known = self._identities.clusters
            same = first.setdefault((known.find(owner) if owner in known else owner, form), own)
            if clusters.kept_apart(same, own) is None:
                clusters.join(same, own)
        self.judgements += bench.state()
        self.contradictions = bench.contradictions
        return clusters

    # --- gathering and minting ---

    def _gather(self, forms: Forms) -> None:
        for said, names in forms.items():
            place = self._place(said)
            thing = self._things.get(place)
            if thing is None:
                thing = self._things[place] = self._start(place)
            for name, times in names.items():
                thing.add(name, times)

    def _start(self, place: str) -> Thing:
        kind = place.split(" ", 1)[0]
        if kind == "board":
            return Thing("Board", None)
        key = next((m[3:] for m in self._members(place) if m.startswith("id:")), None)
        return Thing(TYPES.get(kind) or self._fund_type(key), key)

    def _members(self, place: str) -> list[str]:
        kind, ident = place.split(" ", 1)
        if kind == "organisation":
            return self._groups.get(ident, [ident])
        return [ident]

    @cached_property
    def _groups(self) -> dict[str, list[str]]:
        return self._identities.clusters.groups()

    def _mint(self) -> None:
        boards = self._boards.groups()
        owns: dict[str, tuple[Own, ...]] = {}
        groups: dict[str, list[str]] = {}
        for place in self._things:
            kind, ident = place.split(" ", 1)
            for member in boards[ident] if kind == "board" else self._members(place):
                groups.setdefault(place, []).append(f"{kind} {member}")
                owns[f"{kind} {member}"] = self._own(kind, member)
        minted = mint(groups, owns, reserved_names(self._registers))
        self._iris = minted.iris
        self.replaced += minted.replaced

    def _own(self, kind: str, member: str) -> tuple[Own, ...]:
        if kind == "board":
            return self._board_owns[member]
        if kind == "organisation":
            return (*own_names(member), *past_names(member, self.past))
        if kind == "fund":
            return fund_names(member)
        return tuple(replace(o, plain=f"{kind}/{o.plain.split('/', 1)[1]}") for o in own_names(member))

    def iri(self, value: Value, node: Node) -> str:
        """The IRI of the thing that a value of ``node`` names."""
        return self._iris[self._place(self._sayings.of(value, node))]

    def told(self, said: Said) -> tuple[str, str]:
        """What papers say of one thing under other names makes of it: its identity among all, and its IRI."""
        place = self._place(said)
        return place, self._iris[place]

    def iri_of(self, side: str) -> str:
        """The IRI of the thing that an identity of an organisation or board came to be part of."""
        if side in self._boards:
            return self._iris[f"board {self._boards.find(side)}"]
        return self._iris[f"organisation {self._identities.clusters.find(side)}"]

    def own_iri(self, side: str) -> str:
        """The IRI that an identity of an organisation or board gives its thing."""
        return (self._board_owns[side] if side in self._boards else own_names(side))[0].plain

    @cached_property
    def entities(self) -> list[Entity]:
        """One entity a thing; the label is the register's name where the thing is in one."""
        found = []
        for place, thing in self._things.items():
            record = self._record(place.split(" ", 1)[0], thing.key)
            label = _label(record) if record is not None else pick_name(thing.forms)
            others = tuple(sorted(set(thing.forms) - {label}))
            number = self._number(place, record)
            found.append(Entity(self._iris[place], thing.type, label, others, thing.key, number=number))
        return found

    def _number(self, place: str, record: Labelled | None) -> str | None:
        """The organisation number of the registers, else that of the papers if they give one."""
        kind, ident = place.split(" ", 1)
        known = record.org_number if isinstance(record, Organisation) else None
        return known or (self._identities.number_of(ident) if kind == "organisation" else None)

    def labels(self) -> dict[str, str]:
        """The label of each thing, by IRI."""
        return {entity.iri: entity.label for entity in self.entities}

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
            return self._registers.programme(key) or self._registers.organisation(key)
        return None

    def _fund_type(self, key: str | None) -> str:
        if key is None or (self._registers is not None and self._registers.programme(key) is None):
            return "Fund"
        return "Appropriation" if key.startswith(APPROPRIATION) else "Programme"


def _own_board_name(own: str) -> Own:
    owner, key, _ = own.split("\t")
    if owner.startswith("paper:"):
        before = f"paper-{owner.removeprefix('paper:')[:12]}/"
    else:
        before = own_names(owner)[0].plain.split("/", 1)[1] + "/" if owner else ""
    slug = f"{before}{make_slug(key)}"
    return Own((len(slug), slug), f"board/{slug}", (own,))


def _past_boards(own: str, past: Past) -> tuple[Own, ...]:
    """The names that a board had before a register of the user's own had its authority."""
    owner, rest = own.split("\t", 1)
    keys = dict.fromkeys(organisation_key(name) for name in past.get(owner.removeprefix("id:"), ()))
    return tuple(replace(_own_board_name(f"name:{key}\t{rest}"), former=True) for key in keys)


def _label(record: Labelled) -> str:
    for name in ("label", "short_name"):
        value = getattr(record, name, None)
        if value:
            return str(value)
    return record.name
