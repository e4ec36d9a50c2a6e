"""All registers together, and the lookup by name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from kg.registers.normal import alternatives, drop_legal_form, normal_form
from kg.registers.records import (
    County,
    Municipality,
    NamePeriod,
    Organisation,
    Programme,
    Record,
    Strategy,
    drop_gloss,
)


@dataclass(frozen=True, slots=True, eq=False)
class Registers:
    """All registers, in the order of their files.  ``signature``: sha256 of the files' names and bytes; ``own_names``:
    by id, the names of the organisations that a user's own file gives or adds to; ``files``: file -> hash."""

    organisations: tuple[Organisation, ...]
    counties: tuple[County, ...]
    municipalities: tuple[Municipality, ...]
    programmes: tuple[Programme, ...]
    strategies: tuple[Strategy, ...]
    signature: str
    name_periods: tuple[NamePeriod, ...] = ()
    own_names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    _names: dict[str, tuple[Record, ...]] = field(init=False, repr=False)
    _organisations: dict[str, Organisation] = field(init=False, repr=False)
    _counties: dict[str, County] = field(init=False, repr=False)
    _municipalities: dict[str, Municipality] = field(init=False, repr=False)
    _governed: dict[str, Municipality] = field(init=False, repr=False)
    _programmes: dict[str, Programme] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        put = object.__setattr__
        put(self, "_names", _index(self.records()))
        put(self, "_organisations", {o.id: o for o in self.organisations})
        put(self, "_counties", {c.id: c for c in self.counties})
        put(self, "_municipalities", {m.id: m for m in self.municipalities})
        put(self, "_programmes", {p.id: p for p in self.programmes})
        put(self, "_governed", {m.organisation_id: m for m in self.municipalities})

    def records(self) -> Iterator[Record]:
        """All records: organisations, counties, municipalities, programmes, strategies."""
        for part in (self.organisations, self.counties, self.municipalities, self.programmes, self.strategies):
            yield from part

    def lookup(self, name: str) -> list[Record]:
        """The records that bear ``name``, best first: those whose normal form is the same, or, where there is
        none, those found without the genitive's s or the legal form.  Empty where the name is unknown."""
        for form in (normal_form(name), *alternatives(name)):
            if form in self._names:
                return list(self._names[form])
        return []

    def by_form(self) -> Iterator[tuple[str, tuple[Record, ...]]]:
        """Every normal form under which ``lookup`` finds anything, with what it finds."""
        yield from self._names.items()

    def lookup_organisation(self, name: str) -> Organisation | None:
        """The first organisation that bears ``name``; None where there is none."""
        return next((r for r in self.lookup(name) if isinstance(r, Organisation)), None)

    def organisation(self, id: str) -> Organisation | None:
        return self._organisations.get(id)

    def county(self, id: str) -> County | None:
        return self._counties.get(id)

    def municipality(self, id: str) -> Municipality | None:
        return self._municipalities.get(id)

    def programme(self, id: str) -> Programme | None:
        return self._programmes.get(id)

    def municipality_of(self, organisation_id: str) -> Municipality | None:
        """The territory that a municipality's organisation governs ("kommun-2282" -> Kramfors)."""
        return self._governed.get(organisation_id)


def _index(records: Iterable[Record]) -> dict[str, tuple[Record, ...]]:
    """Normal form -> records; a record's own name goes before another's alias."""
    ranked: dict[str, list[tuple[int, int, Record]]] = {}
    for order, record in enumerate(records):
        names = [record.name]
        for extra in ("canonical", "short_name"):
            if value := getattr(record, extra, None):
                names.append(value)
        label = drop_gloss(record.name)
        seen: set[str] = set()
        for rank, name in [*((0, n) for n in names), (1, label), *((2, n) for n in record.names)]:
            own = normal_form(name)
            for extra_rank, form in ((0, own), (3, drop_legal_form(own))):
                if form and form not in seen:
                    seen.add(form)
                    ranked.setdefault(form, []).append((rank + extra_rank, order, record))
    return {form: tuple(r for _, _, r in sorted(hits, key=lambda h: h[:2])) for form, hits in ranked.items()}
