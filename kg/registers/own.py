"""Organisations of a user's own, in one CSV file beside the data, added to the registers of the package."""

from __future__ import annotations

import csv
import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from kg.csvrows import Row, read_csv, split_cell
from kg.errors import ResourceError, refusing
from kg.registers.lookup import Registers
from kg.registers.normal import check_org_number, normal_form
from kg.registers.records import Organisation

COLUMNS = (
    "id",
    "name",
    "kind",
    "aliases",
    "acronyms",
    "org_number",
    "parent",
    "wikidata",
    "ror",
    "homepage",
    "source",
)
KINDS = (
    "region",
    "county_board",
    "municipality",
    "state_agency",
    "university",
    "research_institute",
    "company",
    "eu",
    "other",
)
# An id stands in IRIs and in names of files.
_ID = re.compile(r"[a-z0-9]+(?:[._-][a-z0-9]+)*", re.IGNORECASE | re.ASCII)
_ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`\x00-\x20]+")
_QID = re.compile(r"Q[1-9]\d*")


def add_own(registers: Registers, path: Path) -> Registers:
    """The registers with the organisations of a user's file, whose bytes become part of the signature.

    A row whose id is known adds its names to that organisation.  Raises ResourceError, with file and line.
    """
    payload, rows = _read(path)
    known = {o.id: o for o in registers.organisations}
    numbers = {o.org_number: o.id for o in registers.organisations if o.org_number}
    seen: set[str] = set()
    names = dict(registers.own_names)
    for place, row in rows:
        record = _organisation(row, place, registers, known)
        if record.id in seen:
            raise ResourceError(f"the id {record.id!r} stands twice", where=place, hint="give each row its own id")
        seen.add(record.id)
        holder = numbers.get(record.org_number or "", record.id)
        if holder != record.id:
            raise ResourceError(
                f"the organisation number {record.org_number} is that of {holder}",
                where=place,
                hint=f"give the row the id {holder} to add names to it",
            )
        known[record.id] = record
        given = [cell for c in ("name", "aliases", "acronyms") for cell in split_cell(row.get(c, ""))]
        names[record.id] = tuple(dict.fromkeys(given))
    digest = hashlib.sha256(registers.signature.encode() + b"\0" + payload).hexdigest()
    return Registers(
        organisations=tuple(known.values()),
        counties=registers.counties,
        municipalities=registers.municipalities,
        programmes=registers.programmes,
        strategies=registers.strategies,
        signature=digest,
        name_periods=registers.name_periods,
        own_names=names,
        files={**registers.files, f"{path.name} (your own)": hashlib.sha256(payload).hexdigest()},
    )


def _read(path: Path) -> tuple[bytes, list[Row]]:
    with refusing("the register cannot be read", path, "name a CSV file in UTF-8", ResourceError):
        return path.read_bytes(), read_csv(path, "the register", ("name", "kind"), COLUMNS)


def _organisation(
    row: dict[str, str], place: str, registers: Registers, known: dict[str, Organisation]
) -> Organisation:
    cells = {column: row.get(column, "") for column in COLUMNS}
    name, number = cells["name"], cells["org_number"] or None
    before = known.get(cells["id"])
    if not name and before is None:
        raise ResourceError("the name is empty", where=place, hint="give the organisation's name")
    if not before and cells["kind"] not in KINDS:
        raise ResourceError(f"kind is {cells['kind']!r}", where=place, hint=f"one of {', '.join(KINDS)}")
    if number is not None:
        digits = re.sub(r"\D", "", number)
        if not check_org_number(digits):
            raise ResourceError(
                f"the organisation number {number} has a wrong check digit", where=place, hint="mend the cell"
            )
        number = f"{digits[:6]}-{digits[6:]}"
    if cells["wikidata"] and not _QID.fullmatch(cells["wikidata"]):
        raise ResourceError(f"wikidata is {cells['wikidata']!r}", where=place, hint="an id such as Q34")
    for column in ("ror", "homepage"):
        if cells[column] and not _ADDRESS.fullmatch(cells[column]):
            raise ResourceError(
                f"{column} is {cells[column]!r}", where=place, hint="an address such as https://example.org/"
            )
    if cells["parent"] and cells["parent"] not in known:
        raise ResourceError(
            f"the parent {cells['parent']!r} is not in the registers", where=place, hint="kg registers list shows ids"
        )
    acronyms = tuple(split_cell(cells["acronyms"]))
    names = [*split_cell(cells["aliases"]), *acronyms]
    own = before.id if before is not None else cells["id"] or _make_id(name)
    if not _ID.fullmatch(own):
        what = f"the id {own!r} may not stand in an IRI" if cells["id"] else f"the name {name!r} gives no id"
        raise ResourceError(what, where=place, hint="give an id of letters a to z, digits and hyphens, such as x-ab")
    if before is not None:
        _check_same(before, cells["kind"], number, place)
    for given in [*names, *([name] if name else [])]:
        holders = {r.id for r in registers.lookup(given) if isinstance(r, Organisation) and _bears(r, given)}
        holders -= {own} if before is not None else set()
        if holders:
            raise ResourceError(
                f"the name {given!r} is that of {min(holders)}",
                where=place,
                hint=f"give the row the id {min(holders)} to add names to it, or leave the name out",
            )
    if before is None and registers.organisation(own) is not None:
        raise ResourceError(
            f"the id {own!r} that this name gives is that of another organisation",
            where=place,
            hint=f"give the row the id {own} to add names to it, or an id of its own",
        )
    if before is not None:
        more = [n for n in (name, *names) if n and n != before.name]
        return replace(
            before,
            names=tuple(dict.fromkeys((*before.names, *more))),
            acronyms=tuple(dict.fromkeys((*before.acronyms, *acronyms))),
            org_number=before.org_number or number,
        )
    return Organisation(
        id=own,
        name=name,
        kind=cells["kind"],
        names=tuple(dict.fromkeys(n for n in names if n != name)),
        acronyms=acronyms,
        org_number=number,
        ror=cells["ror"] or None,
        wikidata=cells["wikidata"] or None,
        homepage=cells["homepage"] or None,
        parent=cells["parent"] or None,
        source=cells["source"] or "a register of the user's own",
        verified=bool(cells["source"]),
    )


def _check_same(before: Organisation, kind: str, number: str | None, place: str) -> None:
    """Raises ResourceError where a row that adds names to an organisation says otherwise of it than the registers."""
    for column, given, known in (("kind", kind, before.kind), ("org_number", number, before.org_number)):
        if given and known and given != known:
            raise ResourceError(
                f"{column} is {given}, but the registers have {before.id} with {known}",
                where=place,
                hint=f"leave {column} empty, or give the row an id of its own",
            )


def _bears(record: Organisation, name: str) -> bool:
    return normal_form(name) in {normal_form(n) for n in (record.name, record.label, *record.names)}


def _make_id(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.casefold())
    return re.sub(r"[^a-z0-9]+", "-", "".join(c for c in plain if not unicodedata.combining(c))).strip("-")


def merge_own(target: Path, added: Path, registers: Registers) -> tuple[str, int]:
    """The text of ``target`` with the rows of ``added``, and how many rows came; a row that stands there already takes
    the place of the earlier.  Raises ResourceError where a row cannot be used."""
    add_own(registers, added)
    rows: dict[str, dict[str, str]] = {}
    count = 0
    for path in (target, added):
        for _, row in _read(path)[1] if path.exists() else ():
            cells = {column: row.get(column, "") for column in COLUMNS}
            cells["id"] = cells["id"] or _make_id(cells["name"])
            rows[cells["id"]] = cells
            count += path is added
    if not count:
        raise ResourceError("the file holds no organisation", where=str(added), hint="one row for each, below the head")
    return _write(rows.values()), count


def _write(rows: Iterable[dict[str, str]]) -> str:
    from io import StringIO

    out = StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()
