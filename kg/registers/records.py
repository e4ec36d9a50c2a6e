"""The records of the registers: organisations, counties, municipalities, programmes, strategies."""

from __future__ import annotations

import re
from dataclasses import dataclass

_BRACKET = re.compile(r"\s*\([^)]*\)\s*$")


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation.  ``names``: all other names (aliases, former names, English, acronyms); ``acronyms``: those
    of them that are acronyms; ``kind``: region, county_board, municipality, state_agency, university,
    research_institute, company, eu, fund, programme or other; ``org_number``: ``NNNNNN-NNNN``; ``parent``: the id
    of its owner, host or successor.  A field that was read nowhere is None."""

    id: str
    name: str
    kind: str
    names: tuple[str, ...] = ()
    acronyms: tuple[str, ...] = ()
    org_number: str | None = None
    ror: str | None = None
    wikidata: str | None = None
    homepage: str | None = None
    parent: str | None = None
    source: str = ""
    verified: bool = True

    @property
    def label(self) -> str:
        """The canonical name: the register's, without a bracketed gloss."""
        return _BRACKET.sub("", self.name)


@dataclass(frozen=True, slots=True)
class County:
    """A county as territory.  ``id``: the two-digit county code; ``region_id``: the organisation that governs it."""

    id: str
    name: str
    short_name: str
    letter: str
    name_en: str
    iso3166_2: str
    nuts3: str
    nuts2: str
    nuts2_name: str
    names: tuple[str, ...] = ()
    wikidata: str | None = None
    region_id: str | None = None
    source: str = ""
    verified: bool = True


@dataclass(frozen=True, slots=True)
class Municipality:
    """A municipality as territory.  ``id``: the four-digit code; ``organisation_id``: who governs it."""

    id: str
    name: str
    short_name: str
    county: str
    organisation_id: str
    names: tuple[str, ...] = ()
    wikidata: str | None = None
    source: str = ""
    verified: bool = True


@dataclass(frozen=True, slots=True)
class Programme:
    """A fund, programme or appropriation.  ``canonical``: the name that the facts record uses for it, which
    several periods of one programme share; ``managing_body``: an organisation's id; periods are years."""

    id: str
    name: str
    canonical: str
    names: tuple[str, ...] = ()
    managing_body: str | None = None
    period_start: int | None = None
    period_end: int | None = None
    source: str = ""
    verified: bool = True


@dataclass(frozen=True, slots=True)
class Strategy:
    """A regional or national strategy; ``region``: an organisation's id."""

    id: str
    name: str
    names: tuple[str, ...] = ()
    region: str | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class NamePeriod:
    """When an organisation bore a name.  ``id``: the organisation's; ``since`` and ``until``: dates (YYYY-MM-DD), the
    first and the last day, empty where they were read nowhere."""

    id: str
    name: str
    since: str = ""
    until: str = ""
    source: str = ""


Record = Organisation | County | Municipality | Programme | Strategy


def drop_gloss(name: str) -> str:
    """A name without the bracket at its end."""
    return _BRACKET.sub("", name)
