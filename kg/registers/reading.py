"""Reading the registers from their CSV files."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import TypeVar

from kg.csvrows import Row, parse_rows, split_cell
from kg.errors import ResourceError
from kg.registers.lookup import Registers
from kg.registers.normal import check_org_number
from kg.registers.own import add_own
from kg.registers.records import County, Municipality, NamePeriod, Organisation, Programme, Strategy
from kg.resources import data_path

FILES = ("counties.csv", "municipalities.csv", "organisations.csv", "programmes.csv", "strategies.csv")
# A folder of a user's own may lack it.
FORMER_NAMES = "former_names.csv"

_T = TypeVar("_T")


@cache
def load_registers(folder: Path | None = None, own: Path | None = None) -> Registers:
    """The registers of the package, or of ``folder``, with those of a user's ``own`` file, if there is one; read once.

    Raises ResourceError, with file and line, where a file is missing or malformed.
    """
    if own is not None:
        return add_own(load_registers(folder), own) if own.exists() else load_registers(folder)
    return _load_folder(folder)


def _load_folder(folder: Path | None) -> Registers:
    where = folder if folder is not None else data_path("data", "registers")
    if not where.is_dir():
        raise ResourceError(
            "there is no such folder of registers",
            where=str(where),
            hint="mend 'registers' in kg.toml, or take it out for those of the package",
        )
    digest = hashlib.sha256()
    tables: dict[str, list[Row]] = {}
    files: dict[str, str] = {}
    wanted = [*FILES, *([FORMER_NAMES] if (where / FORMER_NAMES).exists() else [])]
    for name in wanted:
        path = where / name
        try:
            payload = path.read_bytes()
            text = payload.decode("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise ResourceError(
                f"the register cannot be read ({getattr(error, 'strerror', None) or error})",
                where=str(path),
                hint="a folder of registers holds all five files; restore them, or mend 'registers' in kg.toml",
            ) from error
        digest.update(name.encode() + b"\0" + payload + b"\0")
        files[name] = hashlib.sha256(payload).hexdigest()
        tables[name] = list(parse_rows(path, text))
    organisations = _build(tables["organisations.csv"], _organisation)
    regions = {o.name: o.id for o in organisations if o.kind == "region"}
    by_number = {o.org_number: o.id for o in organisations if o.org_number}
    municipalities = _build(tables["municipalities.csv"], lambda row: _municipality(row, by_number))
    known = {o.id for o in organisations}
    governing = [
        _governing(m, row)
        for m, (_, row) in zip(municipalities, tables["municipalities.csv"], strict=True)
        if m.organisation_id not in known
    ]
    return Registers(
        organisations=(*organisations, *governing),
        counties=_build(tables["counties.csv"], lambda row: _county(row, regions)),
        municipalities=municipalities,
        programmes=_build(tables["programmes.csv"], _programme),
        strategies=_build(tables["strategies.csv"], _strategy),
        signature=digest.hexdigest(),
        name_periods=_name_periods(tables.get(FORMER_NAMES, []), known),
        files=files,
    )


def _build(rows: list[Row], make: Callable[[dict[str, str]], _T]) -> tuple[_T, ...]:
    made: list[_T] = []
    seen: set[str] = set()
    for place, row in rows:
        try:
            record = make(row)
        except KeyError as error:
            raise ResourceError(
                f"the column {error} is missing", where=place, hint="restore the head of the file from the package"
            ) from error
        except ValueError as error:
            raise ResourceError(f"the row cannot be used ({error})", where=place, hint="mend the cell") from error
        key = str(getattr(record, "id", ""))
        if not key or key in seen:
            raise ResourceError(
                f"the id {key!r} is empty or stands twice", where=place, hint="give each row its own id"
            )
        seen.add(key)
        made.append(record)
    return tuple(made)


def _unique(names: Iterable[str], but: str) -> tuple[str, ...]:
    return tuple(n for n in dict.fromkeys(names) if n and n != but)


def _number(cell: str) -> str | None:
    if cell and not check_org_number(cell):
        raise ValueError(f"the organisation number {cell} has a wrong check digit")
    return cell or None


def _organisation(row: dict[str, str]) -> Organisation:
    acronyms = split_cell(row["acronyms"])
    names = [*split_cell(row["aliases"]), row["name_en"], *acronyms]
    return Organisation(
        id=row["id"],
        name=row["name_sv"],
        kind=row["kind"],
        names=_unique(names, row["name_sv"]),
        acronyms=tuple(acronyms),
        org_number=_number(row["org_number"]),
        ror=row["ror"] or None,
        wikidata=row["wikidata"] or None,
        homepage=row["homepage"] or None,
        parent=row["parent"] or None,
        source=row["source"],
        verified=row["verified"] != "no",
    )


def _municipality(row: dict[str, str], by_number: dict[str, str]) -> Municipality:
    code = row["municipality_code"]
    return Municipality(
        id=code,
        name=row["name"],
        short_name=row["short_name"],
        county=row["county_code"],
        organisation_id=by_number.get(_number(row["org_number"]) or "", f"kommun-{code}"),
        names=tuple(split_cell(row["aliases"])),
        wikidata=row["wikidata"] or None,
        source=row["source"],
        verified=row["verified"] != "no",
    )


def _governing(municipality: Municipality, row: dict[str, str]) -> Organisation:
    short = municipality.short_name
    inflected = short if short.endswith("s") else f"{short}s"
    names = [
        *municipality.names,
        f"{short} kommun",
        f"{inflected} kommun",
        f"{short} Municipality",
        f"Municipality of {short}",
        f"City of {short}",
    ]
    return Organisation(
        id=municipality.organisation_id,
        name=municipality.name,
        kind="municipality",
        names=_unique(names, municipality.name),
        org_number=row["org_number"] or None,
        source=municipality.source,
    )


def _county(row: dict[str, str], regions: dict[str, str]) -> County:
    short = row["short_name"]
    return County(
        id=row["county_code"],
        name=row["name_sv"],
        short_name=short,
        letter=row["county_letter"],
        name_en=row["name_en"],
        iso3166_2=row["iso3166_2"],
        nuts3=row["nuts3"],
        nuts2=row["nuts2"],
        nuts2_name=row["nuts2_name"],
        names=_unique([row["name_en"]], row["name_sv"]),
        wikidata=row["wikidata"] or None,
        region_id=regions.get(row["region_name"]),
        source=row["source"],
        verified=row["verified"] != "no",
    )


def _programme(row: dict[str, str]) -> Programme:
    return Programme(
        id=row["id"],
        name=row["name_sv"],
        canonical=row["canonical"],
        names=_unique([*split_cell(row["aliases"]), row["name_en"]], row["name_sv"]),
        managing_body=row["managing_body"] or None,
        period_start=int(row["period_start"]) if row["period_start"] else None,
        period_end=int(row["period_end"]) if row["period_end"] else None,
        source=row["source"],
        verified=row["verified"] != "no",
    )


def _strategy(row: dict[str, str]) -> Strategy:
    return Strategy(
        id=row["id"],
        name=row["name"],
        names=tuple(split_cell(row["abbreviations"])),
        region=row["region"] or None,
        source=row["source"],
    )


def _name_periods(rows: list[Row], known: set[str]) -> tuple[NamePeriod, ...]:
    found = []
    for place, row in rows:
        try:
            period = NamePeriod(row["id"], row["name"], row["since"], row["until"], row["source"])
        except KeyError as error:
            raise ResourceError(
                f"the column {error} is missing", where=place, hint="restore the head of the file from the package"
            ) from error
        if period.id not in known or not period.name:
            raise ResourceError(
                f"the id {period.id!r} is no organisation, or the name is empty", where=place, hint="mend the row"
            )
        found.append(period)
    return tuple(found)
