"""The registers: organisations, municipalities, counties, programmes and strategies, read from ``data/registers``.

A municipality is a place and an organisation: the place is a ``Municipality``, the organisation that governs it
an ``Organisation`` with the id ``kommun-CODE``.  ``Registers.lookup`` finds records by any of their names in a
normal form.  Sources and licences: ``data/registers/README.md``.
"""

from __future__ import annotations

import csv
import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TypeVar

from kg.errors import ResourceError
from kg.resources import data_path

FILES = ("counties.csv", "municipalities.csv", "organisations.csv", "programmes.csv", "strategies.csv")

_LEGAL_FORM = re.compile(
    r"(?:^(?:ab|aktiebolaget)\s+)|(?:\s+(?:ab|aktiebolag|ek\s+för|ekonomisk\s+förening|ideell\s+förening|hb|kb"
    r"|handelsbolag|ltd|inc|gmbh|oy|publ)(?:\s+publ)?$)"
)
_JOINED_FORM = re.compile(r"(?<=\w{4})aktiebolag$")
_GAPS = re.compile(r"[\W_]+")
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


Record = Organisation | County | Municipality | Programme | Strategy

_T = TypeVar("_T")


def normal_form(name: str) -> str:
    """The form in which names are compared: NFKC, case folded, soft hyphens dropped, "&" as "och", "+" as "plus", every
    run of hyphens, blanks and punctuation one blank."""
    text = unicodedata.normalize("NFKC", name).replace("\u00ad", "").casefold()
    text = text.replace("&", " och ").replace("+", " plus ")
    return _GAPS.sub(" ", text).strip()


def alternatives(name: str) -> tuple[str, ...]:
    """The normal forms under which ``name`` may be known beside its own: without the genitive's s, without the
    legal form, without both.  In that order, none twice, its own form left out."""
    own = normal_form(name)
    bare = own[:-1] if own.endswith("s") and len(own) > 3 else own
    found = [bare, *(_drop_legal_form(form) for form in (own, bare))]
    return tuple(form for form in dict.fromkeys(found) if form and form != own)


def _drop_legal_form(form: str) -> str:
    return _LEGAL_FORM.sub("", _JOINED_FORM.sub("", form)).strip()


def check_org_number(number: str) -> bool:
    """Whether ``number`` (ten digits, with or without a hyphen) has the right check digit."""
    digits = re.sub(r"[\s-]", "", number)
    if not re.fullmatch(r"[0-9]{10}", digits):
        return False
    doubled = (int(d) * (2 if i % 2 == 0 else 1) for i, d in enumerate(digits))
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0


@dataclass(frozen=True, slots=True, eq=False)
class Registers:
    """All registers, in the order of their files.  ``signature``: sha256 of the files' names and bytes."""

    organisations: tuple[Organisation, ...]
    counties: tuple[County, ...]
    municipalities: tuple[Municipality, ...]
    programmes: tuple[Programme, ...]
    strategies: tuple[Strategy, ...]
    signature: str
    _names: dict[str, tuple[Record, ...]] = field(init=False, repr=False)
    _organisations: dict[str, Organisation] = field(init=False, repr=False)
    _counties: dict[str, County] = field(init=False, repr=False)
    _municipalities: dict[str, Municipality] = field(init=False, repr=False)
    _governed: dict[str, Municipality] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        put = object.__setattr__
        put(self, "_names", _index(self.records()))
        put(self, "_organisations", {o.id: o for o in self.organisations})
        put(self, "_counties", {c.id: c for c in self.counties})
        put(self, "_municipalities", {m.id: m for m in self.municipalities})
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

    def lookup_organisation(self, name: str) -> Organisation | None:
        """The first organisation that bears ``name``; None where there is none."""
        return next((r for r in self.lookup(name) if isinstance(r, Organisation)), None)

    def organisation(self, id: str) -> Organisation | None:
        return self._organisations.get(id)

    def county(self, id: str) -> County | None:
        return self._counties.get(id)

    def municipality(self, id: str) -> Municipality | None:
        return self._municipalities.get(id)

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
        label = _BRACKET.sub("", record.name)
        seen: set[str] = set()
        for rank, name in [*((0, n) for n in names), (1, label), *((2, n) for n in record.names)]:
            own = normal_form(name)
            for extra_rank, form in ((0, own), (3, _drop_legal_form(own))):
                if form and form not in seen:
                    seen.add(form)
                    ranked.setdefault(form, []).append((rank + extra_rank, order, record))
    return {form: tuple(r for _, _, r in sorted(hits, key=lambda h: h[:2])) for form, hits in ranked.items()}


# --- reading --------------------------------------------------------------------------------------------------


@cache
def load_registers(folder: Path | None = None) -> Registers:
    """The registers of the package, or of ``folder``; read once.

    Raises ResourceError, with file and line, where a file is missing or malformed.
    """
    where = folder if folder is not None else data_path("data", "registers")
    digest = hashlib.sha256()
    tables: dict[str, list[tuple[str, dict[str, str]]]] = {}
    for name in FILES:
        path = where / name
        try:
            payload = path.read_bytes()
            text = payload.decode("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise ResourceError(f"the register cannot be read ({error})", where=str(path),
                                hint="restore the file from the package") from error
        digest.update(name.encode() + b"\0" + payload + b"\0")
        tables[name] = list(_rows(path, text))
    organisations = _build(tables["organisations.csv"], _organisation)
    regions = {o.name: o.id for o in organisations if o.kind == "region"}
    by_number = {o.org_number: o.id for o in organisations if o.org_number}
    municipalities = _build(tables["municipalities.csv"], lambda row: _municipality(row, by_number))
    known = {o.id for o in organisations}
    governing = [
        _governing(m, row) for m, (_, row) in zip(municipalities, tables["municipalities.csv"], strict=True)
        if m.organisation_id not in known
    ]
    return Registers(
        organisations=(*organisations, *governing),
        counties=_build(tables["counties.csv"], lambda row: _county(row, regions)),
        municipalities=municipalities,
        programmes=_build(tables["programmes.csv"], _programme),
        strategies=_build(tables["strategies.csv"], _strategy),
        signature=digest.hexdigest(),
    )


def _rows(path: Path, text: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Each row with its place (file:line), all columns there."""
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    try:
        head = next(reader, [])
        if not head:
            raise ResourceError("the register is empty", where=str(path), hint="restore the file from the package")
        for cells in reader:
            place = f"{path}:{reader.line_num}"
            if len(cells) != len(head):
                raise ResourceError(f"the row has {len(cells)} cells, the head has {len(head)}", where=place,
                                    hint="quote cells that hold a comma")
            yield place, dict(zip(head, cells, strict=True))
    except csv.Error as error:
        raise ResourceError(f"the row cannot be read ({error})", where=f"{path}:{reader.line_num}",
                            hint="mend the quotes of the row") from error


def _build(rows: list[tuple[str, dict[str, str]]], make: Callable[[dict[str, str]], _T]) -> tuple[_T, ...]:
    made: list[_T] = []
    seen: set[str] = set()
    for place, row in rows:
        try:
            record = make(row)
        except KeyError as error:
            raise ResourceError(f"the column {error} is missing", where=place,
                                hint="restore the head of the file from the package") from error
        except ValueError as error:
            raise ResourceError(f"the row cannot be used ({error})", where=place, hint="mend the cell") from error
        key = str(getattr(record, "id", ""))
        if not key or key in seen:
            raise ResourceError(f"the id {key!r} is empty or stands twice", where=place, hint="give each row its own id")
        seen.add(key)
        made.append(record)
    return tuple(made)


def _split(cell: str, mark: str = "|") -> list[str]:
    return [part.strip() for part in cell.split(mark) if part.strip()]


def _unique(names: Iterable[str], but: str) -> tuple[str, ...]:
    return tuple(n for n in dict.fromkeys(names) if n and n != but)


def _number(cell: str) -> str | None:
    if cell and not check_org_number(cell):
        raise ValueError(f"the organisation number {cell} has a wrong check digit")
    return cell or None


def _organisation(row: dict[str, str]) -> Organisation:
    acronyms = _split(row["acronyms"])
    names = [*_split(row["aliases"]), row["name_en"], *acronyms]
    return Organisation(
        id=row["id"], name=row["name_sv"], kind=row["kind"], names=_unique(names, row["name_sv"]),
        acronyms=tuple(acronyms), org_number=_number(row["org_number"]), ror=row["ror"] or None,
        wikidata=row["wikidata"] or None, homepage=row["homepage"] or None, parent=row["parent"] or None,
        source=row["source"], verified=row["verified"] != "no",
    )


def _municipality(row: dict[str, str], by_number: dict[str, str]) -> Municipality:
    code = row["municipality_code"]
    return Municipality(
        id=code, name=row["name"], short_name=row["short_name"], county=row["county_code"],
        organisation_id=by_number.get(_number(row["org_number"]) or "", f"kommun-{code}"),
        names=tuple(_split(row["aliases"])), wikidata=row["wikidata"] or None, source=row["source"],
    )


def _governing(municipality: Municipality, row: dict[str, str]) -> Organisation:
    short = municipality.short_name
    inflected = short if short.endswith("s") else f"{short}s"
    names = [*municipality.names, f"{short} kommun", f"{inflected} kommun", f"{short} Municipality",
             f"Municipality of {short}", f"City of {short}"]
    return Organisation(
        id=municipality.organisation_id, name=municipality.name, kind="municipality",
        names=_unique(names, municipality.name), org_number=row["org_number"] or None, source=municipality.source,
    )


def _county(row: dict[str, str], regions: dict[str, str]) -> County:
    short = row["short_name"]
    return County(
        id=row["county_code"], name=row["name_sv"], short_name=short, letter=row["county_letter"],
        name_en=row["name_en"], iso3166_2=row["iso3166_2"], nuts3=row["nuts3"], nuts2=row["nuts2"],
        nuts2_name=row["nuts2_name"], names=_unique([row["name_en"]], row["name_sv"]),
        wikidata=row["wikidata"] or None, region_id=regions.get(row["region_name"]), source=row["source"],
    )


def _programme(row: dict[str, str]) -> Programme:
    return Programme(
        id=row["id"], name=row["name_sv"], canonical=row["canonical"],
        names=_unique([*_split(row["aliases"]), row["name_en"]], row["name_sv"]),
        managing_body=row["managing_body"] or None,
        period_start=int(row["period_start"]) if row["period_start"] else None,
        period_end=int(row["period_end"]) if row["period_end"] else None,
        source=row["source"], verified=row["verified"] != "no",
    )


def _strategy(row: dict[str, str]) -> Strategy:
    return Strategy(id=row["id"], name=row["name"], names=tuple(_split(row["abbreviations"])),
                    region=row["region"] or None, source=row["source"])
